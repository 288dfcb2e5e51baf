"""Checking claims: what was stated, measured on the ellipsoid or computed from other claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geoconflict.alternatives import other_readings
from geoconflict.arithmetic import check_arithmetic, check_conversion
from geoconflict.borders import Borders
from geoconflict.casebook import Casebook
from geoconflict.errors import GeoconflictError
from geoconflict.figures import Figure, official_figures
from geoconflict.gazetteer import Gazetteer
from geoconflict.ground import check_measured
from geoconflict.measurements import Measurement, measure
from geoconflict.quantities import format_number
from geoconflict.records import Claim
from geoconflict.references import Reference, find_reference
from geoconflict.verdicts import CONTRADICTED, OFF, Check, Part, undetermined, worst

_ARITHMETIC = frozenset(("claim", "figure"))
_GROUND = frozenset(("distance", "direction", "near", "inside"))


@dataclass(frozen=True)
class _Known:
    """What claims are checked against."""

    gazetteer: Gazetteer
    borders: Borders
    claims: Mapping[str, Claim]
    figures: Mapping[str, Figure]

    def reference(self, text: str) -> Reference:
        return find_reference(text, gazetteer=self.gazetteer, borders=self.borders)


def check_claims(
    casebook: Casebook, *, gazetteer: Gazetteer | None = None, borders: Borders | None = None
) -> list[Check]:
    """Return a check of every claim of a casebook, in the order of its table.

    Parameters
    ----------
    casebook : Casebook
        As read.
    gazetteer, borders : optional
        Default: those that come with the package.

    Returns
    -------
    list of Check
        One a claim: supported, off, contradicted or undetermined, with the reason.
    """
    claims = casebook.claim_records()
    known = _Known(
        gazetteer=gazetteer or Gazetteer.default(),
        borders=borders or Borders.default(),
        claims={claim.id: claim for claim in claims},
        figures=official_figures(),
    )
    return [_check(claim, known) for claim in claims]


def _check(claim: Claim, known: _Known) -> Check:
    parts, measurement = _primary(claim, known)
    notes = _notes(claim, measurement, parts, known)
    if claim.secondary_value is not None and claim.kind != "conversion":
        parts = (*parts, check_conversion(claim))
    verdict = worst(parts)
    reasons = [part.reason for part in parts if part.verdict == verdict]
    return Check(
        claim=claim,
        verdict=verdict,
        reason="; ".join(reasons),
        stated=_stated(claim, known),
        measured=", ".join(part.measured for part in parts if part.measured),
        parts=parts,
        notes=notes,
        measurement=measurement,
    )


def _primary(claim: Claim, known: _Known) -> tuple[tuple[Part, ...], Measurement | None]:
    if claim.kind == "conversion":
        return (check_conversion(claim),), None
    if _prefix(claim.subject) in _ARITHMETIC or _prefix(claim.reference) in _ARITHMETIC:
        return (check_arithmetic(claim, claims=known.claims, figures=known.figures),), None
    if claim.kind in _GROUND:
        return _on_the_ground(claim, known)
    return (_not_measured(claim),), None


def _prefix(text: str | None) -> str:
    return (text or "").partition(":")[0]


def _not_measured(claim: Claim) -> Part:
    if _prefix(claim.reference) == "front":
        when = claim.days or "the date stated"
        return undetermined(claim.kind, f"needs control snapshots for {when}; none are given")
    return undetermined(claim.kind, "nothing recorded here can confirm or refute this number")


def _on_the_ground(claim: Claim, known: _Known) -> tuple[tuple[Part, ...], Measurement | None]:
    if claim.subject is None:
        return (undetermined(claim.kind, "the report names no place"),), None
    if claim.reference is None:
        return (undetermined(claim.kind, "the report does not say from where"),), None
    try:
        subject = known.reference(claim.subject)
        reference = known.reference(claim.reference)
    except GeoconflictError as error:
        return (undetermined(claim.kind, str(error)),), None
    measurement = measure(subject, reference)
    return tuple(check_measured(claim, measurement)), measurement


def _notes(
    claim: Claim, measurement: Measurement | None, parts: tuple[Part, ...], known: _Known
) -> tuple[str, ...]:
    wrong = any(p.aspect == "distance" and p.verdict in (OFF, CONTRADICTED) for p in parts)
    if measurement is None or not wrong:
        return ()
    return other_readings(claim, measurement, gazetteer=known.gazetteer, borders=known.borders)


def _stated(claim: Claim, known: _Known) -> str:
    if claim.kind not in _GROUND:
        return _number(claim)
    subject, reference = _title(claim.subject, known), _title(claim.reference, known)
    if claim.kind == "inside":
        return f"{subject} in {reference}"
    if claim.kind == "near":
        return f"{subject} near {reference}"
    where = f"{claim.direction} of" if claim.direction else "from"
    return " ".join(f"{subject}: {_number(claim)} {where} {reference}".split())


def _title(text: str | None, known: _Known) -> str:
    if text is None:
        return "a place not named"
    if _prefix(text) == "front":
        return "the front line"
    try:
        return known.reference(text).title
    except GeoconflictError:
        return text.removeprefix("place:")


def _number(claim: Claim) -> str:
    if claim.value_min is None:
        return ""
    value = format_number(claim.value_min)
    if claim.value_max is not None:
        value = f"{value} to {format_number(claim.value_max)}"
    text = f"{claim.hedge or ''} {value} {claim.unit or ''}".strip()
    if claim.secondary_value is None:
        return text
    return f"{text} ({format_number(claim.secondary_value)} {claim.secondary_unit})"
