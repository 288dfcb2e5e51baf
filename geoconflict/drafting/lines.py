"""A report as lines: each sentence with everything seen in it, found when asked for."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.drafting.areas import Whereabouts
from geoconflict.drafting.days import find_days
from geoconflict.drafting.phrases import Phrase, clock
from geoconflict.drafting.spots import Spot, find_spots
from geoconflict.drafting.tags import Tags
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.lexicon import lexicon, lexicons
from geoconflict.reading.passages import Passage, read_passages

# So many characters of a report tell its language.
_SAMPLE = 3000
# The entries of a live page are of no later days than so long after its head.
_WEEK = dt.timedelta(7)
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n|\n(?=\s*(?:[-–—•*]\s|\d{1,2}[:.]\d{2}|[^\w\s«\"“(\[]))")
# The towns that a report is of stand among so many lines at its head.
_HEADS = 3
_HEADING, _MARKS = 130, frozenset('.!?…»")]:;')


@dataclass(frozen=True, eq=False)
class Line(Phrase):
    """One sentence as part of a report, with the places that it names.

    ``paragraph`` is the number of the paragraph; ``spots`` are the places that it names, without
    regions and countries; ``is_entry`` tells that the paragraph begins
    with a time of day, as those of live pages do.
    """

    paragraph: int
    spots: list[Spot]
    is_entry: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading: a short line without a mark at its end."""
        return len(self.text) < _HEADING and self.text.rstrip()[-1:] not in _MARKS

    @property
    def is_clocked(self) -> bool:
        """Whether it is of an entry of a live page, which begins with a time of day."""
        return self.is_entry or self.clock > 0


def read_lines(
    text: str, *, gazetteer: Gazetteer, published: dt.date | None, language: str | None = None
) -> list[Line]:
    """Return the sentences of a report in their order.

    Parameters
    ----------
    text : str
        A report.
    gazetteer : Gazetteer
        Where names are looked up.
    published : datetime.date or None
        The day of the report.
    language : str, optional
        ``en``, ``uk`` or ``ru``; default: that of most of the text.
    """
    passages = read_passages(text, gazetteer=gazetteer, date=published, language=language)
    main = language or main_language(passages)
    breaks = [match.start() for match in _PARAGRAPH.finditer(text)]
    lines: list[Line] = []
    known = Whereabouts(gazetteer)
    entry = before = -1
    for passage in passages:
        number = bisect_right(breaks, passage.sentence.start)
        published = _entry_day(passage.text, main, published)
        timed = clock(main).match(passage.text)
        entry = number if timed else entry
        if number != before:
            known.turn()
            before = number
        if timed is None or timed.end() < len(passage.text.rstrip(" .—–-")):
            phrase = Phrase(passage, main, published)
            spots = find_spots(phrase, known)
            towns = [s.place for s in spots if s.place is not None and not s.is_facility]
            known.note(phrase, towns, is_head=len(lines) < _HEADS and len(passage.text) < _HEADING)
            lines.append(Line(passage, main, published, number, spots, is_entry=number == entry))
    return lines


def _entry_day(text: str, language: str, before: dt.date | None) -> dt.date | None:
    """Return the day of an entry of a live page: as it begins with, else that of the one before."""
    match = clock(language).match(text)
    if match is None or match["date"] is None:
        return before
    found = find_days(Tags(match["date"], language), published=before and before + _WEEK)
    return found[0].days.end if found else before


def main_language(passages: Sequence[Passage]) -> str:
    """Return the language of most of a text: by its sentences, then by the words of its events."""
    counts: Counter[str] = Counter()
    for passage in passages:
        counts[passage.sentence.language] += len(passage.text)
    best = counts.most_common(1)[0][0] if counts else "en"
    # Of a language whose words for events are not known, nothing could be drafted.
    known_events = [one for one in lexicons() if one.forms("deeds")]
    rivals = [one for one in known_events if one.script == lexicon(best).script]
    if len(rivals) == 1:
        return rivals[0].language
    text = "\n".join(passage.text for passage in passages)[:_SAMPLE]
    known = {one.language: _known_words(text, one.language) for one in rivals}
    return max(known, key=lambda code: (known[code], code == best))


def _known_words(text: str, language: str) -> int:
    tags = Tags(text, language)
    return sum(len(tags.of(section)) for section in ("deeds", "arms", "targets", "stances"))
