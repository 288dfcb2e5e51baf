"""Claims about the ground: distance, direction, nearness and containment against a measurement."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from geoconflict.facts import Amount, Bearing, Fact, fact, measured
from geoconflict.measurements import Measurement, azimuths_within
from geoconflict.measuring.quantities import (
    DIRECTION_CONTRADICTION_DEG,
    NEAR_KM,
    Interval,
    direction_away_deg,
    direction_name,
    direction_tolerance_deg,
    find_hedge,
    rounding,
    stated_interval,
    vague_interval,
)
from geoconflict.measuring.references import Kind
from geoconflict.measuring.units import convert
from geoconflict.references import Reference

# A city is no disc: Volgograd stretches 60 km along its river, three times its mean radius.
CITY_STRETCH = 3.0
# A place that is this uncertain, as a share of the stated distance, decides nothing.
TOO_COARSE_SHARE = 0.5
# Of a line: which stretch of it was measured is left open.
LINE_SHARE = 0.03
# Where the middle of a town is taken to be differs by its radius, at most by so much, and
# distances between middles by so much of what is stated.
MIDDLE_KM, MIDDLE_SHARE = 1.5, 0.01
# Off by no more of the distance than this, a number that fits from an edge is let pass.
EDGE_SHARE = 0.15
# Of towns so many radii apart or nearer, the edges can be meant; farther off nobody counts so.
EDGE_FACTOR = 4.0
# So much of the way from the nearest to the farthest point of a region is more than its last edge.
REGION_SHARE = 0.75
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
    if measurement.subject.id == measurement.reference.id:
        # A place is no way off from itself: one of both ends was read wrongly.
        return [undetermined(claim.kind, fact("itself"))]
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
    except QuantityError:
        return undetermined("distance", fact("units_differ", first="km", second=unit))
    is_bound = find_hedge(claim.hedge or "").is_bound
    spans = _spans(claim, measurement, high / factor, is_bound=is_bound)
    compared = partial(
        compare,
        "distance",
        value=(low, high),
        stated=stated,
        best=measured(measurement.distance_km * factor, unit),
    )
    part = compared(measured=_scaled(spans.middle, factor))
    if spans.is_region and part.verdict == SUPPORTED:
        part = replace(part, why=_over_region(measurement, stated, factor=factor, unit=unit))
    blocked = _too_coarse(measurement, spans, high / factor, fits=part.verdict == SUPPORTED)
    if blocked is not None:
        return undetermined("distance", blocked)
    if part.verdict != SUPPORTED:
        edges = compared(measured=_scaled(measurement.interval_km, factor))
        if edges.verdict != CONTRADICTED:
            edges = compared(measured=_scaled(spans.edges, factor))
        part = _from_edges(edges, part, spans)
    if part.why.code == "reaches" and not stated.overlaps(_scaled(measurement.interval_km, factor)):
        # It is the allowance that reaches, and not what was measured.
        share = LINE_SHARE if spans.is_line else MIDDLE_SHARE
        given = {**part.why.given, "share": Amount(100 * share, "percent")}
        part = replace(part, why=fact("allowed", **given))
    doubt = round(measurement.uncertainty_km * factor, 1)
    distance = measured(measurement.distance_km * factor, unit, doubt=doubt)
    found = fact("measured_inside", distance=distance) if measurement.inside else distance
    return replace(part, found=found, origin=_origin(measurement), widening=widening(claim))


@dataclass(frozen=True)
class _Spans:
    """How far apart two ends can be, in km: between their middles, and between their edges.

    ``doubt`` is what the positions themselves leave open, ``radii`` how far the towns reach;
    ``is_region`` tells that the subject is an area, ``is_line`` that it is measured from a line;
    ``factor`` turns km into the unit that is stated.
    """

    middle: Interval
    edges: Interval
    doubt: float
    radii: float
    is_region: bool
    is_line: bool
    factor: float


def _spans(claim: Claim, measurement: Measurement, stated_km: float, *, is_bound: bool) -> _Spans:
    subject, reference = measurement.subject, measurement.reference
    reaches = (claim.subject_reach_km, claim.reference_reach_km)
    radii = [
        _radius_km(one, reach) for one, reach in zip((subject, reference), reaches, strict=True)
    ]
    doubt = max(0.0, measurement.uncertainty_km - sum(radii))
    share = MIDDLE_SHARE if reference.is_point else LINE_SHARE
    spare = 0.0 if is_bound else share * stated_km
    middle = doubt + spare + sum(min(radius, MIDDLE_KM) for radius in radii)
    nearest, farthest = measurement.distance_km, measurement.farthest_km
    most = nearest + REGION_SHARE * (farthest - nearest)
    low, high = measurement.interval_km
    edges = Interval(max(0.0, low - spare), high + spare)
    return _Spans(
        Interval(max(0.0, nearest - middle), most + middle),
        edges,
        doubt,
        sum(radii),
        farthest > nearest,
        not reference.is_point,
        convert(1.0, "km", claim.unit or "km"),
    )


def _over_region(measurement: Measurement, stated: Interval, *, factor: float, unit: str) -> Fact:
    """Return that a number fits somewhere in a region, with how far all of it is."""
    low, high = (round(km * factor, 1) for km in (measurement.distance_km, measurement.farthest_km))
    span = Amount(low, unit, upper=high, is_measured=True)
    return fact("fits_in_region", span=span, stated=Amount(stated.low, unit, upper=stated.high))


def _radius_km(one: Reference, reach_km: float | None) -> float:
    """Return how far a town reaches from its middle; 0 of what is known by its own position."""
    is_town = one.place is not None and one.place.kind == "settlement" and not reach_km
    return one.accuracy_m / 1000 if is_town and one.is_point else 0.0


def _scaled(span: Interval, factor: float) -> Interval:
    return Interval(span.low * factor, span.high * factor)


def _from_edges(edges: Part, middle: Part, spans: _Spans) -> Part:
    """Return the verdict on a number that does not fit between the middles of both ends."""
    if edges.verdict != SUPPORTED:
        return edges
    assert middle.gap is not None  # noqa: S101 - it does not fit
    is_far = middle.gap < 0
    why = fact("only_far_edge" if is_far else "only_near_edge", middle=middle.why)
    between = (spans.middle.low + spans.middle.high) / 2
    if abs(middle.gap) <= EDGE_SHARE * between * spans.factor and not spans.is_region:
        return replace(edges, why=why)
    is_close = between < EDGE_FACTOR * spans.radii
    is_open = spans.is_region or spans.is_line or (is_close and not is_far) or not spans.radii
    return replace(middle, verdict=UNDETERMINED if is_open else OFF, why=why)


def _too_coarse(
    measurement: Measurement, spans: _Spans, stated_km: float, *, fits: bool
) -> Fact | None:
    """Return why a distance cannot be told from what is known of both ends; None where it can."""
    water = measurement.reference.place or measurement.subject.place
    if water is not None and water.kind == "water" and measurement.uncertainty_km > WIDE_WATER_KM:
        return fact("wide_water", water=water)
    reach = spans.doubt + (0.0 if fits else spans.radii)
    if reach > TOO_COARSE_SHARE * max(stated_km, measurement.distance_km):
        return fact("coarse", reach=Amount(round(measurement.uncertainty_km, 1), "km"))
    return None


def _origin(measurement: Measurement) -> str:
    """Return from which point of the reference was measured."""
    return "centre" if measurement.reference.is_point else "nearest_point"


def widening(claim: Claim) -> Fact | None:
    """Return what the number of a claim stands for, and why; None where it has none."""
    unit, hedge = claim.unit or "", claim.hedge or ""
    if claim.value_min is None and not claim.is_vague:
        return None
    span = stated_interval(claim.value_min, claim.value_max, hedge=hedge, unit=unit)
    width = rounding(claim.value_min, unit) if claim.value_min is not None else 0.0
    reasons = [fact("by_rounding", amount=Amount(width, unit))] if width else []
    reasons += [fact("by_hedge", hedge=hedge)] if hedge else []
    return fact(
        "counts_as",
        value=Amount(claim.value_min, unit, upper=claim.value_max, hedge=hedge),
        interval=Amount(span.low, unit, upper=span.high),
        reasons=tuple(reasons),
    )


def stated_ends(claim: Claim) -> tuple[float, float]:
    """Return the ends of the number, range or vague word of a claim, equal for one number."""
    if claim.value_min is None:
        return vague_interval(claim.hedge or "")
    return claim.value_min, claim.value_min if claim.value_max is None else claim.value_max


def _direction(claim: Claim, measurement: Measurement) -> Part:
    """Return whether the direction holds from any stretch of the reference as far as stated."""
    word, azimuth = claim.direction or "", measurement.azimuth_deg
    found, said = Bearing(direction_name(azimuth), azimuth), Bearing(word)
    decided = partial(Part, "direction", said=said, found=found, origin=_origin(measurement))
    spread = _angular_spread_deg(measurement)
    if spread >= DIRECTION_CONTRADICTION_DEG:
        return undetermined("direction", fact("no_direction"))
    away = float(direction_away_deg(np.asarray(azimuth), word)) - spread
    if away <= direction_tolerance_deg(word):
        return decided(SUPPORTED, fact("lies", bearing=found))
    elsewhere = _direction_elsewhere(claim, measurement)
    if elsewhere is not None:
        stretch = measured(round(elsewhere), "km")
        return decided(SUPPORTED, fact("stretch", stated=said, away=stretch, bearing=found))
    verdict = CONTRADICTED if away > DIRECTION_CONTRADICTION_DEG else OFF
    return decided(verdict, fact("lies_not", bearing=found, stated=said))


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
    if reference.is_point and measurement.distance_km < SAME_POINT_KM:
        return undetermined(claim.kind, fact("same_point", reference=reference))
    if claim.kind == "near":
        return _near(measurement)
    if reference.is_area:
        return _inside_area(measurement)
    if reference.is_point:
        return _inside_town(measurement)
    return undetermined("inside", fact("no_inside", reference=reference))


def _near(measurement: Measurement) -> Part:
    reference = measurement.reference
    limit = NEAR_KM + (reference.accuracy_m / 1000 if reference.is_point else 0.0)
    said, stated = fact("near_it", reference=reference), Interval(0.0, limit)
    where, found, distance = _whereabouts(measurement)
    decided = partial(
        Part,
        "near",
        said=said,
        found=found,
        unit="km",
        stated_interval=stated,
        measured_interval=distance,
        origin=_origin(measurement),
    )
    if measurement.inside or stated.overlaps(distance):
        return decided(SUPPORTED, where)
    verdict = CONTRADICTED if distance.low > FAR_FACTOR * limit else OFF
    why = fact("too_far_for_near", where=where, limit=Amount(round(limit), "km"))
    return decided(verdict, why, gap=measurement.distance_km - limit)


def _whereabouts(measurement: Measurement) -> tuple[Fact, Fact, Interval]:
    """Return where it lies, in full and in short, and the distance with the subject's own doubt."""
    own = measurement.subject.accuracy_m / 1000
    span = Interval(max(0.0, measurement.distance_km - own), measurement.farthest_km + own)
    there = {
        "distance": measured(round(measurement.distance_km, 1), "km"),
        "bearing": Bearing(measurement.direction),
    }
    code = "where_centre" if measurement.reference.is_point else "where"
    where = fact(code, reference=measurement.reference, **there)
    return where, fact("away", **there), span


