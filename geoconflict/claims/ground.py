"""Claims about the ground: distance, direction, nearness and containment against a measurement."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from geoconflict.casebooks.records import Claim
from geoconflict.claims.verdicts import (
    CONTRADICTED,
    OFF,
    SUPPORTED,
    UNDETERMINED,
    Part,
    compare,
    undetermined,
)
from geoconflict.errors import QuantityError
from geoconflict.measurements import Measurement, azimuths_within
from geoconflict.measuring.quantities import (
    DIRECTION_CONTRADICTION_DEG,
    NEAR_KM,
    Interval,
    direction_away_deg,
    direction_name,
    direction_tolerance_deg,
    find_hedge,
    stated_interval,
    vague_interval,
)
from geoconflict.measuring.references import Kind
from geoconflict.measuring.units import convert, format_number

# A city is no disc: Volgograd stretches 60 km along its river, three times its mean radius.
CITY_STRETCH = 3.0
# A place that is this uncertain, as a share of the stated distance, decides nothing.
TOO_COARSE_SHARE = 0.5
# Of a line: which stretch of it, and which end of a town, was measured is left open.
LINE_SHARE = 0.03
# A water that reaches farther than this is no point.
WIDE_WATER_KM = 20.0
# Below this distance a subject's recorded position is simply that of the reference.
SAME_POINT_KM = 0.05
# Farther off than this many times what the word allows, "in" or "near" is refuted.
FAR_FACTOR = 3.0


def check_measured(claim: Claim, measurement: Measurement) -> list[Part]:
    """Return the parts of a distance, direction, near or inside claim, measured.

    Parameters
    ----------
    claim : Claim
        Of kind ``distance``, ``direction``, ``near`` or ``inside``.
    measurement : Measurement
        Of its subject against its reference.
    """
    if claim.kind in ("near", "inside"):
        return [_near_or_inside(claim, measurement)]
    parts = [] if claim.kind == "direction" else [_distance(claim, measurement)]
    return [*parts, _direction(claim, measurement)] if claim.direction else parts


def _distance(claim: Claim, measurement: Measurement) -> Part:
    unit = claim.unit or "km"
    stated = stated_interval(claim.value_min, claim.value_max, hedge=claim.hedge or "", unit=unit)
    low, high = stated_ends(claim)
    try:
        factor = convert(1.0, "km", unit)
    except QuantityError as error:
        return undetermined("distance", str(error))
    water = measurement.reference.place or measurement.subject.place
    if water is not None and water.kind == "water" and measurement.uncertainty_km > WIDE_WATER_KM:
        reason = f"{water.title} is a river or sea, of which only one point is in the data"
        return undetermined("distance", reason)
    if measurement.uncertainty_km * factor > TOO_COARSE_SHARE * high:
        reach = format_number(round(measurement.uncertainty_km, 1))
        return undetermined("distance", f"the position is known only within {reach} km")
    near, far = (side * factor for side in measurement.interval_km)
    is_bound = find_hedge(claim.hedge or "").is_bound
    spare = 0.0 if measurement.reference.is_point or is_bound else LINE_SHARE * high
    compared = partial(
        compare,
        "distance",
        value=(low, high),
        stated=stated,
        best=measurement.distance_km * factor,
        unit=unit,
    )
    part = compared(measured=Interval(near, far))
    if part.verdict == OFF:
        part = compared(measured=Interval(max(0.0, near - spare), far + spare))
    doubt = format_number(round(measurement.uncertainty_km * factor, 1))
    side = " inside it" if measurement.inside else ""
    return replace(part, measured=f"{part.measured} ± {doubt} {unit}{side}")


def stated_ends(claim: Claim) -> tuple[float, float]:
    """Return the ends of the number, range or vague word of a claim, equal for one number."""
    if claim.value_min is None:
        return vague_interval(claim.hedge or "")
    return claim.value_min, claim.value_min if claim.value_max is None else claim.value_max


def _direction(claim: Claim, measurement: Measurement) -> Part:
    """Return whether the direction holds from any stretch of the reference as far as stated."""
    word, azimuth = claim.direction or "", measurement.azimuth_deg
    shown = f"{direction_name(azimuth)} ({azimuth:.0f}°)"
    spread = _angular_spread_deg(measurement)
    if spread >= DIRECTION_CONTRADICTION_DEG:
        return undetermined("direction", "the position is too coarse to tell a direction")
    away = float(direction_away_deg(np.asarray(azimuth), word)) - spread
    if away <= direction_tolerance_deg(word):
        return Part("direction", SUPPORTED, f"it lies {shown}", word, shown)
    elsewhere = _direction_elsewhere(claim, measurement)
    if elsewhere is not None:
        stretch = f"{word} holds from a stretch {format_number(round(elsewhere))} km away"
        reason = f"{stretch}; from the nearest point it is {shown}"
        return Part("direction", SUPPORTED, reason, word, shown)
    verdict = CONTRADICTED if away > DIRECTION_CONTRADICTION_DEG else OFF
    return Part("direction", verdict, f"it lies {shown}, not {word}", word, shown)


def _angular_spread_deg(measurement: Measurement) -> float:
    """Return how far the uncertainty of both positions can turn the azimuth."""
    if measurement.uncertainty_km >= measurement.distance_km:
        return 180.0
    return float(np.degrees(np.arcsin(measurement.uncertainty_km / measurement.distance_km)))


def _direction_elsewhere(claim: Claim, measurement: Measurement) -> float | None:
    """Return how far a stretch of the line is from which the stated direction is right."""
    if measurement.reference.is_point or claim.unit is None:
        return None
    unit = claim.unit or "km"
    stated = stated_interval(claim.value_min, claim.value_max, hedge=claim.hedge or "", unit=unit)
    factor = convert(1.0, unit, "km")
    window = Interval(stated.low * factor, stated.high * factor)
    azimuth, distance = azimuths_within(measurement.subject, measurement.reference, window)
    away = direction_away_deg(azimuth, claim.direction or "")
    held = distance[away <= direction_tolerance_deg(claim.direction or "")]
    return float(held.min()) if held.size else None


def _near_or_inside(claim: Claim, measurement: Measurement) -> Part:
    reference = measurement.reference
    if measurement.subject.id == reference.id:
        return undetermined(claim.kind, "it is compared with itself")
    if reference.is_point and measurement.distance_km < SAME_POINT_KM:
        reason = f"its own position is not known, only that of {reference.title}"
        return undetermined(claim.kind, reason)
    if claim.kind == "near":
        return _near(measurement)
    if reference.is_area:
        return _inside_area(measurement)
    if reference.is_point:
        return _inside_town(measurement)
    return undetermined("inside", f"{reference.title} is a line and has no inside")


def _near(measurement: Measurement) -> Part:
    reference = measurement.reference
    limit = NEAR_KM + (reference.accuracy_m / 1000 if reference.is_point else 0.0)
    words, stated = f"near {reference.title}", Interval(0.0, limit)
    where, shown, distance = _whereabouts(measurement)
    if measurement.inside or stated.overlaps(distance):
        return Part("near", SUPPORTED, where, words, shown, "km", stated, distance)
    verdict = CONTRADICTED if distance.low > FAR_FACTOR * limit else OFF
    reason = f"{where}; near is taken to reach {format_number(round(limit))} km"
    gap = measurement.distance_km - limit
    return Part("near", verdict, reason, words, shown, "km", stated, distance, gap)


def _whereabouts(measurement: Measurement) -> tuple[str, str, Interval]:
    """Return the distance in words, in short, and as an interval of the subject's own doubt."""
    own = measurement.subject.accuracy_m / 1000
    distance = Interval(max(0.0, measurement.distance_km - own), measurement.farthest_km + own)
    shown = f"{format_number(round(measurement.distance_km, 1))} km {measurement.direction}"
    part = "the centre of " if measurement.reference.is_point else ""
    return f"{shown} of {part}{measurement.reference.title}", shown, distance


