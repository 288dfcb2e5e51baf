"""A small map of one measurement, as SVG: the place, the reference and the line between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

import numpy as np
import pyproj
import shapely

from geoconflict.facts import Amount
from geoconflict.look.names import name_of
from geoconflict.look.pointmap import svg_path
from geoconflict.look.theme import VARIABLE, style_fixed
from geoconflict.look.words import Words, words
from geoconflict.measurements import Measurement
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.geodesy import Floats

WIDTH, HEIGHT = 340, 230
# Free space around what is measured, as a share of the map, and the least width in metres.
_MARGIN, _LEAST_M = 0.24, 24_000.0
# Lines are drawn as fine as half a pixel.
_FINE_PX = 0.5
# The mean width of a letter of a name, as bold Cyrillic has it, and what is kept free at its sides.
_LETTER_PX, _SIDE_PX = 8.0, 4.0


@dataclass(frozen=True)
class _Frame:
    """A projection centred on what is shown; ``scale`` in pixels a metre."""

    projection: pyproj.Transformer
    centre: tuple[float, float]
    scale: float

    def pixels(self, lonlat: Floats) -> Floats:
        """Return points (n, 2), lon and lat in degrees, as x and y in pixels."""
        x, y = self.projection.transform(lonlat[:, 0], lonlat[:, 1])
        return np.column_stack(
            [
                WIDTH / 2 + (x - self.centre[0]) * self.scale,
                HEIGHT / 2 - (y - self.centre[1]) * self.scale,
            ]
        )


def sketch_alone(measurement: Measurement, *, title: str, language: str = "en") -> str:
    """Return a map of a measurement with its style, for a page that is not ours."""
    rules = sketch_style().replace(".sketch", ".gc-sketch")
    style = style_fixed(".gc-sketch", sorted(set(VARIABLE.findall(rules)))) + rules
    drawn = sketch(measurement, title=title, language=language).replace(
        '"sketch"', '"gc-sketch"', 1
    )
    return f"<style>{style}.gc-sketch{{max-width:340px}}</style>{drawn}"


@cache
def sketch_style() -> str:
    """Return the style sheet of these maps; their colours are the page's."""
    return (Path(__file__).resolve().parent / "sketch.css").read_text("utf-8")


def sketch(measurement: Measurement, *, title: str, language: str = "en") -> str:
    """Return a map of a measurement as an SVG element.

    Parameters
    ----------
    measurement : Measurement
        As ``measure`` returns it.
    title : str
        What the map shows, for those who cannot see it.
    language : {"en", "uk", "ru"}
        Of the names on it.

    Returns
    -------
    str
        SVG text, 340 by 230 pixels, in an azimuthal equidistant projection about the middle of
        the measured line, so that it is straight and to scale. The classes of its parts are
        styled by the page.
    """
    frame, own = _frame(measurement), words(language)
    parts = [
        *_land(measurement.borders, frame),
        *_reference(measurement, frame),
        *_line(measurement, frame, own),
        *_scale_bar(frame, own),
    ]
    body = "".join(parts)
    return (
        f'<svg class="sketch" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}">'
        f'<rect class="sea" width="{WIDTH}" height="{HEIGHT}"/>{body}</svg>'
    )


def _frame(measurement: Measurement) -> _Frame:
    ends = np.array([measurement.nearest_point, measurement.subject_point])
    middle = _middle(ends)
    plane = pyproj.CRS.from_proj4(
        f"+proj=aeqd +lat_0={middle[1]} +lon_0={middle[0]} +datum=WGS84 +units=m"
    )
    projection = pyproj.Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    x, y = projection.transform(ends[:, 0], ends[:, 1])
    room = 1 - 2 * _MARGIN
    width, height = max(np.ptp(x), _LEAST_M), max(np.ptp(y), _LEAST_M)
    scale = min(WIDTH * room / width, HEIGHT * room / height)
    return _Frame(projection, (float(x.mean()), float(y.mean())), float(scale))


def _middle(ends: Floats) -> tuple[float, float]:
    geod = pyproj.Geod(ellps="WGS84")
    azimuth, _, distance = geod.inv(ends[0][0], ends[0][1], ends[1][0], ends[1][1])
    lon, lat, _ = geod.fwd(ends[0][0], ends[0][1], azimuth, distance / 2)
    return float(lon), float(lat)


