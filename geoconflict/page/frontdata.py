"""The front as a page carries it: dated snapshots on a grid, with source, licence and areas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import shapely

from geoconflict.errors import LicenceError
from geoconflict.geodesy import area_m2
from geoconflict.page.arcs import Arcs

# A thousandth of a degree is 111 m from north to south, and 70 m from west to east at 51° N.
STEP_DEG = 0.001
STEP_M = 100
# More snapshots than a reader steps through; the others are left out evenly.
MOST_SNAPSHOTS = 60


class Snapshot(Protocol):
    """Who held what on one day."""

    @property
    def date(self) -> dt.date:
        """Day of the snapshot."""

    @property
    def held(self) -> shapely.MultiPolygon:
        """The area that is held, EPSG:4326."""

    @property
    def line(self) -> shapely.MultiLineString:
        """The front line, EPSG:4326."""


class FrontSource(Protocol):
    """Dated snapshots of one source; ``geoconflict.fronts.Fronts`` is one."""

    @property
    def title(self) -> str:
        """Who publishes them, as a reader knows them."""

    @property
    def licence(self) -> str:
        """The licence they are under."""

    @property
    def republishable(self) -> bool:
        """Whether that licence lets everybody publish them again."""

    @property
    def dates(self) -> Sequence[dt.date]:
        """The days for which there is a snapshot."""

    def at(self, date: dt.date, /) -> Snapshot:
        """Return the snapshot of a day."""


def front_data(
    fronts: FrontSource, period: tuple[dt.date, dt.date], *, allow_restricted: bool
) -> dict[str, Any]:
    """Return the snapshots of a period for the page.

    Parameters
    ----------
    fronts : FrontSource
        Snapshots of one source.
    period : pair of date
        Its snapshots are taken, and the last one before it, which holds at its start.
    allow_restricted : bool
        Whether data may be taken whose licence does not let everybody publish them.

    Returns
    -------
    dict
        ``source``, ``licence``, ``restricted``; ``omitted``, how many snapshots were left
        out; ``step_m``, to what the lines are simplified; ``step`` and ``arcs`` as in
        ``Arcs``; ``snapshots`` with ``date``, ``held`` and ``line`` as lists of arcs, and
        ``area_km2`` of what is held, measured before anything was simplified.

    Raises
    ------
    LicenceError
        The licence forbids publishing them, and ``allow_restricted`` does not say otherwise.
    """
    if not fronts.republishable and not allow_restricted:
        message = (
            f"the front lines of {fronts.title} may not be published again ({fronts.licence}): "
            "leave them out, or say with --include-restricted that you have the right to"
        )
        raise LicenceError(message)
    dates = _dates(sorted(fronts.dates), *period)
    shown = _thinned(dates, MOST_SNAPSHOTS)
    arcs = Arcs(STEP_DEG)
    snapshots = [_snapshot(fronts.at(date), arcs) for date in shown]
    return {
        "source": fronts.title,
        "licence": fronts.licence,
        "restricted": not fronts.republishable,
        "omitted": len(dates) - len(shown),
        "step_m": STEP_M,
        **arcs.to_dict(),
        "snapshots": snapshots,
    }


def _dates(dates: Sequence[dt.date], start: dt.date, end: dt.date) -> list[dt.date]:
    before = [date for date in dates if date < start]
    return [*before[-1:], *(date for date in dates if start <= date <= end)]


def _thinned(dates: list[dt.date], most: int) -> list[dt.date]:
    """Return at most so many dates, evenly taken, the first and the last among them."""
    if len(dates) <= most:
        return dates
    return [dates[round(place * (len(dates) - 1) / (most - 1))] for place in range(most)]


def _snapshot(snapshot: Snapshot, arcs: Arcs) -> dict[str, Any]:
    return {
        "date": snapshot.date.isoformat(),
        "held": arcs.add(snapshot.held),
        "line": arcs.add(snapshot.line),
        "area_km2": round(float(area_m2(np.array([snapshot.held]))[0]) / 1e6),
    }
