"""The map of a page: a folium map that carries everything it needs in its one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import folium
from jinja2 import Template

from geoconflict.files.writing import write_whole
from geoconflict.page.document import PageFigure, template

# Middle of the basemap, lat and lon; the page then shows all events.
_CENTRE = (51.5, 38.0)


class MapPage(folium.Map):
    """A folium map that is one HTML file, opens without a network and shows itself in a notebook.

    Layers of folium can be added as to any folium map, such as
    ``folium.GeoJson(data).add_to(page)``. What folium draws with Leaflet alone works within
    the file: markers, lines, polygons, GeoJSON, their popups and tooltips, groups and the
    layer control. Layers that need files from elsewhere, such as map tiles and most of
    ``folium.plugins``, make the page load these; it then needs a network, and its security
    policy names them.

    Parameters
    ----------
    figure : PageFigure
        The document that the map stands in.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - the name and type are folium's
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, figure: PageFigure) -> None:
        super().__init__(location=_CENTRE, zoom_start=5, tiles=None, prefer_canvas=True)
        figure.add_child(self)

    @property
    def _template(self) -> Template:  # type: ignore[override]
        return template("map.html")

    def __str__(self) -> str:
        """Return the page as HTML."""
        return str(self.get_root().render())

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,  # noqa: FBT001, FBT002 - folium's signature
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Write the page to a path, whole or not at all, or into an open binary file."""
        if isinstance(outfile, str | Path):
            write_page(self, outfile)
        else:
            super().save(outfile, close_file=close_file, **kwargs)


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
