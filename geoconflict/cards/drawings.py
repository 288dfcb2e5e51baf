"""Small drawings for notebooks, as SVG: where events are, and how an area changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import shapely

from geoconflict.look.theme import colours
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.geodesy import Floats

_WIDTH, _HEIGHT = 300.0, 190.0
_LOOK = colours()
_COUNTRIES = ("RU", "BY", "PL", "RO", "MD", "TR", "GE", "KZ", "LT", "LV", "EE", "HU", "SK", "UA")
_FINE_DEG = 0.05
_LEAST_DEG = 2.0


def point_map(lonlat: npt.ArrayLike) -> str:
    """Return a small map of points, lon and lat in degrees, as SVG."""
    points = np.asarray(lonlat, dtype=float).reshape(-1, 2)
    frame = _Frame(points)
    land = "".join(
        f'<path d="{frame.path(_outline(code))}" '
        f'fill="{_LOOK["ukraine" if code == "UA" else "land"]}" '
        f'stroke="{_LOOK["border"]}" stroke-width="{1.2 if code == "UA" else 0.6}"/>'
        for code in _COUNTRIES
    )
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{_LOOK["measured"]}" fill-opacity=".75" '
        'stroke="white" stroke-width=".6"/>'
        for x, y in np.unique(frame.at(points).round(1), axis=0)
    )
    return _svg(
        f"{len(points)} points",
        f'<rect width="100%" height="100%" fill="{_LOOK["sea"]}"/>{land}{dots}',
    )


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
    return _svg("area held by day", drawn + dots + "".join(words))


class _Frame:
    """A plate carrée map about some points, with its own width of a degree."""

    def __init__(self, points: Floats) -> None:
        shown = points if len(points) else np.array([(22.2, 44.4), (40.2, 52.3)])
        self._middle = (shown.min(axis=0) + shown.max(axis=0)) / 2
        self._narrow = float(np.cos(np.radians(self._middle[1])))
        span = np.maximum(np.ptp(shown, axis=0) * (self._narrow, 1.0), _LEAST_DEG)
        self._scale = float(min((_WIDTH - 24) / span[0], (_HEIGHT - 24) / span[1]))

    def at(self, lonlat: Floats) -> Floats:
        moved: Floats = (lonlat - self._middle) * (self._narrow, -1.0) * self._scale
        placed: Floats = moved + np.array([_WIDTH / 2, _HEIGHT / 2])
        return placed

    def path(self, geometry: shapely.Geometry) -> str:
        half = np.array([_WIDTH / 2 / self._narrow, _HEIGHT / 2]) / self._scale * 1.05
        near = shapely.clip_by_rect(geometry, *(self._middle - half), *(self._middle + half))
        rings = [
            ring
            for part in shapely.get_parts(near)
            if part.geom_type == "Polygon"
            for ring in (part.exterior, *part.interiors)
        ]
        return "".join(
            "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in self.at(shapely.get_coordinates(r))) + "Z"
            for r in rings
        )


@cache
def _outline(code: str) -> shapely.Geometry:
    return shapely.make_valid(shapely.simplify(Borders.default().country(code), _FINE_DEG))


def _svg(title: str, body: str) -> str:
    size = f'width="{_WIDTH:g}" height="{_HEIGHT:g}" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}"'
    look = 'style="max-width:100%;display:block;margin:.4em 0"'
    return f'<svg role="img" aria-label="{title}" {size} {look}>{body}</svg>'
