"""A report drafted: its text read into events with their evidence."""

from __future__ import annotations

import datetime as dt

from geoconflict.drafting.cells import Cell, Draft, DraftEvent, DraftReport
from geoconflict.drafting.days import find_published
from geoconflict.drafting.found import Found
from geoconflict.drafting.lines import read_lines
from geoconflict.drafting.story import read_story
from geoconflict.drafting.voices import Voice
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.lexicon.words import languages


def draft_events(
    text: str,
    *,
    published: dt.date | None = None,
    gazetteer: Gazetteer | None = None,
    language: str | None = None,
) -> Draft:
    """Return the events that a report tells, each cell with the words that it rests on.

    Parameters
    ----------
    text : str
        A report in English, Ukrainian or Russian.
    published : datetime.date, optional
        Its day; default: the first full date at its head.
    gazetteer : Gazetteer, optional
        Default: the one that comes with the package.
    language : str, optional
        ``en``, ``uk`` or ``ru``; default: told by the text.

    Examples
    --------
    >>> text = "Drones struck the Ryazan refinery on the night of March 12 to 13, 2024."
    >>> draft = draft_events(text)
    >>> event, = draft.events
    >>> event.value("facility"), event.value("date_start"), event.value("weapon")
    ('ryazan-refinery', '2024-03-12', 'drone')
    """
    known = gazetteer or Gazetteer.default()
    day = published or _published(text)
    lines = read_lines(text, gazetteer=known, published=day, language=language)
    events = [_event(number, one) for number, one in enumerate(read_story(lines, known), 1)]
    return Draft(text, day, tuple(events))


def _published(text: str) -> dt.date | None:
    found = [one for one in (find_published(text, code) for code in languages()) if one]
    return min(found, key=lambda one: one[1])[0] if found else None


def _event(number: int, found: Found) -> DraftEvent:
    start, end = found.spans[0]
    cells = {"kind": Cell(found.kind, start, end, "words of the deed"), **found.cells}
    reports = tuple(_report(voice) for voice in found.voices)
    return DraftEvent(f"e{number}", cells, reports, tuple(found.spans), found.is_background)


def _report(voice: Voice) -> DraftReport:
    return DraftReport(
        Cell(voice.text, voice.start, voice.end, voice.rule),
        Cell(voice.stance, voice.verb_start, voice.verb_end, "verb of saying"),
        voice.side,
    )
