"""Other readings of a wrong distance: another unit, the way by road, another line or town."""

from __future__ import annotations

from geoconflict.borders import Borders
from geoconflict.errors import MissingSnapshotError
from geoconflict.fronts.collection import Fronts
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.measurements import Measurement, measure
from geoconflict.quantities import Interval, rounding, stated_interval
from geoconflict.records import Claim
from geoconflict.references import Reference, find_reference, front_reference, place_reference
from geoconflict.units import convert, format_number

# Roads in the region are longer than the geodesic by these factors: 1,593 km by road against
# 1,237 km direct from the border to Yelabuga is 1.29.
ROAD_FACTOR = Interval(1.15, 1.45)


def other_readings(
    claim: Claim,
    measurement: Measurement,
    *,
    gazetteer: Gazetteer,
    borders: Borders,
    fronts: Fronts | None = None,
) -> tuple[str, ...]:
    """Return, each as a sentence, what else a stated distance would fit.

    Parameters
    ----------
    claim : Claim
        Of kind ``distance``, and wrong by what it was said of.
    measurement : Measurement
        Of its subject against its reference.
    gazetteer, borders, fronts
        Where to look for the other places and lines.
    """
    notes = [_swapped_unit(claim, measurement), _by_road(claim, measurement)]
    pairs = _alternatives(measurement, gazetteer, borders)
    front = _front(claim, measurement, fronts)
    pairs += [(measurement.subject, front)] if front else []
    notes += [_fits(claim, subject, reference) for subject, reference in pairs]
    return tuple(note for note in notes if note)


def _swapped_unit(claim: Claim, measurement: Measurement) -> str | None:
    other = {"km": "mi", "mi": "km"}.get(claim.unit or "")
    if other is None:
        return None
    value = claim.value_min or 0.0
    width = rounding(value)
    swapped = Interval(convert(value - width, other, "km"), convert(value + width, other, "km"))
    if not swapped.overlaps(measurement.interval_km):
        return None
    return f"the number fits as {format_number(value)} {other}"


def _by_road(claim: Claim, measurement: Measurement) -> str | None:
    stated_km = convert(claim.value_min or 0.0, claim.unit or "km", "km")
    ratio = stated_km / max(measurement.distance_km, 1e-9)
    if not measurement.reference.is_point or not ROAD_FACTOR.low <= ratio <= ROAD_FACTOR.high:
        return None
    return f"it may be the way by road: {ratio:.2f} times the straight line"


def _fits(claim: Claim, subject: Reference, reference: Reference) -> str | None:
    stated = stated_interval(claim.value_min or 0.0, claim.value_max, hedge=claim.hedge or "")
    factor = convert(1.0, claim.unit or "km", "km")
    found = measure(subject, reference)
    if not Interval(stated.low * factor, stated.high * factor).overlaps(found.interval_km):
        return None
    distance = format_number(round(found.distance_km, 1))
    return f"it fits {subject.title} and {reference.title}: {distance} km"


def _alternatives(
    measurement: Measurement, gazetteer: Gazetteer, borders: Borders
) -> list[tuple[Reference, Reference]]:
    """Return other pairs that a reporter may have measured: the other line, the capital."""
    subject, reference = measurement.subject, measurement.reference
    swap = {"border:UA": "border:UA-RU", "border:UA-RU": "border:UA", "front": "border:UA-RU"}
    pairs = []
    line = "front" if reference.id.startswith("front:") else reference.id
    if line in swap:
        other = find_reference(swap[line], gazetteer=gazetteer, borders=borders)
        pairs.append((subject, other))
    capital = _capital(subject, gazetteer)
    if capital is not None:
        pairs.append((place_reference(capital, borders), reference))
    return pairs


def _front(claim: Claim, measurement: Measurement, fronts: Fronts | None) -> Reference | None:
    """Return the front on the last day of a claim that is on the border; None without one."""
    if fronts is None or claim.days is None or not measurement.reference.id.startswith("border:UA"):
        return None
    try:
        return front_reference(fronts, claim.days.end)
    except MissingSnapshotError:
        return None


def _capital(subject: Reference, gazetteer: Gazetteer) -> Place | None:
    """Return the town that a unit is called after, where the gazetteer has one."""
    if not subject.is_area or not subject.title.endswith(" Oblast"):
        return None
    name = subject.title.removesuffix(" Oblast")
    return gazetteer.resolve(name, kind="settlement").place
