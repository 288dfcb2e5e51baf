"""Stated amounts: a number or range with its unit, hedge and conversion, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from geoconflict.measuring.quantities import hedges, vague_words
from geoconflict.measuring.units import convert, dimension
from geoconflict.reading.numerals import NUMBER, parse_number

# What ends a unit word: no letter, and no exponent that would make a length an area.
_LENGTHS = {
    "nmi": r"nautical\s+miles?|nmi|NM|морськ\w+\s+мил\w+|морск\w+\s+мил\w+",
    "km": r"kms?|kilomet(?:er|re)s?|клм|км|кілометр\w*|километр\w*",
    "mi": r"miles?|mi|мил[іяьюие]\w*|миль",
    "m": r"met(?:er|re)s?|m|метр\w*|м",
}
_SQUARE = r"(?:sq\.?|square|кв\.?|квадратн\w+)[\s-]*"
_SQUARED = {"km": r"(?:km|км)\s?(?:²|\^?2)", "m": r"(?:m|м)\s?(?:²|\^?2)"}
_AREAS = {
    **{
        f"{unit}2": "|".join(filter(None, (rf"{_SQUARE}(?:{words})", _SQUARED.get(unit))))
        for unit, words in _LENGTHS.items()
        if unit != "nmi"
    },
    "ha": r"hectares?|ha|гектар\w*|га",
}
_SHARES = {"percent": r"%|per\s?cent|percent|відсотк\w*|відсотків|процент\w*"}
_UNITS = {**_AREAS, **_LENGTHS, **_SHARES}
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
# A sentence without any of these states no amount.
_ANY_UNIT = re.compile(
    r"km|kilom|mile|met(?:er|re)|\d\s?m\b|\bmi\b|nmi|NM|hectare|\bha\b|%|per\s?cent|км|кілом|килом|"
    r"мил|метр|\bм\b|гектар|\bга\b|відсот|процент",
    re.IGNORECASE,
)
# Speeds are left alone: "130km/h", "80mph", "100 km an hour".
_SPEED = re.compile(
    r"\s?(?:/\s?(?:h|hr|s|год|ч|с)\b|ph\b|(?:per|an)[\s-]hour|(?:per|a)[\s-]second|на\s+годину|в\s+час)",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s*(?:\([^()]{0,60}\)\s*)?(?:(?:per|a|each|every)[\s-](?P<en>day|week|month|year)\b|"
    r"/\s?(?P<slash>day|week|month|year)\b|(?P<daily>daily|щодня|щодоби|ежедневно)\b|"
    r"(?:на|за|в)\s+(?P<local>день|добу|сутки|тиждень|неделю|місяць|месяц|рік|год)\b)",
    re.IGNORECASE,
)
_PERIODS = {
    **dict.fromkeys(("день", "добу", "сутки"), "day"),
    **dict.fromkeys(("тиждень", "неделю"), "week"),
    **dict.fromkeys(("місяць", "месяц"), "month"),
    **dict.fromkeys(("рік", "год"), "year"),
}
_AND = re.compile(r"\b(?:and|и|і|та)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|між|между)\s*(?:some\s+|about\s+)?$", re.IGNORECASE)
_JOINT = re.compile(r"\s?(?:-|–|—|to|до)\s?")
_TO = r"\s?(?:-|–|—|to|or|and|до|и|і|та|або|или)\s?"


def _alternatives(words: list[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


# Before a number these say nothing of its width, or are too common to be a hedge there.
_NO_HEDGES = {"plus", "top", "or so", "by road"}
_HEDGE_WORDS = [w for h in hedges() for w in sorted(h.words) if w not in _NO_HEDGES]
HEDGE = rf"(?P<hedge>{_alternatives(_HEDGE_WORDS)}|~|≈|c\.|ca\.)"
_HEDGE2 = HEDGE.replace("?P<hedge>", "?P<hedge2>")
_PREPOSITION = r"(?:\s*(?:\b(?:a|an|the|за|в|на|у|во|distance\s+of|відстані|расстоянии)\b))*"
# "половина", "кілька", "hundreds of" stand for the number itself.
_VAGUE = rf"\b(?:{_alternatives(list(vague_words()))})\b"
# A hedge reaches its number over a preposition: "майже за 140 кілометрів".
_AMOUNT = re.compile(
    rf"(?:(?<!\w){HEDGE}{_PREPOSITION}\s*)?"
    rf"(?:(?P<low>{NUMBER})(?:{_TO}(?P<high>{NUMBER}))?|(?P<vague>{_VAGUE}))"
    rf"(?P<plus>\+|[\s-](?:plus|odd|some)\b|\s(?:з|із|с)\s(?:гаком|лишком|лишним|небольшим)\b)?"
    rf"[\s-]?(?:{_UNIT})(?![\w²])(?P<after>\s+(?:or\s+so|plus)\b)?",
    re.IGNORECASE,
)
_BRACKET = re.compile(
    rf"\s*(?:\(|\[|,?\s+or\s+|/|[—–-]\s)\s*(?:{HEDGE}\s*)?(?P<low>{NUMBER})(?:{_TO}(?P<high>{NUMBER}))?"
    rf"[\s-]?(?:{_UNIT})(?![\w²])(?:\s?(?:/|per\s|a\s)\s?(?P<per>day|week|month|year))?\s*[)\]]?",
    re.IGNORECASE,
)
# "километров 20 от": a number after its unit is an approximate one.
_INVERTED = re.compile(
    rf"\b(?:кілометр|километр)\w*\s+(?:(?:за|в|у|на)\s+)?(?P<low>{NUMBER})(?=\s+(?:від|от|до|на|к)\b)",
    re.IGNORECASE,
)
# "330 km from Kyiv, but only 30 from the border": the unit goes without saying.
_UNITLESS = re.compile(
    rf"(?:,\s*|\b(?:and|but|та|і|а|й|и|но)\s+)(?:{HEDGE}\s*)?(?:(?:у|в|за|at)\s+)?(?:{_HEDGE2}\s*)?"
    rf"(?P<low>{NUMBER})(?=\s+(?:from|від|от)\s)",
    re.IGNORECASE,
)
# Money that a unit word seems to follow.
_CURRENCY = re.compile(r"[$€£₽₴]\s?$")
_MONEY = re.compile(
    r"[$€£₽₴]|\b(?:budget|dollars?|euros?|hryvnias?|rubles?|грн|руб)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Amount:
    """A stated amount in a sentence.

    ``value_min`` is None where a vague word (then ``hedge``) stands for the number;
    ``value_max`` is the end of a range, else None. ``unit`` is one of the table's units, with
    ``/day`` and the like for a rate. ``start`` and ``end`` are characters of the sentence,
    the hedge and the conversion in brackets included; ``number_start`` is where the number
    itself begins.
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

    @property
    def dimension(self) -> str:
        """What it measures: ``length``, ``area``, ``share``, ``area/time`` and so on."""
        return dimension(self.unit)


