"""Points of GeoPackages, shapefiles and GPX as rows, in whatever projection these say they are."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import ImportFileError
from geoconflict.importers.rawrows import RawRow, RawTable, cell_text
from geoconflict.importers.texts import single_byte

VECTORS = (".gpkg", ".shp", ".gpx", ".fgb", ".sqlite")
SIDECARS = (".dbf", ".shx", ".prj", ".cpg")
_LANGUAGE_BYTE = 29
_TEXT = "ISO-8859-1"


def read_layers(path: Path, *, file: str) -> RawTable:
    """Return the first layer with points of a file; the others are told of.

    Raises
    ------
    ImportFileError
        No layer has points or rows, or one says no projection and is not in degrees.
    """
    layers = [(str(name), kind) for name, kind in pyogrio.list_layers(path)]
    sizes = {name: pyogrio.read_info(path, layer=name)["features"] for name, _ in layers}
    held = [(name, kind) for name, kind in layers if sizes[name]]
    if not held:
        message = f"{file}: found no layer with rows, expected points"
        raise ImportFileError(message)
    pointed = [name for name, kind in held if kind and "Point" in kind] or [n for n, k in held if k]
    chosen = (pointed or [held[0][0]])[0]
    remarks = [
        f"the layer {name!r} with {sizes[name]:,} rows is not read"
        for name, _ in held
        if name != chosen
    ]
    return _table(path, file, chosen, remarks)


def read_packed_layers(parts: Mapping[str, bytes], chosen: str, *, file: str) -> RawTable:
    """Return the same of a file that came in an archive, with what belongs to it."""
    stem = PurePosixPath(chosen)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in parts.items():
            # Only the last part of a name is used, so that no path leads out of the folder.
            if PurePosixPath(name).stem == stem.stem and PurePosixPath(name).parent == stem.parent:
                (Path(folder) / PurePosixPath(name).name).write_bytes(content)
        return read_layers(Path(folder) / stem.name, file=file)


def _table(path: Path, file: str, layer: str, remarks: list[str]) -> RawTable:
    unsaid = _lacks_code_page(path)
    encoding = {"encoding": _TEXT} if unsaid else {}
    meta, _, wkb, columns = pyogrio.raw.read(
        path, layer=layer, force_2d=True, datetime_as_string=True, **encoding
    )
    names = [str(name) for name in meta["fields"]]
    cells = [[_text(value) for value in column] for column in columns]
    if unsaid:
        (names, *cells), said = _redecoded([names, *cells])
        remarks.append(said)
    count = len(wkb) if wkb is not None else len(cells[0])
    points = _points(wkb, meta["crs"], file) if wkb is not None else [{}] * count
    own = {name.lower(): name for name in names}
    rows = []
    for number in range(count):
        row = {name: cell_text(column[number]) for name, column in zip(own, cells, strict=True)}
        for name, text in points[number].items():
            row[f"geometry {name}" if name in own else name] = text
        rows.append(RawRow(file, number + 1, {k: v for k, v in row.items() if v}, own))
    found = tuple(dict.fromkeys([*own, *(name for row in rows for name in row.values)]))
    remarks.append("rows are counted, not lines")
    return RawTable(file, found, tuple(remarks), tuple(rows))


def _text(value: Any) -> str:  # noqa: ANN401 - a cell of any column
    """Return a cell as text: whole numbers without a point, nothing for what is missing."""
    if value is None:
        return ""
    if not isinstance(value, float | np.floating):
        return str(value)
    number = float(value)
    if np.isnan(number):
        return ""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _lacks_code_page(path: Path) -> bool:
    """Return whether a shapefile does not say which letters its bytes are."""
    table = next(
        (p for p in path.parent.glob(f"{path.stem}.*") if p.suffix.lower() == ".dbf"), None
    )
    if path.suffix.lower() != ".shp" or table is None:
        return False
    pages = [p for p in path.parent.glob(f"{path.stem}.*") if p.suffix.lower() == ".cpg"]
    with table.open("rb") as stream:
        head = stream.read(_LANGUAGE_BYTE + 1)
    return not pages and head[_LANGUAGE_BYTE : _LANGUAGE_BYTE + 1] == b"\x00"


def _redecoded(cells: Sequence[Sequence[str]]) -> tuple[list[list[str]], str]:
    """Return cells read byte by byte in the encoding that their bytes show."""
    content = "\n".join(text for column in cells for text in column).encode(_TEXT, "replace")
    try:
        content.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = single_byte(partial(io.BytesIO, content))
    made = [
        [text.encode(_TEXT, "replace").decode(encoding, "replace") for text in c] for c in cells
    ]
    return made, f"the shapefile does not say its code page; read as {encoding}"


def _points(wkb: Any, crs: str | None, file: str) -> list[dict[str, str]]:  # noqa: ANN401
    """Return longitude and latitude of each geometry that is a point, all others as WKT."""
    geometries = shapely.from_wkb(wkb)
    lonlat = _degrees(geometries, crs, file)
    return [dict(_position(geometry)) for geometry in lonlat]


def _position(geometry: BaseGeometry | None) -> Iterator[tuple[str, str]]:
    if geometry is None or geometry.is_empty:
        return
    parts = shapely.get_parts(geometry)
    if geometry.geom_type not in ("Point", "MultiPoint") or len(parts) > 1:
        yield "geometry", shapely.to_wkt(geometry, rounding_precision=7)
        return
    lon, lat = (round(value, 7) for value in shapely.get_coordinates(geometry)[0].tolist())
    yield "longitude", repr(lon)
    yield "latitude", repr(lat)


def _degrees(geometries: Any, crs: str | None, file: str) -> Any:  # noqa: ANN401
    """Return geometries in degrees, lon and lat.

    Raises
    ------
    ImportFileError
        They are in no known projection and cannot be degrees.
    """
    if crs is None:
        bounds = shapely.total_bounds([g for g in geometries if g is not None])
        if np.isnan(bounds).any() or (np.abs(bounds) <= (180.0, 90.0, 180.0, 90.0)).all():
            return geometries
        message = (
            f"{file}: found metres of a projection that is not named, expected degrees or a .prj"
        )
        raise ImportFileError(message)
    try:
        system = CRS.from_user_input(crs)
    except CRSError as error:
        message = f"{file}: found a projection that is not known ({crs[:40]}), expected EPSG:4326"
        raise ImportFileError(message) from error
    if system.equals(CRS.from_epsg(4326), ignore_axis_order=True):
        return geometries
    transformer = Transformer.from_crs(system, "EPSG:4326", always_xy=True)
    return shapely.transform(geometries, lambda xy: np.column_stack(transformer.transform(*xy.T)))
