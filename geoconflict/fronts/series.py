"""Area held, gained and lost from day to day."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from geoconflict.errors import (
    Fault,
    MissingSnapshotError,
    SnapshotFileError,
    SnapshotWarning,
    UnknownReferenceError,
)
from geoconflict.fronts.changes import diff, warn_of_other_land
from geoconflict.fronts.sides import CONTESTED, UNKNOWN
from geoconflict.fronts.snapshots import Snapshot
from geoconflict.fronts.units import area_by_unit, is_told, unit_title
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.geodesy import area_km2

if TYPE_CHECKING:
    import pandas as pd

# Of what a source may draw beside the area that is held; only columns that it draws are given.
_OTHERS = ("contested_km2", "unknown_km2", "salient_km2")
_COLUMNS = ("area_km2", "gained_km2", "lost_km2", "net_km2", "days", "rate_km2_per_day")
# Another process takes half a second to begin, as long as so many snapshots do.
_WORTH_A_PROCESS = 80
# Called with the number of snapshots done.
Watch = Callable[[int], None]
Load = Callable[[dt.date], Snapshot | None]


@dataclass(frozen=True)
class _Day:
    """What is measured of one snapshot; ``gained`` and ``lost`` by unit, empty for the whole.

    ``since`` is how many days lie between it and the one before, 0 for the first, whose
    ``gained`` is all that is held. ``is_alike`` is unset where both count other land, so that
    nothing tells what was gained and lost.
    """

    date: dt.date
    area: float
    others: Mapping[str, float | None]
    since: int
    gained: Mapping[str, float]
    lost: Mapping[str, float]
    is_alike: bool = True


def series(
    load: Load,
    days: Sequence[dt.date],
    *,
    borders: Borders,
    by: str | None = None,
    watch: Watch = lambda _: None,
    processes: int = 1,
) -> pd.DataFrame:
    """Return the area held by Russia on each day there is a snapshot of, and its change.

    Parameters
    ----------
    load : callable
        Returns the snapshot of a day, None where it is left out; each is read once.
    days : sequence of date
        Days there is a snapshot of, in order.
    borders : Borders
        The recognised ones, whose units are told.
    by : {"admin1"}, optional
        One row a day and unit, with the columns ``admin1`` (ISO 3166-2 code, empty for what
        lies in no unit) and ``title``, instead of one a day.
    watch : callable
        Called with the number of snapshots done.
    processes : int
        How many at most do the work; more than one needs a ``load`` that can be pickled, and a
        program whose main module can be imported.

    Returns
    -------
    DataFrame
        ``date``; ``area_km2`` held, geodesic; ``gained_km2``, ``lost_km2`` and ``net_km2``
        since the snapshot before, slivers included; ``days`` since then and
        ``rate_km2_per_day``, net by days. NaN in the first row. Where the source draws them
        and the whole is asked for, ``contested_km2`` and ``unknown_km2`` that are not held, and
        ``salient_km2``, held by Ukraine outside Ukraine; NaN on days without. What changed is
        NaN too where two snapshots do not count the same land. Days without a snapshot have no
        row: nothing is interpolated.

    Warns
    -----
    SnapshotWarning
        Two snapshots do not count the same land.

    Raises
    ------
    SnapshotFileError
        Snapshots cannot be read; all are named.
    MissingSnapshotError
        All snapshots are left out because they cannot be read.
    UnknownReferenceError
        ``by`` is not ``admin1``.
    """
    import pandas as pd

    if by not in (None, "admin1"):
        message = f"areas are given by 'admin1' or for the whole, not by {by!r}"
        raise UnknownReferenceError(message)
    parts = _measured(load, days, by_unit=by is not None, watch=watch, processes=processes)
    faults = [fault for _, wrong in parts for fault in wrong]
    if faults:
        raise SnapshotFileError(faults)
    measured = list(chain.from_iterable(done for done, _ in parts))
    rows = _unit_rows(measured, borders) if by else list(map(_row, measured))
    if days and not rows:
        message = f"none of the {len(days)} snapshots from {days[0]} to {days[-1]} can be read"
        raise MissingSnapshotError(message)
    names = ("date", *(("admin1", "title") if by else ()), *_COLUMNS)
    frame = pd.DataFrame(rows, columns=list(names))
    frame["date"] = pd.to_datetime(frame["date"])
    return frame.assign(**_drawn(rows))


def _drawn(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[float]]:
    """Return the columns of what else is drawn, those that any row has."""
    found = {name: [row.get(name) for row in rows] for name in _OTHERS}
    return {
        name: [float("nan") if value is None else value for value in column]
        for name, column in found.items()
        if any(value is not None for value in column)
    }


def _measured(
    load: Load, days: Sequence[dt.date], *, by_unit: bool, watch: Watch, processes: int
) -> list[tuple[list[_Day], list[Fault]]]:
    """Return what is measured of each stretch of days, a stretch a process."""
    count = max(1, min(processes, len(days) // _WORTH_A_PROCESS))
    starts = [len(days) * number // count for number in (*range(count), count)]
    work = partial(_stretch, load, days, by_unit=by_unit)
    if count == 1:
        return [work(0, len(days), watch=watch)]
    with ProcessPoolExecutor(count - 1, get_context("spawn")) as pool:
        asked = [pool.submit(_quietly, work, *ends) for ends in pairwise(starts[1:])]
        parts = [work(0, starts[1], watch=watch)]
        for end, answer in zip(starts[2:], asked, strict=True):
            part, told = answer.result()
            for message in told:
                warnings.warn(message, SnapshotWarning, stacklevel=4)
            parts.append(part)
            watch(end)
    return parts


def _quietly(
    work: Callable[..., tuple[list[_Day], list[Fault]]], start: int, end: int
) -> tuple[tuple[list[_Day], list[Fault]], list[str]]:
    """Return what is measured in another process, and what it warned of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        part = work(start, end)
    return part, [str(warning.message) for warning in caught]


