"""``geoconflict figure``: a map or chart of a casebook for print."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geoconflict.cli.options import CasebookFolder, Language, say_written
from geoconflict.cli.snapshots import few_warnings, read_fronts

if TYPE_CHECKING:
    import datetime as dt

    from matplotlib.figure import Figure

    from geoconflict.casebooks.casebook import Casebook
    from geoconflict.fronts.collection import Fronts


class Kind(Enum):
    """What can be drawn."""

    MAP = "map"
    TIMELINE = "timeline"
    CLAIMS = "claims"
    FRONT = "front"


class Shape(Enum):
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
    include_restricted: Annotated[
        bool,
        typer.Option(
            "--include-restricted",
            help="Draw fronts and events whose licence restricts publishing: you have the right.",
        ),
    ] = False,
    event: Annotated[
        str | None, typer.Option(metavar="ID", help="A map of where this one event was.")
    ] = None,
    shape: Annotated[
        Shape | None,
        typer.Option(help="A map for sharing: 1200 by 630, 1080 by 1080 or 1080 by 1350 pixels."),
    ] = None,
    language: Annotated[
        Language | None,
        typer.Option(help="Of the figure's own words; default that of the casebook."),
    ] = None,
) -> None:
    """Draw a casebook for print or for sharing: a map, or a chart of it, with its sources.

    Example: geoconflict figure maps/january-2025 -o map.pdf --language uk
    """
    from geoconflict.casebooks.casebook import read_casebook
    from geoconflict.plots import write_figure

    book = read_casebook(casebook)
    if kind is Kind.FRONT and front is None:
        message = "--kind front draws the area held by day: give snapshots with --front DIR"
        raise typer.BadParameter(message)
    own = None if language is None else language.value
    name = event or (kind.value if shape is None else shape.value)
    target = output or Path(f"{book.slug}-{name}.png")
    if event is not None or shape is not None:
        write_figure(_share(book, event, shape, own, allow_restricted=include_restricted), target)
        say_written(target, language)
        return
    with few_warnings():
        fronts = None if front is None else read_fronts(front)
        if kind is Kind.TIMELINE:
            drawn = _timeline(book, own)
        elif kind is Kind.CLAIMS:
            drawn = _claims(book, fronts, own)
        elif kind is Kind.FRONT and fronts is not None:
            drawn = _front(book, fronts, own)
        else:
            drawn = _map(book, fronts, _day(date), own, allow_restricted=include_restricted)
    write_figure(drawn, target)
    say_written(target, language)


def _share(
    book: Casebook,
    event: str | None,
    shape: Shape | None,
    language: str | None,
    *,
    allow_restricted: bool,
) -> Figure:
    from geoconflict.plots import draw_share

    return draw_share(
        book,
        event=event,
        shape="wide" if shape is None else shape.value,
        language=language,
        allow_restricted=allow_restricted,
    )


def _map(
    book: Casebook,
    fronts: Fronts | None,
    date: dt.date | None,
    language: str | None,
    *,
    allow_restricted: bool,
) -> Figure:
    from geoconflict.plots import draw_map

    return draw_map(
        book, fronts=fronts, date=date, language=language, allow_restricted=allow_restricted
    )


def _timeline(book: Casebook, language: str | None) -> Figure:
    from geoconflict.plots import draw_timeline

    return draw_timeline(book, language=language)


def _claims(book: Casebook, fronts: Fronts | None, language: str | None) -> Figure:
    from geoconflict.claims.checking import check_claims
    from geoconflict.plots import draw_checks

    checks = check_claims(book, fronts=fronts)
    return draw_checks(checks, title=book.info.title, language=language or book.info.language)


def _front(book: Casebook, fronts: Fronts, language: str | None) -> Figure:
    from geoconflict.plots import draw_areas

    series = fronts.series(*book.info.period)
    return draw_areas(
        series,
        source=fronts.title,
        licence=fronts.licence,
        title=book.info.title,
        language=language or book.info.language,
    )


def _day(text: str | None) -> dt.date | None:
    from geoconflict.measuring.dates import parse_date_range

    return None if text is None else parse_date_range(text).end
