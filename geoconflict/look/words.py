"""How a language writes numbers, amounts, days and lists; its words come from its file."""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geoconflict.errors import UnknownLanguageError
from geoconflict.facts import Amount
from geoconflict.lexicon import lexicon, lexicons
from geoconflict.look.labels import LANGUAGES
from geoconflict.measuring.quantities import plain
from geoconflict.measuring.units import format_number

_FOLDER = Path(__file__).resolve().parent / "sentences"


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one language in which results are told.

    Parameters
    ----------
    language : str
        ISO 639-1 code.
    tables : mapping
        Its file: templates of sentences by code, and the words that they need.
    """

    language: str
    tables: Mapping[str, Mapping[str, Any]]

    @property
    def own(self) -> Mapping[str, Any]:
        """Its marks and small words: decimal sign, quotation marks, months and so on."""
        return self.tables["language"]

    def number(self, value: float) -> str:
        """Return a number as it is written in the language."""
        marks = {",": self.own["thousands"], ".": self.own["decimal"], "-": "\N{MINUS SIGN}"}
        return "".join(marks.get(char, char) for char in format_number(value))

    def percent(self, value: float) -> str:
        """Return a difference in per cent with its sign, to one decimal."""
        sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
        return sign + f"{abs(value):.1f}".replace(".", self.own["decimal"])

    def day(self, day: dt.date) -> str:
        """Return a day in words."""
        month = self.own["months"][day.month - 1]
        return str(self.own["day"].format(day=day.day, month=month, year=day.year))

    def days(self, start: dt.date, end: dt.date) -> str:
        """Return a span of days, a whole month or year by its name.

        Examples
        --------
        >>> words("en").days(dt.date(2025, 1, 1), dt.date(2025, 1, 31))
        'January 2025'
        """
        if start == end:
            return self.day(start)
        follows = end + dt.timedelta(days=1)
        if (start.day, start.month, follows.day, follows.month) == (1, 1, 1, 1):
            if follows.year == start.year + 1:
                return str(self.own["year"].format(year=start.year))
        elif start.day == follows.day == 1 and (end.year, end.month) == (start.year, start.month):
            month = self.own["month_names"][start.month - 1]
            return str(self.own["month"].format(month=month, year=start.year))
        return str(self.own["days"].format(start=self.day(start), end=self.day(end)))

    def quoted(self, text: str) -> str:
        """Return a text in the quotation marks of the language."""
        opening, closing = self.own["quotes"]
        return f"{opening}{text}{closing}"

    def joined(self, texts: Sequence[str], word: str = "and") -> str:
        """Return texts as a list with "and" or "or" before the last."""
        if len(texts) < 2:
            return "".join(texts)
        return f"{', '.join(texts[:-1])}{self.own[word]}{texts[-1]}"

    def counted(self, value: float, noun: str | Mapping[str, str]) -> str:
        """Return the form of a noun that stands with a number.

        Examples
        --------
        >>> days = words("uk").tables["units"]["day"]
        >>> [words("uk").counted(number, days) for number in (1, 2, 5, 11, 21, 1.5)]
        ['день', 'дні', 'днів', 'днів', 'день', 'дня']
        """
        if isinstance(noun, str):
            return noun
        return noun.get(self._plural(value), noun["other"])

    def amount(self, amount: Amount) -> str:
        """Return an amount with its hedge, unit and doubt."""
        upper = amount.upper
        last = upper if upper is not None and math.isfinite(upper) else amount.value
        unit = self.unit(amount.unit, last or 0.0)
        number = f"{self.bare(amount)}{self._gap(amount.unit)}{unit}".rstrip()
        if amount.doubt is not None:
            doubt = self.number(amount.doubt)
            number = f"{number} ± {doubt}{self._gap(amount.unit)}{unit}".rstrip()
        return self._hedged(amount, number, unit) if amount.hedge else number

    def bare(self, amount: Amount) -> str:
        """Return the number or range of an amount without its unit; empty where none is told."""
        low, high = amount.value, amount.upper
        if low is None:
            return ""
        if high is None:
            return self.number(low)
        if math.isinf(high):
            return str(self.own["or_more"].format(low=self.number(low)))
        return str(self.own["range"].format(low=self.number(low), high=self.number(high)))

    def unit(self, unit: str, value: float) -> str:
        """Return a unit as it stands with a number; of a rate also what it is counted by."""
        known = self.tables["units"]
        if unit in known or not unit:
            return self.counted(value, known.get(unit, ""))
        one, _, per = unit.rpartition("/")
        if one:
            return f"{self.unit(one, value)} {self.own['per'].get(per, f'/ {self.unit(per, 1)}')}"
        if self.language != "en":
            return self.quoted(unit)
        return self._single(unit) if value == 1 else unit

    def _single(self, noun: str) -> str:
        """Return a noun that somebody wrote in the plural as it stands with one."""
        for plural, one in self.own["singular"]:
            if noun.endswith(plural):
                return f"{noun.removesuffix(plural)}{one}"
        return noun

    @staticmethod
    def _gap(unit: str) -> str:
        return " " if unit else ""

    def _hedged(self, amount: Amount, number: str, unit: str) -> str:
        """Return a number with its hedge: the word as it was said where it is of this language."""
        template: str = self.tables["hedges"][_hedge(plain(amount.hedge)) or "about"]
        is_own = _hedge(plain(amount.hedge), self.language) is not None
        if amount.value is None:
            return f"{amount.hedge} {unit}" if is_own else template.format(unit=unit)
        if is_own and template.endswith("{number}"):
            return f"{amount.hedge} {number}"
        return template.format(number=number)

    def _plural(self, value: float) -> str:
        if self.language == "en":
            return "one" if value == 1 else "other"
        if not float(value).is_integer():
            return "other"
        last, two = int(abs(value)) % 10, int(abs(value)) % 100
        if last == 1 and two != 11:
            return "one"
        return "few" if 2 <= last <= 4 and not 12 <= two <= 14 else "many"


@cache
def words(language: str) -> Words:
    """Return the words of a language.

    Raises
    ------
    UnknownLanguageError
        Results are not told in it.
    """
    if language not in LANGUAGES:
        message = f"{language!r} is no language here: expected one of {', '.join(LANGUAGES)}"
        raise UnknownLanguageError(message)
    return Words(language, tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8")))


@cache
def _hedge(word: str, language: str | None = None) -> str | None:
    """Return what the lexicons call a hedge, or a word that stands for a number."""
    for one in lexicons() if language is None else (lexicon(language),):
        for section in ("hedges", "vague"):
            for key, forms in one.table(section).items():
                if word in map(plain, forms):
                    return key
    return None
