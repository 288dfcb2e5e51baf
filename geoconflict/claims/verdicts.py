"""Verdicts: one stated interval against one measured, and the check of a whole claim, as facts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geoconflict.casebooks.records import Claim
from geoconflict.facts import Amount, Bearing, Fact, fact
from geoconflict.look.say import say
from geoconflict.measurements import Measurement
from geoconflict.measuring.quantities import Interval, is_beyond_reading
from geoconflict.measuring.references import claim_ids
from geoconflict.notebook import Shown
from geoconflict.theatre import Figure

if TYPE_CHECKING:
    import pandas as pd

SUPPORTED, UNDETERMINED, OFF, CONTRADICTED = "supported", "undetermined", "off", "contradicted"
_COLUMNS = (
    *("id", "event", "claimant", "source", "kind"),
    *("verdict", "stated", "measured", "reason"),
    *("distance_km", "uncertainty_km", "azimuth_deg", "gap_percent"),
)
# A claim is as good as its worst part.
SEVERITY = (SUPPORTED, UNDETERMINED, OFF, CONTRADICTED)
# What a part is undetermined by where snapshots of the front are not given; so many days of
# theirs are told.
_LACKING, _MOST_DAYS = "no_snapshots", 6
# A larger gap is told as a multiple.
_MANY_PERCENT = 300.0


@dataclass(frozen=True)
class Part:
    """One aspect of a claim: ``distance``, ``direction``, ``conversion``, ``share`` and so on.

    ``why`` is the rule that decided, with its facts; ``said`` and ``found`` are what was stated
    and what was measured or computed, None where there is nothing. The intervals are in
    ``unit``, None where there is no number; ``widening`` tells how the stated one came of the
    number. ``origin`` is where the measured one is from: ``nearest_point``, ``centre``,
    ``outline``, ``claims``, ``conversion`` or ``snapshots``. ``gap`` is measured less stated,
    signed, in ``unit``, and ``gap_percent`` the same in per cent of the stated value; both None
    where the intervals overlap or there is no number. ``figures`` are the official ones that
    it rests on.
    """

    aspect: str
    verdict: str
    why: Fact
    said: Amount | Bearing | Fact | None = None
    found: Amount | Bearing | Fact | None = None
    unit: str = ""
    stated_interval: Interval | None = None
    measured_interval: Interval | None = None
    gap: float | None = None
    gap_percent: float | None = None
    origin: str = ""
    widening: Fact | None = None
    figures: tuple[Figure, ...] = ()

    @property
    def short(self) -> Amount | Bearing | Fact | None:
        """What was measured or computed, without its doubt; None where there is nothing."""
        found = self.found
        if isinstance(found, Fact) and isinstance(found.given.get("distance"), Amount):
            found = found.given["distance"]
        return replace(found, doubt=None) if isinstance(found, Amount) else found

    @property
    def reason(self) -> str:
        """Why, in English."""
        return say(self.why)

    @property
    def stated(self) -> str:
        """What was stated, in English; empty where there is nothing."""
        return "" if self.said is None else say(self.said)

    @property
    def measured(self) -> str:
        """What was measured or computed, in English; empty where there is nothing."""
        return "" if self.found is None else say(self.found)


@dataclass(frozen=True)
class Said:
    """A check in the words of one language.

    ``stated`` and ``measured`` are both sides, empty where there is nothing; ``reason`` is why,
    ``notes`` are other readings, sources and remarks; ``parts`` are aspect, verdict and reason.
    """

    stated: str
    measured: str
    reason: str
    notes: tuple[str, ...]
    parts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Check(Shown):
    """What measuring says of one claim.

    Parameters
    ----------
    claim : Claim
        What was stated.
    statement : Fact
        The same with its places and lines resolved.
    parts : tuple of Part
        The aspects that were compared.
    readings : tuple of Fact
        Other readings that the number would fit, and remarks on how the places were found;
        they never change the verdict.
    measurement : Measurement or None
        None where nothing was measured on the ground.
    is_checkable : bool
        False where no measurement or arithmetic could ever decide the claim, such as a bare
        count.
    claimant : str or None
        Who claims it by the report that it was read from; None where that is not known.
    """

    claim: Claim
    statement: Fact
    parts: tuple[Part, ...]
    readings: tuple[Fact, ...] = ()
    measurement: Measurement | None = None
    is_checkable: bool = True
    claimant: str | None = None

    @property
    def verdict(self) -> str:
        """That of the worst part: supported, off, contradicted or undetermined."""
        return worst(self.parts)

    @property
    def reason(self) -> str:
        """Why, in English."""
        return self.say().reason

    @property
    def stated(self) -> str:
        """What was stated, in English."""
        return say(self.statement)

    @property
    def measured(self) -> str:
        """What was measured or computed, in English; empty where nothing was."""
        return self.say().measured

    @property
    def notes(self) -> tuple[str, ...]:
        """Other readings that the number would fit, sources and remarks, in English."""
        return self.say().notes

    def say(self, language: str = "en") -> Said:
        """Return the check in the words of a language.

        Parameters
        ----------
        language : {"en", "uk", "ru"}
            Language of the words.

        Raises
        ------
        UnknownLanguageError
            Results are not told in it.
        """
        decided = [part for part in self.parts if part.verdict == self.verdict]
        found = [p.found for p in self.parts if p.found is not None and p.aspect != "conversion"]
        return Said(
            stated=say(self.statement, language),
            measured=", ".join(say(one, language) for one in found),
            reason="; ".join(say(part.why, language) for part in decided),
            notes=tuple(say(one, language) for one in self.remarks()),
            parts=tuple((p.aspect, p.verdict, say(p.why, language)) for p in self.parts),
        )

    def remarks(self) -> Iterator[Fact]:
        """Yield other readings and remarks, then the official figures that it rests on."""
        yield from self.readings
        for figure in dict.fromkeys(figure for part in self.parts for figure in part.figures):
            value = Amount(figure.value, figure.unit)
            yield fact("cited", figure=figure.title, value=value, citation=figure.citation)

    def facts(self) -> Iterator[Fact]:
        """Yield every fact of the check, those within others too."""
        for one in (self.statement, *(part.why for part in self.parts), *self.readings):
            yield from one.walk()

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """Return the check as plain types, as ``--json`` prints it; its texts in a language."""
        said = self.say(language)
        return {
            "claim": self.claim.model_dump(mode="json"),
            "verdict": self.verdict,
            "reason": said.reason,
            "stated": said.stated,
            "measured": said.measured,
            "parts": [_part_dict(part, language) for part in self.parts],
            "notes": list(said.notes),
            "readings": [reading.to_dict() for reading in self.readings],
            "is_checkable": self.is_checkable,
            "measurement": self.measurement.to_dict() if self.measurement else None,
        }


def to_give(checks: Iterable[Check]) -> Fact | None:
    """Return what the user can give so that more claims are decided; None where nothing helps."""
    lacking = [
        one.given["days"] for check in checks for one in check.facts() if one.code == _LACKING
    ]
    if not lacking:
        return None
    days: tuple[Any, ...] = tuple(sorted({one for one in lacking if one is not None}, key=str))
    if len(days) > _MOST_DAYS:
        days = (*days[:_MOST_DAYS], fact("more_days", count=len(days) - _MOST_DAYS))
    return fact("give_snapshots", claims=Amount(len(lacking), "front claims"), days=days)


def checked_claims(checks: Iterable[Check]) -> list[Claim]:
    """Return the claims that can be checked, and those whose numbers they are computed from."""
    every = list(checks)
    kept = [one.claim for one in every if one.is_checkable]
    ends = (end for claim in kept for end in (claim.subject, claim.reference))
    used = {name for end in ends for name in claim_ids(end)}
    return [*kept, *(c.claim for c in every if not c.is_checkable and c.claim.id in used)]


class Checks(list[Check], Shown):
    """Checks in the order of their claims: a list that a notebook shows as a coloured table.

    Parameters
    ----------
    iterable : iterable of Check
        What it holds.
    """

    def table(self, language: str = "en") -> pd.DataFrame:
        """Return a row a check.

        Parameters
        ----------
        language : {"en", "uk", "ru"}
            Language of the texts.

        Returns
        -------
        DataFrame
            ``id``, ``event``, ``claimant``, ``source``, ``kind``, ``verdict``, ``stated``,
            ``measured`` and ``reason`` as texts, None where there is none; of what was measured
            on the ground ``distance_km``, ``uncertainty_km`` and ``azimuth_deg``;
            ``gap_percent``, measured less stated, of the worst number. NaN where there is none.
        """
        import pandas as pd

        return pd.DataFrame([_row(check, language) for check in self], columns=list(_COLUMNS))


def _row(check: Check, language: str) -> dict[str, Any]:
    measured, said = check.measurement, check.say(language)
    gaps = [part.gap_percent for part in check.parts if part.gap_percent is not None]
    return {
        "id": check.claim.id,
        "event": check.claim.event_id,
        "claimant": check.claim.claimant or check.claimant,
        "source": check.claim.source,
        "kind": check.claim.kind,
        "verdict": check.verdict,
        "stated": said.stated,
        "measured": said.measured,
        "reason": said.reason,
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
    best: Amount,
    measured: Interval,
) -> Part:
    """Return the verdict on a number: supported where the intervals overlap.

    Parameters
    ----------
    aspect : str
        What is compared.
    value : pair of float
        The ends of the stated range, equal where one number is stated.
    stated : Interval
        All that the number can stand for.
    best : Amount
        The single measured or computed value; all others are in its unit.
    measured : Interval
        All that it can be.

    Returns
    -------
    Part
        The gap is counted from the end of the stated range that is passed.
    """
    found = best.value or 0.0
    if stated.overlaps(measured):
        code = "within" if stated.low <= found <= stated.high else "reaches"
        why = fact(code, best=best, stated=Amount(stated.low, best.unit, upper=stated.high))
        return Part(aspect, SUPPORTED, why, None, best, best.unit, stated, measured)
    end = value[0] if found < value[0] else value[1]
    gap = found - end
    percent = 100 * gap / end if end else None
    verdict = CONTRADICTED if is_beyond_reading(*value, measured) else OFF
    why = _gap(best, gap, percent)
    return Part(aspect, verdict, why, None, best, best.unit, stated, measured, gap, percent)


def _gap(best: Amount, gap: float, percent: float | None) -> Fact:
    is_multiple = percent is not None and percent > _MANY_PERCENT
    unit = "points" if best.unit == "percent" else best.unit
    return fact(
        "more" if gap > 0 else "less",
        best=best,
        gap=Amount(round(abs(gap), 1), unit, is_measured=best.is_measured),
        percent=None if is_multiple else percent,
        times=_times(percent) if percent is not None and is_multiple else None,
    )


def _times(percent: float) -> Amount:
    return Amount(round(1 + percent / 100), "times")


def undetermined(aspect: str, why: Fact) -> Part:
    """Return a part that cannot be decided, with the reason."""
    return Part(aspect, UNDETERMINED, why)


def worst(parts: Iterable[Part]) -> str:
    """Return the most severe verdict among the parts."""
    return max((part.verdict for part in parts), key=SEVERITY.index)


def _part_dict(part: Part, language: str) -> dict[str, Any]:
    return {
        "aspect": part.aspect,
        "verdict": part.verdict,
        "rule": part.why.to_dict(),
        "reason": say(part.why, language),
        "stated": "" if part.said is None else say(part.said, language),
        "measured": "" if part.found is None else say(part.found, language),
        "unit": part.unit,
        "stated_interval": _ends(part.stated_interval),
        "widening": part.widening.to_dict() if part.widening else None,
        "measured_interval": _ends(part.measured_interval),
        "origin": part.origin,
        "gap": part.gap,
        "gap_percent": part.gap_percent,
        "citations": [figure.citation for figure in part.figures],
    }


def _ends(span: Interval | None) -> list[float | None] | None:
    """Return both ends as JSON has them; an open end is null."""
    return None if span is None else [None if math.isinf(end) else end for end in span]
