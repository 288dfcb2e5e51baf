"""Who controls a place on a day, and how far it is from the front line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import CoordinateError
from geoconflict.fronts.sides import SIDES, UKRAINE, UNKNOWN
from geoconflict.fronts.snapshots import Snapshot
from geoconflict.fronts.units import unit_area
from geoconflict.measuring.geodesy import Floats, as_points
from geoconflict.measuring.nearest import LineIndex

if TYPE_CHECKING:
    import pandas as pd

# Neither in an area of the source nor in Ukraine.
OUTSIDE = "outside"


def control(
    at: Callable[[dt.date], Snapshot],
    points: npt.ArrayLike,
    date: dt.date | npt.ArrayLike,
) -> pd.DataFrame:
    """Return who controls each point on its day, and how far from the front line it is.

    Parameters
    ----------
    at : callable
        Returns the snapshot of one source that answers for a day.
    points : array_like, shape (n, 2)
        Lon and lat in degrees; NaN for an unknown position.
    date : date or n dates
        One day for all points, or one a point.

    Returns
    -------
    DataFrame
        One row a point: ``lon``, ``lat``, ``date`` (asked), ``snapshot_date`` (used), ``side``
        (``RU``, ``UA``, ``contested``, ``unknown``, ``claimed-RU``, ``claimed-UA``, or
        ``outside`` Ukraine and all areas; None for an unknown position), ``distance_km`` to
        the line on the ellipsoid (NaN where there is no line) and the line's nearest point,
        ``nearest_lon`` and ``nearest_lat``.

    Notes
    -----
    A town is as far as the point it is given by: on 24 January 2025 the gazetteer's point of
    Kramatorsk is 22.4 km from DeepState's line and that of Siversk 9.7 km, where other points
    of the same towns give 22.7 and 9.4 km.

    Raises
    ------
    CoordinateError
        Coordinates that are not on Earth, or not as many dates as points.
    MissingSnapshotError
        There is no snapshot for a day.
    """
    import pandas as pd

    asked = as_points(points)
    days = _days(date, len(asked))
    used = np.full(len(asked), None, dtype=object)
    side = np.full(len(asked), None, dtype=object)
    distance_m, nearest = np.full(len(asked), np.nan), np.full((len(asked), 2), np.nan)
    for day, rows in _rows_by_day(days):
        snapshot = at(day)
        used[rows] = snapshot.date
        side[rows] = sides(snapshot, asked[rows])
        distance_m[rows], nearest[rows] = distances(snapshot, asked[rows])
    return pd.DataFrame(
        {
            "lon": asked[:, 0],
            "lat": asked[:, 1],
            "date": days,
            "snapshot_date": used,
            "side": side,
            "distance_km": distance_m / 1000,
            "nearest_lon": nearest[:, 0],
            "nearest_lat": nearest[:, 1],
        }
    )


def sides(snapshot: Snapshot, points: Floats) -> npt.NDArray[np.object_]:
    """Return the side that holds each point, shape (n,); None where a point is NaN.

    Held areas come before contested and claimed ones; elsewhere in Ukraine is Ukraine's. Units
    held since before the war are unknown where the snapshot draws no town of theirs as held.
    """
    found = np.full(len(points), None, dtype=object)
    found[~np.isnan(points).any(axis=1)] = OUTSIDE
    home = snapshot.borders.home
    found[shapely.contains_xy(home, points[:, 0], points[:, 1])] = UKRAINE
    for area in _uncounted(snapshot):
        found[shapely.contains_xy(area, points[:, 0], points[:, 1])] = UNKNOWN
    for side in reversed(SIDES):
        if side in snapshot.areas:
            area = snapshot.areas[side]
            shapely.prepare(area)
            found[shapely.intersects_xy(area, points[:, 0], points[:, 1])] = side
    return found


def _uncounted(snapshot: Snapshot) -> list[BaseGeometry]:
    """Return the units held since before the war that a snapshot with held land leaves out."""
    theatre = snapshot.borders.theatre
    if snapshot.held.is_empty or not theatre.held_towns.keys() - snapshot.held_towns:
        return []
    areas = [unit_area(code, snapshot.borders) for code in sorted(theatre.held)]
    drawn = shapely.MultiPoint([theatre.held_towns[name] for name in sorted(snapshot.held_towns)])
    return [area for area in areas if not shapely.intersects(area, drawn)]


def distances(snapshot: Snapshot, points: Floats) -> tuple[Floats, Floats]:
    """Return distance to the front line in metres, and its nearest point, lon and lat.

    NaN where a point is NaN, or the snapshot has no line.
    """
    if snapshot.line_index is None:
        return np.full(len(points), np.nan), np.full((len(points), 2), np.nan)
    nearest = snapshot.line_index.nearest(points)
    return nearest.distance_m, nearest.point


def held_distances(snapshot: Snapshot, points: Floats) -> Floats:
    """Return the distance to the nearest land held by Russia in metres, 0 inside it.

    NaN where a point is NaN, or nothing is held. Unlike the line, held land may be near across
    water, as Kinburn is to Ochakiv, or beyond a stretch of border.
    """
    if snapshot.held.is_empty:
        return np.full(len(points), np.nan)
    distance = LineIndex(snapshot.held).nearest(points).distance_m
    inside = shapely.intersects_xy(snapshot.held, points[:, 0], points[:, 1])
    return np.where(inside, 0.0, distance)


def _days(date: dt.date | npt.ArrayLike, count: int) -> npt.NDArray[np.object_]:
    days = np.full(count, None, dtype=object)
    if isinstance(date, dt.date):
        days[:] = date
        return days
    import pandas as pd

    given = pd.to_datetime(np.asarray(date, dtype=object)).date
    if len(given) != count:
        message = f"expected one date, or one for each of {count} points, found {len(given)}"
        raise CoordinateError(message)
    days[:] = given
    return days


def _rows_by_day(
    days: npt.NDArray[np.object_],
) -> Iterator[tuple[dt.date, npt.NDArray[np.intp]]]:
    """Yield each day once, in order, so that a snapshot is read once, with its rows."""
    if not len(days):
        return
    found, number = np.unique(days, return_inverse=True)
    order = np.argsort(number, kind="stable")
    starts = np.searchsorted(number[order], np.arange(len(found)))
    yield from zip(found.tolist(), np.split(order, starts[1:]), strict=True)
