"""On which day each event of a report happened: by its own words, or by those before them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from geoconflict.casebooks.records import Certainty
from geoconflict.drafting.days import When
from geoconflict.drafting.found import Found
from geoconflict.drafting.lines import Line
from geoconflict.drafting.told import (
    NIGHT,
    OLD,
    Dated,
    days_of,
    is_before,
    is_early,
    is_of_saying,
    is_scene,
    is_then,
    own_day,
    said_day,
    span_of,
    surety,
)
from geoconflict.lexicon import lexicon
from geoconflict.measuring.dates import DateRange

_DAY = dt.timedelta(1)
_NOON = 12
# No report sums up more days than a month's.
_LONG = 31
# "as of 22.00", "станом на 08:00", and no date such as 04.12.2024.
_HOUR = re.compile(r"(?<![\d.:])([01]?\d|2[0-4])[:.][0-5]\d(?![.\d])")
# The head of a report says its main day within so many sentences.
_HEAD = 6
_HEADINGS = 3
_SHORT = 40
# So many drones or missiles of one count come in a night.
_MANY = 10
# So many entries with a time make a live page, so many items with a sign a digest.
_ENTRIES = 4
# Days of something else than the report is mainly about.
_ASIDE = ("the past day", "day before", "days ago")
# What goes on for days: the day of what was told before it is not its own.
_LASTING = ("clash", "advance")
_WEEK = dt.timedelta(8)
_TOLD = ("strike", "down", "take", "advance", "damage", "launch", "fight", "assault", "repel")


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
        self.old = _WEEK if any(weeks) else OLD
        self.period = _period(lines)
        self.main = self.period or self.main
        if self.main is None and is_digest:
            self.main = _night(lines)
        self.summed_up: dt.date | None = None
        self.here: Dated | None = None
        self.last: Dated | None = None
        self.is_aside = self.is_by_day = False
        self.hour: int | None = None

    def turn(self) -> None:
        """Begin a new paragraph: what its sentences before said of the day no longer holds."""
        self.here = None
        self.is_aside = self.is_by_day = False
        self.hour = None

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
        times = _HOUR.findall(line.text[: line.clock])
        self.hour = int(times[-1]) if times else self.hour
        told = [w for w in line.days if not is_of_saying(line, w) and not line.relative(w.start)]
        told = [w for w in told if w.rule != "today"] or told
        self.is_by_day |= bool(line.tag("days", "today"))
        is_old = bool(line.tag("told", "background"))
        self.is_aside |= is_old and len(line.text) <= _SHORT and not line.tag("deeds")
        if len(told) != 1 or line.is_clocked or is_old or is_before(line):
            return
        own, last = told[0], self.last or self.main
        is_short = len(line.text) <= _SHORT and not line.tag("deeds")
        if is_scene(line, own):
            self.here = Dated(own.days, span_of(line, own), own.rule, "open", is_early(line, own))
            return
        is_of_deed = own.is_told if line.tag("deeds") else is_short and own.is_night
        if own.is_same and is_short and last is not None:
            self.here = self._same(line, own, last)
        elif not own.is_same and own.days.days <= NIGHT and is_of_deed:
            days, span = days_of(line, own), span_of(line, own)
            self.here = Dated(days, span, own.rule, "likely", is_early(line, own))

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
        own = own_day(line, at, is_count=event.kind == "interception")
        dated = self._own(line, at, own) if own else None
        if dated is None and event.days is not None and "date_start" in event.cells:
            return None
        dated = dated or self._untold(line, at, event)
        if dated is None:
            return None
        dated = self._summed(dated)
        if line.tag("told", "grown_toll") and not (own and line.is_aside(own.start, at)):
            # "The toll of the attack rose on Thursday": the attack was at some time before.
            dated = replace(dated, certainty="open")
        if line.published and own and own.is_told and line.published - dated.days.end > self.old:
            event.is_background = True
        if not event.is_background and own is not None and not is_before(line):
            self.here = dated
        if not event.is_background:
            self.last = dated
        return dated

    def _own(self, line: Line, at: int, own: When) -> Dated | None:
        """Return the days that a sentence tells for its deed; None of "the same day" of none."""
        last = self.last or self.main
        if own.is_same:
            said = said_day(line, at)
            if said is not None:
                return replace(said, rule="the same day", certainty="likely")
            return self._same(line, own, last) if last is not None else None
        if own.is_night and not own.is_told and self._is_night:
            return self._of_the_night(line, own)
        sure = surety(line, own, at)
        return Dated(days_of(line, own), span_of(line, own), own.rule, sure, is_early(line, own))

    def _of_the_night(self, line: Line, own: When) -> Dated | None:
        """Return which night "overnight" is: told beside it, in its paragraph, or the report's."""
        if any(when.is_told and not when.is_night for when in line.days):
            return Dated(days_of(line, own), span_of(line, own), own.rule, "likely")
        is_here = self.here is not None and self.here.days.days == NIGHT
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
        said = said_day(line, at)
        is_ground = event.kind in ("advance", "control_change", "clash")
        dated = (
            said
            if said and (is_ground or self.here is None)
            else self._carried(line, at, is_background=event.is_background)
        )
        if dated is not None and event.kind == "interception" and self._is_of_night(line, dated):
            night = DateRange(dated.days.end - _DAY, dated.days.end)
            dated = self.here = Dated(night, dated.span, "count of the night before", "open")
        if dated is not None and is_ground and dated.days.days == NIGHT:
            # The night of a summary is that of its drones, and no night of fighting.
            dated = replace(dated, days=DateRange(dated.days.end, dated.days.end))
        if dated is not None and event.kind in _LASTING and self.summed_up is None:
            dated = replace(dated, certainty="open")
        return dated

    def _is_of_night(self, line: Line, dated: Dated) -> bool:
        """Return whether a count of many, of which no words tell the day, is that of a night.

        Each morning air forces and ministries count what came in the night before.
        """
        is_morning = self.hour < _NOON if self.hour is not None else not line.is_clocked
        is_timed = bool(self.is_by_day or line.days or _HOUR.search(line.text, line.clock))
        is_many = max((n.value for n in line.numbers), default=0) >= _MANY
        is_report = dated.days.days == 1 and dated.days.end == line.published
        return (
            is_report and is_morning and is_many and not (is_timed or self.summed_up or line.spots)
        )

    def is_background(self, line: Line, at: int) -> bool:
        """Return whether a deed is told as one that went before, as context."""
        if self.is_aside:
            return True
        said = min((t.end for t in line.tag("stances")), default=len(line.text))
        tags = line.tag("told", "background")
        tags += [t for t in line.tag("told", "perfect") if t.start < said]
        near = [t for t in tags if line.part(t.start) == line.part(at)]
        near = [t for t in near if not is_then(line, t) and not line.is_aside(t.start, at)]
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
        if is_night and (last.is_early or last.days.end == line.published):
            days = DateRange(last.days.end - _DAY, last.days.end)
        # "On Friday. That night": the one before or the one after.
        certainty: Certainty = "open" if is_night and days.days == 1 else "likely"
        return Dated(days, span_of(line, own), own.rule, certainty)

    def _carried(self, line: Line, at: int, *, is_background: bool = False) -> Dated | None:
        if self.here is not None:
            certainty: Certainty = "open" if self.here.certainty == "open" else "likely"
            rule = f"{self.here.rule}, told before"
            return Dated(self.here.days, self.here.span, rule, certainty)
        if is_background:
            # What went before was on no day of the report.
            return None
        if self.main is not None and not self.is_live and not line.is_heading:
            rule = f"{self.main.rule}, told at the head"
            # Where the report has gone on to a later day, this may be of that one.
            is_past = self.last is not None and self.last.days.end > self.main.days.end
            certainty = "open" if is_past else self.main.certainty
            return Dated(self.main.days, self.main.span, rule, certainty)
        if line.published is None:
            return None
        told = self.summed_up or line.published
        day = DateRange(told, told)
        certainty = "likely" if self.is_live and line.is_clocked else "open"
        # No word tells the day: the one that tells the deed stands for the report.
        word = re.compile(r"\w*").match(line.text, at)
        end = word.end() if word else at
        return Dated(day, (line.start + at, line.start + end), "day of the report", certainty)


