"""With what a place was struck: the weapons that a sentence names, or the one before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geoconflict.drafting.context import Context
from geoconflict.drafting.found import Found
from geoconflict.drafting.lines import Line
from geoconflict.drafting.tags import Tag
from geoconflict.lexicon import lexicon

WEAPONS = {
    "drone": "drone",
    "fpv_drone": "FPV drone",
    "naval_drone": "naval drone",
    "missile": "missile",
    "cruise_missile": "cruise missile",
    "ballistic_missile": "ballistic missile",
    "glide_bomb": "glide bomb",
    "bomb": "bomb",
    "air_strike": "air strike",
    "artillery": "artillery",
    "rocket": "rocket artillery",
}


def weapon_names(arms: Sequence[Tag]) -> list[str]:
    """Return the weapons that words stand for, each once, the closer name for the wider one."""
    named = (WEAPONS.get(arm.concept) for arm in arms)
    names = list(dict.fromkeys(name for name in named if name))
    finer = {name.rpartition(" ")[2] for name in names if " " in name}
    wider = finer | ({"air strike"} if finer & {"bomb"} or "bomb" in names else set())
    return [name for name in names if name not in wider]


def put_weapon(context: Context, event: Found, line: Line, at: int) -> None:
    """Say with what a place was struck, told by a deed at a character of a sentence."""
    arms = [t for t in line.tag("arms") if line.part(t.start) == line.part(at)]
    arms = [t for t in arms if not _is_stored(line, t)]
    if len({line.clause(spot.start) for spot in line.spots}) > 1:
        arms = [t for t in arms if line.clause(t.start) == line.clause(at)] or arms[:0]
    names = weapon_names(arms)
    if names:
        span = (line.start + arms[0].start, line.start + arms[-1].end)
        event.put("weapon", ";".join(names), span, "weapon named")
    elif (
        context.arms
        and not line.tag("arms")
        and context.arms[1].paragraph == line.paragraph
        and not _is_elsewhere(context.arms[1], line)
    ):
        names, before = context.arms
        arms = before.tag("arms")
        span = (before.start + arms[0].start, before.start + arms[-1].end)
        event.put("weapon", ";".join(names), span, "weapon named before")


def _is_stored(line: Line, arm: Tag) -> bool:
    """Return whether arms are what a thing holds or makes: "a warehouse for Shahed drones"."""
    of_arms = lexicon(line.language).any_of("targets_named", "of_arms")
    link = re.compile(rf"\s+{of_arms}\s+(?:[\w«\"-]+\s+)?[«\"]?", re.IGNORECASE)
    things = [t for t in line.tag("targets") if t.end <= arm.start]
    is_adjunct = line.language == "en" and not line.text[arm.start : arm.end].endswith("s")
    is_of_thing = any(t.start - arm.end == 1 for t in line.tag("targets"))
    crew = lexicon(line.language).pattern("targets_named", "crew")
    if is_adjunct and (is_of_thing or crew.match(line.text, arm.end + 1)):
        # "A drone storage base", "the drone unit's command post".
        return True
    return any(link.fullmatch(line.text, t.end, arm.start) for t in things)


def _is_elsewhere(before: Line, line: Line) -> bool:
    """Return whether a sentence names a town, and the one before it others: not of its arms."""
    here, there = ({s.place.id for s in one.spots if s.place} for one in (line, before))
    return bool(here and there and not here & there)
