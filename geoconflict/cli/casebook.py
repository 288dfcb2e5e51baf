"""``geoconflict map``, ``gallery`` and ``validate``: pages of casebooks, and their faults."""

from __future__ import annotations

import webbrowser
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote, urljoin

import typer

from geoconflict.cli.options import (
    Blur,
    CasebookFolder,
    FrontFolder,
    KeepGoing,
    Language,
    OwnLanguage,
    Restricted,
    count_of,
    counts_of,
    day_of,
    few_warnings,
    read_fronts,
    say_written,
)

if TYPE_CHECKING:
    from geoconflict.casebooks.casebook import Casebook
    from geoconflict.page.story import Story


def map_(
    casebook: CasebookFolder,
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; default NAME.html here.")
    ] = None,
    front: FrontFolder = None,
    keep_going: KeepGoing = False,
    include_restricted: Restricted = False,
    blur: Blur = None,
    tiles: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Online tiles under the map, such as OpenStreetMap.Mapnik; needs a network.",
        ),
    ] = None,
    language: OwnLanguage = None,
    title: Annotated[str | None, typer.Option(help="Default: that of the casebook.")] = None,
    url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Where the page will stand; draws its picture for links."),
    ] = None,
    embed: Annotated[
        bool,
        typer.Option("--embed", help="The map alone, for a frame in another page; says its code."),
    ] = False,
    story: Annotated[
        bool, typer.Option("--story", help="Tell the casebook's story.csv beside the map.")
    ] = False,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="DAY DAY", help="Two days of the front, with a line to drag."),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Write the map page of a casebook: one HTML file that needs no network.

    Example: geoconflict map maps/january-2025 -o january.html --language uk --blur 5
    """
    from geoconflict.casebooks.casebook import read_casebook
    from geoconflict.page.document import Sharing, write_page
    from geoconflict.page.render import render
    from geoconflict.plots import draw_share, write_figure

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
            story=_story(casebook, book, is_blurred=blur is not None) if story else None,
            compare=None if compare is None else (day_of(compare[0]), day_of(compare[1])),
            sharing=Sharing(url, _card_address(url, target, is_embed=embed), is_embed=embed),
        )
    write_page(page, target)
    if url is not None and not embed:
        card = draw_share(
            book,
            language=language,
            allow_restricted=include_restricted,
            blur_km=blur,
        )
        write_figure(card, _card_of(target))
    say_written(target, language)
    if embed:
        _say_code(title or book.info.title, target, url)
    if show:
        webbrowser.open(target.resolve().as_uri())


def _story(folder: Path, book: Casebook, *, is_blurred: bool) -> Story:
    from geoconflict.casebooks.story import read_story
    from geoconflict.page.story import tell

    return tell(read_story(folder, book), folder, is_blurred=is_blurred)


def _card_of(page: Path) -> Path:
    return page.with_name(f"{page.stem}-card.png")


def _card_address(url: str | None, page: Path, *, is_embed: bool) -> str | None:
    """Return where the picture of a page will stand: beside it."""
    return None if url is None or is_embed else urljoin(url, quote(_card_of(page).name))


def _say_code(title: str, page: Path, url: str | None) -> None:
    """Print what puts the map into another page; it takes the width and height there are."""
    address = quote(page.name) if url is None else urljoin(url, quote(page.name))
    typer.echo("\nPut this where the map shall stand:\n")
    typer.echo(
        f'<iframe src="{escape(address)}" title="{escape(title)}" loading="lazy" '
        'allow="fullscreen" style="width:100%;height:clamp(380px,70vw,640px);border:0"></iframe>'
    )
    if url is None:
        typer.echo("\nGive --url with the address of the full page, and the map links to it.")


def validate(casebook: CasebookFolder) -> None:
    """Say every fault of a casebook at once, or that there is none.

    A position far from the town that its row names is no fault, and is told.

    Example: geoconflict validate maps/january-2025
    """
    from geoconflict.casebooks.casebook import read_casebook
    from geoconflict.casebooks.positions import locate_events
    from geoconflict.importers.places import position_doubts

    book = locate_events(read_casebook(casebook))
    missing = book.events[book.events["position_kind"] == "none"]
    doubts = list(position_doubts(book.events))
    doubtful = f", {count_of(len(doubts), 'doubtful position')}" if doubts else ""
    typer.echo(f"{book.slug}: {counts_of(book)}; no faults{doubtful}")
    for row in missing.itertuples():
        typer.echo(f"  {row.id}: {row.position}")
    for name, doubt in doubts:
        typer.echo(f"  {name}: {doubt}")


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
    blur: Blur = None,
    include_restricted: Restricted = False,
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
            language=language,
            blur_km=blur,
            allow_restricted=include_restricted,
        )
    typer.echo(f"wrote {len(files)} files into {output.resolve()}: open index.html")
    if url is None:
        typer.echo("Give --url for a feed, a sitemap and pictures of links.")
