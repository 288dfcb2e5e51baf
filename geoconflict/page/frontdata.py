"""The front as a page carries it: dated snapshots on a grid, with source, licence and areas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from geoconflict.fronts.collection import Fronts
from geoconflict.fronts.snapshots import Snapshot
from geoconflict.fronts.tolerances import MAX_GAP_DAYS
from geoconflict.page.arcs import Arcs

# A thousandth of a degree is 111 m from north to south, and 70 m from west to east at 51° N.
STEP_DEG = 0.001
STEP_M = 100
# More snapshots than a reader steps through; the others are left out evenly.
MOST_SNAPSHOTS = 60


def front_data(
    fronts: Fronts,
    period: tuple[dt.date, dt.date],
    *,
    allow_restricted: bool,
    also: Sequence[dt.date] = (),
) -> dict[str, Any]:
    """Return the snapshots of a period for the page.

    Parameters
    ----------
    fronts : Fronts
        Snapshots of one source; those that cannot be read and may be left out are.
    period : pair of date
        Its snapshots are taken, and the last one before it, which holds at its start.
    allow_restricted : bool
        Whether data may be taken whose licence does not let everybody publish them.
    also : sequence of date
        Further days whose snapshots are taken.

    Returns
    -------
    dict
        ``source``, ``id``, ``scope``, ``licence``, ``restricted``; ``omitted``, how many
        snapshots were left out; ``step_m``, to what the lines are simplified; what
        ``Arcs`` gives; ``snapshots`` with ``date``, ``until``, the last day that may
        be answered from it, ``held`` and ``line`` as lists of arcs, and ``area_km2`` of what
        is held, measured before anything was simplified; where the source draws them, also
        ``contested``, ``claimed`` and ``salient`` as lists of arcs.

    Raises
    ------
    LicenceError
        The licence forbids publishing them, and ``allow_restricted`` does not say otherwise.
    SnapshotFileError
        A snapshot cannot be read and may not be left out.
    """
    fronts.require_licence(allow_restricted=allow_restricted)
    further = {fronts.at(day).date for day in also}
    dates = sorted({*_dates(fronts, *period), *further})
    shown = sorted({*_thinned(dates, MOST_SNAPSHOTS), *further})
    arcs = Arcs(STEP_DEG)
    snapshots = [
        _snapshot(snapshot, arcs) | {"until": until.isoformat()}
        for date, until in zip(shown, _untils(shown, dates), strict=True)
        if (snapshot := fronts.load(date)) is not None
    ]
    return {
        "source": fronts.title,
        "id": fronts.source,
        "scope": fronts.scope,
        "licence": fronts.licence,
        "restricted": not fronts.republishable,
        "omitted": len(dates) - len(shown),
        "step_m": STEP_M,
        **arcs.to_dict(),
        "snapshots": snapshots,
    }


def _dates(fronts: Fronts, start: dt.date, end: dt.date) -> list[dt.date]:
    """Return the days of a period and the last one before, without what cannot be read."""
    before = (date for date in reversed(fronts.dates) if date < start)
    last = next((date for date in before if _is_readable(fronts, date)), None)
    inside = [date for date in fronts.dates if start <= date <= end]
    found = [date for date in inside if _is_readable(fronts, date)]
    return found if last is None else [last, *found]


def _is_readable(fronts: Fronts, date: dt.date) -> bool:
    """Return whether a snapshot can be read; where it must be, its reading will tell."""
    return not fronts.keep_going or fronts.load(date) is not None


def _thinned(dates: list[dt.date], most: int) -> list[dt.date]:
    """Return at most so many dates, evenly taken, the first and the last among them."""
    if len(dates) <= most:
        return dates
    return [dates[round(place * (len(dates) - 1) / (most - 1))] for place in range(most)]


def _untils(shown: Sequence[dt.date], dates: Sequence[dt.date]) -> list[dt.date]:
    """Return the last day that each shown snapshot, or one left out after it, still tells of."""
    gap = dt.timedelta(days=MAX_GAP_DAYS)
    ends = [max(date for date in dates if date < after) for _, after in pairwise(shown)]
    return [end + gap for end in (*ends, *shown[-1:])]


def _snapshot(snapshot: Snapshot, arcs: Arcs) -> dict[str, Any]:
    others = {
        "contested": snapshot.contested,
        "claimed": snapshot.claimed,
        "salient": snapshot.salient,
    }
    return {
        "date": snapshot.date.isoformat(),
        "held": arcs.add(snapshot.held),
        "line": arcs.add(snapshot.line),
        "area_km2": round(snapshot.area_km2),
        **{name: arcs.add(area) for name, area in others.items() if area and not area.is_empty},
    }
