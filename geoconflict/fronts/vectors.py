"""Reading KML, shapefiles and GeoPackages, in whatever projection these say they are."""

from __future__ import annotations

import re
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import shapely

from geoconflict.errors import DateError, SnapshotFileError, SnapshotWarning
from geoconflict.files.kml import Placemark, read_placemarks
from geoconflict.files.reading import one_line, reading, shapefile_page
from geoconflict.fronts.features import Feature, fault, leave_out
from geoconflict.fronts.filedates import EXPECTED_DAY, Dated, find_day, read_moment, without_day
from geoconflict.fronts.geojson import at, dated, described, in_degrees, named
from geoconflict.fronts.sides import LEFT_OUT, calls_claimed, side_of
from geoconflict.lexicon import any_word

# How many of what is left out are named, and how far.
_EXPECTED = "a shapefile or GeoPackage with polygons"
_MOST, _SHOWN = 5, 40
# Of a placemark's own texts what may tell a side, or that it is another one.
_SAID = ("styleUrl", "color", "description")


def read_kml(content: bytes, file: str) -> list[Feature]:
    """Return the placemarks of a KML text that have a polygon.

    Parameters
    ----------
    content : bytes
        The text.
    file : str
        Named in errors.

    Returns
    -------
    list of Feature
        ``names`` are the placemark's own and those of the folders above it that tell a side.

    Raises
    ------
    SnapshotFileError
        It is empty, cut off, no KML, or has entities or a broken ring.

    Warns
    -----
    SnapshotWarning
        Lines and points are left out, by their names.
    """
    with reading(file, expected="a KML file", raises=SnapshotFileError):
        placemarks = read_placemarks(content, file)
    drawn = [(mark, list(_drawn(mark, file))) for mark in placemarks]
    left = [mark.texts.get("name", "") for mark, features in drawn if mark.shapes and not features]
    told = ", ".join(repr(name[:_SHOWN]) for name in left[:_MOST])
    leave_out(file, told + (f" and {len(left) - _MOST} more" if len(left) > _MOST else ""))
    if any(features and _is_moment(mark, features[0]) for mark, features in drawn):
        said = "the day is that of time stamps, which may be of the last change"
        warnings.warn(f"{file}: {said}", SnapshotWarning, stacklevel=2)
    return [feature for _, features in drawn for feature in features]


def read_vector(path: Path) -> list[Feature]:
    """Return the features of a shapefile or of all layers of a GeoPackage, lon and lat.

    Raises
    ------
    SnapshotFileError
        It cannot be opened, or does not say its projection and is not in degrees.
    """
    import pyogrio

    with reading(path.name, expected=_EXPECTED, raises=SnapshotFileError), _told(path.name):
        # Tables without geometry, as our own GeoPackages have them, hold no front.
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind]
        return [
            feature for layer in layers for feature in _layer(path, layer, several=len(layers) > 1)
        ]


