"""The card of each kind of object, and the pieces of HTML that it is made of."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import singledispatch
from html import escape

import numpy as np

from geoconflict.article.sketch import sketch_alone
from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.positions import locate_events
from geoconflict.casebooks.records import Claim
from geoconflict.claims.verdicts import SEVERITY, UNDETERMINED, Check, Checks
from geoconflict.fronts.collection import Fronts
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.resolution import Resolution
from geoconflict.look.labels import text, translated
from geoconflict.look.pointmap import SIZE, point_map, svg
from geoconflict.look.theme import ANYWHERE, colours
from geoconflict.measuring.units import format_number

# How a name was found is coloured as the verdict that it comes nearest to.
_LIKE = {"resolved": "supported", "ambiguous": "off", "unknown": "contradicted"}
_BOX = "border:1px solid #8886;border-radius:6px;padding:.6em .9em;max-width:52em;margin:.3em 0"
_CELL = "text-align:left;vertical-align:top;padding:.15em .9em .15em 0;background:none"
_SOFT = "opacity:.72"
_WIDTH, _HEIGHT = SIZE
_LOOK = colours()
_CANDIDATES, _NAMES = 8, 6
# Enough snapshots to see how the area went; each must be read.
_MOST_SNAPSHOTS = 24


def badge(word: str, shown: str = "") -> str:
    """Return a verdict or status as a coloured word; ``shown`` is it in another language."""
    colour = ANYWHERE.get(_LIKE.get(word, word), ANYWHERE["undetermined"])
    look = f"background:{colour};color:white;border-radius:3px;padding:.05em .45em;font-size:90%"
    return f'<span style="{look}">{escape(shown or word)}</span>'


def card(title: str, *parts: str, mark: str = "") -> str:
    """Return a box with a heading; ``parts`` and ``mark`` are HTML already."""
    heading = f"<strong>{escape(title)}</strong> {mark}".rstrip()
    return f'<div style="{_BOX}"><div>{heading}</div>{"".join(parts)}</div>'


def line(text: object) -> str:
    """Return a line of soft text; nothing where there is none."""
    return f'<div style="{_SOFT}">{escape(str(text))}</div>' if text else ""


def facts(rows: Iterable[tuple[str, object]]) -> str:
    """Return names and values as a table, without those that are empty."""
    shown = [(name, value) for name, value in rows if value not in (None, "", ())]
    cells = "".join(
        f'<tr><th style="{_CELL};{_SOFT};font-weight:normal">{escape(name)}</th>'
        f'<td style="{_CELL}">{escape(str(value))}</td></tr>'
        for name, value in shown
    )
    return f'<table style="border:0;margin:.3em 0">{cells}</table>' if cells else ""


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; headings are texts, cells HTML already."""
    head = "".join(f'<th style="{_CELL}">{escape(name)}</th>' for name in headings)
    body = "".join(
        f"<tr>{cells}</tr>"
        for cells in ("".join(f'<td style="{_CELL}">{cell}</td>' for cell in row) for row in rows)
    )
    return f'<table style="border:0"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def area_line(days: Sequence[float], areas_km2: Sequence[float]) -> str:
    """Return areas by day as a line; its ends are written out."""
    x, y = np.array(days, dtype=float), np.array(areas_km2, dtype=float)
    across = (x - x.min()) / max(float(np.ptp(x)), 1e-9) * (_WIDTH - 24) + 12
    up = _HEIGHT - 34 - (y - y.min()) / max(float(np.ptp(y)), 1e-9) * (_HEIGHT - 68)
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(across, up, strict=True))
    dots = "".join(
        f'<circle cx="{a:.1f}" cy="{b:.1f}" r="2" fill="{_LOOK["held"]}"/>'
        for a, b in zip(across, up, strict=True)
    )
    words = [
        f'<text x="{at}" y="{min(max(b - 8, 12), _HEIGHT - 6):.1f}" text-anchor="{side}" '
        f'font-size="11" fill="currentColor">{area:,.0f} km²</text>'
        for at, b, area, side in (
            (12, up[0], y[0], "start"),
            (_WIDTH - 12, up[-1], y[-1], "end"),
        )
    ]
    drawn = f'<polyline points="{points}" fill="none" stroke="{_LOOK["held"]}" stroke-width="1.5"/>'
    return svg("area held by day", drawn + dots + "".join(words))


@singledispatch
def html(shown: object, language: str = "en") -> str:  # noqa: ARG001 - of what has no words
    """Return an object as HTML for a notebook; what has no card of its own as text."""
    return f"<pre>{escape(repr(shown))}</pre>"


@html.register
def _place(place: Place, language: str = "en") -> str:
    spellings = [n for code in ("en", "uk", "ru", "Cyrl") for n in place.names.get(code, ())]
    others = [name for name in dict.fromkeys(spellings) if name != place.name]
    rows = {
        "kind": place.kind,
        "point": _point(place),
        "right": _metres(place.precision_m),
        "people": format_number(place.population) if place.population else None,
        "town": place.town,
        "names": ", ".join(others[:_NAMES]),
        "source": " · ".join(filter(None, (place.source, place.licence))),
    }
    return card(place.title, _facts(rows, language), facts([("id", place.id)]))


def _facts(rows: Mapping[str, object], language: str) -> str:
    """Return values as a table under the words of a language for their keys."""
    return facts((text(f"card.{key}", language), value) for key, value in rows.items())


