"""What is to be measured of each event, as plain values that go to any machine."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geoconflict.errors import EnrichError
from geoconflict.importers.columnnames import named_columns
from geoconflict.measuring.dayforms import Order

FRONT = "front:"


@dataclass(frozen=True)
class Plan:
    """What is to be measured, and in which columns the events say where and when they were.

    Parameters
    ----------
    references : tuple of str
        ``border:UA``, any other reference that ``find_reference`` reads, or ``front:FOLDER``.
    admin1, nearest_settlement : bool
        Whether the unit that the event lies in, and the nearest settlement, are to be told.
    lon, lat : str
        Columns of degrees; both empty where points are in a column of geometries.
    date : str
        Column of days; empty where no front is measured.
    date_order : str
        What comes first in days with slashes: ``dmy`` or ``mdy``.
    max_gap_days : int
        How many days older than the event a front snapshot may be.
    """

    references: tuple[str, ...]
    admin1: bool = False
    nearest_settlement: bool = False
    lon: str = ""
    lat: str = ""
    date: str = ""
    date_order: Order = "dmy"
    max_gap_days: int = 7

    def prefixes(self) -> list[str]:
        """Return what stands before the names of each reference's columns: of only one nothing.

        Of several each has its own, so that no column means another thing where they are
        given in another order.

        Examples
        --------
        >>> Plan(("border:UA", "border:UA-RU", "front:snapshots")).prefixes()
        ['border_ua_', 'border_ua_ru_', 'front_']
        """
        is_alone = len(self.references) == 1
        return ["" if is_alone else _prefix(r) for r in self.references]

    def columns(self) -> list[str]:
        """Return the names of the columns that are added, in order."""
        names: list[str] = []
        for reference, prefix in zip(self.references, self.prefixes(), strict=True):
            names += [f"{prefix}{name}" for name in ("distance_km", "azimuth_deg")]
            names += [f"{prefix}nearest_lon", f"{prefix}nearest_lat"]
            if reference.startswith(FRONT):
                names.append(f"{prefix}snapshot_date")
        if self.admin1:
            names.append("admin1")
        if self.nearest_settlement:
            names += ["settlement", "settlement_id", "settlement_km"]
        return names

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain types; a folder of snapshots by what lies in it."""
        fronts = [r.removeprefix(FRONT) for r in self.references if r.startswith(FRONT)]
        return {
            **vars(self),
            "references": list(self.references),
            "fronts": {folder: _listing(Path(folder)) for folder in fronts},
        }


def make_plan(
    references: Sequence[str],
    *,
    columns: Sequence[str],
    has_geometry: bool = False,
    admin1: bool = False,
    nearest_settlement: bool = False,
    date_order: Order = "dmy",
    max_gap_days: int = 7,
) -> Plan:
    """Return the plan for a table with these columns.

    Parameters
    ----------
    references : sequence of str
        What is measured from.
    columns : sequence of str
        Names as they stand in the table; lon, lat and date are found by theirs.
    has_geometry : bool
        Whether the table has a column of points.
    admin1, nearest_settlement, date_order, max_gap_days
        As in ``Plan``.

    Raises
    ------
    EnrichError
        Nothing is asked for, a reference is named twice or a front without a folder, or the
        table has no positions, or no dates where a front is to be measured.
    """
    needs_days = any(reference.startswith(FRONT) for reference in references)
    plan = Plan(
        references=tuple(_absolute(reference) for reference in references),
        admin1=admin1,
        nearest_settlement=nearest_settlement,
        lon="" if has_geometry else _find(columns, "lon"),
        lat="" if has_geometry else _find(columns, "lat"),
        date=_find(columns, "date_start") if needs_days else "",
        date_order=date_order,
        max_gap_days=max_gap_days,
    )
    _check(plan, columns, has_geometry=has_geometry)
    return plan


def free_names(columns: Sequence[str], taken: Collection[str]) -> list[str]:
    """Return names for columns of the input: their own, or a free one where it is taken.

    Examples
    --------
    >>> free_names(["id", "admin1", "admin1_given"], ["admin1"])
    ['id', 'admin1_given_2', 'admin1_given']
    """
    used = {*columns, *taken}
    names = []
    for column in columns:
        name = column
        tries = (f"{column}_given", *(f"{column}_given_{n}" for n in range(2, len(used) + 3)))
        if column in taken:
            name = next(one for one in tries if one not in used)
            used.add(name)
        names.append(name)
    return names


def _check(plan: Plan, columns: Sequence[str], *, has_geometry: bool) -> None:
    """Check that a plan asks for something, and that a table with these columns can give it."""
    held = ", ".join(columns)
    message = ""
    if not plan.columns():
        message = "nothing to measure: give a reference, admin1 or the nearest settlement"
    elif not has_geometry and not (plan.lon and plan.lat):
        message = f"found no columns lon and lat among {held}"
    elif not plan.date and any(reference.startswith(FRONT) for reference in plan.references):
        message = f"found no column of dates among {held}, which a front needs"
    elif len(set(plan.columns())) != len(plan.columns()):
        message = f"two references with columns of one name among {', '.join(plan.references)}"
    if message:
        raise EnrichError(message)


def _absolute(reference: str) -> str:
    """Return a front with its whole path, since other machines work in other folders."""
    if not reference.startswith(FRONT):
        return reference
    folder = reference.removeprefix(FRONT).strip()
    if not folder:
        message = f"{reference!r} names no folder of snapshots: expected front:FOLDER"
        raise EnrichError(message)
    return FRONT + str(Path(folder).resolve())


def _prefix(reference: str) -> str:
    if reference.startswith(FRONT):
        return "front_"
    plain = "".join(char if char.isalnum() else "_" for char in reference.lower())
    return f"{plain.strip('_')}_"


def _find(columns: Sequence[str], target: str) -> str:
    own = {name: name for name in columns}
    found = named_columns(target, own)
    if target == "date_start":
        found += named_columns("date_published", own)
    return next(iter(found), "")


def _listing(folder: Path) -> str:
    """Return a digest of the names, sizes and times of what lies in a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{p.relative_to(folder)} {p.stat().st_size} {p.stat().st_mtime_ns}" for p in files]
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()
