"""Reported advances and changes of control beside what front snapshots draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geoconflict.casebooks.casebook import Casebook
from geoconflict.claims.verdicts import SUPPORTED, UNDETERMINED
from geoconflict.errors import GeoconflictError
from geoconflict.facts import Amount, Fact, fact
from geoconflict.fronts.advances import Advance
from geoconflict.fronts.collection import Fronts
from geoconflict.fronts.control import sides
from geoconflict.fronts.sides import RUSSIA
from geoconflict.look.say import say

if TYPE_CHECKING:
    import pandas as pd

_KINDS = ("advance", "control_change")
# Only what is placed as a town or better says near what the line is to have moved.
_PLACED = ("given", "facility", "settlement")


@dataclass(frozen=True)
class MoveCheck:
    """What snapshots draw of one reported advance or change of control.

    Parameters
    ----------
    event_id : str
        The event that reports it.
    kind : str
        ``advance`` or ``control_change``.
    place : str
        Name of the place as reported; empty where only coordinates are given.
    actor : str
        Code of the side that is said to have moved.
    verdict : str
        ``supported`` where the snapshots draw it, else ``undetermined``: a line follows
        pictures, days late, so that what it does not show is not refuted.
    why : Fact
        Why.
    snapshot_date : date or None
        Day of the last snapshot used, None where there is none.
    advance : Advance or None
        None where no two snapshots fit its days, or where it is a change of control.
    """

    event_id: str
    kind: str
    place: str
    actor: str
    verdict: str
    why: Fact
    snapshot_date: dt.date | None = None
    advance: Advance | None = None

    @property
    def reason(self) -> str:
        """Why, in English."""
        return say(self.why)


def check_moves(casebook: Casebook, fronts: Fronts) -> list[MoveCheck]:
    """Return what snapshots draw of each advance and change of control of a known place and side.

    Parameters
    ----------
    casebook : Casebook
        With the columns of ``locate_events``.
    fronts : Fronts
        Snapshots of one source. An advance is looked for within 25 km of the place, in the 14
        days before the last snapshot on or before the event's last day; a change of control
        by who held the place on that day.

    Returns
    -------
    list of MoveCheck
        In the order of the events; undetermined, with the reason, where snapshots are lacking.

    Examples
    --------
    >>> from geoconflict import Fronts, locate_events, read_casebook
    >>> casebook = locate_events(read_casebook("maps/january-2025"))
    >>> checks = check_moves(casebook, Fronts.read("tests/fronts/squares"))
    >>> next(check.reason for check in checks if check.place == "Toretsk")
    '0 km² won by Russia within 25 km (squares, snapshots of 5 January 2025 and of 20 January 2025)'
    """
    theatre = casebook.gazetteer.theatre
    moves = _moves(casebook.events, theatre.sides)
    return [_checked(event, fronts, theatre.opponent) for event in moves]


def _moves(events: pd.DataFrame, sides: tuple[str, str]) -> Iterator[dict[str, Any]]:
    is_placed = events["kind"].isin(_KINDS) & events["position_kind"].isin(_PLACED)
    for event in events[is_placed & events["actor"].isin(sides)].to_dict("records"):
        yield {str(name): value for name, value in event.items()}


def _checked(event: dict[str, Any], fronts: Fronts, opponent: str) -> MoveCheck:
    look = _look_at_line if event["kind"] == "advance" else _look_at_side
    try:
        return look(event, fronts, opponent)
    except GeoconflictError as error:
        return _check(event, UNDETERMINED, error.fact or fact("error", text=str(error)))


def _look_at_line(event: dict[str, Any], fronts: Fronts, opponent: str) -> MoveCheck:
    near = (event["lon"], event["lat"])
    found = fronts.advances(near, until=_last_day(event))
    is_drawn = found.advanced if event["actor"] == opponent else found.withdrew
    won = found.gained_km2 if event["actor"] == opponent else found.lost_km2
    why = fact(
        "won",
        area=Amount(round(won, 1), "km2"),
        side=event["actor"],
        radius=Amount(found.radius_km, "km"),
        snapshots=fact("snapshots", source=fronts.title, start=found.start, end=found.end),
    )
    verdict = SUPPORTED if is_drawn else UNDETERMINED
    return _check(event, verdict, why, snapshot_date=found.end, advance=found)


def _look_at_side(event: dict[str, Any], fronts: Fronts, opponent: str) -> MoveCheck:
    snapshot = fronts.at(_last_day(event))
    is_russian = sides(snapshot, np.array([[event["lon"], event["lat"]]]))[0] == RUSSIA
    is_drawn = is_russian == (event["actor"] == opponent)
    verdict = SUPPORTED if is_drawn else UNDETERMINED
    told = fact("snapshot", source=snapshot.source_title, date=snapshot.date)
    why = fact("held_there" if is_russian else "not_held_there", snapshot=told)
    return _check(event, verdict, why, snapshot_date=snapshot.date)


def _check(event: dict[str, Any], verdict: str, why: Fact, **found: Any) -> MoveCheck:  # noqa: ANN401
    names = {"kind": event["kind"], "actor": event["actor"], "place": event["place"] or ""}
    return MoveCheck(event_id=event["id"], verdict=verdict, why=why, **names, **found)


def _last_day(event: dict[str, Any]) -> dt.date:
    day: dt.date = event["date_end"].date()
    return day
