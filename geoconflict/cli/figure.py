"""``geoconflict figure``: a map or chart of a casebook for print."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geoconflict.cli.options import (
    CasebookFolder,
    OwnLanguage,
    Restricted,
    day_of,
    few_warnings,
    read_fronts,
    say_written,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from geoconflict.casebooks.casebook import Casebook
    from geoconflict.fronts.collection import Fronts


class Kind(StrEnum):
    """What can be drawn."""

    MAP = "map"
    TIMELINE = "timeline"
    CLAIMS = "claims"
    FRONT = "front"


class Shape(StrEnum):
    """Sizes for sharing."""

    WIDE = "wide"
    SQUARE = "square"
    PORTRAIT = "portrait"


def figure(
    casebook: CasebookFolder,
    *,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help=".png, .svg or .pdf file; default NAME-KIND.png here."),
    ] = None,
    kind: Annotated[
        Kind,
        typer.Option(
            help="The map; events a week; stated against measured; area held by day (--front)."
        ),
    ] = Kind.MAP,
    front: Annotated[
        Path | None,
        typer.Option("--front", metavar="DIR", help="Folder of front snapshots to draw."),
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="Day of the front; default the last of the period.")
    ] = None,
    include_restricted: Restricted = False,
    event: Annotated[
        str | None, typer.Option(metavar="ID", help="A map of where this one event was.")
    ] = None,
    shape: Annotated[
        Shape | None,
        typer.Option(help="A map for sharing: 1200 by 630, 1080 by 1080 or 1080 by 1350 pixels."),
    ] = None,
    language: OwnLanguage = None,
) -> None:
    """Draw a casebook for print or for sharing: a map, or a chart of it, with its sources.

    Example: geoconflict figure maps/january-2025 -o map.pdf --language uk
    """
    from geoconflict.casebooks.casebook import read_casebook
    from geoconflict.plots import draw_map, draw_share, write_figure

    book = read_casebook(casebook)
    if kind is Kind.FRONT and front is None:
        message = "--kind front draws the area held by day: give snapshots with --front DIR"
        raise typer.BadParameter(message)
    target = output or Path(f"{book.slug}-{event or shape or kind}.png")
    with few_warnings():
        fronts = None if front is None else read_fronts(front)
        day = None if date is None else day_of(date)
        if event is not None or shape is not None:
            drawn = draw_share(
                book,
                event=event,
                shape=(shape or Shape.WIDE).value,
                fronts=fronts,
                date=day,
                language=language,
                allow_restricted=include_restricted,
            )
        else:
            drawn = _chart(kind, book, fronts, language or book.info.language) or draw_map(
                book,
                fronts=fronts,
                date=day,
                language=language,
                allow_restricted=include_restricted,
            )
    write_figure(drawn, target)
    say_written(target, language)


def _chart(kind: Kind, book: Casebook, fronts: Fronts | None, language: str) -> Figure | None:
    """Return what is drawn of a casebook without a map, None where a map is asked for."""
    from geoconflict.claims.checking import check_claims
    from geoconflict.plots import draw_areas, draw_checks, draw_timeline

    look = {"title": book.info.title, "language": language}
    if kind is Kind.TIMELINE:
        return draw_timeline(book, language=language)
    if kind is Kind.CLAIMS:
        return draw_checks(check_claims(book, fronts=fronts), **look)
    if kind is Kind.FRONT and fronts is not None:
        series = fronts.series(*book.info.period)
        return draw_areas(series, source=fronts.title, licence=fronts.licence, **look)
    return None
