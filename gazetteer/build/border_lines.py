"""Named lines of the borders: shared between two countries, coast, and outer border.

Rivers and lakes on a border are left out of the source's land, so that two
neighbours do not always touch: each has its own bank. A line shared with a
neighbour is therefore the part of a country's outline that lies near the
neighbour, with the water between them and no land of its own. Where the outline
leaves the neighbour to follow the shore of a lake and comes back, the line crosses
the lake straight, if it can do so without crossing land.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod, Transformer

from . import borders

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from .fetch import Sources

Shapes = TypeVar("Shapes", shapely.Geometry, "NDArray[np.object_]")

WGS84 = Geod(ellps="WGS84")

# Conformal, and true to 1.5 % in scale all over the window.
LOCAL_CRS = "+proj=lcc +lat_1=44 +lat_2=58 +lat_0=51 +lon_0=40 +ellps=WGS84 +units=m"

SHARED_WITHIN_M = 300.0

# A lake on the border: the same neighbour before and after it, and in reach across
# it. Lake Peipus is 50 km wide, its shore in Russia some 250 km long.
LAKE_WITHIN_M = 60_000.0
LAKE_SHORE_M = 300_000.0

# Shorter runs are islets, or the corner where three countries meet.
SHORTEST_RUN_M = 2_000.0

LONGEST_BEND_M = 30_000.0

# An islet, or the corner of a bank.
LAND_ON_CROSSING_M = 300.0

# Half the source's last decimal of a degree.
ON_BANK_M = 5.0

# The source was simplified to this tolerance.
SOURCE_ACCURACY_M = 100.0

# So much of a line is within its stated accuracy.
ACCURACY_PORTION = 0.95

ENDS = ["x0", "y0", "x1", "y1"]
COAST = "coast"
CLIP_EDGE = "clip"


@dataclass(frozen=True, kw_only=True)
class Run:
    """Neighbouring segments of an outline with the same label.

    Attributes
    ----------
    label
        ISO code of a neighbour, COAST or CLIP_EDGE.
    count
        How many segments.
    length_m
        Their geodesic length together.
    reach_m
        The farthest any of them is from its nearest neighbour.
    """

    label: str
    count: int
    length_m: float
    reach_m: float


def border_lines(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the border lines of Ukraine and Russia.

    Parameters
    ----------
    table
        Countries as `borders.countries` gives them.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326, MultiLineString. Columns id (``UA-RU``, ``coast:UA``,
        ``outer:RU``), kind (shared, coast or outer), a and b (ISO codes; b is
        empty where nobody shares the line), accuracy_m, geometry.
    """
    ukraine = _outline(table, "UA")
    russia = _outline(table, "RU")
    rows = [
        *_shared_rows("UA", ukraine),
        *_shared_rows("RU", russia, but=["UA"]),
        _row("coast:UA", "coast", ("UA", ""), ukraine[ukraine["label"] == COAST]),
        _row("outer:RU", "outer", ("RU", ""), russia[russia["label"] != CLIP_EDGE]),
    ]
    return gpd.GeoDataFrame(rows, crs="EPSG:4326")


def build(target: Path, sources: Sources) -> None:
    """Write the border lines as FlatGeobuf.

    Parameters
    ----------
    target
        File to write.
    sources
        Where the source packages are.
    """
    borders.write_flatgeobuf(border_lines(borders.countries(sources)), target)


def length_km(line: shapely.Geometry) -> float:
    """Return the geodesic length of a line in EPSG:4326, in kilometres."""
    return float(WGS84.geometry_length(line)) / 1000


def _outline(table: gpd.GeoDataFrame, code: str) -> pd.DataFrame:
    """Return a country's outline cut into segments, each with its label.

    Returns
    -------
    pandas.DataFrame
        Columns ring, x0, y0, x1, y1 (degrees), length_m, gap_m (to the nearest
        neighbour, infinite if none is near), label (ISO code of the neighbour,
        COAST or CLIP_EDGE); in the order of the outline.
    """
    shape = table.loc[table["iso2"] == code, "geometry"].iloc[0]
    others = table[table["iso2"] != code]
    segments = _segments(shape)
    near = _nearest_neighbour(segments, others, home=shape)
    labels = near["owner"].where(near["faces"] & near["gap_m"].le(SHARED_WITHIN_M), COAST)
    labels = labels.mask(_on_clip_edge(segments), CLIP_EDGE)
    lengths = WGS84.inv(*segments[ENDS].to_numpy().T)[2]
    outline = segments.assign(length_m=lengths, gap_m=near["gap_m"], label=labels)
    rings = [_settled_ring(ring, shape) for _, ring in outline.groupby("ring")]
    return pd.concat(rings, ignore_index=True)


