"""The HTML document around a map, with everything inside the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from geoconflict.files.writing import write_whole
from geoconflict.look.theme import colours
from geoconflict.page import assets
from geoconflict.page.policy import content_security_policy, script_json
from geoconflict.page.story import Story
from geoconflict.page.twin import Twin

# A pin on a line, as an address.
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Cpath d='M16 2a10 10 0 0 1 10 10c0 7-10 18-10 18S6 19 6 12A10 10 0 0 1 16 2Z' "
    "fill='%23{}'/%3E%3Ccircle cx='16' cy='12' r='4' fill='%23fff'/%3E%3C/svg%3E"
).format(colours()["measured"].removeprefix("#"))
# Middle of the basemap, lat and lon, and Leaflet's options; the page then shows all events.
CENTRE = [51.5, 38.0]
OPTIONS: dict[str, Any] = {"zoom": 5, "zoomControl": True, "preferCanvas": True}
# Runs before anything is shown; where a browser cannot unpack the data, the twin stays in sight.
_FIRST = "'DecompressionStream' in window && document.documentElement.classList.add('has-script')"
_INLINE_SCRIPT = re.compile(r"(?is)<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>")


@dataclass(frozen=True)
class Texts:
    """The texts that stand in the HTML itself; the rest comes as data.

    ``language`` is that of the casebook's texts, ``interface`` that of the page's own words.
    """

    title: str
    summary: str
    language: str
    interface: str


@dataclass(frozen=True)
class Sharing:
    """How a page is known elsewhere: its address, its picture, and whether it is a frame.

    Parameters
    ----------
    url : str, optional
        Where the page will stand, or of a frame the full page that it links to.
    picture : str, optional
        Address of the picture that is shown with links to the page.
    is_embed : bool
        Whether the page is a map alone, for a frame in another page.
    """

    url: str | None = None
    picture: str | None = None
    is_embed: bool = False


@dataclass(frozen=True)
class Layers:
    """What layers of the user add to a page: markup, scripts and the addresses that they load."""

    header: str
    body: str
    script: str
    script_urls: Sequence[str] = ()
    style_urls: Sequence[str] = ()
    image_urls: Sequence[str] = ()

    @property
    def parts(self) -> tuple[str, str, str]:
        """What stands in the page itself."""
        return self.header, self.body, self.script


@dataclass(frozen=True)
class Document:
    """A page as one HTML file without any remote file of its own.

    Parameters
    ----------
    texts : Texts
        Title, summary and language of the page.
    packed : mapping of str to str
        Data by the id of the element that holds them, as ``pack`` returns them.
    twin : Twin
        What the page shows without its script.
    sharing : Sharing
        How it is known elsewhere.
    story : Story, optional
        What it tells beside the map.
    """

    texts: Texts
    packed: Mapping[str, str]
    twin: Twin
    sharing: Sharing
    story: Story | None = None

    def html(self, layers: Layers | None = None) -> str:
        """Return the page, with layers on its map or with none.

        Leaflet's pictures of markers and of the layer control come with layers alone.
        """
        bare = _bare()
        given = bare if layers is None else layers
        has_layers = given.parts != bare.parts
        scripts = [assets.leaflet_script(), assets.own_script(), f"\n{given.script}\n"]
        policy = content_security_policy(
            [_FIRST, *scripts, *_INLINE_SCRIPT.findall(given.header + given.body)],
            script_urls=given.script_urls,
            style_urls=given.style_urls,
            image_urls=given.image_urls,
        )
        return assets.OWN.template("page.html").render(
            texts=self.texts,
            policy=policy,
            styles=_trusted(assets.leaflet_style(has_images=has_layers), assets.own_style()),
            images=_trusted(script_json(assets.leaflet_icon()))[0] if has_layers else None,
            packed=self.packed,
            header=Markup(given.header),  # noqa: S704 - folium's own output, as is the next
            body=Markup(given.body),  # noqa: S704
            twin=self.twin,
            sharing=self.sharing,
            story=self.story,
            icon=ICON,
            first=Markup(_FIRST),  # noqa: S704
            scripts=_trusted(*scripts),
        )


def _bare() -> Layers:
    """Return what folium makes of a map without layers, so that it need not be imported."""
    parts: Any = assets.OWN.template("map.html").module
    page = {"name": "map_1", "location": CENTRE, "options": OPTIONS}
    return Layers("", parts.html(page), parts.script(page))


def write_page(page: object, path: str | Path) -> Path:
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


def _trusted(*texts: str) -> list[Markup]:
    """Return texts that go into the page as they are: own files, and JSON already escaped."""
    return [Markup(text) for text in texts]  # noqa: S704
