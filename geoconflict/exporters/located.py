"""A casebook's events as they are handed out, and what of it is in a file, for not all is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.files import table_rows
from geoconflict.casebooks.naming import event_names
from geoconflict.casebooks.positions import locate_events
from geoconflict.look.labels import labels_of, text
from geoconflict.look.say import say
from geoconflict.look.words import words

Values = Mapping[str, Any]
# Formats that show points and nothing else.
_POINTS_ONLY = ("kml", "timemap")


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


@dataclass(frozen=True)
class Contents:
    """How many events, reports and claims a file holds, and what was left out, in words."""

    events: int
    reports: int
    claims: int
    left_out: tuple[str, ...] = ()

    def told(self, path: Path, language: str) -> str:
        """Return where the file is and what it holds, in words."""
        counts = ((getattr(self, what), what) for what in ("events", "reports", "claims"))
        said = ", ".join(_counted(count, what, language) for count, what in counts)
        return text("export.wrote", language, path=path, counts=said)


def contents(casebook: Casebook, to: str, language: str | None = None) -> Contents:
    """Return what of a casebook a format takes.

    Parameters
    ----------
    casebook : Casebook
    to : str
        Name of the format, as in ``WRITERS``.
    language : {"en", "uk", "ru"}, optional
        Of what is said of it. Default: that of the casebook.
    """
    whole = Contents(len(casebook.events), len(casebook.reports), len(casebook.claims))
    if to not in _POINTS_ONLY:
        return whole
    shown = [one for one in handed_out(casebook) if one.lon is not None]
    held = _held(shown)
    missing = (
        (whole.events - held.events, "events"),
        (whole.reports - held.reports, "reports"),
        (whole.claims - held.claims, "claims"),
    )
    own = language or casebook.info.language
    said = tuple(
        text(f"export.no_{what}", own, count=_counted(count, what, own))
        for count, what in missing
        if count
    )
    return Contents(held.events, held.reports, held.claims, said)


def _counted(count: int, what: str, language: str) -> str:
    own = words(language)
    return f"{own.number(count)} {own.counted(count, labels_of(language)[f'count.{what}'])}"


def _held(shown: Sequence[Handed]) -> Contents:
    reports, claims = (sum(len(getattr(o, n)) for o in shown) for n in ("reports", "claims"))
    return Contents(len(shown), reports, claims)
