"""Which places bear a name: as it is spelled, by its case ending, or in the sister language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, product

from geoconflict.errors import MissingExtraError
from geoconflict.gazetteer.airfields import AIRFIELD, called_after, with_airfields_beside
from geoconflict.gazetteer.cases import nominatives
from geoconflict.gazetteer.matches import (
    INFLECTED,
    LOOSE,
    PRESENT,
    REGULAR,
    SHORT,
    VARIANT,
    WRITTEN,
    Match,
    by_place,
    district_of,
    fitting,
    is_acronym,
    is_brief_facility,
    is_regular,
    is_short_allowed,
    spelled,
)
from geoconflict.gazetteer.names import (
    are_sisters,
    fold,
    is_russian_form,
    loose_key,
    script,
    skeleton,
    ukrainian_roots,
)
from geoconflict.gazetteer.placefile import LOOSE_MARK, PlaceFile
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.scoring import (
    AT_FRONT_KM,
    KNOWN_TO_ALL,
    RENAMED_SINCE,
    front_distance_km,
)
from geoconflict.gazetteer.toponyms import (
    Toponym,
    adjective_stem,
    adjectives,
    city_of_district,
    direction_town,
    is_adjective,
    is_adjective_stem,
    is_community,
    is_in_locative,
    on_water,
    parse_toponym,
    towns_of_stem,
    without_possessive,
    without_preposition,
)
from geoconflict.lexicon import all_forms, lexicons
from geoconflict.theatre import Theatre

# Names count as alike from this ratio of rapidfuzz on, and so many are looked at.
_ALIKE, _MOST_ALIKE, _MOST_LONGER = 85.0, 8, 5
# Pokrovskyi Raion, Pokrovsky district: what is left is its town.
_LATIN_ADJECTIVE = re.compile(r"(?<=sk)(?:yi|iy|yy|ii|y|i)$", re.IGNORECASE)
# The least people of a town that a district is called after by an ending it has lost.
_DISTRICT_SEAT = 3000
# A direction is called after a large city abroad that is no farther from the front.
_OFF_FRONT_KM = 200.0
# Shorter names are too like each other to be both inflected and spelled otherwise.
_SHORTEST_VARIANT = 6
# Of this size on a city has districts of its own.
_CITY_WITH_DISTRICTS = 80_000


class Bearers:
    """The places of some files by the names that they bear.

    ``named`` returns those that a name means as it stands, ``wider`` those by a case ending or
    in the sister language too; both unranked, and kept.

    Parameters
    ----------
    files : sequence of PlaceFile
        Where the same record stands in several, the first wins.
    units : mapping of str to str
        Titles of admin-1 units by ISO 3166-2 code.
    theatre : Theatre
        Which of its units are cities.
    facilities : callable
        Returns the facilities that a description means, where nothing bears it as a name.
    """

    def __init__(
        self,
        files: Sequence[PlaceFile],
        units: Mapping[str, str],
        theatre: Theatre,
        *,
        facilities: Callable[[str], list[Place]],
    ) -> None:
        self._files, self._units, self._theatre = tuple(files), units, theatre
        self._facilities = facilities
        self.named = lru_cache(maxsize=4096)(self._look_up)
        self.wider = lru_cache(maxsize=8192)(self._look_wider)

    def alike(self, name: str) -> tuple[Match, ...]:
        """Return the places with the names most like one that nothing bears.

        Raises
        ------
        MissingExtraError
            The extra ``fuzzy`` is not installed.
        """
        try:
            from rapidfuzz import fuzz, process
        except ImportError as error:
            message = "names spelled alike need: pip install 'geoconflict[fuzzy]'"
            raise MissingExtraError(message) from error
        wanted = skeleton(parse_toponym(name).name)
        found = [
            match._replace(form=VARIANT)
            for file in self._files
            for key, _, _ in process.extract(
                wanted, file.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST_ALIKE
            )
            for match in self._with_key(file, key)
            if match.rank == PRESENT
        ]
        return tuple({match.place.id: match for match in found}.values())

    def longer(self, name: str) -> tuple[Match, ...]:
        """Return the settlements whose name has another word behind one: Lyman Pershyi for Lyman.

        Each as by a short name. None where it is but a first word of many names, as "Nova" is.
        """
        keys = {skeleton(match.name) for match in self.wider(name) if match.form <= INFLECTED}
        found = (
            Match(place, place.name, SHORT, VARIANT)
            for file, key in product(self._files, sorted(keys))
            for place, rank, _, _ in file.find_longer(key, self._units)
            if place.kind == "settlement" and rank == PRESENT
        )
        places = by_place(found)
        return places if len({one.name for one in places}) <= _MOST_LONGER else ()

    @cached_property
    def rivers(self) -> frozenset[str]:
        """The keys of names that a river has behind or before the word for it: "oskil"."""
        keys = [key for file in self._files for key in file.few_keys or ()]
        forms = (one.sections["places"].get("river", "*").split("*") for one in lexicons())
        words = [tuple(map(skeleton, form)) for form in forms if any(form)]
        return frozenset(
            key.removeprefix(f"{before} ").removesuffix(f" {after}")
            for key in keys
            for before, after in words
            if key.startswith(f"{before} " * bool(before))
            and key.endswith(f" {after}" * bool(after))
        )

    def _with_key(self, file: PlaceFile, key: str) -> Iterator[Match]:
        for place, rank, since, until in file.find(key, self._units):
            yield Match(place, place.name, rank, VARIANT, since, until)

    def _look_up(self, name: str) -> tuple[Match, ...]:
        name = without_possessive(name)
        town = direction_town(name)
        if town is not None:
            return self._of_direction(town)
        if waters := self._of_water(name):
            return waters
        bare = without_preposition(name)
        found = self._named(name) or (self._named(bare) if bare != name else ())
        if any(match.exact and match.rank == PRESENT for match in found):
            return found
        inflected = self._inflected(name)
        if found or inflected:
            # A genitive can be spelled like another place: "Покровська" is of Pokrovsk.
            return by_place((*found, *inflected))
        city = city_of_district(bare)
        if city and (districts := self._districts(*city)):
            return districts
        return tuple(Match(place, place.name, 0, VARIANT) for place in self._facilities(name))

    def _districts(self, head: str, city: str) -> tuple[Match, ...]:
        """Return the large city that a district is said to be of, else a raion of its unit."""
        cities = [
            match
            for match in (*self._named(city), *self._inflected(city))
            if match.form in (WRITTEN, INFLECTED)
            and match.place.kind == "settlement"
            and (match.place.population or 0) >= _CITY_WITH_DISTRICTS
        ]
        units = {match.place.admin1_code for match in cities}
        raions = [match for match in self._named(head) if match.place.admin1_code in units]
        return tuple(raions or cities)

    def _of_direction(self, town: str) -> tuple[Match, ...]:
        """Return the towns that a direction of the front is called after.

        No front runs towards a town of Siberia: none where all lie so far.
        """
        plain, *ended = towns_of_stem(town)
        steps = [*(((form,), 0) for form in plain), (chain(*ended), _DISTRICT_SEAT)]
        for forms, least in steps:
            towns = [
                match._replace(form=INFLECTED)
                for form in forms
                for match in self._named(form)
                if match.form <= (VARIANT if least else REGULAR)
                and (match.until is None or match.until >= RENAMED_SINCE)
                and self._is_of_front(match.place)
            ]
            if any((match.place.population or 0) >= least for match in towns):
                return by_place(towns)
        return ()

    def _is_of_front(self, place: Place) -> bool:
        """Return whether a direction of the front can be called after a town."""
        is_large = (place.population or 0) >= KNOWN_TO_ALL
        reach_km = _OFF_FRONT_KM if is_large else AT_FRONT_KM
        if place.kind != "settlement":
            return False
        is_home = is_large and place.country == self._theatre.home
        return is_home or front_distance_km(place, self._theatre) <= reach_km

    def _of_water(self, name: str) -> tuple[Match, ...]:
        """Return the rivers that a phrase such as "on the Dnipro" means, none where it has none."""
        bare = on_water(name)
        forms = (bare, *nominatives(bare)) if bare else ()
        rivers = [one.sections["places"].get("river", "*") for one in lexicons()]
        full = (river.replace("*", form) for form in forms for river in rivers)
        found = (match for text in full for match in self._find(text))
        return by_place(match for match in found if match.place.kind == "water")

    def _look_wider(self, name: str) -> tuple[Match, ...]:
        """Return all that a name can mean: by its case ending and in the sister language too."""
        found = self.named(name)
        if direction_town(name) is not None or self._of_water(name):
            return found
        name = without_possessive(name)
        bare = without_preposition(name)
        if parse_toponym(bare).kind is not None and found:
            return found
        inflected = self._inflected(name) if found and found[0].exact else ()
        return by_place((*found, *inflected, *self._sisters(name)))

    def _inflected(self, name: str) -> tuple[Match, ...]:
        """Return the places whose name in the nominative an inflected name can be of."""
        bare = without_preposition(name)
        if is_acronym(bare):
            return ()
        words = parse_toponym(bare)
        is_bare_adjective = is_adjective(words.name) and words.kind is None
        found = [
            match
            for form in _in_case(name, words.name)
            if adjective_stem(form) or not is_bare_adjective
            for match in self._named(form, words=words)
            if match.rank < SHORT or _is_unit(match, form, words)
            if match.form != VARIANT or len(form) >= _SHORTEST_VARIANT
            if not is_bare_adjective or any(map(adjective_stem, _cyrillic(match.place)))
        ]
        feminine = all_forms("admin1", "adjectives")
        if found and is_bare_adjective and any(f.endswith(feminine) for f in nominatives(bare)):
            # The adjective of a region, as lists of regions have it, is rather it than a village.
            region = words._replace(kind="admin1", adjective=True)
            found = list(self._by_stem(region, bare)) or found
        is_spelled = any(match.exact and match.rank == PRESENT for match in found)
        return tuple(
            match._replace(form=INFLECTED, outspelled=is_spelled and match.form == VARIANT)
            for match in by_place(found)
        )

    def _sisters(self, name: str) -> tuple[Match, ...]:
        """Return the places whose name is the one asked for in the sister language."""
        bare = without_preposition(name)
        if script(bare) != "Cyrl":
            return ()
        forms: dict[str, list[tuple[str, bool]]] = {}
        for form in (bare.lower(), *_in_case(name, bare)):
            for root in ukrainian_roots(form):
                forms.setdefault(loose_key(root), []).append((root, form != bare.lower()))
        forms.pop("", None)
        found = (
            Match(place, place.name, rank, form, since, until, has_ending=has_ending)
            for file, (key, asked) in product(self._files, forms.items())
            for place, rank, since, until in file.find(f"{LOOSE_MARK}{key}", self._units)
            for form, has_ending in _sister_forms(bare, asked, place)
        )
        rooted = (m for root in ukrainian_roots(bare.lower())[1:] for m in self._find(root))
        return by_place((*found, *(match._replace(form=REGULAR) for match in rooted)))

    def _named(self, text: str, *, words: Toponym | None = None) -> tuple[Match, ...]:
        """Return the places that bear a name as it stands, or without the words around it."""
        toponym = words or parse_toponym(text)
        found = {m.place.id: m for m in self._find(text)} if words is None else {}
        if any(match.rank == PRESENT and match.exact for match in found.values()):
            return tuple(found.values())
        if words is not None or toponym.name != text:
            bare = text if words is not None else toponym.name
            kept = fitting(self._find(bare), toponym, city_units=self._theatre.city_units)
            found |= {m.place.id: m for m in kept if m.place.id not in found}
        if toponym.adjective or (toponym.kind == "admin2" and not found):
            found |= {m.place.id: m for m in self._by_stem(toponym, text)}
        full = [m for m in found.values() if m.rank < SHORT or is_short_allowed(m, toponym)]
        if toponym.kind == "airfield":
            full = full or called_after(toponym.name, self._find)
            full += with_airfields_beside(full, self._airfields, text)
        return tuple(full or (m for m in found.values() if m.place.name.startswith(m.name)))

    @cached_property
    def _airfields(self) -> tuple[Place, ...]:
        ids = ((file, one.id) for file in self._files for one in file.all_of("facility"))
        return tuple(file.get(i, self._units) for file, i in ids if i.startswith(AIRFIELD))

    def _by_stem(self, toponym: Toponym, text: str) -> Iterator[Match]:
        """Yield the unit or district that an adjective or a town's name stands for."""
        stem = adjective_stem(toponym.name) or toponym.name
        areas = self._areas(stem, text) if toponym.kind == "admin2" else []
        yield from areas
        plain, ended, _ = towns_of_stem(stem)
        for name in (*plain, *ended):
            for match in self._find(name):
                is_told = name in plain or (match.place.population or 0) >= _DISTRICT_SEAT
                is_wide = match.place.admin1_code not in self._theatre.city_units
                if toponym.kind == match.place.kind == "admin1" and is_told and is_wide:
                    yield match
                is_seat = match.place.kind == "settlement" and match.form != VARIANT
                if toponym.kind == "admin2" and is_told and is_seat and not areas:
                    yield match._replace(place=district_of(match.place))

    def _areas(self, stem: str, text: str) -> list[Match]:
        """Return the raions or communities called by an adjective's stem or their seat."""
        name = f"{_LATIN_ADJECTIVE.sub('', stem)} {'hromada' if is_community(text) else 'raion'}"
        found = (match for match in self._find(name) if match.place.kind == "admin2")
        return [match._replace(form=INFLECTED) for match in found]

    def _find(self, name: str) -> Iterator[Match]:
        folded, key = fold(name), skeleton(name)
        if not key:
            return
        is_brief = is_acronym(name)
        seen: set[str] = set()
        for file in self._files:
            for place, rank, since, until in file.find(key, self._units):
                if place.id not in seen:
                    seen.add(place.id)
                    exact = spelled(place, name, folded)
                    form = WRITTEN if exact else VARIANT
                    if exact is None and is_regular(place, folded):
                        form = REGULAR
                    # "ГАЗ", or "газ", is no spelling of "ХАЗ".
                    is_short = is_brief or is_brief_facility(place, name)
                    if form != VARIANT or not is_short:
                        yield Match(place, exact or name, rank, form, since, until)


