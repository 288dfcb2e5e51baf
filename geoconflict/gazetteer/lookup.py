"""The gazetteer: places by name, offline, in English, Ukrainian and Russian spelling."""

from __future__ import annotations

import datetime as dt
import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.errors import MissingExtraError, UnknownPlaceError
from geoconflict.files.embedded import embedded_path
from geoconflict.gazetteer.cases import nominatives
from geoconflict.gazetteer.facilities import FacilityIndex, facility_frame
from geoconflict.gazetteer.joint import Scored, alone, weigh_together
from geoconflict.gazetteer.matches import (
    INFLECTED,
    LOOSE,
    PRESENT,
    REGULAR,
    SHORT,
    VARIANT,
    WRITTEN,
    Match,
    district_of,
    fitting,
    is_short_allowed,
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
from geoconflict.gazetteer.places import KINDS, ONLINE, Place
from geoconflict.gazetteer.resolution import Resolution, decide
from geoconflict.gazetteer.scoring import Hints
from geoconflict.gazetteer.toponyms import (
    Toponym,
    adjective_stem,
    direction_town,
    is_adjective,
    is_community,
    names_in,
    parse_toponym,
    without_possessive,
    without_preposition,
)
from geoconflict.gazetteer.userdata import all_files
from geoconflict.theatre import Theatre

if TYPE_CHECKING:
    import geopandas as gpd

# Names count as alike from this ratio of rapidfuzz on, and so many are looked at.
_ALIKE, _MOST_ALIKE = 85.0, 8
# Pokrovskyi Raion, Pokrovsky district: what is left is its town.
_LATIN_ADJECTIVE = re.compile(r"(?<=sk)(?:yi|iy|yy|ii|y|i)$", re.IGNORECASE)
# What a town has after the stem of its district, and the least people of such a town.
_TOWN_ENDINGS, _DISTRICT_SEAT = ("о", "а", "ка"), 3000
# A longer text is a description, in which no name can be looked up.
_LONGEST_NAME = 300
_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")

if TYPE_CHECKING:
    from geoconflict.gazetteer.online import Nominatim


class Gazetteer:
    """Places by name. Nothing is guessed: a miss is unknown, a tie is ambiguous.

    Parameters
    ----------
    files : sequence of PlaceFile
        Where the same record stands in several, the first wins.
    facilities : Path, optional
        The curated table of facilities, for finding them by operator and town.
    theatre : Theatre, optional
        Which countries are meant first, and the seats of their units. Default: that of the
        package.
    online : Nominatim, optional
        What is asked for each name that is resolved. Default: nothing.

    Examples
    --------
    >>> Gazetteer.default().resolve("Lyman", context=["Siversk", "Kramatorsk"]).place.admin1
    'Donetsk Oblast'
    """

    def __init__(
        self,
        files: Sequence[PlaceFile],
        *,
        facilities: Path | None = None,
        theatre: Theatre | None = None,
        online: Nominatim | None = None,
    ) -> None:
        self.online = online
        self.files = tuple(files)
        self.theatre = theatre or Theatre.default()
        self._units = dict(ChainMap(*(dict(file.units) for file in self.files)))
        self._facilities_table = facilities
        self._matches = lru_cache(maxsize=4096)(self._look_up)
        self._wider_matches = lru_cache(maxsize=8192)(self._look_wider)
        self._weighed = lru_cache(maxsize=256)(self._weigh)

    @classmethod
    def default(cls, *, online: bool = False) -> Gazetteer:
        """Return the gazetteer that comes with the package, and what the user has added to it.

        Parameters
        ----------
        online : bool
            Whether ``resolve`` also asks Nominatim for each name, once; answers are kept on
            disk, ranked as all others, and say in ``source`` that they were asked online.
        """
        return _online() if online else _default()

    @staticmethod
    def renew() -> None:
        """Let the next ``default()`` see what was added since the last one."""
        _default.cache_clear()

    def get(self, place_id: str) -> Place:
        """Return the place with an identifier.

        Raises
        ------
        UnknownPlaceError
            No place has it.
        """
        for file in self.files[:-1]:
            with suppress(UnknownPlaceError):
                return file.get(place_id, self._units)
        return self.files[-1].get(place_id, self._units)

    def has(self, place_id: str) -> bool:
        """Return whether there is a place with an identifier."""
        return any(file.has(place_id) for file in self.files)

    def has_prefix(self, prefix: str) -> bool:
        """Return whether any identifier starts with a prefix, such as ``geonames``."""
        return any(file.has_prefix(prefix) for file in self.files)

    def lookup(self, name: str) -> tuple[Match, ...]:
        """Return every place that bears a name, in any of its spellings, unranked.

        Parameters
        ----------
        name : str
            A name in English, Ukrainian or Russian. Words such as Oblast or village may stand
            with it, or a case ending; a facility may be named by its operator and town.
        """
        return self._matches(name)

    def facilities(self, kind: str, *, admin1: str) -> tuple[Place, ...]:
        """Return the facilities of a kind in a unit.

        Parameters
        ----------
        kind : str
            What a report calls it, such as ``"oil refinery"``.
        admin1 : str
            ISO 3166-2 code, such as ``"RU-KO"``.
        """
        if self._facilities_table is None:
            return ()
        ids = _facility_index(self._facilities_table).of_kind(kind)
        places = (self.get(found) for found in ids)
        return tuple(place for place in places if place.admin1_code == admin1)

    def facility(self, text: str) -> Place | None:
        """Return the facility that an id or a name means; None where it is not told.

        Parameters
        ----------
        text : str
            Such as ``"ryazan-refinery"`` or ``"Ryazan oil refinery"``.
        """
        if len(text) > _LONGEST_NAME:
            return None
        with suppress(UnknownPlaceError):
            return self.get(f"facility:{text}")
        return self.resolve(text, kind="facility").place

    def is_town_point(self, place_id: str) -> bool:
        """Return whether a record is of a facility that only the point of its town places.

        Parameters
        ----------
        place_id : str
            Such as ``"facility:orsk-refinery"``.
        """
        if self._facilities_table is None:
            return False
        return place_id in _facility_index(self._facilities_table).at_towns

    def role(self, place_id: str) -> tuple[str, str] | None:
        """Return what a facility is and who runs it, None where the curated table has none.

        Examples
        --------
        >>> Gazetteer.default().role("facility:volgograd-refinery")
        ('refinery', 'Lukoil')
        """
        if self._facilities_table is None:
            return None
        return _facility_index(self._facilities_table).role(place_id)

    def facility_table(self) -> gpd.GeoDataFrame:
        """Return all facilities of the curated table, a row each.

        Returns
        -------
        GeoDataFrame
            ``id``, ``kind``, ``name_en``, ``name_uk``, ``name_ru``, ``aliases`` (with `` | ``
            between them), ``operator``, ``town``, ``admin1`` (ISO 3166-2), ``country`` (ISO
            3166-1), ``precision_m``, ``placed`` (``site``, or ``town`` where only that has
            a point), ``position`` (in words), ``source``, ``retrieved``
            and ``licence``; points as ``geometry``, lon and lat in degrees, EPSG:4326. Texts are
            empty where nothing is recorded.

        Examples
        --------
        >>> table = Gazetteer.default().facility_table()
        >>> table.set_index("id").loc["ryazan-refinery", "name_en"]
        'Ryazan oil refinery'
        """
        return facility_frame(self._facilities_table)

    def capital(self, admin1: str) -> Place | None:
        """Return the seat of a unit's government, None where the data do not place it.

        Parameters
        ----------
        admin1 : str
            ISO 3166-2 code of a unit of Ukraine or Russia, such as ``"RU-SAR"``.

        Examples
        --------
        >>> Gazetteer.default().capital("RU-TA").name
        'Kazan'
        """
        name = self.theatre.capitals.get(admin1)
        if name is None:
            return None
        # The seat of Kyiv Oblast is Kyiv, which is a unit of its own.
        own = self.resolve(name, admin1=admin1, kind="settlement").place
        return own or self.resolve(name, country=admin1.partition("-")[0]).place

    def resolve(
        self,
        name: str,
        *,
        context: Sequence[str] = (),
        country: str | None = None,
        admin1: str | None = None,
        kind: str | None = None,
        date: dt.date | None = None,
        fuzzy: bool = False,
    ) -> Resolution:
        """Return which place a name means, or that it cannot be told.

        Parameters
        ----------
        name : str
            The name as it stands in the text. What follows a comma counts as context.
        context : sequence of str
            Names that stand beside it.
        country : str, optional
            ISO 3166-1 alpha-2 code, such as ``"UA"``.
        admin1 : str, optional
            ISO 3166-2 code, such as ``"UA-14"``, or a unit's name.
        kind : str, optional
            ``settlement``, ``facility``, ``admin1``, ``admin2``, ``region``, ``country`` or
            ``water``.
        date : datetime.date, optional
            The day of the report: a name that was official then counts as a present one.
        fuzzy : bool
            Where nothing bears the name, look for names spelled alike; needs the extra
            ``fuzzy``.

        Returns
        -------
        Resolution
            Resolved with the place, ambiguous with ranked candidates, or unknown.

        Raises
        ------
        UnknownPlaceError
            The hint ``admin1``, ``country`` or ``kind`` itself is not known.
        OnlineError
            The gazetteer asks online, and no answer came.
        """
        if kind not in (None, *KINDS):
            message = f"{kind!r} is no kind of place: expected one of {', '.join(KINDS)}"
            raise UnknownPlaceError(message)
        bare, *qualifiers = (part.strip() for part in name.split(","))
        codes = [part for part in qualifiers if _CODE.fullmatch(part)]
        country = country or next((c for c in codes if "-" not in c), None)
        admin1 = admin1 or next((c for c in codes if "-" in c), None)
        self._ask_online(bare)
        unit = self._unit_code(admin1, country)
        hints = Hints(self.theatre, self._country_code(country), unit, kind, date)
        beside = (part for part in (*qualifiers, *context) if part and part not in codes)
        names = {one for part in beside for one in self._single(part)} - {bare}
        if names:
            group = frozenset((bare, *names))
            found, scored = self._weighed(group, replace(hints, kind=None))
            admitted = [one for one in scored.get(bare, ()) if hints.admit(one.match.place)]
            answer = decide(name, found[bare], admitted, hints=hints)
        else:
            matches = self._wider_matches(bare)
            answer = decide(name, matches, alone(matches, hints), hints=hints)
        if fuzzy and answer.status == "unknown":
            matches = self._alike(bare)
            answer = decide(name, matches, alone(matches, hints), hints=hints)
        return replace(answer, query=name)

    def _single(self, text: str) -> tuple[str, ...]:
        """Return a name, or those that a phrase such as "between Lyman and Siversk" holds."""
        return (text,) if self.lookup(text) else names_in(text) or (text,)

    def _weigh(
        self, names: frozenset[str], hints: Hints
    ) -> tuple[dict[str, tuple[Match, ...]], dict[str, list[Scored]]]:
        matches = {name: self._wider_matches(name) for name in names}
        return matches, weigh_together(matches, hints)

    def _alike(self, name: str) -> tuple[Match, ...]:
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
            replace(match, form=VARIANT)
            for file in self.files
            for key, _, _ in process.extract(
                wanted, file.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST_ALIKE
            )
            for match in self._with_key(file, key)
            if match.rank == PRESENT
        ]
        return tuple({match.place.id: match for match in found}.values())

    def _with_key(self, file: PlaceFile, key: str) -> Iterator[Match]:
        for place, rank, since, until in file.find(key, self._units):
            yield Match(place, place.name, rank, VARIANT, since, until)

    def _ask_online(self, name: str) -> None:
        """Take in what is answered to a name online, where the user wants that."""
        if self.online is None:
            return
        if self.online.learn(name, [match.place for match in self._wider_matches(name)]):
            kept = (file for file in self.files if file.info["source"] != ONLINE)
            self.files = (*kept, self.online.file())
            for one in (self._matches, self._wider_matches, self._weighed):
                one.cache_clear()

    def _look_up(self, name: str) -> tuple[Match, ...]:
        name = without_possessive(name)
        town = direction_town(name)
        if town is not None:
            return self._of_direction(town)
        bare = without_preposition(name)
        found = self._named(name) or (self._named(bare) if bare != name else ())
        if any(match.exact and match.rank == PRESENT for match in found):
            return found
        inflected = self._inflected(bare)
        if found or inflected:
            # A genitive can be spelled like another place: "Покровська" is of Pokrovsk.
            return _by_place((*found, *inflected))
        return tuple(Match(place, place.name, 0, VARIANT) for place in self._facilities(name))

    def _of_direction(self, town: str) -> tuple[Match, ...]:
        """Return the towns that a direction of the front is called after."""
        for form in dict.fromkeys((town, town.removesuffix("ськ"), town.removesuffix("ск"))):
            named = (match for match in self._named(form) if match.exact)
            towns = [match for match in named if match.place.kind == "settlement"]
            if towns:
                return _by_place(replace(match, form=INFLECTED) for match in towns)
        return ()

    def _look_wider(self, name: str) -> tuple[Match, ...]:
        """Return all that a name can mean: by its case ending and in the sister language too."""
        found = self.lookup(name)
        if direction_town(name) is not None:
            return found
        bare = without_preposition(without_possessive(name))
        if parse_toponym(bare).kind is not None and found:
            return found
        inflected = self._inflected(bare) if found and found[0].exact else ()
        return _by_place((*found, *inflected, *self._sisters(bare)))

    def _inflected(self, bare: str) -> tuple[Match, ...]:
        """Return the places whose name in the nominative an inflected name can be of."""
        words = parse_toponym(bare)
        found = [
            match
            for form in nominatives(words.name)
            if adjective_stem(form) or not is_adjective(words.name) or words.kind
            for match in self._named(form, words=words)
            if match.rank < SHORT or _is_unit(match, form, words)
        ]
        is_spelled = any(match.exact and match.rank == PRESENT for match in found)
        return tuple(
            replace(match, form=INFLECTED, outspelled=is_spelled and match.form == VARIANT)
            for match in _by_place(found)
        )

    def _sisters(self, bare: str) -> tuple[Match, ...]:
        """Return the places whose name is the one asked for in the sister language."""
        if script(bare) != "Cyrl":
            return ()
        forms: dict[str, list[tuple[str, bool]]] = {}
        for form in (bare.lower(), *nominatives(bare)):
            for spelled in ukrainian_roots(form):
                asked = (spelled, form != bare.lower())
                forms.setdefault(loose_key(spelled), []).append(asked)
        forms.pop("", None)
        found = (
            replace(Match(place, place.name, rank, form, since, until), has_ending=has_ending)
            for file, (key, asked) in product(self.files, forms.items())
            for place, rank, since, until in file.find(f"{LOOSE_MARK}{key}", self._units)
            for form, has_ending in _sister_forms(bare, asked, place)
        )
        return _by_place(found)

    def _named(self, text: str, *, words: Toponym | None = None) -> tuple[Match, ...]:
        """Return the places that bear a name as it stands, or without the words around it."""
        toponym = words or parse_toponym(text)
        found = {m.place.id: m for m in self._find(text)} if words is None else {}
        if any(match.rank == PRESENT and match.exact for match in found.values()):
            return tuple(found.values())
        if words is not None or toponym.name != text:
            bare = text if words is not None else toponym.name
            kept = fitting(self._find(bare), toponym, city_units=self.theatre.city_units)
            found |= {m.place.id: m for m in kept if m.place.id not in found}
        if toponym.adjective or (toponym.kind == "admin2" and not found):
            found |= {m.place.id: m for m in self._by_stem(toponym, text)}
        full = [m for m in found.values() if m.rank < SHORT or is_short_allowed(m, toponym)]
        return tuple(full or (m for m in found.values() if m.place.name.startswith(m.name)))

    def _by_stem(self, toponym: Toponym, text: str) -> Iterator[Match]:
        """Yield the unit or district that an adjective or a town's name stands for."""
        stem = adjective_stem(toponym.name) or toponym.name
        areas = self._areas(stem, text) if toponym.kind == "admin2" else []
        yield from areas
        bare = stem.removesuffix("ськ").removesuffix("ск")
        for name in dict.fromkeys((stem, bare, *(bare + ending for ending in _TOWN_ENDINGS))):
            for match in self._find(name):
                is_told = name in (stem, bare) or (match.place.population or 0) >= _DISTRICT_SEAT
                is_wide = match.place.admin1_code not in self.theatre.city_units
                if toponym.kind == match.place.kind == "admin1" and is_told and is_wide:
                    yield match
                is_seat = match.place.kind == "settlement" and match.form != VARIANT
                if toponym.kind == "admin2" and is_told and is_seat and not areas:
                    yield replace(match, place=district_of(match.place))

    def _areas(self, stem: str, text: str) -> list[Match]:
        """Return the raions or communities called by an adjective's stem or their seat."""
        name = f"{_LATIN_ADJECTIVE.sub('', stem)} {'hromada' if is_community(text) else 'raion'}"
        found = (match for match in self._find(name) if match.place.kind == "admin2")
        return [replace(match, form=INFLECTED) for match in found]

    def _find(self, name: str) -> Iterator[Match]:
        folded, key = fold(name), skeleton(name)
        if not key:
            return
        seen: set[str] = set()
        for file in self.files:
            for place, rank, since, until in file.find(key, self._units):
                if place.id not in seen:
                    seen.add(place.id)
                    exact = _spelled(place, name, folded)
                    form = WRITTEN if exact else VARIANT
                    if exact is None and _is_regular(place, folded):
                        form = REGULAR
                    yield Match(place, exact or name, rank, form, since, until)

    def _facilities(self, text: str) -> list[Place]:
        if self._facilities_table is None:
            return []
        ids = _facility_index(self._facilities_table).search(text)
        return [self.get(found) for found in ids]

    def _country_code(self, country: str | None) -> str | None:
        if country is None:
            return None
        if _CODE.fullmatch(country.upper()):
            return self.get(f"iso:{country.upper()}").country
        return self._hint(country, "country").country

    def _unit_code(self, admin1: str | None, country: str | None) -> str | None:
        if admin1 is None or admin1.upper() in self._units:
            return admin1 and admin1.upper()
        found = [m for m in self.lookup(admin1) if m.place.kind == "admin1"]
        return self._hint(admin1, "admin1", country, found).admin1_code

    def _hint(
        self, name: str, kind: str, country: str | None = None, found: Sequence[Match] | None = None
    ) -> Place:
        matches = self.lookup(name) if found is None else found
        hints = Hints(self.theatre, country=country, kind=kind)
        return decide(name, matches, alone(matches, hints), hints=hints).require()


