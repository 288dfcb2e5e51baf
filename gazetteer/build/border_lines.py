"""Named lines of the borders: shared between two countries, and coasts.

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
from typing import TYPE_CHECKING, Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod, Transformer
from shapely.geometry import box

from . import borders
from .zones import ENDS, ZONE_MARGIN_DEG, ZONES, is_inland, lines_of, segments_of, to_plane

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from .fetch import Sources

WGS84 = Geod(ellps="WGS84")

# A lake on the border: the same neighbour before and after it, and in reach across
# it. Lake Khanka is 90 km long, the shore of Lake Peipus in Russia 330 km.
LAKE_WITHIN_M = 90_000.0
LAKE_SHORE_M = 400_000.0

# Shorter runs are islets, or the corner where three countries meet.
SHORTEST_RUN_M = 2_000.0

LONGEST_BEND_M = 30_000.0

# An islet, or the corner of a bank.
LAND_ON_CROSSING_M = 300.0

# Half the source's last decimal of a degree.
ON_BANK_M = 5.0

# In the middle of a lake: what is known is the shores, and that treaties keep off them.
MIDDLE_WITHIN_M = 10_000.0

# The sources were simplified to these tolerances.
SOURCE_ACCURACY_M = 100.0
FAR_SOURCE_ACCURACY_M = 500.0

# So much of a line is within its stated accuracy.
ACCURACY_PORTION = 0.95

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
        ``coast:RU``), kind (shared or coast), a and b (ISO codes; b is empty where nobody
        shares the line), b_name (in English), accuracy_m, geometry.
    """
    outlines = {code: _outline(table, code) for code in ("UA", "RU")}
    russia = outlines["RU"]
    outlines["RU"] = russia[~is_inland(russia, russia["label"] == COAST, table)]
    rows = [
        *_shared_rows("UA", outlines["UA"]),
        *_shared_rows("RU", outlines["RU"], but=["UA"]),
        *(
            _row(f"coast:{code}", COAST, (code, ""), outline[outline["label"] == COAST])
            for code, outline in outlines.items()
        ),
    ]
    lines = gpd.GeoDataFrame(rows, crs="EPSG:4326")
    names = table.set_index("iso2")["name_en"]
    lines.insert(4, "b_name", lines["b"].map(names).fillna(""))
    return lines


def build(target: Path, sources: Sources) -> None:
    """Write the border lines as GeoPackage."""
    borders.write_geopackage(border_lines(borders.countries(sources)), target)


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
    segments = segments_of(shape)
    near = _nearest_by_zone(segments, others, home=shape)
    labels = near["owner"].where(near["faces"] & near["gap_m"].le(near["within_m"]), COAST)
    labels = labels.mask(_on_clip_edge(segments), CLIP_EDGE)
    outline = segments.assign(length_m=_lengths_m(segments), gap_m=near["gap_m"], label=labels)
    neighbours = others.set_index("iso2").geometry
    rings = [_settled_ring(ring, shape, neighbours) for _, ring in outline.groupby("ring")]
    return pd.concat(rings, ignore_index=True)


def _on_clip_edge(segments: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which segments run along the antimeridian, where the source is cut."""
    lon = np.abs(segments[["x0", "x1"]].to_numpy())
    return np.asarray(np.isclose(lon, 180.0, rtol=0, atol=1e-9).all(axis=1))


def _nearest_by_zone(
    segments: pd.DataFrame,
    others: gpd.GeoDataFrame,
    *,
    home: shapely.Geometry,
) -> pd.DataFrame:
    """Return what `_nearest_neighbour` does, measured in the zone that a segment begins in.

    The column within_m says how far apart the banks of a shared line may lie there.
    """
    found, left = [], np.ones(len(segments), dtype=bool)
    for zone in ZONES:
        west, south, east, north = zone.bounds
        is_here = left & segments["x0"].between(west, east) & segments["y0"].between(south, north)
        left &= ~is_here
        if is_here.any():
            around = shapely.buffer(box(*zone.bounds), ZONE_MARGIN_DEG, join_style="mitre")
            near = _nearest_neighbour(
                segments[is_here],
                others.set_geometry(shapely.intersection(others.geometry, around)),
                home=shapely.intersection(home, around),
                crs=zone.crs,
            )
            found.append(near.assign(within_m=zone.shared_within_m))
    return pd.concat(found).loc[segments.index]


def _nearest_neighbour(
    segments: pd.DataFrame,
    others: gpd.GeoDataFrame,
    *,
    home: shapely.Geometry,
    crs: str,
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
    crs
        The plane in which to measure, in metres.

    Returns
    -------
    pandas.DataFrame
        Columns owner (ISO code, or COAST if none is in reach), gap_m (infinite if
        none is in reach) and faces (false where the way leads across the country's
        own land, as from the back of an island).
    """
    ends = segments[ENDS].to_numpy()
    points = to_plane(shapely.points((ends[:, :2] + ends[:, 2:]) / 2), crs)
    pieces, codes = _plane_pieces(others, crs)
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
            "faces": _faces(points[asked], pieces[found], to_plane(home, crs)),
        },
        index=segments.index[asked],
    ).reindex(segments.index)
    return nearest.fillna({"owner": COAST, "gap_m": np.inf, "faces": False})


