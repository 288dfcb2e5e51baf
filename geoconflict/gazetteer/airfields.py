"""Airfields that a town tells: by its adjective, or by its name where it has several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from geoconflict.gazetteer.matches import INFLECTED, PRESENT, SHORT, Match
from geoconflict.gazetteer.names import fold, skeleton
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.scoring import is_within
from geoconflict.gazetteer.toponyms import adjective_stem, towns_of_stem

# How the ids of airfields begin, and how far from a town's another one may be called after it.
AIRFIELD, AIRFIELDS_KM = "ourairports:", 30.0


def called_after(adjective: str, find: Callable[[str], Iterable[Match]]) -> list[Match]:
    """Return the airfields called after the town of an adjective, none where it is a unit's.

    "The Crimean airfield" is any of the peninsula, not the one of Krymsk.

    Parameters
    ----------
    adjective : str
        What stands before the word for an airfield.
    find : callable
        Returns the places that bear a name as it stands.
    """
    names = (name for names in towns_of_stem(adjective_stem(adjective) or "")[:2] for name in names)
    towns = [match for name in names for match in find(name)]
    if any(match.place.kind == "admin1" and match.rank == PRESENT for match in towns):
        return []
    found = (match for match in towns if match.place.id.startswith(AIRFIELD))
    return [match._replace(form=INFLECTED) for match in found]


def with_airfields_beside(
    found: Sequence[Match], airfields: Iterable[Place], text: str
) -> list[Match]:
    """Return the airfields near one that only its town tells, as what may be meant as well.

    None where the text says what it is as its name does ("airport", "airbase"). One whose own
    name it is, as Saky Air Base, is rivalled by those alone whose name begins so too.
    """
    said = fold(text).split()
    own = tuple(fold(match.place.name).split()[-1] for match in found)
    if any(match.rank != SHORT for match in found) or any(w.endswith(own) for w in said):
        return []
    known = {match.place.id for match in found}
    return [
        match._replace(place=other)
        for other in airfields
        for match in found[:1]
        if other.id not in known and is_within(other, match.place, AIRFIELDS_KM)
        if _begins(other, match) or not _begins(match.place, match)
    ]


def _begins(place: Place, match: Match) -> bool:
    return skeleton(place.name).startswith(skeleton(match.name))
