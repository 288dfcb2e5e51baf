"""Positions and days in, columns of measurements out: the step that every machine does alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pykdtree.kdtree import KDTree

from geoconflict.enrichment.plan import FRONT, Plan
from geoconflict.errors import MissingSnapshotError
from geoconflict.fronts.collection import Fronts
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.geodesy import Floats, inverse, to_xyz
from geoconflict.measuring.nearest import LineIndex, Nearest
from geoconflict.references import find_reference

Columns = dict[str, npt.NDArray[Any]]
Days = npt.NDArray[np.datetime64]
# The reference to a folder of snapshots, and what knows the borders.
_Front = tuple[str, Gazetteer]


def measured(points: Floats, days: Days | None, plan: Plan, gazetteer: Gazetteer) -> Columns:
    """Return the columns that a plan asks for.

    Parameters
    ----------
    points : array, shape (n, 2)
        Lon and lat in degrees; NaN for an unknown position.
    days : array of datetime64[D], shape (n,), or None
        NaT where the day is not known; needed where a front is measured.
    plan : Plan
    gazetteer : Gazetteer
        Knows the places and, by its theatre, the lines and units.

    Returns
    -------
    dict of arrays
        ``distance_km`` and ``azimuth_deg`` (from the nearest point to the event),
        ``nearest_lon``, ``nearest_lat``, NaN where they cannot be measured;
        ``snapshot_date`` as datetime64[D]; ``admin1``, ``settlement`` and ``settlement_id``
        as text or None; ``settlement_km``.
    """
    columns: Columns = {}
    for reference, prefix in zip(plan.references, plan.prefixes(), strict=True):
        if reference.startswith(FRONT):
            found, dates = _from_front(
                points, days, (reference, gazetteer), max_gap_days=plan.max_gap_days
            )
            columns |= _named(found, prefix) | {f"{prefix}snapshot_date": dates}
        else:
            columns |= _named(_from_reference(points, reference, gazetteer), prefix)
    if plan.admin1:
        codes = [code or None for code in Borders.of(gazetteer.theatre).locate(points)]
        columns["admin1"] = np.array(codes, dtype=object)
    if plan.nearest_settlement:
        columns |= _nearest_settlement(points, gazetteer)
    return columns


def without_impossible(points: Floats) -> Floats:
    """Return lon and lat with NaN for what is no position on Earth, or that of no position."""
    with np.errstate(invalid="ignore"):
        wrong = ~(np.abs(points) <= (180.0, 90.0)).all(axis=1)
    # (0, 0) is in the Atlantic, and what software writes for no position.
    wrong |= (points == 0.0).all(axis=1)
    return np.where(wrong[:, None], np.nan, points)


def _named(found: Nearest, prefix: str) -> Columns:
    return {
        f"{prefix}distance_km": found.distance_m / 1000.0,
        f"{prefix}azimuth_deg": found.azimuth_deg,
        f"{prefix}nearest_lon": found.point[:, 0],
        f"{prefix}nearest_lat": found.point[:, 1],
    }


def _from_reference(points: Floats, reference: str, gazetteer: Gazetteer) -> Nearest:
    target = resolve_reference(reference, gazetteer)
    if isinstance(target, LineIndex):
        return target.nearest(points)
    place = np.where(np.isnan(points), np.nan, target)
    azimuth, distance = inverse(place, points)
    return Nearest(place, distance, azimuth)


@lru_cache(maxsize=64)
def resolve_reference(reference: str, gazetteer: Gazetteer) -> LineIndex | Floats:
    """Return what a reference is measured from: an index of its line, or its point.

    Raises
    ------
    UnknownReferenceError, UnknownPlaceError, AmbiguousPlaceError
        The reference names nothing, or not one thing.
    """
    found = find_reference(reference, gazetteer=gazetteer)
    if found.is_point:
        return shapely.get_coordinates(found.geometry)
    return LineIndex(found.geometry)


def _from_front(
    points: Floats, days: Days | None, front: _Front, *, max_gap_days: int
) -> tuple[Nearest, Days]:
    """Return the nearest points of the front, each of the snapshot for the day of its event."""
    count = len(points)
    found = Nearest(np.full((count, 2), np.nan), np.full(count, np.nan), np.full(count, np.nan))
    dates = np.full(count, np.datetime64("NaT"), dtype="datetime64[D]")
    for day, rows in _groups(days):
        date, index = _front_index(front, day, max_gap_days)
        if index is None:
            continue
        near = index.nearest(points[rows])
        found.point[rows], found.distance_m[rows] = near.point, near.distance_m
        found.azimuth_deg[rows] = near.azimuth_deg
        dates[rows] = np.where(np.isnan(near.distance_m), np.datetime64("NaT"), date)
    return found, dates


def _groups(days: Days | None) -> Iterator[tuple[dt.date, npt.NDArray[np.intp]]]:
    """Yield each known day with the rows of it."""
    if days is None:
        return
    order = np.argsort(days, kind="stable")
    known = order[: len(days) - int(np.isnat(days).sum())]
    values, starts = np.unique(days[known], return_index=True)
    for value, rows in zip(values, np.split(known, starts[1:]), strict=True):
        yield value.item(), rows


@lru_cache(maxsize=4096)
def _front_index(
    front: _Front, day: dt.date, max_gap_days: int
) -> tuple[np.datetime64, LineIndex | None]:
    """Return the day of the snapshot for a day, and the index of its line; None without one."""
    try:
        snapshot = read_fronts(*front).at(day, max_gap_days=max_gap_days)
    except MissingSnapshotError:
        return np.datetime64("NaT"), None
    if snapshot.line.is_empty:
        return np.datetime64("NaT"), None
    return np.datetime64(snapshot.date, "D"), _line_index(front, snapshot.date)


@lru_cache(maxsize=1024)
def _line_index(front: _Front, date: dt.date) -> LineIndex:
    return LineIndex(read_fronts(*front).at(date, max_gap_days=0).line)


@lru_cache(maxsize=8)
def read_fronts(reference: str, gazetteer: Gazetteer) -> Fronts:
    """Return the snapshots of ``front:FOLDER``.

    Raises
    ------
    GeoconflictError
        There is no such folder, or something in it cannot be read.
    """
    borders = Borders.of(gazetteer.theatre)
    return Fronts.read(Path(reference.removeprefix(FRONT)), borders=borders)


def _nearest_settlement(points: Floats, gazetteer: Gazetteer) -> Columns:
    """Return the nearest settlement by chord, which is the nearest on the ground but for metres."""
    index, ids, names, lonlat = _settlements(gazetteer)
    known = np.flatnonzero(~np.isnan(points).any(axis=1))
    nearest = np.zeros(0, dtype=np.intp)
    if known.size:
        nearest = index.query(to_xyz(points[known]), k=1)[1].astype(np.intp)
    text_columns = {}
    for name, values in (("settlement", names), ("settlement_id", ids)):
        column = np.full(len(points), None, dtype=object)
        column[known] = values[nearest]
        text_columns[name] = column
    distance = np.full(len(points), np.nan)
    if known.size:
        distance[known] = inverse(lonlat[nearest], points[known]).distance_m / 1000.0
    return {**text_columns, "settlement_km": distance}


@lru_cache(maxsize=1)
def _settlements(gazetteer: Gazetteer) -> tuple[KDTree, npt.NDArray[Any], npt.NDArray[Any], Floats]:
    rows: dict[str, tuple[str, str, float, float]] = {}
    for file in gazetteer.files:
        for row in file.points_of("settlement"):
            rows.setdefault(row[0], row)
    ids, names, lons, lats = zip(*rows.values(), strict=True)
    lonlat = np.column_stack((np.array(lons, dtype=float), np.array(lats, dtype=float)))
    id_column, name_column = np.array(ids, dtype=object), np.array(names, dtype=object)
    return KDTree(to_xyz(lonlat)), id_column, name_column, lonlat
