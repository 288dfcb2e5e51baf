"""The manifest: what each data file holds, where it comes from and how to credit it."""

from __future__ import annotations

import csv
import json
import platform
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pyogrio
import pyproj
import shapely

from .fetch import sha256_of, source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

FILE = "manifest.json"

ODBL = "ODbL-1.0"
CC_BY = "CC-BY-4.0"
OPEN_DATA_UA = "LicenseRef-open-data-of-Ukraine"
PUBLIC_DOMAIN = "LicenseRef-public-domain"

OSM = "© OpenStreetMap contributors"
NATURAL_EARTH = "Made with Natural Earth"
GEONAMES = "GeoNames (geonames.org), CC BY 4.0"
CODIFIER = "Codifier of administrative units of Ukraine"
POWER_PLANTS = "World Resources Institute, Global Power Plant Database, CC BY 4.0"
CURATED = "geoconflict contributors, CC BY 4.0"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One data file as the manifest describes it.

    Attributes
    ----------
    file
        Name in the data folder.
    title
        What it holds.
    sources
        Keys of the pinned sources; none for a file made by hand.
    licence
        SPDX expression for the file.
    attribution
        Text to show wherever the data are shown.
    """

    file: str
    title: str
    sources: tuple[str, ...] = ()
    licence: str = CC_BY
    attribution: str = CURATED


ENTRIES: tuple[Entry, ...] = (
    Entry(
        file="borders.gpkg",
        title="Countries, with Ukraine in its internationally recognised border",
        sources=("countries", "countries-far"),
        licence=ODBL,
        attribution=OSM,
    ),
    Entry(
        file="border_lines.gpkg",
        title="Border lines of Ukraine and Russia: shared with a neighbour, and coasts",
        sources=("countries", "countries-far"),
        licence=ODBL,
        attribution=OSM,
    ),
    Entry(
        file="admin1.gpkg",
        title="First-level units of Ukraine, Russia and their neighbours",
        sources=("admin1", "geonames"),
        licence=f"{PUBLIC_DOMAIN} AND {CC_BY}",
        attribution=f"{NATURAL_EARTH}; {GEONAMES}; names: {CURATED}",
    ),
    Entry(
        file="settlements.sqlite",
        title="Settlements, airfields, first-level units and countries with their names",
        sources=("geonames", "admin1", "countries", "airfields", "codifier", "codifier-2024"),
        licence=f"{CC_BY} AND {PUBLIC_DOMAIN} AND {ODBL} AND {OPEN_DATA_UA}",
        attribution=f"{GEONAMES}; {NATURAL_EARTH}; {OSM}; OurAirports; {CODIFIER}",
    ),
    Entry(
        file="basemap.json",
        title="Basemap of the map page: countries, inner lines, waters, railways and far coasts",
        sources=("countries", "rivers", "lakes", "admin1", "natural-earth", "railways"),
        licence=f"{ODBL} AND {PUBLIC_DOMAIN}",
        attribution=f"{OSM}; {NATURAL_EARTH}",
    ),
    Entry(
        file="cities.json",
        title="Cities that the map page names",
        sources=("geonames", "codifier"),
        licence=f"{CC_BY} AND {OPEN_DATA_UA}",
        attribution=f"{GEONAMES}; {CODIFIER}",
    ),
    Entry(
        file="admin1_names.csv",
        title="Names of the first-level units of Ukraine and Russia",
    ),
    Entry(
        file="curated.sqlite",
        title="Facilities, villages, waters and regions compiled by hand, for look-ups",
        attribution=f"{CURATED}; {POWER_PLANTS}",
    ),
    Entry(
        file="facilities.csv",
        title="Facilities with their names and positions",
        attribution=f"{CURATED}; {POWER_PLANTS}",
    ),
    Entry(file="renames.csv", title="Old names of settlements with their years"),
    Entry(
        file="countries.csv",
        title="Names of countries in English, Ukrainian and Russian, and aliases",
    ),
    Entry(
        file="world_cities.csv",
        title="Capitals and large cities of other countries with their names",
        attribution=f"{CURATED}; names: Unicode CLDR 48",
    ),
    Entry(file="city_names.csv", title="Names of cities on the map in Ukrainian and Russian"),
    Entry(file="villages.csv", title="Villages that the settlements lack"),
    Entry(file="waters.csv", title="Seas and other waters with their names"),
    Entry(file="aliases.csv", title="Further names of places that other data have"),
    Entry(file="regions.csv", title="Regions that are no units, as circles around them"),
    Entry(file="districts.csv", title="Districts of Russia's oblasts beside the front"),
)


def manifest(
    folder: Path,
    *,
    today: date,
    earlier: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the manifest of the data files that are there.

    Parameters
    ----------
    folder
        Folder of the data files.
    today
        Date of retrieval of what is new.
    earlier
        The manifest before this build. A file keeps its date of retrieval if its
        sources are the same, or, if made by hand, its content.

    Returns
    -------
    dict
        ``built_with`` (versions by program) and ``files`` (by name: title, sources,
        licence, attribution, retrieved, sha256, bytes, records).
    """
    before = (earlier or {}).get("files", {})
    return {
        "built_with": versions(),
        "files": {
            entry.file: _described(
                entry,
                folder / entry.file,
                today=today,
                before=before.get(entry.file),
            )
            for entry in ENTRIES
            if (folder / entry.file).exists()
        },
    }


