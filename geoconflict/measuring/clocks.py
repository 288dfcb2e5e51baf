"""The time of day in a text of a day: clocks, hours in words, the zone that is said with them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple

from geoconflict.errors import DateError
from geoconflict.lexicon import any_word, lexicons

# Minutes before UTC, by what a zone is called.
_ZONES = {name: int(n) for one in lexicons() for name, n in one.values("dates", "zones").items()}
_ZONE = (
    r"(?:\s*\(?(?:(?:utc|gmt)?\s*(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?"
    rf"|(?P<zone>{'|'.join(sorted(_ZONES, key=len, reverse=True))}))\)?(?!\w))?"
)
_CLOCK = re.compile(
    r"(?:(?<=\d)t|(?<![\d.:])(?<![-/]))\s*"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?(?![\d:])"
    rf"\s*(?P<half>[ap])?(?(half)\.?m\.?(?!\w)){_ZONE}"
)
_HOURS = re.compile(
    rf"(?<=\d)t(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?P<second>\d{{2}})?(?P<half>(?!)x)?{_ZONE}"
)
# Day, clock, zone, month and year as armies write them in one: 141830ZMAR25.
_GROUP = re.compile(r"(?<!\d)(\d\d) ?(\d\d)(\d\d) ?(z) ?([a-z]{3}) ?(\d\d|20\d\d)$")
# From a time till another one, which is no time with a zone: that one has seconds or a T.
_TIMES = re.compile(
    r"(?<![\d.:t])(?<![-/])(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    rf"\s*(?:[-‐-―]|(?<=\s){any_word('dates', 'to')}(?=\s))\s*"
    r"(?P<last>\d{1,2}):(?P<end>\d{2})(?![\d:])"
)
# The name of a zone in brackets, behind its offset: "GMT+0200 (EET)".
_COMMENT = re.compile(
    rf"(?<=[+-]\d{{4}})\s*\((?:[a-z]{{3,5}}|{any_word('dates', 'zone_comments')}[^()]*)\)$"
)
_EVENING = re.compile(rf"(?<!\w){any_word('dates', 'evening')}(?!\w)")
# What a part of the day adds to an hour that is told with it.
_PARTS = {
    "night": {**dict.fromkeys(range(1, 6), 0), 11: 12, 12: -12},
    "morning": dict.fromkeys(range(1, 12), 0),
    "daytime": {**dict.fromkeys(range(1, 6), 12), 12: 0},
    "evening": dict.fromkeys(range(4, 12), 12),
}
_HOUR = r"(?<![\d.,:/-])(?P<hour>\d{1,2})"
_ENDING = rf"(?:-?{any_word('dates', 'hour_endings')})"
_NAMED = rf"{_ENDING}?\s*{any_word('dates', 'hours')}(?!\w)\.?"
_PREPOSITION = any_word("dates", "at")
_BEFORE = rf"(?:{any_word('dates', 'about')}|{_PREPOSITION})(?!\w)\.?\s*"
_AT = rf"(?P<at>(?<!\w){_BEFORE}(?:{_PREPOSITION}\s)?)"


def _part(*names: str) -> str:
    words = (rf"(?P<{name}>{any_word('dates', f'{name}_hours')})" for name in names)
    return rf"\s*(?:{'|'.join(words)})(?!\w)"


# Hours as they are called, written as clocks: 4 pm, 16h30, 3 at night, about the 16th hour. A
# number of hours alone is rather how long it took.
_CALLED = tuple(
    map(
        re.compile,
        (
            rf"{_HOUR}\s*(?P<half>[ap])\.?m\.?(?!\w)",
            rf"{_HOUR}\s*h\s*(?P<minute>\d\d)(?!\d)",
            rf"(?<!\d)(?P<hour>\d\d)(?P<minute>\d\d)\s*{any_word('dates', 'army_hours')}(?!\w)",
            rf"{_HOUR}{_NAMED}{_part(*_PARTS)}",
            rf"{_AT}{_HOUR}{_ENDING}?{_part(*_PARTS)}",
            rf"{_HOUR}(?::(?P<minute>\d\d)|{_ENDING})?{_part('night', 'morning', 'evening')}",
            rf"{_AT}{_HOUR}(?:[.-](?P<minute>\d\d)(?!\d))?(?:{_NAMED}|{_ENDING}\)?$)",
            # Of 16.30 the second number is no month.
            rf"(?<=\d{{4}})\s+{_HOUR}\.(?P<minute>00|1[3-9]|[2-5]\d)$",
            rf"{_AT}{_HOUR}[.-](?P<minute>\d\d)$",
        ),
    )
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)|\d\.\d\d?\.\d\d(?!\d)")
_BOUND = re.compile(rf"(?<=\d\s|[.,]\s){any_word('dates', 'before', 'after')}\s*$")


class Clocked(NamedTuple):
    """A text in small letters without its time of day, that time, its zone, and till when it is."""

    rest: str
    time: dt.time | None = None
    zone: dt.tzinfo | None = None
    until: dt.time | None = None


def without_clock(text: str) -> Clocked:
    """Return a text without its time of day, and that time.

    Raises
    ------
    DateError
        It holds a time that there is not.

    Examples
    --------
    >>> without_clock("14.01.2025 9:30 PM MSK").time, without_clock("14.01.2025").time
    (datetime.time(21, 30), None)
    """
    plain = " ".join(text.replace("\xa0", " ").casefold().split())
    plain = _as_clock(_GROUP.sub(r"\1 \5 \6 \2:\3\4", _COMMENT.sub("", plain)))
    span = _TIMES.search(plain)
    if span:
        first, last = (
            _time(text, *span.group(*ends)) for ends in (("hour", "minute"), ("last", "end"))
        )
        rest = f"{plain[: span.start()]} {plain[span.end() :]}"
        return Clocked(rest, first, until=last)
    match = _CLOCK.search(plain) or _HOURS.search(plain)
    if match is None:
        return Clocked(plain)
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    is_late = match["half"] == "p" or (match.re is _CLOCK and _EVENING.search(plain) is not None)
    if match["half"] or (is_late and hour < 12):
        hour = hour % 12 + (12 if is_late else 0)
    if hour > 23 or minute > 59 or second > 59:
        message = f"{text!r} holds a time of day that there is not"
        raise DateError(message)
    rest = f"{plain[: match.start()]} {plain[match.end() :]}"
    bound = _BOUND.search(plain[: match.start()])
    if bound:
        # Of a time before or after which it was, no more is known than the day.
        return Clocked(f"~ {plain[: bound.start()]} {plain[match.end() :]}")
    return Clocked(rest, dt.time(hour, minute, second), _zone(match.groupdict()))


def _as_clock(plain: str) -> str:
    """Return a text with an hour in words as a clock, where a year is told beside."""
    for form in _CALLED:
        match = form.search(plain)
        if match is None or not _YEAR.search(f"{plain[: match.start()]} {plain[match.end() :]}"):
            continue
        said = match.groupdict()
        hour = int(said["hour"])
        part = next((name for name in _PARTS if said.get(name)), "")
        if part and hour not in _PARTS[part] and hour < 13:
            continue
        hour += _PARTS[part].get(hour, 0) if part else 0
        half = f" {said['half']}m" if said.get("half") else ""
        clock = f"{said.get('at') or ''}{hour}:{said.get('minute') or '00'}{half}"
        return f"{plain[: match.start()]} {clock} {plain[match.end() :]}".strip()
    return plain


def _time(text: str, hour: str, minute: str) -> dt.time:
    try:
        return dt.time(int(hour) % 24 if int(minute) == 0 else int(hour), int(minute))
    except ValueError as error:
        message = f"{text!r} holds a time of day that there is not"
        raise DateError(message) from error


def _zone(said: Mapping[str, str | None]) -> dt.tzinfo | None:
    if said["zone"]:
        return dt.timezone(dt.timedelta(minutes=_ZONES[said["zone"]]))
    hours = int(said["hours"] or 0)
    if not said["sign"] or hours > 14:
        return None
    offset = dt.timedelta(hours=hours, minutes=int(said["minutes"] or 0))
    return dt.timezone(-offset if said["sign"] == "-" else offset)
