"""The command line: each command asks the library and prints; heavy imports stay in commands."""

from __future__ import annotations

import errno
import gc
import io
import sys
import warnings
from typing import Annotated, Any, NoReturn

import typer

import geoconflict
from geoconflict.cli.casebook import gallery, map_, validate
from geoconflict.cli.check import check
from geoconflict.cli.desk import desk
from geoconflict.cli.doctor import doctor
from geoconflict.cli.draft import accept, draft, new
from geoconflict.cli.enrich import corroborate, enrich
from geoconflict.cli.exchange import export, import_, link
from geoconflict.cli.figure import figure
from geoconflict.cli.front import area, at, diff
from geoconflict.cli.gazetteer import add, fetch, info, remove
from geoconflict.cli.mcp import mcp
from geoconflict.cli.measure import measure
from geoconflict.cli.place import place
from geoconflict.cli.reports import reports
from geoconflict.errors import GeoconflictError


def _show_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        typer.echo(f"geoconflict {geoconflict.__version__}")
        raise typer.Exit


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _all(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Say which it is."),
    ] = False,
) -> None:
    """Check reports on strikes and front lines, and map them."""


app.command()(place)
app.command()(measure)
app.command()(check)
app.command()(draft)
app.command()(accept)
app.command()(new)
app.command()(desk)
app.command("map")(map_)
app.command()(figure)
app.command()(gallery)
app.command()(validate)
app.command("import")(import_)
app.command()(link)
app.command()(export)
app.command()(enrich)
app.command()(doctor)
app.command()(corroborate)
app.command()(mcp)
app.command()(reports)

own_places = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Say what the gazetteer holds, and add villages, rivers and places of your own.",
)
own_places.command()(add)
own_places.command()(fetch)
own_places.command()(remove)
own_places.command()(info)
app.add_typer(own_places, name="gazetteer")

front = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Measure dated snapshots of who held what: area, change, who held a place on a day. "
    "Snapshots are yours: GeoJSON, KML, KMZ, shapefiles, GeoPackages or zips, a file a day.",
)
front.command()(area)
front.command()(diff)
front.command()(at)
app.add_typer(front, name="front")


# What is wrong with standard output: closed by who read it, a full disk, a broken device.
_OUTPUT_ERRORS = frozenset((errno.EPIPE, errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO))
# Typer gives its usage errors no public name but that of this child.
_USAGE_ERROR: Any = typer.BadParameter.__mro__[1]
# 2 says that a claim is refuted; a command that is misspelled is an error like others.
_USAGE_ERROR.exit_code = 1
# What imports and patterns make is kept; looking for waste among it took a tenth of short commands.
_WASTE_AFTER = 50_000


def main() -> NoReturn:
    """Run the command line; our own errors become one line each on stderr and exit 1."""
    gc.set_threshold(_WASTE_AFTER)
    warnings.showwarning = _show_warning
    for stream in filter(None, (sys.stdout, sys.stderr)):
        # What a terminal of one code page cannot show is written as an escape.
        stream.reconfigure(errors="backslashreplace")
    try:
        _run()
    except GeoconflictError as error:
        _fail(str(error))
    except OSError as error:
        if error.filename is not None:
            _fail(f"{error.filename}: {error.strerror}")
        if error.errno not in _OUTPUT_ERRORS:
            raise
        # Python would try to write the rest once more when it ends.
        sys.stdout = io.StringIO()
        _fail(f"the output cannot be written: {error.strerror}")
    sys.exit(0)


def _run() -> None:
    try:
        app(standalone_mode=True)
    finally:
        if sys.stdout is not None:
            sys.stdout.flush()


def _fail(message: str) -> NoReturn:
    typer.echo(f"geoconflict: {message}", err=True)
    sys.exit(1)


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    typer.echo(f"geoconflict: warning: {message}", err=True)
