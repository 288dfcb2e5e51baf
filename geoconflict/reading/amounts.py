"""Stated amounts: a number or range with its unit, hedge and conversion, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.measuring.quantities import plain
from geoconflict.measuring.units import convert, dimension
from geoconflict.reading.numerals import numerals

_LENGTHS = ("nmi", "km", "mi", "m")
_PLAIN = ("length", "area")
_SQUARES = {"km2": "km", "mi2": "mi", "m2": "m"}
_DASH = r"[-–—−]"
# Before a number these are too common to be a hedge there.
_NO_HEDGES = frozenset(("plus", "top", "or so", "by road", "in flight"))
# Money that a unit word seems to follow.
_CURRENCY = re.compile(r"[$€£₽₴]\s?$")
# A bare number that may be a year is none of a distance.
_YEAR = re.compile(r"(?:19|20)\d{2}")
_PERIODS = ("day", "week", "month", "year")


@dataclass(frozen=True)
class Amount:
    """A stated amount in a sentence.

    ``value_min`` is None where a vague word (then ``hedge``) stands for the number;
    ``value_max`` is the end of a range, else None. ``unit`` is one of the table's units, with
    ``/day`` and the like for a rate. ``start`` and ``end`` are characters of the sentence,
    the hedge and the conversion in brackets included; ``number_start`` is where the number
    itself begins. ``is_unitless`` tells that the unit goes without saying.
    """

    value_min: float | None
    value_max: float | None
    unit: str
    hedge: str
    secondary_value: float | None
    secondary_unit: str | None
    start: int
    number_start: int
    end: int
    is_unitless: bool = False

    @property
    def dimension(self) -> str:
        """What it measures: ``length``, ``area``, ``share``, ``area/time`` and so on."""
        return dimension(self.unit)


class _Patterns:
    """The patterns of amounts in one language, compiled from its lexicon."""

    def __init__(self, words: Lexicon) -> None:
        self.numerals = numerals(words.language)
        number, units = self.numerals.pattern, _units(words)
        self.units = tuple(units)
        unit = "|".join(f"(?P<{name}>{source})" for name, source in units.items())
        joint = any_form([*words.forms("links", "to", "or", "and")])
        to = rf"(?:\s?{_DASH}\s?|\s{joint}\s)"
        hedges = [form for form in words.forms("hedges") if form not in _NO_HEDGES]
        hedge = rf"(?:{any_form(hedges)}|~|≈|c\.|ca\.)"
        reach = rf"(?:\s*\b{words.any_of('links', 'reach')}\b)*"
        after = words.values("hedges", "after")
        self.after = {plain(form): str(hedge) for form, hedge in after.items()}
        numbers = rf"(?P<low>{number})(?:{to}(?P<high>{number}))?"
        plus = rf"(?P<plus>\+|[\s-](?:plus|odd|some)\b|\s{any_form(after)}(?!\w))?"
        self.hedge = rf"(?P<hedge>{hedge})"
        self.amount = Caseless(
            rf"(?:(?<!\w){self.hedge}{reach}\s*)?"
            rf"(?:{numbers}|(?P<vague>\b{any_form(words.forms('vague'))}\b))"
            rf"{plus}[\s-]?(?:{unit})(?![\w²^])(?P<after>\s+{any_form(after)}(?!\w))?"
        )
        # "(or 2,000 km)", ", or 310 miles", " — 488 square miles —".
        self.bracket = Caseless(
            rf"\s*(?:[(\[]|,?\s+{any_form(words.forms('links', 'or'))}\s+|/|[—–-]\s)\s*"
            rf"(?:{words.any_of('links', 'that_is')}\s+)?"
            rf"(?:{hedge}\s*)?{numbers}[\s-]?(?:{unit})(?![\w²^])"
            rf"(?:\s?(?:/|per\s|a\s)\s?(?P<per>day|week|month|year))?\s*[)\]]?"
        )
        self.noun = Caseless(r"(?:\s+[^\W\d_]+){1,3}(?=\s*\()")
        # "километров 20 от": a number after its unit is an approximate one.
        kilometres = any_form(form for form in words.forms("units", "km") if form.endswith("*"))
        end = any_form(words.forms("links", "from", "to", "in"))
        self.inverted = Caseless(
            rf"\b{kilometres}\s+(?:{words.any_of('links', 'reach')}\s+)?(?P<low>{number})(?=\s+"
            rf"{end}\s|\s*(?:[.,;:)!?]|$))"
        )
        self.joint = Caseless(rf"(?:\s?{_DASH}\s?|\s?{joint}\s?)")
        self.both = words.pattern("links", "and")
        self.between = Caseless(rf"\b{any_form(words.forms('links', 'between'))}\s*(?:\w+\s+)?$")
        self.speed = Caseless(
            rf"\s?(?:/\s?{words.any_of('periods', 'hour')}(?!\w)|ph\b)|"
            rf"[\s-]{words.any_of('periods', 'an_hour')}(?!\w)"
        )
        names = {name: words.any_of("periods", name) for name in _PERIODS}
        periods = "|".join(f"(?P<{name}>{source})" for name, source in names.items())
        days = names["day"]
        self.per = Caseless(
            rf"\s*(?:\([^()]{{0,60}}\)\s*)?(?:{words.any_of('periods', 'per')}[\s-](?:{periods})"
            rf"(?!\w|\s+{words.any_of('periods', 'sooner')}(?!\w))|"
            rf"{words.any_of('periods', 'per_day')}[\s-](?P<a_day>{days})(?!\w)|"
            rf"/\s?(?P<slash>day|week|month|year)\b|(?P<daily>{words.any_of('periods', 'daily')})"
            rf"(?!\w))"
        )
        self.money = words.pattern("units", "money")
        self.any_unit = Caseless("|".join(f"(?:{source})" for source in units.values()))
        spelled = (
            rf"(?<!\w)(?:{self.hedge}{reach}\s*)?(?P<low>{number})(?P<plus>\s{any_form(after)}"
            rf"(?!\w))?"
        )
        self.bare = Caseless(
            rf"{spelled}(?=\s*(?:[,.;:)!?»”]|$)|\s+(?:[–—]\s+)?"
            rf"{any_form(words.forms('links', 'from', 'and', 'but'))}\s|"
            rf"\s+(?P<to>{any_form(words.forms('links', 'to'))}\s+)|"
            rf"(?:\s*,\s*|\s+)\d)"
        )
        self.rate = Caseless(spelled + rf"(?=\s*(?:{self.per.pattern}))")


def _units(words: Lexicon) -> dict[str, str]:
    """Return the pattern of every unit, areas before the lengths that they are made of."""
    square = rf"{any_form(words.forms('units', 'square'))}[\s-]*"
    found = {}
    for name, length in _SQUARES.items():
        symbols = [form for form in words.forms("units", length) if len(form) <= 2]
        source = words.any_of("units", length)
        found[name] = rf"{square}{source}|{any_form(symbols)}\s?(?:²|\^?2)"
    rest = ("ha", *_LENGTHS, "percent")
    return found | {name: words.any_of("units", name) for name in rest}


@cache
def _patterns(language: str) -> _Patterns:
    return _Patterns(lexicon(language))


def find_amounts(sentence: str, *, language: str = "en") -> list[Amount]:
    """Return the amounts that a sentence states, speeds left out, in their order.

    Examples
    --------
    >>> amount, = find_amounts("Ryazan lies roughly 500 kilometers (310 miles) north of it.")
    >>> amount.value_min, amount.unit, amount.hedge, amount.secondary_value
    (500.0, 'km', 'roughly', 310.0)
    """
    words = _patterns(language)
    if words.any_unit.search(sentence) is None:
        return []
    found: list[Amount] = []
    every = [*_amounts(sentence, words), *_inverted(sentence, words)]
    for amount in sorted(every, key=lambda a: a.start):
        if found and _are_range(found[-1], amount, sentence, words):
            found[-1] = replace(found[-1], value_max=amount.value_min, end=amount.end)
        else:
            found.append(amount)
    return found


def find_unitless(
    sentence: str, amounts: Sequence[Amount], *, language: str = "en"
) -> list[Amount]:
    """Return bare numbers that may have the unit of an amount before or right after them.

    Examples
    --------
    >>> text = "Sumy is 330 kilometers from Kyiv, but only 30 from the border."
    >>> [(a.value_min, a.unit) for a in find_unitless(text, find_amounts(text))]
    [(30.0, 'km')]
    """
    words = _patterns(language)
    found = []
    for match in words.bare.finditer(sentence):
        value = words.numerals.parse(match["low"])
        is_taken = any(a.start < match.end() and match.start("low") < a.end for a in amounts)
        if value is None or is_taken or _YEAR.fullmatch(match["low"]) or value < 1:
            continue
        unit = _unit_around(match.start(), match.end(), amounts)
        if match["to"] and not (unit in _LENGTHS and sentence[match.end("to")].isupper()):
            # "30 km to Kharkiv, 140 to Poltava", but not "from 6 to nine".
            continue
        if unit is not None:
            start, end = match.start(), match.end()
            hedge = _hedge(match, words)
            number_start = match.start("low")
            found.append(
                Amount(
                    value, None, unit, hedge, None, None, start, number_start, end, is_unitless=True
                )
            )
    return found


def find_unitless_rates(
    sentence: str, amounts: Sequence[Amount], *, language: str = "en"
) -> list[Amount]:
    """Return rates that leave out the unit of the amount before them: "498 sq km, 16 a day"."""
    words = _patterns(language)
    found = []
    for match in words.rate.finditer(sentence):
        value = words.numerals.parse(match["low"])
        is_taken = any(a.start < match.end() and match.start("low") < a.end for a in amounts)
        before = [a for a in amounts if a.end <= match.start() and a.dimension == "area"]
        per = words.per.match(sentence, match.end())
        if value is None or is_taken or not before or per is None:
            continue
        unit = f"{before[-1].unit}/{_period_name(per)}"
        start, end, hedge = match.start(), per.end(), _hedge(match, words)
        number_start = match.start("low")
        ends = start, number_start, end
        found.append(Amount(value, None, unit, hedge, None, None, *ends, is_unitless=True))
    return found


def _unit_around(start: int, end: int, amounts: Sequence[Amount]) -> str | None:
    """Return the unit of the last length or area before a number, else of the next one close by.

    None behind a rate, which it may be another of: "5.9 sq km a day; in May it was 8.8".
    """
    plain_ones = [a for a in amounts if a.dimension in _PLAIN]
    before = [a for a in amounts if a.end <= start and a.dimension in (*_PLAIN, "area/time")]
    if before:
        return before[-1].unit if before[-1].dimension in _PLAIN else None
    after = [a for a in plain_ones if end <= a.start < end + 24]
    return after[0].unit if after else None


def _inverted(sentence: str, words: _Patterns) -> Iterator[Amount]:
    for match in words.inverted.finditer(sentence):
        value = words.numerals.parse(match["low"])
        if value is not None:
            start, end = match.span()
            yield Amount(value, None, "km", "about", None, None, start, match.start("low"), end)


def _are_range(a: Amount, b: Amount, sentence: str, words: _Patterns) -> bool:
    """Return whether two amounts are the ends of one range, as in "45% to 65%"."""
    if a.unit != b.unit or None in (a.value_min, b.value_min) or a.value_max or b.value_max:
        return False
    is_joined = words.joint.fullmatch(sentence, a.end, b.start) is not None
    return is_joined and not words.both.search(sentence, a.end, b.start) and _grows(a, b)


def _grows(a: Amount, b: Amount) -> bool:
    return (a.value_min or 0.0) < (b.value_min or 0.0)


def _amounts(sentence: str, words: _Patterns) -> Iterator[Amount]:
    at = 0
    while (match := words.amount.search(sentence, at)) is not None:
        at = max(match.end(), at + 1)
        amount = _read(sentence, match, words)
        if amount is not None:
            at = amount.end
            yield amount


def _read(sentence: str, match: re.Match[str], words: _Patterns) -> Amount | None:
    unit = _unit(match, words)
    if _is_money(sentence, match, unit, words) or words.speed.match(sentence, match.end()):
        return None
    ends = _ends(sentence, match, words)
    if ends is None:
        return None
    low, high = ends
    end, secondary = match.end(), None
    # "4,500 sq km of the right bank (1,740 sq miles)".
    beyond = words.noun.match(sentence, match.end())
    # "15 and 7 km": two amounts, of which this is the second.
    is_second = bool(match["high"]) and _are_two(sentence, match, words)
    first = match.start("high") if is_second else match.start("low")
    bracket = words.bracket.match(sentence, end)
    if bracket is None and beyond is not None and unit in _SQUARES:
        bracket = words.bracket.match(sentence, beyond.end())
    if bracket is not None and _is_conversion(low, unit, bracket, words):
        secondary, end = bracket, bracket.end()
    unit, end = _with_period(sentence, unit, (match.end(), end), words)
    return Amount(
        value_min=low,
        value_max=high,
        unit=unit,
        hedge=_hedge(match, words),
        secondary_value=words.numerals.parse(secondary["low"]) if secondary else None,
        secondary_unit=_same_period(_unit(secondary, words), unit) if secondary else None,
        start=first if is_second else match.start(),
        number_start=first if match["low"] else match.start("vague"),
        end=end,
    )


def _are_two(sentence: str, match: re.Match[str], words: _Patterns) -> bool:
    joint = sentence[match.end("low") : match.start("high")]
    is_and = words.both.search(joint) is not None
    return is_and and not words.between.search(sentence[: match.start()])


def _is_money(sentence: str, match: re.Match[str], unit: str, words: _Patterns) -> bool:
    if _CURRENCY.search(sentence, max(0, match.start() - 2), match.start()):
        return True
    is_short = unit == "m" and not match[0][-2:].isalpha()
    return is_short and bool(words.money.search(sentence) or re.search("[$€£₽₴]", sentence))


def _ends(
    sentence: str, match: re.Match[str], words: _Patterns
) -> tuple[float | None, float | None] | None:
    """Return the ends of what was matched, None where a number cannot be read."""
    parse = words.numerals.parse
    low, high = (parse(match[part]) if match[part] else None for part in ("low", "high"))
    if match["low"] and (low is None or (match["high"] and high is None)):
        return None
    if high is None or low is None:
        return low, high
    if _are_two(sentence, match, words):
        return high, None
    return (low, high) if low < high else (high, None)


def _unit(match: re.Match[str], words: _Patterns) -> str:
    return next(name for name in words.units if match[name])


def _hedge(match: re.Match[str], words: _Patterns) -> str:
    groups = match.groupdict()
    if groups.get("vague"):
        return plain(groups["vague"])
    before = plain(groups["hedge"] or "")
    if before:
        return "about" if before in {"~", "≈", "c.", "ca."} else before
    for part in (groups.get("plus"), groups.get("after")):
        after = plain((part or "").strip(" -"))
        if after in {"+", "plus"}:
            return "plus"
        if after in words.after:
            return words.after[after]
    return ""


def _is_conversion(low: float | None, unit: str, bracket: re.Match[str], words: _Patterns) -> bool:
    """Return whether what follows is the same amount in another unit, however badly converted."""
    other, value = _unit(bracket, words), words.numerals.parse(bracket["low"])
    if low is None or value is None or other == unit or dimension(other) != dimension(unit):
        return False
    in_brackets = bracket[0].lstrip().startswith(("(", "["))
    ratio = value / max(convert(low, unit, other), 1e-9)
    if bracket[0].startswith(","):
        # "40 miles, or 84 km" says the same again.
        return 0.5 < ratio < 2
    # Bare "A or B" and "A — B" may be two amounts; only a fair conversion joins them.
    return 0.1 < ratio < 10 if in_brackets else 0.8 < ratio < 1.25


def _with_period(
    sentence: str, unit: str, ends: Iterable[int], words: _Patterns
) -> tuple[str, int]:
    """Return the unit as a rate where a period follows, and where it all ends."""
    after_unit, end = ends
    for start in dict.fromkeys((end, after_unit)):
        period = words.per.match(sentence, start)
        if period is not None:
            return f"{unit}/{_period_name(period)}", max(end, period.end())
    return unit, end


def _period_name(period: re.Match[str]) -> str:
    if period["slash"]:
        return period["slash"].casefold()
    return next((name for name in _PERIODS if period[name]), "day")


def _same_period(unit: str, primary: str) -> str:
    _, slash, period = primary.partition("/")
    return f"{unit}/{period}" if slash else unit
