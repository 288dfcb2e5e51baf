"""The files that a page is made of: its own HTML, CSS and JavaScript, and Leaflet's."""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from geoconflict.errors import EmbeddedDataError
from geoconflict.look.assets import Assets
from geoconflict.look.labels import page_labels
from geoconflict.look.theme import script_look, style_look
from geoconflict.page.policy import script_json

OWN = Assets.beside(__file__, is_trimmed=False)
# In the order in which the page runs them; each may use those before it.
SCRIPTS = (
    *("folium.js", "elements.js"),
    *(
        "language.js",
        "dates.js",
        "words.js",
        "theme.js",
    ),
    *("areas.js", "unpack.js", "store.js", "fold.js", "search.js", "facets.js", "criteria.js"),
    *("colouring.js", "geodesic.js"),
    "address.js",
    *("arcs.js", "sheet.js", "basemap.js", "labels.js", "shading.js"),
    *("fronts.js", "frontline.js"),
    *("symbols.js", "groups.js", "hexagons.js", "heat.js", "placing.js", "events.js"),
    *("claims.js", "moves.js", "placenames.js", "details.js"),
    *("measured.js", "framing.js", "popup.js", "gestures.js", "ruler.js"),
    *("downloads.js", "picture.js", "sharing.js", "printing.js", "flight.js", "story.js"),
    "swipe.js",
    *("orders.js", "list.js", "table.js", "filterbox.js", "panel.js"),
    *("bins.js", "timeline.js", "legend.js", "settings.js", "skips.js", "masthead.js"),
    "opening.js",
    "main.js",
)
_LEAFLET = "XStatic-Leaflet"
_IMAGE_URL = re.compile(r"url\(images/([\w.-]+)\)")
# Lines that are a comment alone, and how far lines stand in.
_FOR_AUTHORS = re.compile(r"(?m)^[ \t]+(?://.*\n)?|^//.*\n")
_SOURCE_MAP = re.compile(r"//# sourceMappingURL=\S+")


def own_script() -> str:
    """Return the page's own JavaScript, all of it as one script."""
    return look_script() + _FOR_AUTHORS.sub("", "".join(map(OWN.text, SCRIPTS)))


def look_script(*, without: tuple[str, ...] = ("review", "figure", "desk")) -> str:
    """Return the colours, symbols and words of a page as a script that comes before its own."""
    look = script_json({**script_look(), "words": page_labels(without=without)})
    return f'"use strict";\nwindow.geoconflict = {{ look: {look} }};\n'


def own_style() -> str:
    """Return the page's own style sheet with its colours."""
    return style_look() + OWN.text("page.css")


def leaflet_script() -> str:
    """Return leaflet.js without the pointer to its source map, which no page carries."""
    return _SOURCE_MAP.sub("", _leaflet("leaflet.js").decode("utf-8").replace("\r\n", "\n"))


def leaflet_style(*, has_images: bool) -> str:
    """Return leaflet.css, with its images inside or without them."""
    text = _leaflet("leaflet.css").decode("utf-8").replace("\r\n", "\n")
    if not has_images:
        return _IMAGE_URL.sub("none", text)
    return _IMAGE_URL.sub(lambda found: f"url({leaflet_image(found[1])})", text)


def leaflet_image(name: str) -> str:
    """Return one of Leaflet's PNG images as a ``data:`` address."""
    content = base64.b64encode(_leaflet(f"images/{name}")).decode("ascii")
    return f"data:image/png;base64,{content}"


def leaflet_icon() -> dict[str, str]:
    """Return the images of Leaflet's default marker, by the option that takes each."""
    names = {
        "iconUrl": "marker-icon.png",
        "iconRetinaUrl": "marker-icon-2x.png",
        "shadowUrl": "marker-shadow.png",
    }
    return {option: leaflet_image(name) for option, name in names.items()}


@cache
def _leaflet(name: str) -> bytes:
    """Return a file of the Leaflet distribution.

    Its package cannot be imported where setuptools no longer brings ``pkg_resources``, so the
    file is found through the list of installed files.
    """
    try:
        files = distribution(_LEAFLET).files or []
    except PackageNotFoundError:
        files = []
    for file in files:
        if file.as_posix().endswith(f"leaflet/data/{name}"):
            return Path(str(file.locate())).read_bytes()
    message = f"{name} of {_LEAFLET} is missing: install geoconflict again"
    raise EmbeddedDataError(message)
