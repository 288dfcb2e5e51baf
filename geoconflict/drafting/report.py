"""A report drafted: its text read into events, reports and claims with their evidence."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from geoconflict.casebooks.records import Claim
from geoconflict.drafting.articles import make_article, without_markup
from geoconflict.drafting.cells import (
    Cell,
    DraftEvent,
    DraftReport,
    Source,
    Spotted,
    Unread,
)
from geoconflict.drafting.days import find_published
from geoconflict.drafting.draft import Draft, moved
from geoconflict.drafting.found import Found
from geoconflict.drafting.levels import with_levels
from geoconflict.drafting.lines import Line, main_language, read_lines
from geoconflict.drafting.story import read_story
from geoconflict.drafting.voices import Voice
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.lexicon.words import languages
from geoconflict.measuring.dates import Day, day_of
from geoconflict.reading.reader import read_claims

# A report is no longer than this; of a longer text only so much is read.
LONGEST = 400_000
_CANDIDATES = 6
# What a sentence tells to have happened: none that names a place or a number is lost silently.
_HAPPENED = ("strike", "fall", "damage", "blast", "down", "take", "lose", "advance", "repel")
# These are listed without a place or number too.
_ALONE = ("strike", "down", "take", "lose", "blast")
# What is near a town is so far from its middle at most.
_NEAR_M = 15_000.0


def draft_events(
    text: str,
    *,
    published: Day | None = None,
    source: Source | None = None,
    gazetteer: Gazetteer | None = None,
    language: str | None = None,
) -> Draft:
    """Return the events that a report tells, each cell with the words that it rests on.

    Parameters
    ----------
    text : str
        A report in English, Ukrainian or Russian.
    published : date or str, optional
        Its day; default: that of ``source``, else the first full date at its head.
    source : Source, optional
        The report as a source of a casebook; default: by its first line.
    gazetteer : Gazetteer, optional
        Default: the one that comes with the package.
    language : str, optional
        ``en``, ``uk`` or ``ru``; default: told by the text.

    Returns
    -------
    Draft
        Nothing in it is invented: a cell without words to rest on is not there.

    Raises
    ------
    TextError
        The text is empty.

    Examples
    --------
    >>> text = "Drones struck the Ryazan refinery on the night of March 12 to 13, 2024."
    >>> draft = draft_events(text)
    >>> event, = draft.events
    >>> event.value("facility"), event.value("date_start"), event.value("weapon")
    ('ryazan-refinery', '2024-03-12', 'drone')
    >>> cell = event.cells["weapon"]
    >>> text[cell.start:cell.end], cell.certainty
    ('Drones', 'likely')
    """
    known = gazetteer or Gazetteer.default()
    whole, places = without_markup(text)
    read = whole[:LONGEST]
    day = day_of(published) or (source.date if source else None) or _published(read)
    origin = replace(source, date=day) if source else make_article(text).source(date=day)
    lines = read_lines(read, gazetteer=known, published=day, language=language)
    told = language or main_language([line.passage for line in lines])
    found = read_story(lines, known)
    claims = read_claims(read, published=day, gazetteer=known, language=language, source=origin.id)
    owners = _owners(claims, found)
    events = tuple(_event(n, one, known, owners) for n, one in enumerate(found, 1))
    unread, note = tuple(_unread(lines, events)), _note(whole, lines, events)
    draft = Draft(read, told, origin, events, tuple(claims), unread, note)
    return draft if whole == text else moved(draft, text[: places[len(read) - 1] + 1], places)


def _published(text: str) -> dt.date | None:
    found = [one for one in (find_published(text, code) for code in languages()) if one]
    return min(found, key=lambda one: one[1])[0] if found else None


def _note(text: str, lines: Sequence[Line], events: Sequence[DraftEvent]) -> str:
    """Return what is to be said of the whole: cut short, or no event found and why."""
    notes = []
    if len(text) > LONGEST:
        notes.append(f"only the first {LONGEST:,} of {len(text):,} characters were read")
    if not events:
        elsewhere = sum(bool(line.tag("told", "elsewhere")) for line in lines)
        deeds = sum(bool(line.tag("deeds", "strike", "down", "take", "advance")) for line in lines)
        if elsewhere > len(lines) // 4:
            notes.append("no event found: the report speaks of another war")
        elif not deeds:
            notes.append("no event found: no word of a strike, an interception or the front")
        else:
            notes.append("no event found: no place of this war stands with what is told")
    return "; ".join(notes)


def _event(
    number: int, found: Found, gazetteer: Gazetteer, owners: dict[int, list[str]]
) -> DraftEvent:
    start, end = found.spans[0]
    cells = {"kind": Cell(found.kind, start, end, "words of the deed"), **found.cells}
    cells = with_levels(cells | _position(found, cells, gazetteer))
    return DraftEvent(
        f"e{number}",
        cells,
        tuple(_report(voice) for voice in found.voices),
        tuple(dict.fromkeys(found.spans)),
        found.is_background,
        tuple(_candidates(found, cells, gazetteer)),
        tuple(owners.get(number, ())),
    )


def _report(voice: Voice) -> DraftReport:
    return DraftReport(
        Cell(voice.text, voice.start, voice.end, voice.rule),
        Cell(voice.stance, voice.verb_start, voice.verb_end, "verb of saying"),
        voice.side,
    )


def _position(found: Found, cells: dict[str, Cell], gazetteer: Gazetteer) -> dict[str, Cell]:
    """Return the position as cells where the row's names alone would not lead to it."""
    place, cell = found.place, cells.get("place")
    if place is None or cell is None or place.lon is None or place.lat is None:
        return {}
    is_near = found.is_near and place.kind == "settlement"
    if not is_near and (place.kind == "facility" or _is_found_again(found, cells, gazetteer)):
        return {}
    reach_m = max(place.precision_m or 0, _NEAR_M if is_near else 0) or None
    given = {"lon": place.lon, "lat": place.lat, "precision_m": reach_m}
    return {
        column: Cell(round(value, 5), cell.start, cell.end, "point of the place", cell.certainty)
        for column, value in given.items()
        if value is not None
    }


