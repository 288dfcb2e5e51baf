"""Tables as sources publish them, of any encoding and separator, zipped or JSON, line by line."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from geoconflict.errors import ImportFileError
from geoconflict.files.archives import Limits, members, named
from geoconflict.files.reading import long_cells, reading
from geoconflict.importers.jsontables import read_json
from geoconflict.importers.rawrows import RawRow, RawTable, cell_text

_TAG = re.compile(r"#[a-z]\w*(\s*[+#].*)?", re.IGNORECASE)
_SEPARATORS = ",;\t|"
# All of VIINA's reports are 1.5 GB.
_LIMITS = Limits(members=2_000, bytes=4_000_000_000)


def read_raw(path: str | Path) -> list[RawTable]:
    """Return the tables of a file: one of CSV or JSON, or each that a zip holds.

    Parameters
    ----------
    path : str or Path
        ``.csv``, ``.tsv``, ``.json`` or ``.zip``; the text in UTF-8, UTF-16, cp1252 or cp1251.

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
    content = path.read_bytes()
    if content.startswith(b"PK"):
        return [_table(name, data) for name, data in zip_members(path, ".csv", ".tsv", ".json")]
    return [_table(path.name, content)]


def guess_separator(text: str) -> str:
    """Return what stands between the columns of a CSV text, by its first line."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(_SEPARATORS, key=lambda mark: (first.count(mark), mark == ","))


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
        return [_row(file, line, cells, own=own) for line, cells in lines]


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
        text, remarks = _decoded(file, content)
        if text.lstrip()[:1] in ("[", "{"):
            return read_json(file, text, remarks)
        return _csv_table(file, text, remarks)


def _reading(file: str) -> AbstractContextManager[None]:
    return reading(file, expected="a table as CSV, JSON or a zip of them", raises=ImportFileError)


def _decoded(file: str, content: bytes) -> tuple[str, list[str]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), ["the text is UTF-16"]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        if b"\x00" in content:
            message = f"{file}:{line}: found bytes that are no text, expected a table"
            raise ImportFileError(message) from error
    # Words of Cyrillic are runs of high bytes; in cp1252 these are single letters with accents.
    encoding = "cp1251" if re.search(rb"[\xc0-\xff]{4}", content) else "cp1252"
    return content.decode(encoding, errors="replace"), [f"the text is no UTF-8; read as {encoding}"]


def _csv_table(file: str, text: str, remarks: list[str]) -> RawTable:
    text = text.replace("\x00", "")
    separator = guess_separator(text)
    if separator != ",":
        remarks.append(f"columns are separated by {'a tab' if separator == chr(9) else separator}")
    lines = _lines(file, csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    header = next(lines, (1, []))[1]
    names = [name.strip() or f"column {n}" for n, name in enumerate(header, start=1)]
    columns = [name.lower() for name in names]
    if not any(name.strip() for name in header):
        message = f"{file}:1: found an empty file, expected a table with a header"
        raise ImportFileError(message)
    own = dict(zip(columns, names, strict=True))
    if len(own) < len(columns):
        doubled = min((Counter(columns) - Counter(own.keys())).keys())
        message = f"{file}:1: found the column {doubled!r} twice, expected it once"
        raise ImportFileError(message)
    rows: list[RawRow] = []
    for line, cells in lines:
        row = _row(file, line, cells, own=own)
        if not rows and _is_tag_row(row):
            remarks.append(f"line {line} holds tags of the Humanitarian Exchange Language")
        elif row.values or row.fault:
            rows.append(row)
    if rows and text.count('"') % 2 and any("\n" in v for v in rows[-1].values.values()):
        rows[-1] = replace(rows[-1], fault="a quotation mark that is opened and never closed")
    return RawTable(file, tuple(columns), tuple(remarks), tuple(rows))


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


def _row(file: str, line: int, cells: list[str], *, own: Mapping[str, str]) -> RawRow:
    # Spreadsheets write empty cells to the right of the table.
    while len(cells) > len(own) and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != len(own):
        values = {f"cell {n}": cell for n, cell in enumerate(cells, start=1)}
        fault = f"{len(cells)} cells where the header has {len(own)}"
        if any("\n" in cell for cell in cells):
            fault += "; a quotation mark may be missing"
        return RawRow(file, line, values, fault=fault)
    pairs = ((name, cell_text(cell)) for name, cell in zip(own, cells, strict=True))
    return RawRow(file, line, {name: cell for name, cell in pairs if cell}, own)


def _is_tag_row(row: RawRow) -> bool:
    tags = [_TAG.fullmatch(value) for value in row.values.values()]
    return sum(map(bool, tags)) >= 2 and sum(map(bool, tags)) * 2 >= len(tags)
