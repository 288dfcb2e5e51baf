"""A casebook: a folder of small tables that people edit, read whole or refused with every fault."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
from pydantic import ValidationError

from geoconflict.errors import CasebookError, Fault
from geoconflict.records import Claim, Event, MapInfo, Report, Row
from geoconflict.validation import Table, cross_faults, shown

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Casebook:
    """A read casebook.

    Parameters
    ----------
    slug : str
        Name of the folder.
    info : MapInfo
        Title, period, language, sources and attribution from ``map.toml``.
    events : GeoDataFrame
        One row an event, columns of ``Event``; ``geometry`` is a point in EPSG:4326, or None
        where no position is given. Dates are datetime64, missing cells None or NaN.
    reports, claims : DataFrame
        One row a report or a stated quantity, columns of ``Report`` and ``Claim``.
    """

    slug: str
    info: MapInfo
    events: gpd.GeoDataFrame
    reports: pd.DataFrame
    claims: pd.DataFrame

    def claim_records(self) -> list[Claim]:
        """Return the rows of ``claims`` as checked records, in their order."""
        rows = self.claims.astype(object).where(self.claims.notna(), None)
        return [Claim.model_validate(row) for row in rows.to_dict("records")]


def read_casebook(path: str | Path) -> Casebook:
    """Return a casebook read from its folder.

    Parameters
    ----------
    path : str or Path
        Folder with ``map.toml``, ``events.csv``, ``reports.csv`` and ``claims.csv``.

    Returns
    -------
    Casebook

    Raises
    ------
    CasebookError
        Something in it cannot be read; the message names every fault with file, line,
        column, value and what was expected.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise CasebookError([Fault(str(path), 0, "", "no folder", "the folder of a casebook")])
    info, faults = _read_info(folder / "map.toml")
    events = _read_table(folder / "events.csv", Event)
    reports = _read_table(folder / "reports.csv", Report)
    claims = _read_table(folder / "claims.csv", Claim)
    faults += [*events.faults, *reports.faults, *claims.faults]
    faults += cross_faults(events, reports, claims, info)
    if faults or info is None:
        raise CasebookError(sorted(faults))
    return Casebook(
        slug=folder.resolve().name,
        info=info,
        events=events_frame([row for _, row in events.rows]),
        reports=_frame([row for _, row in reports.rows], Report, ("published",)),
        claims=_frame([row for _, row in claims.rows], Claim, ()),
    )


def events_frame(events: Sequence[Event]) -> gpd.GeoDataFrame:
    """Return events as a GeoDataFrame with a point for each position that is given."""
    frame = _frame(events, Event, ("date_start", "date_end"))
    for column in ("lon", "lat", "precision_m"):
        frame[column] = frame[column].astype(float)
    points = gpd.points_from_xy(frame["lon"], frame["lat"])
    points[np.isnan(frame["lon"].to_numpy())] = None
    return gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")


def _frame(rows: Sequence[Row], model: type[Row], dates: Sequence[str]) -> pd.DataFrame:
    columns = list(model.model_fields)
    records = [[getattr(row, name) for name in columns] for row in rows]
    frame = pd.DataFrame(records, columns=columns, dtype=object)
    for name in dates:
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return frame


def _read_info(path: Path) -> tuple[MapInfo | None, list[Fault]]:
    try:
        return MapInfo.model_validate(tomllib.loads(path.read_text("utf-8"))), []
    except FileNotFoundError:
        return None, [Fault(path.name, 0, "", "no such file", "a map.toml with title and sources")]
    except UnicodeDecodeError:
        return None, [Fault(path.name, 0, "", "bytes that are no UTF-8", "a UTF-8 text file")]
    except tomllib.TOMLDecodeError as error:
        return None, [Fault(path.name, 0, "", str(error), "a TOML file")]
    except ValidationError as error:
        return None, list(_faults(path.name, 0, error))


def _read_table(path: Path, model: type[R]) -> Table[R]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Table(path.name, (), (Fault(path.name, 0, "", "no such file", _header(model)),))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        fault = Fault(path.name, line, "", "bytes that are no UTF-8", "a UTF-8 file")
        return Table(path.name, (), (fault,))
    # Only \n and \r end a line of CSV; splitlines would break at other marks within a cell.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = next(reader, [])
    wrong = list(_header_faults(path.name, header, model))
    if wrong:
        return Table(path.name, (), tuple(wrong))
    rows: list[tuple[int, R]] = []
    faults: list[Fault] = []
    for line, cells in _lines(reader, path.name, faults):
        row = _read_row(cells, header, model)
        if isinstance(row, Row):
            rows.append((line, row))
        else:
            faults += [replace(fault, file=path.name, line=line) for fault in row]
    return Table(path.name, tuple(rows), tuple(faults))


def _lines(
    reader: Any,  # noqa: ANN401 - the csv module names no type for its readers
    file: str,
    faults: list[Fault],
) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it starts in; an unclosed quote ends the table."""
    start = reader.line_num + 1
    try:
        for cells in reader:
            if cells:
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(file, start, "", f"a broken row ({error})", "complete CSV rows"))


def _read_row(cells: Sequence[str], header: Sequence[str], model: type[R]) -> R | list[Fault]:
    """Return the record, or its faults without file and line."""
    if len(cells) != len(header):
        expected = f"{len(header)} fields, one for each column"
        return [Fault("", 0, "", f"{len(cells)} fields", expected)]
    values = {name: cell.strip() for name, cell in zip(header, cells, strict=True) if cell.strip()}
    try:
        return model.model_validate(values)
    except ValidationError as error:
        return list(_faults("", 0, error))


def _header(model: type[Row]) -> str:
    return f"a table with the columns {', '.join(model.model_fields)}"


def _header_faults(file: str, header: Sequence[str], model: type[Row]) -> Iterator[Fault]:
    if not header:
        yield Fault(file, 1, "", "an empty file", _header(model))
        return
    if len(header) == 1 and ";" in header[0]:
        yield Fault(file, 1, "", "columns separated by ;", "columns separated by a comma")
        return
    required = {name for name, field in model.model_fields.items() if field.is_required()}
    for name in sorted(required - set(header)):
        yield Fault(file, 1, name, "no such column", _header(model))
    for name in dict.fromkeys(header):
        if name not in model.model_fields:
            yield Fault(file, 1, "", f"the unknown column {name!r}", _header(model))
        elif header.count(name) > 1:
            yield Fault(file, 1, name, "the column twice", "every column once")


def _faults(file: str, line: int, error: ValidationError) -> Iterator[Fault]:
    for detail in error.errors(include_url=False):
        column = ".".join(str(part) for part in detail["loc"])
        missing = detail["type"] == "missing" or isinstance(detail["input"], Row | dict)
        found = "nothing" if missing else shown(detail["input"])
        if detail["type"] == "expected" and missing:
            found = "a row that does not fit together"
        expected = detail["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
        yield Fault(file, line, column, found, "a value" if missing and column else expected)
