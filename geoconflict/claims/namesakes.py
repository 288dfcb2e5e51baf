"""Namesakes of a place that a report names: where one of them fits, nothing is refuted."""

from __future__ import annotations

from collections.abc import Iterator

from geoconflict.casebooks.records import Claim
from geoconflict.claims.ground import check_measured
from geoconflict.claims.verdicts import SUPPORTED
from geoconflict.errors import GeoconflictError
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.measurements import measure
from geoconflict.measuring.borders import Borders
from geoconflict.references import Reference, place_reference

# So many namesakes are tried; some village names are borne by dozens.
_MOST = 40


def fitting_namesakes(
    claim: Claim,
    subject: Reference | None,
    reference: Reference,
    *,
    gazetteer: Gazetteer,
    borders: Borders,
) -> list[Place]:
    """Return the places of the subject's name that what was stated is true of.

    Parameters
    ----------
    claim : Claim
        A distance or direction as read.
    subject : Reference or None
        The place that was measured, which is left out; None where none was.
    reference : Reference
        What was measured from.
    gazetteer, borders
        Where the name is looked up, and units are.
    """
    found = []
    for place in _bearers(claim.subject_text or "", gazetteer):
        if subject is not None and subject.id == place.id:
            continue
        try:
            measured = measure(place_reference(place, borders), reference)
        except GeoconflictError:
            continue
        if all(part.verdict == SUPPORTED for part in check_measured(claim, measured)):
            found.append(place)
    return found


def _bearers(name: str, gazetteer: Gazetteer) -> Iterator[Place]:
    matches = [match.place for match in gazetteer.lookup(name)] if name else []
    yield from [place for place in matches if place.kind == "settlement"][:_MOST]
