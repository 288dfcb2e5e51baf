"""What of a casebook is in a file that was handed out, since not every format takes all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.casebooks.casebook import Casebook
from geoconflict.exporters.located import Handed, handed_out

# Formats that show points and nothing else.
_POINTS_ONLY = ("kml", "timemap")


@dataclass(frozen=True)
class Contents:
    """How many events, reports and claims a file holds, and what was left out, in words."""

    events: int
    reports: int
    claims: int
    left_out: tuple[str, ...] = ()


def contents(casebook: Casebook, to: str) -> Contents:
    """Return what of a casebook a format takes.

    Parameters
    ----------
    casebook : Casebook
    to : str
        Name of the format, as in ``WRITERS``.
    """
    whole = Contents(len(casebook.events), len(casebook.reports), len(casebook.claims))
    if to not in _POINTS_ONLY:
        return whole
    shown = [one for one in handed_out(casebook) if one.lon is not None]
    held = _held(shown)
    missing = (
        (whole.events - held.events, "events without a position"),
        (whole.reports - held.reports, "reports on them"),
        (whole.claims - held.claims, "claims that belong to none of the events shown"),
    )
    said = tuple(f"{count} {what} left out" for count, what in missing if count)
    return Contents(held.events, held.reports, held.claims, said)


def _held(shown: Sequence[Handed]) -> Contents:
    reports, claims = (sum(len(getattr(o, n)) for o in shown) for n in ("reports", "claims"))
    return Contents(len(shown), reports, claims)
