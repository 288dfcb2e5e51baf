"""A picture of a casebook or of one event in the sizes that newsrooms and networks use."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from geoconflict.casebooks.coordinates import without_coordinates
from geoconflict.errors import FigureOptionError
from geoconflict.look.labels import text
from geoconflict.look.theme import colours, fill_of
from geoconflict.look.words import words
from geoconflict.measuring.dates import Day, parse_day
from geoconflict.page.blur import blur, check_cell
from geoconflict.page.data import page_data
from geoconflict.page.twin import heading
from geoconflict.plots.canvas import new_axes, new_figure
from geoconflict.plots.labels import line_width
from geoconflict.plots.scene import (
    Scene,
    dates_of,
    front_credit,
    left_out,
    map_credit,
    published,
    rows_on_the_map,
    scene_of,
    source_credit,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from geoconflict.casebooks.casebook import Casebook
    from geoconflict.fronts.collection import Fronts
    from geoconflict.fronts.snapshots import Snapshot

Shape = Literal["wide", "square", "portrait"]

# Pixels across and down, as networks show links and posts, and dots an inch.
_SIZES: Mapping[str, tuple[int, int, int]] = {
    "wide": (1200, 630, 125),
    "square": (1080, 1080, 150),
    "portrait": (1080, 1350, 150),
}
_EDGE, _TITLE, _SMALL = 20.0, 20.0, 8.0
# Room for the dot before a word of the key, and behind the word.
_DOT = 12.0
_MARGIN = 26.0
# Around one event so many degrees are shown, about 120 km each way.
_AROUND_DEG = 1.1
_INSET = 0.3


def draw_share(  # noqa: PLR0913 - all by name
    casebook: Casebook,
    *,
    event: str | None = None,
    shape: Shape = "wide",
    fronts: Fronts | None = None,
    date: Day | None = None,
    language: str | None = None,
    allow_restricted: bool = False,
    blur_km: float | None = None,
) -> Figure:
    """Return a map of a casebook, or of where one event was, in a size for sharing.

    Parameters
    ----------
    casebook : Casebook
        As read, or as ``locate_events`` returns it.
    event : str, optional
        Identifier of the event that is shown with what lies around it. Default: all events.
    shape : {"wide", "square", "portrait"}
        1200 by 630, 1080 by 1080 or 1080 by 1350 pixels.
    fronts : Fronts, optional
        Its snapshot that holds on the day is drawn.
    date : date or str, optional
        Day of the front and of the waters. Default: the last of the event or of the period.
    language : {"en", "uk", "ru"}, optional
        Of the picture's own words. Default: that of the casebook.
    allow_restricted : bool
        Whether events and fronts may be drawn whose licence does not let everybody publish them.
    blur_km : float, optional
        Move every point to the middle of its cell of a grid of this size.

    Returns
    -------
    matplotlib.figure.Figure
        With title, days, scale bar and sources.

    Raises
    ------
    MissingExtraError
        Matplotlib is not installed.
    LicenceError
        The licence of a source forbids publishing it, and ``allow_restricted`` is False.
    MissingSnapshotError
        No snapshot holds on that day.
    FigureOptionError
        There is no such event or shape, or the event has no position.

    Examples
    --------
    >>> import geoconflict as gc
    >>> book = gc.read_casebook("maps/january-2025")
    >>> figure = gc.draw_share(book, event="2025-01-24-ryazan-refinery", shape="square")
    >>> [round(inches * 150) for inches in figure.get_size_inches().tolist()]
    [1080, 1080]
    """
    if shape not in _SIZES:
        message = f"{shape!r} is no shape here: expected one of {', '.join(get_args(Shape))}"
        raise FigureOptionError(message)
    across, down, dpi = _SIZES[shape]
    figure = new_figure(across / dpi, down / dpi)
    figure.set_dpi(dpi)
    located = published(casebook, fronts, allow_restricted=allow_restricted)
    language = language or casebook.info.language
    data = page_data(located, [])
    if blur_km is not None:
        check_cell(blur_km)
        data = blur(data, blur_km)
    row = None if event is None else _row(data["events"], event)
    last = casebook.info.period[1] if row is None else data["events"]["date_end"][row]
    day = parse_day(date or last)
    snapshot = None if fronts is None else fronts.at(day)
    _compose(figure, located, data, row=row, day=day, snapshot=snapshot, language=language)
    return figure


def _row(events: Mapping[str, list[Any]], event: str) -> int:
    if event not in events["id"]:
        message = f"there is no event {event!r} in this casebook: its id stands in events.csv"
        raise FigureOptionError(message)
    row = events["id"].index(event)
    if events["lon"][row] is None:
        message = f"{event} has no position that a map could show"
        raise FigureOptionError(message)
    return row


def _compose(
    figure: Figure,
    casebook: Casebook,
    data: Mapping[str, Any],
    *,
    row: int | None,
    day: dt.date,
    snapshot: Snapshot | None,
    language: str,
) -> None:

    scene = scene_of(casebook, data, day=day, language=language, snapshot=snapshot, row=row)
    rows = rows_on_the_map(scene)[0] if row is None else [row]
    title, below = _words(casebook, data, row, language)
    width, height = (inches * 72 for inches in figure.get_size_inches().tolist())
    room = width - 2 * _EDGE
    lines = _wrapped(title, room, size=_TITLE, weight="bold")[:3]
    key = _key(scene, rows) if row is None else []
    # Beside the days where both find room, else below them.
    is_beside = line_width(below, _SMALL * 1.25) + _key_width(key) + _SMALL < room
    top = _EDGE + len(lines) * _TITLE * 1.25 + _SMALL * (2.6 if is_beside else 4.2)
    omitted = left_out(scene) if row is None else []
    credit = " ".join([*omitted, _source(casebook, data, snapshot, language)])
    caption = _wrapped(credit, room, size=_SMALL)[:5]
    bottom = _EDGE * 0.6 + len(caption) * _SMALL * 1.35 + 3
    box = (_EDGE, bottom, room, height - top - bottom)
    _draw(figure, scene, rows, row=row, box=box)
    for number, line in enumerate(lines):
        y = height - _EDGE * 0.7 - number * _TITLE * 1.25
        _write(figure, (_EDGE, y), line, size=_TITLE, weight="bold")
    _write(
        figure,
        (_EDGE, height - top + _SMALL * (1.9 if is_beside else 3.5)),
        below,
        size=_SMALL * 1.25,
    )
    if key:
        x = width - _EDGE - _key_width(key) if is_beside else _EDGE
        _draw_key(figure, key, (x, height - top + 1, _key_width(key), _SMALL * 1.9))
    for number, line in enumerate(caption):
        y = bottom - 3 - number * _SMALL * 1.35
        _write(figure, (_EDGE, y), line, size=_SMALL)


def _words(
    casebook: Casebook, data: Mapping[str, Any], row: int | None, language: str
) -> tuple[str, str]:
    """Return the title, and the line below it."""
    events = data["events"] | data["told"].get(language, {}).get("events", {})
    own = words(language)
    if row is None:
        title = casebook.info.title
        if "blur_km" in data["info"]:
            title = without_coordinates(title)
        return title, own.days(*casebook.info.period)
    event = {name: cells[row] for name, cells in events.items()}
    kind = text(f"kind.{event['kind']}", language)
    status = text(f"status.{event['status']}", language).lower()
    return heading(event, language), f"{kind}, {status} · {dates_of(events, language)[row]}"


def _source(
    casebook: Casebook, data: Mapping[str, Any], snapshot: Snapshot | None, language: str
) -> str:
    parts = [source_credit(casebook, language)]
    if km := data["info"].get("blur_km"):
        parts.append(text("blur.page", language, km=f"{km:g}"))
    if snapshot is not None:
        parts.append(front_credit(snapshot, language))
    return " ".join([*parts, *map_credit(data, language)])


def _key(scene: Scene, rows: Sequence[int]) -> list[tuple[str, str]]:
    """Return what colours mean that a map shows: a status and its word, the commonest first."""
    counted = Counter(scene.events["status"][row] for row in rows)
    return [(one, text(f"status.{one}", scene.language)) for one, _ in counted.most_common() if one]


def _key_width(key: Sequence[tuple[str, str]]) -> float:
    return sum(_DOT + line_width(word, _SMALL) + _DOT for _, word in key)


def _draw_key(
    figure: Figure, key: Sequence[tuple[str, str]], box: tuple[float, float, float, float]
) -> None:
    from geoconflict.plots.marks import draw_symbol

    axes = new_axes(figure, box)
    axes.axis("off")
    x, y = 0.0, box[3] / 2
    for status, word in key:
        draw_symbol(axes, (x + 4.5, y), "other", radius=4, fill=fill_of(status))
        axes.text(x + _DOT, y, word, size=_SMALL, va="center", color=colours()["ink"])
        x += _DOT + line_width(word, _SMALL) + _DOT


def _draw(
    figure: Figure,
    scene: Scene,
    rows: Sequence[int],
    *,
    row: int | None,
    box: tuple[float, float, float, float],
) -> None:
    from geoconflict.plots.frame import frame_around
    from geoconflict.plots.panel import draw_panel, marks_of

    x, y, width, height = box
    lonlat = [(scene.events["lon"][one], scene.events["lat"][one]) for one in rows]
    around = lonlat or scene.home_corners
    if row is not None:
        # The title says what was struck, so that the map need only name the place.
        scene = replace(scene, names=[(where or what, where) for what, where in scene.names])
        ((lon, lat),) = lonlat
        reach = max(_AROUND_DEG, (scene.events["precision_m"][row] or 0) / 80_000)
        around = [(lon - reach * 1.5, lat - reach), (lon + reach * 1.5, lat + reach)]
    frame = frame_around(around, width=width, height=height, margin=_MARGIN if row is None else 0)
    axes = new_axes(figure, box)
    side = _INSET * min(width, height)
    corner = (x + width - side * 1.5 - 5, y + height - side - 5)
    inset = (*corner, side * 1.5, side)
    blocked = [] if row is None else [(corner[0] - x, corner[1] - y, width, height)]
    draw_panel(axes, frame, scene, marks_of(scene, frame, rows), blocked=blocked)
    if row is not None:
        _draw_inset(figure, scene, lonlat, inset)


def _draw_inset(
    figure: Figure,
    scene: Scene,
    lonlat: Sequence[tuple[float, float]],
    box: tuple[float, float, float, float],
) -> None:
    """Draw where the shown part lies: the country and the point."""
    from geoconflict.plots.basemap import draw_basemap
    from geoconflict.plots.frame import frame_around

    frame = frame_around([*scene.home_corners, *lonlat], width=box[2], height=box[3], margin=5)
    axes = new_axes(figure, box)
    axes.set_zorder(3)
    draw_basemap(axes, frame, scene.basemap, day=scene.day)
    ((x, y),) = frame.points(lonlat).tolist()
    axes.plot([x], [y], marker="o", markersize=4, color=colours()["measured"], zorder=9)


def _wrapped(words: str, room: float, *, size: float, weight: str = "normal") -> list[str]:
    """Return a text in lines that are no wider than so many points, but for a wider word."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and line_width(longer, size, bold=weight == "bold") <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _write(
    figure: Figure, at: tuple[float, float], line: str, *, size: float, weight: str = "normal"
) -> None:
    across, up = (inches * 72 for inches in figure.get_size_inches().tolist())
    colour = colours()["ink" if weight == "bold" else "ink-soft"]
    figure.text(at[0] / across, at[1] / up, line, size=size, weight=weight, va="top", color=colour)
