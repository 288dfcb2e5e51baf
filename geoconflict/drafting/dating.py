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
from geoconflict.measuring.dates import DateRange

_DAY = dt.timedelta(1)
_NOON = 12
# "as of 22.00", "станом на 08:00", and no date such as 04.12.2024.
_HOUR = re.compile(r"(?<![\d.:])([01]?\d|2[0-4])[:.][0-5]\d(?![.\d])")
# The head of a report says its main day within so many sentences.
_HEAD = 6
_HEADINGS = 3
_SHORT = 40
# So many entries with a time make a live page, so many items with a sign a digest.
_ENTRIES = 4
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
        is_digest = len({line.paragraph for line in lines if _is_bullet(line)}) >= _ENTRIES
        self.main = None if self.is_live else _main(lines, only_headings=is_digest)
        self.summed_up: dt.date | None = None
        self.here: Dated | None = None
        self.last: Dated | None = None

    def turn(self) -> None:
        """Begin a new paragraph: what its sentences before said of the day no longer holds."""
        self.here = None

    def sums_up(self, heading: Sequence[Line]) -> None:
        """Take the heading of a staff: in the morning it sums up the day before, later its own."""
        published = heading[0].published
        if published is None:
            return
        hours = [int(m[1]) for line in heading for m in _HOUR.finditer(line.text)]
        is_later = bool(hours) and hours[0] >= _NOON
        self.summed_up = published if is_later else published - _DAY

    def note(self, line: Line) -> None:
        """Keep the day that a short sentence names on its own: "Same night."."""
        if len(line.days) != 1 or len(line.text) > _SHORT or line.tag("deeds") or line.is_clocked:
            return
        own = line.days[0]
        if not (own.is_night or own.is_same) or (own.is_same and self.last is None):
            return
        days = self._same(line, own).days if own.is_same else _days(line, own)
        self.here = Dated(days, _span(line, own), own.rule, "likely")

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
        own = _own(line, at)
        if own is not None and own.is_same and self.last is not None:
            dated: Dated | None = self._same(line, own)
        elif own is not None and not own.is_same:
            dated = Dated(_days(line, own), _span(line, own), own.rule, _surety(line, own, at))
        elif event.days is not None and "date_start" in event.cells:
            return None
        else:
            dated = self._carried(line, at)
        if dated is not None and self.summed_up and dated.rule.startswith("the past day"):
            dated = replace(dated, days=DateRange(self.summed_up, self.summed_up))
        if dated is None:
            return None
        if not event.is_background and own is not None:
            self.here = dated
        self.last = dated
        return dated

    def is_background(self, line: Line, at: int) -> bool:
        """Return whether a deed is told as one that went before, as context."""
        tags = line.tag("told", "background")
        near = [t for t in tags if line.part(t.start) == line.part(at)]
        near = [t for t in near if not _is_then(line, t)]
        return any(t.start <= at + 60 or line.clause(t.start) == line.clause(at) for t in near)

    def _same(self, line: Line, own: When) -> Dated:
        """Return the day, or the night, of what was told before."""
        last = self.last.days if self.last else own.days
        words = line.text[own.start : own.end].casefold()
        is_night = any(word in words for word in ("night", "ноч", "ніч", "ночі"))
        days = last if is_night else DateRange(last.end, last.end)
        return Dated(days, _span(line, own), own.rule, "likely")

    def _carried(self, line: Line, at: int) -> Dated | None:
        if self.here is not None:
            return Dated(self.here.days, self.here.span, f"{self.here.rule}, told before", "likely")
        if self.main is not None and not self.is_live and not line.is_heading:
            return Dated(
                self.main.days, self.main.span, f"{self.main.rule}, told at the head", "likely"
            )
        if line.published is None:
            return None
        told = self.summed_up or line.published
        day = DateRange(told, told)
        certainty: Certainty = "likely" if self.is_live and line.is_clocked else "open"
        # No word tells the day: the one that tells the deed stands for the report.
        word = re.compile(r"\w*").match(line.text, at)
        end = word.end() if word else at
        return Dated(day, (line.start + at, line.start + end), "day of the report", certainty)


def _surety(line: Line, own: When, at: int) -> Certainty:
    """Return how sure a day is: certain where it is the one date of the deed's own clause."""
    told = [when for when in line.days if when.is_told or when.is_same]
    is_own = line.clause(own.start) == line.clause(at) and len(told) == 1
    return "certain" if own.is_told and is_own else "likely"


def _is_then(line: Line, tag: Tag) -> bool:
    """Return whether words are a plain "then" within a sentence: "яка тоді була"."""
    is_first = not line.text[: tag.start].strip(" ,—–-") or line.text[: tag.start].endswith(": ")
    return line.text[tag.start : tag.end].casefold() in ("тоді", "тогда") and not is_first


def _own(line: Line, at: int) -> When | None:
    """Return the day that a deed's own sentence names for it."""
    found = line.days
    if not found:
        return None
    part = [w for w in found if line.part(w.start) == line.part(at)] or found
    clause = [w for w in part if line.clause(w.start) == line.clause(at)]
    near = clause or [w for w in part if w.is_told or w.is_night or w.is_same]
    if not near:
        return None
    told = [w for w in near if w.is_night] or [w for w in near if w.is_told]
    told = told or [w for w in near if w.rule != "today"] or near
    return min(told, key=lambda w: abs(w.start - at))


def _days(line: Line, own: When) -> DateRange:
    """Return the days of "overnight" beside a date or weekday: the night before that day."""
    if not own.is_night or own.is_told:
        return own.days
    beside = [w for w in line.days if w.is_told and not w.is_night and w.days.days == 1]
    beside = [w for w in beside if abs(w.start - own.end) < 12 or abs(own.start - w.end) < 12]
    if not beside:
        return own.days
    day = beside[0].days.end
    return DateRange(day - _DAY, day)


def _span(line: Line, when: When) -> tuple[int, int]:
    return line.start + when.start, line.start + when.end


def _is_bullet(line: Line) -> bool:
    """Return whether a line begins with a sign, as the items of a channel's digest do."""
    first = line.text.lstrip()[:1]
    return bool(first) and not first.isalnum() and first not in "«\"“'(["


def _main(lines: Sequence[Line], *, only_headings: bool) -> Dated | None:
    """Return the day of what a report is mainly about: the first that its head tells of a deed."""
    for line in lines[:_HEADINGS]:
        nights = [w for w in line.days if w.is_night and w.is_told]
        if nights and line.is_heading:
            return Dated(nights[0].days, _span(line, nights[0]), nights[0].rule, "likely")
    if only_headings:
        return None
    for line in [one for one in lines if len(one.text) > 40][:_HEAD]:
        if line.is_heading or not line.tag("deeds", *_TOLD):
            continue
        if line.tag("told", "background"):
            continue
        own = [w for w in line.days if not w.is_same]
        if own:
            first = next((w for w in own if w.is_night), own[0])
            return Dated(_days(line, first), _span(line, first), first.rule, "certain")
    return None
