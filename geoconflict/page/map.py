"""The map of a page: a folium map that carries all it needs, and online tiles where asked for."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import folium
from jinja2 import Template

from geoconflict.errors import PageOptionError
from geoconflict.files.writing import write_whole
from geoconflict.page.document import PageFigure, template

if TYPE_CHECKING:
    import xyzservices

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


def tile_layer(name: str) -> folium.TileLayer:
    """Return a layer of online tiles with its attribution.

    Parameters
    ----------
    name : str
        As the xyzservices package calls it, such as ``"OpenStreetMap.Mapnik"``; spelling
        with other capitals, dots or spaces is understood.

    Raises
    ------
    PageOptionError
        There is no such service, it needs a key, or it has no address that is safe to use.
    """
    provider = _provider(name)
    if provider.requires_token():
        message = f"the tiles {provider.name} need a key of your own; name others"
        raise PageOptionError(message)
    url = provider.build_url(scale_factor="")
    if not url.startswith("https://"):
        message = f"the tiles {provider.name} are not served over https; name others"
        raise PageOptionError(message)
    return folium.TileLayer(
        url,
        attr=provider.html_attribution,
        name=provider.name,
        subdomains=provider.get("subdomains", "abc"),
        max_zoom=provider.get("max_zoom", 18),
        control=False,
    )


def _provider(name: str) -> xyzservices.TileProvider:
    from xyzservices import providers

    try:
        return providers.query_name(name)
    except ValueError as error:
        known = providers.flatten()
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4) or ["OpenStreetMap.Mapnik"]
        message = f"there are no map tiles called {name!r}; perhaps {' or '.join(near)}"
        raise PageOptionError(message) from error
