"""The map page: one HTML file with map, list of events and checks, that needs no network."""

from geoconflict.page.document import Sharing
from geoconflict.page.map import MapPage, write_page
from geoconflict.page.render import render

__all__ = ["MapPage", "Sharing", "render", "write_page"]
