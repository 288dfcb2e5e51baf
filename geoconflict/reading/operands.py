"""Operands: the numbers that a sentence and the one before it tell, and what makes one of others.

What is said to be a difference, a share, a pace or a rest is only held to the numbers that it is
told with if no other choice of those that are told makes it: an alarm where another reading fits
would be a false one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.measuring.quantities import rounding
from geoconflict.measuring.units import dimension
from geoconflict.reading.counted import ITEMS, Counted, find_counted
from geoconflict.reading.drafts import Draft
from geoconflict.reading.landtext import LandText
from geoconflict.reading.passages import Passage
from geoconflict.reading.periods import find_periods
from geoconflict.reading.sums import unit_of

# What is so many times as much is made of something else, and what is so near is made of it.
_FAR, _NEAR = 2.5, 0.03
_HUNDRED = 100
_RECENT = 16
# So far behind a number what is counted is named.
_NOUN = 14
_EVERY = ("day_by_day", "weekly", "monthly", "yearly")


@dataclass(frozen=True)
class Operand:
    """A number that a passage tells.

    ``noun`` is what is counted, as far as it tells things apart; ``is_rate`` that it is told of
    each day or the like.
    """

    counted: Counted
    passage: Passage
    noun: str
    is_rate: bool

    @property
    def value(self) -> float:
        """The number."""
        return self.counted.value

    @property
    def start(self) -> int:
        """Where it begins in its sentence."""
        return self.counted.start


class OperandWords:
    """The patterns of operands and results in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        every = any_of("sums", *_EVERY)
        average = any_of("land", "average")
        self.hedges = any_form(form for form in words.forms("hedges") if form != "plus")
        self.rate = Caseless(rf"(?:\s+[^\W\d]+){{0,2}}?\s+{every}(?!\w)")
        self.rate_before = Caseless(
            rf"(?<!\w)(?:{every}|{average})\s+(?:{any_of('sums', 'each_before')}\s+)?"
            rf"(?:of\s+)?(?:{self.hedges}\s+)?$"
        )
        arms = {name: any_form(forms) for name, forms in words.table("arms").items()}
        self.arms = {name: Caseless(rf"(?<!\w){form}(?!\w)") for name, form in arms.items()}
        joints = (*words.forms("links", "or", "that_is"), *words.forms("sums", "that_is"))
        light = (*words.forms("links", "light"), *words.forms("sums", "change_lead"))
        told = (*words.forms("pointers", "relative"), *words.forms("sums", "by"))
        lead = any_form((*joints, *light, *told, *words.forms("reckoning", "lead")))
        self.apposed = Caseless(
            rf"(?:^|[,;:–—(.]|(?<!\w)(?:{any_form(joints)}))\s*"
            rf"(?:(?:{lead}|{average}|{any_of('sums', 'each_before')}|{self.hedges})[\s,]+)*$"
        )
        self.moments = Caseless(rf"(?<!\w){any_of('reckoning', 'moments')}(?!\w)")
        self.how = Caseless(rf"\s*{any_of('comparisons', 'more', 'less')}(?!\w)")
        self.weekday = words.weekday_pattern


@cache
def operand_words(language: str) -> OperandWords:
    """Return the patterns of operands of a language."""
    return OperandWords(lexicon(language))


@lru_cache(maxsize=_RECENT)
def find_operands(passage: Passage) -> tuple[Operand, ...]:
    """Return the numbers of things and the areas of a sentence, in their order."""
    text, words = passage.text, operand_words(passage.language)
    areas = [
        Counted(a.value_min, a.unit, "area", a.hedge or None, a.number_start, a.end, a.end)
        for a in passage.amounts
        if a.dimension == "area" and a.value_min and not a.value_max
    ]
    counted = sorted((*areas, *find_counted(text, passage.language)), key=lambda one: one.start)
    return tuple(
        Operand(one, passage, _noun(text, one, words), _is_rate(text, one, words))
        for one in counted
    )


def operands_before(text: LandText) -> list[Operand]:
    """Return the numbers of the sentence right before one, if it is of the same language."""
    last = text.passage.before[-1:]
    return [o for p in last if p.language == text.passage.language for o in find_operands(p)]


