"""The stated figures as the page shows them: a column each, with what measuring says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geoconflict.claims.verdicts import CONTRADICTED, OFF
from geoconflict.look.say import say
from geoconflict.page.cells import plain

if TYPE_CHECKING:
    from geoconflict.casebooks.records import Claim
    from geoconflict.claims.verdicts import Check

_COLUMNS = ("id", "claimant", "source", "kind", "hedge", "date", "text")
# The kinds of claims that are always drawn when they are measured.
_DRAWN = ("distance", "direction")


def claim_columns(checks: Sequence[Check], rows: Mapping[str, int]) -> dict[str, list[Any]]:
    """Return the checked claims as columns; ``event`` is the row of each one's event, or None."""
    claims = [check.claim for check in checks]
    return {
        "event": [rows.get(claim.event_id or "") for claim in claims],
        **{name: [plain(getattr(c, name)) for c in claims] for name in _COLUMNS},
        "verdict": [check.verdict for check in checks],
        "checkable": [check.is_checkable for check in checks],
        **told_columns(checks, "en"),
        "line": [_line(check) for check in checks],
    }


def told_columns(checks: Sequence[Check], language: str) -> dict[str, list[Any]]:
    """Return the columns of checked claims that are texts, in a language."""
    said = [check.say(language) for check in checks]
    return {
        "reason": [one.reason for one in said],
        "stated": [one.stated for one in said],
        "measured": [one.measured for one in said],
        "notes": [list(one.notes) for one in said],
        "parts": [[_part(part) for part in one.parts] for one in said],
        "reference": [_reference(check, language) for check in checks],
    }


def intercepted(claims: Iterable[Claim]) -> dict[str, float]:
    """Return the number of drones or missiles of each event for which one number is stated."""
    found: dict[str, list[float]] = {}
    for claim in claims:
        weapons = claim.unit is not None and claim.unit.endswith(("drones", "missiles"))
        if claim.kind == "count" and weapons and claim.event_id and claim.value_min is not None:
            found.setdefault(claim.event_id, []).append(claim.value_min)
    return {event: plain(values[0]) for event, values in found.items() if len(values) == 1}


def _part(part: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("aspect", "verdict", "reason"), part, strict=True))


def _reference(check: Check, language: str) -> str | None:
    """Return what a distance was measured from, as it stands after "from"."""
    measured = check.measurement
    if measured is None or measured.distance_km <= 0:
        return None
    return say(check.statement.given.get("reference"), language, "of")


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
        "from": [plain(value) for value in measured.nearest_point],
        "to": [plain(value) for value in measured.subject_point],
        "distance_km": round(measured.distance_km, 1),
        "uncertainty_km": round(measured.uncertainty_km, 1),
        "azimuth_deg": round(measured.azimuth_deg, 1),
    }
