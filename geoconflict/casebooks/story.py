"""A story told along a map: ``story.csv`` beside the tables of a casebook, a step a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, LiteralString

from pydantic import Field
from pydantic_core import PydanticCustomError

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.celltypes import Day, Id, Lat, Lon, Url
from geoconflict.casebooks.records import Row
from geoconflict.casebooks.tables import Table, read_table
from geoconflict.errors import CasebookError, Fault

FILE = "story.csv"
_PHOTOS = (".jpg", ".jpeg", ".png", ".webp")


class Step(Row):
    """One step of a story, and what the map shows at it.

    ``text`` is told in a few marks of Markdown: paragraphs, ``**bold**``, ``*italic*``, lists with
    ``-`` and links. The map goes to ``event``, or to ``lon`` and ``lat`` in degrees at ``zoom``
    (3 to 12); with neither it stays. ``date_from`` and ``date_to`` are the days that it then shows,
    both included, None for all; ``front`` whether the front is drawn. ``photo`` is a file in the
    casebook's folder, with ``alt``, what is on it for those who cannot see it, and ``credit``.
    ``video`` is the address of a film or post elsewhere, with ``archive``, that of a copy that
    stays when it is taken down, and ``alt`` and ``credit`` as of a photo.
    """

    title: Annotated[str, Field(min_length=1)]
    text: str = ""
    event: Id | None = None
    lon: Lon | None = None
    lat: Lat | None = None
    zoom: Annotated[float, Field(ge=3, le=12)] | None = None
    date_from: Day | None = None
    date_to: Day | None = None
    front: Literal["on", "off"] | None = None
    photo: str | None = None
    video: Url | None = None
    archive: Url | None = None
    alt: str | None = None
    credit: str | None = None

    def fits_together(self) -> None:
        """Refuse a step whose view, days or picture are told by half or twice."""
        wrong: LiteralString | None = None
        if (self.lon is None) != (self.lat is None):
            wrong = "lon and lat together, or neither"
        elif self.event is not None and self.lon is not None:
            wrong = "an event, or lon and lat, not both"
        elif self.date_from and self.date_to and self.date_to < self.date_from:
            wrong = "a date_to on or after date_from"
        elif (self.photo or self.video) and not self.alt:
            wrong = "alt: what is on the photo or video, for those who cannot see it"
        elif self.photo and self.video:
            wrong = "a photo or a video, not both: give the other a step of its own"
        elif bool(self.video) != bool(self.archive):
            wrong = "video and archive together: a copy that stays when the video is taken down"
        elif self.photo and not self.photo.lower().endswith(_PHOTOS):
            wrong = "a photo that ends in .jpg, .jpeg, .png or .webp"
        if wrong:
            kind = "expected"
            raise PydanticCustomError(kind, wrong)


def read_story(folder: str | Path, casebook: Casebook) -> tuple[Step, ...]:
    """Return the steps of a casebook's story.

    Parameters
    ----------
    folder : str or Path
        Of the casebook, with a ``story.csv``.
    casebook : Casebook
        Whose events the steps may name.

    Returns
    -------
    tuple of Step
        In the order of the file.

    Raises
    ------
    CasebookError
        Something in it cannot be read, names an event that there is not, or a photo, or a day
        outside the casebook's time; the message names every fault.
    """
    table: Table[Step] = read_table(Path(folder) / FILE, Step)
    faults = [*table.faults, *_missing(table, Path(folder), casebook)]
    if not faults and not table.rows:
        faults.append(Fault(FILE, 1, "", "no rows", "a step a row"))
    if faults:
        raise CasebookError(sorted(faults))
    return tuple(step for _, step in table.rows)


def _missing(table: Table[Step], folder: Path, casebook: Casebook) -> Iterator[Fault]:
    events = set(casebook.events["id"])
    first, last = _time(casebook)
    for line, step in table.rows:
        for column, day in (("date_from", step.date_from), ("date_to", step.date_to)):
            if day is not None and not first <= day <= last:
                expected = f"a day from {first} to {last}, the period of map.toml and its events"
                yield Fault(FILE, line, column, day.isoformat(), expected)
        if step.event is not None and step.event not in events:
            yield Fault(FILE, line, "event", step.event, "an id of events.csv")
        if step.photo is not None and not _inside(folder, step.photo):
            yield Fault(FILE, line, "photo", step.photo, "a file in the casebook's folder")


def _time(casebook: Casebook) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a casebook's period and events."""
    first, last = casebook.info.period
    starts, ends = (casebook.events[name].dropna() for name in ("date_start", "date_end"))
    return (
        min([first, *(day.date() for day in starts)]),
        max([last, *(day.date() for day in ends)]),
    )


def _inside(folder: Path, name: str) -> bool:
    """Whether a file lies in a folder, and nowhere that its name might lead to."""
    found = (folder / name).resolve()
    return found.is_relative_to(folder.resolve()) and found.is_file()
