"""A table of any size in pieces that can be read each on its own, by any process."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import shapely

from geoconflict.enrichment.measuring import without_impossible
from geoconflict.enrichment.plan import Plan
from geoconflict.errors import DateError, EnrichError
from geoconflict.files.geoparquet import point_column
from geoconflict.files.reading import reading
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.rawtables import csv_rows, guess_separator
from geoconflict.measuring.datewords import read_day
from geoconflict.measuring.dayforms import ORDERS, Order, shown_order
from geoconflict.measuring.geodesy import Floats

# Rows in one piece: few enough for memory, many enough that starting one costs nothing.
ROWS = 250_000
_CHUNK = 1 << 24
_MOST_RECORD = 1 << 26
# What a damaged file says of itself may be beyond all counting.
_MOST_ROWS = 1 << 31
_SAMPLES, _SAMPLE = 64, 1 << 16

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]
Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class Piece:
    """Some rows of a file.

    ``start`` and ``stop`` are bytes of a CSV file, of which ``line`` is the first line; or rows
    within the row group ``group`` of a Parquet file.
    """

    number: int
    start: int
    stop: int
    group: int = -1
    line: int = 0


@dataclass(frozen=True)
class Input:
    """A file of events: where it is, its columns, and of which kind it is.

    ``geometry`` is the name of its column of points, empty where it has none; ``separator`` and
    ``body`` (the byte after the header) are of CSV only.
    """

    path: str
    columns: tuple[str, ...]
    geometry: str = ""
    separator: str = ""
    body: int = 0

    @property
    def is_csv(self) -> bool:
        """Whether it is CSV; else it is Parquet."""
        return bool(self.separator)


def open_input(path: str | Path) -> Input:
    """Return what there is to know of a file before its rows are read.

    Raises
    ------
    EnrichError
        It is neither CSV in UTF-8 nor Parquet, or empty.
    OSError
        It is not there or may not be read.
    """
    path = Path(path).resolve()
    with path.open("rb") as file, _reading(path.name):
        start = file.read(4)
        file.seek(0)
        if start == b"PAR1":
            return _open_parquet(path)
        return _open_csv(path, file.readline(_CHUNK))


def digest(path: str | Path) -> dict[str, Any]:
    """Return what tells a file from another: size, time, and a hash of 64 spots in it."""
    path = Path(path)
    size = path.stat().st_size
    found = hashlib.sha256()
    with path.open("rb") as file:
        for spot in np.linspace(0, max(0, size - _SAMPLE), _SAMPLES, dtype=np.int64):
            file.seek(int(spot))
            found.update(file.read(_SAMPLE))
    return {"size": size, "mtime_ns": path.stat().st_mtime_ns, "sha256": found.hexdigest()}


def split(source: Input, *, rows: int = ROWS) -> list[Piece]:
    """Return the pieces of a file, in order.

    Raises
    ------
    EnrichError
        There is no row, or a row of a CSV file has no end since a quote is missing.
    """
    with _reading(Path(source.path).name):
        spans = _csv_spans(source, rows) if source.is_csv else _parquet_spans(source, rows)
        pieces = [replace(span, number=number) for number, span in enumerate(spans)]
    if not pieces:
        message = f"{Path(source.path).name}: found no row, expected events below the header"
        raise EnrichError(message)
    return pieces


def read_piece(source: Input, piece: Piece) -> tuple[pa.Table, int]:
    """Return the rows of a piece, and how many could not be told apart into columns.

    All columns of CSV are text; an empty cell is null.

    Raises
    ------
    EnrichError
        The bytes are no UTF-8 or no table.
    """
    with _reading(f"{Path(source.path).name}, piece {piece.number + 1}"):
        return _read_csv(source, piece) if source.is_csv else (_read_parquet(source, piece), 0)


def _reading(file: str) -> AbstractContextManager[None]:
    return reading(file, expected="Parquet or CSV: save it as UTF-8", raises=EnrichError)


def piece_rows(source: Input, piece: Piece) -> list[RawRow]:
    """Return the rows of a piece of CSV one by one with their lines, for telling what is odd."""
    name = Path(source.path).name
    text = _content(source, piece).decode("utf-8", errors="replace")
    rows = csv_rows(name, text, columns=source.columns, separator=source.separator)
    return [replace(row, line=row.line + piece.line - 1) for row in rows]


def _content(source: Input, piece: Piece) -> bytes:
    with Path(source.path).open("rb") as file:
        file.seek(piece.start)
        return file.read(piece.stop - piece.start)


def _open_parquet(path: Path) -> Input:
    schema = pq.read_schema(path)
    return Input(str(path), tuple(schema.names), geometry=point_column(path.name, schema))


def _open_csv(path: Path, header: bytes) -> Input:
    text = header.decode("utf-8-sig").rstrip("\r\n")
    separator = guess_separator(text)
    columns = next(csv.reader(io.StringIO(text), delimiter=separator), [])
    if not any(columns) or len(set(columns)) != len(columns):
        message = f"{path.name}:1: found no header with a different name for each column"
        raise EnrichError(message)
    return Input(str(path), tuple(columns), separator=separator, body=len(header))


def _csv_spans(source: Input, rows: int) -> Iterator[Piece]:
    """Yield the bytes of pieces: a line ends a row where the quotes before it are in pairs."""
    start = end = offset = source.body
    count, quotes, line, lines = 0, 0, 2, 2
    with Path(source.path).open("rb") as file:
        file.seek(source.body)
        while block := file.read(_CHUNK):
            data = np.frombuffer(block, np.uint8)
            breaks = np.flatnonzero(data == 10)
            ends = _row_ends(data, breaks, quotes)
            quotes = (quotes + int((data == 34).sum())) % 2
            taken = 0
            while len(ends) - taken >= rows - count:
                taken += rows - count
                stop = offset + int(ends[taken - 1]) + 1
                yield Piece(0, start, stop, line=line)
                line = lines + int(np.searchsorted(breaks, ends[taken - 1], side="right"))
                start, count = stop, 0
            count += len(ends) - taken
            end = offset + int(ends[-1]) + 1 if len(ends) else end
            offset, lines = offset + len(block), lines + len(breaks)
            if offset - end > _MOST_RECORD:
                raise _unclosed(source)
    if quotes:
        raise _unclosed(source)
    if offset > start:
        yield Piece(0, start, offset, line=line)


def _unclosed(source: Input) -> EnrichError:
    """Return the error that a quote is missing, with the first row that shows it."""
    with Path(source.path).open(encoding="utf-8-sig", errors="replace", newline="") as file:
        line = _odd_line(source, csv.reader(file, delimiter=source.separator))
    return EnrichError(
        f"{Path(source.path).name}:{line}: found a quotation mark that is never closed, which "
        "would hide the rows after it; expected quotes in pairs"
    )


def _odd_line(source: Input, reader: Any) -> int:  # noqa: ANN401 - the csv module names no type
    """Return the line of the first row that has not a cell a column; else that of the last."""
    start = line = 1
    try:
        for cells in reader:
            if cells:
                line = start
            if cells and len(cells) != len(source.columns):
                break
            start = int(reader.line_num) + 1
    except csv.Error:
        return start
    return line


def _row_ends(data: Bytes, breaks: Places, quotes: int) -> Places:
    marks = np.flatnonzero(data == 34)
    if not len(marks):
        return breaks if quotes == 0 else breaks[:0]
    before = np.searchsorted(marks, breaks) + quotes
    ends: Places = breaks[before % 2 == 0]
    return ends


def _parquet_spans(source: Input, rows: int) -> Iterator[Piece]:
    meta = pq.read_metadata(source.path)
    for group in range(meta.num_row_groups):
        count = meta.row_group(group).num_rows
        if count > _MOST_ROWS:
            message = f"a group of {count:,} rows"
            raise ValueError(message)
        for start in range(0, count, rows):
            yield Piece(0, start, min(start + rows, count), group)


def _read_csv(source: Input, piece: Piece) -> tuple[pa.Table, int]:
    content = _content(source, piece)
    # The parser would count no row that is no UTF-8 and too short or too long.
    content.decode("utf-8")
    skipped = 0

    def skip(_: object) -> str:
        nonlocal skipped
        skipped += 1
        return "skip"

    table = pyarrow.csv.read_csv(
        pa.BufferReader(content),
        read_options=pyarrow.csv.ReadOptions(
            column_names=list(source.columns), use_threads=False, block_size=_CHUNK
        ),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=source.separator, newlines_in_values=True, invalid_row_handler=skip
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(source.columns, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
    return table.combine_chunks(), skipped


def _read_parquet(source: Input, piece: Piece) -> pa.Table:
    with pq.ParquetFile(source.path) as file:
        batches = []
        at = 0
        for batch in file.iter_batches(65_536, row_groups=[piece.group], use_threads=False):
            low, high = max(piece.start - at, 0), min(piece.stop - at, len(batch))
            if low < high:
                batches.append(batch.slice(low, high - low))
            at += len(batch)
            if at >= piece.stop:
                break
        return pa.Table.from_batches(batches, file.schema_arrow).replace_schema_metadata(None)


def points_of(table: pa.Table, plan: Plan, geometry: str) -> Floats:
    """Return lon and lat of each row, shape (n, 2); NaN where they are missing or no position."""
    if geometry:
        shapes = shapely.from_wkb(table[geometry].to_numpy(zero_copy_only=False))
        points = np.column_stack((shapely.get_x(shapes), shapely.get_y(shapes)))
    else:
        points = np.column_stack([_floats(table[name]) for name in (plan.lon, plan.lat)])
    return without_impossible(points)


def days_of(table: pa.Table, plan: Plan) -> Days | None:
    """Return the day of each row, NaT where it cannot be read; None where none is needed.

    Raises
    ------
    EnrichError
        Days with slashes show that they stand in the other order.
    """
    if not plan.date:
        return None
    column = table[plan.date].combine_chunks()
    if pa.types.is_temporal(column.type):
        days = pc.cast(column, pa.date32(), safe=False)
        stated: Days = days.to_numpy(zero_copy_only=False).astype("datetime64[D]")
        return stated
    texts = pc.dictionary_encode(pc.cast(column, pa.string()))
    held = texts.dictionary.to_pylist()
    _check_order(held, plan)
    values = [_day(text, plan.date_order) for text in held]
    known: Days = np.array([*values, None], dtype="datetime64[D]")
    found: Days = known[pc.fill_null(texts.indices, len(values)).to_numpy(zero_copy_only=False)]
    return found


def unreadable(table: pa.Table, plan: Plan, days: Days | None) -> list[int]:
    """Return the rows that state a day which cannot be read, by their numbers from 0."""
    if days is None:
        return []
    column = table[plan.date]
    stated = pc.is_valid(column).to_numpy(zero_copy_only=False)
    return [int(row) for row in np.flatnonzero(stated & np.isnat(days))]


def _check_order(texts: Sequence[str], plan: Plan) -> None:
    """Check that days with slashes do not show the other order than the one they are read in."""
    shown = shown_order(texts)
    if shown and shown != plan.date_order:
        wrong = next(text for text in texts if shown_order([text]))
        message = (
            f"{plan.date}: found {wrong!r}, which is no day when read as {ORDERS[plan.date_order]};"
            f" expected that order, or --date-order {shown}"
        )
        raise EnrichError(message)


def is_text(kind: pa.DataType) -> bool:
    """Return whether a type is one of Arrow's three for text."""
    types = pa.types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _floats(column: pa.ChunkedArray) -> Floats:
    if is_text(column.type):
        column = _numbers(pc.cast(column, pa.string()))
    values = pc.cast(column, pa.float64(), safe=False)
    found: Floats = pc.fill_null(values, np.nan).to_numpy()
    return found.astype(float)


def _numbers(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts that are numbers, the rest null; decimal commas are read."""
    texts = pc.replace_substring(pc.utf8_trim_whitespace(column), ",", ".")
    is_number = pc.match_substring_regex(texts, r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$")
    kept = pc.if_else(is_number, texts, pa.scalar(None, texts.type))
    return pc.cast(kept, pa.float64())


@lru_cache(maxsize=65_536)
def _day(text: str, order: Order) -> dt.date | None:
    try:
        return read_day(text, order=order)
    except DateError:
        return None
