"""What a claim states, with what it names resolved, and what that is looked up in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoconflict.casebooks.records import GROUND_KINDS, Claim
from geoconflict.claims.frontline import is_of_line
from geoconflict.claims.verdicts import Part
from geoconflict.claims.whereabouts import Whereabouts
from geoconflict.errors import GeoconflictError, UnknownPlaceError
from geoconflict.facts import Amount, Bearing, Fact, fact
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.measurements import Measurement
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.references import VALUES, Kind, ReferenceName, kind_of, place_names
from geoconflict.references import Reference, find_reference

if TYPE_CHECKING:
    from geoconflict.fronts.collection import Fronts

LAND = (Kind.COUNTRY, Kind.ADMIN1)
# What can be told although the data do not have it.
_LINES = (Kind.BORDER, Kind.COAST, *LAND)


@dataclass(frozen=True)
class Known:
    """What claims are checked against."""

    gazetteer: Gazetteer
    borders: Borders
    claims: Mapping[str, Claim]
    fronts: Fronts | None
    events: Mapping[str, Whereabouts] = field(default_factory=dict)

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


def country_of(code: str, gazetteer: Gazetteer) -> Place | ReferenceName:
    """Return the country of an ISO code, or its code where the gazetteer does not know it."""
    try:
        return gazetteer.get(f"iso:{code}")
    except UnknownPlaceError:
        return ReferenceName(Kind.COUNTRY, code)


def is_arithmetic(claim: Claim) -> bool:
    """Return whether a claim is computed from other claims or official figures."""
    return bool({kind_of(claim.subject), kind_of(claim.reference)} & VALUES)


def statement_of(
    claim: Claim, measurement: Measurement | None, parts: Sequence[Part], known: Known
) -> Fact:
    """Return what a claim states, with what it names resolved."""
    amount = None
    if claim.value_min is not None or claim.is_vague:
        amount = Amount(
            claim.value_min, claim.unit or "", upper=claim.value_max, hedge=claim.hedge or ""
        )
    if claim.value_min == 0 and is_arithmetic(claim) and claim.text:
        # "More than August and September together": a number only for the computation.
        return fact("as_written", text=claim.text)
    numbers = {"amount": amount, "secondary": None}
    if claim.secondary_value is not None:
        numbers["secondary"] = Amount(claim.secondary_value, claim.secondary_unit or "")
    if is_of_line(claim):
        if kind_of(claim.subject) not in (Kind.PLACE, Kind.RECORD):
            sector = claim.subject if kind_of(claim.subject) is Kind.ADMIN1 else None
            land = ReferenceName.parse(sector) if sector else None
            return fact("stated_front", **numbers, land=land)
        place = _end("subject", claim, None, known, parts)
        return fact("stated_advance", **numbers, place=place, days=claim.days)
    if claim.kind not in GROUND_KINDS:
        return fact("stated_number", **numbers, **_of_what(claim, known))
    ends = {
        "subject": _end("subject", claim, measurement, known, parts),
        "reference": _end("reference", claim, measurement, known, parts),
    }
    if claim.kind != "distance":
        return fact(f"stated_{claim.kind}", **ends, bearing=_bearing(claim))
    code = "stated_distance" if claim.direction else "stated_distance_from"
    return fact(code, **ends, **numbers, bearing=_bearing(claim))


def _bearing(claim: Claim) -> Bearing | None:
    return Bearing(claim.direction) if claim.direction else None


def _end(
    end: str, claim: Claim, measurement: Measurement | None, known: Known, parts: Sequence[Part]
) -> Reference | ReferenceName | Fact:
    """Return one end of a claim as it is told: what it is resolved to, or the words for it."""
    text: str | None = getattr(claim, end)
    if text is None:
        return fact("unnamed")
    if kind_of(text) is Kind.FRONT:
        return fact("front")
    words = getattr(claim, f"{end}_text") or " ".join(place_names(text)) or text
    is_open = getattr(claim, f"{end}_certainty") == "open"
    is_either = any(part.why.given.get("end") == end for part in parts)
    if is_open or is_either:
        return fact("as_written", text=words)
    if measurement is not None:
        found: Reference = getattr(measurement, end)
        return found
    beside = claim.reference if end == "subject" else claim.subject
    try:
        return known.reference(text, beside=None if getattr(claim, f"{end}_found") else beside)
    except GeoconflictError:
        is_line = kind_of(text) in _LINES
        return ReferenceName.parse(text) if is_line else fact("as_written", text=words)


def _of_what(claim: Claim, known: Known) -> dict[str, object]:
    """Return the land and the days that an area, rate or share is of."""
    if kind_of(claim.reference) is not Kind.FRONT or kind_of(claim.subject) not in LAND:
        return {}
    days = claim.days if claim.days and claim.days.days > 1 else None
    try:
        land: object = ReferenceName.parse(claim.subject or "")
        if known.gazetteer.has(f"iso:{ReferenceName.parse(claim.subject or '').name}"):
            land = known.gazetteer.get(f"iso:{ReferenceName.parse(claim.subject or '').name}")
    except GeoconflictError:
        land = claim.subject
    return {"land": land, "days": days}
