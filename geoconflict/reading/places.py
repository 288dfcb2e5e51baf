"""The places that a sentence mentions: names told from their namesakes, and facilities at them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from geoconflict.casebooks.records import Certainty, Found
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.reading.mentions import COUNTRY, Mention
from geoconflict.reading.naming import Name, bare, find_names
from geoconflict.reading.vocabulary import (
    ARTICLE,
    CAPITALS,
    IN_UNIT,
    LOCATIVE,
    NO_NAMES,
    PLACED,
    TITLES,
    TOWN,
    WEAPON,
)

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_WORD_BEFORE = re.compile(r"(?:^|\s)([^\W\d_][\w'’.-]*)\s$")
_OPENING, _CLOSING = frozenset("\"'“‘„"), frozenset("\"'”’")
# "a refinery in [Ryazan]", "the drone factory at [Yelabuga]", "a refinery of Lukoil in [Komi]".
_FACILITY_AT = re.compile(
    r"\b(?P<what>(?:(?:oil|gas|fuel|drone|chemical|aircraft|thermal|power|gunpowder|ammunition|"
    r"processing|nuclear|air|military|train|railway|weapons|microelectronics)\s+){0,2}"
    r"(?:refinery|plant|factory|depot|arsenal|terminal|port|airfield|airport|air\s?base|base|"
    r"station|shipyard|mine|нафтобаз\w+|нефтебаз\w+|завод\w*|порт\w*|НПЗ|арсенал\w*|аеродром\w*|"
    r"аэродром\w*))\s+"
    r"(?:of\s+(?:the\s+)?(?P<operator>[A-Z][\w-]+)\s+(?:(?:joint-stock\s+)?company\s+)?"
    r"(?:\([A-Z]+\)\s+)?)?"
    r"(?:in|at|near|outside|of|у|в|біля|поблизу|під|под|возле|близ)\s+"
    r"(?:(?:the|western|eastern|northern|southern|central|city|town|of|Russia['’]s|Ukraine['’]s|"
    r"russian|місті|городе)\s+)*$",
    re.IGNORECASE,
)
# "Kremniy EL [microelectronics plant]": words that say the kind belong to the name before them.
_OWN_KIND = re.compile(
    r"(?:\s+(?:[a-z-]+\s+){0,2}(?:plant|factory|refinery|depot|complex|terminal|base|arsenal)\b)?"
)
_WATER_OF = re.compile(r"\b(?:sea|bay|gulf|strait|straits)\s+of\s+$", re.IGNORECASE)
_OWN_WATER = re.compile(
    r"\s+(?:coast(?:line)?|shores?|мор[еяіюь]м?|затока|затоки|затоці|протока|протоки|водосховищ\w+|"
    r"водохранилищ\w+|залив\w{0,2}|пролив\w{0,2}|узбережж\w*|побережь\w*)\b",
    re.IGNORECASE,
)
_AIRFIELD = re.compile(r"\b(?:air|аеродром|аэродром)", re.IGNORECASE)
# A depot, a base or a plant lies within this of the town that it is said to be at.
_AT_TOWN_KM = 10.0
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
        names: Sequence[Name] | None = None,
        context: Sequence[str] = (),
    ) -> list[Mention]:
        """Return the places that a sentence mentions, in their order.

        Parameters
        ----------
        sentence : str
            One sentence.
        names : sequence of Name, optional
            The names in it; default: as ``find_names`` finds them.
        context : sequence of str
            Names that stand in the sentences before.
        """
        if names is None:
            names = list(find_names(sentence, gazetteer=self.gazetteer))
        beside = [*(name.lookup for name in names if name.lookup), *context]
        kept: list[Mention] = []
        for name in names:
            mention = self._mention(sentence, name, beside)
            if mention is not None:
                # "a refinery in Russia's Ryazan region" reaches back over the country.
                since = max([0, *(one.end for one in kept if one.rank < COUNTRY)])
                kept.append(self._at_facility(sentence, mention, since=since))
        return kept

    def _mention(self, sentence: str, name: Name, beside: Sequence[str]) -> Mention | None:
        start, end = name.start, name.end
        text = sentence[start:end]
        if not name.lookup:
            reference = f"place:{bare(text)}"
            return Mention("place", start, end, text, reference, is_sure=False, certainty="open")
        if any(test(sentence, start, end) for test in _NO_PLACES):
            return None
        # "the region of Saratov" is not the town.
        is_unit = IN_UNIT.search(sentence, max(0, start - 20), start)
        asked = f"{bare(name.lookup)} region" if is_unit else name.lookup
        context = [other for other in beside if other != name.lookup]
        found = self.gazetteer.resolve(asked, context=context, date=self.date)
        if found.status == "unknown":
            return None
        if found.place is not None and found.place.kind == "facility":
            end = _OWN_KIND.match(sentence, end).end()  # type: ignore[union-attr] # may be empty
            text = sentence[start:end]
        reference = self._reference(found.place) if found.place else f"place:{bare(name.lookup)}"
        is_sure = not _is_government(sentence, start, end)
        certainty: Certainty = "certain" if len(found.candidates) == 1 else "likely"
        if found.place is None:
            certainty = "open"
        return Mention(
            "place", start, end, text, reference, found.place, is_sure, certainty=certainty
        )

    def _at_facility(self, sentence: str, mention: Mention, *, since: int) -> Mention:
        """Return the facility that the words before a place name say of it, if one fits."""
        place = mention.place
        if place is not None and place.kind not in ("settlement", "admin1"):
            return mention
        reach = max(since, mention.start - _FACILITY_REACH)
        at = _FACILITY_AT.search(sentence, reach, mention.start)
        if at is None:
            return mention
        wider = replace(mention, start=at.start(), text=sentence[at.start() : mention.end])
        if place is None:
            return wider
        found, how = self._facility(at["what"], at["operator"] or "", place)
        if found is None:
            if place.kind != "settlement":
                return wider
            return replace(wider, reach_km=_AT_TOWN_KM, found="town_of_facility")
        return replace(wider, place=found, reference=self._reference(found), found=how)

    def _facility(self, what: str, operator: str, place: Place) -> tuple[Place | None, Found]:
        """Return the facility of a kind in a town or unit, and how it was found; else None."""
        if place.kind == "admin1":
            only = self.gazetteer.facilities(what, admin1=place.admin1_code)
            if len(only) != 1:
                return None, "named"
            return only[0], "only_facility"
        named = f"{operator} {what} in {place.name}".strip()
        admin1 = place.admin1_code or None
        asked = [named, f"{place.name} air base"] if _AIRFIELD.search(what) else [named]
        found = (self.gazetteer.resolve(n, kind="facility", admin1=admin1).place for n in asked)
        return next((one for one in found if one is not None), None), "named"

    def _reference(self, place: Place) -> str:
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


def _is_part_of_title(sentence: str, start: int, end: int) -> bool:
    """Return whether a name belongs to a person, a paper or an office: "Kyiv Independent"."""
    after = _WORD.match(sentence, end + 1) if sentence[end : end + 1] == " " else None
    if after is not None and after[0].casefold() in TITLES and after[0][0].isupper():
        return True
    before = _WORD_BEFORE.search(sentence[max(0, start - 30) : start])
    if before is None or " " in sentence[start:end]:
        return False
    word = before[1]
    is_first = sentence[: start - 1].rstrip() == word
    named = word[0].isupper() and word.casefold().strip("'’.") not in NO_NAMES
    return named and not is_first and not word.endswith(("'s", "’s", ".")) and not word.isupper()


def _is_kind_of_town(sentence: str, start: int, end: int) -> bool:
    """Return whether a name only says what kind of town another is: "a Volga city"."""
    if not ARTICLE.search(sentence[max(0, start - 4) : start]):
        return False
    return bool(TOWN.match(sentence, end) or TOWN.search(sentence[start:end]))


def _is_weapon(sentence: str, start: int, end: int) -> bool:
    """Return whether a name is that of a weapon: in quotation marks, or before "missile"."""
    around = sentence[max(0, start - 1) : start], sentence[end : end + 1]
    is_quoted = around[0] in _OPENING and around[1] in _CLOSING
    return is_quoted or WEAPON.match(sentence, end) is not None


def _is_water(sentence: str, start: int, end: int) -> bool:
    """Return whether a name is what a water is called after: "the Sea of Azov"."""
    is_named = _WATER_OF.search(sentence[max(0, start - 16) : start]) is not None
    return is_named or _OWN_WATER.match(sentence, end) is not None


_NO_PLACES = (_is_water, _is_part_of_title, _is_kind_of_town, _is_weapon)


def _is_government(sentence: str, start: int, end: int) -> bool:
    if bare(sentence[start:end]).casefold() not in CAPITALS:
        return False
    before = sentence[max(0, start - 30) : start]
    return not LOCATIVE.search(before) and not PLACED.match(sentence, end)
