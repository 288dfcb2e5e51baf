"""Numbers as reports write them: digits with separators of any habit, and number words."""

from __future__ import annotations

import re
from collections.abc import Mapping

# A number of digits stands alone: no digit, dot or comma before or after belongs to it.
_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f\u2009,.'’]\d{3}){1,4}(?:[.,]\d{1,2})?"
_PLAIN = r"\d{1,9}(?:[.,]\d{1,3})?"
DIGITS = rf"(?<![\d.,])(?:{_GROUPED}|{_PLAIN})(?![.,]?\d)"

_UNITS_EN = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_UNITS_EN += " fifteen sixteen seventeen eighteen nineteen"
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"
_UK = """
один:1 одного:1 одному:1 два:2 двох:2 дві:2 три:3 трьох:3 чотири:4 чотирьох:4 п'ять:5 п'яти:5
шість:6 шести:6 сім:7 семи:7 вісім:8 восьми:8 дев'ять:9 дев'яти:9 десять:10 десяти:10
п'ятнадцять:15 двадцять:20 двадцяти:20 тридцять:30 тридцяти:30 сорок:40 сорока:40 п'ятдесят:50
п'ятдесяти:50 шістдесят:60 шістдесяти:60 сімдесят:70 сімдесяти:70 вісімдесят:80 дев'яносто:90
сто:100 ста:100 сотню:100 двісті:200 двохсот:200 триста:300 трьохсот:300 чотириста:400
чотирьохсот:400 п'ятсот:500 п'ятисот:500 шістсот:600 шестисот:600 сімсот:700 семисот:700
вісімсот:800 восьмисот:800 дев'ятсот:900 дев'ятисот:900 тисяча:1000 тисячу:1000 тисячі:1000
пів:0.5 півтора:1.5 півтори:1.5
"""
_RU = """
один:1 одного:1 одном:1 два:2 двух:2 две:2 три:3 трёх:3 трех:3 четыре:4 четырёх:4 четырех:4
пять:5 пяти:5 шесть:6 шести:6 семь:7 семи:7 восемь:8 восьми:8 девять:9 девяти:9 десять:10
десяти:10 пятнадцать:15 пятнадцати:15 двадцать:20 двадцати:20 тридцать:30 тридцати:30 сорок:40
сорока:40 пятьдесят:50 пятидесяти:50 шестьдесят:60 шестидесяти:60 семьдесят:70 восемьдесят:80
девяносто:90 сто:100 ста:100 сотню:100 двести:200 двухстах:200 двухсот:200 триста:300
трёхстах:300 трехстах:300 трехсот:300 четыреста:400 пятьсот:500 пятистах:500 пятисот:500
шестьсот:600 семьсот:700 восемьсот:800 девятьсот:900 тысяча:1000 тысячу:1000 тысяче:1000
тысячи:1000 пол:0.5 полтора:1.5 полутора:1.5
"""
_WORDS: Mapping[str, float] = {
    "half a": 0.5,
    "half an": 0.5,
    "half": 0.5,
    "a hundred": 100,
    "one and a half": 1.5,
    "a thousand": 1000,
    "a dozen": 12,
    "a": 1,
    "an": 1,
    **{word: n + 1 for n, word in enumerate(_UNITS_EN.split())},
    **{word: 10 * (n + 2) for n, word in enumerate(_TENS_EN.split())},
    **{word: float(n) for word, _, n in (pair.partition(":") for pair in (_UK + _RU).split())},
}
_SCALES: Mapping[str, int] = {
    "hundred": 100,
    "thousand": 1000,
    "тис": 1000,
    "тысяч": 1000,
    "тыс": 1000,
    "тисяч": 1000,
    "сотні": 100,
    "сотни": 100,
    "million": 1_000_000,
    "млн": 1_000_000,
}
_WORD = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)).replace(r"\ ", r"[\s-]")
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_SPELLED = rf"(?:{_WORD})(?:[\s-]hundred)?(?:[\s-](?:and\s)?(?:{_WORD})){{0,2}}"
NUMBER = rf"(?:{DIGITS}|\b{_SPELLED}\b(?!['’]))(?:[\s-](?:{_SCALE})\b\.?)?"
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
    values = [_WORDS.get(word) for word in rest.split() if word != "and"]
    if hundred:
        count = _WORDS.get(hundreds)
        values.insert(0, None if count is None else count * 100)
    known = [value for value in values if value is not None]
    # "forty five", "сто двадцять": larger before smaller.
    is_number = known and len(known) == len(values) and known == sorted(known, reverse=True)
    return sum(known) if is_number else None
