"""Areas by admin-1 unit of the home country, within its recognised border."""

from __future__ import annotations

from functools import cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.measuring.borders import Borders
from geoconflict.measuring.geodesy import area_km2

# A hundredth of a km2, what rounding leaves where outlines touch; reports give whole km2.
_LEAST_KM2 = 0.01
NO_UNIT = "outside Ukraine's land: lagoons, sea, a border drawn otherwise"


def area_by_unit(geometry: BaseGeometry, borders: Borders) -> dict[str, float]:
    """Return the km2 of an area in each unit of the home country that it meets, by ISO 3166-2 code.

    What lies in none of them, such as lagoons that a source includes, is given under the
    empty code, so that the areas add up to that of the geometry.
    """
    codes, tree = _tree(borders)
    found: dict[str, float] = {}
    for number in sorted(tree.query(geometry, predicate="intersects").tolist()):
        inside = shapely.intersection(geometry, tree.geometries[number])
        found[codes[number]] = area_km2(inside)
    return found | {"": area_km2(geometry) - sum(found.values())}


def is_told(km2: float) -> bool:
    """Return whether an area is more than rounding leaves where outlines touch."""
    return abs(km2) > _LEAST_KM2


def unit_title(code: str, borders: Borders) -> str:
    """Return the English title of a unit; of the empty code, what lies in no unit."""
    return borders.unit(code).title if code else NO_UNIT


def unit_area(code: str, borders: Borders) -> BaseGeometry:
    """Return the polygon of a unit of the home country that ends at the recognised border."""
    codes, tree = _tree(borders)
    area: BaseGeometry = tree.geometries[codes.index(code)]
    return area


@cache
def _tree(borders: Borders) -> tuple[list[str], shapely.STRtree]:
    """Return the units of the home country, together all of its land.

    Their outlines come from a coarser source than the border: what lies beyond it is cut off,
    and what is left between them and the border goes to the nearest unit.
    """
    country, units = borders.home, borders.units(borders.theatre.home)
    inside = [shapely.intersection(unit.geometry, country) for unit in units]
    strips = shapely.get_parts(shapely.difference(country, shapely.union_all(inside)))
    nearest = shapely.STRtree(inside).nearest(strips)
    whole = [
        shapely.union_all([area, *strips[nearest == number]]) for number, area in enumerate(inside)
    ]
    shapely.prepare(np.array(whole, dtype=object))
    return [unit.code for unit in units], shapely.STRtree(whole)
