"""The places that people wrote down for this project, as one SQLite file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from geoconflict.gazetteer.growing.identity import Known, identities
from geoconflict.gazetteer.names import script, skeleton
from geoconflict.gazetteer.placefile import STEM, KeyRow, Name, PlaceFile, write_places
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.toponyms import adjective_stem

TABLES = {
    "facility": "facilities.csv",
    "village": "villages.csv",
    "water": "waters.csv",
    "region": "regions.csv",
    "district": "districts.csv",
}
# What a row is in the gazetteer, where it is called otherwise there.
_KINDS = {"village": "settlement", "district": "admin2"}
# Further names of places that other data have, by their ids.
ALIASES = "aliases.csv"
_LANGUAGES = ("en", "uk", "ru")
_INFO = {
    "title": "Facilities, villages, waters, regions and districts compiled by hand",
    "source": "compiled by hand, each record with its source",
    "licence": "CC BY 4.0",
}


def write_curated(target: Path, *, folder: Path) -> int:
    """Write the curated tables of a folder as a file of places.

    Parameters
    ----------
    target : Path
        The file to write.
    folder : Path
        Where the tables and the settlements with the airfields are.

    Returns
    -------
    int
        Number of places written.
    """
    rows = [(kind, row) for kind, name in TABLES.items() for row in read_table(folder / name)]
    newest = max(row["retrieved"] for _, row in rows)
    known = PlaceFile(folder / "settlements.sqlite")
    ranks = known.key_rows()
    placed = [
        (_place(kind, row), [*_names(row), *_known_names(row, known, ranks)]) for kind, row in rows
    ]
    settlements = _settlements(placed, known, ranks)
    places = [(_coded(place, settlements.get(place.id)), names) for place, names in placed]
    aliases = read_table(folder / ALIASES)
    places += [
        (known.get(row["id"], known.units), [*_aliases(row), *_known_names(row, known, ranks)])
        for row in aliases
    ]
    rows += [("alias", row) for row in aliases]
    told = {
        f"{what}:{record_id(kind, row['id'])}": row[what]
        for kind, row in rows
        for what in ("source", "licence", "town")
        if row.get(what) and row[what] != _INFO.get(what)
    }
    return write_places(target, places, info=_INFO | told | {"retrieved": newest})


def _coded(place: Place, settlement: Place | None) -> Place:
    if settlement is None:
        return place
    return replace(place, code=settlement.code, community=settlement.community)


def _settlements(
    placed: Sequence[tuple[Place, Sequence[Name]]],
    known: PlaceFile,
    ranks: Mapping[str, Sequence[KeyRow]],
) -> dict[str, Place]:
    """Return the codifier's settlement for the ids of villages that clearly are one."""
    settlements = {
        place.id: Known(place, frozenset(row.key for row in ranks[place.id] if row.rank == 0))
        for place in known.all_of("settlement")
        if place.code
    }
    points = [
        Known(place, frozenset(skeleton(name.text) for name in names if name.rank == 0))
        for place, names in placed
        if place.kind == "settlement" and place.country == "UA"
    ]
    found = identities(points, list(settlements.values()))
    return {i: settlements[one.settlement].place for i, one in found.items() if one.is_clear}


def record_id(kind: str, row_id: str) -> str:
    """Return the id of a row in the gazetteer; a row can be of a record that other data have.

    Examples
    --------
    >>> record_id("facility", "ryazan-refinery"), record_id("facility", "ourairports:UUBD")
    ('facility:ryazan-refinery', 'ourairports:UUBD')
    """
    return row_id if ":" in row_id else f"{kind}:{row_id}"


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a curated table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _place(kind: str, row: Mapping[str, str]) -> Place:
    return Place(
        id=record_id(kind, row["id"]),
        name=row["name_en"],
        kind=_KINDS.get(kind, kind),
        country=row["country"],
        admin1_code=row["admin1"],
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        precision_m=float(row["precision_m"]),
        population=int(row.get("population") or 0) or None,
    )


def _known_names(
    row: Mapping[str, str], known: PlaceFile, ranks: Mapping[str, Sequence[KeyRow]]
) -> Iterator[Name]:
    """Yield the names that other data give the record of a row, with the ranks they have there."""
    if ":" in row["id"]:
        rank = {found.key: found.rank for found in ranks[row["id"]]}
        for language, names in known.get(row["id"], {}).names.items():
            yield from (Name(name, rank.get(skeleton(name), 2), language) for name in names)


def _names(row: Mapping[str, str]) -> Iterator[Name]:
    for language in _LANGUAGES:
        if row[f"name_{language}"]:
            yield Name(row[f"name_{language}"], 0, language)
        if row.get("seat"):
            # By its stem, or its seat, a district is found in every case.
            adjective = row[f"name_{language}"].split()[0]
            for name in (adjective_stem(adjective) or adjective, row["seat"]):
                yield Name(f"{name} raion", 0, STEM)
    yield from _aliases(row)


def _aliases(row: Mapping[str, str]) -> Iterator[Name]:
    for alias in filter(None, map(str.strip, row["aliases"].split("|"))):
        yield Name(alias, 0, script(alias))
        # By its stem a unit's adjective is found in every case.
        stem = adjective_stem(alias.split()[0]) if row["id"].startswith("iso:") else None
        if stem:
            yield Name(stem, 2, STEM)
