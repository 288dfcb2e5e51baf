"""The names on the map."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from geoconflict.files.sheets import own_rows
from geoconflict.gazetteer.names import romanise
from geoconflict.lexicon import lexicon
from geoconflict.page.packing import coded_table
from geoconflict.theatre import Theatre

# The source lists districts of cities as places of their own. From so many inhabitants on, what
# lies within so many km and has less than this share of them would only crowd the city's name.
_DISTRICTS = ((2_000_000, 16.0, 1 / 3), (250_000, 8.0, 1 / 3), (100_000, 4.0, 1.0))
# Of the waters a map names seas from afar, others where it is close; spits and islands are land.
_SEA = re.compile(r"\bSea\b")
_LAND = re.compile(r"\b(?:Spit|Island)\b")
_LANGUAGES = ("en", "uk", "ru")
_LARGE = 100_000
# Plane distances are good enough for labels.
_DEGREE_KM = 111.2


def map_labels(theatre: Theatre) -> dict[str, Any]:
    """Return the names on the map: ``cities`` as columns, ``waters`` as rows, seas first.

    Names are given as ``en``, ``uk`` and ``ru``; of a city that has none in a language, None.
    """
    cities = json.loads(theatre.file("cities.json").read_text("utf-8"))
    waters = own_rows(theatre.file("waters.csv"))
    named = [
        {name: row[f"name_{name}"] for name in _LANGUAGES}
        | {"lon": float(row["lon"]), "lat": float(row["lat"])}
        | {"kind": "sea" if _SEA.search(row["name_en"]) else "water"}
        for row in waters
        if not _LAND.search(row["name_en"])
    ]
    named.sort(key=lambda row: row["kind"] != "sea")
    return {"cities": _city_columns(cities, theatre), "waters": named}


def packed_labels(theatre: Theatre) -> dict[str, Any]:
    """Return the names on the map in their shortest form.

    ``cities`` is as of ``coded_table``, in an order in which names resemble each other; ``en`` is
    None where it is the Ukrainian name by the official romanisation, of which ``latin`` has the
    letters, and ``pop`` has two digits, one below 100,000.
    """
    labels = map_labels(theatre)
    columns = labels["cities"]
    order = np.argsort(np.array(columns["en"], dtype=str), kind="stable")
    cities = {name: [cells[row] for row in order] for name, cells in columns.items()}
    cities["pop"] = [float(f"{number:.{int(number >= _LARGE)}e}") for number in cities["pop"]]
    known = zip(cities["en"], cities["uk"], strict=True)
    cities["en"] = [None if uk and romanise(uk) == en else en for en, uk in known]
    alphabet = lexicon("uk").sections["language"]["alphabet"]
    letters = {letter: romanise(f"x{letter}x")[1:-1] for letter in alphabet}
    latin = {"letters": letters, "first": {letter: romanise(letter) for letter in alphabet}}
    return {"cities": coded_table(cities), "waters": labels["waters"], "latin": latin}


def _city_columns(cities: Sequence[Mapping[str, Any]], theatre: Theatre) -> dict[str, list[Any]]:
    """Return cities as columns, without the districts that the source lists as places.

    The columns are the names ``en``, ``uk`` and ``ru``, the latter two None where there is
    none, ``lon``, ``lat`` and ``pop``.
    """
    districts, names = _districts(cities), _names(theatre)
    rows = [
        {**row, **names.get(row["en"], {})}
        for index, row in enumerate(cities)
        if index not in districts and row["en"] not in theatre.districts
    ]
    return {name: [row.get(name) for row in rows] for name in (*_LANGUAGES, "lon", "lat", "pop")}


def _names(theatre: Theatre) -> dict[str, dict[str, str]]:
    """Return the Ukrainian and Russian names of cities by their English one."""
    rows = own_rows(theatre.file("city_names.csv"))
    return {row["name_en"]: {"uk": row["name_uk"], "ru": row["name_ru"]} for row in rows}


def _districts(cities: Sequence[Mapping[str, Any]]) -> set[int]:
    lon, lat, population = (np.array([row[n] for row in cities]) for n in ("lon", "lat", "pop"))
    found: set[int] = set()
    for inhabitants, reach_km, share in _DISTRICTS:
        for city in np.flatnonzero(population >= inhabitants):
            north = (lat - lat[city]) * _DEGREE_KM
            east = (lon - lon[city]) * _DEGREE_KM * np.cos(np.radians(lat[city]))
            small = population < population[city] * share
            found.update(np.flatnonzero(small & (np.hypot(north, east) < reach_km)).tolist())
    return found
