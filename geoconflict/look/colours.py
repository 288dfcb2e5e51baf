"""The colours that an event has on the page, in figures and in exports alike."""

from __future__ import annotations

from collections.abc import Mapping

# By status; a status that is not known has none.
STATUS_COLOURS: Mapping[str, str] = {
    "claimed": "#f2b632",
    "confirmed": "#2a78b8",
    "geolocated": "#641a4c",
    "disputed": "#ffffff",
}
# Outlines of symbols, and words on a light ground.
INK = "#22262a"
