"""Rows of a table that tell of no event, and why they are set aside."""

from __future__ import annotations

from geoconflict.importers.columnnames import named_columns
from geoconflict.importers.denials import is_alert_alone, words_of
from geoconflict.importers.drafts import RowFault
from geoconflict.importers.meanings import (
    is_in_service,
    is_no_event,
    is_nothing,
    is_of_the_past,
    is_of_troops,
    is_repeated,
    is_total,
    is_yes,
    tells_deed,
    troops_told,
)
from geoconflict.importers.notations import find_pairs
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.tablecells import PLACING, Cells

# What tells that something happened, whatever else a row names.
_HAPPENED = ("kind", "weapon", "target_type", "killed", "injured", "launched", "shot_down", "hits")
# Who counts people or arms tells of something, whatever another cell says.
_COUNTED = ("killed", "injured", "launched", "shot_down", "hits")
# Where a row of sums says so: "total" as a place, "11 attacks in all" as a weapon.
_SUMMED = ("place", "admin1", "facility", "weapon", "kind")
_SHOWN, _FEW, _SHORT = 80, 3, 12


def refuse_no_event(cells: Cells, row: RawRow) -> None:
    """Refuse a row of sums, of another kind, of troops, or a message of nothing that happened.

    Raises
    ------
    RowFault
        The row tells of no event: why, with its words.
    """
    if set(row.values) == {cells.known.plan.column_names["date_start"]}:
        message = f"nothing but a day: {cells['date_start']}"
        raise RowFault(message)
    held = [cells[name] for name in _SUMMED]
    bare = (cell for cell in row.values.values() if len(cell) <= _SHORT and " " not in cell)
    if any(map(is_total, filter(None, (*held, *bare)))):
        message = "a row of sums"
        raise RowFault(message)
    # A text of few words is the name of what happened.
    text = cells["effects"] if len(cells["effects"].split()) <= _FEW else ""
    named = (*map(row.get, cells.known.kinds), text, cells["weapon"])
    other = next(filter(is_no_event, named), "")
    if other:
        message = f"no strike, clash or change of control: {other}"
        raise RowFault(message)
    _refuse_second(cells, row)
    _refuse_troops(cells, row)
    is_bare = cells.known.are_messages and not any(cells[name] for name in PLACING)
    if is_bare and cells["effects"]:
        _refuse_message(cells["effects"])


def _refuse_second(cells: Cells, row: RawRow) -> None:
    """Refuse a row that itself says that it repeats another one, was taken back, or is of nothing.

    Which of both is right is for a person to say: the words of either stand in the account.
    """
    for name, cell in row.values.items():
        if is_repeated(cell):
            message = f"told to repeat or update another row: {cell}"
            raise RowFault(message)
        if is_nothing(cell):
            message = f"told that nothing happened: {cell}"
            if not any(cells[column] for column in _COUNTED):
                raise RowFault(message)
            cells.doubts.append(message)
        if is_yes(cell) and named_columns("deleted", {name: name}):
            message = f"told to be deleted: {name}"
            raise RowFault(message)


def _refuse_troops(cells: Cells, row: RawRow) -> None:
    """Refuse a row that names troops and where they stand, and tells of nothing that happened."""
    state = next((cell for name in cells.known.lost if (cell := row.get(name))), "")
    if is_in_service(state):
        message = f"where arms or troops are, no event: {state}"
        raise RowFault(message)
    if cells.known.plan.kind != "other" or any(cells[name] for name in _HAPPENED):
        return
    rest = row.rest(tuple(cells.known.plan.column_names.values())).values()
    named = [cell for cell in (cells["facility"], cells["place"], *rest) if is_of_troops(cell)]
    fault = troops_told(named[0], words_of((cells["effects"], *rest))) if named else ""
    if fault:
        raise RowFault(fault)


def _refuse_message(text: str) -> None:
    """Refuse a message of nothing that happened, of an alert alone, or of what came of it later."""
    fault = ""
    if is_alert_alone(text):
        fault = "a message of an alert alone: " + text[:_SHOWN]
    elif not tells_deed(text) and not find_pairs(text):
        fault = "a message that tells of nothing that happened: " + text[:_SHOWN]
    elif is_of_the_past(text):
        fault = "a message of mourning, a court or advice, no event of its own: " + text[:_SHOWN]
    if fault:
        raise RowFault(fault)
