"""Measured distances on a map: the line from the nearest point of what was measured from."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import shapely
from matplotlib.patches import Circle

from geoconflict.look.labels import text
from geoconflict.look.names import name_of
from geoconflict.look.theme import colours
from geoconflict.look.words import words
from geoconflict.measuring.geodesy import Floats
from geoconflict.plots.basemap import stroke
from geoconflict.plots.frame import Frame
from geoconflict.plots.labels import Label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from geoconflict.claims.verdicts import Check

_STEPS = 24
_WRAP = 22


def measured_lines(
    checks: Sequence[Check], drawn: Sequence[Mapping[str, Any] | None]
) -> list[dict[str, Any]]:
    """Return the measured lines of checks, each once.

    Parameters
    ----------
    checks : sequence of Check
        What was checked.
    drawn : sequence of mapping or None
        The column ``line`` of the claims of ``page_data``.
    """
    lines = [
        {**line, "verdict": check.verdict, "subject": check.measurement.subject}
        for check, line in zip(checks, drawn, strict=True)
        if line and check.measurement
    ]
    return list({(*line["from"], *line["to"]): line for line in lines}.values())


def geodesic(line: Mapping[str, Any]) -> Floats:
    """Return the shortest way along a line, lon and lat in degrees."""
    (x1, y1), (x2, y2) = line["from"], line["to"]
    between = pyproj.Geod(ellps="WGS84").npts(x1, y1, x2, y2, _STEPS)
    return np.array([(x1, y1), *between, (x2, y2)])


def draw_line(axes: Axes, frame: Frame, line: Mapping[str, Any]) -> None:
    """Draw a measured line with its ends on axes whose units are points."""
    points = frame.points(geodesic(line))
    stroke(axes, shapely.LineString(points), color="white", width=3.0, zorder=3)
    axes.plot(*points.T, color=colours()["measured"], linewidth=1.2, dashes=(4, 2.5), zorder=3.1)
    for end in (points[0], points[-1]):
        look = {"facecolor": "white", "edgecolor": colours()["measured"], "linewidth": 1.1}
        axes.add_patch(Circle(tuple(end), 2.0, zorder=3.2, **look))


def line_label(frame: Frame, line: Mapping[str, Any], language: str, *, along: float) -> Label:
    """Return what a line says: its length with the doubt, and the verdict on what was stated.

    ``along`` is where on the line it stands, from 0 to 1.
    """
    x, y = frame.points(geodesic(line))[round(_STEPS * along)]
    doubt = line["uncertainty_km"]
    km = text("unit.km", language)
    length = f"{line['distance_km']:,.0f} ± {doubt:,.0f} {km}"
    verdict = text(f"verdict.{line['verdict']}", language).lower()
    names = textwrap.wrap(name_of(line["subject"], words(language), "short"), _WRAP)
    lines = (*names, length, verdict)
    role = f"line.{line['verdict']}"
    return Label(lines, float(x), float(y), 7, 6.2, role, is_needed=True, bold=True)


def line_colour(role: str) -> str:
    """Return the colour of a line's label, by its verdict."""
    return colours()[role.partition(".")[2]]
