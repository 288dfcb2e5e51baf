"""The colours and shapes of events outside the map page, the same as on it."""

from __future__ import annotations

from collections.abc import Mapping

# By status, as the page fills its symbols.
STATUS_COLOURS: Mapping[str, str] = {
    "claimed": "#f2b632",
    "confirmed": "#2a78b8",
    "geolocated": "#641a4c",
    "disputed": "#ffffff",
}
OUTLINE = "#22262a"
# By kind: QGIS's name of a simple marker that is like the page's symbol.
KIND_SHAPES: Mapping[str, str] = {
    "strike": "star",
    "interception": "cross_fill",
    "advance": "triangle",
    "control_change": "square",
    "clash": "diamond",
    "other": "circle",
}
