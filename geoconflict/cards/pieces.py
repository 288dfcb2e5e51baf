"""Pieces of HTML for notebooks, and a small drawing; everything that is given is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

from geoconflict.look.pointmap import SIZE, svg
from geoconflict.look.theme import ANYWHERE, colours

# How a name was found is coloured as the verdict that it comes nearest to.
_LIKE = {"resolved": "supported", "ambiguous": "off", "unknown": "contradicted"}
_BOX = "border:1px solid #8886;border-radius:6px;padding:.6em .9em;max-width:52em;margin:.3em 0"
_CELL = "text-align:left;vertical-align:top;padding:.15em .9em .15em 0;background:none"
_SOFT = "opacity:.72"
_WIDTH, _HEIGHT = SIZE
_LOOK = colours()


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
