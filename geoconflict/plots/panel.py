"""One map of a figure: the basemap, the events and measured lines on it, and its names."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import shapely
from matplotlib.patches import Circle
from matplotlib.patheffects import Stroke

from geoconflict.look.labels import text
from geoconflict.look.names import name_of
from geoconflict.look.theme import INK, colours
from geoconflict.look.words import words
from geoconflict.measuring.geodesy import Floats
from geoconflict.plots.basemap import draw_basemap, fill, stroke
from geoconflict.plots.frame import Frame
from geoconflict.plots.labels import Box, Label, Placed, leader_end, place_labels
from geoconflict.plots.marks import Mark, draw_mark, find_marks
from geoconflict.plots.scene import Scene

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from geoconflict.claims.verdicts import Check
    from geoconflict.fronts.snapshots import Snapshot

_WRAP = 24
# With less of a country on the map, its name would seem to be its neighbour's.
_LEAST_COUNTRY_PT2 = 2500.0
_NEAR_MARK = 13.0
_BAR_LETTERS = 6.5
# Where along a measured line its label may stand, best first.
_ALONG = (0.5, 0.75, 0.25, 0.9, 0.1)
_STEPS = 24
_LINE_WRAP = 22


def marks_of(scene: Scene, frame: Frame, rows: Sequence[int]) -> list[Mark]:
    """Return the marks of some events on a map."""
    lonlat = [(scene.events["lon"][row], scene.events["lat"][row]) for row in rows]
    return find_marks(scene.events, rows, frame.points(lonlat)) if rows else []


def draw_panel(
    axes: Axes,
    frame: Frame,
    scene: Scene,
    marks: Sequence[Mark],
    *,
    blocked: Sequence[Box] = (),
    most_cities: int = 18,
) -> list[Mark]:
    """Draw a map on axes whose units are points, and return the marks left without a name.

    Parameters
    ----------
    axes : Axes
        As large as the frame.
    frame : Frame
        What it shows.
    scene : Scene
        What there is.
    marks : sequence of Mark
        The events to draw.
    blocked : sequence of Box
        Where no name may stand, since something else covers it.
    most_cities : int
        How many names of cities are tried.
    """
    draw_basemap(axes, frame, scene.basemap, day=scene.day)
    for outline, alpha in scene.units.values():
        fill(axes, frame.drawn(outline), color=colours()["shade"], alpha=alpha, zorder=1.15)
    if scene.snapshot is not None:
        _draw_front(axes, frame, scene.snapshot)
    for line in scene.lines:
        _draw_line(axes, frame, line)
    for mark in marks:
        draw_mark(axes, mark, scene.events)
    obstacles = [*blocked, *map(_box, marks), *_line_boxes(frame, scene), _bar_box(frame)]
    labels = [
        *(label for mark in _by_weight(marks) for label in _mark_label(mark, scene)),
        *_area_labels(frame, scene),
        *_city_labels(frame, scene, marks, most_cities),
    ]
    lines = _line_labels(frame, scene, obstacles)
    obstacles += [one.box for one in lines]
    lands = [frame.drawn(area) for _, area in scene.basemap.countries]
    size = {"width": frame.width, "height": frame.height}
    placed = place_labels(labels, obstacles=obstacles, lands=lands, **size)
    for one in [*lines, *placed]:
        _draw_label(axes, one)
    _draw_bar(axes, frame, scene.language)
    named = {(one.label.x, one.label.y) for one in placed if one.label.role == "event"}
    return [mark for mark in marks if (mark.x, mark.y) not in named]


def _draw_front(axes: Axes, frame: Frame, snapshot: Snapshot) -> None:
    held = frame.drawn(snapshot.held)
    fill(axes, held, color=colours()["held"], alpha=0.26, zorder=2)
    stroke(axes, frame.drawn(snapshot.line), color="white", width=2.6, zorder=2.1)
    stroke(axes, frame.drawn(snapshot.line), color=colours()["front"], width=1.5, zorder=2.2)


def _box(mark: Mark) -> Box:
    reach = mark.reach
    return mark.x - reach, mark.y - reach, mark.x + reach, mark.y + reach


def _line_labels(frame: Frame, scene: Scene, obstacles: Sequence[Box]) -> list[Placed]:
    """Return the labels of the measured lines, at the middle or elsewhere along them."""
    placed: list[Placed] = []
    for line in scene.lines:
        taken = [*obstacles, *(one.box for one in placed)]
        found = (
            place_labels(
                [_line_label(frame, line, scene.language, along=along)],
                obstacles=taken,
                width=frame.width,
                height=frame.height,
            )
            for along in _ALONG
        )
        placed += next(filter(None, found), [])
    return placed


def _line_boxes(frame: Frame, scene: Scene) -> list[Box]:
    """Return small boxes along the measured lines, so that names keep off them."""
    return [
        (x - 1.5, y - 1.5, x + 1.5, y + 1.5)
        for line in scene.lines
        for x, y in frame.points(shapely.get_coordinates(_dense(frame, _geodesic(line))))
    ]


def _dense(frame: Frame, lonlat: Any) -> shapely.LineString:  # noqa: ANN401 - an array of points
    step_deg = 3 / frame.scale / 111_320
    dense: shapely.LineString = shapely.segmentize(shapely.LineString(lonlat), step_deg)
    return dense


def _by_weight(marks: Sequence[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda mark: (-len(mark.rows), mark.rows))


def _mark_label(mark: Mark, scene: Scene) -> list[Label]:
    exact = Counter(name for row in mark.rows if (name := scene.names[row][0]))
    counts = exact if len(exact) == 1 else Counter(scene.names[row][1] for row in mark.rows)
    names = [name for name, _ in counts.most_common() if name]
    if not exact or not names:
        return []
    others = len(counts) - 1
    words = (
        text("figure.map.more", scene.language, place=names[0], count=others)
        if others
        else names[0]
    )
    lines = textwrap.wrap(words, _WRAP)
    if len(mark.rows) == 1:
        lines.append(scene.dates[mark.rows[0]])
    gap = mark.reach + 1.5
    return [Label(tuple(lines), mark.x, mark.y, gap, 6.4, "event", is_needed=True)]


def _area_labels(frame: Frame, scene: Scene) -> list[Label]:
    """Return the names of countries and seas that are on the map."""
    labels, language = [], scene.language
    for names, area in scene.basemap.countries:
        seen = max(shapely.get_parts(frame.drawn(area)), key=shapely.area, default=None)
        if seen is not None and shapely.area(seen) > _LEAST_COUNTRY_PT2:
            x, y = shapely.maximum_inscribed_circle(seen, 4).coords[0]
            name = names[f"name_{language}"].upper()
            labels.append(Label((name,), x, y, 0, 7.0, "country"))
    waters = scene.basemap.labels["waters"]
    for sea in (water for water in waters if water["kind"] == "sea"):
        x, y = frame.points([(sea["lon"], sea["lat"])])[0]
        labels.append(Label(tuple(sea[language].split(" ", 1)), x, y, 0, 6.5, "sea"))
    return labels


def _city_labels(frame: Frame, scene: Scene, marks: Sequence[Mark], most: int) -> list[Label]:
    named = {name for mark in marks for row in mark.rows for name in scene.names[row]}
    at = np.array([(mark.x, mark.y) for mark in marks]).reshape(-1, 2)
    found: list[Label] = []
    cities = scene.basemap.labels["cities"]
    columns = (cities[name] for name in (scene.language, "en", "lon", "lat"))
    for own, english, lon, lat in zip(*columns, strict=True):
        x, y = frame.points([(lon, lat)])[0]
        name = own or english
        if not (0 < x < frame.width and 0 < y < frame.height) or name in named:
            continue
        apart = [*at, *((label.x, label.y) for label in found)]
        if all(np.hypot(x - px, y - py) > _NEAR_MARK for px, py in apart):
            found.append(Label((name,), float(x), float(y), 3.2, 6.0, "city"))
        if len(found) == most:
            break
    return found


def _draw_label(axes: Axes, placed: Placed) -> None:
    label, (left, _, right, top) = placed.label, placed.box
    if placed.has_leader:
        _draw_leader(axes, placed)
    if label.role == "city":
        dot = Circle((label.x, label.y), 1.3, facecolor="white", zorder=3)
        dot.set(edgecolor=colours()["city"], linewidth=0.7)
        axes.add_artist(dot)
    is_left = label.gap > 0 and (left + right) / 2 < label.x - label.gap / 2
    align = "center" if label.gap == 0 else "right" if is_left else "left"
    x = {"center": (left + right) / 2, "right": right - 1.2, "left": left + 1.2}[align]
    for number, line in enumerate(label.lines):
        y = top - 0.6 - label.size * (0.95 + 1.2 * number)
        look = {"size": label.size, "ha": align, "va": "baseline", **_look(label, number)}
        _write(axes, (x, y), line, look)


def _draw_leader(axes: Axes, placed: Placed) -> None:
    label = placed.label
    x, y = leader_end(placed)
    apart = float(np.hypot(x - label.x, y - label.y))
    share = (label.gap - 1.5) / apart if apart else 0.0
    start = (label.x + (x - label.x) * share, label.y + (y - label.y) * share)
    axes.plot([start[0], x], [start[1], y], color=colours()["circle"], linewidth=0.5, zorder=4.5)


def _look(label: Label, number: int) -> dict[str, Any]:
    if label.role.startswith("line."):
        is_last = number == len(label.lines) - 1
        return {"color": _line_colour(label.role), "weight": "normal" if is_last else "bold"}
    if label.role == "event":
        is_date = number == len(label.lines) - 1 > 0 and any(c.isdigit() for c in label.lines[-1])
        return {"color": colours()["circle"] if is_date else INK}
    looks = {
        "country": {"color": colours()["country"]},
        "sea": {"color": colours()["name"], "style": "italic"},
        "city": {"color": colours()["city"]},
    }
    return looks[label.role]


def _bar_box(frame: Frame) -> Box:
    _, length = frame.bar()
    return 4, 4, 18 + length, 24


def _draw_bar(axes: Axes, frame: Frame, language: str) -> None:
    km, length = frame.bar()
    x, y = [10, 10, 10 + length, 10 + length], [11, 8, 8, 11]
    for color, width in ((colours()["ukraine"], 3.0), (INK, 0.9)):
        axes.plot(x, y, color=color, linewidth=width, zorder=7, solid_capstyle="butt")
    words = f"{km} {text('unit.km', language)}"
    _write(axes, (10 + length / 2, 13), words, {"size": _BAR_LETTERS, "ha": "center"})


def _write(axes: Axes, at: tuple[float, float], line: str, look: dict[str, Any]) -> None:
    """Write a line with a halo, which matplotlib draws as outlines, and above it as text."""
    halo = axes.text(*at, line, zorder=7, **look)
    halo.set_path_effects([Stroke(linewidth=1.8, foreground=colours()["halo"])])
    axes.text(*at, line, zorder=7, **look)


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


def _geodesic(line: Mapping[str, Any]) -> Floats:
    """Return the shortest way along a line, lon and lat in degrees."""
    (x1, y1), (x2, y2) = line["from"], line["to"]
    between = pyproj.Geod(ellps="WGS84").npts(x1, y1, x2, y2, _STEPS)
    return np.array([(x1, y1), *between, (x2, y2)])


def _draw_line(axes: Axes, frame: Frame, line: Mapping[str, Any]) -> None:
    """Draw a measured line with its ends on axes whose units are points."""
    points = frame.points(_geodesic(line))
    stroke(axes, shapely.LineString(points), color="white", width=3.0, zorder=3)
    axes.plot(*points.T, color=colours()["measured"], linewidth=1.2, dashes=(4, 2.5), zorder=3.1)
    for end in (points[0], points[-1]):
        look = {"facecolor": "white", "edgecolor": colours()["measured"], "linewidth": 1.1}
        axes.add_artist(Circle(tuple(end), 2.0, zorder=3.2, **look))


def _line_label(frame: Frame, line: Mapping[str, Any], language: str, *, along: float) -> Label:
    """Return what a line says: its length with the doubt, and the verdict on what was stated.

    ``along`` is where on the line it stands, from 0 to 1.
    """
    x, y = frame.points(_geodesic(line))[round(_STEPS * along)]
    doubt = line["uncertainty_km"]
    km = text("unit.km", language)
    length = f"{line['distance_km']:,.0f} ± {doubt:,.0f} {km}"
    verdict = text(f"verdict.{line['verdict']}", language).lower()
    names = textwrap.wrap(name_of(line["subject"], words(language), "short"), _LINE_WRAP)
    lines = (*names, length, verdict)
    role = f"line.{line['verdict']}"
    return Label(lines, float(x), float(y), 7, 6.2, role, is_needed=True, bold=True)


def _line_colour(role: str) -> str:
    """Return the colour of a line's label, by its verdict."""
    return colours()[role.partition(".")[2]]
