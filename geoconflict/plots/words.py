"""The words of a figure in English, Ukrainian and Russian, and dates as they are written there."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).resolve().parent / "words.toml"


@cache
def words(language: str) -> dict[str, Any]:
    """Return all words of a language by their key; of a language we do not speak, English."""
    known: dict[str, dict[str, Any]] = tomllib.loads(_FILE.read_text("utf-8"))
    return known.get(language, known["en"])


def text(key: str, language: str, **values: object) -> str:
    """Return the words for a key, with values filled in."""
    found: str = words(language)[key]
    return found.format(**values) if values else found


def day(date: dt.date, language: str) -> str:
    """Return a date in words.

    Examples
    --------
    >>> day(dt.date(2025, 1, 24), "uk")
    '24 січ 2025'
    """
    return f"{date.day} {words(language)['date.months_short'][date.month - 1]} {date.year}"


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
