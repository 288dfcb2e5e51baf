"""The short words of pages, figures and reviews by their key, and dates as figures write them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "uk", "ru")
_FOLDER = Path(__file__).resolve().parent / "labels"


@cache
def labels_of(language: str) -> Mapping[str, Any]:
    """Return all words of a language by their key; of a language we do not speak, English."""
    name = language if language in LANGUAGES else "en"
    sections = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
    return {
        f"{section}.{key}": word
        for section, words in sections.items()
        for key, word in words.items()
    }


def page_labels(*, without: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Return the words of every language, without those of some sections and of what is no page."""
    left_out = tuple(f"{section}." for section in (*without, "card", "cli", "export"))
    return {
        language: {
            key: word for key, word in labels_of(language).items() if not key.startswith(left_out)
        }
        for language in LANGUAGES
    }


def text(key: str, language: str, **values: object) -> str:
    """Return the words for a key, with values filled in.

    Examples
    --------
    >>> text("kind.clash", "uk")
    'Бої'
    """
    found: str = labels_of(language)[key]
    return found.format(**values) if values else found


def translated(words: str, section: str, language: str) -> str:
    """Return English words in a language where a section has them, else as they are.

    Examples
    --------
    >>> translated("no licence stated", "licence", "uk"), translated("CC0", "licence", "uk")
    ('ліцензію не вказано', 'CC0')
    """
    for key, english in labels_of("en").items():
        if english == words and key.startswith(f"{section}."):
            return text(key, language)
    return words


def day(date: dt.date, language: str) -> str:
    """Return a date in words.

    Examples
    --------
    >>> day(dt.date(2025, 1, 24), "uk")
    '24 січ 2025'
    """
    return f"{date.day} {labels_of(language)['date.months_short'][date.month - 1]} {date.year}"


def days(start: dt.date, end: dt.date, language: str) -> str:
    """Return a span of days in as few words as it takes.

    Examples
    --------
    >>> days(dt.date(2025, 1, 23), dt.date(2025, 1, 24), "en")
    '23–24 Jan 2025'
    >>> days(dt.date(2024, 12, 31), dt.date(2025, 1, 1), "en")
    '31 Dec 2024 – 1 Jan 2025'
    >>> days(dt.date(2024, 1, 1), dt.date(2024, 12, 31), "en")
    '2024'
    """
    if start == end:
        return day(end, language)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(end.year) if start.year == end.year else f"{start.year}–{end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end, language)}"
    return f"{day(start, language)} – {day(end, language)}"
