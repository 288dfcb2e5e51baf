"""What can be an end of a distance in a sentence, and the words that govern it: "from", "of"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.mentions import UNIT, Mention
from geoconflict.reading.passages import Passage
from geoconflict.reading.pointers import Pointer, find_pointers
from geoconflict.reading.words import compass

# Distances, relations and land ask for the ends of the same sentence one after another.
_RECENT = 8
# So far before a name the words that govern it can begin, but never before one of these.
_REACH = 110
_STOPS = ",;:!?"
_LINES = ("border", "front", "coast")
_LINKS = ("between", "from", "to", "near", "in", "of", "and")
# Links that make a mention the end that a distance is measured from or to.
MEASURED = frozenset(("from", "to", "between", "direction"))


@dataclass(frozen=True)
class End:
    """A place, line or pointing word, and what governs it.

    Parameters
    ----------
    mention : Mention or None
        None where it is a pointing word.
    pointer : Pointer or None
        None where it is a place or line by name.
    link : str
        ``from``, ``to``, ``between``, ``direction``, ``near``, ``in``, ``of``, ``and``, or
        empty where nothing governs it.
    direction : str or None
        The compass point of "north of", else None.
    start, at, end : int
        Characters of the sentence: where its governing words begin, it begins, and it ends.
    is_from : bool
        Whether its governing words end in "from", as in "not far from".
    """

    mention: Mention | None
    pointer: Pointer | None
    link: str
    direction: str | None
    start: int
    at: int
    end: int

    @property
    def text(self) -> str:
        """Its words."""
        found = self.mention or self.pointer
        return found.text if found else ""

    is_from: bool = False

    @property
    def is_line(self) -> bool:
        """Whether it is a border, front, coast or troops."""
        return self.mention is not None and self.mention.kind != "place"


class EndWords:
    """The patterns of governing words in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        points = compass(words.language)
        kinds = (*words.forms("links", "fillers"), *words.forms("places", "settlement"))
        fill = rf"(?:{any_form((*kinds, *words.forms('facilities')))}|[^\W\d_]+['’]s)"
        # "northeast of the key rail hub of Kupiansk".
        called = rf"the\s+(?:[a-z'’-]+\s+){{0,3}}{any_of('places', 'town_kinds')}\s+of\s+"
        named = rf"(?:{called})?" if words.script == "Latn" else ""
        self.fillers = rf"{named}(?:[\"«“„(]?{fill}[.»”\"]?\s+)*[\"«“„(]?"
        links = "|".join(f"(?P<{name}>{any_of('links', name)})" for name in _LINKS)
        of = any_form((*words.forms("links", "of"), *words.forms("links", "from")[:1]))
        direction = rf"(?P<compass>{points.pattern})(?:\s+(?:direction|side))?\s+{of}"
        governing = rf"(?P<governing>{points.governing})"
        self.lead = Caseless(rf"(?<![\w-])(?:{direction}|{governing}|{links})\s+{self.fillers}$")
        near = [form for form in words.forms("links", "near") if " " in form]
        ending = [f for f in near if f.split()[-1] in words.forms("links", "from")]
        self.near_from = re.compile(any_form(ending), re.IGNORECASE)
        self.adverb = words.pattern("pointers", "adverbs")
        self.whence = words.pattern("pointers", "whence")
        self.compass = points


@cache
def end_words(language: str) -> EndWords:
    """Return the patterns of governing words of a language."""
    return EndWords(lexicon(language))


@lru_cache(maxsize=_RECENT)
def find_ends(passage: Passage) -> tuple[End, ...]:
    """Return the places, lines and pointing words of a sentence with what governs each."""
    words = end_words(passage.language)
    lines = [m.end for m in passage.lines if m.kind in _LINES]
    found = [
        _governed(passage.text, words, mention=m, since=_last_before(lines, m.start))
        for m in passage.mentions
    ]
    taken = [(m.start, m.end) for m in passage.mentions]
    found += [
        _governed(passage.text, words, pointer=pointer)
        for pointer in find_pointers(passage.text, language=passage.language)
        if not any(start < pointer.end and pointer.start < end for start, end in taken)
    ]
    return _narrowed(passage, sorted(found, key=lambda end: end.at))


def _last_before(points: Sequence[int], at: int) -> int:
    return max((point for point in points if point <= at), default=0)


