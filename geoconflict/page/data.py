"""What a page knows of a casebook, as plain columns."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from geoconflict.claims.verdicts import CONTRADICTED, OFF
from geoconflict.embedded import attributions

if TYPE_CHECKING:
    from geoconflict.casebook import Casebook
    from geoconflict.claims.verdicts import Check
    from geoconflict.records import Claim

_EVENT_COLUMNS = (
    *("id", "kind", "date_start", "date_end", "date_basis"),
    *("facility", "place", "admin1", "country"),
    *("lon", "lat", "precision_m", "actor", "target_type", "weapon", "effects", "status", "note"),
    *("position", "position_kind", "facility_name", "place_title"),
)
_REPORT_COLUMNS = ("source", "claimant", "stance", "published", "url", "summary")
_CLAIM_COLUMNS = ("id", "claimant", "source", "kind", "hedge", "date", "text")
# The kinds of claims that are always drawn when they are measured.
_DRAWN = ("distance", "direction")
# Five decimals of a degree are about a metre, finer than any position here.
_DECIMALS = 5
# How the gazetteer words it that a facility has no point but that of its town or village.
_TOWN_POINT = re.compile(r"town point|position of the (town|village)")
# Lines of the manifest as a reader of a page alone understands them; our own work needs none.
_CREDITS = {
    "© OpenStreetMap contributors": "© OpenStreetMap contributors (ODbL)",
    "Made with Natural Earth": "Natural Earth (public domain)",
    "GeoNames (geonames.org), CC BY 4.0": "GeoNames (geonames.org, CC BY 4.0)",
}
_OWN = "geoconflict contributors"
_WEB_LINK = re.compile(r"https?://", re.IGNORECASE)


def page_data(casebook: Casebook, checks: Sequence[Check]) -> dict[str, Any]:
    """Return everything that the page shows of a casebook, as values that JSON has.

    Parameters
    ----------
    casebook : Casebook
        With the columns of ``locate_events``.
    checks : sequence of Check
        In the order in which they are shown.

    Returns
    -------
    dict
        ``info`` and ``sources``; ``events``, ``reports`` and ``claims`` as one list a column.
        ``reports`` and ``claims`` have an ``event`` column, the row of their event, or None.
        Dates are ISO strings, missing values None, links only http and https.
    """
    rows = {event: row for row, event in enumerate(casebook.events["id"])}
    return {
        "info": _info(casebook),
        "sources": {key: _source(key, casebook) for key in sorted(casebook.info.sources)},
        "events": _events(casebook),
        "reports": _reports(casebook.reports, rows),
        "claims": _claims(checks, rows),
    }


def web_link(value: object) -> str | None:
    """Return a link if it is an http or https one, else None."""
    link = str(value).strip() if isinstance(value, str) else ""
    return link if _WEB_LINK.match(link) else None


def _info(casebook: Casebook) -> dict[str, Any]:
    info = casebook.info
    return {
        "slug": casebook.slug,
        "period": [day.isoformat() for day in info.period],
        "attribution": list(info.attribution),
        "data_attribution": _credits(),
        "map_attribution": _credits("basemap.json", "settlements.sqlite"),
    }


def _credits(*names: str) -> list[str]:
    """Return whom else the embedded files credit, each once; a file may credit several."""
    parts = (part for line in attributions(*names) for part in line.split("; "))
    return list(dict.fromkeys(_CREDITS.get(part, part) for part in parts if _OWN not in part))


def _source(key: str, casebook: Casebook) -> dict[str, Any]:
    source = casebook.info.sources[key]
    return {
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date.isoformat(),
        "url": web_link(source.url),
    }


def _events(casebook: Casebook) -> dict[str, list[Any]]:
    columns = _columns(casebook.events, _EVENT_COLUMNS)
    numbers = _intercepted(casebook.claim_records())
    kinds = zip(columns["position_kind"], columns["position"], strict=True)
    return columns | {
        "position_kind": [_position_kind(kind, how) for kind, how in kinds],
        "count": [numbers.get(event) for event in columns["id"]],
    }


def _position_kind(kind: str | None, how: str | None) -> str | None:
    """Return what an event's point is; of a facility that only its town places: ``town``."""
    return "town" if kind == "facility" and how and _TOWN_POINT.search(how) else kind


def _intercepted(claims: Iterable[Claim]) -> dict[str, float]:
    """Return the number of drones or missiles of each event for which one number is stated."""
    found: dict[str, list[float]] = {}
    for claim in claims:
        weapons = claim.unit is not None and claim.unit.endswith(("drones", "missiles"))
        if claim.kind == "count" and weapons and claim.event_id and claim.value_min is not None:
            found.setdefault(claim.event_id, []).append(claim.value_min)
    return {event: _plain(values[0]) for event, values in found.items() if len(values) == 1}


def _reports(reports: pd.DataFrame, rows: Mapping[str, int]) -> dict[str, list[Any]]:
    columns = _columns(reports, _REPORT_COLUMNS)
    columns["url"] = [web_link(url) for url in columns["url"]]
    return {"event": [rows.get(event) for event in reports["event_id"]], **columns}


def _claims(checks: Sequence[Check], rows: Mapping[str, int]) -> dict[str, list[Any]]:
    claims = [check.claim for check in checks]
    return {
        "event": [rows.get(claim.event_id or "") for claim in claims],
        **{name: [_plain(getattr(c, name)) for c in claims] for name in _CLAIM_COLUMNS},
        "verdict": [check.verdict for check in checks],
        "checkable": [check.is_checkable for check in checks],
        "reason": [check.reason for check in checks],
        "stated": [check.stated for check in checks],
        "measured": [check.measured for check in checks],
        "notes": [list(check.notes) for check in checks],
        "parts": [_parts(check) for check in checks],
        "line": [_line(check) for check in checks],
    }


def _parts(check: Check) -> list[dict[str, str]]:
    names = ("aspect", "stated", "measured", "verdict", "reason")
    return [{name: getattr(part, name) for name in names} for part in check.parts]


def _line(check: Check) -> dict[str, Any] | None:
    """Return what was measured on the ground: from the nearest point to the place.

    A place that lies in or near another as stated needs no line.
    """
    measured = check.measurement
    if measured is None or measured.distance_km <= 0:
        return None
    if check.claim.kind not in _DRAWN and check.verdict not in (OFF, CONTRADICTED):
        return None
    return {
        "from": [_plain(value) for value in measured.nearest_point],
        "to": [_plain(value) for value in measured.subject_point],
        "reference": measured.reference.title,
        "distance_km": round(measured.distance_km, 1),
        "uncertainty_km": round(measured.uncertainty_km, 1),
        "azimuth_deg": round(measured.azimuth_deg, 1),
    }


def _columns(frame: pd.DataFrame, names: Iterable[str]) -> dict[str, list[Any]]:
    empty = [None] * len(frame)
    return {
        name: [_plain(value) for value in frame[name]] if name in frame else list(empty)
        for name in names
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell of any column
    """Return a cell as JSON has it: dates as ISO days, whole numbers whole, missing as None."""
    if isinstance(value, str):
        return value
    if value is None or pd.isna(value):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    number = float(value)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else round(number, _DECIMALS)
