"""Districts, communities and parts of cities that a report names, and which of them are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from geoconflict.drafting.phrases import Phrase
from geoconflict.gazetteer.cases import nominatives
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.names import script, skeleton
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.scoring import front_distance_km
from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import capitals
from geoconflict.theatre.records import CityPart, city_parts

# A town of so many people is meant by its name, whatever else is named so.
CITY = 50_000
_LATIN_ADJECTIVES = (("sky", "sk"), ("skiy", "sk"))
# "Kyiv's Sviatoshynskyi district".
_OWNER = re.compile(r"\w+['’]s\s+(?=\w)")
_LATIN_ENDING = re.compile(r"(?:yi|iy|yy|y|i|ij)$")

# Districts so far from the fighting are told with their region.
_FAR_KM = 1500.0


@dataclass(frozen=True)
class Area:
    """A part of a region or city that a sentence names: its characters, and how it is called.

    ``kind`` is ``district``, ``community``, ``quarter``, ``land`` for one word that stands for the
    district or community of a town, or ``bare`` for an adjective that only the districts told
    before make one; ``is_urban`` tells that it is said to be of the city.
    """

    start: int
    end: int
    kind: str
    name: str
    title: str
    is_urban: bool = False


def find_areas(phrase: Phrase) -> list[Area]:
    """Return the districts, communities and quarters that a sentence names, in their order.

    "У Солом'янському та Дарницькому районах" names two districts, "Nikopol district" one, and "у
    мікрорайоні Лазурний" a quarter.
    """
    patterns = _patterns(phrase.language)
    found: list[Area] = []
    for kind in ("district", "community"):
        for match in patterns[kind].finditer(phrase.text):
            of_city = patterns["of_city"].match(phrase.text, match.end())
            listed = list(patterns["name"].finditer(phrase.text, *match.span("list")))
            for one in listed:
                owner = _OWNER.match(one[0])
                name = one[0][owner.end() :] if owner else one[0]
                end = match.end() if one is listed[-1] else one.end()
                is_urban = of_city is not None or owner is not None
                title = f"{name} {match['kind']}"
                found.append(Area(one.end() - len(name), end, kind, name, title, is_urban))
    found += [
        Area(*match.span(), "land", match["stem"], match["land"])
        for match in patterns["land"].finditer(phrase.text)
        if not any(r.start < match.end() and match.start() < r.end for r in phrase.regions)
    ]
    for match in patterns["quarter"].finditer(phrase.text):
        name = match["name"]
        found.append(Area(match.start(), match.end(), "quarter", name, name, is_urban=True))
    taken = [(one.start, one.end) for one in found]
    for match in patterns["bare"].finditer(phrase.text):
        start, end = match.span("name")
        if not any(start < b and a < end for a, b in taken):
            found.append(Area(start, end, "bare", match["name"], match["name"]))
    return sorted(found, key=lambda area: area.start)


@dataclass
class Whereabouts:
    """Which towns and regions a report named so far, to tell which district or quarter is meant.

    ``title`` is what its heading names, ``here`` what the paragraph does, the latest first.
    """

    gazetteer: Gazetteer
    title: list[Place] = field(default_factory=list)
    here: list[Place] = field(default_factory=list)
    before: list[Place] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    home: list[str] = field(default_factory=list)
    is_listing: bool = False

    @property
    def all_told(self) -> list[Place]:
        """All towns that were told, the nearest first."""
        return [*self.here, *self.title, *self.before]

    def turn(self) -> None:
        """Begin a new paragraph."""
        self.before = [p for p in self.here if is_city(p)] + self.before
        self.here, self.units, self.is_listing = [], [], False

    def note(self, phrase: Phrase, towns: Sequence[Place], *, is_head: bool) -> None:
        """Take in the towns and regions of a sentence for those after it."""
        self.here = [*reversed(towns), *self.here]
        self.units = [*(r.code for r in reversed(phrase.regions)), *self.units]
        if is_head:
            self.title = self.title or list(towns)
            self.home = self.home or [r.code for r in phrase.regions]

    def place(self, phrase: Phrase, area: Area, towns: Sequence[Place]) -> Place | None:
        """Return the city that an area is a part of, or the district or community itself.

        Parameters
        ----------
        phrase : Phrase
            The sentence.
        area : Area
            One of its areas.
        towns : sequence of Place
            The towns that it names, the nearest first.
        """
        capital = find_capital(phrase)
        known = [*towns, *([capital[2]] if capital else []), *self.all_told]
        cities = {(p.city, p.admin1) for p in _parts(area.name, area.kind)}
        own = next((p for p in known if (p.name, p.admin1_code) in cities), None)
        if area.kind == "bare":
            return own if self.is_listing else None
        self.is_listing |= area.kind == "district"
        if own is not None and area.kind != "community":
            return own
        if area.is_urban:
            return next((p for p in known if is_city(p)), None)
        unit = self.unit(phrase, area, towns)
        if len(cities) > 1 and area.kind == "district" and unit not in {c for _, c in cities}:
            # Several cities have a district of this name, and none of them was told.
            return None
        found = self._district(area, unit, phrase.language)
        if found is None and not phrase.regions:
            # Not in the region that a sentence before told of: of another one.
            found = self._district(area, None, phrase.language)
        if found is None and len(cities) == 1 and area.kind == "district":
            name, code = next(iter(cities))
            return self.gazetteer.resolve(name, admin1=code, kind="settlement").place
        return found

    def _district(self, area: Area, unit: str | None, language: str) -> Place | None:
        """Return the district or community of a name in a region; a city's district is the city."""
        asked = (
            self.gazetteer.resolve(t, admin1=unit, kind="admin2") for t in _titles(area, language)
        )
        found = next((answer.place for answer in asked if answer.place is not None), None)
        if found is not None and found.admin1_code in self.gazetteer.theatre.city_units:
            return self.gazetteer.capital(found.admin1_code)
        if found is None or unit not in (None, found.admin1_code):
            return None
        # One of no told region and so far away is a namesake of one that is not known.
        is_far = front_distance_km(found, self.gazetteer.theatre) > _FAR_KM
        return None if unit is None and is_far else found

    def unit(self, phrase: Phrase, area: Area, towns: Sequence[Place]) -> str | None:
        """Return the region that an area is told to be in, None where none is told."""
        near = sorted(phrase.regions, key=lambda r: (r.start < area.start, abs(r.start - area.end)))
        told = [r.code for r in near] or self.units
        of_towns = [p.admin1_code for p in (*towns, *self.here) if p.admin1_code]
        return next(iter([*told, *of_towns, *self.home]), None)


