"""Which of several namesakes is meant, and the doubt that remains."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from geoconflict.errors import AmbiguousPlaceError, UnknownPlaceError
from geoconflict.facts import Amount, Fact, fact
from geoconflict.gazetteer.joint import BESIDE_KM, LEAD, WORLD_CITY, Scored, same_spot
from geoconflict.gazetteer.matches import INFLECTED, LOOSE, OTHER, VARIANT, WRITTEN, Match
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.scoring import (
    AT_FRONT_KM,
    TOWN,
    VILLAGE,
    Candidate,
    Hints,
    name_reason,
)
from geoconflict.notebook import Shown

# Villages that only their nearness tells apart need a clearer lead.
NEAR_LEAD = 1.5
# A town named as it is spelled, with this lead, is meant wherever the others are.
SURE_LEAD = 2.0
# Elsewhere a small place needs a word beside it that points there: words that happen to be a
# village's name would else become places.
SMALL_PLACE = 50_000
# A small place is doubtful when it is this far from everything beside it; within the unit that
# is named beside it, names may lie further apart.
FAR_KM, FAR_IN_UNIT_KM = 60.0, 70.0
# A name that is no more than like the one asked for needs something this near.
CLOSE_KM = 40.0
# A village that may be anywhere in an area wider than this has no position.
WIDEST_M = 25_000.0
# Records of one spot (a city and the unit of its name) do not compete.
SAME_SPOT_KM = 5.0
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
    pointed = [one for one in scored if is_held or not _is_stray(one)]
    if not pointed:
        told = _unknown(query, matches, hints)
        return Resolution(query, "unknown", _unknown_reason(query, matches, hints), fact=told)
    kept = _distinct(pointed)
    ranked = tuple(_candidate(one, place) for one, place in kept)
    best = kept[0][0]
    doubt = _doubt(query, kept, hints)
    if doubt is not None:
        reason = _DOUBTS[doubt.code](query, best, ranked)
        return Resolution(query, "ambiguous", reason, None, ranked, doubt)
    return Resolution(query, "resolved", _reason(best, kept), ranked[0].place, ranked)


def _doubt(query: str, kept: Sequence[tuple[Scored, Place]], hints: Hints) -> Fact | None:
    """Return why the best candidate is not the answer, None where it is."""
    best, place = kept[0]
    if place.is_approximate and (place.precision_m or math.inf) > WIDEST_M:
        return fact("place_without_point", place=place)
    if len(kept) > 1:
        rival = kept[1][0]
        if best.total - rival.total < _needed_lead(best, rival):
            fitting = tuple(p for one, p in kept if best.total - one.total < LEAD)
            return fact("place_ambiguous", name=query, places=fitting[:_MOST_NAMED])
        nearer = tuple(p for one, p in kept[1:] if one.nearest_km <= BESIDE_KM)
        if nearer and _is_small(best) and CLOSE_KM < best.nearest_km < math.inf:
            return fact("place_ambiguous", name=query, places=(place, *nearer)[:_MOST_NAMED])
    lead = best.total - kept[1][0].total if len(kept) > 1 else math.inf
    is_sure = best.match.form in (WRITTEN, INFLECTED) and lead >= SURE_LEAD
    if hints.admin1 is None and _is_outside(best) and not (is_sure and best.nearest_km <= CLOSE_KM):
        return fact("place_outside", name=query, place=place)
    if _is_far(best, hints) and not (is_sure and (best.match.place.population or 0) >= TOWN):
        distance = Amount(round(best.nearest_km), "km")
        return fact("place_far", name=query, place=place, distance=distance)
    return None


def _needed_lead(best: Scored, rival: Scored) -> float:
    """Return by how much a candidate must lead: by more where only nearness tells."""
    if best.nearest_km <= BESIDE_KM and rival.nearest_km >= FAR_KM:
        return LEAD
    by_itself = best.base - rival.base
    both_small = all((one.match.place.population or VILLAGE) < TOWN for one in (best, rival))
    is_alike = best.match.form >= rival.match.form
    return NEAR_LEAD if both_small and is_alike and by_itself < LEAD else LEAD


def _is_outside(one: Scored) -> bool:
    """Return whether a small place lies in none of the units that are named beside it."""
    return one.in_unit is False and _is_small(one)


def _is_small(one: Scored) -> bool:
    place = one.match.place
    return place.kind == "settlement" and (place.population or VILLAGE) < SMALL_PLACE


def _is_far(one: Scored, hints: Hints) -> bool:
    """Return whether a small place is far from every place that is known beside it."""
    is_in = bool(one.in_unit or hints.admin1)
    far = FAR_IN_UNIT_KM if is_in else FAR_KM
    return _is_small(one) and far < one.nearest_km < math.inf


def _is_stray(one: Scored) -> bool:
    """Return whether a small place bears the name by chance, for all that stands beside it.

    Elsewhere than in the theatre, or by an unofficial name, or where the name is spelled
    otherwise, it takes something that points there.
    """
    place, match = one.match.place, one.match
    is_loose_far = match.form == LOOSE and CLOSE_KM < one.nearest_km < math.inf
    if place.kind != "settlement" or is_loose_far or one.in_unit:
        return is_loose_far and place.kind == "settlement"
    if place.is_approximate and one.nearest_km > FAR_KM and one.front_km > AT_FRONT_KM:
        return True
    return _is_odd(one)


def _is_odd(one: Scored) -> bool:
    """Return whether a name that no unit beside it points to takes something near it."""
    match, nearest_km = one.match, one.nearest_km
    people = match.place.population or VILLAGE
    if match.form == INFLECTED and one.is_abroad and people < WORLD_CITY:
        return True
    if match.form >= VARIANT and people < TOWN:
        return nearest_km > (FAR_KM if match.form == INFLECTED else CLOSE_KM)
    if match.rank == OTHER and match.since is None and match.until is None:
        return people < WORLD_CITY and nearest_km > FAR_KM
    return one.is_abroad and people < SMALL_PLACE and nearest_km > FAR_KM


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


def _far_reason(query: str, best: Scored, _: Sequence[Candidate]) -> str:
    title, distance = best.match.place.title, f"{best.nearest_km:.0f} km"
    return f"{query!r}: {title} is {distance} from what stands beside it; another may be meant"


def _outside_reason(query: str, best: Scored, _: Sequence[Candidate]) -> str:
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
        return (
            f"the gazetteer has no place called {query!r}: try another spelling or a larger place"
        )
    known = "; ".join(dict.fromkeys(match.place.title for match in matches[:3]))
    wanted = " ".join(v for v in (hints.kind, hints.admin1, hints.country) if v)
    if not wanted:
        return f"{query!r} is a name of {known}, to which nothing beside it points"
    return f"no place called {query!r} fits {wanted}; known: {known}"


def _ambiguous_reason(query: str, _: Scored, ranked: Sequence[Candidate]) -> str:
    fitting = [c.place.title for c in ranked if ranked[0].score - c.score < LEAD]
    shown = "; ".join(fitting[:5]) + (f" and {len(fitting) - 5} more" if len(fitting) > 5 else "")
    return f"{query!r} can mean {shown}: name the region or a place nearby"


def _wide_reason(query: str, best: Scored, _: Sequence[Candidate]) -> str:
    return f"{query!r}: of {best.match.place.title} the data have no position: name its coordinates"


_DOUBTS = {
    "place_without_point": _wide_reason,
    "place_ambiguous": _ambiguous_reason,
    "place_outside": _outside_reason,
    "place_far": _far_reason,
}
