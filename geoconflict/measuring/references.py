"""Names of what is measured from and to, such as ``border:UA`` or ``place:Ryazan``, as one type."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from geoconflict.errors import CoordinateError, UnknownReferenceError
from geoconflict.measuring.dates import parse_date_range

_COORDINATES = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*[,; ]\s*([-+]?\d+(?:\.\d+)?)")
_DECIMAL_COMMAS = re.compile(r"[-+]?\d+,\d+\s*[;, ]\s*[-+]?\d+,\d+")
_PREFIX = re.compile(r"[a-z][a-z0-9_-]*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_UNIT = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_PAIR = re.compile(r"[A-Z]{2}-[A-Z]{2}")


class Kind(StrEnum):
    """What a reference names; the value stands before its colon, but for records."""

    PLACE = "place"
    # A record of the gazetteer by its whole id, such as facility:ryazan-refinery.
    RECORD = "record"
    BORDER = "border"
    COUNTRY = "country"
    COAST = "coast"
    ADMIN1 = "admin1"
    FRONT = "front"
    POINT = "point"
    CLAIM = "claim"
    FIGURE = "figure"


_KINDS = tuple(kind for kind in Kind if kind is not Kind.RECORD)
# Some of what records of the gazetteer are called.
_RECORDS = ("facility", "village", "water", "geonames")
# Recorded values, which are computed with and not measured on the ground.
VALUES = frozenset((Kind.CLAIM, Kind.FIGURE))
_CODES = {
    Kind.BORDER: "border:UA, border:UA-RU or border:UA-14/UA-12",
    Kind.COUNTRY: "country:UA",
    Kind.COAST: "coast:UA",
    Kind.ADMIN1: "admin1:UA-14",
}


@dataclass(frozen=True)
class ReferenceName:
    """What a text names: its kind, and which one.

    Parameters
    ----------
    kind : Kind
        What stands before the colon; a bare name is a place, two numbers a point, and what is
        no other kind a record of the gazetteer.
    name : str
        What stands after it: ISO codes of countries and units in capitals, ``lat,lon`` of a
        point, ``source@day`` of a front, the whole id of a record, else as written. Empty only
        for "the front" or "the coast" of which nothing more is said.

    Examples
    --------
    >>> ReferenceName.parse("border:ua-ru")
    ReferenceName(kind=<Kind.BORDER: 'border'>, name='UA-RU')
    >>> str(ReferenceName.parse("54.63, 39.69")), str(ReferenceName.parse("Ryazan"))
    ('point:54.63,39.69', 'place:Ryazan')
    """

    kind: Kind
    name: str

    @classmethod
    def parse(cls, text: str) -> ReferenceName:
        """Return what a text names.

        Raises
        ------
        UnknownReferenceError
            What stands before the colon can be no kind, or what follows none of that kind.
        CoordinateError
            Coordinates that are not on Earth, or are written with decimal commas.
        """
        if _DECIMAL_COMMAS.fullmatch(text.strip()):
            message = f"{text!r} has decimal commas: write latitude, longitude as in 50.45, 30.52"
            raise CoordinateError(message)
        prefix, colon, name = (part.strip() for part in text.partition(":"))
        if not colon:
            return _bare(prefix)
        if not _PREFIX.fullmatch(prefix.casefold()):
            raise UnknownReferenceError(unknown_reference(text))
        is_kind = prefix.casefold() in _KINDS
        kind = Kind(prefix.casefold()) if is_kind else Kind.RECORD
        if kind in _CODES:
            name = name.upper().replace(" ", "")
        if kind is Kind.POINT and _COORDINATES.fullmatch(name):
            return _bare(name)
        found = cls(kind, name if is_kind or not name else f"{prefix}:{name}")
        found._require_name(text)
        return found

    def __str__(self) -> str:
        """Return it as it is written, such as ``border:UA``."""
        return self.name if self.kind is Kind.RECORD else f"{self.kind}:{self.name}"

    @property
    def codes(self) -> tuple[str, ...]:
        """ISO codes of a country or unit, or of the two that a border runs between."""
        if "/" in self.name:
            return tuple(self.name.split("/"))
        is_pair = self.kind is Kind.BORDER and _PAIR.fullmatch(self.name)
        return tuple(self.name.split("-")) if is_pair else (self.name,)

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the recorded claims that it names; several stand for their sum."""
        names = self.name.split("+") if self.kind is Kind.CLAIM else ()
        return tuple(name.strip() for name in names)

    @property
    def lonlat(self) -> tuple[float, float]:
        """Lon and lat of a point in degrees."""
        lat, lon = self.name.split(",")
        return float(lon), float(lat)

    @property
    def source(self) -> str | None:
        """Whose snapshots a front is of; None where it does not say."""
        return self.name.partition("@")[0].strip() or None

    @property
    def day(self) -> dt.date | None:
        """The day of a front; None where it does not say.

        Raises
        ------
        DateError
            What stands after the @ is no date.
        """
        day = self.name.partition("@")[2].strip()
        return parse_date_range(day).end if day else None

    def _require_name(self, text: str) -> None:
        if not self.name and self.kind not in (Kind.FRONT, Kind.COAST):
            message = f"{text!r} names nothing: write what it is after the colon"
            raise UnknownReferenceError(message)
        if self.kind is Kind.POINT:
            message = f"{text!r} is no position: write latitude, longitude as in 50.45, 30.52"
            raise CoordinateError(message)
        if self.kind not in _CODES or not self.name:
            return
        wanted: tuple[re.Pattern[str], ...] = (_UNIT,) if self.kind is Kind.ADMIN1 else (_COUNTRY,)
        if self.kind in (Kind.BORDER, Kind.COAST):
            wanted = (_COUNTRY, _UNIT)
        if not all(any(p.fullmatch(code) for p in wanted) for code in self.codes):
            message = f"{text!r} names no {self.kind}: write ISO codes, as in {_CODES[self.kind]}"
            raise UnknownReferenceError(message)


