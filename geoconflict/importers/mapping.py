"""Which column of any table goes where in a casebook: a TOML file, proposed from the table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tomli_w
from pydantic import AfterValidator, Field, ValidationError

from geoconflict.casebooks.celltypes import Actor, Metres
from geoconflict.casebooks.records import DateBasis, EventKind, Row, Stance, Status, TargetType
from geoconflict.casebooks.tables import record_faults
from geoconflict.errors import TableError
from geoconflict.files.reading import parse_toml, text_name
from geoconflict.importers import meanings
from geoconflict.importers.columncells import begins_with_day, is_day, is_day_of_year, misnamed
from geoconflict.importers.columnnames import TARGETS, is_of_report, plain_name
from geoconflict.importers.columns import match_columns
from geoconflict.importers.notations import read_pair
from geoconflict.importers.places import first_number
from geoconflict.importers.rawrows import RawTable
from geoconflict.importers.rawtables import read_raw
from geoconflict.lexicon import all_forms, any_word, lexicons
from geoconflict.measuring.dayforms import is_ambiguous, shown_order

_MOST_WORDS = 50
_MEANINGS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "kind": ("kinds", meanings.kind_of),
    "actor": ("actors", meanings.actor_of),
    "target_type": ("target_types", meanings.target_of),
    "status": ("statuses", meanings.status_of),
    "stance": ("stances", meanings.stance_of),
}
_LOOKED_INTO = (*_MEANINGS, "date_start", "position")
_SHOWN = 3
# One cell in so many of a column of kinds must tell one, lest it is a column of something else.
_KINDS_TOLD = 3
# So many rows are looked at for what a table is of, and so large a share of them says it.
_LOOKED_AT, _MOST = 200, 0.6
_CLOCK = re.compile(r"\d:\d\d")
_HEADER = """# Which column of the table goes where. Look at each line, then run the command again
# with --mapping and this file. What no line names is kept in the column extra of the casebook.
# date_order: what comes first in 03/01/2025, dmy or mdy; ask: such days are set aside{doubt}.
# position_order: what comes first in a column of both numbers: lat, lon or ask.
# day_begins: words stand behind the day, as in "14.01.2025 - Engels".
# year: of days that are written without one; ask: such days are set aside.
# zone: where times without a zone are meant, such as UTC; empty: as at the place.
# utm_zone: that of metres of UTM, such as 37N; without it they are told, not read.
# kinds: what the table calls a kind = strike, interception, advance, control_change, clash, other.
"""
_MISSING = """# TO FILL IN: no column of days was found. Write its name after date_start.
"""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = "a time zone such as UTC or Europe/Kyiv"
        raise ValueError(message) from error
    return name


class Columns(Row):
    """The column of the table, by its own name, that each column of a casebook is taken from.

    ``position`` holds both numbers; ``easting`` and ``northing`` are metres of UTM, ``utm_zone``
    their zone; ``hits`` counts what was not shot down; ``time`` is the time of day, ``zone`` its
    zone, ``night`` the night that the day begins or ends; ``denied_by`` who denies it; ``url_2``
    and ``url_3`` further links.
    """

    id: str | None = None
    date_start: str = Field(min_length=1)
    date_end: str | None = None
    time: str | None = None
    zone: str | None = None
    night: str | None = None
    lon: str | None = None
    lat: str | None = None
    position: str | None = None
    easting: str | None = None
    northing: str | None = None
    utm_zone: str | None = None
    facility: str | None = None
    place: str | None = None
    admin1: str | None = None
    country: str | None = None
    kind: str | None = None
    target_type: str | None = None
    actor: str | None = None
    weapon: str | None = None
    effects: str | None = None
    killed: str | None = None
    injured: str | None = None
    launched: str | None = None
    shot_down: str | None = None
    hits: str | None = None
    status: str | None = None
    stance: str | None = None
    claimant: str | None = None
    denied_by: str | None = None
    url: str | None = None
    url_2: str | None = None
    url_3: str | None = None
    precision_m: str | None = None


class TableMapping(Row):
    """How a table is read: its title, terms, orders, zone and year, its columns, words in cells.

    ``utm_zone`` is that of metres of UTM where no column gives one, such as 37N.
    ``precision_m`` is the radius in metres where no column gives one; ``date_basis`` what exact
    days rest on; ``day_begins`` that words stand behind the days. ``kinds``, ``actors``,
    ``target_types``, ``statuses`` and ``stances`` say what cells of these columns mean.
    """

    title: str = Field(min_length=1)
    publisher: str = "not named"
    licence: str = "not stated"
    date_order: Literal["dmy", "mdy", "ask"] = "ask"
    position_order: Literal["lat", "lon", "ask"] = "ask"
    zone: Annotated[str, AfterValidator(_zone)] = ""
    utm_zone: Annotated[str, Field(pattern=r"^(\d{1,2}[A-Za-z]?)?$")] = ""
    year: Annotated[int, Field(ge=2014, le=2035)] | Literal["ask"] = "ask"
    date_basis: DateBasis = "exact"
    day_begins: bool = False
    precision_m: Metres | None = None
    kind: EventKind = "other"
    columns: Columns
    kinds: dict[str, EventKind] = Field(default_factory=dict)
    actors: dict[str, Actor] = Field(default_factory=dict)
    target_types: dict[str, TargetType] = Field(default_factory=dict)
    statuses: dict[str, Status] = Field(default_factory=dict)
    stances: dict[str, Stance] = Field(default_factory=dict)

    @cached_property
    def column_names(self) -> Mapping[str, str]:
        """The columns that are named, in small letters, by the column of a casebook."""
        named = self.columns.model_dump(exclude_none=True)
        return {name: column.lower() for name, column in named.items()}


def read_mapping(path: str | Path) -> TableMapping:
    """Return the mapping that a TOML file holds.

    Raises
    ------
    TableError
        It cannot be read; the message names every fault.
    OSError
        It is not there or may not be read.
    """
    path = Path(path)
    content = parse_toml(path.read_bytes(), path.name, raises=TableError)
    try:
        return TableMapping.model_validate(content)
    except ValidationError as error:
        raise TableError(list(record_faults(path.name, 0, error))) from error


def propose_mapping(path: str | Path, *, known: TableMapping | None = None) -> str:
    """Return the text of a mapping that the names and values of a table's columns suggest.

    What is missing stands in it to be filled in: the columns that were not understood are listed
    with some of their values.

    Parameters
    ----------
    path : str or Path
        Any table that ``read_csv`` reads.
    known : TableMapping, optional
        What is known of the source that the table is of, which stands before what it suggests.

    Raises
    ------
    ImportFileError
        It holds no table.
    """
    table = read_raw(path)[0]
    columns = match_columns(table)
    if _is_of_marks(table.file) and "name" in table.columns and "name" not in columns.values():
        columns = {**columns, "place": columns.get("place", "name")}
    if known:
        held = known.columns.model_dump(exclude_none=True)
        columns = {t: n for t, n in columns.items() if n.lower() not in held.values()} | held
    cells = _distinct([table], columns)
    days = cells.get(columns.get("date_start", "").lower(), ())
    order = shown_order(days)
    places = cells.get(columns.get("position", "").lower(), ())
    pairs = [pair for cell in places if (pair := read_pair(cell))]
    words = _cell_words(cells, columns)
    named = (name for name in Columns.model_fields if name in columns)
    content: dict[str, Any] = {
        "title": Path(text_name(Path(path))).stem,
        "publisher": "not named",
        "licence": "not stated",
        "date_order": order or "ask",
        "position_order": first_number(pairs) or "ask",
        "zone": stated_zone(columns),
        **_grid(columns),
        **_year(table, days),
        **_begun(days),
        **(_of_posts(columns, days) or stated_basis(columns, table.file)),
        **({"date_basis": known.date_basis} if known else {}),
        "kind": _kind(table, columns),
        "columns": {"date_start": "", **{n: columns[n] for n in named}},
        **words,
    }
    doubt = "; this table does not show which" if not order and is_ambiguous(days) else ""
    missing = "" if "date_start" in columns else _MISSING
    given = {name: value for name, value in content.items() if value != {}}
    rest = _unread(table, cells, columns)
    return _HEADER.format(doubt=doubt) + missing + tomli_w.dumps(given) + rest


def _kind(table: RawTable, columns: Mapping[str, str]) -> EventKind:
    """Return what the rows are where no column tells it: of what the table is called by."""
    if "shot_down" in columns:
        # A table of what was shot down is one of the defence.
        return "interception"
    called = re.sub(r"[_.-]+", " ", " ".join((table.file, *table.remarks)))
    is_of_strikes = any(one.pattern("cells", "strikes").search(called) for one in lexicons())
    if not is_of_strikes and "weapon" in columns:
        # So is a table of what drones, missiles and shells did.
        arms = [row.get(columns["weapon"]) for row in islice(table.rows, _LOOKED_AT)]
        told = [cell for cell in arms if cell]
        strikes = sum(meanings.kind_of(cell) == "strike" for cell in told)
        is_of_strikes = bool(told) and strikes >= _MOST * len(told)
    return "strike" if is_of_strikes and "kind" not in columns else "other"


def _year(table: RawTable, days: Iterable[str]) -> dict[str, int | str]:
    """Return what to say of the year where days have none: the one that the table is called by."""
    if not any(is_day_of_year(day) and not is_day(day) for day in days):
        return {}
    return {"year": table.year or "ask"}


def _grid(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the zone of UTM that names of columns state, to be filled in where none does."""
    if "easting" not in columns or "utm_zone" in columns:
        return {}
    names = f"{columns['easting']} {columns['northing']}"
    zones = set(re.findall(r"(?<![A-Za-z\d])(\d{1,2}[A-Za-z]?)(?![A-Za-z\d])", names))
    return {"utm_zone": zones.pop() if len(zones) == 1 else ""}


