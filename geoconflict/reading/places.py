"""The places that a sentence mentions: names told from their namesakes, and facilities at them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from geoconflict.casebooks.records import Certainty, Found
from geoconflict.gazetteer.cases import nominatives
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.lexicon import AnyCase, Caseless, Lexicon, any_form, capitals, lexicon
from geoconflict.reading.mentions import COUNTRY, UNIT, Mention
from geoconflict.reading.naming import NAMES_PLANTS, Name, bare, find_names

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NUMBER_BEFORE = re.compile(r"(?<!\d)(\d{1,4})(?:st|nd|rd|th|-[^\W\d_]+)\s$")
_WORD_BEFORE = re.compile(r"(?:^|\s)([^\W\d_][\w'’.-]*)\s$")
_GUILLEMETS = ("«", "»")
_OPENING, _CLOSING = frozenset("\"'“‘„"), frozenset("\"'”’")
# A depot, a base or a plant lies within this of the town that it is said to be at.
_AT_TOWN_KM = 10.0
# "The Rivne plant" stands 80 km from Rivne.
_OF_TOWN_KM = 90.0
_TITLE_REACH = 40
# So far before a place name the facility that stands there can begin.
_FACILITY_REACH = 90


class _PlaceWords:
    """Patterns of the words around place names in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        kinds = any_form(words.forms("facilities"))
        self.any_kind = Caseless(rf"(?<!\w){kinds}(?!\w)")
        towns = frozenset(words.forms("facilities", "port", "railway_station", "base"))
        within = rf"(?:(?:{any_of('places', 'within')})\s+){{0,2}}"
        attributes = rf"(?:(?:{any_of('places', 'attributes')}|{any_of('lines', 'sides')})\s+)*"
        at = rf"(?:{any_of('links', 'in', 'near', 'of')}|at|near|of|outside)"
        # "a refinery in [Ryazan]", "a plant of Lukoil in [Komi]".
        self.facility_at = AnyCase(
            rf"(?<!\w)"
            rf"(?P<what>{within}{kinds})\s+"
            rf"(?:of\s+(?:the\s+)?(?P<operator>(?-i:[A-Z])[\w-]+)\s+(?:(?:joint-stock\s+)"
            rf"?company\s+)?"
            rf"(?:\([A-Z]+\)\s+)?)?[«“\"]?{at}\s+{attributes}(?:\w+['’]s\s+)?[«“\"]?$"
        )
        quoted = any_form(form for form in words.forms("facilities") if form not in towns)
        self.kind_before = Caseless(rf"(?<!\w){quoted}\s+[«“\"„]?$")
        # "Kremniy EL [microelectronics plant]": words of the kind belong to the name before them.
        self.own_kind = AnyCase(
            rf"(?:\s+(?:(?!{any_of('clauses', 'and')}\s)(?-i:[{capitals().lower()}-]+)\s+){{0,2}}"
            rf"{kinds}(?!\w))?"
        )
        # "the [Ust-Luga] port", "the [13th] Arsenal": a name or number of its own.
        self.own = re.compile(rf"(?:[{capitals()}][\w'’-]*|\d+(?:st|nd|rd|th|-[^\W\d_]+)?)\s+$")
        # A plant or a base may be any of several in a town.
        self.generic = words.pattern("facilities", "plant", "base", "warehouse", "industrial_zone")
        self.plant_of = Caseless(
            rf"\s+(?:{any_of('places', 'within')}\s+){{0,2}}{any_of('facilities', 'plant')}(?!\w)"
        )
        self.airfield = words.pattern("facilities", "airfield")
        self.of_unit = Caseless(rf"(?<!\w){any_of('places', 'of_unit')}\s+$")
        self.water_of = Caseless(rf"(?<!\w){any_of('places', 'water_of')}\s+$")
        self.river_before = AnyCase(rf"(?<!\w){any_of('places', 'river_before')}\s+$")
        self.river_name = str(words.sections["places"].get("river", ""))
        self.own_water = Caseless(rf"\s+{any_of('places', 'own_water')}(?!\w)")
        self.article = Caseless(rf"(?<!\w){any_of('places', 'article')}\s$")
        self.has_articles = bool(words.forms("lines", "article"))
        # What a border is of belongs to no name behind it: "от границы Украины завод в Елабуге".
        codes = () if self.has_articles else words.table("countries")
        self.country = Caseless(rf"{words.any_of('countries', *codes)}" if codes else "(?!)")
        ends = f"{any_of('links', 'in', 'near', 'from', 'to')}|{any_of('verbs', 'stand')}"
        self.alone = AnyCase(rf"\s*(?:[.;:!?)]|$|,(?!\s+(?-i:[A-Z]))|\s(?:\d|(?:{ends})(?!\w)))")
        self.town = Caseless(rf"\s{any_of('places', 'town_kinds')}(?!\w)")
        self.weapon = Caseless(
            rf"[-\s]?(?:\d\w*\s+)?(?:(?:cruise|ballistic|multiple|guided)\s+)*"
            rf"{any_of('places', 'weapons')}(?!\w)(?!\s+{kinds})"
        )
        self.titles = frozenset(words.forms("places", "titles"))
        self.office = Caseless(rf"(?<!\w){any_of('places', 'offices')}\s+(?:[\w-]+\s+){{0,2}}$")
        self.noun = words.pattern("pointers", "town", "unit", "facility", "area")
        self.not_names = frozenset(words.forms("places", "not_names"))
        self.filler = re.compile(any_of("links", "fillers"), re.IGNORECASE).fullmatch
        before = f"{any_of('places', 'before_unknown')}|{any_of('links', 'from', 'near')}"
        self.before_unknown = Caseless(
            rf"(?<!\w)(?:{before})\s+(?:(?:{any_of('links', 'fillers')})\s+)*$"
        )
        self.aliases = [
            (re.compile(any_form([form]), re.IGNORECASE), str(name))
            for form, name in words.values("places", "aliases").items()
        ]
        self.governments = frozenset(words.forms("places", "governments"))
        locative = (
            f"{any_of('places', 'locative')}|{any_of('links', 'from', 'to', 'near', 'between')}"
        )
        fillers = any_of("links", "fillers")
        self.locative = Caseless(rf"(?<!\w)(?:{locative})\s+(?:(?:the|{fillers})\s+)*$")
        unit = any_form(form for form in words.forms("units", "km", "mi"))
        self.placed = Caseless(
            rf"\s+{any_of('places', 'placed')}\s+(?:\w+\s+){{0,3}}?\d|\s+"
            rf"{any_of('places', 'placed')}(?!\w)"
            rf"(?=\s+(?:some|about|around))|\s*[,(]\s*(?:\w+\s+){{0,2}}?\d[\d.,\s]*\s?{unit}"
        )


