"""Writing a folder of files: all of them or none, by one writer at a time."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from geoconflict.errors import OutputError
from geoconflict.files.writing import flush, part_of, remove_left, whole_file, writable_target

# Files that are whole and only have to be moved up to stand in this folder of the folder.
_READY = ".geoconflict-ready"


@contextmanager
def whole_folder(path: str | Path) -> Iterator[Path]:
    """Give an empty folder to write files to, which all go to the folder if nothing goes wrong.

    A folder that is not there appears with all its files. In one that is there each file takes
    the place of the one by its name, and what else it holds stays. If the machine stops while
    files are moved, ``finish_folder`` moves the rest.

    Raises
    ------
    OutputError
        A file has this name, the folder above does not exist, or something is not writable.
    """
    folder = Path(path)
    finish_folder(folder)
    target = _target(folder)
    is_there = target.is_dir()
    scratch = part_of(target / _READY) if is_there else part_of(target)
    try:
        scratch.mkdir()
        yield scratch
        for file in scratch.iterdir() if is_there else ():
            writable_target(target / file.name)
        flush(scratch)
        scratch.replace(target / _READY if is_there else target)
        flush(target if is_there else target.parent)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    finish_folder(folder)


def finish_folder(folder: Path) -> None:
    """Move up what a writer that was stopped had ready in a folder, and remove what it had not.

    Raises
    ------
    OutputError
        There is such a thing, and the folder cannot be written to.
    """
    ready = folder / _READY
    if not folder.is_dir():
        remove_left(folder)
        return
    remove_left(ready)
    if not ready.is_dir():
        return
    try:
        # Another process may do the same.
        with contextlib.suppress(FileNotFoundError):
            for file in sorted(ready.iterdir()):
                _move(file, writable_target(folder / file.name))
            flush(folder)
            ready.rmdir()
    except OSError as error:
        why = getattr(error, "strerror", None) or error
        message = f"{folder} holds what a stopped run left in {_READY}, to be moved up: {why}"
        raise OutputError(message) from error


@contextmanager
def held(path: str | Path) -> Iterator[None]:
    """Hold a file or folder that is there, so that nobody else who does writes to it.

    Raises
    ------
    OutputError
        Another run holds it.
    """
    target = Path(path)
    if os.name == "nt" or not os.access(target, os.R_OK):  # pragma: no cover - of another system
        yield
        return
    number = os.open(target, os.O_RDONLY)
    try:
        if not lock(number):
            message = f"another run is writing to {path}: wait until it has ended, then try again"
            raise OutputError(message)
        yield
    finally:
        os.close(number)


def lock(file: IO[str] | int) -> bool:
    """Take the lock of an open file without waiting; return whether it was free.

    The system lets go of it when the file is closed or the process ends, in whatever way.
    """
    try:
        if os.name == "nt":  # pragma: no cover - of the other system
            import msvcrt

            number = file if isinstance(file, int) else file.fileno()
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _target(folder: Path) -> Path:
    """Return where a folder stands or can be made, links followed."""
    try:
        target = folder.resolve()
    except (OSError, RuntimeError) as error:
        raise _unwritable(folder, error) from error
    if target.exists() and not target.is_dir():
        message = f"the folder {folder} cannot be made: is a file"
        raise OutputError(message)
    if not target.parent.is_dir():
        message = f"the folder {folder} cannot be made: {target.parent} does not exist"
        raise OutputError(message)
    return target


def _unwritable(folder: Path, error: Exception) -> OutputError:
    why = getattr(error, "strerror", None) or error
    if getattr(error, "errno", None) in (errno.ENOTEMPTY, errno.EEXIST):
        why = "another run has just made it; try again"
    return OutputError(f"the folder {folder} cannot be made: {why}")


def _move(file: Path, target: Path) -> None:
    """Move a file; where a link leads to another disk, as a copy."""
    try:
        if target.exists():
            file.chmod(target.stat().st_mode & 0o7777)
        file.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with whole_file(target) as part:
            shutil.copyfile(file, part)
        file.unlink()
