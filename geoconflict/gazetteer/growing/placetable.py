"""A user's own table of places: one row a place, checked and written as a file of places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from geoconflict.casebooks.records import Country, Day, Id, Lat, Lon, Metres, Number, Row, UnitCode
from geoconflict.casebooks.tables import Table, read_table, shown
from geoconflict.errors import Fault, PlaceTableError, UnknownPlaceError
from geoconflict.files.embedded import embedded_path
from geoconflict.gazetteer.growing.geonames import settlement_precision_m
from geoconflict.gazetteer.names import fold, romanise, script
from geoconflict.gazetteer.placefile import Name, PlaceFile, write_places
from geoconflict.gazetteer.places import Place
from geoconflict.measuring.borders import Borders

# Where the table gives none: as for dumps of GeoNames, and ten kilometres for a water.
_PRECISION_M = {"facility": 2000.0, "admin2": 40_000.0, "water": 10_000.0}
_NO_NAME = PydanticCustomError("expected", "a name in the column name or name_en")
_NO_SLUG = re.compile(r"[^a-z0-9]+")


class PlaceRow(Row):
    """One place of a user's own table.

    ``name`` or ``name_en`` is needed, and ``lon`` and ``lat`` in degrees. ``aliases`` are other
    names with ``|`` between. ``country`` is an ISO 3166-1 code, ``admin1`` an ISO 3166-2 code;
    left empty they follow from the position. ``precision_m`` is the radius in metres within
    which the point is right; ``retrieved`` the day on which the source was read.
    """

    id: Id | None = None
    name: str | None = None
    name_en: str | None = None
    name_uk: str | None = None
    name_ru: str | None = None
    aliases: str = ""
    kind: Literal["settlement", "facility", "admin2", "water"] = "settlement"
    lon: Lon
    lat: Lat
    country: Country | None = None
    admin1: UnitCode | None = None
    precision_m: Metres | None = None
    population: Annotated[Number, Field(ge=0, le=1e9)] | None = None
    source: str | None = None
    licence: str | None = None
    retrieved: Day | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not any(fold(name) for name in (self.name, self.name_en) if name):
            raise _NO_NAME
        return self

    @property
    def title(self) -> str:
        """The name to show: English, or the Ukrainian one romanised."""
        title = self.name_en or self.name or ""
        is_ukrainian = script(title) == "Cyrl" and self.country in (None, "UA")
        return romanise(title) if is_ukrainian else title


def write_table(path: Path, folder: Path) -> Path:
    """Write a table of places as ``user-NAME.sqlite`` and return its path.

    Parameters
    ----------
    path : Path
        A CSV file in UTF-8 with the columns of ``PlaceRow``.
    folder : Path
        Where to write.

    Raises
    ------
    PlaceTableError
        Something in it cannot be read; the message names every fault with file, line,
        column, value and what was expected.
    """
    table = read_table(path, PlaceRow)
    ids = _ids(table.rows)
    faults = [*table.faults, *_doubled(table, ids), *_misplaced(table)]
    if not table.rows and not faults:
        faults = [Fault(path.name, 1, "", "no row below the header", "a place in each row")]
    if faults:
        raise PlaceTableError(sorted(faults))
    rows = [row for _, row in table.rows]
    places = ((_place(row, ids[line]), list(_names(row))) for line, row in table.rows)
    target = folder / f"user-{_slug(path.stem) or 'places'}.sqlite"
    said = _said(rows, [ids[line] for line, _ in table.rows])
    newest = max((f"{row.retrieved}" for row in rows if row.retrieved), default="")
    write_places(target, places, info={"title": path.name, "retrieved": newest} | said)
    return target


def _said(rows: Sequence[PlaceRow], ids: Sequence[str]) -> dict[str, str]:
    """Return source and licence of the table, and of the rows that say another one."""
    said = {}
    for what, unsaid in (("source", "own table"), ("licence", "not stated")):
        values = [getattr(row, what) or unsaid for row in rows]
        said[what] = Counter(values).most_common(1)[0][0]
        own = {f"{what}:{i}": v for i, v in zip(ids, values, strict=True) if v != said[what]}
        said |= own
    return said


def _ids(rows: Sequence[tuple[int, PlaceRow]]) -> dict[int, str]:
    """Return the id of each line: as given, or made of the name, and the point of namesakes."""
    slugs = {line: row.id or _slug(romanise(row.title)) for line, row in rows}
    times = Counter(slugs.values())
    return {
        line: f"user:{slugs[line]}"
        if row.id or (times[slugs[line]] == 1 and slugs[line])
        else f"user:{slugs[line]}-{row.lat:.3f}-{row.lon:.3f}".replace("--", "-")
        for line, row in rows
    }


def _slug(text: str) -> str:
    return _NO_SLUG.sub("-", fold(text)).strip("-")


def _place(row: PlaceRow, place_id: str) -> Place:
    country, unit = _where(row)
    people = int(row.population or 0)
    usual_m = _PRECISION_M.get(row.kind, settlement_precision_m(people))
    return Place(
        id=place_id,
        name=row.title,
        kind=row.kind,
        country=country,
        admin1_code=unit,
        lon=row.lon,
        lat=row.lat,
        precision_m=usual_m if row.precision_m is None else row.precision_m,
        population=people or None,
    )


def _where(row: PlaceRow) -> tuple[str, str]:
    """Return country and unit: as given, else those that the point lies in."""
    unit = row.admin1 or Borders.default().locate([(row.lon, row.lat)])[0]
    if row.country is None:
        return unit.partition("-")[0], unit
    return row.country, unit if unit.startswith(f"{row.country}-") else ""


def _names(row: PlaceRow) -> Iterator[Name]:
    yield Name(row.title, 0, "en")
    for language, name in (("en", row.name_en), ("uk", row.name_uk), ("ru", row.name_ru)):
        if name:
            yield Name(name, 0, language)
    for name in filter(None, map(str.strip, (row.name or "", *row.aliases.split("|")))):
        yield Name(name, 0, script(name))


def _doubled(table: Table[PlaceRow], ids: Mapping[int, str]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for line, _ in table.rows:
        other = first.setdefault(ids[line], line)
        if other != line:
            expected = f"an id of its own (line {other} has it too)"
            yield Fault(table.file, line, "id", shown(ids[line].partition(":")[2]), expected)


def _misplaced(table: Table[PlaceRow]) -> Iterator[Fault]:
    """Yield a fault for each point that is not in the unit or country of its row."""
    for line, row in table.rows:
        column, area = ("admin1", row.admin1) if row.admin1 else ("country", row.country)
        if area is None:
            continue
        if row.country and row.admin1 and not row.admin1.startswith(f"{row.country}-"):
            yield Fault(table.file, line, "admin1", shown(row.admin1), f"a unit of {row.country}")
        elif not _is_known(area):
            yield Fault(table.file, line, column, shown(area), "the code of a country or its unit")
        elif not Borders.default().reaches(area, row.lon, row.lat, row.precision_m or 0.0):
            is_swapped = Borders.default().reaches(area, row.lat, row.lon, 0.0)
            hint = "; lon and lat look swapped" if is_swapped else ""
            found = f"lon {row.lon:g}, lat {row.lat:g}"
            yield Fault(table.file, line, "lon", found, f"a position in {area}{hint}")


def _is_known(code: str) -> bool:
    """Return whether a country or a unit has this code."""
    try:
        return bool(_embedded().get(f"iso:{code}", {}))
    except UnknownPlaceError:
        return False


@cache
def _embedded() -> PlaceFile:
    return PlaceFile(embedded_path("settlements.sqlite"))
