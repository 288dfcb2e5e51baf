"""A user's own table of places: one row a place, checked and written as a file of places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from geoconflict.casebooks.celltypes import Country, Day, Lat, Lon, Metres, Number, UnitCode
from geoconflict.casebooks.records import Row
from geoconflict.casebooks.tables import Table, check_rows, shown
from geoconflict.errors import Fault, PlaceTableError
from geoconflict.gazetteer.growing.cells import Cells, read_cells
from geoconflict.gazetteer.growing.country import country_name
from geoconflict.gazetteer.growing.geonames import settlement_precision_m
from geoconflict.gazetteer.names import fold, romanise, script
from geoconflict.gazetteer.placefile import Name, write_places
from geoconflict.gazetteer.places import Place
from geoconflict.lexicon import all_forms
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.references import Kind

# Where the table gives none: as for dumps of GeoNames, and ten kilometres for a water.
_PRECISION_M = {"facility": 2000.0, "admin2": 40_000.0, "water": 10_000.0}
_NO_NAME = PydanticCustomError("expected", "a name in the column name or name_en")
_NO_ID = PydanticCustomError(
    "expected", "an id of letters, digits and . _ - + / with : between its parts"
)
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_OWN_ID = re.compile(r"[\w.+/-]+(:[\w.+/-]+)*")
# What an id may not start with, for it means something else in a casebook or the package.
_TAKEN = frozenset((*Kind, "iso", "facility", "village", "airport", "user"))
# What else the columns are called in tables that people have, in small letters and with _.
_CALLED = {
    "id": ("osm_id", "wof_id", "geonameid", "geoname_id", "uid", "fid"),
    "aliases": ("alternate_names", "alternatenames", "alt_name", "alt_names", "other_names"),
    "precision_m": ("accuracy_m", "radius_m"),
}
# Under what the lexicon has such names.
_COLUMNS = {"name": "place_name", "lon": "lon", "lat": "lat", "population": "population"}
# Above this share of rows that cannot be used the table itself is not trusted.
_BAD_SHARE = 0.01
_FEW_COLUMNS = 8


def _own_id(value: str) -> str:
    if not _OWN_ID.fullmatch(value):
        raise _NO_ID
    return value


class PlaceRow(Row):
    """One place of a user's own table.

    ``name`` or ``name_en`` is needed, and ``lon`` and ``lat`` in degrees. ``aliases`` are other
    names with ``|`` between. ``country`` is an ISO 3166-1 code, ``admin1`` an ISO 3166-2 code;
    left empty they follow from the position. ``precision_m`` is the radius in metres within
    which the point is right; ``retrieved`` the day on which the source was read.
    """

    id: Annotated[str, AfterValidator(_own_id)] | None = None
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

    def fits_together(self) -> None:
        """Refuse a place without a name."""
        if not any(fold(name) for name in (self.name, self.name_en) if name):
            raise _NO_NAME

    @property
    def title(self) -> str:
        """The name to show: English, or the Ukrainian one romanised."""
        title = self.name_en or self.name or ""
        is_ukrainian = script(title) == "Cyrl" and self.country in (None, "UA")
        return romanise(title) if is_ukrainian else title


def write_table(path: Path, folder: Path, *, borders: Borders) -> Path:
    """Write a table of places as ``user-NAME.sqlite`` and return its path.

    Parameters
    ----------
    path : Path
        A table with the columns of ``PlaceRow``, or what people call them; columns that are no
        such are not used, and up to 1 % of the rows set aside, which ``set aside`` of the file
        tells.
    folder : Path
        Where to write.
    borders : Borders
        Tell the unit of each place, and whether it can be where its row says.

    Raises
    ------
    PlaceTableError
        Something in it cannot be read; the message names every fault with file, line,
        column, value and what was expected.
    """
    cells = read_cells(path)
    called = _columns(cells)
    table = check_rows(cells.file, _fitted(cells, called), PlaceRow)
    ids = _ids(table.rows)
    found = (*_doubled(table, ids), *_misplaced(table, borders))
    faults = sorted((*cells.faults, *table.faults, *found))
    if not table.rows and not faults:
        faults = [Fault(path.name, 1, "", "no row below the header", "a place in each row")]
    if len(faults) > _BAD_SHARE * len(cells.rows):
        raise PlaceTableError(faults)
    bad = {fault.line for fault in faults}
    kept = {ids[line]: row for line, row in table.rows if line not in bad}
    # Two files called alike but for their ending are two tables.
    called_so = path.stem if path.suffix.lower() == ".csv" else path.name
    target = folder / f"user-{_slug(called_so) or 'places'}.sqlite"
    newest = max((f"{row.retrieved}" for row in kept.values() if row.retrieved), default="")
    info = {"title": path.name, "retrieved": newest, "set aside": _note(cells, called, faults)}
    units = _located(kept, borders)
    places = ((_place(row, i, units[i]), list(_names(row))) for i, row in kept.items())
    write_places(target, places, info=info | _said(list(kept.values()), list(kept)))
    return target


def _columns(cells: Cells) -> dict[str, str]:
    """Return the columns of a table that are used, by what they are called here.

    Raises
    ------
    PlaceTableError
        There is none for the name, or for the position.
    """
    given = {re.sub(r"[^\w]+", "_", name.casefold()): name for name in reversed(cells.columns)}
    known = {
        field: given[name]
        for field in PlaceRow.model_fields
        for name in reversed((field, *_CALLED.get(field, ()), *_named(field)))
        if name in given
    }
    missing = [name for name in ("lon", "lat") if name not in known]
    missing += [] if {"name", "name_en"} & known.keys() else ["name"]
    if missing:
        expected = f"a table with the columns {', '.join(PlaceRow.model_fields)}"
        found = "no such column"
        raise PlaceTableError([Fault(cells.file, 1, name, found, expected) for name in missing])
    return known


def _named(field: str) -> Iterator[str]:
    """Yield what a column is called in the languages of tables, as names are compared."""
    forms = all_forms("columns", _COLUMNS[field]) if field in _COLUMNS else ()
    yield from (form.replace(" ", "_") for form in forms if "*" not in form)


def _fitted(cells: Cells, called: Mapping[str, str]) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield each row with the columns that are used, by what they are called here."""
    for line, values in cells.rows:
        yield line, {to: values[name] for to, name in called.items() if name in values}