def _inside_town(measurement: Measurement) -> Part:
    """Return whether a place can be in a town of which only centre and radius are known."""
    subject, reference = measurement.subject, measurement.reference
    words, radius = f"inside {reference.title}", reference.accuracy_m / 1000
    where, shown, distance = _whereabouts(measurement)
    stated = Interval(0.0, radius)
    belongs = subject.place is not None and reference.place is not None
    if belongs and subject.place.town == reference.place.name:  # type: ignore[union-attr]
        reason = f"{where}, and recorded as a facility of the town"
        return Part("inside", SUPPORTED, reason, words, shown, "km", stated, distance)
    is_town = subject.place is not None and subject.place.kind == "settlement"
    if distance.low <= radius and not is_town:
        return Part("inside", SUPPORTED, where, words, shown, "km", stated, distance)
    if distance.low <= CITY_STRETCH * radius:
        what = "a settlement of its own" if is_town else "the town's outline is not in the data"
        return undetermined("inside", f"{where}; {what}")
    verdict = CONTRADICTED if distance.low > FAR_FACTOR * CITY_STRETCH * radius else OFF
    gap = measurement.distance_km - radius
    reason = f"{where}, whose mean radius is {format_number(round(radius, 1))} km"
    return Part("inside", verdict, reason, words, shown, "km", stated, distance, gap)


def _inside_area(measurement: Measurement) -> Part:
    """Return whether a place lies in an area; near its edge the recorded unit decides."""
    words, reach = f"inside {measurement.reference.title}", measurement.uncertainty_km
    distance = format_number(round(measurement.distance_km, 1))
    side = "inside" if measurement.inside else "outside"
    reason = f"{distance} km {side} it"
    if measurement.distance_km > reach:
        verdict = SUPPORTED if measurement.inside else CONTRADICTED
        return Part("inside", verdict, reason, words, side)
    recorded = _is_recorded_inside(measurement)
    if recorded is None:
        return Part("inside", UNDETERMINED, f"{reason}, right within {reach:.0f} km", words, side)
    reason += f", and recorded as {'in' if recorded else 'not in'} it"
    if recorded == measurement.inside:
        return Part("inside", SUPPORTED if recorded else CONTRADICTED, reason, words, side)
    return Part("inside", UNDETERMINED, reason, words, side)


def _is_recorded_inside(measurement: Measurement) -> bool | None:
    """Return whether the subject's record names the area; None where it has no record."""
    place, reference = measurement.subject.place, measurement.reference
    if place is None and measurement.subject.kind is Kind.ADMIN1:
        return measurement.subject.country == reference.country
    if place is None or not place.admin1_code:
        return None
    if reference.kind is Kind.ADMIN1:
        return reference.codes == (place.admin1_code,)
    return place.country == reference.country
