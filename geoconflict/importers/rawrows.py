"""A row and a table of a source, as they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from geoconflict.lexicon import all_forms

# What stands for an empty cell in files that databases and R have written.
_UNSET = ("", "NULL", "null", "NA", "N/A", "NaN", "nan", "None")
# What ends the name of a column of the links that lie behind the cells of another.
BEHIND = " (link)"
_YEAR = re.compile(r"(?<!\d)20(?:1[4-9]|2\d|3[0-5])(?!\d)")
# No mark for "the same" is longer.
_SHORT = 20
_DITTO = re.compile(r"[-–—_ ]*(?:[/|]{2}|[\"″〃»]|''|,,)[-–—_ ]*")
_WHOLE = re.compile(r"(?<=\d)\.0+$")


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a source: its file, the line that it starts in, and its cells that hold something.

    ``values`` has the columns by their names in small letters, in the order of the file;
    ``names`` the names as they stand in the file. ``fault`` says why the cells cannot be told
    apart, empty where they can. ``repeated`` are the columns whose cells only say "the same", and
    here are those of the row above.
    """

    file: str
    line: int
    values: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    repeated: tuple[str, ...] = ()

    def get(self, *names: str) -> str:
        """Return the first of these columns that holds something, else an empty text."""
        for name in names:
            if name in self.values:
                return self.values[name]
        return ""

    def code(self, *names: str) -> str:
        """Return a code as ``get`` does; "1.0", which software makes of it, is 1."""
        return _WHOLE.sub("", self.get(*names))

    def differing(self, other: RawRow) -> dict[str, str]:
        """Return the cells that another row does not have alike, by their own names."""
        return self.rest([name for name, v in self.values.items() if other.values.get(name) == v])

    def rest(self, placed: Collection[str]) -> dict[str, str]:
        """Return the columns that are not among those that have been placed, by their own names."""
        names = self.names
        return {names.get(k, k): v for k, v in self.values.items() if k not in placed}


@dataclass(frozen=True)
class RawTable:
    """A table as it is: its columns in small letters, what was odd about it, and its rows.

    The rows can be gone through again and again; those of a large file are read anew each time.
    """

    file: str
    columns: tuple[str, ...]
    remarks: tuple[str, ...]
    rows: Iterable[RawRow]

    @property
    def year(self) -> int | None:
        """The year that the sheet, the file or what stands above the header is called by."""
        for said in (*reversed(self.file.split("/")), " ".join(self.remarks)):
            years = set(_YEAR.findall(said))
            if years:
                return int(years.pop()) if len(years) == 1 else None
        return None


def cell_text(text: str) -> str:
    """Return a cell without what stands for nothing.

    Examples
    --------
    >>> cell_text(" – "), cell_text("N/A"), cell_text("n/a "), cell_text("none")
    ('', '', '', 'none')
    """
    if not text.isascii():
        text = text.replace("\xa0", " ")
    text = text.strip()
    return "" if text in empty_cells() else text


def is_ditto(text: str) -> bool:
    """Return whether a cell says that it holds the same as the cell above.

    Examples
    --------
    >>> is_ditto("--//--"), is_ditto("Ditto"), is_ditto("-")
    (True, True, False)
    """
    return len(text) <= _SHORT and (text.casefold() in _dittos() or bool(_DITTO.fullmatch(text)))


@cache
def _dittos() -> frozenset[str]:
    return frozenset(all_forms("cells", "ditto"))


@cache
def empty_cells() -> frozenset[str]:
    """Return what stands for an empty cell, as software and as people write it."""
    written = all_forms("cells", "nothing")
    cased = (form for one in written for form in (one, one.upper(), one.capitalize()))
    return frozenset((*_UNSET, *cased))
