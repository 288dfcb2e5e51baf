"""ACLED: its CSV exports, from before and after March 2023."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from geoconflict.casebooks.records import EventKind
from geoconflict.importers.drafts import Draft, RowFault, Said
from geoconflict.importers.importing import (
    Imported,
    Paths,
    Source,
    make_imported,
    read_tables,
    told_as_reader,
)
from geoconflict.importers.notations import read_count
from geoconflict.importers.precision import DAYS, precision_m, unknown_code
from geoconflict.importers.rawrows import RawRow, RawTable
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import around, read_day
from geoconflict.measuring.dayforms import Order, shown_order

SOURCE = Source(
    id="acled",
    title="Armed Conflict Location & Event Data",
    publisher="ACLED",
    licence="ACLED terms of use: for own use with attribution; the rows may not be passed on",
    attribution="Events: ACLED, acleddata.com; its terms do not let the rows be passed on",
    url="https://acleddata.com",
    restricted=True,
)
_COLUMNS = (("event_id_cnty", "data_id"), ("event_date",), ("latitude",), ("longitude",))
_PLACED = ("event_date", "year", "location", "latitude", "longitude", "notes", "admin1", "source")
# Types of which no strike, clash or change of control is.
_NO_EVENTS = frozenset(("protests", "riots"))
# Of what it calls strategic developments, what is done by arms.
_DEVELOPMENTS = frozenset(
    ("disrupted weapons use", "looting/property destruction", "non-violent transfer of territory")
)
# Where an export has no column of types.
_PEACEFUL = frozenset(
    ("peaceful protest", "protest with intervention", "excessive force against protesters")
) | {"violent demonstration", "mob violence", "agreement", "arrests", "change to group/activity"}
# How its notes on where troops went begin.
_MOVED = "movement of forces"
# Positions of troops stay out.
_POSITIONS = frozenset(("headquarters or base established",))
_STATES = {"Russia": "RU", "Ukraine": "UA"}
_ARMY = re.compile(r"Forces of (Russia|Ukraine)")
# How it codes, since March 2023 and before, that an actor is of a state.
_OF_STATE = ("state forces", "1")
_CIVIL = re.compile(r"civilian|protest|riot|government of|unidentified", re.IGNORECASE)
_KINDS: dict[str, EventKind] = {
    "air/drone strike": "strike",
    "shelling/artillery/missile attack": "strike",
    "chemical weapon": "strike",
    "suicide bomb": "strike",
    "disrupted weapons use": "interception",
    "armed clash": "clash",
    "government regains territory": "control_change",
    "non-state actor overtakes territory": "control_change",
    "non-violent transfer of territory": "control_change",
}


@told_as_reader(
    "acled.csv",
    "event_id_cnty,event_date,event_type,latitude,longitude\nUKR1,2024-01-01,Battles,48.28,37.18\n",
)
def read_acled(paths: Paths) -> Imported:
    """Return the events of ACLED exports as a casebook, and an account of every row.

    CSV files (or zips of them) as ACLED's export gives them. ``geo_precision`` as metres by
    ``importers.precision``; ``time_precision`` 2 as the days around the middle that ACLED
    gives, 3 as the month; one report for each outlet of ``source``. A day written 05/06/2025 is
    read as the other days of its table show, and set aside where none shows it. Of several
    versions of an event, which ``timestamp`` tells, the last is taken.
    """
    tables = read_tables(paths, columns=_COLUMNS, format_name="ACLED")
    last = _last_versions(tables)
    order = shown_order(row.get("event_date") for table in tables for row in table.rows)
    return make_imported(
        SOURCE, tables, read_row=lambda row: _draft(row, last, order), notes=_untold(tables)
    )


def _untold(tables: Sequence[RawTable]) -> Iterator[str]:
    """Yield in how many rows ACLED writes 0 of people killed."""
    cells = (row.code("fatalities") for table in tables for row in table.rows)
    rows = sum(cell == "0" for cell in cells)
    if rows:
        yield f"killed stays empty in {rows} rows: ACLED writes 0 also where nobody told of any"


def _last_versions(tables: Sequence[RawTable]) -> Mapping[str, int]:
    """Return the time of the last version of each event that the tables hold a version of."""
    last: dict[str, int] = {}
    for table in tables:
        for row in table.rows if "timestamp" in table.columns else ():
            key = _key(row)
            last[key] = max(_version(row), last.get(key, 0))
    return last


def _version(row: RawRow) -> int:
    """Return the seconds since 1970 at which a row was written, 0 where it does not say."""
    text = row.code("timestamp")
    return int(text) if text.isdecimal() else 0


def _key(row: RawRow) -> str:
    return row.get("event_id_cnty", "data_id")


def _draft(row: RawRow, last: Mapping[str, int], order: Order | None) -> Draft:
    key = _key(row)
    if _version(row) < last.get(key, 0):
        message = f"an earlier version of an event, a later one stands: {key}"
        raise RowFault(message)
    if row.get("sub_event_type").lower() in _POSITIONS:
        message = f"where troops are, and nothing that happened: {row.get('sub_event_type')}"
        raise RowFault(message)
    if row.get("notes").casefold().startswith(_MOVED):
        message = f"where troops are, and nothing that happened: {row.get('notes')[:60]}"
        raise RowFault(message)
    _refuse_peaceful(row)
    day = read_day(row.get("event_date"), order=order)
    time_precision = row.code("time_precision") or "1"
    geo_precision = row.code("geo_precision") or "3"
    if time_precision not in DAYS["acled"]:
        message = f"a time_precision that is none of 1, 2, 3: {time_precision!r}"
        raise RowFault(message)
    span = DAYS["acled"][time_precision]
    days = DateRange.of_month(day.year, day.month) if span is None else around(day, days=span)
    outlets = [outlet.strip() for outlet in row.get("source").split(";") if outlet.strip()]
    return Draft(
        key=key,
        kind=_KINDS.get(row.get("sub_event_type").lower(), "other"),
        days=days,
        date_basis="exact" if span == 0 else "about",
        place=row.get("location"),
        unit=row.get("admin1"),
        country=row.get("country"),
        lon=row.get("longitude"),
        lat=row.get("latitude"),
        precision_m=precision_m("acled", geo_precision),
        actor=_side(row.get("actor1"), row.code("inter1")),
        effects=row.get("notes"),
        # It writes 0 where nobody told of any.
        counts={"killed": read_count(row.code("fatalities")) or None},
        said=tuple(Said(outlet) for outlet in outlets or ["ACLED"]),
        doubts=unknown_code("acled", geo_precision),
        placed=_PLACED if span == 0 else tuple(p for p in _PLACED if p != "event_date"),
    )


def _refuse_peaceful(row: RawRow) -> None:
    """Refuse a row whose type is none of what is done by arms.

    Raises
    ------
    RowFault
        It is a protest, a riot, or a development such as an agreement or an arrest.
    """
    kind, sub = row.get("event_type"), row.get("sub_event_type")
    is_development = kind.lower() == "strategic developments" and sub.lower() not in _DEVELOPMENTS
    if is_development or kind.lower() in _NO_EVENTS or sub.lower() in _PEACEFUL:
        message = f"no strike, clash or change of control: {' / '.join(filter(None, (kind, sub)))}"
        raise RowFault(message)


def _side(actor: str, inter: str) -> str:
    """Return the side of an actor that is of the state of one of the two countries."""
    sides = {side for name, side in _STATES.items() if name in actor}
    is_army = _ARMY.search(actor) is not None
    is_of_state = inter.casefold() in _OF_STATE and not _CIVIL.search(actor)
    return sides.pop() if len(sides) == 1 and (is_army or is_of_state) else "unknown"
