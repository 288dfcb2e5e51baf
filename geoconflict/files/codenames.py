"""Which ISO code a name stands for, for whoever writes a name where a code is asked."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from geoconflict.files.embedded import embedded_path
from geoconflict.files.sheets import own_rows

_UNITS, _COUNTRIES = "admin1_names.csv", "countries.csv"
# A name is misspelt, and no other name, where so much of it is alike.
_ALIKE = 0.84


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
    return _meant(name, _units())


def country_meant(name: str) -> str | None:
    """Return the ISO 3166-1 code and the name of the country that a name stands for.

    Examples
    --------
    >>> country_meant("Russia"), country_meant("Ukrain"), country_meant("Atlantis")
    ('RU (Russia)', 'UA (Ukraine)', None)
    """
    return _meant(name, _countries())


def _meant(name: str, known: Mapping[str, str]) -> str | None:
    wanted = name.strip().casefold()
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, known, n=1, cutoff=_ALIKE)
    return known[near[0]] if near else None


@cache
def _units() -> Mapping[str, str]:
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
def _countries() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in own_rows(embedded_path(_COUNTRIES)):
        told = f"{row['iso2']} ({row['name_en']})"
        names = [row["iso2"], row["name_en"], row["name_uk"], row["name_ru"]]
        for name in filter(None, (*names, *row["aliases"].split(" | "))):
            found.setdefault(name.casefold(), told)
    return found
