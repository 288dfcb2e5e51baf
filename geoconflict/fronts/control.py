"""Who controls a place on a day, and how far it is from the front line."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geoconflict.borders import Borders, line_index
from geoconflict.errors import CoordinateError
from geoconflict.fronts.sides import SIDES, UKRAINE
from geoconflict.fronts.snapshots import Snapshot
from geoconflict.geodesy import Floats, as_points

if TYPE_CHECKING:
    from geoconflict.fronts.collection import Fronts

# Neither in an area of the source nor in Ukraine.
OUTSIDE = "outside"


def control(
    fronts: Fronts,
    points: npt.ArrayLike,
    date: dt.date | npt.ArrayLike,
    *,
    max_gap_days: int | None,
) -> pd.DataFrame:
    """Return who controls each point on its day, and how far from the front line it is.

    Parameters
    ----------
    fronts : Fronts
        Snapshots of one source.
    points : array_like, shape (n, 2)
        Lon and lat in degrees; NaN for an unknown position.
    date : date or n dates
        One day for all points, or one a point.
    max_gap_days : int or None
        As of ``Fronts.at``.

    Returns
    -------
    DataFrame
        One row a point: ``lon``, ``lat``, ``date`` (asked), ``snapshot_date`` (used), ``side``
        (``RU``, ``UA``, ``contested``, ``unknown``, ``claimed-RU``, ``claimed-UA``, or
        ``outside`` Ukraine and all areas; None for an unknown position), ``distance_km`` to
        the line on the ellipsoid (NaN where there is no line) and the line's nearest point,
        ``nearest_lon`` and ``nearest_lat``.

    Raises
    ------
    CoordinateError
        Coordinates that are not on Earth, or not as many dates as points.
    MissingSnapshotError
        There is no snapshot for a day.
    """
    asked = as_points(points)
    days = _days(date, len(asked))
    used = {day: fronts.at(day, max_gap_days=max_gap_days) for day in sorted(set(days))}
    snapshots = [used[day] for day in days]
    side = np.full(len(asked), None, dtype=object)
    distance_m, nearest = np.full(len(asked), np.nan), np.full((len(asked), 2), np.nan)
    for snapshot in dict.fromkeys(used.values()):
        rows = np.flatnonzero([one is snapshot for one in snapshots])
        side[rows] = sides(snapshot, asked[rows])
        distance_m[rows], nearest[rows] = distances(snapshot, asked[rows])
    return pd.DataFrame(
        {
            "lon": asked[:, 0],
            "lat": asked[:, 1],
            "date": days,
            "snapshot_date": [snapshot.date for snapshot in snapshots],
            "side": side,
            "distance_km": distance_m / 1000,
            "nearest_lon": nearest[:, 0],
            "nearest_lat": nearest[:, 1],
        }
    )


def sides(snapshot: Snapshot, points: Floats) -> npt.NDArray[np.object_]:
    """Return the side that holds each point, shape (n,); None where a point is NaN.

    Held areas come before contested and claimed ones; elsewhere in Ukraine is Ukraine's.
    """
    found = np.full(len(points), None, dtype=object)
    found[~np.isnan(points).any(axis=1)] = OUTSIDE
    ukraine = Borders.default().country("UA")
    found[shapely.contains_xy(ukraine, points[:, 0], points[:, 1])] = UKRAINE
    for side in reversed(SIDES):
        if side in snapshot.areas:
            area = snapshot.areas[side]
            shapely.prepare(area)
            found[shapely.intersects_xy(area, points[:, 0], points[:, 1])] = side
    return found


def distances(snapshot: Snapshot, points: Floats) -> tuple[Floats, Floats]:
    """Return distance to the front line in metres, and its nearest point, lon and lat.

    NaN where a point is NaN, or the snapshot has no line.
    """
    if snapshot.line.is_empty:
        return np.full(len(points), np.nan), np.full((len(points), 2), np.nan)
    nearest = line_index(snapshot.line).nearest(points)
    return nearest.distance_m, nearest.point


def held_distances(snapshot: Snapshot, points: Floats) -> Floats:
    """Return the distance to the nearest land held by Russia in metres, 0 inside it.

    NaN where a point is NaN, or nothing is held. Unlike the line, held land may be near across
    water, as Kinburn is to Ochakiv, or beyond a stretch of border.
    """
    if snapshot.held.is_empty:
        return np.full(len(points), np.nan)
    distance = line_index(snapshot.held).nearest(points).distance_m
    inside = shapely.intersects_xy(snapshot.held, points[:, 0], points[:, 1])
    return np.where(inside, 0.0, distance)


def _days(date: dt.date | npt.ArrayLike, count: int) -> list[dt.date]:
    if isinstance(date, dt.date):
        return [date] * count
    days = [day.date() for day in pd.to_datetime(np.asarray(date, dtype=object)).to_pydatetime()]
    if len(days) != count:
        message = f"expected one date, or one for each of {count} points, found {len(days)}"
        raise CoordinateError(message)
    return days
