"""``geoconflict import``, ``link`` and ``export``: what exists taken in, and handed out."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geoconflict.cli.options import Json, OwnLanguage, Restricted, print_json, read_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geoconflict.casebooks.links import Link
    from geoconflict.importers import Imported
    from geoconflict.importers.writing import Written

_FORMATS = (
    "acled, viina, ucdp, bellingcat, geoconfirmed, eyesonrussia, attacks, ushahidi, unosat, "
    "losses, telegram, kml or csv."
)
# The code of an ``import csv`` that has only written a mapping.
_MAPPING_NEEDED = 3
# What ``import csv`` reads besides CSV, which people name as a format.
_ENDINGS = (
    *("gpx", "geojson", "json", "gpkg", "geopackage", "shp", "shapefile", "xlsx", "excel"),
    *("ods", "tsv", "txt", "zip", "table", "fgb"),
)
_TARGETS = "geojson, gpkg, geoparquet, csv, kml or timemap."


def import_(
    source: Annotated[str, typer.Argument(metavar="FORMAT", help=_FORMATS)],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files of the source.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Casebook folder, .gpkg, .geojson or .kml file."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="csv: which column is what; proposed where missing.")
    ] = None,
    date_order: Annotated[
        str | None,
        typer.Option(
            "--date-order",
            metavar="dmy|mdy",
            help="csv, kml, bellingcat: what comes first in 03/01/2025.",
        ),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Take events anew that the source has changed.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take in a source's files as a casebook, and give an account of every row.

    Rows that are no event are set aside in a CSV beside the output, with line and reason.
    An event that the casebook has already is not added again, and stays as you left it unless
    --update is given. Without --mapping, csv only writes the mapping to look at, and ends with
    code 3: no casebook was written.

    Example: geoconflict import bellingcat ukr-civharm.csv -o casebook
    """
    from geoconflict.casebooks.files import join_casebooks, update_casebook
    from geoconflict.importers.writing import write_import

    if source == "csv" and mapping is None:
        _propose(files[0])
        raise typer.Exit(_MAPPING_NEEDED)
    target = output or Path(source)
    read = partial(_read, source, files, mapping, date_order)
    imported = _read_or_account(read, target=target)
    join = update_casebook if update else join_casebooks
    written = write_import(imported, target, join=join)
    if as_json:
        print_json(imported.account.to_dict() | _where(written))
        return
    typer.echo(imported.account.text())
    for remark in written.remarks:
        typer.echo(f"  {remark}")
    if written.set_aside:
        typer.echo(f"  rows set aside: {written.set_aside}")
    typer.echo(f"wrote {target}")


