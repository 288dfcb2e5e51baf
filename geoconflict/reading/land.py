"""Areas won or held, their rates and changes, and with them all numbers on land of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from geoconflict.measuring.dates import DateRange, parse_date_range
from geoconflict.measuring.units import convert
from geoconflict.reading.amounts import Amount
from geoconflict.reading.averages import read_averages
from geoconflict.reading.clauses import Clause, acting
from geoconflict.reading.comparisons import read_comparisons
from geoconflict.reading.contrasts import read_contrasts
from geoconflict.reading.differences import read_differences
from geoconflict.reading.drafts import Draft, amount_draft
from geoconflict.reading.extents import read_extent, read_sizes
from geoconflict.reading.fates import read_fates
from geoconflict.reading.landtext import LandText, Memory, areas_of
from geoconflict.reading.losses import read_count_rates, read_counts, read_ratios
from geoconflict.reading.numerals import numerals
from geoconflict.reading.parts import read_parts
from geoconflict.reading.passages import Passage
from geoconflict.reading.periods import Period, last_year_named
from geoconflict.reading.proportions import read_proportions
from geoconflict.reading.quotas import read_quotas
from geoconflict.reading.remainders import read_remainders
from geoconflict.reading.shares import read_fractions, read_share, said_again
from geoconflict.reading.shifts import read_shifts
from geoconflict.reading.sums import read_sums
from geoconflict.reading.totals import read_totals

# A sentence without a digit or a word for a part states nothing of land.
_TWO_MONTHS = 100
# A rate is told as roundly as this.
_ROUNDED = 0.06
_WITHOUT_DIGITS = ("size", "bigger", "smaller", "pace")
_SPELLED = ("of_them", "rest", "before_total", "after_total")
_DIGIT = re.compile(r"\d")


def read_land(passage: Passage, memory: Memory) -> list[Draft]:
    """Return the areas, rates, shares and ratios that a sentence states.

    Counts of losses are among them as operands, for the rates and ratios made of them.

    Parameters
    ----------
    passage : Passage
        The sentence.
    memory : Memory
        What the sentences before it told; what this one tells is added.
    """
    own: list[Draft] = []
    if passage.amounts or _is_worth_reading(passage):
        own = _in_sentence(LandText(passage, memory))
        memory.year = last_year_named(passage.text) or memory.year
    memory.add(own)
    return own


def _is_worth_reading(passage: Passage) -> bool:
    if _DIGIT.search(passage.text) is not None:
        return True
    words = passage.words
    parts = (
        words.pattern("land", "part_words"),
        words.pattern("comparisons", *_WITHOUT_DIGITS),
        words.pattern("sums", *_SPELLED),
    )
    return any(pattern.search(passage.text) is not None for pattern in parts)


def _in_sentence(text: LandText) -> list[Draft]:
    own: list[Draft] = list(read_counts(text.passage, text.periods))
    for amount in text.amounts:
        if amount.dimension == "share":
            share = read_share(text, amount, own)
            own += [share] if share else []
        elif amount.dimension == "area/time" and text.is_about_land(amount):
            own += _rate(text, amount)
        elif amount.dimension == "area" and text.is_about_land(amount):
            own += _area(text, amount, own)
            is_other = not text.is_of_land and amount.secondary_value is not None
            own += [amount_draft(text.passage, "conversion", amount)] if is_other else []
        elif amount.dimension == "area" and amount.secondary_value is not None:
            own.append(amount_draft(text.passage, "conversion", amount))
    own += read_fractions(text, own)
    own = said_again(text, own)
    own = _linked_rates(text, own)
    around = [*text.memory.drafts, *own]
    own += read_ratios(text.passage, around)
    own += read_count_rates(text.passage, [*around, *own], text.periods)
    own += read_comparisons(text, own)
    own += read_contrasts(text, own) if around else ()
    own += read_parts(text, own)
    own += [*read_sizes(text, own), *read_sums(text, own), *read_totals(text), *read_fates(text)]
    changes = list(read_differences(text, own))
    computed = {d.start for d in changes if any(d.operands)}
    # What is computed was read as a number of its own before.
    own = [d for d in own if d.start not in computed or any(d.operands)] + changes
    own += read_proportions(text, own)
    for read in (read_shifts, read_averages, read_quotas, read_remainders):
        own += read(text, own)
    return own


def _draft(text: LandText, amount: Amount) -> Draft:
    draft = amount_draft(text.passage, "area", amount)
    return replace(draft, fields={**draft.fields, "claimant": text.counter()})


def _area(text: LandText, amount: Amount, own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield an area as the change, the whole of a unit, the rate or the gain that it is."""
    change = _change(text, amount, own)
    if change is not None:
        ends = (change.subject, change.reference)
        yield from (end for end in ends if isinstance(end, Draft))
        yield change
        return
    whole = read_extent(text, amount)
    if whole is not None:
        yield whole
        return
    clause = text.clause(amount)
    span = text.text[clause.start : clause.end]
    if text.words.extent.search(span) and not clause.is_own and text.names_land(clause):
        unit = text.unit(amount)
        whole = replace(_draft(text, amount), is_operand=True)
        if unit is not None:
            text.memory.wholes[unit] = whole
        yield whole
        return
    if amount.is_unitless and not _is_one_of_list(text, amount):
        return
    period = text.period(amount)
    # What nothing says to be land won or held only stands where something is computed of it.
    draft = replace(_draft(text, amount), **_timed(period), is_operand=not text.is_of_land)
    if text.words.daily.search(text.text, clause.start, amount.start):
        yield replace(_as_daily(draft), **_of_land(text, amount, period, clause))
        return
    yield replace(draft, **_of_land(text, amount, period, clause))