def _begun(days: Iterable[str]) -> dict[str, bool]:
    """Return what to say where most days have words behind them."""
    cells = list(days)
    begun = [day for day in cells if not is_day_of_year(day) and begins_with_day(day)]
    return {"day_begins": True} if len(begun) * 2 > len(cells) else {}


def stated_basis(columns: Mapping[str, str], file: str = "") -> dict[str, str]:
    """Return that days are assumed where their column is that of reports, or of waypoints."""
    # When a mark was set is not when it happened.
    is_of_mark = _is_of_marks(file) and columns.get("date_start") == "time"
    is_assumed = is_of_mark or is_of_report(columns.get("date_start", ""))
    return {"date_basis": "assumed"} if is_assumed else {}


def _of_posts(columns: Mapping[str, str], days: Iterable[str]) -> dict[str, str]:
    """Return that days are assumed where they are, to the minute, those of messages."""
    message = re.match(any_word("columns", "message"), columns.get("effects", ""), re.IGNORECASE)
    bare = plain_name(columns.get("date_start", "")) in all_forms("columns", "bare_day")
    timed = [bool(_CLOCK.search(day)) for day in days]
    is_of_posts = message and bare and bool(timed) and sum(timed) >= _MOST * len(timed)
    return {"date_basis": "assumed"} if is_of_posts and not columns.get("kind") else {}


