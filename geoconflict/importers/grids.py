"""A grid of cells made into a table: its header found, each row named by it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from geoconflict.errors import ImportFileError
from geoconflict.importers.columnnames import counts_part, is_known, named_columns
from geoconflict.importers.rawrows import RawRow, RawTable, cell_text, is_ditto

Line = tuple[int, list[str]]
_AGAIN = re.compile(r" \(\d+\)$")
_NUMBER = re.compile(r"[~<>≈]?\d{1,9}\+?")
_DIGIT = re.compile(r"\d")
_TAG = re.compile(r"#[a-z]\w*(\s*[+#].*)?", re.IGNORECASE)
# Titles and notes above a header are no longer than this.
LOOKED_AT = 20
_GROUPED = 4
_SHOWN = 5
# Surveys have a thousand columns; what has more is no table of events.
_MOST_COLUMNS = 4_000
_MOST_SHARED = 8_000


class Unclosed(list[str]):
    """The cells of the last line of a table in which quotation marks do not stand in pairs."""


def grid_table(file: str, lines: Iterable[Line], remarks: Sequence[str]) -> RawTable:
    """Return a table of lines of cells, numbered as in the file.

    What stands above the header, a title or notes, is told among the remarks. The lines are gone
    through anew each time that the rows are.

    Raises
    ------
    ImportFileError
        There is no header.
    """
    first = list(islice(lines, LOOKED_AT))
    widest = max((len(cells) for _, cells in first), default=0)
    if widest > _MOST_COLUMNS:
        message = f"{file}:1: found {widest:,} columns, expected at most {_MOST_COLUMNS:,}"
        raise ImportFileError(message)
    at = header_at([cells for _, cells in first])
    said = list(remarks)
    above = [" ".join(filter(None, map(str.strip, cells))) for _, cells in first[:at]]
    if above:
        numbers = f"line {first[0][0]}" + (f" to {first[at - 1][0]}" if at > 1 else "")
        said.append(f"{numbers} above the header is no row: {'; '.join(filter(None, above))[:200]}")
    header = first[at] if first else (1, [])
    if _is_second_storey([cells for _, cells in first[at : at + 2]]):
        at += 1
        line, below = first[at]
        said.append(f"lines {header[0]} and {line} are one header")
        header = line, _joined(header[1], below)
    own = _names(file, header)
    again = [
        name
        for name, cell in zip(own.values(), header[1], strict=True)
        if cell.strip() not in ("", name)
    ]
    _refuse_two(file, header[0], own, again)
    said += [f"a column that stands once more is called {name!r}" for name in again[:_SHOWN]]
    rows = _Rows(file, lines, at + 1, own)
    tags = list(takewhile(_is_tag_row, rows))
    said += [f"line {row.line} holds tags of the Humanitarian Exchange Language" for row in tags]
    return RawTable(file, tuple(own), tuple(said), replace(rows, tags=len(tags)))


def _refuse_two(file: str, line: int, own: Mapping[str, str], again: Sequence[str]) -> None:
    """Refuse two tables side by side: days and places stand there twice.

    Raises
    ------
    ImportFileError
        They do.
    """
    plain = {name: _AGAIN.sub("", name) for name in again}
    twice = [next(iter(named_columns(one, plain)), "") for one in ("date_start", "place")]
    if not all(twice):
        return
    at = list(own.values()).index(next(name for name in own.values() if name in again)) + 1
    message = (
        f"{file}:{line}: found two tables side by side, the second from column {at} on, "
        "expected one: save each as a table of its own"
    )
    raise ImportFileError(message)


@dataclass(frozen=True)
class _Rows:
    """The rows below a header, made anew of lines each time."""

    file: str
    lines: Iterable[Line]
    above: int
    own: Mapping[str, str]
    tags: int = 0

    def __iter__(self) -> Iterator[RawRow]:
        return islice(self._all(), self.tags, None)

    def _all(self) -> Iterator[RawRow]:
        same: dict[str, str] = {}
        above: dict[str, str] = {}
        below = 0
        for line, cells in islice(self.lines, self.above, None):
            row = grid_row(self.file, line, cells, own=self.own, same=same)
            if isinstance(cells, Unclosed) and any("\n" in cell for cell in row.values.values()):
                row = replace(row, fault="a quotation mark that is opened and never closed")
            if not row.fault and self._is_other_header(row):
                below = line
            if below and not row.fault:
                row = replace(row, fault=f"below another header, that of line {below}")
            if not row.fault:
                row = _as_above(row, above)
            if row.values or row.fault:
                yield row

    def _is_other_header(self, row: RawRow) -> bool:
        """Return whether a row is the header of another table in the same sheet."""
        cells = list(row.values.values())
        if len(cells) < 2 or any(_DIGIT.search(cell) for cell in cells):
            return False
        names = [cell for cell in cells if is_known(cell)]
        own = {name.casefold() for name in self.own}
        others = [name for name in names if name.casefold() not in own]
        return len(names) >= 2 and len(names) * 2 > len(cells) and len(others) > 0


def _as_above(row: RawRow, above: dict[str, str]) -> RawRow:
    """Return a row with the cells above for those that only say "the same".

    Bare numbers are not taken: whether as many once more came to harm, the mark does not say.
    """
    same = (name for name, cell in row.values.items() if name in above and is_ditto(cell))
    repeated = tuple(name for name in same if not _NUMBER.fullmatch(above[name]))
    if repeated:
        filled = {name: above[name] for name in repeated}
        row = replace(row, values={**row.values, **filled}, repeated=repeated)
    above.update(row.values)
    return row


def grid_row(
    file: str, line: int, cells: list[str], *, own: Mapping[str, str], same: dict[str, str]
) -> RawRow:
    """Return a line of cells as a row; one with more or fewer cells than names has a fault.

    ``same`` are the texts of earlier cells: what repeats itself is made once.
    """
    # Spreadsheets write empty cells to the right of the table.
    end = len(cells)
    while end > len(own) and not cells[end - 1].strip():
        end -= 1
    if end != len(own):
        values = {f"cell {n}": cell for n, cell in enumerate(cells[:end], start=1)}
        fault = f"{end} cells where the header has {len(own)}"
        if any("\n" in cell for cell in cells[:end]):
            fault += "; a quotation mark may be missing"
        return RawRow(file, line, values, fault=fault)
    values = {}
    for name, cell in zip(own, cells, strict=False):
        text = same.get(cell)
        if text is None:
            text = cell_text(cell)
            if len(same) < _MOST_SHARED:
                same[cell] = text
        if text:
            values[name] = text
    return RawRow(file, line, values, own)


def known_names(lines: Iterable[Line]) -> int:
    """Return how many names of known columns the line has that has most of them."""
    first = islice(lines, LOOKED_AT)
    return max((sum(map(is_known, cells)) for _, cells in first), default=0)


def header_at(lines: Sequence[Sequence[str]]) -> int:
    """Return which line is the header: the first, unless it is a title above a real one."""
    if not lines:
        return 0
    known = [sum(map(is_known, cells)) for cells in lines]
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in lines]
    # A row of groups of columns, as merged cells leave it, has gaps that the header has not.
    for n in range(1, min(_GROUPED, len(lines))):
        if known[n] > max(known[0], 1) and filled[0] < filled[n]:
            return n - 1 if _is_second_storey(lines[n - 1 : n + 1]) else n
    if known[0] or not any(filled[1:]):
        return 0
    named = next((n for n, count in enumerate(known) if count >= 2), 0)
    if named:
        return named
    # A title fills one cell, whatever the table below calls its columns.
    wide = next((n for n, count in enumerate(filled) if count >= 2), 0)
    return wide if filled[0] == 1 else 0


def _is_second_storey(lines: Sequence[Sequence[str]]) -> bool:
    """Return whether the second of two lines names parts of columns that the first names."""
    if len(lines) < 2 or len(lines[0]) != len(lines[1]):
        return False
    over, below = ({n for n, cell in enumerate(cells) if cell.strip()} for cells in lines)
    names = [lines[1][n] for n in below]
    known = sum(is_known(name) or counts_part(name) for name in names)
    return (
        known > 0
        and known * 2 >= len(below)
        and not any(_DIGIT.search(name) for name in names)
        # A header that is repeated names all columns anew; what stands above one names none.
        and len(over) > 1
        and any(n not in over for n in below)
        and any(n not in below and is_known(lines[0][n]) for n in over)
    )


def _joined(over: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return names of columns of two lines: the lower, after its group where alone it says less."""
    names: list[str] = []
    group = ""
    for upper, lower in zip(over, below, strict=True):
        group = upper.strip() or group
        name = lower.strip()
        says_all = is_known(name) and not named_columns("effects", {name: name})
        is_alone = sum(one.strip() == name for one in below) == 1
        names.append(name if says_all and is_alone else " ".join(filter(None, (group, name))))
    return names


def _names(file: str, header: Line) -> dict[str, str]:
    """Return the names of the columns as they stand, by themselves in small letters."""
    line, cells = header
    if not any(name.strip() for name in cells):
        message = f"{file}:{line}: found an empty file, expected a table with a header"
        raise ImportFileError(message)
    own: dict[str, str] = {}
    times: Counter[str] = Counter()
    for n, cell in enumerate(cells, start=1):
        first = name = cell.strip() or f"column {n}"
        # Tables put together from others have a column of one name more than once.
        while name.lower() in own:
            times[first.lower()] += 1
            name = f"{first} ({times[first.lower()] + 1})"
        own[name.lower()] = name
    return own


def _is_tag_row(row: RawRow) -> bool:
    tags = [_TAG.fullmatch(value) for value in row.values.values()]
    return sum(map(bool, tags)) >= 2 and sum(map(bool, tags)) * 2 >= len(tags)
