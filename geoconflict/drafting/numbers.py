"""The numbers of a sentence that count people or weapons: digits and words, in three languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from geoconflict.lexicon import LEVELLED, lexicon
from geoconflict.lexicon.words import any_form, form_pattern

# Grouped by spaces, by commas, or plain; no part of a date, a clock, a share or a name, and no
# footnote: "[11]".
_DIGITS = (
    r"(?<![\d.,/:\-–№#])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|"
    r"(?<![\w.,/:№#])\d{1,3}(?:,\d{3})+(?!\d)|"
    r"(?<![\w.,/:№#\[-])\d{1,6}(?!\w|[.,:/]\d|[-–]\w|\s?%|\])"
)
_MOST_DAYS = 31
_SPACES = re.compile(r"[\s,]")


@dataclass(frozen=True)
class Number:
    """A whole number: its characters in the sentence and its value."""

    start: int
    end: int
    value: int


def find_numbers(text: str, language: str) -> list[Number]:
    """Return the whole numbers of a sentence in their order.

    Examples
    --------
    >>> [n.value for n in find_numbers("Two people died and 1,200 left.", "en")]
    [2, 1200]
    >>> [n.value for n in find_numbers("Two medics of the 93rd Brigade died.", "en")]
    [2]
    >>> [n.value for n in find_numbers("двадцять один дрон, п'ятеро поранених", "uk")]
    [21, 5]
    """
    found = []
    scales = lexicon(language).values("numbers", "scales")
    scaled = re.compile(rf"\s*-?{any_form(scales)}(?!\w)", re.IGNORECASE)
    for match in _pattern(language).finditer(text):
        words = match[0]
        if scaled.match(text, match.end()) or (words.isdigit() and _is_day(text, match, language)):
            continue
        value = int(_SPACES.sub("", words)) if words[0].isdigit() else _spelled(words, language)
        if value is not None:
            found.append(Number(match.start(), match.end(), value))
    return found


def _is_day(text: str, match: re.Match[str], language: str) -> bool:
    """Return whether a number is the day of a month: "7 жовтня", "October 7"."""
    before, after = _month_patterns(language)
    follows = after.match(text, match.end())
    # Only English has the month first.
    leads = before.search(text, 0, match.start()) if language == "en" else None
    beside = follows or leads
    if int(match[0]) > _MOST_DAYS or beside is None:
        return False
    # "Seven may have died."
    return not beside[1].isascii() or beside[1][0].isupper()


@cache
def _month_patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a month's name right before a number, and right after one."""
    month = rf"({any_form(lexicon(language).months)})"
    before = re.compile(rf"(?<!\w)(?<!\d\s){month}\.?\s$", re.IGNORECASE)
    return before, re.compile(rf"\s{month}(?!\w)", re.IGNORECASE)


@cache
def _values(language: str) -> Mapping[str, int]:
    words = lexicon(language)
    tables = (
        *(words.values("numbers", key) for key in ("units", "tens", "hundreds")),
        words.values("toll", "numbers"),
    )
    return {
        form.translate(LEVELLED): int(value) for table in tables for form, value in table.items()
    }


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = lexicon(language)
    units = any_form([*words.values("numbers", "units"), *words.values("toll", "numbers")])
    tens = any_form(words.values("numbers", "tens"))
    hundreds = any_form(words.values("numbers", "hundreds"))
    small = rf"{tens}(?:[\s-]{units})?|{units}"
    large = rf"{hundreds}(?:\s(?:and\s)?{tens})?(?:[\s-](?:and\s)?{units})?"
    spelled = rf"(?:{large}|{small})"
    return re.compile(rf"{_DIGITS}|(?<![\w'’-]){spelled}(?![\w'’]|-\w)", re.IGNORECASE)


def _spelled(words: str, language: str) -> int | None:
    values = _values(language)
    text = words.casefold().translate(LEVELLED)
    text = " ".join(text.split())
    if text in values:
        return values[text]
    total = 0
    for part in _parts(text, language):
        if part not in values:
            return None
        total += values[part]
    return total


def _parts(text: str, language: str) -> list[str]:
    forms = sorted(_values(language), key=len, reverse=True)
    pattern = "|".join(form_pattern(form) for form in forms)
    return [match[0] for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text)]
