"""Stated against measured: a figure of the checks that compare two numbers."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geoconflict.claims.verdicts import SEVERITY, Check, Part
from geoconflict.look.labels import text
from geoconflict.look.say import say
from geoconflict.look.theme import INK, colours
from geoconflict.look.words import words
from geoconflict.measuring.quantities import CONTRADICTION_SHARE
from geoconflict.plots.canvas import new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The axis ends here, in per cent; what lies farther off is drawn at its edge with an arrow.
_EDGE = 50.0
_ROW_IN, _HEAD_IN, _FOOT_IN = 0.42, 1.05, 1.0
_WRAP = 62


@dataclass(frozen=True)
class _Row:
    """One compared number; ends in per cent of what was stated, infinite where open."""

    check: Check
    part: Part
    stated: tuple[float, float]
    measured: tuple[float, float]


def draw_checks(checks: Sequence[Check], *, title: str = "", language: str = "en") -> Figure:
    """Return a figure of stated against measured numbers, with the bands of the verdicts.

    Parameters
    ----------
    checks : sequence of Check
        As ``check_claims`` returns them. Those without two numbers to compare, such as
        directions and what is undetermined, are counted below the figure.
    title : str
        Stands above the figure.
    language : {"en", "uk", "ru"}
        Language of the figure's own words.

    Returns
    -------
    matplotlib.figure.Figure
        A row a number: what was stated, with its rounding and hedge, as a band about 0, and
        what was measured as a bar in the colour of the verdict, in per cent of the middle of
        what was stated. Beyond 25 per cent of the stated number a claim is contradicted.

    Raises
    ------
    MissingExtraError
        Matplotlib is not installed.

    Examples
    --------
    >>> import geoconflict as gc
    >>> checks = gc.check_claims(gc.read_casebook("maps/january-2025"))
    >>> len(gc.draw_checks(checks).axes[0].get_yticks())
    12
    """
    rows = [row for check in checks for row in _rows(check)]
    rows.sort(key=lambda row: -SEVERITY.index(row.part.verdict))
    height = _HEAD_IN + _FOOT_IN + _ROW_IN * max(1, len(rows))
    figure = new_figure(10.5, height)
    bottom, top = _FOOT_IN / height, 1 - _HEAD_IN / height
    axes = figure.add_axes((0.4, bottom, 0.42, top - bottom))
    _draw_bands(axes, len(rows))
    for number, row in enumerate(rows):
        _draw_row(axes, row, number, language)
    _label(axes, rows, language)
    heading = text("figure.checks.title", language, title=title) if title else ""
    figure.text(0.02, 1 - 0.15 / height, heading, size=12, weight="bold", va="top")
    _draw_key(figure.add_axes((0.02, 1 - 0.86 / height, 0.96, 0.3 / height)), language)
    note = text("figure.checks.note", language, shown=len(rows), all=len(checks))
    figure.text(0.02, 0.12 / height, note, size=7, color=colours()["ink-soft"])
    return figure


def _rows(check: Check) -> list[_Row]:
    found = []
    for part in check.parts:
        stated, measured = part.stated_interval, part.measured_interval
        # Near and inside are compared with a reach that nobody stated.
        if stated is None or measured is None or part.aspect in ("near", "inside"):
            continue
        middle = _middle(check, part)
        if middle > 0:
            low, high = (tuple(100 * (e / middle - 1) for e in span) for span in (stated, measured))
            found.append(_Row(check, part, (low[0], low[1]), (high[0], high[1])))
    return found


def _middle(check: Check, part: Part) -> float:
    """Return the number that was stated, in the unit of the part."""
    stated, value = part.stated_interval, check.claim.value_min
    if stated is not None and math.isfinite(stated.high):
        return (stated.low + stated.high) / 2
    is_of_unit = value is not None and check.claim.unit == part.unit
    return value if is_of_unit and value is not None else stated.low if stated else 0.0


def _draw_bands(axes: Axes, count: int) -> None:
    beyond = 100 * CONTRADICTION_SHARE
    for low, high in ((-_EDGE, -beyond), (beyond, _EDGE)):
        axes.axvspan(low, high, color=colours()["contradicted"], alpha=0.09, linewidth=0)
    axes.axvline(0, color=colours()["border"], linewidth=0.8)
    axes.set(xlim=(-_EDGE, _EDGE), ylim=(max(1, count) - 0.4, -0.6))


def _draw_row(axes: Axes, row: _Row, number: int, language: str) -> None:
    low, high = (max(-_EDGE, min(_EDGE, end)) for end in row.stated)
    axes.barh(
        number, high - low, left=low, height=0.5, color=colours()["stated"], linewidth=0, zorder=2
    )
    colour = colours()[row.part.verdict]
    first, last = row.measured
    middle = (first + last) / 2
    shown = [max(-_EDGE, min(_EDGE, end)) for end in (first, last)]
    axes.plot(shown, [number, number], color=colour, linewidth=2.2, zorder=3)
    if abs(middle) <= _EDGE:
        axes.plot([middle], [number], "o", color=colour, markersize=5, zorder=4)
    else:
        # Within the axes, as the words beside them stand close.
        edge, mark = (0.97 * _EDGE, ">") if middle > 0 else (-0.97 * _EDGE, "<")
        axes.plot([edge], [number], mark, color=colour, markersize=7, zorder=4)
    verdict = text(f"verdict.{row.part.verdict}", language)
    measured = "" if row.part.short is None else say(row.part.short, language)
    look: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "size": 7.5, "va": "center"}
    axes.text(1.02, number - 0.2, verdict, color=colour, weight="bold", **look)
    axes.text(1.02, number + 0.2, measured, color=INK, **look)


def _label(axes: Axes, rows: Sequence[_Row], language: str) -> None:
    axes.set_yticks(range(len(rows)), [_name(row.check, language) for row in rows], size=7.5)
    axes.set_xlabel(text("figure.checks.axis", language), size=8)
    axes.tick_params(axis="x", labelsize=8, length=2)
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)


def _name(check: Check, language: str) -> str:
    """Return what was stated, in two lines; of a bare number with the words it stands in."""
    stated = say(check.statement, language)
    if check.measurement is None and check.claim.text:
        stated += f": {words(language).quoted(check.claim.text)}"
    lines = textwrap.wrap(stated, _WRAP)
    rest = textwrap.shorten(" ".join(lines[1:]), _WRAP, placeholder=" …")
    return "\n".join([*lines[:1], rest]) if rest else stated


def _draw_key(axes: Axes, language: str) -> None:
    """Draw what the bands and bars stand for, in one line."""
    axes.axis("off")
    axes.set(xlim=(0, 100), ylim=(0, 1))
    axes.barh(0.5, 3, left=0, height=0.6, color=colours()["stated"])
    axes.text(4, 0.5, text("figure.checks.stated", language), size=7.5, va="center")
    axes.plot([36, 39], [0.5, 0.5], color=INK, linewidth=2.2)
    axes.plot([37.5], [0.5], "o", color=INK, markersize=5)
    axes.text(40, 0.5, text("figure.checks.measured", language), size=7.5, va="center")
    axes.barh(0.5, 3, left=70, height=0.6, color=colours()["contradicted"], alpha=0.09)
    axes.text(74, 0.5, text("figure.checks.beyond", language), size=7.5, va="center")
