"""Claims that other claims or official figures decide: rates, shares, differences, conversions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from geoconflict.casebooks.records import Claim
from geoconflict.claims.verdicts import SUPPORTED, Part, compare, undetermined
from geoconflict.errors import QuantityError, UnknownReferenceError
from geoconflict.measuring.quantities import Interval, rounding, stated_interval
from geoconflict.measuring.references import Kind, ReferenceName
from geoconflict.measuring.units import convert, format_number
from geoconflict.theatre.figures import Figure

# A result this uncertain, as a share of it, is shown as a range.
_WIDE_SHARE = 0.2
# A linear factor where a square one is due is the commonest slip with areas.
_LINEAR = {"km2": "km", "mi2": "mi", "m2": "m"}


@dataclass(frozen=True)
class Operand:
    """A recorded value: the number, all it can stand for, as text, its unit and days (or None)."""

    value: float
    interval: Interval
    text: str
    unit: str
    days: int | None


def find_operand(
    reference: str, *, claims: Mapping[str, Claim], figures: Mapping[str, Figure]
) -> Operand:
    """Return the value that ``claim:ID`` or ``figure:ID`` names.

    Raises
    ------
    UnknownReferenceError
        No claim or figure has the id, or it has no value.
    """
    named = ReferenceName.parse(reference)
    kind, name = named.kind, named.name
    if kind is Kind.FIGURE and name in figures:
        figure = figures[name]
        point = Interval(figure.value, figure.value)
        text = f"{format_number(figure.value)} {figure.unit}"
        return Operand(figure.value, point, text, figure.unit, None)
    claim = claims.get(name) if kind is Kind.CLAIM else None
    if claim is None or claim.value_min is None or claim.unit is None:
        message = f"there is no recorded value {reference!r}"
        raise UnknownReferenceError(message)
    top = claim.value_min if claim.value_max is None else claim.value_max
    interval = Interval(claim.value_min - _spare(claim.value_min), top + _spare(top))
    number = format_number(claim.value_min)
    number += f" to {format_number(top)}" if claim.value_max is not None else ""
    days = claim.length_days
    middle = (claim.value_min + top) / 2
    return Operand(middle, interval, f"{number} {claim.unit}", claim.unit, days)


def _spare(value: float) -> float:
    """Return how far a recorded number may be off: round hundreds are rounded, 63 drones are 63."""
    return rounding(value) if value % 100 == 0 or value % 1 else 0.0


def check_conversion(claim: Claim) -> Part:
    """Return whether the number in brackets is the first number in the other unit."""
    assert claim.value_min is not None  # noqa: S101 - the record guarantees it
    assert claim.secondary_value is not None  # noqa: S101
    unit, other = claim.unit or "", claim.secondary_unit or ""
    try:
        factor = convert(1.0, unit, other)
    except QuantityError as error:
        return undetermined("conversion", str(error))
    best = claim.value_min * factor
    stated = f"{format_number(claim.secondary_value)} {other}"
    shown = f"{format_number(best)} {other}"
    reason = f"{format_number(claim.value_min)} {unit} is {shown}"
    if _agree(best, claim.secondary_value) or _agree(
        claim.secondary_value / factor, claim.value_min
    ):
        return Part("conversion", SUPPORTED, reason, stated, shown, other)
    part = compare(
        "conversion",
        value=(claim.secondary_value, claim.secondary_value),
        stated=_rounded(claim.secondary_value),
        best=best,
        measured=Interval(best, best),
        unit=other,
    )
    reason += f", not {format_number(claim.secondary_value)}{_slip(claim)}"
    return replace(part, reason=reason, stated=stated)


def _agree(computed: float, printed: float) -> bool:
    low, high = _rounded(printed)
    return low <= computed <= high


def _rounded(value: float) -> Interval:
    # A converted number is rounded to the unit, however small: 9 km is 6 miles.
    spare = 0.5 if 1 < value < 10 and float(value).is_integer() else rounding(value)
    return Interval(value - spare, value + spare)


def _slip(claim: Claim) -> str:
    """Return what else the number in brackets would fit, as a clause."""
    unit, _, rest = (claim.unit or "").partition("/")
    other, _, other_rest = (claim.secondary_unit or "").partition("/")
    if unit not in _LINEAR or other not in _LINEAR or rest != other_rest:
        return ""
    linear = convert(claim.value_min or 0.0, _LINEAR[unit], _LINEAR[other])
    if not _agree(linear, claim.secondary_value or 0.0):
        return ""
    lengths = f"{format_number(claim.value_min or 0.0)} {_LINEAR[unit]}"
    return f"; {format_number(linear)} is {lengths} in {_LINEAR[other]}"


def check_arithmetic(
    claim: Claim, *, claims: Mapping[str, Claim], figures: Mapping[str, Figure]
) -> Part:
    """Return whether a rate, share or difference follows from the values it names.

    A rate divides its subject by the days of the subject's dates; a share divides subject by
    reference; an area or count with both is their difference.

    Parameters
    ----------
    claim : Claim
        ``subject`` (and ``reference``) name recorded claims or figures.
    claims, figures : mapping
        By id.

    Returns
    -------
    Part
        Undetermined where an operand is missing or the units do not fit.
    """
    if claim.subject is None:
        return undetermined(claim.kind, "the report does not give the part that the share is of")
    try:
        subject = find_operand(claim.subject, claims=claims, figures=figures)
        reference = (
            find_operand(claim.reference, claims=claims, figures=figures)
            if claim.reference
            else None
        )
        return _computed(claim, subject, reference)
    except (UnknownReferenceError, QuantityError) as error:
        return undetermined(claim.kind, str(error))


def _computed(claim: Claim, subject: Operand, reference: Operand | None) -> Part:
    if claim.kind == "rate" and reference is None:
        return _rate(claim, subject)
    if reference is None:
        return undetermined(claim.kind, "what it is a part of is not recorded")
    if claim.kind == "share":
        return _share(claim, subject, reference)
    return _difference(claim, subject, reference)


def _rate(claim: Claim, subject: Operand) -> Part:
    if subject.days is None:
        return undetermined("rate", f"{subject.text} has no dates to divide by")
    days = subject.days
    factor = convert(1.0, f"{subject.unit}/day", claim.unit or "") / days
    why = f"{subject.text} in {days} days"
    return _compared(claim, subject.value * factor, _scaled(subject.interval, factor), why)


def _share(claim: Claim, subject: Operand, reference: Operand) -> Part:
    if reference.interval.low <= 0:
        return undetermined("share", "what it is a share of is zero")
    unit = claim.unit or ""
    if unit == "percent":
        factor = 100.0 * convert(1.0, subject.unit, reference.unit)
    else:
        factor = convert(1.0, f"{subject.unit}/{reference.unit}", unit)
    low = subject.interval.low / reference.interval.high * factor
    high = subject.interval.high / reference.interval.low * factor
    best = subject.value / reference.value * factor
    word = "of" if unit == "percent" else "on"
    why = f"{subject.text} {word} {reference.text}"
    return _compared(claim, best, Interval(low, high), why)


def _difference(claim: Claim, subject: Operand, reference: Operand) -> Part:
    unit = claim.unit or ""
    a = _scaled(subject.interval, convert(1.0, subject.unit, unit))
    b = _scaled(reference.interval, convert(1.0, reference.unit, unit))
    best = convert(subject.value, subject.unit, unit) - convert(
        reference.value, reference.unit, unit
    )
    why = f"{subject.text} less {reference.text}"
    return _compared(claim, best, Interval(a.low - b.high, a.high - b.low), why)


def _compared(claim: Claim, best: float, measured: Interval, why: str) -> Part:
    value, unit = claim.value_min or 0.0, claim.unit or ""
    part = compare(
        claim.kind,
        value=(value, value if claim.value_max is None else claim.value_max),
        stated=stated_interval(value, claim.value_max, hedge=claim.hedge or ""),
        best=best,
        measured=measured,
        unit=unit,
    )
    shown = part.measured
    if measured.high - measured.low > _WIDE_SHARE * abs(best):
        shown = f"{format_number(measured.low)} to {format_number(measured.high)} {unit}"
    return replace(part, measured=shown, reason=f"{why} makes {shown}")


def _scaled(interval: Interval, factor: float) -> Interval:
    return Interval(interval.low * factor, interval.high * factor)
