"""Reading a text: every stated distance, direction, area, rate, share and conversion as a claim."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from geoconflict.casebooks.records import TEXT_SOURCE, Claim
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.measuring.dates import DateRange
from geoconflict.reading.amounts import Amount
from geoconflict.reading.drafts import Draft, amount_fields, finish
from geoconflict.reading.land import read_land
from geoconflict.reading.mentions import COUNTRY, Mention
from geoconflict.reading.passages import Passage, read_passages
from geoconflict.reading.periods import find_periods
from geoconflict.reading.relations import Relation, find_relations
from geoconflict.reading.roles import Roles, assign_roles

_BY_ROAD = re.compile(
    r"\bby\s+(?:road|car)\b|\bдорогою\b|\bавтошляхами\b|\bпо\s+(?:дороге|трассе|автодороге)\b",
    re.IGNORECASE,
)
# So far around an amount the words "by road" can belong to it.
_AROUND = 30


def read_claims(
    text: str,
    *,
    published: dt.date | None = None,
    gazetteer: Gazetteer | None = None,
    language: str | None = None,
    source: str = TEXT_SOURCE,
) -> list[Claim]:
    """Return the claims that a text states, in their order.

    Parameters
    ----------
    text : str
        A report in English, Ukrainian or Russian.
    published : datetime.date, optional
        Its day: the date of claims that name none, and the year of months without one.
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
    passages = read_passages(text, gazetteer=known, date=published, language=language)
    drafts = read_land(passages, published=published)
    for passage in passages:
        drafts += _distances(passage, published)
        drafts += [_related(passage, relation) for relation in find_relations(passage)]
    return finish(drafts, published=published, source=source)


def _distances(passage: Passage, published: dt.date | None) -> Iterator[Draft]:
    """Yield the distances of a sentence, and the conversions of its other lengths."""
    found: list[Roles] = []
    for amount in passage.amounts:
        if amount.dimension != "length":
            continue
        roles = assign_roles(passage, amount, found)
        if roles is not None:
            found.append(roles)
            yield _distance(passage, amount, roles, published)
        elif amount.secondary_value is not None:
            fields = amount_fields(amount)
            yield Draft(passage, "conversion", amount.start, amount.end, fields=fields)


def _distance(passage: Passage, amount: Amount, roles: Roles, published: dt.date | None) -> Draft:
    fields = amount_fields(amount) | _texts(passage, roles.subject, roles.reference)
    if (
        roles.reference.kind == "coast"
        and amount.unit == "mi"
        and passage.sentence.language != "en"
    ):
        # At sea a Ukrainian or Russian "mile" is a nautical one.
        fields["unit"] = "nmi"
    fields["direction"] = roles.direction
    around = passage.text[max(0, amount.start - _AROUND) : amount.end + _AROUND]
    if _is_by_road(passage, amount, around):
        fields["hedge"] = "by road"
    return Draft(
        passage,
        "distance",
        amount.start,
        max(amount.end, roles.reference.end if roles.reference.start >= amount.end else 0),
        _subject_id(roles.subject),
        _reference_id(roles),
        days=_day(passage, published) if roles.reference.reference == "front:" else None,
        fields=fields,
    )


def _subject_id(subject: Mention | None) -> str | None:
    """Return what a subject is called in a table: a country as subject is its area."""
    if subject is None:
        return None
    return (
        subject.reference.replace("border:", "country:")
        if subject.rank >= COUNTRY
        else (subject.reference)
    )


def _reference_id(roles: Roles) -> str:
    """Return the line that is meant by a country: of Russia, its border with Ukraine."""
    reference, place = roles.reference.reference, roles.subject and roles.subject.place
    if reference == "border:RU":
        return "border:UA-RU"
    if reference == "coast:":
        return f"coast:{place.country or 'UA'}" if place else "coast:UA"
    if reference == "border:UA" and place and place.country not in ("UA", "RU"):
        return f"border:UA-{place.country}"
    return reference


def _is_by_road(passage: Passage, amount: Amount, around: str) -> bool:
    """Return whether "by road" stands with this amount and not with another one nearer to it."""
    match = _BY_ROAD.search(around)
    if match is None:
        return False
    at = max(0, amount.start - _AROUND) + match.start()
    nearest = min(passage.amounts, key=lambda a: min(abs(a.start - at), abs(a.end - at)))
    return nearest is amount


def _day(passage: Passage, published: dt.date | None) -> DateRange | None:
    """Return the one day that a sentence names, for a front that moves; else None."""
    periods = find_periods(passage.text, published=published)
    days = [p.days for p in periods if p.length_days <= 2 and p.is_year_known]
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
    reference = relation.reference.reference
    return Draft(
        passage,
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