def _is_of_marks(file: str) -> bool:
    return file.lower().endswith(".gpx")


def lacks_days(proposal: str) -> bool:
    """Return whether a proposed mapping names no column of days."""
    return proposal.find(_MISSING) >= 0


def _distinct(tables: Iterable[RawTable], columns: Mapping[str, str]) -> dict[str, dict[str, None]]:
    """Return the different cells of columns in the order of the rows; of others a few to show."""
    whole = {columns[name].lower() for name in _LOOKED_INTO if name in columns}
    found: dict[str, dict[str, None]] = {}
    for table in tables:
        for row in table.rows:
            for name, cell in row.values.items():
                held = found.setdefault(name, {})
                if len(held) < _SHOWN or name in whole:
                    held[cell] = None
    return found


def stated_zone(columns: Mapping[str, str]) -> str:
    """Return the zone that the name of a column of days or times states."""
    names = " ".join(plain_name(columns.get(name, "")) for name in ("date_start", "time"))
    zones = {
        zone
        for one in lexicons()
        for word, zone in one.values("dates", "clocks").items()
        if re.search(rf"\b{word}\b", names)
    }
    return zones.pop() if len(zones) == 1 else ""


def cell_words(tables: Sequence[RawTable], columns: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return what cells of kinds, sides, targets, statuses and stances mean, by their field.

    A column among ``columns`` whose cells say nothing of the sort is taken out of it.
    """
    return _cell_words(_distinct(tables, columns), columns)


def _cell_words(
    cells: Mapping[str, Iterable[str]], columns: dict[str, str]
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, (field, meaning) in _MEANINGS.items():
        held = sorted(cells.get(columns.get(name, "").lower(), ()))
        words = {cell: meant for cell in held[:_MOST_WORDS] if (meant := meaning(cell))}
        told = [cell for cell, meant in words.items() if meant not in ("unknown", "other")]
        # Of things that were lost "artillery" is one; of kinds of events several cells tell.
        is_told = bool(told) if name != "kind" else len(told) * _KINDS_TOLD >= len(words)
        if not is_told:
            columns.pop(name, None)
        elif words:
            found[field] = words
    return found


def _unread(table: RawTable, cells: Mapping[str, Iterable[str]], columns: Mapping[str, str]) -> str:
    """Return the columns that no line names, with some of their values, as comments."""
    names: dict[str, str] = {}
    for row in islice(table.rows, 200):
        names |= row.names
    lines = []
    odd = misnamed(table, columns)
    for column in table.columns:
        name = names.get(column, column)
        if name not in columns.values():
            shown = "; ".join(map(_short, islice(cells.get(column, ()), _SHOWN)))
            target, cell = odd.get(column, ("", ""))
            why = f" (called as {target}, but cells as {_short(cell)!r} are none)" if target else ""
            lines.append(f"#   {' '.join(name.split())!r}: {shown}{why}")
    fields: Sequence[str] = TARGETS
    first = "\n# Columns that no line names, with some values; they can be taken for one of\n#"
    head = f"{first} {', '.join(fields)}:\n"
    return head + "\n".join(lines) + "\n" if lines else ""


def _short(cell: str) -> str:
    return " ".join(cell.split())[:30]
