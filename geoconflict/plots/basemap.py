"""The basemap of a figure: sea, land, waters, units and borders of a theatre."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.collections import PathCollection
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from geoconflict.look.theme import colours
from geoconflict.measuring.geodesy import Floats, lines_of
from geoconflict.page.ground import basemap
from geoconflict.page.labels import map_labels
from geoconflict.plots.frame import Frame
from geoconflict.theatre import Box, Theatre

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Points wide.
_RIVERS = {"great": 0.8, "small": 0.5}
# Wider maps than this show no railways.
_WIDEST_WITH_RAILWAYS_M = 700_000.0
# What is smaller is no more than a speck on paper.
_LEAST_PT2 = 1.0
# Land cut off by the edge of the data has no coast there.
_EDGE_DEG = 0.02


@dataclass(frozen=True)
class Basemap:
    """Areas and lines in EPSG:4326; ``countries`` with the mapping of their names.

    ``edge`` is the border of the ``home`` country, ``borders`` those of others with each other;
    ``waters`` with the date from which on they are gone, if they are; ``courses`` are rivers by
    their rank, great or small, ``railways`` main lines, of which some are missing, and ``world``
    is all land of the globe; ``window`` is what the others lie in, ``labels`` are the names as
    ``map_labels`` gives them.
    """

    home: str
    window: Box
    labels: Mapping[str, Any]
    countries: Sequence[tuple[Mapping[str, str], BaseGeometry]]
    waters: Sequence[tuple[dt.date | None, BaseGeometry]]
    courses: Mapping[str, BaseGeometry]
    railways: BaseGeometry
    world: BaseGeometry | None
    units: BaseGeometry
    coast: BaseGeometry
    borders: BaseGeometry
    edge: BaseGeometry


@cache
def read_basemap(theatre: Theatre) -> Basemap:
    """Return the basemap of a theatre."""
    topology = basemap(theatre)
    window = Box(*topology["bbox"])
    arcs = _decoded(topology)
    objects = {name: found["geometries"] for name, found in topology["objects"].items()}
    uses = Counter(i for country in objects["countries"] for i in _numbers(country["arcs"]))
    own = {
        i
        for country in objects["countries"]
        if country["properties"]["iso2"] == theatre.home
        for i in _numbers(country["arcs"])
    }
    inside = [edge + sign * _EDGE_DEG for edge, sign in zip(window, (1, 1, -1, -1), strict=True)]
    coast = _lines(arcs, [i for i, count in uses.items() if count == 1])
    shared = [i for i, count in uses.items() if count > 1]
    return Basemap(
        home=theatre.home,
        window=window,
        labels=map_labels(theatre),
        countries=[(c["properties"], _area(arcs, c)) for c in objects["countries"]],
        waters=[(_until(water), _area(arcs, water)) for water in objects["waters"]],
        courses={
            river["properties"]["rank"]: _lines(arcs, list(_numbers(river["arcs"])))
            for river in objects.get("courses", ())
        },
        railways=_lines(
            arcs, [i for r in objects.get("railways", ()) for i in _numbers(r["arcs"])]
        ),
        world=_world(topology["world"]) if "world" in topology else None,
        units=_lines(arcs, [i for unit in objects["admin1"] for i in _numbers(unit["arcs"])]),
        coast=shapely.clip_by_rect(coast, *inside),
        borders=_lines(arcs, [i for i in shared if i not in own]),
        edge=_lines(arcs, [i for i in shared if i in own]),
    )


def draw_basemap(axes: Axes, frame: Frame, known: Basemap, *, day: dt.date) -> None:
    """Draw the basemap of a day on axes whose units are points."""
    axes.set_facecolor(colours()["land" if known.world is None else "sea"])
    if known.world is not None:
        fill(axes, frame.drawn(known.world), color=colours()["land"], zorder=0)
    fill(axes, frame.drawn(_dense(shapely.box(*known.window))), color=colours()["sea"], zorder=0)
    stroke(axes, frame.drawn(known.coast), color=colours()["coast"], width=1.2, zorder=0.5)
    for names, area in known.countries:
        colour = colours()["ukraine" if names["iso2"] == known.home else "land"]
        fill(axes, frame.drawn(area), color=colour, zorder=1)
    _draw_waters(axes, frame, known, day)
    if frame.width / frame.scale < _WIDEST_WITH_RAILWAYS_M:
        _draw_railways(axes, frame, known)
    stroke(axes, frame.drawn(known.units), color=colours()["unit"], width=0.5, zorder=1.2)
    stroke(axes, frame.drawn(known.borders), color=colours()["border"], width=0.6, zorder=1.3)
    stroke(axes, frame.drawn(known.edge), color=colours()["outer"], width=1.1, zorder=1.4)


def _draw_railways(axes: Axes, frame: Frame, known: Basemap) -> None:
    """Draw main lines with their sleepers, as on printed maps."""
    colour, line = colours()["railway"], frame.drawn(known.railways)
    stroke(axes, line, color=colour, width=0.6, zorder=1.15)
    stroke(axes, line, color=colour, width=2.2, zorder=1.15, linestyle=(0, (0.4, 2.2)), cap="butt")


def _draw_waters(axes: Axes, frame: Frame, known: Basemap, day: dt.date) -> None:
    for rank, course in known.courses.items():
        colour, line = colours()["course"], frame.drawn(course)
        stroke(axes, line, color=colour, width=_RIVERS[rank], zorder=1.05)
    for until, water in known.waters:
        shore = frame.drawn(water)
        if until is None or day < until:
            fill(axes, shore, color=colours()["water"], zorder=1.1)
        else:
            colour, dots = colours()["water"], (0, (1.5, 2.0))
            stroke(axes, shore, color=colour, width=0.6, zorder=1.1, linestyle=dots)


def fill(axes: Axes, geometry: BaseGeometry, *, zorder: float, **look: Any) -> None:  # noqa: ANN401
    """Fill the areas of a geometry in points; ``look`` is matplotlib's."""
    polygons = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    seen = [part for part in polygons if part.area > _LEAST_PT2]
    rings = [ring for part in seen for ring in (part.exterior, *part.interiors)]
    _draw(axes, rings, zorder=zorder, **{"linewidth": 0, **look})


