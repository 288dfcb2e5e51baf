"""Which of several namesakes is meant, and the doubt that remains."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from geoconflict.errors import AmbiguousPlaceError, UnknownPlaceError
from geoconflict.facts import Fact
from geoconflict.gazetteer.doubts import DOUBTS, doubt_of, unknown, unknown_reason
from geoconflict.gazetteer.joint import LEAD, Scored
from geoconflict.gazetteer.matches import INFLECTED, LOOSE, OTHER, PRESENT, VARIANT, WRITTEN, Match
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.rivals import (
    ELSEWHERE_KM,
    distinct,
    holding,
    is_small,
    is_unsupported,
    rivals_of,
)
from geoconflict.gazetteer.scoring import AT_FRONT_KM, CLOSE_KM, Candidate, Hints, name_reason
from geoconflict.gazetteer.strays import REMOTE_KM, is_stray
from geoconflict.gazetteer.toponyms import direction_town
from geoconflict.notebook import Shown

# So many bear a name, or may have given it to a direction of the front, that none is told by size.
MANY, _TOWNS = 5, 2


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
    query: str,
    matches: Sequence[Match],
    scored: Sequence[Scored],
    *,
    hints: Hints,
    rivers: frozenset[str] = frozenset(),
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
    rivers : frozenset of str
        Keys of names that rivers bear, as ``Bearers.rivers``.

    Returns
    -------
    Resolution
        Resolved, ambiguous or unknown, with the ranked candidates.
    """
    is_held = bool(hints.country or hints.admin1)
    pointed = _in_use([one for one in scored if is_held or not is_stray(one)])
    if not pointed:
        told = unknown(query, matches, hints)
        return Resolution(query, "unknown", unknown_reason(query, matches, hints), fact=told)
    kept = distinct(pointed)
    best = kept[0][0]
    is_direction = direction_town(query) is not None
    bearers = _bearers(query, scored, best) if is_unsupported(best) else []
    is_one_of_many = len(bearers) >= (_TOWNS if is_direction else MANY)
    ranked = tuple(_candidate(one, place) for one, place in kept)
    rivals = bearers if is_one_of_many else rivals_of(kept, hints, at_front=is_direction)
    rivals = rivals or _nearer_the_war(best, scored)
    if rivals and not is_one_of_many and (wide := holding(rivals)) is not None:
        reason = f"{_reason(best, kept)}; or its namesake beside it, which the radius holds"
        return Resolution(query, "resolved", reason, wide, ranked)
    is_only = sum(match.place.kind == "settlement" for match in matches) == 1
    doubt = doubt_of(query, kept, rivals, hints=hints, is_only=is_only, rivers=rivers)
    if doubt is not None:
        reason = DOUBTS[doubt.code](query, best, rivals)
        return Resolution(query, "ambiguous", reason, None, ranked, doubt)
    return Resolution(query, "resolved", _reason(best, kept), ranked[0].place, ranked)


def _bearers(query: str, scored: Sequence[Scored], best: Scored) -> list[Place]:
    """Return the settlements whose name fits as well as the best candidate's."""
    # In Latin letters one spelling is as good as another.
    loosest = max(best.match.form, VARIANT if query.isascii() else WRITTEN)
    alike = (one.match for one in scored if one.match.form <= loosest)
    return [match.place for match in alike if match.place.kind == "settlement"]


def _nearer_the_war(best: Scored, scored: Sequence[Scored]) -> list[Place]:
    """Return a small town far from the war and those of its name at the front, none where told.

    "Удачного" is rather of a village at Pokrovsk than of a town in Yakutia.
    """
    is_told = best.nearest_km < math.inf or best.support > 0.0
    if is_told or not is_small(best) or not REMOTE_KM < best.front_km < math.inf:
        return []
    near = [
        one.match.place
        for one in scored
        if one.front_km <= AT_FRONT_KM and one.match.form <= best.match.form
        if one.match.place.kind == "settlement" and one.match.rank <= best.match.rank
    ]
    return [best.match.place, *near] if near else []


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
