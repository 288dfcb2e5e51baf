"""The symbols and colours of figures: those of the map page."""

from __future__ import annotations

from geoconflict.look.colours import INK, STATUS_COLOURS

# Outlines as SVG paths in a box from -10 to 10, y downwards.
SHAPES = {
    "strike": "M0-10 2.3-5.5 7.1-7.1 5.5-2.3 10 0 5.5 2.3 7.1 7.1 2.3 5.5 0 10-2.3 5.5-7.1 7.1"
    "-5.5 2.3-10 0-5.5-2.3-7.1-7.1-2.3-5.5Z",
    "oil": "M0-10.5C2.6-6 7.6-1.6 7.6 3A7.6 7.2 0 0 1-7.6 3C-7.6-1.6-2.6-6 0-10.5Z",
    "power": "M2.6-10.5-7 1.8H-.8L-2.8 10.5 7.4-3H1Z",
    "industry": "M-9.5 9V-1.5L-3.6-5.5V-1.5L2.2-5.5V-1.5H4.4L5.2-9.5H8.2L9.5 9Z",
    "aviation": "M0-10.5C1.3-10.5 1.8-8.6 1.8-6V-3.2L10.2 2.6V5.6L1.8 3.2V6.4L4.6 8.6V10.6L0 9.4"
    "-4.6 10.6V8.6L-1.8 6.4V3.2L-10.2 5.6V2.6L-1.8-3.2V-6C-1.8-8.6-1.3-10.5 0-10.5Z",
    "defence": "M0-10 9.5 0 0 10-9.5 0Z",
    "public": "M0-10 9.5-4.6V-1.6H7.4V5.6H9.5V9.4H-9.5V5.6H-7.4V-1.6H-9.5V-4.6Z",
    "homes": "M0-9.8 10-.6H7.4V9.2H-7.4V-.6H-10Z",
    "interception": "M0-10C3-8 6-7 9-7V0C9 5.5 5 8.5 0 10.5-5 8.5-9 5.5-9 0V-7C-6-7-3-8 0-10Z",
    "advance": "M0-9.5 9 8.5 0 4.5-9 8.5Z",
    "control_change": "M-7.5-7.5H7.5V7.5H-7.5Z",
    "clash": "M-8.8-5.6-5.6-8.8 0-3.2 5.6-8.8 8.8-5.6 3.2 0 8.8 5.6 5.6 8.8 0 3.2-5.6 8.8"
    "-8.8 5.6-3.2 0Z",
    "other": "M-7.5 0A7.5 7.5 0 1 1 7.5 0 7.5 7.5 0 1 1-7.5 0Z",
}
# What a strike hit, by target type.
GROUPS = {
    "oil": ("refinery gas_plant oil_depot oil_terminal pipeline pumping_station petrol_station"),
    "power": "power_plant nuclear_plant hydro_plant substation energy",
    "industry": (
        "chemical_plant aircraft_plant electronics_plant defence_plant steel_plant "
        "industrial_zone plant mine shipyard warehouse port ship bridge railway "
        "infrastructure vehicle printing"
    ),
    "aviation": "airfield aircraft",
    "defence": "air_defence radar arsenal barracks training_ground headquarters",
    "public": (
        "government office prison bank broadcasting education hospital culture church "
        "shop market restaurant"
    ),
    "homes": "residential street",
}
TARGETS = {target: shape for shape, targets in GROUPS.items() for target in targets.split()}
STRIKES = ("oil", "power", "industry", "aviation", "defence", "public", "homes", "strike")
OTHERS = ("interception", "advance", "control_change", "clash", "other")
PLAIN = "#d0d4d8"
COLOURS = {
    "sea": "#d3e0e8",
    "land": "#f1eee7",
    "ukraine": "#faf8f3",
    "water": "#c5d7e2",
    "coast": "#a9bfcc",
    "unit": "#d3cdc0",
    "border": "#8b857a",
    "edge": "#6b655b",
    "city": "#57534b",
    "place": "#2b2a27",
    "country": "#847c6e",
    "name": "#557b92",
    "circle": "#3d4650",
    "measured": "#b23a0e",
    "held": "#8c3b4a",
    "front": "#7a2436",
    "gained": "#b5530a",
    "lost": "#1f6fb2",
    "shade": "#5b4a8a",
}
VERDICTS = {
    "supported": "#0b6b53",
    "off": "#8a5300",
    "contradicted": "#a62b12",
    "undetermined": "#565e66",
}
# The page tells kinds apart by shape alone; bars need colours, apart to colour-blind eyes too.
KINDS = {
    "strike": "#b23a0e",
    "interception": "#2a78b8",
    "advance": "#641a4c",
    "control_change": "#8b857a",
    "clash": "#e8a33d",
    "other": "#c9ced2",
}


def shape_of(kind: str, target_type: str | None) -> str:
    """Return the name of an event's shape: of a strike what was hit, else what happened.

    Examples
    --------
    >>> shape_of("strike", "refinery"), shape_of("clash", "settlement")
    ('oil', 'clash')
    """
    if kind == "strike":
        return TARGETS.get(target_type or "", "strike")
    return kind if kind in SHAPES else "other"


def fill_of(status: str | None) -> str:
    """Return the colour of an event's status."""
    return STATUS_COLOURS.get(status or "", PLAIN)


def ink_on(status: str | None) -> str:
    """Return the colour in which a number is written on a symbol."""
    return "#ffffff" if status in ("confirmed", "geolocated") else INK
