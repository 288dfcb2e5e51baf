"""Two sources on one day: what both hold for Russian, and what only one does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.fronts.overlay import differences, polygons
from geoconflict.fronts.snapshots import Snapshot
from geoconflict.fronts.sources import find_source
from geoconflict.measuring.geodesy import area_km2


@dataclass(frozen=True, eq=False)
class Comparison:
    """Where two sources agree and differ on land held by Russia; geometries in EPSG:4326.

    Parameters
    ----------
    a, b : Snapshot
        Those that were used; their days may differ.
    agreed, only_a, only_b : geometry
        Land that both, or only one of them, hold for Russian.
    """

    a: Snapshot
    b: Snapshot
    agreed: BaseGeometry = field(repr=False)
    only_a: BaseGeometry = field(repr=False)
    only_b: BaseGeometry = field(repr=False)

    @property
    def agreed_km2(self) -> float:
        """Area that both hold for Russian, km2."""
        return area_km2(self.agreed)

    @property
    def only_a_km2(self) -> float:
        """Area that only the first source holds for Russian, km2."""
        return area_km2(self.only_a)

    @property
    def only_b_km2(self) -> float:
        """Area that only the second source holds for Russian, km2."""
        return area_km2(self.only_b)

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be known to compare them: other days, other land counted."""
        notes = []
        if self.a.date != self.b.date:
            notes.append(f"the snapshots are of {self.a.date} and {self.b.date}")
        for one in (self.a, self.b):
            known = find_source(one.source)
            if known is not None and known.scope:
                notes.append(f"{known.title} counts {known.scope}")
        return tuple(dict.fromkeys(notes))

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain types; areas in km2."""
        return {
            "a": {"source": self.a.source, "date": self.a.date.isoformat()},
            "b": {"source": self.b.source, "date": self.b.date.isoformat()},
            "agreed_km2": round(self.agreed_km2, 1),
            "only_a_km2": round(self.only_a_km2, 1),
            "only_b_km2": round(self.only_b_km2, 1),
            "notes": list(self.notes),
        }


def compare(a: Snapshot, b: Snapshot) -> Comparison:
    """Return what two snapshots agree on: the areas held by Russia by both, and by one only."""
    only_a, only_b = differences(a.held, b.held)
    agreed = shapely.intersection(a.held, b.held)
    return Comparison(a, b, polygons(agreed), only_a, only_b)