def _in_case(name: str, bare: str) -> Sequence[str]:
    """Return the nominatives of a bare name, in the locative only those that it is there."""
    forms = nominatives(bare)
    return tuple(adjectives(forms)) or forms if is_in_locative(name) else forms


def _is_unit(match: Match, form: str, words: Toponym) -> bool:
    """Return whether an inflected short name is a unit's: of Tatarstan, but no bare adjective."""
    is_said = words.kind == "admin1" or not is_adjective_stem(form)
    return match.place.kind == "admin1" and is_said


def _sister_forms(
    bare: str, asked: Iterable[tuple[str, bool]], place: Place
) -> Iterator[tuple[int, bool]]:
    """Yield how a place bears a name in the sister language, and whether by an ending besides.

    ``asked`` is what the name can be, and whether that is without a case ending of it.
    """
    feminine = all_forms("admin1", "adjectives")
    is_any_adjective = is_adjective(bare) or bare.lower().endswith(feminine)
    for name in _cyrillic(place):
        if is_any_adjective and not is_adjective(name):
            continue
        for form, has_ending in asked:
            if place.country == "UA" and is_russian_form(form, name):
                yield (INFLECTED if has_ending else REGULAR), False
            elif are_sisters(form, name):
                yield LOOSE, has_ending


def _cyrillic(place: Place) -> Iterator[str]:
    return (name for names in place.names.values() for name in names if script(name) == "Cyrl")
