"""Which places bear a name by chance only, for all that stands beside it."""

from __future__ import annotations

import math

from geoconflict.gazetteer.joint import Scored
from geoconflict.gazetteer.matches import (
    INFLECTED,
    LOOSE,
    OTHER,
    PRESENT,
    REGULAR,
    VARIANT,
    WRITTEN,
    Match,
)
from geoconflict.gazetteer.scoring import (
    AT_FRONT_KM,
    CLOSE_KM,
    FAR_KM,
    KNOWN_TO_ALL,
    KNOWN_VILLAGE,
    SMALL_PLACE,
    SMALL_TOWN,
    TOWN,
    VILLAGE,
    WORLD_CITY,
)
from geoconflict.gazetteer.toponyms import is_adjective

# A larger village at the front is meant by its case ending, or an old name of it, as well.
_AS_MEANT = (WRITTEN, INFLECTED)
# So far from the front a village is no place that a report of it names by itself.
REMOTE_KM = 1200.0


def is_stray(one: Scored) -> bool:
    """Return whether a small place bears the name by chance, for all that stands beside it.

    Elsewhere than in the theatre, or by an unofficial name, or where the name is spelled
    otherwise, it takes something that points there.
    """
    place, match = one.match.place, one.match
    is_loose_far = match.form == LOOSE and CLOSE_KM < one.nearest_km < math.inf
    if place.kind == "admin1" and one.is_abroad:
        return match.form != WRITTEN
    if place.kind != "settlement" or is_loose_far or one.in_unit:
        return is_loose_far and place.kind == "settlement"
    if one.nearest_km > FAR_KM and one.front_km > AT_FRONT_KM and place.is_approximate:
        return True
    return _is_odd(one)


def _is_odd(one: Scored) -> bool:
    """Return whether a name that no unit beside it points to takes something near it."""
    match, nearest_km = one.match, one.nearest_km
    people = match.place.population or VILLAGE
    if one.is_abroad:
        return _is_odd_abroad(match, people, nearest_km)
    limit = SMALL_TOWN if is_adjective(match.name) else TOWN
    is_known = one.front_km <= AT_FRONT_KM and people >= KNOWN_VILLAGE and limit == TOWN
    if is_known and match.form in _AS_MEANT:
        return False
    # No other word happens to be an ending of "Усть-Луга".
    has_parts = match.form == INFLECTED and not {" ", "-"}.isdisjoint(match.name)
    if people < limit and not has_parts and (match.form >= VARIANT or is_adjective(match.name)):
        return nearest_km > (FAR_KM if match.form == INFLECTED else CLOSE_KM)
    if people < KNOWN_TO_ALL and match.form == LOOSE and one.front_km > AT_FRONT_KM:
        return nearest_km > CLOSE_KM
    if match.rank == OTHER and match.since is None and match.until is None:
        return people < SMALL_PLACE and nearest_km > FAR_KM
    remote_km = AT_FRONT_KM if match.form == REGULAR else REMOTE_KM
    return people < TOWN and remote_km < one.front_km < math.inf and nearest_km > FAR_KM


def _is_odd_abroad(match: Match, people: int, nearest_km: float) -> bool:
    """Return whether a name that fits a place abroad is rather no name of it.

    A spelling that is only like its name is none: "Косица" is not Košice.
    """
    if match.form == INFLECTED:
        return people < (KNOWN_TO_ALL if match.rank == PRESENT else WORLD_CITY)
    known = SMALL_PLACE if match.rank == PRESENT else WORLD_CITY
    return nearest_km > FAR_KM and (people < known or match.form != WRITTEN)
