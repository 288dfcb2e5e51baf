"""The outlines of the first-level units for which a page knows something no closer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geoconflict.errors import UnknownReferenceError
from geoconflict.measuring.borders import Borders
from geoconflict.page.arcs import Arcs

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
        ``step`` and ``arcs`` as in ``Arcs``, and ``units``: lists of arcs by ISO 3166-2 code.
    """
    rows = zip(events["position_kind"], events["admin1"], strict=True)
    codes = {code for where, code in rows if where == "admin1" and code}
    arcs = Arcs(_STEP_DEG)
    units = {}
    for code in sorted(codes):
        try:
            units[code] = arcs.add(borders.unit(code).geometry)
        except UnknownReferenceError:
            continue
    return {**arcs.to_dict(), "units": units}
