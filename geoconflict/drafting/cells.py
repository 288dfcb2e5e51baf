"""What a draft is made of: cells with their evidence, reports, events, and what was not read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from geoconflict.casebooks.records import Certainty, Claim
from geoconflict.notebook import Shown

Value = str | int | float
# From the surest to what only a guess would fill.
LEVELS: tuple[Certainty, ...] = ("certain", "likely", "open")


@dataclass(frozen=True)
class Cell:
    """One value of a drafted row, and what it rests on.

    Parameters
    ----------
    value : str, int or float
        As the column of ``events.csv`` takes it.
    start, end : int
        Characters of the report that it rests on, counted from 0.
    rule : str
        How it was read, in a few words.
    certainty : str
        ``certain``, ``likely`` or ``open``.
    alternatives : tuple of str, int or float
        Other values that the words can mean, likeliest first.
    """

    value: Value
    start: int
    end: int
    rule: str
    certainty: Certainty = "likely"
    alternatives: tuple[Value, ...] = ()


@dataclass(frozen=True)
class DraftReport:
    """Who says something of an event, and how; ``side`` is empty where it is not known."""

    claimant: Cell
    stance: Cell
    side: str


@dataclass(frozen=True)
class Spotted:
    """A place that an event can be at: what the map of a card shows of it."""

    name: str
    title: str
    admin1: str
    country: str
    lon: float
    lat: float
    precision_m: float | None


@dataclass(frozen=True)
class DraftEvent:
    """One drafted event.

    ``cells`` are by column; ``spans`` are the words that tell it; ``places`` what its place can
    be, likeliest first. ``claims`` are ids of the claims of the draft that are about it.
    """

    id: str
    cells: Mapping[str, Cell]
    reports: tuple[DraftReport, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    is_background: bool = False
    places: tuple[Spotted, ...] = ()
    claims: tuple[str, ...] = ()

    def value(self, column: str) -> Value | None:
        """Return the value of a column, None where nothing was read."""
        cell = self.cells.get(column)
        return cell.value if cell else None


@dataclass(frozen=True)
class Unread:
    """Words that were seen and not understood: a ``number``, a ``place`` or a ``deed``."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Source:
    """The report that a draft is of, as ``map.toml`` lists it; ``date`` None where not known."""

    id: str
    title: str
    publisher: str
    date: dt.date | None
    url: str | None = None


@dataclass(frozen=True)
class Draft(Shown):
    """What was drafted from one report.

    Parameters
    ----------
    text : str
        The report, as far as it was read.
    language : str
        ``en``, ``uk`` or ``ru``.
    source : Source
        The report as a source of a casebook.
    events : tuple of DraftEvent
        In the order in which they are first told.
    claims : tuple of Claim
        All stated quantities that were read, those of no event among them.
    unread : tuple of Unread
        What was seen and not understood.
    note : str
        What is to be said of the whole: cut short, no event found.
    """

    text: str
    language: str
    source: Source
    events: tuple[DraftEvent, ...]
    claims: tuple[Claim, ...] = ()
    unread: tuple[Unread, ...] = ()
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the draft as plain types, as ``--json`` prints it."""
        source = asdict(self.source)
        source["date"] = self.source.date.isoformat() if self.source.date else None
        return {
            "geoconflict": "draft",
            "language": self.language,
            "source": source,
            "note": self.note,
            "events": [_event_dict(event) for event in self.events],
            "claims": [claim.model_dump(mode="json", exclude_none=True) for claim in self.claims],
            "unread": [asdict(one) for one in self.unread],
            "text": self.text,
        }


def read_draft(data: Mapping[str, Any]) -> Draft:
    """Return the draft that plain types stand for; the reverse of ``to_dict``."""
    source = dict(data["source"])
    date = source.pop("date")
    day = dt.date.fromisoformat(date) if date else None
    return Draft(
        data["text"],
        data["language"],
        Source(date=day, **source),
        tuple(map(_event, data["events"])),
        tuple(map(Claim.model_validate, data["claims"])),
        tuple(Unread(**one) for one in data["unread"]),
        data["note"],
    )


def moved(draft: Draft, text: str, places: Sequence[int]) -> Draft:
    """Return a draft of a text without its markup as one of the text as it stands.

    Parameters
    ----------
    draft : Draft
        Whose characters are those of the plain text.
    text : str
        With markup, as far as it was read.
    places : sequence of int
        For each character of the plain text the one of ``text`` that it stands for.
    """

    def span(start: int, end: int) -> tuple[int, int]:
        return places[start], places[max(start, end - 1)] + 1

    def move(value: Any) -> Any:  # noqa: ANN401 # plain types of JSON
        if isinstance(value, dict):
            found = {key: move(one) for key, one in value.items()}
            if "start" in found and "end" in found:
                found["start"], found["end"] = span(value["start"], value["end"])
            if "sentence_start" in found:
                found["sentence_start"] = places[value["sentence_start"]]
            if "spans" in found:
                found["spans"] = [span(*pair) for pair in value["spans"]]
            return found
        return [move(one) for one in value] if isinstance(value, list | tuple) else value

    return read_draft({**move(draft.to_dict()), "text": text})


def _event_dict(event: DraftEvent) -> dict[str, Any]:
    found = asdict(event)
    found["cells"] = {name: asdict(cell) for name, cell in event.cells.items()}
    return found


def _event(data: Mapping[str, Any]) -> DraftEvent:
    return DraftEvent(
        id=data["id"],
        cells={name: _cell(cell) for name, cell in data["cells"].items()},
        reports=tuple(
            DraftReport(_cell(one["claimant"]), _cell(one["stance"]), one["side"])
            for one in data["reports"]
        ),
        spans=tuple((start, end) for start, end in data["spans"]),
        is_background=data["is_background"],
        places=tuple(Spotted(**one) for one in data["places"]),
        claims=tuple(data["claims"]),
    )


def _cell(data: Mapping[str, Any]) -> Cell:
    return Cell(**{**data, "alternatives": tuple(data["alternatives"])})


@dataclass(frozen=True)
class Row:
    """An event as a row of a casebook: the values of its columns, and its reports.

    ``drafted`` is its id in the draft, empty for one that a person added; ``same_as`` the id of
    the event of the casebook that it is, ``new`` for none, empty where nobody said.
    """

    event: Mapping[str, Value]
    reports: tuple[Mapping[str, str], ...]
    claims: tuple[str, ...] = ()
    same_as: str = ""
    drafted: str = ""
