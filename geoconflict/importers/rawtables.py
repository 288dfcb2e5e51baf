"""Tables as sources publish them, of any encoding and separator, zipped or JSON, line by line."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from geoconflict.errors import ImportFileError
from geoconflict.files.archives import Limits, members, named
from geoconflict.files.reading import long_cells, one_line, reading, text_name
from geoconflict.importers.grids import Line, Unclosed, grid_row, grid_table
from geoconflict.importers.jsontables import read_json
from geoconflict.importers.layers import SIDECARS, VECTORS, read_layers, read_packed_layers
from geoconflict.importers.rawrows import RawRow, RawTable
from geoconflict.importers.texts import Open, Text, find_text
from geoconflict.importers.workbooks import is_workbook, read_workbook

_SEPARATORS = ",;\t|"
_LINES = 20
_START = 100_000
_LOOKED_AT = 64
_SHOWN = 5
_AT_ONCE = 1_000
# All of VIINA's reports are 1.5 GB.
_LIMITS = Limits(members=2_000, bytes=4_000_000_000)
_TEXTS = (".csv", ".tsv", ".json", ".geojson")
# A plain text can be a table, and is mostly a note on one.
_MAYBE, _MOST = ".txt", 0.6
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
        with _reading(text_name(path)):
            return [read_layers(path, file=text_name(path))]
    opened: Open = lambda: path.open("rb")  # noqa: E731
    if not path.is_file():
        # What a pipe holds can be read once.
        opened = partial(io.BytesIO, path.read_bytes())
    with opened() as stream:
        start = stream.read(_LOOKED_AT)
    if path.is_file() and start.startswith(b"PK"):
        return _zipped(path)
    _refuse_no_table(text_name(path), start)
    return [_table(text_name(path), opened)]


def _zipped(path: Path) -> list[RawTable]:
    with _reading(text_name(path)):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
        if is_workbook(names):
            return read_workbook(path)
    if any(name.lower().endswith(".kml") for name in names) and not any(
        name.lower().endswith((*_TEXTS, *VECTORS)) for name in names
    ):
        message = f"{text_name(path)}: found KML; use: geoconflict import kml (or geoconfirmed)"
        raise ImportFileError(message)
    files = zip_members(path, *_TEXTS, *VECTORS, *SIDECARS, _MAYBE)
    parts = {
        name.removeprefix(f"{text_name(path)}/"): content
        for name, content in files
        if not name.lower().endswith(_MAYBE) or _is_table(name, content)
    }
    if not any(not name.lower().endswith(SIDECARS) for name in parts):
        message = f"{text_name(path)}: found no table among {', '.join(dict(files))}"
        raise ImportFileError(message)
    with _reading(text_name(path)):
        tables = [
            read_packed_layers(parts, name, file=f"{text_name(path)}/{name}")
            if name.lower().endswith(VECTORS)
            else _table(f"{text_name(path)}/{name}", partial(io.BytesIO, content))
            for name, content in parts.items()
            if not name.lower().endswith(SIDECARS)
        ]
    left = [name for name in names if named("")(name) and name not in parts and name[-1] != "/"]
    said = [f"the file {one_line(name)} of the zip is not read" for name in left[:_SHOWN]]
    said += [f"{len(left) - _SHOWN} more files of the zip are not read"] * (len(left) > _SHOWN)
    return [replace(tables[0], remarks=(*tables[0].remarks, *said)), *tables[1:]]


def _is_table(file: str, content: bytes) -> bool:
    """Return whether a text is a table: a mark stands as often in most of its first lines."""
    with find_text(file, partial(io.BytesIO, content)).open() as stream:
        start = stream.read(_START)
    mark = guess_separator(start)
    lines = [line for line in start.splitlines() if line.strip()][:_LINES]
    counts = Counter(line.count(mark) for line in lines)
    most, often = counts.most_common(1)[0] if counts else (0, 0)
    return most > 1 and often > 1 and often >= _MOST * len(lines)


def _refuse_no_table(file: str, content: bytes) -> None:
    """Say what a file is that is known to hold no table."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, what in _NO_TABLES:
        if start.lower().startswith(mark.lower()):
            message = f"{file}: found {what}"
            raise ImportFileError(message)


