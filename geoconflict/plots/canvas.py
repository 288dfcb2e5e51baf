"""Figures of matplotlib: made without a window, written whole and the same each time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoconflict.errors import MissingExtraError, OutputError
from geoconflict.files.writing import whole_file

if TYPE_CHECKING:
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
DPI = 200
# Pictures for screens: the same letters on fewer points.
SHARE_DPI = 125


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
        message = "figures need matplotlib: pip install matplotlib"
        raise MissingExtraError(message) from error
    return Figure(figsize=(width_in, height_in), facecolor="white")


def write_figure(figure: Figure, path: str | Path) -> Path:
    """Write a figure whole or not at all, and return its path.

    The same figure gives the same bytes with the same version of matplotlib.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        As ``draw_map`` and its siblings return it.
    path : str or Path
        ``.png`` (200 dots an inch, 125 of pictures for sharing), ``.svg`` or ``.pdf`` file; an
        existing one is replaced.

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
    dpi = SHARE_DPI if figure.dpi == SHARE_DPI else DPI
    with whole_file(path) as part, mpl.rc_context(_SETTINGS):
        figure.savefig(part, format=ending[1:], dpi=dpi, metadata=_METADATA[ending])
    return Path(path)
