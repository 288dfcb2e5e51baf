"""What only closed when a town was attacked, and was not hit: schools, airports, railways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geoconflict.drafting.deeds import is_led
from geoconflict.drafting.lines import Line
from geoconflict.drafting.sites import Site
from geoconflict.drafting.tags import Tag
from geoconflict.drafting.tolls import find_tolls
from geoconflict.lexicon import lexicon

# What closes when a town is attacked, so near the word that says so; and what hits it.
_CLOSING = ("education", "airfield", "railway_station", "railway")
_CLOSED, _HIT = 60, 40


def without_closed(line: Line, site: Site, deeds: Sequence[Tag]) -> list[Site]:
    """Return a site without the school or airport that only closed, none where nothing is left.

    Parameters
    ----------
    line : Line
        The sentence: "in Kazan schools went online after the attack" is of Kazan, "schools in
        Kazan went online" of no place that was hit.
    site : Site
        A thing or place of it.
    deeds : sequence of Tag
        What it tells to have been done.
    """
    target = site.target or _airport(line, site)
    if target is None or target.concept not in _CLOSING or find_tolls(line):
        return [site]
    words = [t for t in line.tag("told", "out_of_use") if abs(t.start - target.start) < _CLOSED]
    is_closed = any(line.part(t.start) == line.part(target.start) for t in words)
    nouns = lexicon(line.language).pattern("moods", "nouns")
    own = [d for d in deeds if line.clause(d.start) == line.clause(target.start)]
    is_hit = any(d.concept != "strike" for d in own) or any(
        d.start - target.end < _HIT and not nouns.fullmatch(line.text, d.start, d.end)
        for d in own
        if not is_led(line, d)
    )
    if not is_closed or is_hit:
        return [site]
    is_before = site.link != "facility" and site.spot and site.spot.start < target.start
    return [replace(site, target=None, name=None)] if is_before else []


def _airport(line: Line, site: Site) -> Tag | None:
    """Return the words of a site that is an airport by its name alone: "Kazan airport"."""
    spot = site.spot
    if spot is None or not spot.is_facility:
        return None
    air = lexicon(line.language).pattern("features", "air").search(line.text, spot.start, spot.end)
    return Tag(spot.start, spot.end, "targets", "airfield") if air else None
