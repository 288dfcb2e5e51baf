"""The gazetteer: places by name, offline, in English, Ukrainian and Russian spelling."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from geoconflict.embedded import embedded_path
from geoconflict.errors import UnknownPlaceError
from geoconflict.names import fold, parse_toponym, script, skeleton
from geoconflict.places import Place
from geoconflict.resolution import Hints, Match, Resolution, resolve_matches

_LANGUAGES = ("en", "uk", "ru")
_LICENCES = {"GeoNames": "CC BY 4.0", "Natural Earth": "public domain"}
_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_MATCHES = """
SELECT place.*, name.rank AS rank FROM name JOIN place ON place.n = name.place WHERE name.key = ?
"""


class Gazetteer:
    """Places by name. Nothing is guessed: a miss is unknown, a tie is ambiguous.

    Parameters
    ----------
    settlements : Path
        SQLite file of settlements, admin-1 units and countries.
    tables : mapping of str to Path
        Curated CSV tables by kind: ``facility``, ``village``, ``water``.

    Examples
    --------
    >>> Gazetteer.default().resolve("Lyman", context=["Siversk", "Kramatorsk"]).place.admin1
    'Donetsk Oblast'
    """

    def __init__(self, settlements: Path, tables: Mapping[str, Path]) -> None:
        uri = f"{settlements.resolve().as_uri()}?mode=ro&immutable=1"
        self._base = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._base.row_factory = sqlite3.Row
        self._units = {
            row["unit"]: row["name"]
            for row in self._base.execute("SELECT unit, name FROM place WHERE kind = 'admin1'")
        }
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
        row = self._base.execute("SELECT * FROM place WHERE id = ?", (place_id,)).fetchone()
        if row is None:
            message = f"the gazetteer has no record {place_id!r}"
            raise UnknownPlaceError(message)
        return self._place(row)

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
        for row in self._base.execute(_MATCHES, (key,)):
            place = self._place(row)
            exact = next((n for n in _all_names(place) if fold(n) == folded), None)
            yield Match(place, exact or name, row["rank"], exact is not None)
        for place in self._curated.get(key, ()):
            exact = next((n for n in _all_names(place) if fold(n) == folded), None)
            yield Match(place, exact or name, 0, exact is not None)

    def _place(self, row: sqlite3.Row) -> Place:
        return Place(
            id=row["id"],
            name=row["name"],
            kind=row["kind"],
            country=row["country"],
            admin1=self._units.get(row["unit"], ""),
            admin1_code=row["unit"],
            lon=row["lon"],
            lat=row["lat"],
            precision_m=row["precision_m"],
            population=row["population"],
            source=row["source"],
            licence=_LICENCES[row["source"]],
            names={lang: tuple(found) for lang, found in json.loads(row["names"]).items()},
        )

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
    return Gazetteer(embedded_path("settlements.sqlite"), tables)


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
