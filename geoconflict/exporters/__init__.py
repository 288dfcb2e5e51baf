"""A casebook handed out in the formats that others use: a module a format.

``geojson``, ``geopackage``, ``kml``, ``parquet`` and ``timemap`` are the formats. ``located`` gives
each event its position, reports and claims, and says what of it a format takes. Each says what it
says in the language of the casebook, or another.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.files import write_casebook
from geoconflict.exporters.geojson import write_geojson
from geoconflict.exporters.geopackage import write_geopackage
from geoconflict.exporters.kml import write_kml
from geoconflict.exporters.parquet import write_geoparquet
from geoconflict.exporters.timemap import write_timemap


class Writer(Protocol):
    """Writes a casebook with its own words in a language, that of the casebook by default."""

    def __call__(
        self, casebook: Casebook, path: str | Path, /, *, language: str | None = None
    ) -> Path:
        """Return the file or folder that was written."""


def _write_tables(
    casebook: Casebook,
    path: str | Path,
    *,
    language: str | None = None,  # noqa: ARG001
) -> Path:
    """Write the tables of a casebook, which hold no words but its own."""
    return write_casebook(casebook, path)


# By the names of the command line: how it is written, and what ends its name; a folder none.
WRITERS: Mapping[str, tuple[Writer, str]] = {
    "geojson": (write_geojson, ".geojson"),
    "gpkg": (write_geopackage, ".gpkg"),
    "geoparquet": (write_geoparquet, "-geoparquet"),
    "csv": (_write_tables, "-csv"),
    "kml": (write_kml, ".kml"),
    "timemap": (write_timemap, "-timemap"),
}

__all__ = [
    "WRITERS",
    "write_casebook",
    "write_geojson",
    "write_geopackage",
    "write_geoparquet",
    "write_kml",
    "write_timemap",
]
