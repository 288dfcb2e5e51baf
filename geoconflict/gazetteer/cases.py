"""Case endings: which nominatives an inflected Ukrainian or Russian name can come from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product
from typing import Any

from geoconflict.gazetteer.names import script
from geoconflict.lexicon import lexicons

# Readings of a word that are looked at, and combinations of the words of one name.
_READINGS, _COMBINATIONS = 6, 24


@lru_cache(maxsize=4096)
def nominatives(name: str) -> tuple[str, ...]:
    """Return what an inflected name can be in the nominative, likeliest first.

    Parameters
    ----------
    name : str
        A name in Ukrainian or Russian, such as ``"Покровську"`` or ``"Часового Яру"``.

    Returns
    -------
    tuple of str
        In small letters, without the name itself; empty for other scripts. Many of them are no
        places: they are to be looked up.
    """
    if script(name) != "Cyrl":
        return ()
    found = [form for language in _languages() for form in _in_language(name, language)]
    return tuple(form for form in dict.fromkeys(found) if form != name.lower())


def _in_language(name: str, language: str) -> Iterator[str]:
    words = [_word_forms(word, language) for word in name.split()]
    yield from (" ".join(forms) for forms in islice(product(*words), _COMBINATIONS))


def _word_forms(word: str, language: str) -> list[str]:
    forms: list[str] = []
    for reading in _analyzer(language).parse(word)[:_READINGS]:
        nominative = reading.inflect({"nomn"})
        forms += [nominative.word] if nominative else []
        forms.append(reading.normal_form)
    return [*dict.fromkeys(forms), *_hyphenated(word, language)] or [word]


def _hyphenated(word: str, language: str) -> list[str]:
    """Return a word of several parts with all of them in the nominative."""
    parts = [part for part in word.split("-") if part]
    if len(parts) < 2:
        return []
    forms = [_word_forms(part, language) for part in parts]
    return ["-".join(chosen) for chosen in islice(product(*forms), _COMBINATIONS)]


@cache
def _languages() -> tuple[str, ...]:
    return tuple(one.morphology for one in lexicons() if one.morphology)


@cache
def _analyzer(language: str) -> Any:  # noqa: ANN401 - pymorphy3 has no types
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang=language)
