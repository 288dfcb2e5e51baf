"""Extracts of OpenStreetMap: settlements with their names, and districts with their reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from geoconflict.errors import GazetteerFileError
from geoconflict.files.reading import reading
from geoconflict.gazetteer.growing.features import FEATURES, adapted_names, full_title
from geoconflict.gazetteer.growing.geonames import (
    LANGUAGES,
    OTHER,
    PRESENT,
    RENAMED,
    key_of,
    present_title,
    settlement_precision_m,
)
from geoconflict.gazetteer.growing.textlines import Progress
from geoconflict.gazetteer.names import script
from geoconflict.gazetteer.placefile import Name, write_places
from geoconflict.gazetteer.places import Place
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.geodesy import inverse

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

SUFFIXES = (".osm.pbf", ".osm", ".pbf")
SETTLEMENTS = ("city", "town", "village", "hamlet", "isolated_dwelling", "allotments")
# Raions of Ukraine and Belarus, districts of Russia.
_DISTRICT_LEVEL = "6"
_DISTRICT = FEATURES["A.ADM2"]
_TAG = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?")
_FORMER = ("old_name", "was:name", "official_name", "alt_name", "loc_name", "short_name")
_EXPECTED = "a whole extract of OpenStreetMap: fetch it again"
_LICENCE = "ODbL 1.0"


@dataclass(frozen=True)
class Feature:
    """A node, way or relation: its id such as ``node/1``, its tags, where and what it is."""

    id: str
    tags: Mapping[str, str]
    shape: BaseGeometry
    is_settlement: bool


def is_extract(path: Path) -> bool:
    """Return whether a file is called as extracts of OpenStreetMap are."""
    return path.name.lower().endswith(SUFFIXES)


def write_extract(path: Path, folder: Path, *, borders: Borders, progress: Progress) -> Path:
    """Write settlements and districts of an extract as ``osm-NAME.sqlite`` and return its path.

    Parameters
    ----------
    path : Path
        ``.osm.pbf`` or ``.osm``.
    folder : Path
        Where to write.
    borders : Borders
        Tell the unit of each place.
    progress : callable
        Told which of the two is read.

    Raises
    ------
    GazetteerFileError
        It cannot be read, or holds neither.
    """
    size = path.stat().st_size
    progress(f"reading settlements of {path.name}", 0, size)
    found = list(_read(path, "points", f"place IN {SETTLEMENTS}"))
    progress(f"reading districts of {path.name}", size // 2, size)
    level = f"boundary = 'administrative' AND admin_level = '{_DISTRICT_LEVEL}'"
    found += list(_read(path, "multipolygons", level))
    named = [feature for feature in found if feature.tags.get("name")]
    if not named:
        message = f"{path.name} holds no named place=* and no district: is it a whole extract?"
        raise GazetteerFileError(message)
    name = _NO_SLUG.sub("-", path.name.partition(".")[0].casefold()).strip("-")
    target = folder / f"osm-{name.removesuffix('-latest') or 'extract'}.sqlite"
    write_places(target, places_of(named, borders), info=_info(path, len(found) - len(named)))
    progress(f"reading districts of {path.name}", size, size)
    return target


def _info(path: Path, unnamed: int) -> dict[str, str]:
    return {
        "title": f"OpenStreetMap, {path.name}",
        "source": "OpenStreetMap contributors",
        "licence": _LICENCE,
        "retrieved": "",
        "set aside": f"{unnamed:,} without a name not used" if unnamed else "",
    }


def _read(path: Path, layer: str, where: str) -> Iterator[Feature]:
    """Yield the features of a layer of an extract."""
    import pyogrio

    with reading(path.name, expected=_EXPECTED, raises=GazetteerFileError):
        meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer, where=where)
    fields = [str(name) for name in meta["fields"]]
    for shape, *values in zip(shapely.from_wkb(shapes), *columns, strict=True):
        tags = {n: str(v) for n, v in zip(fields, values, strict=True) if v is not None}
        tags |= _tags(tags.pop("other_tags", ""))
        way, number = tags.pop("osm_way_id", ""), tags.pop("osm_id", "")
        kind = "way" if way else "node" if layer == "points" else "relation"
        if shape is not None and not shape.is_empty:
            yield Feature(f"{kind}/{way or number}", tags, shape, kind == "node")


def _tags(text: str) -> dict[str, str]:
    r"""Return the tags of which GDAL makes one text.

    Examples
    --------
    >>> _tags('"name:en"=>"Lower \\"Example\\"","population"=>"12"')
    {'name:en': 'Lower "Example"', 'population': '12'}
    """
    return {_plain(key): _plain(value) for key, value in _TAG.findall(text)}


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def places_of(features: Sequence[Feature], borders: Borders) -> Iterator[tuple[Place, list[Name]]]:
    """Yield the place of each named feature, with its names."""
    if not features:
        return
    points = np.array([_point(feature.shape) for feature in features])
    units = borders.locate(points)
    for feature, point, unit in zip(features, points, units, strict=True):
        country = unit.partition("-")[0] or feature.tags.get("addr:country", "")[:2]
        is_place = feature.is_settlement
        meaning = FEATURES["P.PPL"] if is_place else _DISTRICT
        title = _title(feature.tags, country)
        people = _people(feature.tags)
        place = Place(
            id=f"osm:{feature.id}",
            name=full_title(title, meaning),
            kind=meaning.kind,
            country=country,
            admin1_code=unit,
            lon=float(point[0]),
            lat=float(point[1]),
            precision_m=settlement_precision_m(people) if is_place else _reach_m(feature, point),
            population=people or None,
        )
        yield place, list(adapted_names(place.name, meaning, _names(title, country, feature.tags)))


def _point(shape: BaseGeometry) -> tuple[float, float]:
    point = shape if shape.geom_type == "Point" else shape.representative_point()
    return shapely.get_x(point), shapely.get_y(point)


def _reach_m(feature: Feature, point: npt.NDArray[np.float64]) -> float:
    """Return how far the farthest corner of a district is from its point, in metres."""
    corners = shapely.get_coordinates(feature.shape)
    return float(np.ceil(inverse(point, corners).distance_m.max()))


def _people(tags: Mapping[str, str]) -> int:
    digits = re.sub(r"[\s,.]", "", tags.get("population", ""))
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def _title(tags: Mapping[str, str], country: str) -> str:
    """Return the name to show: English as given, in Ukraine by the official romanisation."""
    given = tags.get("name:en") or tags.get("int_name")
    if country == "UA":
        ukrainian = tags.get("name:uk") or tags["name"]
        return present_title(given or ukrainian, country, [ukrainian])
    return given or tags["name"]


def _names(title: str, country: str, tags: Mapping[str, str]) -> Iterator[Name]:
    yield Name(title, PRESENT, "en")
    for tag, value in tags.items():
        base, _, language = tag.partition(":") if tag != "was:name" else (tag, "", "")
        if language and not _LANGUAGE.fullmatch(language):
            continue
        if base in ("name", "int_name", *_FORMER):
            for text in filter(None, map(str.strip, value.split(";"))):
                yield from _named(text, base, language, title=title, country=country)


def _named(text: str, base: str, language: str, *, title: str, country: str) -> Iterator[Name]:
    """Yield a name with its rank, if it is one that reports can use."""
    letters = script(text)
    is_same = key_of(text) == key_of(title)
    is_known = language in LANGUAGES or not language
    if letters == "Zyyy" or not (is_same or is_known or letters == "Cyrl" or country in RENAMED):
        return
    is_present = is_same or (base == "name" and is_known)
    yield Name(
        text, PRESENT if is_present else OTHER, language if language in LANGUAGES else letters
    )
