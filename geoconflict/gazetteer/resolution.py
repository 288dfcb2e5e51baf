"""Which of several namesakes is meant, and the doubt that remains."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from geoconflict.errors import AmbiguousPlaceError, UnknownPlaceError
from geoconflict.facts import Amount, Fact, fact
from geoconflict.gazetteer.joint import BESIDE_KM, LEAD, UNIT_WEIGHT, Scored, same_spot
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
from geoconflict.gazetteer.names import is_akin, skeleton
from geoconflict.gazetteer.places import Place, told_apart
from geoconflict.gazetteer.scoring import (
    AT_FRONT_KM,
    KNOWN_TO_ALL,
    RENAMED_SINCE,
    TOWN,
    VILLAGE,
    WORLD_CITY,
    Candidate,
    Hints,
    distance_km,
    name_reason,
    name_score,
)
from geoconflict.gazetteer.toponyms import (
    is_adjective,
    is_also_word,
    is_in_place,
    is_surname,
    is_surname_form,
)
from geoconflict.notebook import Shown

# Villages that only their nearness tells apart need a clearer lead.
NEAR_LEAD = 1.5
BESIDE_LEAD, BESIDE_LEAD_KM = 2.0, 20.0
# A rival that far from all that stands beside it counts little against what is near.
ELSEWHERE_LEAD = 0.3
# A rival is clearly farther when it is so many times and at least so many km away.
NEXT_TIMES, NEXT_KM = 3.0, 15.0
# Names that differ in no more than this fit alike.
_ALIKE = 0.2
# A hamlet needs this lead over a larger village of the front that lies near as well.
KNOWN_LEAD = 1.5
# A town named as it is spelled, with this lead, is meant wherever the others are.
SURE_LEAD = 2.0
# A city outside the theatre needs it before a place of the theatre that bears its name as well.
ABROAD_LEAD = 2.0
# Far from all that stands beside it, a place of today needs this lead over one of the front
# that bore the name until the war and is so many times nearer.
OLD_NAME_LEAD, OLD_NAME_KM, OLD_NAME_TIMES = 2.0, 300.0, 2.0
# A town of that size needs less lead over a small one of its name that is so many times smaller.
LARGE_TOWN, TIMES_SMALLER, LARGE_LEAD = 30_000, 5, 0.4
# What the name of its country beside it adds at the least.
_NAMED_COUNTRY = 0.4
# So near to what stands beside it a place may lie just beyond the unit that is named.
BORDER_KM = 15.0
# Elsewhere a small place needs a word beside it that points there: words that happen to be a
# village's name would else become places.
SMALL_PLACE = 50_000
# A small place is doubtful when it is this far from everything beside it; within the unit that
# is named beside it, names may lie further apart.
FAR_KM, FAR_HAMLET_KM, FAR_IN_UNIT_KM = 60.0, 50.0, 110.0
# A town in no unit named beside it and this far from all that stands there is not meant either.
ELSEWHERE_KM = 500.0
# A name that is no more than like the one asked for needs something this near.
CLOSE_KM = 40.0
# A village that may be anywhere in an area wider than this has no position.
WIDEST_M = 25_000.0
# A larger village at the front is meant by its case ending, or an old name of it, as well.
KNOWN_VILLAGE, _AS_MEANT = 3_000, (WRITTEN, INFLECTED)
# A word of so many letters is no other name of a city by itself: Tor is a weapon.
SHORT_WORD = 3
# So far from the front a village is no place that a report of it names by itself.
REMOTE_KM = 1200.0
# A village or small town of a name that so many bear is not told by its size.
MANY, SMALL_TOWN = 5, 10_000
# Records of one spot (a city and the unit of its name) do not compete.
SAME_SPOT_KM = 5.0
# Villages of one name within this radius are one answer, as wide as both.
TOGETHER_M = 15_000.0
# A town of that size is meant by an ending that surnames have too.
KNOWN_TOWN = 30_000
# So many of the places that a name can mean are told.
_MOST_NAMED = 5


@dataclass(frozen=True)
class Resolution(Shown):
    """The answer to which place a name means.

    Parameters
    ----------
    query : str
        The name as it was asked for.
    status : str
        ``resolved``, ``ambiguous`` or ``unknown``.
    reason : str
        What speaks for the answer, or stands in its way.
    place : Place or None
        The answer; None where it is ambiguous or unknown.
    candidates : tuple of Candidate
        All that bear the name, best first.
    fact : Fact or None
        What stands in the way, as data; None where there is a place.
    """

    query: str
    status: str
    reason: str
    place: Place | None = None
    candidates: tuple[Candidate, ...] = field(default=())
    fact: Fact | None = None

    def require(self) -> Place:
        """Return the place, or raise what stands in the way.

        Raises
        ------
        AmbiguousPlaceError
            Several places fit equally well.
        UnknownPlaceError
            No place fits.
        """
        if self.place is not None:
            return self.place
        if self.status == "ambiguous":
            raise AmbiguousPlaceError(self.reason, self.fact)
        raise UnknownPlaceError(self.reason, self.fact)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain types, as ``--json`` prints it."""
        return {
            "query": self.query,
            "status": self.status,
            "reason": self.reason,
            "place": self.place.to_dict() if self.place else None,
            "candidates": [
                {"place": c.place.to_dict(), "score": c.score, "reason": c.reason}
                for c in self.candidates
            ],
        }


