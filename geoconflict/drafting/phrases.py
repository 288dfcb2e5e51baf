"""One sentence of a report and what its words stand for, found when asked for."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property

from geoconflict.drafting.days import When, find_days
from geoconflict.drafting.numbers import Number, find_numbers
from geoconflict.drafting.regions import Region, find_regions
from geoconflict.drafting.sectors import Sector, find_sectors
from geoconflict.drafting.tags import Tag, Tags
from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import any_form, capitals
from geoconflict.reading.mentions import Mention
from geoconflict.reading.passages import Passage
from geoconflict.theatre import Theatre

_DATE = r"(?:\d{{1,2}}\s+{months}\.?(?:\s+\d{{4}})?|{months}\.?\s+\d{{1,2}}(?:,\s*\d{{4}})?)"
_TIME = r"\d{1,2}[:.]\d{2}(?!\d|[.]\d)"
_STOPS = r"[;:()]|\s[–—-]\s"


@dataclass(frozen=True, eq=False)
class Phrase:
    """One sentence and what is seen in it; characters count from its first one.

    ``published`` is the day of the report.
    """

    passage: Passage
    language: str
    published: dt.date | None

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.passage.text

    @property
    def start(self) -> int:
        """Its first character in the report."""
        return self.passage.sentence.start

    @property
    def theatre(self) -> Theatre:
        """The war that it tells of."""
        return self.passage.theatre

    @cached_property
    def tags(self) -> Tags:
        """What its words stand for."""
        return Tags(self.text, self.language)

    def tag(self, section: str, *concepts: str) -> list[Tag]:
        """Return the tags of a section, or of some of its concepts.

        A name is no thing that was struck: Dachne is no dacha, nor the group "Centre" a street.
        """
        found = self.tags.of(section, *concepts)
        if section != "targets":
            return found
        return [tag for tag in found if not self._is_name(tag) and not self._is_of_patients(tag)]

    def _is_of_patients(self, tag: Tag) -> bool:
        """Return whether a hospital is only where those harmed lie: "31 hurt, ten in hospital"."""
        if tag.concept != "hospital":
            return False
        told = [*self.tags.of("deeds", "strike", "damage", "fall", "blast", "burn")]
        told += self.tags.of("toll", "killed", "injured", "people")
        before = [t for t in told if t.end <= tag.start]
        return bool(before) and max(before, key=lambda t: t.end).section == "toll"

    def _is_name(self, tag: Tag) -> bool:
        words = self.text[tag.start : tag.end]
        if not words[0].isupper() or " " in words or words.isupper():
            return False
        if self.text[tag.start - 1 : tag.start] == "«" and self.text[tag.end : tag.end + 1] == "»":
            return True
        return any(start == tag.start and tag.end <= end for start, end in self._villages)

    @cached_property
    def _villages(self) -> list[tuple[int, int]]:
        """Where the names of settlements stand, known ones and others."""
        places = self.passage.places
        return [core(m) for m in places if m.place is None or m.place.kind == "settlement"]

    @cached_property
    def numbers(self) -> list[Number]:
        """The whole numbers in it that are no dates."""
        found = [n for n in find_numbers(self.text, self.language) if n.start >= self.clock]
        return [n for n in found if not any(w.start <= n.start < w.end for w in self.days)]

    @cached_property
    def days(self) -> list[When]:
        """The days that it names."""
        found = find_days(self.tags, published=self.published)
        return [when for when in found if when.start >= self.clock]

    @cached_property
    def regions(self) -> list[Region]:
        """The regions that it names."""
        return find_regions(self.text, self.language)

    @cached_property
    def clauses(self) -> list[int]:
        """Where its clauses begin."""
        return [0, *(match.end() for match in _clauses(self.language).finditer(self.text))]

    def clause(self, at: int) -> int:
        """Return the number of the clause that a character is in."""
        return bisect_right(self.clauses, at) - 1

    def relative(self, at: int) -> int:
        """Return where the relative clause begins that a character is in, 0 where in none."""
        start = self.clauses[self.clause(at)]
        pronoun = lexicon(self.language).pattern("clauses", "relative")
        return start if pronoun.match(self.text, start) else 0

    def is_aside(self, at: int, other: int) -> bool:
        """Return whether a character is in a relative clause that another one is not in."""
        return self.clause(at) != self.clause(other) and self.relative(at) > 0

    @cached_property
    def parts(self) -> list[int]:
        """Where the parts begin that semicolons cut it into."""
        return [0, *(match.end() for match in re.finditer(";", self.text))]

    def part(self, at: int) -> int:
        """Return the number of the part that a character is in."""
        return bisect_right(self.parts, at) - 1

    @cached_property
    def sectors(self) -> list[Sector]:
        """The sectors of the front that it names."""
        return find_sectors(self.text, self.language)

    @cached_property
    def clock(self) -> int:
        """Where the time of day ends that it begins with, 0 where it begins with none."""
        match = clock(self.language).match(self.text)
        return match.end() if match else 0


@cache
def clock(language: str) -> re.Pattern[str]:
    """Return the pattern of a time of day, with a date or without, that an entry begins with."""
    date = _DATE.format(months=any_form(lexicon(language).months))
    return re.compile(rf"\s*(?:[-–—•*]\s*)?(?:(?P<date>{date}),?\s+)?{_TIME}", re.IGNORECASE)


@cache
def _clauses(language: str) -> re.Pattern[str]:
    words = lexicon(language)
    commas = words.any_of("clauses", "after_comma")
    bare = words.any_of("clauses", "bare")
    return re.compile(rf"{_STOPS}|,\s+(?={commas}(?!\w))|(?<!\w)(?={bare}(?!\w))", re.IGNORECASE)


@cache
def reference(language: str, *concepts: str) -> re.Pattern[str]:
    """Return the pattern of words before a place that only says where another one lies."""
    words = lexicon(language)
    lead = (
        rf"{words.any_of('clauses', *concepts)}(?:\s+(?:the|{words.any_of('clauses', 'village')}))?"
    )
    return re.compile(rf"(?<!\w){lead}\s+$", re.IGNORECASE)


def _is_thing_in(mention: Mention) -> bool:
    """Return whether a name is a thing with its place: "склад боеприпасов в Куземовке"."""
    words = mention.text.split()
    return mention.place is None and len(words) > 1 and words[0][0].islower()


def core(mention: Mention) -> tuple[int, int]:
    """Return the characters of the name alone, without "the refinery in" before it."""
    if mention.found != "town_of_facility" and not _is_thing_in(mention):
        return mention.start, mention.end
    words = mention.text.split()
    if words and not words[-1][0].isupper() and words[0][0].isupper():
        # "The Kirzhach arms depot".
        named = re.match(rf"(?:[{capitals()}][\w'’-]*\s*)+", mention.text)
        return mention.start, mention.start + len(named[0].rstrip()) if named else mention.end
    length = len(words[-1]) if words else 0
    for count in range(1, min(4, len(words)) + 1):
        tail = mention.text[mention.text.rfind(words[-count]) :]
        if not tail[0].isupper():
            break
        length = len(tail)
    return mention.end - length, mention.end
