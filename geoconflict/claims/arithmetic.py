"""Claims that others or official figures decide: rates, shares, sums, differences, conversions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geoconflict.casebooks.records import Claim
from geoconflict.claims.ground import widening
from geoconflict.claims.verdicts import SUPPORTED, Part, compare, undetermined
from geoconflict.errors import QuantityError, UnknownReferenceError
from geoconflict.facts import Amount, Fact, fact
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.quantities import ROUNDING_SHARE, Interval, rounding, stated_interval
from geoconflict.measuring.references import Kind, ReferenceName
from geoconflict.measuring.units import convert, dimension
from geoconflict.theatre import Figure

# A result this uncertain, as a share of it, is shown as a range.
_WIDE_SHARE = 0.2
# Editors convert by factors cut to three digits, such as 2.59 km2 to the square mile.
FACTOR_DOUBT = 0.0005
_FIVE = 5
# Fewer years or months than this are counted whole.
_COUNTED = 10
# Units of a share of the same thing, and what the whole is in them.
_PURE = {"percent": 100.0, "times": 1.0}
# A linear factor where a square one is due is the commonest slip with areas.
_LINEAR = {"km2": "km", "mi2": "mi", "m2": "m"}


@dataclass(frozen=True)
class Operand:
    """A recorded value: the number, all it can stand for, as it was said, its unit and days.

    ``days`` is None where it has no dates, ``months`` where these are no whole months; ``figure``
    is the official one that it is, else None; ``is_sum`` tells that several recorded values were
    added.
    """

    value: float
    interval: Interval
    said: Amount | Fact
    unit: str
    days: int | None
    figure: Figure | None = None
    is_sum: bool = False
    months: int | None = None


def find_operand(
    reference: str, *, claims: Mapping[str, Claim], figures: Mapping[str, Figure]
) -> Operand:
    """Return the value that ``claim:ID``, ``claim:ID+ID`` or ``figure:ID`` names.

    Raises
    ------
    UnknownReferenceError
        No claim or figure has the id, or it has no value.
    """
    named = ReferenceName.parse(reference)
    kind, name = named.kind, named.name
    if kind is Kind.FIGURE and name in figures:
        figure = figures[name]
        spare = figure.doubt * figure.value
        span = Interval(figure.value - spare, figure.value + spare)
        said = Amount(figure.value, figure.unit)
        return Operand(figure.value, span, said, figure.unit, None, figure)
    if len(named.claims) > 1:
        parts = [f"{kind}:{one}" for one in named.claims]
        return _sum([find_operand(one, claims=claims, figures=figures) for one in parts])
    claim = claims.get(name) if kind is Kind.CLAIM else None
    if claim is None or claim.value_min is None or claim.unit is None:
        message = f"there is no recorded value {reference!r}"
        raise UnknownReferenceError(message, fact("no_value", name=reference))
    top = claim.value_min if claim.value_max is None else claim.value_max
    interval = Interval(claim.value_min - _spare(claim.value_min), top + _spare(top))
    said = Amount(claim.value_min, claim.unit, upper=claim.value_max)
    middle = (claim.value_min + top) / 2
    days, months = claim.length_days, claim.length_months
    return Operand(middle, interval, said, claim.unit, days, months=months)


def _sum(parts: Sequence[Operand]) -> Operand:
    """Return recorded values added up, in the unit of the first."""
    unit = parts[0].unit
    factors = [convert(1.0, one.unit, unit) for one in parts]
    spans = [_scaled(one.interval, f) for one, f in zip(parts, factors, strict=True)]
    total = sum(one.value * f for one, f in zip(parts, factors, strict=True))
    said = fact("sum", total=Amount(total, unit), parts=tuple(one.said for one in parts))
    span = Interval(sum(s.low for s in spans), sum(s.high for s in spans))
    return Operand(total, span, said, unit, None, is_sum=True)


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
    except QuantityError:
        return undetermined("conversion", fact("units_differ", first=unit, second=other))
    best = Amount(claim.value_min * factor, other)
    value, printed = Amount(claim.value_min, unit), Amount(claim.secondary_value, other)
    if _meet(claim.value_min, claim.secondary_value, factor):
        why = fact("conversion", value=value, computed=best)
        return Part("conversion", SUPPORTED, why, printed, best, other, origin="conversion")
    part = compare(
        "conversion",
        value=(claim.secondary_value, claim.secondary_value),
        stated=_rounded(claim.secondary_value),
        best=best,
        measured=Interval(claim.value_min * factor, claim.value_min * factor),
    )
    why = fact("conversion_wrong", value=value, computed=best, printed=printed, slip=_slip(claim))
    return replace(part, why=why, said=printed, origin="conversion")


def _meet(value: float, printed: float, factor: float) -> bool:
    """Return whether a number and its conversion can be roundings of one amount."""
    first, second = _rounded(value), _rounded(printed)
    spare = FACTOR_DOUBT * printed
    computed = Interval(first.low * factor - spare, first.high * factor + spare)
    return computed.overlaps(second)


def _agree(computed: float, printed: float) -> bool:
    low, high = _rounded(printed)
    return low <= computed <= high


def _rounded(value: float) -> Interval:
    # A converted number is rounded to the unit, however small: 9 km is 6 miles.
    spare = 0.5 if 1 < value < 10 and float(value).is_integer() else rounding(value)
    if value % _FIVE == 0:
        # "45 km (30 miles)": editors round to fives.
        spare = max(spare, min(_FIVE / 2, ROUNDING_SHARE * value))
    return Interval(value - spare, value + spare)


def _slip(claim: Claim) -> Fact | None:
    """Return what else the number in brackets would fit, None where nothing is known."""
    unit, _, rest = (claim.unit or "").partition("/")
    other, _, other_rest = (claim.secondary_unit or "").partition("/")
    if unit not in _LINEAR or other not in _LINEAR or rest != other_rest:
        return None
    linear = convert(claim.value_min or 0.0, _LINEAR[unit], _LINEAR[other])
    if not _agree(linear, claim.secondary_value or 0.0):
        return None
    value, computed = Amount(claim.value_min, _LINEAR[unit]), Amount(linear, _LINEAR[other])
    return fact("linear", value=value, computed=computed)


def check_arithmetic(
    claim: Claim,
    *,
    claims: Mapping[str, Claim],
    figures: Mapping[str, Figure],
    left: Operand | None = None,
) -> Part:
    """Return whether a rate, share or difference follows from the values it names.

    A rate divides its subject by the days of the subject's dates; a share divides subject by
    reference; an area or count with both is their difference, or how long it takes at a rate;
    with a sum or an official figure alone it is that.

    Parameters
    ----------
    claim : Claim
        ``subject`` (and ``reference``) name recorded claims or figures.
    claims, figures : mapping
        By id.
    left : Operand, optional
        What the subject was counted to be, where it names land and no recorded value.

    Returns
    -------
    Part
        Undetermined where an operand is missing or the units do not fit.
    """
    if claim.subject is None:
        return undetermined(claim.kind, fact("no_part"))
    try:
        subject = left or find_operand(claim.subject, claims=claims, figures=figures)
        reference = (
            find_operand(claim.reference, claims=claims, figures=figures)
            if claim.reference
            else None
        )
        part = _computed(claim, subject, reference)
    except UnknownReferenceError as error:
        return undetermined(claim.kind, error.fact or fact("error", text=str(error)))
    except QuantityError:
        units = {"first": subject.unit, "second": reference.unit if reference else claim.unit}
        return undetermined(claim.kind, fact("units_differ", **units))
    cited = [operand.figure for operand in (subject, reference) if operand is not None]
    return replace(part, figures=tuple(figure for figure in cited if figure is not None))


def _computed(claim: Claim, subject: Operand, reference: Operand | None) -> Part:
    if claim.kind == "rate" and reference is None:
        return _rate(claim, subject)
    if reference is None:
        is_whole = claim.kind in ("area", "count") and (subject.is_sum or subject.figure)
        return _whole(claim, subject) if is_whole else undetermined(claim.kind, fact("no_whole"))
    if claim.kind == "share":
        return _share(claim, subject, reference)
    if dimension(claim.unit or "") == "time":
        return _at_pace(claim, subject, reference)
    return _difference(claim, subject, reference)


def _whole(claim: Claim, subject: Operand) -> Part:
    """Return whether a number is a sum, or the official figure."""
    factor = convert(1.0, subject.unit, claim.unit or "")
    why = fact("adds_up" if subject.is_sum else "figure_is", value=subject.said)
    return _compared(claim, subject.value * factor, _scaled(subject.interval, factor), why)


def _at_pace(claim: Claim, subject: Operand, pace: Operand) -> Part:
    """Return whether it takes so long to get through a value at a rate."""
    unit, _, per = pace.unit.partition("/")
    slowest = pace.value - rounding(pace.value)
    if slowest <= 0 or not (per or pace.days):
        return undetermined(claim.kind, fact("zero_whole"))
    factor = convert(1.0, subject.unit, unit) * convert(1.0, per or "day", claim.unit or "")
    factor *= 1 if per else pace.days or 1
    # "Two years" are told of anything from a year and a half.
    spare = 0.5 if (claim.value_min or 0) < _COUNTED else 0.0
    low = subject.interval.low / (pace.value + rounding(pace.value)) * factor
    high = subject.interval.high / slowest * factor
    told = pace.said if per else fact("won_in_days", area=pace.said, days=Amount(pace.days, "day"))
    why = fact("at_pace", value=subject.said, pace=told)
    best = subject.value / pace.value * factor
    return _compared(claim, best, Interval(low, high), why, spare=spare)


def left_of(code: str, held_km2: Interval, borders: Borders, how: Fact) -> Operand | None:
    """Return what is left of a unit or country of which so much is held; None without its area."""
    figure = borders.theatre.area_figure(code)
    if figure is None:
        return None
    low, high = figure.value - held_km2.high, figure.value - held_km2.low
    value = max(0.0, (low + high) / 2)
    kind = Kind.ADMIN1 if "-" in code else Kind.COUNTRY
    said = fact(
        "left_of", area=Amount(round(value), "km2"), land=ReferenceName(kind, code), how=how
    )
    return Operand(value, Interval(max(0.0, low), max(0.0, high)), said, "km2", None, figure)


def _rate(claim: Claim, subject: Operand) -> Part:
    if subject.days is None:
        return undetermined("rate", fact("no_days", value=subject.said))
    factor = convert(1.0, f"{subject.unit}/day", claim.unit or "") / subject.days
    lasted, span = Amount(subject.days, "day"), _scaled(subject.interval, factor)
    if subject.months and (claim.unit or "").endswith("/month"):
        # By months of the calendar, which a count of days comes near to.
        factor = convert(1.0, f"{subject.unit}/month", claim.unit or "") / subject.months
        lasted, exact = Amount(subject.months, "month"), _scaled(subject.interval, factor)
        span = Interval(min(span.low, exact.low), max(span.high, exact.high))
    why = fact("in_days", value=subject.said, days=lasted)
    return _compared(claim, subject.value * factor, span, why)


def _share(claim: Claim, subject: Operand, reference: Operand) -> Part:
    if reference.interval.low <= 0:
        return undetermined("share", fact("zero_whole"))
    unit = claim.unit or ""
    if unit in _PURE:
        factor = _PURE[unit] * convert(1.0, subject.unit, reference.unit)
    else:
        factor = convert(1.0, f"{subject.unit}/{reference.unit}", unit)
    low = subject.interval.low / reference.interval.high * factor
    high = subject.interval.high / reference.interval.low * factor
    best = subject.value / reference.value * factor
    code = "share_of" if unit in _PURE else "ratio_on"
    why = fact(code, value=subject.said, whole=reference.said)
    return _compared(claim, best, Interval(low, high), why)


def _difference(claim: Claim, subject: Operand, reference: Operand) -> Part:
    unit = claim.unit or ""
    a = _scaled(subject.interval, convert(1.0, subject.unit, unit))
    b = _scaled(reference.interval, convert(1.0, reference.unit, unit))
    best = convert(subject.value, subject.unit, unit) - convert(
        reference.value, reference.unit, unit
    )
    # A list of parts that are not more than the whole, else what one number has above another.
    is_list = claim.kind == "count" and reference.is_sum and claim.value_min == 0
    code = "parts_of" if is_list else "difference"
    why = fact(code, value=subject.said, whole=reference.said)
    return _compared(claim, best, Interval(a.low - b.high, a.high - b.low), why)


def _compared(
    claim: Claim, best: float, measured: Interval, why: Fact, *, spare: float = 0.0
) -> Part:
    """Return the verdict on a number, which may stand for so much less or more than it does."""
    value, unit = claim.value_min or 0.0, claim.unit or ""
    found = Amount(best, unit)
    stated = stated_interval(value, claim.value_max, hedge=claim.hedge or "")
    part = compare(
        claim.kind,
        value=(value, value if claim.value_max is None else claim.value_max),
        stated=Interval(stated.low - spare, stated.high + spare),
        best=found,
        measured=measured,
    )
    if measured.high - measured.low > _WIDE_SHARE * abs(best):
        found = Amount(measured.low, unit, upper=measured.high)
    why = Fact(why.code, {**why.given, "result": found})
    return replace(part, found=found, why=why, origin="claims", widening=widening(claim))


def _scaled(interval: Interval, factor: float) -> Interval:
    return Interval(interval.low * factor, interval.high * factor)
