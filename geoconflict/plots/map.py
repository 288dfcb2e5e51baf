"""A static map of a casebook for print: events, front, measured lines, legend and sources."""

from __future__ import annotations

import datetime as dt
import itertools
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from geoconflict.claims.checking import check_claims
from geoconflict.look.labels import days, text
from geoconflict.look.theme import colours
from geoconflict.measuring.dates import Day, parse_day
from geoconflict.page.data import page_data
from geoconflict.plots.canvas import new_axes, new_figure
from geoconflict.plots.scene import (
    Scene,
    front_credit,
    left_out,
    map_credit,
    published,
    rows_on_the_map,
    scene_of,
    source_credit,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from geoconflict.casebooks.casebook import Casebook
    from geoconflict.claims.verdicts import Check
    from geoconflict.fronts.collection import Fronts
    from geoconflict.fronts.snapshots import Snapshot
    from geoconflict.plots.frame import Frame
    from geoconflict.plots.labels import Box
    from geoconflict.plots.marks import Mark

# A4 across, in points.
_WIDTH, _HEIGHT = 841.9, 595.3
_EDGE, _HEAD, _GAP = 26.0, 34.0, 14.0
_COLUMN = 196.0
_CAPTION_SIZE, _CAPTION_WRAP = 6.0, 250
_MARGIN = 46.0
# From so many places in one ring on, an inset shows them apart.
_CROWDED = 3
# Rings so near to that one, in points, are shown with it.
_BESIDE = 24.0
_INSET = (196.0, 160.0)
_LEAST_INSET = 110.0


def draw_map(
    casebook: Casebook,
    *,
    checks: Sequence[Check] | None = None,
    fronts: Fronts | None = None,
    date: Day | None = None,
    language: str | None = None,
    allow_restricted: bool = False,
) -> Figure:
    """Return a static map of a casebook as a figure of A4 size.

    Parameters
    ----------
    casebook : Casebook
        As read, or as ``locate_events`` returns it.
    checks : sequence of Check, optional
        Whose measured lines are drawn in an inset. Default: all claims are checked here,
        those on the front with the snapshots that are given.
    fronts : Fronts, optional
        Snapshots of which one is drawn.
    date : date or str, optional
        The day of the front and of the waters. Default: the last day of the casebook's period.
    language : {"en", "uk", "ru"}, optional
        Language of the map's own words. Default: that of the casebook.
    allow_restricted : bool
        Whether fronts and events may be drawn whose licence does not let everybody publish
        them.

    Returns
    -------
    matplotlib.figure.Figure
        With every located event, a scale bar, a legend and the sources.

    Raises
    ------
    MissingExtraError
        Matplotlib is not installed.
    LicenceError
        The licence of the front, or of a source of events, forbids publishing them, and
        ``allow_restricted`` is False.
    MissingSnapshotError
        There is no snapshot for the day.

    Examples
    --------
    >>> import geoconflict as gc
    >>> figure = gc.draw_map(gc.read_casebook("maps/january-2025"))
    >>> [round(inches, 1) for inches in figure.get_size_inches().tolist()]
    [11.7, 8.3]
    """
    figure = new_figure(_WIDTH / 72, _HEIGHT / 72)
    located = published(casebook, fronts, allow_restricted=allow_restricted)
    shown = parse_day(date) if date else casebook.info.period[1]
    snapshot = None if fronts is None else fronts.at(shown)
    checked = check_claims(casebook, fronts=fronts) if checks is None else checks
    language = language or casebook.info.language
    _compose(figure, located, checked, snapshot=snapshot, language=language, shown=shown)
    return figure


def _compose(
    figure: Figure,
    casebook: Casebook,
    checks: Sequence[Check],
    *,
    snapshot: Snapshot | None,
    language: str,
    shown: dt.date,
) -> None:
    from geoconflict.plots.panel import measured_lines

    data = page_data(casebook, checks)
    scene = scene_of(casebook, data, day=shown, language=language, snapshot=snapshot)
    rows, _ = rows_on_the_map(scene)
    notes = left_out(scene)
    caption = _caption(casebook, data, snapshot, language)
    bottom = _EDGE + _CAPTION_SIZE * 1.35 * (len(caption) + 1)
    size = (_WIDTH - 2 * _EDGE - _COLUMN - _GAP, _HEIGHT - _EDGE - _HEAD - bottom)
    lines = measured_lines(checks, data["claims"]["line"])
    marks, unnamed = _draw_main(figure, scene, rows, ((_EDGE, bottom), size))
    if unnamed:
        notes.append(text("figure.map.unlabelled", language, count=len(unnamed)))
    _draw_column(figure, scene, marks, lines, (bottom, size[1]))
    _write_words(figure, casebook, [*caption, " ".join(notes)], language)


def _draw_main(
    figure: Figure,
    scene: Scene,
    rows: Sequence[int],
    box: tuple[tuple[float, float], tuple[float, float]],
) -> tuple[list[Mark], list[Mark]]:
    """Draw the main map, and in a free corner of it the part that is crowded."""
    from geoconflict.plots.frame import frame_around
    from geoconflict.plots.panel import draw_panel, marks_of

    (x, y), (width, height) = box
    lonlat = [(scene.events["lon"][row], scene.events["lat"][row]) for row in rows]
    # A casebook without a single position shows the whole country.
    shown = lonlat or scene.home_corners
    frame = frame_around(shown, width=width, height=height, margin=_MARGIN)
    marks = marks_of(scene, frame, rows)
    crowd = _crowd(scene, marks)
    kept = [scene.borders.home, *([scene.snapshot.held] if scene.snapshot else [])]
    corner = _free_place(marks, frame, kept) if crowd else None
    blocked = [] if corner is None else [(*corner, corner[0] + _INSET[0], corner[1] + _INSET[1])]
    axes = new_axes(figure, (*box[0], *box[1]))
    unnamed = draw_panel(axes, frame, scene, marks, blocked=blocked)
    if corner is not None:
        inset = (x + corner[0], y + corner[1])
        unnamed = [mark for mark in unnamed if not set(mark.rows) <= set(crowd)]
        unnamed += _draw_crowd((axes, frame), scene, crowd, figure=figure, at=inset)
    return marks, unnamed


def _crowd(scene: Scene, marks: Sequence[Mark]) -> list[int]:
    """Return the rows of the ring with most places, and of rings beside it; empty if none."""
    places = {mark: len({scene.names[row][1] for row in mark.rows}) for mark in marks}
    middle = max(marks, key=lambda mark: places[mark], default=None)
    if middle is None or places[middle] < _CROWDED:
        return []
    near = [
        m for m in marks if np.hypot(m.x - middle.x, m.y - middle.y) < _BESIDE and not m.is_area
    ]
    return sorted(row for mark in near for row in mark.rows)


def _free_place(
    marks: Sequence[Mark], frame: Frame, kept: Sequence[Any]
) -> tuple[float, float] | None:
    """Return where an inset covers no symbol, and as little as can be of what must be kept.

    ``kept`` are geometries in EPSG:4326; where nothing of them is covered, the place nearest
    to a corner is taken.
    """
    import shapely

    from geoconflict.plots.labels import overlaps

    wide, high = frame.width - _INSET[0], frame.height - _INSET[1]
    boxes = [(m.x - 14, m.y - 14, m.x + 14, m.y + 14) for m in marks]
    drawn = shapely.union_all([shapely.make_valid(frame.drawn(one)) for one in kept])
    found: list[tuple[float, float, float, float]] = []
    for x, y in itertools.product(np.linspace(0, wide, 30), np.linspace(0, high, 20)):
        place: Box = (x, y, x + _INSET[0], y + _INSET[1])
        if not any(overlaps(place, box) for box in boxes):
            covered = shapely.area(shapely.intersection(drawn, shapely.box(*place)))
            apart = min(x, wide - x) + min(y, high - y)
            found.append((round(float(covered), -2), float(apart), float(x), float(y)))
    return min(found)[2:] if found else None


def _draw_crowd(
    main: tuple[Axes, Frame],
    scene: Scene,
    rows: Sequence[int],
    *,
    figure: Figure,
    at: tuple[float, float],
) -> list[Mark]:
    from geoconflict.plots.frame import frame_around
    from geoconflict.plots.panel import draw_panel, marks_of

    width, height = _INSET
    exact = [row for row in rows if scene.events["position_kind"][row] != "admin1"]
    lonlat = [(scene.events["lon"][row], scene.events["lat"][row]) for row in exact]
    frame = frame_around(lonlat, width=width, height=height, margin=26)
    title = (4.0, height - 14, 4.0 + 90, height)
    _outline(main, frame)
    axes = new_axes(figure, (*at, *_INSET))
    axes.set_zorder(2)
    axes.spines[:].set(linewidth=1.0, color=colours()["outline"])
    unnamed = draw_panel(
        axes, frame, scene, marks_of(scene, frame, exact), blocked=[title], most_cities=4
    )
    _title(axes, height, text("figure.map.detail", scene.language))
    return unnamed


def _outline(main: tuple[Axes, Frame], frame: Frame) -> None:
    """Draw on the main map which part of it an inset shows."""
    axes, whole = main
    width, height = frame.width, frame.height
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height), (0, 0)])
    x, y = (corners / frame.scale + frame.corner).T
    lon, lat = frame.projection.transform(x, y, direction="INVERSE")
    drawn = whole.points(np.column_stack([lon, lat]))
    axes.plot(*drawn.T, color=colours()["outline"], linewidth=0.7, zorder=3.5)