def _note(cells: Cells, called: Mapping[str, str], faults: Sequence[Fault]) -> str:
    """Return what of a table is not used, in words; empty where all is."""
    said = []
    if faults:
        number = len({fault.line for fault in faults})
        said.append(f"{number:,} of {len(cells.rows):,} rows set aside, the first: {faults[0]}")
    unused = [name for name in cells.columns if name and name not in called.values()]
    if unused:
        more = f" and {len(unused) - _FEW_COLUMNS} more" if len(unused) > _FEW_COLUMNS else ""
        said.append(f"columns not used: {', '.join(unused[:_FEW_COLUMNS])}{more}")
    return "; ".join(said)


def _said(rows: Sequence[PlaceRow], ids: Sequence[str]) -> dict[str, str]:
    """Return source and licence of the table, and of the rows that say another one."""
    said = {}
    for what, unsaid in (("source", "own table"), ("licence", "not stated")):
        values = [getattr(row, what) or unsaid for row in rows]
        said[what] = Counter(values).most_common(1)[0][0]
        own = {f"{what}:{i}": v for i, v in zip(ids, values, strict=True) if v != said[what]}
        said |= own
    return said


def _ids(rows: Iterable[tuple[int, PlaceRow]]) -> dict[int, str]:
    """Return the id of each line: as given, or made of the name, and the point of namesakes.

    An id with a prefix of its own, such as ``wof:101752471``, is kept as it is.
    """
    slugs = {line: row.id or _slug(romanise(row.title)) for line, row in rows}
    times = Counter(slugs.values())
    return {line: _id_of(row, slugs[line], times[slugs[line]]) for line, row in rows}


def _id_of(row: PlaceRow, slug: str, times: int) -> str:
    if row.id and ":" in row.id and row.id.partition(":")[0].casefold() not in _TAKEN:
        return row.id
    if row.id or (times == 1 and slug):
        return f"user:{slug}"
    return f"user:{slug}-{row.lat:.3f}-{row.lon:.3f}".replace("--", "-")


def _slug(text: str) -> str:
    return _NO_SLUG.sub("-", fold(text)).strip("-")


def _located(rows: Mapping[str, PlaceRow], borders: Borders) -> dict[str, str]:
    """Return the unit of each place, by its id: as given, else the one that its point lies in."""
    open_ = [place_id for place_id, row in rows.items() if not row.admin1]
    points = [(rows[place_id].lon, rows[place_id].lat) for place_id in open_]
    found = dict(zip(open_, borders.locate(points), strict=True)) if points else {}
    return {place_id: row.admin1 or found[place_id] for place_id, row in rows.items()}


def _place(row: PlaceRow, place_id: str, unit: str) -> Place:
    country = row.country or unit.partition("-")[0]
    people = int(row.population or 0)
    usual_m = _PRECISION_M.get(row.kind, settlement_precision_m(people))
    return Place(
        id=place_id,
        name=row.title,
        kind=row.kind,
        country=country,
        admin1_code=unit if unit.startswith(f"{country}-") else "",
        lon=row.lon,
        lat=row.lat,
        precision_m=usual_m if row.precision_m is None else row.precision_m,
        population=people or None,
    )


def _names(row: PlaceRow) -> Iterator[Name]:
    yield Name(row.title, 0, "en")
    if row.name_en:
        yield Name(row.name_en, 0, "en")
    for language, name in (("uk", row.name_uk), ("ru", row.name_ru)):
        # In many tables these columns hold romanised names.
        if name:
            yield Name(name, 0, language if script(name) == "Cyrl" else script(name))
    for name in filter(None, map(str.strip, (row.name or "", *row.aliases.split("|")))):
        yield Name(name, 0, script(name))


def _doubled(table: Table[PlaceRow], ids: Mapping[int, str]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for line, row in table.rows:
        other = first.setdefault(ids[line], line)
        if other != line and row.id:
            expected = f"an id of its own (line {other} has it too)"
            yield Fault(table.file, line, "id", shown(ids[line].partition(":")[2]), expected)


def _misplaced(table: Table[PlaceRow], borders: Borders) -> Iterator[Fault]:
    """Yield a fault for each point that is not in the unit or country of its row."""
    for line, row in table.rows:
        column, area = ("admin1", row.admin1) if row.admin1 else ("country", row.country)
        if area is None:
            continue
        if row.country and row.admin1 and not row.admin1.startswith(f"{row.country}-"):
            yield Fault(table.file, line, "admin1", shown(row.admin1), f"a unit of {row.country}")
        elif not country_name(area):
            yield Fault(table.file, line, column, shown(area), "the code of a country or its unit")
        elif not borders.reaches(area, row.lon, row.lat, row.precision_m or 0.0):
            is_swapped = borders.reaches(area, row.lat, row.lon, 0.0)
            hint = "; lon and lat look swapped" if is_swapped else ""
            found = f"lon {row.lon:g}, lat {row.lat:g}"
            yield Fault(table.file, line, "lon", found, f"a position in {area}{hint}")
