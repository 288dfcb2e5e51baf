"""Writing a page: whole or not at all, and only into a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.outputs import write_text

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
        ``path``, now an HTML file.

    Raises
    ------
    OutputError
        The folder does not exist or cannot be written to; or the path is a folder, a device,
        a pipe or a file that is write-protected.
    """
    return write_text(path, str(page))
