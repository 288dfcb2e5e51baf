"""A casebook and its checks made a map page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geoconflict.claims.checking import check_claims
from geoconflict.page.assets import leaflet_icon
from geoconflict.page.data import page_data
from geoconflict.page.document import PageFigure, Texts
from geoconflict.page.embedding import safe_json, script_json, well_formed
from geoconflict.page.labels import basemap, map_labels
from geoconflict.page.map import MapPage
from geoconflict.positions import locate_events

if TYPE_CHECKING:
    from geoconflict.casebook import Casebook
    from geoconflict.claims.verdicts import Check


def render(
    casebook: Casebook, *, checks: Sequence[Check] | None = None, title: str | None = None
) -> MapPage:
    """Return the map page of a casebook.

    Parameters
    ----------
    casebook : Casebook
        As read, or as ``locate_events`` returns it. Events that have no position then are
        listed beside the map.
    checks : sequence of Check, optional
        Those to show, as ``check_claims`` returns them. Default: all claims are checked here.
    title : str, optional
        Default: the title of the casebook.

    Returns
    -------
    MapPage
        A folium map: ``str(page)`` is the HTML, ``page.save(path)`` writes it, a notebook
        shows it, and folium layers can be added to it. The same input gives the same bytes.

    Raises
    ------
    EmbeddedDataError
        The basemap or Leaflet is missing from this installation.
    """
    located = casebook if "position" in casebook.events else locate_events(casebook)
    shown = check_claims(casebook) if checks is None else checks
    texts = Texts(
        title=well_formed(casebook.info.title if title is None else title),
        summary=well_formed(casebook.info.summary),
        language=casebook.info.language,
    )
    data = {
        "casebook-data": script_json(page_data(located, shown)),
        "basemap-data": safe_json(basemap()),
        "labels-data": script_json(map_labels(texts.language)),
        "leaflet-images": script_json(leaflet_icon()),
    }
    return MapPage(PageFigure(texts, data))
