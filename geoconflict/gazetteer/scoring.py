"""How likely a name means a place: a score with its reasons, from name, size and surroundings."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from geoconflict.gazetteer.matches import OTHER, PRESENT, SHORT, Match
from geoconflict.gazetteer.places import Place

# Scores are sums. A present name beats an old or foreign one whatever the size of the place.
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
# A sea, a river or an oblast is as well known as a city of this size.
WIDE_POPULATION = 1_000_000
# A name that stands beside another is near it: e^(-distance / 80 km).
NEIGHBOUR_WEIGHT, NEIGHBOUR_KM = 2.0, 80.0
# A neighbour that is itself in doubt says little of which namesake is near.
DOUBTFUL_SHARE = 0.25
UNIT_WEIGHT, COUNTRY_WEIGHT = 2.0, 0.5
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


@dataclass(frozen=True)
class Scored:
    """A candidate with what speaks for it beside its name and size."""

    candidate: Candidate
    match: Match
    support: float
    nearest_km: float
    in_unit: bool


def order(one: Scored) -> tuple[float, str]:
    """Return the key that sorts the likeliest first, and equals always alike."""
    return (-one.candidate.score, one.candidate.place.id)


def score(match: Match, around: Sequence[Sequence[Anchor]], hints: Hints) -> Scored:
    """Return the score of one match with the reasons.

    Parameters
    ----------
    match : Match
        A place that bears the name.
    around : sequence of sequences of Anchor
        For each name that stands beside it, where that is.
    hints : Hints
        What is known beside the name; the date decides whether an old name is present.
    """
    place = match.place
    official = hints.date is not None and match.was_official(hints.date.year)
    score = RANK_SCORE[PRESENT if official else match.rank] - _spelling_penalty(match)
    score += POPULATION_WEIGHT * math.log10(_population(match))
    score += _theatre(place) + _KIND_SCORE.get(place.kind, 0.0)
    supports = [max((_support(place, other) for other in names), key=_bonus) for names in around]
    reasons = [_name_reason(match), *(s.reason for s in supports if s.bonus >= COUNTRY_WEIGHT)]
    support = sum(s.bonus for s in supports)
    return Scored(
        Candidate(place, round(score + support, 3), "; ".join(dict.fromkeys(reasons))),
        match,
        support,
        min((s.distance_km for s in supports), default=math.inf),
        any(s.distance_km == 0.0 for s in supports),
    )


def outspelled(matches: list[Match]) -> list[Match]:
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
