"""What a page shows without its script: a picture, and its events as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from markupsafe import Markup

from geoconflict.look.labels import labels_of, text
from geoconflict.look.names import country_name
from geoconflict.look.pointmap import near, point_map
from geoconflict.look.theme import colours
from geoconflict.look.words import words
from geoconflict.measuring.borders import Borders
from geoconflict.page.policy import well_formed

# The newest; more would double what a page of very many events weighs.
MOST = 300
_SIZE = (760.0, 480.0)
# A point that is right only within so many metres is no place either.
_WIDE_M = 50_000
_AREAS = frozenset(("admin1", "water", "country"))
_LONGEST = 240
_LOOK = {name: f"var(--{name})" for name in colours()}


@dataclass(frozen=True)
class Row:
    """One event in words; ``links`` are pairs of an address, None where none, and a title."""

    when: str
    what: str
    told: str
    kind: str
    status: str
    where: str
    links: list[tuple[str | None, str]]


@dataclass(frozen=True)
class Twin:
    """The events of a page, newest first, and a map of them; ``omitted`` are not listed.

    ``beyond`` says in words how many the map leaves out, empty where none.
    """

    picture: Markup
    beyond: str
    rows: list[Row]
    omitted: int
    labels: Mapping[str, Any]
    credits: list[str]


def twin(data: Mapping[str, Any], *, borders: Borders, language: str) -> Twin:
    """Return what stands in a page for whoever runs no script, as search engines and archives.

    Parameters
    ----------
    data : mapping
        As ``page_data`` returns it, blurred where the page is.
    borders : Borders
        Whose countries are drawn.
    language : {"en", "uk", "ru"}
        Of the page's own words.
    """
    events = data["events"] | data["told"].get(language, {}).get("events", {})
    order = sorted(range(len(events["id"])), key=lambda row: events["date_end"][row], reverse=True)
    cited = _sources(data)
    info = data["info"]
    return Twin(
        picture=Markup(_picture(events, borders, language)),  # noqa: S704 - numbers, and a title it escapes
        beyond=_beyond(events, language),
        rows=[_row(events, row, cited.get(row, []), language) for row in order[:MOST]],
        omitted=max(0, len(order) - MOST),
        labels=labels_of(language),
        credits=[*info["attribution"], *info["data_attribution"]],
    )


def _beyond(events: Mapping[str, list[Any]], language: str) -> str:
    _, count = _shown_on_map(events)
    return text("figure.map.beyond", language, count=count) if count else ""


def _shown_on_map(events: Mapping[str, list[Any]]) -> tuple[list[int], int]:
    """Return the rows that the picture shows, and how many lie too far from them."""
    rows = [row for row, lon in enumerate(events["lon"]) if lon is not None]
    points = np.array([(events["lon"][row], events["lat"][row]) for row in rows]).reshape(-1, 2)
    is_near = near(points)
    return list(np.array(rows, dtype=int)[is_near]), int((~is_near).sum())


def _picture(events: Mapping[str, list[Any]], borders: Borders, language: str) -> str:
    rows, _ = _shown_on_map(events)
    known = colours("status")
    fills = [f"var(--fill-{s if s in known else 'other'})" for s in events["status"]]
    return point_map(
        [(events["lon"][row], events["lat"][row]) for row in rows],
        borders=borders,
        title=text("map.label", language),
        fills=[fills[row] for row in rows],
        look=_LOOK,
        size=_SIZE,
    )


def _sources(data: Mapping[str, Any]) -> dict[int, list[tuple[str | None, str]]]:
    """Return the sources of each event's reports, each once."""
    found: dict[int, dict[str, tuple[str | None, str]]] = {}
    reports = data["reports"]
    for event, key in zip(reports["event"], reports["source"], strict=True):
        source = data["sources"].get(key)
        if event is not None and source is not None:
            title = well_formed(source["title"])[:_LONGEST]
            found.setdefault(event, {})[key] = (source["url"], title)
    return {event: list(links.values()) for event, links in found.items()}


def _row(
    events: Mapping[str, list[Any]], row: int, links: list[tuple[str | None, str]], language: str
) -> Row:
    event = {name: cells[row] for name, cells in events.items()}
    start, end = (dt.date.fromisoformat(event[name]) for name in ("date_start", "date_end"))
    what = heading(event, language)
    told = _sentence(event["effects"])
    around = [event["place_name"] or event["place"], *_around(event, language)]
    return Row(
        when=words(language).days(start, end),
        what=what,
        told="" if told == what else told,
        kind=_named("kind", event["kind"], language),
        status=_named("status", event["status"], language),
        where=_shown(", ".join(part for part in around if part and part != what)),
        links=links,
    )


def _around(event: Mapping[str, Any], language: str) -> list[str]:
    around = (event["place_around"] or event["country"] or "").split(", ")
    return [country_name(part, language) or part for part in around]


def heading(event: Mapping[str, Any], language: str) -> str:
    """Return what the page calls an event: what was hit, where it was, or what is told of it."""
    name = event["facility_name"] or event["facility"] or event["place_name"] or event["place"]
    if not name:
        return _sentence(event["effects"]) or _named("kind", event["kind"], language)
    if event["lon"] is None or not _is_area(event):
        return _shown(name)
    over = event["target_type"] == "aircraft" or event["kind"] == "interception"
    wheres = {"admin1": "in", "country": "in", "water": "over" if over else "at"}
    where = wheres.get(event["position_kind"], "around")
    return text(f"somewhere.{where}", language, place=_shown(name))


def _is_area(event: Mapping[str, Any]) -> bool:
    return event["position_kind"] in _AREAS or (event["precision_m"] or 0) > _WIDE_M


def _named(section: str, code: str | None, language: str) -> str:
    known: str = labels_of(language).get(f"{section}.{code}", str(code or "").replace("_", " "))
    return known


def _sentence(told: str | None) -> str:
    return _shown(told[0].upper() + told[1:]) if told else ""


def _shown(told: str) -> str:
    whole = well_formed(told)
    return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}…"
