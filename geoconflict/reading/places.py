"""The places that a sentence mentions: names told from their namesakes, and facilities at them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geoconflict.casebooks.records import Certainty, Found
from geoconflict.gazetteer.cases import nominatives
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.reading.mentions import COUNTRY, UNIT, Mention
from geoconflict.reading.naming import NAMES_PLANTS, Name, bare, find_names
from geoconflict.reading.placewords import PlaceWords, place_words
from geoconflict.reading.titles import (
    NO_PLACES,
    has_other_number,
    is_government,
    is_part_of_title,
    is_river,
    is_title,
)

# A depot, a base or a plant lies within this of the town that it is said to be at.
_AT_TOWN_KM = 10.0
# "The Rivne plant" stands 80 km from Rivne.
_OF_TOWN_KM = 90.0
# So far before a place name the facility that stands there can begin.
_FACILITY_REACH = 90


class PlaceFinder:
    """Finds the places that sentences mention.

    Parameters
    ----------
    gazetteer : Gazetteer
        Where names are looked up.
    date : datetime.date, optional
        The day of the report, for names that were official then.
    """

    def __init__(self, gazetteer: Gazetteer, *, date: dt.date | None = None) -> None:
        self.gazetteer = gazetteer
        self.date = date
        self._references: dict[str, str] = {}

    def find(
        self,
        sentence: str,
        *,
        language: str = "en",
        names: Sequence[Name] | None = None,
        context: Sequence[str] = (),
    ) -> list[Mention]:
        """Return the places that a sentence mentions, in their order.

        Parameters
        ----------
        sentence : str
            One sentence.
        language : str
            Whose words it is read by.
        names : sequence of Name, optional
            The names in it; default: as ``find_names`` finds them.
        context : sequence of str
            Names that stand in the sentences before.
        """
        if names is None:
            names = list(find_names(sentence, gazetteer=self.gazetteer, language=language))
        words = place_words(language)
        beside = [*(name.lookup for name in names if name.lookup), *context]
        kept: list[Mention] = []
        for name in names:
            if name.towns:
                kept += self._called_after(sentence, name, beside)
                continue
            last = kept[-1].end if kept else -1
            is_second = last == name.start - 1 and not (
                # "The mayor of Sumy Artem": a person behind the place.
                kept and words.office.search(sentence, 0, kept[-1].start)
            )
            mention = self._mention(sentence, name, beside, words, is_second=is_second)
            if mention is not None and is_river(sentence, mention, words):
                mention = self._as_river(mention, words)
            if mention is not None:
                # "a refinery in Russia's Ryazan region" reaches back over the country.
                since = max([0, *(one.end for one in kept if one.rank < COUNTRY)])
                kept += self._at_facility(sentence, mention, since, words)
        return kept

    def capital(self, country: str) -> Place | None:
        """Return a country's capital: the largest of its cities that are units of their own."""
        codes = self.gazetteer.theatre.city_units
        found = [self.gazetteer.capital(c) for c in sorted(codes) if c.startswith(f"{country}-")]
        places = [place for place in found if place is not None]
        return max(places, key=lambda place: place.population or 0, default=None)

    def placing(self, sentence: str, names: Sequence[Name], *, language: str) -> list[str]:
        """Return the names of a sentence that help to place others: not those of governments."""
        words = place_words(language)
        return [
            name.lookup
            for name in names
            if name.lookup and not is_government(sentence, name.start, name.end, words)
        ]

    def _mention(
        self,
        sentence: str,
        name: Name,
        beside: Sequence[str],
        words: PlaceWords,
        *,
        is_second: bool = False,
    ) -> Mention | None:
        """Return what a name mentions; ``is_second`` tells that another place stands before it."""
        start, end = name.start, name.end
        text = sentence[start:end]
        alias = next((known for form, known in words.aliases if form.fullmatch(text)), None)
        if not (name.lookup or alias):
            reference = f"place:{bare(text)}"
            return Mention("place", start, end, text, reference, is_sure=False, certainty="open")
        # "От Белгорода Харьков лежит": two places, and no person's name.
        is_free = is_second and not words.has_articles
        tests = (t for t in NO_PLACES if not (is_free and t is is_part_of_title))
        if any(test(sentence, start, end, words) for test in tests):
            return None
        # "the region of Saratov" is not the town.
        is_unit = words.of_unit.search(sentence, max(0, start - 20), start)
        asked = f"{bare(name.lookup)} region" if is_unit else alias or name.lookup
        context = [other for other in beside if other != name.lookup]
        found = self.gazetteer.resolve(asked, context=context, date=self.date)
        if found.status == "unknown":
            return _unknown(sentence, name, words)
        if (
            found.fact
            and found.fact.code == "place_is_word"
            and words.locative.search(sentence, max(0, start - _FACILITY_REACH), start)
        ):
            found = self.gazetteer.resolve(
                asked, context=context, date=self.date, kind="settlement"
            )
        if is_title(sentence, name, found.place, words):
            return None
        if found.place is not None and has_other_number(sentence, start, found.place):
            return _unknown(sentence, name, words)
        if found.place is not None and found.place.kind == "facility":
            end = words.own_kind.match(sentence, end).end()  # type: ignore[union-attr] # may be empty
            text = sentence[start:end]
        reference = self.reference(found.place) if found.place else f"place:{bare(name.lookup)}"
        is_sure = not is_government(sentence, start, end, words)
        certainty: Certainty = "certain" if len(found.candidates) == 1 else "likely"
        if found.place is None:
            certainty = "open"
        mention = Mention(
            "place", start, end, text, reference, found.place, is_sure, certainty=certainty
        )
        return self._at_town_of_all(mention, [one.place for one in found.candidates])

    def _at_town_of_all(self, mention: Mention, places: Sequence[Place]) -> Mention:
        """Return a name that several facilities of one town bear as somewhere at that town.

        "A Bashneft refinery in Ufa" is one of three.
        """
        towns = {(place.town, place.admin1_code) for place in places if place.kind == "facility"}
        are_all = all(place.kind == "facility" for place in places)
        if mention.place is not None or len(places) < 2 or len(towns) != 1 or not are_all:
            return mention
        name, admin1 = towns.pop()
        town = self.gazetteer.resolve(name, admin1=admin1, kind="settlement").place
        if town is None:
            return mention
        at_town = replace(mention, place=town, reference=self.reference(town), is_sure=True)
        return replace(at_town, reach_km=_AT_TOWN_KM, found="town_of_facility")

    def _as_river(self, mention: Mention, words: PlaceWords) -> Mention | None:
        """Return a mention as that of a river, None where it is one that is not known."""
        name = bare(mention.text)
        full = (words.river_name.replace("*", form) for form in (name, *nominatives(name)))
        found = (self.gazetteer.resolve(one, kind="water").place for one in full)
        river = next((place for place in found if place is not None), None)
        if river is None:
            return None if words.has_articles else mention
        return replace(mention, place=river, reference=self.reference(river))

    def _at_facility(
        self, sentence: str, mention: Mention, since: int, words: PlaceWords
    ) -> list[Mention]:
        """Return a mention as the facility that the words around it say, if one fits.

        A facility with a name or number of its own, which the gazetteer does not know, stands
        beside the unit that it is said to be in.
        """
        place = mention.place
        if place is not None and place.kind not in ("settlement", "admin1"):
            return [mention]
        reach = max(since, mention.start - _FACILITY_REACH)
        is_likely = words.any_kind.search(sentence, reach, mention.start) is not None
        at = words.facility_at.search(sentence[reach : mention.start]) if is_likely else None
        if at is None:
            return [self._named_after(sentence, mention, words)]
        start = reach + at.start("what")
        own = words.own.search(sentence[max(0, start - 40) : start])
        is_own = own is not None and own[0].strip().casefold() not in words.not_names
        if own is not None and is_own and not words.country.fullmatch(own[0].strip()):
            return self._own_facility(sentence, mention, (start, reach + at.end("what")), own[0])
        wider = replace(mention, start=start, text=sentence[start : mention.end])
        if place is None:
            return [wider]
        found, how = self._facility(at["what"], at["operator"] or "", place, words)
        if found is not None:
            return [replace(wider, place=found, reference=self.reference(found), found=how)]
        at_town = replace(wider, reach_km=_AT_TOWN_KM, found="town_of_facility")
        return [at_town if place.kind == "settlement" else wider]

    def _own_facility(
        self, sentence: str, mention: Mention, span: tuple[int, int], own: str
    ) -> list[Mention]:
        """Return a facility with a name of its own, and the town or unit that it is said to be in.

        What differs from the known facility is never taken for it: the whole name is looked up,
        else it is at the town that is named, else it is not known.
        """
        start = span[0] - len(own)
        text = sentence[start : mention.end]
        known = self.gazetteer.resolve(text, kind="facility").place
        if known is not None:
            reference = self.reference(known)
            return [replace(mention, start=start, text=text, place=known, reference=reference)]
        if mention.rank == 1 and mention.place is not None:
            at_town = replace(mention, reach_km=_AT_TOWN_KM, found="town_of_facility")
            return [replace(at_town, start=start, text=text)]
        name = sentence[start : span[1]]
        town = self.gazetteer.resolve(own.strip(), kind="settlement", date=self.date).place
        if town is not None and mention.place is not None:
            is_here = town.admin1_code == mention.place.admin1_code
            found = Mention("place", start, span[1], name, self.reference(town), town)
            if is_here:
                at_town = replace(found, reach_km=_AT_TOWN_KM, found="town_of_facility")
                return [replace(at_town, certainty="likely"), mention]
        reference = f"place:{bare(name)}"
        unknown = Mention("place", start, span[1], name, reference, certainty="open")
        return [unknown, mention]

    def _called_after(self, sentence: str, name: Name, beside: Sequence[str]) -> Iterator[Mention]:
        """Yield a facility that bears the adjective of a town: it is somewhere at that town.

        One that bears a unit's as well, as "Курский завод" may, stands farther from its capital,
        and one that only the unit's capital does not share is not placed.
        """
        found = {}
        for one in name.towns:
            told = self.gazetteer.resolve(one, context=beside, date=self.date, kind="settlement")
            if told.status == "ambiguous":
                return
            if told.place is not None and (told.place.population or 0) >= NAMES_PLANTS:
                found[told.place.id] = told.place
        if len(found) != 1:
            return
        (town,) = found.values()
        units = [self.gazetteer.resolve(one, kind="admin1").place for one in name.towns]
        codes = {unit.admin1_code for unit in units if unit is not None}
        if any(self.gazetteer.capital(code) != town for code in codes):
            return
        text = sentence[name.start : name.end]
        reach_km = _OF_TOWN_KM if codes else _AT_TOWN_KM
        mention = Mention("place", name.start, name.end, text, self.reference(town), town)
        at_town = replace(mention, reach_km=reach_km, found="town_of_facility")
        yield replace(at_town, certainty="likely")

    def _named_after(self, sentence: str, mention: Mention, words: PlaceWords) -> Mention:
        """Return the facility that is called like a town: "the airfield Khanskaya".

        The gazetteer does not know it: it is somewhere at the town, and a plant around it.
        """
        if mention.rank != 1 or mention.place is None:
            return mention
        plant = words.plant_of.match(sentence, mention.end)
        if plant is not None:
            text = sentence[mention.start : plant.end()]
            at_town = replace(mention, end=plant.end(), text=text, found="town_of_facility")
            return replace(at_town, reach_km=_OF_TOWN_KM)
        kind = words.kind_before.search(sentence[max(0, mention.start - 40) : mention.start])
        if kind is None:
            return mention
        start = mention.start - len(kind[0])
        text = sentence[start : mention.end]
        return replace(
            mention, start=start, text=text, reach_km=_AT_TOWN_KM, found="town_of_facility"
        )

    def _facility(
        self, what: str, operator: str, place: Place, words: PlaceWords
    ) -> tuple[Place | None, Found]:
        """Return the facility of a kind in a town or unit, and how it was found; else None."""
        if place.kind == "admin1":
            only = self.gazetteer.facilities(what, admin1=place.admin1_code)
            if len(only) != 1:
                return None, "named"
            return only[0], "only_facility"
        if not operator and words.generic.fullmatch(what):
            return None, "named"
        named = f"{operator} {what} in {place.name}".strip()
        admin1 = place.admin1_code or None
        is_field = words.airfield.search(what) is not None
        asked = [named, f"{place.name} air base"] if is_field else [named]
        found = (self.gazetteer.resolve(n, kind="facility", admin1=admin1).place for n in asked)
        named_so = next((one for one in found if one is not None), None)
        if named_so is not None or operator or not admin1:
            return named_so, "named"
        town = {place.name, *(name for names in place.names.values() for name in names)}
        there = [f for f in self.gazetteer.facilities(what, admin1=admin1) if f.town in town]
        return (there[0], "only_facility") if len(there) == 1 else (None, "named")

    def reference(self, place: Place) -> str:
        """Return what names a place in a table, readable and not to be mistaken."""
        if place.id not in self._references:
            self._references[place.id] = self._named(place)
        return self._references[place.id]

    def _named(self, place: Place) -> str:
        by_kind = {"country": f"border:{place.country}", "admin1": f"admin1:{place.admin1_code}"}
        if place.kind in by_kind:
            return by_kind[place.kind]
        if place.id.startswith(("facility:", "village:", "water:")):
            return place.id
        for code in (place.country, place.admin1_code):
            text = f"{place.name}, {code}" if code else place.name
            if self.gazetteer.resolve(text).place == place:
                return f"place:{text}"
        return place.id if place.id.startswith("geonames:") else f"place:{bare(place.name)}"


def _unknown(sentence: str, name: Name, words: PlaceWords) -> Mention | None:
    """Return a name that nothing bears as a place all the same where the words before say so."""
    before = sentence[max(0, name.start - 60) : name.start]
    if words.before_unknown.search(before) is None:
        return None
    text = sentence[name.start : name.end]
    reference = f"place:{bare(text)}"
    span = name.start, name.end
    return Mention("place", *span, text, reference, is_sure=False, certainty="open")


def is_unit(mention: Mention) -> bool:
    """Return whether a mention is an oblast or its like, with a record."""
    return mention.rank == UNIT and mention.place is not None
