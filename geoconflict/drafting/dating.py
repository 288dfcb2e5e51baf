"""On which day each event of a report happened: by its own words, or by those before them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geoconflict.casebooks.records import Certainty
from geoconflict.drafting.days import When
from geoconflict.drafting.found import Found
from geoconflict.drafting.lines import Line
from geoconflict.drafting.tags import Tag
from geoconflict.lexicon import lexicon
from geoconflict.measuring.dates import DateRange

_DAY = dt.timedelta(1)
_NOON = 12
# A deed of a day or a night: what took longer is a sum of them.
_NIGHT = 2
# No report sums up more days than a month's.
_LONG = 31
# "as of 22.00", "станом на 08:00", and no date such as 04.12.2024.
_HOUR = re.compile(r"(?<![\d.:])([01]?\d|2[0-4])[:.][0-5]\d(?![.\d])")
# The head of a report says its main day within so many sentences.
_HEAD = 6
_HEADINGS = 3
_SHORT = 40
# So many entries with a time make a live page, so many items with a sign a digest.
_ENTRIES = 4
# Days of something else than the report is mainly about.
_ASIDE = ("the past day", "day before", "days ago")
# What goes on for days: the day of what was told before it is not its own.
_LASTING = ("clash", "advance")
# So near after a verb of saying stands the day on which it was said.
_SAID_ON = 5
_TO_SAYING = 8
# So far behind a deed its relative clause begins at most.
_HEAD_REACH = 48
# What was so long before a report is no news of it.
_OLD = dt.timedelta(3)
_WEEK = dt.timedelta(8)
_TOLD = ("strike", "down", "take", "advance", "damage", "launch", "fight", "assault", "repel")


@dataclass(frozen=True)
class Dated:
    """Days with the characters of the report that they rest on, and how they were told."""

    days: DateRange
    span: tuple[int, int]
    rule: str
    certainty: Certainty


class Calendar:
    """The days of a report, while its sentences are read in their order.

    Parameters
    ----------
    lines : sequence of Line
        All sentences.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.is_live = len({line.paragraph for line in lines if line.is_clocked}) >= _ENTRIES
        items = [n for n, line in enumerate(lines) if _is_bullet(line)]
        is_digest = len({lines[n].paragraph for n in items}) >= _ENTRIES
        self.main = None if self.is_live else _main(lines[: items[0]] if is_digest else lines)
        weeks = (when.rule == "the past week" for line in lines[:_HEADINGS] for when in line.days)
        self.old = _WEEK if any(weeks) else _OLD
        self.period = _period(lines)
        self.main = self.period or self.main
        self.summed_up: dt.date | None = None
        self.here: Dated | None = None
        self.last: Dated | None = None
        self.is_aside = False

    def turn(self) -> None:
        """Begin a new paragraph: what its sentences before said of the day no longer holds."""
        self.here = None
        self.is_aside = False

    def sums_up(self, heading: Sequence[Line]) -> None:
        """Take the heading of a staff: in the morning it sums up the day before, later its own."""
        published = heading[0].published
        if published is None:
            return
        hours = [int(m[1]) for line in heading for m in _HOUR.finditer(line.text)]
        evening = lexicon(heading[0].language).pattern("when", "evening")
        is_later = hours[0] >= _NOON if hours else bool(evening.search(heading[0].text))
        self.summed_up = published if is_later else published - _DAY
        if self.main is not None and self.main.rule in ("today", "the past day", "overnight"):
            self.main = None

    def note(self, line: Line) -> None:
        """Keep the day that a sentence names for those after it: "Same night."."""
        told = [w for w in line.days if not _is_of_saying(line, w) and not line.relative(w.start)]
        is_old = bool(line.tag("told", "background"))
        self.is_aside |= is_old and len(line.text) <= _SHORT and not line.tag("deeds")
        if len(told) != 1 or line.is_clocked or is_old or _is_before(line):
            return
        own, last = told[0], self.last or self.main
        is_short = len(line.text) <= _SHORT and not line.tag("deeds")
        is_of_deed = own.is_told if line.tag("deeds") else is_short and own.is_night
        if own.is_same and is_short and last is not None:
            self.here = self._same(line, own, last)
        elif not own.is_same and own.days.days <= _NIGHT and is_of_deed:
            self.here = Dated(_days(line, own), _span(line, own), own.rule, "likely")

    def find(self, line: Line, at: int, event: Found) -> Dated | None:
        """Return the days of a deed of a sentence; None where the report has no day either.

        Parameters
        ----------
        line : Line
            The sentence.
        at : int
            Where in it the deed stands.
        event : Found
            The event, of which it is known whether it is told as background.
        """
        own = _own(line, at, is_count=event.kind == "interception")
        last = self.last or self.main
        if own is not None and own.is_same and last is not None:
            dated: Dated | None = self._same(line, own, last)
        elif own is not None and own.is_night and not own.is_told and self._is_night:
            dated = self._of_the_night(line, own)
        elif own is not None and not own.is_same:
            dated = Dated(_days(line, own), _span(line, own), own.rule, _surety(line, own, at))
        elif event.days is not None and "date_start" in event.cells:
            return None
        else:
            dated = self._untold(line, at, event)
        if dated is None:
            return None
        dated = self._summed(dated)
        if line.tag("told", "grown_toll") and not (own and line.is_aside(own.start, at)):
            # "The toll of the attack rose on Thursday": the attack was at some time before.
            dated = replace(dated, certainty="open")
        if line.published and own and own.is_told and line.published - dated.days.end > self.old:
            event.is_background = True
        if not event.is_background and own is not None and not _is_before(line):
            self.here = dated
        self.last = dated
        return dated

    def _of_the_night(self, line: Line, own: When) -> Dated | None:
        """Return which night "overnight" is: told beside it, in its paragraph, or the report's."""
        if any(when.is_told and not when.is_night for when in line.days):
            return Dated(_days(line, own), _span(line, own), own.rule, "likely")
        is_here = self.here is not None and self.here.days.days == _NIGHT
        return self.here if is_here else self.main

    def _summed(self, dated: Dated) -> Dated:
        """Return the days that a report sums up for "the past day" or "the past week"."""
        if self.period and dated.rule.startswith("the past week"):
            return replace(dated, days=self.period.days)
        if self.summed_up and dated.rule.startswith("the past day"):
            return replace(dated, days=DateRange(self.summed_up, self.summed_up))
        return dated

    def _untold(self, line: Line, at: int, event: Found) -> Dated | None:
        """Return the days of a deed whose sentence names none for it."""
        said = _said(line, at)
        is_ground = event.kind in ("advance", "control_change", "clash")
        dated = (
            said
            if said and (is_ground or self.here is None)
            else self._carried(line, at, is_background=event.is_background)
        )
        if dated is not None and is_ground and dated.days.days == _NIGHT:
            # The night of a summary is that of its drones, and no night of fighting.
            dated = replace(dated, days=DateRange(dated.days.end, dated.days.end))
        if dated is not None and event.kind in _LASTING and self.summed_up is None:
            dated = replace(dated, certainty="open")
        return dated

    def is_background(self, line: Line, at: int) -> bool:
        """Return whether a deed is told as one that went before, as context."""
        if self.is_aside:
            return True
        said = min((t.end for t in line.tag("stances")), default=len(line.text))
        tags = line.tag("told", "background")
        tags += [t for t in line.tag("told", "perfect") if t.start < said]
        near = [t for t in tags if line.part(t.start) == line.part(at)]
        near = [t for t in near if not _is_then(line, t) and not line.is_aside(t.start, at)]
        return any(t.start <= at + 60 or line.clause(t.start) == line.clause(at) for t in near)

    @property
    def _is_night(self) -> bool:
        """Whether the report is of one night, which "overnight" means in it."""
        return self.main is not None and self.main.rule == "night of a date"

    def _same(self, line: Line, own: When, last: Dated) -> Dated:
        """Return the day, or the night, of what was told before."""
        words = line.text[own.start : own.end]
        is_night = lexicon(line.language).pattern("days", "of_night").search(words) is not None
        days = last.days if is_night else DateRange(last.days.end, last.days.end)
        return Dated(days, _span(line, own), own.rule, "likely")

    def _carried(self, line: Line, at: int, *, is_background: bool = False) -> Dated | None:
        if self.here is not None:
            return Dated(self.here.days, self.here.span, f"{self.here.rule}, told before", "likely")
        if is_background:
            # What went before was on no day of the report.
            return None
        if self.main is not None and not self.is_live and not line.is_heading:
            rule = f"{self.main.rule}, told at the head"
            return Dated(self.main.days, self.main.span, rule, "likely")
        if line.published is None:
            return None
        told = self.summed_up or line.published
        day = DateRange(told, told)
        certainty: Certainty = "likely" if self.is_live and line.is_clocked else "open"
        # No word tells the day: the one that tells the deed stands for the report.
        word = re.compile(r"\w*").match(line.text, at)
        end = word.end() if word else at
        return Dated(day, (line.start + at, line.start + end), "day of the report", certainty)


