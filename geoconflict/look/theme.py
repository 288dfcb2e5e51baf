"""The colours, symbols and two themes of everything that people see; all of it stands in a file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

Ground = Literal["light", "dark"]

_GROUNDS: tuple[Ground, Ground] = ("light", "dark")
# How a style sheet names a colour.
VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")
_FOLDER = Path(__file__).resolve().parent
_DATA: Mapping[str, Any] = tomllib.loads((_FOLDER / "theme.toml").read_text("utf-8"))
# Symbols of strikes by what was hit, and of anything else by what happened.
STRIKES = (*_DATA["groups"], "strike")
OTHERS = tuple(shape for shape in _DATA["shapes"] if shape not in STRIKES)
SHAPES: Mapping[str, str] = _DATA["shapes"]
TARGETS: Mapping[str, str] = {
    target: shape for shape, targets in _DATA["groups"].items() for target in targets
}
STATUSES = ("claimed", "confirmed", "geolocated", "disputed")
ANYWHERE: Mapping[str, str] = _DATA["anywhere"]


@cache
def colours(table: str = "colours", *, ground: Ground = "light") -> Mapping[str, str]:
    """Return colours by name, as ``#rrggbb`` or ``#rrggbbaa``.

    Parameters
    ----------
    table : {"colours", "status", "series", "kind"}
        Those of words, ground and front; the fills of symbols by status, and by rank; bars by
        kind.
    ground : {"light", "dark"}
        What they stand on.

    Examples
    --------
    >>> colours()["held"], colours("status", ground="dark")["claimed"]
    ('#8c3b4a', '#ffd95e')
    """
    column = _GROUNDS.index(ground)
    pairs: Mapping[str, list[str]] = _DATA[table]
    return {name: pair[column] for name, pair in pairs.items()}


# What files for other programs take, which draw on light ground, and the outline of symbols.
STATUS_COLOURS = {status: colours("status")[status] for status in STATUSES}
INK = colours()["outline"]


def fills(ground: Ground) -> dict[str, str]:
    """Return every fill of symbols by name: by status, and by rank for any other column."""
    return {**colours("status", ground=ground), **colours("series", ground=ground)}


def fill_of(status: str | None, *, ground: Ground = "light") -> str:
    """Return the colour of an event's status."""
    known = fills(ground)
    return known.get(status or "other", known["other"])


def ink_on(status: str | None, *, ground: Ground = "light") -> str:
    """Return the colour in which a number is written on a symbol: that which stands out more."""
    fill, look = fill_of(status, ground=ground), colours(ground=ground)
    inks = (look["number-pale"], look["number-deep"])
    return max(inks, key=lambda one: contrast(one, fill))


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


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21.

    Source: WCAG 2.2, "contrast ratio" and "relative luminance".

    Examples
    --------
    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    light = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]


def script_look() -> dict[str, Any]:
    """Return what a page's script draws with: shapes, and the colours of both themes."""
    themes = {
        ground: {
            **colours(ground=ground),
            "fill": fills(ground),
            "inkOn": {name: ink_on(name, ground=ground) for name in fills(ground)},
        }
        for ground in _GROUNDS
    }
    return {"themes": themes, "shapes": SHAPES, "groups": _DATA["groups"]}


def style_look(names: Iterable[str] | None = None) -> str:
    """Return the colours as CSS: by the reader's system, or as ``data-theme`` of the root says.

    ``names`` are those that a page has use for, None for all.
    """
    light, dark = ("".join(_variables(ground, names)) for ground in _GROUNDS)
    return (
        f":root{{color-scheme:light dark;{light}}}"
        f"@media screen and (prefers-color-scheme:dark)"
        f'{{:root:not([data-theme="light"]){{{dark}}}}}'
        f'@media screen{{:root[data-theme="dark"]{{color-scheme:dark;{dark}}}}}'
        f':root[data-theme="light"]{{color-scheme:light}}\n'
        + ("" if names else "".join(f".fill-{n}{{fill:var(--fill-{n})}}" for n in fills("light")))
    )


def style_fixed(selector: str, names: Iterable[str]) -> str:
    """Return the light colours as CSS for what stands in a page that is not ours."""
    return f"{selector}{{{''.join(_variables('light', names))}}}\n"


def _variables(ground: Ground, names: Iterable[str] | None) -> Iterable[str]:
    known = colours(ground=ground)
    wanted = known if names is None else names
    yield from (f"--{name}:{known[name]};" for name in wanted)
    if names is None:
        for status, colour in fills(ground).items():
            yield f"--fill-{status}:{colour};--on-{status}:{ink_on(status, ground=ground)};"
