"""Areas won or held, their rates and changes, and with them all numbers on land of a text."""

from __future__ import annotations

import datetime as dt
import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from geoconflict.measuring.dates import DateRange
from geoconflict.reading.amounts import Amount
from geoconflict.reading.drafts import Draft, amount_draft
from geoconflict.reading.landwords import (
    BY_UKRAINE,
    GAINED,
    HELD,
    NOBODYS,
    NOT_LAND,
    OF_UNIT,
    TERRITORIAL,
)
from geoconflict.reading.losses import read_count_rates, read_counts, read_ratios
from geoconflict.reading.passages import Passage
from geoconflict.reading.periods import Period, find_periods, last_year_named, period_of
from geoconflict.reading.shares import read_fractions, read_share

_NEAR_TOWN = re.compile(
    r"\s+(?:near|around|outside|біля|поблизу|під|возле|около|под)\s", re.IGNORECASE
)
_AND_UKRAINE = re.compile(r"\bUkraine\s+(?:and|plus)\s+(?:in\s+)?(?:the\s+)?$", re.IGNORECASE)
_DAILY = re.compile(r"\b(?:daily|each\s+day|щоденн\w+|ежедневн\w+)\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"[\s-]*(?P<word>decrease|drop|decline|fall|reduction|fewer|less|increase|rise|growth|more)\b",
    re.IGNORECASE,
)
_RISES = frozenset(["increase", "rise", "growth", "more"])
_WORTH_READING = re.compile(
    r"\d|\b(?:half|third|quarter|fifth|половин|трет|чверт|четверт)", re.IGNORECASE
)
# Those who count land, as a casebook calls them.
_COUNTERS = {
    "Institute for the Study of War": r"\bISW\b|Institute for the Study of War",
    "DeepState": r"\bDeep\s?State\b",
}
# How many sentences back a number can stand that another is computed from.
_BACK = 2


def read_land(passages: Sequence[Passage], *, published: dt.date | None) -> list[Draft]:
    """Return the areas, rates, shares and ratios that a text states.

    Counts of losses are among them as operands, for the rates and ratios made of them.

    Parameters
    ----------
    passages : sequence of Passage
        The text.
    published : datetime.date, optional
        The day of the report, for "last year" and months without a year.
    """
    found: list[Draft] = []
    recent: deque[list[Draft]] = deque(maxlen=_BACK)
    areas: dict[DateRange, Draft] = {}
    year = None
    for passage in passages:
        own: list[Draft] = []
        if passage.amounts or _WORTH_READING.search(passage.text):
            periods = find_periods(passage.text, published=published, year=year)
            before = [draft for drafts in recent for draft in drafts]
            own = _in_sentence(passage, periods, before, areas)
            year = last_year_named(passage.text) or year
        areas |= {d.days: d for d in own if d.kind == "area" and d.days and d.days not in areas}
        recent.append(own)
        found += own
    return found


def _in_sentence(
    passage: Passage,
    periods: Sequence[Period],
    recent: Sequence[Draft],
    areas: Mapping[DateRange, Draft],
) -> list[Draft]:
    own: list[Draft] = list(read_counts(passage, periods))
    is_land = bool(TERRITORIAL.search(passage.text)) and not NOT_LAND.search(passage.text)
    for amount in passage.amounts:
        before = [*recent, *own]
        draft = None
        if amount.dimension == "area/time" or (amount.dimension == "area" and is_land):
            draft = _changed(passage, amount, periods, areas) or _area(
                passage, amount, periods, before
            )
        elif amount.dimension == "area" and amount.secondary_value is not None:
            draft = amount_draft(passage, "conversion", amount)
        elif amount.dimension == "share":
            draft = read_share(passage, amount, periods, before)
        if draft is not None:
            own.append(draft)
    own += read_fractions(passage, periods)
    return [
        *own,
        *read_ratios(passage, [*recent, *own]),
        *read_count_rates(passage, [*recent, *own]),
    ]


