"""Points of GeoPackages, shapefiles and GPX as rows, in whatever projection these say they are."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import ImportFileError
from geoconflict.files.markup import utf8_markup
from geoconflict.files.reading import shapefile_page
from geoconflict.files.sheets import number_text
from geoconflict.importers.meanings import is_service, troops_told
from geoconflict.importers.rawrows import RawRow, RawTable, cell_text

VECTORS = (".gpkg", ".shp", ".gpx", ".fgb", ".sqlite")
SIDECARS = (".dbf", ".shx", ".prj", ".cpg")


def read_layers(path: Path, *, file: str) -> RawTable:
    """Return the first layer with points of a file; the others are told of.

    Raises
    ------
    ImportFileError
        No layer has points or rows, or one says no projection and is not in degrees.
    """
    if path.suffix.lower() != ".gpx":
        return _layers(path, file, [])
    content = path.read_bytes()
    text, remark = utf8_markup(content)
    if text == content:
        return _layers(path, file, [])
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "points.gpx"
        plain.write_bytes(text)
        return _layers(plain, file, [remark] if remark else [])


def _layers(path: Path, file: str, said: Sequence[str]) -> RawTable:
    layers = [(str(name), kind) for name, kind in pyogrio.list_layers(path)]
    sizes = {
        name: pyogrio.read_info(path, layer=name, force_feature_count=True)["features"]
        for name, _ in layers
    }
    held = [(name, kind) for name, kind in layers if sizes[name]]
    if not held:
        message = f"{file}: found no layer with rows, expected points"
        raise ImportFileError(message)
    pointed = [name for name, kind in held if kind and "Point" in kind] or [n for n, k in held if k]
    chosen = (pointed or [held[0][0]])[0]
    remarks = [
        *said,
        *(
            f"the layer {name!r} with {sizes[name]:,} rows is not read"
            for name, _ in held
            if name != chosen
        ),
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
    page = shapefile_page(path)
    meta, _, wkb, columns = pyogrio.raw.read(
        path, layer=layer, force_2d=True, datetime_as_string=True, encoding=page
    )
    if page:
        remarks.append(f"the shapefile does not say its code page; read as {page}")
    names = [str(name) for name in meta["fields"]]
    cells = [[_text(value) for value in column] for column in columns]
    count = len(wkb) if wkb is not None else len(cells[0])
    points = _points(wkb, meta["crs"], file) if wkb is not None else [{}] * count
    own = {name.lower(): name for name in names}
    is_gpx = path.suffix.lower() == ".gpx"
    rows = []
    for number in range(count):
        row = {name: cell_text(column[number]) for name, column in zip(own, cells, strict=True)}
        for name, text in points[number].items():
            row[f"geometry {name}" if name in own else name] = text
        values = {k: v for k, v in row.items() if v}
        fault = _service(values) if is_gpx else ""
        rows.append(RawRow(file, number + 1, values, own, fault))
    # Of GPX all columns are told that it can have, filled or not.
    told = () if is_gpx else own
    found = tuple(dict.fromkeys([*told, *(name for row in rows for name in row.values)]))
    remarks.append("rows are counted, not lines")
    return RawTable(file, found, tuple(remarks), tuple(rows))


def _service(waypoint: Mapping[str, str]) -> str:
    """Return why a waypoint is no event, as a hotel on the way or troops; empty where it can be."""
    for name in ("sym", "type", "name"):
        if is_service(waypoint.get(name, "")):
            return f"a waypoint of the way, no event: {waypoint[name]}"
    return troops_told(waypoint.get("name", ""), waypoint.get("desc", ""))


def _text(value: Any) -> str:  # noqa: ANN401 - a cell of any column
    """Return a cell as text: whole numbers without a point, nothing for what is missing."""
    if value is None:
        return ""
    if not isinstance(value, float | np.floating):
        return str(value)
    return "" if np.isnan(value) else number_text(float(value))


def _points(wkb: Any, crs: str | None, file: str) -> list[dict[str, str]]:  # noqa: ANN401
    """Return longitude and latitude of each geometry that is a point, all others as WKT."""
    geometries = shapely.from_wkb(wkb)
    lonlat = in_degrees(geometries, crs, file)
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


def in_degrees(geometries: Any, crs: str | None, file: str) -> Any:  # noqa: ANN401
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
