"""Claims on the front line itself: how long it is, and how far it moved near a place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.casebooks.records import Claim
from geoconflict.claims.ground import widening
from geoconflict.claims.verdicts import SUPPORTED, UNDETERMINED, Part, compare, undetermined
from geoconflict.errors import GeoconflictError, MissingSnapshotError
from geoconflict.facts import Amount, Fact, fact
from geoconflict.fronts.tolerances import FRONT_ACCURACY_M, OTHER_SOURCE_FACTOR
from geoconflict.gazetteer.places import Place
from geoconflict.measuring.geodesy import length_m
from geoconflict.measuring.quantities import Interval, stated_interval
from geoconflict.measuring.references import Kind, ReferenceName, kind_of
from geoconflict.measuring.units import convert, dimension
from geoconflict.references import fronts_of

if TYPE_CHECKING:
    from geoconflict.fronts.collection import Fronts

# A front that is told in round hundreds follows no bend narrower than this; drawn ones do.
_BEND_DEG = 0.1
# A line drawn still finer would be longer by so much.
_FINER = 1.1


def is_of_line(claim: Claim) -> bool:
    """Return whether a claim is on the front line itself: a count of kilometres or the like."""
    is_counted = claim.kind == "count" and kind_of(claim.reference) is Kind.FRONT
    return is_counted and dimension(claim.unit or "") == "length"


def check_line(
    claim: Claim, fronts: Fronts, place: Place | None, *, within: BaseGeometry | None = None
) -> Part:
    """Return whether the length of the front, or an advance near a place, agrees with snapshots.

    A line follows pictures, days late, and how long it is hangs on how finely it is drawn: what
    the snapshots do not show is only refuted where it is out of all proportion, and of an
    advance never.

    Parameters
    ----------
    claim : Claim
        A count of a unit of length with a front as reference; its days are those of an advance.
    fronts : Fronts
        Snapshots of one source.
    place : Place or None
        Near which somebody came forward so far; None where the front is so long.
    within : shapely geometry, optional
        The unit of which the front is told; default: all of it.

    Returns
    -------
    Part
        Undetermined where there is no snapshot for its days.
    """
    try:
        own = fronts_of(ReferenceName.parse(claim.reference or ""), fronts)
        if claim.days is None:
            message = "the claim has no date, so that no snapshot can be chosen"
            raise MissingSnapshotError(message, fact("no_date"))
        return _length(claim, own, within) if place is None else _advance(claim, own, place)
    except GeoconflictError as error:
        return undetermined(claim.kind, error.fact or fact("error", text=str(error)))


def _length(claim: Claim, fronts: Fronts, within: BaseGeometry | None) -> Part:
    snapshot = fronts.at(claim.days.end)  # type: ignore[union-attr] # the caller looked
    line = snapshot.line if within is None else shapely.intersection(snapshot.line, within)
    if line.is_empty:
        return undetermined(claim.kind, fact("no_line_there"))
    coarse = shapely.simplify(shapely.line_merge(line), _BEND_DEG)
    straight_km, drawn_km = (float(m) / 1000 for m in length_m(np.array([coarse, line])))
    how = fact(
        "drawn_line", snapshot=fact("snapshot", source=snapshot.source_title, date=snapshot.date)
    )
    part = _compared(claim, Interval(straight_km, _FINER * drawn_km), drawn_km, how)
    stated, counted = part.stated_interval, part.measured_interval
    if part.verdict == SUPPORTED or stated is None or counted is None:
        return part
    wide = Interval(counted.low / OTHER_SOURCE_FACTOR, counted.high * OTHER_SOURCE_FACTOR)
    return _open(part) if stated.overlaps(wide) else part


def _advance(claim: Claim, fronts: Fronts, place: Place) -> Part:
    days = claim.days
    length = days.days if days and days.days > 1 else 14
    found = fronts.advances(place, until=days.end if days else None, days=length)
    snapshots = fact("snapshots", source=fronts.title, start=found.start, end=found.end)
    how = fact("deepest", radius=Amount(found.radius_km, "km"), snapshots=snapshots)
    # The deepest point is told; any other may be meant.
    deepest = Interval(0.0, found.deepest_km + FRONT_ACCURACY_M / 1000)
    part = _compared(claim, deepest, found.deepest_km, how)
    return part if part.verdict == SUPPORTED else _open(part)


def _compared(claim: Claim, counted_km: Interval, best_km: float, how: Fact) -> Part:
    unit, value = claim.unit or "", claim.value_min or 0.0
    factor = convert(1.0, "km", unit)
    part = compare(
        claim.kind,
        value=(value, value if claim.value_max is None else claim.value_max),
        stated=stated_interval(value, claim.value_max, hedge=claim.hedge or "", unit=unit),
        best=Amount(round(best_km * factor, 1), unit),
        measured=Interval(counted_km.low * factor, counted_km.high * factor),
    )
    why = fact("counted", found=part.why, how=how, difference=None, open=None)
    return replace(part, why=why, origin="snapshots", widening=widening(claim))


def _open(part: Part) -> Part:
    """Return a part that a line of another count neither keeps nor refutes."""
    why = Fact("counted", {**part.why.given, "open": fact("no_refutation")})
    return replace(part, verdict=UNDETERMINED, why=why)
