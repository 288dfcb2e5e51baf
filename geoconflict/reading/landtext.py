"""One sentence on land while it is read: its amounts and periods, and what governs which."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.measuring.dates import DateRange
from geoconflict.reading.amounts import Amount, find_unitless_rates
from geoconflict.reading.clauses import Clause, clause_at, find_clauses
from geoconflict.reading.drafts import Draft
from geoconflict.reading.ends import find_ends
from geoconflict.reading.mentions import UNIT, Mention
from geoconflict.reading.numerals import numerals
from geoconflict.reading.passages import Passage
from geoconflict.reading.periods import Period, find_periods

# What speaks against a period for an amount, by how much.
_BETWEEN, _CLAUSE, _AFTER, _ONLY_LENGTH = 3.0, 1.0, 0.5, 0.4


class LandWords:
    """The patterns of land in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.ground = words.pattern("land", "ground")
        self.not_land = words.pattern("land", "not_land")
        self.burn = words.pattern("verbs", "burn")
        self.nobody = words.pattern("land", "nobody")
        self.extent = words.pattern("land", "extent")
        self.busy = words.pattern("verbs", "strike", "launch", "down")
        near = any_of("links", "near")
        self.near_town = Caseless(rf"\s+{near}\s")
        self.daily = words.pattern("periods", "daily")
        decrease, increase = any_of("land", "decrease"), any_of("land", "increase")
        self.change = Caseless(rf"[\s-]*(?:(?P<less>{decrease})|(?P<more>{increase}))(?!\w)")
        self.changed = Caseless(
            rf"(?<!\w){any_of('land', 'change')}(?:\s+[^\W\d]+)?\s*[—–:-]?\s*(?:"
            rf"{any_form(words.forms('hedges'))}\s+)?$"
        )
        number = numerals(words.language).pattern
        month = any_form(words.months)
        # "More than in December (245)".
        self.bracketed = re.compile(r"\s*\(\s*")
        # "490 in October": a bare number with a month of its own.
        self.monthly = Caseless(
            rf"(?<!\w)(?P<low>{number})\s+{any_of('time', 'in')}\s+{month}(?!\w)"
        )
        # "in 2023, when it took 584".
        self.when = Caseless(rf",?\s+{any_of('pointers', 'when')}\s+(?:[^\W\d]+\s+){{0,3}}")
        # "the army that invaded in February": said of it in passing.
        self.relative = Caseless(
            rf"(?<!\w){any_of('pointers', 'relative')}\s+(?:[\w-]+\s+){{0,3}}$"
        )
        joints = any_form(words.forms("links", "or", "that_is"))
        self.apposed = Caseless(
            rf"[\s,–—(:-]*(?:{joints}\s+)?(?:{any_form(words.forms('hedges'))}\s+)?"
        )
        self.counters = {
            name: Caseless(rf"(?<!\w){any_form(forms)}(?!\w)")
            for name, forms in words.values("land", "counters").items()
        }


@cache
def land_words(language: str) -> LandWords:
    """Return the patterns of land of a language."""
    return LandWords(lexicon(language))


@dataclass
class Memory:
    """What the sentences before told of land.

    ``recent`` are the drafts of the last two sentences, ``areas`` and ``counts`` the first area and
    the first count of losses of each period, ``wholes`` the stated areas of whole units, ``year``
    the year named last.
    """

    published: dt.date | None
    recent: list[list[Draft]] = field(default_factory=list)
    areas: dict[DateRange, Draft] = field(default_factory=dict)
    counts: dict[DateRange, Draft] = field(default_factory=dict)
    wholes: dict[str, Draft] = field(default_factory=dict)
    year: int | None = None

    @property
    def drafts(self) -> list[Draft]:
        """The drafts of the last two sentences."""
        return [draft for drafts in self.recent for draft in drafts]

    def add(self, own: list[Draft]) -> None:
        """Remember what a sentence tells."""
        for draft in areas_of(own):
            if draft.days is not None:
                self.areas.setdefault(draft.days, draft)
        for draft in own:
            if draft.kind == "count" and draft.days is not None:
                self.counts.setdefault(draft.days, draft)
        self.recent = [*self.recent[-1:], own]


