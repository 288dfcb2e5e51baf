"""``geoconflict corroborate``: fires and alerts beside the strikes of a casebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geoconflict.cli.options import CasebookFolder, Json, print_json


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