def find_amounts(sentence: str) -> list[Amount]:
    """Return the amounts that a sentence states, speeds left out, in their order.

    Examples
    --------
    >>> amount, = find_amounts("Ryazan lies roughly 500 kilometers (310 miles) north of it.")
    >>> amount.value_min, amount.unit, amount.hedge, amount.secondary_value
    (500.0, 'km', 'roughly', 310.0)
    """
    if _ANY_UNIT.search(sentence) is None:
        return []
    found: list[Amount] = []
    for amount in sorted([*_amounts(sentence), *_inverted(sentence)], key=lambda a: a.start):
        if found and _are_range(found[-1], amount, sentence):
            found[-1] = replace(found[-1], value_max=amount.value_min, end=amount.end)
        else:
            found.append(amount)
    return _with_unitless(sentence, found)


def _inverted(sentence: str) -> Iterator[Amount]:
    for match in _INVERTED.finditer(sentence):
        value = parse_number(match["low"])
        if value is not None:
            start, end = match.span()
            yield Amount(value, None, "km", "about", None, None, start, match.start("low"), end)


def _with_unitless(sentence: str, found: list[Amount]) -> list[Amount]:
    """Return amounts with those that leave out the unit of the one before them."""
    lengths = [amount for amount in found if amount.dimension == "length"]
    if not lengths:
        return found
    more = []
    for match in _UNITLESS.finditer(sentence, lengths[0].end):
        value = parse_number(match["low"])
        if value is not None and not any(a.start <= match.start("low") < a.end for a in found):
            hedge = " ".join((match["hedge"] or match["hedge2"] or "").casefold().split())
            start, end = match.start("low"), match.end()
            unit = lengths[0].unit
            more.append(Amount(value, None, unit, hedge, None, None, start, start, end))
    return sorted([*found, *more], key=lambda amount: amount.start)


