"""``geoconflict reports``: a file of many reports checked or drafted."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer


class What(Enum):
    """What is done with each report."""

    CHECK = "check"
    DRAFT = "draft"


def reports(
    what: Annotated[What, typer.Argument(metavar="check|draft", help="What is done with each.")],
    file: Annotated[
        Path, typer.Argument(metavar="REPORTS", help='JSON Lines: {"id", "date", "text"} each.')
    ],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="JSON Lines to write.")],
    scheduler: Annotated[
        str | None, typer.Option(help="A Dask scheduler, such as tcp://10.0.0.1:8786.")
    ] = None,
) -> None:
    """Check or draft every report of a file, an answer a line, as --json of one prints it.

    Uses all cores of this machine, or a Dask cluster, with the same bytes. What is wrong with
    one report is its answer and stops no other; the exit code is 1 where none could be read.

    Example: geoconflict reports check reports.jsonl -o checks.jsonl
    """
    from geoconflict.enrichment.reports import answer_reports

    done = answer_reports(file, output, what=what.value, scheduler=scheduler)
    typer.echo(f"wrote {output} ({done.reports:,} reports)")
    if done.faults:
        typer.echo(f"  {done.faults:,} could not be read, e.g. {done.example}")
    if done.reports and done.faults == done.reports:
        raise typer.Exit(1)
