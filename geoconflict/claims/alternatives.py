"""Other readings of a wrong distance: another unit, the way by road, another line or town."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoconflict.casebooks.records import Claim
from geoconflict.claims.ground import stated_ends
from geoconflict.errors import MissingSnapshotError
from geoconflict.facts import Amount, Fact, fact, measured
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.measurements import Measurement, measured_between
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.quantities import Interval, rounding, stated_interval
from geoconflict.measuring.references import Kind
from geoconflict.measuring.units import convert
from geoconflict.references import Reference, find_reference, front_reference, place_reference

if TYPE_CHECKING:
    from geoconflict.fronts.collection import Fronts

# Roads in the region are longer than the geodesic by these factors: 1,593 km by road against
# 1,054 km on the ellipsoid from the border to Yelabuga is 1.51.
ROAD_FACTOR = Interval(1.15, 1.55)


def other_readings(
    claim: Claim,
    measurement: Measurement,
    *,
    gazetteer: Gazetteer,
    fronts: Fronts | None = None,
) -> tuple[Fact, ...]:
    """Return what else a stated distance would fit.

    Parameters
    ----------
    claim : Claim
        Of kind ``distance``, and wrong by what it was said of.
    measurement : Measurement
        Of its subject against its reference.
    gazetteer, fronts
        Where to look for the other places and lines.
    """
    notes = [_swapped_unit(claim, measurement), _by_road(claim, measurement)]
    pairs = _alternatives(measurement, gazetteer)
    front = _front(claim, measurement, fronts)
    pairs += [(measurement.subject, front)] if front else []
    notes += [_fits(claim, subject, reference, measurement.borders) for subject, reference in pairs]
    return tuple(note for note in notes if note)


def region_reading(claim: Claim, measurement: Measurement, gazetteer: Gazetteer) -> Fact | None:
    """Return how far a region stretches and how far its capital is; None where it is no region.

    Parameters
    ----------
    claim : Claim
        Of kind ``distance``.
    measurement : Measurement
        Of its subject against its reference.
    gazetteer : Gazetteer
        Where to look for the capital.
    """
    subject = measurement.subject
    if subject.kind is not Kind.ADMIN1 or claim.kind != "distance":
        return None
    capital, at = gazetteer.capital(*subject.codes), None
    if capital is not None:
        borders = measurement.borders
        ends = place_reference(capital, borders), measurement.reference
        at = _km(measured_between(*ends, borders=borders).distance_km)
    return fact(
        "region",
        region=subject,
        low=_km(measurement.distance_km),
        high=_km(measurement.farthest_km),
        capital=capital,
        at=at,
    )


def _km(distance_km: float) -> Amount:
    return measured(round(distance_km, 1), "km")


def _swapped_unit(claim: Claim, measurement: Measurement) -> Fact | None:
    other = {"km": "mi", "mi": "km"}.get(claim.unit or "")
    if other is None or claim.value_min is None:
        return None
    width = rounding(claim.value_min)
    low, high = claim.value_min - width, claim.value_min + width
    swapped = Interval(convert(low, other, "km"), convert(high, other, "km"))
    if not swapped.overlaps(measurement.interval_km):
        return None
    return fact("fits_as", amount=Amount(claim.value_min, other))


def _by_road(claim: Claim, measurement: Measurement) -> Fact | None:
    stated_km = convert(stated_ends(claim)[0], claim.unit or "km", "km")
    ratio = stated_km / max(measurement.distance_km, 1e-9)
    if claim.is_vague or not ROAD_FACTOR.low <= ratio <= ROAD_FACTOR.high:
        return None
    return fact("by_road", ratio=Amount(round(ratio, 2), "times"))


def _fits(claim: Claim, subject: Reference, reference: Reference, borders: Borders) -> Fact | None:
    unit = claim.unit or "km"
    stated = stated_interval(claim.value_min, claim.value_max, hedge=claim.hedge or "", unit=unit)
    factor = convert(1.0, unit, "km")
    found = measured_between(subject, reference, borders=borders)
    if not Interval(stated.low * factor, stated.high * factor).overlaps(found.interval_km):
        return None
    distance = _km(found.distance_km)
    return fact("fits_pair", subject=subject, reference=reference, distance=distance)


def _alternatives(
    measurement: Measurement, gazetteer: Gazetteer
) -> list[tuple[Reference, Reference]]:
    """Return other pairs that a reporter may have measured: the other line, the capital."""
    subject, reference = measurement.subject, measurement.reference
    borders = measurement.borders
    whole = f"border:{borders.theatre.home}"
    shared = f"border:{'-'.join(borders.theatre.sides)}"
    swap = {whole: shared, shared: whole, "front": shared}
    pairs = []
    line = "front" if reference.kind is Kind.FRONT else reference.id
    if line in swap:
        other = find_reference(swap[line], gazetteer=gazetteer, borders=borders)
        pairs.append((subject, other))
    code = subject.place.admin1_code if subject.place else ""
    capital = gazetteer.capital(code) if code else None
    if capital is not None and capital != subject.place:
        pairs.append((place_reference(capital, borders), reference))
    return pairs


def _front(claim: Claim, measurement: Measurement, fronts: Fronts | None) -> Reference | None:
    """Return the front on the last day of a claim that is on the border; None without one."""
    if (
        fronts is None
        or claim.days is None
        or not ({measurement.borders.theatre.home} & {*measurement.reference.codes})
    ):
        return None
    try:
        return front_reference(fronts, claim.days.end)
    except MissingSnapshotError:
        return None