def find_capital(phrase: Phrase) -> tuple[int, int, Place] | None:
    """Return where a sentence speaks of a capital without its name, and the capital it means.

    "The Ukrainian capital", "столиця": of the side whose adjective stands with it, else of the
    country whose language calls it so.
    """
    match = lexicon(phrase.language).pattern("pointers", "capital").search(phrase.text)
    if match is None:
        return None
    start, end = match.span()
    named = [t for t in phrase.tag("sides") if start - 1 <= t.end and t.start < end]
    sides = [t.concept for t in named]
    own = lexicon(phrase.language).forms("areas", "capital_of")
    found = phrase.passage.finder.capital(next(iter([*sides, *own]), ""))
    return (min([start, *(t.start for t in named)]), end, found) if found is not None else None


def _titles(area: Area, language: str) -> Iterator[str]:
    """Yield what an area can be called: as written, and after its seat: "Rylsky", of Rylsk."""
    if area.kind == "land":
        forms = lexicon(language).values("areas", "lands")[area.title.lower()]
        yield from (form.replace("*", area.name) for form in forms)
        return
    yield area.title
    for ending in _LATIN_ADJECTIVES:
        if area.name.endswith(ending[0]):
            yield area.title.replace(area.name, area.name.removesuffix(ending[0]) + ending[1])


def is_city(place: Place | None) -> bool:
    """Tell whether a name is that of a city, which is meant wherever it stands."""
    return place is not None and (place.population or 0) >= CITY


