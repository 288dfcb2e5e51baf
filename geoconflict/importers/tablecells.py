"""The cells of a row by the columns of a casebook, and what is known of their table meanwhile."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from geoconflict.casebooks.records import DateBasis
from geoconflict.errors import DateError
from geoconflict.importers.columncells import is_day, is_day_of_year
from geoconflict.importers.columnnames import CUT, LINKS, named_columns
from geoconflict.importers.mapping import Columns, TableMapping
from geoconflict.importers.places import theatre
from geoconflict.lexicon import all_forms, any_word
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import When, find_when, read_when
from geoconflict.measuring.dayforms import ORDERS, Order, is_ambiguous, leading, levelled

# Their cells are not wholly in the draft: names of kinds, and what is no link of a source.
_KEPT = (
    *LINKS,
    "kind",
    "claimant",
    "stance",
    "status",
    "actor",
    "target_type",
    "time",
    "zone",
    "hits",
    "night",
)
# What a table of events has a column of, and one of messages has none of.
_SAYING = {"lon", "easting", "facility", "admin1", "kind", "target_type", "weapon"} | {
    "killed",
    "injured",
    "launched",
    "shot_down",
}
# What tells that a message is of an event, whatever it says.
PLACING = ("position", "place")
_PICTURED = ("date_start", "effects")
_NUMBER = re.compile(r"[ _]*\d+$")
_HALF_YEAR = dt.timedelta(183)
HARMS = ("killed", "injured")
# The days of a row, its times of day, and what the days rest on.
Days: TypeAlias = tuple[DateRange, tuple[dt.datetime, ...], DateBasis]
# The lines and cells of which something is to be said, by what.
Lines: TypeAlias = dict[str, list[tuple[int, str]]]
Heard: TypeAlias = tuple[set[str], bool, Lines, Lines]
COUNTS = (*HARMS, "launched", "shot_down")
_FIRSTS = {"lat": "latitude", "lon": "longitude"}


class Known:
    """What is known of a table while its rows are read."""

    def __init__(
        self,
        plan: TableMapping,
        first: str,
        columns: Collection[str] = (),
        beside: Collection[str] = (),
    ) -> None:
        self.plan, self.first = plan, first
        # Columns of days that the mapping does not name; lines and cells of those that differ.
        self.beside = tuple(beside)
        self.other_days: Lines = {}
        # What was read from the words of rows, as a line of the account begins, likewise.
        self.told: Lines = {}
        further = (_numbered(plan.column_names.get(n, ""), columns) for n in _PICTURED)
        # Of further pictures of one site the day and what it shows.
        self.pictures = tuple(zip(*further, strict=False))
        self.columns = tuple(plan.column_names.items())
        # The columns that say what became of things that were lost.
        self.lost: tuple[str, ...] = ()
        # Of a table of posts that says nothing but texts, those of nothing that happened are none.
        texts = any_word("columns", "message")
        is_of_posts = re.match(texts, plan.columns.effects or "", re.IGNORECASE) is not None
        self.are_messages = is_of_posts and not _SAYING & plan.column_names.keys()
        # What calls the rows of what kind they are, whether it is taken for that or not.
        self.kinds = tuple(named_columns("kind", {name: name for name in columns}))
        self.counts = tuple(name for name in COUNTS if name in plan.column_names)
        self.placed = tuple(c for n, c in self.columns if n not in _KEPT)
        self.blank = dict.fromkeys(Columns.model_fields, "")
        # Between the clocks of the theatre no day differs by more than an hour or two.
        self.is_far = plan.zone not in ("", *theatre().zones.values())
        self.is_of_nights = leading("night").match(levelled(plan.columns.date_start)) is not None
        into = (form for form in all_forms("dates", "into") if " " in form)
        self.is_into_nights = plan.columns.date_start.casefold().strip() in into
        self.order: Order | None = None if plan.date_order == "ask" else plan.date_order
        # Whether a day was seen that reads as day/month and as month/day.
        self.is_open = False
        # How days were written: the forms that a spreadsheet leaves where it turned some round.
        self.forms: set[str] = set()
        # What cells of days were read as, where nothing more was to be said of them.
        self.days: dict[tuple[str, ...], Days] = {}
        # The month that a sheet or file is called by.
        self.months: dict[str, DateRange] = {}
        # Of several sheets or files that are called by different years, those of each.
        self.years: dict[str, int] = {}
        # The last day without a year, and the first that is half a year from the one before.
        self.last: dt.date | None = None
        self.turn = ""

    def when(self, text: str, file: str = "") -> When:
        """Return the day of a cell, of the year of its own sheet or file where these differ."""
        self.forms.add(_day_form(text))
        if self.order and not self.is_open:
            self.is_open = is_ambiguous((text,))
        if self.plan.year != "ask":
            year = self.years.get(file, self.plan.year)
            when = read_when(text, order=self.order, year=year)
            if not is_day(text) and not self.years:
                before, self.last = self.last or when.days.start, when.days.start
                self.turn = self.turn or (text if abs(self.last - before) > _HALF_YEAR else "")
            return when
        try:
            if self.plan.day_begins:
                when, rest = find_when(text, order=self.order)
                _refuse_second(rest, when, self.order)
                return when
            return read_when(text, order=self.order)
        except DateError as error:
            if is_day_of_year(text) and not is_day(text):
                message = f"a day without a year, say which by year in the mapping: {text!r}"
                raise DateError(message) from error
            raise

    def heard(self) -> Heard:
        """Return what rows have left behind since this was last asked, for ``notes_on``."""
        found = self.forms, self.is_open, self.other_days, self.told
        self.forms, self.other_days, self.told = set(), {}, {}
        return found

    def learn(self, heard: Heard) -> None:
        """Take in what later rows have left behind in another process."""
        forms, is_open, other_days, told = heard
        self.forms |= forms
        self.is_open |= is_open
        for name, found in other_days.items():
            self.other_days.setdefault(name, []).extend(found)
        for what, found in told.items():
            self.told.setdefault(what, []).extend(found)


def _refuse_second(rest: str, when: When, order: Order | None) -> None:
    """Refuse a cell that begins with a day and goes on with another one.

    Raises
    ------
    DateError
        What follows the day begins with another day.
    """
    try:
        words = rest.split()
        starts = (" ".join(words[n:]) for n in range(min(len(words), 2)))
        second = next(found for one in starts if (found := _found(one, order)))
    except StopIteration:
        return
    if second.days != when.days:
        message = f"two days in one cell: {when.days} and {second.days}"
        raise DateError(message)


def _found(text: str, order: Order | None) -> When | None:
    try:
        return find_when(text, order=order)[0]
    except DateError:
        return None


def _numbered(name: str, columns: Collection[str]) -> list[str]:
    """Return the further columns that are called as one is, but for a number."""
    stem = _NUMBER.sub("", name)
    return [
        one
        for one in columns
        if one != name and (_NUMBER.sub("", one) == stem or _is_cut(one, name))
    ]


def _is_cut(one: str, name: str) -> bool:
    """Return whether a shapefile cut a name to make room for its number: main_dam_1."""
    return len(name) == len(one) == CUT and _NUMBER.sub("", one) == name[: CUT - 2]


@lru_cache(maxsize=8_192)
def _day_form(text: str) -> str:
    """Return whether a day is written as ISO or with its number first, and is of the first 12."""
    match = re.match(r"\d{4}-\d\d-(\d\d)(?!\d)|(\d{1,2})[/.]\d{1,2}[/.]\d{4}", text)
    if not match:
        return ""
    number = int(match[1] or match[2])
    return ("ISO " if match[1] else "") + ("to 12" if number <= 12 else "above 12")


def notes_on(known: Known) -> Iterator[str]:
    """Yield what a reader of the account must know of how the table was read."""
    plan, first = known.plan, known.first
    if known.order and known.is_open:
        yield f"days such as 03/01/2025 are read as {ORDERS[known.order]}, as the mapping says"
    if plan.year != "ask":
        own = [f"of {file} as of {year}" for file, year in known.years.items()]
        said = f"as of {plan.year}, as the mapping says"
        yield f"days without a year are read {', '.join(own) or said}"
    if known.turn:
        yield f"they leap by half a year at {known.turn!r}: write the year where it is another one"
    if {"ISO to 12", "above 12"} <= known.forms and not known.forms & {"ISO above 12", "to 12"}:
        yield (
            "all days as 2025-01-03 are the 12th or before, all as 25/01/2025 after it: a "
            "spreadsheet may have swapped the day and the month of the former"
        )
    if plan.day_begins:
        yield f"days are read from what cells of {plan.columns.date_start!r} begin with"
    is_told = plan.columns.position or (plan.columns.lon and plan.columns.lat)
    if not is_told and not plan.columns.easting:
        yield "no column holds positions: places are looked up by their names"
    if plan.kind != "other" and not plan.columns.kind:
        but = "" if not plan.columns.hits else ", but for those of which only hits are told"
        yield f"every event is of the kind {plan.kind}, as the mapping says{but}"
    zoned = f"times without a zone are read as those of {plan.zone}"
    yield from [zoned] if plan.zone else []
    yield from _other_days(known)
    for what, found in known.told.items():
        line, cell = found[0]
        yield f"{what} of {len(found):,} rows, as of line {line}{f': {cell}' if cell else ''}"
    if plan.columns.position and first:
        yield f"of two bare numbers of a position the {_FIRSTS[first]} is read first"


def _other_days(known: Known) -> Iterator[str]:
    """Yield which columns hold other days than the one that is taken for the event's."""
    for name, found in known.other_days.items():
        line, cell = found[0]
        yield (
            f"{name!r} holds days too, other ones than {known.plan.columns.date_start!r} in "
            f"{len(found)} rows, as line {line}: {cell!r}; the mapping says which is the event's"
        )


class Cells(dict[str, str]):
    """The cells of one row by the columns of a casebook; what is said of them, and what stays."""

    __slots__ = ("doubts", "file", "known", "line", "several", "unread")

    def __init__(
        self, known: Known, held: Mapping[str, str], file: str = "", *, line: int = 0
    ) -> None:
        super().__init__(known.blank)
        for name, column in known.columns:
            if column in held:
                self[name] = held[column]
        self.known, self.file, self.line = known, file, line
        self.doubts: list[str] = []
        self.unread: set[str] = set()
        # The second event that a message tells of, empty where it tells of one.
        self.several = ""

    def leave(self, name: str, doubt: str) -> None:
        """Say what is wrong with a cell, which then stays in ``extra``."""
        self.doubts.append(f"{doubt}: {self[name][:80]}")
        self.unread.add(name)

    def tell(self, what: str, found: str = "") -> None:
        """Say once for all rows what is read from words, with the first of the rows."""
        self.known.told.setdefault(what, []).append((self.line, found))
