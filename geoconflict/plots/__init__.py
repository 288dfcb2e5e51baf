"""Figures for print: a static map of a casebook, and the charts that belong to it.

``map``, ``share`` (for networks), ``timeline`` and ``checks`` are the figures, ``canvas`` makes and
writes them. A map is a ``scene`` drawn on a ``panel`` within a ``frame``: ``basemap``, ``marks``,
``labels`` that keep off each other, and a ``legend``.
"""

from geoconflict.plots.canvas import write_figure
from geoconflict.plots.checks import draw_checks
from geoconflict.plots.map import draw_map
from geoconflict.plots.share import draw_share
from geoconflict.plots.timeline import draw_areas, draw_timeline, weekly_events

__all__ = [
    "draw_areas",
    "draw_checks",
    "draw_map",
    "draw_share",
    "draw_timeline",
    "weekly_events",
    "write_figure",
]
