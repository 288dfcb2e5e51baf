"""Which of several namesakes is meant, and the doubt that remains."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from geoconflict.errors import AmbiguousPlaceError, UnknownPlaceError
from geoconflict.gazetteer.matches import OTHER, PRESENT, Match
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.scoring import (
    COUNTRY_WEIGHT,
    DOUBTFUL_SHARE,
    VILLAGE,
    Anchor,
    Candidate,
    Hints,
    Scored,
    distance_km,
    order,
    outspelled,
    score,
)
from geoconflict.notebook import Shown

# A lead of this much makes the first candidate the answer.
LEAD = 0.75
# Elsewhere a small place needs a word beside it that points there: words that happen to be a
# village's name would else become places.
NEIGHBOURHOOD = frozenset(("UA", "RU", "BY", "MD"))
SMALL_PLACE, TINY_PLACE = 50_000, 5_000
# A name that several places bear is borne by more than the data hold: the best of them is
# doubtful when it is this far from everything beside it.
FAR_KM = 60.0
# Records of one spot (a city and the unit of its name) do not compete.
SAME_SPOT_KM = 5.0


def anchors(matches: Sequence[Match]) -> tuple[Anchor, ...]:
    """Return what a name that stands beside another says of where they are.

    One anchor where the name alone is clear; else every place it can mean, counting little.
    """
    scored = sorted((score(match, (), Hints()) for match in matches), key=order)
    ranked = _distinct(one.candidate for one in scored)
    if not ranked:
        return ()
    lead = ranked[0].score - ranked[1].score if len(ranked) > 1 else math.inf
    if lead >= LEAD:
        best = next(match for match in matches if match.place.id == ranked[0].place.id)
        return (Anchor(best.place, 1.0 if best.rank == PRESENT else 0.5),)
    return tuple(Anchor(one.place, DOUBTFUL_SHARE) for one in ranked)


@dataclass(frozen=True)
class Resolution(Shown):
    """The answer to which place a name means.

    ``status`` is ``resolved`` (then ``place`` is the answer), ``ambiguous`` or ``unknown``
    (then ``place`` is None). ``candidates`` are ranked, best first.
    """

    query: str
    status: str
    reason: str
    place: Place | None = None
    candidates: tuple[Candidate, ...] = field(default=())

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
            raise AmbiguousPlaceError(self.reason)
        raise UnknownPlaceError(self.reason)

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


def resolve_matches(
    query: str, matches: Sequence[Match], *, context: Iterable[Sequence[Anchor]], hints: Hints
) -> Resolution:
    """Return which place a name means among the places that bear it.

    Parameters
    ----------
    query : str
        The name as it was asked for.
    matches : sequence of Match
        Every place that bears the name.
    context : iterable of sequences of Anchor
        For each name that stands beside it, where that is.
    hints : Hints
        What must hold.

    Returns
    -------
    Resolution
        Resolved, ambiguous or unknown, with the ranked candidates.
    """
    around = [names for names in context if names]
    admitted = outspelled([match for match in matches if hints.admit(match.place)])
    scored = sorted((score(match, around, hints) for match in admitted), key=order)
    pointed = [one for one in scored if hints.country or hints.admin1 or not _is_stray(one)]
    if not pointed:
        return Resolution(query, "unknown", _unknown_reason(query, matches, hints))
    ranked = _distinct(one.candidate for one in pointed)
    best = next(one for one in pointed if one.candidate.score == ranked[0].score)
    lead = ranked[0].score - ranked[1].score if len(ranked) > 1 else math.inf
    if lead < LEAD:
        return Resolution(query, "ambiguous", _ambiguous_reason(query, ranked), None, tuple(ranked))
    if around and len(ranked) > 1 and not hints.admin1 and _is_far(best):
        return Resolution(query, "ambiguous", _far_reason(query, best), None, tuple(ranked))
    return Resolution(query, "resolved", ranked[0].reason, ranked[0].place, tuple(ranked))


def _is_stray(one: Scored) -> bool:
    """Return whether a small place bears the name by chance, for all that stands beside it.

    Elsewhere than in the theatre, or by an unofficial name, or by a village's name spelled
    otherwise, it takes a word that points there.
    """
    place, match = one.candidate.place, one.match
    if place.kind != "settlement" or one.support >= COUNTRY_WEIGHT:
        return False
    people = place.population or VILLAGE
    is_dated = match.since is not None or match.until is not None
    is_odd = place.country not in NEIGHBOURHOOD or (match.rank == OTHER and not is_dated)
    return (is_odd and people < SMALL_PLACE) or (not match.exact and people < TINY_PLACE)


def _is_far(one: Scored) -> bool:
    """Return whether a small place is far from every place that is named beside it."""
    place = one.candidate.place
    is_small = place.kind == "settlement" and (place.population or VILLAGE) < SMALL_PLACE
    return is_small and not one.in_unit and FAR_KM < one.nearest_km < math.inf


def _far_reason(query: str, best: Scored) -> str:
    title, distance = best.candidate.place.title, f"{best.nearest_km:.0f} km"
    return f"{query!r}: {title} is {distance} from what stands beside it; another may be meant"


def _distinct(ranked: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates at different spots; of two records of a village the more exact one."""
    kept: list[Candidate] = []
    for candidate in ranked:
        twin = next((k for k in kept if _same_spot(candidate.place, k.place)), None)
        if twin is None:
            kept.append(candidate)
        elif _is_better_record(candidate.place, twin.place):
            kept[kept.index(twin)] = replace(twin, place=candidate.place)
    return kept


def _is_better_record(place: Place, than: Place) -> bool:
    if (place.kind, than.kind) == ("settlement", "admin1"):
        return place.name == than.name
    both = place.kind == than.kind == "settlement" and place.name == than.name
    return both and (place.precision_m or math.inf) < (than.precision_m or math.inf)


def _same_spot(a: Place, b: Place) -> bool:
    if "admin1" in (a.kind, b.kind) and a.kind != b.kind:
        if a.admin1_code == b.admin1_code and a.name == b.name:
            return True
        return distance_km(a, b) <= SAME_SPOT_KM
    reach = ((a.precision_m or 0.0) + (b.precision_m or 0.0)) / 1000 if a.kind != b.kind else 0.0
    return distance_km(a, b) <= max(SAME_SPOT_KM, reach)


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


def _ambiguous_reason(query: str, ranked: Sequence[Candidate]) -> str:
    fitting = [c.place.title for c in ranked if ranked[0].score - c.score < LEAD]
    shown = "; ".join(fitting[:5]) + (f" and {len(fitting) - 5} more" if len(fitting) > 5 else "")
    return f"{query!r} can mean {shown}: name the region or a place nearby"