def decide(
    query: str, matches: Sequence[Match], scored: Sequence[Scored], *, hints: Hints
) -> Resolution:
    """Return which place a name means among its candidates.

    Parameters
    ----------
    query : str
        The name as it was asked for.
    matches : sequence of Match
        Every place that bears the name, whether the hints admit it or not.
    scored : sequence of Scored
        Its candidates, likeliest first.
    hints : Hints
        What must hold.

    Returns
    -------
    Resolution
        Resolved, ambiguous or unknown, with the ranked candidates.
    """
    is_held = bool(hints.country or hints.admin1)
    pointed = _in_use([one for one in scored if is_held or not _is_stray(one)])
    if not pointed:
        told = _unknown(query, matches, hints)
        return Resolution(query, "unknown", _unknown_reason(query, matches, hints), fact=told)
    kept = _distinct(pointed)
    best = kept[0][0]
    # In Latin letters one spelling is as good as another.
    loosest = max(best.match.form, VARIANT if query.isascii() else WRITTEN)
    alike = (one.match for one in scored if one.match.form <= loosest)
    bearers = [match.place for match in alike if match.place.kind == "settlement"]
    is_one_of_many = len(bearers) >= MANY and _is_unsupported(best)
    ranked = tuple(_candidate(one, place) for one, place in kept)
    rivals = bearers if is_one_of_many else _rivals(kept)
    if rivals and not is_one_of_many and (wide := _holding(rivals)) is not None:
        reason = f"{_reason(best, kept)}; or its namesake beside it, which the radius holds"
        return Resolution(query, "resolved", reason, wide, ranked)
    is_only = sum(match.place.kind == "settlement" for match in matches) == 1
    doubt = _doubt(query, kept, rivals, hints=hints, is_only=is_only)
    if doubt is not None:
        reason = _DOUBTS[doubt.code](query, best, rivals)
        return Resolution(query, "ambiguous", reason, None, ranked, doubt)
    return Resolution(query, "resolved", _reason(best, kept), ranked[0].place, ranked)


def _in_use(scored: Sequence[Scored]) -> Sequence[Scored]:
    """Return candidates, without old names that lead little before a near one of today.

    Nor is one meant that is far from all beside it, where the unit named there has another.
    """
    if any(one.in_unit and one.match.form <= INFLECTED and _is_own(one.match) for one in scored):
        scored = [o for o in scored if o.in_unit or not ELSEWHERE_KM < o.nearest_km < math.inf]
    present = (one for one in scored if one.match.rank == PRESENT and one.match.form < LOOSE)
    near = max((one.total for one in present if one.nearest_km <= CLOSE_KM), default=-math.inf)
    return [
        one
        for one in scored
        if one.match.rank != OTHER or one.match.until is None or one.total >= near + LEAD
    ]


def _is_own(match: Match) -> bool:
    """Return whether a name is of today, or was official in years that are told."""
    return match.rank == PRESENT or match.until is not None


def _holding(rivals: Sequence[Place]) -> Place | None:
    """Return the first of some places, as wide as to hold the others; None where they lie apart."""
    first = rivals[0]
    if any(place.kind != "settlement" or place.is_approximate for place in rivals):
        return None
    reaches = [1000 * distance_km(first, place) + (place.precision_m or 0.0) for place in rivals]
    return replace(first, precision_m=max(reaches)) if max(reaches) <= TOGETHER_M else None


def _doubt(
    query: str,
    kept: Sequence[tuple[Scored, Place]],
    rivals: Sequence[Place],
    *,
    hints: Hints,
    is_only: bool,
) -> Fact | None:
    """Return why the best candidate is not the answer, None where it is.

    ``is_only`` tells that no other settlement bears the name at all.
    """
    best, place = kept[0]
    if not rivals and place.is_approximate and (place.precision_m or math.inf) > WIDEST_M:
        return fact("place_without_point", place=place)
    if rivals:
        return fact("place_ambiguous", name=query, places=tuple(rivals[:_MOST_NAMED]))
    lead = best.total - kept[1][0].total if len(kept) > 1 else math.inf
    if _is_word(query, best, hints) or _is_unlike(best, hints):
        return fact("place_is_word", name=query, places=(place,))
    is_sure = best.match.form in (WRITTEN, INFLECTED) and lead >= SURE_LEAD
    is_near = best.nearest_km <= (CLOSE_KM if is_sure else BORDER_KM)
    if hints.admin1 is None and _is_outside(best) and not (is_near and lead >= NEAR_LEAD):
        return fact("place_outside", name=query, place=place)
    is_sure = is_sure and (best.match.place.population or 0) >= TOWN
    if _is_far(best, hints, is_only=is_only) and not is_sure:
        distance = Amount(round(best.nearest_km), "km")
        return fact("place_far", name=query, place=place, distance=distance)
    return None