@contextmanager
def _told(file: str) -> Iterator[None]:
    """Give a block in which GDAL's warnings become ours, which name the file."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", RuntimeWarning)
        yield
    for said in dict.fromkeys(one_line(str(one.message)) for one in caught):
        warnings.warn(f"{file}: {said}", SnapshotWarning, stacklevel=4)


def read_packed_vector(parts: Mapping[str, bytes], chosen: str) -> list[Feature]:
    """Return the features of a shapefile or GeoPackage that came in an archive.

    Parameters
    ----------
    parts : mapping
        Files of the archive by name.
    chosen : str
        The .shp or .gpkg among them; what belongs to it bears its name.
    """
    stem = PurePosixPath(chosen)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in parts.items():
            # Only the last part of a name is used, so that no path leads out of the folder.
            if PurePosixPath(name).stem == stem.stem and PurePosixPath(name).parent == stem.parent:
                (Path(folder) / PurePosixPath(name).name).write_bytes(content)
        return read_vector(Path(folder) / stem.name)


def _drawn(mark: Placemark, file: str) -> Iterator[Feature]:
    """Yield the polygons of a placemark; the rings of each boundary must be whole."""
    above = (folder.texts.get("name", "") for folder in reversed(mark.folders))
    # A folder's name tells the side, or is that of the map.
    called = (mark.texts.get("name", ""), *(name for name in above if side_of([name])))
    names = tuple(name.replace("\xa0", " ") for name in called if name)
    style: dict[str, str] = {n: t for n, t in mark.texts.items() if n in _SAID}
    says = {**mark.data, **style}
    when = _marked_day(mark, file)
    for shape in mark.shapes:
        if shape.tag == "Polygon" and shape.outer:
            outer, *inner = (_ring(text, names, file) for text in (shape.outer[0], *shape.inner))
            one = Feature(shapely.Polygon(outer, inner), (*named(mark.data), *names), None, says)
            yield at(one, when)


def _is_moment(mark: Placemark, feature: Feature) -> bool:
    """Return whether an area is of the day of a stamp that has a time of day."""
    return "T" in mark.texts.get("when", "") and feature.time == feature.until


def _marked_day(mark: Placemark, file: str) -> Dated | None:
    """Return the day that the folders above a placemark are called by, else that of its stamp.

    What is called by a side says since when rather than of when, and a file's name comes first.
    """
    others = re.compile(
        rf"(?<!\w)(?:{any_word('control', 'before')}|{any_word('dates', 'of_report')})(?!\w)",
        re.IGNORECASE,
    )
    for folder in reversed(mark.folders):
        name = folder.texts.get("name", "")
        found = None if side_of([name]) or others.search(name) else _layer_day(name)
        if found:
            return found
    stamp = "" if _layer_day(Path(file).stem) else mark.texts.get("when", "")
    try:
        return read_moment(stamp) if stamp else None
    except DateError as error:
        raise fault(file, f"a time stamp: {error}", EXPECTED_DAY) from error


def _ring(text: str, names: tuple[str, ...], file: str) -> list[tuple[float, float]]:
    called = f"placemark {names[0]!r}" if names else "a placemark"
    points = []
    try:
        for triple in re.sub(r"\s*,\s*", ",", text).split():
            lon, lat = triple.split(",")[:2]
            points.append((float(lon), float(lat)))
    except ValueError as error:
        raise fault(file, f"{called}: coordinates {triple[:40]!r}", "lon,lat") from error
    if len(points) < 4:
        raise fault(file, f"{called}: a ring of {len(points)} points", "four or more")
    return points


def _layer(path: Path, layer: str, *, several: bool) -> Iterator[Feature]:
    import pyogrio.raw

    page = shapefile_page(path)
    meta, _, wkb, columns = pyogrio.raw.read(path, layer=layer, force_2d=True, encoding=page)
    geometries = in_degrees(shapely.from_wkb(wkb), meta["crs"], path.name)
    # A layer's name tells a side or a day, or nothing.
    called = without_day(layer)
    own = [layer] if several and (side_of([called]) or calls_claimed(called)) else []
    kinds = sorted({one.geom_type for one in geometries if one is not None})
    is_other = side_of([called]) == LEFT_OUT
    if several and (is_other or not any("Polygon" in kind or "Coll" in kind for kind in kinds)):
        held = "nothing that is held" if is_other else f"no areas ({', '.join(kinds) or 'nothing'})"
        told = f"the layer {layer!r} holds {held}: left out"
        warnings.warn(told, RuntimeWarning, stacklevel=2)
        return
    when = _layer_day(layer)
    for number, geometry in enumerate(geometries):
        if geometry is None:
            continue
        row = {
            name: _plain(column[number])
            for name, column in zip(meta["fields"], columns, strict=True)
        }
        feature = Feature(
            geometry,
            (*named(row), *own),
            properties=described(row),
            layer=layer if several and not own else "",
        )
        yield at(feature, dated(row, path.name) or when)


def _layer_day(layer: str) -> Dated | None:
    try:
        return find_day(layer)
    except DateError:
        return None


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell of any column
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else value.astype("datetime64[s]").item()
    return value.item() if isinstance(value, np.generic) else value
