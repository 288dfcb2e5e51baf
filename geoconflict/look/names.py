"""What places, regions, countries and lines are called in a language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache, lru_cache

from geoconflict.errors import EmbeddedDataError, GeoconflictError
from geoconflict.files.embedded import embedded_path
from geoconflict.files.sheets import own_rows
from geoconflict.fronts.sources import find_source
from geoconflict.gazetteer.names import best_russian, romanise, skeleton
from geoconflict.gazetteer.places import Place
from geoconflict.lexicon import lexicon
from geoconflict.look.words import Words
from geoconflict.measuring.references import Kind, ReferenceName, kind_of
from geoconflict.references import Reference

# A settlement with so many inhabitants is called a city.
_CITY = 10_000
# A name in another script is that of the English one where their keys are so alike.
_ALIKE = 0.7
# The neighbour whose letters and stems of adjectives tell that a name is not of a language.
_NEIGHBOURS = {"uk": "ru", "ru": "uk"}


def name_of(named: Reference | Place | ReferenceName, words: Words, form: str = "") -> str:
    """Return what a place or line is called, with what tells a place from its namesakes.

    Parameters
    ----------
    named : Reference, Place or ReferenceName
        What is named.
    words : Words
        The language; where the data have no name in it, the English one stands in quotation
        marks.
    form : str
        ``of`` for the genitive; ``short`` for the name alone; ``label`` for a label on a map.
    """
    if isinstance(named, Place):
        return _place(named, words, form)
    if isinstance(named, Reference):
        if named.place is not None and named.id == named.place.id:
            return _place(named.place, words, form)
        is_line = kind_of(named.id) is Kind.FRONT or form == "label"
        if words.language == "en" and not is_line:
            return named.title
        try:
            return _line(ReferenceName.parse(named.id), words, form)
        except GeoconflictError:
            return words.quoted(named.title)
    return _line(named, words, form)


def around_of(place: Place, words: Words) -> str:
    """Return the unit and country that a place lies in, empty where neither is known."""
    unit, country = place.admin1, place.country
    if words.language != "en":
        unit = unit_name(place.admin1_code, words.language) or unit
        country = country_name(place.country, words.language) or country
    names = (place.name, _own_name(place, words.language))
    return ", ".join(part for part in dict.fromkeys((unit, country)) if part and part not in names)


def country_name(code: str, language: str) -> str | None:
    """Return the name of a country by its ISO 3166-1 code; None where it is not known."""
    return _countries(language).get(code)


def unit_name(code: str, language: str) -> str | None:
    """Return the name of a first-level unit by its ISO 3166-2 code; None where not known."""
    return _units(language).get(code)


def genitive(name: str, words: Words) -> str:
    """Return the name of a country or unit as it stands after "of".

    Examples
    --------
    >>> from geoconflict.look.words import words
    >>> genitive("Донецька область", words("uk")), genitive("Россия", words("ru"))
    ('Донецької області', 'России')
    """
    for pattern, ending in words.own.get("genitive", ()):
        found, count = re.subn(pattern, ending, name)
        if count:
            return found
    return name


def _line(named: ReferenceName, words: Words, form: str) -> str:
    codes = [_area(code, words, "of") for code in named.codes]
    if named.kind in (Kind.COUNTRY, Kind.ADMIN1):
        return _area(named.name, words, form)
    if named.kind is Kind.BORDER:
        key = {1: "border"}.get(len(codes), "border_units" if "/" in named.name else "border_pair")
        return _case(key, words, form).format(*codes)
    if named.kind is Kind.COAST:
        return _case("coast", words, form).format(*codes)
    if named.kind is Kind.FRONT:
        front = _case("front", words, form)
        known = find_source(named.source or "")
        source = known.title if known else named.source
        if form in ("short", "label") or named.day is None or source is None:
            return front
        snapshot: str = words.tables["names"]["snapshot"]
        return f"{front} ({snapshot.format(source=source, date=words.day(named.day))})"
    return ", ".join(named.name.split(",")) if named.kind is Kind.POINT else named.name


def _case(key: str, words: Words, form: str) -> str:
    forms: Mapping[str, str] = words.tables["names"][key]
    return forms.get(form, forms["nom"])


def _area(code: str, words: Words, form: str) -> str:
    name = unit_name(code, words.language) or country_name(code, words.language) or code
    return genitive(name, words) if form == "of" else name


def _place(place: Place, words: Words, form: str) -> str:
    if words.language == "en":
        is_short = form in ("short", "label") or place.kind == "country"
        return place.name if is_short else place.title
    own = _own_name(place, words.language)
    name = own or words.quoted(place.name)
    if form == "of":
        name = _of(place, own, name, words)
    if form in ("short", "label") or place.kind in ("country", "admin1", "water"):
        return name
    around = around_of(place, words)
    return f"{name} ({around})" if around else name


def _of(place: Place, own: str | None, name: str, words: Words) -> str:
    if place.kind in ("country", "admin1"):
        return genitive(name, words)
    kind = "city" if place.kind == "settlement" and (place.population or 0) >= _CITY else place.kind
    template: str = words.tables["place_of"].get(kind, "{name}")
    return template.format(name=name, quoted=words.quoted(own) if own else name)


@lru_cache(maxsize=4096)
def _own_name(place: Place, language: str) -> str | None:
    """Return the name of a place in a language, None where the data have none."""
    if place.kind == "admin1" and place.admin1_code:
        return unit_name(place.admin1_code, language)
    if place.kind == "country":
        return country_name(place.country, language)
    if place.kind != "settlement":
        return next(iter(place.names.get(language, ())), None)
    return _cities(language).get(place.name) or _likeliest(place, language)


def _likeliest(place: Place, language: str) -> str | None:
    """Return the name in present use: that which sounds as the English one, not a former one.

    Of a place in Ukraine that is the Ukrainian name which is romanised as the English one, and the
    Russian form of it; where several sound alike the one with more letters of the language.
    """
    names = list(_candidates(place, language))
    is_ours = place.country == "UA"
    if is_ours and language == "ru":
        own = _likeliest(place, "uk")
        found = own and best_russian(names, own)
        if found:
            return found
    wanted, letters = skeleton(place.name), _letters(language)

    def rank(name: str) -> tuple[bool, float, int, str]:
        alike = SequenceMatcher(None, skeleton(name), wanted).ratio()
        is_present = is_ours and language == "uk" and romanise(name) == place.name
        return is_present, alike, sum(map(name.lower().count, letters)), name

    is_present, alike, _, best = max(map(rank, names), default=(False, 0.0, 0, ""))
    return best if is_present or alike >= _ALIKE else None


def _candidates(place: Place, language: str) -> Iterator[str]:
    foreign, alphabet = _foreign(language), _alphabet(language)
    for name in (*place.names.get(language, ()), *place.names.get("Cyrl", ())):
        is_own = name in place.names.get(language, ())
        if alphabet.fullmatch(name) and (is_own or foreign is None or not foreign.search(name)):
            yield name


@cache
def _alphabet(language: str) -> re.Pattern[str]:
    """Return the pattern of what a name of the language is written with."""
    letters = lexicon(language).sections["language"].get("alphabet", "a-z")
    return re.compile(rf"[{letters} \-.()\d]+", re.IGNORECASE)


@cache
def _letters(language: str) -> str:
    """Return the letters that the neighbouring language lacks, empty where it has no neighbour."""
    return str(lexicon(language).sections["language"].get("letters", ""))


@cache
def _foreign(language: str) -> re.Pattern[str] | None:
    """Return the pattern of what only names of the neighbouring language have, None without one."""
    if language not in _NEIGHBOURS:
        return None
    words = lexicon(_NEIGHBOURS[language])
    letters, stems = words.sections["language"]["letters"], words.any_of("cases", "adjective_stems")
    return re.compile(rf"[{letters}]|{stems}$", re.IGNORECASE)


@cache
def _countries(language: str) -> Mapping[str, str]:
    return _table("countries.csv", "iso2", f"name_{language}")


@cache
def _units(language: str) -> Mapping[str, str]:
    return _table("admin1_names.csv", "iso_3166_2", f"title_{language}")


@cache
def _cities(language: str) -> Mapping[str, str]:
    return _table("city_names.csv", "name_en", f"name_{language}")


def _table(file: str, key: str, column: str) -> dict[str, str]:
    try:
        rows = own_rows(embedded_path(file))
    except EmbeddedDataError:
        return {}
    return {row[key]: row[column] for row in rows if row.get(column)}
