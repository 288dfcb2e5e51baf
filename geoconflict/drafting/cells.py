"""What is read of an event: cells with their evidence, reports, and what was not understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from geoconflict.casebooks.records import Certainty

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
