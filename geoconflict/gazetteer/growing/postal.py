"""GeoNames' tables of postal codes: the places that they put on a point of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from geoconflict.errors import GazetteerFileError
from geoconflict.gazetteer.growing.country import country_name
from geoconflict.gazetteer.growing.geonames import PRESENT, is_member, read_degrees
from geoconflict.gazetteer.growing.textlines import Progress, read_lines, watched
from geoconflict.gazetteer.names import romanise, script
from geoconflict.gazetteer.placefile import Name, write_places
from geoconflict.gazetteer.places import Place
from geoconflict.measuring.borders import Borders

COLUMNS = 12
# GeoNames' accuracy of a position: from here on the place itself, below an estimate, of which
# one in seven lay within 5 km of the place's namesake in another source, and half beyond 20 km.
_OWN_POINT = 4
# 99 % of 14,868 such points lay within 3 km of the namesake in another source, 97 % within 2 km.
_PRECISION_M = 2000.0
_COUNCIL = re.compile(r"\s*\(.*\)\s*$")


@dataclass
class _Found:
    """What was read: places by name and position, with GeoNames' unit; and what was left."""

    country: str = ""
    rows: int = 0
    estimated: int = 0
    misplaced: int = 0
    places: dict[tuple[str, float, float], str] = field(default_factory=dict)

    @property
    def note(self) -> str:
        said = (
            (self.estimated, "whose position is an estimate"),
            (self.misplaced, "whose position is in another oblast"),
        )
        left = ", ".join(f"{number:,} {why}" for number, why in said if number)
        return f"of {self.rows:,} rows not used: {left}" if left else ""


def write_postal(path: Path, folder: Path, *, borders: Borders, progress: Progress) -> Path:
    """Write the places of a table of postal codes as ``geonames-postal-XX.sqlite``.

    Parameters
    ----------
    path : Path
        A table of one country, as text or in a zip; several codes of one place are one.
    folder : Path
        Where to write.
    borders : Borders
        Tell the unit of each place.
    progress : callable
        Told how far the file is read.

    Raises
    ------
    GazetteerFileError
        A row of it cannot be read, or none has a position of its own.
    """
    found = _read(path, progress)
    places = list(_placed(found, borders))
    if not places:
        message = f"{path.name} puts no place on a point of its own"
        raise GazetteerFileError(message)
    target = folder / f"geonames-postal-{found.country}.sqlite"
    info = {
        "title": f"GeoNames, postal codes of {country_name(found.country)}",
        "source": "GeoNames postal codes",
        "licence": "CC BY 4.0",
        "retrieved": "",
        "set aside": found.note,
    }
    write_places(target, ((place, _names(place, name)) for place, name in places), info=info)
    return target


def _read(path: Path, progress: Progress) -> _Found:
    found = _Found()
    for line, text in read_lines(path, member=is_member, watch=watched("reading", path, progress)):
        cells = text.split("\t")
        try:
            _take(cells, found)
        except GazetteerFileError as error:
            message = f"{path.name}:{line}, {error}"
            raise GazetteerFileError(message) from error
    return found


def _take(cells: list[str], found: _Found) -> None:
    if len(cells) != COLUMNS:
        message = f"found {len(cells)} columns, expected {COLUMNS}"
        raise GazetteerFileError(message)
    country, _, name, _, admin1, *_, lat, lon, accuracy = cells
    if not found.country and country_name(country):
        found.country = country
    if country != found.country:
        expected = found.country or "an ISO 3166-1 code such as UA"
        message = f"column country: found {country[:20]!r}, expected {expected}"
        raise GazetteerFileError(message)
    found.rows += 1
    if not accuracy.isdecimal() or int(accuracy) < _OWN_POINT:
        found.estimated += 1
        return
    point = read_degrees("longitude", lon, 180.0), read_degrees("latitude", lat, 90.0)
    found.places.setdefault((_COUNCIL.sub("", name).strip(), *point), admin1)


def _placed(found: _Found, borders: Borders) -> Iterator[tuple[Place, str]]:
    """Yield each place that lies in the unit that its row states, and its name as written.

    Which unit a code of the table means is told by where most of its places lie: the codes of
    Kyiv and its oblast are exchanged in it.
    """
    points = [(lon, lat) for _, lon, lat in found.places]
    units = borders.locate(points) if points else []
    pairs = Counter(zip(found.places.values(), units, strict=True))
    meant = {stated: unit for (stated, unit), _ in reversed(pairs.most_common())}
    for ((name, lon, lat), stated), unit in zip(found.places.items(), units, strict=True):
        home = meant[stated]
        if home and unit != home and not borders.reaches(home, lon, lat, _PRECISION_M):
            found.misplaced += 1
            continue
        title = romanise(name) if found.country == "UA" and script(name) == "Cyrl" else name
        yield (
            Place(
                id=f"postal:{found.country}-{title.replace(' ', '_')}-{lat:.4f}-{lon:.4f}",
                name=title,
                kind="settlement",
                country=found.country,
                admin1_code=unit,
                lon=lon,
                lat=lat,
                precision_m=_PRECISION_M,
            ),
            name,
        )


def _names(place: Place, name: str) -> Iterator[Name]:
    yield Name(place.name, PRESENT, "en")
    is_ukrainian = place.country == "UA" and script(name) == "Cyrl"
    yield Name(name, PRESENT, "uk" if is_ukrainian else script(name))
