"""Numbers as reports write them: digits with separators of any habit, and number words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

# A number of digits stands alone: no digit, dot or comma before or after belongs to it.
_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f\u2009,.'’]\d{3}){1,4}(?:[.,]\d{1,2})?"
_PLAIN = r"\d{1,9}(?:[.,]\d{1,3})?"
DIGITS = rf"(?<![\d.,])(?:{_GROUPED}|{_PLAIN})(?![.,]?\d)(?:-(?:ти|х|ми|и))?"

_EN_UNITS = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
"""
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
# Ukrainian and Russian words in the cases that stand with distances.
_UNITS = """
один:1 одного:1 одному:1 одном:1 одну:1 одна:1 два:2 двох:2 дві:2 двух:2 две:2 три:3 трьох:3
трёх:3 трех:3 чотири:4 чотирьох:4 четыре:4 четырёх:4 четырех:4 п'ять:5 п'яти:5 п'ятьох:5 пять:5
пяти:5 шість:6 шести:6 шесть:6 сім:7 семи:7 семь:7 вісім:8 восьми:8 восемь:8 дев'ять:9 дев'яти:9
девять:9 девяти:9 десять:10 десяти:10 п'ятнадцять:15 п'ятнадцяти:15 пятнадцать:15 пятнадцати:15
дванадцять:12 дванадцяти:12 двенадцать:12 двенадцати:12 пів:0.5 півтора:1.5 півтори:1.5 пол:0.5
полтора:1.5 полутора:1.5
"""
_TENS = """
двадцять:20 двадцяти:20 двадцать:20 двадцати:20 тридцять:30 тридцяти:30 тридцать:30 тридцати:30
сорок:40 сорока:40 п'ятдесят:50 п'ятдесяти:50 пятьдесят:50 пятидесяти:50 шістдесят:60
шістдесяти:60 шестьдесят:60 шестидесяти:60 сімдесят:70 сімдесяти:70 семьдесят:70 семидесяти:70
вісімдесят:80 вісімдесяти:80 восемьдесят:80 восьмидесяти:80 дев'яносто:90 девяносто:90
"""
_HUNDREDS = """
сто:100 ста:100 сотню:100 двісті:200 двохсот:200 двохстах:200 двести:200 двухсот:200 двухстах:200
триста:300 трьохсот:300 трьохстах:300 трёхсот:300 трехсот:300 трёхстах:300 трехстах:300
чотириста:400 чотирьохсот:400 четыреста:400 четырёхсот:400 четырехсот:400 п'ятсот:500 п'ятисот:500
пятьсот:500 пятисот:500 пятистах:500 шістсот:600 шестисот:600 шестьсот:600 шестистах:600
сімсот:700 семисот:700 семьсот:700 семистах:700 вісімсот:800 восьмисот:800 восемьсот:800
восьмистах:800 дев'ятсот:900 дев'ятисот:900 девятьсот:900 девятисот:900 девятистах:900
тисяча:1000 тисячу:1000 тисячі:1000 тысяча:1000 тысячу:1000 тысяче:1000 тысячи:1000
"""


def _table(text: str) -> dict[str, float]:
    return {word: float(n) for word, _, n in (pair.partition(":") for pair in text.split())}


_SMALL = {word: n + 1.0 for n, word in enumerate(_EN_UNITS.split())} | _table(_UNITS)
_MIDDLE = {word: 10.0 * (n + 2) for n, word in enumerate(_EN_TENS.split())} | _table(_TENS)
_LARGE = {"a hundred": 100.0, "a thousand": 1000.0, "one hundred": 100.0} | _table(_HUNDREDS)
_WHOLE = {
    "half a": 0.5,
    "half an": 0.5,
    "half": 0.5,
    "one and a half": 1.5,
    "a dozen": 12.0,
    "a": 1.0,
    "an": 1.0,
}
_WORDS: Mapping[str, float] = _WHOLE | _LARGE | _MIDDLE | _SMALL
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_SCALES: Mapping[str, int] = {
    "hundred": 100,
    "thousand": 1000,
    "тис": 1000,
    "тысяч": 1000,
    "тыс": 1000,
    "тисяч": 1000,
    "тисячі": 1000,
    "тысячи": 1000,
    "сотні": 100,
    "сотни": 100,
    "million": 1_000_000,
    "млн": 1_000_000,
}


