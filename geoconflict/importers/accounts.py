"""The account that each import gives: rows read, taken, set aside, and why, line by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geoconflict.errors import ImportFileError
from geoconflict.files.reading import long_cells, reading
from geoconflict.files.sheets import csv_text, plain_cell
from geoconflict.files.writing import write_whole
from geoconflict.importers.drafts import json_text
from geoconflict.importers.rawrows import RawRow, RawTable

_COLUMNS = ("file", "line", "reason", "row")
_ANOTHER = "the rows that an import has set aside; move it, or give another output"
# Lines listed for one reason in a text; all of them stand in the file and in the data.
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Remark:
    """What was odd about one row: file, line, a short reason, and what exactly was found."""

    file: str
    line: int
    reason: str
    found: str

    @classmethod
    def of(cls, row: RawRow, text: str) -> Remark:
        """Return a remark on a row; what follows the first colon of the text is what was found."""
        reason, _, found = text.partition(": ")
        return cls(row.file, row.line, reason, found)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that is no event: why, and the row as it was, as JSON."""

    remark: Remark
    row: str

    @classmethod
    def of(cls, row: RawRow, text: str) -> SetAside:
        """Return a row that is set aside for a reason, as ``Remark.of`` takes it."""
        return cls(Remark.of(row, text), _whole(row))


@dataclass(frozen=True)
class Account:
    """What became of the rows of a source.

    Parameters
    ----------
    source : str
        Title of the source.
    read : int
        Rows below the headers.
    taken : int
        Rows that are in the casebook, as an event or as a further report on one.
    events : int
        Events made of them.
    repeated : int
        Rows that say once more what an earlier row says.
    set_aside : tuple of SetAside
        Rows that are no event.
    doubts : tuple of Remark
        What is doubtful about rows that were taken.
    notes : tuple of str
        What was odd about the files, and the terms of the source.
    columns : tuple of str
        What each column was taken for, with a cell of it; empty where the source says it itself.
    """

    source: str
    read: int
    taken: int
    events: int
    repeated: int
    set_aside: tuple[SetAside, ...]
    doubts: tuple[Remark, ...]
    notes: tuple[str, ...]
    columns: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the account in words, a line a reason, with the lines of the files."""
        counts = f"{self.read:,} rows read, {self.taken:,} taken as {self.events:,} events"
        if self.repeated:
            counts += f", {self.repeated:,} repeated"
        lines = [f"{self.source}: {counts}, {len(self.set_aside):,} set aside"]
        lines += [f"  column {column}" for column in self.columns]
        lines += [f"  {note}" for note in self.notes]
        lines += _reasons("set aside", [one.remark for one in self.set_aside])
        lines += _reasons("taken, but", self.doubts)
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Return the account as plain types, with every line."""
        return {
            **vars(self),
            "set_aside": [asdict(one.remark) for one in self.set_aside],
            "doubts": [asdict(remark) for remark in self.doubts],
            "notes": list(self.notes),
            "columns": list(self.columns),
        }


def read_set_aside(path: Path) -> list[list[str]]:
    """Return the rows that earlier imports have set aside: file, line, reason, row.

    Raises
    ------
    ImportFileError
        The file is none that an import has written.
    """
    if not path.is_file():
        return []
    with reading(str(path), expected=_ANOTHER, raises=ImportFileError), long_cells():
        text = path.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
    if tuple(rows[0] if rows else ()) != _COLUMNS or any(len(r) != len(_COLUMNS) for r in rows):
        message = f"{path}: found another table, expected {_ANOTHER}"
        raise ImportFileError(message)
    return [[plain_cell(cell) for cell in row] for row in rows[1:]]


def write_set_aside(rows: Sequence[SetAside], path: Path, *, read: Sequence[RawTable]) -> bool:
    """Write the rows that were set aside as CSV; return whether there is such a file now.

    What an earlier import left there stays, unless the same row was read again now.

    Parameters
    ----------
    rows : sequence of SetAside
        Rows of this import.
    path : Path
        The CSV file.
    read : sequence of RawTable
        All tables that were read now.

    Raises
    ------
    ImportFileError
        Another file has this name.
    """
    earlier = read_set_aside(path)
    lines = {(cells[0], cells[1]) for cells in earlier}
    again = {
        (row.file, str(row.line), _whole(row))
        for table in (read if lines else ())
        for row in table.rows
        if (row.file, str(row.line)) in lines
    }
    kept = [cells for cells in earlier if (cells[0], cells[1], cells[3]) not in again]
    new = [[r.remark.file, str(r.remark.line), _reason(r.remark), r.row] for r in rows]
    if not kept and not new:
        path.unlink(missing_ok=True)
        return False
    ordered = sorted([*kept, *new], key=_order)
    write_whole(path, csv_text(_COLUMNS, ordered))
    return True


def _order(cells: Sequence[str]) -> tuple[str, int, Sequence[str]]:
    """Return what rows are put in order by; somebody may have changed a line by hand."""
    return cells[0], int(cells[1]) if cells[1].isdecimal() else 0, cells[1:]


def _reason(remark: Remark) -> str:
    return f"{remark.reason}: {remark.found}" if remark.found else remark.reason


def _whole(row: RawRow) -> str:
    return json_text(row.rest(()))


def _reasons(what: str, remarks: Sequence[Remark]) -> list[str]:
    by_reason: dict[str, list[Remark]] = {}
    for remark in remarks:
        by_reason.setdefault(remark.reason, []).append(remark)
    ordered = sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0]))
    return [f"  {what}: {reason}: {_rows(found)}" for reason, found in ordered]


def _rows(remarks: Sequence[Remark]) -> str:
    files: dict[str, list[int]] = {}
    for remark in remarks:
        files.setdefault(remark.file, []).append(remark.line)
    listed = []
    for file, lines in files.items():
        shown = ", ".join(map(str, lines[:_SHOWN]))
        more = f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
        listed.append(f"{file} line {shown}{more}")
    example = next((remark.found for remark in remarks if remark.found), "")
    return f"{len(remarks)} ({'; '.join(listed)}{f': {example}' if example else ''})"
