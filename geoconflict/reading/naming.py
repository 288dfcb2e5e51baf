"""Which words of a sentence are the name of a place: the longest that the gazetteer knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.reading.mentions import Mention
from geoconflict.reading.vocabulary import (
    BEFORE_UNKNOWN,
    DISTRICT_ADJECTIVE,
    FEATURES,
    FIRST,
    KIND_WORDS,
    LINKS,
    NO_NAMES,
    WITHIN,
)

# A name has at most so many words, a word so many letters.
_LONGEST, _LONGEST_WORD = 6, 40
_WORD = re.compile(r"\d+(?:st|nd|rd|th)\b|[^\W\d_]+(?:['’ʼ-][^\W_]+)*['’]?")
_QUOTES = ' \t\n«»“”„"'
_NO_QUOTES = str.maketrans("", "", '«»“”„"')
_POSSESSIVE = re.compile(r"['’]s?$")
_SMALL_WORDS = LINKS | KIND_WORDS | WITHIN | {"and", "та", "и"}
_AND = re.compile(r"\s(?:and|та|и)\s")
_PLURALS = {
    "refineries": "refinery",
    "depots": "depot",
    "plants": "plant",
    "regions": "region",
    "oblasts": "oblast",
    "districts": "district",
    "областях": "області",
}
_PAIR = re.compile(
    r"(?P<a>[^\W\d_][\w'’-]+)\s+(?:and|та|и)\s+(?P<b>[^\W\d_][\w'’-]+)\s+"
    rf"(?P<kind>{'|'.join(_PLURALS)})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Name:
    """Words of a sentence that name a place.

    ``lookup`` is what the gazetteer knows them by; empty where it does not.
    """

    start: int
    end: int
    lookup: str


class _Word(NamedTuple):
    """A word of a sentence; ``folded`` is it in small letters, without a possessive ending.

    ``is_name`` tells that it is capitalised and no common word.
    """

    start: int
    end: int
    text: str
    folded: str
    is_name: bool

    @property
    def is_owner(self) -> bool:
        """Whether it ends in an English possessive."""
        return _POSSESSIVE.search(self.text) is not None


def _word(match: re.Match[str]) -> _Word:
    text = match[0]
    small = text.casefold()
    is_name = text[0].isupper() and small.strip("'’") not in NO_NAMES
    return _Word(match.start(), match.end(), text, _POSSESSIVE.sub("", small), is_name)


def find_names(
    sentence: str, *, gazetteer: Gazetteer, taken: Sequence[Mention] = ()
) -> Iterator[Name]:
    """Yield the place names of a sentence in their order.

    Parameters
    ----------
    sentence : str
        One sentence.
    gazetteer : Gazetteer
        Where names are looked up.
    taken : sequence of Mention
        Phrases whose words are no names, such as "Ukraine's border".
    """
    words = [_word(match) for match in _WORD.finditer(sentence)]
    free = [not any(t.start <= word.start < t.end for t in taken) for word in words]
    at = 0
    while at < len(words):
        length = 0
        if free[at] and _may_begin(words[at]):
            run = words[at : at + _reach(sentence, words, free, at)]
            length = _known(sentence, run, gazetteer)
            if length:
                yield from _split(sentence, run[:length], gazetteer)
            elif _is_unknown_name(sentence, run):
                length = _unknown(run)
                yield Name(run[0].start, run[length - 1].end, "")
        at += max(length, 1)


def bare(text: str) -> str:
    """Return a name as it stands in a reference: without possessive, comma and colon."""
    return _POSSESSIVE.sub("", " ".join(text.split())).replace(",", "").replace(":", "")


def _reach(sentence: str, words: list[_Word], free: list[bool], at: int) -> int:
    """Return how many words from here can belong to one name: nothing but spaces between."""
    length = 1
    while length < _LONGEST and at + length < len(words):
        word, before = words[at + length], words[at + length - 1]
        gap = sentence[before.end : word.start]
        is_saint = before.folded in {"st", "mt"} and gap.strip() == "."
        if not free[at + length] or not gap or (gap.strip(_QUOTES) and not is_saint):
            break
        if not _may_begin(word) and word.folded not in _SMALL_WORDS:
            break
        length += 1
    return length


def _may_begin(word: _Word) -> bool:
    is_short = len(word.text) <= _LONGEST_WORD
    return is_short and (word.is_name or word.text[0].isdigit() or word.folded in FIRST)


def _known(sentence: str, run: Sequence[_Word], gazetteer: Gazetteer) -> int:
    """Return how many words make the longest name that is known, 0 if none."""
    for length in range(len(run), 0, -1):
        words, following = run[:length], run[length:]
        if not _may_be_name(words) or _owns_next(words, following):
            continue
        text = sentence[words[0].start : words[-1].end]
        if gazetteer.lookup(_singular(text)) or _pair(text, gazetteer):
            return 0 if _is_other_feature(following) else length
    return 0


def _may_be_name(words: Sequence[_Word]) -> bool:
    last = words[-1]
    named = any(word.is_name or word.text[0].isdigit() for word in words)
    return named and (last.is_name or last.folded in KIND_WORDS)


def _owns_next(words: Sequence[_Word], following: Sequence[_Word]) -> bool:
    """Return whether a longer name ends in the owner of what follows it.

    "Plant in Russia's Bryansk" is a plant in Bryansk.
    """
    is_joined = any(word.folded in LINKS for word in words)
    return words[-1].is_owner and is_joined and bool(following) and following[0].is_name


def _is_other_feature(following: Sequence[_Word]) -> bool:
    """Return whether a known name is only the first part of another: "Belgorod Reservoir"."""
    return bool(following) and following[0].folded in FEATURES


def _is_unknown_name(sentence: str, run: Sequence[_Word]) -> bool:
    first = run[0]
    if not first.is_name or DISTRICT_ADJECTIVE.search(sentence, first.start, first.end + 8):
        return False
    before = sentence[max(0, first.start - 40) : first.start]
    return _is_other_feature(run[1:2]) or bool(BEFORE_UNKNOWN.search(before))


def _unknown(run: Sequence[_Word]) -> int:
    """Return how many capitalised words and kind words make an unknown name."""
    length = 1
    while length < len(run) and (run[length].is_name or run[length].folded in KIND_WORDS):
        length += 1
    return length


def _split(sentence: str, words: Sequence[_Word], gazetteer: Gazetteer) -> Iterator[Name]:
    """Yield one name, or the two of "Afipsky and Ilsky refineries"."""
    start, end = words[0].start, words[-1].end
    text = sentence[start:end]
    pair = _pair(text, gazetteer)
    joint = _AND.search(text)
    if pair and joint and not gazetteer.lookup(_singular(text)):
        yield Name(start, start + joint.start(), pair[0])
        yield Name(start + joint.end(), end, pair[1])
    else:
        yield Name(start, end, _singular(text))


def _pair(text: str, gazetteer: Gazetteer) -> tuple[str, str] | None:
    """Return the two names of "Afipsky and Ilsky refineries", None if it is no such pair."""
    match = _PAIR.fullmatch(text)
    if match is None:
        return None
    kind = _PLURALS[match["kind"].casefold()]
    pair = f"{match['a']} {kind}", f"{match['b']} {kind}"
    return pair if all(map(gazetteer.lookup, pair)) else None


def _singular(text: str) -> str:
    text = " ".join(text.translate(_NO_QUOTES).split())
    head, _, last = text.rpartition(" ")
    return f"{head} {_PLURALS[last.casefold()]}" if head and last.casefold() in _PLURALS else text
