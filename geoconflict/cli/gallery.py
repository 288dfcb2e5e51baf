"""``geoconflict gallery``: a site of several casebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geoconflict.cli.options import Language
from geoconflict.cli.snapshots import few_warnings


def gallery(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of casebooks.")],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder of the site.")],
    url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where it will stand; adds a feed and a sitemap."),
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="Of the site; default the folder's name.")
    ] = None,
    language: Annotated[Language, typer.Option(help="Of the list's own words.")] = Language.EN,
    blur: Annotated[
        float | None,
        typer.Option(metavar="KM", help="Move points to a grid of so many km, and say so."),
    ] = None,
    include_restricted: Annotated[
        bool,
        typer.Option(
            "--include-restricted",
            help="Show events whose licence restricts publishing: you have the right.",
        ),
    ] = False,
) -> None:
    """Write a site of all casebooks in a folder: pages, pictures, a list, a feed and a sitemap.

    Example: geoconflict gallery maps -o site --url https://example.org/maps --title "Our maps"
    """
    from geoconflict.gallery import write_gallery

    with few_warnings():
        files = write_gallery(
            folder,
            output,
            title=title or folder.resolve().name,
            url=url,
            language=language.value,
            blur_km=blur,
            allow_restricted=include_restricted,
        )
    typer.echo(f"wrote {len(files)} files into {output.resolve()}: open index.html")
    if url is None:
        typer.echo("Give --url for a feed, a sitemap and pictures of links.")
