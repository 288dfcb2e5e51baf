"""Which settlement of Ukraine's codifier a point is that another source gives of its name.

The codifier has every settlement and no positions: of most it is known only in which community
they lie. A point of the same name within that reach is the settlement, one to one; a point for
which none is left is no settlement of today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from geoconflict.gazetteer.names import fold, skeleton
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.scoring import distance_km

# How far a point may lie, as a share of what is said of the settlement: a name that is not the
# Ukrainian one and another oblast count as farther; where one point and one settlement of a name
# are left in an oblast it may be farther still.
_INSIDE, _BY_OTHER_NAME, _IN_OTHER_UNIT, _LAST_ONES = 1.0, 0.25, 0.4, 2.5
# Of settlements whose names have one key the one that is spelled as the point comes first.
_SPELLED_OTHERWISE = 0.3
# A settlement is clearly the one where the next is so many times farther and more.
_CLEARLY, _MARGIN = 1.7, 0.2
_LEAST_REACH_M = 5000.0
# No reach is wider than this.
_FAR_DEG = 1.0


class Known(NamedTuple):
    """A settlement as one source has it, and the keys of its present names."""

    place: Place
    keys: frozenset[str]


class Identity(NamedTuple):
    """The id of the codifier's settlement, and whether no other can be meant as well."""

    settlement: str
    is_clear: bool


def identities(points: Sequence[Known], settlements: Sequence[Known]) -> dict[str, Identity]:
    """Return which settlement each point is, by the point's id; nothing where none is left.

    Parameters
    ----------
    points : sequence of Known
        Points of Ukraine that no code tells.
    settlements : sequence of Known
        Settlements with their code.
    """
    pairs = sorted(_pairs(points, settlements))
    found: dict[str, Identity] = {}
    taken: set[str] = set()
    rivals: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    for pair in pairs:
        rivals[pair[1]].append(pair)
        rivals[pair[2]].append(pair)
    for ratio, settlement, point in pairs:
        if settlement in taken or point in found:
            continue
        limit = _CLEARLY * ratio + _MARGIN
        is_clear = not any(
            other < limit and (s == settlement) != (p == point)
            for name in (settlement, point)
            for other, s, p in rivals[name]
            if s not in taken and p not in found
        )
        found[point] = Identity(settlement, is_clear)
        taken.add(settlement)
    areas = [one for one in settlements if one.place.is_approximate]
    return found | _last_ones(points, areas, found)


def lost(
    points: Iterable[Known], settlements: Iterable[Known], found: Mapping[str, Identity]
) -> set[str]:
    """Return the ids of points that are none of the settlements which have their name today."""
    borne = {(one.place.admin1_code, key) for one in settlements for key in one.keys}
    return {
        one.place.id
        for one in points
        if one.place.id not in found
        and any((one.place.admin1_code, key) in borne for key in one.keys)
    }


def _pairs(
    points: Iterable[Known], settlements: Iterable[Known]
) -> Iterator[tuple[float, str, str]]:
    """Yield how far a point is from a settlement of its name, as a share, with their ids."""
    by_key = _by_key(points)
    for one in settlements:
        settlement, best = one.place, dict[str, float]()
        own = skeleton(settlement.name)
        for key in one.keys:
            for point in by_key.get(key, ()):
                if _is_near(settlement, point):
                    share = _share(settlement, point) + _BY_OTHER_NAME * (key != own)
                    if share <= _INSIDE:
                        share += _SPELLED_OTHERWISE * (fold(point.name) != fold(settlement.name))
                        best[point.id] = min(share, best.get(point.id, share))
        yield from ((share, settlement.id, point) for point, share in best.items())


def _by_key(known: Iterable[Known]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for one in known:
        for key in one.keys:
            found[key].append(one.place)
    return found


def _is_near(a: Place, b: Place) -> bool:
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return False
    return abs(a.lat - b.lat) < _FAR_DEG and abs(a.lon - b.lon) < _FAR_DEG


def _share(settlement: Place, point: Place) -> float:
    reach_m = max(_LEAST_REACH_M, (settlement.precision_m or 0.0) + (point.precision_m or 0.0))
    elsewhere = _IN_OTHER_UNIT * (settlement.admin1_code != point.admin1_code)
    return 1000 * distance_km(settlement, point) / reach_m + elsewhere


def _last_ones(
    points: Iterable[Known], settlements: Iterable[Known], found: Mapping[str, Identity]
) -> dict[str, Identity]:
    """Return the points that are the only ones left of their name in an oblast, as is the other."""
    taken = {one.settlement for one in found.values()}
    left: dict[tuple[str, str], tuple[list[Place], list[Place]]] = defaultdict(lambda: ([], []))
    for side, known in enumerate((points, settlements)):
        for one in known:
            if one.place.id not in found and one.place.id not in taken:
                for key in one.keys:
                    left[one.place.admin1_code, key][side].append(one.place)
    return {
        here[0].id: Identity(there[0].id, is_clear=True)
        for (_, key), (here, there) in left.items()
        if len(here) == len(there) == 1
        and key == skeleton(there[0].name)
        and (there[0].lon is None or _share(there[0], here[0]) <= _LAST_ONES)
    }
