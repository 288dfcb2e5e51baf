"""Writing a file: whole or not at all, and only where a file can be."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import platform
import shutil
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from geoconflict.errors import OutputError

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@contextmanager
def whole_file(path: str | Path, *, part: Path | None = None) -> Iterator[Path]:
    """Give a temporary path to write to, which becomes the file if nothing goes wrong.

    It lies beside the target, or is ``part`` on the same disk, so that an old file stays whole
    until the new one is. A link is
    followed: what it leads to is replaced, the link stays. Of a replaced file the permissions
    stay.

    Raises
    ------
    OutputError
        The folder does not exist or cannot be written to; or the path is a folder, a device,
        a pipe or a file that is write-protected.
    """
    target = writable_target(Path(path))
    remove_left(target)
    part = part or part_of(target)
    try:
        yield part
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        flush(part)
        part.replace(target)
        flush(target.parent)
    except (OSError, sqlite3.OperationalError) as error:
        message = f"{path} cannot be written: {getattr(error, 'strerror', None) or error}"
        raise OutputError(message) from error
    finally:
        part.unlink(missing_ok=True)


def write_whole(path: str | Path, text: str) -> Path:
    """Write a text in UTF-8 as a file, whole or not at all, and return its path."""
    return write_lines(path, (text,))


def write_lines(path: str | Path, lines: Iterable[str]) -> Path:
    """Write texts one after the other, as ``write_whole`` does; of many none is kept."""
    with whole_file(path) as part, part.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(lines)
    return Path(path)


def make_folder(path: str | Path) -> Path:
    """Make a folder, if it is not there, and return its path.

    Raises
    ------
    OutputError
        A file has this name, or the folder above does not exist or is not writable.
    """
    folder = Path(path)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        what = "is a file" if folder.is_file() else error.strerror or error
        message = f"the folder {path} cannot be made: {what}"
        raise OutputError(message) from error
    return folder


def part_of(target: Path) -> Path:
    """Return what a file or folder is called while it is written by this process."""
    return target.with_name(f"{target.name}.{platform.node()}-{os.getpid()}.part")


def remove_left(target: Path) -> None:
    """Remove what processes of this machine that are no more have left half written."""
    start = f"{target.name}.{platform.node()}-"
    for path in target.parent.glob(f"{glob.escape(start)}*.part"):
        number = path.name.removeprefix(start).removesuffix(".part")
        if number.isdecimal() and not _is_running(int(number)):
            shutil.rmtree(path, ignore_errors=True)
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk."""
    if path.is_dir() and os.name == "nt":  # pragma: no cover - it cannot open folders
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        # Some systems keep the names of a folder in a way that needs, and knows, no flushing.
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(number)


def _is_running(number: int) -> bool:
    if os.name == "nt":  # pragma: no cover - a signal there would end the process
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def writable_target(path: Path) -> Path:
    """Return the file that a path stands for, links followed, if it can be written.

    Raises
    ------
    OutputError
        It cannot; the message says why.
    """
    try:
        target = path.resolve()
        fault = _fault(target)
    except (OSError, RuntimeError) as error:
        message = f"{path} cannot be written: {getattr(error, 'strerror', None) or error}"
        raise OutputError(message) from error
    if fault:
        leads = f", which leads to {target}," if path.is_symlink() else ""
        message = f"{path}{leads} {fault}"
        raise OutputError(message)
    return target


def _fault(target: Path) -> str:
    """Return why nothing can be written at a path; empty where a new or old file can be."""
    if not target.parent.is_dir():
        return f"cannot be written: the folder {target.parent} does not exist; make it first"
    if target.is_dir():
        return "is a folder: give the name of a file"
    if target.is_symlink() or (target.exists() and not target.is_file()):
        return "is a device, a pipe or an endless link: give the name of a file"
    if target.exists() and not _is_writable(target):
        return "is write-protected: allow writing it or give another name"
    if not os.access(target.parent, os.W_OK):
        return f"cannot be written: the folder {target.parent} is not writable; choose another"
    return ""


def _is_writable(file: Path) -> bool:
    """Return whether a file may be written; an administrator minds its mode as well."""
    return bool(file.stat().st_mode & _WRITABLE) and os.access(file, os.W_OK)
