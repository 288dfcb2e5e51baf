"""Strikes of another day on what a report just spoke of: "it was first hit on 8 January"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geoconflict.drafting.actors import put_actor
from geoconflict.drafting.context import Context
from geoconflict.drafting.deeds import done
from geoconflict.drafting.found import Found
from geoconflict.drafting.lines import Line
from geoconflict.drafting.sites import Site
from geoconflict.drafting.tags import Tag
from geoconflict.drafting.tolls import Toll
from geoconflict.drafting.voices import Voice
from geoconflict.drafting.weapons import put_weapon
from geoconflict.lexicon import lexicon

_WHERE = ("place", "facility", "admin1", "country", "target_type")


def precedents(
    context: Context,
    line: Line,
    voices: Sequence[Voice],
    tolls: Sequence[Toll],
    *,
    others: Sequence[Found],
) -> list[Found]:
    """Return the strike of another day that a sentence without a place tells, none if it is none.

    Parameters
    ----------
    context : Context
        What the report said so far: the thing of the sentence before, else the strike told last
        in the paragraph, is where it was.
    line : Line
        The sentence: it names one day, and points back, or says that it tells of before.
    voices : sequence of Voice
        Who speaks in it.
    tolls : sequence of Toll
        The people of whom it says that they were killed or injured: of that other strike.
    others : sequence of Found
        What else was read of it: a sentence of the ground or the sky tells of no such strike.
    """
    days = [when for when in line.days if when.is_told]
    deed = _deed(line)
    # A capital that can stand for its government is no spot, but a place all the same.
    places = [m for m in line.passage.places if m.place is not None]
    if others or len(days) != 1 or deed is None or places or line.spots:
        return []
    back = lexicon(line.language).pattern("pointers", "back")
    if line.regions or not (line.tag("told", "background") or back.search(line.text)):
        return []
    event = Found("strike", line.paragraph)
    event.spans.append((line.start + deed.start, line.start + deed.end))
    if not _place(context, event):
        return []
    for column in _WHERE:
        if column in event.cells:
            event.cells[column] = replace(event.cells[column], certainty="likely")
    context.date(event, line, deed.start)
    if not event.is_background or event.days is None or event.days != days[0].days:
        return []
    site = Site(deed, None, link="town")
    put_actor(context, event, line, deed, site, speaker=context.narrator(voices))
    if line.tag("arms"):
        put_weapon(context, event, line, deed.start)
    for toll in tolls:
        event.put(toll.column, toll.value, (line.start + toll.start, line.start + toll.end), "told")
    return [context.keep(event)]


def _deed(line: Line) -> Tag | None:
    """Return the word of a strike, or of whom arms killed: "two missiles killed 59 there"."""
    found = done(line, "strike", "fall")
    killed = line.tag("toll", "killed") if line.tag("arms") else []
    return next(iter([*found, *killed]), None)


def _place(context: Context, event: Found) -> bool:
    """Place a strike at the thing named in the sentence before, or where the last one was."""
    if context.thing is not None:
        context.place(event, *context.thing)
        return True
    struck = [e for e in context.last if e.kind in ("strike", "other")]
    last = struck[-1] if struck else None
    if last is None and context.focus is not None:
        last = context.struck(context.focus[1].place)
    if last is None or last.place is None:
        return False
    event.place, event.key, event.concept = last.place, last.key, last.concept
    event.cells.update({column: last.cells[column] for column in _WHERE if column in last.cells})
    return True
