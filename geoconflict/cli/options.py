"""Arguments and options that several commands share, and how they print data."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print data instead of text.")]
CasebookFolder = Annotated[Path, typer.Argument(metavar="CASEBOOK", help="Folder of a casebook.")]


class Language(Enum):
    """Languages that a page or a figure speaks."""

    EN = "en"
    UK = "uk"
    RU = "ru"


def print_json(data: object) -> None:
    """Print data as indented JSON, letters as they are."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
