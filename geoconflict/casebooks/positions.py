"""The position of each event: as given in its row, or as the gazetteer knows it, or why none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geoconflict.casebooks.casebook import Casebook
from geoconflict.errors import UnknownPlaceError
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.resolution import Resolution

_GIVEN = "position as given"
# A longer text is a description, in which no name can be looked up.
_LONGEST_NAME = 300
# What the position of an event follows from.
_NEEDED = ("lon", "lat", "precision_m", "facility", "place", "admin1", "country")


@dataclass(frozen=True)
class Position:
    """Where an event is, how that was found, or why it is not known.

    ``kind`` is ``given``, the kind of the place that was found, or ``none``; then the
    coordinates are NaN and ``how`` says why.
    """

    kind: str
    how: str
    lon: float = np.nan
    lat: float = np.nan
    precision_m: float = np.nan
    place: Place | None = None


def locate_events(casebook: Casebook, *, gazetteer: Gazetteer | None = None) -> Casebook:
    """Return the casebook with a position for every event that names a place.

    A position given in the row wins, then the facility, the settlement, the admin-1 unit.
    Nothing is guessed: a name that cannot be told from its namesakes leaves the event
    without a position.

    Parameters
    ----------
    casebook : Casebook
        As read; it is not changed.
    gazetteer : Gazetteer, optional
        Default: the one that comes with the package.

    Returns
    -------
    Casebook
        ``events`` has ``lon``, ``lat`` (degrees) and ``precision_m`` filled where known, a
        point as ``geometry``, and the columns ``position_kind``, ``position`` (in words),
        ``facility_name`` and ``place_title`` (None where there is none).

    Examples
    --------
    >>> import geoconflict as gc
    >>> book = gc.read_casebook("maps/january-2025")
    >>> located = gc.locate_events(book).events
    >>> int(located["lon"].notna().sum()), len(located)
    (52, 62)
    """
    known = gazetteer or Gazetteer.default()
    events = casebook.events.drop(columns="geometry")
    found = list(_positions(events, known))
    facilities = {f: _facility_name(f, known) for f in events["facility"].dropna().unique()}
    frame = pd.DataFrame(events).assign(
        lon=[p.lon for p in found],
        lat=[p.lat for p in found],
        precision_m=[p.precision_m for p in found],
        position_kind=[p.kind for p in found],
        position=_texts(p.how for p in found),
        facility_name=_texts(facilities.get(f) for f in events["facility"]),
        place_title=_texts(p.place.title if p.place else None for p in found),
    )
    points = gpd.points_from_xy(frame["lon"], frame["lat"])
    points[frame["lon"].isna().to_numpy()] = None
    return replace(casebook, events=gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326"))


def _texts(values: Iterable[str | None]) -> pd.Series[Any]:
    return pd.Series(list(values), dtype=object)


def _positions(events: pd.DataFrame, gazetteer: Gazetteer) -> Iterator[Position]:
    """Yield the position of each event; events that name the same are looked up once."""
    known: dict[tuple[Any, ...], Position] = {}
    columns = (events[name].astype(object).where(events[name].notna(), None) for name in _NEEDED)
    for lon, lat, precision, *names in zip(*columns, strict=True):
        if lon is not None:
            yield Position("given", _GIVEN, lon, lat, np.nan if precision is None else precision)
            continue
        key = tuple(names)
        if key not in known:
            row = zip(_NEEDED[3:], names, strict=True)
            known[key] = _locate({n: v for n, v in row if v is not None}, gazetteer)
        yield known[key]


def _locate(row: dict[str, Any], gazetteer: Gazetteer) -> Position:
    if "facility" in row:
        found = _facility(row["facility"], gazetteer)
        if found is not None:
            return found
    if "place" in row:
        return _resolved(_resolve(row, gazetteer))
    if "admin1" in row:
        unit = gazetteer.get(f"iso:{row['admin1']}")
        return _at(unit, f"somewhere in {unit.name}")
    return Position("none", "not located: no place is named")


def _facility(facility: str, gazetteer: Gazetteer) -> Position | None:
    place = _facility_record(facility, gazetteer)
    return _at(place, f"{place.name}: {place.source}") if place else None


def _resolve(row: dict[str, Any], gazetteer: Gazetteer) -> Resolution:
    return gazetteer.resolve(row["place"], country=row.get("country"), admin1=row.get("admin1"))


def _resolved(resolution: Resolution) -> Position:
    if resolution.place is None:
        return Position("none", f"not located: {resolution.reason}")
    place = resolution.place
    return _at(place, f"{place.title}: {place.source}")


def _at(place: Place, how: str) -> Position:
    if place.lon is None or place.lat is None:
        return Position("none", f"not located: {place.title} has no point in the data")
    precision = np.nan if place.precision_m is None else place.precision_m
    return Position(place.kind, how, place.lon, place.lat, precision, place)


def _facility_record(facility: str, gazetteer: Gazetteer) -> Place | None:
    if len(facility) > _LONGEST_NAME:
        return None
    try:
        return gazetteer.get(f"facility:{facility}")
    except UnknownPlaceError:
        return gazetteer.resolve(facility, kind="facility").place


def _facility_name(facility: object, gazetteer: Gazetteer) -> str | None:
    if not isinstance(facility, str):
        return None
    place = _facility_record(facility, gazetteer)
    return place.name if place else facility