def _noun(text: str, one: Counted, words: OperandWords) -> str:
    how = words.how.match(text, one.end)
    # "82 more drones": what is counted follows.
    told = (
        text[how.end() : how.end() + _NOUN].split(",", maxsplit=1)[0]
        if how
        else text[one.end : one.stop]
    )
    arms = next((name for name, form in words.arms.items() if form.search(told)), None)
    if arms or one.kind in ("", "arms"):
        return arms or one.kind
    return "" if how else one.kind


def _is_rate(text: str, one: Counted, words: OperandWords) -> bool:
    is_before = words.rate_before.search(text, max(0, one.start - 60), one.start) is not None
    return is_before or words.rate.match(text, one.end) is not None


def are_alike(*told: Operand) -> bool:
    """Return whether numbers can be of one thing, as far as their nouns and units tell."""
    is_money = any(one.noun == "money" for one in told)
    # "84 million hryvnias: 51 million gives the oblast": a verb, no noun.
    nouns = {o.noun for o in told if not (is_money and o.counted.is_scaled)} - {"", "money"}
    nouns |= {"money"} if is_money else set()
    return shared_unit(*told) is not None and len(nouns) < 2


def shared_unit(*told: Operand) -> str | None:
    """Return the unit of numbers, which some of them may leave out; None where they differ."""
    unit = unit_of(*(one.counted for one in told))
    named = {one.counted.unit for one in told if one.noun or one.counted.unit != ITEMS}
    return unit or (named.pop() if len(named) == 1 else None)


def scaled(first: Operand, second: Operand) -> Operand:
    """Return a number in the thousands or millions that the next is told in: "from 9 to 8 mn"."""
    one, other = first.counted, second.counted
    if one.is_scaled or not other.is_scaled or one.value >= _HUNDRED * 10:
        return first
    thousands = 1000.0 ** max(n for n in (1, 2, 3) if other.value >= 1000.0**n)
    return replace(first, counted=replace(one, value=one.value * thousands, unit=other.unit))


def is_apposed(text: LandText, start: int) -> bool:
    """Return whether a number says again what stands before: only light words lead to it."""
    words = operand_words(text.passage.language)
    return words.apposed.search(text.text, max(0, start - 80), start) is not None


def find_moments(passage: Passage, text: LandText) -> list[tuple[int, str]]:
    """Return where a sentence names a time, and which."""
    words = operand_words(passage.language)
    periods = find_periods(passage.text, language=passage.language, published=text.memory.published)
    found = [(p.start, p.end, str(p.days)) for p in periods if p.days is not None]
    more = (*words.moments.finditer(passage.text), *words.weekday.finditer(passage.text))
    for match in sorted(more, key=lambda m: m.start()):
        if not any(a < match.end() and match.start() < b for a, b, _ in found):
            found.append((*match.span(), match[0].casefold()))
    return [(start, name) for start, _, name in sorted(found)]


def spare_of(value: float) -> float:
    """Return how far a number may be off: round hundreds are rounded, 63 drones are 63."""
    return rounding(value) if value % _HUNDRED == 0 or value % 1 else 0.0


def fits(made: float, told: float, spare: float = 0.0) -> bool:
    """Return whether a number is as good as what others make."""
    return abs(made - told) <= max(spare + spare_of(told), _NEAR * abs(told))


def is_comparable(made: float, told: float) -> bool:
    """Return whether a number is at least of the size of what others make, if not right."""
    return bool(told) and 1 / _FAR < made / told < _FAR


def values(told: Iterable[Operand]) -> list[float]:
    """Return numbers each once, in their order."""
    return list(dict.fromkeys(one.value for one in told))


def drafted(text: LandText, one: Operand, at: int, unit: str) -> Draft:
    """Return an operand as a draft: without words where a sentence before tells it."""
    kind = "area" if dimension(unit) == "area" else "count"
    fields = {"value_min": one.value, "unit": unit}
    span = (one.start, one.counted.stop) if one.passage is text.passage else (at, at)
    return Draft(text.passage.sentence, kind, *span, fields=fields, is_operand=True)


def are_taken(own: Sequence[Draft], start: int) -> bool:
    """Return whether a result at a point is computed already."""
    return any(d.subject is not None and d.start <= start < max(d.end, d.start + 1) for d in own)
