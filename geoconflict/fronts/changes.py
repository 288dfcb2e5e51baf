"""What changed between two snapshots: gained and lost areas, by admin-1 unit, slivers apart."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.errors import SnapshotWarning
from geoconflict.fronts.comparison import differences
from geoconflict.fronts.line import is_wide, to_plane
from geoconflict.fronts.snapshots import Snapshot
from geoconflict.fronts.tolerances import SLIVER_WIDTH_M
from geoconflict.fronts.units import area_by_unit, is_told, unit_title
from geoconflict.measuring.geodesy import area_km2
from geoconflict.theatre import Theatre


@dataclass(frozen=True, eq=False)
class Changes:
    """What Russia gained and lost between two snapshots; geometries in EPSG:4326.

    Areas are geodesic, in km2; the area of ``end`` is that of ``start`` and all gains less
    all losses, slivers included.

    Parameters
    ----------
    start, end : Snapshot
        The two days.
    gained, lost : geometry
        What is anywhere wider than ``SLIVER_WIDTH_M``.
    gained_slivers, lost_slivers : geometry
        The rest, where a line was most likely only drawn anew.
    """

    start: Snapshot
    end: Snapshot
    gained: BaseGeometry = field(repr=False)
    lost: BaseGeometry = field(repr=False)
    gained_slivers: BaseGeometry = field(repr=False)
    lost_slivers: BaseGeometry = field(repr=False)

    @cached_property
    def gained_km2(self) -> float:
        """Area gained by Russia, without slivers."""
        return area_km2(self.gained)

    @cached_property
    def lost_km2(self) -> float:
        """Area lost by Russia, without slivers."""
        return area_km2(self.lost)

    @cached_property
    def all_gained_km2(self) -> float:
        """Area gained by Russia, slivers included."""
        return self.gained_km2 + area_km2(self.gained_slivers)

    @cached_property
    def all_lost_km2(self) -> float:
        """Area lost by Russia, slivers included."""
        return self.lost_km2 + area_km2(self.lost_slivers)

    @property
    def net_km2(self) -> float:
        """Gains less losses, slivers included: the difference of both areas held."""
        return self.all_gained_km2 - self.all_lost_km2

    @cached_property
    def salient_km2(self) -> float:
        """Land outside Ukraine that Ukraine no longer holds, km2; 0 where none was drawn."""
        return area_km2(self.start.salient) - area_km2(self.end.salient)

    @property
    def unlike(self) -> tuple[str, ...]:
        """Towns held since before the war that only one of the snapshots draws as held.

        Where there are any, the land around them counts as gained or lost though nobody moved.
        """
        return tuple(sorted(self.start.held_towns ^ self.end.held_towns))

    @cached_property
    def unlike_units(self) -> frozenset[str]:
        """ISO 3166-2 codes of the units of these towns, in which nothing can be compared."""
        towns = self.end.borders.theatre.held_towns
        points = [towns[name] for name in self.unlike]
        return frozenset(filter(None, self.end.borders.locate(points) if points else ()))

    @property
    def days(self) -> int:
        """Days between the snapshots."""
        return (self.end.date - self.start.date).days

    @cached_property
    def by_unit(self) -> dict[str, tuple[float, float]]:
        """Gained and lost km2, slivers included, by ISO 3166-2 code; empty code: in no unit."""
        borders = self.end.borders
        gained = area_by_unit(_both(self.gained, self.gained_slivers), borders)
        lost = area_by_unit(_both(self.lost, self.lost_slivers), borders)
        codes = sorted({*gained, *lost}, key=lambda code: (not code, unit_title(code, borders)))
        return {code: (gained.get(code, 0.0), lost.get(code, 0.0)) for code in codes}

    @property
    def by_admin1(self) -> dict[str, tuple[float, float]]:
        """The same for the units in which more changed than rounding leaves, 0.01 km2."""
        return {code: pair for code, pair in self.by_unit.items() if any(map(is_told, pair))}

    def to_geojson(self) -> dict[str, Any]:
        """Return the changed areas as a GeoJSON feature collection with their km2."""
        kinds = ("gained", "lost", "gained_slivers", "lost_slivers")
        return {
            "type": "FeatureCollection",
            "features": [
                self._feature(kind, part)
                for kind in kinds
                for part in shapely.get_parts(getattr(self, kind))
            ],
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain types; areas in km2.

        What cannot be compared, where the snapshots do not count the same land, is None.
        """
        told = self._totals()
        return {
            "source": self.end.source,
            "licence": self.end.licence,
            "from": self.start.date.isoformat(),
            "to": self.end.date.isoformat(),
            "days": self.days,
            "held_in_one_only": list(self.unlike),
            "area_from_km2": round(self.start.area_km2, 1),
            "area_to_km2": round(self.end.area_km2, 1),
            "gained_km2": told["gained"],
            "lost_km2": told["lost"],
            "gained_slivers_km2": told["gained_slivers"],
            "lost_slivers_km2": told["lost_slivers"],
            "sliver_width_m": SLIVER_WIDTH_M,
            "net_km2": told["net"],
            "salient_km2": round(self.salient_km2, 2),
            "by_admin1": [
                {
                    "admin1": code,
                    "title": unit_title(code, self.end.borders),
                    "gained_km2": None if code in self.unlike_units else round(gained, 2),
                    "lost_km2": None if code in self.unlike_units else round(lost, 2),
                }
                for code, (gained, lost) in self.by_admin1.items()
            ],
        }

    def _totals(self) -> dict[str, float | None]:
        if self.unlike:
            return dict.fromkeys(("gained", "lost", "gained_slivers", "lost_slivers", "net"))
        return {
            "gained": round(self.gained_km2, 2),
            "lost": round(self.lost_km2, 2),
            "gained_slivers": round(area_km2(self.gained_slivers), 3),
            "lost_slivers": round(area_km2(self.lost_slivers), 3),
            "net": round(self.net_km2, 2),
        }

    def _feature(self, kind: str, part: BaseGeometry) -> dict[str, Any]:
        properties = {
            "change": kind.partition("_")[0],
            "sliver": kind.endswith("slivers"),
            "km2": round(area_km2(part), 4),
            "from": self.start.date.isoformat(),
            "to": self.end.date.isoformat(),
            "source": self.end.source,
            "licence": self.end.licence,
        }
        shape = shapely.geometry.mapping(shapely.set_precision(part, 1e-6, mode="pointwise"))
        return {"type": "Feature", "properties": properties, "geometry": shape}