def _any(words: Iterable[str]) -> str:
    ordered = sorted(map(re.escape, words), key=len, reverse=True)
    return "|".join(ordered).replace(r"\ ", r"[\s-]")


_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
# "two hundred and fifty", "сто двадцять п'ять", "forty-five"; "five-six" is a range of two.
_SPELLED = (
    rf"(?:(?:(?:{_any(_SMALL)})[\s-]hundred|{_any(_LARGE)})(?:\s(?:and\s)?(?:{_any(_MIDDLE)}))?"
    rf"(?:[\s-](?:and\s)?(?:{_any(_SMALL)}))?|(?:{_any(_MIDDLE)})(?:[\s-](?:{_any(_SMALL)}))?|"
    rf"{_any(_SMALL)}|{_any(_WHOLE)})"
)
NUMBER = rf"(?:{DIGITS}(?:[½¼¾])?|[½¼¾]|\b{_SPELLED}\b(?!['’]))(?:[\s-](?:{_SCALE})\b\.?)?"
_PARTS = re.compile(
    rf"(?P<digits>\d[\d .,'’\u00a0\u202f\u2009]*)?(?P<words>.*?)(?:[\s-]?(?P<scale>{_SCALE})\.?)?",
    re.IGNORECASE | re.DOTALL,
)
_SPACES = re.compile(r"[\s'’]+")


def parse_number(text: str) -> float | None:
    """Return the value of a number as written, None where it is none.

    A dot or comma before exactly three digits separates thousands, unless a zero stands
    alone before it: ``1.200`` is twelve hundred and ``0.125`` an eighth.

    Examples
    --------
    >>> parse_number("1 200"), parse_number("1.200"), parse_number("16,1"), parse_number("0.69")
    (1200.0, 1200.0, 16.1, 0.69)
    >>> parse_number("a hundred"), parse_number("half a"), parse_number("10 тыс.")
    (100.0, 0.5, 10000.0)
    """
    fraction = _FRACTIONS.get(text.strip()[-1:])
    if fraction is not None:
        whole = text.strip()[:-1].strip()
        return (_digits(whole) or 0.0) + fraction if whole else fraction
    match = _PARTS.fullmatch(text.strip())
    if match is None:
        return None
    scale = _SCALES.get((match["scale"] or "").casefold(), 1)
    if match["digits"]:
        value = _digits(match["digits"]) if not match["words"] else None
    elif match["words"]:
        value = _words(match["words"])
    else:
        value = 1.0 if scale > 1 else None
    return None if value is None else float(value * scale)


def _digits(text: str) -> float | None:
    bare = _SPACES.sub("", text)
    groups = re.split(r"[.,]", bare)
    if len(groups) == 1:
        return float(bare)
    if all(len(group) == 3 for group in groups[1:]) and groups[0] != "0":
        return float("".join(groups))
    if len(groups) == 2 or all(len(group) == 3 for group in groups[1:-1]):
        return float(f"{''.join(groups[:-1])}.{groups[-1]}")
    return None


def _words(text: str) -> float | None:
    words = " ".join(text.casefold().replace("’", "'").replace("-", " ").split())
    if words in _WORDS:
        return _WORDS[words]
    hundreds, hundred, rest = words.rpartition(" hundred")
    lead = _SMALL.get(hundreds, math.nan) * 100 if hundred else 0.0
    values = [_WORDS.get(word, math.nan) for word in rest.split() if word != "and"]
    total = lead + sum(values)
    return None if math.isnan(total) else total
