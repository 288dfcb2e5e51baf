"""The killed and injured of a sentence, each number given to the strike that it is told of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from geoconflict.drafting.cells import Cell
from geoconflict.drafting.context import Context
from geoconflict.drafting.found import Found, is_at, larger
from geoconflict.drafting.headcounts import is_corrected
from geoconflict.drafting.lines import Line
from geoconflict.drafting.sites import Site
from geoconflict.drafting.speakers import find_speakers
from geoconflict.drafting.tags import Tag
from geoconflict.drafting.tolls import (
    Toll,
    find_since_dead,
    find_tolls,
    find_unharmed,
)
from geoconflict.drafting.voices import Voice
from geoconflict.lexicon import lexicon

# What parts the numbers of one region from those of another.
_SEGMENT = re.compile(r"[,;:]\s")


def count_harm(
    context: Context,
    line: Line,
    made: list[tuple[Site, Found]],
    tolls: list[Toll],
    others: Sequence[Found],
    voices: Sequence[Voice],
) -> list[Found]:
    """Give the killed and injured of a sentence to the site that each is told of; return whose."""
    struck = [event for event in [*context.last, *others] if event.kind != "interception"]
    events = [event for _, event in made] or context.of_officials(voices, struck[-1:])
    if not events and context.focus and context.town is None:
        about = context.struck(context.focus[1].place)
        events = [about] if about is not None and not line.spots else []
    spoken = [(s.start, s.end) for s in find_speakers(line)]
    places = [s.start for s in line.spots] + [r.start for r in line.regions]
    places = [at for at in places if not any(start <= at < end for start, end in spoken)]
    if not made and (line.tag("toll", "regionwide") or _is_total(context, line, events, places)):
        # "Over the day one was killed in the region" counts more than the place told before.
        events = []
    is_placed = bool(places) or any(site.spot or site.region for site, _ in made)
    if not is_placed and _is_of_many_places(context, line):
        events = []
    grown = _add_since_dead(line, events)
    for toll in _shared(line, made, tolls) if events and not grown else ():
        if _is_of_region_behind(line, toll, events[0]):
            continue
        parts = {line.part(site.start) for site, _ in made}
        part = line.part(toll.start)
        if parts and part not in parts and any(line.part(at) == part for at in places):
            continue
        event = _harmed_at(line, made, toll) or events[0]
        if _is_of_another_region(line, toll, event, made):
            continue
        is_foe = _is_foe(context, voices, event)
        _put_harmed(event, line, toll, is_foe=is_foe)
    if not line.sectors:
        _unharm(line, made, events or _shot_down(context, line, others))
    return [event for event in events if tolls and event.kind in ("strike", "other")]


def _put_harmed(event: Found, line: Line, toll: Toll, *, is_foe: bool) -> None:
    """Put a number beside the one told before: the larger stands, or the one that corrects it."""
    told = Cell(toll.value, line.start + toll.start, line.start + toll.end, toll.rule)
    cell = event.cells.get(toll.column)
    if cell is None:
        event.cells[toll.column] = told
    elif is_foe:
        event.cells[toll.column] = replace(cell, alternatives=(*cell.alternatives, told.value))
    elif is_corrected(line):
        beside = (cell.value, *cell.alternatives)
        event.cells[toll.column] = replace(told, alternatives=beside)
    else:
        event.cells[toll.column] = larger(cell, told)


def counts_a_day(line: Line) -> bool:
    """Return whether the numbers of a sentence are those of a day, or said to be of all."""
    whole = lexicon(line.language).pattern("sums", "before_total").search(line.text)
    return bool(whole or line.tag("days", "past_day") or line.tag("toll", "regionwide"))


def _is_total(context: Context, line: Line, events: Sequence[Found], places: Sequence[int]) -> bool:
    """Return whether a sentence counts a whole region of which a place was told before.

    "In all three were killed in Donetsk Oblast" is not said of the last of its towns.
    """
    regions = {r.code for r in line.regions if r.start in places}
    here = [e for e in context.events if e.paragraph == line.paragraph and e.is_named]
    inside = [e for e in here if e.value("admin1") in regions]
    is_of_place = any(event.is_named for event in events)
    is_many = len(inside) > 1 or counts_a_day(line)
    return bool(regions) and len(regions) == len(places) and is_of_place and is_many


def _is_of_region_behind(line: Line, toll: Toll, event: Found) -> bool:
    """Return whether a number stands right before the region it is of: "12 in Kyiv Oblast"."""
    near = lexicon(line.language).any_of("clauses", "near")
    link = re.compile(rf"(?:\s+\w+){{0,2}}?\s+{near}\s+(?:the\s+)?", re.IGNORECASE)
    behind = [r for r in line.regions if r.start > toll.end][:1]
    # "12 in the Kharkiv region's city of Balakliia".
    towns = [spot.start for spot in line.spots if spot.start > toll.end]
    is_town = any(not re.search(r"[,;:.]", line.text[r.end : at]) for r in behind for at in towns)
    is_led = any(link.fullmatch(line.text, toll.end, r.start) for r in behind)
    return is_led and not is_town and event.value("admin1") not in (None, behind[0].code)


def is_harmed_region(
    context: Context, line: Line, deeds: Sequence[Tag], others: Sequence[Found]
) -> bool:
    """Return whether a sentence tells what drones told of just before did in one region.

    "It downed 75 drones. In Voronezh Oblast, two people were hurt and a line was damaged."
    """
    here = [e for e in context.events if e.paragraph == line.paragraph]
    is_told = any(event.kind == "interception" for event in here) and not others
    is_one = len(line.regions) == 1 and not line.spots and bool(deeds) and not line.sectors
    return is_told and is_one and bool(find_tolls(line))


def harmed_regions(line: Line, sites: Sequence[Site]) -> list[Site]:
    """Return the regions in which a sentence tells of people only, beside what it tells of others.

    "In Kharkiv Oblast a substation was damaged, in Sumy Oblast one was killed."
    """
    segments = [match.span() for match in re.finditer(r"[^,;:]+", line.text)]
    tolls, found = find_tolls(line), []
    for start, end in segments:
        regions = [r for r in line.regions if start <= r.start < end]
        named = [one.start for one in sites] + [one.start for one in line.spots]
        is_free = not any(start <= at < end for at in named)
        if is_free and len(regions) == 1 and any(start <= t.start < end for t in tolls):
            found.append(Site(None, None, regions[0], link="toll"))
    parted = {s.region.code for s in sites if s.region is not None}
    return [s for s in found if parted and s.region and s.region.code not in parted]


def _is_of_many_places(context: Context, line: Line) -> bool:
    """Return whether the sentence before told of more places than it names: "and 9 villages"."""
    before = [one for one in context.lines if one.start < line.start]
    if not before or before[-1].paragraph != line.paragraph:
        return False
    told = before[-1]
    counted = lexicon(line.language).pattern("counting", "settlements")
    found = counted.finditer(told.text)
    return any(0 <= m.start() - n.end <= 1 for m in found for n in told.numbers if n.value > 1)


def _is_of_another_region(
    line: Line, toll: Toll, event: Found, made: Sequence[tuple[Site, Found]]
) -> bool:
    """Return whether a number is told of another region than that of a strike.

    "On Kupiansk; in Kherson Oblast one was killed".
    """
    marks = [match.end() for match in _SEGMENT.finditer(line.text)]
    own = bisect_right(marks, toll.start)
    if any(bisect_right(marks, site.start) == own for site, _ in made):
        return False
    codes = {r.code for r in line.regions if bisect_right(marks, r.start) == own}
    return bool(codes) and event.value("admin1") not in (None, *codes)


def _add_since_dead(line: Line, events: Sequence[Found]) -> bool:
    """Add who died later to the dead told before, and take them from the injured; say whether.

    The number told before stays beside as an alternative.
    """
    found = find_since_dead(line)
    if found is None or not events:
        return False
    toll, is_of_injured = found
    event, span = events[0], (line.start + toll.start, line.start + toll.end)
    before = event.cells.get("killed")
    if before is not None and before.start >= line.start:
        return False
    injured = event.cells.get("injured")
    if before is None and injured is None:
        return False
    was = int(before.value) if before is not None else 0
    beside = (was, *before.alternatives) if before is not None else ()
    event.cells["killed"] = Cell(was + toll.value, *span, toll.rule, alternatives=beside)
    if is_of_injured and injured is not None and int(injured.value) > toll.value:
        left = int(injured.value) - toll.value
        event.cells["injured"] = replace(injured, alternatives=(*injured.alternatives, left))
    return True


def _shot_down(context: Context, line: Line, others: Sequence[Found]) -> list[Found]:
    """Return the one count of what was shot down that a sentence, or the one before it, tells."""
    is_elsewhere = bool(line.spots or line.regions)
    before = [] if is_elsewhere else [e for e in context.last if e.paragraph == line.paragraph]
    here = list(others) or before
    return here if len(here) == 1 and here[0].kind == "interception" else []


def _unharm(line: Line, made: list[tuple[Site, Found]], events: list[Found]) -> None:
    """Say of the one strike that a sentence speaks of that nobody came to harm."""
    struck = [event for event in events if event.kind in ("strike", "other", "interception")]
    is_down = any(event.kind == "interception" for event in struck)
    is_elsewhere = not (made or is_down) and bool(line.spots or line.regions)
    is_one = len(struck) == 1 and len(events) == 1 and not is_elsewhere
    for none in find_unharmed(line):
        event = struck[0] if is_one else _unharmed_at(line, none, struck)
        if event is not None:
            span = (line.start + none.start, line.start + none.end)
            event.put(none.column, none.value, span, none.rule)


def _unharmed_at(line: Line, none: Toll, struck: Sequence[Found]) -> Found | None:
    """Return the strike on the one place of the part that says so: "; in Lviv nobody was hurt"."""
    part = line.part(none.start)
    spots = [s for s in line.spots if s.place is not None and line.part(s.start) == part]
    at = [event for event in struck if spots and is_at(event, spots[0].place)]
    is_one = len({s.place.id for s in spots if s.place}) == 1
    is_other = any(line.part(s.start) != part for s in line.spots)
    return at[0] if len(at) == 1 and is_one and is_other else None


def _harmed_at(line: Line, made: list[tuple[Site, Found]], toll: Toll) -> Found | None:
    """Return the event of the place right behind a number, else of the last one before it."""
    if len(made) < 2:
        return None
    words = lexicon(line.language)
    who, near = words.any_of("toll", "people"), words.any_of("clauses", "near")
    unit = r"(?:the\s+)?(?:[^,;.]{0,40}\s+of\s+)?"
    link = re.compile(rf"(?:\s+{who})?\s+{near}\s+{unit}", re.IGNORECASE)
    for site, event in made:
        if site.spot is not None and link.fullmatch(line.text, toll.end, max(toll.end, site.start)):
            return event
    before = [event for site, event in made if site.start < toll.end]
    return before[-1] if before else None


def _shared(line: Line, made: list[tuple[Site, Found]], tolls: list[Toll]) -> list[Toll]:
    """Return the numbers of a sentence, each place's own for one of all: "two in A, one in B"."""
    if len({toll.column for toll in tolls}) > 1:
        return tolls
    near = lexicon(line.language).any_of("clauses", "near")
    own = [
        Toll(tolls[0].column, number.value, number.start, site.spot.end, "number at a place")
        for site, _ in made
        for number in line.numbers
        if tolls and site.spot and tolls[0].end <= number.start < site.spot.start
        if re.fullmatch(rf"\s+{near}\s+", line.text[number.end : site.spot.start], re.IGNORECASE)
    ]
    return own if len(own) > 1 else [*tolls, *own]


def _is_foe(context: Context, voices: Sequence[Voice], event: Found) -> bool:
    """Return whether the side speaks that struck: its count does not take the place of another."""
    sides = {voice.side for voice in voices if voice.side in context.gazetteer.theatre.sides}
    is_one = len(sides) < 2
    return bool(voices) and is_one and context.speaker(voices) == event.value("actor")
