"""Losses as counts, and the ratios and daily rates that are made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geoconflict.reading.drafts import Draft
from geoconflict.reading.numerals import NUMBER, parse_number
from geoconflict.reading.passages import Passage
from geoconflict.reading.periods import Period, period_of

_PEOPLE = (
    r"(?:casualties|losses|soldiers|troops|personnel|servicemen|killed|fighters|men\b|"
    r"втрат\w*|військов\w*|солдат\w*|окупант\w*|потер\w*|военнослужащ\w*)"
)
_LOSSES = re.compile(_PEOPLE, re.IGNORECASE)
_COUNT = re.compile(
    rf"(?P<number>{NUMBER})\s+(?:[a-zа-яіїє]+\s+){{0,2}}?{_PEOPLE}\b", re.IGNORECASE
)
_RATIO = re.compile(
    rf"(?P<hedge>roughly|about|around|some|approximately|близько|приблизно|около|примерно)?\s*"
    rf"(?P<number>{NUMBER})\s+(?:{_PEOPLE}\s+)?(?:per|for\s+(?:each|every)|на\s+(?:кожен|каждый)?)\s*"
    r"(?:(?P<mi>sq(?:uare|\.)?\s+mile)|(?:square|sq\.?|кв\.?|квадратн\w+)\s*(?:kilomet(?:er|re)|km|км|"
    r"кілометр\w*|километр\w*)|km(?:2|²))",
    re.IGNORECASE,
)
_COUNT_RATE = re.compile(
    r"\b(?:average|amount(?:ed|s)?\s+to|equivalent|works\s+out|в\s+среднем|у\s+середньому|середньому)"
    rf"[^.;]{{0,40}}?(?P<number>{NUMBER})\s+(?:{_PEOPLE}\s+)?(?:a|per|each|на|в)\s+"
    r"(?:day|день|добу|сутки)\b",
    re.IGNORECASE,
)


def read_counts(passage: Passage, periods: Sequence[Period]) -> Iterator[Draft]:
    """Yield losses as operands: they stand only where a rate or ratio is made of them."""
    if not _LOSSES.search(passage.text):
        return
    for match in _COUNT.finditer(passage.text):
        value = parse_number(match["number"])
        if value is None or not match["number"][0].isdigit():
            continue
        period = period_of(match.start(), match.end(), periods)
        fields = {"value_min": value, "unit": "people"}
        yield Draft(
            passage,
            "count",
            *match.span(),
            days=period.days if period and period.is_year_known else None,
            length_days=period.length_days if period else None,
            fields=fields,
            is_operand=True,
        )


def read_ratios(passage: Passage, before: Sequence[Draft]) -> Iterator[Draft]:
    """Yield how many were lost for each square kilometre, of the counts and areas before."""
    if not _LOSSES.search(passage.text):
        return
    for match in _RATIO.finditer(passage.text):
        count = _last(before, "count", "people", excluding=match.start())
        area = _last(before, "area", "km2")
        value = parse_number(match["number"])
        if value is None:
            continue
        fields = {"value_min": value, "unit": "people/mi2" if match["mi"] else "people/km2"}
        fields |= {"hedge": match["hedge"].casefold()} if match["hedge"] else {}
        start, end = match.start("hedge") if match["hedge"] else match.start("number"), match.end()
        subject, reference = (count, area) if count and area else (None, None)
        days = area.days if area else None
        yield Draft(passage, "share", start, end, subject, reference, days=days, fields=fields)


def read_count_rates(passage: Passage, before: Sequence[Draft]) -> Iterator[Draft]:
    """Yield averages a day of the counts before."""
    for match in _COUNT_RATE.finditer(passage.text):
        value = parse_number(match["number"])
        count = _last(before, "count", "people", excluding=match.start())
        if value is None or count is None or passage.amounts:
            continue
        fields = {"value_min": value, "unit": "people/day"}
        start = match.start("number")
        yield Draft(passage, "rate", start, match.end(), count, days=count.days, fields=fields)


def _last(before: Sequence[Draft], kind: str, unit: str, *, excluding: int = -1) -> Draft | None:
    """Return the last number of a kind with a period, but for the one that starts at a point."""
    for draft in reversed(before):
        is_same = draft.kind == kind and draft.fields["unit"] == unit
        if is_same and draft.length_days and abs(draft.start - excluding) > 1:
            return draft
    return None
