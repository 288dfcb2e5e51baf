"""The strikes of a sentence as events: what was hit, where, with what, and who came to harm."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from geoconflict.drafting.actors import put_actor
from geoconflict.drafting.context import Context
from geoconflict.drafting.deeds import are_many, done, is_beaten_off, is_natural
from geoconflict.drafting.found import Found, compatible, is_wider
from geoconflict.drafting.harm import (
    count_harm,
    counts_a_day,
)
from geoconflict.drafting.lines import Line
from geoconflict.drafting.naming import facility_name
from geoconflict.drafting.origins import find_origins
from geoconflict.drafting.precedents import precedents
from geoconflict.drafting.sites import Site
from geoconflict.drafting.speakers import find_speakers, seat_of
from geoconflict.drafting.struck import struck_sites
from geoconflict.drafting.tags import Tag
from geoconflict.drafting.tolls import Toll, find_tolls, find_unharmed
from geoconflict.drafting.voices import Voice
from geoconflict.drafting.weapons import put_weapon, weapon_names
from geoconflict.lexicon import lexicon
from geoconflict.reading.amounts import find_amounts

# The numbers of an attack are told anew for so many days.
_UPDATED = dt.timedelta(4)
# A place so near a noun of a deed belongs to it.
_POINTED = 16
# No attack killed or injured more: such numbers are of the war, or of a month of it.
_MOST_HARMED = 2000
# Units of how far away something was.
_QUOTED = re.compile(r"[«\"“](?P<own>[^«»\"“”]{2,40})[»\"”]")
# So many letters of a name are the same in every case.
_STEM = 5
_FAR_UNITS = ("km", "mi", "nmi")


def strike_events(
    context: Context, line: Line, voices: Sequence[Voice], *, others: Sequence[Found]
) -> list[Found]:
    """Return the strikes that a sentence tells, each kept in the context.

    Parameters
    ----------
    context : Context
        What the report said so far.
    line : Line
        The sentence.
    voices : sequence of Voice
        Who speaks in it.
    others : sequence of Found
        What else was read of it: numbers of killed can belong to these.
    """
    if any(event.is_repelled for event in others):
        return []
    taken = [(v.start - line.start, v.end - line.start) for v in voices if not v.is_carried]
    taken += [(s.start, s.end) for s in find_speakers(line) if s.rule == "office named"]
    taken += find_origins(line)
    recalled = _recalled(line)
    tolls = [t for t in find_tolls(line) if t.value <= _MOST_HARMED and t.start < recalled]
    deeds = [d for d in _deeds(line, taken, others) if d.start < recalled]
    if not deeds and context.topic and line.tag("targets") and not line.tag("deeds", "repel"):
        deeds = line.tag("arms")[:1] or _verbless(line)
    is_told = bool(deeds or tolls or find_unharmed(line))
    if not is_told or line.tag("told", "troops") or is_natural(line):
        return []
    if before := precedents(context, line, voices, tolls, others=others):
        return before
    sites = [s for s in struck_sites(context, line, taken, deeds, others) if s.start < recalled]
    made = _made(context, line, sites, deeds, tolls, context.narrator(voices))
    if line.tag("arms") and line.tag("deeds", "launch", "strike") and not others:
        context.arms = (weapon_names(line.tag("arms")), line)
    counted = count_harm(context, line, made, tolls, others, voices)
    events = [event for _, event in made] or counted
    _count_pending(context, line, made, voices)
    is_one_region = len(line.regions) == 1 and not counts_a_day(line)
    if not (deeds or events or line.spots) and is_one_region:
        context.pending = (line, line.regions[0], tolls)
    return events


def _made(
    context: Context,
    line: Line,
    sites: Sequence[Site],
    deeds: list[Tag],
    tolls: list[Toll],
    speaker: str,
) -> list[tuple[Site, Found]]:
    """Return the strikes that a sentence tells, each with the thing or place that it is told of."""
    made: list[tuple[Site, Found]] = []
    for site in sites:
        if _is_crash(line, site, deeds):
            continue
        if made and _is_effect(line, site, deeds, before=made[-1][0]):
            continue
        event = _strike(context, line, site, deeds, tolls, speaker)
        if event is not None:
            made.append((site, event))
    return made


def _count_pending(
    context: Context, line: Line, made: list[tuple[Site, Found]], voices: Sequence[Voice]
) -> None:
    """Give the people told of before a strike to it: "Three dead in Sumy Oblast. A bomb hit"."""
    if context.pending is None or len(made) != 1:
        return
    before, region, tolls = context.pending
    event = made[0][1]
    if event.value("admin1") == region.code and before.paragraph == line.paragraph:
        count_harm(context, before, made, tolls, [], voices)
        for column in ("killed", "injured"):
            cell = event.cells.get(column)
            if cell is not None and cell.start < line.start:
                event.cells[column] = replace(cell, certainty="open")
        context.pending = None


def _verbless(line: Line) -> list[Tag]:
    """Return the thing of an item without a verb: "Azot chemical plant, overnight"."""
    targets, nights = line.tag("targets"), [when for when in line.days if when.is_night]
    if not nights or line.tag("stances") or line.tag("deeds") or line.tag("told"):
        return []
    gap, rest = line.text[targets[-1].end : nights[-1].start], line.text[nights[-1].end :]
    is_bare = re.fullmatch(r"[^\w,]*(?:[^,.]{1,30}[»”\"])?\s*[,—–]\s*", gap) is not None
    return targets[:1] if is_bare and not rest.strip(" .") else []


def _is_effect(line: Line, site: Site, deeds: list[Tag], *, before: Site) -> bool:
    """Return whether a thing is but what a strike told before it did: "де здетонував склад"."""
    deed = _deed_of(line, site, deeds)
    if site.spot is not None or site.link not in ("", "region") or deed is None:
        return False
    is_shared = site.region is None or site.region.start < site.at
    return deed.concept in ("damage", "blast", "fall") or (is_shared and before.spot is not None)


def _is_crash(line: Line, site: Site, deeds: Sequence[Tag]) -> bool:
    """Return whether an aircraft only came down, which nobody is said to have brought about."""
    is_aircraft = site.target is not None and site.target.concept == "aircraft"
    is_down = bool(deeds) and all(deed.concept == "fall" for deed in deeds)
    return is_aircraft and is_down and not line.tag("arms")


def _deeds(line: Line, taken: list[tuple[int, int]], others: Sequence[Found]) -> list[Tag]:
    """Return the verbs and nouns of a sentence that tell a strike or its effects."""
    found = done(line, "strike", "fall", "damage", "blast")
    found = [t for t in found if not any(start <= t.start < end for start, end in taken)]
    found = [t for t in found if not is_beaten_off(line, t)]
    if any(event.kind == "interception" for event in others):
        # "Destroyed" is said of the drones there.
        downs = line.tag("deeds", "down")
        found = [t for t in found if not any(t.is_over(d) for d in downs)]
    return found


def _strike(
    context: Context, line: Line, site: Site, deeds: list[Tag], tolls: list[Toll], speaker: str
) -> Found | None:
    deed = _deed_of(line, site, deeds)
    if deed is None and not (tolls and (site.spot is not None or site.link == "toll")):
        return None
    told = _told_before(context, line, site, deed)
    at = deed.start if deed else site.start
    if told is not None:
        context.redate(told, line, at)
        if told.kind == "other" and deed and deed.concept == "strike" and told.concept != "bridge":
            # What burned was then said to have been struck.
            told.kind = "strike"
            put_actor(context, told, line, deed, site, speaker=speaker)
        return told
    event = Found("strike", line.paragraph)
    event.spans.append((line.start + site.start, line.start + site.end))
    if site.spot is not None:
        context.place(event, line, site.spot)
    elif not _place_by_context(context, event, line, site, is_told=_is_told(line, deeds, tolls)):
        return None
    _target(event, line, site)
    context.date(event, line, at)
    is_collapse = _is_collapse(line, site, deed)
    if not is_collapse:
        harmed = tolls[0].start if deed is None and tolls else at
        put_actor(
            context, event, line, deed or Tag(harmed, harmed, "deeds", ""), site, speaker=speaker
        )
    put_weapon(context, event, line, at)
    event.is_later = bool(line.tag("told", "later") and line.tag("deeds", "strike"))
    if _is_only_blast(deeds) and "weapon" not in event.cells:
        is_heard = bool(line.tag("told", "heard"))
        if is_heard or not (site.target or tolls or line.tag("deeds", "damage")):
            return context.struck(event.place)
        event.kind = "other"
    if is_collapse:
        event.kind = "other"
    return context.keep(event)


def _recalled(line: Line) -> int:
    """Return where a sentence begins to tell of another day: "the worst since 8 July, when"."""
    words = lexicon(line.language)
    since, when = words.any_of("clauses", "since_when"), words.any_of("pointers", "when")
    for day in line.days:
        is_led = re.search(rf"(?<!\w){since}\s+$", line.text[: day.start], re.IGNORECASE)
        follows = re.match(rf",?\s+{when}(?!\w)", line.text[day.end :], re.IGNORECASE)
        if is_led and follows and day.is_told:
            return day.end
    return len(line.text)


def _is_collapse(line: Line, site: Site, deed: Tag | None) -> bool:
    """Return whether a bridge only came down, which nobody is said to have brought about."""
    is_bridge = site.target is not None and site.target.concept == "bridge"
    is_down = deed is not None and deed.concept in ("fall", "blast", "damage")
    return is_bridge and is_down and not line.tag("arms") and not line.tag("deeds", "strike")


def _is_told(line: Line, deeds: list[Tag], tolls: list[Toll]) -> bool:
    """Return whether a sentence tells one strike, not of strikes at large."""
    return bool(tolls or line.days) or not are_many(line, deeds)


def _told_before(context: Context, line: Line, site: Site, deed: Tag | None) -> Found | None:
    """Return the strike told before that a sentence speaks of again, None where it tells a new one.

    Effects without a place, and numbers without a deed, are of the strike told last.
    """
    if site.spot is not None:
        told = context.struck(site.spot.place)
        if told is None or deed is None or _is_update(line, site, told):
            return told
        return told if _is_pointed(line, site, deed) else None
    if site.link == "town" and deed is not None and _is_pointed(line, site, deed):
        # "The victims of that attack" are of the one told last.
        return next((e for e in reversed(context.last) if e.kind in ("strike", "other")), None)
    seat = seat_of(line)
    # "The mayor of another town wrote that a substation was hit."
    is_elsewhere = seat is not None and context.struck(seat.place) is None
    if site.region is not None or site.link == "town" or is_elsewhere:
        return None
    is_struck = deed is not None and deed.concept == "strike" and not are_many(line, [deed])
    here = [e for e in context.last if e.paragraph == line.paragraph]
    is_again = bool(here) and (not is_struck or bool(line.tag("stances", "confirms")))
    if (context.topic is None and not is_struck) or (is_again and not line.days):
        last = [e for e in reversed(context.last) if e.kind in ("strike", "other")]
        about = _known(context, line, site) or next(iter(last), None)
        if about is not None and last:
            about.spans.append((line.start + site.start, line.start + site.end))
            return about
    return None if context.town else _focus(context, line)


def _focus(context: Context, line: Line) -> Found | None:
    """Return the strike that a report is about, where a sentence names no place at all."""
    if context.focus is None or context.topic or line.spots or line.days:
        return None
    return context.struck(context.focus[1].place)


def _is_update(line: Line, site: Site, told: Found) -> bool:
    """Return whether an entry of a live page speaks again of what was struck before."""
    if not line.is_clocked or line.days or line.tag("arms") or told.days is None:
        return False
    is_near = line.published is None or abs(line.published - told.days.end) <= _UPDATED
    return is_near and (site.target is None or compatible(told.concept, site.target.concept))


def _is_pointed(line: Line, site: Site, deed: Tag) -> bool:
    """Return whether words point back at a strike told before: "the attack on", "the X strike"."""
    pointers = lexicon(line.language).any_of("moods", "pointing")
    before = line.text[: min(site.start, deed.start)]
    gap = line.text[min(site.end, deed.end) : max(site.start, deed.start)]
    is_one = len(gap) < _POINTED and not re.search(r"[,;.:]", gap)
    return is_one and re.search(rf"(?<!\w){pointers}\s+$", before, re.IGNORECASE) is not None


def _place_by_context(
    context: Context, event: Found, line: Line, site: Site, *, is_told: bool
) -> bool:
    """Place a thing whose place its sentence does not name; return whether that can be told."""
    known = _known(context, line, site)
    if known is not None and line.days and any(s.place is not None for s in line.spots):
        # "The attack on the ports before was on 24 August, when drones got to Ust-Luga."
        return False
    if known is not None:
        event.place, event.key = known.place, known.key
        columns = ["place", "facility", "admin1", "country"]
        if not line.days:
            columns += ["date_start", "date_end"]
            event.days = known.days
        event.cells.update({c: known.cells[c] for c in columns if c in known.cells})
        return True
    seat = seat_of(line)
    town = (
        (seat and (line, seat))
        or context.topic
        or context.town
        or (context.focus if line.is_clocked else None)
    )
    if any(a.unit in _FAR_UNITS for a in find_amounts(line.text, language=line.language)):
        # "80 miles off the coast" says where, though not at which place.
        town = None
    if town is not None and site.region is None and (is_told or context.topic or line.is_clocked):
        context.place(event, *town)
        return True
    if site.region is not None and (is_told or context.topic or line.is_clocked):
        event.key = site.region.code
        context.unit(event, line, site.region)
        return True
    is_meant = context.pending is not None and bool(line.tag("arms"))
    told = context.heading or (context.pending[:2] if is_meant and context.pending else None)
    if told is not None and site.region is None:
        event.key = told[1].code
        context.unit(event, *told)
        return True
    return False


def _known(context: Context, line: Line, site: Site) -> Found | None:
    """Return the event told before that "the refinery" means."""
    if site.target is None or line.is_clocked or site.link == "town":
        return None
    topic = context.topic[0].paragraph if context.topic else None
    for event in reversed(context.events):
        if event.kind not in ("strike", "other") or event.is_background or not event.concept:
            continue
        if topic not in (None, event.paragraph) or _is_called_otherwise(line, site, event):
            continue
        is_near = event.paragraph == line.paragraph
        is_wide = is_near and is_wider(site.target.concept, event.concept)
        if event.concept != site.target.concept and not is_wide:
            continue
        if site.region is None or event.value("admin1") == site.region.code:
            return event
    return None


def _is_called_otherwise(line: Line, site: Site, event: Found) -> bool:
    """Return whether a thing has a name of its own that is not that of one told before."""
    name = _QUOTED.search(line.text, *site.name) if site.name else None
    if name is None or event.place is None:
        return False
    names = [event.place.name, *(n for told in event.place.names.values() for n in told)]
    names.append(str(event.value("facility") or ""))
    stem = name["own"].casefold()[:_STEM]
    return not any(stem in known.casefold() for known in names)


def _target(event: Found, line: Line, site: Site) -> None:
    if site.target is not None and site.link != "town":
        event.concept = site.target.concept
        span = (line.start + site.target.start, line.start + site.target.end)
        event.put("target_type", site.target.concept, span, "word for the target")
    if site.name and site.target is not None and "facility" not in event.cells:
        start, end = site.name
        span = (line.start + start, line.start + end)
        name = facility_name(line.text[start:end], line.language)
        if name:
            event.put("facility", name, span, "words of the report")


def _deed_of(line: Line, site: Site, deeds: list[Tag]) -> Tag | None:
    """Return the deed that a thing or place belongs to: the nearest of its part."""
    near = [d for d in deeds if line.part(d.start) == line.part(site.at)]
    return min(near, key=lambda d: _apart(line, site, d)) if near else None


def _apart(line: Line, site: Site, deed: Tag) -> tuple[int, int]:
    clauses = abs(line.clause(deed.start) - line.clause(site.at))
    return clauses, abs(deed.start - site.at)


def _is_only_blast(deeds: list[Tag]) -> bool:
    concepts = {d.concept for d in deeds}
    return "blast" in concepts and not concepts & {"strike", "fall"}
