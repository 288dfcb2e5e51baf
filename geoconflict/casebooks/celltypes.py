"""What a cell of a casebook may hold: ids, days, numbers, words on a list, codes and links.

A name where a code is asked is answered with the code that it stands for.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from geoconflict.errors import DateError, QuantityError
from geoconflict.files.embedded import embedded_path
from geoconflict.files.sheets import own_rows
from geoconflict.measuring.dates import parse_date_range
from geoconflict.measuring.quantities import DIRECTIONS, find_hedge
from geoconflict.measuring.units import MISSPELLED

_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")
_ACTOR = re.compile(r"[A-Z]{2}|unknown")
_COUNTRY = re.compile(r"[A-Z]{2}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_A_UNIT = "an ISO 3166-2 code such as UA-14"
_UNIT_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_UNITS, _COUNTRIES = "admin1_names.csv", "countries.csv"
# A name is misspelt, and no other name, where so much of it is alike.
_ALIKE = 0.84


def expected(text: str) -> PydanticCustomError:
    """Return the error of a cell that is none of what is expected."""
    return PydanticCustomError("expected", "{text}", {"text": text})


def is_id(text: str) -> bool:
    """Return whether a text is an id."""
    return _ID.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Return whether a text is a number without separators and units."""
    return _NUMBER.fullmatch(text) is not None


def is_url(text: str) -> bool:
    """Return whether a text is a link with its scheme."""
    return text.lower().startswith(("http://", "https://"))


def _id(value: str) -> str:
    if not is_id(value):
        raise expected("an id of small letters, digits, dots, hyphens and underscores")
    return value


def _date(value: object) -> object:
    if isinstance(value, str):
        try:
            if _DATE.fullmatch(value):
                return dt.date.fromisoformat(value)
        except ValueError as error:
            raise expected("a day that exists, such as 2025-01-24") from error
        raise expected("a date such as 2025-01-24")
    return value


def _period(value: str) -> str:
    try:
        parse_date_range(value)
    except DateError as error:
        raise expected("a date, month, year or two dates with / between") from error
    return value


def _number(value: object) -> object:
    if isinstance(value, str) and not is_number(value):
        raise expected("a number such as 1200 or 46.3, without separators or units")
    if isinstance(value, float) and not math.isfinite(value):
        raise expected("a finite number")
    return value


def _hedge(value: str) -> str:
    try:
        find_hedge(value)
    except QuantityError as error:
        raise expected(str(error).partition("expected ")[2]) from error
    return value


def _unit(value: str) -> str:
    for part in value.split("/"):
        if part in MISSPELLED:
            raise expected(f"{MISSPELLED[part]} for {part}")
    return value


def _direction(value: str) -> str:
    if value not in DIRECTIONS:
        raise expected(f"one of {', '.join(DIRECTIONS)}")
    return value


def _url(value: str) -> str:
    if not is_url(value):
        raise expected("a link that starts with http:// or https://")
    return value


def is_object(text: str) -> bool:
    """Return whether a text is an object of JSON."""
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _extra(value: str) -> str:
    if not is_object(value):
        raise expected('a JSON object such as {"fatalities": "2"}')
    return value


def _matching(
    pattern: re.Pattern[str], what: str, meant: Callable[[str], str | None] = lambda _: None
) -> AfterValidator:
    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            near = meant(value)
            raise expected(f"{what}: did you mean {near}?" if near else what)
        return value

    return AfterValidator(check)


def unit_meant(name: str) -> str | None:
    """Return the ISO 3166-2 code and the title of the first-level unit that a name stands for.

    Parameters
    ----------
    name : str
        In English, Ukrainian or Russian, or misspelt by a letter or two.

    Returns
    -------
    str or None
        None where no unit is called so.

    Examples
    --------
    >>> unit_meant("Tambov Oblast"), unit_meant("Харківська область"), unit_meant("Atlantis")
    ('RU-TAM (Tambov Oblast)', 'UA-63 (Kharkiv Oblast)', None)
    """
    return _meant(name, _unit_names())


def country_meant(name: str) -> str | None:
    """Return the ISO 3166-1 code and the name of the country that a name stands for.

    Examples
    --------
    >>> country_meant("Russia"), country_meant("Ukrain"), country_meant("Atlantis")
    ('RU (Russia)', 'UA (Ukraine)', None)
    """
    return _meant(name, _country_names())


def _meant(name: str, known: Mapping[str, str]) -> str | None:
    wanted = name.strip().casefold()
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, known, n=1, cutoff=_ALIKE)
    return known[near[0]] if near else None


@cache
def _unit_names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    read = own_rows(embedded_path(_UNITS))
    rows = [(row, f"{row['iso_3166_2']} ({row['title_en']})") for row in read]
    for row, told in rows:
        titles = [row["title_en"], row["title_uk"], row["title_ru"], row["iso_3166_2"]]
        for name in [*titles, row["title_en"].replace("Oblast", "Region")]:
            found.setdefault(name.casefold(), told)
    # "Moscow" is the city before it is the oblast.
    for row, told in rows:
        for name in (row["name_en"], *row["aliases"].split(" | ")):
            found.setdefault(name.casefold(), told)
    return found


@cache
def _country_names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in own_rows(embedded_path(_COUNTRIES)):
        told = f"{row['iso2']} ({row['name_en']})"
        names = [row["iso2"], row["name_en"], row["name_uk"], row["name_ru"]]
        for name in filter(None, (*names, *row["aliases"].split(" | "))):
            found.setdefault(name.casefold(), told)
    return found


Id = Annotated[str, AfterValidator(_id)]
Day = Annotated[dt.date, BeforeValidator(_date)]
Period = Annotated[str, AfterValidator(_period)]
Number = Annotated[float, BeforeValidator(_number), Field(ge=0, le=1e15)]
Direction = Annotated[str, AfterValidator(_direction)]
Hedge = Annotated[str, AfterValidator(_hedge)]
Unit = Annotated[str, AfterValidator(_unit)]
Url = Annotated[str, AfterValidator(_url)]
Extra = Annotated[str, AfterValidator(_extra)]
Country = Annotated[str, _matching(_COUNTRY, "an ISO 3166-1 code such as UA", country_meant)]
UnitCode = Annotated[str, _matching(_UNIT_CODE, _A_UNIT, unit_meant)]
Lon = Annotated[float, BeforeValidator(_number), Field(ge=-180, le=180)]
Lat = Annotated[float, BeforeValidator(_number), Field(ge=-90, le=90)]
Metres = Annotated[float, BeforeValidator(_number), Field(ge=0)]
Count = Annotated[int, BeforeValidator(_number), Field(ge=0)]
Actor = Annotated[
    str, _matching(_ACTOR, "the ISO 3166-1 code of a side, or unknown", country_meant)
]
LanguageCode = Annotated[str, _matching(_LANGUAGE, "an ISO 639-1 code such as uk")]
