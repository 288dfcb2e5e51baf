"""The user's own files of places: in which folder they are, and which of them can be used."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from geoconflict.errors import (
    GazetteerFileError,
    GazetteerFileWarning,
    GeoconflictError,
    OutputError,
)
from geoconflict.files.embedded import embedded_path
from geoconflict.gazetteer.placefile import PlaceFile

FOLDER_VARIABLE = "GEOCONFLICT_DATA"
# The files of places that come with the package, in the order in which they are asked.
EMBEDDED = ("curated.sqlite", "settlements.sqlite")
# Places that several files know, merged; made anew whenever a file comes or goes.
MERGED = "merged.sqlite"
_SCRATCH = ".adding-"
# A scratch folder of this age is left from a process that was killed.
_LEFT_OVER_S = 86_400.0
_INFO = frozenset(("title", "source", "licence", "retrieved"))


def user_folder() -> Path:
    """Return the folder of the user's files of places; it need not exist.

    The environment variable ``GEOCONFLICT_DATA`` names it, else it is where the operating
    system keeps a user's data.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("geoconflict", appauthor=False)


def user_files() -> list[PlaceFile]:
    """Return the user's files of places, opened: own tables first, then dumps, by name.

    A file that cannot be used is left out with a ``GazetteerFileWarning``.
    """
    found = []
    for path in user_paths():
        try:
            found.append(_checked(path))
        except GazetteerFileError as error:
            warnings.warn(f"{error}; going on without it", GazetteerFileWarning, stacklevel=2)
    return found


def user_paths() -> list[Path]:
    """Return the paths of the user's files of places, in the order in which they are asked."""
    paths = (path for path in user_folder().glob("*.sqlite") if path.name != MERGED)
    return sorted(paths, key=lambda p: (_is_dump(p), p.name))


def all_files(remake: Callable[[], None] = lambda: None) -> list[PlaceFile]:
    """Return all files of places, opened: what is merged first, then the user's, the package's.

    What is merged answers for its places alone. Where it does not fit to the files that are
    there, as after an update of the package, it is made anew, with a ``GazetteerFileWarning``;
    where that fails each file answers for itself.

    Parameters
    ----------
    remake : callable
        Makes it anew. Default: nothing does.
    """
    own = user_files()
    files = [*own, *(PlaceFile(embedded_path(name)) for name in EMBEDDED)]
    merged = _merged_of(files, remake) if own else None
    if merged is None:
        return files
    for file in files:
        file.leave_to(merged)
    return [merged, *files]


def sizes_of(files: Iterable[PlaceFile]) -> dict[str, int]:
    """Return the size in bytes of each file by its name, by which another version is told."""
    return {file.path.name: file.path.stat().st_size for file in files}


def _merged_of(files: list[PlaceFile], remake: Callable[[], None]) -> PlaceFile | None:
    path = user_folder() / MERGED
    if not path.exists():
        return None
    merged, why = _fitting(path, files)
    if merged is not None:
        return merged
    warnings.warn(f"{why}; merging them anew", GazetteerFileWarning, stacklevel=3)
    try:
        remake()
        merged, why = _fitting(path, files) if path.exists() else (None, "")
    except OutputError as error:
        why = str(error)
    if why:
        warnings.warn(f"{why}; going on without it", GazetteerFileWarning, stacklevel=3)
    return merged


def _fitting(path: Path, files: list[PlaceFile]) -> tuple[PlaceFile | None, str]:
    """Return the file of merged places where it was made of these files, else why it is not."""
    try:
        merged = _checked(path)
        if json.loads(merged.info.get("made of", "{}")) == sizes_of(files):
            return merged, ""
    except GazetteerFileError as error:
        return None, str(error)
    return None, f"{path} was made of other files, or by another version"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder to write files in that all move to the user's folder at the end.

    After an error or an interrupt it is gone and the user's files are as they were.

    Raises
    ------
    OutputError
        The disk is full or the folder cannot be written.
    """
    folder = user_folder()
    scratch = _new_scratch(folder)
    try:
        yield scratch
        if not (scratch / MERGED).exists():
            (folder / MERGED).unlink(missing_ok=True)
        for path in sorted(scratch.glob("*.sqlite")):
            path.replace(folder / path.name)
    except sqlite3.OperationalError as error:
        raise _unwritable(folder, error) from error
    except OSError as error:
        # What is known by its name says itself which file it is, such as one to be read.
        if isinstance(error, GeoconflictError) or error.filename is not None:
            raise
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _new_scratch(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob(f"{_SCRATCH}*"):
            if time.time() - path.stat().st_mtime > _LEFT_OVER_S:
                shutil.rmtree(path, ignore_errors=True)
        return Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=folder))
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: Exception) -> OutputError:
    why = error.strerror if isinstance(error, OSError) else error
    message = f"cannot write in {folder} ({why}): {FOLDER_VARIABLE} can name another folder"
    return OutputError(message)


def _is_dump(path: Path) -> bool:
    return path.name.startswith("geonames-")


def _checked(path: Path) -> PlaceFile:
    """Return a file, opened, that is whole and answers.

    Raises
    ------
    GazetteerFileError
        It is cut off, damaged or of another kind.
    """
    if not _is_whole(path):
        message = f"{path} is cut off or no file of places: remove it or add it again"
        raise GazetteerFileError(message)
    file = PlaceFile(path)
    if not file.info.keys() >= _INFO:
        message = f"{path} does not say its source and licence: remove it or add it again"
        raise GazetteerFileError(message)
    try:
        next(file.find("kiiv", {}), None)
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        message = f"{path} was written by another version ({error}): remove it or add it again"
        raise GazetteerFileError(message) from error
    return file


def _is_whole(path: Path) -> bool:
    """Return whether a file has the length that the header of an SQLite file states."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
        page, pages = int.from_bytes(header[16:18]), int.from_bytes(header[28:32])
        # 1 stands for 65,536, which two bytes cannot say.
        bytes_ = pages * (65_536 if page == 1 else page)
        return len(header) == 100 and path.stat().st_size == bytes_
    except OSError:
        return False
