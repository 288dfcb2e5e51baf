"""What every page carries: the basemap as far as a page shows it, and the names on it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.files.embedded import embedded_path
from geoconflict.page.arcs import Grid, gathered
from geoconflict.page.labels import packed_labels
from geoconflict.page.packing import deflated, pack
from geoconflict.theatre import Theatre

_SOURCES = ("basemap.json", "cities.json", "city_names.csv", "waters.csv")
_DEGREE_M = 111_200.0
# The grid of the basemap file is 50 m wide, its lines are right within 500.
_COARSER = 4
_TOLERANCE_M = 300.0
# Far from the country that the map is about, ponds tell nobody where he is.
_FAR_KM = 250.0
_SMALLEST_FAR_KM2 = 25.0
_RING = 4


@cache
def ground(theatre: Theatre) -> Mapping[str, str]:
    """Return what every page of a theatre carries, packed small, by the id of its element.

    That of the embedded theatre is packed beforehand, as that takes longer than all the rest.
    """
    if theatre.folder is None:
        stored: dict[str, Any] = json.loads(embedded_path("ground.json").read_text("utf-8"))
        if stored["of"] == _mark(theatre):
            packed: dict[str, str] = stored["packed"]
            return packed
    return dict(packed_ground(theatre)["packed"])


def packed_ground(
    theatre: Theatre, *, deflate: Callable[[Sequence[bytes]], bytes] = deflated
) -> dict[str, Any]:
    """Return what a theatre's pages carry as ``packed``, with the mark of its files as ``of``.

    ``deflate`` compresses it, as of ``pack``.
    """
    drawn = basemap(theatre)
    base = ground_data(_lean(drawn, theatre.home), coarser=_COARSER)
    if "world" in drawn:
        base["world"] = ground_data(drawn["world"])
    data = {"basemap-data": base, "labels-data": packed_labels(theatre)}
    packed = {name: pack(value, deflate=deflate) for name, value in data.items()}
    return {"of": _mark(theatre), "packed": packed}


def _mark(theatre: Theatre) -> int:
    """Return a number that differs where any of the files does that the ground is made of."""
    mark = 0
    for name in _SOURCES:
        mark = zlib.crc32(theatre.file(name).read_bytes(), mark)
    return mark


def basemap(theatre: Theatre) -> dict[str, Any]:
    """Return the basemap of a theatre, as TopoJSON."""
    topology: dict[str, Any] = json.loads(theatre.file("basemap.json").read_text("utf-8"))
    return topology


def ground_data(topology: Mapping[str, Any], *, coarser: int = 1) -> dict[str, Any]:
    """Return TopoJSON as the page reads it, with a grid so many times as wide.

    Arcs stand in the order in which its objects use them first, so that places follow each
    other. ``objects`` has by name a list of ``properties``, ``lengths``, the number of arcs of
    each line or ring, and ``arcs``, what the place of each adds to the one before.
    """
    used: dict[int, int] = {}
    backwards: set[int] = set()

    def place(index: int) -> int:
        arc = index if index >= 0 else ~index
        if arc not in used:
            used[arc] = len(used)
            backwards.update({arc} if index < 0 else ())
        return used[arc] if (index < 0) == (arc in backwards) else ~used[arc]

    def coded(geometry: Mapping[str, Any]) -> dict[str, Any]:
        depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
        rings = [geometry["arcs"]]
        for _ in range(depth[geometry["type"]]):
            rings = [part for ring in rings for part in ring]
        places = np.array([place(index) for ring in rings for index in ring], dtype=np.int64)
        lengths = np.array([len(ring) for ring in rings])
        own = {"lengths": lengths, "arcs": np.diff(places, prepend=0)}
        return own | {name: geometry[name] for name in ("properties",) if name in geometry}

    layers = topology["objects"].items()
    objects = {name: [coded(one) for one in layer["geometries"]] for name, layer in layers}
    arcs = []
    for arc in used:
        points = np.rint(np.cumsum(topology["arcs"][arc], axis=0) / coarser).astype(np.int64)
        moved = np.append(np.any(np.diff(points, axis=0), axis=1), True)
        arcs.append(points[moved][:: -1 if arc in backwards else 1])
    transform = topology["transform"]
    scale = [step * coarser for step in transform["scale"]]
    return {"bbox": topology["bbox"], "objects": objects} | gathered(
        arcs, scale, transform["translate"]
    )


def _lean(topology: Mapping[str, Any], home: str) -> dict[str, Any]:
    """Return a basemap without what a page never shows: bends of its lines, ponds far away."""
    scale = np.array(topology["transform"]["scale"]) * _DEGREE_M
    scale[0] *= np.cos(np.radians(np.mean(topology["bbox"][1::2])))
    points = [np.cumsum(arc, axis=0) for arc in topology["arcs"]]
    arcs = [np.diff(_simple(arc, scale), axis=0, prepend=0) for arc in points]
    objects = dict(topology["objects"])
    if "waters" in objects:
        metres = [arc * scale for arc in points]
        near = _around(objects["countries"], home, metres)
        waters = [_without_ponds(one, metres, near) for one in objects["waters"]["geometries"]]
        objects["waters"] = {**objects["waters"], "geometries": waters}
    return {**topology, "arcs": arcs, "objects": objects}


def _simple(points: Grid, scale: Any) -> Grid:  # noqa: ANN401 - metres a step, in x and y
    """Return an arc without the bends that are narrower than the lines are right."""
    line = shapely.LineString(points * scale)
    kept = shapely.get_coordinates(line.simplify(_TOLERANCE_M))
    is_ring = bool((points[0] == points[-1]).all())
    if is_ring and len(kept) < _RING:
        return points
    whole: Grid = np.rint(kept / scale).astype(np.int64)
    return whole


def _around(countries: Mapping[str, Any], home: str, metres: Sequence[Any]) -> BaseGeometry:
    """Return the area around a country in which small waters count."""
    own = [one for one in countries["geometries"] if one["properties"]["iso2"] == home]
    arcs = {arc if arc >= 0 else ~arc for one in own for arc in _flat(one["arcs"])}
    corners = shapely.MultiPoint(np.concatenate([metres[arc] for arc in sorted(arcs)]))
    around: BaseGeometry = corners.convex_hull.buffer(_FAR_KM * 1e3)
    return around


def _without_ponds(
    waters: Mapping[str, Any], metres: Sequence[Any], near: BaseGeometry
) -> dict[str, Any]:
    kept = []
    for rings in waters["arcs"]:
        outline = np.concatenate([metres[a] if a >= 0 else metres[~a][::-1] for a in rings[0]])
        lake = shapely.Polygon(outline)
        if lake.area >= _SMALLEST_FAR_KM2 * 1e6 or near.intersects(lake.centroid):
            kept.append(rings)
    return {**waters, "arcs": kept}


def _flat(arcs: Sequence[Any]) -> Iterator[int]:
    for one in arcs:
        if isinstance(one, int):
            yield one
        else:
            yield from _flat(one)
