"""Which of the places that bear a name compete: at which lead one is told from another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from geoconflict.gazetteer.joint import BESIDE_KM, LEAD, UNIT_WEIGHT, Scored, same_spot
from geoconflict.gazetteer.matches import LOOSE, PRESENT
from geoconflict.gazetteer.names import skeleton
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.scoring import (
    AT_FRONT_KM,
    CLOSE_KM,
    FAR_KM,
    KNOWN_VILLAGE,
    RENAMED_SINCE,
    SMALL_PLACE,
    SMALL_TOWN,
    TOWN,
    VILLAGE,
    Hints,
    distance_km,
    is_town,
    is_within,
    name_score,
    theatre_score,
)

# Villages that only their nearness tells apart need a clearer lead.
NEAR_LEAD = 1.5
BESIDE_LEAD, BESIDE_LEAD_KM = 2.0, 20.0
# A rival that far from all that stands beside it counts little against what is near, and one
# that is merely far against what is next to it.
ELSEWHERE_LEAD, ELSEWHERE_KM, NEXT_DOOR_KM = 0.3, 500.0, 10.0
# A rival is clearly farther when it is so many times and at least so many km away.
NEXT_TIMES, NEXT_KM = 3.0, 15.0
# Names that differ in no more than this fit alike.
_ALIKE = 0.2
# A hamlet needs this lead over a larger village of the front that lies near as well.
KNOWN_LEAD = 1.5
# A city outside the theatre needs it before a place of the theatre that bears its name as well.
ABROAD_LEAD = 2.0
# Far from all that stands beside it, a place of today needs this lead over one of the front
# that bore the name until the war and is so many times nearer.
OLD_NAME_LEAD, OLD_NAME_KM, OLD_NAME_TIMES = 2.0, 300.0, 2.0
# A town that was renamed from this year on bore its old name in the war.
RENAMED_IN_WAR = 2022
# A town of that size needs less lead over a small one of its name that is so many times smaller.
LARGE_TOWN, TIMES_SMALLER, LARGE_LEAD = 30_000, 5, 0.4
# What the name of its country beside it adds at the least.
_NAMED_COUNTRY = 0.4
# Records of one spot (a city and the unit of its name) do not compete.
SAME_SPOT_KM, _SAME_SPOT_DEG = 5.0, 0.05
# Villages of one name within this radius are one answer, as wide as both.
TOGETHER_M = 15_000.0


def rivals_of(
    kept: Sequence[tuple[Scored, Place]], hints: Hints, *, at_front: bool = False
) -> tuple[Place, ...]:
    """Return the places among which the best is not told from the others, none where it is.

    ``at_front`` tells that the name is said to be of the front.
    """
    best, place = kept[0]
    near = [
        (one, p)
        for one, p in kept[1:]
        if best.total - one.total
        < _needed_lead(best, one) + (0.0 if at_front else _theatre_lead(best, one, hints))
    ]
    if not near and is_small(best) and CLOSE_KM < best.nearest_km < math.inf:
        near = [(one, p) for one, p in kept[1:] if one.nearest_km <= BESIDE_KM]
    return (place, *(p for _, p in near)) if near else ()


def _needed_lead(best: Scored, rival: Scored) -> float:
    """Return by how much a candidate must lead: by more where only nearness tells, or abroad."""
    if not best.match.place.population and _is_known_at_front(rival):
        # The unit that is named beside it need not hold all that lies near its border.
        return KNOWN_LEAD + (UNIT_WEIGHT if best.in_unit and not rival.in_unit else 0.0)
    is_home = best.is_abroad and not rival.is_abroad and rival.match.form <= best.match.form
    if is_home:
        is_country_named = best.support >= rival.support + _NAMED_COUNTRY
        return LEAD if is_country_named else ABROAD_LEAD
    for is_so, lead in _SPECIAL_LEADS.items():
        if is_so(best, rival):
            return lead
    if _is_still_called(best, rival) or _is_much_larger(best, rival):
        return OLD_NAME_LEAD if best.nearest_km < math.inf else LARGE_LEAD
    by_itself = best.base - rival.base
    both_small = all((one.match.place.population or VILLAGE) < TOWN for one in (best, rival))
    is_alike = name_score(best.match) - name_score(rival.match) <= _ALIKE
    if not (both_small and is_alike and by_itself < LEAD) or _is_set_apart(best, rival):
        return LEAD
    is_beside_too = best.nearest_km > BESIDE_LEAD_KM and rival.nearest_km <= FAR_KM
    return BESIDE_LEAD if is_beside_too else NEAR_LEAD


def is_left_out(scored: Mapping[str, Sequence[Scored]], name: str) -> bool:
    """Return whether a small place is far from names beside it that stand together themselves.

    A longer name may have been cut short there: Lyman, at Kupiansk, for Lyman Pershyi.
    """
    own = scored.get(name)
    if not own or not is_small(own[0]) or not CLOSE_KM < own[0].nearest_km < math.inf:
        return False
    beside = [others[0].match.place for other, others in scored.items() if other != name and others]
    towns = [place for place in beside if place.kind == "settlement"]
    return all(is_within(a, b, FAR_KM) for a, b in combinations(towns, 2))


def _is_elsewhere(best: Scored, rival: Scored) -> bool:
    """Return whether a rival is far from all that the best candidate stands beside."""
    if best.nearest_km <= NEXT_DOOR_KM and rival.nearest_km > FAR_KM:
        return True
    return best.nearest_km <= BESIDE_KM and rival.nearest_km >= ELSEWHERE_KM


def _theatre_lead(best: Scored, rival: Scored, hints: Hints) -> float:
    """Return what the theatre adds to the lead over a town elsewhere, named with nothing beside it.

    Whether the war is spoken of a bare name does not say; over a village it need not.
    """
    if not _is_bare_town(best, hints) or not _is_bare_town(rival, hints):
        return 0.0
    people, fewer = (one.match.place.population or VILLAGE for one in (best, rival))
    is_told = rival.match.form > best.match.form or fewer < max(SMALL_TOWN, people / TIMES_SMALLER)
    if best.front_km > AT_FRONT_KM or is_told:
        return 0.0
    gains = (theatre_score(o.match.place, hints.theatre, o.front_km) for o in (best, rival))
    return max(0.0, next(gains) - next(gains))


def _is_bare_town(one: Scored, hints: Hints) -> bool:
    is_alone = one.nearest_km == math.inf and one.in_unit is None and one.support == 0.0
    return hints.is_open and is_alone and is_town(one.match.place) and one.match.rank == PRESENT


def _is_still_called(best: Scored, rival: Scored) -> bool:
    """Return whether reports of the front may mean the rival by the name that it has lost."""
    is_far = OLD_NAME_KM < best.nearest_km < math.inf and not best.in_unit
    is_nearer = rival.nearest_km * OLD_NAME_TIMES <= best.nearest_km
    is_lately = (rival.match.until or 0) >= RENAMED_SINCE and rival.front_km <= AT_FRONT_KM
    return is_far and is_nearer and is_lately and (rival.match.place.population or 0) >= TOWN


def _is_town_by_old_name(best: Scored, rival: Scored) -> bool:
    """Return whether a town lost the name lately, and nothing tells that it is not meant.

    One that lost it in the war is called so in most reports of it, a larger one at the front by
    those who hold it: Kirovskoye is in Donetsk Oblast and in Crimea.
    """
    is_open = best.nearest_km == math.inf and best.in_unit is None
    until, people = rival.match.until or 0, rival.match.place.population or VILLAGE
    is_larger = people > (best.match.place.population or VILLAGE)
    is_lately = until >= RENAMED_IN_WAR or (until >= RENAMED_SINCE and is_larger)
    return is_open and is_lately and is_town(rival.match.place) and rival.match.form < LOOSE


def _is_told_by_unit(best: Scored, rival: Scored) -> bool:
    """Return whether a town lost its name lately, and its unit is named and not the rival's."""
    is_lately = (best.match.until or 0) >= RENAMED_SINCE and is_town(best.match.place)
    return is_lately and best.in_unit is True and rival.in_unit is False


