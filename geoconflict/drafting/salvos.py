"""Drones and missiles launched and shot down: totals and the breakdown by region."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from geoconflict.drafting.launches import attack_verb, launch_verb
from geoconflict.drafting.lines import Line
from geoconflict.drafting.numbers import Number
from geoconflict.drafting.regions import Region
from geoconflict.drafting.tags import Tag
from geoconflict.lexicon import lexicon

# Classes of weapons that are counted apart.
CLASSES = {
    "drone": "drone",
    "fpv_drone": "drone",
    "naval_drone": "naval drone",
    "missile": "missile",
    "cruise_missile": "missile",
    "ballistic_missile": "missile",
    "glide_bomb": "glide bomb",
    "bomb": "bomb",
    "rocket": "rocket",
    # "13 air targets": drones most often, which stays open.
    "air_target": "drone",
}
_TELLING = frozenset(("drone", "missile", "glide bomb", "naval drone", "bomb", "rocket"))
# So far a number and its weapon, or its region, are apart at most.
_ARM_REACH, _PLACE_REACH, _LOST_REACH = 60, 110, 30
_DASH = re.compile(r"\s*[—–:-]\s*")
_BREAK_OF = re.compile(r",|\s[—–-]\s")
_BREAK = re.compile(r"[;:.]|,\s")
# "U.S.-made" breaks nothing.
_SHORT = re.compile(r"\b[A-Z]\.(?:[A-Z]\.)*")


@dataclass(frozen=True)
class Salvo:
    """Weapons of one class launched and shot down: in all, or over one region or sea.

    ``launched`` and ``down`` are numbers of the sentence, None where it gives none.
    """

    weapon: str
    launched: Number | None
    down: Number | None
    region: Region | None
    sea: tuple[int, int] | None
    start: int
    end: int


@dataclass(frozen=True)
class _Count:
    """A number with what it counts and where."""

    number: Number
    weapon: str
    is_named: bool
    deed: str
    regions: tuple[Region, ...]
    sea: tuple[int, int] | None
    is_over_town: bool = False


def find_salvos(line: Line, *, weapon: str = "", told: str = "") -> list[Salvo]:
    """Return what a sentence says was launched and shot down.

    Parameters
    ----------
    line : Line
        The sentence.
    weapon : str
        What was counted by the sentence before, for one that goes on with the breakdown.
    told : str
        What its speaker counts where no verb says so: ``launched`` or ``down``, empty where
        neither is known.
    """
    downs = _downs(line)
    is_told = downs or line.tag("deeds", "launch") or weapon or told or attack_verb(line)
    if not is_told and len(line.regions) < 2:
        return []
    pairs = list(_pairs(line, downs)) if downs else []
    counts = [c for c in _counts(line, downs, weapon, told) if not _is_in(c.number, pairs)]
    if not downs and sum(bool(c.regions) for c in counts) > 1:
        # A count by region is one of what was shot down, without a word for it.
        counts = [replace(count, deed="down") for count in counts]
        return [*_totals(line, counts, downs), *_places(line, counts)]
    if told and not downs and not any(c.deed for c in counts):
        counts = [replace(c, deed=told) for c in counts if told == "down" or not c.regions]
    elif not downs and not (weapon and any(c.regions or c.sea for c in counts)):
        counts = [c for c in counts if c.deed == "launched"]
    counts = [replace(c, deed="launched") if _is_whole(line, c, counts) else c for c in counts]
    found = [*pairs, *_totals(line, counts, downs), *_places(line, counts)]
    used = {s.region.start for s in found if s.region}
    if downs:
        found += _bare_regions(line, downs, counts, used)
    return found


def _pairs(line: Line, downs: list[Tag]) -> Iterator[Salvo]:
    """Yield what is told as a part of what was launched: "38 of 46", "of 46 drones 38 were"."""
    out_of = lexicon(line.language).any_of("comparisons", "out_of")
    joint = re.compile(rf"\s+{out_of}\s+(?:the\s+)?", re.IGNORECASE)
    lead = re.compile(rf"(?<!\w){out_of}\s+(?:the\s+)?$", re.IGNORECASE)
    taken = set()
    for first, second in pairwise(line.numbers):
        weapon = _weapon(line, second)
        if weapon and joint.fullmatch(line.text[first.end : second.start]):
            taken.add(second)
            yield Salvo(weapon, second, first, None, None, first.start, second.end)
    for head in line.numbers:
        if head in taken or not lead.search(line.text[: head.start]):
            continue
        mark = _BREAK_OF.search(line.text, head.end)
        stops = [mark.start() if mark else len(line.text), *(t.start for t in downs)]
        stop = min((at for at in stops if at > head.end), default=len(line.text))
        wholes = [n for n in line.numbers if head.start <= n.start < stop and _weapon(line, n)]
        if not wholes:
            continue
        parts = [n for n in line.numbers if n.start > wholes[-1].start]
        for whole in wholes:
            weapon = _weapon(line, whole)
            named = [p for p in parts if len(wholes) == 1 or _weapon(line, p) == weapon]
            shot = (p for p in named if p.value <= whole.value and _deed(line, p, downs) == "down")
            part = next(shot, None)
            if weapon and part is not None:
                yield Salvo(weapon, whole, part, None, None, whole.start, part.end)


def _is_whole(line: Line, count: _Count, counts: list[_Count]) -> bool:
    """Return whether a number counts all of which the next one was shot down: "214, збито 114"."""
    verb = next((t for t in line.tag("deeds", "down") if t.start > count.number.end), None)
    if verb is None or count.regions or count.sea or not count.is_named:
        return False
    rest = [
        c.number for c in counts if c.weapon == count.weapon and c.number.start > count.number.end
    ]
    near = (n.value for n in rest if 0 < max(n.start - verb.end, verb.start - n.end) <= 1)
    part = next(near, None)
    gap = line.text[count.number.end : max(verb.start, count.number.end)]
    return part is not None and part <= count.number.value and "," in gap


def _is_in(number: Number, salvos: list[Salvo]) -> bool:
    return any(number in (salvo.down, salvo.launched) for salvo in salvos)


def _downs(line: Line) -> list[Tag]:
    """Return the verbs of shooting down: "destroyed" is one only where weapons are counted."""
    tags = [tag for tag in line.tag("deeds", "down") if not _is_of_debris(line, tag)]
    return tags if line.tag("arms") or line.numbers else []


def _is_of_debris(line: Line, tag: Tag) -> bool:
    """Return whether what was shot down is only what fell: "a fragment of a downed missile"."""
    starts = [number.start for number in line.numbers]
    return any(
        re.fullmatch(r"\s+(?:\w+\s+){0,2}", line.text[fall.end : tag.start]) is not None
        and not any(fall.end <= start < tag.end for start in starts)
        for fall in line.tag("deeds", "fall")
    )


def _counts(line: Line, downs: list[Tag], weapon: str, told: str) -> Iterator[_Count]:
    is_whole = bool(told) and lexicon(line.language).pattern("counting", "whole").search(line.text)
    current = _only_weapon(line) or weapon
    taken = -1
    for number in line.numbers:
        if number.start < taken or _is_period(line, number) or _is_lost(line, number):
            continue
        named = _weapon(line, number)
        current = named or current
        regions, sea = _where(line, number)
        over_town = not (named or sea) and _is_over_town(line, number)
        is_placed = regions or sea or over_town
        if not current or not (named or is_placed or is_whole or _is_rest(line, number)):
            continue
        if not named and _counts_else(line, number):
            continue
        deed = _deed(line, number, downs)
        yield _Count(number, current, bool(named), deed, tuple(regions), sea, over_town)


def _is_period(line: Line, number: Number) -> bool:
    """Return whether a number counts days or weeks: "two days after a missile destroyed"."""
    words = lexicon(line.language).any_of("periods", "day", "week", "month", "year", "hour")
    return re.match(rf"\s+{words}(?!\w)", line.text[number.end :], re.IGNORECASE) is not None


def _is_lost(line: Line, number: Number) -> bool:
    """Return whether a number counts what vanished and was not shot down: "20 were lost"."""
    lost = [t for t in line.tag("deeds", "lost") if 0 <= t.start - number.end <= _LOST_REACH]
    downs = [t.start for t in line.tag("deeds", "down")]
    own = [n for n in line.numbers if any(0 <= at - n.end <= 1 for at in downs) and n != number]
    if not own:
        # "382 were shot down or jammed"; unless those shot down are counted alone as well.
        lost = [t for t in lost if not any(number.end <= at < t.start for at in downs)]
    return any(not _BREAK.search(line.text[number.end : t.start]) for t in lost)


def _only_weapon(line: Line) -> str:
    found = {CLASSES.get(t.concept, "") for t in line.tag("arms")} & _TELLING
    return found.pop() if len(found) == 1 else ""


def _weapon(line: Line, number: Number) -> str:
    """Return the class of weapon that a number counts."""
    for tag in line.tag("arms"):
        if not 0 <= tag.start - number.end <= _ARM_REACH:
            continue
        gap = _SHORT.sub("", line.text[number.end : tag.start])
        if re.search(r"[;:.()–—]|\d", gap) or any(
            number.end <= n.start < tag.start for n in line.numbers
        ):
            continue
        if "," in gap or any(r.start < tag.start and r.start >= number.end for r in line.regions):
            continue
        if tag.concept in CLASSES:
            return CLASSES[tag.concept]
    return ""


def _counts_else(line: Line, number: Number) -> bool:
    """Return whether a number counts people or things that are no weapons."""
    after = line.text[number.end : number.end + 24]
    people = [t for t in line.tag("toll") if 0 <= t.start - number.end <= 14]
    targets = [t for t in line.tag("targets") if 0 <= t.start - number.end <= 18]
    return bool(people or targets) and not _words(line.language).rest.match(after)


def _where(line: Line, number: Number) -> tuple[list[Region], tuple[int, int] | None]:
    """Return the regions, or the sea, that follow a number and a word for "over"."""
    nexts = [n.start for n in line.numbers if n.start > number.start]
    limit = min(nexts[0] if nexts else len(line.text), number.end + _PLACE_REACH)
    sea = _words(line.language).sea.search(line.text, number.end, limit)
    regions = [r for r in line.regions if number.end <= r.start < limit]
    first = regions[0].start if regions else limit
    if sea and sea.start() < first:
        over = _over(line.language).search(line.text, number.end, sea.start())
        return [], sea.span() if over else None
    is_over = regions and (
        _over(line.language).search(line.text, number.end, first)
        or (len(line.regions) > 1 and _DASH.fullmatch(line.text[number.end : first]))
    )
    if not is_over and (not regions or first - number.end > 1):
        return _where_before(line, number), None
    if _BREAK.search(line.text[number.end : first]):
        return _where_before(line, number), None
    kept = [regions[0]]
    for region in regions[1:]:
        if not _joint(line.language).fullmatch(line.text[kept[-1].end : region.start]):
            break
        kept.append(region)
    return kept, None


def _is_over_town(line: Line, number: Number) -> bool:
    """Return whether a bare number of a list is said of a town: "34 over Bryansk"."""
    lead = re.compile(rf"\s+{_over_source(line.language)}\s+(?:the\s+)?", re.IGNORECASE)
    towns = (spot for spot in line.spots if not spot.is_facility and spot.place is not None)
    return any(lead.fullmatch(line.text, number.end, town.start) for town in towns)


def _where_before(line: Line, number: Number) -> list[Region]:
    """Return the region that a number stands after with a dash: "над Ростовской — 7"."""
    over = re.compile(rf"(?<!\w){_over_source(line.language)}\s+(?:the\s+)?$", re.IGNORECASE)
    return [
        region
        for region in line.regions
        if region.end <= number.start
        and _DASH.fullmatch(line.text[region.end : number.start])
        and over.search(line.text[: region.start])
    ]


def _is_rest(line: Line, number: Number) -> bool:
    """Return whether a bare number counts the weapons told before: "79 of them"."""
    if _words(line.language).rest.match(line.text[number.end :]):
        verbs = line.tag("deeds", "down", "launch")
        return any(abs(v.start - number.end) < 40 or abs(number.start - v.end) < 40 for v in verbs)
    return False


def _deed(line: Line, number: Number, downs: list[Tag]) -> str:
    """Return whether a number was shot down or launched, by the nearest verb of its clause."""
    if launch_verb(line, number) is not None:
        return "launched"
    launches = [t for t in line.tag("deeds", "launch") if not any(t.is_over(d) for d in downs)]
    scored = [(_distance(line, number, t), "down") for t in downs]
    scored += [(_distance(line, number, t), "launched") for t in launches]
    return min(scored)[1] if scored else ""


def _distance(line: Line, number: Number, tag: Tag) -> int:
    is_before = number.end <= tag.start
    lo, hi = (number.end, tag.start) if is_before else (tag.end, number.start)
    return max(0, hi - lo) + 60 * len(_words(line.language).stop.findall(line.text[lo:hi]))


def _totals(line: Line, counts: list[_Count], downs: list[Tag]) -> Iterator[Salvo]:
    """Yield what was launched and shot down in all, one for each class of weapon."""
    plain = [c for c in counts if not (c.regions or c.sea or c.is_over_town) and c.deed]
    for weapon in dict.fromkeys(c.weapon for c in plain):
        launched = next(
            (c.number for c in plain if (c.weapon, c.deed) == (weapon, "launched")), None
        )
        down = next((c.number for c in plain if (c.weapon, c.deed) == (weapon, "down")), None)
        if down is None and launched and downs and _all_down(line, downs):
            down = launched
        numbers = [n for n in (launched, down) if n is not None]
        region = _region_before(line, numbers[0]) if launched in (None, down) else None
        start, end = min(n.start for n in numbers), max(n.end for n in numbers)
        yield Salvo(weapon, launched, down, region, None, start, end)


def _all_down(line: Line, downs: list[Tag]) -> bool:
    return any(
        abs(match.start() - tag.end) < 20 or abs(tag.start - match.end()) < 20
        for match in _words(line.language).all.finditer(line.text)
        for tag in downs
    )


def _region_before(line: Line, number: Number) -> Region | None:
    """Return the one region over which a number is said: "Над Курской областью сбили 66"."""
    before = [r for r in line.regions if r.end <= number.start]
    if len(before) != 1 or any(before[0].end <= n.start < number.start for n in line.numbers):
        return None
    region = before[0]
    lead = line.text[max(0, region.start - 20) : region.start]
    is_over = re.search(
        rf"(?<!\w){_over_source(line.language)}\s+(?:the\s+)?$", lead, re.IGNORECASE
    )
    is_head = not re.search(r"\w", line.text[: region.start]) and _DASH.match(line.text, region.end)
    return region if is_over or is_head else None


def _places(line: Line, counts: list[_Count]) -> Iterator[Salvo]:
    for count in counts:
        number = count.number
        if count.sea:
            yield Salvo(count.weapon, None, number, None, count.sea, number.start, count.sea[1])
        if count.is_over_town:
            yield Salvo(count.weapon, None, number, None, None, number.start, number.end)
        is_each = len(count.regions) < 2 or _is_each(line, count)
        for region in count.regions:
            down = number if is_each else None
            yield Salvo(count.weapon, None, down, region, None, number.start, region.end)


def _is_each(line: Line, count: _Count) -> bool:
    """Return whether a number stands for each of several regions."""
    each = lexicon(line.language).any_of("clauses", "each")
    around = line.text[max(0, count.number.start - 5) : count.regions[0].start]
    return re.search(rf"(?<!\w){each}(?!\w)", around, re.IGNORECASE) is not None


def _bare_regions(
    line: Line, downs: list[Tag], counts: list[_Count], used: set[int]
) -> Iterator[Salvo]:
    """Yield the regions over which something was shot down that is not counted there."""
    weapon = counts[0].weapon if counts else _only_weapon(line)
    source, over = _over_source(line.language), set(used)
    for region in line.regions:
        if region.start in used or not weapon:
            continue
        lead = line.text[: region.start]
        before = [r for r in line.regions if r.end <= region.start]
        is_listed = bool(
            before
            and before[-1].start in over
            and _joint(line.language).fullmatch(lead[before[-1].end :])
        )
        is_over = re.search(rf"(?<!\w){source}\s+(?:the\s+)?$", lead, re.IGNORECASE) or is_listed
        gap = min(abs(region.start - tag.end) for tag in downs)
        if gap > 160 or not is_over or _is_title(line, region):
            continue
        over.add(region.start)
        yield Salvo(weapon, None, None, region, None, region.start, region.end)


def _is_title(line: Line, region: Region) -> bool:
    """Return whether a region is that of an office: "the governor of Kursk Oblast"."""
    offices = line.tag("offices", "local")
    return any(0 <= t.start - region.end <= 3 or 0 <= region.start - t.end <= 8 for t in offices)


def _over_source(language: str) -> str:
    return lexicon(language).any_of("clauses", "over")


@cache
def _over(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_over_source(language)}(?!\w)", re.IGNORECASE)


@cache
def _joint(language: str) -> re.Pattern[str]:
    joints = lexicon(language).any_of("clauses", "and")
    over = _over_source(language)
    return re.compile(rf"\s*(?:,|,?\s*{joints})\s*(?:{over}\s+)?(?:the\s+)?", re.IGNORECASE)


class _Words(NamedTuple):
    """Patterns of the words around numbers of weapons, in one language."""

    stop: re.Pattern[str]
    sea: re.Pattern[str]
    all: re.Pattern[str]
    rest: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    words = lexicon(language)
    of_them, seas = words.any_of("counting", "of_them"), words.any_of("counting", "seas")
    every, rest = words.any_of("counting", "all"), words.any_of("counting", "rest")
    sources = (
        rf"[;:]|,\s*(?!\d)|\s{of_them}\s",
        rf"(?<!\w)(?:the\s+)?{seas}(?!\w)",
        rf"(?<!\w){every}(?!\w)",
        rf"\s*(?:{rest}(?!\w)|$|[,.;])",
    )
    return _Words(*(re.compile(source, re.IGNORECASE) for source in sources))
