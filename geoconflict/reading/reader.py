"""Reading a text: every stated distance, direction, area, rate, share and conversion as a claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from geoconflict.casebooks.records import TEXT_SOURCE, Claim
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.measuring.dates import DateRange, Day, day_of
from geoconflict.reading.advances import read_advances
from geoconflict.reading.amounts import Amount
from geoconflict.reading.distances import read_distances
from geoconflict.reading.drafts import Draft, amount_fields, finish
from geoconflict.reading.land import read_land
from geoconflict.reading.landtext import Memory
from geoconflict.reading.mentions import COUNTRY, Mention
from geoconflict.reading.pairs import Distance
from geoconflict.reading.passages import Passage, pass_through
from geoconflict.reading.periods import Period, find_dateline, find_periods
from geoconflict.reading.relations import Relation, find_relations
from geoconflict.reading.sentences import language_of
from geoconflict.reading.settling import settled
from geoconflict.theatre import Theatre

# The head of a text, in which its language and its day stand.
_HEAD = 3000
# So far around an amount the words "by road" can belong to it.
_AROUND = 60


def read_claims(
    text: str,
    *,
    published: Day | None = None,
    gazetteer: Gazetteer | None = None,
    language: str | None = None,
    source: str = TEXT_SOURCE,
) -> list[Claim]:
    """Return the claims that a text states, in their order.

    Parameters
    ----------
    text : str
        A report in English, Ukrainian or Russian.
    published : date or str, optional
        Its day: the date of claims that name none, and the year of months without one.
        Default: the day that the head of the text bears.
    gazetteer : Gazetteer, optional
        Default: the one that comes with the package.
    language : str, optional
        ``en``, ``uk`` or ``ru``; default: told sentence by sentence.

    source : str
        Id of the source that the text is, as ``map.toml`` has it.

    Returns
    -------
    list of Claim
        Distances between places, directions, places in or near another, areas of land with
        their rates, shares and ratios, and conversions. Ranges of weapons, speeds, widths
        and ways travelled are none of these.

    Examples
    --------
    >>> claim, = read_claims("Ryazan lies roughly 500 kilometers north of Ukraine's border.")
    >>> claim.subject, claim.reference, claim.value_min, claim.direction, claim.hedge
    ('place:Ryazan, RU', 'border:UA', 500.0, 'N', 'roughly')
    """
    known = gazetteer or Gazetteer.default()
    told = language or language_of(text[:_HEAD])
    day = day_of(published) or find_dateline(text, language=told)
    memory, drafts = Memory(day), list[Draft]()
    last: list[Distance] = []
    for passage in pass_through(text, gazetteer=known, date=day, language=language):
        drafts += read_land(passage, memory)
        last = settled(read_distances(passage, last), passage.finder)
        drafts += _lengths(passage, last, day)
        drafts += _advances(passage, last, day)
        drafts += [_related(passage, relation) for relation in find_relations(passage, last)]
    return finish(drafts, published=day, source=source)


def _lengths(
    passage: Passage, distances: Sequence[Distance], published: dt.date | None
) -> Iterator[Draft]:
    """Yield the distances of a sentence, and the conversions of its other lengths."""
    told = {distance.amount.start for distance in distances}
    for distance in distances:
        yield _distance(passage, distance, published)
    for amount in passage.amounts:
        is_other = amount.dimension == "length" and amount.start not in told
        if is_other and amount.secondary_value is not None:
            fields = amount_fields(amount)
            yield Draft(passage.sentence, "conversion", amount.start, amount.end, fields=fields)


def _advances(
    passage: Passage, distances: Sequence[Distance], published: dt.date | None
) -> Iterator[Draft]:
    """Yield the lengths of the front line, and advances on it."""
    told = {distance.amount.start for distance in distances}
    if any(a.dimension == "length" and a.start not in told for a in passage.amounts):
        yield from read_advances(passage, _periods(passage, published), told)


def _periods(passage: Passage, published: dt.date | None) -> list[Period]:
    return find_periods(passage.text, language=passage.language, published=published)


def _distance(passage: Passage, distance: Distance, published: dt.date | None) -> Draft:
    amount, reference = distance.amount, distance.reference
    fields = amount_fields(amount) | _texts(passage, distance.subject, reference)
    if reference.kind == "coast" and amount.unit == "mi" and passage.language != "en":
        # At sea a Ukrainian or Russian "mile" is a nautical one.
        fields["unit"] = "nmi"
    fields["direction"] = distance.direction
    fields["why"] = "; ".join(distance.reasons) or None
    if distance.is_flown or _is_by_road(passage, amount):
        fields["hedge"] = "in flight" if distance.is_flown else "by road"
    return Draft(
        passage.sentence,
        "distance",
        amount.start,
        max(amount.end, reference.end if reference.start >= amount.end else 0),
        _subject_id(distance.subject),
        _reference_id(passage, distance),
        days=_day(passage, published) if reference.reference == "front:" else None,
        fields=fields,
    )


def _subject_id(subject: Mention | None) -> str | None:
    """Return what a subject is called in a table: a country as subject is its area."""
    if subject is None:
        return None
    is_wide = subject.rank >= COUNTRY
    return subject.reference.replace("border:", "country:") if is_wide else subject.reference


def _reference_id(passage: Passage, distance: Distance) -> str:
    """Return the line that is meant by a country or its border, as seen from the subject."""
    place = distance.subject and distance.subject.place
    country = place.country if place else ""
    return _line_from(country, distance.reference.reference, passage.theatre)


def _line_from(country: str, reference: str, theatre: Theatre) -> str:
    """Return the line that words for a border or coast mean, as seen from a country.

    Of the other side's border reports mean the stretch towards the home country, not all of it.
    """
    home, opponent = theatre.sides
    if reference == "coast:":
        return f"coast:{country or home}"
    prefix, _, code = reference.partition(":")
    if prefix != "border" or "-" in code:
        return reference
    if code == opponent and country in (home, opponent, ""):
        return f"border:{home}-{opponent}"
    if country == opponent and code in theatre.cut:
        return f"border:{opponent}-{code}"
    if code == opponent and country in theatre.beside:
        return f"border:{opponent}-{country}"
    is_abroad = bool(country) and country not in theatre.sides
    return f"border:{code}-{country}" if code == home and is_abroad else reference


def _is_by_road(passage: Passage, amount: Amount) -> bool:
    """Return whether "by road" stands with this amount and not with another one nearer to it."""
    start = max(0, amount.start - _AROUND)
    around = passage.text[start : amount.end + _AROUND]
    match = passage.words.pattern("links", "road").search(around)
    if match is None:
        return False
    at = start + match.start()
    if passage.words.pattern("links", "straight").search(passage.text, amount.end, at):
        # "580 km in a straight line and 660 by road".
        return False
    nearest = min(passage.lengths, key=lambda a: min(abs(a.start - at), abs(a.end - at)))
    return nearest is amount


def _day(passage: Passage, published: dt.date | None) -> DateRange | None:
    """Return the one day that a sentence names, for a front that moves; else None."""
    periods = _periods(passage, published)
    days = [p.days for p in periods if p.days and p.days.days <= 2 and p.is_year_known]
    return days[0] if len(days) == 1 else None


def _texts(passage: Passage, subject: Mention | None, reference: Mention) -> dict[str, Any]:
    """Return the columns of a claim that say how both ends of it were found.

    Where none of several places that the sentence names was taken for the subject, it is open.
    """
    is_open = subject is None and any(m.reference != reference.reference for m in passage.places)
    return {
        "subject_certainty": "open" if is_open else None,
        **_provenance("subject", subject),
        **_provenance("reference", reference),
    }


def _provenance(end: str, mention: Mention | None) -> dict[str, Any]:
    """Return the columns of a claim that say how one end of it was found."""
    if mention is None:
        return {}
    return {
        f"{end}_text": mention.text or None,
        f"{end}_found": mention.found,
        f"{end}_certainty": mention.certainty,
        f"{end}_reach_km": mention.reach_km or None,
    }


def _related(passage: Passage, relation: Relation) -> Draft:
    place = relation.subject and relation.subject.place
    country = place.country if place else ""
    reference = _line_from(country, relation.reference.reference, passage.theatre)
    return Draft(
        passage.sentence,
        relation.kind,
        relation.start,
        relation.end,
        relation.subject.reference if relation.subject else None,
        reference,
        fields={
            "direction": relation.direction,
            **_texts(passage, relation.subject, relation.reference),
        },
    )
