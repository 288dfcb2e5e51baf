"""Outlines of symbols, given as SVG paths, as paths of matplotlib."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from matplotlib.path import Path

from geoconflict.look.theme import SHAPES

_TOKEN = re.compile(r"[MLHVCAZ]|-?(?:\d+\.?\d*|\.\d+)")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7}
Point = tuple[float, float]
Step = tuple[list[Point], Any]


@cache
def outline(shape: str) -> Path:
    """Return the outline of a symbol in a box from -10 to 10, y upwards."""
    return svg_path(SHAPES[shape])


def svg_path(text: str) -> Path:
    """Return an SVG path, with absolute M, L, H, V, C, A and Z, turned upside down.

    Examples
    --------
    >>> svg_path("M0-1H2V3Z").vertices.tolist()
    [[0.0, 1.0], [2.0, 1.0], [2.0, -3.0], [0.0, 1.0]]
    """
    here: Point = (0.0, 0.0)
    start = here
    vertices: list[Point] = []
    codes: list[int] = []
    for command, numbers in _commands(text):
        if command == "Z":
            steps: list[Step] = [([start], Path.CLOSEPOLY)]
        else:
            steps = list(_steps(command, numbers, here))
        for points, code in steps:
            vertices += points
            codes += [code] * len(points)
            here = points[-1]
        if command == "M":
            start = here
    return Path([(x, -y if y else 0.0) for x, y in vertices], codes)


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    tokens = _TOKEN.findall(text)
    command = ""
    while tokens:
        if tokens[0].isalpha():
            command = tokens.pop(0)
            if command == "Z":
                yield command, []
                continue
        count = _COUNTS[command]
        yield command, [float(token) for token in tokens[:count]]
        tokens = tokens[count:]
        # Pairs that follow a move are lines.
        command = "L" if command == "M" else command


def _steps(command: str, numbers: list[float], here: Point) -> Iterator[Step]:
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    if command == "M":
        yield pairs, Path.MOVETO
    elif command == "L":
        yield pairs, Path.LINETO
    elif command == "H":
        yield [(numbers[0], here[1])], Path.LINETO
    elif command == "V":
        yield [(here[0], numbers[0])], Path.LINETO
    elif command == "C":
        yield pairs, Path.CURVE4
    else:
        yield from _arc(here, numbers)


def _arc(here: Point, numbers: list[float]) -> Iterator[Step]:
    """Yield a quarter at most of an unrotated elliptic arc as a curve each.

    Source: SVG 2, appendix B.2, conversion from endpoint to centre parameters.
    """
    rx, ry, _, large, sweep, x, y = numbers
    dx, dy = (here[0] - x) / 2 / rx, (here[1] - y) / 2 / ry
    grown = max(1.0, math.hypot(dx, dy))
    rx, ry, dx, dy = rx * grown, ry * grown, dx / grown, dy / grown
    square = dx * dx + dy * dy
    root = math.sqrt(max(0.0, 1 - square) / square) * (-1 if large == sweep else 1)
    cx, cy = root * dy, -root * dx
    start = math.atan2(dy - cy, dx - cx)
    turn = math.atan2(-dy - cy, -dx - cx) - start
    turn += 2 * math.pi * ((sweep and turn <= 0) - (not sweep and turn >= 0))
    centre = (cx * rx + (here[0] + x) / 2, cy * ry + (here[1] + y) / 2)
    count = math.ceil(abs(turn) / (math.pi / 2) - 1e-9)
    for part in range(count):
        a, b = (start + turn * end / count for end in (part, part + 1))
        pull = 4 / 3 * math.tan((b - a) / 4)
        unit = (
            (math.cos(a) - pull * math.sin(a), math.sin(a) + pull * math.cos(a)),
            (math.cos(b) + pull * math.sin(b), math.sin(b) - pull * math.cos(b)),
            (math.cos(b), math.sin(b)),
        )
        yield [(centre[0] + rx * u, centre[1] + ry * v) for u, v in unit], Path.CURVE4