def _is_farther_town(best: Scored, rival: Scored) -> bool:
    """Return whether a town leads by its size alone, before a nearer village at the front."""
    at_front = rival.front_km <= min(AT_FRONT_KM, best.front_km)
    is_nearer = rival.nearest_km < best.nearest_km < math.inf and rival.support > best.support
    is_near = rival.nearest_km <= FAR_KM and best.nearest_km > BESIDE_LEAD_KM
    return at_front and is_nearer and is_near and is_small(best) and is_small(rival)


def _is_much_larger(best: Scored, rival: Scored) -> bool:
    """Return whether a town stands against a much smaller one by nothing but their sizes."""
    people, fewer = (one.match.place.population or VILLAGE for one in (best, rival))
    is_larger = people >= LARGE_TOWN and people >= TIMES_SMALLER * fewer and fewer < SMALL_TOWN
    kinds = {best.match.place.kind, rival.match.place.kind}
    # An ending can be of two names, of which a size tells nothing.
    is_alike = skeleton(best.match.name) == skeleton(rival.match.name)
    is_alike = is_alike and best.match.rank == rival.match.rank == PRESENT
    is_alone = min(best.nearest_km, rival.nearest_km) == math.inf and not rival.in_unit
    at_front = rival.front_km <= AT_FRONT_KM < best.front_km
    return is_larger and kinds == {"settlement"} and is_alike and is_alone and not at_front


