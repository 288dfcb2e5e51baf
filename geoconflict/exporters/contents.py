"""What of a casebook is in a file that was handed out, since not every format takes all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geoconflict.casebooks.casebook import Casebook
from geoconflict.exporters.located import Handed, handed_out
from geoconflict.look.labels import labels_of, text
from geoconflict.look.words import words

# Formats that show points and nothing else.
_POINTS_ONLY = ("kml", "timemap")


@dataclass(frozen=True)
class Contents:
    """How many events, reports and claims a file holds, and what was left out, in words."""

    events: int
    reports: int
    claims: int
    left_out: tuple[str, ...] = ()

    def told(self, path: Path, language: str) -> str:
        """Return where the file is and what it holds, in words."""
        counts = ((getattr(self, what), what) for what in ("events", "reports", "claims"))
        said = ", ".join(_counted(count, what, language) for count, what in counts)
        return text("export.wrote", language, path=path, counts=said)


def contents(casebook: Casebook, to: str, language: str | None = None) -> Contents:
    """Return what of a casebook a format takes.

    Parameters
    ----------
    casebook : Casebook
    to : str
        Name of the format, as in ``WRITERS``.
    language : {"en", "uk", "ru"}, optional
        Of what is said of it. Default: that of the casebook.
    """
    whole = Contents(len(casebook.events), len(casebook.reports), len(casebook.claims))
    if to not in _POINTS_ONLY:
        return whole
    shown = [one for one in handed_out(casebook) if one.lon is not None]
    held = _held(shown)
    missing = (
        (whole.events - held.events, "events"),
        (whole.reports - held.reports, "reports"),
        (whole.claims - held.claims, "claims"),
    )
    own = language or casebook.info.language
    said = tuple(
        text(f"export.no_{what}", own, count=_counted(count, what, own))
        for count, what in missing
        if count
    )
    return Contents(held.events, held.reports, held.claims, said)


def _counted(count: int, what: str, language: str) -> str:
    own = words(language)
    return f"{own.number(count)} {own.counted(count, labels_of(language)[f'count.{what}'])}"


def _held(shown: Sequence[Handed]) -> Contents:
    reports, claims = (sum(len(getattr(o, n)) for o in shown) for n in ("reports", "claims"))
    return Contents(len(shown), reports, claims)