def _is_before(line: Line) -> bool:
    """Return whether a sentence goes back a day, which those after it do not: "накануне"."""
    return bool(line.tag("days", "yesterday", "day_before", "before_yesterday"))


def _surety(line: Line, own: When, at: int) -> Certainty:
    """Return how sure a day is: certain where one deed at one place has one date, of late."""
    told = [when for when in line.days if when.is_told or when.is_same]
    is_own = line.clause(own.start) == line.clause(at) and len(told) == 1
    is_alone = len(line.spots) + len({r.code for r in line.regions}) < 2
    is_late = line.published is not None and abs(line.published - own.days.end) <= _OLD
    return "certain" if own.is_told and is_own and is_alone and is_late else "likely"


def _is_then(line: Line, tag: Tag) -> bool:
    """Return whether words are a plain "then" within a sentence: "яка тоді була"."""
    is_first = not line.text[: tag.start].strip(" ,—–-") or line.text[: tag.start].endswith(": ")
    then = lexicon(line.language).pattern("pointers", "plain_then")
    return then.fullmatch(line.text, tag.start, tag.end) is not None and not is_first


def _own(line: Line, at: int, *, is_count: bool = False) -> When | None:
    """Return the day that a deed's own sentence names for it.

    Of a count also the night of its relative clause: "of 40 drones that came at night, 33 fell".
    """
    found = [when for when in line.days if not _is_of_saying(line, when)]
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


