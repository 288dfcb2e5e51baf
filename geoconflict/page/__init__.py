"""The map page: one HTML file with map, list of events and checks, that needs no network."""

from geoconflict.page.map import MapPage
from geoconflict.page.render import render
from geoconflict.page.writing import write_page

__all__ = ["MapPage", "render", "write_page"]
