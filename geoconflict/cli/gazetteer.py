"""``geoconflict gazetteer``: what the gazetteer holds, and adding to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geoconflict.cli.options import Json, print_json

if TYPE_CHECKING:
    from rich.progress import TaskID

    from geoconflict.gazetteer.growing.additions import Addition, Holding
    from geoconflict.gazetteer.growing.textlines import Progress

# What one place of a kind is called, and several.
_KINDS = {
    "settlement": ("settlement", "settlements"),
    "facility": ("facility", "facilities"),
    "water": ("river or other water", "rivers and other waters"),
    "admin1": ("oblast or other first-level unit", "oblasts and other first-level units"),
    "admin2": ("district", "districts"),
    "region": ("region that is no unit", "regions that are no units"),
    "country": ("country", "countries"),
}


def add(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="UA.zip, ukraine-latest.osm.pbf, my-places.csv ..."),
    ],
) -> None:
    """Add GeoNames dumps, with villages and rivers, extracts of OpenStreetMap, or own tables.

    Dumps are at download.geonames.org/export/dump; alternateNamesV2.zip from there adds
    languages and old names to the dumps given with it. Extracts (.osm.pbf) are at
    download.geofabrik.de. A table (.csv, .xlsx, .ods, .gpkg, .geojson ...) needs a name and a
    position in each row. What was added of the same country or file before is replaced; a
    place that several files know is found once, with all its names and the finest position.

    Example: geoconflict gazetteer add UA.zip RU.zip
    """

    def grown(progress: Progress) -> list[Addition]:
        from geoconflict.gazetteer.growing.additions import add_places

        return add_places(files, progress=progress)

    _grow(grown)


def fetch(
    countries: Annotated[
        list[str], typer.Argument(metavar="CODE...", help="Countries by ISO code: UA RU.")
    ],
    *,
    source: Annotated[
        str, typer.Option("--from", help="geonames (villages, waters) or osm (Geofabrik).")
    ] = "geonames",
    mirror: Annotated[
        str | None, typer.Option(help="Address below which the same files are.")
    ] = None,
) -> None:
    """Download all places of a country and add them; only when asked is the network used.

    GeoNames is tens of megabytes for a country, OpenStreetMap a gigabyte and more. What broke
    off goes on where it stopped when the command is given again.

    Example: geoconflict gazetteer fetch UA RU --from geonames
    """
    from geoconflict.gazetteer.growing.fetching import downloads, fetch_places

    chosen = downloads(countries, source=source, mirror=mirror)
    for one in chosen:
        typer.echo(f"fetching {one.url}")
    typer.echo(f"  {chosen[0].title}: {chosen[0].licence}")
    _grow(lambda progress: fetch_places(chosen, progress=progress))


def remove(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help="As info shows it: my-places.csv, UA.")
    ],
) -> None:
    """Remove what was added to the gazetteer.

    Example: geoconflict gazetteer remove my-places.csv
    """
    from geoconflict.gazetteer.growing.additions import remove_places

    for title in remove_places(names):
        typer.echo(f"removed {title}")


def info(*, as_json: Json = False) -> None:
    """Say what the gazetteer holds: places by kind, dates, source, licence and path of each file.

    Example: geoconflict gazetteer info
    """
    from geoconflict.gazetteer.growing.additions import holdings

    held = holdings()
    if as_json:
        print_json([one.to_dict() for one in held])
        return
    typer.echo("\n".join(_holding_text(one) for one in held))


def _grow(grown: Callable[[Progress], list[Addition]]) -> None:
    """Add what a function adds, showing how far it is, and say what came of it."""
    try:
        from geoconflict.gazetteer.userdata import user_folder

        with _file_progress() as progress:
            added = grown(progress)
    except KeyboardInterrupt:
        typer.echo("geoconflict: stopped; the gazetteer is as it was before", err=True)
        raise typer.Exit(130) from None
    for one in added:
        date = f", as of {one.retrieved}" if one.retrieved else ""
        typer.echo(f"{one.source}: {_counts(one.counts)}{date}")
        if one.note:
            typer.echo(f"  {one.note}")
    typer.echo(f"added to {user_folder()}")


@contextmanager
def _file_progress() -> Iterator[Progress]:
    """Give a function that shows how far a file is read; it is quiet without a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn())
    with Bars(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def show(doing: str, done: int, total: int) -> None:
            if doing not in tasks:
                tasks[doing] = bar.add_task(doing, total=total)
            bar.update(tasks[doing], completed=done, total=total)

        yield show


def _counts(counts: Mapping[str, int]) -> str:
    by_kind = ", ".join(
        f"{count:,} {_KINDS.get(kind, (kind, kind))[count != 1]}" for kind, count in counts.items()
    )
    total = sum(counts.values())
    return f"{total:,} {'place' if total == 1 else 'places'} ({by_kind})"


def _holding_text(one: Holding) -> str:
    dates = (("as of", one.retrieved), ("added", one.added))
    when = ", ".join(f"{word} {date}" for word, date in dates if date)
    lines = [
        f"{one.title}: {_counts(one.counts)}",
        f"  {', '.join(part for part in (when, one.source, one.licence) if part)}",
        f"  {one.path}",
    ]
    if one.shared:
        lines.append(
            f"  {one.shared:,} of them known from elsewhere too, {one.finest:,} placed as here"
        )
    return "\n".join(lines + ([f"  {one.note}"] if one.note else []))
