"""What a person accepted of drafts, taken into a casebook: all of it, or nothing."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from geoconflict.casebooks.casebook import Casebook, make_casebook, read_casebook
from geoconflict.casebooks.files import write_casebook
from geoconflict.casebooks.records import Certainty, Claim, Language, MapInfo
from geoconflict.drafting.cells import Row, Source
from geoconflict.drafting.draft import Draft, read_draft
from geoconflict.drafting.joining import Taken, take_rows
from geoconflict.drafting.rows import Said, make_row, with_own_ids
from geoconflict.drafting.saved import check_saved
from geoconflict.errors import TextError
from geoconflict.files.reading import reading
from geoconflict.gazetteer.lookup import Gazetteer

# Where a review page keeps its draft.
_HELD = re.compile(
    rb'<script type="application/json" id="draft">\s*(?P<data>.*?)\s*</script>', re.DOTALL
)


@dataclass(frozen=True)
class Accepted:
    """What was accepted of one report: the source, rows, and claims that go with them.

    Attributes
    ----------
    source : Source
        The report.
    rows : tuple of Row
        Of its events.
    claims : tuple of Claim
        What it states.
    left_out : int
        How many of its events were not sure enough.
    """

    source: Source
    rows: tuple[Row, ...]
    claims: tuple[Claim, ...] = ()
    left_out: int = 0


def read_accepted(
    path: str | Path, *, sure: Certainty | None = None, date: dt.date | None = None
) -> list[Accepted]:
    """Return what was accepted in a file: a review that a person saved, or a draft.

    Parameters
    ----------
    path : str or Path
        ``REVIEW.json`` as the review page saves it; or a draft, as a page or as JSON.
    sure : str, optional
        Of a draft that nobody has seen, the cells that are at least so sure: ``certain``,
        ``likely`` or ``open``. Without it nothing of a draft is accepted.
    date : datetime.date, optional
        The day of a report whose own is not known.

    Raises
    ------
    TextError
        The file is neither, or a draft and ``sure`` is not given.
    """
    path = Path(path)
    data = _data(path)
    kind = data.get("geoconflict") if isinstance(data, dict) else None
    if kind == "review":
        check_saved(path, data, is_review=True)
        with _reading(path):
            return [_reviewed(one, date) for one in data["reports"]]
    if kind != "drafts":
        message = f"{path} is no draft and no review: they are made by geoconflict draft"
        raise TextError(message)
    if sure is None:
        message = (
            f"nobody has said what to accept of {path}: open it in a browser, go through it and "
            "save the review, then give that file"
        )
        raise TextError(message)
    check_saved(path, data, is_review=False)
    with _reading(path):
        return [_accepted(read_draft(one), sure, date) for one in data["drafts"]]


def accept(accepted: Sequence[Accepted], casebook: Casebook) -> tuple[Casebook, list[Taken]]:
    """Return a casebook with what was accepted of each report, and what became of it.

    Raises
    ------
    CasebookError
        A row cannot be one of a casebook.
    """
    taken: list[Taken] = []
    for one in accepted:
        taken.append(take_rows(casebook, one.source, one.rows, one.claims))
        casebook = taken[-1].casebook
    return casebook, taken


def new_casebook(
    title: str,
    *,
    slug: str = "casebook",
    language: Language = "en",
    gazetteer: Gazetteer | None = None,
) -> Casebook:
    """Return a casebook without events, which validates.

    Parameters
    ----------
    title : str
        Of the casebook and its page.
    slug : str
        Name of its folder.
    language : {"en", "uk", "ru"}
        Of its page.
    gazetteer : Gazetteer, optional
        Where its places are looked up; default: the one that comes with the package.

    Returns
    -------
    Casebook
        Its period is today.

    Examples
    --------
    >>> book = new_casebook("Strikes in March")
    >>> len(book.events), book.info.title
    (0, 'Strikes in March')
    """
    today = dt.datetime.now(tz=dt.UTC).date()
    info = MapInfo(title=title, period=(today, today), language=language, sources={})
    return make_casebook(slug, info, events=[], gazetteer=gazetteer)


def write_validated(casebook: Casebook, folder: str | Path) -> Path:
    """Write a casebook only if it can be read again, and return its folder.

    Raises
    ------
    CasebookError
        It has faults; nothing was written.
    OutputError
        The folder cannot be written.
    """
    with TemporaryDirectory() as scratch:
        trial = write_casebook(casebook, Path(scratch) / casebook.slug)
        read_casebook(trial, gazetteer=casebook.gazetteer)
    return write_casebook(casebook, folder)


def _data(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    content = path.read_bytes()
    held = _HELD.search(content)
    with _reading(path):
        return json.loads(held["data"] if held else content)


def _reading(path: Path) -> AbstractContextManager[None]:
    expected = "a draft or a review, which geoconflict draft makes"
    return reading(str(path), expected=expected, raises=TextError)


def _accepted(draft: Draft, sure: Certainty, date: dt.date | None) -> Accepted:
    draft = replace(draft, source=replace(draft.source, date=draft.source.date or date))
    rows = tuple(draft.rows(sure=sure))
    return Accepted(draft.source, rows, draft.claims, len(draft.events) - len(rows))


def _reviewed(data: Mapping[str, Any], date: dt.date | None) -> Accepted:
    """Return one report of a review: what a person left of each event, made rows again."""
    source = dict(data["source"])
    day = source.pop("date", None)
    found = Source(date=dt.date.fromisoformat(day) if day else date, **source)
    rows = [
        make_row(
            found,
            {name: value for name, value in dict(one["values"]).items() if value not in ("", None)},
            [Said(**said) for said in one["said"]],
            one["claims"],
            is_background=one["is_background"],
            same_as=one["same_as"],
        )
        for one in data["events"]
    ]
    claims = tuple(map(Claim.model_validate, data["claims"]))
    return Accepted(found, tuple(with_own_ids(rows)), claims)
