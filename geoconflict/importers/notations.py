"""Positions as people write them in a cell: degrees in every form, grids, links to maps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import unquote

from geoconflict.casebooks.coordinates import position_words
from geoconflict.importers.gridcodes import missing_extra, read_code, why_open
from geoconflict.lexicon import any_word

_COUNT = re.compile(r"(\d{1,9}|\d{1,3}(?:\s\d{3}){1,2}|\d{1,3}(?:,\d{3}){1,2})(?:\.0{1,2})?")
_KM = re.compile(rf"(?<!\w){any_word('units', 'km')}(?!\w)", re.IGNORECASE)
_METRES = re.compile(
    r"[~±]?\s*(\d+(?:[.,]\d+)?|\d{1,3}(?:\s\d{3})+(?:[.,]\d+)?)"
    rf"\s*({any_word('units', 'km', 'm')})?\.?",
    re.IGNORECASE,
)
_SIGNED = r"[-+\N{MINUS SIGN}]?\d{1,3}(?:[.,]\d+)?|[-+\N{MINUS SIGN}]?[.,]\d+"
_PLAIN = re.compile(r"[-+]?\d{1,3}(?:\.\d+)?")
_NORTH, _SOUTH, _EAST, _WEST = (rf"(?:{side}|{position_words(side)})" for side in "NSEW")
_LAT, _LON = position_words("lat", "lat_short"), position_words("lon", "lon_short")
_AXIS_LETTER = position_words("lat_letter", "lon_letter")
_SIDE = rf"(?:{_NORTH}|{_SOUTH}|{_EAST}|{_WEST})\.?\s*(?:{_LAT}|{_LON}|{_AXIS_LETTER})?\.?"
_DEGREE = rf"(?:[°º˚∘]|{position_words('degree')}\.?)"
_MINUTE = rf"(?:['′’ʹ´‘]|{position_words('minute')}\.?)"
_SECOND = rf"(?:[\"″”“ʺ]|''|′′|’’|{position_words('second')}\.?)"
_ANGLE = re.compile(
    rf"\s*(?P<before>{_SIDE})?\s*(?P<degrees>{_SIGNED})\s*(?P<degree>{_DEGREE})?"
    rf"(?:\s*(?P<minutes>\d{{1,2}}(?:[.,]\d+)?)\s*(?P<minute>{_MINUTE})?)?"
    rf"(?:\s*(?P<seconds>\d{{1,2}}(?:[.,]\d+)?)\s*{_SECOND})?"
    rf"\s*(?P<after>{_SIDE})?\s*",
    re.IGNORECASE,
)
_SPACED = re.compile(
    r"\s*([NSEW])?\s*(\d{1,3})[\s:]+(\d{1,2})[\s:]+(\d{1,2}(?:[.,]\d+)?)\s*([NSEW])?\s*",
    re.IGNORECASE,
)
_WKT = re.compile(
    r"(?:SRID=4326;)?\s*POINT\s*Z?\s*\(\s*(\S+)\s+(\S+?)(?:\s+\S+)?\s*\)", re.IGNORECASE
)
_JSON_POINT = re.compile(r'"coordinates"\s*:\s*\[\s*([-\d.]+)\s*,\s*([-\d.]+)')
_GEO = re.compile(rf"geo:\s*({_SIGNED}),({_SIGNED})", re.IGNORECASE)
_LABELLED = re.compile(
    rf"\b(?:(?P<lat>{_LAT})|{_LON})\w*[\"']?\s*[:=]?\s*(?P<number>{_SIGNED})",
    re.IGNORECASE,
)
# Numbers in links to maps, latitude first; what is marked before what the window shows.
_LINKS = (
    rf"[?&#]mlat=({_SIGNED})&(?:amp;)?mlon=({_SIGNED})",
    rf"!3d({_SIGNED})!4d({_SIGNED})",
    rf"[?&](?:q|query|daddr|destination|loc)=(?:loc:)?({_SIGNED})[,~\s+]+({_SIGNED})",
    rf"/(?:maps/)?(?:place|search|dir)/({_SIGNED}),\+?({_SIGNED})",
    rf"[?&]lat=({_SIGNED})&(?:amp;)?(?:lon|lng)=({_SIGNED})",
    rf"[?&](?:ll|sll|center|cp)=({_SIGNED})[,~\s+]+({_SIGNED})",
    rf"/@({_SIGNED}),({_SIGNED})",
    rf"#(?:map=)?\d{{1,2}}(?:\.\d+)?/({_SIGNED})/({_SIGNED})",
)
# Yandex and 2GIS write longitude first.
_EASTING_FIRST = tuple(
    rf"[?&](?:{key})=({_SIGNED}),({_SIGNED})" for key in ("pt", r"\w+\[point\]", "m|ll")
)
_EASTING_HOSTS = re.compile(r"yandex|2gis", re.IGNORECASE)
_IN_TEXT = re.compile(r"(?<![\w.,-])\d{2}\.\d{3,8}[,;/ ]\s*\d{2}\.\d{3,8}(?![\w.]\w)")
# What can stand between two positions in one cell.
_BESIDE = re.compile(r"[\n;|]|\s+(?=https?://)|(?<=[)\]])[\s,]*(?=[(\[])")
# Longer than any position, or link to one.
_LONGEST = 2_000


@dataclass(frozen=True)
class Pair:
    """Two numbers of a cell in degrees; ``is_told`` says that the cell tells which is which.

    ``first`` is the latitude where it is told.
    """

    first: float
    second: float
    is_told: bool = True


@dataclass(frozen=True)
class Angle:
    """Degrees, negative in the south and west; ``axis`` is N or E where letters tell it."""

    degrees: float
    axis: str = ""


def plain_degrees(text: str) -> float | None:
    """Return the degrees of a plain decimal number, None for any other text.

    Examples
    --------
    >>> plain_degrees("46.12"), plain_degrees("46,12")
    (46.12, None)
    """
    return float(text) if _PLAIN.fullmatch(text) else None


def read_count(text: str) -> int | None:
    """Return a whole number with or without marks between its thousands, else None.

    Examples
    --------
    >>> read_count("1 200"), read_count("1,200"), read_count("3.0"), read_count("2-3")
    (1200, 1200, 3, None)
    """
    match = _COUNT.fullmatch(text)
    return int(re.sub(r"\D", "", match[1])) if match else None


def read_metres(text: str, *, is_km: bool = False) -> float | None:
    """Return the metres that a text states, None where it states none.

    Parameters
    ----------
    text : str
    is_km : bool
        Whether a number without a unit is one of kilometres.

    Examples
    --------
    >>> read_metres("1 000"), read_metres("0,5 km"), read_metres("about")
    (1000.0, 500.0, None)
    """
    match = _METRES.fullmatch(text)
    if not match:
        return None
    number = float(re.sub(r"\s", "", match[1]).replace(",", "."))
    return number * 1_000 if (tells_km(match[2]) if match[2] else is_km) else number


def tells_km(text: str) -> bool:
    """Return whether a text names kilometres."""
    return _KM.search(text) is not None


@lru_cache(maxsize=16_384)
def read_angle(text: str) -> Angle | None:
    r"""Return the degrees that a text states, None where it states none.

    Examples
    --------
    >>> read_angle("51° 28' 48.0\" N"), read_angle("39,74"), read_angle("-5.5")
    (Angle(degrees=51.48, axis='N'), Angle(degrees=39.74, axis=''), Angle(degrees=-5.5, axis=''))
    """
    plain = plain_degrees(text)
    if plain is not None:
        return Angle(plain)
    return _angle(" ".join(text.replace("\xa0", " ").split()))


def read_pair(text: str) -> Pair | None:
    """Return the position that one cell states, None where it states none.

    Examples
    --------
    >>> read_pair("49.8397N, 24.0297E")
    Pair(first=49.8397, second=24.0297, is_told=True)
    >>> read_pair("51.48, 46.12").is_told
    False
    """
    if len(text) > _LONGEST or not any(char.isdigit() for char in text):
        return None
    if len(_pairs_in(text)) > 1:
        return None
    return _one_pair(text)


def _pairs_in(text: str) -> set[Pair]:
    """Return the positions that stand in a cell beside each other, in lines, links, brackets."""
    parts = _BESIDE.split(text) if _BESIDE.search(text) else ()
    return {pair for part in parts if (pair := _one_pair(part))}


def _one_pair(text: str) -> Pair | None:
    plain = " ".join(unquote(text).replace("\xa0", " ").split())
    for reader in (_drawn, _linked, _labelled, _coded, _written):
        found = reader(plain)
        if found is not None:
            return found
    return None


def _coded(text: str) -> Pair | None:
    found = read_code(text)
    return Pair(*found) if found else None


def find_pairs(text: str) -> list[str]:
    """Return the pairs of decimal degrees in a text, which are exact enough to be a position.

    Examples
    --------
    >>> find_pairs("Drone hit a depot. 50.0290, 36.3310 (video)")
    ['50.0290, 36.3310']
    """
    return _IN_TEXT.findall(text)


def why_unread(text: str) -> str:
    """Return what keeps a cell from being read as a position, empty where nothing special does."""
    plain = text.strip()
    if missing_extra(plain):
        return missing_extra(plain)
    if len(_pairs_in(text)) > 1:
        return f"several positions, of which an event has one: {plain[:80]}"
    if why_open(plain):
        return why_open(plain)
    if re.search(r"goo\.gl|maps\.app", plain):
        return "a shortened link, which tells nothing by itself: open it, copy the long one"
    return ""


def _angle(text: str) -> Angle | None:
    spaced = _SPACED.fullmatch(text)
    match = _ANGLE.fullmatch(text)
    if spaced and bool(spaced[1]) != bool(spaced[5]):
        before, degrees, minutes, seconds, after = spaced.groups()
        side = before or after
    elif match:
        degrees, minutes, seconds = match["degrees"], match["minutes"], match["seconds"]
        side = match["before"] or match["after"] or ""
        # Two numbers without a mark are two angles, unless a letter stands by whole degrees.
        is_lettered = side and degrees.isdecimal() and re.match(r"\D*\d{1,3}\s", text)
        unmarked = minutes and not (match["degree"] or match["minute"] or is_lettered)
        if unmarked or (match["before"] and match["after"]):
            return None
    else:
        return None
    parts = [_float(part or "0") for part in (degrees, minutes, seconds)]
    if parts[1] >= 60 or parts[2] >= 60 or (seconds and not minutes):
        return None
    size = abs(parts[0]) + parts[1] / 60 + parts[2] / 3600
    axis, sign = _side(side)
    is_negative = degrees.startswith(("-", "\N{MINUS SIGN}"))
    if is_negative and side:
        return None
    return Angle(round(-size if is_negative or sign < 0 else size, 7), axis)


@cache
def _side(text: str) -> tuple[str, int]:
    first = text.partition(" ")[0].rstrip(".")
    for forms, answer in (
        (_NORTH, ("N", 1)),
        (_SOUTH, ("N", -1)),
        (_EAST, ("E", 1)),
        (_WEST, ("E", -1)),
    ):
        if first and re.fullmatch(forms, first, re.IGNORECASE):
            return answer
        # "с.ш." is one word.
        if first and re.fullmatch(rf"(?:{forms})\.?{_AXIS_LETTER}\.?", first, re.IGNORECASE):
            return answer
    return "", 1


def _float(text: str) -> float:
    return float(text.replace(",", ".").replace("\N{MINUS SIGN}", "-"))


def _drawn(text: str) -> Pair | None:
    """Return a point of WKT or GeoJSON, which have longitude first."""
    match = _WKT.fullmatch(text) or _JSON_POINT.search(text)
    # Of a collection no part is the place.
    if match is None or text.count('"coordinates"') > 1:
        return None
    try:
        return Pair(_float(match[2]), _float(match[1]))
    except ValueError:
        return None


def _linked(text: str) -> Pair | None:
    """Return the position that a link to a map holds as written."""
    geo = _GEO.match(text)
    if geo:
        return Pair(_float(geo[1]), _float(geo[2]))
    if not re.search(r"https?://|www\.|maps?\.|goo\.gl", text, re.IGNORECASE):
        return None
    is_easting = _EASTING_HOSTS.search(text) is not None
    for pattern in _EASTING_FIRST if is_easting else _LINKS:
        match = re.search(pattern, text, re.IGNORECASE)
        if match:
            lat, lon = match.groups()[:: -1 if is_easting else 1]
            return Pair(_float(lat), _float(lon))
    return None


def _labelled(text: str) -> Pair | None:
    """Return the numbers that are called latitude and longitude."""
    found: dict[str, float] = {}
    for match in _LABELLED.finditer(text):
        axis, number = "lat" if match["lat"] else "lon", _float(match["number"])
        if found.setdefault(axis, number) != number:
            return None
    return Pair(found["lat"], found["lon"]) if len(found) == 2 else None


def _written(text: str) -> Pair | None:
    """Return two angles with something between them."""
    for cut in _cuts(text.strip("[]() ")):
        first, second = (read_angle(part) for part in cut)
        if first is None or second is None:
            continue
        axes = first.axis + second.axis
        if axes == "NE":
            return Pair(first.degrees, second.degrees)
        if axes == "EN":
            return Pair(second.degrees, first.degrees)
        if not axes and _is_exact(cut):
            return Pair(first.degrees, second.degrees, is_told=False)
    return None


def _cuts(text: str) -> list[tuple[str, str]]:
    """Return the ways to cut a text into two, at the plainest mark first."""
    for mark in (r"\s*;\s*", r",\s+", r"\s*[/|]\s*", r","):
        parts = re.split(mark, text)
        if len(parts) == 2:
            return [(parts[0], parts[1])]
    found = re.fullmatch(rf"(.*?(?:{_SIDE}))[\s,]+(\S.*)", text, re.IGNORECASE)
    ways = [(found[1], found[2])] if found else []
    ways += [(text[: m.start()], text[m.end() :]) for m in re.finditer(r"\s+", text)]
    return ways


def _is_exact(cut: tuple[str, str]) -> bool:
    """Return whether two bare numbers are written as positions are: with decimals or marks."""
    return all(re.search(r"[.,]\d|°|º", part) for part in cut)
