"""``geoconflict map`` and ``geoconflict validate``: the page of a casebook, and its faults."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from geoconflict.cli.options import CasebookFolder, Language, say_written
from geoconflict.cli.snapshots import FrontFolder, KeepGoing, few_warnings, read_fronts


def map_(
    casebook: CasebookFolder,
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; default NAME.html here.")
    ] = None,
    front: FrontFolder = None,
    keep_going: KeepGoing = False,
    include_restricted: Annotated[
        bool,
        typer.Option(
            "--include-restricted",
            help="Show fronts and events whose licence restricts publishing: you have the right.",
        ),
    ] = False,
    blur: Annotated[
        float | None,
        typer.Option(metavar="KM", help="Move points to a grid of so many km, and say so."),
    ] = None,
    tiles: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Online tiles under the map, such as OpenStreetMap.Mapnik; needs a network.",
        ),
    ] = None,
    language: Annotated[
        Language | None,
        typer.Option(help="Of the page's own words; default that of the casebook."),
    ] = None,
    title: Annotated[str | None, typer.Option(help="Default: that of the casebook.")] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Write the map page of a casebook: one HTML file that needs no network.

    Example: geoconflict map maps/january-2025 -o january.html --language uk --blur 5
    """
    from geoconflict.casebooks.casebook import read_casebook
    from geoconflict.page import render, write_page

    book = read_casebook(casebook)
    target = output or Path(f"{book.slug}.html")
    with few_warnings():
        fronts = read_fronts(front, keep_going=keep_going) if front else None
        page = render(
            book,
            title=title,
            language=None if language is None else language.value,
            fronts=fronts,
            allow_restricted=include_restricted,
            blur_km=blur,
            tiles=tiles,
        )
    write_page(page, target)
    say_written(target, language)
    if show:
        webbrowser.open(target.resolve().as_uri())


def validate(casebook: CasebookFolder) -> None:
    """Say every fault of a casebook at once, or that there is none.

    Example: geoconflict validate maps/january-2025
    """
    from geoconflict.casebooks.casebook import read_casebook
    from geoconflict.casebooks.positions import locate_events

    book = locate_events(read_casebook(casebook))
    missing = book.events[book.events["position_kind"] == "none"]
    counts = f"{len(book.events)} events, {len(book.reports)} reports, {len(book.claims)} claims"
    typer.echo(f"{book.slug}: {counts}; no faults")
    for row in missing.itertuples():
        typer.echo(f"  {row.id}: {row.position}")
