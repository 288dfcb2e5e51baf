"""The HTML document around a map: folium's figure with everything inside the file."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from folium.template import tojavascript
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from geoconflict.look.theme import colours
from geoconflict.page import assets
from geoconflict.page.policy import content_security_policy
from geoconflict.page.story import Story
from geoconflict.page.twin import Twin

# A pin on a line, as an address.
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Cpath d='M16 2a10 10 0 0 1 10 10c0 7-10 18-10 18S6 19 6 12A10 10 0 0 1 16 2Z' "
    "fill='%23{}'/%3E%3Ccircle cx='16' cy='12' r='4' fill='%23fff'/%3E%3C/svg%3E"
).format(colours()["measured"].removeprefix("#"))
# Runs before anything is shown; where a browser cannot unpack the data, the twin stays in sight.
_FIRST = "'DecompressionStream' in window && document.documentElement.classList.add('has-script')"
_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_LINE_END = re.compile(r"\r\n?")
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


class PageFigure(Figure):
    """A figure that renders to one HTML file without any remote file of its own.

    Parameters
    ----------
    texts : Texts
        Title, summary and language of the page.
    data : mapping of str to str
        JSON texts by the id of the element that holds them, safe to stand in HTML.
    packed : mapping of str to str
        Further data by id, as ``pack`` returns them.
    twin : Twin
        What the page shows without its script.
    sharing : Sharing
        How it is known elsewhere.
    story : Story, optional
        What it tells beside the map.
    """

    def __init__(
        self,
        texts: Texts,
        data: Mapping[str, str],
        *,
        packed: Mapping[str, str],
        twin: Twin,
        sharing: Sharing,
        story: Story | None = None,
    ) -> None:
        super().__init__(title=texts.title, ratio="75%")
        self.texts = texts
        self.data = dict(data)
        self.packed = dict(packed)
        self.twin = twin
        self.sharing = sharing
        self.story = story
        self.header._children.clear()  # noqa: SLF001 - the page declares its character set itself

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - folium's signature
        """Return the page as HTML; the figure and its layers stay as they are."""
        figure = copy.deepcopy(self)
        for child in figure._children.values():  # noqa: SLF001 - folium's own way to render
            child.render(**kwargs)
        parts = [part.render(**kwargs) for part in (figure.header, figure.html, figure.script)]
        elements = list(_elements(figure))
        header, body, script = _with_stable_ids(parts, elements)
        return self._document(elements, header, body, f"\n{script}\n")

    def _document(self, elements: list[Element], header: str, body: str, layers: str) -> str:
        scripts = [assets.leaflet_script(), assets.own_script(), layers]
        policy = content_security_policy(
            [_FIRST, *scripts, *_INLINE_SCRIPT.findall(header + body)],
            script_urls=[e.url for e in elements if isinstance(e, JavascriptLink)],
            style_urls=[e.url for e in elements if isinstance(e, CssLink)],
            image_urls=list(_image_urls(elements)),
        )
        return template("page.html").render(
            texts=self.texts,
            policy=policy,
            styles=_trusted(assets.leaflet_style(), assets.own_style()),
            data=dict(zip(self.data, _trusted(*self.data.values()), strict=True)),
            packed=self.packed,
            header=Markup(header),  # noqa: S704 - folium's own output, as is the next
            body=Markup(body),  # noqa: S704
            twin=self.twin,
            sharing=self.sharing,
            story=self.story,
            icon=ICON,
            first=Markup(_FIRST),  # noqa: S704
            scripts=_trusted(*scripts),
        )


@cache
def template(name: str) -> Template:
    """Return a template of this folder; what it is given is escaped."""
    loader = FileSystemLoader(assets.FOLDER)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.filters["tojavascript"] = tojavascript
    return environment.get_template(name)


def _trusted(*texts: str) -> list[Markup]:
    """Return texts that go into the page as they are: own files, and JSON already escaped."""
    return [Markup(text) for text in texts]  # noqa: S704


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

    return [_ID.sub(number, _LINE_END.sub("\n", text)) for text in texts]


def _image_urls(elements: Iterable[Element]) -> Iterator[str]:
    """Yield the addresses from which layers added by the user load images."""
    for element in elements:
        if isinstance(element, folium.TileLayer):
            yield str(element.tiles)
        elif isinstance(element, folium.WmsTileLayer | folium.raster_layers.ImageOverlay):
            yield str(element.url)
