"""Names that stand together, weighed together: what each candidate gains from those beside it.

Every name keeps all that bear it. What names of units and countries say is added first; then
the candidates of all names support each other by their nearness, each as far as it is itself
believed, a few rounds long. The order of the names does not matter.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from geoconflict.gazetteer.matches import LOOSE, Match
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.scoring import (
    VILLAGE,
    WORLD_CITY,
    Hints,
    base_score,
    distance_km,
    front_distance_km,
    is_within,
    outspelled,
    placed,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A name that stands beside another is near it: as a town's neighbour or as a village's.
NEIGHBOUR_WEIGHT, WIDE_KM, CLOSE_KM = 3.0, 80.0, 20.0
_CLOSE_SHARE = 0.5
# So many neighbours count; more of them say no more, since they stand together themselves.
_COUNTED = (1.0, 0.7, 0.5)
UNIT_WEIGHT, COUNTRY_WEIGHT = 2.0, 0.5
_ROUNDS = 3
# A lead of this much makes the first candidate the likely one.
LEAD = 0.75
# The place of a neighbour is known from this share of belief on.
_BELIEVED = 0.6
# Being near a larger city tells from here on.
BESIDE_KM = 30.0
_EARTH_KM = 6371.0
# A village is this share of its community's radius from the middle, in the mean.
_MEAN_SHARE = 0.42
_AREAS = frozenset(("admin1", "region", "country"))
# The middle of a water that reaches farther tells little of what is on its shore.
_SEA_M = 60_000.0


class Scored(NamedTuple):
    """A match with what speaks for it: ``base`` by itself, ``support`` by what stands beside it.

    ``nearest_km`` is the distance to the nearest name beside it whose place is known, infinite
    where none is; ``in_unit`` tells whether a unit named beside it holds it, None where no unit
    is named. ``is_abroad`` tells that it lies in no country of the theatre or beside it,
    ``front_km`` how far from the fighting, coarsely.
    """

    match: Match
    base: float
    support: float = 0.0
    nearest_km: float = math.inf
    in_unit: bool | None = None
    reasons: tuple[str, ...] = ()
    is_abroad: bool = False
    front_km: float = math.inf

    @property
    def total(self) -> float:
        """The sum that ranks candidates."""
        return round(self.base + self.support, 3)


def order(one: Scored) -> tuple[float, str]:
    """Return the key that sorts the likeliest first, and equals always alike."""
    return (-one.total, one.match.place.id)


def alone(matches: Sequence[Match], hints: Hints) -> list[Scored]:
    """Return the candidates of a name that stands alone, likeliest first."""
    if not hints.is_open:
        matches = [match for match in matches if hints.admit(match.place)]
    admitted = outspelled(placed(matches))
    return sorted((_alone(match, hints) for match in admitted), key=order)


def _alone(match: Match, hints: Hints) -> Scored:
    place, theatre = match.place, hints.theatre
    front_km = front_distance_km(place, theatre)
    return Scored(
        match,
        base_score(match, hints, front_km=front_km),
        is_abroad=place.country not in theatre.neighbourhood,
        front_km=front_km,
    )


def weigh_together(names: Mapping[str, Sequence[Match]], hints: Hints) -> dict[str, list[Scored]]:
    """Return the candidates of names that stand together, each name's likeliest first.

    Parameters
    ----------
    names : mapping of str to sequence of Match
        For each name every place that bears it.
    hints : Hints
        What is known beside them; the unit and the country count like named ones, and nothing
        is dropped.
    """
    free = Hints(hints.theatre, date=hints.date)
    first = {name: alone(names[name], free) for name in sorted(names)}
    first = {name: scored for name, scored in first.items() if scored}
    units, countries = _named_units(first), _named_countries(first)
    if hints.admin1:
        units[""] = (hints.admin1, "the region given")
    if hints.country:
        countries[""] = (hints.country, "the country given")
    named = {
        name: _without_loose([_in_named(one, name, units, countries) for one in scored])
        for name, scored in first.items()
    }
    if len(named) < 2:
        return {name: sorted(scored, key=order) for name, scored in named.items()}
    return _settled(named)


def _without_loose(scored: list[Scored]) -> list[Scored]:
    """Return candidates, without forms of the sister language where the unit named has the name."""
    if any(one.in_unit and one.match.form < LOOSE for one in scored):
        return [one for one in scored if one.match.form < LOOSE]
    return scored


def _named_units(first: Mapping[str, list[Scored]]) -> dict[str, tuple[str, str]]:
    """Return code and title of the unit that a name surely is, by that name."""
    found = {}
    for name, scored in first.items():
        best = scored[0].match.place
        rivals = [one for one in scored if one.match.place.kind != "admin1"]
        is_sure = not rivals or scored[0].total - rivals[0].total >= LEAD
        if best.kind == "admin1" and is_sure:
            found[name] = (best.admin1_code, best.name)
    return found


def _named_countries(first: Mapping[str, list[Scored]]) -> dict[str, tuple[str, str]]:
    best = {name: scored[0].match.place for name, scored in first.items()}
    return {name: (p.country, p.name) for name, p in best.items() if p.kind == "country"}


def _in_named(
    one: Scored,
    name: str,
    units: Mapping[str, tuple[str, str]],
    countries: Mapping[str, tuple[str, str]],
) -> Scored:
    """Return a candidate with what the units and countries named beside it say."""
    place = one.match.place
    if place.kind in _AREAS or not (units or countries):
        return one
    beside = {code: title for other, (code, title) in units.items() if other != name}
    in_unit = place.admin1_code in beside if beside else None
    around = {code: title for other, (code, title) in countries.items() if other != name}
    reasons = []
    support = 0.0
    if in_unit:
        support += UNIT_WEIGHT
        reasons.append(f"in {beside[place.admin1_code]}")
    if place.country in around:
        support += COUNTRY_WEIGHT
        reasons.append(f"in {around[place.country]}")
    if not reasons and in_unit is None:
        return one
    return one._replace(support=support, in_unit=in_unit, reasons=tuple(reasons))


def _settled(named: Mapping[str, list[Scored]]) -> dict[str, list[Scored]]:
    """Return the candidates after they have supported each other."""
    import numpy as np

    flat = [one for scored in named.values() for one in scored]
    starts = np.cumsum([0, *(len(scored) for scored in named.values())])[:-1]
    owner = np.repeat(np.arange(len(starts)), [len(scored) for scored in named.values()])
    distance = _distances([one.match.place for one in flat])
    distance[owner[:, None] == owner[None, :]] = np.inf
    # A place named beside does not speak for itself as what a loose other name can mean.
    ids = np.unique([one.match.place.id for one in flat], return_inverse=True)[1]
    loose = np.array([_is_loose(one.match) for one in flat])
    distance[loose[:, None] & (ids[:, None] == ids[None, :])] = np.inf
    wide = np.exp(distance * (-1.0 / WIDE_KM))
    # CLOSE_KM is a quarter of WIDE_KM; a power is ten times as fast as a second exponential.
    close = np.square(np.square(wide))
    nearness = NEIGHBOUR_WEIGHT * ((1 - _CLOSE_SHARE) * wide + _CLOSE_SHARE * close)
    given = np.array([one.base + one.support for one in flat])
    support = np.zeros(len(flat))
    belief = _beliefs(given, owner, starts)
    for _ in range(_ROUNDS):
        by_name = np.maximum.reduceat(nearness * belief[None, :], starts, axis=1)
        support = _counted(by_name)
        belief = _beliefs(given + support, owner, starts)
    return _with_support(named, flat, distance, (support, belief), owner)


def _is_loose(match: Match) -> bool:
    """Return whether a name only resembles another one of a place, which is no old name."""
    return match.rank > 0 and not match.exact and match.since is None and match.until is None


def _counted(by_name: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    strongest = -np.sort(-by_name, axis=1)[:, : len(_COUNTED)]
    return np.asarray(strongest @ np.array(_COUNTED[: strongest.shape[1]]))


def _beliefs(total: NDArray[Any], owner: NDArray[Any], starts: NDArray[Any]) -> NDArray[Any]:
    """Return the share of belief of each candidate among those of its name."""
    import numpy as np

    weight = np.exp(total - np.maximum.reduceat(total, starts)[owner])
    return np.asarray(weight / np.add.reduceat(weight, starts)[owner])


def _distances(places: Sequence[Place]) -> NDArray[Any]:
    """Return the distances of all pairs in km, less how far an area's point may be off."""
    import numpy as np

    lon, lat, slack, spread = np.array([_spot(place) for place in places]).T
    lon, lat = np.radians(lon), np.radians(lat)
    flat = np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
    chord = 2.0 - 2.0 * (flat @ flat.T)
    # The arc by its series: right within 0.1 % as far as 5,000 km, which is far from everything.
    arc = chord * np.square(_EARTH_KM * (1.0 + chord / 24.0))
    wide = np.square(spread)
    far = np.sqrt(np.maximum(0.0, arc + (wide[:, None] + wide[None, :])))
    if slack.any():
        far = np.maximum(0.0, far - np.maximum(slack[:, None], slack[None, :]))
    far[np.isnan(far)] = np.inf
    return np.asarray(far)