def _table(keys: Sequence[str], rows: Iterable[Sequence[str]], language: str) -> str:
    return table([text(f"card.{key}", language) for key in keys], rows)


def _verdict(verdict: str, language: str) -> str:
    """Return a verdict as a coloured word."""
    return badge(verdict, text(f"verdict.{verdict}", language).lower())


def _point(place: Place) -> str | None:
    return None if place.lon is None or place.lat is None else f"{place.lon:.5f}, {place.lat:.5f}"


def _metres(metres: float | None) -> str | None:
    if metres is None:
        return None
    return f"{metres:,.0f} m" if metres < 1000 else f"{format_number(metres / 1000)} km"


@html.register
def _resolution(resolution: Resolution, language: str = "en") -> str:
    rows = [
        (escape(one.place.title), f"{one.score:.2f}", escape(one.reason))
        for one in resolution.candidates[:_CANDIDATES]
    ]
    more = len(resolution.candidates) - len(rows)
    return card(
        resolution.query,
        line(resolution.reason),
        _table(("candidate", "score", "why"), rows, language) if rows else "",
        line(text("card.more", language, count=more) if more > 0 else ""),
        mark=badge(resolution.status),
    )


@html.register
def _check(check: Check, language: str = "en") -> str:
    said = check.say(language)
    rows = {"stated": said.stated, "measured": said.measured, "why": said.reason}
    note = text("card.note", language)
    measured = check.measurement
    drawn = ""
    if measured is not None and measured.distance_km > 0:
        drawn = sketch_alone(measured, title=said.stated, language=language)
    return card(
        check.claim.id,
        _facts(rows, language),
        facts((note, one) for one in said.notes),
        _facts({"text": check.claim.text}, language),
        drawn,
        mark=_verdict(check.verdict, language),
    )


@html.register
def _checks(checks: Checks, language: str = "en") -> str:
    counts = Counter(check.verdict for check in checks)
    summary = " ".join(
        f"{_verdict(word, language)} {counts[word]}" for word in reversed(SEVERITY) if counts[word]
    )
    found = [check for check in checks if check.verdict != UNDETERMINED]
    other = [check for check in checks if check.verdict == UNDETERMINED]
    parts = [_checks_table(checks, language)]
    if found and other:
        told = f"{_verdict(UNDETERMINED, language)} {len(other)}"
        folded = f"<summary>{told}</summary>{_checks_table(other, language)}"
        parts = [_checks_table(found, language), f"<details>{folded}</details>"]
    return card(text("card.checks", language, count=len(checks)), *parts, mark=summary)


def _checks_table(checks: Sequence[Check], language: str) -> str:
    said = [check.say(language) for check in checks]
    rows = [
        (
            _verdict(check.verdict, language),
            *map(escape, (one.stated or check.claim.id, one.measured, one.reason)),
        )
        for check, one in zip(checks, said, strict=True)
    ]
    return _table(("verdict", "stated", "measured", "why"), rows, language)


@html.register
def _claim(claim: Claim, language: str = "en") -> str:
    before, words, after = claim.marked
    sentence = f"<div>{escape(before)}<mark>{escape(words)}</mark>{escape(after)}</div>"
    ends = [format_number(v) for v in (claim.value_min, claim.value_max) if v is not None]
    value = "".join(ends)
    if len(ends) == 2:
        value = text("card.between", language, low=ends[0], high=ends[1])
    rows = {
        "ends": " · ".join(filter(None, (claim.reference, claim.subject))),
        "value": " ".join(filter(None, (claim.hedge, value, claim.unit))),
        "direction": claim.direction,
        "date": claim.date,
    }
    return card(claim.kind, sentence, _facts(rows, language))


@html.register
def _casebook(casebook: Casebook, language: str = "en") -> str:
    located = casebook if "position" in casebook.events else locate_events(casebook)
    points = located.events[["lon", "lat"]].dropna().to_numpy(dtype=float)
    start, end = casebook.info.period
    kinds = Counter(casebook.events["kind"]).most_common()
    count = len(casebook.events)
    rows = {
        "period": text("card.span", language, start=start, end=end),
        "events": text("card.located", language, count=count, located=len(points)),
        "kinds": ", ".join(f"{text(f'kind.{kind}', language).lower()} {n}" for kind, n in kinds),
        "reports": len(casebook.reports),
        "claims": len(casebook.claims),
        "sources": len(casebook.info.sources),
    }
    drawn = point_map(points, borders=casebook.borders)
    return card(casebook.info.title, line(casebook.info.summary), _facts(rows, language), drawn)


@html.register
def _fronts(fronts: Fronts, language: str = "en") -> str:
    shown = [(day, area) for day, area in _areas(fronts)]
    span = ""
    if fronts.dates:
        span = text("card.span", language, start=fronts.dates[0], end=fronts.dates[-1])
    rows = {
        "snapshots": f"{len(fronts.dates)}, {span}",
        "counts": translated(fronts.scope, "scope", language),
        "licence": translated(fronts.licence, "licence", language),
        "again": text("card.yes" if fronts.republishable else "card.no", language),
    }
    drawn = area_line([day.toordinal() for day, _ in shown], [a for _, a in shown]) if shown else ""
    note = line(text("card.held", language, count=len(shown)) if shown else "")
    return card(fronts.title, _facts(rows, language), drawn, note)


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
