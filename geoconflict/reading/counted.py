"""The numbers of a sentence that count things, people or money: the operands of its arithmetic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from geoconflict.lexicon import Caseless, Lexicon, any_form, capitals, lexicon
from geoconflict.reading.amounts import find_amounts
from geoconflict.reading.numerals import numerals
from geoconflict.reading.periods import find_periods

# Counts of any kind are told in these; money and weight keep their own unit.
ITEMS = "items"
_WEIGHED = ("hryvnias", "rubles", "dollars", "euros", "tonnes", "barrels")
_MASSES = ("tonnes", "barrels")
_EVERY = ("day_by_day", "weekly", "monthly", "yearly")
_SIGNS = {"$": "dollars", "€": "euros", "₴": "hryvnias", "₽": "rubles"}
# "20:00", "9 p.m.", "9/11": no numbers of things.
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?!\d)|\d{1,2}\s?[ap]\.?m\b|\d+/\d+", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")
# What is counted is named within so many words of the number, and told by so many letters.
_STEM, _THOUSAND, _MOST = 4, 1000, 1e14
_PREPOSITION = 2
_RECENT = 16


@dataclass(frozen=True)
class Counted:
    """A number of things in a sentence.

    ``kind`` is what is counted, as far as it matters: ``people``, ``arms``, ``money``, ``length``,
    the beginning of any other noun, or empty where none is named. ``start`` and ``end`` are the
    characters of the number, ``stop`` is where the noun that follows it ends. ``is_scaled`` tells
    that it is in thousands or millions, and may be of the money that another number names.
    """

    value: float
    unit: str
    kind: str
    hedge: str | None
    start: int
    end: int
    stop: int
    is_scaled: bool = False


class _CountedWords:
    """The patterns of counted things in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.numerals = numerals(words.language)
        # "двоє", "пятеро"; but "both" and "a couple" count nothing that is told.
        told = words.values("toll", "numbers")
        two = any_form(words.forms("reckoning", "both"))
        self.more = {
            str(f): float(n)
            for f, n in told.items()
            if " " not in f and n > 1 and re.fullmatch(two, str(f)) is None
        }
        hedges = any_form(form for form in words.forms("hedges") if form != "plus")
        self.number = Caseless(
            rf"(?:(?<!\w)(?P<hedge>{hedges})\s+)?(?P<sign>[$€₴₽]\s?)?(?<![\w.,/№#-])"
            rf"(?P<n>{any_form(self.more)}(?!\w)|{self.numerals.pattern})"
            rf"(?![\w/%]|[-–—]\w|\s?%)"
        )
        self.noun = re.compile(rf"(?:\.(?!\s+[{capitals()}]))?\s+[«\"“]?([^\W\d_][\w'’-]*)")
        links = any_form(
            (
                *words.forms("links", "in", "near", "of", "from", "to", "and", "but", "or"),
                *words.forms("links", "light"),
                *words.forms("comparisons", "over", "in", "each_of"),
                *(form.split()[0] for form in words.forms("sums", "among", "of_them")),
                *words.forms("sums", *_EVERY),
            )
        )
        self.link = Caseless(rf"{links}")
        every = (words.forms(section, "people") for section in ("sums", "toll", "land"))
        people = any_form(form for forms in every for form in forms)
        arms = any_form(form for forms in words.table("arms").values() for form in forms)
        self.kinds = (
            ("people", Caseless(rf"{people}(?!\w)")),
            ("arms", Caseless(rf"(?:{any_of('sums', 'arms')}|{arms})(?!\w)")),
        )
        self.weighed = {name: Caseless(rf"{any_of('sums', name)}(?!\w)") for name in _WEIGHED}
        joints = any_of("links", "and", "or", "to")
        spans = any_of("periods", "day", "week", "month", "year")
        self.timed = Caseless(
            rf"\s*(?:{spans}|{any_of('sums', 'hour', 'minute', 'years_old')}|"
            rf"{any_of('units', 'percent')}|{any_of('comparisons', 'times_word')})(?!\w)"
            rf"|(?:\s*[,–—-]\s*|\s+{joints}\s+)\d+(?:[.,]\d+)?\s?%"
        )
        self.aged = Caseless(rf"(?<!\w){any_of('sums', 'aged')}\s+(?:[\w,]+\s+{joints}\s+)?$")
        self.joined = Caseless(rf"(?:\s*[,–—-]\s*|\s+{joints}\s+)")
        self.ordinal = Caseless(rf"{any_form(('no', 'number', '№'))}\.?\s*$")


