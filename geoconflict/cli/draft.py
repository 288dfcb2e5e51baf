"""``geoconflict draft``, ``accept`` and ``new``: from reports to a casebook."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geoconflict.cli.options import Json, Language, count_of, counts_of, print_json
from geoconflict.errors import OptionError
from geoconflict.files.writing import write_whole
from geoconflict.measuring.dates import day_of

if TYPE_CHECKING:
    from geoconflict.casebooks.casebook import Casebook
    from geoconflict.casebooks.records import Certainty
    from geoconflict.drafting.draft import Draft
    from geoconflict.drafting.joining import Taken

_LEVELS = ("certain", "likely", "open")
_CASEBOOK_FILE = "map.toml"


def draft(
    reports: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORT...", help="Text files, pages saved from a browser, or - for input."
        ),
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Page to review it on; with .json the draft itself."),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="CASEBOOK", help="Say what it has already of this."),
    ] = None,
    date: Annotated[str | None, typer.Option(help="Day of the report, such as 2025-01-24.")] = None,
    url: Annotated[str | None, typer.Option(help="Address of the report.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Whose report it is, by name.")] = None,
    language: Annotated[
        Language | None, typer.Option(help="Of the report; else told by its words.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Draft the events that reports tell, each cell with the words that it rests on.

    Nothing goes into a casebook yet: look through the page, save the review, and give that to
    geoconflict accept.

    Example: geoconflict draft report.txt -o draft.html --date 2025-03-11
    """
    if len(reports) > 1 and url is not None:
        message = "--url is the address of one report: give one report"
        raise OptionError(message)
    day = day_of(date)
    told = {"date": day, "url": url}
    drafts = [_draft(one, told, publisher, language) for one in reports]
    data = {"geoconflict": "drafts", "drafts": [one.to_dict() for one in drafts]}
    if as_json:
        print_json(data)
    else:
        for one in drafts:
            _print(one)
        for line in _known(drafts, into) if into else ():
            typer.echo(line)
    if output is not None and output.suffix.lower() == ".json":
        write_whole(output, json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        typer.echo(f"wrote {output.resolve()}", err=as_json)
    elif output is not None:
        _write_page(drafts, output, into)
        typer.echo(f"wrote {output.resolve()}; open it, review, save", err=as_json)


def accept(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Reviews as saved, or drafts.")
    ],
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="CASEBOOK", help="Folder; new, or there.")
    ],
    sure: Annotated[
        str | None,
        typer.Option(metavar="LEVEL", help="Of drafts that nobody saw: certain, likely or open."),
    ] = None,
    date: Annotated[str | None, typer.Option(help="Day of a report that was given none.")] = None,
    title: Annotated[str | None, typer.Option(help="Of a new casebook and its page.")] = None,
) -> None:
    """Take what was accepted of drafts into a casebook: all of it, or nothing where one row is bad.

    Events that the casebook has get further reports; nothing in it is overwritten.

    Example: geoconflict accept review.json -o casebook
    """
    from geoconflict.drafting import accept as take
    from geoconflict.drafting import read_accepted, write_validated
    from geoconflict.files.folders import held

    level, day = _level(sure), day_of(date)
    accepted = [one for path in files for one in read_accepted(path, sure=level, date=day)]
    with held(output):
        casebook, taken = take(accepted, _casebook(output, title))
        write_validated(casebook, output)
    for one in taken:
        _print_taken(one)
    left_out = sum(one.left_out for one in accepted)
    if left_out:
        said = f"not sure enough for --sure {level}, and not taken in"
        typer.echo(f"  {count_of(left_out, 'event')} {said}: go through the draft in a browser")
    for line in _unnamed(casebook):
        typer.echo(line)
    typer.echo(f"wrote {output} ({counts_of(casebook)}; no faults)")


def new(
    casebook: Annotated[Path, typer.Argument(metavar="CASEBOOK", help="Folder to make.")],
    *,
    title: Annotated[str, typer.Option(help="Of the casebook and its page.")],
    language: Annotated[Language, typer.Option(help="Of its page.")] = Language.EN,
) -> None:
    """Make an empty casebook, ready for rows.

    Example: geoconflict new march --title "Strikes in March"
    """
    from geoconflict.drafting import new_casebook, write_validated

    if (casebook / _CASEBOOK_FILE).exists():
        message = f"{casebook} holds a casebook already: give another folder"
        raise OptionError(message)
    write_validated(new_casebook(title, slug=casebook.name, language=language.value), casebook)
    typer.echo(f"wrote {casebook}, an empty casebook")


