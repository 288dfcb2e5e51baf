"""Names of units and countries as tables write them: cut short, as adjectives, or as lands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from geoconflict.errors import UnknownPlaceError
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.lexicon import Lexicon, all_forms, any_form, lexicons

_CALLED = Path(__file__).with_name("units.toml")
_COUNTRY = re.compile(r"[A-Z]{2}")
_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


@lru_cache(maxsize=16_384)
def unit_code(name: str, country: str | None) -> str | None:
    """Return the ISO 3166-2 code of the unit that a source names, None where it is not known.

    Examples
    --------
    >>> unit_code("м. Київ", None), unit_code("Белгородская", None), unit_code("АР Крим", None)
    ('UA-30', 'RU-BEL', 'UA-43')
    """
    plain = " ".join(name.split())
    if _CODE.fullmatch(plain) and plain.partition("-")[0] == (country or plain.partition("-")[0]):
        return plain if known_places().has(f"iso:{plain}") else None
    known = _called("units").get(plain.lower())
    if known is not None and country in (None, known.partition("-")[0]):
        return known
    return next((code for one in _written(plain) if (code := _unit(one, country))), None)


@lru_cache(maxsize=4096)
def is_city_or_oblast(name: str) -> bool:
    """Return whether the name of a unit can be that of a city and of the oblast around it."""
    return _called("city_or_oblast").get(name.strip().casefold()) is not None


def _written(name: str) -> Iterator[str]:
    """Yield the name of a unit as written, and whole where it is cut short or a bare adjective."""
    yield name
    whole = re.sub(r"\bTerritory$", "Krai", re.sub(r"(?<=s)['’ʹ](?=k)", "", name))
    for pattern, put in _wholes():
        whole = pattern.sub(put, whole)
    # "Полтавщина", "Вінниччині": the land of a town whose oblast is called by an adjective.
    yield from (land.sub(adjective, whole) for land, adjective in _lands() if land.search(whole))
    if whole != name:
        yield whole
    yield from (f"{whole} {word}" for bare, word in _adjectives() if bare.search(whole))


@cache
def _called(kind: str) -> Mapping[str, str]:
    """Return the codes of units or countries by the names that only tables use."""
    listed = tomllib.loads(_CALLED.read_text("utf-8"))[kind]
    return {name: code for code, names in listed.items() for name in names}


def _written_admin1() -> Iterator[tuple[Lexicon, str]]:
    """Yield the languages that tell how tables write units, each with its word for one."""
    for words in lexicons():
        yield from ((words, word) for word in words.forms("admin1", "word"))


@cache
def _wholes() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what is cut short in names of units, and what is put in its place."""
    found = []
    for words, word in _written_admin1():
        for short, whole in words.values("admin1", "whole").items():
            found.append((rf"^{short}\.?\s+", f"{whole} "))
        if words.forms("admin1", "town"):
            found.append((rf"^{words.any_of('admin1', 'town')}(?:\.\s*|\s+)(?=\w{{3}})", ""))
        found.append((rf"\b{words.any_of('admin1', 'short')}\.?$", word))
    return tuple((re.compile(source, re.IGNORECASE), put) for source, put in found)


@cache
def _lands() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the endings of lands, and those of the names of the units that they are."""
    return tuple(
        (
            re.compile(rf"{end}{words.any_of('admin1', 'land_endings')}$", re.IGNORECASE),
            f"{whole} {word}",
        )
        for words, word in _written_admin1()
        for end, whole in words.values("admin1", "land").items()
    )


@cache
def _adjectives() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the endings of adjectives that stand for units, with the word that they lack."""
    return tuple(
        (re.compile(rf"{words.any_of('admin1', 'adjectives')}$", re.IGNORECASE), word)
        for words, word in _written_admin1()
    )


def country_code(name: str) -> str | None:
    """Return the ISO 3166-1 code of a country by its name or code, None where not known.

    Examples
    --------
    >>> country_code("Russia"), country_code("RU"), country_code("RUS"), country_code("Narnia")
    ('RU', 'RU', 'RU', None)
    """
    plain = name.strip()
    if _COUNTRY.fullmatch(plain) and known_places().has(f"iso:{plain}"):
        return plain
    return _called("countries").get(plain.lower()) or _country(plain)


@lru_cache(maxsize=4096)
def _unit(name: str, country: str | None) -> str | None:
    try:
        place = known_places().resolve(name, kind="admin1", country=country).place
    except UnknownPlaceError:
        return None
    return place.admin1_code if place else None


@lru_cache(maxsize=1024)
def _country(name: str) -> str | None:
    place = known_places().resolve(name, kind="country").place
    return place.country if place else None


def known_places() -> Gazetteer:
    """Return what rows are placed by: what is published so is of the package's own theatre."""
    return Gazetteer.default()


def units_named(text: str) -> frozenset[str]:
    """Return the codes of the units that a text names with the word for one.

    Examples
    --------
    >>> units_named("Удар по складу в Белгородской области"), units_named("in the region")
    (frozenset({'RU-BEL'}), frozenset())
    """
    found = (unit_code(match.group(), None) for match in _unit_names().finditer(text))
    return frozenset(code for code in found if code)


@cache
def _unit_names() -> re.Pattern[str]:
    words = any_form(all_forms("toponyms", "admin1_after"))
    return re.compile(rf"(?<!\w)[^\W\d_][\w'’ʼ-]+\s{words}(?!\w)", re.IGNORECASE)
