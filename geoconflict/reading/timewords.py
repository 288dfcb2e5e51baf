"""The patterns of time in a language: days, months, years, parts of them, lengths, roles."""

from __future__ import annotations

from functools import cache

from geoconflict.lexicon import AnyCase, Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.numerals import numerals

_DASH = r"\s?[-–—−]\s?"
_YEAR = r"(?:19|20)\d{2}"
# Months of the seasons, the first and the last, from winter on.
_SEASONS = ((12, 2), (3, 5), (6, 8), (9, 11))


class TimeWords:
    """The patterns of time in one language.

    Parameters
    ----------
    words : Lexicon
        With the sections ``months``, ``time`` and ``periods``.
    """

    def __init__(self, words: Lexicon) -> None:
        self.words = words
        self.months = dict(words.months)
        self.capital = frozenset(words.forms("months", "capital"))
        self.short = frozenset(words.forms("months", "short"))
        self.day = rf"\d{{1,2}}{words.any_of('numbers', 'day_endings')}?"
        self.numerals = numerals(words.language)
        self.any_month = any_form(self.months)
        self.leading = words.any_of("time", "in")
        self._quick()
        self._calendar()
        self._parts()
        self._years()
        self._lengths()
        self._roles()

    @property
    def _counted(self) -> str:
        """What a number of a day or year must not be followed by: a unit, people."""
        any_of = self.words.any_of
        return (
            rf"(?!\s*(?:{any_of('units', 'square', 'km', 'percent')}|{any_of('land', 'people')}|"
            rf"{any_of('toll', 'people')})(?!\w))"
        )

    def _any(self, *keys: str) -> str:
        return self.words.any_of("time", *keys)

    def _each(self, *names: str) -> str:
        """Return the pattern of any of several periods, each as a group of its name."""
        sources = (rf"(?P<{name}>{self.words.any_of('periods', name)})" for name in names)
        return "|".join(sources)

    def _tail(self, n: object) -> str:
        """Return the pattern of the year that may follow a month."""
        return (
            rf"(?:,?\s+(?:{self.leading}\s+)?(?P<year{n}>{_YEAR})(?!\d)(?:-?[^\W\d]{{1,4}}\b)?"
            rf"(?:\s+{self.words.any_of('periods', 'year')}(?!\w))?)?"
        )

    def _dated(self, n: int) -> str:
        """Return the pattern of one day, its number before or after the month."""
        month = self.any_month
        return (
            rf"(?:(?P<dm{n}>{self.day})\s+(?P<mon{n}>{month})\.?|(?P<monb{n}>{month})\.?\s+"
            rf"(?P<md{n}>{self.day})(?!\d){self._counted})" + self._tail(n)
        )

    def _monthly(self, n: int) -> str:
        return rf"(?P<whole{n}>{self.any_month})\.?" + self._tail(n)

    def _quick(self) -> None:
        """Compile what tells that a sentence names no time, as most do, by one search."""
        self.has_month = Caseless(rf"(?<!\w){self.any_month}(?!\w)")
        spans = self.words.any_of("periods", "day", "week", "month", "quarter", "half", "year")
        seasons = any_form(self.words.values("time", "seasons"))
        self.has_time = Caseless(
            rf"(?<!\d){_YEAR}|(?<!\w)(?:{spans}|{seasons}|{self._any('ten_days', 'last_year')})"
            rf"(?!\w)"
        )

    def _calendar(self) -> None:
        """Compile days, months and ranges: "1 to 30 July", "from 3 May to 9 June"."""
        start, stop = self._any("from"), self._any("to")
        to, month = rf"(?:\s+{stop}\s+|{_DASH})", self.any_month
        self.days = AnyCase(
            rf"(?:(?<!\w){start}\s+)?(?:the\s+)?(?P<first>{self.day}){to}(?:the\s+)?"
            rf"(?P<second>{self.day})\s+(?:of\s+)?(?P<month>{month})(?!\w)\.?" + self._tail("")
        )
        self.days_us = AnyCase(
            rf"(?:(?<!\w){start}\s+)?(?<!\w)(?P<month>{month})\.?\s+(?P<first>{self.day}){to}"
            rf"(?P<second>{self.day})"
            rf"(?!\d){self._counted}" + self._tail("")
        )
        self.dates = AnyCase(
            rf"(?:(?<!\w){start}\s+)?(?<!\w){self._dated(1)}{to}{self._dated(2)}(?!\w)"
        )
        self.months_range = AnyCase(
            rf"(?:(?<!\w)(?P<lead>{start})\s+)?(?<!\w){self._monthly(1)}{to}"
            rf"{self._monthly(2)}(?!\w)"
        )
        self.date = AnyCase(rf"(?<!\w){self._dated(1)}(?!\w)")
        self.month = AnyCase(rf"(?<!\w){self._monthly(1)}(?!\w)")

    def _parts(self) -> None:
        """Compile weeks, halves and quarters of a month or year, and seasons."""
        table = self.words.values("numbers", "ordinals")
        year = self.words.any_of("periods", "year")
        self.part = AnyCase(
            rf"(?<!\w)(?P<ordinal>{any_form(table)})\s+(?:{self._each('week', 'half', 'quarter')}|"
            rf"(?P<ten>{self._any('ten_days')}))(?!\w)"
            rf"(?:\s+(?:of\s+)?(?P<month>{self.any_month})(?!\w)\.?|\s+(?:of\s+)?"
            rf"(?:the\s+|this\s+)?(?P<yearly>{year})(?!\w))?"
            rf"(?:,?\s+(?:of\s+)?(?P<year>{_YEAR})(?!\d))?"
        )
        self.ordinals = [(AnyCase(any_form([form])), int(n)) for form, n in table.items()]
        self.seasons = [
            (
                AnyCase(rf"(?<!\w){any_form([form])}(?!\w)(?:\s+(?:of\s+)?(?P<year>{_YEAR}))?"),
                _SEASONS[number - 1],
            )
            for form, number in self.words.values("time", "seasons").items()
        ]
        self.link = self.words.pattern("links", "and")
        self.between = self.words.pattern("links", "between")

    def _years(self) -> None:
        """Compile years, and what is told from the day of the report or its year's start."""
        year = self.words.any_of("periods", "year")
        self.year = AnyCase(
            rf"(?<!\w)(?:{self._any('in', 'since')}\s+)?(?:all\s+of\s+)?(?P<year>{_YEAR})"
            rf"(?!\d|[.,]\d){self._counted}(?:-?\w{{1,4}}\b)?(?:\s+{year}(?!\w))?"
        )
        units = self._each("day", "week", "month", "year")
        self.relative = AnyCase(
            rf"(?<!\w)(?:the\s+)?(?:(?P<last>{self._any('last')})|(?P<this>{self._any('this')}))"
            rf"\s+(?:{units})(?!\w)|(?<!\w){self._any('last_year')}(?!\w)"
        )
        self.start_of = AnyCase(
            rf"(?<!\w){self._any('since')}\s+(?:the\s+)?{self._any('start')}\s+"
            rf"(?:of\s+)?(?:the\s+|this\s+)?"
            rf"(?:(?P<month>{self.any_month})|(?P<yearly>{year})|(?P<year>{_YEAR}))(?!\w)"
        )

    def _lengths(self) -> None:
        """Compile lengths: "in ten days", "over the week"; a month's depends on which it was."""
        past = self._any("past")
        self.whole = AnyCase(
            rf"(?<!\w){past}\s+(?:(?:the|an?|one)\s+)?(?:{self._each('day', 'week', 'year')})(?!\w)"
        )
        self.length = AnyCase(
            rf"(?<!\w)(?:{past}\s+(?:the\s+)?(?:{self.words.any_of('hedges', 'under')}\s+)?)?"
            rf"(?P<number>{self.numerals.pattern})\s+(?:{self._any('last')}\s+)?"
            rf"(?:{self._each('day', 'week', 'month', 'year')})(?!\w)(?:\s+of\s+fighting)?"
        )

    def _roles(self) -> None:
        """Compile what the words before a period make of it."""
        self.roles = {
            "than": Caseless(
                rf"(?<!\w){self._any('than')}\s+(?:\d[\d.,]*\s+)?(?:{self.leading}\s+)?"
                rf"(?:the\s+)?$"
            ),
            "since": Caseless(rf"(?<!\w){self._any('since')}\s+(?:the\s+)?$"),
            "before": Caseless(rf"(?<!\w){self._any('before')}\s+(?:the\s+)?$"),
        }
        self.said = Caseless(
            rf"(?<!\w){self.words.any_of('verbs', 'say')}\s+(?:{self.leading}\s+|on\s+)?"
            rf"(?:{any_form(self.words.weekdays)},?\s+)?$"
        )
        self.lead = Caseless(rf"(?<!\w){self._any('in', 'since', 'than')}\s+(?:the\s+)?$")
        self.superlative = self.words.pattern("time", "superlative")
        # "The most since November" only compares.
        self.most_since = Caseless(
            rf"(?<!\w){self._any('superlative')}(?:\s+[^\W\d]+){{0,3}}\s+{self._any('since')}\s+"
            rf"(?:the\s+)?$"
        )


@cache
def time_words(language: str) -> TimeWords:
    """Return the patterns of time of a language that has a lexicon."""
    return TimeWords(lexicon(language))
