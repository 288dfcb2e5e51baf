"""Areas gained or held, their rates, shares and ratios, and what each is computed from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from geoconflict.dates import DateRange
from geoconflict.reading.amounts import Amount
from geoconflict.reading.drafts import Draft, amount_fields
from geoconflict.reading.numerals import NUMBER, parse_number
from geoconflict.reading.passages import Passage
from geoconflict.reading.periods import Period, find_periods, last_year_named

_TERRITORIAL = re.compile(
    r"\b(?:gain|seiz|captur|occup|liberat|control|h[eo]ld|held|advanc|territor|grab|wrest|took\b|"
    r"take[ns]?\b|taking|retak|retook|los[te]|annex|freed|recover|changed\s+hands|hands\b|gr[ae]y\s+zone|conquer|overr[ua]n|regain|recaptur|"
    r"захоп|окуп|звільн|територ|контрол|просун|втрат|відвойов|сір\w+\s+зон|захват|захвач|оккуп|"
    r"освобо|террит|потер|продвин|занял|занят|взят|взял|зайня)\w*",
    re.IGNORECASE,
)
_NOT_LAND = re.compile(
    r"\b(?:fire|blaze|burn\w*|floor|warehouse|storage\s+tank|flood\w*|пожеж\w*|пожар\w*|загорян\w*|"
    r"возгоран\w*|горін\w*|склад\w*|площад\w+\s+возгор\w+)\b",
    re.IGNORECASE,
)
_DAILY = re.compile(r"\b(?:daily|each\s+day|щоденн\w+|ежедневн\w+)\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"[\s-]*(?P<word>decrease|drop|decline|fall|reduction|fewer|less|increase|rise|growth|more)\b",
    re.IGNORECASE,
)
_RISES = frozenset(["increase", "rise", "growth", "more"])
_OF_COUNTRY = re.compile(
    r"\s+(?:of\s+)?(?:the\s+|all\s+(?:of\s+)?)?(?:(?P<country>country|Ukraine|Ukrainian)\b|"
    r"(?:territor\w+|land|area)\s+of\s+(?:Ukraine|the\s+country)\b|"
    r"(?:від\s+)?(?:території|площі|террит\w+|площад\w+)?\s*(?P<local>України|країни|Украины|страны)\b)",
    re.IGNORECASE,
)
_OF_UNIT = re.compile(r"\s+(?:of\s+)?(?:the\s+)?(?:territor\w+\s+of\s+(?:the\s+)?)?", re.IGNORECASE)
# Words for parts of a whole, by the number that they divide by.
_PARTS = {
    2: r"half|половин",
    3: r"third|трет",
    4: r"quarter|чверт|четверт",
    5: r"fifth|п['’]ят|пят",
    10: r"tenth|десят",
}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "дві": 2, "двох": 2, "две": 2} | {
    **dict.fromkeys(("три", "трьох", "трёх"), 3),
}
_FRACTION = re.compile(
    rf"\b(?:(?P<count>{'|'.join(_COUNTS)})[\s-])?(?P<part>(?:half|thirds?|quarters?|fifths?|tenths?|"
    r"половин\w*|трет\w*|чверт\w*|четверт\w*|п['’]ят[уаі]\w*|пят[уао]\w*))(?:\s+частин\w+|\s+часть)?",
    re.IGNORECASE,
)
_WORTH_READING = re.compile(
    r"\d|\b(?:half|third|quarter|fifth|половин|трет|чверт|четверт)", re.IGNORECASE
)
_FIGURES = {
    "admin1:UA-14": "area-donetsk",
    "admin1:UA-09": "area-luhansk",
    "admin1:UA-65": "area-kherson",
    "admin1:UA-23": "area-zaporizhzhia",
    "admin1:UA-43": "area-crimea",
}
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
# Those who count land, as a casebook calls them.
_COUNTERS = {
    "Institute for the Study of War": r"\bISW\b|Institute for the Study of War",
    "DeepState": r"\bDeep\s?State\b",
}
# How far apart an amount and the period that it is said of may stand.
_NEAR = 70
# How many sentences back a number can stand that another is computed from.
_BACK = 2


def read_territory(passages: Sequence[Passage], *, published: dt.date | None) -> list[Draft]:
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
    year = None
    for index, passage in enumerate(passages):
        if passage.amounts or _WORTH_READING.search(passage.text):
            recent = [d for d in found if d.passage in passages[max(0, index - _BACK) : index + 1]]
            periods = find_periods(passage.text, published=published, year=year)
            found += _in_sentence(passage, periods, recent, found)
            year = last_year_named(passage.text) or year
    return found


def _in_sentence(
    passage: Passage, periods: Sequence[Period], recent: Sequence[Draft], all_: Sequence[Draft]
) -> list[Draft]:
    own: list[Draft] = list(_counts(passage, periods))
    is_land = bool(_TERRITORIAL.search(passage.text)) and not _NOT_LAND.search(passage.text)
    for amount in passage.amounts:
        before = [*recent, *own]
        draft = None
        if amount.dimension == "area/time" or (amount.dimension == "area" and is_land):
            draft = _area(passage, amount, periods, before, all_)
        elif amount.dimension == "area" and amount.secondary_value is not None:
            draft = _draft(passage, "conversion", amount)
        elif amount.dimension == "share":
            draft = _share(passage, amount, periods, before)
        if draft is not None:
            own.append(draft)
    own += _fractions(passage, periods)
    return [*own, *_ratios(passage, [*recent, *own]), *_count_rates(passage, [*recent, *own])]


def _draft(passage: Passage, kind: str, amount: Amount) -> Draft:
    fields = amount_fields(amount) | {"claimant": _counter(passage)}
    return Draft(passage, kind, amount.start, amount.end, fields=fields)


def _counter(passage: Passage) -> str | None:
    """Return who is said to have counted the land, in this sentence or those before it."""
    for text in (passage.text, *(p.text for p in reversed(passage.before))):
        named = [name for name, words in _COUNTERS.items() if re.search(words, text)]
        if named:
            return named[0]
    return None


def _area(
    passage: Passage,
    amount: Amount,
    periods: Sequence[Period],
    before: Sequence[Draft],
    all_: Sequence[Draft],
) -> Draft:
    change = _CHANGE.match(passage.text, amount.end)
    if change is not None:
        return _difference(passage, amount, change["word"].casefold(), periods, all_)
    days = _days_of(amount.start, amount.end, periods)
    where: dict[str, Any] = {"subject": _unit_of(passage), "reference": "front:", "days": days}
    draft = _draft(passage, "area", amount)
    if "/" in amount.unit:
        return _rate(draft, before, where)
    if _DAILY.search(passage.text, 0, amount.start):
        daily = {**draft.fields, "unit": f"{amount.unit}/day"}
        if amount.secondary_unit:
            daily["secondary_unit"] = f"{amount.secondary_unit}/day"
        return replace(draft, kind="rate", fields=daily, **where)
    return replace(draft, **where)


def _rate(draft: Draft, before: Sequence[Draft], where: dict[str, Any]) -> Draft:
    """Return a rate of the area in the same sentence, else of the land won in its period."""
    areas = [d for d in before if d.kind == "area" and d.passage is draft.passage and d.days]
    if not areas or (where["days"] and where["days"] != areas[-1].days):
        return replace(draft, kind="rate", **where)
    return replace(draft, kind="rate", subject=areas[-1], days=areas[-1].days)


def _difference(
    passage: Passage, amount: Amount, word: str, periods: Sequence[Period], all_: Sequence[Draft]
) -> Draft:
    """Return a change from one period's area to another's."""
    ends = [_area_in(period.days, all_) for period in periods[:2]]
    draft = _draft(passage, "area", amount)
    if len(ends) < 2 or None in ends:
        return draft
    larger, smaller = reversed(ends) if word in _RISES else ends
    days = DateRange(periods[0].days.start, max(periods[0].days.end, periods[1].days.end))
    return replace(draft, subject=larger, reference=smaller, days=days)


def _area_in(days: DateRange, drafts: Sequence[Draft]) -> Draft | None:
    fitting = (d for d in drafts if d.kind == "area" and d.days == days)
    return next(fitting, None)


def _unit_of(passage: Passage) -> str:
    """Return the one unit that a sentence speaks of, else all of Ukraine."""
    units = dict.fromkeys(m.reference for m in passage.places if m.reference.startswith("admin1:"))
    countries = any(m.reference == "border:UA" and not m.text.endswith("s") for m in passage.places)
    return next(iter(units)) if len(units) == 1 and not countries else "country:UA"


def _days_of(start: int, end: int, periods: Sequence[Period]) -> DateRange | None:
    """Return the days that stand nearest to an amount, those after it first."""
    after = [p for p in periods if 0 <= p.start - end <= _NEAR]
    before = [p for p in periods if start - p.end >= 0]
    chosen = after[0] if after else before[-1] if before else periods[0] if periods else None
    return chosen.days if chosen else None


def _share(
    passage: Passage, amount: Amount, periods: Sequence[Period], before: Sequence[Draft]
) -> Draft | None:
    whole = _whole(passage, amount.end)
    if whole is None:
        return None
    draft = replace(
        _draft(passage, "share", amount), days=_days_of(amount.start, amount.end, periods)
    )
    areas = [d for d in before if d.kind == "area" and d.passage is passage]
    if areas:
        return replace(draft, subject=areas[-1], reference=f"figure:{whole}", days=areas[-1].days)
    return replace(draft, subject=_unit_of(passage), reference="front:")


def _fractions(passage: Passage, periods: Sequence[Period]) -> Iterator[Draft]:
    """Yield shares in words: "a fifth of the country", "дві третини Херсонщини"."""
    for match in _FRACTION.finditer(passage.text):
        whole = _whole(passage, match.end())
        if whole is None:
            continue
        count = _COUNTS.get((match["count"] or "a").casefold(), 1)
        part = next(
            n for n, words in _PARTS.items() if re.match(words, match["part"], re.IGNORECASE)
        )
        # A fraction in words is a round one.
        share = round(100 * count / part, 1)
        fields = {"value_min": share, "unit": "percent", "hedge": "about"}
        start, end = match.span()
        days = _days_of(start, end, periods)
        unit = _unit_of(passage) if whole == "area-ua" else _unit_at(passage, end)
        yield Draft(passage, "share", start, end, unit, "front:", days=days, fields=fields)


def _unit_at(passage: Passage, at: int) -> str:
    return next((m.reference for m in passage.places if m.start >= at), "country:UA")


def _whole(passage: Passage, at: int) -> str | None:
    """Return the figure that a share is of: a country's or an oblast's area; else None."""
    if _OF_COUNTRY.match(passage.text, at):
        return "area-ua"
    lead = _OF_UNIT.match(passage.text, at)
    for mention in passage.places:
        if lead and mention.start == lead.end():
            return _FIGURES.get(mention.reference)
    return None


def _counts(passage: Passage, periods: Sequence[Period]) -> Iterator[Draft]:
    if not _LOSSES.search(passage.text):
        return
    for match in _COUNT.finditer(passage.text):
        value = parse_number(match["number"])
        if value is None or not match["number"][0].isdigit():
            continue
        days = _days_of(match.start(), match.end(), periods)
        fields = {"value_min": value, "unit": "people"}
        start, end = match.span()
        yield Draft(passage, "count", start, end, days=days, fields=fields, is_operand=True)


def _ratios(passage: Passage, before: Sequence[Draft]) -> Iterator[Draft]:
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


def _count_rates(passage: Passage, before: Sequence[Draft]) -> Iterator[Draft]:
    for match in _COUNT_RATE.finditer(passage.text):
        value = parse_number(match["number"])
        count = _last(before, "count", "people", excluding=match.start())
        if value is None or count is None or count.days is None or passage.amounts:
            continue
        fields = {"value_min": value, "unit": "people/day"}
        start = match.start("number")
        yield Draft(passage, "rate", start, match.end(), count, days=count.days, fields=fields)


def _last(before: Sequence[Draft], kind: str, unit: str, *, excluding: int = -1) -> Draft | None:
    fitting = (
        d
        for d in reversed(before)
        if d.kind == kind and d.fields["unit"] == unit and d.days and abs(d.start - excluding) > 1
    )
    return next(fitting, None)
