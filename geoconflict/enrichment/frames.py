"""Events in a GeoDataFrame measured in memory, with the columns that a file would get."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geoconflict.enrichment.measuring import measured, without_impossible
from geoconflict.enrichment.plan import Plan, free_names, make_plan
from geoconflict.errors import EnrichError
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.measuring.geodesy import Floats

Table = TypeVar("Table", bound=pd.DataFrame)


def enrich_frame(
    events: Table,
    *,
    references: Sequence[str] = (),
    admin1: bool = False,
    nearest_settlement: bool = False,
    max_gap_days: int = 7,
    gazetteer: Gazetteer | None = None,
) -> Table:
    """Return events with distance, azimuth, nearest point, unit and settlement.

    Parameters
    ----------
    events : DataFrame or GeoDataFrame
        Points in any CRS that is said, None where the position is not known; or a plain table
        with columns of degrees such as ``lon`` and ``lat``. It is not changed.
    references : sequence of str
        As in ``enrich``.
    admin1, nearest_settlement : bool
        As in ``enrich``.
    max_gap_days : int
        As in ``enrich``.
    gazetteer : Gazetteer, optional
        Knows the places and, by its theatre, the lines and units. Default: the user's own data
        and those of the package.

    Returns
    -------
    DataFrame or GeoDataFrame
        As given, in its own CRS, with the columns that ``enrich`` writes; what they tell of
        positions is in degrees, EPSG:4326.

    Raises
    ------
    EnrichError
        Nothing is asked for, or a front without a column of dates; no positions, points whose
        CRS is not said, shapes that are no points, or degrees that are no numbers.
    GeoconflictError
        A reference names nothing.

    Examples
    --------
    >>> import geopandas as gpd
    >>> ryazan = gpd.GeoDataFrame(geometry=gpd.points_from_xy([39.69], [54.63]), crs="EPSG:4326")
    >>> float(enrich_frame(ryazan, references=["border:UA"])["distance_km"].round(0).iloc[0])
    462.0
    """
    plan = make_plan(
        references,
        columns=[str(name) for name in events.columns],
        has_geometry=_has_points(events),
        admin1=admin1,
        nearest_settlement=nearest_settlement,
        max_gap_days=max_gap_days,
    )
    known = gazetteer or Gazetteer.default()
    columns = measured(_points(events, plan), _days(events, plan), plan, known)
    names = free_names([str(name) for name in events.columns], [*columns])
    kept = events.rename(columns=dict(zip(events.columns, names, strict=True)))
    return kept.assign(**{name: _series(column, kept) for name, column in columns.items()})


def _has_points(events: pd.DataFrame) -> bool:
    return isinstance(events, gpd.GeoDataFrame) and events.active_geometry_name is not None


def _points(events: pd.DataFrame, plan: Plan) -> Floats:
    """Return lon and lat in degrees of each row, NaN where they are missing or on no Earth."""
    if isinstance(events, gpd.GeoDataFrame) and not plan.lon:
        points = _of_shapes(events)
    else:
        columns = [_degrees(events[name]) for name in (plan.lon, plan.lat)]
        points = np.column_stack(columns)
    return without_impossible(points)


def _of_shapes(events: gpd.GeoDataFrame) -> Floats:
    if events.crs is None:
        message = 'the points do not say their CRS: set_crs("EPSG:4326") if they are lon and lat'
        raise EnrichError(message)
    shapes = events.geometry.to_crs("EPSG:4326")
    found = set(shapes.geom_type.dropna()) - {"Point"}
    if found:
        message = f"found {', '.join(sorted(found))}, expected points"
        raise EnrichError(message)
    return np.column_stack((shapes.x, shapes.y)).astype(float)


def _degrees(column: pd.Series[Any]) -> Floats:
    numbers = pd.to_numeric(column, errors="coerce")
    wrong = column[numbers.isna() & column.notna()]
    if len(wrong):
        found = f"found {wrong.iloc[0]!r} in row {wrong.index[0]}"
        message = f"{column.name}: {found}, expected degrees"
        raise EnrichError(message)
    return numbers.to_numpy(dtype=float)


def _days(events: pd.DataFrame, plan: Plan) -> npt.NDArray[np.datetime64] | None:
    if not plan.date:
        return None
    days: npt.NDArray[np.datetime64] = pd.to_datetime(events[plan.date]).to_numpy()
    return days.astype("datetime64[D]")


def _series(column: npt.NDArray[np.generic], events: pd.DataFrame) -> pd.Series:
    values = column.astype("datetime64[s]") if column.dtype.kind == "M" else column
    return pd.Series(values, index=events.index)
