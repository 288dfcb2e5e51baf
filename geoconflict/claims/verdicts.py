"""Verdicts: one stated interval against one measured, and the check of a whole claim."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geoconflict.casebooks.records import Claim
from geoconflict.measurements import Measurement
from geoconflict.measuring.quantities import Interval, is_beyond_reading
from geoconflict.measuring.units import format_number
from geoconflict.notebook import Shown

if TYPE_CHECKING:
    import pandas as pd

SUPPORTED, UNDETERMINED, OFF, CONTRADICTED = "supported", "undetermined", "off", "contradicted"
_COLUMNS = (
    *("id", "kind", "verdict", "stated", "measured", "reason"),
    *("distance_km", "uncertainty_km", "azimuth_deg", "gap_percent"),
)
# A claim is as good as its worst part.
# A larger gap is told as a multiple.
_MANY_PERCENT = 300.0
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
class Check(Shown):
    """What measuring says of one claim.

    Parameters
    ----------
    claim : Claim
        What was stated.
    verdict : str
        ``supported``, ``off``, ``contradicted`` or ``undetermined``: that of the worst part.
    reason : str
        Why.
    stated, measured : str
        Both sides in words; empty where there is nothing.
    parts : tuple of Part
        The aspects that were compared.
    notes : tuple of str
        Other readings that the number would fit; they never change the verdict.
    measurement : Measurement or None
        None where nothing was measured on the ground.
    is_checkable : bool
        False where no measurement or arithmetic could ever decide the claim, such as a bare
        count.
    """

    claim: Claim
    verdict: str
    reason: str
    stated: str
    measured: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    measurement: Measurement | None = None
    is_checkable: bool = True

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
            "is_checkable": self.is_checkable,
            "measurement": self.measurement.to_dict() if self.measurement else None,
        }


class Checks(list[Check], Shown):
    """Checks in the order of their claims: a list that a notebook shows as a coloured table.

    Parameters
    ----------
    iterable : iterable of Check
        What it holds.
    """

    def table(self) -> pd.DataFrame:
        """Return a row a check.

        Returns
        -------
        DataFrame
            ``id``, ``kind``, ``verdict``, ``stated``, ``measured`` and ``reason`` as texts;
            of what was measured on the ground ``distance_km``, ``uncertainty_km`` and
            ``azimuth_deg``; ``gap_percent``, measured less stated, of the worst number. NaN
            where there is none.
        """
        import pandas as pd

        return pd.DataFrame([_row(check) for check in self], columns=list(_COLUMNS))


def _row(check: Check) -> dict[str, Any]:
    measured = check.measurement
    gaps = [part.gap_percent for part in check.parts if part.gap_percent is not None]
    return {
        "id": check.claim.id,
        "kind": check.claim.kind,
        "verdict": check.verdict,
        "stated": check.stated,
        "measured": check.measured,
        "reason": check.reason,
        "distance_km": measured.distance_km if measured else math.nan,
        "uncertainty_km": measured.uncertainty_km if measured else math.nan,
        "azimuth_deg": measured.azimuth_deg if measured else math.nan,
        "gap_percent": max(gaps, key=abs, default=math.nan),
    }


def compare(
    aspect: str,
    *,
    value: tuple[float, float],
    stated: Interval,
    best: float,
    measured: Interval,
    unit: str,
) -> Part:
    """Return the verdict on a number: supported where the intervals overlap.

    Parameters
    ----------
    aspect : str
        What is compared.
    value : pair of float
        The ends of the stated range in ``unit``, equal where one number is stated.
    stated : Interval
        All that the number can stand for.
    best : float
        The single measured or computed value.
    measured : Interval
        All that it can be.
    unit : str
        Unit of all of them.

    Returns
    -------
    Part
        The gap is counted from the end of the stated range that is passed.
    """
    shown = f"{format_number(best)} {unit}".rstrip()
    if stated.overlaps(measured):
        return Part(aspect, SUPPORTED, _fit(shown, stated, best), "", shown, unit, stated, measured)
    end = value[0] if best < value[0] else value[1]
    gap = best - end
    percent = 100 * gap / end if end else None
    verdict = CONTRADICTED if is_beyond_reading(*value, measured) else OFF
    reason = f"{shown} is {_gap_words(gap, percent, unit)} than stated"
    return Part(aspect, verdict, reason, "", shown, unit, stated, measured, gap, percent)


def _fit(shown: str, stated: Interval, best: float) -> str:
    span = _span_words(stated)
    if stated.low <= best <= stated.high:
        return f"{shown} lies within what was stated ({span})"
    return f"{shown}, as uncertain as it is, reaches what was stated ({span})"


def _span_words(span: Interval) -> str:
    if math.isinf(span.high):
        return f"{format_number(span.low)} or more"
    return f"{format_number(span.low)} to {format_number(span.high)}"


def undetermined(aspect: str, reason: str) -> Part:
    """Return a part that cannot be decided, with the reason."""
    return Part(aspect, UNDETERMINED, reason)


def worst(parts: Iterable[Part]) -> str:
    """Return the most severe verdict among the parts."""
    return max((part.verdict for part in parts), key=SEVERITY.index)


def _gap_words(gap: float, percent: float | None, unit: str) -> str:
    size = f"{format_number(round(abs(gap), 1))} {unit}".rstrip()
    share = "" if percent is None else f" ({percent:+.1f} %)".replace("-", "\u2212")
    if percent is not None and percent > _MANY_PERCENT:
        share = f" ({1 + percent / 100:.0f} times as much)"
    return f"{size} {'more' if gap > 0 else 'less'}{share}"


def _part_dict(part: Part) -> dict[str, Any]:
    return {
        "aspect": part.aspect,
        "verdict": part.verdict,
        "reason": part.reason,
        "stated": part.stated,
        "measured": part.measured,
        "unit": part.unit,
        "stated_interval": _ends(part.stated_interval),
        "measured_interval": _ends(part.measured_interval),
        "gap": part.gap,
        "gap_percent": part.gap_percent,
    }


def _ends(span: Interval | None) -> list[float | None] | None:
    """Return both ends as JSON has them; an open end is null."""
    return None if span is None else [None if math.isinf(end) else end for end in span]
