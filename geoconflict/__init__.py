"""Turn reports on strikes and front lines into publishable maps and figures that can be defended.

The way of the data, and where each step lives:

``files``         every byte in or out: files written whole, embedded data, points in Parquet
``theatre``       countries, sides and window of the war, and official figures, each with citation
``measuring``     dates, units and stated numbers as intervals; geodesics; recognised borders
``gazetteer``     which place a name means; ``gazetteer.growing`` takes in more places
``casebooks``     the tables that people edit: records, reading, faults, positions, links
``fronts``        dated snapshots of who held what: the line, control, what changed
``references``    what a text measures from and to; ``measurements`` how far and in which direction
``reading``       what a text states: distances, directions, areas, rates and shares as claims
``claims``        stated against measured: the verdict and why
``importers``     what others publish made into a casebook; ``exporters`` a casebook handed out
``enrichment``    millions of events measured, piece by piece
``look``          the colours that page, figures and exports share
``page``          the map page; ``article`` a checked report; ``plots`` maps and charts for print
``cards``         how objects show themselves in a ``notebook``; ``cli`` the commands

Importing the package imports nothing heavy: each name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from geoconflict.notebook import show_with

if TYPE_CHECKING:
    from geoconflict.casebooks.casebook import Casebook, read_casebook
    from geoconflict.casebooks.files import write_casebook
    from geoconflict.casebooks.links import Link, link_events
    from geoconflict.casebooks.positions import locate_events
    from geoconflict.casebooks.records import Claim
    from geoconflict.claims import Check, Checks, MoveCheck, check_claims, check_moves
    from geoconflict.enrichment import enrich, enrich_frame, enrich_partitions
    from geoconflict.errors import GeoconflictError
    from geoconflict.exporters import (
        write_geojson,
        write_geopackage,
        write_geoparquet,
        write_kml,
        write_timemap,
    )
    from geoconflict.fronts import Advance, Changes, Comparison, Fronts, Snapshot
    from geoconflict.gazetteer import Gazetteer, Place, Resolution
    from geoconflict.gazetteer.growing.additions import add_places
    from geoconflict.importers import (
        read_acled,
        read_bellingcat,
        read_csv,
        read_geoconfirmed,
        read_kml,
        read_ucdp,
        read_viina,
    )
    from geoconflict.measurements import Measurement, measure
    from geoconflict.measuring.borders import Borders
    from geoconflict.measuring.dates import DateRange, parse_date_range
    from geoconflict.measuring.geodesy import LineIndex, area_m2, inverse, length_m
    from geoconflict.page import MapPage, render, write_page
    from geoconflict.plots import (
        draw_areas,
        draw_checks,
        draw_map,
        draw_timeline,
        weekly_events,
        write_figure,
    )
    from geoconflict.reading import read_claims
    from geoconflict.references import Reference, find_reference
    from geoconflict.theatre import Theatre

_MODULES = {
    "measuring.borders": ("Borders",),
    "casebooks.casebook": ("Casebook", "read_casebook"),
    "casebooks.records": ("Claim",),
    "casebooks.files": ("write_casebook",),
    "claims": ("Check", "Checks", "MoveCheck", "check_claims", "check_moves"),
    "measuring.dates": ("DateRange", "parse_date_range"),
    "enrichment": ("enrich", "enrich_frame", "enrich_partitions"),
    "gazetteer.growing.additions": ("add_places",),
    "errors": ("GeoconflictError",),
    "exporters": (
        "write_geojson",
        "write_geopackage",
        "write_geoparquet",
        "write_kml",
        "write_timemap",
    ),
    "theatre": ("Theatre",),
    "fronts": ("Advance", "Changes", "Comparison", "Fronts", "Snapshot"),
    "gazetteer": ("Gazetteer", "Place", "Resolution"),
    "measuring.geodesy": ("LineIndex", "area_m2", "inverse", "length_m"),
    "importers": (
        "read_acled",
        "read_bellingcat",
        "read_csv",
        "read_geoconfirmed",
        "read_kml",
        "read_ucdp",
        "read_viina",
    ),
    "casebooks.links": ("Link", "link_events"),
    "measurements": ("Measurement", "measure"),
    "page": ("MapPage", "render", "write_page"),
    "plots": (
        "draw_areas",
        "draw_checks",
        "draw_map",
        "draw_timeline",
        "weekly_events",
        "write_figure",
    ),
    "casebooks.positions": ("locate_events",),
    "reading": ("read_claims",),
    "references": ("Reference", "find_reference"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "Advance",
    "Borders",
    "Casebook",
    "Changes",
    "Check",
    "Checks",
    "Claim",
    "Comparison",
    "DateRange",
    "Fronts",
    "Gazetteer",
    "GeoconflictError",
    "LineIndex",
    "Link",
    "MapPage",
    "Measurement",
    "MoveCheck",
    "Place",
    "Reference",
    "Resolution",
    "Snapshot",
    "Theatre",
    "add_places",
    "area_m2",
    "check_claims",
    "check_moves",
    "draw_areas",
    "draw_checks",
    "draw_map",
    "draw_timeline",
    "enrich",
    "enrich_frame",
    "enrich_partitions",
    "find_reference",
    "inverse",
    "length_m",
    "link_events",
    "locate_events",
    "measure",
    "parse_date_range",
    "read_acled",
    "read_bellingcat",
    "read_casebook",
    "read_claims",
    "read_csv",
    "read_geoconfirmed",
    "read_kml",
    "read_ucdp",
    "read_viina",
    "render",
    "weekly_events",
    "write_casebook",
    "write_figure",
    "write_geojson",
    "write_geopackage",
    "write_geoparquet",
    "write_kml",
    "write_page",
    "write_timemap",
]


def __getattr__(name: str) -> object:
    """Load a public name from its module on first use."""
    if name not in _HOME:
        message = f"module 'geoconflict' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"geoconflict.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names, for completion."""
    return sorted(_HOME)


def _card(shown: object) -> str:
    """Return an object as HTML; what draws it is loaded when one is first shown."""
    from geoconflict.cards import html

    return html(shown)


show_with(_card)
