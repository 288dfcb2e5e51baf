"""A place matched to a name, and which matches the words around the name allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from geoconflict.gazetteer.names import fold, is_russian_form
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.toponyms import Toponym

# Ranks of a name: of today, another one (old, foreign), or one that a unit shares with a town.
PRESENT, OTHER, SHORT = 0, 1, 2
# How a name was found: as it is recorded, as Russian spells it, in another romanisation,
# by its case ending, or by what it shares with its form in the sister language.
WRITTEN, REGULAR, VARIANT, INFLECTED, LOOSE = range(5)
# The kinds of places that a word beside the name lets pass.
_ALLOWED = {
    "settlement": ("settlement",),
    "admin1": ("admin1", "region"),
    "admin2": ("admin2",),
    "airfield": ("facility",),
    "water": ("water",),
}
# A district is known by its town only; districts of the region reach about this far.
_DISTRICT_M = 25_000.0
# Capital letters so few are an acronym.
_LONGEST_ACRONYM = 4


class Match(NamedTuple):
    """A place whose name fits.

    ``rank`` is 0 for a present name, 1 for another, 2 for a short one; ``form`` is 0 for the
    spelling as recorded, 1 for the Russian one, 2 for another romanisation, 3 for a case
    ending, 4 for a form of the sister language. ``since`` and ``until`` are the
    years of an old name, None where not known. ``outspelled`` tells that another match bears the
    name just as it is spelled, ``has_ending`` that it takes a case ending besides the sister
    language.
    """

    place: Place
    name: str
    rank: int
    form: int = WRITTEN
    since: int | None = None
    until: int | None = None
    outspelled: bool = False
    has_ending: bool = False

    @property
    def exact(self) -> bool:
        """Whether the spelling is recorded."""
        return self.form == WRITTEN

    def was_official(self, year: int) -> bool:
        """Return whether the name is an old one that was official in a year."""
        if self.since is None and self.until is None:
            return False
        return (self.since or 0) <= year <= (self.until or 9999)


def is_acronym(name: str) -> bool:
    """Return whether a name is a few capitals, which have neither endings nor other spellings."""
    return name.isupper() and len(name) <= _LONGEST_ACRONYM


def is_brief_facility(place: Place, name: str) -> bool:
    """Return whether a name is as short as the acronyms that facilities are known by."""
    return place.kind == "facility" and len(name) <= _LONGEST_ACRONYM


def by_place(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Return matches, of each place that by the best of its names."""
    found: dict[str, Match] = {}
    for match in matches:
        other = found.get(match.place.id)
        if other is None or (match.rank, match.form) < (other.rank, other.form):
            found[match.place.id] = match
    return tuple(found.values())


def fitting(
    matches: Iterable[Match], toponym: Toponym, *, city_units: frozenset[str]
) -> Iterator[Match]:
    """Yield the matches of a bare name that the words around it allow.

    "Moscow region" is not the city of Moscow, although that is a unit of the first level too,
    one of ``city_units``.
    """
    allowed = _ALLOWED.get(toponym.kind or "", ())
    kept = [match for match in matches if not allowed or match.place.kind in allowed]
    if toponym.kind == "admin1":
        kept = [m for m in kept if m.place.admin1_code not in city_units] or kept
    yield from kept


def is_short_allowed(match: Match, toponym: Toponym) -> bool:
    """Return whether a short name may stand for the place beside others that bear it in full.

    "Kursk" can be the oblast; "Engels" is the air base only with a word that says so.
    """
    return match.place.kind == "admin1" or toponym.kind == "airfield"


def district_of(town: Place) -> Place:
    """Return the district called after a town, placed at the town and as coarse as a district."""
    return replace(
        town,
        id=f"district:{town.id}",
        name=f"{town.name} District",
        kind="admin2",
        precision_m=_DISTRICT_M,
        population=None,
        source=f"{town.source}: the town that the district is called after",
    )


def spelled(place: Place, name: str, folded: str) -> str | None:
    """Return the recorded name that is the one asked for, None if it is spelled otherwise."""
    groups = place.names.values()
    for names in groups:
        if name in names:
            return name
    return next((found for names in groups for found in names if fold(found) == folded), None)


def is_regular(place: Place, folded: str) -> bool:
    """Return whether a name is how Russian spells one of a place's Ukrainian names."""
    if place.country != "UA" or folded.isascii():
        return False
    own = (*place.names.get("uk", ()), *place.names.get("Cyrl", ()))
    return any(is_russian_form(folded, name) for name in own)
