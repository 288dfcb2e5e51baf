"""A small drawing for notebooks, as SVG: how an area changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geoconflict.look.pointmap import SIZE, svg
from geoconflict.look.theme import colours

_WIDTH, _HEIGHT = SIZE
_LOOK = colours()


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