def _level(sure: str | None) -> Certainty | None:
    if sure is not None and sure not in _LEVELS:
        message = f"--sure {sure} is no level: expected one of {', '.join(_LEVELS)}"
        raise OptionError(message)
    return sure  # type: ignore[return-value] # one of the levels


def _draft(
    report: str, told: dict[str, Any], publisher: str | None, language: Language | None
) -> Draft:
    from geoconflict.drafting import draft_events, read_article

    article = read_article(report)
    if publisher:
        article = replace(article, publisher=publisher)
    return draft_events(article.text, source=article.source(**told), language=language)


def _casebook(folder: Path, title: str | None) -> Casebook:
    from geoconflict.casebooks.casebook import read_casebook
    from geoconflict.drafting import new_casebook

    if not (folder / _CASEBOOK_FILE).exists():
        return new_casebook(title or folder.name, slug=folder.name)
    if title is not None:
        message = f"--title is of a new casebook: change that of {folder} in its {_CASEBOOK_FILE}"
        raise OptionError(message)
    return read_casebook(folder)


def _unnamed(book: Casebook) -> list[str]:
    """Return what a page would show of a casebook that no person named, a line each."""
    from geoconflict.drafting.articles import UNTOLD

    lines = []
    if book.info.title == book.slug:
        lines.append(f"its page is headed {book.slug!r}, as its folder: give it a title")
    nameless = sum(one.publisher == UNTOLD for one in book.info.sources.values())
    if nameless:
        lines.append(f"{count_of(nameless, 'source')} of no publisher told: name it")
    return [f"  {line} in {_CASEBOOK_FILE}" for line in lines]


def _print(one: Draft) -> None:
    """Print a draft as text: a line an event, and what was not understood."""
    day = one.source.date or "no day: give it with --date"
    typer.echo(f"{one.source.title} ({day}): {count_of(len(one.events), 'event')}")
    for event in one.events:
        value = event.value
        where = value("facility") or value("place") or value("admin1") or value("country") or "?"
        known = filter(None, (value("date_start"), value("date_end")))
        days = "/".join(dict.fromkeys(map(str, known)))
        numbers = [
            f"{c.replace('_', ' ')} {value(c)}"
            for c in ("killed", "injured", "launched", "shot_down")
            if value(c) is not None
        ]
        background = "background" if event.is_background else ""
        said = ", ".join(f"{r.claimant.value} {r.stance.value}" for r in event.reports)
        parts = [str(value("kind")), str(where), days, *numbers, background, said]
        typer.echo(f"  {event.id}: {'; '.join(filter(None, parts))}")
    for unread in one.unread:
        words = " ".join(one.text[unread.start : unread.end].split())
        typer.echo(f"  not understood ({unread.kind}): {words}")
    if one.note:
        typer.echo(f"  {one.note}")


def _known(drafts: list[Draft], into: Path) -> list[str]:
    """Return what a casebook has already of drafts, a line an event."""
    from geoconflict.casebooks.casebook import read_casebook
    from geoconflict.drafting.joining import likenesses_of

    book = read_casebook(into)
    found = [known for one in drafts for known in likenesses_of(one.rows(), book)]
    return [
        f"  {one.event} {'is' if one.like.is_sure else 'may be'} {one.like.old}: {one.like.reason}"
        for one in found
    ]


def _print_taken(taken: Taken) -> None:
    for name in taken.added:
        typer.echo(f"  new: {name}")
    for new_id, old in taken.joined:
        typer.echo(f"  {old} has further reports ({new_id})")
    if taken.known:
        told = count_of(len(taken.known), "event")
        typer.echo(f"  known already, with all that is said of it: {told}")
    for like in taken.unsure:
        typer.echo(f"  {like.new} may be {like.old}: {like.reason}")


def _write_page(drafts: list[Draft], output: Path, into: Path | None) -> None:
    from geoconflict.review import write_review

    write_review(drafts, output, casebook=into)
