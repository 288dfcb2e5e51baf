"""Losses and launched arms as counts, and the ratios and daily rates that are made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.drafts import Draft
from geoconflict.reading.numerals import numerals
from geoconflict.reading.passages import Passage
from geoconflict.reading.periods import Period

_YEAR = re.compile(r"(?:19|20)\d{2}")
# A number that stands right before a rate, with a word such as "or" between.
_OWN_TOTAL = re.compile(r"\d\W{1,3}\w{1,4}\s+$")


class _LossWords:
    """The patterns of losses in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.numerals = numerals(words.language)
        number = self.numerals.pattern
        people = any_of("land", "people")
        self.people = words.pattern("land", "people")
        between = r"(?:[^\W\d]+\s+){0,2}?"
        # "48,240 men", and "losses of the enemy for December – 48,670".
        self.arms = any_form(form for forms in words.table("arms").values() for form in forms)
        after = rf"(?P<number>{number})\s+{between}(?:{people}|(?P<arms>{self.arms}))(?!\w)"
        before = (
            rf"(?<!\w){people}(?:\s+[^\W\d]+){{0,4}}\s*(?:[—–:-]|of|at)\s*(?P<number2>{number})"
        )
        total = rf"(?P<number3>{number})\s+{any_of('land', 'in_all')}(?!\w)"
        self.counts = (Caseless(after), Caseless(before), Caseless(total))
        # Without one of these words none of the patterns fits, and they are slow to say so.
        self.has_counts = Caseless(
            rf"(?<!\w)(?:{any_of('land', 'people', 'in_all')}|{self.arms})(?!\w)"
        )
        hedges = any_form(words.forms("hedges"))
        self.hedge = rf"(?:(?P<hedge>{hedges})\s+)?"
        square = words.any_of("units", "square")
        kinds = "|".join(
            rf"(?P<{name}>{square}[\s-]*{words.any_of('units', unit)}|"
            rf"{any_form(_short(words, unit))}\s?(?:2|²))"
            for name, unit in (("mi", "mi"), ("km", "km"))
        )
        symbols = any_form((*_short(words, "km"), *_short(words, "mi")))
        self.has_area = Caseless(rf"(?<!\w){square}|{symbols}\s?[2²]")
        each = any_form((*words.forms("periods", "per"), *words.forms("periods", "per_day")))
        every = any_form(words.forms("land", "each"))
        self.ratio = Caseless(
            rf"{self.hedge}(?P<number>{number})\s+(?:{people}\s+)?(?:for\s+{every}|{each}(?:\s+"
            rf"{every})?)\s+"
            rf"(?:{kinds})(?!\w)"
        )
        self.ratio_first = Caseless(
            rf"(?<!\w){every}\s+(?:{kinds})(?!\w)[^.;]{{0,40}}?{self.hedge}(?P<number>{number})"
            rf"\s+{people}(?!\w)"
        )
        day = words.any_of("periods", "day")
        per = (
            rf"(?:{each}\s+(?:{every}\s+)?{day}(?!\w)|/\s?day|{words.any_of('periods', 'daily')}"
            rf"(?!\w))"
        )
        self.rate = Caseless(
            rf"(?<!\w){self.hedge}(?P<number>{number})\s+(?:(?:{people}|{self.arms})\s+)?{per}"
        )
        self.some_days = words.pattern("periods", "some_days")
        joints = any_form(words.forms("links", "or", "that_is"))
        average = any_of("land", "average")
        each_of = any_of("comparisons", "each_of")
        # "1,050 drones, or 150 a day": nothing else of theirs is told.
        self.apposed = Caseless(
            rf"[\s,–—(:-]*(?:(?:{joints}|an?|of|{average}|{each_of})\s+)*(?:{each_of}\s*)?"
        )


def _short(words: Lexicon, unit: str) -> list[str]:
    return [form for form in words.forms("units", unit) if len(form) <= 2]


@cache
def _loss_words(language: str) -> _LossWords:
    return _LossWords(lexicon(language))


def speaks_of_losses(passage: Passage) -> bool:
    """Return whether a sentence speaks of people lost."""
    return _loss_words(passage.language).people.search(passage.text) is not None


def read_counts(passage: Passage, periods: Sequence[Period]) -> Iterator[Draft]:
    """Yield losses as operands: they stand only where a rate or ratio is made of them."""
    words = _loss_words(passage.language)
    if words.has_counts.search(passage.text) is None:
        return
    taken: list[tuple[int, int]] = [(a.start, a.end) for a in passage.amounts]
    taken += [(p.start, p.end) for p in periods]
    for pattern, group in zip(words.counts, ("number", "number2", "number3"), strict=True):
        for match in pattern.finditer(passage.text):
            text, start = match[group], match.start(group)
            value = words.numerals.parse(text)
            if value is None or value < 20 or _YEAR.fullmatch(text) or not text[0].isdigit():
                continue
            if any(a <= start < b for a, b in taken) or _is_rate(passage, words, start):
                continue
            taken.append((start, match.end(group)))
            arms = match["arms"] if group == "number" else None
            kind = passage.words.key("arms", arms) if arms else None
            unit = f"{kind.replace('_', ' ')}s" if kind else "people"
            yield _count(passage, value, unit, (start, match.end()), periods)