def link(
    casebooks: Annotated[
        list[Path], typer.Argument(metavar="CASEBOOK...", help="Casebooks to compare.")
    ],
    *,
    least_score: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out what scores less.")
    ] = 0.6,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="CSV file to write the pairs to.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Propose which events of different sources may be the same, with a score and the reasons.

    Nothing is merged: what is right is for you to say.

    Example: geoconflict link casebook-a casebook-b
    """
    from geoconflict.casebooks.casebook import read_casebook
    from geoconflict.casebooks.links import link_events

    found = link_events([read_casebook(path) for path in casebooks], least_score=least_score)
    if output:
        _write_links(found, output)
    if as_json:
        print_json([one.to_dict() for one in found])
        return
    if output:
        typer.echo(f"wrote {output} ({len(found)} pairs); nothing was merged")
        return
    for one in found:
        typer.echo(f"{one.score:.2f}  {one.first} = {one.second}: {one.reason}")
    typer.echo(f"{len(found)} pairs may be the same event; nothing was merged")


def export(
    casebook: Annotated[
        Path, typer.Argument(metavar="CASEBOOK", help="Folder of a casebook, or its .gpkg.")
    ],
    *,
    to: Annotated[str, typer.Option(metavar="FORMAT", help=_TARGETS)],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Default: the casebook's name, here.")
    ] = None,
    include_restricted: Restricted = False,
    language: OwnLanguage = None,
) -> None:
    """Hand out a casebook for a GIS, a spreadsheet, Google Earth or timemap.

    Example: geoconflict export maps/january-2025 --to gpkg -o january.gpkg
    """
    from geoconflict.casebooks.casebook import read_casebook, require_licence
    from geoconflict.exporters import WRITERS
    from geoconflict.exporters.located import contents

    writer, ending = WRITERS[_known(to, WRITERS)]
    book = read_casebook(casebook)
    require_licence(book, allow_restricted=include_restricted)
    target = writer(book, output or Path(f"{book.slug}{ending}"), language=language)
    held = contents(book, to, language)
    typer.echo(held.told(target, language or book.info.language))
    for what in held.left_out:
        typer.echo(f"  {what}")
    for source in book.info.sources.values():
        if source.licence:
            typer.echo(f"  {source.title}: {source.licence}")


def _read_or_account(read: Callable[[], Imported], *, target: Path) -> Imported:
    """Return what was read; where no row is an event, give the account of them before the error."""
    from geoconflict.importers.accounts import write_set_aside
    from geoconflict.importers.importing import NothingTakenError
    from geoconflict.importers.writing import aside_path

    try:
        return read()
    except NothingTakenError as error:
        typer.echo(error.account.text())
        aside = aside_path(target)
        if write_set_aside(error.account.set_aside, aside, read=error.tables):
            typer.echo(f"  rows set aside: {aside}")
        raise


def _where(written: Written) -> dict[str, object]:
    """Return where an import went and what was there, as plain types."""
    joined = written.joined
    return {
        "output": str(written.path),
        "set_aside_file": str(written.set_aside) if written.set_aside else None,
        "added": len(joined.added) if joined else None,
        "same": len(joined.same) if joined else None,
        "different": list(joined.different) if joined else None,
    }


def _write_links(found: Sequence[Link], target: Path) -> None:
    from geoconflict.casebooks.links import COLUMNS
    from geoconflict.files.sheets import csv_text
    from geoconflict.files.writing import write_whole

    write_whole(target, csv_text(COLUMNS, [list(one.to_dict().values()) for one in found]))


def _read(source: str, files: list[Path], mapping: Path | None, date_order: str | None) -> Imported:
    from geoconflict.errors import OptionError
    from geoconflict.importers import READERS, read_bellingcat, read_csv, read_kml

    order = read_order(date_order) if date_order else None
    taken = {
        "--mapping": (mapping, ("csv",)),
        "--date-order": (order, ("csv", "kml", "bellingcat")),
    }
    for name, (value, sources) in taken.items():
        if value is not None and source not in sources:
            message = f"{name} is for {' and '.join(sources)}: {source} says itself how it is read"
            raise OptionError(message)
    if _known(source, READERS) == "csv":
        return read_csv(files, mapping=mapping, date_order=order, processes=os.cpu_count() or 1)
    if source == "kml":
        return read_kml(files, date_order=order)
    if source == "bellingcat":
        return read_bellingcat(files, date_order=order)
    return READERS[source](files)


def _known(name: str, known: object) -> str:
    from difflib import get_close_matches

    from geoconflict.errors import ImportFileError

    names = list(known)  # type: ignore[call-overload]
    if name not in names:
        near = get_close_matches(name.casefold(), [*names, *_ENDINGS], 1, 0.6)
        meant = ["csv" if one in _ENDINGS else one for one in near if {"csv", one} & set(names)]
        hint = f"; for such a file use: geoconflict import {meant[0]}" if meant else ""
        message = f"{name!r} is no format: expected one of {', '.join(names)}{hint}"
        raise ImportFileError(message)
    return name


def _propose(path: Path) -> None:
    from geoconflict.files.writing import write_whole
    from geoconflict.importers.known import known_mapping, told_source
    from geoconflict.importers.mapping import lacks_days, propose_mapping
    from geoconflict.importers.noevents import holds_areas, told_no_events
    from geoconflict.importers.rawtables import read_raw

    target = Path(f"{path.stem}.mapping.toml")
    again = f"geoconflict import csv {path} --mapping {target} -o casebook"
    if target.exists():
        typer.echo(f"{target} is there already; to use it:\n  {again}")
        return
    tables = read_raw(path)
    told = told_source(tables[0])
    if told:
        command = f": geoconflict {told[1]} {path}" if told[1] else ", and is not taken in"
        typer.echo(f"{path.name} looks like {told[0]}{command}")
    elif holds_areas(tables[0]):
        areas = f"areas, no points; who holds them is told by: geoconflict front area {path}"
        typer.echo(f"{path.name} holds {areas}")
    proposal = propose_mapping(path, known=known_mapping(tables))
    write_whole(target, proposal)
    if told_no_events(tables[0]):
        typer.echo(f"wrote {target}; rows that are events go into a table of their own")
        return
    what = "look at it"
    if lacks_days(proposal):
        what = "no column of days was found, so write its name after date_start"
    typer.echo(f"wrote {target}, which says which column is what: {what}, then\n  {again}")
