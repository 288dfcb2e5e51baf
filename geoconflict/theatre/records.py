"""What is known and cited of a theatre of war, read from its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from geoconflict.errors import EmbeddedDataError, Fault, TheatreError, UnknownReferenceError
from geoconflict.files.embedded import embedded_path
from geoconflict.files.reading import parse_toml
from geoconflict.files.sheets import own_rows

_DEFAULT = Path(__file__).with_name("ukraine.toml")
_KNOWN_AREAS = Path(__file__).with_name("known_areas.csv")
# Areas of other countries and of regions are printed with and without waters.
_AREA_DOUBT = 0.01
# Endings of files of geometries, in the order in which they are looked for.
_VECTORS = (".gpkg", ".fgb", ".geojson")
_CITY_PARTS = Path(__file__).with_name("city_parts.csv")


class Box(NamedTuple):
    """A window in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        """Return whether a position lies in the window."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


class Prior(NamedTuple):
    """How much sooner a name means a place of a country, west of a longitude in degrees."""

    score: float
    east_lon: float = 180.0


@dataclass(frozen=True)
class Figure:
    """One cited figure: id, title, value in ``unit``, date (empty: in force), citation.

    ``doubt`` is by how much of it other official figures for the same thing differ, as a share.
    """

    id: str
    title: str
    value: float
    unit: str
    date: str
    citation: str
    retrieved: str = ""
    licence: str = ""
    # Official areas of Ukraine run from 603,500 to 603,700 km2.
    doubt: float = 0.0002


@dataclass(frozen=True, eq=False)
class Theatre:
    """A war that reports are about: who fights, where, and what is officially known.

    Parameters
    ----------
    id, title : str
        Short name, and what it is called.
    home : str
        ISO 3166-1 code of the country whose recognised territory is fought over.
    opponent : str
        That of the other side.
    window : Box
        Where reports play, with room to spare.
    front_window : Box
        Where the ground about the front lies.
    plane : str
        A projection in metres, as PROJ reads it, in which shapes are right all over the home
        country.
    neighbourhood : frozenset of str
        Countries in which a small place may be meant although nothing beside it points there.
    city_units : frozenset of str
        Cities with the rank of a first-level unit.
    held : frozenset of str
        Units of the home country that the other side holds whole, from before the reports.
    held_towns : mapping
        Towns deep in what the other side has held from before the reports, lon and lat in
        degrees: a map on which one of them is not held does not count that land.
    fought : frozenset of str
        Units in which it is fought on the ground: elsewhere "attacked" is said of drones.
    districts : frozenset of str
        Districts that the data list as cities, by their English name: maps do not name them.
    beside : frozenset of str
        Countries that share a border with the other side on land.
    cut : frozenset of str
        Those of which the data hold no more than that border.
    languages : mapping
        The side whose own language one is, by code of the language.
    seas : mapping
        By the id of a water, the corners within which all that is no land is that sea, lon and
        lat in degrees: they run over land but where another sea begins.
    belt : tuple of (lon, lat)
        The belt of the fighting, coarsely, in degrees.
    prior : mapping
        By country, how much sooner a name means a place of it.
    areas : mapping
        The id of the figure that is the official area, by code of country or unit.
    zones : mapping
        Time zone by code of the country, and of the units that differ from theirs.
    capitals : mapping
        Seats of government by code of the unit.
    figures : mapping
        Official figures by id.
    folder : Path or None
        Where its files of borders and the basemap lie; None for those of the package.

    Examples
    --------
    >>> Theatre.default().figures["area-ua"].value
    603628.0
    """

    id: str
    title: str
    home: str
    opponent: str
    window: Box
    front_window: Box
    plane: str
    neighbourhood: frozenset[str] = frozenset()
    city_units: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    held_towns: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    fought: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    cut: frozenset[str] = frozenset()
    languages: Mapping[str, str] = field(default_factory=dict)
    seas: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)
    belt: tuple[tuple[float, float], ...] = ()
    prior: Mapping[str, Prior] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    capitals: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    folder: Path | None = None

    @classmethod
    def load(cls, path: str | Path) -> Theatre:
        """Return the theatre that a TOML file describes.

        Parameters
        ----------
        path : str or Path
            The file; its borders, units and basemap lie beside it.

        Raises
        ------
        TheatreError
            It is no TOML, or lacks something, or says something of the wrong kind; all that is
            wrong is named.
        OSError
            It is not there or may not be read.
        """
        path = Path(path)
        content = parse_toml(path.read_bytes(), path.name, raises=TheatreError)
        faults = list(_faults(path.name, content))
        if faults:
            raise TheatreError(faults)
        folder = None if path == _DEFAULT else path.parent
        values = {name: _READ.get(name, _text_of)(value) for name, value in content.items()}
        return cls(**values, folder=folder)

    @classmethod
    def default(cls) -> Theatre:
        """Return the theatre that comes with the package, Russia's war against Ukraine."""
        return _default()

    @property
    def sides(self) -> tuple[str, str]:
        """Codes of the country that is fought over and of the other side."""
        return self.home, self.opponent

    def other(self, side: str) -> str:
        """Return the side that one fights, empty where that is neither of the two."""
        return {self.home: self.opponent, self.opponent: self.home}.get(side, "")

    def figure(self, name: str) -> Figure:
        """Return an official figure by its id.

        Raises
        ------
        UnknownReferenceError
            There is none of this id.
        """
        if name not in self.figures:
            message = f"there is no official figure {name!r}, only {', '.join(self.figures)}"
            raise UnknownReferenceError(message)
        return self.figures[name]

    def zone(self, *codes: str | None) -> ZoneInfo:
        """Return the zone that clocks go by where the first known of these codes is, else at home.

        Examples
        --------
        >>> Theatre.default().zone("RU-SAR", "RU").key
        'Europe/Saratov'
        """
        found = next((self.zones[code] for code in codes if code and code in self.zones), None)
        return ZoneInfo(found or self.zones.get(self.home, "UTC"))

    def area_id(self, code: str) -> str | None:
        """Return the id of the figure that is the area of a country or unit; None without one."""
        name = self.areas.get(code, f"area-{code.lower()}")
        return name if name in self.figures else None

    def area_figure(self, code: str) -> Figure | None:
        """Return the official area of a country or unit; None where none is cited."""
        return self.figures[self.areas[code]] if code in self.areas else None

    def file(self, name: str) -> Path:
        """Return the path of one of its data files, such as ``basemap.json``.

        Raises
        ------
        EmbeddedDataError
            It has no such file.
        """
        if self.folder is None:
            return embedded_path(name)
        endings = _VECTORS if name.endswith(_VECTORS) else (Path(name).suffix,)
        for ending in endings:
            path = (self.folder / name).with_suffix(ending)
            if path.is_file():
                return path
        message = f"the theatre {self.id} has no {name} in {self.folder}"
        raise EmbeddedDataError(message)


