"""How likely a name means a place, before anything that stands beside it is looked at."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from geoconflict.gazetteer.matches import (
    INFLECTED,
    LOOSE,
    OTHER,
    PRESENT,
    REGULAR,
    SHORT,
    VARIANT,
    WRITTEN,
    Match,
)
from geoconflict.gazetteer.names import skeleton
from geoconflict.gazetteer.places import Place
from geoconflict.theatre import Theatre

# Scores are sums. A present name beats an old or foreign one whatever the size of the place.
RANK_SCORE = {PRESENT: 3.0, OTHER: 0.5, SHORT: 0.3}
# A name that was official in so late a year is still in use.
STILL_USED, RENAMED_SINCE = 1.0, 2014
FORM_PENALTY = {WRITTEN: 0.0, REGULAR: 0.1, VARIANT: 0.5, INFLECTED: 0.6, LOOSE: 1.4}
# Where another place bears the name as it is spelled, even as an old one, this counts more.
OUTSPELLED_PENALTY = 2.5
# A tenfold population is worth this much: size decides only what names leave open. A place
# of unknown size counts as a village.
POPULATION_WEIGHT = 0.7
VILLAGE = 500
# The settlements of 500 people and more are placed; what only the codifier has is smaller.
HAMLET = 120
# From this size on a place is a town, which is meant before a village of its name.
TOWN = 5_000
TOWN_BONUS = 0.8
# A city of this size is known by names in other languages too.
KNOWN_TO_ALL = 100_000
# A larger city is named everywhere: being near it tells, being far from it says nothing.
WORLD_CITY = 300_000
# Elsewhere a small place needs a word beside it that points there: words that happen to be a
# village's name would else become places.
SMALL_PLACE, SMALL_TOWN = 50_000, 10_000
# A larger village at the front is often named.
KNOWN_VILLAGE = 3_000
# A small place is doubtful when it is this far from everything beside it; a name that is no
# more than like the one asked for needs something this near.
FAR_KM, CLOSE_KM = 60.0, 40.0
# A place near where most fighting was reported is meant before a far hamlet.
FRONT_BONUS, FRONT_REACH_KM, AT_FRONT_KM = 0.9, 40.0, 60.0
_DEGREE_KM = 111.2
# No degree of latitude is shorter.
_LEAST_DEGREE_KM = 110.0
# A sea, a river or an oblast is as well known as a city of this size.
WIDE_POPULATION = 1_000_000
# A bare name is a town before it is a unit; population says little of these kinds.
_KIND_SCORE = {"settlement": 0.3, "facility": 0.2, "country": 0.6, "water": 0.1, "admin1": 0.0}
_FORMS = {
    REGULAR: ", as Russian spells it",
    VARIANT: ", spelled otherwise",
    INFLECTED: ", by its case ending",
    LOOSE: ", as the sister language spells it",
}


@dataclass(frozen=True)
class Hints:
    """What is known beside the name; a candidate that contradicts a hint is dropped.

    ``country`` is an ISO 3166-1 alpha-2 code, ``admin1`` an ISO 3166-2 code, ``kind`` one of
    the kinds of a place, ``date`` the day of the report. None means not known. ``theatre`` is
    the war that is reported on, where a name is meant sooner.
    """

    theatre: Theatre
    country: str | None = None
    admin1: str | None = None
    kind: str | None = None
    date: dt.date | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing is known that a place could contradict."""
        return not (self.country or self.admin1 or self.kind)

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


def base_score(match: Match, hints: Hints, *, front_km: float) -> float:
    """Return the score of a match by its name, size and kind alone.

    Parameters
    ----------
    match : Match
        A place that bears the name.
    hints : Hints
        The date decides whether an old name is present, the theatre where one is meant.
    front_km : float
        How far the place is from the fighting, coarsely.
    """
    place = match.place
    official = hints.date is not None and match.was_official(hints.date.year)
    official = official or (match.rank == OTHER and _is_city_by_its_first_word(match))
    score = name_score(match, rank=PRESENT if official else match.rank)
    score += STILL_USED * (match.rank == OTHER and (match.until or 0) >= RENAMED_SINCE)
    score += POPULATION_WEIGHT * math.log10(_population(match))
    score += TOWN_BONUS * is_town(place) + theatre_score(place, hints.theatre, front_km)
    return score + _KIND_SCORE.get(place.kind, 0.0)


def _is_city_by_its_first_word(match: Match) -> bool:
    """Return whether a name is the first word of a large city's: Rostov, of Rostov-on-Don."""
    place = match.place
    is_large = (place.population or 0) >= WORLD_CITY
    return is_large and skeleton(place.name).startswith(f"{skeleton(match.name)} ")


def name_score(match: Match, *, rank: int | None = None) -> float:
    """Return what the name alone says for a match, by another rank where one is given."""
    penalty = OUTSPELLED_PENALTY if match.outspelled else FORM_PENALTY[match.form]
    penalty += FORM_PENALTY[INFLECTED] * match.has_ending
    return RANK_SCORE[match.rank if rank is None else rank] - penalty


def theatre_score(place: Place, theatre: Theatre, front_km: float) -> float:
    """Return how much the country and the nearness of the front speak for a place."""
    prior = theatre.prior.get(place.country)
    if prior is None or (place.lon or 0.0) > prior.east_lon:
        return 0.0
    score = prior.score
    if place.kind == "settlement" and score:
        score += FRONT_BONUS * math.exp(-front_km / FRONT_REACH_KM)
    return score


