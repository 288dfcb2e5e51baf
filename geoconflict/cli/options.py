"""Arguments and options that several commands share: data printed, snapshots read, warnings few."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import datetime as dt

    from geoconflict.casebooks.casebook import Casebook
    from geoconflict.fronts.collection import Fronts
    from geoconflict.measuring.dayforms import Order

Json = Annotated[bool, typer.Option("--json", help="Print data instead of text.")]
CasebookFolder = Annotated[Path, typer.Argument(metavar="CASEBOOK", help="Folder of a casebook.")]
FrontFolder = Annotated[
    Path | None,
    typer.Option("--front", metavar="DIR", help="Folder of front snapshots to measure against."),
]
KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Leave out, with a warning, what cannot be read.")
]
Sides = Annotated[
    list[str] | None,
    typer.Option(
        "--side",
        metavar="VALUE=SIDE",
        help="Who holds the areas whose name, column or colour has a value: RU, UA, contested, "
        'unknown or "left out"; once for each value.',
    ),
]
# From so many snapshots on, reading takes long enough to show how far it is.
_MANY = 30
# A source that draws badly has a repaired ring a day; so many are named.
_MOST_WARNINGS = 5


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


def read_fronts(
    folder: Path, *, keep_going: bool = False, sides: Sequence[str] | None = None
) -> Fronts:
    """Return the snapshots of a folder or file; ``sides`` are words for sides, "value=RU"."""
    from geoconflict.errors import OptionError
    from geoconflict.fronts.collection import Fronts

    stated: dict[str, str] = {}
    for text in sides or ():
        value, equals, side = text.rpartition("=")
        if not (equals and value.strip()):
            message = f'--side {text!r}: expected a value and its side, such as "liberated=UA"'
            raise OptionError(message)
        stated[value] = side
    return Fronts.read(folder, keep_going=keep_going, sides=stated)


def front_credit(fronts: Fronts) -> str:
    """Return source, terms and the days that the files are of as one line."""
    noun = "file" if len(fronts.dates) == 1 else "files"
    days = f"{len(fronts.dates)} {noun} dated {fronts.dates[0]} to {fronts.dates[-1]}"
    counts = f"; counts {fronts.scope}" if fronts.scope else ""
    return f"front lines: {fronts.title}, {days}{counts} ({fronts.licence})"


@contextmanager
def few_warnings() -> Iterator[None]:
    """Show the first warnings on stderr, and how many more there were, errors or not."""
    from geoconflict.errors import SnapshotWarning

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SnapshotWarning)
        try:
            yield
        finally:
            told = list(dict.fromkeys(str(warning.message) for warning in caught))
    for text in told[:_MOST_WARNINGS]:
        typer.echo(f"geoconflict: warning: {text}", err=True)
    if len(told) > _MOST_WARNINGS:
        typer.echo(f"geoconflict: warning: and {len(told) - _MOST_WARNINGS} more", err=True)


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """Give a function that shows how many snapshots are done; quiet for few or no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    quiet = total < _MANY or not console.is_terminal
    with Progress(console=console, disable=quiet, transient=True) as bar:
        task = bar.add_task("reading snapshots", total=total)
        yield lambda done: bar.update(task, completed=done)
