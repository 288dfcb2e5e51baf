"""The patterns of the words around place names in a language."""

from __future__ import annotations

import re
from functools import cache

from geoconflict.lexicon import AnyCase, Caseless, Lexicon, any_form, capitals, lexicon


class PlaceWords:
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
def place_words(language: str) -> PlaceWords:
    """Return the patterns around place names of a language."""
    return PlaceWords(lexicon(language))