def diff(start: Snapshot, end: Snapshot) -> Changes:
    """Return what Russia gained and lost from one snapshot to another.

    Examples
    --------
    >>> from datetime import date
    >>> from geoconflict import Fronts
    >>> fronts = Fronts.read("tests/fronts/squares")
    >>> changes = diff(fronts.at(date(2025, 1, 1)), fronts.at(date(2025, 1, 2)))
    >>> changes.gained_km2 > 0, changes.lost_km2
    (True, 0.0)
    """
    gone, new = differences(start.held, end.held)
    gained, gained_slivers = _apart(new, end.borders.theatre)
    lost, lost_slivers = _apart(gone, end.borders.theatre)
    return Changes(start, end, gained, lost, gained_slivers, lost_slivers)


def warn_of_other_land(changes: Changes) -> None:
    """Warn where two snapshots do not count the same land.

    Warns
    -----
    SnapshotWarning
        A town of ``Changes.unlike`` is held in one of them only.
    """
    if changes.unlike:
        message = (
            f"the snapshots of {changes.start.date} and {changes.end.date} do not count the same "
            f"land: {', '.join(changes.unlike)} is drawn as held in one of them only, so that "
            "the land around shows as gained or lost though nobody moved"
        )
        warnings.warn(message, SnapshotWarning, stacklevel=3)


def _apart(change: BaseGeometry, theatre: Theatre) -> tuple[BaseGeometry, BaseGeometry]:
    """Return the parts of a change that are wide somewhere, and those that are nowhere."""
    parts = shapely.get_parts(change)
    plane = np.array([to_plane(part, theatre) for part in parts], dtype=object)
    wide = is_wide(plane, SLIVER_WIDTH_M)
    return _multi(parts[wide]), _multi(parts[~wide])


def _multi(parts: npt.NDArray[np.object_]) -> BaseGeometry:
    return shapely.MultiPolygon(list(parts))


def _both(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry:
    return shapely.MultiPolygon([*shapely.get_parts(a), *shapely.get_parts(b)])