def _stretch(
    load: Load,
    days: Sequence[dt.date],
    start: int,
    end: int,
    *,
    by_unit: bool,
    watch: Watch = lambda _: None,
) -> tuple[list[_Day], list[Fault]]:
    """Return what is measured of the days of a stretch, and what cannot be read of them."""
    measured: list[_Day] = []
    faults: list[Fault] = []
    before = None
    with warnings.catch_warnings():
        # Those of the days before are told where they are measured.
        warnings.simplefilter("ignore", SnapshotWarning)
        for day in reversed(days[:start]):
            before = before or _loaded(load, day, [])
            if before:
                break
    for number, day in enumerate(days[start:end], start=start + 1):
        snapshot = _loaded(load, day, faults)
        if snapshot is not None:
            measured.append(_day(snapshot, before, by_unit=by_unit))
            before = snapshot
        watch(number)
    return measured, faults


def _loaded(load: Load, day: dt.date, faults: list[Fault]) -> Snapshot | None:
    try:
        return load(day)
    except SnapshotFileError as error:
        faults += error.faults
        return None


def _day(snapshot: Snapshot, before: Snapshot | None, *, by_unit: bool) -> _Day:
    salient = None if snapshot.salient.is_empty else area_km2(snapshot.salient)
    drawn = (snapshot.drawn_km2(CONTESTED), snapshot.drawn_km2(UNKNOWN), salient)
    said = (snapshot.date, snapshot.area_km2, dict(zip(_OTHERS, drawn, strict=True)))
    if before is None:
        held = area_by_unit(snapshot.held, snapshot.borders) if by_unit else {}
        return _Day(*said, 0, held, {})
    changes = diff(before, snapshot)
    warn_of_other_land(changes)
    if not by_unit:
        whole = {"": changes.all_gained_km2}, {"": changes.all_lost_km2}
        return _Day(*said, changes.days, *whole, not changes.unlike)
    pairs = changes.by_unit.items()
    gained, lost = ({code: pair[end] for code, pair in pairs} for end in (0, 1))
    return _Day(*said, changes.days, gained, lost, not changes.unlike)


def _row(day: _Day) -> dict[str, Any]:
    row = {"date": day.date, "area_km2": day.area, **day.others}
    is_known = day.since and day.is_alike
    return row | _moved(day.gained[""], day.lost[""], day.since) if is_known else row


def _unit_rows(measured: Sequence[_Day], borders: Borders) -> list[dict[str, Any]]:
    """Return the areas by unit: of the first snapshot from its whole, then from what changed.

    To cut the whole of every day by oblasts takes ten times as long as all the rest; whatever
    rounding leaves goes to what lies in no unit, so that the areas add up every day.
    """
    areas: dict[str, float] = {}
    rows: list[dict[str, Any]] = []
    for day in measured:
        for code, gained in day.gained.items():
            areas[code] = areas.get(code, 0.0) + gained - day.lost.get(code, 0.0)
        if day.since:
            areas[""] = day.area - sum(area for code, area in areas.items() if code)
        moved = {c: (day.gained[c], day.lost[c]) for c in day.gained if day.since}
        told = {code for code, area in areas.items() if is_told(area)}
        told |= {code for code, pair in moved.items() if any(map(is_told, pair))}
        titles = {code: unit_title(code, borders) for code in told}
        for code in sorted(told, key=lambda code: (not code, titles[code])):
            row = {"date": day.date, "area_km2": areas[code], "admin1": code, "title": titles[code]}
            pair = moved.get(code, (0.0, 0.0))
            known = pair if any(map(is_told, pair)) else (0.0, 0.0)
            is_known = day.since and day.is_alike
            rows.append(row | _moved(*known, day.since) if is_known else row)
    return rows


def _moved(gained: float, lost: float, days: int) -> dict[str, Any]:
    net = gained - lost
    rate = {"days": days, "rate_km2_per_day": net / days}
    return {"gained_km2": gained, "lost_km2": lost, "net_km2": net, **rate}