def _is_one_of_list(text: LandText, amount: Amount) -> bool:
    """Return whether a bare number is the next of areas: it has a period or a verb of its own."""
    clause = text.clause(amount)
    period = text.period(amount)
    is_timed = period is not None and clause.start <= period.start < clause.end
    return is_timed or clause.is_own


def _as_daily(draft: Draft) -> Draft:
    """Return an area that is said to be so much each day as a rate."""
    fields = {**draft.fields, "unit": f"{draft.fields['unit']}/day"}
    if fields.get("secondary_unit"):
        fields["secondary_unit"] = f"{fields['secondary_unit']}/day"
    return replace(draft, kind="rate", fields=fields)


def _timed(period: Period | None) -> dict[str, Any]:
    if period is None:
        return {}
    days = period.days if period.is_year_known else None
    return {"days": days, "length_days": period.length_days, "told_days": period.days}


def _of_land(
    text: LandText, amount: Amount, period: Period | None, clause: Clause
) -> dict[str, Any]:
    """Return the columns that say which land is meant, of whom and when.

    Without a reference where snapshots cannot tell: a gain with no period, land won or held by
    Ukraine in Ukraine, land about a town or that nobody holds.
    """
    unit = text.unit(amount)
    timed = _timed(period)
    is_vague = text.words.nobody.search(text.text) or text.words.near_town.match(
        text.text, amount.end
    )
    if unit is None or is_vague or not clause.actions:
        return timed
    theatre = text.passage.theatre
    is_abroad = unit.startswith(f"admin1:{theatre.opponent}")
    days = timed.get("days")
    is_long = days is not None and days.days > 1
    action, side = acting(clause, theatre, is_long=is_long)
    if action == "hold":
        is_told = (side == theatre.home) == is_abroad
        days = {} if is_long else timed
        return {**days, "subject": unit, "reference": "front:"} if is_told else timed
    is_told = is_long and side == theatre.opponent
    return {**timed, "subject": unit, "reference": "front:"} if is_told else timed


