"""What a sentence can tell a strike of: the things and places in it that arms can have hit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geoconflict.drafting.closures import without_closed
from geoconflict.drafting.context import Context
from geoconflict.drafting.deeds import are_many
from geoconflict.drafting.found import Found
from geoconflict.drafting.harm import harmed_regions, is_harmed_region
from geoconflict.drafting.lines import Line
from geoconflict.drafting.sites import Site, find_sites
from geoconflict.drafting.speakers import region_of_office, seat_of
from geoconflict.drafting.tags import Tag
from geoconflict.drafting.tolls import find_tolls


def struck_sites(
    context: Context,
    line: Line,
    taken: list[tuple[int, int]],
    deeds: list[Tag],
    others: Sequence[Found],
) -> list[Site]:
    """Return what a sentence can tell a strike of: its things and places, or the town before it."""
    if context.author is not None and context.sector is not None and not line.spots:
        # What a staff counts of a sector without a place are losses.
        return []
    is_ground = bool(others) or bool(line.sectors and not line.tag("arms"))
    is_sky = all(event.kind == "interception" for event in others) and not line.sectors
    sites = [_by_air(line, s) for s in find_sites(line, taken=taken) if not _is_sum(line, s)]
    sites = [s for site in sites for s in without_closed(line, site, deeds)]
    sites = _behind_colon(line, sites, deeds)
    if is_ground and not line.tag("targets") and not is_sky:
        parts = _parts_of_arms(line, others)
        return [
            s for s in sites if line.part(s.start) in parts or _is_beside_ground(line, s, others)
        ]
    if context.topic and context.topic[0] is not line:
        # A quarter of the town of the heading.
        sites = [replace(s, spot=None) if s.spot and s.spot.unit is not None else s for s in sites]
        sites = [s for s in sites if s.target or s.spot or s.region]
    if others and is_sky:
        # "Struck Ryazan, 121 were shot down": a place is struck where its own clause says so.
        struck = {line.clause(d.start) for d in deeds if d.concept == "strike"}
        sites = [s for s in sites if s.target or line.clause(s.start) in struck]
    if sites and deeds:
        sites += harmed_regions(line, sites)
    is_strike = any(deed.concept in ("strike", "fall") for deed in deeds)
    if context.topic and context.topic[0] is not line and not is_strike and not find_tolls(line):
        # "The people of a village were led away" is told of the fire in the town of the heading.
        sites = [replace(s, spot=None, region=None) for s in sites if s.target is not None]
    return sites or _unnamed(context, line, taken, deeds, others)


def _unnamed(
    context: Context,
    line: Line,
    taken: list[tuple[int, int]],
    deeds: list[Tag],
    others: Sequence[Found],
) -> list[Site]:
    """Return what was struck where a sentence names no thing or town: a region, the town before."""
    is_strike = any(deed.concept in ("strike", "fall") for deed in deeds)
    if is_harmed_region(context, line, deeds, others):
        return [Site(None, None, line.regions[0], link="toll")]
    is_confirmed = context.topic is not None and bool(line.tag("stances", "confirms"))
    if is_strike and (line.tag("arms") or find_tolls(line) or is_confirmed):
        regions = [r for r in line.regions if not any(a <= r.start < b for a, b in taken)]
        if len(regions) == 1 and not others and not are_many(line, deeds):
            return [Site(None, None, regions[0], link="region")]
        is_placed = bool(context.topic or context.town or context.pending or seat_of(line))
        office = None if is_placed or others else region_of_office(line)
        if office is not None and not line.regions[1:]:
            # "The head of the oblast told of a strike on the city": which one is not told.
            return [Site(None, None, office, link="region")]
        return [Site(deeds[0], None, link="town")] if is_placed else []
    return []


def _behind_colon(line: Line, sites: list[Site], deeds: Sequence[Tag]) -> list[Site]:
    """Return the sites without those before a colon, where only what is behind it was struck."""
    colon = line.text.find(": ")
    is_told = all(deed.start > colon for deed in deeds)
    is_named = any(spot.start > colon for spot in line.spots if spot.unit is None)
    return [s for s in sites if s.start > colon] if colon > 0 and is_told and is_named else sites


def _parts_of_arms(line: Line, others: Sequence[Found]) -> set[int]:
    """Return the parts of a sentence that tell of arms, and nothing of what was fought over."""
    ground = {line.part(start - line.start) for event in others for start, _ in event.spans}
    return {line.part(tag.start) for tag in line.tag("arms")} - ground


def _is_beside_ground(line: Line, site: Site, others: Sequence[Found]) -> bool:
    """Return whether arms are told of a place, apart from all that was fought over.

    "Drones attacked Odesa, and troops advanced near Pokrovsk", "attacked A, and bombed B".
    """
    arms = [t.start for t in line.tag("arms")]
    spans = [(start - line.start, end - line.start) for e in others for start, end in e.spans]
    if not spans:
        return False
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    if any(last <= at < site.start for at in arms):
        return True
    comma = re.search(r"[,;]\s", line.text[site.end : first])
    return comma is not None and any(at < site.end + comma.start() for at in arms)


def _is_sum(line: Line, site: Site) -> bool:
    """Return whether things without a place are counted: "hit 14 refineries in November"."""
    if site.target is None or site.spot is not None or site.region is not None:
        return False
    gaps = (line.text[n.end : site.target.start] for n in line.numbers if n.value > 1)
    return any(re.fullmatch(r"\s+(?:[^\W\d]+\s+){0,2}", gap) for gap in gaps)


def _by_air(line: Line, site: Site) -> Site:
    """Return a site without the aircraft that dropped the bombs: it is not what was hit."""
    is_aircraft = site.target is not None and site.target.concept == "aircraft"
    bombs = line.tag("arms", "bomb", "glide_bomb", "air_strike") if is_aircraft else []
    return replace(site, target=None) if bombs and site.spot is not None else site