@dataclass(frozen=True, eq=False)
class LandText:
    """One sentence and what was told before it."""

    passage: Passage
    memory: Memory

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.passage.text

    @property
    def country(self) -> str:
        """The reference of the home country."""
        return f"country:{self.passage.theatre.home}"

    @property
    def words(self) -> LandWords:
        """The patterns of its language."""
        return land_words(self.passage.language)

    @cached_property
    def periods(self) -> list[Period]:
        """The periods that it names."""
        return find_periods(
            self.text,
            language=self.passage.language,
            published=self.memory.published,
            year=self.memory.year,
        )

    @cached_property
    def clauses(self) -> list[Clause]:
        """Its clauses."""
        return find_clauses(self.text, language=self.passage.language)

    @cached_property
    def amounts(self) -> list[Amount]:
        """Its areas, rates and shares, those whose unit goes without saying included."""
        own = [a for a in self.passage.amounts if a.dimension in ("area", "area/time", "share")]
        language = self.passage.language
        areas = [a for a in own if a.dimension == "area"]
        if not areas:
            return own
        bare = [
            a for a in self.passage.unitless if a.dimension == "area" and not self._is_no_land(a)
        ]
        bare += self._monthly(areas, bare)
        rates = find_unitless_rates(self.text, self.passage.amounts, language=language)
        starts = {rate.start for rate in rates}
        more = [*rates, *(a for a in bare if a.start not in starts)]
        return sorted([*own, *more], key=lambda amount: amount.start)

    def _is_no_land(self, amount: Amount) -> bool:
        """Return whether a bare number is a year, a day or a number of people."""
        if any(p.start <= amount.start < p.end for p in self.periods):
            return True
        clause = clause_at(self.clauses, amount.number_start)
        people = self.passage.words.pattern("land", "people")
        return people.search(self.text, clause.start, clause.end) is not None

    def _monthly(self, areas: Sequence[Amount], bare: Sequence[Amount]) -> list[Amount]:
        """Return bare numbers after an area that have a month of their own."""
        taken = [(a.start, a.end) for a in (*self.passage.amounts, *bare)]
        found = []
        for match in self.words.monthly.finditer(self.text):
            start, end = match.span("low")
            value = numerals(self.passage.language).parse(match["low"])
            before = [a for a in areas if a.end <= start]
            is_taken = any(a < end and start < b for a, b in taken)
            if value is not None and value > 1 and before and not is_taken:
                unit = before[-1].unit
                spare = (None, None, start, start, end)
                found.append(Amount(value, None, unit, "", *spare, is_unitless=True))
        return found

    @cached_property
    def units(self) -> list[Mention]:
        """The oblasts and their like that it mentions."""
        return [m for m in self.passage.places if m.rank == UNIT and m.place is not None]

    @cached_property
    def is_of_land(self) -> bool:
        """Whether it speaks of land that is held, won or lost."""
        if self.words.burn.search(self.text):
            return False
        acts = any(clause.actions for clause in self.clauses) or self.words.nobody.search(self.text)
        told = any(draft.kind in ("area", "rate") for draft in self.memory.drafts)
        return bool(acts) or told or self.words.ground.search(self.text) is not None

    def clause(self, amount: Amount) -> Clause:
        """Return the clause that states an amount."""
        return clause_at(self.clauses, amount.number_start)

    def is_about_land(self, amount: Amount) -> bool:
        """Return whether an area can be one of land: not of fires, floors and fields."""
        clause = self.clause(amount)
        span = self.text[clause.start : clause.end]
        is_other = self.words.not_land.search(span) or self.words.burn.search(self.text)
        return not is_other and (self.is_of_land or amount.unit.startswith(("km2", "mi2")))

    def period(self, amount: Amount) -> Period | None:
        """Return the period that governs an amount: the one with the least against it."""
        # "233 in August and 477 in September", "against 490 in October": right behind it.
        own = [
            p for p in self.periods if p.role in ("in", "than") and 0 <= p.start - amount.end <= 1
        ]
        if own:
            return own[0]
        leads = (self.words.when, self.words.bracketed)
        led = [
            p
            for p in self.periods
            if any(lead.fullmatch(self.text, p.end, amount.start) for lead in leads)
        ]
        if led:
            return led[-1]
        rates = [a for a in self.amounts if "/" in a.unit]
        governing = [
            p
            for p in self.periods
            if p.role in ("in", "since") and not any(a.start <= p.start < a.end for a in rates)
        ]
        return min(governing, key=lambda p: self._against(p, amount), default=None)

    def _against(self, period: Period, amount: Amount) -> float:
        """Return how much speaks against a period for an amount."""
        is_after = period.start >= amount.end
        left, right = (amount.end, period.start) if is_after else (period.end, amount.start)
        between = [
            a
            for a in self.amounts
            if a is not amount and left <= a.start < right and a.dimension != "area/time"
        ]
        cuts = sum(left <= c.start < right for c in self.clauses)
        cost = _BETWEEN * len(between) + _CLAUSE * min(cuts, 2) + _AFTER * is_after
        own = self.clause(amount)
        is_own = own.start <= period.start < own.end
        before = self.text[max(0, period.start - 40) : period.start]
        cost += _BETWEEN * (";" in self.text[left:right])
        cost += _BETWEEN * (self.words.relative.search(before) is not None)
        cost += _BETWEEN * (left == period.end and self._is_taken(period, amount))
        return cost + _ONLY_LENGTH * (period.days is None) - 2 * _CLAUSE * is_own

    def _is_taken(self, period: Period, amount: Amount) -> bool:
        """Return whether a period stands right behind another area, which it is then of."""
        others = [a for a in self.amounts if a is not amount and a.end <= period.start]
        gap = self.text[others[-1].end : period.start] if others else ","
        return (
            others[-1].dimension == "area" and not re.search(r"[,;:()]", gap) if others else False
        )

    def unit(self, amount: Amount) -> str | None:
        """Return the unit that land is of, the home country, or None where that is not told."""
        clause = self.clause(amount)
        inside = [m for m in self.units if clause.start <= m.start < clause.end]
        direct = [m for m in inside if m.start >= amount.end and self._is_of(amount.end, m.start)]
        if direct:
            return direct[0].reference
        if self.is_country(amount.end):
            return self.country
        located = [m for m in inside if self._link(m) in ("in", "of", "")]
        different = dict.fromkeys(m.reference for m in located)
        if len(different) > 1:
            return None
        if located and self._names_home(clause):
            return self.country
        if located:
            return located[0].reference
        led = [m for m in self.units if m.end <= clause.start and self._link(m) == "in"]
        is_single = len(dict.fromkeys(m.reference for m in self.units)) == 1
        return led[0].reference if led and is_single and not clause.is_own else self.country

    def names_land(self, clause: Clause) -> bool:
        """Return whether a clause names a unit or the country."""
        inside = [m for m in self.units if clause.start <= m.start < clause.end]
        whole = self.passage.words.pattern("land", "whole")
        return bool(inside) or whole.search(self.text, clause.start, clause.end) is not None

    def _is_of(self, start: int, stop: int) -> bool:
        """Return whether nothing but "of the territory of" stands between."""
        of = self.passage.words.any_of("links", "of", "in")
        ground = self.passage.words.any_of("land", "ground")
        pattern = rf"\s+(?:(?:{of}|{ground}|the)\s+)*"
        return re.fullmatch(pattern, self.text[start:stop], re.IGNORECASE) is not None

    def is_country(self, at: int) -> bool:
        """Return whether "of Ukraine" follows."""
        of, whole = (
            self.passage.words.any_of("links", "of"),
            self.passage.words.any_of("land", "whole"),
        )
        ground = self.passage.words.any_of("land", "ground")
        pattern = rf"\s+(?:(?:{of}|{ground}|the)\s+)*{whole}(?!\w)"
        return re.match(pattern, self.text[at:], re.IGNORECASE) is not None

    def _names_home(self, clause: Clause) -> bool:
        """Return whether "Ukraine and Kursk" is meant as one."""
        joint = self.passage.words.any_of("links", "and")
        home = self.passage.words.any_of("countries", self.passage.theatre.home)
        pattern = rf"(?<!\w){home}\s+{joint}\s"
        return re.search(pattern, self.text[clause.start : clause.end], re.IGNORECASE) is not None

    def _link(self, mention: Mention) -> str:
        return next((e.link for e in find_ends(self.passage) if e.mention is mention), "")

    def counter(self) -> str | None:
        """Return who is said to have counted the land, in this sentence or those before it."""
        around = self.passage.around
        for text in (self.text, *(p.text for p in reversed(around))):
            named = [name for name, p in self.words.counters.items() if p.search(text)]
            if named:
                return named[0]
        return None


def areas_of(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of areas that are no differences."""
    return [d for d in drafts if d.kind == "area" and not isinstance(d.reference, Draft)]


def area_id(text: LandText, land: str) -> str | None:
    """Return the id of the official area of a country or unit by its reference."""
    theatre = text.passage.finder.gazetteer.theatre
    return theatre.area_id(land.partition(":")[2])
