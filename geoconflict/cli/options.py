"""Arguments and options that several commands share, and how they print data."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geoconflict.casebooks.casebook import Casebook
    from geoconflict.measuring.dayforms import Order

Json = Annotated[bool, typer.Option("--json", help="Print data instead of text.")]
CasebookFolder = Annotated[Path, typer.Argument(metavar="CASEBOOK", help="Folder of a casebook.")]


class Language(Enum):
    """Languages that a page or a figure speaks."""

    EN = "en"
    UK = "uk"
    RU = "ru"


def say_written(path: Path, language: Language | None, *, to_stderr: bool = False) -> None:
    """Say in a language where a file stands that was written, and how large it is."""
    from geoconflict.look.labels import text

    size = f"{path.stat().st_size / 1e6:.2f}"
    code = Language.EN.value if language is None else language.value
    typer.echo(text("cli.wrote", code, path=path.resolve(), size=size), err=to_stderr)


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
