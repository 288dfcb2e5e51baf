"""Writing a file: whole or not at all, and only into a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from geoconflict.errors import OutputError

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def write_whole(path: str | Path, content: str | bytes) -> Path:
    """Write a file and return its path.

    The file is written under a temporary name beside the target and then moved, so that an
    old file stays whole until the new one is. A link is followed: what it leads to is
    replaced, the link stays. Of a replaced file the permissions stay.

    Parameters
    ----------
    path : str or Path
        File to write; an existing one is replaced.
    content : str or bytes
        What it holds; a text is written as UTF-8.

    Returns
    -------
    Path
        ``path``, now a file.

    Raises
    ------
    OutputError
        The folder does not exist or cannot be written to; or the path is a folder, a device,
        a pipe or a file that is write-protected.
    """
    target = _target(Path(path))
    data = content.encode("utf-8") if isinstance(content, str) else content
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        message = f"{path} cannot be written: {error.strerror or error}"
        raise OutputError(message) from error
    return Path(path)


def _target(path: Path) -> Path:
    """Return the file that a path stands for, links followed, if it can be written."""
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