def _segments(shape: shapely.Geometry) -> pd.DataFrame:
    """Return every segment of the rings of a polygon, in its own coordinates."""
    rings = shapely.get_rings(shapely.get_parts(shape))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    ends = np.column_stack([xy[:-1], xy[1:]])[same]
    return pd.DataFrame(ends, columns=ENDS).assign(ring=ring[:-1][same])


def _on_clip_edge(segments: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which segments run along the edge of the window."""
    west, south, east, north = borders.WINDOW
    along = np.zeros(len(segments), dtype=bool)
    for ends, edges in ((["x0", "x1"], (west, east)), (["y0", "y1"], (south, north))):
        for edge in edges:
            along |= np.isclose(segments[ends], edge, rtol=0, atol=1e-9).all(axis=1)
    return along


def _nearest_neighbour(
    segments: pd.DataFrame,
    others: gpd.GeoDataFrame,
    *,
    home: shapely.Geometry,
) -> pd.DataFrame:
    """Return the nearest country to the middle of each segment, and how far it is.

    Parameters
    ----------
    segments
        Segments as `_segments` gives them, in degrees.
    others
        The other countries, EPSG:4326, with column iso2.
    home
        The country whose outline the segments are, EPSG:4326.

    Returns
    -------
    pandas.DataFrame
        Columns owner (ISO code, or COAST if none is in reach), gap_m (infinite if
        none is in reach) and faces (false where the way leads across the country's
        own land, as from the back of an island).
    """
    ends = segments[ENDS].to_numpy()
    points = _to_local(shapely.points((ends[:, :2] + ends[:, 2:]) / 2))
    pieces, codes = _local_pieces(others)
    (asked, found), gap_m = shapely.STRtree(pieces).query_nearest(
        points,
        max_distance=LAKE_WITHIN_M,
        return_distance=True,
        all_matches=False,
    )
    nearest = pd.DataFrame(
        {
            "owner": codes[found],
            "gap_m": gap_m,
            "faces": _faces(points[asked], pieces[found], _to_local(home)),
        },
        index=asked,
    ).reindex(segments.index)
    return nearest.fillna({"owner": COAST, "gap_m": np.inf, "faces": False})


def _to_local(geometry: Shapes) -> Shapes:
    """Return geometries of EPSG:4326 in LOCAL_CRS, in metres."""
    project = Transformer.from_crs("EPSG:4326", LOCAL_CRS, always_xy=True).transform
    return shapely.transform(geometry, lambda xy: np.column_stack(project(*xy.T)))


def _local_pieces(
    others: gpd.GeoDataFrame,
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Return the segments of other countries' outlines in LOCAL_CRS, and whose."""
    segments = [_segments(shape) for shape in _to_local(others["geometry"].to_numpy())]
    counts = [len(ends) for ends in segments]
    ends = pd.concat(segments)[ENDS].to_numpy().reshape(-1, 2, 2)
    return np.asarray(shapely.linestrings(ends)), np.repeat(others["iso2"].to_numpy(), counts)


def _faces(
    points: NDArray[np.object_],
    pieces: NDArray[np.object_],
    home: shapely.Geometry,
) -> NDArray[np.bool_]:
    """Return which points of an outline reach a piece without crossing their land."""
    ways = shapely.shortest_line(points, pieces)
    crossing = shapely.length(ways) > ON_BANK_M
    on_land_m = np.zeros(len(points))
    on_land_m[crossing] = shapely.length(shapely.intersection(ways[crossing], home))
    return on_land_m <= ON_BANK_M


def _settled_ring(ring: pd.DataFrame, home: shapely.Geometry) -> pd.DataFrame:
    """Return one closed ring with lakes crossed and fragments relabelled.

    It starts where a label does, so that no run goes round the end of the table.
    """
    start = _first_change(ring["label"].to_numpy())
    turned = pd.concat([ring.iloc[start:], ring.iloc[:start]])
    crossed = _across_lakes(turned, home)
    runs = _without_fragments(_runs(crossed))
    labels = np.repeat([run.label for run in runs], [run.count for run in runs])
    return crossed.assign(label=labels)


def _first_change(labels: NDArray[np.object_]) -> int:
    """Return where a closed sequence of labels first changes, or 0 if it does not."""
    changes = np.flatnonzero(labels != np.roll(labels, 1))
    return int(changes[0]) if len(changes) else 0


def _runs(ring: pd.DataFrame) -> list[Run]:
    """Return the runs of equal labels of a ring that starts at a change."""
    number = (ring["label"] != ring["label"].shift()).cumsum()
    return [
        Run(
            label=run["label"].iloc[0],
            count=len(run),
            length_m=run["length_m"].sum(),
            reach_m=run["gap_m"].max(),
        )
        for _, run in ring.groupby(number)
    ]


def _across_lakes(ring: pd.DataFrame, home: shapely.Geometry) -> pd.DataFrame:
    """Return a ring with the shores of lakes on the border replaced by crossings."""
    runs = _runs(ring)
    before, after = runs[-1:] + runs[:-1], runs[1:] + runs[:1]
    ends = np.cumsum([run.count for run in runs])
    pieces = [
        _crossed(ring.iloc[end - run.count : end], previous.label, home)
        if _is_lake(previous, run, following)
        else ring.iloc[end - run.count : end]
        for previous, run, following, end in zip(before, runs, after, ends, strict=True)
    ]
    return pd.concat(pieces, ignore_index=True)


def _is_lake(before: Run, run: Run, after: Run) -> bool:
    """Return whether a run is a shore that keeps within reach of one neighbour."""
    return (
        run.label == COAST
        and before.label == after.label not in (COAST, CLIP_EDGE)
        and run.length_m <= LAKE_SHORE_M
        and run.reach_m <= LAKE_WITHIN_M
    )


def _crossed(shore: pd.DataFrame, label: str, home: shapely.Geometry) -> pd.DataFrame:
    """Return the straight way from end to end of a shore if there is water all along.

    Otherwise a short shore, as at the bend of a river, is the neighbour's as it is,
    and a long one stays coast.
    """
    end = shore.iloc[-1]
    straight = shore.iloc[[0]].assign(x1=end["x1"], y1=end["y1"], label=label)
    on_land_m = WGS84.geometry_length(shapely.intersection(_lines(straight)[0], home))
    if on_land_m > LAND_ON_CROSSING_M:
        bend = shore["length_m"].sum() <= LONGEST_BEND_M
        return shore.assign(label=label) if bend else shore
    length_m = WGS84.inv(*straight[ENDS].to_numpy().T)[2]
    return straight.assign(length_m=length_m, gap_m=0.0)


def _without_fragments(runs: list[Run]) -> list[Run]:
    """Return runs with the short ones given to the longer run beside them."""
    runs = _joined(runs)
    while len(runs) > 1:
        loose = [run for run in runs if run.label != CLIP_EDGE]
        shortest = min(loose, key=lambda run: run.length_m)
        if shortest.length_m >= SHORTEST_RUN_M:
            break
        at = runs.index(shortest)
        beside = (runs[at - 1], runs[(at + 1) % len(runs)])
        longer = max(beside, key=lambda run: (run.label != CLIP_EDGE, run.length_m))
        if longer.label == CLIP_EDGE:
            break
        runs = _joined([*runs[:at], replace(shortest, label=longer.label), *runs[at + 1 :]])
    return runs


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Return runs with equal labels one after the other made into one."""
    return [_sum(list(same)) for _, same in groupby(runs, key=lambda run: run.label)]


def _sum(runs: Sequence[Run]) -> Run:
    """Return one run in place of several with the same label."""
    return Run(
        label=runs[0].label,
        count=sum(run.count for run in runs),
        length_m=sum(run.length_m for run in runs),
        reach_m=max(run.reach_m for run in runs),
    )


def _shared_rows(
    code: str,
    outline: pd.DataFrame,
    *,
    but: Sequence[str] = (),
) -> list[dict[str, Any]]:
    """Return one row for each neighbour a country's outline is shared with."""
    neighbours = sorted(set(outline["label"]) - {COAST, CLIP_EDGE, *but})
    return [
        _row(
            f"{code}-{other}",
            "shared",
            (code, other),
            outline[outline["label"] == other],
        )
        for other in neighbours
    ]


def _row(
    name: str,
    kind: str,
    sides: tuple[str, str],
    segments: pd.DataFrame,
) -> dict[str, Any]:
    """Return one line of the table."""
    return {
        "id": name,
        "kind": kind,
        "a": sides[0],
        "b": sides[1],
        "accuracy_m": _accuracy_m(segments),
        "geometry": _joined_line(segments),
    }


def _accuracy_m(segments: pd.DataFrame) -> float:
    """Return the source's tolerance plus half the water between the banks, in metres.

    The water counts with its 95th percentile by length, rounded up to 50 m, and not
    at all where the line crosses a lake: there the source has no border.
    """
    shared = segments[segments["label"] != COAST].sort_values("gap_m")
    if shared.empty:
        return SOURCE_ACCURACY_M
    portion = shared["length_m"].cumsum() / shared["length_m"].sum()
    gap_m = shared["gap_m"][portion >= ACCURACY_PORTION].iloc[0]
    return SOURCE_ACCURACY_M + 50.0 * float(np.ceil((gap_m - 1.0) / 100.0))


def _joined_line(segments: pd.DataFrame) -> shapely.Geometry:
    """Return segments as one (Multi)LineString, joined end to end."""
    lines = shapely.multilinestrings(_lines(segments))
    return cast("shapely.Geometry", shapely.line_merge(lines))


def _lines(segments: pd.DataFrame) -> NDArray[np.object_]:
    """Return segments as lines of two points each."""
    return np.asarray(shapely.linestrings(segments[ENDS].to_numpy().reshape(-1, 2, 2)))