def _rate(text: LandText, amount: Amount) -> Iterator[Draft]:
    clause = text.clause(amount)
    span = text.text[clause.start : clause.end]
    if amount.is_unitless and text.words.busy.search(span):
        return
    period = text.period(amount)
    draft = replace(_draft(text, amount), kind="rate", **_timed(period))
    yield replace(draft, **_of_land(text, amount, period, clause))


def _linked_rates(text: LandText, own: Sequence[Draft]) -> list[Draft]:
    """Return drafts with each rate computed from the area that it is the rate of."""
    linked: list[Draft] = []
    timed: dict[Draft, Draft] = {}
    for draft in own:
        is_rate = draft.kind == "rate" and draft.fields["unit"].startswith(("km2", "mi2", "ha"))
        area = _area_of(text, draft, own) if is_rate else None
        if area is None:
            linked.append(draft)
            continue
        area = timed.setdefault(area, _until_published(text, draft, area))
        linked.append(
            replace(
                draft, subject=area, reference=None, days=area.days, length_days=area.length_days
            )
        )
    return [timed.get(draft, draft) for draft in linked]


def _until_published(text: LandText, rate: Draft, area: Draft) -> Draft:
    """Return an area of a month that is not over as that of its days so far, if the rate is theirs.

    A report of the 25th can tell of 25 days or foresee the whole month.
    """
    whole, today = area.days, text.memory.published
    values = (area.fields["value_min"], rate.fields["value_min"])
    if whole is None or today is None or not whole.start <= today < whole.end or None in values:
        return area
    passed = DateRange(whole.start, today)
    a_day = convert(values[0], f"{area.fields['unit']}/day", rate.fields["unit"])
    far = [abs(a_day / span.days - values[1]) for span in (whole, passed)]
    return replace(area, days=passed, length_days=passed.days) if far[1] < far[0] else area


def _area_of(text: LandText, rate: Draft, own: Sequence[Draft]) -> Draft | None:
    """Return the area that a rate is of: of the same days, and no other verb between.

    Where it is not the rate of that but of another one told before, that one is meant.
    """
    earlier = areas_of(text.memory.recent[-1] if text.memory.recent else [])
    told = [d for d in (*earlier, *areas_of(own)) if d.length_days]
    found = _nearest_area(text, rate, own)
    if found is not None and not _fits(rate, found):
        return next((area for area in told[::-1] if _fits(rate, area)), found)
    return found


def _nearest_area(text: LandText, rate: Draft, own: Sequence[Draft]) -> Draft | None:
    areas = [d for d in areas_of(own) if d.length_days]
    fitting = [a for a in areas if _are_of_one(text, rate, a)]
    before = [a for a in fitting if a.end <= rate.start]
    if before or fitting:
        return before[-1] if before else fitting[0]
    earlier = [
        d for d in areas_of(text.memory.recent[-1] if text.memory.recent else []) if d.length_days
    ]
    own_period = rate.days is not None
    if areas_of(own) or own_period or text.clauses[0].is_own:
        return None
    # Of several areas it is the rate of one that it fits: "245 in February, 481 in January".
    several = [area for area in earlier if _fits(rate, area)]
    return earlier[0] if len(earlier) == 1 else next(iter(several), None)


def _fits(rate: Draft, area: Draft) -> bool:
    """Return whether a rate is that of an area over its period, as roundly as rates are told."""
    told, whole = rate.fields["value_min"], area.fields["value_min"]
    if not told or not whole or not area.length_days:
        return False
    unit = f"{area.fields['unit']}/day"
    a_day = float(convert(whole / area.length_days, unit, rate.fields["unit"]))
    return bool(abs(a_day - told) <= _ROUNDED * told)


def _are_of_one(text: LandText, rate: Draft, area: Draft) -> bool:
    left, right = sorted((rate, area), key=lambda draft: draft.start)
    own_verbs = [c for c in text.clauses if c.is_own and left.end <= c.start < right.start]
    is_same = rate.days == area.days and rate.length_days == area.length_days
    return is_same and (not own_verbs or rate.days is not None)