def stroke(
    axes: Axes,
    geometry: BaseGeometry,
    *,
    color: str,
    width: float,
    zorder: float,
    linestyle: Any = "-",  # noqa: ANN401 - matplotlib's
    cap: str = "round",
) -> None:
    """Draw the lines of a geometry in points, or the outlines of its areas."""
    look = {"linewidth": width, "linestyle": linestyle, "capstyle": cap, "joinstyle": "round"}
    lines = list(lines_of(geometry))
    _draw(axes, lines, zorder=zorder, facecolor="none", edgecolor=color, **look)


def _draw(axes: Axes, lines: Sequence[BaseGeometry], **look: Any) -> None:  # noqa: ANN401
    """Draw lines or rings as one path, whose look a file then tells once."""
    parts = [shapely.get_coordinates(line) for line in lines]
    if not parts:
        return
    codes = [Path.LINETO] * sum(map(len, parts))
    at = 0
    for line, part in zip(lines, parts, strict=True):
        codes[at] = Path.MOVETO
        at += len(part)
        if line.geom_type == "LinearRing":
            codes[at - 1] = Path.CLOSEPOLY
    drawn = PathCollection([Path(np.concatenate(parts), codes)], **look)
    axes.add_collection(drawn, autolim=False)


def _dense(box: BaseGeometry) -> BaseGeometry:
    dense: BaseGeometry = shapely.segmentize(box, 0.5)
    return dense


def _until(water: Mapping[str, Any]) -> dt.date | None:
    text = water.get("properties", {}).get("until")
    return None if text is None else dt.date.fromisoformat(text)


def _world(topology: Mapping[str, Any]) -> BaseGeometry:
    arcs = _decoded(topology)
    return _joined(_area(arcs, land) for land in topology["objects"]["land"]["geometries"])


def _decoded(topology: Mapping[str, Any]) -> list[Floats]:
    scale, move = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    return [np.cumsum(np.array(arc), axis=0) * scale + move for arc in topology["arcs"]]


def _numbers(arcs: Any) -> Iterator[int]:  # noqa: ANN401 - lists within lists, as TopoJSON has them
    """Yield the arcs that nested lists name; one run backwards is named by its complement."""
    for one in arcs:
        if isinstance(one, int):
            yield one if one >= 0 else ~one
        else:
            yield from _numbers(one)


def _lines(arcs: Sequence[Floats], numbers: Sequence[int]) -> BaseGeometry:
    return shapely.MultiLineString([arcs[i] for i in dict.fromkeys(numbers)])


def _area(arcs: Sequence[Floats], geometry: Mapping[str, Any]) -> BaseGeometry:
    listed = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    polygons = [[_ring(arcs, ring) for ring in rings] for rings in listed]
    areas = np.array([shapely.Polygon(rings[0], rings[1:]) for rings in polygons], dtype=object)
    wrong = ~shapely.is_valid(areas)
    areas[wrong] = shapely.make_valid(areas[wrong])
    return _joined(areas)


def _ring(arcs: Sequence[Floats], numbers: Sequence[int]) -> Floats:
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in numbers]
    return np.concatenate([part if n == 0 else part[1:] for n, part in enumerate(parts)])


def _joined(areas: Iterable[BaseGeometry]) -> BaseGeometry:
    parts = [part for area in areas for part in shapely.get_parts(area)]
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