def _is_found_again(found: Found, cells: dict[str, Cell], gazetteer: Gazetteer) -> bool:
    unit, country = found.value("admin1"), found.value("country")
    again = gazetteer.resolve(
        str(cells["place"].value),
        admin1=str(unit) if unit else None,
        country=str(country) if country else None,
    ).place
    named = cells.get("facility")
    facility = gazetteer.resolve(str(named.value), kind="facility").place if named else None
    return again is not None and again.id == found.place.id and facility is None  # type: ignore[union-attr]


def _candidates(found: Found, cells: dict[str, Cell], gazetteer: Gazetteer) -> list[Spotted]:
    """Return what the place of an event can be, likeliest first, for the map of its card."""
    cell = cells.get("place")
    if cell is None:
        return []
    chosen = [found.place] if found.place else []
    if not chosen or cell.certainty != "certain":
        answer = gazetteer.resolve(str(cell.value))
        chosen += [c.place for c in answer.candidates if c.place not in chosen]
    spots = [_spotted(place) for place in chosen[:_CANDIDATES]]
    return [spot for spot in spots if spot is not None]


def _spotted(place: Place) -> Spotted | None:
    if place.lon is None or place.lat is None:
        return None
    return Spotted(
        place.name,
        place.title,
        place.admin1_code,
        place.country,
        round(place.lon, 5),
        round(place.lat, 5),
        place.precision_m,
    )


def _owners(claims: Sequence[Claim], found: Sequence[Found]) -> dict[int, list[str]]:
    """Return for each event, counted from 1, the claims about it: those told right after it."""
    spans = sorted((start, n) for n, one in enumerate(found, 1) for start, _ in one.spans)
    starts = [start for start, _ in spans]
    owners: dict[int, list[str]] = {}
    for claim in claims:
        at = bisect_right(starts, (claim.end or claim.start or 0)) - 1
        if at >= 0 and (claim.start or 0) - starts[at] < 600:
            owners.setdefault(spans[at][1], []).append(claim.id)
    return owners


def _unread(lines: Sequence[Line], events: Sequence[DraftEvent]) -> list[Unread]:
    """Return what was seen and is in no event: deeds, places, and numbers that count something."""
    used = [span for event in events for span in event.spans]
    used += [(c.start, c.end) for event in events for c in event.cells.values()]
    starts = [line.start for line in lines]
    told: dict[int, list[tuple[int, int]]] = {}
    for start, end in used:
        told.setdefault(bisect_right(starts, start) - 1, []).append((start, end))
    spans = {bisect_right(starts, a) - 1 for event in events for a, _ in event.spans}
    found: list[Unread] = []
    for number, line in enumerate(lines):
        if number in spans:
            counted = [(n.start, n.end, "number") for n in line.numbers if _counts(line, n.end)]
            parts = counted + [(s.start, s.end, "place") for s in line.spots]
            parts += [(m.start, m.end, "place") for m in line.passage.places if m.place is None]
        else:
            deeds = [*line.tag("deeds", *_HAPPENED), *line.tag("toll", "killed", "injured")]
            is_about = bool(line.passage.places or line.spots or line.regions or line.numbers)
            deeds = deeds if is_about else line.tag("deeds", *_ALONE)
            parts = [(t.start, t.end, "deed") for t in deeds[:1]]
            parts += [(s.start, s.end, "place") for s in line.spots if deeds or line.sectors]
        for start, end, kind in parts:
            at, to = line.start + start, line.start + end
            if not any(a < to and at < b for a, b in told.get(number, ())):
                found.append(Unread(at, to, kind))
    return found


def _counts(line: Line, end: int) -> bool:
    """Return whether a number stands before a word for people or weapons."""
    near = [*line.tag("toll", "killed", "injured", "people"), *line.tag("arms")]
    return any(0 <= tag.start - end <= 24 for tag in near)
