"""Which of several namesakes is meant: scores with reasons, and the doubt that remains."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from geoconflict.errors import AmbiguousPlaceError, UnknownPlaceError
from geoconflict.gazetteer.matches import OTHER, PRESENT, SHORT, Match
from geoconflict.gazetteer.places import Place

# Scores are sums; a lead of LEAD makes the first candidate the answer.
LEAD = 0.75
# A present name beats an old or foreign one whatever the size of the place.
RANK_SCORE = {PRESENT: 3.0, OTHER: 0.5, SHORT: 0.3}
VARIANT_PENALTY = 0.5
# Where another place bears the name as it is spelled, even as an old one, this counts more.
OUTSPELLED_PENALTY = 2.5
# A tenfold population is worth this much: size decides only what names leave open. A place
# of unknown size counts as a village.
POPULATION_WEIGHT = 0.7
VILLAGE = 500
# Reports of this theatre mean Ukraine first, then western Russia.
THEATRE = {"UA": 0.7, "RU": 0.4}
THEATRE_EAST_LON = 62.0
# Elsewhere a small place needs a word beside it that points there: words that happen to be a
# village's name would else become places.
NEIGHBOURHOOD = frozenset(("UA", "RU", "BY", "MD"))
SMALL_PLACE, TINY_PLACE = 50_000, 5_000
# A name that several places bear is borne by more than the data hold: the best of them is
# doubtful when it is this far from everything beside it.
FAR_KM = 60.0
# A sea, a river or an oblast is as well known as a city of this size.
WIDE_POPULATION = 1_000_000
# A name that stands beside another is near it: e^(-distance / 80 km).
NEIGHBOUR_WEIGHT, NEIGHBOUR_KM = 2.0, 80.0
# A neighbour that is itself in doubt says little of which namesake is near.
DOUBTFUL_SHARE = 0.25
UNIT_WEIGHT, COUNTRY_WEIGHT = 2.0, 0.5
# Records of one spot (a city and the unit of its name) do not compete.
SAME_SPOT_KM = 5.0
# A bare name is a town before it is a unit; population says little of these kinds.
_KIND_SCORE = {"settlement": 0.3, "facility": 0.2, "country": 0.6, "water": 0.1, "admin1": 0.0}


@dataclass(frozen=True)
class Hints:
    """What is known beside the name; a candidate that contradicts a hint is dropped.

    ``country`` is an ISO 3166-1 alpha-2 code, ``admin1`` an ISO 3166-2 code, ``kind`` one of
    the kinds of a place, ``date`` the day of the report. None means not known.
    """

    country: str | None = None
    admin1: str | None = None
    kind: str | None = None
    date: dt.date | None = None

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


class Anchor(NamedTuple):
    """A place that stands beside the name, and how much it counts, 0 to 1."""

    place: Place
    share: float


def anchors(matches: Sequence[Match]) -> tuple[Anchor, ...]:
    """Return what a name that stands beside another says of where they are.

    One anchor where the name alone is clear; else every place it can mean, counting little.
    """
    scored = sorted((_score(match, (), Hints()) for match in matches), key=_order)
    ranked = _distinct(one.candidate for one in scored)
    if not ranked:
        return ()
    lead = ranked[0].score - ranked[1].score if len(ranked) > 1 else math.inf
    if lead >= LEAD:
        best = next(match for match in matches if match.place.id == ranked[0].place.id)
        return (Anchor(best.place, 1.0 if best.rank == PRESENT else 0.5),)
    return tuple(Anchor(one.place, DOUBTFUL_SHARE) for one in ranked)


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
    admitted = _outspelled([match for match in matches if hints.admit(match.place)])
    scored = sorted((_score(match, around, hints) for match in admitted), key=_order)
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


@dataclass(frozen=True)
class _Scored:
    """A candidate with what speaks for it beside its name and size."""

    candidate: Candidate
    match: Match
    support: float
    nearest_km: float
    in_unit: bool


def _is_stray(one: _Scored) -> bool:
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


def _is_far(one: _Scored) -> bool:
    """Return whether a small place is far from every place that is named beside it."""
    place = one.candidate.place
    is_small = place.kind == "settlement" and (place.population or VILLAGE) < SMALL_PLACE
    return is_small and not one.in_unit and FAR_KM < one.nearest_km < math.inf


def _far_reason(query: str, best: _Scored) -> str:
    title, distance = best.candidate.place.title, f"{best.nearest_km:.0f} km"
    return f"{query!r}: {title} is {distance} from what stands beside it; another may be meant"


def _order(one: _Scored) -> tuple[float, str]:
    return (-one.candidate.score, one.candidate.place.id)


def _score(match: Match, around: Sequence[Sequence[Anchor]], hints: Hints) -> _Scored:
    place = match.place
    official = hints.date is not None and match.was_official(hints.date.year)
    score = RANK_SCORE[PRESENT if official else match.rank] - (
        0 if match.exact else VARIANT_PENALTY
    )
    score += POPULATION_WEIGHT * math.log10(_population(match))
    score += _theatre(place) + _KIND_SCORE.get(place.kind, 0.0)
    supports = [max((_support(place, other) for other in names), key=_bonus) for names in around]
    reasons = [_name_reason(match), *(s.reason for s in supports if s.bonus >= COUNTRY_WEIGHT)]
    support = sum(s.bonus for s in supports)
    return _Scored(
        Candidate(place, round(score + support, 3), "; ".join(dict.fromkeys(reasons))),
        match,
        support,
        min((s.distance_km for s in supports), default=math.inf),
        any(s.distance_km == 0.0 for s in supports),
    )


def _outspelled(matches: list[Match]) -> list[Match]:
    """Return matches, those that another one outspells marked as such."""
    if not any(match.exact for match in matches):
        return matches
    return [replace(match, outspelled=not match.exact) for match in matches]


def _spelling_penalty(match: Match) -> float:
    if match.outspelled:
        return OUTSPELLED_PENALTY
    return 0.0 if match.exact else VARIANT_PENALTY


def _population(match: Match) -> int:
    place = match.place
    if place.kind in ("water", "admin1") and match.rank == PRESENT:
        return WIDE_POPULATION
    return place.population or VILLAGE


def _theatre(place: Place) -> float:
    if place.country == "RU" and (place.lon or 0.0) > THEATRE_EAST_LON:
        return 0.0
    return THEATRE.get(place.country, 0.0)


def _name_reason(match: Match) -> str:
    how = {PRESENT: "present name", OTHER: "other name", SHORT: "short name"}[match.rank]
    if match.since or match.until:
        return f"{match.name} was its name {_years(match)}"
    return f"{how} {match.name}" + ("" if match.exact else ", spelled otherwise")


def _years(match: Match) -> str:
    if match.since and match.until:
        return f"from {match.since} to {match.until}"
    return f"until {match.until}" if match.until else f"from {match.since}"


class _Support(NamedTuple):
    """What a name beside it adds, why, and how far it surely is (0 inside a unit)."""

    bonus: float
    reason: str = ""
    distance_km: float = math.inf


def _bonus(support: _Support) -> float:
    return support.bonus


def _support(place: Place, anchor: Anchor) -> _Support:
    near, share = anchor
    if near.id == place.id:
        return _Support(share * NEIGHBOUR_WEIGHT, "another name of it stands beside", 0.0)
    if near.kind == "country":
        return _Support(share * COUNTRY_WEIGHT * (near.country == place.country), f"in {near.name}")
    if near.kind == "admin1":
        is_in = near.admin1_code == place.admin1_code
        distance = 0.0 if is_in else math.inf
        return _Support(share * UNIT_WEIGHT * is_in, f"in {near.name}", distance)
    distance = distance_km(place, near)
    bonus = share * NEIGHBOUR_WEIGHT * math.exp(-distance / NEIGHBOUR_KM)
    sure = distance if share > DOUBTFUL_SHARE else math.inf
    return _Support(bonus, f"{distance:.0f} km from {near.name}", sure)


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
