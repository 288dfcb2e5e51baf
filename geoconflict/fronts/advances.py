"""Whether the front line moved near a place between two days, and how far."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import OptionError, UnknownPlaceError
from geoconflict.fronts.changes import diff
from geoconflict.fronts.snapshots import Snapshot
from geoconflict.gazetteer.places import Place
from geoconflict.measuring.geodesy import area_km2

Near = Place | tuple[float, float]
# Less than this near a place is a line drawn anew, not an advance that a report would tell.
LEAST_KM2 = 0.1


@dataclass(frozen=True)
class Advance:
    """How the line moved within a radius of a place, by one source.

    Parameters
    ----------
    place : str
        The place in words.
    radius_km : float
        How far around it was looked.
    source : str
        Who drew the snapshots.
    start, end : date
        Days of the snapshots that were used.
    gained_km2, lost_km2 : float
        Russia's gains and losses, slivers left out.
    deepest_km : float
        How far the farthest point of the land gained lay from the old line; 0 for no gain.
    before_km, after_km : float or None
        Distance of the place from the line, negative where Russia holds it; None where there
        is no line.
    """

    place: str
    radius_km: float
    source: str
    start: dt.date
    end: dt.date
    gained_km2: float
    lost_km2: float
    deepest_km: float
    before_km: float | None
    after_km: float | None

    @property
    def advanced(self) -> bool:
        """Whether Russia gained land near the place."""
        return self.gained_km2 >= LEAST_KM2

    @property
    def withdrew(self) -> bool:
        """Whether Russia lost land near the place."""
        return self.lost_km2 >= LEAST_KM2

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain types; km and km2."""
        rounded = {
            name: None if value is None else round(value, 2)
            for name, value in vars(self).items()
            if name.endswith(("_km", "_km2"))
        }
        dates = {"from": self.start.isoformat(), "to": self.end.isoformat()}
        said = {"advanced": self.advanced, "withdrew": self.withdrew}
        return {"place": self.place, "source": self.source, **dates, **rounded, **said}


def advance(start: Snapshot, end: Snapshot, *, near: Near, radius_km: float) -> Advance:
    """Return how the line moved near a place between two snapshots.

    Parameters
    ----------
    start, end : Snapshot
        Of one source.
    near : Place or tuple of float
        A place of the gazetteer, or lon and lat in degrees.
    radius_km : float
        What counts as near.

    Raises
    ------
    UnknownPlaceError
        The place has no position.
    OptionError
        The radius is not above 0.
    """
    if not radius_km > 0:
        message = f"a radius of {radius_km:g} km reaches nothing: give one above 0"
        raise OptionError(message)
    point, title = _position(near)
    circle = _circle(point, radius_km)
    changes = diff(start, end)
    gained = shapely.intersection(changes.gained, circle)
    lost = shapely.intersection(changes.lost, circle)
    return Advance(
        place=title,
        radius_km=radius_km,
        source=end.source,
        start=start.date,
        end=end.date,
        gained_km2=area_km2(gained),
        lost_km2=area_km2(lost),
        deepest_km=_deepest_km(gained, start),
        before_km=_distance_km(point, start),
        after_km=_distance_km(point, end),
    )


def _position(near: Near) -> tuple[tuple[float, float], str]:
    if not isinstance(near, Place):
        lon, lat = near
        return (lon, lat), f"{lat:g}, {lon:g}"
    if near.lon is None or near.lat is None:
        message = f"{near.title} has no position in the data"
        raise UnknownPlaceError(message)
    return (near.lon, near.lat), near.title


def _circle(point: tuple[float, float], radius_km: float) -> BaseGeometry:
    """Return all that is within a geodesic distance of a point, as a polygon of 64 corners."""
    plane = f"+proj=aeqd +lon_0={point[0]} +lat_0={point[1]} +ellps=WGS84 +units=m"
    back = Transformer.from_crs(plane, "EPSG:4326", always_xy=True)
    flat = shapely.buffer(shapely.Point(0, 0), radius_km * 1000)
    return shapely.transform(flat, lambda xy: np.column_stack(back.transform(*xy.T)))


def _deepest_km(gained: BaseGeometry, before: Snapshot) -> float:
    corners = shapely.get_coordinates(gained)
    if not len(corners) or before.line_index is None:
        return 0.0
    return float(before.line_index.nearest(corners).distance_m.max()) / 1000


def _distance_km(point: tuple[float, float], snapshot: Snapshot) -> float | None:
    if snapshot.line_index is None:
        return None
    distance = float(snapshot.line_index.nearest([point]).distance_m[0]) / 1000
    return -distance if shapely.intersects_xy(snapshot.held, *point) else distance
