"""``geoconflict map`` and ``geoconflict validate``: the page of a casebook, and its faults."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from geoconflict.cli.options import CasebookFolder


def map_(
    casebook: CasebookFolder,
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; default NAME.html here.")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Write the map page of a casebook: one HTML file that needs no network.

    Example: geoconflict map maps/january-2025 -o january.html
    """
    from geoconflict.casebook import read_casebook
    from geoconflict.page import render, write_page

    book = read_casebook(casebook)
    target = output or Path(f"{book.slug}.html")
    write_page(render(book), target)
    typer.echo(f"wrote {target.resolve()} ({target.stat().st_size / 1e6:.2f} MB)")
    if show:
        webbrowser.open(target.resolve().as_uri())


def validate(casebook: CasebookFolder) -> None:
    """Say every fault of a casebook at once, or that there is none.

    Example: geoconflict validate maps/january-2025
    """
    from geoconflict.casebook import read_casebook
    from geoconflict.positions import locate_events

    book = locate_events(read_casebook(casebook))
    missing = book.events[book.events["position_kind"] == "none"]
    counts = f"{len(book.events)} events, {len(book.reports)} reports, {len(book.claims)} claims"
    typer.echo(f"{book.slug}: {counts}; no faults")
    for row in missing.itertuples():
        typer.echo(f"  {row.id}: {row.position}")
