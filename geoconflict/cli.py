"""The command line: each command asks the library and prints; heavy imports stay in commands."""

from __future__ import annotations

import json
import sys
import warnings
import webbrowser
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from geoconflict.errors import GeoconflictError

if TYPE_CHECKING:
    from rich.progress import TaskID

    from geoconflict.claims.verdicts import Check
    from geoconflict.dumps.holdings import Holding
    from geoconflict.gazetteer.resolution import Resolution
    from geoconflict.measurements import Measurement
    from geoconflict.references import Reference

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Check reports on strikes and front lines, and map them.",
)
own_places = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Say what the gazetteer holds, and add villages, rivers and places of your own.",
)
app.add_typer(own_places, name="gazetteer")
_KINDS = {
    "settlement": "settlements",
    "facility": "facilities",
    "water": "rivers and other waters",
    "admin1": "oblasts and other first-level units",
    "admin2": "districts",
    "country": "countries",
}
_COLOURS = {"supported": "green", "off": "yellow", "contradicted": "red"}

Json = Annotated[bool, typer.Option("--json", help="Print data instead of text.")]
CasebookFolder = Annotated[Path, typer.Argument(metavar="CASEBOOK", help="Folder of a casebook.")]


@app.command()
def place(
    name: Annotated[str, typer.Argument(help="A place name, as it stands in the text.")],
    *,
    country: Annotated[str | None, typer.Option(help="ISO code or name, such as UA.")] = None,
    admin1: Annotated[str | None, typer.Option(help="Oblast: code UA-14 or name.")] = None,
    context: Annotated[str, typer.Option(help='Names beside it: "Siversk; Kramatorsk".')] = "",
    kind: Annotated[
        str | None, typer.Option(help="settlement, facility, admin1, water ...")
    ] = None,
    date: Annotated[str | None, typer.Option(help="Day of the report, for old names.")] = None,
    fuzzy: Annotated[bool, typer.Option("--fuzzy", help="Try names spelled alike.")] = False,
    as_json: Json = False,
) -> None:
    """Say which place a name means, or that it cannot be told.

    Example: geoconflict place Lyman --context "Siversk; Kramatorsk"
    """
    from geoconflict.dates import parse_date_range
    from geoconflict.gazetteer.lookup import Gazetteer

    names = [part.strip() for part in context.split(";") if part.strip()]
    answer = Gazetteer.default().resolve(
        name,
        context=names,
        country=country,
        admin1=admin1,
        kind=kind,
        date=parse_date_range(date).start if date else None,
        fuzzy=fuzzy,
    )
    if as_json:
        _print_json(answer.to_dict())
    elif answer.place is not None:
        typer.echo(_place_text(answer))
    answer.require()


@app.command()
def measure(
    start: Annotated[str, typer.Argument(metavar="FROM", help='Place, "lat, lon" or reference.')],
    end: Annotated[str, typer.Argument(metavar="TO", help="Likewise, such as border:UA.")],
    *,
    as_json: Json = False,
) -> None:
    """Measure the distance and direction between two places, or a place and a border.

    Example: geoconflict measure Ryazan border:UA
    """
    from geoconflict.borders import Borders
    from geoconflict.gazetteer.lookup import Gazetteer
    from geoconflict.measurements import measure as measured
    from geoconflict.references import find_reference

    gazetteer, borders = Gazetteer.default(), Borders.default()
    a, b = (
        find_reference(text, gazetteer=gazetteer, borders=borders, context=_names(beside))
        for text, beside in ((start, end), (end, start))
    )
    # "Moscow to Yelabuga" looks from Moscow; of a border and a place, the border is looked from.
    subject, reference = (b, a) if b.is_point else (a, b)
    found = measured(subject, reference)
    if as_json:
        _print_json(_measure_dict(found, a, b))
    else:
        typer.echo(_measure_text(found, a, b))


