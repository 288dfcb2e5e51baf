"""The places that people wrote down for this project, as one SQLite file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from geoconflict.gazetteer.names import script
from geoconflict.gazetteer.placefile import Name, write_places
from geoconflict.gazetteer.places import Place

TABLES = {"facility": "facilities.csv", "village": "villages.csv", "water": "waters.csv"}
_LANGUAGES = ("en", "uk", "ru")
_INFO = {
    "title": "Facilities, villages and waters compiled by hand",
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
        Where ``facilities.csv``, ``villages.csv`` and ``waters.csv`` are.

    Returns
    -------
    int
        Number of places written.
    """
    rows = [(kind, row) for kind, name in TABLES.items() for row in read_table(folder / name)]
    newest = max(row["retrieved"] for _, row in rows)
    places = ((_place(kind, row), list(_names(row))) for kind, row in rows)
    sources = {f"source:{kind}:{row['id']}": row["source"] for kind, row in rows}
    towns = {f"town:{kind}:{row['id']}": row["town"] for kind, row in rows if row.get("town")}
    return write_places(target, places, info=_INFO | sources | towns | {"retrieved": newest})


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a curated table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _place(kind: str, row: Mapping[str, str]) -> Place:
    return Place(
        id=f"{kind}:{row['id']}",
        name=row["name_en"],
        kind="settlement" if kind == "village" else kind,
        country=row["country"],
        admin1_code=row["admin1"],
        lon=float(row["lon"]),
        lat=float(row["lat"]),
        precision_m=float(row["precision_m"]),
        population=int(row.get("population") or 0) or None,
    )


def _names(row: Mapping[str, str]) -> Iterator[Name]:
    for language in _LANGUAGES:
        if row[f"name_{language}"]:
            yield Name(row[f"name_{language}"], 0, language)
    for alias in filter(None, map(str.strip, row["aliases"].split("|"))):
        yield Name(alias, 0, script(alias))
