"""``geoconflict front``: who held what when, what changed, how far away."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geoconflict.cli.frontanswers import (
    advance_text,
    changes_text,
    control_dict,
    control_text,
    holding_dict,
    holding_text,
    series_dict,
    series_text,
)
from geoconflict.cli.options import (
    Json,
    KeepGoing,
    Sides,
    few_warnings,
    print_json,
    progress,
    read_fronts,
)
from geoconflict.files.sheets import csv_text

if TYPE_CHECKING:
    from geoconflict.references import Reference

SnapshotFolder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Folder or file of dated snapshots.")
]
MaxGap = Annotated[
    int,
    typer.Option("--max-gap", metavar="DAYS", min=0, help="How many days older a snapshot may be."),
]
_WEEK = 7


def area(
    folder: SnapshotFolder,
    *,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day.")] = None,
    by: Annotated[str | None, typer.Option(help="admin1: a row a day and oblast.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet.")] = False,
    as_json: Json = False,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw a figure: .png, .svg or .pdf.")
    ] = None,
    sides: Sides = None,
    keep_going: KeepGoing = False,
) -> None:
    """Give the area held by Russia on each day there is a snapshot of, with gains and losses.

    Example: geoconflict front area snapshots --from 2025-01-01 --to 2025-01-31 --by admin1
    """
    from geoconflict.errors import MissingSnapshotError
    from geoconflict.measuring.dates import parse_date_range

    if as_csv and as_json:
        message = "--csv and --json exclude each other"
        raise typer.BadParameter(message)
    first = parse_date_range(start).start if start else None
    last = parse_date_range(end).end if end else None
    with few_warnings():
        fronts = read_fronts(folder, keep_going=keep_going, sides=sides)
        with progress(len(fronts.dates)) as watch:
            table = fronts.series(first, last, by=by, watch=watch, processes=os.cpu_count() or 1)
    if table.empty:
        span = f"{fronts.dates[0]} to {fronts.dates[-1]}"
        message = f"there is no {fronts.title} snapshot within these days, only from {span}"
        raise MissingSnapshotError(message)
    if as_csv:
        numbers = {str(name): 3 for name in table.select_dtypes("number")}
        plain = table.round(numbers).astype(object).where(table.notna(), None)
        plain["date"] = [str(day.date()) for day in table["date"]]
        typer.echo(csv_text(list(map(str, plain.columns)), plain.to_numpy().tolist()), nl=False)
    elif as_json:
        print_json(series_dict(table, fronts))
    else:
        typer.echo(series_text(table, fronts))
    if plot is not None:
        from geoconflict.plots import draw_areas, write_figure

        write_figure(draw_areas(table, source=fronts.title, licence=fronts.licence), plot)
        typer.echo(f"wrote {plot.resolve()}", err=True)


def diff(
    folder: SnapshotFolder,
    start: Annotated[str, typer.Argument(metavar="D1", help="Day before, such as 2024-12-31.")],
    end: Annotated[str, typer.Argument(metavar="D2", help="Day after.")],
    *,
    near: Annotated[
        str | None, typer.Option(metavar="PLACE", help="Tell what moved near a place instead.")
    ] = None,
    radius: Annotated[
        float, typer.Option(metavar="KM", min=0.1, help="How far near reaches.")
    ] = 25.0,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="GeoJSON to write.")
    ] = None,
    as_json: Json = False,
    max_gap: MaxGap = _WEEK,
    sides: Sides = None,
    keep_going: KeepGoing = False,
) -> None:
    """Tell what Russia gained and lost between two days, by oblast, slivers apart.

    Example: geoconflict front diff snapshots 2024-12-31 2025-01-31 -o changes.geojson
    """
    from geoconflict.errors import DateError
    from geoconflict.fronts.advances import advance

    days = _day(start), _day(end)
    if days[1] <= days[0]:
        message = f"{end} is not after {start}: give the earlier day first"
        raise DateError(message)
    with few_warnings():
        fronts = read_fronts(folder, keep_going=keep_going, sides=sides)
        changes = fronts.diff(*days, max_gap_days=max_gap)
    if output is not None:
        _write(output, json.dumps(changes.to_geojson(), ensure_ascii=False))
    if near is not None:
        point = _point(near)
        moved = advance(changes.start, changes.end, near=_near(point), radius_km=radius)
        if as_json:
            print_json(moved.to_dict())
        else:
            typer.echo(advance_text(moved))
    elif as_json:
        print_json(changes.to_dict())
    else:
        typer.echo(changes_text(changes, days))
    if output is not None:
        typer.echo(f"wrote {output.resolve()}", err=True)


def at(
    folder: SnapshotFolder,
    place: Annotated[str, typer.Argument(help='A place name, or "lat, lon".')],
    date: Annotated[str, typer.Argument(metavar="DATE", help="Day, such as 2025-01-24.")],
    *,
    as_json: Json = False,
    max_gap: MaxGap = _WEEK,
    sides: Sides = None,
    keep_going: KeepGoing = False,
) -> None:
    """Tell who held a place on a day, and how far it was from the front line.

    The line runs on land and along the Dnipro, where held land meets land that is not held;
    neither the coast nor the border with Russia is a part of it. A table of VIINA's control in
    place of the folder tells who held the settlement itself.

    Example: geoconflict front at snapshots Pokrovsk 2025-01-24
    """
    from geoconflict.fronts.settlements import is_control_table

    day, found = _day(date), _point(place)
    if is_control_table(folder):
        _tell_holding(folder, found, day, max_gap=max_gap, as_json=as_json)
        return
    with few_warnings():
        fronts = read_fronts(folder, keep_going=keep_going, sides=sides)
        snapshot = fronts.at(day, max_gap_days=max_gap)
    answer = control_dict(snapshot, found, day)
    if as_json:
        print_json(answer)
    else:
        typer.echo(control_text(answer))


def _tell_holding(
    table: Path, found: Reference, day: dt.date, *, max_gap: int, as_json: bool
) -> None:
    """Tell who held a settlement by a table of settlements."""
    from geoconflict.errors import UnknownPlaceError
    from geoconflict.fronts.settlements import settlement_holding

    if found.place is None:
        message = f"{found.title} is no settlement: {table.name} knows settlements alone"
        raise UnknownPlaceError(message)
    holding = settlement_holding(table, found.place, day, max_gap_days=max_gap)
    answer = holding_dict(holding, found.title, day)
    if as_json:
        print_json(answer)
    else:
        typer.echo(holding_text(answer))


def _day(text: str) -> dt.date:
    """Return the one day that a text names.

    Raises
    ------
    DateError
        It names none, or a longer time.
    """
    from geoconflict.errors import DateError
    from geoconflict.measuring.dates import parse_date_range

    days = parse_date_range(text)
    if days.days > 1:
        message = f"{text!r} is {days.days} days: expected one day such as 2025-01-24"
        raise DateError(message)
    return days.start


def _point(text: str) -> Reference:
    """Return the place that a text names.

    Raises
    ------
    UnknownReferenceError
        It names a line or an area.
    """
    from geoconflict.errors import UnknownReferenceError
    from geoconflict.gazetteer.lookup import Gazetteer
    from geoconflict.measuring.borders import Borders
    from geoconflict.references import find_reference

    found = find_reference(text, gazetteer=Gazetteer.default(), borders=Borders.default())
    if not found.is_point:
        message = f"{found.title} is no single place: give a town or latitude, longitude"
        raise UnknownReferenceError(message)
    return found


def _near(found: Reference) -> Any:  # noqa: ANN401 - a place, or lon and lat
    return found.place or found.geometry.coords[0]


def _write(path: Path, text: str) -> None:
    from geoconflict.files.writing import write_whole

    write_whole(path, text)
