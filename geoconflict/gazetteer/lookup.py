"""The gazetteer: places by name, offline, in English, Ukrainian and Russian spelling."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.errors import UnknownPlaceError
from geoconflict.files.embedded import embedded_path
from geoconflict.gazetteer.bearers import Bearers
from geoconflict.gazetteer.facilities import FacilityIndex, facility_frame
from geoconflict.gazetteer.joint import Scored, alone, weigh_together
from geoconflict.gazetteer.matches import Match
from geoconflict.gazetteer.placefile import PlaceFile
from geoconflict.gazetteer.places import KINDS, ONLINE, Place
from geoconflict.gazetteer.resolution import Resolution, decide
from geoconflict.gazetteer.rivals import is_left_out
from geoconflict.gazetteer.scoring import Hints
from geoconflict.gazetteer.toponyms import names_in
from geoconflict.gazetteer.userdata import all_files
from geoconflict.measuring.dates import Day, day_of
from geoconflict.theatre import Theatre

if TYPE_CHECKING:
    import geopandas as gpd

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
        self._bearers = self._of_files()
        self._weighed = lru_cache(maxsize=256)(self._weigh)

    def _of_files(self) -> Bearers:
        return Bearers(self.files, self._units, self.theatre, facilities=self._named_facilities)

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
        return self._bearers.named(name)

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
        date: Day | None = None,
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
        date : date or str, optional
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
        hints = Hints(self.theatre, self._country_code(country), unit, kind, day_of(date))
        beside = (part for part in (*qualifiers, *context) if part and part not in codes)
        names = {one for part in beside for one in self._single(part)} - {bare}
        if names:
            group = frozenset((bare, *names))
            open_hints = replace(hints, kind=None) if kind else hints
            found, scored = self._weighed(group, open_hints)
            if is_left_out(scored, bare) and (longer := self._bearers.longer(bare)):
                found = {**found, bare: (*found[bare], *longer)}
                scored = weigh_together(found, open_hints)
            admitted = scored.get(bare, [])
            if not hints.is_open:
                admitted = [one for one in admitted if hints.admit(one.match.place)]
            answer = self._decide(name, found[bare], admitted, hints)
        else:
            matches = self._bearers.wider(bare)
            answer = self._decide(name, matches, alone(matches, hints), hints)
        if fuzzy and answer.status == "unknown":
            matches = self._bearers.alike(bare)
            answer = decide(name, matches, alone(matches, hints), hints=hints)
        return answer

    def _single(self, text: str) -> tuple[str, ...]:
        """Return a name, or those that a phrase such as "between Lyman and Siversk" holds."""
        return (text,) if self.lookup(text) else names_in(text) or (text,)

    def _decide(
        self, name: str, matches: Sequence[Match], scored: Sequence[Scored], hints: Hints
    ) -> Resolution:
        return decide(name, matches, scored, hints=hints, rivers=self._bearers.rivers)

    def _weigh(
        self, names: frozenset[str], hints: Hints
    ) -> tuple[dict[str, tuple[Match, ...]], dict[str, list[Scored]]]:
        matches = {name: self._bearers.wider(name) for name in names}
        return matches, weigh_together(matches, hints)

    def _ask_online(self, name: str) -> None:
        """Take in what is answered to a name online, where the user wants that."""
        if self.online is None:
            return
        if self.online.learn(name, [match.place for match in self._bearers.wider(name)]):
            kept = (file for file in self.files if file.info["source"] != ONLINE)
            self.files = (*kept, self.online.file())
            self._bearers = self._of_files()
            self._weighed.cache_clear()

    def _named_facilities(self, text: str) -> list[Place]:
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


@cache
def _default() -> Gazetteer:
    return Gazetteer(all_files(_merge_anew), facilities=embedded_path("facilities.csv"))


def _merge_anew() -> None:
    from geoconflict.gazetteer.growing.merging import merge_anew

    merge_anew()


def _online() -> Gazetteer:
    from geoconflict.gazetteer.online import Nominatim

    table, online = embedded_path("facilities.csv"), Nominatim(Theatre.default())
    return Gazetteer(all_files(_merge_anew), facilities=table, online=online)


@cache
def _facility_index(table: Path) -> FacilityIndex:
    return FacilityIndex(table)
