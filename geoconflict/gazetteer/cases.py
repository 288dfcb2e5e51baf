"""Case endings: which nominatives an inflected name can come from.

Place names are rarely in a dictionary, so the endings are undone by the tables of the lexicons
and what comes out is looked up among the names that exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice, product
from typing import Any

from geoconflict.gazetteer.names import script
from geoconflict.lexicon import LEVELLED, Lexicon, lexicons

# Combinations of the forms of the words of one name that are tried.
_COMBINATIONS = 240
_MOST_WORDS = 4
_SHORTEST_STEM = 2
# So many letters stand before a vowel that the nominative alone has: "Три" is of no "Тор".
_BEFORE_LOST = 2
# A vowel is lost only in longer stems: "Три" is of no "Тор".
_SHORTEST_LOST = 3


@lru_cache(maxsize=8192)
def nominatives(name: str) -> tuple[str, ...]:
    """Return what an inflected name can be in the nominative.

    Parameters
    ----------
    name : str
        A name in a language whose lexicon tells endings of cases, such as ``"Покровську"`` or
        ``"Красного Первого"``.

    Returns
    -------
    tuple of str
        In small letters, without the name itself. Most of them are no places: they are to be
        looked up.

    Examples
    --------
    >>> "оріхів" in nominatives("Оріхова"), "ставки" in nominatives("Ставок")
    (True, True)
    """
    small = name.lower()
    words = small.translate(LEVELLED).split()
    if len(words) > _MOST_WORDS:
        return ()
    found = {
        " ".join(chosen): None
        for declension in _declensions(script(name))
        if declension.foreign.isdisjoint(small)
        for chosen in islice(product(*map(declension.undone, words)), _COMBINATIONS)
    }
    return tuple(form for form in found if form != small)


@cache
def _declensions(of_script: str) -> tuple[_Declension, ...]:
    """Return the declensions of all languages that are written in a script."""
    own = [words for words in lexicons() if words.script == of_script and "cases" in words.sections]
    letters = [set(words.sections["language"]["letters"]) for words in own]
    stems = [form for words in own for form in words.forms("cases", "adjective_stems")]
    return tuple(
        _Declension(words, foreign=frozenset(set().union(*letters) - only), stems=tuple(stems))
        for words, only in zip(own, letters, strict=True)
    )


class _Declension:
    """The case endings of one language, undone.

    ``foreign`` are the letters that only others of its script have, ``stems`` those of
    adjectives in all of them.
    """

    def __init__(self, words: Lexicon, *, foreign: frozenset[str], stems: tuple[str, ...]) -> None:
        table = words.sections["cases"]
        self.foreign = foreign
        self._endings = table["endings"]
        self._longest = max(map(len, self._endings))
        self._vowels = frozenset(table.get("vowels", ""))
        self._after_consonants = frozenset(table.get("after_consonants", ()))
        self._after_vowels = frozenset(table.get("after_vowels", ()))
        self._only_adjectives = tuple(table.get("only_adjectives", ""))
        self._adjective_stems = stems
        self._nouns = self._endings_of_nouns(table)
        self._closed = table.get("closed", {})
        self._neuter = frozenset(table.get("neuter", ""))
        of = f"[{table['consonants']}]" if "consonants" in table else "(?!)"
        soft = f"{table['soft']}?" if "soft" in table else ""
        closed = f"[{''.join(self._closed)}]" if self._closed else "(?!)"
        self._last = re.compile(rf"({closed})({of}{soft})$")
        self._fleeting = [
            (re.compile(rf"({of}){soft}([{before}]{soft})$"), vowels)
            for vowels, before in table.get("fleeting", {}).items()
        ]

    def _endings_of_nouns(self, table: Mapping[str, Any]) -> frozenset[str]:
        """Return the endings that no adjective has."""
        adjective = table.get("adjective")
        return frozenset(e for e, others in self._endings.items() if adjective not in others)

    def undone(self, word: str) -> tuple[str, ...]:
        """Return what a word can be in the nominative, itself last."""
        head, hyphen, last = word.rpartition("-")
        if not hyphen:
            return tuple(dict.fromkeys([*self._stripped(word), word]))
        # "Ростове-на-Дону" is inflected in its first part, "Івано-Франківську" in its last,
        # "Кам'янці-Подільському" in both.
        first, _, rest = word.partition("-")
        firsts, lasts = tuple(self._stripped(first)), tuple(self._stripped(last))
        by_first = (f"{form}-{rest}" for form in firsts)
        by_last = (f"{head}-{form}" for form in lasts)
        by_both = ("-".join(pair) for pair in product(firsts, lasts) if head == first)
        return tuple(dict.fromkeys([*by_first, *by_last, *by_both, word]))

    def _stripped(self, word: str) -> Iterator[str]:
        for length in range(min(self._longest, len(word) - _SHORTEST_STEM), -1, -1):
            ending, stem = word[len(word) - length :], word[: len(word) - length]
            for other in self._endings.get(ending, ()):
                if self._fits(stem, ending, other):
                    yield stem + other
                    if other in self._after_consonants:
                        yield from self._with_vowel(stem + other)

    def _fits(self, stem: str, ending: str, other: str) -> bool:
        """Return whether a word of this stem and ending can have another one in the nominative."""
        is_after_vowel = stem[-1] in self._vowels
        if other in self._after_vowels:
            # "Ясные" is many, and no form of "Ясный".
            return is_after_vowel and not stem.endswith(self._only_adjectives)
        if other in self._after_consonants or not ending:
            return not is_after_vowel
        # Pokrovsk has "Покровська", Pokrovske has "Покровського".
        is_neuter = ending in self._nouns and other in self._neuter
        return not (is_neuter and stem.endswith(self._adjective_stems))

    def _with_vowel(self, form: str) -> Iterator[str]:
        """Yield a nominative without ending in the forms that its last syllable can take."""
        closed = self._last.search(form)
        if closed:
            yield form[: closed.start()] + self._closed[closed[1]] + closed[2]
        for pattern, vowels in self._fleeting:
            found = pattern.search(form)
            if found and found.end(1) >= _BEFORE_LOST:
                yield from (form[: found.end(1)] + vowel + found[2] for vowel in vowels)
