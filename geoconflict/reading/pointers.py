"""Words that point back to a place named before: "it", "the refinery", "місто", "the city"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from geoconflict.lexicon import AnyCase, Lexicon, adjective_stems, any_form, capitals, lexicon

_NOUNS = ("facility", "town", "unit", "area")
_KINDS = (*_NOUNS, "it", "relative", "namesake", "capital", "unit_capital", "former", "latter")
_OF_TWO = ("former", "latter")
_CAPITAL = rf"(?-i:[{capitals()}])"
# "Воткинский завод" has a name, known or not, and points back to nothing.
_NAMED_AFTER = re.compile(
    rf"[{capitals()}][\w'’-]*{adjective_stems()}\w{{1,3}}\s+(?:\w{{5,}}\s+)?$"
)


class _PointerWords:
    """The patterns of words that point back in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        is_bare = bool(words.sections["pointers"].get("bare_nouns"))
        own = rf"(?:(?!of\b)[\w-]+\s+)?(?:{any_of('places', 'water')}\s+)?"
        pointing = rf"{any_of('pointers', 'demonstratives')}\s+{own}"
        facility = any_form((*words.forms("pointers", "facility"), *words.forms("facilities")))
        nouns = (
            rf"(?:(?P<town>{any_of('pointers', 'town')})|(?P<facility>{facility})|"
            rf"(?P<unit>{any_of('pointers', 'unit')})|(?P<area>{any_of('pointers', 'area')}))(?!\w)"
        )
        called = rf"{any_of('pointers', 'called')}\s+(?:the\s+)?"
        before_name = (
            rf"(?:{called}|[«\"“„]|{any_of('links', 'in', 'near')}\s+)?" if is_bare else called
        )
        named = rf"(?!\s+{before_name}{_CAPITAL})"
        self.pattern = AnyCase(
            rf"(?<!\w)(?:(?P<unit_capital>{any_of('pointers', 'unit_capital')})(?!\w)|"
            rf"(?:{pointing}){'?' if is_bare else ''}{nouns}{named}|"
            rf"(?P<it>{any_of('pointers', 'singular')})(?!\w)|(?P<plural>"
            rf"{any_of('pointers', 'plural')})(?!\w)|"
            rf"(?P<capital>{any_of('pointers', 'capital')})(?!\w)"
            rf"(?!\s+{any_of('pointers', 'unit')}\s+{_CAPITAL})|"
            rf"(?P<namesake>{any_of('pointers', 'namesake')})(?!\w)|"
            rf"(?P<own>{any_of('pointers', 'possessive')})(?!\w)|"
            rf"(?P<former>{any_of('pointers', 'former')})(?!\w)|"
            rf"(?P<latter>{any_of('pointers', 'latter')})(?!\w)|"
            rf"(?<=\s){any_of('links', 'from', 'to')}\s+(?P<relative>"
            rf"{any_of('pointers', 'relative')})(?!\w)|"
            rf"(?P<whence>{any_of('pointers', 'whence')})(?!\w))"
        )
        self.own_place = AnyCase(rf"\s+(?:\w+\s+)?{any_of('pointers', 'own_place')}(?!\w)")
        stands = any_of("verbs", "stand")
        self.town_part = AnyCase(rf"\s+(?:\w+\s+)?{any_of('pointers', 'town_parts')}(?!\w)")
        self.stands = AnyCase(rf"\s*(?:itself\s+)?(?:['’]s\b|{stands}(?!\w))|\s*$")
        # "The latter, a port, is", but not "the former mayor".
        at = any_form((*words.forms("links", "in", "from", "to"), *words.forms("links", "reach")))
        self.of_two = AnyCase(rf"\s*(?:[,—–(]|['’]s\b)|\s+(?:{stands}|{at})(?!\w)")
        self.being = AnyCase(r"\s+(?:is|are|was|were|has|have)\b")
        self.is_bare = is_bare
        every = any_of("pointers", "singular", "plural", "possessive")
        self.first = AnyCase(rf"\W*(?:with\s+)?{every}(?!\w)")


@cache
def _pointer_words(language: str) -> _PointerWords:
    return _PointerWords(lexicon(language))


@dataclass(frozen=True)
class Pointer:
    """A word that points back: ``kind`` is ``facility``, ``town``, ``area``, ``it`` and so on."""

    kind: str
    start: int
    end: int
    is_plural: bool
    text: str = ""


def find_pointers(text: str, *, language: str = "en") -> list[Pointer]:
    """Return the words of a sentence that point back to a place, in their order.

    Examples
    --------
    >>> [p.kind for p in find_pointers("The refinery lies 5 km from it.")]
    ['facility', 'it']
    """
    words = _pointer_words(language)
    found = []
    for match in words.pattern.finditer(text):
        kind = str(match.lastgroup)
        if kind in ("it", "own", "plural") and not _is_placed(match, text, words):
            continue
        if kind in _OF_TWO and words.of_two.match(text, match.end()) is None:
            continue
        if words.is_bare and kind in _NOUNS and _NAMED_AFTER.search(text, 0, match.start()):
            continue
        is_plural = kind == "plural" or match[0].casefold().endswith("ies")
        if kind == "own" and words.town_part.match(text, match.end()):
            # Only a town has a centre and outskirts.
            kind = "town"
        kind = kind if kind in _KINDS else "relative" if kind == "whence" else "it"
        start = match.start("relative") if match["relative"] else match.start()
        found.append(Pointer(kind, start, match.end(), is_plural, text[start : match.end()]))
    return found


def _is_placed(match: re.Match[str], text: str, words: _PointerWords) -> bool:
    """Return whether a pronoun is said to be somewhere: "it lies", not "it shot down"."""
    word, end = match[0].casefold(), match.end()
    if match["own"]:
        return words.own_place.match(text, end) is not None
    if word == "there":
        # "There were 12 strikes" points nowhere.
        return words.being.match(text, end) is None
    if words.is_bare or word == "here":
        return True
    is_object = re.search(r"\b(?:from|of|to)\s+$", text[: match.start()]) is not None
    return is_object or words.stands.match(text, end) is not None


def starts_with_pronoun(text: str, *, language: str = "en") -> bool:
    """Return whether a sentence begins with a pronoun, which then is what it is about."""
    return _pointer_words(language).first.match(text) is not None