def front_distance_km(place: Place, theatre: Theatre) -> float:
    """Return how far a place is from the belt of the fighting, coarsely; infinite without one."""
    if place.lon is None or place.lat is None:
        return math.inf
    return _to_belt(place.lon, place.lat, theatre)[0]


def is_beyond_front(place: Place, theatre: Theatre) -> bool:
    """Return whether a place lies beyond the belt of the fighting, seen from the home country.

    The belt runs so that the opponent's side is on its right.
    """
    if place.lon is None or place.lat is None or not theatre.belt:
        return False
    return _to_belt(place.lon, place.lat, theatre)[1]


def is_town(place: Place) -> bool:
    """Return whether a settlement is large enough to be meant before a village of its name."""
    return place.kind == "settlement" and (place.population or 0) >= TOWN


def placed(matches: Iterable[Match]) -> Iterator[Match]:
    """Yield matches, of several records of one settlement of the codifier only the finest."""
    found: dict[str, Match] = {}
    for match in matches:
        place = match.place
        key = place.code if place.kind == "settlement" and place.code else place.id
        found[key] = _finer(found[key], match) if key in found else match
    yield from found.values()


def _finer(one: Match, other: Match) -> Match:
    """Return the finer of two records of one settlement, by the better name of both."""
    named = min(one, other, key=lambda match: (match.rank, match.form))
    place = min(one.place, other.place, key=lambda place: place.precision_m or math.inf)
    return named._replace(place=place)


def outspelled(matches: Iterable[Match]) -> list[Match]:
    """Return matches, those that another one outspells marked as such.

    A case ending and the sister language are other names than the one as it is spelled, not
    worse spellings of it.
    """
    matches = list(matches)
    if any(match.rank == PRESENT for match in matches):
        # An old name counts as it is spelled, where there is a present one.
        matches = [m for m in matches if m.rank != OTHER or _may_be_old(m)]
    if not any(match.exact for match in matches):
        return matches
    return [m._replace(outspelled=True) if m.form == VARIANT else m for m in matches]


def _may_be_old(match: Match) -> bool:
    is_told = match.form <= REGULAR or match.until is not None
    return is_told or (match.place.population or 0) >= KNOWN_TO_ALL


def name_reason(match: Match) -> str:
    """Return how the name is borne, as a phrase."""
    how = {PRESENT: "present name", OTHER: "other name", SHORT: "short name"}[match.rank]
    if match.since or match.until:
        return f"{match.name} was its name {_years(match)}"
    return f"{how} {match.name}{_FORMS.get(match.form, '')}"


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


def is_within(a: Place, b: Place, km: float) -> bool:
    """Return whether two places are no further apart than that; far ones are told at once."""
    if a.lat is None or b.lat is None or abs(a.lat - b.lat) * _LEAST_DEGREE_KM > km:
        return False
    return distance_km(a, b) <= km


def _population(match: Match) -> int:
    place = match.place
    if place.kind in ("water", "admin1", "region") and match.rank == PRESENT:
        return WIDE_POPULATION
    # All of Ukraine's with 500 people and more are in the source of the larger ones.
    is_listed = place.country != "UA" or place.id.startswith(("geonames:", "village:"))
    people = place.population or (VILLAGE if is_listed else HAMLET)
    return min(people, VILLAGE) if _is_quarter(place) else people


def _is_quarter(place: Place) -> bool:
    """Return whether the codifier has no settlement for one of Ukraine's: mostly part of a city.

    In Crimea it has other names.
    """
    is_covered = place.country == "UA" and place.admin1_code not in ("UA-43", "UA-40")
    return is_covered and place.id.startswith("geonames:") and not place.code


def _years(match: Match) -> str:
    if match.since and match.until:
        return f"from {match.since} to {match.until}"
    return f"until {match.until}" if match.until else f"from {match.since}"


@lru_cache(maxsize=65_536)
def _to_belt(lon: float, lat: float, theatre: Theatre) -> tuple[float, bool]:
    """Return the distance of a point from the belt in km, and whether it is on its right."""
    east_km, segments = _plane_belt(theatre)
    east, north = lon * east_km, lat * _DEGREE_KM
    nearest, is_right = math.inf, False
    for x, y, dx, dy, squared in segments:
        right, up = east - x, north - y
        share = (right * dx + up * dy) / squared
        if share > 0.0:
            share = min(share, 1.0)
            right, up = right - share * dx, up - share * dy
        away = right * right + up * up
        if away < nearest:
            nearest, is_right = away, dx * (north - y) < dy * (east - x)
    return math.sqrt(nearest), is_right


@lru_cache(maxsize=8)
def _plane_belt(theatre: Theatre) -> tuple[float, tuple[tuple[float, ...], ...]]:
    """Return how long a degree east is in km along the belt, and its pieces on that plane.

    A piece is its start, its way and the square of its length.
    """
    lats = [lat for _, lat in theatre.belt]
    east_km = _DEGREE_KM * math.cos(math.radians(sum(lats) / max(1, len(lats))))
    corners = [(lon * east_km, lat * _DEGREE_KM) for lon, lat in theatre.belt]
    ways = ((a, b[0] - a[0], b[1] - a[1]) for a, b in pairwise(corners))
    return east_km, tuple((*a, dx, dy, dx * dx + dy * dy) for a, dx, dy in ways)
