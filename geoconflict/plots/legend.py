"""The legend of a map: only what the map shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.patches import Circle, Rectangle

from geoconflict.look.labels import text
from geoconflict.look.theme import INK, OTHERS, STATUSES, STRIKES, colours, fill_of, shape_of
from geoconflict.plots.marks import HALO, draw_symbol

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW, _SIZE = 12.5, 7.0


@dataclass(frozen=True)
class Entry:
    """One line of a legend: ``sort`` says how ``code`` is drawn; a heading has no symbol."""

    sort: str
    code: str
    words: str


def entries(
    events: dict[str, list[Any]], rows: Sequence[int], *, language: str, extras: Sequence[str]
) -> list[Entry]:
    """Return the lines of the legend for the rows that a map shows.

    ``extras`` are the keys of words for other things that are on the map.
    """
    shapes = {shape_of(events["kind"][row], events["target_type"][row]) for row in rows}
    statuses = {events["status"][row] for row in rows}
    return [*_shapes(shapes, language), *_statuses(statuses, language), *_extras(extras, language)]


def _shapes(shapes: set[str], language: str) -> Iterator[Entry]:
    for heading, kind, known in (
        ("legend.strikes", "shape", STRIKES),
        ("legend.others", "kind", OTHERS),
    ):
        found = [shape for shape in known if shape in shapes]
        if found:
            yield Entry("heading", "", text(heading, language))
        for shape in found:
            yield Entry("shape", shape, text(f"{kind}.{shape}", language))


def _statuses(statuses: set[str | None], language: str) -> Iterator[Entry]:
    yield Entry("heading", "", text("legend.status", language))
    for status in STATUSES:
        if status in statuses:
            meaning = text(f"meaning.{status}", language)
            yield Entry("status", status, f"{text(f'status.{status}', language)}: {meaning}")


def _extras(extras: Sequence[str], language: str) -> Iterator[Entry]:
    for extra in extras:
        yield Entry("extra", extra, text(extra, language))


def legend_height(lines: Sequence[Entry]) -> float:
    """Return how high a legend is in points."""
    return _ROW * (len(lines) + 0.4 * sum(line.sort == "heading" for line in lines))


def draw_legend(axes: Axes, lines: Sequence[Entry], *, top: float) -> None:
    """Draw a legend downwards from a height, on axes whose units are points."""
    y = top - _ROW / 2
    for line in lines:
        if line.sort == "heading":
            y -= 0.4 * _ROW
            axes.text(0, y, line.words, size=_SIZE, weight="bold", va="center", color=INK)
        else:
            _draw_key(axes, line, y)
            axes.text(19, y, line.words, size=_SIZE, va="center", color=INK)
        y -= _ROW


def _draw_key(axes: Axes, line: Entry, y: float) -> None:
    if line.sort == "shape":
        draw_symbol(axes, (7, y), line.code, radius=5, fill=colours()["plain"])
    elif line.sort == "status":
        draw_symbol(axes, (7, y), "other", radius=5, fill=fill_of(line.code))
    else:
        _EXTRAS[line.code](axes, y)


def _several(axes: Axes, y: float) -> None:
    for radius, width in ((5.2, 0.6), (3.0, 0.6)):
        axes.add_artist(Circle((7, y), radius, facecolor="white", edgecolor=INK, linewidth=width))
    axes.text(7, y, "3", size=5, weight="bold", ha="center", va="center_baseline")


def _somewhere(axes: Axes, y: float) -> None:
    ring = Circle((7, y), 4 + HALO / 2, fill=False, edgecolor=colours()["circle"], linewidth=0.8)
    ring.set_linestyle((0, (2.4, 2.4)))
    axes.add_artist(ring)


def _patch(colour: str, alpha: float) -> Any:  # noqa: ANN401 - a function of axes and height
    def draw(axes: Axes, y: float) -> None:
        box = Rectangle((0.5, y - 3.6), 13, 7.2, facecolor=colour, alpha=alpha, linewidth=0)
        axes.add_artist(box)

    return draw


def _stroke(colour: str, look: dict[str, Any]) -> Any:  # noqa: ANN401 - likewise
    def draw(axes: Axes, y: float) -> None:
        axes.plot([0.5, 13.5], [y, y], color=colour, **look)

    return draw


_EXTRAS = {
    "legend.several": _several,
    "legend.somewhere": _somewhere,
    "legend.intercepted": _patch(colours()["shade"], 0.25),
    "legend.line": _stroke(colours()["measured"], {"linewidth": 1.2, "dashes": (4, 2.5)}),
    "front.held": _patch(colours()["held"], 0.28),
    "front.line": _stroke(colours()["front"], {"linewidth": 1.6}),
}
