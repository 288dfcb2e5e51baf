"""The places that a sentence names: settlements, facilities, waters and districts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from geoconflict.drafting.areas import (
    CITY,
    Area,
    Whereabouts,
    find_areas,
    find_capital,
    is_city,
    quarter_cities,
)
from geoconflict.drafting.origins import find_origins
from geoconflict.drafting.phrases import Phrase, core
from geoconflict.drafting.regions import is_adjective
from geoconflict.gazetteer.places import Place
from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import any_form, capitals
from geoconflict.reading.mentions import Mention

# One of so many is, where no other bears it.
_TOWN = 5_000
# So near its district stands a town that says more.
_BESIDE = 22
# What is called by the town that it is at: a clinic or a shop can be called by any word.
_CALLED_BY_TOWN = frozenset(
    ("arsenal", "oil_depot", "refinery", "airfield", "power_plant", "substation", "port")
)
_ROUTE = re.compile(r"[«\"“][^«»\"“”]+\s?[—–-]\s?[^«»\"“”]+[»\"”]")
_NAME_AFTER = re.compile(rf"\s+[{capitals()}][\w'’-]+")
_ABBREVIATION = re.compile(rf"[{capitals()}]{{2,5}}")
_SITE_KINDS = frozenset(("settlement", "facility", "water"))


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


def find_spots(phrase: Phrase, known: Whereabouts) -> list[Spot]:
    """Return the places that a sentence names, without regions and countries, in their order.

    Parameters
    ----------
    phrase : Phrase
        The sentence.
    known : Whereabouts
        What the report named before, which tells whose district or quarter one is.
    """
    return _Finder(phrase, known).find()


class _Finder:
    """Looks for the places of one sentence."""

    def __init__(self, phrase: Phrase, known: Whereabouts) -> None:
        self.phrase, self.text, self.language = phrase, phrase.text, phrase.language
        self.known = known
        self.areas = find_areas(phrase)

    def find(self) -> list[Spot]:
        found = [one for m in self.phrase.passage.places if (one := self._spot(m)) is not None]
        taken = [*find_origins(self.phrase), *((s.start, s.end) for s in self.phrase.sectors)]
        found = [s for s in found if not any(a <= s.start < b for a, b in taken)]
        found = [self._in_city(spot, found) for spot in [*found, *self._led(found)]]
        for area in self.areas:
            towns = [s for s in found if s.place is not None and not s.is_facility]
            near = sorted(towns, key=lambda s: (s.start > area.start, abs(s.start - area.start)))
            told = [s.place for s in near if s.place]
            place = self.known.place(self.phrase, area, told)
            if place is None and area.kind in ("bare", "quarter"):
                continue
            found = [s for s in found if s.place or s.end <= area.start or area.end <= s.start]
            if any(s.place == place or self._is_beside(area, s) for s in towns):
                continue
            if any(s.place is None and self._is_beside(area, s) for s in found):
                continue
            if self._is_scene(area, found):
                continue
            unit = None if place else self.known.unit(self.phrase, area, told) or ""
            text = self.text[area.start : area.end]
            found.append(Spot(area.start, area.end, text, place, unit=unit))
        found += self._capital(found)
        return sorted(found, key=lambda spot: spot.start)

    def _capital(self, found: Sequence[Spot]) -> Iterator[Spot]:
        """Yield the capital where something is told to be in it or done to it, and it has no name.

        "The mayor of the capital" is no place where something happened.
        """
        capital = find_capital(self.phrase)
        if capital is None or any(s.place == capital[2] for s in found):
            return
        start, end, place = capital
        near = lexicon(self.language).any_of("clauses", "near")
        before, deeds = self.text[:start], self.phrase.tag("deeds")
        is_in = re.search(rf"(?<!\w){near}\s+(?:[^\W\d]+\s+)?$", before, re.IGNORECASE)
        if is_in or any(start - deed.end == 1 or deed.start - end == 1 for deed in deeds):
            yield Spot(start, end, self.text[start:end], place)

    def _is_scene(self, area: Area, found: Sequence[Spot]) -> bool:
        """Return whether a district at the head only says where the villages behind it lie.

        "In Krasnaya Yaruga district a rocket hit the village of Ilek-Penkovka".
        """
        if area.kind in ("bare", "quarter"):
            return False
        near = lexicon(self.language).any_of("links", "in")
        is_led = re.fullmatch(
            rf"\W*(?:[^\W\d]+\s+)?{near}\s+(?:the\s+)?", self.text[: area.start], re.IGNORECASE
        )
        villages = [s for s in found if s.start >= area.end and s.unit is None]
        return is_led is not None and bool(villages)

    def _is_beside(self, area: Area, town: Spot) -> bool:
        """Return whether a town beside its district says more: "посёлке О. Н-ского района"."""
        gap = self.text[min(area.end, town.end) : max(area.start, town.start)]
        return (
            len(gap) <= _BESIDE and re.fullmatch(r"[\s,(]*(?:[^\W\d_]+\s+){0,3}", gap) is not None
        )

    def _in_city(self, spot: Spot, found: Sequence[Spot]) -> Spot:
        """Return the city of a quarter that is called like a village: "на Оболоні"."""
        cities = quarter_cities(spot.text) if spot.place is None or not is_city(spot.place) else ()
        places = [s.place for s in found if s.place is not None]
        told = [*places, *self.known.all_told]
        city = next((p for p in told if (p.name, p.admin1_code) in cities), None)
        return replace(spot, place=city, mention=None) if city else spot

    def _spot(self, mention: Mention) -> Spot | None:
        place = self._town(mention)
        start, end = core(mention)
        start = self._after_region(start, end)
        areas = [a for a in self.areas if a.kind != "bare"]
        covered = [a for a in areas if a.start < mention.end and start < a.end]
        is_town = mention.place is not None and mention.place.kind == "settlement"
        if covered and not (is_town and covered[0].end < mention.end):
            return None
        if place is not None and not self._is_told(place):
            return None
        if any(start < r.end and r.start < end for r in self.phrase.regions):
            return None
        if is_adjective(self.text[start:end], self.language):
            return None
        if (place is None or place.kind != "facility") and not self._is_place(
            mention, place, start, end
        ):
            return None
        return Spot(start, end, self.text[start:end], place, mention)

    def _is_told(self, place: Place) -> bool:
        """Return whether a place is of those that events are told of."""
        return place.kind in _SITE_KINDS and place.country in (*self.phrase.theatre.sides, "")

    def _led(self, found: Sequence[Spot]) -> Iterator[Spot]:
        """Yield names that only a word for a village before them tells."""
        taken = [(one.start, one.end) for one in found]
        taken += [(one.start, one.end) for one in self.phrase.regions]
        taken += [(one.start, one.end) for one in self.phrase.sectors]
        taken += [(m.start, m.end) for m in self.phrase.passage.mentions]
        taken += [(one.start, one.end) for one in self.areas]
        taken += [
            (t.start, t.end) for s in ("bodies", "offices", "sides") for t in self.phrase.tag(s)
        ]
        for match in _led_names(self.language).finditer(self.text):
            start, end = match.span("name")
            inside = [one.start for one in self.phrase.regions]
            inside += [one.start for one in self.phrase.tag("arms")]
            end = min([end, *(at for at in inside if start < at < end)])
            end = start + len(self.text[start:end].rstrip())
            if not any(start < b and a < end for a, b in taken):
                yield Spot(start, end, self.text[start:end], None)

    def _after_region(self, start: int, end: int) -> int:
        """Return where a name begins behind its region: "Sumy region's town of Putyvl"."""
        inside = (r.end for r in self.phrase.regions if start <= r.start and r.end < end)
        gap = re.compile(r"['’]?s?\s+(?:\w+\s+of\s+)?(?=[A-Z])")
        match = gap.match(self.text, max(inside, default=end))
        return match.end() if match and match.end() < end else start

    def _town(self, mention: Mention) -> Place | None:
        """Return the record of a mention; the town where a unit is named without a word for it."""
        place, finder = mention.place, self.phrase.passage.finder.gazetteer
        if place is None:
            answer = finder.resolve(mention.text, kind="settlement")
            least = CITY if len(answer.candidates) > 1 else _TOWN
            is_known = answer.place is not None and (answer.place.population or 0) >= least
            return answer.place if is_known and mention.is_sure else None
        if place.kind != "admin1":
            return place
        if any(mention.start < r.end and r.start < mention.end for r in self.phrase.regions):
            return place
        code = place.admin1_code
        return finder.resolve(mention.text, admin1=code, kind="settlement").place or place

    def _is_place(self, mention: Mention, place: Place | None, start: int, end: int) -> bool:
        """Return whether words stand for a place and not for a person, a body or a plain word."""
        deeds = self.phrase.tag("deeds", "strike", "take", "lose")
        placed = is_placed(self.phrase, start) or any(t.end + 1 == start for t in deeds)
        is_struck = is_city(place) or bool(self.phrase.tag("deeds", "strike"))
        placed = placed or (is_struck and is_aimed_at(self.phrase, start))
        followed = any(0 <= r.start - end <= 5 for r in self.phrase.regions)
        is_named = not _NAME_AFTER.match(self.text, end) and mention.is_sure
        if not placed and not followed and not is_named:
            return False
        before = self.text[max(0, start - 24) : start]
        is_thing = self._is_thing(start, end) and not (
            mention.is_sure and self._is_site(place, end)
        )
        is_named_after = _named_after(self.language).search(before) is not None
        if is_thing or is_named_after or self._is_ship_or_route(start) or self._is_who_says(start):
            return False
        is_short = _ABBREVIATION.fullmatch(self.text[start:end])
        if place is None and (is_short or not (placed or followed)):
            return False
        quoted = self.text[max(0, start - 1) : start] in '«"“' and start > 0
        if quoted and (place is None or place.kind == "settlement"):
            # «Луганськ» in quotes is a unit, a ship or a street.
            return False
        beside = [w for w in self.phrase.days if 0 <= w.start - end <= 1]
        if place is None and any(not placed or "weekday" in w.rule for w in beside):
            return False
        return not self._is_other(start, end, is_known=place is not None)

    def _is_other(self, start: int, end: int, *, is_known: bool) -> bool:
        """Return whether words are a month, a body, an office, or part of a unit's name."""
        if self.text[start:end].casefold() in lexicon(self.language).months:
            return True
        if any(number.start == start and number.end == end for number in self.phrase.numbers):
            return True
        # "Kyiv denies it" is a government, "a house in Kyiv" and "a strike on Kyiv" a city.
        is_ground = is_placed(self.phrase, start) or is_aimed_at(self.phrase, start)
        alias = any_form(lexicon(self.language).values("places", "aliases"))
        if re.fullmatch(alias, self.text[start:end], re.IGNORECASE):
            # "In the Kremlin they said" is who speaks.
            is_ground = is_aimed_at(self.phrase, start)
        bodies = () if is_ground and is_known else self.phrase.tag("bodies")
        taken = [*bodies, *self.phrase.tag("offices"), *self.phrase.tag("days")]
        taken += self.phrase.tag("told", "no_place")
        units = self.phrase.tag("told", "no_place", "group_of")
        return any(t.start <= start < t.end and t.end - t.start > 3 for t in taken) or any(
            0 <= t.start - end <= 1 for t in units
        )

    def _is_ship_or_route(self, start: int) -> bool:
        """Return whether a name is that of the ship before it, or an end of a route in quotes.

        "The frigate Sevastopol"; a train «Kyiv — Kramatorsk».
        """
        ships = self.phrase.tag("targets", "ship")
        routes = (match.span() for match in _ROUTE.finditer(self.text))
        return any(0 <= start - s.end <= 1 for s in ships) or any(a <= start < b for a, b in routes)

    def _is_who_says(self, start: int) -> bool:
        """Return whether a name stands right behind its verb: "заявил Владимиров"."""
        claiming = lexicon(self.language).pattern("moods", "claiming")
        said = [t for t in self.phrase.tag("stances") if start - t.end == 1]
        return any(not claiming.fullmatch(self.text, t.start, t.end) for t in said)

    def _is_site(self, place: Place | None, end: int) -> bool:
        """Return whether a town names the depot or plant at it: "the Kirzhach arms depot"."""
        things = (t for t in self.phrase.tag("targets") if 0 <= t.start - end <= 1)
        is_town = place is not None and place.kind == "settlement"
        return is_town and any(t.concept in _CALLED_BY_TOWN for t in things)

    def _is_thing(self, start: int, end: int) -> bool:
        """Return whether a name is that of the thing after it, or part of one.

        "The Adonis clinic"; "port infrastructure", though a village is called Port.
        """
        things = self.phrase.tags.of("targets")
        return any(t.start <= start and end < t.end for t in things) or (
            any(0 <= t.start - end <= 1 for t in self.phrase.tag("targets"))
            and self.language == "en"
        )


