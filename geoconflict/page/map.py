"""The map of a page, on which layers of folium can stand, and online tiles where asked for."""

from __future__ import annotations

import difflib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from geoconflict.errors import PageOptionError
from geoconflict.page.document import Document, write_page

if TYPE_CHECKING:
    import folium
    import xyzservices


class MapPage:
    """A map page: one HTML file that opens without a network and shows itself in a notebook.

    Layers of folium can be added as to any folium map, such as
    ``folium.GeoJson(data).add_to(page)``; folium is loaded when the first is. What folium draws
    with Leaflet alone works within the file: markers, lines, polygons, GeoJSON, their popups
    and tooltips, groups and the layer control. Layers that need files from elsewhere, such as
    map tiles and most of ``folium.plugins``, make the page load these; it then needs a network,
    and its security policy names them.

    Parameters
    ----------
    document : Document
        What the page is made of.
    """

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def folium_map(self) -> folium.Map:
        """The folium map that the layers stand on."""
        from geoconflict.page.layers import FoliumMap

        return FoliumMap(self._document)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a folium map has
        """Return what a folium map has by this name."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.folium_map, name)

    def __str__(self) -> str:
        """Return the page as HTML."""
        has_layers = "folium_map" in vars(self)
        return str(self.get_root().render()) if has_layers else self._document.html()

    def save(self, outfile: str | Path | BinaryIO, *, close_file: bool = True) -> None:
        """Write the page to a path, whole or not at all, or into an open binary file."""
        if isinstance(outfile, str | Path):
            write_page(self, outfile)
        else:
            outfile.write(str(self).encode("utf-8"))
            if close_file:
                outfile.close()


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
    import folium

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
