"""A table as people edit it, CSV in UTF-8: read into checked records, with every fault."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

from geoconflict.casebooks.checking import Checked, made_of
from geoconflict.casebooks.records import Row
from geoconflict.errors import CasebookError, Fault
from geoconflict.files.reading import long_cells, reading
from geoconflict.files.sheets import plain_cell

R = TypeVar("R", bound=Row)
# What a longer value is cut to in a message.
_SHOWN = 60
# Unknown columns that a message names; a table with more is none of ours.
_MOST_NAMED = 20
_AT_ONCE = 1_000
# A column of more different texts hardly repeats itself.
_MOST_SAME = 8_000


class Rows(Generic[R]):
    """Checked records with their lines, kept column by column.

    So they take a tenth of the memory of as many records; one is made again where it is asked for.

    Parameters
    ----------
    model : type of Row
        What each row is.
    rows : iterable of line and record
        The first of them.

    Examples
    --------
    >>> from geoconflict.casebooks.records import Report
    >>> rows = Rows(Report)
    >>> rows.add(2, Report(event_id="a", source="b", claimant="c", stance="denies"))
    0
    >>> rows.record(0).stance, rows.column("claimant")
    ('denies', ['c'])
    """

    def __init__(self, model: type[R], rows: Iterable[tuple[int, R]] = ()) -> None:
        self.model = model
        self._lines = array("q")
        self._columns: dict[str, Any] = {name: [] for name in model.model_fields}
        self._names = set(model.model_fields)
        # What texts and days of a column have been so far, that one stands for all that are alike;
        # of numbers 0 and -0 are alike.
        self._same: dict[str, dict[Any, Any]] = {
            name: {} for name, field in model.model_fields.items() if not _counts(field.annotation)
        }
        # Those that came last, which are put into the columns together.
        self._last: list[tuple[Any, ...]] = []
        for line, record in rows:
            self.add(line, record)

    def add(self, line: int, record: R) -> int:
        """Take in a record, and return its number."""
        return self.add_values(line, values_of(record))

    def add_values(self, line: int, values: tuple[Any, ...]) -> int:
        """Take in the values of a record, as ``values_of`` returns them, and return its number."""
        self._last.append(values)
        self._lines.append(line)
        if len(self._last) == _AT_ONCE:
            self._settle()
        return len(self._lines) - 1

    def _settle(self) -> dict[str, Any]:
        """Return the columns with all rows in them."""
        if self._last:
            last = zip(*self._last, strict=True)
            for (name, column), values in zip(self._columns.items(), last, strict=True):
                same = self._same.get(name)
                if same is None or len(same) > _MOST_SAME:
                    column.extend(values)
                else:
                    column.extend(map(same.setdefault, values, values))
            self._last.clear()
        return self._columns

    def put(self, number: int, record: R) -> None:
        """Set another record in the place of one."""
        for name, column in self._settle().items():
            column[number] = getattr(record, name)

    def column(self, name: str) -> Sequence[Any]:
        """Return the values of one column."""
        values: Sequence[Any] = self._settle()[name]
        return values

    def cells(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Yield each line with the values of some columns, which no record need be made for."""
        return zip(self._lines, *map(self.column, names), strict=True)

    def put_in_order(self, numbers: npt.NDArray[np.intp]) -> None:
        """Put the rows in this order; none is added after that."""
        self._lines = array("q", np.asarray(self._lines)[numbers].tobytes())
        for name in self._settle():
            self._columns[name] = self.objects(name)[numbers]

    def objects(self, name: str) -> npt.NDArray[np.object_]:
        """Return the values of one column as an array, not copied; no row is added after that."""
        if isinstance(self._settle()[name], list):
            values = np.empty(len(self), dtype=object)
            values[:] = self._columns[name]
            self._columns[name] = values
        held: npt.NDArray[np.object_] = self._columns[name]
        return held

    def line(self, number: int) -> int:
        """Return the line of a number."""
        return self._lines[number]

    def record(self, number: int) -> R:
        """Return the record of a number."""
        return self.made_of([column[number] for column in self._settle().values()])

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._lines)

    def __iter__(self) -> Iterator[tuple[int, R]]:
        """Yield each line with its record."""
        for line, *values in zip(self._lines, *self._settle().values(), strict=True):
            yield line, self.made_of(values)

    def made_of(self, values: Sequence[Any]) -> R:
        """Return the record of values, one for every field in their order."""
        given = zip(self._columns, values, strict=True)
        return made_of(self.model, dict(given), self._names)


def _counts(annotation: Any) -> bool:  # noqa: ANN401 - whatever a field is said to be
    """Return whether what is said of a field allows numbers."""
    return annotation in (int, float) or any(map(_counts, get_args(annotation)))


def values_of(record: Row) -> tuple[Any, ...]:
    """Return the values of a record in the order of its fields."""
    values: tuple[Any, ...] = _getter(type(record))(record.__dict__)
    return values