def _is_rate(passage: Passage, words: _LossWords, at: int) -> bool:
    return any(match.start("number") == at for match in words.rate.finditer(passage.text))


def _count(
    passage: Passage, value: float, unit: str, span: tuple[int, int], periods: Sequence[Period]
) -> Draft:
    start, end = span
    own = [p for p in periods if p.role == "in" and 0 <= p.start - end <= 1]
    period = own[0] if own else main_period(periods, start)
    return Draft(
        passage.sentence,
        "count",
        start,
        end,
        days=period.days if period and period.is_year_known else None,
        length_days=period.length_days if period else None,
        fields={"value_min": value, "unit": unit},
        is_operand=True,
    )


def main_period(periods: Sequence[Period], at: int) -> Period | None:
    """Return the period that words at a point speak of: the nearest, those before it first."""
    governing = [p for p in periods if p.role in ("in", "since")]
    return min(
        governing, key=lambda p: at - p.end if p.end <= at else 2 * (p.start - at), default=None
    )


def read_ratios(passage: Passage, before: Sequence[Draft]) -> Iterator[Draft]:
    """Yield how many were lost for each square kilometre, of the counts and areas before."""
    words = _loss_words(passage.language)
    if words.has_area.search(passage.text) is None:
        return
    for pattern in (words.ratio, words.ratio_first):
        for match in pattern.finditer(passage.text):
            value = words.numerals.parse(match["number"])
            count = _last(before, "count", "people", excluding=match.start("number"))
            area = _last(before, "area", "km2")
            is_land = speaks_of_losses(passage) or count is not None
            if value is None or not is_land:
                continue
            fields = {"value_min": value, "unit": "people/mi2" if match["mi"] else "people/km2"}
            fields |= {"hedge": match["hedge"].casefold()} if match["hedge"] else {}
            ends = (count, area) if count and area and _same_time(count, area) else (None, None)
            days = area.days if area else None
            draft = Draft(passage.sentence, "share", *match.span(), days=days, fields=fields)
            yield replace(draft, subject=ends[0], reference=ends[1])


def _same_time(count: Draft, area: Draft) -> bool:
    """Return whether two numbers are of the same days, or of days that are not told."""
    return count.days == area.days or count.days is None or area.days is None


def read_count_rates(
    passage: Passage, before: Sequence[Draft], periods: Sequence[Period]
) -> Iterator[Draft]:
    """Yield how many were lost a day, of the counts before."""
    words = _loss_words(passage.language)
    if not any(draft.kind == "count" for draft in before):
        return
    if passage.words.pattern("links", "respectively").search(passage.text):
        # "3, 5 and 32 a day respectively": whose each is, is not told here.
        return
    taken = [(a.start, a.end) for a in passage.amounts]
    for match in words.rate.finditer(passage.text):
        value, start = words.numerals.parse(match["number"]), match.start("number")
        if value is None or any(a <= start < b for a, b in taken) or value < 10:
            continue
        count = _counted_before(passage, before, start, words)
        is_of_another = count is not None and count.sentence is not passage.sentence
        if is_of_another and _OWN_TOTAL.search(passage.text, 0, match.start()):
            # "31,200 in September. In August it was 28,520, or 920 a day".
            continue
        if count is None or any(a.dimension == "area" and a.end <= start for a in passage.amounts):
            continue
        since = count.end if count.sentence is passage.sentence else 0
        if words.some_days.search(passage.text, min(since, start), start):
            # "4,200 in a week, at weekends 1,000 a day".
            continue
        if count.length_days in (None, 1):
            # What one day cost is no total that a daily rate is made of.
            continue
        period = main_period(periods, start)
        if period is not None and count.days is not None and period.days != count.days:
            continue
        fields = {"value_min": value, "unit": f"{count.fields['unit']}/day"}
        fields |= {"hedge": match["hedge"].casefold()} if match["hedge"] else {}
        start = match.start()
        draft = Draft(passage.sentence, "rate", start, match.end(), count, fields=fields)
        yield replace(draft, days=count.days, length_days=count.length_days)


def _counted_before(
    passage: Passage, before: Sequence[Draft], at: int, words: _LossWords
) -> Draft | None:
    """Return the count that a rate is of: of arms, only one that it stands right behind."""
    arms = [
        d
        for d in before
        if d.kind == "count" and d.sentence is passage.sentence and d.fields["unit"] != "people"
    ]
    right_before = [d for d in arms if words.apposed.fullmatch(passage.text, d.end, at)]
    return right_before[-1] if right_before else _last(before, "count", "people", excluding=at)


def _last(before: Sequence[Draft], kind: str, unit: str, *, excluding: int = -1) -> Draft | None:
    """Return the last number of a kind, but for the one that starts at a point."""
    for draft in reversed(before):
        is_same = draft.kind == kind and draft.fields["unit"] == unit
        if is_same and abs(draft.start - excluding) > 1:
            return draft
    return None
