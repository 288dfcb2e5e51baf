"""Facilities by name, operator, town and kind, in whatever order a report puts them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.files.sheets import own_rows
from geoconflict.gazetteer.cases import nominatives
from geoconflict.gazetteer.names import fold, skeleton
from geoconflict.gazetteer.toponyms import adjective_stem, towns_of_stem
from geoconflict.lexicon import all_forms, lexicons

if TYPE_CHECKING:
    import geopandas as gpd

# A town has several of these: the town alone does not tell which is meant.
_OF_MANY = frozenset(
    (
        *("apartment_block", "bank", "church", "culture", "education"),
        *("government", "hospital", "office", "restaurant", "substation"),
    )
)
_WORD = re.compile(r"[^\W_]+")
# A word for so many kinds, such as "plant", does not tell which facility of a town is meant.
_GENERAL = 5


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
    def places(self) -> frozenset[str]:
        """What the towns may be called that adjectives in its names are of."""
        raw = (word for name in self._every_name() for word in _telling_words(name).values())
        return frozenset(
            form for word in raw if adjective_stem(word) for form in _local_forms(word)
        )

    @cached_property
    def names(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """The telling words of each of its names, and the kinds that the others say."""
        every = ((_telling(name), _allowed(_said_kinds(name))) for name in self._every_name())
        return tuple((words, kinds) for words, kinds in every if words)

    def _every_name(self) -> tuple[str, ...]:
        own = (self._row[f"name_{language}"] for language in ("en", "uk", "ru"))
        return (*own, *self._row["aliases"].split("|"))

    def is_told_by(self, telling: Mapping[str, frozenset[str]]) -> bool:
        """Return whether words are all its own, and its town or a whole name is among them.

        A part of a name is not enough: "the Yaroslavl Motor Plant" is not that of Motor Sich. Nor
        is the town of what a town has several of: "a school in Poltava" is not its institute.
        """
        local = {word for word, forms in telling.items() if forms & self.town}
        is_own = all(word in self.words for word in telling.keys() - local)
        is_at_town = bool(local) and self.kind not in _OF_MANY
        return is_own and (is_at_town or self.is_named_by(telling))

    def is_named_by(
        self, telling: Mapping[str, frozenset[str]], kinds: frozenset[str] | None = None
    ) -> bool:
        """Return whether a whole name of it is among words, one that says just these kinds."""
        said = {form for forms in telling.values() for form in forms}
        return any(name <= said and kinds in (None, own) for name, own in self.names)


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
        kinds, words = _said_kinds(text), _telling_words(text)
        allowed = _allowed(kinds)
        is_vague = len(allowed) >= _GENERAL and self._are_local(words)
        if not words or is_vague or _names_two(text):
            return []
        telling = {word: _local_forms(raw) | {word} for word, raw in words.items()}
        told = [one for one in self._facilities if one.kind in allowed and one.is_told_by(telling)]
        named = [one for one in told if one.is_named_by(telling)]
        alike = [one for one in named if one.is_named_by(telling, allowed)]
        return [one.id for one in alike or named or told]

    def _are_local(self, words: Mapping[str, str]) -> bool:
        """Return whether words are but names of towns or adjectives, of which no plant is sure."""
        return all(word in self._towns or adjective_stem(raw) for word, raw in words.items())

    @cached_property
    def _towns(self) -> frozenset[str]:
        """The words of all towns, and of those that adjectives in names of facilities are of."""
        return frozenset(word for one in self._facilities for word in one.town | one.places)

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
        """Return the ids of the facilities of the kind that the words of a text say.

        None where a town has several of the kind.
        """
        said = _said_kinds(text)
        allowed = _allowed(said) or {one.key("facilities", text) for one in lexicons()}
        rare = {kind for kind in allowed if kind not in _OF_MANY}
        return [facility.id for facility in self._facilities if facility.kind in rare]


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


def _said_kinds(text: str) -> list[frozenset[str]]:
    """Return the kinds that each word for one can mean, in any case."""
    forms = (_kind_word(word) for word in _words(text))
    return [_kinds()[word] for word in forms if word is not None]


def _names_two(text: str) -> bool:
    """Return whether a word for "and" stands between two kinds, as of a refinery and a depot."""
    words = _words(text)
    at = [number for number, word in enumerate(words) if _kind_word(word) is not None]
    return bool(at) and not _joining().isdisjoint(words[at[0] : at[-1]])


@cache
def _joining() -> frozenset[str]:
    return frozenset(map(fold, all_forms("links", "and")))


@cache
def _kind_word(word: str) -> str | None:
    """Return the word for a kind that a word is a form of, None where it is of none."""
    if word in _kinds():
        return word
    return next((form for form in map(fold, nominatives(word)) if form in _kinds()), None)


def _telling(text: str) -> frozenset[str]:
    """Return the words that tell which facility of its kind it is, as names are compared."""
    return frozenset(_telling_words(text))


def _telling_words(text: str) -> dict[str, str]:
    """Return the words that tell which facility of its kind it is, by what they are compared as."""
    words = (word for word in _words(text) if word not in _fillers() and _kind_word(word) is None)
    return {skeleton(word): word for word in words}


@cache
def _local_forms(word: str) -> frozenset[str]:
    """Return what the town may be called that a word is the name or the adjective of."""
    stem = adjective_stem(word)
    plain, ended, _ = towns_of_stem(stem) if stem else ((), (), ())
    return frozenset(map(skeleton, (*plain, *ended, *nominatives(word))))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(re.sub(r"['’]s\b", "", text)))
