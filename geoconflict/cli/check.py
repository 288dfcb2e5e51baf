"""``geoconflict check``: stated against measured."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import typer

from geoconflict.cli.options import CasebookFolder, Json, print_json
from geoconflict.cli.snapshots import (
    FrontFolder,
    KeepGoing,
    few_warnings,
    front_credit,
    read_fronts,
)

if TYPE_CHECKING:
    from geoconflict.claims.verdicts import Check

_COLOURS = {"supported": "green", "off": "yellow", "contradicted": "red"}


def check(
    casebook: CasebookFolder,
    *,
    front: FrontFolder = None,
    keep_going: KeepGoing = False,
    as_json: Json = False,
) -> None:
    """Check every claim of a casebook: stated, measured, verdict and why, a line each.

    With snapshots of a front, claims on the line and on land held or gained are checked too.

    Example: geoconflict check maps/january-2025
    """
    from geoconflict.casebook import read_casebook
    from geoconflict.claims.checking import check_claims

    with few_warnings():
        fronts = read_fronts(front, keep_going=keep_going) if front else None
        checks = check_claims(read_casebook(casebook), fronts=fronts)
    if as_json:
        print_json([one.to_dict() for one in checks])
        return
    for one in checks:
        typer.echo(_check_line(one))
    if fronts is not None:
        typer.echo(front_credit(fronts))
    counts = Counter(one.verdict for one in checks)
    typer.echo(f"{len(checks)} claims: {', '.join(f'{n} {v}' for v, n in counts.most_common())}")


def _check_line(one: Check) -> str:
    verdict = typer.style(f"{one.verdict:12}", fg=_COLOURS.get(one.verdict))
    who = one.claim.claimant or one.claim.source
    notes = "".join(f"; {note}" for note in one.notes)
    return f"{verdict} {who}: {one.stated} — {one.reason}{notes} [{one.claim.source}]"
