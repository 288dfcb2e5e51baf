"""The first-level units of a page: their outlines, and of many events which lie in which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely

from geoconflict.errors import UnknownReferenceError
from geoconflict.measuring.borders import UNIT_ACCURACY_M, Borders
from geoconflict.page.arcs import Arcs

# From so many events on they hide each other, and a page can add them up instead.
MANY = 300
_METRES_A_DEGREE = 111_200.0
# Half a kilometre; the outlines themselves are right within three.
_STEP_DEG = 0.005


def unit_data(events: Mapping[str, list[Any]], borders: Borders) -> dict[str, Any]:
    """Return the units that events are known for as a whole, with their outlines.

    Parameters
    ----------
    events : mapping
        Columns of ``page_data``.
    borders : Borders
        Tell the outlines.

    Returns
    -------
    dict
        ``step`` and ``arcs`` as in ``Arcs``, and ``units``: lists of arcs by ISO 3166-2 code. Of
        ``MANY`` events and more also ``of``, the code of each event's unit, None where that
        cannot be told, and ``middles``, lon and lat inside each unit, by code.
    """
    rows = zip(events["position_kind"], events["admin1"], strict=True)
    codes = {code for where, code in rows if where == "admin1" and code}
    of = units_of(events, borders) if len(events["id"]) >= MANY else None
    arcs = Arcs(_STEP_DEG)
    units, middles = {}, {}
    for code in sorted(codes.union(filter(None, of or ()))):
        try:
            outline = borders.unit(code).geometry
        except UnknownReferenceError:
            continue
        units[code] = arcs.add(outline)
        middle = shapely.point_on_surface(outline)
        middles[code] = [round(middle.x, 3), round(middle.y, 3)]
    totals = {} if of is None else {"of": of, "middles": middles}
    return {**arcs.to_dict(), "units": units, **totals}


def units_of(events: Mapping[str, list[Any]], borders: Borders) -> list[str | None]:
    """Return the code of the unit of each event: as recorded, else in which its circle lies.

    None where the event has no position, or lies so near to the next unit that it cannot be told.
    """
    columns = [np.array(events[name], dtype=float) for name in ("lon", "lat", "precision_m")]
    lon, lat, precision_m = columns
    reach_deg = np.fmax(np.nan_to_num(precision_m), UNIT_ACCURACY_M) / _METRES_A_DEGREE
    east_deg = reach_deg / np.cos(np.radians(lat))
    around = [
        borders.locate(np.column_stack([lon + x * east_deg, lat + y * reach_deg]))
        for x, y in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
    ]
    found = [one[0] if len(set(one)) == 1 else "" for one in zip(*around, strict=True)]
    recorded = events["admin1"]
    return [code or own or None for code, own in zip(recorded, found, strict=True)]