def _is_bullet(line: Line) -> bool:
    """Return whether a line begins with a sign, as the items of a channel's digest do."""
    first = line.text.lstrip()[:1]
    return bool(first) and not first.isalnum() and first not in "«\"“'(["


def _period(lines: Sequence[Line]) -> Dated | None:
    """Return the days that a heading says a report sums up: "с 1 по 7 февраля", None of others."""
    for line in lines[:_HEADINGS]:
        long = [w for w in line.days if w.rule == "date" and NIGHT < w.days.days <= _LONG]
        if long and not line.tag("deeds"):
            return Dated(long[0].days, span_of(line, long[0]), "days summed up", "likely")
    return None


def _night(lines: Sequence[Line]) -> Dated | None:
    """Return the night before a digest whose head names one: "A hard night", "Итоги ночи"."""
    for line in lines[:_HEADINGS]:
        if line.tag("deeds") and not line.is_heading:
            break
        night = line.tag("days", "night")
        by_day = lexicon(line.language).pattern("when", "by_day").search(line.text)
        if line.published is not None and night and not by_day:
            days = DateRange(line.published - _DAY, line.published)
            span = (line.start + night[0].start, line.start + night[0].end)
            return Dated(days, span, "night", "open")
    return None


def _main(lines: Sequence[Line]) -> Dated | None:
    """Return the day of what a report is mainly about: the first that its head tells of a deed.

    Of a digest, the head is what stands before its items.
    """
    for line in lines[:_HEADINGS]:
        nights = [w for w in line.days if w.is_night and w.is_told]
        if nights and (line.is_heading or not line.tag("deeds")):
            return Dated(nights[0].days, span_of(line, nights[0]), nights[0].rule, "likely")
    for line in [one for one in lines if len(one.text) > 40][:_HEAD]:
        if line.is_heading or not line.tag("deeds", *_TOLD):
            continue
        if line.tag("told", "background", "grown_toll"):
            continue
        own = [w for w in line.days if not w.is_same and w.days.days <= NIGHT]
        own = [w for w in own if w.rule not in _ASIDE and not is_of_saying(line, w)]
        own = [w for w in own if not line.published or line.published - w.days.end <= _WEEK]
        if own:
            told = [w for w in own if w.is_told] or own
            first = next((w for w in own if w.is_night), told[0])
            return Dated(days_of(line, first), span_of(line, first), first.rule, "likely")
    return None