@cache
def _getter(model: type[Row]) -> Callable[[Mapping[str, Any]], Any]:
    return itemgetter(*model.model_fields)


@dataclass(frozen=True)
class Table(Generic[R]):
    """Rows that could be read, with their lines, and the faults of those that could not."""

    file: str
    rows: Rows[R]
    faults: tuple[Fault, ...]


def read_table(path: Path, model: type[R]) -> Table[R]:
    """Return the rows of a CSV file as records, and a fault for all that cannot be one.

    Parameters
    ----------
    path : Path
        A CSV file in UTF-8 whose first line names the columns.
    model : type of Row
        What a row must be; its fields are the columns.
    """
    try:
        with (
            reading(path.name, expected="CSV in UTF-8", raises=CasebookError),
            long_cells(),
            # Only \n and \r end a line of CSV; other marks can stand within a cell.
            path.open(encoding="utf-8-sig", newline="") as stream,
        ):
            return _parsed(path, stream, model)
    except FileNotFoundError:
        fault = Fault(path.name, 0, "", "no such file", _header(model))
        return Table(path.name, Rows(model), (fault,))
    except CasebookError as error:
        return Table(path.name, Rows(model), error.faults)


def _parsed(path: Path, stream: Iterable[str], model: type[R]) -> Table[R]:
    file = path.name
    rows, checked = Rows(model), Checked(model)
    faults: list[Fault] = []
    reader = csv.reader(stream, strict=True)
    try:
        header = next(reader, [])
        wrong = tuple(_header_faults(file, header, model))
        if wrong:
            return Table(file, rows, wrong)
        for line, cells in _lines(reader, file, faults):
            row = _read_row(cells, header, checked)
            if isinstance(row, Row):
                rows.add(line, row)
            else:
                faults += [replace(fault, file=file, line=line) for fault in row]
    except UnicodeDecodeError:
        # Of a part of the file it does not tell the line; of all of it, it does.
        path.read_bytes().decode("utf-8-sig")
        raise
    return Table(file, rows, tuple(faults))


def check_rows(
    file: str, rows: Iterable[tuple[int, Mapping[str, object]]], model: type[R]
) -> Table[R]:
    """Return rows that come from elsewhere than CSV as records, and a fault for each other.

    Parameters
    ----------
    file : str
        The name that faults give.
    rows : iterable of number and mapping
        The number of each row, counted as lines are, and its values; None for an empty one.
    model : type of Row
        What a row must be.
    """
    good, checked = Rows(model), Checked(model)
    faults: list[Fault] = []
    for line, values in rows:
        try:
            given = {name: value for name, value in values.items() if value is not None}
            good.add(line, checked.record(given))
        except ValidationError as error:
            faults += record_faults(file, line, error)
    return Table(file, good, tuple(faults))


def record_faults(file: str, line: int, error: ValidationError) -> Iterator[Fault]:
    """Yield a fault for each value that pydantic refused."""
    for detail in error.errors(include_url=False):
        column = ".".join(str(part) for part in detail["loc"])
        missing = detail["type"] == "missing" or isinstance(detail["input"], Row | dict)
        is_empty = missing or detail["input"] == ""
        found = "nothing" if is_empty else shown(detail["input"])
        if detail["type"] == "expected" and missing:
            found = "a row that does not fit together"
        expected = detail["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
        yield Fault(file, line, column, found, "a value" if is_empty and column else expected)


def shown(value: object) -> str:
    """Return a value as a message shows it: quoted, and cut where it is long."""
    text = str(value)
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


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


def _read_row(cells: Sequence[str], header: Sequence[str], checked: Checked[R]) -> R | list[Fault]:
    """Return the record, or its faults without file and line."""
    if len(cells) != len(header):
        expected = f"{len(header)} fields, one for each column"
        return [Fault("", 0, "", f"{len(cells)} fields", expected)]
    pairs = zip(header, cells, strict=True)
    values = {name: plain_cell(cell.strip()) for name, cell in pairs if cell.strip()}
    try:
        return checked.record(values)
    except ValidationError as error:
        return list(record_faults("", 0, error))


def _header(model: type[Row]) -> str:
    needed = [name for name, field in model.model_fields.items() if field.is_required()]
    return f"a table with the columns {', '.join(needed)}"


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
    unknown = [name for name in dict.fromkeys(header) if name not in model.model_fields]
    for name in unknown[:_MOST_NAMED]:
        expected = f"one of the columns {', '.join(model.model_fields)}"
        yield Fault(file, 1, "", f"the unknown column {shown(name)}", expected)
    if len(unknown) > _MOST_NAMED:
        yield Fault(file, 1, "", f"{len(unknown):,} unknown columns in all", _header(model))
    for name in model.model_fields:
        if header.count(name) > 1:
            yield Fault(file, 1, name, "the column twice", "every column once")
