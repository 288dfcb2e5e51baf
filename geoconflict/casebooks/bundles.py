"""A casebook bundled in a GeoPackage or a folder of Parquet files, read back as checked rows."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

from geoconflict.casebooks.records import Claim, Event, Report, Row
from geoconflict.casebooks.tables import Table, check_rows
from geoconflict.errors import CasebookError, Fault, MissingExtraError
from geoconflict.files.reading import reading

TABLES: Mapping[str, type[Row]] = {"events": Event, "reports": Report, "claims": Claim}


def _columns_of(kind: type) -> frozenset[str]:
    """Return the names of the columns that hold values of a type, in any of the tables."""
    fields = (item for model in TABLES.values() for item in get_type_hints(model).items())
    return frozenset(name for name, hint in fields if kind in (hint, *get_args(hint)))


DAYS, NUMBERS = _columns_of(dt.date), _columns_of(float) | _columns_of(int)
# Where a GeoPackage keeps the text of map.toml.
MAP_TABLE = "map"
_EXPECTED = "a casebook that was exported to a GeoPackage"


@dataclass(frozen=True)
class Stored:
    """What a casebook holds, as it is kept: the bytes of ``map.toml`` (None: none) and tables."""

    info: bytes | None
    events: Table[Event]
    reports: Table[Report]
    claims: Table[Claim]


def is_bundle(path: Path) -> bool:
    """Return whether a path is a GeoPackage, or a folder that holds events as Parquet."""
    if path.suffix.lower() == ".gpkg":
        return path.is_file()
    return (path / "events.parquet").is_file()


def read_bundle(path: Path) -> Stored:
    """Return what a GeoPackage or a folder of Parquet files holds.

    Raises
    ------
    CasebookError
        The file is no casebook.
    MissingExtraError
        Parquet is to be read and pyarrow is not installed.
    """
    return _read_parquet(path) if path.is_dir() else _read_geopackage(path)


def require_pyarrow() -> None:
    """Check that pyarrow is there.

    Raises
    ------
    MissingExtraError
        It is not; the message says how to install it.
    """
    try:
        import pyarrow as pa  # noqa: F401
    except ImportError as error:
        message = "Parquet needs pyarrow: pip install 'geoconflict[parquet]'"
        raise MissingExtraError(message) from error


def _read_geopackage(path: Path) -> Stored:
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with (
        reading(path.name, expected=_EXPECTED, raises=CasebookError),
        closing(sqlite3.connect(uri, uri=True)) as base,
    ):
        base.row_factory = sqlite3.Row
        there = {row["name"] for row in base.execute("SELECT name FROM sqlite_master")}
        if not {MAP_TABLE, *TABLES} <= there:
            raise CasebookError([Fault(path.name, 0, "", "no casebook in it", _EXPECTED)])
        info = base.execute(f"SELECT toml FROM {MAP_TABLE}").fetchone()["toml"]  # noqa: S608
        rows = {name: list(_sql_rows(base, name)) for name in TABLES}
        return _stored(info.encode("utf-8"), rows, f"{path.name}/{{}}")


def _sql_rows(base: sqlite3.Connection, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    # The names of tables are our own; what is no column of ours (fid, geom, position) is left.
    for line, row in enumerate(base.execute(f"SELECT * FROM {name} ORDER BY fid"), start=2):  # noqa: S608
        yield line, _own(dict(row), TABLES[name])


def _read_parquet(folder: Path) -> Stored:
    require_pyarrow()
    rows = {name: list(_parquet_rows(folder / f"{name}.parquet", TABLES[name])) for name in TABLES}
    info = folder / "map.toml"
    return _stored(info.read_bytes() if info.is_file() else None, rows, "{}.parquet")


def _parquet_rows(path: Path, model: type[Row]) -> Iterator[tuple[int, dict[str, Any]]]:
    import pyarrow.parquet as pq

    if not path.is_file():
        fault = Fault(path.name, 0, "", "no such file", "events, reports and claims as Parquet")
        raise CasebookError([fault])
    with reading(path.name, expected="a Parquet file", raises=CasebookError):
        held = pq.read_schema(path).names
        table = pq.read_table(path, columns=[name for name in model.model_fields if name in held])
        rows = table.to_pylist()
    for line, row in enumerate(rows, start=2):
        yield line, _own(row, model)


def _own(values: Mapping[str, Any], model: type[Row]) -> dict[str, Any]:
    """Return the columns of a record; days as text, as in CSV."""
    fields = model.model_fields
    return {
        name: value.isoformat()[:10] if isinstance(value, dt.date) else value
        for name, value in values.items()
        if name in fields
    }


def _stored(
    info: bytes | None, rows: Mapping[str, list[tuple[int, dict[str, Any]]]], file: str
) -> Stored:
    return Stored(
        info=info,
        events=check_rows(file.format("events"), rows["events"], Event),
        reports=check_rows(file.format("reports"), rows["reports"], Report),
        claims=check_rows(file.format("claims"), rows["claims"], Claim),
    )
