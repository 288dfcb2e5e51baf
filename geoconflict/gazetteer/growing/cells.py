"""The cells of any table that people have: CSV, spreadsheets and files of geometries."""

from __future__ import annotations

import csv
import io
import math
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geoconflict.errors import Fault, PlaceTableError
from geoconflict.files.reading import long_cells, reading
from geoconflict.files.sheets import plain_cell
from geoconflict.measuring.geodesy import inverse

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

TEXTS = frozenset((".csv", ".tsv"))
SPREADSHEETS = frozenset((".xlsx", ".ods"))
VECTORS = frozenset((".gpkg", ".geojson", ".json", ".shp", ".fgb", ".kml", ".gpx"))
SUFFIXES = TEXTS | SPREADSHEETS | VECTORS
_SEPARATORS = ",;\t|"
_TABLE = "a table with a name and a position in each row"


@dataclass(frozen=True)
class Cells:
    """A table as it is: the columns of its header, and its rows with the lines they start in.

    Cells are texts by column; an empty one is not there. Columns of geometries are ``lon``,
    ``lat`` in degrees and, where they are no points, ``precision_m``.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    faults: tuple[Fault, ...] = ()


def read_cells(path: Path) -> Cells:
    """Return the cells of a table.

    Parameters
    ----------
    path : Path
        CSV in UTF-8 with any separator, a spreadsheet, or a file of points and areas, whose
        first layer that holds rows is read. Told apart by the ending of the name.

    Raises
    ------
    PlaceTableError
        It cannot be read, or is in a projection that it does not say.
    """
    return _text(path) if path.suffix.lower() in TEXTS else _layers(path)


def _text(path: Path) -> Cells:
    with reading(path.name, expected="a UTF-8 file", raises=PlaceTableError):
        text = path.read_bytes().decode("utf-8-sig")
    separator = max(_SEPARATORS, key=lambda mark: (text.partition("\n")[0].count(mark), mark))
    # Only \n and \r end a line of CSV; splitlines would break at other marks within a cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    header = next(reader, [])
    if not any(header):
        raise _fault(path, "an empty file", _TABLE, line=1)
    columns = tuple(name.strip() for name in header)
    doubled = next((name for name in columns if name and columns.count(name) > 1), None)
    if doubled:
        raise _fault(path, "the column twice", "every column once", line=1, column=doubled)
    rows, faults = [], []
    for line, cells in _lines(path, reader):
        pairs = zip(columns, map(_unguarded, cells), strict=False)
        values = {name: cell for name, cell in pairs if cell and name}
        if len(cells) != len(columns):
            expected = f"{len(columns)} fields, one for each column"
            faults.append(Fault(path.name, line, "", f"{len(cells)} fields", expected))
        elif values and separator != ",":
            rows.append((line, {name: _with_point(cell) for name, cell in values.items()}))
        elif values:
            rows.append((line, values))
    return Cells(path.name, columns, tuple(rows), tuple(faults))


def _lines(
    path: Path,
    reader: Any,  # noqa: ANN401 - the csv module names no type for its readers
) -> Iterator[tuple[int, list[str]]]:
    start = reader.line_num + 1
    try:
        with long_cells():
            for cells in reader:
                if cells:
                    yield start, cells
                start = reader.line_num + 1
    except csv.Error as error:
        found, expected = f"a broken row ({error})", "complete CSV rows"
        raise _fault(path, found, expected, line=start) from error


def _unguarded(cell: str) -> str:
    return plain_cell(cell.strip())


def _with_point(cell: str) -> str:
    """Return a cell whose decimal comma, as in 37,5, is a point."""
    whole, comma, rest = cell.partition(",")
    is_decimal = comma and whole.removeprefix("-").isdecimal() and rest.isdecimal()
    return f"{whole}.{rest}" if is_decimal else cell


def _layers(path: Path) -> Cells:
    import pyogrio

    options = {"HEADERS": "FORCE"} if path.suffix.lower() in SPREADSHEETS else {}
    path.stat()  # so that a file that is not there is said as everywhere
    with reading(path.name, expected=_TABLE, raises=PlaceTableError):
        for layer, _ in pyogrio.list_layers(path):
            frame = _frame(path, str(layer), options)
            if len(frame):
                return Cells(path.name, _columns(frame), tuple(_rows(path, frame)))
    raise _fault(path, "no row", _TABLE)


def _frame(path: Path, layer: str, options: Mapping[str, str]) -> pd.DataFrame | gpd.GeoDataFrame:
    import pyogrio

    with warnings.catch_warnings():
        # GDAL tells of fields that it writes otherwise, which is no concern of a reader.
        warnings.simplefilter("ignore", RuntimeWarning)
        frame = pyogrio.read_dataframe(path, layer=layer, **options)
    if getattr(frame, "crs", None) is not None:
        return frame.to_crs(4326)
    return frame


def _columns(frame: pd.DataFrame | gpd.GeoDataFrame) -> tuple[str, ...]:
    given = [str(name) for name in frame.columns if name != "geometry"]
    places = ("lon", "lat", "precision_m") if "geometry" in frame.columns else ()
    return tuple(dict.fromkeys((*given, *places)))


def _rows(
    path: Path, frame: pd.DataFrame | gpd.GeoDataFrame
) -> Iterator[tuple[int, dict[str, str]]]:
    has_header = path.suffix.lower() in SPREADSHEETS
    for number, record in enumerate(frame.to_dict("records"), start=2 if has_header else 1):
        shape = record.pop("geometry", None)
        values = {str(name): _cell(value) for name, value in record.items()}
        held = {name: cell for name, cell in values.items() if cell}
        if held:
            yield number, held | _position(path, number, shape)


def _cell(value: object) -> str:
    """Return a value as CSV would have it; what is missing is an empty text."""
    if value is None or value != value:  # noqa: PLR0124 - NaN and NaT differ from themselves
        return ""
    is_whole = isinstance(value, float) and value.is_integer()
    return f"{value:.0f}" if is_whole else str(value).strip()


def _position(path: Path, line: int, shape: BaseGeometry | None) -> dict[str, str]:
    """Return the cells of a geometry: a point in it, and how far the rest is from there."""
    if shape is None or shape.is_empty:
        return {}
    point = shape if shape.geom_type == "Point" else shape.representative_point()
    lon, lat = float(shapely.get_x(point)), float(shapely.get_y(point))
    if not (abs(lon) <= 180.0 and abs(lat) <= 90.0):
        found = f"coordinates {lon:g}, {lat:g} and no projection"
        raise _fault(path, found, "degrees, or a file that says its projection", line=line)
    cells = {"lon": repr(lon), "lat": repr(lat)}
    if shape.geom_type != "Point":
        cells["precision_m"] = f"{math.ceil(_reach_m(shape, lon, lat))}"
    return cells


def _reach_m(shape: BaseGeometry, lon: float, lat: float) -> float:
    west, south, east, north = shape.bounds
    corners = [(x, y) for x in (west, east) for y in (south, north)]
    return float(inverse((lon, lat), corners).distance_m.max())


def _fault(
    path: Path, found: str, expected: str, *, line: int = 0, column: str = ""
) -> PlaceTableError:
    return PlaceTableError([Fault(path.name, line, column, found, expected)])
