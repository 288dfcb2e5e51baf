"""One measurement: how far and in which direction something lies from a reference."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geoconflict.errors import UnknownReferenceError
from geoconflict.facts import Amount, fact
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.measuring.borders import Borders, line_index
from geoconflict.measuring.geodesy import Floats, inverse
from geoconflict.measuring.quantities import Interval, direction_name
from geoconflict.measuring.references import Kind, place_names
from geoconflict.references import Reference, find_reference, grounds

if TYPE_CHECKING:
    from geoconflict.fronts.collection import Fronts

# Of a water that reaches farther the distance to its middle is no distance to it.
_WIDEST_WATER_M = 25_000.0


@dataclass(frozen=True)
class Measurement:
    """The distance of a subject from a reference on the WGS84 ellipsoid.

    Parameters
    ----------
    subject, reference : Reference
        What was measured, and from what.
    distance_km : float
        Geodesic distance to the nearest point of the reference. Of an area as subject: of
        its nearest point; 0 where it touches the reference.
    farthest_km : float
        Of an area as subject: the distance of its farthest point; else ``distance_km``.
    azimuth_deg : float
        Direction from the nearest point of the reference towards the subject, degrees
        clockwise from north.
    nearest_point : tuple of float
        Lon and lat of the nearest point of the reference.
    subject_point : tuple of float
        Lon and lat of the point of the subject that was measured.
    inside : bool or None
        Whether the subject lies inside the reference; None where it has no inside.
    uncertainty_km : float
        How far the distance can be off: both positions' accuracy added.
    borders : Borders
        Of the theatre where it was measured.
    """

    subject: Reference
    reference: Reference
    distance_km: float
    farthest_km: float
    azimuth_deg: float
    nearest_point: tuple[float, float]
    subject_point: tuple[float, float]
    inside: bool | None
    uncertainty_km: float
    borders: Borders = field(repr=False, compare=False)

    @property
    def interval_km(self) -> Interval:
        """All distances that the subject's extent and both accuracies leave possible."""
        low = max(0.0, self.distance_km - self.uncertainty_km)
        return Interval(low, self.farthest_km + self.uncertainty_km)

    @property
    def direction(self) -> str:
        """The azimuth as one of the 8 main compass points."""
        return direction_name(self.azimuth_deg)

    def to_dict(self) -> dict[str, Any]:
        """Return the measurement as plain types; distances in km, angles in degrees."""
        lon, lat = self.nearest_point
        return {
            "distance_km": round(self.distance_km, 3),
            "farthest_km": round(self.farthest_km, 3),
            "azimuth_deg": round(self.azimuth_deg, 2),
            "azimuth_from": self.reference.id,
            "direction": self.direction,
            "subject": self.subject.id,
            "reference": self.reference.id,
            "nearest_point": {"lon": round(lon, 6), "lat": round(lat, 6)},
            "inside": self.inside,
            "uncertainty_km": round(self.uncertainty_km, 3),
        }


def measure(
    subject: Reference | str,
    reference: Reference | str,
    *,
    gazetteer: Gazetteer | None = None,
    borders: Borders | None = None,
    fronts: Fronts | None = None,
) -> Measurement:
    """Return how far and in which direction a subject lies from a reference.

    Parameters
    ----------
    subject : Reference or str
        Point, line or area that is somewhere, or what ``find_reference`` reads.
    reference : Reference or str
        Point, line or area that it is measured from; of an area the boundary counts. Of two
        bare place names each helps to tell the other from its namesakes.
    gazetteer, borders : optional
        Where names are looked up. Default: the user's own data and those of the package.
    fronts : Fronts, optional
        Snapshots, where one end is a front line.

    Returns
    -------
    Measurement

    Raises
    ------
    GeoconflictError
        As ``find_reference``, where an end is a text.

    Examples
    --------
    >>> round(measure("54.6269, 39.6916", "border:UA").distance_km, 1)
    461.8
    >>> measure("Ryazan", "border:UA").direction
    'NE'
    """
    places, lines = grounds(gazetteer, borders)
    ends = find_ends(subject, reference, gazetteer=places, borders=lines, fronts=fronts)
    return measured_between(*ends, borders=lines)