def _governed(
    text: str,
    words: EndWords,
    *,
    mention: Mention | None = None,
    pointer: Pointer | None = None,
    since: int = 0,
) -> End:
    one = mention or pointer
    assert one is not None  # noqa: S101 - one of them is given
    # What leads to "the border with Ukraine" does not lead to the town behind it.
    first = max(since, one.start - _REACH)
    since = max(first, *(text.rfind(stop, first, one.start) + 1 for stop in _STOPS))
    is_adverb = pointer is not None and words.adverb.fullmatch(pointer.text)
    if pointer is not None and words.whence.fullmatch(pointer.text):
        return End(mention, pointer, "from", None, one.start, one.start, one.end, is_from=True)
    lead = words.lead.search(text[since : one.start])
    if lead is None or (is_adverb and not lead["from"]):
        return End(mention, pointer, "", None, one.start, one.start, one.end)
    named = lead["compass"] or lead["governing"]
    direction = words.compass.point(named) if named else None
    link = "direction" if direction else next((n for n in _LINKS if lead[n]), "")
    is_from = link == "from" or (link == "near" and words.near_from.match(lead[0]) is not None)
    start = since + lead.start()
    return End(mention, pointer, link, direction, start, one.start, one.end, is_from)


def _narrowed(passage: Passage, ends: Sequence[End]) -> tuple[End, ...]:
    """Return ends with borders of units made one: "its border with Kherson Oblast"."""
    found: list[End] = []
    is_joint = False
    for end in ends:
        last = found.pop() if found else None
        joined = _joined(passage, last, end) if last is not None else None
        if joined is not None:
            # "Kharkiv Oblast's border with Donetsk Oblast".
            owner = found[-1] if found and _is_owner(passage, found[-1], joined) else None
            shared = _shared(passage, joined, owner) if owner else None
            found[-1:] = [shared] if shared else [*found[-1:], joined]
        elif last is not None and is_joint and end.link == "and":
            # "The boundary between Donetsk and Dnipropetrovsk oblasts".
            shared = _shared(passage, last, end)
            found += [shared] if shared else [last, end]
        elif last is not None and end.pointer and end.start < last.end:
            # "to the city it is 460 km": what governs the city does not govern "it".
            bare = replace(end, link="", direction=None, start=end.at, is_from=False)
            found += [last, bare]
        else:
            found += [last, end] if last else [end]
        is_joint = joined is not None
    kept = [e for e in found if not (e.mention and e.mention.kind == "boundary")]
    return tuple(_owned(passage, end, kept) for end in kept)


def _joined(passage: Passage, line: End, unit: End) -> End | None:
    """Return the unit that a border or boundary is of or with, as one end; None if it is none."""
    if line.mention is None or line.mention.kind not in ("border", "boundary"):
        return None
    one = unit.mention
    if one is None or one.rank != UNIT or one.place is None:
        return None
    between = passage.text[line.end : unit.at].strip().casefold()
    with_words = passage.words.any_of("lines", "with")
    fits = re.fullmatch(rf"(?:(?:{with_words}|of|with)\s*(?:the)?)?", between, re.IGNORECASE)
    if fits is None:
        return None
    whole = replace(one, start=line.mention.start, text=passage.text[line.at : unit.end])
    return replace(line, mention=whole, end=unit.end)


def _is_owner(passage: Passage, unit: End, border: End) -> bool:
    return passage.text[unit.end : border.start].strip() in ("", "'s", "’s")


def _shared(passage: Passage, border: End, other: End) -> End | None:
    """Return the border that two units share, None where an end is no unit."""
    units = [e.mention.place for e in (border, other) if e.mention and e.mention.place]
    codes = sorted(unit.admin1_code for unit in units if unit.kind == "admin1")
    if len(codes) != 2 or codes[0] == codes[1]:
        return None
    first, last = sorted((border, other), key=lambda end: end.at)
    text = passage.text[first.at : last.end]
    line = Mention("border", first.at, last.end, text, f"border:{'/'.join(codes)}")
    is_led = border is first
    link, start = (border.link, border.start) if is_led else (other.link, other.start)
    end = replace(border, mention=line, link=link, start=start, at=first.at, end=last.end)
    return end if is_led else replace(end, is_from=other.is_from)


def _owned(passage: Passage, end: End, every: Sequence[End]) -> End:
    """Return the town after "Russia's" where a country's name only owns it."""
    mention = end.mention
    if mention is None or mention.rank < UNIT or not mention.text.endswith(("'s", "’s")):
        return end
    for other in every:
        is_next = other.at > end.end and not passage.text[end.end : other.at].strip()
        if is_next and other.mention is not None:
            return replace(end, mention=other.mention, end=other.end)
    return end
