"""The tables of a state as rows of text, and one cell or row of them changed."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import tomli_w

from geoconflict.casebooks.bundles import TABLES
from geoconflict.casebooks.files import table_text, written_columns
from geoconflict.casebooks.records import SourceInfo
from geoconflict.desk.states import State
from geoconflict.errors import GeoconflictError
from geoconflict.files.sheets import plain_cell

Cells = dict[str, str]
# The sources of map.toml are edited like a table.
SOURCES = "sources"
NAMES = (*TABLES, SOURCES)
_KEYS = {"events": ("id",), "claims": ("id",), "reports": ("event_id", "source"), SOURCES: ("id",)}


class ChangedElsewhereError(GeoconflictError):
    """A cell or row that is no longer what the one who changes it has seen."""


@dataclass(frozen=True)
class Spot:
    """A row as somebody saw it: its place in the table and its cells."""

    index: int
    seen: Cells


def table(state: State, name: str) -> tuple[list[str], list[Cells]]:
    """Return the columns of a table and its rows, each cell as text, empty where nothing is.

    Raises
    ------
    GeoconflictError
        The file cannot be read as a table at all.
    """
    if name == SOURCES:
        return ["id", *SourceInfo.model_fields], _sources(state)
    rows = _read(state, name)
    known = [{c: row.get(c) or None for c in TABLES[name].model_fields} for row in rows]
    columns = written_columns(known, TABLES[name])
    return columns, [{column: row.get(column, "") for column in columns} for row in rows]


def choices(name: str) -> dict[str, list[str]]:
    """Return what may stand in the columns of a table that take one of a few words."""
    if name == SOURCES:
        return {"restricted": ["false", "true"]}
    fields = TABLES[name].model_fields
    found = {column: _words(field.annotation) for column, field in fields.items()}
    return {column: list(words) for column, words in found.items() if words}


def with_cell(state: State, name: str, spot: Spot, column: str, value: str) -> State:
    """Return a state with one cell changed.

    Raises
    ------
    ChangedElsewhereError
        The row is gone, or the cell is not what was seen.
    """
    columns, rows = table(state, name)
    if column not in columns and (name == SOURCES or column not in TABLES[name].model_fields):
        message = f"{name} has no column {column}"
        raise GeoconflictError(message)
    index = _find(name, rows, spot, column)
    rows[index] = {**rows[index], column: value}
    return _with_rows(state, name, rows)


def with_row(state: State, name: str, cells: Mapping[str, str]) -> State:
    """Return a state with a row added at the end of a table."""
    _, rows = table(state, name)
    return _with_rows(state, name, [*rows, dict(cells)])


def without_row(state: State, name: str, spot: Spot) -> State:
    """Return a state without a row.

    Raises
    ------
    ChangedElsewhereError
        The row is gone, or is not what was seen.
    """
    _, rows = table(state, name)
    index = _find(name, rows, spot, *spot.seen)
    return _with_rows(state, name, rows[:index] + rows[index + 1 :])


def title_of(state: State) -> str:
    """Return the title in ``map.toml``, empty where none can be read."""
    try:
        return str(_info(state).get("title", ""))
    except GeoconflictError:
        return ""


def _find(name: str, rows: Sequence[Cells], spot: Spot, *columns: str) -> int:
    """Return where a row stands now, if these columns of it are as they were seen."""
    key = _KEYS[name]

    def is_it(row: Cells) -> bool:
        return all(row.get(c, "") == spot.seen.get(c, "") for c in key)

    def is_seen(row: Cells) -> bool:
        return all(row.get(c, "") == spot.seen.get(c, "") for c in columns)

    if spot.index < len(rows) and is_it(rows[spot.index]) and is_seen(rows[spot.index]):
        return spot.index
    found = [i for i, row in enumerate(rows) if is_it(row)]
    fitting = [i for i in found if is_seen(rows[i])]
    if len(fitting) != 1:
        now = [rows[i].get(columns[0], "") for i in found]
        what = f"it reads {now[0]!r} now" if len(now) == 1 else "the row is gone or moved"
        message = f"somebody else changed this meanwhile: {what}; look, then change it again"
        raise ChangedElsewhereError(message)
    return fitting[0]


def _with_rows(state: State, name: str, rows: Sequence[Cells]) -> State:
    if name == SOURCES:
        return _with_sources(state, rows)
    fields = TABLES[name].model_fields
    whole = [{column: row.get(column) or None for column in fields} for row in rows]
    return state.with_file(f"{name}.csv", table_text(whole, name))


def _read(state: State, name: str) -> list[Cells]:
    file = f"{name}.csv"
    text = _text(state, file)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        cells = [row for row in reader if row]
    except csv.Error as error:
        message = f"{file} is broken ({error}): mend it in another program"
        raise GeoconflictError(message) from error
    unknown = [column for column in header if column not in TABLES[name].model_fields]
    if unknown:
        message = f"{file} has a column that no casebook has: {unknown[0]}; take it out first"
        raise GeoconflictError(message)
    return [dict(zip(header, map(plain_cell, row), strict=False)) for row in cells]


def _text(state: State, file: str) -> str:
    try:
        return state.files.get(file, b"").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{file} is no UTF-8: save it as CSV in UTF-8"
        raise GeoconflictError(message) from error


def _info(state: State) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(state, "map.toml"))
    except tomllib.TOMLDecodeError as error:
        message = f"map.toml is broken ({error}): mend it in another program"
        raise GeoconflictError(message) from error


def _sources(state: State) -> list[Cells]:
    found = _info(state).get("sources", {})
    return [
        {"id": key} | {c: _cell(source.get(c)) for c in SourceInfo.model_fields}
        for key, source in found.items()
    ]


def _cell(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _with_sources(state: State, rows: Sequence[Cells]) -> State:
    info = _info(state)
    info["sources"] = {row.get("id", ""): _source(row) for row in rows}
    if len(info["sources"]) != len(rows):
        message = "two sources have one id: give each its own"
        raise GeoconflictError(message)
    return state.with_file("map.toml", tomli_w.dumps(info))


def _source(row: Cells) -> dict[str, object]:
    given: dict[str, object] = {c: row[c] for c in SourceInfo.model_fields if row.get(c)}
    if given.pop("restricted", "") == "true":
        given["restricted"] = True
    return given


def _words(annotation: object) -> tuple[str, ...]:
    """Return the words of a literal, also where it may be empty or is wrapped."""
    args = get_args(annotation)
    if args and all(isinstance(one, str) for one in args):
        return args
    return next((words for words in map(_words, args) if words), ())