def _spot(place: Place) -> tuple[float, float, float, float]:
    """Return lon, lat, slack and spread in km; what has no point of its own is far from all.

    The spread is how far a village is from the middle of its community, in the mean.
    """
    if place.lon is None or place.lat is None or place.kind in _AREAS:
        return (math.nan, math.nan, 0.0, 0.0)
    radius_km = (place.precision_m or 0.0) / 1000
    if place.kind != "settlement":
        return (place.lon, place.lat, radius_km / 2, 0.0)
    return (place.lon, place.lat, 0.0, _MEAN_SHARE * radius_km * place.is_approximate)


def _with_support(
    named: Mapping[str, list[Scored]],
    flat: Sequence[Scored],
    distance: NDArray[Any],
    weighed: tuple[NDArray[Any], NDArray[Any]],
    owner: NDArray[Any],
) -> dict[str, list[Scored]]:
    import numpy as np

    support, belief = weighed
    names = list(named)
    local = np.array([_is_local(one.match.place) for one in flat])
    known = np.flatnonzero(belief >= _BELIEVED)
    distance[:, ~local] = np.where(distance[:, ~local] > BESIDE_KM, np.inf, distance[:, ~local])
    nearest = known[np.argsort(distance[:, known], axis=1, kind="stable")[:, :2]]
    away_km = np.take_along_axis(distance, nearest, axis=1).tolist()
    found: dict[str, list[Scored]] = {name: [] for name in names}
    for one, kms, beside, number, gain in zip(
        flat, away_km, nearest.tolist(), owner.tolist(), support.tolist(), strict=True
    ):
        reasons = [
            f"{km:.0f} km from {flat[k].match.place.name}"
            for km, k in zip(kms, beside, strict=True)
            if km < math.inf
        ]
        settled = Scored(
            one.match,
            one.base,
            one.support + gain,
            kms[0] if kms else math.inf,
            one.in_unit,
            (*one.reasons, *reasons),
            one.is_abroad,
            one.front_km,
        )
        found[names[number]].append(settled)
    return {name: sorted(scored, key=order) for name, scored in found.items()}


def _is_local(place: Place) -> bool:
    """Return whether a place is so small that what stands beside it is near it."""
    is_sea = place.kind == "water" and (place.precision_m or 0.0) > _SEA_M
    return place.kind not in _AREAS and not is_sea and (place.population or VILLAGE) < WORLD_CITY


def same_spot(a: Place, b: Place, *, within_km: float) -> bool:
    """Return whether two records are of one spot, such as a city and the unit of its name."""
    if a.kind == b.kind == "settlement":
        return is_within(a, b, within_km)
    if all(one.id.startswith("facility:") for one in (a, b)):
        # Each row of that table is another one, however near.
        return a.id == b.id
    if "admin1" in (a.kind, b.kind) and a.kind != b.kind:
        if a.admin1_code == b.admin1_code and a.name == b.name:
            return True
        return is_within(a, b, within_km)
    if a.kind == b.kind == "admin2" and a.admin1_code == b.admin1_code:
        return distance_km(a, b) * 1000 <= min(a.precision_m or 0.0, b.precision_m or 0.0)
    reach = ((a.precision_m or 0.0) + (b.precision_m or 0.0)) / 1000 if a.kind != b.kind else 0.0
    return is_within(a, b, max(within_km, reach))
