"""The errors a user can meet: one base class, each child also the fitting builtin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from geoconflict.facts import Fact


class GeoconflictError(Exception):
    """Base of every error that the toolkit raises on purpose.

    Parameters
    ----------
    message : str
        Where it is, what was found and what was expected, in English.
    fact : Fact, optional
        The same as data, where a check says it to its reader in any language.
    """

    def __init__(self, message: str = "", fact: Fact | None = None) -> None:
        super().__init__(message)
        self.fact = fact


class CoordinateError(GeoconflictError, ValueError):
    """A longitude or latitude that cannot be one."""


class DateError(GeoconflictError, ValueError):
    """A date, month, year or interval that cannot be read."""


class QuantityError(GeoconflictError, ValueError):
    """A number, unit or direction that cannot be read."""


class GeometryError(GeoconflictError, ValueError):
    """A geometry that is empty or of the wrong type for what is asked."""


class EmbeddedDataError(GeoconflictError, OSError):
    """A data file that comes with the package is missing or damaged."""


class GazetteerFileError(GeoconflictError, ValueError):
    """A file of places, or a dump to make one from, that cannot be read."""


class GazetteerFileWarning(UserWarning):
    """A file of places that is left out because it cannot be used."""


class UnknownPlaceError(GeoconflictError, LookupError):
    """A place name that the gazetteer does not know."""


class AmbiguousPlaceError(GeoconflictError, LookupError):
    """A place name that fits several places equally well."""


class UnknownReferenceError(GeoconflictError, LookupError):
    """A reference line, area or figure that does not exist."""


class MissingSnapshotError(GeoconflictError, LookupError):
    """No front snapshot is there for the date that is asked about."""


class UnknownLanguageError(GeoconflictError, LookupError):
    """A language whose words are not known."""


class TextError(GeoconflictError, ValueError):
    """A text that cannot be read as a report: not UTF-8, empty, or too long."""


class OptionError(GeoconflictError, ValueError):
    """Options of a command that do not go together, or a value that none can have."""


class NoCasebookError(GeoconflictError, FileNotFoundError):
    """A folder in which no casebook lies."""


class PageOptionError(GeoconflictError, ValueError):
    """An option of the map page that cannot be met."""


class FigureOptionError(GeoconflictError, ValueError):
    """An option of a figure that cannot be met."""


class LicenceError(GeoconflictError, ValueError):
    """Data whose licence forbids what is asked for, unless the user says that they may."""


class OutputError(GeoconflictError, OSError):
    """A file that cannot be written where it was asked for."""


class OnlineError(GeoconflictError, OSError):
    """What was asked of the network did not come, or is not what was asked for."""


class ImportFileError(GeoconflictError, ValueError):
    """A file of a source that cannot be read as one of its format."""


class EnrichError(GeoconflictError, ValueError):
    """A table of events, or what was asked of it, that cannot be measured."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in a table: where, what was found, what was expected.

    Parameters
    ----------
    file : str
        Its name.
    line : int
        In the file, counted from 1 (the header is line 1); 0 for the file as a whole.
    column : str
        Empty where the row or the file is meant.
    found, expected : str
        What stands there, and what should.
    """

    file: str
    line: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Return the fault as one line: file:line, column, value found, what was expected."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        column = f", column {self.column}" if self.column else ""
        return f"{where}{column}: found {self.found}, expected {self.expected}"


# From so many characters on what was expected is not said again.
_LONG = 80


def _told_once(faults: Iterable[Fault]) -> Iterator[str]:
    """Yield each fault as its line; a long list of what was expected is told once a column."""
    told: dict[tuple[str, str, str], int] = {}
    for fault in faults:
        first = told.setdefault((fault.file, fault.column, fault.expected), fault.line)
        is_told = first != fault.line and len(fault.expected) > _LONG
        yield str(replace(fault, expected=f"what line {first} does") if is_told else fault)


class TableError(GeoconflictError, ValueError):
    """Tables that cannot be read, with all their faults at once.

    Parameters
    ----------
    faults : sequence of Fault
        Every fault that was found, in the order of files and lines.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(_told_once(self.faults)))


class TheatreError(TableError):
    """A file of a theatre that cannot be read, with all its faults at once."""


class UnreadableFileError(TableError):
    """A packed file or one of markup that is damaged, locked or refused for its size."""


class CasebookError(TableError):
    """A casebook that cannot be read, with all its faults at once."""


class PlaceTableError(TableError):
    """A user's own table of places that cannot be read, with all its faults at once."""


class SnapshotFileError(TableError):
    """Snapshots of a front that cannot be read, with all their faults at once."""


class SnapshotWarning(UserWarning):
    """A snapshot that was repaired, is left out, or counts other land than the one before."""


class MissingExtraError(GeoconflictError, ImportError):
    """Something asked for needs an optional dependency that is not installed."""
