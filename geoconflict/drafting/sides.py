"""Which side a deed is ascribed to, and which side a place belongs to."""

from __future__ import annotations

import re

from geoconflict.drafting.lines import Line
from geoconflict.drafting.tags import Tag
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.scoring import front_distance_km, is_beyond_front
from geoconflict.lexicon import lexicon
from geoconflict.theatre import Theatre

# So near the front it is not told by the place who holds it.
_NEAR_FRONT_KM = 30.0
# So near a thing stands whose it is.
_OWNED = 24
_MARK, _OF = re.compile(r"[;:,.—–]"), re.compile(r"\s+(?:of\s+)?(?:the\s+)?")
# So far after a deed stands who did it.
_REACH = 70


def side_before(
    line: Line, at: int, *, reach: int = 80, speaker: str = ""
) -> tuple[str, Tag] | None:
    """Return the last side named before a character, with the words that name it.

    Parameters
    ----------
    line : Line
        The sentence.
    at : int
        A character of it.
    reach : int
        How far before it the words may end.
    speaker : str
        The side that speaks: its enemy is the other one.
    """
    found = [t for t in sides(line) if t.end <= at and at - t.end <= reach]
    of_whom = lexicon(line.language).pattern("moods", "genitive")
    found = [t for t in found if line.part(t.start) == line.part(at)]
    found = [t for t in found if not _is_elsewhere(line, t, at)]
    found = [
        t for t in found if not of_whom.fullmatch(line.text, t.start, t.end) or _are_troops(line, t)
    ]
    if not found:
        return None
    tag = max(found, key=lambda t: (t.end, t.start))
    return side_of(line, tag, speaker=speaker), tag


def _is_elsewhere(line: Line, tag: Tag, at: int) -> bool:
    """Return whether a side only was where somebody did it: "visited Kherson, where a drone"."""
    where = lexicon(line.language).pattern("clauses", "at_which")
    begin = line.relative(at)
    return line.is_aside(at, tag.start) and where.match(line.text, begin) is not None


def _are_troops(line: Line, tag: Tag) -> bool:
    """Return whether a side in the genitive acts all the same: "групи росіян"."""
    before = re.search(r"[^\W\d_]+\s$", line.text[: tag.start])
    troops = lexicon(line.language).pattern("moods", "troops")
    return before is not None and troops.fullmatch(before[0].strip()) is not None


def doer(line: Line, deed: Tag, *, reach: int = 80, speaker: str = "") -> tuple[str, Tag] | None:
    """Return who did a deed: who is named after "by" or right after the verb, else before it.

    Parameters
    ----------
    line : Line
        The sentence.
    deed : Tag
        The deed.
    reach : int
        How far before it the words may end.
    speaker : str
        The side that speaks: its enemy is the other one.
    """
    words = lexicon(line.language)
    by = re.compile(rf"(?<!\w){words.any_of('moods', 'by')}\s+(?:the\s+)?$", re.IGNORECASE)
    for tag in line.tag("sides"):
        gap = line.text[deed.end : tag.start]
        if not 0 < tag.start - deed.end <= _REACH or re.search(r"[;:,]", gap):
            continue
        if by.search(gap) or (not gap.strip() and _is_doer(line, deed, tag)):
            return side_of(line, tag, speaker=speaker), tag
    return side_before(line, deed.start, reach=reach, speaker=speaker)


def owner(line: Line, deed: Tag, thing: Tag, *, speaker: str = "") -> tuple[str, Tag] | None:
    """Return whose a struck thing is said to be: "the Russian depot", "складу окупантів".

    Parameters
    ----------
    line : Line
        The sentence.
    deed, thing : Tag
        What was done, and to what.
    speaker : str
        The side that speaks.
    """
    for tag in line.tag("sides"):
        is_before = tag.end <= thing.start
        start, end = (tag.end, thing.start) if is_before else (thing.end, tag.start)
        gap = line.text[start:end]
        if start > end or len(gap) > _OWNED or _MARK.search(gap):
            continue
        between = [deed, *line.tag("deeds"), *line.tag("arms"), *line.tag("stances")]
        near = lexicon(line.language).pattern("clauses", "near")
        if any(start <= t.start < end for t in between) or (is_before and near.search(gap)):
            continue
        if is_before or _OF.fullmatch(gap):
            return side_of(line, tag, speaker=speaker), tag
    return None


def _is_doer(line: Line, deed: Tag, tag: Tag) -> bool:
    """Return whether a side right after a verb did it: "захопили росіяни", "обстреляна ВСУ"."""
    words, text = lexicon(line.language), line.text[tag.start : tag.end]
    if words.pattern("moods", "nouns").fullmatch(line.text, deed.start, deed.end):
        return True
    if text.isupper():
        return bool(words.pattern("moods", "passive").fullmatch(line.text, deed.start, deed.end))
    ends = words.pattern("moods", "doers").fullmatch(text) is not None
    return ends and not words.pattern("moods", "of_many").fullmatch(text)


def sides(line: Line) -> list[Tag]:
    """Return the words that name a side that acts, no country that something lies in."""
    return [t for t in line.tag("sides") if not _is_ground(line, t)]


def side_of(line: Line, tag: Tag, *, speaker: str = "") -> str:
    """Return the side that words name; the enemy is that of who speaks."""
    words = line.text[tag.start : tag.end]
    if lexicon(line.language).pattern("moods", "enemy").search(words):
        theatre = line.theatre
        is_own = theatre.languages.get(line.language) == theatre.opponent
        return theatre.other(speaker) or (tag.concept if is_own else theatre.opponent)
    return tag.concept


def _is_ground(line: Line, tag: Tag) -> bool:
    """Return whether a country is where something is: "over Russia", "в Україні"."""
    at = lexicon(line.language).any_of("moods", "at")
    before = line.text[max(0, tag.start - 12) : tag.start]
    return re.search(rf"(?<!\w){at}\s+$", before, re.IGNORECASE) is not None


def weapon_side(line: Line) -> tuple[str, int, int] | None:
    """Return the side that alone has a weapon named in a sentence, with its characters."""
    for side in reversed(line.theatre.sides):
        match = lexicon(line.language).pattern("counting", side).search(line.text)
        if match:
            return side, match.start(), match.end()
    return None


def against(country: str, admin1: str, place: Place | None, theatre: Theatre) -> str:
    """Return who strikes a place of a country, empty where it is neither of the two.

    Far beyond the front the home country strikes what the other one holds.

    Examples
    --------
    >>> against("RU", "RU-TVE", None, Theatre.default())
    'UA'
    >>> against("UA", "UA-43", None, Theatre.default())
    'UA'
    """
    is_held = place is not None and admin1 in theatre.fought and is_beyond_front(place, theatre)
    is_held = is_held and country == theatre.home
    if place is not None and is_held and front_distance_km(place, theatre) > _NEAR_FRONT_KM:
        return theatre.home
    return theatre.home if admin1 in theatre.held else theatre.other(country)


def defender(country: str, admin1: str, theatre: Theatre) -> str:
    """Return whose sky it is."""
    return theatre.opponent if admin1 in theatre.held else country
