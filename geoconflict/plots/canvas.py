"""Figures of matplotlib: made without a window, written whole and the same each time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from geoconflict.errors import MissingExtraError, OutputError
from geoconflict.files.writing import whole_file
from geoconflict.look.theme import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Nothing that differs from run to run goes into a file: no date, no version, no random ids.
_METADATA: dict[str, dict[str, str | None]] = {
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
_SETTINGS: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"],
    "svg.hashsalt": "geoconflict",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
}
_PATH = re.compile(r' d="[^"]*"')
# Letters drawn as outlines, and right behind them the same letters as text.
_HALO = re.compile(
    r'<g id="text_\d+">\s*<path d="[^"]*" style="fill: [^;]*; (?P<look>stroke: [^"]*)"/>\s*</g>\s*'
    r'(?P<group><g id="text_\d+">\s*)(?P<text><text .*?</text>)',
    re.DOTALL,
)
_LONG = re.compile(r"-?\d+\.\d{3,}")
DPI = 200
# Colours of a picture's table.
_TABLE = 256
# Pictures for screens: fewer points than on paper, and the larger letters where there is room.
SHARE_DPIS = (125, 150)


def new_figure(width_in: float, height_in: float) -> Figure:
    """Return an empty figure of a size in inches.

    Raises
    ------
    MissingExtraError
        Matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        message = "figures need: pip install 'geoconflict[figures]'"
        raise MissingExtraError(message) from error
    return Figure(figsize=(width_in, height_in), facecolor="white")


def new_axes(figure: Figure, box: tuple[float, float, float, float]) -> Axes:
    """Return axes at a place of a figure whose units are points: x, y, width and height."""
    across, up = (inches * 72 for inches in figure.get_size_inches().tolist())
    x, y, width, height = box
    axes = figure.add_axes((x / across, y / up, width / across, height / up))
    axes.set(xlim=(0, width), ylim=(0, height), xticks=[], yticks=[])
    axes.spines[:].set(linewidth=0.6, color=colours()["outer"])
    return axes


def write_figure(figure: Figure, path: str | Path) -> Path:
    """Write a figure whole or not at all, and return its path.

    The same figure gives the same bytes with the same version of matplotlib.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        As ``draw_map`` and its siblings return it.
    path : str or Path
        ``.png`` (200 dots an inch, 125 or 150 of pictures for sharing), ``.svg`` or ``.pdf`` file;
        an existing one is replaced.

    Returns
    -------
    Path
        ``path``, now a figure.

    Raises
    ------
    OutputError
        The ending is another, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import geoconflict as gc
    >>> figure = gc.draw_timeline(gc.read_casebook("maps/january-2025"))
    >>> gc.write_figure(figure, Path(tempfile.mkdtemp()) / "weeks.svg").name
    'weeks.svg'
    """
    import matplotlib as mpl

    ending = Path(path).suffix.lower()
    if ending not in _METADATA:
        message = f"{path} cannot be written: a figure ends in .png, .svg or .pdf"
        raise OutputError(message)
    dpi = figure.dpi if figure.dpi in SHARE_DPIS else DPI
    with whole_file(path) as part, mpl.rc_context(_SETTINGS):
        figure.savefig(part, format=ending[1:], dpi=dpi, metadata=_METADATA[ending])
        _SMALLER.get(ending, _as_it_is)(part)
    return Path(path)


def _as_it_is(path: Path) -> None:
    """Leave a file as matplotlib wrote it."""


def _shorten_drawing(path: Path) -> None:
    """Write halos as texts, and points to a hundredth of one, finer than any printer."""
    text = _HALO.sub(_halo_as_text, path.read_text("utf-8"))
    rounded = _PATH.sub(lambda found: _LONG.sub(_hundredth, found[0]), text)
    path.write_text(rounded, "utf-8", newline="\n")


def _halo_as_text(found: re.Match[str]) -> str:
    """Return a text with the same text behind it, outlined as the letters were that it replaces."""
    look = f'style="{found["look"]}; stroke-linejoin: round; '
    behind = found["text"].replace('style="', f'aria-hidden="true" {look}', 1)
    return f"{found['group']}{behind}\n    {found['text']}"


def _hundredth(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _index_colours(path: Path) -> None:
    """Write a picture with a table of 256 colours, such that no area changes its own in sight."""
    from PIL import Image

    with Image.open(path) as picture:
        flat = picture.convert("RGB")
        size = {"dpi": picture.info["dpi"]} if "dpi" in picture.info else {}
    counted: Any = flat.getcolors(flat.width * flat.height)
    counts, colours = zip(*sorted(counted, reverse=True), strict=True)
    drawn = np.array(colours, dtype=np.int32)
    table, nearest = _table(drawn, np.array(counts))
    entry = np.zeros(1 << 24, dtype=np.uint8)
    entry[_numbers(drawn)] = nearest
    indexed = Image.fromarray(entry[_numbers(np.asarray(flat, dtype=np.int32))])
    indexed.putpalette(table.ravel().tolist())
    indexed.save(path, format="PNG", optimize=True, **size)


def _table(drawn: npt.NDArray[np.int32], counts: npt.NDArray[np.int64]) -> tuple[Any, Any]:
    """Return 256 of the colours at most, and of each colour which of them is the nearest.

    Again and again the one is taken that is farthest from those taken. Larger areas go first, but
    by far less than their size: the legend shows a colour in one small box.
    """
    weight = counts**0.25
    taken, nearest = [0], np.zeros(len(drawn), dtype=np.uint8)
    apart = ((drawn - drawn[0]) ** 2).sum(axis=1)
    while len(taken) < min(_TABLE, len(drawn)):
        taken.append(int((np.sqrt(apart) * weight).argmax()))
        further = ((drawn - drawn[taken[-1]]) ** 2).sum(axis=1)
        nearest[further < apart] = len(taken) - 1
        apart = np.minimum(apart, further)
    return drawn[taken], nearest


def _numbers(colours: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    numbers: npt.NDArray[np.int32] = colours @ np.array([1 << 16, 1 << 8, 1], dtype=np.int32)
    return numbers


_SMALLER = {".svg": _shorten_drawing, ".png": _index_colours}
