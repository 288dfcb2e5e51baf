"""Who struck a place: who is named, else the foe of whose thing or ground was struck."""

from __future__ import annotations

import re

from geoconflict.drafting.context import Context
from geoconflict.drafting.found import Found
from geoconflict.drafting.lines import Line
from geoconflict.drafting.sides import against, doer, owner, weapon_side
from geoconflict.drafting.sites import Site
from geoconflict.drafting.speakers import find_speakers
from geoconflict.drafting.tags import Tag
from geoconflict.lexicon import lexicon

# So near before a body stands whose it is: "Ukraine's 4th brigade".
_OWNED = 16
# So near before a verb stands who did it.
_POINTED = 16


def put_actor(
    context: Context, event: Found, line: Line, deed: Tag, site: Site, *, speaker: str
) -> None:
    """Say who struck: who is named, else the foe of whose the thing or the ground is."""
    if line.tag("told", "mutual"):
        return
    country = event.cells.get("country")
    named = doer(line, deed, reach=40 if country else 80, speaker=speaker)
    whose = owner(line, deed, site.target, speaker=speaker) if site.target else None
    bodies = [
        (s.start - _OWNED, s.end) for s in find_speakers(line) if " " in line.text[s.start : s.end]
    ]
    # Nor does "the Ukrainian capital" strike.
    bodies += [(s.start, s.end) for s in line.spots]
    if named and any(start <= named[1].start < end for start, end in bodies):
        named = None
    if named and whose and named[1] == whose[1]:
        named = None
    is_home = country is None or country.value == line.theatre.home
    own = weapon_side(line) if is_home else None
    foe = (line.theatre.other(whose[0]), whose[1]) if whose else None
    ground = against(
        str(country.value) if country else "",
        str(event.value("admin1") or ""),
        event.place,
        line.theatre,
    )
    if own:
        event.put("actor", own[0], (line.start + own[1], line.start + own[2]), "weapon of one side")
    elif (found := named or foe) and (is_home or _is_subject(context, event, line, deed, named)):
        span = (line.start + found[1].start, line.start + found[1].end)
        event.put("actor", found[0], span, "side named" if named else "whose thing was struck")
    elif country and ground and not (ground == line.theatre.opponent and _is_held(line)):
        event.put("actor", ground, (country.start, country.end), "whose ground was struck")


def _is_held(line: Line) -> bool:
    """Return whether officials of an occupation tell of a strike: which side struck is open.

    The line of the fighting is too coarse to tell who holds a town that they run.
    """
    return bool(line.tag("offices", "imposed"))


def _is_subject(
    context: Context, event: Found, line: Line, deed: Tag, named: tuple[str, Tag] | None
) -> bool:
    """Return whether a side strikes ground of its own that is fought over: it is at the verb."""
    if (
        named is None
        or event.value("admin1") not in line.theatre.fought
        or context.author is not None
    ):
        return False
    gap = line.text[named[1].end : deed.start]
    words = lexicon(line.language)
    if words.pattern("moods", "dealt").match(gap.lstrip()):
        return True
    nouns = words.pattern("moods", "nouns")
    is_noun = nouns.fullmatch(line.text, deed.start, deed.end) is not None
    return not is_noun and 0 < len(gap) <= _POINTED and re.search(r"[,;:.—–]", gap) is None
