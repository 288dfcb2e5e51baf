"""Two numbers that a text sets against each other: "245 against 481 in January, half as much"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.drafts import Draft
from geoconflict.reading.landtext import LandText, areas_of
from geoconflict.reading.numerals import Numerals, numerals

# Months are set against months: periods whose lengths differ by no more days.
_SPARE_DAYS = 4


class _ContrastWords:
    """The patterns of contrasts in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.numerals: Numerals = numerals(words.language)
        self.times = {str(a): float(n) for a, n in words.values("numbers", "times").items()}
        verbs = words.values("comparisons", "multiplied")
        self.verbs = [(re.compile(any_form([form])), float(n)) for form, n in verbs.items()]
        parts = words.values("numbers", "parts")
        self.parts = [(re.compile(any_form([form])), float(n)) for form, n in parts.items()]
        number, percent = self.numerals.pattern, any_of("units", "percent")
        lead, many = any_of("comparisons", "times_lead"), any_of("comparisons", "times_word")
        by = any_of("comparisons", "part_lead")
        size = (
            rf"(?:(?P<times>{any_form(self.times)})|(?:{lead}\s+)?(?P<n>{number})\s+{many}|"
            rf"(?:{by}\s+)?(?:(?P<percent>{number})\s?{percent}|(?P<part>{any_form(parts)})))"
        )
        more, less = any_of("comparisons", "more"), any_of("comparisons", "less")
        rise, fall = any_of("comparisons", "rises", "up"), any_of("comparisons", "falls", "down")
        than = any_of("comparisons", "than")
        # "49 % less", unless it goes on with what it is less than.
        self.after = Caseless(
            rf"(?<!\w){size}\s+(?:(?P<more>{more})|(?P<less>{less}))(?!\w|,?\s+{than}(?!\w))"
        )
        self.before = Caseless(
            rf"(?<!\w)(?:(?P<more>{rise})|(?P<less>{fall}))\s+(?:{by}\s+)?{size}(?!\w)"
        )
        # What rose or fell is the number before it, where nothing else stands before the verb.
        relative = any_of("pointers", "relative")
        self.apposed = Caseless(rf"(?:[,(–—-]|(?<!\w){relative})\s*(?:an?\s+)?$")
        ends = any_of("land", "from_to")
        self.begun = Caseless(rf"\s*[:(–—]\s*(?:[^\W\d]+\s+){{0,2}}|\s+{ends}\s+(?:[^\W\d]+\s+)?")
        self.verb = Caseless(rf"(?<!\w)(?P<verb>{any_form(verbs)})(?!\w)")
        self.half_of = words.pattern("comparisons", "half_of")


@cache
def _contrast_words(language: str) -> _ContrastWords:
    return _ContrastWords(lexicon(language))


@dataclass(frozen=True)
class _Contrast:
    """How many times as much the later of two numbers is, and the words that say so.

    ``link`` is ``verb`` where something rose or fell, ``what`` for "half of what".
    """

    start: int
    end: int
    times: float
    is_percent: bool = False
    hedge: str | None = "about"
    link: str = ""


def read_contrasts(text: LandText, own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield how two numbers of the text are said to compare, where no word names the other one.

    Parameters
    ----------
    text : LandText
        The sentence, with what those before told.
    own : sequence of Draft
        The numbers that it states, and the comparisons read of it already.
    """
    found = list(_contrasts(text))
    pair = _pair(text, own) if found else None
    for one in found if pair else ():
        earlier, later = pair  # type: ignore[misc] # there is one
        if any(d.start < one.end and one.start < d.end and d.operands for d in own):
            continue
        if not _is_of_them(text, one, [d for d in pair if d in own]):  # type: ignore[union-attr]
            continue
        if one.is_percent:
            value, unit, ends = round(100 * one.times, 1), "percent", (later, earlier)
        elif one.times < 1:
            value, unit, ends = round(1 / one.times, 2), "times", (earlier, later)
        else:
            value, unit, ends = one.times, "times", (later, earlier)
        fields = {"value_min": value, "unit": unit, "hedge": one.hedge}
        span = (one.start, one.end)
        yield Draft(text.passage.sentence, "share", *span, *ends, days=later.days, fields=fields)


def _is_of_them(text: LandText, one: _Contrast, numbers: Sequence[Draft]) -> bool:
    """Return whether a contrast is said of numbers, and not of something else that rose or fell.

    It stands behind one of them, with no verb or noun of its own, or right before both.
    """
    words = _contrast_words(text.passage.language)
    before = [d for d in numbers if d.end <= one.start]
    if not before:
        starts = [d.start for d in numbers if d.start >= one.end]
        return any(words.begun.fullmatch(text.text, one.end, at) for at in starts)
    end = max(d.end for d in before)
    if one.link == "what":
        return True
    if any(clause.is_own and end <= clause.start <= one.start for clause in text.clauses):
        return False
    return one.link != "verb" or words.apposed.search(text.text[end : one.start]) is not None


def _contrasts(text: LandText) -> Iterator[_Contrast]:
    words = _contrast_words(text.passage.language)
    for pattern in (words.after, words.before):
        for match in pattern.finditer(text.text):
            found = _contrast(match, words)
            if found is not None:
                yield replace(found, link="verb" if pattern is words.before else "")
    for match in words.verb.finditer(text.text):
        times = next(n for form, n in words.verbs if form.fullmatch(match["verb"]))
        yield _Contrast(*match.span(), times, link="verb")
    for match in words.half_of.finditer(text.text):
        yield _Contrast(*match.span(), 0.5, link="what")


def _contrast(match: re.Match[str], words: _ContrastWords) -> _Contrast | None:
    sign = -1 if match["less"] else 1
    span = match.span()
    if match["part"]:
        share = 1 / next(n for form, n in words.parts if form.fullmatch(match["part"]))
        return _Contrast(*span, 1 + sign * share, is_percent=True)
    if match["percent"]:
        share = (words.numerals.parse(match["percent"]) or 0.0) / 100
        is_one = 0 < share < (1 if sign < 0 else 10)
        changed = 1 + sign * share
        return _Contrast(*span, changed, is_percent=True, hedge=None) if is_one else None
    times = words.times.get(match["times"] or "") or words.numerals.parse(match["n"] or "")
    return _Contrast(*span, times if sign > 0 else 1 / times) if times and times > 1 else None


def _pair(text: LandText, own: Sequence[Draft]) -> tuple[Draft, Draft] | None:
    """Return the two numbers told of different periods, in their order; None where more are."""
    here = _dated(own)
    if len(here) < 2:
        here = [*_dated(text.memory.recent[-1] if text.memory.recent else ()), *here]
    if len(here) != 2:
        return None
    earlier, later = sorted(here, key=lambda d: d.days.start)  # type: ignore[union-attr]
    kinds = {(d.kind, d.subject, d.fields.get("unit")) for d in here}
    assert earlier.days is not None  # noqa: S101 - only dated ones are taken
    assert later.days is not None  # noqa: S101
    are_as_long = abs(earlier.days.days - later.days.days) <= _SPARE_DAYS
    return (
        (earlier, later) if len(kinds) == 1 and are_as_long and earlier.days != later.days else None
    )


def _dated(drafts: Sequence[Draft]) -> list[Draft]:
    numbers = [*areas_of(drafts), *(d for d in drafts if d.kind == "count")]
    return [d for d in numbers if d.days is not None and d.fields.get("value_min")]
