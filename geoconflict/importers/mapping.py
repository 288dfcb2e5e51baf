"""Which column of any table goes where in a casebook: a TOML file, proposed from the header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import tomli_w
from pydantic import Field, ValidationError

from geoconflict.casebooks.records import EventKind, Metres, Row
from geoconflict.casebooks.tables import record_faults
from geoconflict.errors import ImportFileError, TableError
from geoconflict.files.reading import parse_toml
from geoconflict.importers.rawtables import RawTable, read_raw
from geoconflict.measuring.datewords import Order, is_ambiguous, shown_order

# What columns are called in the tables that people make, the more telling first.
COLUMN_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "event_id", "eventid", "incident_id", "uid", "objectid", "fid"),
    "date_start": ("date_start", "start_date", "date", "event_date", "day", "datum", "дата"),
    "date_end": ("date_end", "end_date"),
    "lon": ("lon", "longitude", "lng", "long", "x", "довгота", "долгота"),
    "lat": ("lat", "latitude", "y", "широта"),
    "place": ("place", "location", "city", "town", "settlement", "locality", "місто", "город"),
    "admin1": ("admin1", "adm_1", "adm1_name", "oblast", "region", "область"),
    "country": ("country", "країна", "страна"),
    "kind": ("kind", "type", "event_type", "category", "sub_event_type"),
    "effects": ("effects", "description", "notes", "text", "summary", "comment", "опис"),
    "claimant": ("claimant", "source", "sources", "outlet", "publisher", "джерело"),
    "url": ("url", "link", "source_url", "href", "urls"),
    "precision_m": ("precision_m", "accuracy_m", "radius_m"),
    "weapon": ("weapon", "weapon_system", "munition"),
}
# Words that tell what kind an event is, in the values of a column.
_KIND_WORDS: tuple[tuple[str, EventKind], ...] = (
    ("strike", "strike"),
    ("shell", "strike"),
    ("missile", "strike"),
    ("drone", "strike"),
    ("intercept", "interception"),
    ("shot down", "interception"),
    ("clash", "clash"),
    ("battle", "clash"),
    ("advance", "advance"),
    ("control", "control_change"),
    ("capture", "control_change"),
)
_MOST_KINDS = 50
_HEADER = """# Which column of the table goes where. Look at each line, then run the command again
# with --mapping and this file. What no line names is kept in the column extra of the casebook.
# kinds: what the table calls a kind = strike, interception, advance, control_change, clash, other.
# date_order: what comes first in 03/01/2025, dmy or mdy; ask: such days are set aside{doubt}.
"""


class Columns(Row):
    """The column of the table, by its own name, that each column of a casebook is taken from."""

    id: str | None = None
    date_start: str
    date_end: str | None = None
    lon: str | None = None
    lat: str | None = None
    place: str | None = None
    admin1: str | None = None
    country: str | None = None
    kind: str | None = None
    effects: str | None = None
    claimant: str | None = None
    url: str | None = None
    precision_m: str | None = None
    weapon: str | None = None


class TableMapping(Row):
    """How a table is read: its title, terms and date order, its columns, and words for kinds.

    ``precision_m`` is the radius in metres where no column gives one.
    """

    title: str = Field(min_length=1)
    publisher: str = "not named"
    licence: str = "not stated"
    date_order: Literal["dmy", "mdy", "ask"] = "ask"
    precision_m: Metres | None = None
    kind: EventKind = "other"
    columns: Columns
    kinds: dict[str, EventKind] = Field(default_factory=dict)


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


def propose_mapping(path: str | Path) -> str:
    """Return the text of a mapping that the names and values of a table's columns suggest.

    Parameters
    ----------
    path : str or Path
        Any table that ``read_csv`` reads.

    Raises
    ------
    ImportFileError
        It holds no table, or no column that could be a date.
    """
    table = read_raw(path)[0]
    columns = _columns(table)
    if "date_start" not in columns:
        held = ", ".join(name[:40] for name in table.columns[:20])
        message = f"{table.file}:1: found no column of dates among {held}; name one date"
        raise ImportFileError(message)
    texts = [row.get(columns["date_start"].lower()) for row in table.rows]
    order: Order | None = shown_order(texts)
    content = {
        "title": Path(path).stem,
        "publisher": "not named",
        "licence": "not stated",
        "date_order": order or "ask",
        "kind": "other",
        "columns": columns,
        "kinds": _kinds(table, columns.get("kind", "").lower()),
    }
    doubt = "; this table does not show which" if not order and is_ambiguous(texts) else ""
    return _HEADER.format(doubt=doubt) + tomli_w.dumps(content)


def _columns(table: RawTable) -> dict[str, str]:
    own = {name: name for name in table.columns}
    for row in table.rows[:1]:
        own |= row.names
    found: dict[str, str] = {}
    for target, names in COLUMN_NAMES.items():
        match = next((n for n in names if n in own and own[n] not in found.values()), None)
        if match:
            found[target] = own[match]
    return found


def _kinds(table: RawTable, column: str) -> dict[str, str]:
    values: Sequence[str] = sorted({row.get(column) for row in table.rows if row.get(column)})
    return {value: _kind(value) for value in values[:_MOST_KINDS]} if column else {}


def _kind(value: str) -> str:
    return next((kind for word, kind in _KIND_WORDS if word in value.lower()), "other")
