"""Arguments and options that several commands share, and how they print data."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import datetime as dt

    from geoconflict.casebooks.casebook import Casebook
    from geoconflict.measuring.dayforms import Order

Json = Annotated[bool, typer.Option("--json", help="Print data instead of text.")]
CasebookFolder = Annotated[Path, typer.Argument(metavar="CASEBOOK", help="Folder of a casebook.")]


class Language(StrEnum):
    """Languages that a page or a figure speaks."""

    EN = "en"
    UK = "uk"
    RU = "ru"


OwnLanguage = Annotated[
    Language | None, typer.Option("--language", help="Of its own words; default the casebook's.")
]
Restricted = Annotated[
    bool,
    typer.Option(
        "--include-restricted",
        help="With fronts and events whose licence restricts publishing: you have the right.",
    ),
]
Blur = Annotated[
    float | None,
    typer.Option(metavar="KM", help="Move points to a grid of so many km, and say so."),
]


def day_of(text: str) -> dt.date:
    """Return the last day that an option names."""
    from geoconflict.measuring.dates import parse_date_range

    return parse_date_range(text).end


def say_written(path: Path, language: Language | None, *, to_stderr: bool = False) -> None:
    """Say in a language where a file stands that was written, and how large it is."""
    from geoconflict.look.labels import text

    size = f"{path.stat().st_size / 1e6:.2f}"
    told = text("cli.wrote", language or Language.EN, path=path.resolve(), size=size)
    typer.echo(told, err=to_stderr)


def count_of(number: int, noun: str) -> str:
    """Return a number with its noun: "1 event", "2 events"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def counts_of(book: Casebook) -> str:
    """Return how many events, reports and claims a casebook holds, in words."""
    tables = (("event", book.events), ("report", book.reports), ("claim", book.claims))
    return ", ".join(count_of(len(rows), noun) for noun, rows in tables)


def print_json(data: object) -> None:
    """Print data as indented JSON, letters as they are."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def read_order(text: str) -> Order:
    """Return what comes first in days with slashes, as an option says it.

    Raises
    ------
    OptionError
        It is neither dmy nor mdy.
    """
    from geoconflict.errors import OptionError
    from geoconflict.measuring.dayforms import ORDERS

    if text not in ORDERS:
        message = f"--date-order {text}: expected one of {', '.join(ORDERS)}"
        raise OptionError(message)
    return text  # type: ignore[return-value]
