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
from geoconflict.page.blur import blur, check_cell, coarse
from geoconflict.page.data import page_data
from geoconflict.page.document import Document, Sharing, Texts
from geoconflict.page.frontdata import front_data
from geoconflict.page.ground import ground
from geoconflict.page.map import MapPage, tile_layer
from geoconflict.page.packing import coded_table, pack
from geoconflict.page.policy import web_link, well_formed
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
    """Return the map page of a casebook, which takes folium's layers, and whose text is the HTML.

    The same input gives the same bytes.

    Parameters
    ----------
    casebook : Casebook, str or Path
        As read, or as ``locate_events`` returns it, or where it lies.
    checks : sequence of Check, optional
        Those to show. Default: all claims, those on the front by the snapshots that are given.
    title, language : str, optional
        Of the page, until the reader chooses another language. Default: the casebook's.
    fronts : Fronts, optional
        Snapshots of the period are shown, at most 60, to about 100 m.
    allow_restricted : bool
        Whether what a licence does not let everybody publish may be shown.
    blur_km : float, optional
        Size of the cells to whose middles points move; exact coordinates leave all texts too.
    tiles : str, optional
        Online map tiles, which the page then loads, such as ``"OpenStreetMap.Mapnik"``.
    sharing : Sharing, optional
        How the page is known elsewhere.
    story : Story, optional
        What it tells beside the map.
    compare : pair of datetime.date, optional
        Two days of the front that a line divides, which the reader drags.

    Returns
    -------
    MapPage
        To be written with ``write_page``.

    Raises
    ------
    CasebookError, LicenceError, PageOptionError
        The casebook cannot be read or published, or cells, an address or tiles be used.

    Examples
    --------
    >>> str(render("maps/january-2025")).startswith("<!DOCTYPE html>")
    True
    """
    book = read_casebook(casebook) if isinstance(casebook, str | Path) else casebook
    require_licence(book, allow_restricted=allow_restricted)
    layer = None if tiles is None else tile_layer(tiles)
    _check_days(fronts, compare or ())
    rules: dict[str, Any] = {"allow_restricted": allow_restricted, "also": compare or ()}
    front = fronts and front_data(fronts, book.info.period, **rules)
    packed = {"front-data": pack(front), "story-data": pack(_shown(story, compare))}
    data = _data(book, checks, fronts, blur_km)
    texts = _texts(book, title, language, blur_km)
    page = MapPage(_document(book, data, packed, texts, sharing, story))
    if layer is not None:
        page.add_child(layer)
    return page


def _data(
    book: Casebook, checks: Sequence[Check] | None, fronts: Fronts | None, blur_km: float | None
) -> dict[str, Any]:
    located = book if "position" in book.events else locate_events(book)
    shown = check_claims(book, fronts=fronts) if checks is None else checks
    moves = () if fronts is None else check_moves(located, fronts)
    if blur_km is None:
        return page_data(located, shown, moves)
    check_cell(blur_km)
    return blur(page_data(located, [coarse(c, blur_km) for c in shown], moves), blur_km)


def _document(
    book: Casebook,
    data: dict[str, Any],
    packed: Mapping[str, str],
    texts: Texts,
    sharing: Sharing | None,
    story: Story | None,
) -> Document:
    own = {
        "casebook-data": pack(_coded(data)),
        **ground(book.gazetteer.theatre),
        "units-data": pack(unit_data(data["events"], book.borders)),
    }
    return Document(
        texts,
        packed=own | dict(packed),
        twin=twin(data, borders=book.borders, language=texts.interface),
        sharing=Sharing() if sharing is None else _checked(sharing),
        story=story,
    )


def _coded(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a page with every table in its shortest form."""
    told = {
        language: {name: coded_table(columns) for name, columns in tables.items()}
        for language, tables in data["told"].items()
    }
    return {**data, **{name: coded_table(data[name]) for name in _TABLES}, "told": told}


def _check_days(fronts: Fronts | None, days: Sequence[dt.date]) -> None:
    for day in days:
        if fronts is None:
            message = "comparing two days of the front needs its snapshots: give --front DIR"
            raise PageOptionError(message)
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
    casebook: Casebook, title: str | None, language: Language | None, blur_km: float | None
) -> Texts:
    info = casebook.info
    texts: list[Any] = [info.title if title is None else title, info.summary]
    if blur_km is not None:
        texts = [without_coordinates(text) for text in texts]
    heading, summary = map(well_formed, texts)
    return Texts(heading, summary, info.language, info.language if language is None else language)