def _known_areas() -> dict[str, Figure]:
    """Return the areas of countries and regions that reports compare others with."""
    rows = own_rows(_KNOWN_AREAS)
    return {
        row["id"]: Figure(**{**row, "value": float(row["value"])}, doubt=_AREA_DOUBT)  # type: ignore[arg-type]
        for row in rows
    }


def _figures(rows: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Figure]:
    return _known_areas() | {
        name: Figure(id=name, **{**row, "value": float(row["value"])}) for name, row in rows.items()
    }


def _corners(pairs: Iterable[Any]) -> tuple[tuple[float, float], ...]:
    return tuple((float(lon), float(lat)) for lon, lat in pairs)


_READ: dict[str, Any] = {
    "window": lambda value: Box(*map(float, value)),
    "front_window": lambda value: Box(*map(float, value)),
    "neighbourhood": frozenset,
    **dict.fromkeys(("city_units", "held", "fought", "districts", "beside", "cut"), frozenset),
    "belt": _corners,
    "seas": lambda value: {water: _corners(corners) for water, corners in value.items()},
    "held_towns": lambda value: {
        name: (float(lon), float(lat)) for name, (lon, lat) in value.items()
    },
    "prior": lambda value: {code: Prior(**prior) for code, prior in value.items()},
    "figures": _figures,
}
_KINDS = {
    "window": "four numbers: west, south, east, north",
    "front_window": "four numbers: west, south, east, north",
    "belt": "pairs of lon and lat",
    "seas": "pairs of lon and lat by the ids of waters",
    "held_towns": "lon and lat by the names of towns",
}


def _faults(file: str, content: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is missing, unknown or of the wrong kind."""
    known = {one.name: one for one in fields(Theatre) if one.name != "folder"}
    for name, one in known.items():
        required = one.default is MISSING and one.default_factory is MISSING
        if required and name not in content:
            yield Fault(file, 0, name, "nothing", "a value")
    for name, value in content.items():
        if name not in known:
            yield Fault(file, 0, name, repr(value)[:40], f"one of {', '.join(known)}")
            continue
        try:
            _READ.get(name, _text_of)(value)
        except (TypeError, ValueError, KeyError, OverflowError) as error:
            yield Fault(file, 0, name, repr(value)[:40], _KINDS.get(name, str(error)))
    figures = content.get("figures", {})
    for code, figure in content.get("areas", {}).items():
        if not isinstance(figure, str) or figure not in figures:
            yield Fault(file, 0, f"areas.{code}", repr(figure), "the id of a figure")


def _text_of(value: object) -> object:
    is_texts = isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
    if not (isinstance(value, str) or is_texts):
        message = "a text, or a table of texts"
        raise TypeError(message)
    return value


@cache
def _default() -> Theatre:
    return Theatre.load(_DEFAULT)


@dataclass(frozen=True)
class CityPart:
    """A district or quarter: its city by name and first-level unit, and its own names.

    ``kind`` is ``district``, whose names are adjectives, or ``quarter``. ``source`` says which of
    them the codifier of Ukraine has, and which were not checked.
    """

    city: str
    admin1: str
    kind: str
    names: tuple[str, ...]
    source: str


@cache
def city_parts() -> tuple[CityPart, ...]:
    """Return the known districts and quarters of the cities of the theatre.

    Examples
    --------
    >>> sorted(part.city for part in city_parts() if "Хортицький" in part.names)
    ['Zaporizhzhia']
    """
    rows = own_rows(_CITY_PARTS)
    return tuple(
        CityPart(
            row["city"],
            row["admin1"],
            row["kind"],
            tuple(filter(None, (row["uk"], row["ru"]))),
            row["source"],
        )
        for row in rows
    )