def _is_word(query: str, one: Scored, hints: Hints) -> bool:
    """Return whether a bare name is as well a word, a person's name or the like, and nothing tells.

    A preposition or a word for its kind tells that it is a place, as does what is near it.
    """
    place, people = one.match.place, one.match.place.population or VILLAGE
    is_told = one.in_unit or hints.country or hints.admin1 or hints.kind or "," in query
    if place.kind != "settlement" or people >= KNOWN_TO_ALL or is_told:
        return False
    if one.nearest_km <= FAR_IN_UNIT_KM or is_in_place(query):
        return False
    known = SMALL_TOWN if one.match.form == WRITTEN else KNOWN_TOWN
    if is_also_word(query, one.match.name) or (people < known and is_surname(query)):
        return True
    return people < SMALL_TOWN and is_surname_form(query)


def _rivals(kept: Sequence[tuple[Scored, Place]]) -> tuple[Place, ...]:
    """Return the places among which the best is not told from the others, none where it is."""
    best, place = kept[0]
    near = [(one, p) for one, p in kept[1:] if best.total - one.total < _needed_lead(best, one)]
    if not near and _is_small(best) and CLOSE_KM < best.nearest_km < math.inf:
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
    if best.nearest_km <= BESIDE_KM and rival.nearest_km >= ELSEWHERE_KM:
        return ELSEWHERE_LEAD
    if _is_still_called(best, rival) or _is_much_larger(best, rival):
        return OLD_NAME_LEAD if best.nearest_km < math.inf else LARGE_LEAD
    by_itself = best.base - rival.base
    both_small = all((one.match.place.population or VILLAGE) < TOWN for one in (best, rival))
    is_alike = name_score(best.match) - name_score(rival.match) <= _ALIKE
    is_close = both_small and is_alike and by_itself < LEAD
    if not is_close or _is_set_apart(best, rival):
        return LEAD
    is_beside_too = best.nearest_km > BESIDE_LEAD_KM and rival.nearest_km <= FAR_KM
    return BESIDE_LEAD if is_beside_too else NEAR_LEAD


def _is_still_called(best: Scored, rival: Scored) -> bool:
    """Return whether reports of the front may mean the rival by the name that it has lost."""
    is_far = OLD_NAME_KM < best.nearest_km < math.inf and not best.in_unit
    is_nearer = rival.nearest_km * OLD_NAME_TIMES <= best.nearest_km
    is_lately = (rival.match.until or 0) >= RENAMED_SINCE and rival.front_km <= AT_FRONT_KM
    return is_far and is_nearer and is_lately and (rival.match.place.population or 0) >= TOWN


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


def _is_unsupported(one: Scored) -> bool:
    """Return whether nothing but its size speaks for a village."""
    people = one.match.place.population or VILLAGE
    return people < SMALL_TOWN and not one.in_unit and one.nearest_km > FAR_KM


def _is_outside(one: Scored) -> bool:
    """Return whether a small place lies in none of the units that are named beside it."""
    is_elsewhere = ELSEWHERE_KM < one.nearest_km < math.inf
    is_known = (one.match.place.population or VILLAGE) >= WORLD_CITY
    is_doubtful = _is_small(one) or (is_elsewhere and not is_known)
    return one.in_unit is False and is_doubtful and one.match.place.kind == "settlement"


def _is_small(one: Scored) -> bool:
    place = one.match.place
    return place.kind == "settlement" and (place.population or VILLAGE) < SMALL_PLACE


def _is_far(one: Scored, hints: Hints, *, is_only: bool) -> bool:
    """Return whether a small place is far from every place that is known beside it."""
    is_in = bool(one.in_unit or hints.admin1)
    is_town = (one.match.place.population or 0) >= TOWN
    far = FAR_IN_UNIT_KM if is_in or is_town else FAR_KM
    if is_in and not (is_only or one.match.place.population):
        far = FAR_HAMLET_KM
    return _is_small(one) and far < one.nearest_km < math.inf


def _is_stray(one: Scored) -> bool:
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
    if place.is_approximate and one.nearest_km > FAR_KM and one.front_km > AT_FRONT_KM:
        return True
    return _is_odd(one)


