"""Other readings of a wrong distance: another unit, the way by road, another line or namesake."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from geoconflict.casebooks.records import Claim
from geoconflict.claims.ground import check_measured, stated_ends
from geoconflict.claims.verdicts import SUPPORTED
from geoconflict.errors import GeoconflictError, MissingSnapshotError
from geoconflict.facts import Amount, Fact, fact, measured
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.scoring import is_town
from geoconflict.measurements import Measurement, measured_between
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.quantities import Interval, rounding, stated_interval
from geoconflict.measuring.references import Kind, place_names
from geoconflict.measuring.units import convert, dimension
from geoconflict.references import Reference, find_reference, front_reference, place_reference

if TYPE_CHECKING:
    from geoconflict.fronts.collection import Fronts

# Roads in the region are longer than the geodesic by these factors: 1,593 km by road against
# 1,054 km on the ellipsoid from the border to Yelabuga is 1.51.
ROAD_FACTOR = Interval(1.15, 1.55)
# So many namesakes are tried; some village names are borne by dozens.
_MOST = 40
# Farther off than this many times what is stated, a small place of a common name is not the one.
_FAR_FACTOR, _KNOWN_TO_ALL = 3.0, 100_000


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


def fitting_namesakes(
    claim: Claim, end: str, measurement: Measurement, *, gazetteer: Gazetteer
) -> Iterator[Place]:
    """Yield the places of the name at one end of a claim that what was stated is true of.

    Parameters
    ----------
    claim : Claim
        A claim on the ground.
    end : str
        ``subject`` or ``reference``.
    measurement : Measurement
        Of the places that were taken for both ends.
    gazetteer : Gazetteer
        Where the name is looked up.
    """
    borders = measurement.borders
    for place in namesakes(claim, end, measurement, gazetteer):
        try:
            other = place_reference(place, borders)
        except GeoconflictError:
            continue
        pair = {"subject": measurement.subject, "reference": measurement.reference, end: other}
        measured = measured_between(pair["subject"], pair["reference"], borders=borders)
        parts = check_measured(claim, measured)
        if all(part.verdict == SUPPORTED for part in parts) and not _is_far(claim, measured):
            yield place


def namesakes(
    claim: Claim, end: str, measurement: Measurement, gazetteer: Gazetteer
) -> list[Place]:
    """Return the other places that the name at one end of a claim can mean."""
    taken: Reference = getattr(measurement, end)
    if taken.kind not in (Kind.PLACE, Kind.RECORD):
        # "The border" is no village of that name.
        return []
    names = bare_names(claim, end)
    places = dict.fromkeys(match.place for name in names for match in gazetteer.lookup(name))
    towns = [place for place in places if place.kind == "settlement" and place.id != taken.id]
    if taken.place is not None and (taken.place.population or 0) >= _KNOWN_TO_ALL:
        # Nobody calls a village by its bare name where it is a city's.
        towns = [place for place in towns if is_town(place)]
    return towns[:_MOST]


def may_be_another(
    claim: Claim, end: str, measurement: Measurement, *, gazetteer: Gazetteer
) -> bool:
    """Return whether a place is so far off that a namesake must be meant, known or not.

    Only a small place of a name that others bear too can be taken for another so.
    """
    place = getattr(measurement, end).place
    if place is None or place.kind != "settlement":
        return False
    if (place.population or 0) >= _KNOWN_TO_ALL:
        return False
    is_far = _is_far(claim, measurement)
    return is_far and bool(namesakes(claim, end, measurement, gazetteer))


def _is_far(claim: Claim, measurement: Measurement) -> bool:
    """Return whether places are so much farther apart than stated that others must be meant."""
    stated = claim.value_max or claim.value_min
    if not stated or claim.unit is None or dimension(claim.unit) != "length":
        return False
    stated_km = convert(stated, claim.unit, "km")
    return measurement.distance_km > _FAR_FACTOR * max(stated_km, 1.0)


def bare_names(claim: Claim, end: str) -> list[str]:
    """Return what a place is called at one end of a claim where it may be another of its name.

    That is the name as written in a text, and what the reader made of it; in a row that
    somebody wrote, a name without what tells it from its namesakes.
    """
    names = place_names(getattr(claim, end))
    words = getattr(claim, f"{end}_text")
    if getattr(claim, f"{end}_found") is None:
        return [name for name in names if "," not in name]
    return list(dict.fromkeys([*filter(None, [words]), *(n.partition(",")[0] for n in names)]))