def _are_range(a: Amount, b: Amount, sentence: str) -> bool:
    """Return whether two amounts are the ends of one range, as in "45% to 65%"."""
    if a.unit != b.unit or None in (a.value_min, b.value_min) or a.value_max or b.value_max:
        return False
    is_joined = _JOINT.fullmatch(sentence, a.end, b.start) is not None
    return is_joined and (a.value_min or 0.0) < (b.value_min or 0.0)


def _amounts(sentence: str) -> Iterator[Amount]:
    at = 0
    while (match := _AMOUNT.search(sentence, at)) is not None:
        at = match.end()
        amount = _read(sentence, match)
        if amount is not None:
            at = amount.end
            yield amount


def _read(sentence: str, match: re.Match[str]) -> Amount | None:
    if _CURRENCY.search(sentence, max(0, match.start() - 2), match.start()):
        return None
    if _SPEED.match(sentence, match.end()):
        return None
    unit = _unit(match)
    if match[0].endswith(("m", "м")) and unit == "m" and _MONEY.search(sentence):
        return None
    low, high = (parse_number(match[part]) if match[part] else None for part in ("low", "high"))
    if match["low"] and (low is None or (match["high"] and high is None)):
        return None
    if (
        high is not None
        and _AND.search(match[0])
        and not _BETWEEN.search(sentence[: match.start()])
    ):
        low, high = high, None
    if high is not None and low is not None and high <= low:
        low, high = high, None
    end, secondary = match.end(), None
    bracket = _BRACKET.match(sentence, end)
    if bracket is not None and _is_conversion(low, unit, bracket):
        secondary, end = bracket, bracket.end()
    unit, end = _with_period(sentence, unit, match.end(), end)
    return Amount(
        value_min=low,
        value_max=high,
        unit=unit,
        hedge=_hedge(match),
        secondary_value=parse_number(secondary["low"]) if secondary else None,
        secondary_unit=_same_period(_unit(secondary), unit) if secondary else None,
        start=match.start(),
        number_start=match.start("low") if match["low"] else match.start("vague"),
        end=end,
    )


def _unit(match: re.Match[str]) -> str:
    return next(name for name in _UNITS if match[name])


def _hedge(match: re.Match[str]) -> str:
    if match["vague"]:
        return " ".join(match["vague"].casefold().split())
    before = " ".join((match["hedge"] or "").casefold().split())
    if before:
        return "about" if before in {"~", "≈", "c.", "ca."} else before
    if match["plus"] and match["plus"].strip(" -").casefold() not in {"odd", "some"}:
        return "plus"
    after = " ".join((match["after"] or "").casefold().split())
    return {"or so": "or so", "plus": "plus"}.get(after, "")


def _is_conversion(low: float | None, unit: str, bracket: re.Match[str]) -> bool:
    """Return whether what follows is the same amount in another unit, however badly converted."""
    other, value = _unit(bracket), parse_number(bracket["low"])
    if low is None or value is None or other == unit or dimension(other) != dimension(unit):
        return False
    in_brackets = bracket[0].lstrip().startswith(("(", "["))
    ratio = value / max(convert(low, unit, other), 1e-9)
    # Bare "A or B" and "A — B" may be two amounts; only a fair conversion joins them.
    return 0.1 < ratio < 10 if in_brackets else 0.8 < ratio < 1.25


def _with_period(sentence: str, unit: str, after_unit: int, end: int) -> tuple[str, int]:
    """Return the unit as a rate where a period follows, and where it all ends."""
    for start in dict.fromkeys((end, after_unit)):
        period = _PER.match(sentence, start)
        if period is not None:
            return f"{unit}/{_period_name(period)}", max(end, period.end())
    return unit, end


def _period_name(period: re.Match[str]) -> str:
    if period["local"]:
        return _PERIODS[period["local"].casefold()]
    return "day" if period["daily"] else (period["en"] or period["slash"]).casefold()


def _same_period(unit: str, primary: str) -> str:
    _, slash, period = primary.partition("/")
    return f"{unit}/{period}" if slash else unit
