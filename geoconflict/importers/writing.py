"""What an import writes: a new casebook, one joined to an old, or another file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from geoconflict.bundles import is_bundle
from geoconflict.casebook import Casebook, read_casebook
from geoconflict.casebookfiles import join_casebooks, write_casebook
from geoconflict.errors import ImportFileError
from geoconflict.exporters import WRITERS, write_geoparquet
from geoconflict.importers.accounts import read_set_aside, write_set_aside
from geoconflict.importers.importing import Imported

_SHOWN = 5


@dataclass(frozen=True)
class Written:
    """Where an import went: the output, the file of rows set aside (None: none), and remarks."""

    path: Path
    set_aside: Path | None
    remarks: tuple[str, ...]


def write_import(imported: Imported, output: str | Path) -> Written:
    """Write what was imported as a casebook, or as a file by the ending of its name.

    A casebook that is there, a folder or a GeoPackage, gets the events that it does not have;
    those that it has stay as they are. Rows that were set aside are written beside the output,
    with line and reason.

    Parameters
    ----------
    imported : Imported
    output : path
        A folder, new or with a casebook; or a ``.gpkg``, ``.geojson`` or ``.kml`` file.

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
    remarks: tuple[str, ...] = ()
    aside = target.with_name(f"{_stem(target)}-set-aside.csv")
    # Before anything is written: a file of somebody else by this name is refused.
    read_set_aside(aside)
    writer = _writer(target)
    casebook, remarks = _joined(imported.casebook, target)
    writer(casebook, target)
    has_aside = write_set_aside(imported.account.set_aside, aside, read=imported.rows)
    return Written(target, aside if has_aside else None, remarks)


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


def _stem(target: Path) -> str:
    return target.stem if target.suffix[1:].isalpha() else target.name


def _joined(new: Casebook, target: Path) -> tuple[Casebook, tuple[str, ...]]:
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
        return new, ()
    joined = join_casebooks(read_casebook(target), new)
    remarks = [f"{len(joined.added):,} events are new, {len(joined.same):,} were there"]
    if joined.different:
        shown = ", ".join(joined.different[:_SHOWN])
        more = " ..." if len(joined.different) > _SHOWN else ""
        remarks.append(
            f"{len(joined.different):,} were there with other contents and stay as they are "
            f"({shown}{more}); remove their rows from events.csv and reports.csv to take them anew"
        )
    return joined.casebook, tuple(remarks)