def guess_separator(text: str) -> str:
    """Return what stands between the columns of a CSV text, by its first lines.

    It stands as often in most of them, which commas of decimals and descriptions do not.
    """
    # What stands in quotation marks is of one cell.
    plain = re.sub(r'"[^"\r\n]*"', "", text[:_START])
    lines = [line for line in plain.splitlines() if line.strip()][:_LINES]

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
    same: dict[str, str] = {}
    with _reading(file), long_cells():
        lines = _lines(file, csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        return [grid_row(file, line, cells, own=own, same=same) for line, cells in lines]


def zip_members(path: Path, *suffixes: str) -> list[tuple[str, bytes]]:
    """Return the files of a zip with these endings, unpacked, by their names.

    Raises
    ------
    ImportFileError
        The zip is damaged, unpacks to far more than it should, or holds no such file.
    """
    with _reading(text_name(path)):
        found = members(path, wanted=named(*suffixes), limits=_LIMITS)
    if not found:
        message = f"{text_name(path)} holds no {' or '.join(suffixes)} file"
        raise ImportFileError(message)
    return [(f"{text_name(path)}/{name}", content) for name, content in found.items()]


def _table(file: str, open_bytes: Open) -> RawTable:
    with _reading(file), long_cells():
        text = find_text(file, open_bytes)
        with text.open() as stream:
            start = stream.read(_START)
            if start.lstrip()[:1] in ("[", "{"):
                return read_json(file, start + stream.read(), text.remarks)
        return _csv_table(file, text, start.replace("\x00", ""))


def _reading(file: str) -> AbstractContextManager[None]:
    return reading(
        file,
        expected="a table as CSV, JSON, a workbook, points of a map, or a zip of them",
        raises=ImportFileError,
    )


def _csv_table(file: str, text: Text, start: str) -> RawTable:
    stated = re.match(r"sep=([^\r\n]|\\t)\r?\n", start, re.IGNORECASE)
    separator = stated[1].replace("\\t", "\t") if stated else guess_separator(start)
    remarks = list(text.remarks)
    if separator != ",":
        remarks.append(f"columns are separated by {'a tab' if separator == chr(9) else separator}")
    return grid_table(file, _CsvLines(file, text, separator, bool(stated)), remarks)


@dataclass(frozen=True)
class _CsvLines:
    """The lines of a CSV text as cells, read anew each time; ``is_stated``: the first says how."""

    file: str
    text: Text
    separator: str
    is_stated: bool

    def __iter__(self) -> Iterator[Line]:
        with self.text.open() as stream:
            plain = _Plain(stream)
            if self.is_stated:
                next(iter(plain))
            reader = csv.reader(plain, delimiter=self.separator)
            lines = _lines(self.file, reader)
            last: Line | None = None
            while some := self._some(lines):
                if last:
                    yield last
                # The line that names the separator counts as one.
                some = [(line + self.is_stated, cells) for line, cells in some]
                yield from some[:-1]
                last = some[-1]
            if last:
                yield (last[0], Unclosed(last[1])) if plain.quotes % 2 else last

    def _some(self, lines: Iterator[Line]) -> list[Line]:
        with _reading(self.file), long_cells():
            return list(islice(lines, _AT_ONCE))


class _Plain:
    """The lines of a text without what no text holds, and how many quotation marks were in it."""

    def __init__(self, stream: Iterable[str]) -> None:
        self._stream, self.quotes = stream, 0

    def __iter__(self) -> Iterator[str]:
        for line in self._stream:
            self.quotes += line.count('"')
            yield line.replace("\x00", "") if "\x00" in line else line


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
