"""The days that one sentence tells: of its deeds, of who says so, of those after it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from geoconflict.casebooks.records import Certainty
from geoconflict.drafting.days import When
from geoconflict.drafting.lines import Line
from geoconflict.drafting.tags import Tag
from geoconflict.lexicon import lexicon
from geoconflict.measuring.dates import DateRange

_DAY = dt.timedelta(1)
# A deed of a day or a night: what took longer is a sum of them.
NIGHT = 2
# A day that sets the scene stands behind so many words at most: "In the early hours of".
_OPENING = 5
# So near a day stand the words for its small hours.
_SMALL_HOURS = 30
# So near after a verb of saying stands the day on which it was said.
_SAID_ON = 5
_TO_SAYING = 8
# So near behind a picture stands the day on which it was taken.
_PICTURED = 45
# So far behind a deed its relative clause begins at most.
_HEAD_REACH = 48
# What was so long before a report is no news of it.
OLD = dt.timedelta(3)


@dataclass(frozen=True)
class Dated:
    """Days with the characters of the report that they rest on, and how they were told.

    ``is_early`` tells of the small hours of a day, which "that night" then means.
    """

    days: DateRange
    span: tuple[int, int]
    rule: str
    certainty: Certainty
    is_early: bool = False


def is_scene(line: Line, own: When) -> bool:
    """Return whether a sentence sets the day of those after it and tells no deed of its own.

    "On 3 May it began again.", "Drones flew to the plant on the 23rd."
    """
    is_first = len(line.text[: own.start].split()) <= _OPENING
    is_said = bool(line.tag("stances")) and not own.is_night
    is_one = own.is_told and own.days.days <= NIGHT
    is_first = is_first or bool(line.tag("arms"))
    return is_one and is_first and not (is_said or line.tag("deeds"))


def is_early(line: Line, own: When) -> bool:
    """Return whether the words before or behind a day tell of its small hours."""
    near = line.text[max(0, own.start - _SMALL_HOURS) : own.end + _SMALL_HOURS]
    return lexicon(line.language).pattern("when", "small_hours").search(near) is not None


def is_before(line: Line) -> bool:
    """Return whether a sentence goes back a day, which those after it do not: "накануне"."""
    return bool(line.tag("days", "yesterday", "day_before", "before_yesterday"))


def surety(line: Line, own: When, at: int) -> Certainty:
    """Return how sure a day is: certain where one deed at one place has one date, of late."""
    told = [when for when in line.days if when.is_told or when.is_same]
    is_own = line.clause(own.start) == line.clause(at) and len(told) == 1
    is_alone = len(line.spots) + len({r.code for r in line.regions}) < 2
    is_late = line.published is not None and abs(line.published - own.days.end) <= OLD
    if _is_either(line, own):
        return "open"
    return "certain" if own.is_told and is_own and is_alone and is_late else "likely"


def _is_either(line: Line, own: When) -> bool:
    """Return whether a night called by one day can be the one after it: "the night of 13 May".

    Not where the report is of that day, nor of "ночью 13 мая", "в ніч на 13 травня".
    """
    text, words = line.text[own.start : own.end], lexicon(line.language)
    if own.rule != "night of a date" or line.published is None or line.published <= own.days.end:
        return False
    is_two = len(re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)) > 1
    is_into = words.pattern("dates", "into").match(text, 0) is not None
    is_night = words.pattern("days", "night", "overnight").search(text) is not None
    is_open = line.language == "en" or text[0].isdigit()
    return is_night and is_open and not (is_two or is_into)


def is_then(line: Line, tag: Tag) -> bool:
    """Return whether words are a plain "then" within a sentence: "яка тоді була"."""
    is_first = not line.text[: tag.start].strip(" ,—–-") or line.text[: tag.start].endswith(": ")
    then = lexicon(line.language).pattern("pointers", "plain_then")
    return then.fullmatch(line.text, tag.start, tag.end) is not None and not is_first


def own_day(line: Line, at: int, *, is_count: bool = False) -> When | None:
    """Return the day that a deed's own sentence names for it.

    Of a count also the night of its relative clause: "of 40 drones that came at night, 33 fell".
    """
    found = [when for when in line.days if not is_of_saying(line, when)]
    aside = [w for w in found if line.is_aside(w.start, at)]
    found = [w for w in found if w not in aside]
    if not found:
        own = [w for w in aside if (w.is_night if is_count else _is_of_head(line, w, at))]
        return own[0] if own else None
    part = [w for w in found if line.part(w.start) == line.part(at)] or found
    part = [w for w in part if line.relative(w.start) <= at]
    clause = [w for w in part if line.clause(w.start) == line.clause(at)]
    near = clause or [w for w in part if w.is_told or w.is_night or w.is_same]
    if not near:
        return None
    # "A woman hurt on 9 May in an attack, at night died": no comma parts the attack and its day.
    close = [
        w for w in near if not re.search(r"[,;:]", line.text[min(w.end, at) : max(w.start, at)])
    ]
    near = close if close and len(near) > len(close) and any(w.is_told for w in close) else near
    told = [w for w in near if w.is_night] or [w for w in near if w.is_told]
    told = told or [w for w in near if w.rule != "today"] or near
    return min(told, key=lambda w: abs(w.start - at))


def _is_of_head(line: Line, when: When, at: int) -> bool:
    """Return whether a day stands in the relative clause of a deed: "the strike, made on"."""
    begin = line.relative(when.start)
    is_old = any(tag.start >= begin for tag in line.tag("told", "background"))
    return when.is_told and not is_old and 0 < begin - at <= _HEAD_REACH


def is_of_saying(line: Line, when: When) -> bool:
    """Return whether a day is that of a report on a deed: "said on Monday", "18 мая сообщил"."""
    if any(deed.start - when.end == 1 for deed in line.tag("deeds", "strike")):
        # "Said the November 13 strike".
        return False
    tags = line.tag("stances")
    after = [line.text[t.end : when.start] for t in tags if 0 <= when.start - t.end <= _SAID_ON]
    before = [line.text[when.end : t.start] for t in tags if 0 <= t.start - when.end <= _TO_SAYING]
    is_dated = when.is_told and not when.is_night and line.language != "en"
    gaps = after + (before if is_dated else [])
    return any(not re.search(r"[,;:]", gap) for gap in gaps) or _is_of_picture(line, when)


def _is_of_picture(line: Line, when: When) -> bool:
    """Return whether a day is that of a picture: "images taken on 7 October show burnt tanks"."""
    shot = lexicon(line.language).pattern("when", "shot")
    footage = [t for t in line.tag("offices", "footage") if 0 < when.start - t.end <= _PICTURED]
    gaps = [line.text[t.end : when.start] for t in footage]
    return any(shot.search(gap) and not re.search("[.;]", gap) for gap in gaps)


def said_day(line: Line, at: int) -> Dated | None:
    """Return the day on which a deed was reported, where a sentence names no other one."""
    days = [w for w in line.days if w.is_told and line.part(w.start) == line.part(at)]
    days = [w for w in days if is_of_saying(line, w)]
    if len(days) != 1:
        return None
    return Dated(days[0].days, span_of(line, days[0]), "day of saying so", "open")


def days_of(line: Line, own: When) -> DateRange:
    """Return the days of "overnight" beside a date or weekday: the night before that day."""
    if not own.is_night or own.is_told:
        return own.days
    beside = [w for w in line.days if w.is_told and not w.is_night and w.days.days <= NIGHT]
    said = [w for w in beside if is_of_saying(line, w)]
    beside = [w for w in beside if abs(w.start - own.end) < 12 or abs(own.start - w.end) < 12]
    # "On 6 October the ministry told of 251 drones overnight": of the night that ended then.
    beside = beside or said
    if not beside:
        return own.days
    # "The overnight attack of 18-19 November"; of one day it is the night before.
    day = beside[0].days.end
    return DateRange(day - _DAY, day)


def span_of(line: Line, when: When) -> tuple[int, int]:
    """Return the characters of the report that the words of a day stand at."""
    return line.start + when.start, line.start + when.end
