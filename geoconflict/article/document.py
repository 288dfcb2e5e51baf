"""The HTML of a checked report, and writing it."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from geoconflict.article.sketch import sketch
from geoconflict.article.stretches import stretches
from geoconflict.casebooks.records import GROUND_KINDS
from geoconflict.claims.verdicts import SEVERITY, UNDETERMINED, Check
from geoconflict.files.embedded import attributions
from geoconflict.files.writing import write_whole

_FOLDER = Path(__file__).resolve().parent
_SQUARE = re.compile(r"\b(km|mi|m)2\b")


@dataclass(frozen=True)
class _Card:
    """What the page says of one claim, with the words that state it.

    ``sketch`` is empty where nothing was measured.
    """

    number: int
    check: Check
    words: str
    sketch: Markup


def article(
    text: str, checks: Sequence[Check], *, title: str, published: dt.date | None = None
) -> str:
    """Return a report with its claims marked as an HTML page that needs no network.

    Parameters
    ----------
    text : str
        The report, as it was given to ``read_claims``.
    checks : sequence of Check
        Of the claims that were read from it.
    title : str
        Heading of the page, such as the file's name.
    published : datetime.date, optional
        The day of the report.

    Returns
    -------
    str
        The page; it has no script, and the same input gives the same bytes.
    """
    # A bare count is only there for the rates made of it.
    checks = [check for check in checks if check.is_checkable]
    cards = [_card(number, check, text) for number, check in enumerate(checks, 1)]
    counts = Counter(check.verdict for check in checks)
    return _template().render(
        title=title,
        published=published.isoformat() if published else None,
        style=Markup((_FOLDER / "article.css").read_text("utf-8")),  # noqa: S704 - our own file
        paragraphs=stretches(text, checks),
        cards=cards,
        counts=[(verdict, counts[verdict]) for verdict in reversed(SEVERITY) if counts[verdict]],
        credits=attributions("borders.fgb", "settlements.sqlite", "facilities.csv"),
    )


def write_article(
    path: str | Path,
    text: str,
    checks: Sequence[Check],
    *,
    title: str,
    published: dt.date | None = None,
) -> Path:
    """Write a report with its claims marked as one HTML file, whole or not at all.

    Parameters
    ----------
    path : str or Path
        HTML file to write; an existing one is replaced.
    text, checks, title, published
        As for ``article``.

    Raises
    ------
    OutputError
        The file cannot be written there.
    """
    return write_whole(path, article(text, checks, title=title, published=published))


def _card(number: int, check: Check, text: str) -> _Card:
    measured = check.measurement
    is_told = check.verdict != UNDETERMINED and check.claim.kind in GROUND_KINDS
    is_drawn = measured is not None and is_told and measured.distance_km > 0
    drawn = sketch(measured, title=check.stated) if measured is not None and is_drawn else ""
    claim = check.claim
    words = text[claim.start : claim.end] if claim.start is not None else ""
    return _Card(number, check, words, Markup(drawn))  # noqa: S704 - sketch escapes what it is given


def _squares(text: str) -> str:
    """Return a text with units of area as they are printed: km², mi²."""
    return _SQUARE.sub("\\1²", text)


@cache
def _template() -> Template:
    loader = FileSystemLoader(_FOLDER)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["squares"] = _squares
    return environment.get_template("article.html")
