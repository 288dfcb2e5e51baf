"""Positions that are written as one code: grids, Plus codes, packed degrees, metres of UTM."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec

from pyproj import Transformer

# As pilots are told: degrees, minutes and seconds in one.
_PACKED = re.compile(
    r"(\d\d)([0-5]\d)([0-5]\d)?(\.\d+)?\s*([NS])[\s,]*(\d{3})([0-5]\d)([0-5]\d)?(\.\d+)?\s*([EW])",
    re.IGNORECASE,
)
_ISO_6709 = re.compile(r"([-+]\d\d(?:\.\d+)?)([-+]\d{3}(?:\.\d+)?)(?:[-+]\d+(?:\.\d+)?)?/?")
_UTM = re.compile(
    r"(?:UTM[\s:,]*)?(?:zone\s*)?(\d{1,2})\s?([C-HJ-NP-X])[\s,;]+(?:E\s*)?(\d{6}(?:\.\d+)?)(?:\s*m?E)?"
    r"[\s,;]+(?:N\s*)?(\d{7}(?:\.\d+)?)(?:\s*m?N)?",
    re.IGNORECASE,
)
_MGRS = re.compile(
    r"\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?(?:\d{2,5}\s?\d{2,5}|\d{4,10})", re.IGNORECASE
)
_PLUS = re.compile(r"[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2,7}", re.IGNORECASE)
_SHORT_PLUS = re.compile(
    r"[23456789CFGHJMPQRVWX]{4,6}\+[23456789CFGHJMPQRVWX]{2,3}\b.*", re.IGNORECASE
)
_METRES = re.compile(r"\D{0,3}\d{6}(?:\.\d+)?\D{1,5}\d{7}(?:\.\d+)?\D{0,3}")
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_MISSING = "needs the extra grids: pip install 'geoconflict[grids]'"


def read_code(text: str) -> tuple[float, float] | None:
    """Return the latitude and longitude in degrees that a code names, None for any other text.

    Of a square of a grid it is the middle.

    Examples
    --------
    >>> read_code("555106N0491200E"), read_code("37U 412345 5612345")
    ((55.8516667, 49.2), (50.656355, 37.759931))
    """
    readers = (_gridded, _packed, _metric)
    return next((found for reader in readers if (found := reader(text))), None)


def missing_extra(text: str) -> str:
    """Return what has to be installed for a code to be read, empty where nothing has."""
    if _MGRS.fullmatch(text) and not _has("mgrs"):
        return f"a grid reference {_MISSING}"
    if _PLUS.fullmatch(text) and not _has("openlocationcode"):
        return f"a Plus code {_MISSING}"
    return ""


def why_open(text: str) -> str:
    """Return why a code names no one place, empty where it is none of these."""
    if _SHORT_PLUS.fullmatch(text):
        return "a short Plus code, which means many places"
    if _METRES.fullmatch(text):
        return f"metres of UTM without their zone, such as 37U: {text[:80]}"
    return ""


def square_m(text: str) -> float:
    """Return the side in metres of the square that a reference of MGRS names, 0 for other texts.

    Examples
    --------
    >>> square_m("37U DQ 12 34"), square_m("37UDQ1234512345"), square_m("50.1, 36.2")
    (1000.0, 1.0, 0.0)
    """
    if not _MGRS.fullmatch(text):
        return 0.0
    letters = "".join(text.split()).rstrip("0123456789")
    digits = len("".join(text.split())) - len(letters)
    return float(10 ** (5 - digits // 2))


def _gridded(text: str) -> tuple[float, float] | None:
    """Return the middle of a square of MGRS or of a whole Plus code."""
    if _MGRS.fullmatch(text) and _has("mgrs"):
        import mgrs

        try:
            lat, lon = mgrs.MGRS().toLatLon(_middle("".join(text.split()).upper()))
        except mgrs.core.MGRSError:
            return None
        return (round(lat, 6), round(lon, 6))
    if _PLUS.fullmatch(text) and _has("openlocationcode"):
        from openlocationcode import openlocationcode

        area = openlocationcode.decode(text.upper())
        return (round(area.latitudeCenter, 6), round(area.longitudeCenter, 6))
    return None


def _packed(text: str) -> tuple[float, float] | None:
    """Return the position of 555106N0491200E, 5551.1N 04912.0E or +55.85+049.20/."""
    signed = _ISO_6709.fullmatch(text)
    if signed:
        return (float(signed[1]), float(signed[2]))
    match = _PACKED.fullmatch(text)
    if match is None or bool(match[3]) != bool(match[8]):
        return None
    lat, lon = (_unpacked(*match.groups()[n : n + 5]) for n in (0, 5))
    return (lat, lon)


def _unpacked(
    degrees: str, minutes: str, seconds: str | None, part: str | None, side: str
) -> float:
    tail = float(part or 0)
    small = int(minutes) + (0.0 if seconds else tail) + (int(seconds) + tail if seconds else 0) / 60
    size = int(degrees) + small / 60
    return round(-size if side.upper() in "SW" else size, 7)


def _metric(text: str) -> tuple[float, float] | None:
    """Return the position of metres in a zone of UTM; S can be a band and the south."""
    match = _UTM.fullmatch(text)
    if match is None or not 1 <= int(match[1]) <= 60 or match[2].upper() == "S":
        return None
    lon, lat = _utm(int(match[1])).transform(float(match[3]), float(match[4]))
    band = _BANDS[min(int((lat + 80) // 8), len(_BANDS) - 1)] if abs(lat) <= 84 else ""
    return (round(lat, 6), round(lon, 6)) if match[2].upper() in ("N", band) else None


@cache
def _utm(zone: int) -> Transformer:
    return Transformer.from_crs(32600 + zone, 4326, always_xy=True)


def _middle(grid: str) -> str:
    """Return the grid reference of the middle of a square, which by itself names its corner."""
    letters = grid.rstrip("0123456789")
    digits = grid[len(letters) :]
    half = len(digits) // 2
    return grid if len(digits) % 2 or half == 5 else f"{letters}{digits[:half]}5{digits[half:]}5"


@cache
def _has(name: str) -> bool:
    return find_spec(name) is not None
