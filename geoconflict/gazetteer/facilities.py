"""Facilities by name, operator, town and kind, in whatever order a report puts them."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.gazetteer.names import fold, skeleton

if TYPE_CHECKING:
    import geopandas as gpd

# Words that say the kind of a facility, as they are folded, and the kinds they can mean.
_PLANTS = (
    "refinery gas_plant chemical_plant aircraft_plant electronics_plant defence_plant steel_plant "
    "industrial_zone power_plant nuclear_plant hydro_plant shipyard"
)
_KINDS = {
    "refinery": "refinery",
    "нпз": "refinery",
    "нафтопереробний": "refinery",
    "нефтеперерабатывающий": "refinery",
    "depot": "oil_depot arsenal",
    "нефтебаза": "oil_depot",
    "нафтобаза": "oil_depot",
    "storage": "oil_depot arsenal",
    "terminal": "oil_depot port refinery gas_plant",
    "термінал": "oil_depot port",
    "терминал": "oil_depot port",
    "port": "port",
    "порт": "port",
    "harbour": "port",
    "arsenal": "arsenal",
    "арсенал": "arsenal",
    "tpp": "power_plant",
    "chp": "power_plant",
    "тэс": "power_plant",
    "тес": "power_plant",
    "тец": "power_plant",
    "тэц": "power_plant",
    "грэс": "power_plant",
    "npp": "nuclear_plant",
    "аес": "nuclear_plant",
    "аэс": "nuclear_plant",
    "nuclear": "nuclear_plant",
    "hpp": "hydro_plant",
    "гес": "hydro_plant",
    "гэс": "hydro_plant",
    "dam": "hydro_plant",
    "hydroelectric": "hydro_plant",
    "power": "power_plant nuclear_plant hydro_plant",
    "plant": _PLANTS,
    "factory": _PLANTS,
    "works": _PLANTS,
    "завод": _PLANTS,
    "shipyard": "shipyard",
    "bridge": "bridge",
    "міст": "bridge",
    "мост": "bridge",
    "mine": "mine",
    "шахта": "mine",
    "pumping": "pumping_station",
    "hospital": "hospital",
    "theatre": "theatre",
    "theater": "theatre",
    "театр": "theatre",
    "mall": "shopping_centre",
    "headquarters": "headquarters government",
    "prison": "prison",
    "zone": "industrial_zone",
    "bank": "bank",
    "steelworks": "steel_plant",
    "gunpowder": "chemical_plant",
    "station": "railway_station power_plant nuclear_plant pumping_station",
}
_FILLER_WORDS = """
a an the of in at near on and s from to oil gas fuel large major local russian ukrainian russia
ukraine main station processing chemical city region oblast з у в на під та і и
"""
_FILLERS = frozenset(_FILLER_WORDS.split())
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class _Facility:
    id: str
    kind: str
    words: frozenset[str]
    at_town: bool


class FacilityIndex:
    """Facilities found by the words that a report uses of them.

    A query needs a word that says the kind (refinery, plant, depot ...) and at least one
    other; every other word must belong to the facility's names, operator or town.

    Parameters
    ----------
    table : Path
        ``facilities.csv``.
    """

    def __init__(self, table: Path) -> None:
        with table.open(encoding="utf-8", newline="") as file:
            self._facilities = [_facility(row) for row in csv.DictReader(file)]

    def search(self, text: str) -> list[str]:
        """Return the ids of the facilities that every telling word of a text fits."""
        words = _words(text)
        kinds = [set(_KINDS[word].split()) for word in words if word in _KINDS]
        telling = {skeleton(word) for word in words if word not in _KINDS and word not in _FILLERS}
        if not kinds or not telling:
            return []
        allowed = set.intersection(*kinds) or set.union(*kinds)
        return [
            facility.id
            for facility in self._facilities
            if facility.kind in allowed and telling <= facility.words
        ]

    @cached_property
    def at_towns(self) -> frozenset[str]:
        """The ids of those that have no point but that of their town or village."""
        return frozenset(one.id for one in self._facilities if one.at_town)

    def of_kind(self, text: str) -> list[str]:
        """Return the ids of the facilities of the kind that the words of a text say."""
        kinds = [set(_KINDS[word].split()) for word in _words(text) if word in _KINDS]
        allowed = (set.intersection(*kinds) or set.union(*kinds)) if kinds else set()
        return [facility.id for facility in self._facilities if facility.kind in allowed]


def facility_frame(table: Path | None) -> gpd.GeoDataFrame:
    """Return the table of facilities with its points as geometries; empty where there is none."""
    import geopandas as gpd
    import pandas as pd

    if table is None:
        return gpd.GeoDataFrame({"id": []}, geometry=[], crs="EPSG:4326")
    rows = pd.read_csv(table, keep_default_na=False)
    points = gpd.points_from_xy(rows.pop("lon"), rows.pop("lat"), crs="EPSG:4326")
    return gpd.GeoDataFrame(rows, geometry=points)


def _facility(row: Mapping[str, str]) -> _Facility:
    columns = ("name_en", "name_uk", "name_ru", "aliases", "operator", "town")
    words = (word for column in columns for word in _words(row[column]))
    at_town = row["placed"] == "town"
    return _Facility(row["id"], row["kind"], frozenset(map(skeleton, words)), at_town)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(re.sub(r"['’]s\b", "", text)))
