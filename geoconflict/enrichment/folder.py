"""The folder of pieces beside an output: made, kept from others, and for one run at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geoconflict.errors import EnrichError, OutputError
from geoconflict.files.folders import lock

LOCK, STATE = "lock", "state.json"
_OURS = (".piece", ".aside", ".part")


@contextmanager
def own_folder(folder: Path) -> Iterator[None]:
    """Make a folder of pieces if it is not there, and hold it until the end.

    The system lets go of the lock when the process ends, in whatever way.

    Raises
    ------
    EnrichError
        Another run holds it.
    OutputError
        It cannot be made, or holds files of somebody else.
    """
    if folder.exists() and not _is_ours(folder):
        message = f"{folder} holds other files: move them, or give the output another name"
        raise OutputError(message)
    try:
        folder.mkdir(exist_ok=True)
        file = (folder / LOCK).open("a+")
    except OSError as error:
        message = f"the folder {folder} cannot be made: {error.strerror or error}"
        raise OutputError(message) from error
    with file:
        if not lock(file):
            file.seek(0)
            message = f"another run is working on {folder} (process {file.read().strip() or '?'})"
            raise EnrichError(message)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def _is_ours(folder: Path) -> bool:
    """Return whether a folder holds nothing but what an earlier run has left."""
    if not folder.is_dir():
        return False
    return all(p.name in (LOCK, STATE) or p.suffix in _OURS for p in folder.iterdir())
