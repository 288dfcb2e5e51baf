"""Area held, gained and lost from day to day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geoconflict.errors import Fault, MissingSnapshotError, SnapshotFileError, UnknownReferenceError
from geoconflict.fronts.changes import Changes, diff
from geoconflict.fronts.sides import CONTESTED, UNKNOWN
from geoconflict.fronts.snapshots import Snapshot
from geoconflict.fronts.units import area_by_unit, is_told, unit_title
from geoconflict.measuring.geodesy import area_km2

if TYPE_CHECKING:
    import pandas as pd

# Of what a source may draw beside the area that is held; only columns that it draws are given.
_OTHERS = ("contested_km2", "unknown_km2", "salient_km2")
_COLUMNS = ("area_km2", "gained_km2", "lost_km2", "net_km2", "days", "rate_km2_per_day")
# Called with the number of snapshots done.
Watch = Callable[[int], None]
Load = Callable[[dt.date], Snapshot | None]


def series(
    load: Load,
    days: Sequence[dt.date],
    *,
    by: str | None = None,
    watch: Watch = lambda _: None,
) -> pd.DataFrame:
    """Return the area held by Russia on each day there is a snapshot of, and its change.

    Parameters
    ----------
    load : callable
        Returns the snapshot of a day, None where it is left out; each is read once.
    days : sequence of date
        Days there is a snapshot of, in order.
    by : {"admin1"}, optional
        One row a day and unit, with the columns ``admin1`` (ISO 3166-2 code, empty for what
        lies in no unit) and ``title``, instead of one a day.
    watch : callable
        Called with the number of snapshots done.

    Returns
    -------
    DataFrame
        ``date``; ``area_km2`` held, geodesic; ``gained_km2``, ``lost_km2`` and ``net_km2``
        since the snapshot before, slivers included; ``days`` since then and
        ``rate_km2_per_day``, net by days. NaN in the first row. Where the source draws them
        and the whole is asked for, ``contested_km2`` and ``unknown_km2`` that are not held, and
        ``salient_km2``, held by Ukraine outside Ukraine; NaN on days without. Days without a
        snapshot have no row: nothing is interpolated.

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
    tell = _ByUnit() if by else _total
    rows: list[dict[str, Any]] = []
    for number, (before, snapshot) in enumerate(_pairs(_readable(load, days)), start=1):
        rows += tell(snapshot, diff(before, snapshot) if before else None)
        watch(number)
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


def _readable(load: Load, days: Sequence[dt.date]) -> Iterator[Snapshot]:
    """Yield every snapshot that can be read, then raise what is wrong with the others."""
    faults: list[Fault] = []
    for day in days:
        try:
            snapshot = load(day)
        except SnapshotFileError as error:
            faults += error.faults
            continue
        if snapshot is not None:
            yield snapshot
    if faults:
        raise SnapshotFileError(faults)


def _pairs(snapshots: Iterator[Snapshot]) -> Iterator[tuple[Snapshot | None, Snapshot]]:
    before = None
    for snapshot in snapshots:
        yield before, snapshot
        before = snapshot


def _total(snapshot: Snapshot, changes: Changes | None) -> list[dict[str, Any]]:
    row = {"date": snapshot.date, "area_km2": snapshot.area_km2, **_others(snapshot)}
    if changes is None:
        return [row]
    return [row | _moved(changes.all_gained_km2, changes.all_lost_km2, changes.days)]


def _others(snapshot: Snapshot) -> dict[str, float | None]:
    salient = None if snapshot.salient.is_empty else area_km2(snapshot.salient)
    drawn = (snapshot.drawn_km2(CONTESTED), snapshot.drawn_km2(UNKNOWN), salient)
    return dict(zip(_OTHERS, drawn, strict=True))


class _ByUnit:
    """Tells the areas by unit: of the first snapshot from its whole, then from what changed.

    To cut the whole of every day by oblasts takes ten times as long as all the rest; whatever
    rounding leaves goes to what lies in no unit, so that the areas add up every day.
    """

    def __init__(self) -> None:
        self._areas: dict[str, float] = {}

    def __call__(self, snapshot: Snapshot, changes: Changes | None) -> list[dict[str, Any]]:
        if changes is None:
            self._areas = area_by_unit(snapshot.held, snapshot.borders)
        else:
            for code, (gained, lost) in changes.by_unit.items():
                self._areas[code] = self._areas.get(code, 0.0) + gained - lost
            inside = sum(area for code, area in self._areas.items() if code)
            self._areas[""] = snapshot.area_km2 - inside
        return [
            _unit_row(snapshot, changes, code=code, area=self._areas[code])
            for code in self._told(snapshot, changes)
        ]

    def _told(self, snapshot: Snapshot, changes: Changes | None) -> list[str]:
        held = {code for code, area in self._areas.items() if is_told(area)}
        told = held | set(changes.by_admin1 if changes else ())
        return sorted(told, key=lambda code: (not code, unit_title(code, snapshot.borders)))


def _unit_row(
    snapshot: Snapshot, changes: Changes | None, *, code: str, area: float
) -> dict[str, Any]:
    title = unit_title(code, snapshot.borders)
    row = {"date": snapshot.date, "area_km2": area, "admin1": code, "title": title}
    if changes is None:
        return row
    gained, lost = changes.by_admin1.get(code, (0.0, 0.0))
    return row | _moved(gained, lost, changes.days)


def _moved(gained: float, lost: float, days: int) -> dict[str, Any]:
    net = gained - lost
    rate = {"days": days, "rate_km2_per_day": net / days}
    return {"gained_km2": gained, "lost_km2": lost, "net_km2": net, **rate}