def _change(text: LandText, amount: Amount, own: Sequence[Draft]) -> Draft | None:
    """Return a change from one area to another, None where no change is stated."""
    after = text.words.change.match(text.text, amount.end)
    before = text.words.changed.search(text.text[max(0, amount.start - 40) : amount.start])
    if after is None and before is None:
        return None
    draft = _draft(text, amount)
    ways = (_from_to(text, amount), _by_period(text, after), _only_two(text, amount, own))
    told = [ends for ends in ways if ends is not None]
    if not told:
        return draft
    # "A difference of 238, and the pace grew from 8.6 to 16.8" is of what makes it.
    larger, smaller = next((ends for ends in told if _makes(amount, *ends)), told[0])
    days = _spanned(larger, smaller)
    return replace(draft, subject=larger, reference=smaller, days=days)


def _makes(amount: Amount, larger: Draft, smaller: Draft) -> bool:
    """Return whether a change is the difference of two areas, as roundly as such are told."""
    high, low, change = (
        larger.fields["value_min"],
        smaller.fields["value_min"],
        amount.value_min,
    )
    if high is None or low is None or change is None:
        return False
    return bool(abs(high - low - change) <= _ROUNDED * change)


def _from_to(text: LandText, amount: Amount) -> tuple[Draft, Draft] | None:
    """Return the ends of "grew by 65 sq km, from 410 to 475"."""
    language = text.passage.language
    number = numerals(language)
    words = text.passage.words
    pattern = (
        rf"(?<!\w){words.any_of('land', 'from_to')}\s+(?P<a>{number.pattern})\s+(?:\w+\s+)?"
        rf"{words.any_of('time', 'to')}\s+(?P<b>{number.pattern})"
    )
    match = re.compile(pattern, re.IGNORECASE).search(text.text, amount.end)
    if match is None or match.start() - amount.end > 40:
        return None
    values = [number.parse(match[group]) for group in ("a", "b")]
    if None in values:
        return None
    drafts = [
        Draft(
            text.passage.sentence,
            "area",
            match.start(g),
            match.end(g),
            fields={"value_min": value, "unit": amount.unit},
            is_operand=True,
        )
        for g, value in zip(("a", "b"), values, strict=True)
    ]
    return _ordered(drafts)


def _by_period(text: LandText, change: re.Match[str] | None) -> tuple[Draft, Draft] | None:
    """Return the areas of the two periods that a change is told between."""
    spans = [days for p in text.periods[:2] if p.days for days in _months_of(p.days)]
    known = [text.memory.areas.get(days) for days in spans[:2]]
    if change is None or len(known) < 2 or None in known:
        return None
    first, second = known[0], known[1]
    if first is None or second is None:
        return None
    # "A decrease between December and January": of the later from the earlier.
    order = _ordered((first, second))
    return order if change["less"] or change["more"] else None


def _months_of(days: DateRange) -> list[DateRange]:
    """Return the first and the last month of "between December and January", else the days."""
    first, last = days.start, days.end
    if (first.year, first.month) == (last.year, last.month) or first.day != 1:
        return [days]
    ends = (parse_date_range(f"{day.year}-{day.month:02d}") for day in (first, last))
    return list(ends) if days.days < _TWO_MONTHS else [days]


def _only_two(text: LandText, amount: Amount, own: Sequence[Draft]) -> tuple[Draft, Draft] | None:
    """Return the two areas that were told before a change, None where there are more or less."""
    here = [d for d in areas_of([*text.memory.drafts, *own]) if d.fields["unit"] == amount.unit]
    return _ordered(here) if len(here) == 2 else None


def _ordered(drafts: Sequence[Draft]) -> tuple[Draft, Draft]:
    a, b = sorted(drafts, key=lambda d: d.fields["value_min"], reverse=True)
    return a, b


def _spanned(a: Draft, b: Draft) -> DateRange | None:
    if a.days is None or b.days is None:
        return None
    return DateRange(min(a.days.start, b.days.start), max(a.days.end, b.days.end))