def _plane_pieces(
    others: gpd.GeoDataFrame,
    crs: str,
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Return the segments of other countries' outlines in a plane, and whose."""
    segments = [segments_of(shape) for shape in to_plane(others.geometry.to_numpy(), crs)]
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


def _settled_ring(
    ring: pd.DataFrame, home: shapely.Geometry, neighbours: gpd.GeoSeries
) -> pd.DataFrame:
    """Return one closed ring with lakes crossed and fragments relabelled.

    It starts where a label does, so that no run goes round the end of the table.
    """
    start = _first_change(ring["label"].to_numpy())
    turned = pd.concat([ring.iloc[start:], ring.iloc[:start]])
    crossed = _across_lakes(turned, home, neighbours)
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


def _across_lakes(
    ring: pd.DataFrame, home: shapely.Geometry, neighbours: gpd.GeoSeries
) -> pd.DataFrame:
    """Return a ring with the shores of lakes on the border replaced by crossings."""
    runs = _runs(ring)
    before, after = runs[-1:] + runs[:-1], runs[1:] + runs[:1]
    ends = np.cumsum([run.count for run in runs])
    # A spit with one border has one long shore, which is no lake's.
    is_spit = len(runs) == 2 and max(run.length_m for run in runs) > LONGEST_BEND_M
    pieces = [
        _crossed(ring.iloc[end - run.count : end], previous.label, home, neighbours)
        if _is_lake(previous, run, following) and not is_spit
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


def _crossed(
    shore: pd.DataFrame,
    label: str,
    home: shapely.Geometry,
    neighbours: gpd.GeoSeries,
) -> pd.DataFrame:
    """Return the straight way from end to end of a shore if there is water all along.

    Otherwise a short shore, as at the bend of a river, is the neighbour's as it is. For
    the shore of a lake behind a short stretch of border stands that stretch, and for
    another long one the line half way across.
    """
    end = shore.iloc[-1]
    straight = shore.iloc[[0]].assign(x1=end["x1"], y1=end["y1"], label=label)
    on_land_m = WGS84.geometry_length(shapely.intersection(lines_of(straight)[0], home))
    if on_land_m > LAND_ON_CROSSING_M:
        if shore["length_m"].sum() <= LONGEST_BEND_M:
            return shore.assign(label=label)
        length_m = _lengths_m(straight)
        if length_m.sum() <= LONGEST_BEND_M:
            return straight.assign(length_m=length_m, gap_m=length_m / 2)
        return _middle(shore, neighbours[label]).assign(label=label, gap_m=MIDDLE_WITHIN_M)
    return straight.assign(length_m=_lengths_m(straight), gap_m=0.0)


def _middle(shore: pd.DataFrame, neighbour: shapely.Geometry) -> pd.DataFrame:
    """Return the line half way from a shore to the nearest land of a neighbour."""
    zone = next(zone for zone in ZONES if box(*zone.bounds).covers(lines_of(shore)[0]))
    around = shapely.buffer(shapely.envelope(shapely.multilinestrings(lines_of(shore))), 1.0)
    near = cast("shapely.Geometry", shapely.intersection(neighbour, around))
    ends = shore[ENDS].to_numpy()
    points = np.asarray(shapely.points(np.vstack([ends[:, :2], ends[-1:, 2:]])))
    ways = shapely.shortest_line(to_plane(points, zone.crs), to_plane(near, zone.crs))
    half = shapely.get_coordinates(shapely.line_interpolate_point(ways, 0.5, normalized=True))
    back = Transformer.from_crs(zone.crs, "EPSG:4326", always_xy=True).transform
    xy = np.column_stack(back(*half.T))
    segments = pd.DataFrame(np.column_stack([xy[:-1], xy[1:]]), columns=ENDS)
    return segments.assign(ring=shore["ring"].iloc[0], length_m=_lengths_m(segments))


def _lengths_m(segments: pd.DataFrame) -> NDArray[np.float64]:
    """Return the geodesic length of each segment in metres."""
    return np.asarray(WGS84.inv(*segments[ENDS].to_numpy().T)[2])


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
    _, _, east, north = borders.WINDOW
    is_far = ((segments["x0"] > east) | (segments["y0"] > north)).any()
    source_m = FAR_SOURCE_ACCURACY_M if is_far else SOURCE_ACCURACY_M
    if shared.empty:
        return source_m
    portion = shared["length_m"].cumsum() / shared["length_m"].sum()
    gap_m = shared["gap_m"][portion >= ACCURACY_PORTION].iloc[0]
    return source_m + 50.0 * float(np.ceil((gap_m - 1.0) / 100.0))


def _joined_line(segments: pd.DataFrame) -> shapely.Geometry:
    """Return segments as one (Multi)LineString, joined end to end."""
    lines = shapely.multilinestrings(lines_of(segments))
    return cast("shapely.Geometry", shapely.line_merge(lines))