def quarter_cities(name: str) -> set[tuple[str, str]]:
    """Return the cities, by name and unit, that have a quarter of this name, in any case."""
    return {(part.city, part.admin1) for part in _parts(name, "quarter")}


def _parts(name: str, kind: str) -> list[CityPart]:
    """Return the parts of cities that a name in any case can be that of."""
    if kind == "community":
        return []
    if kind == "quarter":
        keys = {skeleton(form) for form in (name, *nominatives(name))}
        return [part for key in keys for part in _table()[0].get(key, ())]
    return list(_table()[1].get(_stem(name), ()))


def _stem(name: str) -> str:
    """Return an adjective of a district without its ending, in one script."""
    if script(name) == "Cyrl":
        return skeleton(_cyrillic_ending().sub("", name))
    return _LATIN_ENDING.sub("", skeleton(name))


@cache
def _cyrillic_ending() -> re.Pattern[str]:
    ends = (end for code in ("uk", "ru") for end in lexicon(code).forms("areas", "endings"))
    return re.compile(rf"(?:{'|'.join(sorted(ends, key=len, reverse=True))})$")


@cache
def _table() -> tuple[dict[str, list[CityPart]], dict[str, list[CityPart]]]:
    """Return the quarters by name and the districts by stem."""
    quarters: dict[str, list[CityPart]] = {}
    districts: dict[str, list[CityPart]] = {}
    for part in city_parts():
        for name in part.names:
            if part.kind == "quarter":
                quarters.setdefault(skeleton(name), []).append(part)
            else:
                districts.setdefault(_stem(name), []).append(part)
    return quarters, districts


@cache
def _land(language: str) -> str:
    """Return the source of a pattern of one word for the district of a town: "Ізюмщина"."""
    words = lexicon(language)
    lands = "|".join(sorted(words.values("areas", "lands"), key=len, reverse=True))
    if not lands:
        return "(?!)"
    endings = words.any_of("admin1", "land_endings")
    return rf"(?<!\w)(?P<stem>[{capitals()}][\w'’ʼ-]+?)(?P<land>{lands}){endings}(?!\w)"


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    words = lexicon(language)
    is_cyrillic = words.script == "Cyrl"
    word = rf"[{capitals()}][\w'’ʼ]+(?:-[\w'’ʼ]+)*"
    adjective = rf"(?=[\w'’ʼ-]*{words.any_of('areas', 'endings')}(?![\w'’ʼ-])){word}"
    plain = rf"(?!(?i:{words.any_of('areas', 'not_names')})(?!\w)){word}(?:\s+{word})?"
    name = adjective if is_cyrillic else plain
    joints, near = words.any_of("clauses", "and"), words.any_of("clauses", "near")
    more = rf"(?:\s*(?:,|,?\s*(?i:{joints}))\s*(?:(?i:{near})\s+)?(?:the\s+)?{name})*"
    attributes = rf"(?:(?i:{words.any_of('areas', 'attributes')})\s+)*"
    listed = rf"(?<![\w-])(?P<list>{name}{more})\s+{attributes}"
    district, community = words.any_of("areas", "district"), words.any_of("areas", "community")
    of_city = words.any_of("areas", "of_city")
    small = capitals().lower()
    bare = rf"(?<!\w)(?i:{near})\s+(?P<name>{name})(?=\s*[,;:.—–-]|\s+[{small}])"
    sources = {
        "name": name,
        "district": rf"{listed}(?P<kind>(?i:{district}))(?!\w)",
        "community": rf"{listed}(?P<kind>(?i:{community}))(?!\w)",
        "quarter": rf"(?<!\w)(?i:{words.any_of('areas', 'quarter')})\s+[«\"“]?(?P<name>{word})",
        "of_city": rf"\s+(?i:{of_city})(?!\w)(?!\s+[{capitals()}])",
        "land": _land(language),
        "bare": bare if is_cyrillic else "(?!)",
    }
    return {kind: re.compile(source) for kind, source in sources.items()}