def read(folder: Path) -> dict[str, Any]:
    """Return the manifest in a folder, or an empty one if there is none."""
    path = folder / FILE
    if not path.exists():
        return {"files": {}}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def text(content: Mapping[str, Any]) -> str:
    """Return a manifest as the text of its file."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def versions() -> dict[str, str]:
    """Return the versions of the programs that decide the bytes of the data."""
    return {
        "python": platform.python_version(),
        "geopandas": gpd.__version__,
        "shapely": shapely.__version__,
        "geos": shapely.geos_version_string,
        "gdal": pyogrio.__gdal_version_string__,
        "pyproj": pyproj.__version__,
        "topojson": version("topojson"),
        "sqlite": sqlite3.sqlite_version,
    }


def count_records(path: Path) -> int:
    """Return how many records a data file holds: features, rows or places.

    Raises
    ------
    ValueError
        If the file is of a kind that is not known here.
    """
    counters = {
        ".gpkg": _count_features,
        ".csv": _count_rows,
        ".sqlite": _count_places,
        ".json": _count_items,
    }
    if path.suffix not in counters:
        message = f"{path}: expected one of {', '.join(counters)}"
        raise ValueError(message)
    return counters[path.suffix](path)


def _described(
    entry: Entry,
    path: Path,
    *,
    today: date,
    before: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Return what the manifest says about one file."""
    described: dict[str, Any] = {
        "title": entry.title,
        "sources": [_cited(key) for key in entry.sources] or "curated",
        "licence": entry.licence,
        "attribution": entry.attribution,
        "retrieved": today.isoformat(),
        "sha256": sha256_of(path),
        "bytes": path.stat().st_size,
        "records": count_records(path),
    }
    same = "sources" if entry.sources else "sha256"
    if before and before[same] == described[same]:
        described["retrieved"] = before["retrieved"]
    return described


def _cited(key: str) -> dict[str, str]:
    """Return a pinned source as the manifest cites it."""
    cited = asdict(source(key))
    del cited["key"]
    return cited


def _count_features(path: Path) -> int:
    """Return the number of features of a GeoPackage."""
    return int(pyogrio.read_info(path)["features"])


def _count_rows(path: Path) -> int:
    """Return the number of rows of a CSV file, without its header."""
    with path.open(encoding="utf-8", newline="") as stream:
        return sum(1 for _ in csv.DictReader(stream))


def _count_places(path: Path) -> int:
    """Return the number of places of the settlements file."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM place").fetchone()[0])


def _count_items(path: Path) -> int:
    """Return the number of geometries of a TopoJSON file, or of rows of a list."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(content, list):
        return len(content)
    return sum(len(layer["geometries"]) for layer in content["objects"].values())
