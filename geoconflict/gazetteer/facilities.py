"""Facilities by name, operator, town and kind, in whatever order a report puts them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.files.sheets import own_rows
from geoconflict.gazetteer.names import fold, skeleton
from geoconflict.lexicon import all_forms, lexicons

if TYPE_CHECKING:
    import geopandas as gpd

_WORD = re.compile(r"[^\W_]+")


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    """Return the kinds that a word can mean, in all languages that have a lexicon."""
    return {
        word: frozenset(kinds)
        for one in lexicons()
        for word, kinds in one.values("facility_words", "kinds").items()
    }


@cache
def _fillers() -> frozenset[str]:
    return frozenset(all_forms("facility_words", "fillers"))


class _Facility:
    """A row of the table; its words are folded when a text first asks for one of its kind."""

    def __init__(self, row: Mapping[str, str]) -> None:
        self._row = row
        # A row with a prefix is of a record that other data have too, such as an airfield.
        self.id = row["id"] if ":" in row["id"] else f"facility:{row['id']}"
        self.kind, self.operator = row["kind"], row["operator"]
        self.at_town = row["placed"] == "town"

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its names, operator and town."""
        columns = ("name_en", "name_uk", "name_ru", "aliases", "operator", "town")
        words = (word for column in columns for word in _words(self._row[column]))
        return frozenset(map(skeleton, words))

    @cached_property
    def town(self) -> frozenset[str]:
        """The words of its town."""
        return frozenset(map(skeleton, _words(self._row["town"])))

    @cached_property
    def names(self) -> tuple[frozenset[str], ...]:
        """The telling words of each of its names."""
        own = [self._row[f"name_{language}"] for language in ("en", "uk", "ru")]
        every = (*own, *self._row["aliases"].split("|"))
        return tuple(frozenset(words) for name in every if (words := _telling(name)))

    def is_told_by(self, telling: set[str]) -> bool:
        """Return whether words are all its own, and its town or a whole name is among them.

        A part of a name is not enough: "the Yaroslavl Motor Plant" is not that of Motor Sich.
        """
        if not telling <= self.words:
            return False
        return bool(telling & self.town) or any(name <= telling for name in self.names)


class FacilityIndex:
    """Facilities found by the words that a report uses of them.

    A query needs a word that says the kind (refinery, plant, depot ...) and at least one
    other; every other word must belong to the facility's names, operator or town, and with
    them its town or a whole name must be told.

    Parameters
    ----------
    table : Path
        ``facilities.csv``.
    """

    def __init__(self, table: Path) -> None:
        self._facilities = [_Facility(row) for row in own_rows(table)]

    def search(self, text: str) -> list[str]:
        """Return the ids of the facilities that every telling word of a text fits."""
        kinds = [_kinds()[word] for word in _words(text) if word in _kinds()]
        telling = _telling(text)
        if not kinds or not telling:
            return []
        allowed = _allowed(kinds)
        return [
            facility.id
            for facility in self._facilities
            if facility.kind in allowed and facility.is_told_by(telling)
        ]

    @cached_property
    def at_towns(self) -> frozenset[str]:
        """The ids of those that have no point but that of their town or village."""
        return frozenset(one.id for one in self._facilities if one.at_town)

    def role(self, place_id: str) -> tuple[str, str] | None:
        """Return the kind and the operator of a facility, None where the table has none."""
        return self._roles.get(place_id)

    @cached_property
    def _roles(self) -> dict[str, tuple[str, str]]:
        return {one.id: (one.kind, one.operator) for one in self._facilities}

    def of_kind(self, text: str) -> list[str]:
        """Return the ids of the facilities of the kind that the words of a text say."""
        said = [_kinds()[word] for word in _words(text) if word in _kinds()]
        allowed = _allowed(said) or {one.key("facilities", text) for one in lexicons()}
        return [facility.id for facility in self._facilities if facility.kind in allowed]


def _allowed(kinds: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the kinds that all words can mean, else those that any can."""
    return (frozenset.intersection(*kinds) or frozenset.union(*kinds)) if kinds else frozenset()


def facility_frame(table: Path | None) -> gpd.GeoDataFrame:
    """Return the table of facilities with its points as geometries; empty where there is none."""
    import geopandas as gpd
    import pandas as pd

    if table is None:
        return gpd.GeoDataFrame({"id": []}, geometry=[], crs="EPSG:4326")
    rows = pd.read_csv(table, keep_default_na=False)
    points = gpd.points_from_xy(rows.pop("lon"), rows.pop("lat"), crs="EPSG:4326")
    return gpd.GeoDataFrame(rows, geometry=points)


def _telling(text: str) -> set[str]:
    """Return the words that tell which facility of its kind it is."""
    silent = _kinds().keys() | _fillers()
    return {skeleton(word) for word in _words(text) if word not in silent}


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(re.sub(r"['’]s\b", "", text)))
