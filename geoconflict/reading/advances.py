"""Lengths of the front line itself: how long it is, and how far somebody came forward on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from geoconflict.lexicon import AnyCase, Lexicon, any_form, lexicon
from geoconflict.measuring.units import convert
from geoconflict.reading.amounts import Amount
from geoconflict.reading.clauses import clause_at, find_clauses
from geoconflict.reading.drafts import Draft, amount_draft
from geoconflict.reading.ends import MEASURED, End, find_ends
from geoconflict.reading.mentions import Mention
from geoconflict.reading.passages import Passage
from geoconflict.reading.periods import Period
from geoconflict.reading.places import is_unit

# What is shorter is a sector, what is longer another war's front; and no advance is so deep.
_FRONT_KM, _ADVANCE_KM = (300.0, 4000.0), 100.0
# The part of it in one oblast.
_SECTOR_KM = (10.0, 1000.0)
_OTHER_TIME = re.compile(r"(?<![\d.,])(?:1[5-9]\d{2}|200\d)(?![\d.,]\d)")
# So far behind an advance the place that it is near can stand.
_REACH = 60


class _AdvanceWords:
    """The patterns of what is said of the front line in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        front = rf"(?:{any_of('lines', 'front', 'bare_front')})"
        adjectives = rf"(?:(?:{any_of('lines', 'article', 'active')})\s+)*"
        hedges = any_form([*words.forms("hedges"), *words.forms("links", "reach")])
        stands = any_form((*words.forms("verbs", "stand"), *words.forms("lengths", "measures")))
        lead = rf"(?:{stands}|{hedges}|{any_of('lengths', 'of_length')}|[—–:-])"
        # "the front line is some 1,200 km", "a front of 1,200 km", "довжина фронту — 1200 км".
        self.before = AnyCase(
            rf"(?<!\w){front}(?:\s+{any_of('links', 'in')}\s+{any_of('countries')})?"
            rf"(?:\s+{lead}|\s*[—–:(])*\s*$"
        )
        self.after = AnyCase(rf"[\s-]*(?:{any_of('links', 'of')}\s+)?{adjectives}{front}(?!\w)")
        self.moved = AnyCase(
            rf"(?<!\w){any_of('verbs', 'move')}\s+(?:(?:{hedges}|{any_of('links', 'by')}|"
            rf"[^\W\d]+)\s+){{0,2}}$"
        )


@cache
def _advance_words(language: str) -> _AdvanceWords:
    return _AdvanceWords(lexicon(language))


def read_advances(passage: Passage, periods: list[Period], taken: set[int]) -> Iterator[Draft]:
    """Yield the lengths of the front, and how far Russian troops are said to have come forward.

    Parameters
    ----------
    passage : Passage
        The sentence.
    periods : list of Period
        Those that it names.
    taken : set of int
        Where the lengths start that are distances.
    """
    words, home = _advance_words(passage.language), f"country:{passage.theatre.home}"
    for amount in passage.amounts:
        if amount.dimension != "length" or amount.start in taken or amount.value_min is None:
            continue
        draft = amount_draft(passage, "count", amount)
        unit = _unit_of_front(passage, amount)
        if _is_front(passage, amount, words, unit):
            land = unit.mention.reference if unit and unit.mention else home
            yield _of_front(draft, land, None)
            continue
        place = _near(passage, amount) if words.moved.search(_before(passage, amount)) else None
        if place is not None and _km(amount) <= _ADVANCE_KM and _is_of_opponent(passage, amount):
            days = [p for p in periods if p.role == "in" and p.is_year_known and p.days]
            yield _of_front(draft, place.reference, days[0] if len(days) == 1 else None)


def _of_front(draft: Draft, subject: str, period: Period | None) -> Draft:
    days = period.days if period else None
    ends = draft.sentence, draft.kind, draft.start, draft.end, subject, "front:"
    return Draft(*ends, days=days, fields=draft.fields)


def _before(passage: Passage, amount: Amount) -> str:
    return passage.text[max(0, amount.start - _REACH) : amount.number_start]


def _km(amount: Amount) -> float:
    return convert(amount.value_min or 0.0, amount.unit, "km")


def _unit_of_front(passage: Passage, amount: Amount) -> End | None:
    """Return the one oblast that the front before an amount is said to be in, None where none."""
    units = [e for e in find_ends(passage) if e.mention and is_unit(e.mention)]
    before = [e for e in units if e.link in ("in", "of", "") and e.end <= amount.start]
    return before[0] if len(before) == 1 == len(units) else None


def _is_front(passage: Passage, amount: Amount, words: _AdvanceWords, unit: End | None) -> bool:
    """Return whether an amount is how long the front of this war is, or that in one oblast."""
    low, high = _SECTOR_KM if unit else _FRONT_KM
    rest = passage.text[: amount.start] + passage.text[amount.end :]
    if not low <= _km(amount) <= high or _OTHER_TIME.search(rest):
        return False
    if any(e.mention and e.mention.is_point and e.link in MEASURED for e in find_ends(passage)):
        # From one town to another it is a part of the front.
        return False
    before = _before(passage, amount)
    if unit is not None:
        # "The front in Zaporizhzhia Oblast is 150 km long".
        before = before.replace(passage.text[unit.start : unit.end], "")
        return words.before.search(before) is not None
    is_before = words.before.search(before) is not None
    return is_before or words.after.match(passage.text, amount.end) is not None


def _near(passage: Passage, amount: Amount) -> Mention | None:
    """Return the one place right behind an advance, None where there is none or more."""
    stop = passage.text.find(";", amount.end)
    until = min(amount.end + _REACH, stop if stop >= 0 else len(passage.text))
    after = [e for e in find_ends(passage) if e.mention and amount.end <= e.at < until]
    places = [e.mention for e in after if e.mention and e.mention.rank == 1 and e.link != "from"]
    known = {m.reference: m for m in places if m.place is not None}
    return next(iter(known.values())) if len(known) == 1 == len(places) else None


def _is_of_opponent(passage: Passage, amount: Amount) -> bool:
    """Return whether not Ukraine's troops are said to move, nor any in Russia."""
    clause = clause_at(find_clauses(passage.text, language=passage.language), amount.number_start)
    return clause.side != passage.theatre.home