def _is_unlike(one: Scored, hints: Hints) -> bool:
    """Return whether an old or foreign name without years is unlike the name of today.

    Lists of such names are full of parts of names, of words and of names of other places.
    """
    match, place, people = one.match, one.match.place, one.match.place.population or 0
    is_near = one.nearest_km <= FAR_KM or (hints.admin1 and people >= SMALL_PLACE)
    if match.rank != OTHER or match.since or match.until or is_near:
        return False
    is_part = match.name in place.name and people < KNOWN_TO_ALL
    return len(match.name) <= SHORT_WORD or is_part or not is_akin(match.name, place.name)


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


def _distinct(ranked: Iterable[Scored]) -> list[tuple[Scored, Place]]:
    """Return candidates at different spots; of two records of a village the more exact one."""
    kept: list[tuple[Scored, Place]] = []
    for one in ranked:
        place = one.match.place
        twin = next(
            (n for n, (_, k) in enumerate(kept) if same_spot(place, k, within_km=SAME_SPOT_KM)),
            None,
        )
        if twin is None:
            kept.append((one, place))
        elif _is_better_record(place, kept[twin][1]):
            kept[twin] = (kept[twin][0], place)
    return kept


def _is_better_record(place: Place, than: Place) -> bool:
    if (place.kind, than.kind) == ("settlement", "admin1"):
        return place.name == than.name
    both = place.kind == than.kind == "settlement" and place.name == than.name
    both = both or place.kind == than.kind == "admin2"
    return both and (place.precision_m or math.inf) < (than.precision_m or math.inf)


def _candidate(one: Scored, place: Place) -> Candidate:
    reasons = dict.fromkeys((name_reason(one.match), *one.reasons))
    return Candidate(place, one.total, "; ".join(reasons))


def _reason(best: Scored, kept: Sequence[tuple[Scored, Place]]) -> str:
    reasons = [name_reason(best.match), *best.reasons]
    if len(kept) > 1 and not best.reasons and _leads_by_front(best, kept[1][0]):
        reasons.append("at the front, the others of its name are not")
    return "; ".join(dict.fromkeys(reasons))


def _leads_by_front(best: Scored, rival: Scored) -> bool:
    is_nearer = best.front_km <= AT_FRONT_KM < rival.front_km
    return best.match.place.kind == "settlement" and is_nearer


def _far_reason(query: str, best: Scored, _: Sequence[Place]) -> str:
    title, distance = best.match.place.title, f"{best.nearest_km:.0f} km"
    return f"{query!r}: {title} is {distance} from what stands beside it; another may be meant"


def _outside_reason(query: str, best: Scored, _: Sequence[Place]) -> str:
    title = best.match.place.title
    return f"{query!r}: {title} is not in the region named beside it; another may be meant"


def _unknown(query: str, matches: Sequence[Match], hints: Hints) -> Fact:
    known = tuple(dict.fromkeys(match.place for match in matches))[:3]
    if not known or hints.kind or hints.admin1 or hints.country:
        return fact("place_unknown", name=query)
    return fact("place_stray", name=query, places=known)


def _unknown_reason(query: str, matches: Sequence[Match], hints: Hints) -> str:
    if not matches:
        if not query.strip():
            return "no place is named: give a name such as Ryazan"
        comma = ", or a comma before its region" if " " in query.strip() else ""
        tried = f"try another spelling or a larger place{comma}"
        return f"the gazetteer has no place called {query!r}: {tried}"
    known = "; ".join(dict.fromkeys(match.place.title for match in matches[:3]))
    wanted = " ".join(v for v in (hints.kind, hints.admin1, hints.country) if v)
    if not wanted:
        return f"{query!r} is a name of {known}, to which nothing beside it points"
    return f"no place called {query!r} fits {wanted}; known: {known}"


def _ambiguous_reason(query: str, _: Scored, rivals: Sequence[Place]) -> str:
    titles = told_apart([place.title for place in rivals], rivals)
    shown = "; ".join(titles[:_MOST_NAMED])
    more = f" and {len(rivals) - _MOST_NAMED} more" if len(rivals) > _MOST_NAMED else ""
    return f"{query!r} can mean {shown}{more}: name the region or a place nearby"


def _word_reason(query: str, best: Scored, _: Sequence[Place]) -> str:
    title = best.match.place.title
    return f"{query!r} can mean {title}, but is another word or name as well: name its region"


def _wide_reason(query: str, best: Scored, _: Sequence[Place]) -> str:
    return f"{query!r}: of {best.match.place.title} the data have no position: name its coordinates"


_DOUBTS = {
    "place_without_point": _wide_reason,
    "place_ambiguous": _ambiguous_reason,
    "place_is_word": _word_reason,
    "place_outside": _outside_reason,
    "place_far": _far_reason,
}
