"""Checking claims: what was stated, measured on the ellipsoid or computed from other claims."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.records import GROUND_KINDS, Claim
from geoconflict.claims.alternatives import (
    bare_names,
    fitting_namesakes,
    may_be_another,
    namesakes,
    other_readings,
    region_reading,
)
from geoconflict.claims.arithmetic import check_arithmetic, check_conversion
from geoconflict.claims.frontline import check_line, is_of_line
from geoconflict.claims.ground import check_measured
from geoconflict.claims.statements import LAND, Known, country_of, is_arithmetic, statement_of
from geoconflict.claims.verdicts import CONTRADICTED, OFF, Check, Checks, Part, undetermined, worst
from geoconflict.claims.whereabouts import elsewhere, whereabouts_of
from geoconflict.errors import GeoconflictError
from geoconflict.facts import Amount, Fact, fact
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.lexicon import any_word
from geoconflict.measurements import Measurement, measured_between
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.quantities import CONTRADICTION_SHARE
from geoconflict.measuring.references import Kind, ReferenceName, kind_of, place_names
from geoconflict.references import Reference, grounds

if TYPE_CHECKING:
    from geoconflict.fronts.collection import Fronts

_SEA = re.compile(rf"(?<!\w){any_word('lines', 'sea_names')}(?!\w)", re.IGNORECASE)


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
        Default: those of the casebook, else those that come with the package.
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
    book = claims if isinstance(claims, Casebook) else None
    records = claims.claim_records() if isinstance(claims, Casebook) else list(claims)
    places, lines = grounds(gazetteer or (book.gazetteer if book else None), borders)
    known = Known(
        gazetteer=places,
        borders=lines,
        claims={claim.id: claim for claim in records},
        fronts=fronts,
        events=whereabouts_of(book) if book else {},
    )
    claimants = book.claimants() if book else {}
    checks = (_check(claim, known) for claim in records)
    return Checks(
        replace(one, claimant=claimants.get((one.claim.event_id, one.claim.source)))
        for one in checks
    )


def _check(claim: Claim, known: Known) -> Check:
    parts, measurement = _primary(claim, known)
    parts = _unless_other_sea(claim, _unless_namesake(claim, parts, measurement, known))
    readings = (*_remarks(claim, measurement), *_readings(claim, measurement, parts, known))
    if claim.secondary_value is not None and claim.kind != "conversion":
        parts = (*parts, check_conversion(claim))
    front = kind_of(claim.reference) is Kind.FRONT or claim.kind == "conversion"
    return Check(
        claim=claim,
        statement=statement_of(claim, measurement, parts, known),
        parts=parts,
        readings=readings,
        measurement=measurement,
        is_checkable=claim.kind in GROUND_KINDS or is_arithmetic(claim) or len(parts) > 1 or front,
    )


def _unless_namesake(
    claim: Claim, parts: tuple[Part, ...], measurement: Measurement | None, known: Known
) -> tuple[Part, ...]:
    """Return parts that are neither kept nor refuted where another place of a name may be meant.

    A name that the reader could not tell from its namesakes decides nothing, nor does that of an
    event's place where it was measured elsewhere; and nothing is refuted where a namesake of
    either end fits what was stated.
    """
    if measurement is None:
        return parts
    apart = elsewhere(claim, measurement, known.events)
    if apart is not None:
        return (undetermined(parts[0].aspect, apart),)
    for end in ("subject", "reference"):
        is_open = _is_open(claim, end) and bool(namesakes(claim, end, measurement, known.gazetteer))
        if not is_open and worst(parts) not in (OFF, CONTRADICTED):
            continue
        others = fitting_namesakes(claim, end, measurement, gazetteer=known.gazetteer)
        fitting = next(others, None)
        if fitting is not None:
            return (undetermined(parts[0].aspect, fact("namesake", place=fitting, end=end)),)
        if is_open:
            (name, *_) = bare_names(claim, end)
            return (undetermined(parts[0].aspect, fact("place_open", name=name)),)
        if may_be_another(claim, end, measurement, gazetteer=known.gazetteer):
            why = fact("another_namesake", found=parts[0].why)
            return (undetermined(parts[0].aspect, why),)
    return parts


def _unless_other_sea(claim: Claim, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return parts that refute no distance to a sea by name with a nearer shore, of any sea."""
    is_shore = claim.reference is not None and kind_of(claim.reference) is Kind.COAST
    is_wrong = worst(parts) in (OFF, CONTRADICTED) and (parts[0].gap or 0.0) < 0.0
    if not (is_shore and is_wrong and _SEA.search(claim.reference_text or "")):
        return parts
    return (undetermined(parts[0].aspect, fact("any_shore", found=parts[0].why)),)


