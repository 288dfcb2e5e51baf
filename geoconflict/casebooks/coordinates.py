"""Positions in free text, in every form that people write them: found, and taken out."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from geoconflict.lexicon import all_forms, any_form, any_word

REMOVED = "[coordinates removed]"

# What belongs to no number: neither digits around it nor a decimal sign.
_ALONE, _ENDED = r"(?<![\w.,])", r"(?![\w]|[.,]\d)"
_NUMBER = r"[-+\N{MINUS SIGN}]?\d{1,3}(?:[.,]\d+)?"
_EXACT = r"[-+\N{MINUS SIGN}]?\d{1,3}[.,]\d{2,}"


def position_words(*keys: str) -> str:
    """Return the source of a pattern for words of positions, whose endings hold no digits."""
    return any_word("coordinates", *keys).replace(r"\w*", r"[^\W\d_]*")


_DEGREE = rf"(?:[°º˚∘]|\\u00b0|&deg;|\s?{position_words('degree')}(?![^\W\d_])\.?)"
_MINUTE = rf"(?:['′’ʹ´‘]|&#39;|\s?{position_words('minute')}(?![^\W\d_])\.?)"
_SECOND = rf"(?:[\"″”“ʺ]|''|′′|&quot;|\s?{position_words('second')}(?![^\W\d_])\.?)"
# North, south, east and west as they stand with a number: N, с. ш., пн. ш., північної широти.
_LETTER = r"(?-i:[NSEW]\b)"
_SIDES = all_forms("coordinates", "N", "S", "E", "W")
_AXES = ("lat", "lon", "lat_short", "lon_short", "lat_letter", "lon_letter")
_QUARTER = rf"(?:{position_words(*'NSEW')}\.?\s?{position_words(*_AXES)}(?!\w)\.?)"
# Capital letters that begin a side, and those that follow them where it is of two.
_FIRST = "".join(sorted({side[0].upper() for side in _SIDES if not side.isascii()}))
_SECOND_LETTER = "".join(sorted({side[1].upper() for side in _SIDES if len(side) == 2}))
_LONG = any_form(side for side in _SIDES if len(side) > 1)
_SIDE = rf"(?:{_LETTER}|{_QUARTER}|(?-i:[{_FIRST}][{_SECOND_LETTER}]?\b)|{_LONG}(?!\w)\.?)"
# A name of an axis before its number: lat=, longitude:, широта, довг., X and Y of a grid.
_AXIS = (
    rf"\b(?:{position_words('lat', 'lon')}|{position_words('lat_short', 'lon_short')}(?=[.:=]))"
    r"(?:\s+(?:of|is|–|—|-))?\s*[:=.]*\s*"
)
_ANGLE = (
    rf"{_NUMBER}\s*(?:{_DEGREE}\s*(?:\d{{1,2}}(?:[.,]\d+)?\s*{_MINUTE}\s*)?"
    rf"(?:\d{{1,2}}(?:[.,]\d+)?\s*{_SECOND}?)?)?"
)
_MARKS = rf"(?:\s*{_DEGREE})?(?:\s*{_SIDE})?"
_REST = rf"\d{{1,2}}(?:[.,]\d+)?\s*{_MINUTE}(?:\s*\d{{1,2}}(?:[.,]\d+)?\s*{_SECOND})?"
_AND = any_word("links", "and")
_BETWEEN = rf"\s*(?:[,;/|\s]|\b{_AND}\b)\s*"
# Degrees, minutes and seconds with nothing but spaces, hyphens or colons between them.
_SPACED = r"\d{1,3}[\s:-]\s?\d{1,2}(?:[.,]\d+)?(?:[\s:-]\s?\d{1,2}(?:[.,]\d+)?)?"
# X and Y, in Cyrillic letters too.
_GRID = r"[XY\u0425\u0423]\s*[:=]?\s*\d{5,8}(?:[.,]\d+)?"

_COORDINATES = re.compile(
    "|".join(
        (
            r"\bgeo:[-+\d.,;\w=]+",
            rf"{_AXIS}{_ANGLE}(?:\s*{_SIDE})?",
            # Two exact numbers side by side.
            rf"{_ALONE}{_EXACT}{_MARKS}{_BETWEEN}(?:{_SIDE}\s*)?{_EXACT}{_MARKS}",
            # An angle with its marks, and a number with its side.
            rf"\d{{1,3}}(?:[.,]\d+)?\s*{_DEGREE}\s*{_REST}(?:\s*{_SIDE})?",
            rf"{_ALONE}\d{{1,3}}[.,]\d+\s*{_DEGREE}(?:\s*{_SIDE})?",
            rf"{_ALONE}(?:{_EXACT}|{_SPACED})\s*(?:{_LETTER}|{_QUARTER})",
            rf"(?<!\w)(?-i:[NSEW])\s?(?:{_EXACT}|{_SPACED}|\d{{2,3}}\s*{_DEGREE})\b",
            # Without a space between: 481655N 0371054E, 4816.93N.
            rf"(?<![\w.])\d{{4,7}}(?:[.,]\d+)?\s?{_LETTER}",
            r"(?<![\w.])(?-i:[NSEW])\d{4,7}(?:[.,]\d+)?\b",
            # Four decimals of a degree are ten metres, whatever stands around.
            rf"{_ALONE}[-+\N{{MINUS SIGN}}]?\d{{1,3}}[.,]\d{{4,}}(?!\d)",
            # Plus codes, what3words, and the grids of UTM, MGRS and Gauss-Krüger.
            r"\b[2-9CFGHJMPQRVWX]{4,8}\+[2-9CFGHJMPQRVWX]{2,3}\b",
            r"///[^\W\d]+\.[^\W\d]+\.[^\W\d]+",
            r"\b\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{2,5}\s?\d{2,5}\b",
            r"\b\d{1,2}\s?[C-HJ-NP-X]\s+\d{6}(?:[.,]\d+)?\s*m?E?[,;\s]\s*\d{7}(?:[.,]\d+)?\s*m?N?\b",
            rf"(?<!\w){_GRID}\s*[,;]?\s*{_GRID}",
            rf"\b{position_words('geohash')}\s*[:=]?\s*[0-9b-hjkmnp-z]{{5,12}}\b",
        )
    ),
    re.IGNORECASE,
)
_NOTE = re.escape(REMOVED)
_TIDY = re.compile(rf"{_NOTE}(?:[\s,;/|]*{_AND}?[\s,;/|]*{_NOTE})+")
# Where links to maps lead, beside those whose host begins with "map".
_HOSTS = Path(__file__).with_name("map_links.txt").read_text("utf-8").split()
_MAPS = re.compile("|".join(map(re.escape, _HOSTS)), re.IGNORECASE)
_LINK = re.compile(
    rf"(?:\b[a-z][a-z0-9+.-]*://|\bwww\.)[^\s<>\"'«»]+|\b(?:{_MAPS.pattern})[^\s<>\"'«»]*",
    re.IGNORECASE,
)
_LINK_POSITION = re.compile(
    r"\d{1,3}[.,]\d{3,}|°|[?&#/@!=;](?:q|ll|sll|loc|lat|lon|lng|mlat|mlon|center|cp|pt|map|"
    r"geo|query|latlng|params)=[-+\d][^&]*\d|[-+]?\d{1,3}[.,]\d{2,}[,;/|x][-+]?\d{1,3}[.,]\d{2,}|"
    r"\d{1,3}_\d{1,2}(?:_[\d.]+)?_[NS]_",
    re.IGNORECASE,
)


def without_coordinates(text: str) -> str:
    """Return a text with every position in it, and every link to a map, replaced by a note.

    Found are decimal degrees, degrees with minutes and seconds, with or without their signs,
    numbers called latitude or longitude in English, Ukrainian or Russian, grids (MGRS, UTM,
    Gauss-Krüger), plus codes, geohashes called so, what3words, ``geo:`` and links to maps.

    Examples
    --------
    >>> without_coordinates("seen at 48.2822, 37.1818 by day")
    'seen at [coordinates removed] by day'
    >>> without_coordinates("широта 48.28 довгота 37.18, maps.app.goo.gl/x1")
    '[coordinates removed]'
    """
    if not any(char.isdigit() or char in "/+" for char in text):
        return text
    without = _COORDINATES.sub(REMOVED, _LINK.sub(_shown_link, text))
    return _TIDY.sub(REMOVED, without)


def tells_position(url: str) -> bool:
    """Return whether a link tells a position: it has coordinates in it, or leads to a map.

    Examples
    --------
    >>> tells_position("https://osm.org/go/0IdVt3"), tells_position("https://example.org/a/2025")
    (True, False)
    """
    plain = unquote(unquote(url))
    parts = urlsplit(plain if "://" in plain else f"//{plain}")
    host = _MAPS.search(plain) or re.match(r"maps?\.[^/?#]*", parts.netloc, re.IGNORECASE)
    # The first page of a service tells nothing.
    leads_on = host is not None and plain.partition(host[0])[2].strip("/?#") != ""
    is_scheme = parts.scheme in ("geo", "ge0", "om")
    return leads_on or is_scheme or _LINK_POSITION.search(plain) is not None


def _shown_link(match: re.Match[str]) -> str:
    link = match[0]
    end = len(link.rstrip(".,;:!?)]}"))
    return f"{REMOVED}{link[end:]}" if tells_position(link[:end]) else link