def _window(frame: _Frame) -> tuple[float, float, float, float]:
    """Return the part of the globe that the map shows, with some room, in degrees."""
    corners = np.array([(x, y) for x in (-WIDTH, 0, WIDTH) for y in (-HEIGHT, 0, HEIGHT)]) / 1.6
    x = frame.centre[0] + corners[:, 0] / frame.scale
    y = frame.centre[1] + corners[:, 1] / frame.scale
    lon, lat = frame.projection.transform(x, y, direction="INVERSE")
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def _land(borders: Borders, frame: _Frame) -> Iterator[str]:
    window, step = _window(frame), _step(frame)
    for code, area in borders.countries_in(window, fine_deg=step):
        name = "land own" if code == borders.theatre.home else "land"
        yield f'<path class="{name}" d="{svg_path(area, frame.pixels)}"/>'
    for line in borders.unit_lines_in(window, fine_deg=step):
        yield f'<path class="unit" d="{svg_path(line, frame.pixels)}"/>'


def _step(frame: _Frame) -> float:
    """Return how coarse outlines may be, in degrees, rounded so that maps share them."""
    step = _FINE_PX / frame.scale / 111_320.0
    return float(2.0 ** np.floor(np.log2(max(step, 1e-4))))


def _reference(measurement: Measurement, frame: _Frame) -> Iterator[str]:
    geometry = measurement.reference.geometry
    if measurement.reference.is_point:
        return
    line = shapely.boundary(geometry) if measurement.reference.is_area else geometry
    near = shapely.clip_by_rect(line, *_window(frame))
    if not near.is_empty:
        drawn = shapely.simplify(near, _step(frame))
        yield f'<path class="reference" d="{svg_path(drawn, frame.pixels)}"/>'


def _line(measurement: Measurement, frame: _Frame, own: Words) -> Iterator[str]:
    ends = np.array([measurement.nearest_point, measurement.subject_point])
    (x1, y1), (x2, y2) = frame.pixels(ends)
    yield f'<path class="measured" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>'
    reach = measurement.subject.accuracy_m * frame.scale
    if reach > 3 and measurement.subject.is_point:
        yield f'<circle class="doubt" cx="{x2:.1f}" cy="{y2:.1f}" r="{min(reach, WIDTH):.1f}"/>'
    yield f'<circle class="from" cx="{x1:.1f}" cy="{y1:.1f}" r="3.5"/>'
    yield f'<circle class="to" cx="{x2:.1f}" cy="{y2:.1f}" r="4.5"/>'
    subject, reference = (
        name_of(end, own, "label") for end in (measurement.subject, measurement.reference)
    )
    names = (
        (x2, y2, x2 - x1, y2 - y1, subject, "name"),
        (x1, y1, x1 - x2, y1 - y2, reference, "name soft"),
    )
    yield from (_label(*one) for one in names)
    distance = own.amount(Amount(round(measurement.distance_km, 1), "km"))
    across = np.array([y1 - y2, x2 - x1]) / max(float(np.hypot(x2 - x1, y2 - y1)), 1e-9)
    x, y = np.array([(x1 + x2) / 2, (y1 + y2) / 2]) - 13 * np.sign(across[1] or 1.0) * across
    yield _text("distance", (x, y + 4), "middle", distance)


def _label(x: float, y: float, dx: float, dy: float, text: str, name: str) -> str:
    """Return a name beside a point, on the side away from the line, within the map."""
    is_right = dx >= 0
    # A long name beside the line would meet the distance that is written along it.
    width, room = len(text) * _LETTER_PX, WIDTH - 2 * _SIDE_PX
    is_long = width > WIDTH / 3
    anchor, tx, ty = "middle", x, y + (17 if dy > 0 or is_long else -10)
    if abs(dx) >= abs(dy) and not is_long:
        side = 8.0 if is_right else -8.0
        if _SIDE_PX <= x + side + (width if is_right else -width) <= WIDTH - _SIDE_PX:
            anchor, tx, ty = ("start" if is_right else "end"), x + side, y + 4
    if anchor == "middle":
        half = min(width, room) / 2 + _SIDE_PX
        tx = min(max(tx, half), WIDTH - half)
    ty = min(max(ty, 12), HEIGHT - 6)
    fit = f' textLength="{room:.0f}" lengthAdjust="spacingAndGlyphs"' if width > room else ""
    return _text(name, (tx, ty), anchor, text, fit)


def _text(name: str, at: tuple[float, float], anchor: str, text: str, fit: str = "") -> str:
    x, y = at
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{fit}'
    return f'<text class="{name}" {place}>{escape(text)}</text>'


def _scale_bar(frame: _Frame, own: Words) -> Iterator[str]:
    km = next(km for km in _STEPS_KM if km * 1000 * frame.scale >= 40)
    length = km * 1000 * frame.scale
    y, length_of = HEIGHT - 8, own.amount(Amount(km, "km"))
    yield f'<path class="bar" d="M8 {y - 4}V{y}H{8 + length:.1f}V{y - 4}"/>'
    yield f'<text class="bar-text" x="{12 + length:.1f}" y="{y}">{length_of}</text>'


_STEPS_KM = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