def is_placed(phrase: Phrase, start: int) -> bool:
    """Return whether a word before a character says that a place follows."""
    before = phrase.text[max(0, start - 32) : start]
    return bool(_placing(phrase.language).search(before))


def is_aimed_at(phrase: Phrase, start: int) -> bool:
    """Return whether the words before a character aim at what follows: "a strike on", "hit"."""
    before = phrase.text[max(0, start - 32) : start]
    aimed = lexicon(phrase.language).any_of("places", "aimed")
    if re.search(rf"(?<!\w){aimed}\s+$", before, re.IGNORECASE):
        return True
    return any(deed.end + 1 == start for deed in phrase.tag("deeds"))


@cache
def _led_names(language: str) -> re.Pattern[str]:
    """Return the pattern of a name after a word for a village."""
    capital = rf"[{capitals()}][\w'’-]+"
    village = lexicon(language).any_of("places", "rural")
    return re.compile(rf"(?<!\w)(?i:{village})\s+(?P<name>{capital}(?:[\s-]{capital})?)(?!\w)")


@cache
def _named_after(language: str) -> re.Pattern[str]:
    """Return the pattern of words for things that are named after a place and are none."""
    words = lexicon(language).any_of("places", "named_after")
    return re.compile(rf"(?<!\w){words}\s+$", re.IGNORECASE)


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
