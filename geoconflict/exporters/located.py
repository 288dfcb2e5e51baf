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
from geoconflict.casebooks.positions import locate_events

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Handed:
    """One event: its own columns, where it is and how that is known, its reports and claims.

    ``title`` is the kind and ``place``, what it is called where it was.
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


def handed_out(casebook: Casebook) -> list[Handed]:
    """Return every event of a casebook as it is handed out, in the order of the table."""
    frame = pd.DataFrame(locate_events(casebook).events)
    reports, claims = _by_event(casebook, "reports"), _by_event(casebook, "claims")
    places = frame[["lon", "lat", "precision_m", "position", "facility_name", "place_title"]]
    found = []
    for event, where in zip(table_rows(casebook, "events"), places.to_dict("records"), strict=True):
        place = _place(event, {str(k): v for k, v in where.items()})
        lon, lat, precision = (_known(where[name]) for name in ("lon", "lat", "precision_m"))
        found.append(
            Handed(
                event=event,
                lon=lon,
                lat=lat,
                precision_m=precision,
                position=str(where["position"]),
                title=f"{str(event['kind']).replace('_', ' ').capitalize()}: {place}",
                place=place,
                reports=tuple(reports[event["id"]]),
                claims=tuple(claims[event["id"]]),
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


def _place(event: Values, where: Values) -> str:
    names = (where["facility_name"], event["place"], where["place_title"], event["admin1"])
    return next((name for name in names if isinstance(name, str)), "place not named")
