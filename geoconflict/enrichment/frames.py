"""Events in a GeoDataFrame measured in memory, with the columns that a file would get."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geoconflict.enrichment.measuring import measured
from geoconflict.enrichment.plan import Plan, free_names, make_plan


def enrich_frame(
    events: gpd.GeoDataFrame,
    *,
    references: Sequence[str] = (),
    admin1: bool = False,
    nearest_settlement: bool = False,
    max_gap_days: int = 7,
) -> gpd.GeoDataFrame:
    """Return events with distance, azimuth, nearest point, unit and settlement.

    Parameters
    ----------
    events : GeoDataFrame
        Points in EPSG:4326, None where the position is not known; it is not changed.
    references : sequence of str
        As in ``enrich``.
    admin1, nearest_settlement : bool
        As in ``enrich``.
    max_gap_days : int
        As in ``enrich``.

    Returns
    -------
    GeoDataFrame
        With the columns that ``enrich`` writes.

    Raises
    ------
    EnrichError
        Nothing is asked for, or a front without a column of dates.
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
        has_geometry=True,
        admin1=admin1,
        nearest_settlement=nearest_settlement,
        max_gap_days=max_gap_days,
    )
    points = np.column_stack((events.geometry.x, events.geometry.y)).astype(float)
    columns = measured(points, _days(events, plan), plan)
    names = free_names([str(name) for name in events.columns], [*columns])
    kept = events.rename(columns=dict(zip(events.columns, names, strict=True)))
    return kept.assign(**{name: _series(column, kept) for name, column in columns.items()})


def _days(events: gpd.GeoDataFrame, plan: Plan) -> npt.NDArray[np.datetime64] | None:
    if not plan.date:
        return None
    days: npt.NDArray[np.datetime64] = pd.to_datetime(events[plan.date]).to_numpy()
    return days.astype("datetime64[D]")


def _series(column: npt.NDArray[np.generic], events: gpd.GeoDataFrame) -> pd.Series:
    values = column.astype("datetime64[s]") if column.dtype.kind == "M" else column
    return pd.Series(values, index=events.index)
