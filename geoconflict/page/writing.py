"""Writing a map page as one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.files.writing import write_whole

if TYPE_CHECKING:
    from geoconflict.page.map import MapPage


def write_page(page: MapPage, path: str | Path) -> Path:
    """Write a page as one HTML file, whole or not at all, and return its path.

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

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import geoconflict as gc
    >>> book = gc.read_casebook("maps/january-2025")
    >>> gc.write_page(gc.render(book), Path(tempfile.mkdtemp()) / "page.html").name
    'page.html'
    """
    return write_whole(path, str(page))
