"""Checking claims: what was stated, measured on the ellipsoid or computed from other claims."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import shapely

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.records import GROUND_KINDS, Claim
from geoconflict.claims import territory
from geoconflict.claims.alternatives import other_readings, region_reading
from geoconflict.claims.arithmetic import check_arithmetic, check_conversion
from geoconflict.claims.ground import check_measured
from geoconflict.claims.namesakes import fitting_namesakes
from geoconflict.claims.verdicts import CONTRADICTED, OFF, Check, Checks, Part, undetermined, worst
from geoconflict.errors import GeoconflictError
from geoconflict.fronts.collection import Fronts
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.matches import CITY_UNITS
from geoconflict.measurements import Measurement, measure
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.quantities import CONTRADICTION_SHARE
from geoconflict.measuring.references import VALUES, Kind, kind_of, place_names
from geoconflict.measuring.units import format_number
from geoconflict.references import Reference, find_reference
from geoconflict.theatre.figures import Figure, official_figures

_BORDER = "the recognised border of "


@dataclass(frozen=True)
class _Known:
    """What claims are checked against."""

    gazetteer: Gazetteer
    borders: Borders
    claims: Mapping[str, Claim]
    figures: Mapping[str, Figure]
    fronts: Fronts | None

    def reference(
        self, text: str, *, beside: str | None = None, days: DateRange | None = None
    ) -> Reference:
        """Return what a text names; a place name beside it helps to tell namesakes apart.

        A front that names no day is that of the last day of ``days``.
        """
        return find_reference(
            text,
            gazetteer=self.gazetteer,
            borders=self.borders,
            context=place_names(beside),
            fronts=self.fronts,
            date=days.end if days else None,
        )


def check_claims(
    claims: Casebook | Sequence[Claim],
    *,
    gazetteer: Gazetteer | None = None,
    borders: Borders | None = None,
    fronts: Fronts | None = None,
) -> Checks:
    """Return a check of every claim, in their order.

    Parameters
    ----------
    claims : Casebook or sequence of Claim
        A casebook as read, or claims; a claim may name others of them.
    gazetteer, borders : optional
        Default: those that come with the package.
    fronts : Fronts, optional
        Snapshots that claims on a front line, or on land held or gained, are checked
        against; without them such claims stay undetermined.

    Returns
    -------
    Checks
        A list with one Check a claim: supported, off, contradicted or undetermined, and
        why; a notebook shows it as a table, ``table()`` gives it as one.

    Examples
    --------
    >>> from geoconflict.casebooks.records import GROUND_KINDS, Claim
    >>> stated = {"subject": "place:Ryazan", "reference": "border:UA", "value_min": 640}
    >>> claim = Claim(id="far", kind="distance", unit="km", source="paper", **stated)
    >>> check_claims([claim])[0].verdict
    'contradicted'
    """
    records = claims.claim_records() if isinstance(claims, Casebook) else list(claims)
    known = _Known(
        gazetteer=gazetteer or Gazetteer.default(),
        borders=borders or Borders.default(),
        claims={claim.id: claim for claim in records},
        figures=official_figures(),
        fronts=fronts,
    )
    return Checks(_check(claim, known) for claim in records)


def _check(claim: Claim, known: _Known) -> Check:
    parts, measurement = _primary(claim, known)
    parts = _unless_namesake(claim, parts, measurement, known)
    notes = (*((claim.note,) if claim.note else ()), *_notes(claim, measurement, parts, known))
    if claim.secondary_value is not None and claim.kind != "conversion":
        parts = (*parts, check_conversion(claim))
    verdict = worst(parts)
    front = kind_of(claim.reference) is Kind.FRONT or claim.kind == "conversion"
    reasons = [part.reason for part in parts if part.verdict == verdict]
    return Check(
        claim=claim,
        verdict=verdict,
        reason="; ".join(reasons),
        stated=_stated(claim, known),
        measured=", ".join(p.measured for p in parts if p.measured and p.aspect != "conversion"),
        parts=parts,
        notes=notes,
        measurement=measurement,
        is_checkable=claim.kind in GROUND_KINDS or _is_arithmetic(claim) or len(parts) > 1 or front,
    )


def _unless_namesake(
    claim: Claim, parts: tuple[Part, ...], measurement: Measurement | None, known: _Known
) -> tuple[Part, ...]:
    """Return parts that are not refuted where a namesake of the subject fits what was read."""
    is_refuted = worst(parts) in (OFF, CONTRADICTED)
    if measurement is None or not is_refuted or not claim.subject_found:
        return parts
    fitting = fitting_namesakes(
        claim,
        measurement.subject,
        measurement.reference,
        gazetteer=known.gazetteer,
        borders=known.borders,
    )
    if not fitting:
        return parts
    reason = f"it fits {fitting[0].title}: the text does not tell which is meant"
    return tuple(undetermined(part.aspect, reason) for part in parts[:1])


def _primary(claim: Claim, known: _Known) -> tuple[tuple[Part, ...], Measurement | None]:
    if claim.kind == "conversion":
        return (check_conversion(claim),), None
    if _is_arithmetic(claim):
        return (check_arithmetic(claim, claims=known.claims, figures=known.figures),), None
    if claim.kind in GROUND_KINDS:
        return _on_the_ground(claim, known)
    if claim.kind in territory.KINDS and kind_of(claim.reference) is Kind.FRONT and known.fronts:
        return (territory.check_territory(claim, known.fronts, known.figures),), None
    return (_not_measured(claim),), None


def _is_arithmetic(claim: Claim) -> bool:
    return bool({kind_of(claim.subject), kind_of(claim.reference)} & VALUES)


def _not_measured(claim: Claim) -> Part:
    if kind_of(claim.reference) is Kind.FRONT:
        when = claim.days or "the date stated"
        return undetermined(claim.kind, f"needs control snapshots for {when}; none are given")
    return undetermined(claim.kind, "nothing recorded here can confirm or refute this number")


def _on_the_ground(claim: Claim, known: _Known) -> tuple[tuple[Part, ...], Measurement | None]:
    if claim.subject is None:
        return (undetermined(claim.kind, "the report names no place"),), None
    if claim.reference is None:
        return (undetermined(claim.kind, "the report does not say from where"),), None
    # Of a text, the reader told namesakes apart by all that stands around.
    beside_subject = None if claim.subject_found else claim.reference
    beside_reference = None if claim.reference_found else claim.subject
    try:
        subject = known.reference(claim.subject, beside=beside_subject, days=claim.days)
        reference = known.reference(claim.reference, beside=beside_reference, days=claim.days)
        subject = _reaching(subject, claim.subject_reach_km)
        reference = _reaching(reference, claim.reference_reach_km)
        if claim.kind == "inside":
            reference = _container(reference, known)
        elif reference.kind is Kind.COAST:
            reference = _without_own_shore(reference, subject)
    except GeoconflictError as error:
        return (undetermined(claim.kind, str(error)),), None
    measurement = measure(subject, reference)
    return tuple(check_measured(claim, measurement)), measurement


def _reaching(reference: Reference, reach_km: float | None) -> Reference:
    """Return a reference that may lie so far from its point, where only its town is known."""
    if not reach_km:
        return reference
    return replace(reference, accuracy_m=max(reference.accuracy_m, 1000 * reach_km))


def _is_far_above(claim: Claim, part: Part) -> bool:
    """Return whether a lower bound is kept only because the truth is far beyond it."""
    stated, measured = part.stated_interval, part.measured_interval
    if stated is None or measured is None or not math.isinf(stated.high):
        return False
    return measured.low > (claim.value_min or 0.0) * (1 + CONTRADICTION_SHARE)


def _container(reference: Reference, known: _Known) -> Reference:
    """Return the outline of a city that is a unit of its own; others have only a centre."""
    place = reference.place
    if place is None or place.kind != "settlement" or place.admin1_code not in CITY_UNITS:
        return reference
    if place.name != place.admin1:
        return reference
    return known.reference(f"admin1:{place.admin1_code}")


def _without_own_shore(coast: Reference, subject: Reference) -> Reference:
    """Return a coast without the shore of the island that is itself measured."""
    parts = [
        part
        for part in shapely.get_parts(coast.geometry)
        if not (part.is_ring and shapely.Polygon(part).intersects(subject.geometry))
    ]
    return replace(coast, geometry=shapely.MultiLineString(parts)) if parts else coast


def _notes(
    claim: Claim, measurement: Measurement | None, parts: tuple[Part, ...], known: _Known
) -> tuple[str, ...]:
    if measurement is None:
        return ()
    if _is_far_above(claim, parts[0]):
        return (f"far above the bound that is stated: {parts[0].measured}",)
    gazetteer, borders = known.gazetteer, known.borders
    region = region_reading(claim, measurement, gazetteer=gazetteer, borders=borders)
    if region is not None:
        return (region,)
    if not any(p.aspect == "distance" and p.verdict in (OFF, CONTRADICTED) for p in parts):
        return ()
    return other_readings(
        claim,
        measurement,
        gazetteer=gazetteer,
        borders=borders,
        fronts=known.fronts,
    )


def _stated(claim: Claim, known: _Known) -> str:
    if claim.kind not in GROUND_KINDS:
        return " ".join(part for part in (_number(claim), *_of_what(claim, known)) if part)
    subject = _title(claim.subject, known, beside=claim.reference)
    reference = _title(claim.reference, known, beside=claim.subject)
    if claim.kind == "inside":
        return f"{subject} in {reference}"
    if claim.kind == "near":
        return f"{subject} near {reference}"
    where = f"{claim.direction} of" if claim.direction else "from"
    return " ".join(f"{subject}: {_number(claim)} {where} {reference}".split())


def _of_what(claim: Claim, known: _Known) -> Iterator[str]:
    """Yield the land and the days that an area, rate or share is of."""
    is_land = kind_of(claim.reference) is Kind.FRONT
    is_land = is_land and kind_of(claim.subject) in (Kind.COUNTRY, Kind.ADMIN1)
    if is_land:
        yield f"of {_title(claim.subject, known, beside=None).removeprefix(_BORDER)}"
    if is_land and claim.days and claim.days.days > 1:
        yield f"from {claim.days.start} to {claim.days.end}"


def _title(text: str | None, known: _Known, *, beside: str | None) -> str:
    if text is None:
        return "a place not named"
    if kind_of(text) is Kind.FRONT:
        return "the front line"
    try:
        return known.reference(text, beside=beside).title
    except GeoconflictError:
        return " ".join(place_names(text)) or text


def _number(claim: Claim) -> str:
    if claim.is_vague:
        return f"{claim.hedge} {claim.unit}"
    if claim.value_min is None:
        return ""
    value = format_number(claim.value_min)
    if claim.value_max is not None:
        value = f"{value} to {format_number(claim.value_max)}"
    text = f"{claim.hedge or ''} {value} {claim.unit or ''}".strip()
    if claim.secondary_value is None:
        return text
    return f"{text} ({format_number(claim.secondary_value)} {claim.secondary_unit})"
