"""CSV as the project writes it everywhere: rows that stay rows, and no cell that is a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

# A spreadsheet takes such a cell for a formula; with an apostrophe before it is text. One more
# apostrophe is set before those that are there, so that taking one away gives the text back.
# The wide signs are those of East Asian keyboards, which some spreadsheets take alike.
_SIGNS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_FORMULA = re.compile(f"'*[{_SIGNS}]")
_GUARDED = re.compile(f"'+[{_SIGNS}]")
_HALF_LETTER = re.compile("[\ud800-\udfff]")


def own_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of one of our own tables by the names of its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Return a table as CSV, its lines ended by a line feed alone.

    Parameters
    ----------
    columns : sequence of str
        The header.
    rows : iterable of sequences
        Cells; empty for None, numbers as short as they can be, texts guarded. Half a letter (a
        lone surrogate), which no file holds, becomes the sign for an unknown one.

    Examples
    --------
    >>> csv_text(["id", "text"], [["a", "=1+1"], ["b", "one\rtwo"], ["c", None]])
    'id,text\na,\'=1+1\nb,"one\rtwo"\nc,\n'
    """
    return "".join(csv_lines(columns, rows))


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a table as CSV, a row at a time, as ``csv_text`` has it."""
    line = _Line()
    # With this ending the csv module puts a cell that holds a lone return in quotes.
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow(columns)
    yield line.text
    for row in rows:
        # Most begin with a letter or digit, which is soon seen.
        writer.writerow(
            [
                cell
                if cell is None or (type(cell) is str and cell.isascii() and cell[:1].isalnum())
                else _cell_text(cell)
                for cell in row
            ]
        )
        yield line.text


def guard_cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> guard_cell("=1+1"), guard_cell("'=1+1"), guard_cell("'quoted'")
    ("'=1+1", "''=1+1", "'quoted'")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(cell: str) -> str:
    """Return the text of a cell, without the apostrophe that ``guard_cell`` sets."""
    return cell[1:] if _GUARDED.match(cell) else cell


class _Line:
    """A file for the csv module, which writes it a whole row at once; it holds the last one."""

    text = ""

    def write(self, row: str) -> int:
        self.text = f"{row[:-2]}\n"
        return len(row)


def _cell_text(value: object) -> str:
    if isinstance(value, str):
        if not value.isascii() and _HALF_LETTER.search(value):
            value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return guard_cell(value)
    return number_text(value) if isinstance(value, float) else str(value)


def number_text(number: float) -> str:
    """Return a number as short as it can be: whole ones without a point."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
