"""GeoNames' country dumps: checked row by row and written as files of places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path

import shapely

from geoconflict.errors import GazetteerFileError, UnknownPlaceError
from geoconflict.files.archives import Watch
from geoconflict.files.embedded import embedded_path
from geoconflict.gazetteer.growing.alternatenames import Alternate, AlternateTable, alternate_names
from geoconflict.gazetteer.growing.features import FEATURES, adapted_names, full_title
from geoconflict.gazetteer.growing.geonames import (
    PRESENT,
    Row,
    is_member,
    key_of,
    present_title,
    read_row,
    settlement_names,
    settlement_precision_m,
)
from geoconflict.gazetteer.growing.textlines import Progress, read_lines, watched
from geoconflict.gazetteer.placefile import Name, PlaceFile, write_places
from geoconflict.gazetteer.places import Place
from geoconflict.measuring.borders import BORDER_ACCURACY_M, Borders
from geoconflict.measuring.nearest import LineIndex

COLUMNS = 19
# Above this share of rows that cannot be used the file itself is not trusted.
_BAD_SHARE = 0.01
_DEGREES = re.compile(r"-?[0-9]{1,3}\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A point this far inside Ukraine is in it, whatever the row says.
_INSIDE_M = BORDER_ACCURACY_M + 2000.0


@dataclass
class Survey:
    """What a dump holds, counted while it is read.

    ``ids`` are those of the rows that become places; ``set_aside`` counts rows that cannot be
    used, ``first`` says what was wrong with the first; ``newest`` is the last date on which a
    row was edited, empty where none is given.
    """

    path: Path
    country: str = ""
    rows: int = 0
    set_aside: int = 0
    first: str = ""
    newest: str = ""
    ids: set[int] = field(default_factory=set)

    @property
    def note(self) -> str:
        """Return in words how many rows were set aside, empty where none was."""
        if not self.set_aside:
            return ""
        return f"{self.set_aside:,} of {self.rows:,} rows set aside, the first: {self.first}"


def columns(path: Path) -> int:
    """Return how many tab-separated columns the first line of a text file or zip has.

    Raises
    ------
    GazetteerFileError
        The file cannot be read.
    """
    _, first = next(read_lines(path, member=is_member))
    return first.count("\t") + 1


def starts_with_place(path: Path) -> bool:
    """Return whether the first line of a table holds a position, and so is no header."""
    _, first = next(read_lines(path, member=is_member))
    return any(_DEGREES.fullmatch(cell.strip()) for cell in first.split("\t"))


def survey(path: Path, progress: Progress) -> Survey:
    """Return what a dump holds, with every row checked and nothing written.

    Parameters
    ----------
    path : Path
        A dump, as text or in a zip.
    progress : callable
        Told how far the file is read.

    Raises
    ------
    GazetteerFileError
        It is no dump, or more than 1 % of its rows cannot be used.
    """
    found = Survey(path)
    for row in _rows(found, watched("checking", path, progress)):
        if _DATE.fullmatch(row.modified):
            found.newest = max(found.newest, row.modified)
    if found.set_aside > _BAD_SHARE * found.rows:
        message = f"{path.name}: {found.note}"
        raise GazetteerFileError(message)
    if not found.ids:
        message = f"{path.name} holds no place, river or airfield: is it a whole country dump?"
        raise GazetteerFileError(message)
    return found


def write_dump(
    known: Survey,
    folder: Path,
    *,
    borders: Borders,
    alternates: AlternateTable | None,
    progress: Progress,
) -> Path:
    """Write the places of a dump as ``geonames-XX.sqlite`` and return its path.

    Parameters
    ----------
    known : Survey
        As ``survey`` returned it.
    folder : Path
        Where to write.
    borders : Borders
        Tell what lies in the country that is fought over.
    alternates : AlternateTable or None
        Names with their languages and years, where the user gave them.
    progress : callable
        Told how far the file is read.
    """
    target = folder / f"geonames-{known.country}.sqlite"
    info = {
        "title": f"GeoNames, all of {country_name(known.country)}",
        "source": "GeoNames",
        "licence": "CC BY 4.0",
        "retrieved": known.newest,
        "alternate names": "with languages and years" if alternates else "",
        "set aside": known.note,
    }
    rows = _rows(Survey(known.path), watched("writing", known.path, progress))
    units = _embedded().info
    places = (
        _record(
            row,
            _recognised(row, units, borders),
            alternates.of(row.geonameid) if alternates else (),
        )
        for row in rows
    )
    write_places(target, places, info=info)
    return target


def _rows(found: Survey, watch: Watch) -> Iterator[Row]:
    """Yield the rows that become places, and count in the survey what the file holds."""
    path = found.path
    for line, text in read_lines(path, member=is_member, watch=watch):
        cells = text.split("\t")
        if len(cells) != COLUMNS:
            message = f"{path.name}:{line}: found {len(cells)} columns, expected {COLUMNS}"
            raise GazetteerFileError(message)
        found.rows += 1
        try:
            row = _checked(read_row(cells), found)
        except GazetteerFileError as error:
            found.set_aside += 1
            found.first = found.first or f"{path.name}:{line}, {error}"
            continue
        if row.feature in FEATURES:
            found.ids.add(row.geonameid)
            yield row


def _checked(row: Row, found: Survey) -> Row:
    """Return a row that is of the country of the rows before it and not a second time there."""
    if row.country != found.country:
        expected = found.country or "an ISO 3166-1 code such as UA"
        if found.country or not country_name(row.country):
            message = f"column country: found {row.country[:20]!r}, expected {expected}"
            raise GazetteerFileError(message)
        found.country = row.country
    if row.geonameid in found.ids:
        message = f"column geonameid: found {row.geonameid} again, expected every id once"
        raise GazetteerFileError(message)
    return row


def _record(
    row: Row, whereabouts: tuple[str, str], alternates: Sequence[Alternate]
) -> tuple[Place, list[Name]]:
    """Return the place of a row, by its country and unit, and its names."""
    feature, (country, unit) = FEATURES[row.feature], whereabouts
    bare = _title(row, alternates)
    title, reach = full_title(bare, feature), feature.precision_m
    place = Place(
        id=f"geonames:{row.geonameid}",
        name=title,
        kind=feature.kind,
        country=country,
        admin1_code=unit,
        lon=row.lon,
        lat=row.lat,
        precision_m=settlement_precision_m(row.population) if reach is None else reach,
        population=row.population or None,
    )
    listed = {one.text for one in alternates}
    others = [name for name in row.others if name not in listed]
    names = chain(
        [Name(bare, PRESENT, "en")],
        alternate_names(row.name, row.country, alternates),
        settlement_names(row.name, row.country, others),
    )
    return place, list(adapted_names(title, feature, names))


def _title(row: Row, alternates: Sequence[Alternate]) -> str:
    """Return the name to show; a name that is said to be Ukrainian settles the spelling."""
    present = key_of(row.name)
    ukrainian = [
        one.text
        for one in sorted(alternates, key=lambda one: not one.preferred)
        if one.language == "uk" and not one.former and key_of(one.text) == present
    ]
    return present_title(row.name, row.country, ukrainian[:1] or row.others)


def _recognised(row: Row, units: Mapping[str, str], borders: Borders) -> tuple[str, str]:
    """Return country and ISO 3166-2 unit; what lies in the recognised home country is its own."""
    home, opponent = borders.theatre.sides
    point = (row.lon, row.lat)
    if row.country == opponent and shapely.contains_xy(borders.home, *point):
        distance_m = _outline(borders).nearest([point]).distance_m[0]
        if distance_m > _INSIDE_M:
            return home, borders.locate([point])[0]
    return row.country, units.get(f"gn:{row.country}.{row.admin1}", "")


@cache
def _outline(borders: Borders) -> LineIndex:
    return LineIndex(shapely.boundary(borders.home))


def country_name(code: str) -> str:
    """Return the name of a country or unit, empty where none has the code."""
    try:
        return _embedded().get(f"iso:{code}", {}).name
    except UnknownPlaceError:
        return ""


@cache
def _embedded() -> PlaceFile:
    return PlaceFile(embedded_path("settlements.sqlite"))
