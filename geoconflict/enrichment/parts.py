"""The pieces that are done, on disk: what they belong to, each whole or absent, and joined."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geoconflict.enrichment.measuring import Columns, measured
from geoconflict.enrichment.pieces import (
    Input,
    Piece,
    days_of,
    is_text,
    piece_rows,
    points_of,
    read_piece,
    unreadable,
)
from geoconflict.enrichment.plan import Plan, free_names
from geoconflict.errors import EnrichError, OutputError
from geoconflict.files.embedded import manifest
from geoconflict.files.folders import lock
from geoconflict.files.geoparquet import GEOMETRY, bounds, geo_metadata, wkb_column
from geoconflict.files.writing import flush, whole_file
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.userdata import user_paths
from geoconflict.importers.accounts import SetAside
from geoconflict.importers.rawrows import RawRow
from geoconflict.measuring.geodesy import Floats

_JOINED = "joined.part"
_NOTE = b"geoconflict"
# Counts of the state file's own form.
_FORM = 2
LOCK, STATE = "lock", "state.json"
_OURS = (".piece", ".aside", ".part")


@dataclass(frozen=True)
class Summary:
    """What became of rows: read, without a position, without a snapshot, not told into columns.

    ``without_day`` counts those whose day cannot be read, of which ``example`` is one.
    """

    rows: int = 0
    without_position: int = 0
    without_snapshot: int = 0
    skipped: int = 0
    without_day: int = 0
    example: str = ""

    def __add__(self, other: Summary) -> Summary:
        """Return the counts of both, and the first example."""
        mine, yours = asdict(self), asdict(other)
        example = mine.pop("example") or yours.pop("example")
        return Summary(**{name: mine[name] + yours[name] for name in mine}, example=example)


@dataclass(frozen=True)
class Work:
    """A folder of pieces for one output: the input, the plan, and where the pieces stand."""

    source: Input
    plan: Plan
    folder: str

    def part(self, piece: Piece) -> Path:
        """Return where a piece stands when it is done."""
        return Path(self.folder) / f"{piece.number:08}.piece"

    def aside(self, piece: Piece) -> Path:
        """Return where the rows stand that are not told into columns; often there are none."""
        return Path(self.folder) / f"{piece.number:08}.aside"

    def missing(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Return the pieces that are not done."""
        return [piece for piece in pieces if not self.part(piece).exists()]


def prepare(work: Work, *, identity: dict[str, Any]) -> bool:
    """Make the folder of pieces ready; return whether an interrupted run is gone on with.

    Pieces of another input, another plan, or another version of the package or the gazetteer
    are thrown away.

    Raises
    ------
    OutputError
        The folder cannot be written to.
    """
    folder = Path(work.folder)
    state = {"form": _FORM, "made_by": _made_by(), "input": identity, "plan": work.plan.to_dict()}
    wanted = json.dumps(state, sort_keys=True, indent=1)
    path = folder / STATE
    if path.is_file() and path.read_text("utf-8") == wanted:
        return True
    for left in folder.iterdir():
        if left.name != LOCK:
            left.unlink()
    with whole_file(path) as part:
        part.write_text(wanted, "utf-8")
    return False


def do_piece(work: Work, piece: Piece) -> int:
    """Read a piece, measure it and write it, whole or not at all; return its number of rows.

    It does the same on every machine, with the gazetteer that is there, and may be done twice.
    """
    table, skipped = read_piece(work.source, piece)
    points = points_of(table, work.plan, work.source.geometry)
    days = days_of(table, work.plan)
    columns = measured(points, days, work.plan, Gazetteer.default())
    done = _with_columns(table, columns, points, work=work)
    unknown = int(np.isnan(points).any(axis=1).sum())
    dayless = unreadable(table, work.plan, days)
    rows = piece_rows(work.source, piece) if work.source.is_csv and (skipped or dayless) else []
    _keep_aside(work, piece, [row for row in rows if row.fault])
    summary = Summary(
        rows=len(table),
        without_position=unknown,
        without_snapshot=_without_snapshot(columns, unknown),
        skipped=skipped,
        without_day=len(dayless),
        example=_example(table[work.plan.date], dayless[0], rows) if dayless else "",
    )
    note = json.dumps({"bbox": bounds(points), **asdict(summary)}).encode("utf-8")
    target = work.part(piece)
    scratch = target.with_name(f"{target.name}.{platform.node()}-{os.getpid()}.part")
    try:
        _write(done.replace_schema_metadata({_NOTE: note}), scratch)
        flush(scratch)
        scratch.replace(target)
    except OSError as error:
        message = f"{target} cannot be written: {error.strerror or error}"
        raise OutputError(message) from error
    finally:
        scratch.unlink(missing_ok=True)
    return len(table)


