"""The railways of the basemap: main lines as they run, without yards, sidings and second tracks."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import MultiLineString, box

from .window import LOCAL_CRS, WINDOW

if TYPE_CHECKING:
    from .fetch import Sources

MEMBER = "scgraph_data/world_railways.py"

TOLERANCE_M = 300.0

# Tracks this near to each other are drawn as one line.
APART_M = 900.0

# A dead end that is shorter is a siding, and a piece that hangs on nothing a gap in the source.
SHORTEST_END_M, SHORTEST_PIECE_M = 6_000.0, 25_000.0


def lines(sources: Sources) -> gpd.GeoDataFrame:
    """Return the railways inside WINDOW as one MultiLineString.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326, one row.
    """
    ends = _edges(sources.read_member("railways", MEMBER).decode("ascii"))
    places = gpd.GeoSeries(gpd.points_from_xy(*ends.reshape(-1, 2).T), crs="EPSG:4326")
    xy = shapely.get_coordinates(places.to_crs(LOCAL_CRS)).reshape(-1, 2, 2)
    kept = _without_ends(_merged(np.asarray(shapely.linestrings(_welded(xy)))))
    simple = gpd.GeoSeries(shapely.simplify(kept, TOLERANCE_M), crs=LOCAL_CRS).to_crs("EPSG:4326")
    inside = shapely.get_parts(simple.clip(box(*WINDOW)).to_numpy())
    return gpd.GeoDataFrame(geometry=[MultiLineString(list(inside))], crs="EPSG:4326")


def _edges(module: str) -> np.ndarray:
    """Return the pieces of track of a graph as lon and lat of both ends; shape (n, 2, 2).

    The source is a Python module with ``graph``, for each node its neighbours, and ``nodes``, their
    lat and lon in degrees.
    """
    found = re.search(r"^graph ?=(?P<graph>.*)$\s*^nodes ?=(?P<nodes>.*)$", module, re.MULTILINE)
    assert found is not None  # noqa: S101 - the file is fixed by its hash
    graph = json.loads(re.sub(r"(\d+):", r'"\1":', found["graph"]))
    nodes = np.asarray(json.loads(found["nodes"]))[:, ::-1]
    pairs = [(a, int(b)) for a, beside in enumerate(graph) for b in beside if a < int(b)]
    west, south, east, north = WINDOW
    within = (nodes >= (west, south)) & (nodes <= (east, north))
    inside: list[bool] = np.all(within, axis=1).tolist()
    kept = np.asarray([(a, b) for a, b in pairs if inside[a] or inside[b]])
    return np.asarray(nodes[kept])


def _merged(pieces: np.ndarray) -> np.ndarray:
    """Return lines joined end to end where no third one meets them."""
    return np.asarray(shapely.get_parts(shapely.line_merge(shapely.union_all(pieces))))


def _welded(ends: np.ndarray) -> np.ndarray:
    """Return pieces of track with what lies side by side moved together, each once.

    Points are taken in turn; those within APART_M of one that was taken before are moved to it.
    """
    points, which = np.unique(ends.reshape(-1, 2), axis=0, return_inverse=True)
    places = np.asarray(shapely.points(points))
    near, of = shapely.STRtree(places).query(places, predicate="dwithin", distance=APART_M)
    home = np.full(len(points), -1)
    starts = np.searchsorted(near, np.arange(len(points) + 1))
    for at in range(len(points)):
        if home[at] < 0:
            beside = of[starts[at] : starts[at + 1]]
            home[beside[home[beside] < 0]] = at
    pairs = np.sort(home[which.reshape(-1, 2)], axis=1)
    pairs = np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0)
    return np.asarray(points[_without_chords(pairs, points)])


def _without_chords(pairs: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return pieces of track without the longest side of each triangle.

    Examples
    --------
    >>> corners = np.array([(0.0, 0.0), (3.0, 0.0), (5.0, 1.0)])
    >>> _without_chords(np.array([(0, 1), (0, 2), (1, 2)]), corners).tolist()
    [[0, 1], [1, 2]]
    """
    length = np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T)
    sides: dict[int, dict[int, float]] = {}
    for (a, b), far in zip(pairs.tolist(), length.tolist(), strict=True):
        sides.setdefault(a, {})[b] = far
        sides.setdefault(b, {})[a] = far
    kept = np.ones(len(pairs), dtype=bool)
    for at in np.argsort(-length):
        a, b = pairs[at].tolist()
        third = sides[a].keys() & sides[b].keys()
        if any(max(sides[a][c], sides[b][c]) < sides[a][b] for c in third):
            kept[at] = False
            del sides[a][b], sides[b][a]
    return pairs[kept]


def _without_ends(tracks: np.ndarray) -> np.ndarray:
    """Return tracks without short dead ends and short pieces that hang on nothing."""
    while True:
        ends = shapely.get_point(tracks, 0), shapely.get_point(tracks, -1)
        places = np.concatenate([shapely.get_coordinates(end).round() for end in ends])
        _, which, count = np.unique(places, axis=0, return_inverse=True, return_counts=True)
        free = (count[which.ravel()] == 1).reshape(2, -1).sum(axis=0)
        length = shapely.length(tracks)
        short = ((free == 1) & (length < SHORTEST_END_M)) | (
            (free == 2) & (length < SHORTEST_PIECE_M)
        )
        if not short.any():
            return tracks
        tracks = _merged(tracks[~short])
