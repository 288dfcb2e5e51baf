"""The gazetteer: places by name, offline, in English, Ukrainian and Russian spelling."""

from __future__ import annotations

import csv
import re
from collections import ChainMap, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from geoconflict.embedded import embedded_path
from geoconflict.errors import UnknownPlaceError
from geoconflict.names import fold, parse_toponym, script, skeleton
from geoconflict.placefile import PlaceFile
from geoconflict.places import Place
from geoconflict.resolution import Hints, Match, Resolution, resolve_matches

_LANGUAGES = ("en", "uk", "ru")
_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


class Gazetteer:
    """Places by name. Nothing is guessed: a miss is unknown, a tie is ambiguous.

    Parameters
    ----------
    files : sequence of PlaceFile
        Where the same record stands in several, the first wins.
    tables : mapping of str to Path
        Curated CSV tables by kind: ``facility``, ``village``, ``water``.

    Examples
    --------
    >>> Gazetteer.default().resolve("Lyman", context=["Siversk", "Kramatorsk"]).place.admin1
    'Donetsk Oblast'
    """

    def __init__(self, files: Sequence[PlaceFile], tables: Mapping[str, Path]) -> None:
        self.files = tuple(files)
        self._units = dict(ChainMap(*(dict(file.units) for file in self.files)))
        self._curated: dict[str, list[Place]] = defaultdict(list)
        self._by_id: dict[str, Place] = {}
        for kind, path in tables.items():
            self._read_table(kind, path)

    @classmethod
    def default(cls) -> Gazetteer:
        """Return the gazetteer that comes with the package."""
        return _default()

    def get(self, place_id: str) -> Place:
        """Return the place with an identifier.

        Raises
        ------
        UnknownPlaceError
            No place has it.
        """
        if place_id in self._by_id:
            return self._by_id[place_id]
        for file in self.files[:-1]:
            with suppress(UnknownPlaceError):
                return file.get(place_id, self._units)
        return self.files[-1].get(place_id, self._units)

    def lookup(self, name: str) -> list[Match]:
        """Return every place that bears a name, in any of its spellings, unranked.

        Parameters
        ----------
        name : str
            A bare name in English, Ukrainian or Russian; words such as Oblast may stand with it.
        """
        toponym = parse_toponym(name)
        found = {match.place.id: match for match in self._find(toponym.name)}
        if toponym.name != name:
            found |= {match.place.id: match for match in self._find(name)}
        return [m for m in found.values() if _fits_words(m, toponym.kind)]

    def resolve(
        self,
        name: str,
        *,
        context: Sequence[str] = (),
        country: str | None = None,
        admin1: str | None = None,
        kind: str | None = None,
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
            ``settlement``, ``facility``, ``admin1``, ``country`` or ``water``.

        Returns
        -------
        Resolution
            Resolved with the place, ambiguous with ranked candidates, or unknown.

        Raises
        ------
        UnknownPlaceError
            The hint ``admin1`` or ``country`` itself is not known.
        """
        bare, *qualifiers = (part.strip() for part in name.split(","))
        codes = [part for part in qualifiers if _CODE.fullmatch(part)]
        country = country or next((c for c in codes if "-" not in c), None)
        admin1 = admin1 or next((c for c in codes if "-" in c), None)
        hints = Hints(self._country_code(country), self._unit_code(admin1, country), kind)
        names = [part for part in (*qualifiers, *context) if part and part not in codes]
        around = [self.lookup(part) for part in dict.fromkeys(names)]
        return resolve_matches(name, self.lookup(bare), context=around, hints=hints)

    def _find(self, name: str) -> Iterator[Match]:
        folded, key = fold(name), skeleton(name)
        if not key:
            return
        seen: set[str] = set()
        for place, rank in self._with_key(key):
            if place.id not in seen:
                seen.add(place.id)
                exact = next((n for n in _all_names(place) if fold(n) == folded), None)
                yield Match(place, exact or name, rank, exact is not None)

    def _with_key(self, key: str) -> Iterator[tuple[Place, int]]:
        for file in self.files:
            yield from file.find(key, self._units)
        for place in self._curated.get(key, ()):
            yield place, 0

    def _read_table(self, kind: str, path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                place = self._curated_place(kind, row)
                self._by_id[place.id] = place
                for key in {skeleton(name) for name in _all_names(place)}:
                    self._curated[key].append(place)

    def _curated_place(self, kind: str, row: Mapping[str, str]) -> Place:
        return Place(
            id=f"{kind}:{row['id']}",
            name=row["name_en"],
            kind="settlement" if kind == "village" else kind,
            country=row.get("country", ""),
            admin1=self._units.get(row.get("admin1", ""), ""),
            admin1_code=row.get("admin1", ""),
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            precision_m=float(row["precision_m"]),
            population=int(row.get("population") or 0) or None,
            source=row["source"],
            licence=row["licence"],
            names=_curated_names(row),
        )

    def _country_code(self, country: str | None) -> str | None:
        if country is None:
            return None
        if _CODE.fullmatch(country):
            return self.get(f"iso:{country}").country
        return self._hint(country, "country").country

    def _unit_code(self, admin1: str | None, country: str | None) -> str | None:
        if admin1 is None or admin1 in self._units:
            return admin1
        found = [m for m in self.lookup(admin1) if m.place.kind == "admin1"]
        return self._hint(admin1, "admin1", country, found).admin1_code

    def _hint(
        self, name: str, kind: str, country: str | None = None, found: list[Match] | None = None
    ) -> Place:
        matches = self.lookup(name) if found is None else found
        hints = Hints(country=country, kind=kind)
        return resolve_matches(name, matches, context=(), hints=hints).require()


@cache
def _default() -> Gazetteer:
    tables = {
        "facility": embedded_path("facilities.csv"),
        "village": embedded_path("villages.csv"),
        "water": embedded_path("waters.csv"),
    }
    return Gazetteer([PlaceFile(embedded_path("settlements.sqlite"))], tables)


def _curated_names(row: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {
        lang: (row[f"name_{lang}"],) for lang in _LANGUAGES if row[f"name_{lang}"]
    }
    for alias in filter(None, map(str.strip, (row.get("aliases") or "").split("|"))):
        letters = script(alias)
        names[letters] = (*names.get(letters, ()), alias)
    return names


def _all_names(place: Place) -> Iterator[str]:
    for names in place.names.values():
        yield from names


def _fits_words(match: Match, kind: str | None) -> bool:
    """Return whether the words around a name allow this place; Oblast rules out the town."""
    if kind is None:
        return True
    return match.place.kind == kind
