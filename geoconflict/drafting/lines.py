"""A report as lines: each sentence with everything seen in it, found when asked for."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from geoconflict.drafting.days import When, find_days
from geoconflict.drafting.numbers import Number, find_numbers
from geoconflict.drafting.regions import Region, find_regions
from geoconflict.drafting.sectors import Sector, find_sectors
from geoconflict.drafting.tags import Tag, Tags
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.lexicon import lexicon, lexicons
from geoconflict.lexicon.words import adjective_stems, any_form, capitals
from geoconflict.reading.mentions import Mention
from geoconflict.reading.passages import Passage, read_passages

# A town of so many people is meant by its name, whatever else is named so.
_CITY = 50_000
# One of so many is, where no other bears it.
_TOWN = 5_000
# So long is a word for a district after its name.
_DISTRICT = 12
# So many characters of a report tell its language.
_SAMPLE = 3000
# The entries of a live page are of no later days than so long after its head.
_WEEK = dt.timedelta(7)
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n|\n(?=\s*(?:[-–—•*]\s|\d{1,2}[:.]\d{2}|[^\w\s«\"“(\[]))")
_DATE = r"(?:\d{{1,2}}\s+{months}\.?(?:\s+\d{{4}})?|{months}\.?\s+\d{{1,2}}(?:,\s*\d{{4}})?)"
_TIME = r"\d{1,2}[:.]\d{2}(?!\d|[.]\d)"
_NAME_AFTER = re.compile(rf"\s+[{capitals()}][\w'’-]+")
_ABBREVIATION = re.compile(rf"[{capitals()}]{{2,5}}")
_THEATRE = frozenset(("UA", "RU", ""))
_SITE_KINDS = frozenset(("settlement", "facility", "water"))
_HEADING, _MARKS = 130, frozenset('.!?…»")]:;')
_STOPS = r"[;:()]|\s[–—-]\s"


@dataclass(frozen=True)
class Spot:
    """A place that a sentence names: its characters, its name as written, the record if known.

    ``mention`` is what the reading engine made of it, None for a name found in a list; ``unit``
    is the first-level unit of a district, which is no town, empty where it is not known.
    """

    start: int
    end: int
    text: str
    place: Place | None
    mention: Mention | None = None
    unit: str | None = None

    @property
    def is_facility(self) -> bool:
        """Whether it is a facility that the gazetteer has."""
        return self.place is not None and self.place.kind == "facility"


@dataclass(frozen=True, eq=False)
class Line:
    """One sentence and what is seen in it; characters count from its first one.

    ``paragraph`` is the number of the paragraph, ``published`` the day of the report;
    ``is_entry`` tells that the paragraph begins with a time of day, as those of live pages do.
    """

    passage: Passage
    language: str
    paragraph: int
    published: dt.date | None
    is_entry: bool = False

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.passage.text

    @property
    def start(self) -> int:
        """Its first character in the report."""
        return self.passage.sentence.start

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
        return [tag for tag in found if not self._is_name(tag)]

    def _is_name(self, tag: Tag) -> bool:
        if not self.text[tag.start].isupper() or " " in self.text[tag.start : tag.end]:
            return False
        if self.text[tag.start - 1 : tag.start] == "«" and self.text[tag.end : tag.end + 1] == "»":
            return True
        return any(start == tag.start and tag.end <= end for start, end in self._villages)

    @cached_property
    def _villages(self) -> list[tuple[int, int]]:
        """Where the names of settlements stand, known ones and others."""
        places = self.passage.places
        return [_core(m) for m in places if m.place is None or m.place.kind == "settlement"]

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
        return [0, *(match.end() for match in _clause_pattern(self.language).finditer(self.text))]

    def clause(self, at: int) -> int:
        """Return the number of the clause that a character is in."""
        return bisect_right(self.clauses, at) - 1

    def is_aside(self, at: int, other: int) -> bool:
        """Return whether a character is in a relative clause that another one is not in."""
        number = self.clause(at)
        begin = self.clauses[number]
        relative = lexicon(self.language).pattern("clauses", "relative")
        return number != self.clause(other) and relative.match(self.text, begin) is not None

    @cached_property
    def parts(self) -> list[int]:
        """Where the parts begin that semicolons cut it into."""
        return [0, *(match.end() for match in re.finditer(";", self.text))]

    def part(self, at: int) -> int:
        """Return the number of the part that a character is in."""
        return bisect_right(self.parts, at) - 1

    @cached_property
    def spots(self) -> list[Spot]:
        """The places that it names, without regions and countries."""
        found = [one for m in self.passage.places if (one := self._spot(m)) is not None]
        found = sorted([*found, *self._led(found)], key=lambda spot: spot.start)
        towns = {self.clause(spot.start) for spot in found if spot.unit is None}
        # "In Kherson's Dniprovskyi district": the town says more than its district.
        return [one for one in found if one.unit is None or self.clause(one.start) not in towns]

    def _spot(self, mention: Mention) -> Spot | None:
        place = self._town(mention)
        start, end = _core(mention)
        start = self._after_region(start, end)
        known, finder = mention.place, self.passage.finder.gazetteer
        if known and known.kind == "admin2" and known.admin1_code in finder.theatre.city_units:
            # A district of Kyiv or Moscow is the city.
            city = finder.capital(known.admin1_code)
            return Spot(start, mention.end, self.text[start : mention.end], city, mention)
        if known.kind == "admin2" if known else self._is_district(mention):
            unit = (known.admin1_code if known else None) or ""
            return Spot(start, mention.end, self.text[start : mention.end], None, mention, unit)
        if place is not None and (place.kind not in _SITE_KINDS or place.country not in _THEATRE):
            return None
        if any(start < r.end and r.start < end for r in self.regions):
            return None
        if (place is None or place.kind != "facility") and not self._is_place(
            mention, place, start, end
        ):
            return None
        return Spot(start, end, self.text[start:end], place, mention)

    def _led(self, found: Sequence[Spot]) -> Iterator[Spot]:
        """Yield names that only a word for a village before them, or a district after, tells."""
        taken = [(one.start, one.end) for one in found]
        taken += [(one.start, one.end) for one in self.regions]
        taken += [(one.start, one.end) for one in self.sectors]
        taken += [(m.start, m.end) for m in self.passage.mentions]
        taken += [(t.start, t.end) for s in ("bodies", "offices", "sides") for t in self.tag(s)]
        for match in _led_names(self.language).finditer(self.text):
            group = "district" if match["district"] else "name"
            start, end = match.span(group)
            end = min([end, *(r.start for r in self.regions if start < r.start < end)])
            end = start + len(self.text[start:end].rstrip())
            if not any(start < b and a < end for a, b in taken):
                unit = "" if match["district"] else None
                yield Spot(start, end, self.text[start:end], None, unit=unit)

    def _after_region(self, start: int, end: int) -> int:
        """Return where a name begins behind its region: "Sumy region's town of Putyvl"."""
        inside = (r.end for r in self.regions if start <= r.start and r.end < end)
        gap = re.compile(r"['’]?s?\s+(?:\w+\s+of\s+)?(?=[A-Z])")
        match = gap.match(self.text, max(inside, default=end))
        return match.end() if match and match.end() < end else start

    def _is_district(self, mention: Mention) -> bool:
        """Return whether a name is that of a district: "Vygonichi district"."""
        raion = lexicon(self.language).any_of("places", "raion")
        named = rf"\w\s+{raion}(?!\w)"
        text = self.text[mention.start : mention.end + _DISTRICT]
        match = re.search(named, text, re.IGNORECASE)
        return match is not None and match.start() <= mention.end - mention.start

    def _town(self, mention: Mention) -> Place | None:
        """Return the record of a mention; the town where a unit is named without a word for it."""
        place, finder = mention.place, self.passage.finder.gazetteer
        if place is None:
            answer = finder.resolve(mention.text, kind="settlement")
            least = _CITY if len(answer.candidates) > 1 else _TOWN
            is_known = answer.place is not None and (answer.place.population or 0) >= least
            return answer.place if is_known and mention.is_sure else None
        if place.kind != "admin1":
            return place
        if any(mention.start < r.end and r.start < mention.end for r in self.regions):
            return place
        code = place.admin1_code
        return finder.resolve(mention.text, admin1=code, kind="settlement").place or place

    def _is_place(self, mention: Mention, place: Place | None, start: int, end: int) -> bool:
        """Return whether words stand for a place and not for a person, a body or a plain word."""
        deeds = self.tag("deeds", "strike", "take", "lose")
        placed = is_placed(self, start) or any(t.end + 1 == start for t in deeds)
        placed = placed or (is_city(place) and is_aimed_at(self, start))
        followed = any(0 <= r.start - end <= 5 for r in self.regions)
        is_named = not _NAME_AFTER.match(self.text, end) and mention.is_sure
        if not placed and not followed and not is_named:
            return False
        before = self.text[max(0, start - 24) : start]
        if _named_after(self.language).search(before) or self._is_thing(end):
            return False
        is_short = _ABBREVIATION.fullmatch(self.text[start:end])
        if place is None and (is_short or not (placed or followed)):
            return False
        quoted = self.text[max(0, start - 1) : start] in '«"“' and start > 0
        if quoted and (place is None or place.kind == "settlement"):
            # «Луганськ» in quotes is a unit, a ship or a street.
            return False
        beside = [w for w in self.days if 0 <= w.start - end <= 1]
        if place is None and any(not placed or "weekday" in w.rule for w in beside):
            return False
        return not self._is_other(start, end, is_known=place is not None)

    def _is_other(self, start: int, end: int, *, is_known: bool) -> bool:
        """Return whether words are a month, a body, an office, or part of a unit's name."""
        if self.text[start:end].casefold() in lexicon(self.language).months:
            return True
        # "Kyiv denies it" is a government, "a house in Kyiv" and "a strike on Kyiv" a city.
        is_ground = is_placed(self, start) or is_aimed_at(self, start)
        bodies = () if is_ground and is_known else self.tag("bodies")
        taken = [*bodies, *self.tag("offices"), *self.tag("days")]
        taken += self.tag("told", "no_place")
        units = self.tag("told", "no_place", "group_of")
        return any(t.start <= start < t.end and t.end - t.start > 3 for t in taken) or any(
            0 <= t.start - end <= 1 for t in units
        )

    def _is_thing(self, end: int) -> bool:
        """Return whether a name is that of the thing after it: "the Adonis clinic"."""
        return any(0 <= t.start - end <= 1 for t in self.tag("targets")) and self.language == "en"

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading: a short line without a mark at its end."""
        return len(self.text) < _HEADING and self.text.rstrip()[-1:] not in _MARKS

    @cached_property
    def sectors(self) -> list[Sector]:
        """The sectors of the front that it names."""
        return find_sectors(self.text, self.language)

    @property
    def is_clocked(self) -> bool:
        """Whether it is of an entry of a live page, which begins with a time of day."""
        return self.is_entry or self.clock > 0

    @cached_property
    def clock(self) -> int:
        """Where the time of day ends that it begins with, 0 where it begins with none."""
        match = _clock(self.language).match(self.text)
        return match.end() if match else 0


def is_city(place: Place | None) -> bool:
    """Tell whether a name is that of a city, which is meant wherever it stands."""
    return place is not None and (place.population or 0) >= _CITY


def is_placed(line: Line, start: int) -> bool:
    """Return whether a word before a character says that a place follows."""
    before = line.text[max(0, start - 32) : start]
    return bool(_placing(line.language).search(before))


def is_aimed_at(line: Line, start: int) -> bool:
    """Return whether the words before a character aim at what follows: "a strike on", "hit"."""
    before = line.text[max(0, start - 32) : start]
    aimed = lexicon(line.language).any_of("places", "aimed")
    if re.search(rf"(?<!\w){aimed}\s+$", before, re.IGNORECASE):
        return True
    return any(deed.end + 1 == start for deed in line.tag("deeds"))


@cache
def _clock(language: str) -> re.Pattern[str]:
    date = _DATE.format(months=any_form(lexicon(language).months))
    return re.compile(rf"\s*(?:[-–—•*]\s*)?(?:(?P<date>{date}),?\s+)?{_TIME}", re.IGNORECASE)


@cache
def _led_names(language: str) -> re.Pattern[str]:
    """Return the pattern of a name after a word for a village, or of a district's adjective."""
    words = lexicon(language)
    capital = rf"[{capitals()}][\w'’-]+"
    village, raion = words.any_of("places", "rural"), words.any_of("places", "raion")
    adjective = rf"{capital}{adjective_stems()}\w{{1,3}}" if words.script == "Cyrl" else "(?!)"
    return re.compile(
        rf"(?<!\w)(?:(?i:{village})\s+(?P<name>{capital}(?:[\s-]{capital})?)|"
        rf"(?P<district>{adjective}\s+(?i:{raion})))(?!\w)"
    )


