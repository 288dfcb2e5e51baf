"""One dated snapshot: which areas which side holds by one source, and the front line in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import Fault, SnapshotFileError
from geoconflict.fronts.features import areas_of
from geoconflict.fronts.files import Entry
from geoconflict.fronts.line import front_line
from geoconflict.fronts.sides import (
    CLAIMED_BY_RUSSIA,
    CLAIMED_BY_UKRAINE,
    CONTESTED,
    RUSSIA,
    UKRAINE,
    UNKNOWN,
)
from geoconflict.fronts.sources import find_source
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.geodesy import area_km2
from geoconflict.measuring.nearest import LineIndex

_NOTHING = shapely.MultiPolygon()


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Who held what on one day, by one source; geometries in EPSG:4326, lon and lat.

    Parameters
    ----------
    date : date
        The day that the source says it is of.
    source, licence : str
        Who drew it, and under which terms.
    areas : mapping
        Polygon or multipolygon by side: ``RU``, ``UA``, ``contested``, ``unknown``,
        ``claimed-RU``, ``claimed-UA``; only sides that the source draws.
    files : tuple of str
        The files it was read from.
    borders : Borders
        The recognised ones of the theatre.
    """

    date: dt.date
    source: str
    licence: str
    areas: Mapping[str, BaseGeometry] = field(repr=False)
    files: tuple[str, ...] = ()
    borders: Borders = field(default_factory=Borders.default, repr=False)

    @property
    def title(self) -> str:
        """Source and date in words: ``DeepState, snapshot of 2025-01-24``."""
        return f"{self.source_title}, snapshot of {self.date}"

    @property
    def source_title(self) -> str:
        """What its source is called."""
        known = find_source(self.source)
        return known.title if known else self.source

    @cached_property
    def held(self) -> shapely.MultiPolygon:
        """The area held by Russia; empty where the source draws none."""
        area = self.areas.get(RUSSIA, _NOTHING)
        return shapely.MultiPolygon(
            [p for p in shapely.get_parts(area) if p.geom_type == "Polygon"]
        )

    @cached_property
    def held_towns(self) -> frozenset[str]:
        """Towns held since before the war that are drawn as held: they tell what land it counts."""
        towns = self.borders.theatre.held_towns.items()
        return frozenset(name for name, at in towns if shapely.intersects_xy(self.held, *at))

    @cached_property
    def contested(self) -> BaseGeometry | None:
        """Contested and unknown areas that are not also held; None where the source has none."""
        parts = [self.areas[side] for side in (CONTESTED, UNKNOWN) if side in self.areas]
        if not parts:
            return None
        return shapely.difference(shapely.union_all(parts), self.held)

    @cached_property
    def claimed(self) -> BaseGeometry:
        """Areas that a side claims without proof and that are not held; empty where none."""
        parts = [self.areas[s] for s in (CLAIMED_BY_RUSSIA, CLAIMED_BY_UKRAINE) if s in self.areas]
        return shapely.difference(shapely.union_all(parts), self.held) if parts else _NOTHING

    def drawn_km2(self, side: str) -> float | None:
        """Return the geodesic area drawn for a side and not held; None where none is drawn."""
        if side not in self.areas:
            return None
        return area_km2(shapely.difference(self.areas[side], self.held))

    @cached_property
    def salient(self) -> BaseGeometry:
        """What Ukraine holds outside Ukraine, as in Kursk Oblast; empty where none is drawn."""
        return shapely.difference(self.areas.get(UKRAINE, _NOTHING), self.borders.home)

    @cached_property
    def line(self) -> shapely.MultiLineString:
        """The front line proper, as ``front_line`` defines it; empty where there is none."""
        return front_line(self.held, self.borders)

    @cached_property
    def line_index(self) -> LineIndex | None:
        """The index of the line, for distances of many points; None where there is no line."""
        return None if self.line.is_empty else LineIndex(self.line)

    @cached_property
    def area_km2(self) -> float:
        """Geodesic area held by Russia in km2, lagoons that the source includes too."""
        return area_km2(self.held)


def load_snapshot(
    entry: Entry,
    *,
    source: str,
    licence: str,
    borders: Borders,
    stated: Mapping[str, str] | None = None,
    keep_going: bool = False,
) -> Snapshot:
    """Return the snapshot of an entry, its files read.

    Parameters
    ----------
    entry : Entry
    source, licence : str
    borders : Borders
    stated : mapping, optional
        A user's word for sides by value.
    keep_going : bool
        Whether areas of an unknown side are left out with a warning.

    Raises
    ------
    SnapshotFileError
        With the faults of all its files; or none of them draws what Russia holds, so that
        nothing would count as held.
    """
    faults: list[Fault] = []
    areas = []
    for piece in entry.pieces:
        try:
            drawn = piece.load()
            areas.append(
                areas_of(
                    drawn,
                    file=piece.title,
                    window=borders.theatre.front_window,
                    beside=piece.beside,
                    stated=stated,
                    keep_going=keep_going,
                )
            )
        except SnapshotFileError as error:
            faults += error.faults
    if faults:
        raise SnapshotFileError(faults)
    files = tuple(piece.file for piece in entry.pieces)
    if not any(RUSSIA in one for one in areas):
        drawn_sides = ", ".join(sorted({side for one in areas for side in one}))
        found = f"areas of {drawn_sides} alone"
        raise SnapshotFileError([Fault(", ".join(files), 0, "", found, "what Russia holds")])
    return Snapshot(entry.day, source, licence, _joined(areas), files, borders)


def _joined(areas: Sequence[Mapping[str, BaseGeometry]]) -> Mapping[str, BaseGeometry]:
    if len(areas) == 1:
        return areas[0]
    sides = sorted({side for one in areas for side in one})
    return {s: shapely.union_all([one[s] for one in areas if s in one]) for s in sides}