def _counter(passage: Passage) -> str | None:
    """Return who is said to have counted the land, in this sentence or those before it."""
    for text in (passage.text, *(p.text for p in reversed(passage.before))):
        named = [name for name, words in _COUNTERS.items() if re.search(words, text)]
        if named:
            return named[0]
    return None


def _area(
    passage: Passage, amount: Amount, periods: Sequence[Period], before: Sequence[Draft]
) -> Draft:
    period = period_of(amount.start, amount.end, _own(passage, amount, periods))
    draft = _draft(passage, amount)
    if "/" in amount.unit:
        areas = [d for d in before if d.kind == "area" and d.passage is passage and d.length_days]
        if areas and (period is None or period.days == areas[-1].days):
            length = areas[-1].length_days
            return replace(
                draft, kind="rate", subject=areas[-1], days=areas[-1].days, length_days=length
            )
        draft = replace(draft, kind="rate")
    elif _DAILY.search(passage.text, 0, amount.start):
        daily = {**draft.fields, "unit": f"{amount.unit}/day"}
        if amount.secondary_unit:
            daily["secondary_unit"] = f"{amount.secondary_unit}/day"
        draft = replace(draft, kind="rate", fields=daily)
    return replace(draft, **_of_land(passage, amount, period))


def _draft(passage: Passage, amount: Amount) -> Draft:
    draft = amount_draft(passage, "area", amount)
    return replace(draft, fields={**draft.fields, "claimant": _counter(passage)})


def _own(passage: Passage, amount: Amount, periods: Sequence[Period]) -> list[Period]:
    """Return the periods that no other amount of land stands between."""
    others = [a for a in passage.amounts if a is not amount and a.dimension.startswith("area")]
    return [
        p
        for p in periods
        if not any(
            amount.end <= a.start < p.start or p.end <= a.start < amount.start for a in others
        )
    ]


def _of_land(passage: Passage, amount: Amount, period: Period | None) -> dict[str, Any]:
    """Return the columns that say which land is meant, of whom and when.

    Without a reference where snapshots cannot tell: a gain with no period, land won or held by
    Ukraine in Ukraine, land about a town or that nobody holds.
    """
    unit = _unit_of(passage, amount.end)
    days = period.days if period and period.is_year_known else None
    timed = {"days": days, "length_days": period.length_days if period else None}
    is_gain = GAINED.search(passage.text) is not None and not HELD.search(passage.text)
    is_ukraines = BY_UKRAINE.search(passage.text) is not None and not unit.startswith("admin1:RU")
    is_vague = NOBODYS.search(passage.text) or _NEAR_TOWN.match(passage.text, amount.end)
    if is_vague or is_ukraines or (is_gain and (days is None or days.days == 1)):
        return timed
    return timed | {"subject": unit, "reference": "front:"}


def _changed(
    passage: Passage,
    amount: Amount,
    periods: Sequence[Period],
    areas: Mapping[DateRange, Draft],
) -> Draft | None:
    """Return a change from one period's area to another's, None where no change is stated."""
    change = _CHANGE.match(passage.text, amount.end)
    if change is None:
        return None
    draft = _draft(passage, amount)
    ends = [areas.get(period.days) for period in periods[:2]]
    if len(ends) < 2 or None in ends:
        return draft
    larger, smaller = reversed(ends) if change["word"].casefold() in _RISES else ends
    days = DateRange(periods[0].days.start, max(periods[0].days.end, periods[1].days.end))
    return replace(draft, subject=larger, reference=smaller, days=days)


def _unit_of(passage: Passage, at: int) -> str:
    """Return the unit that land is of: the one right after it, or the only one; else Ukraine."""
    units = [m for m in passage.places if m.reference.startswith("admin1:")]
    direct = [m for m in units if m.start >= at and OF_UNIT.fullmatch(passage.text, at, m.start)]
    if direct:
        return direct[0].reference
    different = dict.fromkeys(m.reference for m in units)
    if len(different) != 1:
        return "country:UA"
    before = passage.text[: units[0].start]
    return "country:UA" if _AND_UKRAINE.search(before) else units[0].reference
