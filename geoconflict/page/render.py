"""A casebook and its checks made a map page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoconflict.casebooks.casebook import read_casebook, require_licence
from geoconflict.casebooks.coordinates import without_coordinates
from geoconflict.casebooks.positions import locate_events
from geoconflict.claims.checking import check_claims
from geoconflict.claims.moves import check_moves
from geoconflict.errors import PageOptionError
from geoconflict.page.arcs import unit_data
from geoconflict.page.assets import leaflet_icon
from geoconflict.page.blur import blur, check_cell, coarse
from geoconflict.page.cells import web_link
from geoconflict.page.data import page_data
from geoconflict.page.document import Document, Sharing, Texts
from geoconflict.page.frontdata import front_data
from geoconflict.page.labels import ground
from geoconflict.page.map import MapPage, tile_layer
from geoconflict.page.packing import coded_table, pack
from geoconflict.page.policy import script_json, well_formed
from geoconflict.page.story import Story
from geoconflict.page.twin import twin

if TYPE_CHECKING:
    from geoconflict.casebooks.casebook import Casebook
    from geoconflict.casebooks.records import Language
    from geoconflict.claims.verdicts import Check
    from geoconflict.fronts.collection import Fronts

_TABLES = ("events", "reports", "claims")


def render(  # noqa: PLR0913 - every option of a page can be chosen apart
    casebook: Casebook | str | Path,
    *,
    checks: Sequence[Check] | None = None,
    title: str | None = None,
    language: Language | None = None,
    fronts: Fronts | None = None,
    allow_restricted: bool = False,
    blur_km: float | None = None,
    tiles: str | None = None,
    sharing: Sharing | None = None,
    story: Story | None = None,
    compare: tuple[dt.date, dt.date] | None = None,
) -> MapPage:
    """Return the map page of a casebook.

    Parameters
    ----------
    casebook : Casebook, str or Path
        As read, or as ``locate_events`` returns it, or where it lies. Events that have no
        position then are listed beside the map.
    checks : sequence of Check, optional
        Those to show, as ``check_claims`` returns them. Default: all claims are checked here,
        those on the front with the snapshots that are given.
    title : str, optional
        Default: the title of the casebook.
    language : {"en", "uk", "ru"}, optional
        Of the page's own words and the names on its map, until the reader chooses another.
        Default: that of the casebook.
    fronts : Fronts, optional
        Snapshots of the front. The page carries those of the casebook's period, at most 60,
        simplified to about 100 m.
    allow_restricted : bool
        Whether fronts and events may be shown whose licence does not let everybody publish
        them.
    blur_km : float, optional
        Move every point to the middle of its cell of a grid of this size, and take exact
        coordinates and distances out of all texts.
    tiles : str, optional
        Online map tiles by their name in xyzservices, such as ``"OpenStreetMap.Mapnik"``. The
        page then asks their server for images when it is opened.
    sharing : Sharing, optional
        Where the page will stand, its picture for links to it, and whether it is a map alone for
        a frame in another page.
    story : Story, optional
        What the page tells beside the map, as ``tell`` returns it.
    compare : pair of datetime.date, optional
        Two days of the front that a line divides, which the reader drags; needs ``fronts``.

    Returns
    -------
    MapPage
        ``str(page)`` is the HTML, ``page.save(path)`` writes it, a notebook shows it, and
        layers of folium can be added to it. The same input gives the same bytes.

    Raises
    ------
    CasebookError
        There is none where it is said to lie, or it cannot be read.
    EmbeddedDataError
        The basemap or Leaflet is missing from this installation.
    LicenceError
        The licence of the fronts, or of a source of events, forbids publishing them, and
        ``allow_restricted`` is False.
    PageOptionError
        The size of cells or the name of tiles is none that can be used.

    Examples
    --------
    >>> import geoconflict as gc
    >>> page = gc.render("maps/january-2025")
    >>> str(page).startswith("<!DOCTYPE html>")
    True
    """
    if isinstance(casebook, str | Path):
        casebook = read_casebook(casebook)
    require_licence(casebook, allow_restricted=allow_restricted)
    located = casebook if "position" in casebook.events else locate_events(casebook)
    shown = check_claims(casebook, fronts=fronts) if checks is None else checks
    layer = None if tiles is None else tile_layer(tiles)
    moves = () if fronts is None else check_moves(located, fronts)
    if blur_km is None:
        data = page_data(located, shown, moves)
    else:
        check_cell(blur_km)
        data = blur(page_data(located, [coarse(c, blur_km) for c in shown], moves), blur_km)
    if compare is not None:
        _check_days(fronts, compare)
    front = fronts and front_data(fronts, casebook.info.period, allow_restricted=allow_restricted)
    document = Document(
        _texts(casebook, title, language, is_blurred=blur_km is not None),
        {"leaflet-images": script_json(leaflet_icon())},
        packed={
            "casebook-data": pack(_coded(data)),
            **ground(casebook.gazetteer.theatre),
            "units-data": pack(unit_data(data["events"], casebook.borders)),
            "front-data": pack(front),
            "story-data": pack(_shown(story, compare)),
        },
        twin=twin(data, borders=casebook.borders, language=_interface(casebook, language)),
        sharing=Sharing() if sharing is None else _checked(sharing),
        story=story,
    )
    page = MapPage(document)
    if layer is not None:
        page.add_child(layer)
    return page


def _coded(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a page with every table in its shortest form."""
    told = {
        language: {name: coded_table(columns) for name, columns in tables.items()}
        for language, tables in data["told"].items()
    }
    return {**data, **{name: coded_table(data[name]) for name in _TABLES}, "told": told}


def _check_days(fronts: Fronts | None, days: tuple[dt.date, dt.date]) -> None:
    if fronts is None:
        message = "comparing two days of the front needs its snapshots: give --front DIR"
        raise PageOptionError(message)
    for day in days:
        fronts.at(day)


def _shown(story: Story | None, compare: tuple[dt.date, dt.date] | None) -> dict[str, Any] | None:
    if story is None and compare is None:
        return None
    return {
        "story": None if story is None else story.views,
        "compare": None if compare is None else [day.isoformat() for day in compare],
    }


def _checked(sharing: Sharing) -> Sharing:
    for address in (sharing.url, sharing.picture):
        if address is not None and web_link(address) is None:
            message = f"{address!r} is no address of a page: expected one with http:// or https://"
            raise PageOptionError(message)
    return sharing


def _texts(
    casebook: Casebook, title: str | None, language: Language | None, *, is_blurred: bool
) -> Texts:
    info = casebook.info
    texts: list[Any] = [info.title if title is None else title, info.summary]
    if is_blurred:
        texts = [without_coordinates(text) for text in texts]
    return Texts(
        title=well_formed(texts[0]),
        summary=well_formed(texts[1]),
        language=info.language,
        interface=_interface(casebook, language),
    )


def _interface(casebook: Casebook, language: Language | None) -> Language:
    return casebook.info.language if language is None else language