def find_ends(
    first: Reference | str,
    second: Reference | str,
    *,
    gazetteer: Gazetteer | None = None,
    borders: Borders | None = None,
    fronts: Fronts | None = None,
) -> tuple[Reference, Reference]:
    """Return what two texts name, each a context to the other; see ``find_reference``."""
    places, lines = grounds(gazetteer, borders)

    def find(end: Reference | str, beside: Reference | str) -> Reference:
        if isinstance(end, Reference):
            return end
        context = place_names(beside) if isinstance(beside, str) else []
        return _with_shore(
            find_reference(end, gazetteer=places, borders=lines, fronts=fronts, context=context),
            lines,
        )

    return find(first, second), find(second, first)


def _with_shore(end: Reference, borders: Borders) -> Reference:
    """Return an end, a sea with its shores; no sea or river of which only a point is known.

    Raises
    ------
    UnknownReferenceError
        The nearest shore cannot be told from its middle.
    """
    place = end.place
    if place is None or place.kind != "water" or end.accuracy_m <= _WIDEST_WATER_M:
        return end
    sea = borders.sea(end.id, (place.lon or 0.0, place.lat or 0.0))
    if sea is not None:
        return replace(end, geometry=sea[0], accuracy_m=sea[1])
    reach = Amount(round(end.accuracy_m / 1000), "km")
    message = (
        f"of {end.title} the data have a point in the middle only, and it reaches {reach.value} km "
        "from there: give a coast, such as coast:UA or coast:RU, or a place on its shore"
    )
    raise UnknownReferenceError(message, fact("water_without_shore", place=place, reach=reach))


def measured_between(subject: Reference, reference: Reference, *, borders: Borders) -> Measurement:
    """Return what ``measure`` does of two ends that are found, with nothing to be looked up."""
    nodes = _nodes(subject)
    nearest, distance, azimuth = _nearest(nodes, reference)
    closest = int(np.argmin(distance))
    touches = not subject.is_point and bool(subject.geometry.intersects(reference.geometry))
    crosses = touches and not _is_within(subject, reference)
    return Measurement(
        subject=subject,
        reference=reference,
        distance_km=0.0 if crosses else float(distance[closest]) / 1000,
        farthest_km=float(distance.max()) / 1000,
        azimuth_deg=float(azimuth[closest]),
        nearest_point=_pair(nearest[closest]),
        subject_point=_pair(nodes[closest]),
        inside=_is_within(subject, reference) if reference.is_area else None,
        uncertainty_km=(subject.accuracy_m + reference.accuracy_m) / 1000,
        borders=borders,
    )


def azimuths_within(
    subject: Reference, reference: Reference, distance_km: Interval
) -> tuple[Floats, Floats]:
    """Return azimuth and distance from every part of a line that lies as far as stated.

    "500 km north of the border" is true where some stretch of the border lies 500 km south,
    although another stretch may be nearer.

    Parameters
    ----------
    subject : Reference
        What lies in a direction; of an area the representative point counts.
    reference : Reference
        Line or area; every node of its line, at most 1 km apart, is looked at.
    distance_km : Interval
        Distances in km that count.

    Returns
    -------
    azimuth_deg, distance_km : arrays of equal length
        Azimuths from the line towards the subject; both empty where none is as far.
    """
    point = _representative(subject)
    low_m, high_m = distance_km.low * 1000, distance_km.high * 1000
    nodes = line_index(reference.geometry).nodes_between(point, low_m, high_m)
    azimuth, distance = inverse(nodes, point)
    inside = (distance >= low_m) & (distance <= high_m)
    return azimuth[inside], distance[inside] / 1000


def _nodes(reference: Reference) -> Floats:
    if reference.is_point:
        return shapely.get_coordinates(reference.geometry)
    return line_index(reference.geometry).nodes


def _representative(reference: Reference) -> Floats:
    return shapely.get_coordinates(shapely.point_on_surface(reference.geometry))


def _nearest(points: Floats, reference: Reference) -> tuple[Floats, Floats, Floats]:
    if reference.is_point:
        target = np.broadcast_to(shapely.get_coordinates(reference.geometry), points.shape)
        azimuth, distance = inverse(target, points)
        return target, distance, azimuth
    found = line_index(reference.geometry).nearest(points)
    return found.point, found.distance_m, found.azimuth_deg


def _is_within(subject: Reference, reference: Reference) -> bool:
    """Return whether a subject lies inside; a unit is in its country whatever the outlines say."""
    if subject.kind is Kind.ADMIN1 and reference.kind in (Kind.BORDER, Kind.COUNTRY):
        return reference.is_area and subject.country == reference.country
    return reference.is_area and bool(reference.geometry.covers(subject.geometry))


def _pair(point: Floats) -> tuple[float, float]:
    return float(point[0]), float(point[1])