def _inside_town(measurement: Measurement) -> Part:
    """Return whether a place can be in a town of which only centre and radius are known."""
    subject, reference = measurement.subject, measurement.reference
    said, radius = fact("inside_it", reference=reference), reference.accuracy_m / 1000
    where, found, distance = _whereabouts(measurement)
    decided = partial(
        Part,
        "inside",
        said=said,
        found=found,
        unit="km",
        stated_interval=Interval(0.0, radius),
        measured_interval=distance,
        origin="centre",
    )
    belongs = subject.place is not None and reference.place is not None
    if belongs and subject.place.town == reference.place.name:  # type: ignore[union-attr]
        return decided(SUPPORTED, fact("recorded_in_town", where=where))
    is_town = subject.place is not None and subject.place.kind == "settlement"
    if distance.low <= radius and not is_town:
        return decided(SUPPORTED, where)
    if distance.low <= CITY_STRETCH * radius:
        return undetermined(
            "inside", fact("own_settlement" if is_town else "no_outline", where=where)
        )
    verdict = CONTRADICTED if distance.low > FAR_FACTOR * CITY_STRETCH * radius else OFF
    why = fact("beyond_radius", where=where, radius=Amount(round(radius, 1), "km"))
    return decided(verdict, why, gap=measurement.distance_km - radius)


def _inside_area(measurement: Measurement) -> Part:
    """Return whether a place lies in an area; near its edge the recorded unit decides."""
    reach, is_inside = measurement.uncertainty_km, bool(measurement.inside)
    distance = measured(round(measurement.distance_km, 1), "km")
    where = fact("inside_by" if is_inside else "outside_by", distance=distance)
    decided = partial(
        Part,
        "inside",
        said=fact("inside_it", reference=measurement.reference),
        found=fact("side_inside" if is_inside else "side_outside"),
        origin="outline",
    )
    if measurement.distance_km > reach:
        return decided(SUPPORTED if is_inside else CONTRADICTED, where)
    recorded = _is_recorded_inside(measurement)
    if recorded is None:
        why = fact("edge", where=where, reach=Amount(round(reach), "km"))
        return decided(UNDETERMINED, why)
    why = fact("recorded_in" if recorded else "recorded_not_in", where=where)
    if recorded == measurement.inside:
        return decided(SUPPORTED if recorded else CONTRADICTED, why)
    return decided(UNDETERMINED, why)


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
