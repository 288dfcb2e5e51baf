"""Tables as sources publish them, of any encoding and separator, zipped or JSON, line by line."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from geoconflict.errors import ImportFileError
from geoconflict.files.archives import Limits, members, named
from geoconflict.files.reading import long_cells, reading
from geoconflict.importers.grids import grid_row, grid_table
from geoconflict.importers.jsontables import read_json
from geoconflict.importers.layers import SIDECARS, VECTORS, read_layers, read_packed_layers
from geoconflict.importers.rawrows import RawRow, RawTable
from geoconflict.importers.texts import decoded
from geoconflict.importers.workbooks import is_workbook, read_workbook

_SEPARATORS = ",;\t|"
_LOOKED_AT = 20
# All of VIINA's reports are 1.5 GB.
_LIMITS = Limits(members=2_000, bytes=4_000_000_000)
_TEXTS = (".csv", ".tsv", ".json", ".geojson")
_NO_TABLES = (
    (b"\xd0\xcf\x11\xe0", "a workbook of old Excel: save it as .xlsx or CSV"),
    (b"%PDF", "a PDF: copy its table into a spreadsheet and save that as CSV"),
    (b"<?xml", "XML; of KML use: geoconflict import kml"),
    (b"<kml", "KML; use: geoconflict import kml"),
    (b"<!DOCTYPE", "a web page: save the table itself as CSV"),
    (b"<html", "a web page: save the table itself as CSV"),
    (b"PAR1", "Parquet, which geoconflict enrich reads: save it as CSV"),
)


def read_raw(path: str | Path) -> list[RawTable]:
    """Return the tables of a file: one, or each that a zip holds.

    Parameters
    ----------
    path : str or Path
        CSV with any separator, JSON, a workbook (``.xlsx``, ``.ods``), a GeoPackage, a
        shapefile, GPX, or a ``.zip`` of these; a text in UTF-8, UTF-16, cp1252 or cp1251.

    Raises
    ------
    ImportFileError
        It holds no table.
    OSError
        It is not there or may not be read.
    """
    path = Path(path)
    if path.is_dir():
        message = f"{path} is a folder; expected a file of the source"
        raise ImportFileError(message)
    if path.suffix.lower() in VECTORS:
        path.stat()
        with _reading(path.name):
            return [read_layers(path, file=path.name)]
    with path.open("rb") as stream:
        is_zip = stream.read(2) == b"PK"
    if is_zip:
        return _zipped(path)
    content = path.read_bytes()
    _refuse_no_table(path.name, content)
    return [_table(path.name, content)]


def _zipped(path: Path) -> list[RawTable]:
    with _reading(path.name):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
        if is_workbook(names):
            return [read_workbook(path)]
    files = zip_members(path, *_TEXTS, *VECTORS, *SIDECARS)
    parts = {name.removeprefix(f"{path.name}/"): content for name, content in files}
    with _reading(path.name):
        return [
            read_packed_layers(parts, name, file=f"{path.name}/{name}")
            if name.lower().endswith(VECTORS)
            else _table(f"{path.name}/{name}", content)
            for name, content in parts.items()
            if not name.lower().endswith(SIDECARS)
        ]


def _refuse_no_table(file: str, content: bytes) -> None:
    """Say what a file is that is known to hold no table."""
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, what in _NO_TABLES:
        if start.lower().startswith(mark.lower()):
            message = f"{file}: found {what}"
            raise ImportFileError(message)


def guess_separator(text: str) -> str:
    """Return what stands between the columns of a CSV text, by its first lines.

    It stands as often in most of them, which commas of decimals and descriptions do not.
    """
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:_LOOKED_AT]

    def weight(mark: str) -> tuple[int, int, bool]:
        counts = Counter(count for line in lines if (count := line.count(mark)))
        often = counts.most_common(1)[0] if counts else (0, 0)
        return often[1], often[0], mark == ","

    return max(_SEPARATORS, key=weight)


def csv_rows(file: str, text: str, *, columns: Sequence[str], separator: str) -> list[RawRow]:
    """Return the rows of a CSV text without a header, numbered from its first line as 1.

    Parameters
    ----------
    file : str
        The name that the rows bear.
    text : str
    columns : sequence of str
        Names of the columns; a row with more or fewer cells has a fault.
    separator : str

    Raises
    ------
    ImportFileError
        A cell is longer than any real one.
    """
    own = {name.lower(): name for name in columns}
    with _reading(file), long_cells():
        lines = _lines(file, csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        return [grid_row(file, line, cells, own=own) for line, cells in lines]


def zip_members(path: Path, *suffixes: str) -> list[tuple[str, bytes]]:
    """Return the files of a zip with these endings, unpacked, by their names.

    Raises
    ------
    ImportFileError
        The zip is damaged, unpacks to far more than it should, or holds no such file.
    """
    with _reading(path.name):
        found = members(path, wanted=named(*suffixes), limits=_LIMITS)
    if not found:
        message = f"{path.name} holds no {' or '.join(suffixes)} file"
        raise ImportFileError(message)
    return [(f"{path.name}/{name}", content) for name, content in found.items()]


def _table(file: str, content: bytes) -> RawTable:
    with _reading(file), long_cells():
        text, remarks = decoded(file, content)
        if text.lstrip()[:1] in ("[", "{"):
            return read_json(file, text, remarks)
        return _csv_table(file, text, remarks)


def _reading(file: str) -> AbstractContextManager[None]:
    return reading(
        file,
        expected="a table as CSV, JSON, a workbook, points of a map, or a zip of them",
        raises=ImportFileError,
    )


def _csv_table(file: str, text: str, remarks: list[str]) -> RawTable:
    text = text.replace("\x00", "")
    stated = re.match(r"sep=([^\r\n]|\\t)\r?\n", text, re.IGNORECASE)
    start = stated.end() if stated else 0
    separator = stated[1] if stated else guess_separator(text)
    if separator != ",":
        remarks.append(f"columns are separated by {'a tab' if separator == chr(9) else separator}")
    reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=separator)
    # The line that names the separator counts as one.
    lines = ((line + bool(start), cells) for line, cells in _lines(file, reader))
    table = grid_table(file, lines, remarks)
    rows = table.rows
    if rows and text.count('"') % 2 and any("\n" in v for v in rows[-1].values.values()):
        last = replace(rows[-1], fault="a quotation mark that is opened and never closed")
        return replace(table, rows=(*rows[:-1], last))
    return table


def _lines(file: str, reader: Any) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 - the csv module names no type
    start = 1
    try:
        for cells in reader:
            if cells:
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        message = f"{file}:{reader.line_num}: found a broken row ({error}), expected CSV"
        raise ImportFileError(message) from error
