"""The command line: each command asks the library and prints, and is loaded when asked.

A module has one command or a few that are alike: ``place``, ``measure``, ``check``, ``draft``,
``desk``, ``casebook`` (map, gallery, validate), ``figure``, ``exchange`` (import, link, export),
``enrich``, ``front`` (with ``frontanswers``), ``gazetteer``, ``doctor`` and ``mcp``; ``options``
are shared.
"""

from __future__ import annotations

import errno
import gc
import io
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer

import geoconflict
from geoconflict.errors import GeoconflictError

# Where each command is, in the order in which the help lists them.
_COMMANDS = {
    "place": "place.place",
    "measure": "measure.measure",
    "check": "check.check",
    "draft": "draft.draft",
    "accept": "draft.accept",
    "new": "draft.new",
    "desk": "desk.desk",
    "map": "casebook.map_",
    "figure": "figure.figure",
    "gallery": "casebook.gallery",
    "validate": "casebook.validate",
    "import": "exchange.import_",
    "link": "exchange.link",
    "export": "exchange.export",
    "enrich": "enrich.enrich",
    "doctor": "doctor.doctor",
    "corroborate": "enrich.corroborate",
    "mcp": "mcp.mcp",
    "reports": "enrich.reports",
}
_FRONT = (
    "Measure dated snapshots of who held what: area, change, who held a place on a day. "
    "Snapshots are yours: GeoJSON, KML, KMZ, shapefiles, GeoPackages or zips, a file a day."
)
_PLACES = "Say what the gazetteer holds, and add villages, rivers and places of your own."
# The commands of a group, and what the group is for.
_GROUPS: dict[str, tuple[tuple[str, ...], str]] = {
    "gazetteer": (("add", "fetch", "remove", "info"), _PLACES),
    "front": (("area", "diff", "at"), _FRONT),
}


def application(*names: str) -> typer.Typer:
    """Return the command line.

    Parameters
    ----------
    *names : str
        The commands and groups that it shall have, all others being neither loaded nor built;
        none stands for all.
    """
    made = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    made.callback()(_all)
    for name in names or (*_COMMANDS, *_GROUPS):
        if name in _COMMANDS:
            made.command(name)(_loaded(_COMMANDS[name]))
        else:
            commands, what_for = _GROUPS[name]
            group = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=what_for)
            for command in commands:
                group.command(command)(_loaded(f"{name}.{command}"))
            made.add_typer(group, name=name)
    return made


def __getattr__(name: str) -> typer.Typer:
    """Make the whole command line, ``app``, on use."""
    if name != "app":
        message = f"module 'geoconflict.cli' has no attribute {name!r}"
        raise AttributeError(message)
    return application()


def _loaded(where: str) -> Callable[..., None]:
    module, _, function = where.partition(".")
    command: Callable[..., None] = getattr(import_module(f"geoconflict.cli.{module}"), function)
    return command


def _show_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        typer.echo(f"geoconflict {geoconflict.__version__}")
        raise typer.Exit


def _all(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Say which it is."),
    ] = False,
) -> None:
    """Check reports on strikes and front lines, and map them."""


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
    asked = sys.argv[1:2]
    known = [name for name in asked if name in _COMMANDS or name in _GROUPS]
    try:
        application(*known)(standalone_mode=True)
    finally:
        if sys.stdout is not None:
            sys.stdout.flush()


def _fail(message: str) -> NoReturn:
    typer.echo(f"geoconflict: {message}", err=True)
    sys.exit(1)


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    typer.echo(f"geoconflict: warning: {message}", err=True)
