"""How sure the cells of a finished event are, by how each was read and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from geoconflict.drafting.cells import Cell

# Ways of reading that were right in fewer than nine of ten cells of reports nobody had read.
_WEAK = {
    "date_start": (
        *("today", "today, told before", "today, told at the head", "date, told before"),
        *("night of a date, told at the head", "day of the report", "weekday"),
    ),
    "target_type": ("word for the target",),
    "weapon": ("weapon named before",),
}
_DAYS = ("date_start", "date_end")
_DETAILS = ("weapon", "target_type", "killed", "injured", "facility")


def with_levels(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return the cells of an event, those lowered to "open" that are often wrong.

    The level of ``kind`` is that of the event: whether it is one at all.
    """
    open_ones = {name for name, cell in cells.items() if _is_weak(name, cell)}
    if open_ones & set(_DAYS):
        open_ones |= {*_DAYS} & set(cells)
    lowered = {
        name: replace(cell, certainty="open") if name in open_ones else cell
        for name, cell in cells.items()
    }
    if _is_doubtful(lowered):
        lowered["kind"] = replace(lowered["kind"], certainty="open")
    return lowered


def _is_weak(name: str, cell: Cell) -> bool:
    is_at_odds = name in ("killed", "injured", "launched", "shot_down") and cell.alternatives
    several = name == "weapon" and cell.rule == "weapon named" and ";" in str(cell.value)
    weak = cell.certainty == "likely" and cell.rule in _WEAK.get(name, ())
    return bool(is_at_odds or several or weak)


def _is_doubtful(cells: Mapping[str, Cell]) -> bool:
    """Return whether so little tells an event that it may be none, or another one."""
    kind, place, day = cells["kind"].value, cells.get("place"), cells.get("date_start")
    if place is not None and place.certainty == "open":
        return True
    if kind == "interception":
        return "actor" not in cells or day is None or day.certainty == "open"
    if kind != "strike":
        return False
    is_far = "lon" in cells and (day is None or day.certainty == "open")
    return place is None or is_far or not any(name in cells for name in _DETAILS)
