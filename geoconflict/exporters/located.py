"""A casebook's events as they are handed out: each with its position, reports and claims."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.files import table_rows
from geoconflict.casebooks.naming import event_names
from geoconflict.casebooks.positions import locate_events
from geoconflict.look.labels import text
from geoconflict.look.say import say

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Handed:
    """One event: its own columns, where it is and how that is known, its reports and claims.

    ``language`` is that of the words; ``title`` is the kind and ``place``, what it is called
    where it was.
    ``lon`` and ``lat`` are None where nobody knows; ``position`` says how they were found, or
    why they are missing.
    """

    event: Values
    lon: float | None
    lat: float | None
    precision_m: float | None
    position: str
    title: str
    place: str
    reports: tuple[Values, ...]
    claims: tuple[Values, ...]
    language: str


def handed_out(casebook: Casebook, language: str | None = None) -> list[Handed]:
    """Return every event of a casebook as it is handed out, in the order of the table.

    Parameters
    ----------
    casebook : Casebook
        As read.
    language : {"en", "uk", "ru"}, optional
        Of what is said of it. Default: that of the casebook.
    """
    own, located = language or casebook.info.language, locate_events(casebook)
    reports, claims = _by_event(casebook, "reports"), _by_event(casebook, "claims")
    places = pd.DataFrame(located.events)[["lon", "lat", "precision_m"]].to_dict("records")
    rows = zip(table_rows(casebook, "events"), places, event_names(located, own), strict=True)
    found = []
    for event, where, names in rows:
        place = next(filter(None, names), text("export.unnamed", own))
        lon, lat, precision = (_known(where[name]) for name in ("lon", "lat", "precision_m"))
        found.append(
            Handed(
                event=event,
                lon=lon,
                lat=lat,
                precision_m=precision,
                position=say(located.positions[event["id"]], own),
                title=f"{text('kind.' + event['kind'], own)}: {place}",
                place=place,
                reports=tuple(reports[event["id"]]),
                claims=tuple(claims[event["id"]]),
                language=own,
            )
        )
    return found


def _by_event(casebook: Casebook, name: str) -> dict[str, list[Values]]:
    rows: dict[str, list[Values]] = defaultdict(list)
    for row in table_rows(casebook, name):
        rows[row["event_id"] or ""].append(row)
    return rows


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
