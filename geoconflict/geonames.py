"""What GeoNames' rows say: kinds, titles, names with their ranks, and how right a point is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from geoconflict.errors import GazetteerFileError
from geoconflict.names import romanise, script, skeleton
from geoconflict.placefile import Name

# Countries where the war or the end of the Soviet Union renamed places.
RENAMED = frozenset(("UA", "RU", "BY", "MD", "GE", "KZ"))
LANGUAGES = ("en", "uk", "ru")
# Codes that stand in the column of languages and are none.
NO_LANGUAGE = frozenset(
    [
        "abbr",
        "faac",
        "fr_1793",
        "iata",
        "icao",
        "link",
        "phon",
        "piny",
        "post",
        "tcid",
        "unlc",
        "uicn",
        "wkdt",
    ]
)
PRESENT, OTHER, SHORT = 0, 1, 2
_DECIMAL = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?")
# Codes of airports and stations, which stand among the names.
_STATION = re.compile(r"[A-Z]{2,4}")
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_LONGEST_NUMBER = 12
_SHOWN = 40
# The names of one row are compared several times.
_key = lru_cache(maxsize=4096)(skeleton)
_NO_APOSTROPHE = str.maketrans("", "", "'’ʼ")
# A town of p people at 5,000 a square kilometre has a radius of 8 sqrt(p) metres; the point
# itself is a kilometre uncertain.
_POINT_M, _RADIUS_M = 1000.0, 8.0


class Feature(NamedTuple):
    """What a feature code of GeoNames means here.

    ``kind`` is that of a place. ``precision_m`` is its reach in metres, None where the
    population says it. ``word`` is what English adds to a bare name. ``rank`` is the lowest
    that its bare names get: 1 for what is gone, 2 for what bears a town's or village's name.
    """

    kind: str
    precision_m: float | None
    word: str = ""
    rank: int = PRESENT


def _features(codes: str, feature: Feature) -> dict[str, Feature]:
    return dict.fromkeys(codes.split(), feature)


# Left out: parts of towns (P.PPLX), whose names are those of villages elsewhere and whose town
# is found anyway; former districts (ADM2H); springs, falls and other points of water.
FEATURES = {
    **_features(
        "P.PPL P.PPLA P.PPLA2 P.PPLA3 P.PPLA4 P.PPLA5 P.PPLC P.PPLF P.PPLG P.PPLL P.PPLR P.PPLS",
        Feature("settlement", None),
    ),
    # Villages that were left or destroyed are still fought over and named, but a living
    # namesake comes first.
    **_features("P.PPLCH P.PPLH P.PPLQ P.PPLW", Feature("settlement", None, "", OTHER)),
    # Circle of the mean raion of Ukraine since 2020 (603,628 km2 / 136: 38 km), and of the
    # larger of its 1,469 hromadas (mean 11 km), whose point may be the seat at the edge.
    "A.ADM2": Feature("admin2", 40_000.0),
    "A.ADM3": Feature("admin2", 20_000.0),
    # A river has one point, often its mouth: most named ones are shorter than 50 km, and of
    # the long ones the point says little.
    **_features("H.STM H.STMC H.CNL H.CNLN", Feature("water", 50_000.0, "River", SHORT)),
    **_features("H.STMA H.STMD H.STMI H.STMX", Feature("water", 20_000.0, "River", SHORT)),
    **_features("H.LK H.LKI H.LKN H.LKO H.LKS H.LKX", Feature("water", 10_000.0, "Lake", SHORT)),
    **_features("H.LGN H.ESTY", Feature("water", 20_000.0, "", SHORT)),
    # Kremenchuk's is 150 km long, most are below 30.
    **_features("H.RSV H.RSVI", Feature("water", 30_000.0, "Reservoir", SHORT)),
    **_features("H.BAY H.BAYS H.STRT H.CHNM", Feature("water", 30_000.0)),
    "H.GULF": Feature("water", 150_000.0),
    "H.SEA": Feature("water", 500_000.0),
    # The point is on the field, whose runways are up to 4 km long.
    **_features("S.AIRF", Feature("facility", 2000.0, "Airfield", SHORT)),
    "S.AIRB": Feature("facility", 2000.0, "Air Base", SHORT),
    "S.AIRP": Feature("facility", 2000.0, "Airport", SHORT),
}
# Words that a name of the kind already bears; what remains is its bare name.
_WORDS = {
    "admin2": re.compile(
        r"\b(?:raion|rayon|district|municipal'?nyy|urban|rural|settlement|hromada|"
        r"район|муниципальный|міська|селищна|сільська|громада)\b",
        re.IGNORECASE,
    ),
    "water": re.compile(
        r"\b(?:river|lake|reservoir|reka|rika|richka|ozero|vodoskhovyshche|vodokhranilishche|"
        r"canal|kanal|liman|lyman|estuary|lagoon|"
        r"річка|ріка|река|озеро|водосховище|водохранилище|канал|лиман)\b",
        re.IGNORECASE,
    ),
    "facility": re.compile(
        r"\b(?:international|airport|air ?base|air ?field|aerodrome|aerodrom|aeroport|"
        r"аеродром|аэродром|аеропорт|аэропорт|авиабаза|авіабаза)\b",
        re.IGNORECASE,
    ),
}
_CYRILLIC_WORDS = {"River": ("річка", "река"), "Lake": ("озеро",)}


class Row(NamedTuple):
    """A row of a dump: lon and lat in degrees, population 0 where not known."""

    geonameid: int
    name: str
    others: tuple[str, ...]
    lon: float
    lat: float
    feature: str
    country: str
    admin1: str
    population: int
    modified: str


class Alternate(NamedTuple):
    """A row of the table of alternate names.

    ``language`` is the code given, empty where none is. ``former`` tells that the name is
    historic or has ended, ``colloquial`` that it is not written; ``since`` and ``until`` are
    years, None where not given.
    """

    text: str
    language: str
    preferred: bool = False
    former: bool = False
    colloquial: bool = False
    since: int | None = None
    until: int | None = None


def read_row(cells: Sequence[str]) -> Row:
    """Return a row of a dump from its 19 cells.

    Raises
    ------
    GazetteerFileError
        A cell cannot be what it should; the message says which, what was found and expected.
    """
    number, name, ascii_name, others, lat, lon, letter, code, country = cells[:9]
    if not _is_number(number):
        raise _unfit(number, column="geonameid", expected="a whole number")
    if not name.strip():
        raise _unfit(name, column="name", expected="a name")
    listed = tuple(filter(None, (ascii_name, *others.split(","))))
    return Row(
        geonameid=int(number),
        name=name,
        others=listed,
        lon=_degrees("longitude", lon, 180.0),
        lat=_degrees("latitude", lat, 90.0),
        feature=f"{letter}.{code}",
        country=country,
        admin1=cells[10],
        population=int(cells[14]) if _is_number(cells[14]) else 0,
        modified=cells[18],
    )


def read_alternate(cells: Sequence[str]) -> Alternate:
    """Return a row of the table of alternate names from its 10 cells.

    A name with an end has ended: GeoNames gives no end that is still to come.
    """
    language, text, preferred, _, colloquial, historic, since, until = cells[2:10]
    return Alternate(
        text=text,
        language=language,
        preferred=preferred == "1",
        former=historic == "1" or bool(until.strip()),
        colloquial=colloquial == "1",
        since=_year(since),
        until=_year(until),
    )


def _is_number(cell: str) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) < _LONGEST_NUMBER


def _degrees(column: str, cell: str, most: float) -> float:
    value = float(cell) if _DECIMAL.fullmatch(cell) else math.nan
    if not abs(value) <= most:
        raise _unfit(cell, column=column, expected=f"degrees from {-most:g} to {most:g}")
    return value


def _year(cell: str) -> int | None:
    """Return the year of a date that people wrote in any form, None where it holds none."""
    found = _YEAR.search(cell)
    return int(found[0]) if found else None


def _unfit(cell: str, *, column: str, expected: str) -> GazetteerFileError:
    shown = repr(cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…")
    return GazetteerFileError(f"column {column}: found {shown}, expected {expected}")


def settlement_precision_m(population: int) -> float:
    """Return the radius in metres within which the point of a town of this size is right.

    Examples
    --------
    >>> settlement_precision_m(0), settlement_precision_m(60_127)
    (1000.0, 2962.0)
    """
    return float(round(_POINT_M + _RADIUS_M * math.sqrt(population)))


def present_title(name: str, country: str, others: Iterable[str]) -> str:
    """Return the name to show: in Ukraine by the official romanisation, else GeoNames' own.

    Parameters
    ----------
    name : str
        Main name of the row.
    country : str
        ISO 3166-1 alpha-2 code.
    others : iterable of str
        Its other names; the most Ukrainian spelling of the same name is romanised.

    Examples
    --------
    >>> present_title("Pokrovs'k", "UA", ["Покровск", "Покровськ", "Красноармійськ"])
    'Pokrovsk'
    """
    bare = name.translate(_NO_APOSTROPHE)
    if country != "UA":
        return bare
    present = _key(bare)
    cyrillic = [n for n in others if script(n) == "Cyrl" and _key(n) == present]
    if bare in map(romanise, cyrillic):
        return bare
    romanised = romanise(max(sorted(cyrillic), key=_ukrainian, default=bare))
    return romanised if _key(romanised) == present else bare


def settlement_names(name: str, country: str, others: Iterable[str]) -> Iterator[Name]:
    """Yield each name with its rank: 0 for the present name in any script, 1 for others.

    Other names matter where places were renamed; elsewhere they are mostly exonyms in
    languages that the reports are not written in, and chance hits.

    Parameters
    ----------
    name, country, others
        As for ``present_title``.
    """
    others = list(others)
    yield Name(present_title(name, country, others), PRESENT, "en")
    yield Name(name, PRESENT, "Latn")
    present = _key(name)
    for other in others:
        letters, same = script(other), _key(other) == present
        is_kept = same or letters == "Cyrl" or country in RENAMED
        if letters != "Zyyy" and is_kept and not _STATION.fullmatch(other):
            yield Name(other, PRESENT if same else OTHER, letters)


def alternate_names(name: str, country: str, alternates: Sequence[Alternate]) -> Iterator[Name]:
    """Yield the names of the table of alternate names with language, rank and years.

    A name is present where it is the main name in another spelling, or the preferred one in
    English, Ukrainian or Russian; a former or colloquial one never is.

    Parameters
    ----------
    name, country
        As for ``present_title``.
    alternates : sequence of Alternate
        Rows of the place; those whose language is none are left out.
    """
    present = _key(name)
    order = ("uk", "ru", "en") if country == "UA" else ("ru", "en", "uk")
    for row in sorted(alternates, key=lambda row: _language_order(row, order)):
        letters = script(row.text)
        if row.language in NO_LANGUAGE or letters == "Zyyy":
            continue
        known, same = row.language in LANGUAGES, _key(row.text) == present
        if same or known or letters == "Cyrl" or country in RENAMED:
            is_present = same or (known and row.preferred)
            rank = PRESENT if is_present and not (row.former or row.colloquial) else OTHER
            language = row.language if known else letters
            yield Name(row.text, rank, language, row.since, row.until)


def adapted_names(title: str, feature: Feature, names: Iterable[Name]) -> Iterator[Name]:
    """Yield the names of a place that is no living settlement, so that a bare one says little.

    Parameters
    ----------
    title : str
        As ``full_title`` makes it.
    feature : Feature
        What the place is.
    names : iterable of Name
        Names as for a settlement.
    """
    words = _WORDS.get(feature.kind)
    if words is None and feature.rank == PRESENT:
        yield from names
        return
    if words is not None:
        yield Name(title, PRESENT, "en")
    for name in names:
        bare = _without(words, name.text)
        if words is None or bare == name.text:
            yield name._replace(rank=max(name.rank, feature.rank))
        else:
            yield name
        yield from _with_words(bare, feature, name)


def full_title(title: str, feature: Feature) -> str:
    """Return the name to show of a water, a district or an airfield, with the word that says it.

    Examples
    --------
    >>> full_title("Oskil", FEATURES["H.STM"]), full_title("Saky", FEATURES["S.AIRB"])
    ('Oskil River', 'Saky Air Base')
    """
    words = _WORDS.get(feature.kind)
    if not feature.word or (words is not None and words.search(title)):
        return title
    return f"Lake {title}" if feature.word == "Lake" else f"{title} {feature.word}"


def _with_words(bare: str, feature: Feature, name: Name) -> Iterator[Name]:
    """Yield the forms in which reports write a district or water of this name."""
    if feature.kind == "admin2" and bare != name.text and script(bare) == "Latn":
        for word in ("Raion", "District"):
            yield name._replace(text=f"{bare} {word}", language="en")
    elif feature.kind == "water" and script(bare) == "Cyrl":
        for word in _CYRILLIC_WORDS.get(feature.word, ()):
            yield name._replace(text=f"{word} {bare}")


def _without(words: re.Pattern[str] | None, text: str) -> str:
    return text if words is None else " ".join(words.sub(" ", text).split()) or text


def _language_order(row: Alternate, order: Sequence[str]) -> tuple[int, bool]:
    """Order by language: where two spell a name alike, the first keeps it."""
    return (order.index(row.language) if row.language in order else len(order), not row.preferred)


def _ukrainian(name: str) -> int:
    """Return how Ukrainian a Cyrillic spelling looks: its own letters less the Russian ones."""
    small = name.lower()
    own = sum(map(small.count, ("і", "ї", "є", "ґ", "'", "’", "ськ", "цьк")))
    return own - sum(map(small.count, "ыэъё"))
