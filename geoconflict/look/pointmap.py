"""A small map of points on the countries around them, as SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.look.theme import colours
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.geodesy import Floats, lines_of

# Pixels across and down.
SIZE = (300.0, 190.0)
_FINE_DEG = 0.05
_LEAST_DEG = 2.0
_MANY = 500
# Of this share the rest lies so many times as far away.
_MOST, _FAR = 0.75, 5.0


def point_map(
    lonlat: npt.ArrayLike,
    *,
    borders: Borders,
    title: str = "",
    fills: Sequence[str] = (),
    look: Mapping[str, str] | None = None,
    size: tuple[float, float] = SIZE,
) -> str:
    """Return a small map of points as SVG.

    Parameters
    ----------
    lonlat : array_like, shape (n, 2)
        Degrees.
    borders : Borders
        Whose countries are drawn below them.
    title : str
        What it shows, for those who cannot see it. Default: the number of points.
    fills : sequence of str
        Colour of each point. Default: one for all.
    look : mapping of str to str, optional
        Colours by name, such as CSS variables. Default: those on light ground.
    size : tuple of float
        Pixels across and down.

    Examples
    --------
    >>> point_map([(30.5, 50.4)], borders=Borders.default())[:37]
    '<svg role="img" aria-label="1 points"'
    """
    colour = colours() if look is None else look
    points = np.asarray(lonlat, dtype=float).reshape(-1, 2)
    frame, home = _Frame(points, size), borders.theatre.home
    land = "".join(
        f'<path d="{svg_path(area, frame.at)}" '
        f'fill="{colour["ukraine" if code == home else "land"]}" '
        f'stroke="{colour["border"]}" stroke-width="{1.2 if code == home else 0.6}"/>'
        for code, area in borders.countries_in(frame.window, fine_deg=_FINE_DEG)
    )
    shades = fills or [colour["measured"]] * len(points)
    # Many hide each other; a step of two pixels is enough for them.
    is_crowd = len(points) >= _MANY
    at = 2 * np.rint(frame.at(points) / 2) if is_crowd else frame.at(points).round(1)
    shade = np.array(shades)
    drawn = [(fill, at[shade == fill], 4.0 if is_crowd else 6.0) for fill in sorted(set(shades))]
    rims = [(colour["outline"], at, 7.4)] if len(at) and not is_crowd else []
    dots = "".join(
        f'<path class="dots" d="{_dots(own)}" stroke="{fill}" stroke-width="{width:g}" '
        'stroke-linecap="round"/>'
        for fill, own, width in (*rims, *drawn)
    )
    sea = f'<rect width="100%" height="100%" fill="{colour["sea"]}"/>'
    return svg(title or f"{len(points)} points", f"{sea}{land}{dots}", size)


def near(points: Floats) -> npt.NDArray[np.bool_]:
    """Return which points lie together: all but few that lie very far from the rest.

    Parameters
    ----------
    points : ndarray, shape (n, 2)
        Degrees.

    Examples
    --------
    >>> near(np.array([(30.5, 50.4), (37.5, 48.2), (36.2, 50.0), (40, 50), (103.6, 52.9)]))
    array([ True,  True,  True,  True, False])
    """
    if not len(points):
        return np.ones(0, dtype=bool)
    off = np.hypot(*(points - np.median(points, axis=0)).T)
    found: npt.NDArray[np.bool_] = off <= _FAR * max(np.quantile(off, _MOST), _LEAST_DEG)
    return found


def svg(title: str, body: str, size: tuple[float, float] = SIZE) -> str:
    """Return a drawing as an SVG element that narrows with its column."""
    width, height = size
    box = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    look = 'style="max-width:100%;height:auto;display:block;margin:.4em 0"'
    return f'<svg role="img" aria-label="{escape(title)}" {box} {look}>{body}</svg>'


def svg_path(geometry: BaseGeometry, at: Callable[[Floats], Floats], *, digits: int = 1) -> str:
    """Return the lines and outlines of a geometry as the ``d`` of an SVG path.

    Parameters
    ----------
    geometry : geometry
        In degrees; points in it are left out.
    at : callable
        Turns lon and lat of shape (n, 2) into what is drawn.
    digits : int
        After the point; steps of less than three of the last digit are left out.
    """
    return "".join(_steps(at(shapely.get_coordinates(line)), digits) for line in lines_of(geometry))


def _dots(points: Floats) -> str:
    """Return strokes of no length, row by row, each told from the one before."""
    rows = np.unique(points[:, ::-1], axis=0)[:, ::-1]
    steps = np.diff(rows, axis=0, prepend=0).round(1)
    return "".join(f"m{x:g} {y:g}h0" for x, y in steps.tolist())


def _steps(points: Floats, digits: int) -> str:
    points = np.round(points, digits)
    if len(points) < 2:
        return ""
    moved = (np.abs(np.diff(points, axis=0)) > 3 * 10.0**-digits).any(axis=1)
    is_ring = bool((points[0] == points[-1]).all())
    steps = [f"{x:g} {y:g}" for x, y in points[np.concatenate([[True], moved])]]
    return f"M{'L'.join(steps)}{'Z' if is_ring else ''}"


class _Frame:
    """A plate carrée map about some points, with its own width of a degree."""

    def __init__(self, points: Floats, size: tuple[float, float]) -> None:
        self._size = np.array(size)
        shown = points if len(points) else np.array([(22.2, 44.4), (40.2, 52.3)])
        self._middle = (shown.min(axis=0) + shown.max(axis=0)) / 2
        self._narrow = float(np.cos(np.radians(self._middle[1])))
        span = np.maximum(np.ptp(shown, axis=0) * (self._narrow, 1.0), _LEAST_DEG)
        self._scale = float(np.min((self._size - 24) / span))

    def at(self, lonlat: Floats) -> Floats:
        moved: Floats = (lonlat - self._middle) * (self._narrow, -1.0) * self._scale
        placed: Floats = moved + self._size / 2
        return placed

    @property
    def window(self) -> tuple[float, float, float, float]:
        half = self._size / 2 / (self._narrow, 1.0) / self._scale * 1.05
        (west, south), (east, north) = self._middle - half, self._middle + half
        return float(west), float(south), float(east), float(north)
