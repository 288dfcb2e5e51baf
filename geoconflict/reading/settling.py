"""Namesakes told apart by the other end of a distance: Primorsk, 100 km from St. Petersburg."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geoconflict.gazetteer.scoring import distance_km
from geoconflict.measuring.references import place_names
from geoconflict.measuring.units import convert
from geoconflict.reading.mentions import Mention
from geoconflict.reading.pairs import Distance
from geoconflict.reading.places import PlaceFinder

# A namesake within so many times the stated distance can be meant, and so can all this near;
# one that is farther off cannot. So wide a net leaves wrong numbers wrong.
_FACTOR, _NEAR_KM = 3.0, 60.0


def settled(distances: Sequence[Distance], finder: PlaceFinder) -> list[Distance]:
    """Return the distances of a sentence with names told that only one namesake nearby can bear.

    A name that is told by one distance is told for all of them.

    Parameters
    ----------
    distances : sequence of Distance
        Those that a sentence states.
    finder : PlaceFinder
        Where names are looked up.
    """
    told: dict[str, Mention] = {}
    for one in distances:
        for open_end, known in ((one.subject, one.reference), (one.reference, one.subject)):
            found = _settled(open_end, known, one, finder) if open_end and known else None
            if found is not None and open_end is not None:
                told[open_end.reference] = found
    return [_with(one, told) for one in distances] if told else list(distances)


def _settled(
    open_end: Mention, known: Mention, distance: Distance, finder: PlaceFinder
) -> Mention | None:
    """Return an open name as the one place near enough to the other end; None where none is."""
    is_open = open_end.kind == "place" and open_end.place is None and open_end.certainty == "open"
    if not is_open or known.place is None or known.kind != "place" or not known.is_point:
        return None
    reach_km = max(_FACTOR * _stated_km(distance), _NEAR_KM)
    (name,) = place_names(open_end.reference)
    found = finder.gazetteer.resolve(name, date=finder.date)
    near = [
        place
        for place in (candidate.place for candidate in found.candidates)
        if distance_km(place, known.place) <= reach_km and place.kind == "settlement"
    ]
    if len(near) != 1:
        return None
    reference = finder.reference(near[0])
    return replace(open_end, place=near[0], reference=reference, certainty="likely", is_sure=True)


def _stated_km(distance: Distance) -> float:
    amount = distance.amount
    return convert(amount.value_max or amount.value_min or 0.0, amount.unit, "km")


def _with(one: Distance, told: dict[str, Mention]) -> Distance:
    subject = one.subject and _told(one.subject, told)
    reference = _told(one.reference, told)
    if subject is one.subject and reference is one.reference:
        return one
    reasons = (*one.reasons, "the namesake near the other end")
    return replace(one, subject=subject, reference=reference, reasons=reasons)


def _told(mention: Mention, told: dict[str, Mention]) -> Mention:
    found = told.get(mention.reference)
    if found is None:
        return mention
    return replace(found, start=mention.start, end=mention.end, text=mention.text)
