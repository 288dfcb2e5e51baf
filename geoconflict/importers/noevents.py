"""Tables whose rows are no events: fires, air-raid alerts, closures of airports, who holds what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from geoconflict.importers.columnnames import named_columns, plain_name
from geoconflict.importers.meanings import kind_of, names_arms, tells_deed
from geoconflict.importers.rawrows import RawTable
from geoconflict.lexicon import all_forms, any_word, lexicons

# Their columns, what they are, and the command for them.
_NO_EVENTS = (
    *(
        (("frp", one), "fires, which are no events", "corroborate CASEBOOK")
        for one in ("acq_date", "confidence", "daynight", "satellite")
    ),
    (("started_at", "finished_at"), "alerts, which are no events", "corroborate CASEBOOK"),
    *(
        ((settlement, one), "who controls which settlement", "front at")
        for settlement in ("geonameid", "kod")
        for one in ("vcontrol_version", "status_wiki")
    ),
)
_ALERTS = "air-raid alerts, which are no events but context"
_CLOSURES = "closures of airports, which are no events"
_SPAN = ("date_start", "date_end", "admin1")
# What tells of an event, whatever else a table has.
_SAYING = (
    *("facility", "target_type", "weapon", "actor", "killed", "injured", "casualties"),
    *("launched", "shot_down", "hits", "lat", "position"),
)
# What tells that an area is no place of an event: nothing that happened stands beside it.
_HAPPENED = tuple(one for one in _SAYING if one not in ("actor", "lat", "position"))
_CONTROL = "areas and who holds them, which are no events"
_AS_TEXT = f"{_CONTROL} (geoconflict front area reads them saved as GeoJSON)"
# As WKT and as GeoJSON have it.
_AREA = re.compile(r'\s*(?:(?i:MULTI)?(?i:POLYGON)|\{"type": ?"(?:Multi)?Polygon")')
_LOOKED_AT, _MOST, _FEW = 200, 0.5, 2
_CLOCK = re.compile(r"\d{1,2}:\d\d")


def told_no_events(table: RawTable) -> tuple[str, str] | None:
    """Return what a table holds that is no events, and which command reads it; else None.

    The command is empty where none does.
    """
    for signs, what, command in _NO_EVENTS:
        if set(signs) <= set(table.columns):
            return what, command
    if tells_alerts(table.columns) or _holds_alerts(table):
        return _ALERTS, "corroborate CASEBOOK"
    if holds_areas(table) and not _tells_what_happened(table):
        return (_CONTROL, "front area") if "geometry" in table.columns else (_AS_TEXT, "")
    return (_CLOSURES, "") if tells_closures(table.columns) else None


def holds_areas(table: RawTable) -> bool:
    """Return whether most rows of a table hold areas, as a map of control does."""
    return bool(_area_columns(table))


def _area_columns(table: RawTable) -> set[str]:
    """Return the columns of which most cells are areas, by one look at the rows."""
    held, areas = Counter[str](), Counter[str]()
    for row in islice(table.rows, _LOOKED_AT):
        held.update(row.values.keys())
        areas.update(name for name, cell in row.values.items() if _AREA.match(cell))
    return {name for name, count in areas.items() if count > _MOST * held[name]}


def _tells_what_happened(table: RawTable) -> bool:
    """Return whether columns or cells of a table tell of an event, whoever held the ground."""
    areas = _area_columns(table)
    own = {name: name for name in table.columns if name not in areas}
    if any(named_columns(target, own) for target in _HAPPENED):
        return True
    return any(_share(_tells_event, table, name) >= _MOST for name in own)


def tells_alerts(columns: Iterable[str]) -> bool:
    """Return whether a table with these columns is one of alerts, from when till when.

    Examples
    --------
    >>> tells_alerts(["region", "alarm_start", "alarm_end"]), tells_alerts(["date", "alert"])
    (True, False)
    """
    forms = all_forms("columns", "alert")
    return sum(any(form in name.casefold() for form in forms) for name in columns) > 1


def tells_closures(columns: Iterable[str]) -> bool:
    """Return whether a table with these columns is one of airports, from when till when closed.

    Examples
    --------
    >>> tells_closures(["airport", "closed", "reopened"]), tells_closures(["airport", "date"])
    (True, False)
    """
    names = [name.casefold() for name in columns]
    is_of_airports = set(names) & set(all_forms("columns", "airport"))
    ends = ("closed_from", "closed_until")
    return bool(is_of_airports) and all(set(names) & set(all_forms("columns", end)) for end in ends)


def alert_columns(table: RawTable) -> tuple[str, str, str] | None:
    """Return the columns of the start, the end and the oblast of alerts, None where there are not.

    A table with positions, or with a text and no word of alerts, is one of events.
    """
    alert = re.compile(rf"\s*{any_word('columns', 'alert')}\w*\s*")
    own = {name: alert.sub(" ", plain_name(name)).strip() for name in table.columns}
    # A column such as alert_type tells what the rows are, whatever notes they have.
    is_told = any(alert.search(plain_name(name)) for name in table.columns)
    others = ("lat", "position") if is_told else ("lat", "position", "effects")
    if any(named_columns(target, own) for target in others):
        return None
    start, end, area = (next(iter(named_columns(target, own)), None) for target in _SPAN)
    return (start, end, area) if start and end and area else None


def _holds_alerts(table: RawTable) -> bool:
    """Return whether a table holds hours of regions alone, or cells that call rows alerts."""
    own = {name: name for name in table.columns}
    if any(named_columns(target, own) for target in _SAYING):
        return False
    kinds = [kind_of(cell) for name in named_columns("kind", own) for cell in _cells(table, name)]
    if any(kind != "other" for kind in kinds):
        return False
    if _is_of_spans(table, own):
        return True
    texts = named_columns("effects", own)
    bare = [name for name in own if name not in texts]
    if any(_share(_tells_alert, table, name) >= _MOST for name in bare):
        return True
    if any(_share(_tells_event, table, name) >= _MOST for name in own):
        return False
    span: Sequence[str] = alert_columns(table) or ()
    if not span and any(form in table.file.casefold() for form in all_forms("columns", "alert")):
        span = [next(iter(named_columns(target, own)), "") for target in _SPAN[:2]]
    return bool(span) and all(_share(_CLOCK.search, table, n) >= _MOST for n in span[:2])


def _is_of_spans(table: RawTable, own: Mapping[str, str]) -> bool:
    """Return whether a table tells of regions from one minute to another, and of nothing done."""
    span = [next(iter(named_columns(target, own)), "") for target in _SPAN]
    rest = [name for name in own if name not in span]
    is_timed = all(span) and all(_share(_CLOCK.search, table, name) >= _MOST for name in span[:2])
    if not is_timed or len(rest) > _FEW:
        return False
    return not any(tells_deed(cell) for name in rest for cell in _cells(table, name))


def _tells_event(cell: str) -> bool:
    return kind_of(cell) != "other" or names_arms(cell)


def _tells_alert(cell: str) -> bool:
    return any(one.pattern("deeds", "alert").search(cell) for one in lexicons())


def _share(test: Callable[[str], object], table: RawTable, column: str) -> float:
    cells = list(_cells(table, column))
    return sum(bool(test(cell)) for cell in cells) / max(len(cells), 1)


def _cells(table: RawTable, column: str) -> Iterator[str]:
    rows = islice(table.rows, _LOOKED_AT)
    return (row.values[column] for row in rows if column in row.values)
