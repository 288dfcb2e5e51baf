"""folium's map within a page: the layers that a user adds, made markup and scripts of it."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from typing import Any

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from jinja2 import Template

from geoconflict.page.assets import OWN
from geoconflict.page.document import CENTRE, OPTIONS, Document, Layers

_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_LINE_END = re.compile(r"\r\n?")


class PageFigure(Figure):
    """A figure of folium that renders as a page."""

    def __init__(self, document: Document) -> None:
        super().__init__(title=document.texts.title, ratio="75%")
        self.document = document
        self.header._children.clear()  # noqa: SLF001 - the page declares its character set itself

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - folium's signature
        """Return the page as HTML; the figure and its layers stay as they are."""
        figure = copy.deepcopy(self)
        for child in figure._children.values():  # noqa: SLF001 - folium's own way to render
            child.render(**kwargs)
        parts = [part.render(**kwargs) for part in (figure.header, figure.html, figure.script)]
        elements = list(_elements(figure))
        header, body, script = _with_stable_ids(parts, elements)
        layers = Layers(
            header,
            body,
            script,
            script_urls=[e.url for e in elements if isinstance(e, JavascriptLink)],
            style_urls=[e.url for e in elements if isinstance(e, CssLink)],
            image_urls=list(_image_urls(elements)),
        )
        return self.document.html(layers)


class FoliumMap(folium.Map):
    """The map of a page as folium knows it, of which it draws no part itself."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - the name and type are folium's
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, document: Document) -> None:
        super().__init__(location=CENTRE, tiles=None)
        self.options = OPTIONS
        PageFigure(document).add_child(self)

    @property
    def name(self) -> str:
        """The name of its variable in the page's script."""
        return str(self.get_name())

    @property
    def _template(self) -> Template:  # type: ignore[override]
        return OWN.template("map.html")


def _elements(element: Element, seen: set[int] | None = None) -> Iterator[Element]:
    """Yield an element and all that hang on it, as children or as attributes, each once."""
    seen = set() if seen is None else seen
    if id(element) in seen:
        return
    seen.add(id(element))
    yield element
    for value in vars(element).values():
        values = value.values() if isinstance(value, dict) else value
        for part in values if isinstance(values, list | tuple | type({}.values())) else [value]:
            if isinstance(part, Element):
                yield from _elements(part, seen)


def _with_stable_ids(texts: Iterable[str], elements: Iterable[Element]) -> list[str]:
    """Return rendered texts with each random id of folium replaced by its place in order.

    Line ends become those that a browser counts when it hashes a script.
    """
    random = {element._id for element in elements}  # noqa: SLF001 - there is no public name
    numbers: dict[str, str] = {}

    def number(found: re.Match[str]) -> str:
        if found[0] not in random:
            return found[0]
        return numbers.setdefault(found[0], str(len(numbers) + 1))

    return [_ID.sub(number, _LINE_END.sub("\n", text)).strip() for text in texts]


def _image_urls(elements: Iterable[Element]) -> Iterator[str]:
    """Yield the addresses from which layers added by the user load images."""
    for element in elements:
        if isinstance(element, folium.TileLayer):
            yield str(element.tiles)
        elif isinstance(element, folium.WmsTileLayer | folium.raster_layers.ImageOverlay):
            yield str(element.url)
