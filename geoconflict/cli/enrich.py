"""``geoconflict enrich``, ``corroborate`` and ``reports``: files of any size, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geoconflict.cli.options import CasebookFolder, Json, print_json, read_order

if TYPE_CHECKING:
    from geoconflict.enrichment.parts import Summary


def enrich(
    events: Annotated[Path, typer.Argument(metavar="EVENTS", help="CSV, Parquet or a casebook.")],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="GeoParquet file to write.")],
    reference: Annotated[
        list[str] | None,
        typer.Option(help="border:UA, place:..., front:FOLDER; may be given several times."),
    ] = None,
    admin1: Annotated[bool, typer.Option("--admin1", help="Tell the unit it lies in.")] = False,
    nearest_settlement: Annotated[
        bool, typer.Option("--nearest-settlement", help="Tell the nearest settlement.")
    ] = False,
    date_order: Annotated[
        str, typer.Option(help="What comes first in 02/03/2024: dmy or mdy.")
    ] = "dmy",
    max_gap: Annotated[
        int, typer.Option(min=0, help="Days that a front may be older than the event.")
    ] = 7,
    scheduler: Annotated[
        str | None, typer.Option(help="A Dask scheduler, such as tcp://10.0.0.1:8786.")
    ] = None,
) -> None:
    """Measure every event of a file of any size, and write GeoParquet.

    Stopped or killed, the same command goes on where it was; the output is whole or absent.

    Example: geoconflict enrich events.csv -o events.parquet --reference border:UA --admin1
    """
    with _interruptible() as count:
        from geoconflict.enrichment import enrich as enrich_file

        _leave_interrupts_to_python()
        summary = enrich_file(
            events,
            output,
            references=reference or (),
            admin1=admin1,
            nearest_settlement=nearest_settlement,
            date_order=read_order(date_order),
            max_gap_days=max_gap,
            scheduler=scheduler,
            progress=count,
        )
    _say_summary(output, summary)


def _say_summary(output: Path, summary: Summary) -> None:
    """Say how many events were written, and what some of them lack."""
    typer.echo(f"wrote {output} ({summary.rows:,} events)")
    aside = output.with_name(f"{output.stem}-set-aside.csv")
    for number, what in (
        (summary.without_position, "have no position"),
        (summary.without_day, f"have a day that cannot be read, e.g. {summary.example}"),
        (summary.without_snapshot, "have no front snapshot near their day"),
        (summary.skipped, f"rows have more or fewer cells than the header: {aside}"),
    ):
        if number:
            typer.echo(f"  {number:,} {what}")
    if summary.rows == summary.without_position:
        typer.echo("  nothing was measured; of a casebook give the folder: it looks up places")


def _leave_interrupts_to_python() -> None:
    """Keep pyarrow from taking a Ctrl-C that comes while it reads, and losing it."""
    import pyarrow as pa

    pa.enable_signal_handlers(enable=False)


@contextmanager
def _interruptible() -> Iterator[Callable[[int, int], None]]:
    """Give a function to tell how many pieces are done; a Ctrl-C says where it stopped."""
    done = ""
    try:
        with _piece_progress() as show:

            def count(pieces: int, total: int) -> None:
                nonlocal done
                done = f" after {pieces} of {total} pieces" if total else ""
                show(pieces, total)

            yield count
    except KeyboardInterrupt:
        said = f"stopped{done}; the same command goes on from there"
        typer.echo(f"geoconflict: {said}", err=True)
        raise typer.Exit(130) from None


@contextmanager
def _piece_progress() -> Iterator[Callable[[int, int], None]]:
    """Give a function that shows how many pieces are done; it is quiet without a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("measuring"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    with Progress(
        *columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("measuring", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def corroborate(
    casebook: CasebookFolder,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Fires of FIRMS, or air-raid alerts.")
    ],
    *,
    within: Annotated[
        float, typer.Option("--within", metavar="KM", min=0.0, help="How far a fire may be.")
    ] = 2.0,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="CSV file, a row a strike.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Tell which strikes fires were seen near from space, or air-raid alerts sounded with.

    A fire counts from the first day of a strike to the day after its last, in local time. Fires
    and alerts are no events: nothing is added to the casebook.

    Example: geoconflict corroborate maps/january-2025 firms.csv --within 3
    """
    import json

    from geoconflict.casebooks.casebook import read_casebook
    from geoconflict.enrichment.corroboration import corroborate, told
    from geoconflict.files.writing import write_whole

    found = corroborate(read_casebook(casebook), files, within_km=within)
    if output:
        write_whole(output, found.table.to_csv(index=False))
    if as_json:
        rows = json.loads(found.table.to_json(orient="records", date_format="iso"))
        print_json({"read": found.read, "strikes": rows, "notes": list(found.notes)})
        return
    for line in told(found):
        typer.echo(line)
    if output:
        typer.echo(f"wrote {output}")


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
