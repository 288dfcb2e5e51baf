"""Snapshots on the command line: the options for them, their warnings, how far reading is."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geoconflict.fronts.collection import Fronts

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