@cache
def _named_after(language: str) -> re.Pattern[str]:
    """Return the pattern of words for things that are named after a place and are none."""
    words = lexicon(language).any_of("places", "named_after")
    return re.compile(rf"(?<!\w){words}\s+$", re.IGNORECASE)


@cache
def reference(language: str, *concepts: str) -> re.Pattern[str]:
    """Return the pattern of words before a place that only says where another one lies."""
    words = lexicon(language)
    lead = (
        rf"{words.any_of('clauses', *concepts)}(?:\s+(?:the|{words.any_of('clauses', 'village')}))?"
    )
    return re.compile(rf"(?<!\w){lead}\s+$", re.IGNORECASE)


@cache
def _placing(language: str) -> re.Pattern[str]:
    words = lexicon(language)
    forms = (
        words.any_of("clauses", "near"),
        words.any_of("clauses", "village"),
        words.any_of("clauses", "and"),
        words.any_of("places", "locative"),
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})\s+(?:the\s+)?$", re.IGNORECASE)


@cache
def _clause_pattern(language: str) -> re.Pattern[str]:
    words = lexicon(language)
    commas = words.any_of("clauses", "after_comma")
    bare = words.any_of("clauses", "bare")
    return re.compile(rf"{_STOPS}|,\s+(?={commas}(?!\w))|(?<!\w)(?={bare}(?!\w))", re.IGNORECASE)