def _title(axes: Axes, height: float, words: str) -> None:
    box = {"facecolor": colours()["ukraine"], "edgecolor": "none", "pad": 1.5}
    axes.text(5, height - 5, words, size=6.5, weight="bold", va="top", bbox=box, zorder=8)


def _draw_column(
    figure: Figure,
    scene: Scene,
    marks: Sequence[Mark],
    lines: Sequence[dict[str, Any]],
    span: tuple[float, float],
) -> None:
    """Draw the legend, and below it the measured lines where there is room."""
    from geoconflict.plots.legend import draw_legend, entries, legend_height

    bottom, height = span
    extras = [
        name
        for name, is_shown in (
            ("legend.several", any(len(mark.rows) > 1 for mark in marks)),
            ("legend.somewhere", any(mark.is_area for mark in marks)),
            ("legend.intercepted", bool(scene.units)),
            ("front.held", scene.snapshot is not None),
            ("front.line", scene.snapshot is not None),
            ("legend.line", bool(lines)),
        )
        if is_shown
    ]
    rows = [row for mark in marks for row in mark.rows]
    shown = entries(scene.events, rows, language=scene.language, extras=extras)
    x = _WIDTH - _EDGE - _COLUMN
    axes = new_axes(figure, (x, bottom, _COLUMN, height))
    axes.axis("off")
    draw_legend(axes, shown, top=height)
    room = height - legend_height(shown) - _GAP / 2
    if lines and room >= _LEAST_INSET:
        _draw_measured(figure, scene, lines, ((x, bottom), (_COLUMN, min(room, 210.0))))