def _is_set_apart(best: Scored, rival: Scored) -> bool:
    """Return whether a rival is clearly farther, outside the unit named, or without a point."""
    if best.in_unit and not rival.in_unit and rival.nearest_km > FAR_KM:
        return True
    if rival.match.place.is_approximate and not best.match.place.is_approximate:
        return True
    farther_km = max(NEXT_KM, NEXT_TIMES * best.nearest_km)
    least_km = min(farther_km, max(CLOSE_KM, 2 * best.nearest_km))
    return best.nearest_km <= BESIDE_KM and rival.nearest_km >= least_km


def _is_known_at_front(one: Scored) -> bool:
    """Return whether a village near the front and near what stands beside it is often named."""
    people = one.match.place.population or 0
    is_near = one.nearest_km <= FAR_KM and one.front_km <= AT_FRONT_KM
    return people >= KNOWN_VILLAGE and is_near


def is_unsupported(one: Scored) -> bool:
    """Return whether nothing nothing but its size speaks for a village."""
    people = one.match.place.population or VILLAGE
    return people < SMALL_TOWN and not one.in_unit and one.nearest_km > FAR_KM


def is_small(one: Scored) -> bool:
    """Return whether a settlement is so small that its name takes something beside it."""
    place = one.match.place
    return place.kind == "settlement" and (place.population or VILLAGE) < SMALL_PLACE


_SPECIAL_LEADS = {
    _is_elsewhere: ELSEWHERE_LEAD,
    _is_told_by_unit: ELSEWHERE_LEAD,
    _is_town_by_old_name: OLD_NAME_LEAD,
    _is_farther_town: NEAR_LEAD,
}


def holding(rivals: Sequence[Place]) -> Place | None:
    """Return the first of some places, as wide as to hold the others; None where they lie apart."""
    first = rivals[0]
    if any(place.kind != "settlement" or place.is_approximate for place in rivals):
        return None
    reaches = [1000 * distance_km(first, place) + (place.precision_m or 0.0) for place in rivals]
    return replace(first, precision_m=max(reaches)) if max(reaches) <= TOGETHER_M else None


def distinct(ranked: Iterable[Scored]) -> list[tuple[Scored, Place]]:
    """Return candidates at different spots; of two records of a village the more exact one."""
    kept: list[tuple[Scored, Place]] = []
    for one in ranked:
        place = one.match.place
        twin = _twin(place, kept)
        if twin is None:
            kept.append((one, place))
        elif _is_better_record(place, kept[twin][1]):
            kept[twin] = (kept[twin][0], place)
    return kept


def _twin(place: Place, kept: Sequence[tuple[Scored, Place]]) -> int | None:
    """Return the number of the record of the same spot, None where there is none."""
    for number, (_, other) in enumerate(kept):
        # Most are told by their latitude, without a call.
        is_apart = place.kind == other.kind == "settlement" and (
            abs((place.lat or 0.0) - (other.lat or 0.0)) > _SAME_SPOT_DEG
        )
        if not is_apart and same_spot(place, other, within_km=SAME_SPOT_KM):
            return number
    return None


def _is_better_record(place: Place, than: Place) -> bool:
    if (place.kind, than.kind) == ("settlement", "admin1"):
        return place.name == than.name
    both = place.kind == than.kind == "settlement" and place.name == than.name
    both = both or place.kind == than.kind == "admin2"
    return both and (place.precision_m or math.inf) < (than.precision_m or math.inf)
