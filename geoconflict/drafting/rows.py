"""Drafted events as rows of a casebook: their ids, status, and what each report says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geoconflict.casebooks.ids import digest
from geoconflict.casebooks.records import Certainty, Status
from geoconflict.drafting.cells import LEVELS, DraftEvent, Row, Source, Value
from geoconflict.gazetteer.names import fold, romanise

COLUMNS = (
    *("kind", "date_start", "date_end", "facility", "place", "admin1", "country"),
    *("lon", "lat", "precision_m", "actor", "target_type", "weapon"),
    *("killed", "injured", "launched", "shot_down"),
)
# Without these there is no event.
_NEEDED = ("kind", "date_start", "date_end")
_WHERE = ("facility", "place", "admin1", "country")
_NUMBERS = ("killed", "injured", "launched", "shot_down")
_NO_ID = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Said:
    """Who says something of an event, how, and for which side; empty where it is not known."""

    claimant: str
    stance: str
    side: str = ""


def draft_rows(
    source: Source, events: Iterable[DraftEvent], *, sure: Certainty | None = None
) -> list[Row]:
    """Return drafted events as rows of a casebook.

    Parameters
    ----------
    source : Source
        The report.
    events : iterable of DraftEvent
        What was drafted of it.
    sure : str, optional
        ``certain``, ``likely`` or ``open``: cells that are less sure stay empty, and an event
        that then has no kind, day or place at all is none. Default: everything.
    """
    allowed = LEVELS[: LEVELS.index(sure) + 1] if sure else LEVELS
    rows = []
    for event in events:
        values = {c: event.cells[c].value for c in COLUMNS if _is_sure(event, c, allowed)}
        if all(values.get(c) for c in _NEEDED) and any(values.get(c) for c in _WHERE):
            told = event.cells["date_start"].certainty
            values["date_basis"] = "about" if told == "open" else "exact"
            said = [
                Said(str(one.claimant.value), str(one.stance.value), one.side)
                for one in event.reports
            ]
            back = event.is_background
            row = make_row(source, values, said, event.claims, is_background=back)
            rows.append(replace(row, drafted=event.id))
    return with_own_ids(rows)


def make_row(
    source: Source,
    values: Mapping[str, Value],
    said: Sequence[Said],
    claims: Sequence[str] = (),
    *,
    is_background: bool = False,
    same_as: str = "",
) -> Row:
    """Return the values of an event as a row of a casebook: with id, status and reports.

    Parameters
    ----------
    source : Source
        The report.
    values : mapping
        By column of ``events.csv``.
    said : sequence of Said
        Who says so; where nobody is named, it is the report itself.
    claims : sequence of str
        Ids of the claims that are about it.
    is_background : bool
        Whether it is told as context.
    same_as : str
        The id of the event of a casebook that it is, ``new`` for none, empty to find out.
    """
    found = {"id": event_id(values), **values}
    found["status"] = status_of((one.stance, one.side) for one in said)
    if is_background:
        found["note"] = "told as background of a later report"
    voices = said or [Said(source.publisher, "claims", "")]
    reports = tuple(_report(source, one, values) for one in voices)
    return Row(found, reports, tuple(claims), same_as)


def with_own_ids(rows: Iterable[Row]) -> list[Row]:
    """Return rows of which each has an id of its own."""
    taken: set[str] = set()
    kept = []
    for row in rows:
        name, number = str(row.event["id"]), 1
        while name in taken:
            number += 1
            name = f"{row.event['id']}-{number}"
        taken.add(name)
        kept.append(replace(row, event={**row.event, "id": name}))
    return kept


def event_id(values: Mapping[str, Any]) -> str:
    """Return the id of an event, the same each time: its day, place, kind and target.

    Examples
    --------
    >>> event_id({"date_end": "2025-03-11", "facility": "moscow-refinery", "kind": "strike"})
    '2025-03-11-moscow-refinery-strike'
    """
    place = values.get("facility") if _is_key(values.get("facility")) else values.get("place")
    where = place or values.get("admin1") or values.get("country") or "unknown"
    parts = [str(values["date_end"]), _slug(str(where)), str(values["kind"]).replace("_", "-")]
    if values["kind"] == "interception" and values.get("weapon"):
        parts.append(_slug(str(values["weapon"])))
    elif values.get("target_type") and not _is_key(values.get("facility")):
        parts.append(_slug(str(values["target_type"])))
    return "-".join(filter(None, parts))


def status_of(said: Iterable[tuple[str, str]]) -> Status:
    """Return the status of an event by who says what of it, as ``Event`` defines it.

    Parameters
    ----------
    said : iterable of pairs
        The stance, and the side of who takes it: ``UA``, ``RU``, ``other`` or empty.

    Examples
    --------
    >>> status_of([("claims", "UA")]), status_of([("claims", "UA"), ("claims", "RU")])
    ('claimed', 'confirmed')
    >>> status_of([("claims", "UA"), ("denies", "RU")]), status_of([("geolocates", "other")])
    ('disputed', 'geolocated')
    """
    pairs = list(said)
    stances = {stance for stance, _ in pairs}
    if "geolocates" in stances:
        return "geolocated"
    if "denies" in stances:
        return "disputed"
    sides = {side for _, side in pairs if side}
    return "confirmed" if len(sides) > 1 else "claimed"


def _is_sure(event: DraftEvent, column: str, allowed: Sequence[str]) -> bool:
    return column in event.cells and event.cells[column].certainty in allowed


def _report(source: Source, said: Said, values: Mapping[str, Value]) -> dict[str, str]:
    """Return a row of ``reports.csv``; its summary has the numbers that this report gives."""
    numbers = [f"{name.replace('_', ' ')} {values[name]}" for name in _NUMBERS if name in values]
    row = {
        "source": source.id,
        "claimant": " ".join(said.claimant.split()) or source.publisher,
        "stance": said.stance,
        "published": source.date.isoformat() if source.date else "",
        "url": source.url or "",
        "summary": "; ".join(numbers),
    }
    return {name: value for name, value in row.items() if value}


def _is_key(facility: object) -> bool:
    """Return whether a facility is an id of the gazetteer and no words of a report."""
    return (
        isinstance(facility, str)
        and re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)+", facility) is not None
    )


def _slug(text: str) -> str:
    latin = _NO_ID.sub("-", fold(romanise(text)).lower()).strip("-")
    return latin or digest([text])[:8]
