"""Namesakes of a place that a report names: where one of them fits, nothing is refuted."""

from __future__ import annotations

from collections.abc import Iterator

from geoconflict.casebooks.records import Claim
from geoconflict.claims.ground import check_measured
from geoconflict.claims.verdicts import SUPPORTED
from geoconflict.errors import GeoconflictError
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.scoring import is_town
from geoconflict.measurements import Measurement, measured_between
from geoconflict.measuring.references import place_names
from geoconflict.measuring.units import convert, dimension
from geoconflict.references import Reference, place_reference

# So many namesakes are tried; some village names are borne by dozens.
_MOST = 40
# Farther off than this many times what is stated, a small place of a common name is not the one.
_FAR_FACTOR, _KNOWN_TO_ALL = 3.0, 100_000


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