@app.command()
def check(casebook: CasebookFolder, *, as_json: Json = False) -> None:
    """Check every claim of a casebook: stated, measured, verdict and why, a line each.

    Example: geoconflict check maps/january-2025
    """
    from geoconflict.casebook import read_casebook
    from geoconflict.claims.checking import check_claims

    checks = check_claims(read_casebook(casebook))
    if as_json:
        _print_json([one.to_dict() for one in checks])
        return
    for one in checks:
        typer.echo(_check_line(one))
    counts = Counter(one.verdict for one in checks)
    typer.echo(f"{len(checks)} claims: {', '.join(f'{n} {v}' for v, n in counts.most_common())}")


@app.command("map")
def map_(
    casebook: CasebookFolder,
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; default NAME.html here.")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Write the map page of a casebook: one HTML file that needs no network.

    Example: geoconflict map maps/january-2025 -o january.html
    """
    from geoconflict.casebook import read_casebook
    from geoconflict.page import render, write_page

    book = read_casebook(casebook)
    target = output or Path(f"{book.slug}.html")
    write_page(render(book), target)
    typer.echo(f"wrote {target.resolve()} ({target.stat().st_size / 1e6:.2f} MB)")
    if show:
        webbrowser.open(target.resolve().as_uri())


@app.command()
def validate(casebook: CasebookFolder) -> None:
    """Say every fault of a casebook at once, or that there is none.

    Example: geoconflict validate maps/january-2025
    """
    from geoconflict.casebook import read_casebook
    from geoconflict.positions import locate_events

    book = locate_events(read_casebook(casebook))
    missing = book.events[book.events["position_kind"] == "none"]
    counts = f"{len(book.events)} events, {len(book.reports)} reports, {len(book.claims)} claims"
    typer.echo(f"{book.slug}: {counts}; no faults")
    for row in missing.itertuples():
        typer.echo(f"  {row.id}: {row.position}")


@own_places.command()
def add(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="UA.zip, alternateNamesV2.zip or my-places.csv."),
    ],
) -> None:
    """Add GeoNames country dumps, with villages and rivers, or your own table of places.

    Dumps are at download.geonames.org/export/dump; alternateNamesV2.zip from there adds
    languages and old names to the dumps given with it. A table needs the columns name, lon
    and lat. What was added of the same country or table before is replaced.

    Example: geoconflict gazetteer add UA.zip RU.zip
    """
    try:
        from geoconflict.dumps.additions import add_files
        from geoconflict.gazetteer.userdata import user_folder

        with _file_progress() as progress:
            added = add_files(files, progress=progress)
    except KeyboardInterrupt:
        typer.echo("geoconflict: stopped; the gazetteer is as it was before", err=True)
        raise typer.Exit(130) from None
    for one in added:
        date = f", as of {one.retrieved}" if one.retrieved else ""
        typer.echo(f"{one.source}: {_counts(one.counts)}{date}")
        if one.note:
            typer.echo(f"  {one.note}")
    typer.echo(f"added to {user_folder()}")


@own_places.command()
def info(*, as_json: Json = False) -> None:
    """Say what the gazetteer holds: places by kind, dates, source, licence and path of each file.

    Example: geoconflict gazetteer info
    """
    from geoconflict.dumps.holdings import holdings

    held = holdings()
    if as_json:
        _print_json([one.to_dict() for one in held])
        return
    typer.echo("\n".join(_holding_text(one) for one in held))


def main() -> NoReturn:
    """Run the command line; our own errors become one line each on stderr and exit 1."""
    warnings.showwarning = _show_warning
    try:
        app(standalone_mode=True)
    except GeoconflictError as error:
        typer.echo(f"geoconflict: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        if error.filename is None:
            raise
        typer.echo(f"geoconflict: {error.filename}: {error.strerror}", err=True)
        sys.exit(1)
    sys.exit(0)


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    typer.echo(f"geoconflict: warning: {message}", err=True)


def _names(text: str) -> list[str]:
    """Return a bare place name as context for the other; coordinates and references are none."""
    return [] if ":" in text or any(char.isdigit() for char in text) else [text]


@contextmanager
def _file_progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows how far a file is read; it is quiet without a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def show(doing: str, done: int, total: int) -> None:
            if doing not in tasks:
                tasks[doing] = bar.add_task(doing, total=total)
            bar.update(tasks[doing], completed=done)

        yield show


def _counts(counts: Mapping[str, int]) -> str:
    by_kind = ", ".join(f"{count:,} {_KINDS.get(kind, kind)}" for kind, count in counts.items())
    return f"{sum(counts.values()):,} places ({by_kind})"


def _holding_text(one: Holding) -> str:
    dates = (("as of", one.retrieved), ("added", one.added))
    when = ", ".join(f"{word} {date}" for word, date in dates if date)
    lines = [
        f"{one.title}: {_counts(one.counts)}",
        f"  {', '.join(part for part in (when, one.source, one.licence) if part)}",
        f"  {one.path}",
    ]
    return "\n".join(lines + ([f"  {one.note}"] if one.note else []))


def _print_json(data: object) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _place_text(answer: Resolution) -> str:
    found = answer.place
    assert found is not None
    where = "no point in the data"
    if found.lat is not None and found.lon is not None:
        where = f"{found.lat:.4f} N, {found.lon:.4f} E, right within {_km(found.precision_m)}"
    people = f", population {found.population:,}" if found.population else ""
    names = ", ".join(dict.fromkeys(n for group in found.names.values() for n in group[:3]))
    lines = [
        f"{found.title}: {found.kind}, {where}{people}",
        f"  names   {names}",
        f"  why     {answer.reason}",
        f"  source  {found.source}, {found.licence} ({found.id})",
    ]
    others = "; ".join(candidate.place.title for candidate in answer.candidates[1:5])
    return "\n".join(lines + ([f"  others  {others}"] if others else []))


def _km(metres: float | None) -> str:
    return "an unknown radius" if metres is None else f"{metres / 1000:.1f} km"


def _measure_dict(found: Measurement, start: Reference, end: Reference) -> dict[str, Any]:
    ends = {"from": _end_dict(start), "to": _end_dict(end)}
    return found.to_dict() | ends


def _end_dict(reference: Reference) -> dict[str, Any]:
    lon, lat = reference.geometry.coords[0] if reference.is_point else (None, None)
    return {"id": reference.id, "title": reference.title, "lon": lon, "lat": lat}


def _measure_text(found: Measurement, start: Reference, end: Reference) -> str:
    lon, lat = found.nearest_point
    reach = "" if found.subject.is_point else f" at its nearest, {found.farthest_km:,.1f} at most"
    distance = f"{found.distance_km:,.1f} km{reach} (right within {found.uncertainty_km:.1f} km)"
    lines = [f"{start.title} to {end.title}: {distance}"]
    if found.distance_km == 0.0:
        return f"{lines[0]}\n  they touch"
    direction = f"{found.direction} ({found.azimuth_deg:.0f}°)"
    if found.uncertainty_km >= found.distance_km:
        direction = "too uncertain to tell a direction"
    lines.append(f"  seen from {found.reference.title}: {direction}")
    if not found.reference.is_point:
        lines.append(f"  nearest point {lat:.4f} N, {lon:.4f} E")
    if found.inside is not None:
        side = "inside" if found.inside else "outside"
        area = found.reference.title.removeprefix("the recognised border of ")
        lines.append(f"  {found.subject.title} lies {side} {area}")
    return "\n".join(lines)


def _check_line(one: Check) -> str:
    verdict = typer.style(f"{one.verdict:12}", fg=_COLOURS.get(one.verdict))
    who = one.claim.claimant or one.claim.source
    notes = "".join(f"; {note}" for note in one.notes)
    return f"{verdict} {who}: {one.stated} — {one.reason}{notes} [{one.claim.source}]"
