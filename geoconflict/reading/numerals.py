"""Numbers as reports write them: digits with separators of any habit, and number words."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache

from geoconflict.lexicon import LEVELLED, Lexicon, any_form, any_word, lexicon

# A number of digits stands alone: no digit, dot or comma before or after belongs to it.
_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f\u2009,.'’]\d{3}){1,4}(?:[.,]\d{1,2})?"
_PLAIN = r"\d{1,9}(?:[.,]\d{1,3})?"
_ENDINGS = any_word("numbers", "digit_endings")
DIGITS = rf"(?<![\d.,])(?:{_GROUPED}|{_PLAIN})(?![.,]?\d)(?:-{_ENDINGS})?"
# What is more is no number of a report, and none that a claim can hold.
_MOST = 1e15
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_SPACES = re.compile(r"[\s'’]+")
_FOLDED = LEVELLED | str.maketrans("-‑", "  ")


class Numerals:
    """The numbers of one language: the pattern that finds them, and what they amount to.

    Parameters
    ----------
    words : Lexicon
        With the section ``numbers``.
    """

    def __init__(self, words: Lexicon) -> None:
        orders = ("whole", "hundreds", "tens", "units")
        tables = {name: _folded(words.values("numbers", name)) for name in orders}
        self._words = {word: n for name in orders for word, n in tables[name].items()}
        self._units = tables["units"]
        self._scales = _folded(words.values("numbers", "scales"))
        self._and = frozenset(words.forms("numbers", "and"))
        scale = any_form(words.values("numbers", "scales"))
        thousand = any_form(word for word, n in self._scales.items() if n == 1000)
        spelled = self._spelled(words)
        self.pattern = (
            rf"(?:\d{{1,3}}\s?{thousand}\.?\s\d{{3}}(?!\d)|{DIGITS}(?:[½¼¾])?|[½¼¾]|"
            rf"\b{spelled}\b(?!['’]\w))(?:[\s-]{scale}\b\.?)?"
        )
        self._parts = re.compile(
            rf"(?P<digits>\d[\d .,'’\u00a0\u202f\u2009]*)?(?:-\w+)?(?P<words>.*?)"
            rf"(?:[\s-]?(?P<scale>{scale})\.?(?:\s(?P<rest>\d{{3}}))?)?",
            re.IGNORECASE | re.DOTALL,
        )

    def _spelled(self, words: Lexicon) -> str:
        """Return the pattern of "two hundred and fifty" and "сто двадцять п'ять"."""
        hundreds, tens, units, whole = (
            any_form(words.values("numbers", name))
            for name in ("hundreds", "tens", "units", "whole")
        )
        joint = rf"[\s-](?:{any_form(self._and)}\s)?" if self._and else r"[\s-]"
        times = rf"{units}[\s-]hundred|" if "hundred" in self._scales else ""
        return (
            rf"(?:(?:{times}{hundreds})(?:{joint}{hundreds})?(?:{joint}{tens})?(?:{joint}{units})?|"
            rf"{tens}(?:[\s-]{units})?|{units}|{whole})"
        )

    def parse(self, text: str) -> float | None:
        """Return the value of a number as written, None where it is none."""
        bare = text.strip()
        fraction = _FRACTIONS.get(bare[-1:])
        if fraction is not None:
            whole = bare[:-1].strip()
            return (_digits(whole) or 0.0) + fraction if whole else fraction
        match = self._parts.fullmatch(bare)
        if match is None:
            return None
        scale = self._scales.get(_plain(match["scale"] or ""), 1)
        if match["digits"]:
            value = _digits(match["digits"]) if not match["words"].strip() else None
        elif match["words"]:
            value = self._value(match["words"])
        else:
            value = 1.0 if scale > 1 else None
        if value is None:
            return self._value(bare)
        total = float(value * scale) + float(match["rest"] or 0)
        return total if total <= _MOST else None

    def _value(self, text: str) -> float | None:
        """Return what number words add up to."""
        words = _plain(text)
        if words in self._words:
            return self._words[words]
        hundreds, hundred, rest = words.rpartition(" hundred")
        lead = self._units.get(hundreds, math.nan) * 100 if hundred else 0.0
        values = [self._words.get(word, math.nan) for word in rest.split() if word not in self._and]
        total = lead + sum(values)
        return None if math.isnan(total) or not (values or hundred) else total


@cache
def numerals(language: str) -> Numerals:
    """Return the numbers of a language that has a lexicon."""
    return Numerals(lexicon(language))


def parse_number(text: str, *, language: str = "en") -> float | None:
    """Return the value of a number as written, None where it is none.

    A dot or comma before exactly three digits separates thousands, unless a zero stands
    alone before it: ``1.200`` is twelve hundred and ``0.125`` an eighth.

    Examples
    --------
    >>> parse_number("1 200"), parse_number("1.200"), parse_number("16,1"), parse_number("0.69")
    (1200.0, 1200.0, 16.1, 0.69)
    >>> parse_number("a hundred"), parse_number("half a")
    (100.0, 0.5)
    >>> parse_number("10 тыс.", language="ru"), parse_number("сто двадцять", language="uk")
    (10000.0, 120.0)
    """
    return numerals(language).parse(text)


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


def _plain(text: str) -> str:
    return " ".join(text.casefold().translate(_FOLDED).split())


def _folded(table: Mapping[str, float]) -> dict[str, float]:
    return {_plain(word): float(number) for word, number in table.items()}
