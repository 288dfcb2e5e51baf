"""Verdicts: one stated interval against one measured, and the check of a whole claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from geoconflict.measurements import Measurement
from geoconflict.quantities import Interval, format_number, is_beyond_reading
from geoconflict.records import Claim

SUPPORTED, UNDETERMINED, OFF, CONTRADICTED = "supported", "undetermined", "off", "contradicted"
# A claim is as good as its worst part.
SEVERITY = (SUPPORTED, UNDETERMINED, OFF, CONTRADICTED)


@dataclass(frozen=True)
class Part:
    """One aspect of a claim: ``distance``, ``direction``, ``conversion``, ``share`` and so on.

    ``stated`` and ``measured`` are texts; the intervals are in ``unit``, None where there is
    no number. ``gap`` is measured less stated, signed, in ``unit``, and ``gap_percent`` the
    same in per cent of the stated value; both None where the intervals overlap or there is
    no number.
    """

    aspect: str
    verdict: str
    reason: str
    stated: str = ""
    measured: str = ""
    unit: str = ""
    stated_interval: Interval | None = None
    measured_interval: Interval | None = None
    gap: float | None = None
    gap_percent: float | None = None


@dataclass(frozen=True)
class Check:
    """What measuring says of one claim.

    ``verdict`` is that of the worst part, ``reason`` says why. ``notes`` name other readings
    that the number would fit; they never change the verdict. ``measurement`` is None where
    nothing was measured on the ground.
    """

    claim: Claim
    verdict: str
    reason: str
    stated: str
    measured: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    measurement: Measurement | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the check as plain types, as ``--json`` prints it."""
        return {
            "claim": self.claim.model_dump(mode="json"),
            "verdict": self.verdict,
            "reason": self.reason,
            "stated": self.stated,
            "measured": self.measured,
            "parts": [_part_dict(part) for part in self.parts],
            "notes": list(self.notes),
            "measurement": self.measurement.to_dict() if self.measurement else None,
        }


def compare(
    aspect: str, *, value: float, stated: Interval, best: float, measured: Interval, unit: str
) -> Part:
    """Return the verdict on a number: supported where the intervals overlap.

    Parameters
    ----------
    aspect : str
        What is compared.
    value : float
        The number as stated, in ``unit``.
    stated : Interval
        All that the number can stand for.
    best : float
        The single measured or computed value.
    measured : Interval
        All that it can be.
    unit : str
        Unit of all of them.
    """
    shown = f"{format_number(best)} {unit}".rstrip()
    if stated.overlaps(measured):
        reason = f"{shown} lies within what was stated"
        if not stated.low <= best <= stated.high:
            low, high = format_number(measured.low), format_number(measured.high)
            reason = f"{shown} can be {low} to {high} {unit}, which reaches what was stated"
        return Part(aspect, SUPPORTED, reason, "", shown, unit, stated, measured)
    gap = best - value
    percent = 100 * gap / value if value else None
    verdict = CONTRADICTED if is_beyond_reading(stated, measured) else OFF
    reason = f"{shown} is {_gap_words(gap, percent, unit)} than stated"
    return Part(aspect, verdict, reason, "", shown, unit, stated, measured, gap, percent)


def undetermined(aspect: str, reason: str) -> Part:
    """Return a part that cannot be decided, with the reason."""
    return Part(aspect, UNDETERMINED, reason)


def worst(parts: Iterable[Part]) -> str:
    """Return the most severe verdict among the parts."""
    return max((part.verdict for part in parts), key=SEVERITY.index)


def _gap_words(gap: float, percent: float | None, unit: str) -> str:
    size = f"{format_number(round(abs(gap), 1))} {unit}".rstrip()
    share = "" if percent is None else f" ({percent:+.1f} %)".replace("-", "\u2212")
    return f"{size} {'more' if gap > 0 else 'less'}{share}"


def _part_dict(part: Part) -> dict[str, Any]:
    return {
        "aspect": part.aspect,
        "verdict": part.verdict,
        "reason": part.reason,
        "stated": part.stated,
        "measured": part.measured,
        "unit": part.unit,
        "stated_interval": list(part.stated_interval) if part.stated_interval else None,
        "measured_interval": list(part.measured_interval) if part.measured_interval else None,
        "gap": part.gap,
        "gap_percent": part.gap_percent,
    }
