"""The two sheets of timemap (Forensic Architecture): events and sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.files import told_as_writer
from geoconflict.exporters.located import Handed, handed_out
from geoconflict.files.folders import whole_folder
from geoconflict.files.sheets import csv_text
from geoconflict.files.writing import write_whole
from geoconflict.look.labels import labels_of, text
from geoconflict.look.words import words

EVENT_COLUMNS = (
    "id",
    "description",
    "date",
    "time",
    "time_precision",
    "location",
    "latitude",
    "longitude",
    "type",
    "category",
    "associations",
    "sources",
    "comments",
)
SOURCE_COLUMNS = ("id", "title", "thumbnail", "paths", "type", "url", "description", "date")


@told_as_writer("a")
def write_timemap(casebook: Casebook, folder: str | Path, *, language: str | None = None) -> Path:
    """Write ``events.csv`` and ``sources.csv`` for timemap and return the folder.

    Dates are month/day/year, timemap's default. Each report is a source with an id of its
    own; an event names them with commas between. Events without a position are left out, as
    timemap cannot show them.
    """
    found = [one for one in handed_out(casebook, language) if one.lon is not None]
    ids = _source_ids(found)
    events = [_event(one, ids) for one in found]
    own = language or casebook.info.language
    sources = [_source(ids[key], row, casebook, own) for key, row in _reports(found)]
    with whole_folder(folder) as part:
        write_whole(part / "events.csv", csv_text(EVENT_COLUMNS, events))
        write_whole(part / "sources.csv", csv_text(SOURCE_COLUMNS, sources))
    return Path(folder)


def _reports(found: Sequence[Handed]) -> list[tuple[tuple[str, int], Mapping[str, Any]]]:
    return [
        ((one.event["id"], number), row)
        for one in found
        for number, row in enumerate(one.reports, start=1)
    ]


def _source_ids(found: Sequence[Handed]) -> dict[tuple[str, int], str]:
    return {(event, n): f"{event}-{n}" for (event, n), _ in _reports(found)}


def _event(one: Handed, ids: Mapping[tuple[str, int], str]) -> list[object]:
    event, own = one.event, one.language
    days = (event["date_end"] - event["date_start"]).days + 1
    sources = [ids[event["id"], number] for number in range(1, len(one.reports) + 1)]
    status = text(f"status.{event['status']}", own)
    target = event["target_type"] and text(f"target.{event['target_type']}", own)
    associations = [text(f"side.{event['actor']}", own), target, status, event["weapon"]]
    return [
        event["id"],
        event["effects"] or one.title,
        _day(event["date_start"]),
        "",
        _span(days, own),
        one.place,
        repr(one.lat),
        repr(one.lon),
        text(f"kind.{event['kind']}", own),
        status,
        ", ".join(str(part) for part in associations if part),
        ", ".join(sources),
        "; ".join(filter(None, (event["note"], one.position, *_stated(one)))),
    ]


def _stated(one: Handed) -> list[str]:
    stated = text("claim.stated", one.language).lower()
    return [f"{stated}: {row['text'] or row['id']}" for row in one.claims]


def _span(days: int, language: str) -> str:
    noun = words(language).counted(days, labels_of(language)["count.days"])
    return noun if days == 1 else text("export.span", language, days=f"{days} {noun}")


def _source(
    source_id: str, row: Mapping[str, Any], casebook: Casebook, language: str
) -> list[object]:
    info = casebook.info.sources[row["source"]]
    url = row["url"] or info.url or ""
    return [
        source_id,
        f"{row['claimant']}: {info.title}",
        "",
        "",
        "link" if url else "text",
        url,
        row["summary"] or f"{row['claimant']} {text('stance.' + row['stance'], language)}",
        _day(row["published"] or info.date),
    ]


def _day(day: dt.date) -> str:
    return f"{day.month:02}/{day.day:02}/{day.year:04}"