def _is_of_saying(line: Line, when: When) -> bool:
    """Return whether a day is that of a report on a deed: "said on Monday", "18 мая сообщил"."""
    tags = line.tag("stances")
    after = [line.text[t.end : when.start] for t in tags if 0 <= when.start - t.end <= _SAID_ON]
    before = [line.text[when.end : t.start] for t in tags if 0 <= t.start - when.end <= _TO_SAYING]
    is_dated = when.is_told and not when.is_night and line.language != "en"
    gaps = after + (before if is_dated else [])
    return any(not re.search(r"[,;:]", gap) for gap in gaps)


def _said(line: Line, at: int) -> Dated | None:
    """Return the day on which a deed was reported, where a sentence names no other one."""
    days = [w for w in line.days if w.is_told and line.part(w.start) == line.part(at)]
    days = [w for w in days if _is_of_saying(line, w)]
    if len(days) != 1:
        return None
    return Dated(days[0].days, _span(line, days[0]), "day of saying so", "open")


def _days(line: Line, own: When) -> DateRange:
    """Return the days of "overnight" beside a date or weekday: the night before that day."""
    if not own.is_night or own.is_told:
        return own.days
    beside = [w for w in line.days if w.is_told and not w.is_night and w.days.days <= _NIGHT]
    said = [w for w in beside if _is_of_saying(line, w)]
    beside = [w for w in beside if abs(w.start - own.end) < 12 or abs(own.start - w.end) < 12]
    # "On 6 October the ministry told of 251 drones overnight": of the night that ended then.
    beside = beside or said
    if not beside:
        return own.days
    # "The overnight attack of 18-19 November"; of one day it is the night before.
    day = beside[0].days.end
    return DateRange(day - _DAY, day)


def _span(line: Line, when: When) -> tuple[int, int]:
    return line.start + when.start, line.start + when.end


def _is_bullet(line: Line) -> bool:
    """Return whether a line begins with a sign, as the items of a channel's digest do."""
    first = line.text.lstrip()[:1]
    return bool(first) and not first.isalnum() and first not in "«\"“'(["


def _period(lines: Sequence[Line]) -> Dated | None:
    """Return the days that a heading says a report sums up: "с 1 по 7 февраля", None of others."""
    for line in lines[:_HEADINGS]:
        long = [w for w in line.days if w.rule == "date" and _NIGHT < w.days.days <= _LONG]
        if long and not line.tag("deeds"):
            return Dated(long[0].days, _span(line, long[0]), "days summed up", "likely")
    return None


def _main(lines: Sequence[Line]) -> Dated | None:
    """Return the day of what a report is mainly about: the first that its head tells of a deed.

    Of a digest, the head is what stands before its items.
    """
    for line in lines[:_HEADINGS]:
        nights = [w for w in line.days if w.is_night and w.is_told]
        if nights and (line.is_heading or not line.tag("deeds")):
            return Dated(nights[0].days, _span(line, nights[0]), nights[0].rule, "likely")
    for line in [one for one in lines if len(one.text) > 40][:_HEAD]:
        if line.is_heading or not line.tag("deeds", *_TOLD):
            continue
        if line.tag("told", "background", "grown_toll"):
            continue
        own = [w for w in line.days if not w.is_same and w.days.days <= _NIGHT]
        own = [w for w in own if w.rule not in _ASIDE and not _is_of_saying(line, w)]
        own = [w for w in own if not line.published or line.published - w.days.end <= _WEEK]
        if own:
            told = [w for w in own if w.is_told] or own
            first = next((w for w in own if w.is_night), told[0])
            return Dated(_days(line, first), _span(line, first), first.rule, "likely")
    return None
