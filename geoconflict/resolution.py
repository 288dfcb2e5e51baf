"""Which of several namesakes is meant: scores with reasons, and the doubt that remains."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from geoconflict.errors import AmbiguousPlaceError, UnknownPlaceError
from geoconflict.places import Place

# Scores are sums; a lead of LEAD makes the first candidate the answer.
LEAD = 0.75
# A present name beats an old or foreign one whatever the size of the place.
RANK_SCORE = {0: 3.0, 1: 0.5, 2: 0.3}
VARIANT_PENALTY = 0.5
# A tenfold population is worth this much: size decides only what names leave open. A place
# of unknown size counts as a village.
POPULATION_WEIGHT = 0.7
VILLAGE = 500
# Reports of this theatre mean Ukraine first, then western Russia.
THEATRE = {"UA": 0.7, "RU": 0.4}
THEATRE_EAST_LON = 62.0
# A name that stands beside another is near it: e^(-distance / 80 km).
NEIGHBOUR_WEIGHT, NEIGHBOUR_KM = 2.0, 80.0
UNIT_WEIGHT, COUNTRY_WEIGHT = 2.0, 0.5
# Records of one spot (a city and the unit of its name) do not compete.
SAME_SPOT_KM = 5.0
# A bare name is a town before it is a unit; population says little of these kinds.
_KIND_SCORE = {"settlement": 0.3, "facility": 0.2, "country": 0.6, "water": 0.1, "admin1": 0.0}


@dataclass(frozen=True)
class Match:
    """A place whose name fits: ``rank`` 0 present name, 1 other name, 2 short name of a unit."""

    place: Place
    name: str
    rank: int
    exact: bool


@dataclass(frozen=True)
class Hints:
    """What is known beside the name; a candidate that contradicts a hint is dropped.

    ``country`` is an ISO 3166-1 alpha-2 code, ``admin1`` an ISO 3166-2 code, ``kind`` one of
    the kinds of a place. None means not known.
    """

    country: str | None = None
    admin1: str | None = None
    kind: str | None = None

    def admit(self, place: Place) -> bool:
        """Return whether a place agrees with every hint."""
        return (
            self.country in (None, place.country)
            and self.admin1 in (None, place.admin1_code)
            and self.kind in (None, place.kind)
        )


@dataclass(frozen=True)
class Candidate:
    """A place that the name can mean, its score (higher is likelier) and the reasons."""

    place: Place
    score: float
    reason: str


@dataclass(frozen=True)
class Resolution:
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
    query: str, matches: Sequence[Match], *, context: Iterable[Sequence[Match]], hints: Hints
) -> Resolution:
    """Return which place a name means among the places that bear it.

    Parameters
    ----------
    query : str
        The name as it was asked for.
    matches : sequence of Match
        Every place that bears the name.
    context : iterable of sequences of Match
        For each name that stands beside it, the places that bear that name.
    hints : Hints
        What must hold.

    Returns
    -------
    Resolution
        Resolved, ambiguous or unknown, with the ranked candidates.
    """
    admitted = [match for match in matches if hints.admit(match.place)]
    if not admitted:
        return Resolution(query, "unknown", _unknown_reason(query, matches, hints))
    around = [names for names in context if names]
    ranked = _distinct(sorted((_score(m, around) for m in admitted), key=_order))
    lead = ranked[0].score - ranked[1].score if len(ranked) > 1 else math.inf
    if lead >= LEAD:
        return Resolution(query, "resolved", ranked[0].reason, ranked[0].place, tuple(ranked))
    return Resolution(query, "ambiguous", _ambiguous_reason(query, ranked), None, tuple(ranked))


def _order(candidate: Candidate) -> tuple[float, str]:
    return (-candidate.score, candidate.place.id)


def _score(match: Match, around: Sequence[Sequence[Match]]) -> Candidate:
    place = match.place
    score = RANK_SCORE[match.rank] - (0.0 if match.exact else VARIANT_PENALTY)
    score += POPULATION_WEIGHT * math.log10(place.population or VILLAGE)
    score += _theatre(place) + _KIND_SCORE.get(place.kind, 0.0)
    reasons = [_name_reason(match)]
    for names in around:
        bonus, why = max((_support(place, other) for other in names), key=lambda item: item[0])
        score += bonus
        reasons += [why] if bonus >= COUNTRY_WEIGHT else []
    return Candidate(place, round(score, 3), "; ".join(dict.fromkeys(reasons)))


def _theatre(place: Place) -> float:
    if place.country == "RU" and (place.lon or 0.0) > THEATRE_EAST_LON:
        return 0.0
    return THEATRE.get(place.country, 0.0)


def _name_reason(match: Match) -> str:
    how = {0: "present name", 1: "other name", 2: "short name"}[match.rank]
    return f"{how} {match.name}" + ("" if match.exact else ", spelled otherwise")


def _support(place: Place, other: Match) -> tuple[float, str]:
    """Return what a name beside it adds to a candidate, and why."""
    near = other.place
    if near.id == place.id:
        return 0.0, ""
    share = 1.0 if other.rank == 0 else 0.5
    if near.kind == "country":
        return share * COUNTRY_WEIGHT * (near.country == place.country), f"in {near.name}"
    if near.kind == "admin1":
        return share * UNIT_WEIGHT * (near.admin1_code == place.admin1_code), f"in {near.name}"
    distance = distance_km(place, near)
    bonus = share * NEIGHBOUR_WEIGHT * math.exp(-distance / NEIGHBOUR_KM)
    return bonus, f"{distance:.0f} km from {near.name}"


def distance_km(a: Place, b: Place) -> float:
    """Return the distance of two places on a sphere in km, infinite where one has no point.

    Ranking needs no ellipsoid; loading PROJ would take longer than the look-up itself.
    """
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return math.inf
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, half)))


def _distinct(ranked: Iterable[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for candidate in ranked:
        if not any(_same_spot(candidate.place, k.place) for k in kept):
            kept.append(candidate)
    return kept


def _same_spot(a: Place, b: Place) -> bool:
    if "admin1" in (a.kind, b.kind) and a.kind != b.kind:
        return distance_km(a, b) <= SAME_SPOT_KM
    reach = ((a.precision_m or 0.0) + (b.precision_m or 0.0)) / 1000 if a.kind != b.kind else 0.0
    return distance_km(a, b) <= max(SAME_SPOT_KM, reach)


def _unknown_reason(query: str, matches: Sequence[Match], hints: Hints) -> str:
    if not matches:
        return f"the gazetteer has no place called {query!r}"
    wanted = " ".join(v for v in (hints.kind, hints.admin1, hints.country) if v)
    known = "; ".join(dict.fromkeys(match.place.title for match in matches[:3]))
    return f"no place called {query!r} fits {wanted}; known: {known}"


def _ambiguous_reason(query: str, ranked: Sequence[Candidate]) -> str:
    fitting = [c.place.title for c in ranked if ranked[0].score - c.score < LEAD]
    shown = "; ".join(fitting[:5]) + (f" and {len(fitting) - 5} more" if len(fitting) > 5 else "")
    return f"{query!r} can mean {shown}: name the region or a place nearby"