def _draw_measured(
    figure: Figure,
    scene: Scene,
    lines: Sequence[dict[str, Any]],
    box: tuple[tuple[float, float], tuple[float, float]],
) -> None:
    from dataclasses import replace

    from geoconflict.plots.frame import frame_around
    from geoconflict.plots.panel import draw_panel

    width, height = box[1]
    ends = [end for line in lines for end in (line["from"], line["to"])]
    frame = frame_around(ends, width=width, height=height, margin=30)
    axes = new_axes(figure, (*box[0], *box[1]))
    title = (0.0, height - 14, width * 0.6, height)
    drawn = replace(scene, lines=lines, units={}, snapshot=None)
    draw_panel(axes, frame, drawn, [], blocked=[title], most_cities=8)
    _title(axes, height, text("figure.map.measured", scene.language))


def _caption(
    casebook: Casebook, data: dict[str, Any], snapshot: Snapshot | None, language: str
) -> list[str]:
    parts = [source_credit(casebook, language)]
    if snapshot is not None:
        parts.append(front_credit(snapshot, language))
    projection = text("figure.map.projection", language)
    parts.append(" ".join([*map_credit(data, language), projection]))
    return [line for part in parts for line in textwrap.wrap(part, _CAPTION_WRAP)]


def _write_words(figure: Figure, casebook: Casebook, caption: Sequence[str], language: str) -> None:
    info = casebook.info
    period = days(*info.period, language)
    x, top = _EDGE / _WIDTH, 1 - _EDGE / _HEIGHT
    figure.text(x, top, info.title, size=15, weight="bold", va="top")
    figure.text(
        1 - x, top - 4 / _HEIGHT, period, size=9, ha="right", va="top", color=colours()["ink-soft"]
    )
    for number, line in enumerate(reversed(caption)):
        y = (_EDGE - 8 + _CAPTION_SIZE * 1.35 * number) / _HEIGHT
        figure.text(x, y, line, size=_CAPTION_SIZE, va="bottom", color=colours()["ink-soft"])
