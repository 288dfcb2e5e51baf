"""What an import writes: a new casebook, one joined to an old, or another file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from geoconflict.casebooks.bundles import is_bundle
from geoconflict.casebooks.casebook import Casebook, read_casebook
from geoconflict.casebooks.files import Joined, join_casebooks, update_casebook, write_casebook
from geoconflict.errors import ImportFileError
from geoconflict.exporters import WRITERS, write_geoparquet
from geoconflict.files.folders import finish_folder, held
from geoconflict.importers.accounts import read_set_aside, write_set_aside
from geoconflict.importers.importing import Imported

_SHOWN = 5
Join = Callable[[Casebook, Casebook], Joined]


@dataclass(frozen=True)
class Written:
    """Where an import went: the output, the file of rows set aside (None: none), and remarks.

    ``joined`` says what was there, None where the output is new.
    """

    path: Path
    set_aside: Path | None
    remarks: tuple[str, ...]
    joined: Joined | None = None


def write_import(imported: Imported, output: str | Path, *, join: Join = join_casebooks) -> Written:
    """Write what was imported as a casebook, or as a file by the ending of its name.

    A casebook that is there, a folder or a GeoPackage, gets the events that it does not have;
    those that it has stay as they are. Rows that were set aside are written beside the output,
    with line and reason.

    Parameters
    ----------
    imported : Imported
    output : path
        A folder, new or with a casebook; or a ``.gpkg``, ``.geojson`` or ``.kml`` file.
    join : callable
        How a casebook that is there gets them: ``join_casebooks``, or ``update_casebook`` for
        events that the source has changed.

    Raises
    ------
    CasebookError
        The casebook that is there cannot be read.
    ImportFileError
        The output is there and is no casebook, or no kind of file that can be written.
    OutputError
        The output cannot be written.
    """
    target = Path(output)
    finish_folder(target)
    with held(target):
        return _write(imported, target, join)


def _write(imported: Imported, target: Path, join: Join) -> Written:
    aside = aside_path(target)
    # Before anything is written: a file of somebody else by this name is refused.
    read_set_aside(aside)
    writer = _writer(target)
    joined = _joined(imported.casebook, target, join)
    writer(joined.casebook if joined else imported.casebook, target)
    has_aside = write_set_aside(imported.account.set_aside, aside, read=imported.tables)
    remarks = _remarks(joined, is_update=join is update_casebook) if joined else ()
    return Written(target, aside if has_aside else None, remarks, joined)


def aside_path(target: Path) -> Path:
    """Return where the rows that are set aside for an output are written."""
    stem = target.stem if target.suffix[1:].isalpha() else target.name
    return target.with_name(f"{stem}-set-aside.csv")


def _writer(target: Path) -> Callable[[Casebook, Path], Path]:
    """Return what writes an output: by what is there, else by a letters-only ending of the name."""
    if (target / "events.parquet").is_file():
        return write_geoparquet
    # "ucdp-25.1" is the name of a folder.
    if target.is_dir() or not target.suffix[1:].isalpha():
        return write_casebook
    for writer, suffix in WRITERS.values():
        if suffix == target.suffix.lower():
            return writer
    known = ", ".join(suffix for _, suffix in WRITERS.values() if suffix.startswith("."))
    message = f"{target}: expected a folder for a casebook, or a file that ends in {known}"
    raise ImportFileError(message)


def _joined(new: Casebook, target: Path, join: Join) -> Joined | None:
    """Return what is there with what is new, None where nothing is there."""
    if target.is_dir() and not (target / "map.toml").exists() and any(target.iterdir()):
        message = f"{target} is a folder with other files; give a new or a casebook's folder"
        raise ImportFileError(message)
    if target.is_file() and not is_bundle(target):
        message = (
            f"{target} is there and cannot be joined with what is new: give another name, "
            "or a casebook's folder or .gpkg, which can"
        )
        raise ImportFileError(message)
    if not is_bundle(target) and not (target / "map.toml").exists():
        return None
    return join(read_casebook(target), new)


def _remarks(joined: Joined, *, is_update: bool) -> tuple[str, ...]:
    counts = f"{len(joined.added):,} events are new, {len(joined.same):,} were there"
    if not joined.different:
        return (counts,)
    shown = ", ".join(joined.different[:_SHOWN])
    more = " ..." if len(joined.different) > _SHOWN else ""
    what = "and were taken anew" if is_update else "and stay as they are; --update takes them anew"
    number = f"{len(joined.different):,} were there with other contents"
    return (counts, f"{number} {what} ({shown}{more})")