@cache
def _place_words(language: str) -> _PlaceWords:
    return _PlaceWords(lexicon(language))


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
        words = _place_words(language)
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
            if mention is not None and _is_river(sentence, mention, words):
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
        words = _place_words(language)
        return [
            name.lookup
            for name in names
            if name.lookup and not _is_government(sentence, name.start, name.end, words)
        ]

    def _mention(
        self,
        sentence: str,
        name: Name,
        beside: Sequence[str],
        words: _PlaceWords,
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
        tests = (t for t in _NO_PLACES if not (is_free and t is _is_part_of_title))
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
        if _is_title(sentence, name, found.place, words):
            return None
        if found.place is not None and _has_other_number(sentence, start, found.place):
            return _unknown(sentence, name, words)
        if found.place is not None and found.place.kind == "facility":
            end = words.own_kind.match(sentence, end).end()  # type: ignore[union-attr] # may be empty
            text = sentence[start:end]
        reference = self.reference(found.place) if found.place else f"place:{bare(name.lookup)}"
        is_sure = not _is_government(sentence, start, end, words)
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

    def _as_river(self, mention: Mention, words: _PlaceWords) -> Mention | None:
        """Return a mention as that of a river, None where it is one that is not known."""
        name = bare(mention.text)
        full = (words.river_name.replace("*", form) for form in (name, *nominatives(name)))
        found = (self.gazetteer.resolve(one, kind="water").place for one in full)
        river = next((place for place in found if place is not None), None)
        if river is None:
            return None if words.has_articles else mention
        return replace(mention, place=river, reference=self.reference(river))

    def _at_facility(
        self, sentence: str, mention: Mention, since: int, words: _PlaceWords
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

    def _named_after(self, sentence: str, mention: Mention, words: _PlaceWords) -> Mention:
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
        self, what: str, operator: str, place: Place, words: _PlaceWords
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


def _has_other_number(sentence: str, start: int, place: Place) -> bool:
    """Return whether a number before a facility's name is none of its own: "the 13th Arsenal"."""
    number = _NUMBER_BEFORE.search(sentence[max(0, start - 12) : start])
    if number is None or place.kind != "facility":
        return False
    names = (place.name, *(name for group in place.names.values() for name in group))
    return not any(number[1] in re.findall(r"\d+", name) for name in names)


def _is_title(sentence: str, name: Name, place: Place | None, words: _PlaceWords) -> bool:
    """Return whether a town's name in guillemets is that of something else: «Тор», «Килим»."""
    around = sentence[max(0, name.start - 1) : name.start], sentence[name.end : name.end + 1]
    if around != _GUILLEMETS or (place is not None and place.kind != "settlement"):
        return False
    before = sentence[max(0, name.start - _TITLE_REACH) : name.start]
    is_called = words.any_kind.search(before) or words.town.search(before)
    return not is_called and words.any_kind.search(sentence, name.end, name.end + 24) is None


def _unknown(sentence: str, name: Name, words: _PlaceWords) -> Mention | None:
    """Return a name that nothing bears as a place all the same where the words before say so."""
    before = sentence[max(0, name.start - 60) : name.start]
    if words.before_unknown.search(before) is None:
        return None
    text = sentence[name.start : name.end]
    reference = f"place:{bare(text)}"
    span = name.start, name.end
    return Mention("place", *span, text, reference, is_sure=False, certainty="open")


def _is_part_of_title(sentence: str, start: int, end: int, words: _PlaceWords) -> bool:
    """Return whether a name belongs to a person, a paper or an office: "Kyiv Independent"."""
    after = _WORD.match(sentence, end + 1) if sentence[end : end + 1] == " " else None
    if after is not None and after[0].casefold() in words.titles and after[0][0].isupper():
        return True
    before = _WORD_BEFORE.search(sentence[max(0, start - 30) : start])
    if before is None or " " in sentence[start:end]:
        return False
    word = before[1]
    is_first = sentence[: start - 1].rstrip() == word
    if words.country.fullmatch(word):
        return False
    small = word.casefold().strip("'’.")
    named = word[0].isupper() and small not in words.not_names and not words.filler(small)
    return named and not is_first and not word.endswith(("'s", "’s", ".")) and not word.isupper()


def _is_kind_of_town(sentence: str, start: int, end: int, words: _PlaceWords) -> bool:
    """Return whether a name only says what kind of town another is: "a Volga city"."""
    if not words.article.search(sentence[max(0, start - 4) : start]):
        return False
    return bool(words.town.match(sentence, end) or words.town.search(sentence[start:end]))


def _is_weapon(sentence: str, start: int, end: int, words: _PlaceWords) -> bool:
    """Return whether a name is that of a weapon: in quotation marks, or before "missile"."""
    around = sentence[max(0, start - 1) : start], sentence[end : end + 1]
    is_quoted = around[0] in _OPENING and around[1] in _CLOSING
    if not is_quoted and words.weapon.match(sentence, end) is None:
        return False
    return words.kind_before.search(sentence[max(0, start - 40) : start]) is None


def _is_water(sentence: str, start: int, end: int, words: _PlaceWords) -> bool:
    """Return whether a name is what a water is called after: "the Sea of Azov"."""
    is_named = words.water_of.search(sentence[max(0, start - 16) : start]) is not None
    return is_named or words.own_water.match(sentence, end) is not None


def _is_river(sentence: str, mention: Mention, words: _PlaceWords) -> bool:
    """Return whether the words around a name say that of a river: no town is "the Oskil"."""
    is_town = mention.place is None or mention.place.kind == "settlement"
    if " " in mention.text or not is_town:
        return False
    start = mention.start
    if words.river_before.search(sentence, max(0, start - 30), start) is None:
        return False
    return not words.has_articles or words.alone.match(sentence, mention.end) is not None


def _is_noun(sentence: str, start: int, end: int, words: _PlaceWords) -> bool:
    """Return whether a capital is only that of a first word: no village is "The town lies"."""
    is_first = not sentence[:start].strip(" \"'«“„—–-")
    return is_first and words.noun.fullmatch(sentence, start, end) is not None


_NO_PLACES = (_is_noun, _is_water, _is_part_of_title, _is_kind_of_town, _is_weapon)


def _is_government(sentence: str, start: int, end: int, words: _PlaceWords) -> bool:
    """Return whether a capital stands for its government, for want of a word of place."""
    if bare(sentence[start:end]).casefold() not in words.governments:
        return False
    before = sentence[max(0, start - 40) : start]
    return not words.locative.search(before) and not words.placed.match(sentence, end)


def is_unit(mention: Mention) -> bool:
    """Return whether a mention is an oblast or its like, with a record."""
    return mention.rank == UNIT and mention.place is not None
