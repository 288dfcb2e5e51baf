"""Writing a page: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.errors import OutputError

if TYPE_CHECKING:
    from geoconflict.page.map import MapPage


def write_page(page: MapPage, path: str | Path) -> Path:
    """Write a page as one HTML file and return its path.

    The file is written under a temporary name beside the target and then moved, so that an
    old page stays whole until the new one is.

    Parameters
    ----------
    page : MapPage
        As ``render`` returns it, with further layers or without.
    path : str or Path
        HTML file to write; an existing one is replaced.

    Returns
    -------
    Path
        The written file.

    Raises
    ------
    OutputError
        The folder does not exist or cannot be written to, or the path is a folder.
    """
    target = Path(path)
    _check(target)
    content = str(page).encode("utf-8")
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        message = f"{target} cannot be written: {error.strerror or error}"
        raise OutputError(message) from error
    return target


def _check(target: Path) -> None:
    if target.is_dir():
        message = f"{target} is a folder: give the name of an HTML file"
        raise OutputError(message)
    if not target.parent.is_dir():
        message = f"the folder {target.parent} does not exist: make it first"
        raise OutputError(message)
    if not os.access(target.parent, os.W_OK):
        message = f"the folder {target.parent} is not writable: choose another"
        raise OutputError(message)
