"""The card of each kind of object."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import singledispatch
from html import escape

import numpy as np

from geoconflict.article.sketch import sketch_alone
from geoconflict.cards.drawings import area_line
from geoconflict.cards.pieces import badge, card, facts, line, table
from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.positions import locate_events
from geoconflict.casebooks.records import Claim
from geoconflict.claims.verdicts import SEVERITY, Check, Checks
from geoconflict.fronts.collection import Fronts
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.resolution import Resolution
from geoconflict.look.pointmap import point_map
from geoconflict.measuring.units import format_number

_CANDIDATES, _NAMES = 8, 6
# Enough snapshots to see how the area went; each must be read.
_MOST_SNAPSHOTS = 24


@singledispatch
def html(shown: object) -> str:
    """Return an object as HTML for a notebook; what has no card of its own as text."""
    return f"<pre>{escape(repr(shown))}</pre>"


@html.register
def _place(place: Place) -> str:
    spellings = [n for code in ("en", "uk", "ru", "Cyrl") for n in place.names.get(code, ())]
    others = [name for name in dict.fromkeys(spellings) if name != place.name]
    names = ", ".join(others[:_NAMES])
    rows = (
        ("kind", place.kind),
        ("lon, lat (degrees)", _point(place)),
        ("right within", _metres(place.precision_m)),
        ("inhabitants", format_number(place.population) if place.population else None),
        ("of the town", place.town),
        ("other names", names),
        ("source", " · ".join(filter(None, (place.source, place.licence)))),
        ("id", place.id),
    )
    return card(place.title, facts(rows))


def _point(place: Place) -> str | None:
    return None if place.lon is None or place.lat is None else f"{place.lon:.5f}, {place.lat:.5f}"


def _metres(metres: float | None) -> str | None:
    if metres is None:
        return None
    return f"{metres:,.0f} m" if metres < 1000 else f"{format_number(metres / 1000)} km"


@html.register
def _resolution(resolution: Resolution) -> str:
    rows = [
        (escape(one.place.title), f"{one.score:.2f}", escape(one.reason))
        for one in resolution.candidates[:_CANDIDATES]
    ]
    more = len(resolution.candidates) - len(rows)
    return card(
        resolution.query,
        line(resolution.reason),
        table(("candidate", "score", "why"), rows) if rows else "",
        line(f"and {more} more" if more > 0 else ""),
        mark=badge(resolution.status),
    )


@html.register
def _check(check: Check) -> str:
    rows = (
        ("stated", check.stated),
        ("measured", check.measured),
        ("why", check.reason),
        *(("note", note) for note in check.notes),
        ("text", check.claim.text),
    )
    measured = check.measurement
    drawn = ""
    if measured is not None and measured.distance_km > 0:
        drawn = sketch_alone(measured, title=check.stated)
    return card(check.claim.id, facts(rows), drawn, mark=badge(check.verdict))


@html.register
def _checks(checks: Checks) -> str:
    counts = Counter(check.verdict for check in checks)
    summary = " ".join(
        f"{badge(word)} {counts[word]}" for word in reversed(SEVERITY) if counts[word]
    )
    cells = (tuple(map(escape, (c.stated or c.claim.id, c.measured, c.reason))) for c in checks)
    rows = [(badge(check.verdict), *texts) for check, texts in zip(checks, cells, strict=True)]
    return card(
        f"{len(checks)} checks", table(("verdict", "stated", "measured", "why"), rows), mark=summary
    )


@html.register
def _claim(claim: Claim) -> str:
    before, words, after = claim.marked
    sentence = f"<div>{escape(before)}<mark>{escape(words)}</mark>{escape(after)}</div>"
    value = " to ".join(
        format_number(v) for v in (claim.value_min, claim.value_max) if v is not None
    )
    rows = (
        ("from, to", " · ".join(filter(None, (claim.reference, claim.subject)))),
        ("value", " ".join(filter(None, (claim.hedge, value, claim.unit)))),
        ("direction", claim.direction),
        ("date", claim.date),
    )
    return card(claim.kind, sentence, facts(rows))


@html.register
def _casebook(casebook: Casebook) -> str:
    located = casebook if "position" in casebook.events else locate_events(casebook)
    points = located.events[["lon", "lat"]].dropna().to_numpy(dtype=float)
    start, end = casebook.info.period
    kinds = Counter(casebook.events["kind"])
    rows = (
        ("period", f"{start} to {end}"),
        ("events", f"{len(casebook.events)}, of which {len(points)} located"),
        ("of kinds", ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())),
        ("reports", len(casebook.reports)),
        ("claims", len(casebook.claims)),
        ("sources", len(casebook.info.sources)),
    )
    return card(casebook.info.title, line(casebook.info.summary), facts(rows), point_map(points))


@html.register
def _fronts(fronts: Fronts) -> str:
    shown = [(day, area) for day, area in _areas(fronts)]
    span = f"{fronts.dates[0]} to {fronts.dates[-1]}" if fronts.dates else ""
    rows = (
        ("snapshots", f"{len(fronts.dates)}, {span}"),
        ("counts", fronts.scope),
        ("licence", fronts.licence),
        ("may be published again", "yes" if fronts.republishable else "no"),
    )
    drawn = area_line([day.toordinal() for day, _ in shown], [a for _, a in shown]) if shown else ""
    note = line(f"area held on {len(shown)} of the days" if shown else "")
    return card(fronts.title, facts(rows), drawn, note)


def _areas(fronts: Fronts) -> Iterator[tuple[dt.date, float]]:
    for day in _thinned(fronts.dates):
        snapshot = fronts.load(day)
        if snapshot is not None:
            yield day, snapshot.area_km2


def _thinned(days: Sequence[dt.date]) -> Sequence[dt.date]:
    """Return at most so many days, evenly taken, the first and the last among them."""
    if len(days) <= _MOST_SNAPSHOTS:
        return days
    places = np.linspace(0, len(days) - 1, _MOST_SNAPSHOTS).round().astype(int)
    return [days[place] for place in places]
