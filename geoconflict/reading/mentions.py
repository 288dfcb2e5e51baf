"""What a sentence mentions that can be measured from or to: places and lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from geoconflict.casebooks.records import Certainty, Found
from geoconflict.gazetteer.places import Place
from geoconflict.lexicon import any_word

# From narrow to wide; a sea or river is wider than all of them, an island is like a town.
_ORDER = ("facility", "settlement", "admin2", "admin1", "country")
DISTRICT, UNIT, COUNTRY = 2, 3, 4


@cache
def _ending(*keys: str) -> re.Pattern[str]:
    """Return the pattern of a name that ends in a word of some concepts, in any language."""
    return re.compile(rf"(?<!\w){any_word('places', *keys)}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """A place or line that a sentence mentions.

    Parameters
    ----------
    kind : str
        ``place``, ``border``, ``boundary`` (of a unit that stands beside it), ``front``,
        ``coast`` or ``forces`` (troops, where they stand).
    start, end : int
        Characters of the sentence.
    text : str
        The words, as they stand.
    reference : str
        What ``find_reference`` takes: ``border:UA``, ``front:``, ``place:...``.
    place : Place or None
        The record behind it; None for a line, and for a name that is unknown or ambiguous.
    is_sure : bool
        Whether the words around it say that a place is meant, not a government or a person.
    reach_km : float
        How far from the place's point it can be: of a facility of which only the town is known.
    found : str
        How it was found, as ``Claim`` has it: ``named``, ``implied``, ``pointer`` and so on.
    certainty : str
        ``certain``, ``likely`` or ``open``, as ``Claim`` has it.
    """

    kind: str
    start: int
    end: int
    text: str
    reference: str
    place: Place | None = None
    is_sure: bool = True
    reach_km: float = 0.0
    found: Found = "named"
    certainty: Certainty = "certain"

    @property
    def likely(self) -> Certainty:
        """How sure a place is that was told from this one: likely at best."""
        return "open" if self.certainty == "open" else "likely"

    @cached_property
    def rank(self) -> int:
        """How wide it is, by its place in the list of kinds: a facility, a town, a unit ..."""
        kind = self.place.kind if self.place else "settlement"
        if kind == "water" or (self.place is None and _ending("water").search(self.text)):
            return 1 if _ending("island").search(self.text) else len(_ORDER)
        if kind == "region":
            return UNIT
        return _ORDER.index(kind) if kind in _ORDER else 1

    @property
    def is_point(self) -> bool:
        """Whether it is a place narrower than a country, that a distance can be said of."""
        return self.kind == "place" and self.rank < COUNTRY

    def is_within(self, other: Mention) -> bool:
        """Return whether its record lies in the unit, country or town of another."""
        a, b = self.place, other.place
        if a is None or b is None or self.rank >= other.rank:
            return self.place is None and self.rank < other.rank
        if b.kind == "country":
            return a.country == b.country
        if b.kind in ("admin1", "admin2"):
            return bool(a.admin1_code) and a.admin1_code == b.admin1_code
        return a.town == b.name or a.admin1_code == b.admin1_code