def kind_of(text: str | None) -> Kind | None:
    """Return the kind of a reference; None where there is none, or none that can be one."""
    try:
        return ReferenceName.parse(text).kind if text else None
    except (UnknownReferenceError, CoordinateError):
        return None


def claim_ids(text: str | None) -> tuple[str, ...]:
    """Return the ids of the claims that a reference names; of what is none, nothing.

    Examples
    --------
    >>> claim_ids("claim:august+september"), claim_ids("border:UA")
    (('august', 'september'), ())
    """
    return ReferenceName.parse(text).claims if text and kind_of(text) is Kind.CLAIM else ()


def place_names(text: str | None) -> list[str]:
    """Return the place name that a text is, as context for another; of what is none, nothing.

    Examples
    --------
    >>> place_names("place:Ryazan"), place_names("Kyiv"), place_names("border:UA")
    (['Ryazan'], ['Kyiv'], [])
    """
    return [ReferenceName.parse(text).name] if text and kind_of(text) is Kind.PLACE else []


def point_name(lon: float, lat: float) -> ReferenceName:
    """Return the name of a position in degrees, told to 0.1 m."""
    return ReferenceName(Kind.POINT, f"{_degrees(lat)},{_degrees(lon)}")


def _degrees(value: float) -> str:
    return f"{round(value, 6) + 0.0:.6f}".rstrip("0").rstrip(".")


def _bare(text: str) -> ReferenceName:
    coordinates = _COORDINATES.fullmatch(text)
    if not coordinates:
        return ReferenceName(Kind.PLACE, text)
    lat, lon = float(coordinates[1]), float(coordinates[2])
    if abs(lat) > 90.0:
        message = f"latitude {lat:g} is not on Earth: give latitude first, from -90 to 90"
        raise CoordinateError(message)
    if abs(lon) > 180.0:
        message = f"longitude {lon:g} is not on Earth: longitudes run from -180 to 180"
        raise CoordinateError(message)
    return point_name(lon, lat)


def unknown_reference(text: str) -> str:
    """Return in words that a text names nothing, and what a reference looks like."""
    kinds = (*_KINDS, *_RECORDS)
    near = get_close_matches(text.partition(":")[0].strip().casefold(), kinds, n=1)
    meant = f"did you mean {near[0]}:? " if near else ""
    known = ", ".join(f"{kind}:" for kind in kinds if kind not in VALUES)
    return f"there is no reference {text!r}; {meant}a reference starts with one of {known}"