def _is_open(claim: Claim, end: str) -> bool:
    """Return whether a reader could not tell a name from its namesakes, and nobody did since."""
    is_told = any("," in name for name in place_names(getattr(claim, end)))
    return (
        getattr(claim, f"{end}_certainty") == "open"
        and not is_told
        and bool(bare_names(claim, end))
    )


def _primary(claim: Claim, known: Known) -> tuple[tuple[Part, ...], Measurement | None]:
    if claim.kind == "conversion":
        return (check_conversion(claim),), None
    if is_arithmetic(claim):
        return (_by_numbers(claim, known),), None
    if claim.kind in GROUND_KINDS:
        return _on_the_ground(claim, known)
    if known.fronts is not None and kind_of(claim.reference) is Kind.FRONT:
        from geoconflict.claims.territory import KINDS, check_territory

        if claim.kind in KINDS:
            return (check_territory(claim, known.fronts, known.borders),), None
    if known.fronts and is_of_line(claim):
        return (_on_the_line(claim, known, known.fronts),), None
    return (_not_measured(claim),), None


def _by_numbers(claim: Claim, known: Known) -> Part:
    """Return the verdict on what is computed from recorded values, or from land that is left."""
    left = None
    if kind_of(claim.subject) in LAND:
        from geoconflict.claims.territory import left_to_win

        of_land = [c for c in known.claims.values() if kind_of(c.reference) is Kind.FRONT]
        shares = [c for c in of_land if c.kind == "share" and c.source == claim.source]
        found = left_to_win(claim, shares, known.borders, known.fronts)
        if isinstance(found, Fact):
            return undetermined(claim.kind, found)
        left = found
    figures = known.borders.theatre.figures
    return check_arithmetic(claim, claims=known.claims, figures=figures, left=left)


def _on_the_line(claim: Claim, known: Known, fronts: Fronts) -> Part:
    """Return the verdict on how long the front is, or how far it moved near a place."""
    if kind_of(claim.subject) not in (Kind.PLACE, Kind.RECORD):
        within = None
        if kind_of(claim.subject) is Kind.ADMIN1:
            from geoconflict.fronts.units import unit_area

            within = unit_area(ReferenceName.parse(claim.subject or "").name, known.borders)
        return check_line(claim, fronts, None, within=within)
    try:
        place = known.reference(claim.subject or "").place
    except GeoconflictError as error:
        return undetermined(claim.kind, _obstacle(error, claim.subject or "", known))
    lacking = undetermined(claim.kind, fact("no_subject"))
    return check_line(claim, fronts, place) if place is not None else lacking


def _not_measured(claim: Claim) -> Part:
    if kind_of(claim.reference) is Kind.FRONT:
        return undetermined(claim.kind, fact("no_snapshots", days=claim.days))
    return undetermined(claim.kind, fact("not_checkable"))


