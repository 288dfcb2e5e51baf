"""A casebook handed out in the formats that others use: a module a format.

``located`` gives each event its position, reports and claims; ``contents`` says what of it a
format takes; ``colours`` and ``qgis`` how
they look.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.files import write_casebook
from geoconflict.exporters.geojson import write_geojson
from geoconflict.exporters.geopackage import write_geopackage
from geoconflict.exporters.kml import write_kml
from geoconflict.exporters.parquet import write_geoparquet
from geoconflict.exporters.timemap import write_timemap

# By the names of the command line: how it is written, and what ends its name; a folder none.
WRITERS: Mapping[str, tuple[Callable[[Casebook, str | Path], Path], str]] = {
    "geojson": (write_geojson, ".geojson"),
    "gpkg": (write_geopackage, ".gpkg"),
    "geoparquet": (write_geoparquet, "-geoparquet"),
    "csv": (write_casebook, "-csv"),
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
