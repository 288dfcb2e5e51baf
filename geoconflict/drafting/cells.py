"""What a draft is made of: cells with their evidence, reports, events, and what was not read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geoconflict.casebooks.records import Certainty

Value = str | int | float


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
    """Who says something of an event, and how."""

    claimant: Cell
    stance: Cell
    side: str


@dataclass(frozen=True)
class DraftEvent:
    """One drafted event: its cells by column, who speaks of it, and the words that tell it."""

    id: str
    cells: Mapping[str, Cell]
    reports: tuple[DraftReport, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    is_background: bool = False

    def value(self, column: str) -> Value | None:
        """Return the value of a column, None where nothing was read."""
        cell = self.cells.get(column)
        return cell.value if cell else None


@dataclass(frozen=True)
class Unread:
    """Words that were seen and not understood: a number, a place, a deed."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Draft:
    """What was drafted from one report."""

    text: str
    published: dt.date | None
    events: tuple[DraftEvent, ...]
    unread: tuple[Unread, ...] = ()
    note: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