def assemble(work: Work, pieces: Sequence[Piece], target: Path) -> Summary:
    """Join the pieces into one GeoParquet file, a row group a piece, and move it in place.

    Raises
    ------
    EnrichError
        A piece is missing.
    OutputError
        The file cannot be written there.
    """
    missing = work.missing(pieces)
    if missing:
        message = f"{len(missing)} of {len(pieces)} pieces are missing in {work.folder}"
        raise EnrichError(message)
    paths = [work.part(piece) for piece in pieces]
    schemas = [pq.read_schema(path) for path in paths]
    notes = [json.loads(schema.metadata[_NOTE]) for schema in schemas]
    box = _joined([note.pop("bbox") for note in notes])
    schema = schemas[0].with_metadata({b"geo": geo_metadata(box)})
    # In the folder of pieces, so that a run that is killed here leaves nothing beside it.
    with whole_file(target, part=Path(work.folder) / _JOINED) as part:
        with pq.ParquetWriter(part, schema, **_options(schema)) as writer:
            for path in paths:
                rows = pq.read_table(path, use_threads=False)
                writer.write_table(rows.replace_schema_metadata(schema.metadata))
        _sync(part)
    total = Summary()
    for note in notes:
        total += Summary(**note)
    return total


def _joined(boxes: Sequence[list[float] | None]) -> list[float] | None:
    known = np.array([box for box in boxes if box], dtype=float)
    if not len(known):
        return None
    return [*known[:, :2].min(axis=0).tolist(), *known[:, 2:].max(axis=0).tolist()]


def _with_columns(table: pa.Table, columns: Columns, points: Floats, *, work: Work) -> pa.Table:
    """Return the rows with what was measured; a column of the input by the same name is renamed."""
    taken = {*columns, GEOMETRY} - ({work.source.geometry} if work.source.geometry else set())
    if work.source.geometry:
        table = table.drop_columns([work.source.geometry])
    table = table.rename_columns(free_names(table.column_names, taken))
    for name, at in ((work.plan.lon, 0), (work.plan.lat, 1)):
        # Text of CSV becomes numbers, so that the columns can be used.
        if name and is_text(table.schema.field(name).type):
            values = pa.array(points[:, at], from_pandas=True)
            table = table.set_column(table.column_names.index(name), name, values)
    for name, column in columns.items():
        table = table.append_column(name, _arrow(column))
    return table.append_column(GEOMETRY, wkb_column(points))


def _arrow(column: Any) -> pa.Array:  # noqa: ANN401 - an array of any type
    if column.dtype == object:
        return pa.array(column, pa.string())
    if column.dtype.kind == "M":
        return pa.array(column, pa.date32())
    return pa.array(column, pa.float64(), from_pandas=True)


def set_aside(work: Work, pieces: Sequence[Piece]) -> list[SetAside]:
    """Return the rows of all pieces that could not be told into columns, with lines and why."""
    files = [work.aside(piece) for piece in pieces]
    rows = [RawRow(**row) for f in files if f.exists() for row in json.loads(f.read_text("utf-8"))]
    return [SetAside.of(row, row.fault) for row in rows]


def _keep_aside(work: Work, piece: Piece, rows: Sequence[RawRow]) -> None:
    if rows:
        with whole_file(work.aside(piece)) as part:
            part.write_text(json.dumps([asdict(row) for row in rows]), "utf-8")


def _example(days: pa.ChunkedArray, row: int, rows: Sequence[RawRow]) -> str:
    """Return a day that cannot be read, with its line where that is sure."""
    text = repr(days[row].as_py())
    good = [one for one in rows if not one.fault]
    return f"line {good[row].line}: {text}" if len(good) == len(days) else text


def _made_by() -> dict[str, Any]:
    """Return what the numbers depend on beside the input: the package and the gazetteer."""
    own = {p.name: [p.stat().st_size, p.stat().st_mtime_ns] for p in user_paths()}
    return {"package": _version(), "gazetteer": manifest()["files"], "own_places": own}


def _version() -> str:
    try:
        return version("geoconflict")
    except PackageNotFoundError:
        return "not installed"


def _without_snapshot(columns: Columns, unknown: int) -> int:
    dates = [column for name, column in columns.items() if name.endswith("snapshot_date")]
    return int(np.isnat(dates[0]).sum()) - unknown if dates else 0


def _options(schema: pa.Schema) -> dict[str, Any]:
    """Return how Parquet is written: a dictionary for texts only, numbers seldom repeat."""
    texts = [field.name for field in schema if pa.types.is_string(field.type)]
    return {"compression": "snappy", "use_dictionary": texts or False}


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, row_group_size=max(1, len(table)), **_options(table.schema))
    _sync(path)


def _sync(path: Path) -> None:
    """Have a file on the disk before it gets its name, also if the power fails."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def own_folder(folder: Path) -> Iterator[None]:
    """Make a folder of pieces if it is not there, and hold it until the end.

    The system lets go of the lock when the process ends, in whatever way.

    Raises
    ------
    EnrichError
        Another run holds it.
    OutputError
        It cannot be made, or holds files of somebody else.
    """
    if folder.exists() and not _is_ours(folder):
        message = f"{folder} holds other files: move them, or give the output another name"
        raise OutputError(message)
    try:
        folder.mkdir(exist_ok=True)
        file = (folder / LOCK).open("a+")
    except OSError as error:
        message = f"the folder {folder} cannot be made: {error.strerror or error}"
        raise OutputError(message) from error
    with file:
        if not lock(file):
            file.seek(0)
            message = f"another run is working on {folder} (process {file.read().strip() or '?'})"
            raise EnrichError(message)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def _is_ours(folder: Path) -> bool:
    """Return whether a folder holds nothing but what an earlier run has left."""
    if not folder.is_dir():
        return False
    return all(p.name in (LOCK, STATE) or p.suffix in _OURS for p in folder.iterdir())