def _on_the_ground(claim: Claim, known: Known) -> tuple[tuple[Part, ...], Measurement | None]:
    lacking = _lacking(claim, known)
    if lacking is not None or claim.subject is None or claim.reference is None:
        return (undetermined(claim.kind, lacking or fact("no_subject")),), None
    # Of a text, the reader told namesakes apart by all that stands around.
    beside_subject = None if claim.subject_found else claim.reference
    beside_reference = None if claim.reference_found else claim.subject
    end = claim.subject
    try:
        subject = known.reference(end, beside=beside_subject, days=claim.days)
        end = claim.reference
        reference = known.reference(end, beside=beside_reference, days=claim.days)
        subject = _reaching(subject, claim.subject_reach_km)
        reference = _reaching(reference, claim.reference_reach_km)
        if claim.kind == "inside":
            reference = _container(reference, known)
        elif reference.kind is Kind.COAST:
            reference = _without_own_shore(reference, subject)
    except GeoconflictError as error:
        return (undetermined(claim.kind, _obstacle(error, end, known)),), None
    measurement = measured_between(subject, reference, borders=known.borders)
    return tuple(check_measured(claim, measurement)), measurement


def _lacking(claim: Claim, known: Known) -> Fact | None:
    """Return what a claim does not tell that measuring needs; None where it tells all."""
    if claim.subject is None:
        if claim.sentence is None:
            return fact("no_subject")
        is_open = claim.subject_certainty == "open"
        return fact("subject_not_read" if is_open else "no_subject_in_sentence")
    if claim.reference is None:
        return fact("no_reference")
    if known.fronts is None and Kind.FRONT in map(kind_of, (claim.subject, claim.reference)):
        return fact("no_snapshots", days=claim.days)
    return None


def _obstacle(error: GeoconflictError, end: str, known: Known) -> Fact:
    """Return why one end of a claim cannot be measured."""
    if error.fact is not None:
        return error.fact
    try:
        name = ReferenceName.parse(end)
    except GeoconflictError:
        return fact("error", text=str(error))
    countries = tuple(country_of(code, known.gazetteer) for code in name.codes)
    told = {
        Kind.BORDER: fact("line_unknown", countries=countries),
        Kind.ADMIN1: fact("unit_unknown", name=name.name),
        Kind.COAST: fact("coast_unknown", country=countries[0]),
    }
    return told.get(name.kind, fact("error", text=str(error)))


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


def _container(reference: Reference, known: Known) -> Reference:
    """Return the outline of a city that is a unit of its own; others have only a centre."""
    place, cities = reference.place, known.borders.theatre.city_units
    if place is None or place.kind != "settlement" or place.admin1_code not in cities:
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


def _remarks(claim: Claim, measurement: Measurement | None) -> Iterator[Fact]:
    """Yield what is to be known of how the places of a claim were found."""
    if claim.note:
        yield fact("note", text=claim.note)
    if measurement is None:
        return
    for end, found in (("subject", measurement.subject), ("reference", measurement.reference)):
        words = getattr(claim, f"{end}_text")
        match getattr(claim, f"{end}_found"):
            case "only_facility":
                yield fact("only_facility", words=words, place=found)
            case "town_of_facility":
                yield fact("town_of_facility", words=words, place=found)


def _readings(
    claim: Claim, measurement: Measurement | None, parts: tuple[Part, ...], known: Known
) -> tuple[Fact, ...]:
    """Return what else the number of a claim would fit."""
    if measurement is None:
        return ()
    if _is_far_above(claim, parts[0]) and isinstance(parts[0].found, Amount | Fact):
        return (fact("above_bound", best=parts[0].found),)
    region = region_reading(claim, measurement, known.gazetteer)
    if region is not None:
        return (region,)
    if not any(p.aspect == "distance" and p.verdict in (OFF, CONTRADICTED) for p in parts):
        return ()
    others = other_readings(claim, measurement, gazetteer=known.gazetteer, fronts=known.fronts)
    return (*_within_home(measurement, known), *others)


def _within_home(measurement: Measurement, known: Known) -> Iterator[Fact]:
    """Yield that a place lies within the border that it is measured from, as all of Crimea does."""
    home, place = known.borders.theatre.home, measurement.subject.place
    is_own = measurement.reference.kind is Kind.BORDER and home in measurement.reference.codes
    if is_own and place is not None and place.country == home:
        yield fact("within_home", place=place, country=country_of(home, known.gazetteer))