def _is_thing_in(mention: Mention) -> bool:
    """Return whether a name is a thing with its place: "склад боеприпасов в Куземовке"."""
    words = mention.text.split()
    return mention.place is None and len(words) > 1 and words[0][0].islower()


def _core(mention: Mention) -> tuple[int, int]:
    """Return the characters of the name alone, without "the refinery in" before it."""
    if mention.found != "town_of_facility" and not _is_thing_in(mention):
        return mention.start, mention.end
    words = mention.text.split()
    length = len(words[-1]) if words else 0
    for count in range(1, min(4, len(words)) + 1):
        tail = mention.text[mention.text.rfind(words[-count]) :]
        if not tail[0].isupper():
            break
        length = len(tail)
    return mention.end - length, mention.end


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
    lines = []
    entry = -1
    for passage in passages:
        number = bisect_right(breaks, passage.sentence.start)
        published = _entry_day(passage.text, main, published)
        clock = _clock(main).match(passage.text)
        entry = number if clock else entry
        if clock is None or clock.end() < len(passage.text.rstrip(" .—–-")):
            lines.append(Line(passage, main, number, published, number == entry))
    return lines


def _entry_day(text: str, language: str, before: dt.date | None) -> dt.date | None:
    """Return the day of an entry of a live page: as it begins with, else that of the one before."""
    match = _clock(language).match(text)
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
