"""Online map tiles under the page's own map, where the user asks for them by name."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import folium

from geoconflict.errors import PageOptionError

if TYPE_CHECKING:
    import xyzservices


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
