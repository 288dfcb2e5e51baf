"""``geoconflict desk``: a casebook worked on in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geoconflict.cli.options import Language
from geoconflict.errors import MissingExtraError, OptionError


def desk(
    casebook: Annotated[
        Path, typer.Argument(metavar="CASEBOOK", help="Folder of a casebook; new, or there.")
    ] = Path("casebook"),
    *,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where to listen; 0 is any that is free.")
    ] = 0,
    language: Annotated[Language, typer.Option(help="In which the page opens.")] = Language.EN,
    is_opened: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in the browser.")
    ] = True,
) -> None:
    """Work on a casebook in the browser: check, draft, review, edit, map and publish.

    Served to this machine alone, until you press Ctrl-C. Each change is written at once, into
    plain files, and can be undone.

    Example: geoconflict desk march
    """
    try:
        from geoconflict.desk import serve
    except ImportError as error:
        message = "the desk needs: pip install 'geoconflict[desk]'"
        raise MissingExtraError(message) from error
    if casebook.is_file() or not casebook.absolute().parent.is_dir():
        message = f"{casebook} cannot be a casebook: give a folder, in one that is there"
        raise OptionError(message)

    def tell(address: str) -> None:
        typer.echo(f"the desk of {casebook} is at {address}\nCtrl-C ends it")

    serve(casebook, port=port, language=language, is_opened=is_opened, tell=tell)