def _by_place(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Return matches, of each place that by the best of its names."""
    found: dict[str, Match] = {}
    for match in matches:
        other = found.get(match.place.id)
        if other is None or (match.rank, match.form) < (other.rank, other.form):
            found[match.place.id] = match
    return tuple(found.values())


def _is_unit(match: Match, form: str, words: Toponym) -> bool:
    """Return whether an inflected short name is a unit's: of Tatarstan, but no bare adjective."""
    is_said = words.kind == "admin1" or adjective_stem(f"{form}а") is None
    return match.place.kind == "admin1" and is_said


def _sister_forms(
    bare: str, asked: Iterable[tuple[str, bool]], place: Place
) -> Iterator[tuple[int, bool]]:
    """Yield how a place bears a name in the sister language, and whether by an ending besides.

    ``asked`` is what the name can be, and whether that is without a case ending of it.
    """
    is_any_adjective = is_adjective(bare) or bare.lower().endswith(("ська", "цька", "зька"))
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


@cache
def _default() -> Gazetteer:
    return Gazetteer(all_files(), facilities=embedded_path("facilities.csv"))


def _online() -> Gazetteer:
    from geoconflict.gazetteer.online import Nominatim

    table, online = embedded_path("facilities.csv"), Nominatim(Theatre.default())
    return Gazetteer(all_files(), facilities=table, online=online)


@cache
def _facility_index(table: Path) -> FacilityIndex:
    return FacilityIndex(table)


def _spelled(place: Place, name: str, folded: str) -> str | None:
    """Return the recorded name that is the one asked for, None if it is spelled otherwise."""
    groups = place.names.values()
    for names in groups:
        if name in names:
            return name
    return next((found for names in groups for found in names if fold(found) == folded), None)


def _is_regular(place: Place, folded: str) -> bool:
    """Return whether a name is how Russian spells one of a place's Ukrainian names."""
    if place.country != "UA" or folded.isascii():
        return False
    own = (*place.names.get("uk", ()), *place.names.get("Cyrl", ()))
    return any(is_russian_form(folded, name) for name in own)