@cache
def _counted_words(language: str) -> _CountedWords:
    return _CountedWords(lexicon(language))


@lru_cache(maxsize=_RECENT)
def find_counted(text: str, language: str) -> tuple[Counted, ...]:
    """Return the numbers of things that a sentence tells, in their order.

    Dates, times of day, ages, durations, shares, areas and numbers of names are none of them.

    Examples
    --------
    >>> text = "On 5 May two of 14 tanks and 1.5 million hryvnias were lost, aged 7."
    >>> [(one.value, one.unit) for one in find_counted(text, "en")]
    [(2.0, 'items'), (14.0, 'items'), (1500000.0, 'hryvnias')]
    """
    words = _counted_words(language)
    taken = [match.span() for match in _CLOCK.finditer(text)]
    taken += [(p.start, p.end) for p in find_periods(text, language=language)]
    lengths = []
    for amount in find_amounts(text, language=language):
        taken.append((amount.start, amount.end))
        if amount.dimension == "length" and amount.value_min and not amount.value_max:
            span = amount.number_start, amount.end, amount.end
            hedge = amount.hedge or None
            lengths.append(Counted(amount.value_min, amount.unit, "length", hedge, *span))
    numbers = (_counted(text, match, words) for match in words.number.finditer(text))
    found = [
        one
        for one in _without_joined(text, [one for one in numbers if one is not None], words)
        if not any(start < one.end and one.start < end for start, end in taken)
    ]
    told = (*lengths, *found)
    return tuple(sorted(told, key=lambda one: one.start))


def _counted(text: str, match: re.Match[str], words: _CountedWords) -> Counted | None:
    told, (start, end) = match["n"], match.span("n")
    value = words.more.get(told) or words.numerals.parse(told)
    is_digits = told[:1].isdigit()
    if value is None or not 1 <= value <= _MOST or (value == 1 and len(told) < 3 and not is_digits):
        return None
    if is_digits and _YEAR.fullmatch(told):
        return None
    if words.ordinal.search(text[:start]) or words.aged.search(text[:start]):
        return None
    if "(" in text[:start] and text.rfind("(", 0, start) > text.rfind(")", 0, start):
        return None
    sign = (match["sign"] or "").strip()
    unit, kind, stop = _what(text, end, words)
    if sign:
        unit, kind = _SIGNS[sign], "money"
    hedge = match["hedge"] or None
    is_scaled = is_digits and value >= _THOUSAND and told[-1:].isalpha()
    return Counted(value, unit, kind, hedge, start, end, stop, is_scaled)


def _what(text: str, end: int, words: _CountedWords) -> tuple[str, str, int]:
    """Return the unit and kind of what is counted, and where its name ends."""
    at, first = end, ""
    for _ in range(3):
        word = words.noun.match(text, at)
        if word is None or (not first and words.link.fullmatch(word[1])):
            break
        for name, pattern in words.weighed.items():
            if pattern.match(text, word.start(1)):
                kind = name if name in _MASSES else "money"
                return name, kind, word.end()
        for name, pattern in words.kinds:
            known = pattern.match(text, word.start(1))
            if known:
                return ITEMS, name, known.end()
        # A word of two letters is no noun but leads to one: "146 по обмену".
        first = first or (word[1].casefold()[:_STEM] if len(word[1]) > _PREPOSITION else "")
        at = word.end()
    noun = words.noun.match(text, end)
    return ITEMS, first, noun.end() if noun and first else end


def _without_joined(text: str, found: list[Counted], words: _CountedWords) -> list[Counted]:
    """Return numbers without ages and times: "7 and 13 years", the first as well as the last."""
    kept: list[Counted] = []
    following: Counted | None = None
    is_timed = False
    for one in reversed(found):
        joined = following and words.joined.fullmatch(text, one.end, following.start)
        is_timed = words.timed.match(text, one.end) is not None or bool(joined and is_timed)
        following = one
        if not is_timed:
            kept.append(one)
    return kept[::-1]
