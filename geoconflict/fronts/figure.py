"""A static figure of an area series: area held, and what was gained or lost a day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.errors import MissingExtraError, OutputError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_HELD, _GAINED, _LOST = "#8c2d19", "#c0563f", "#3a6ea5"
# A longer gap between snapshots is drawn as a gap.
_LONGEST_DAYS = 7


def write_figure(series: pd.DataFrame, path: Path, *, source: str, licence: str) -> None:
    """Write an area series as a figure; the ending of the path says the format.

    Parameters
    ----------
    series : DataFrame
        As of ``fronts.series``; by unit, one line a unit.
    path : Path
        ``.png``, ``.svg`` or ``.pdf`` file.
    source, licence : str
        Stand below the figure.

    Raises
    ------
    MissingExtraError
        Matplotlib is not installed.
    OutputError
        The file cannot be written.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        message = "figures need matplotlib: pip install 'geoconflict[figures]'"
        raise MissingExtraError(message) from error
    figure = Figure(figsize=(9, 6), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True)
    groups = series.groupby("title", sort=False) if "title" in series else [("", series)]
    for number, (title, rows) in enumerate(groups):
        colour = f"C{number}" if title else _HELD
        _draw_area(above, rows, colour=colour, title=str(title) or None)
    if "title" in series:
        above.legend(fontsize="x-small", ncols=2)
    _draw_changes(below, series)
    above.set_ylabel("held by Russia, km²")
    below.set_ylabel("net change, km² a day")
    first, last = series["date"].min(), series["date"].max()
    credit = f"Source: {source}, snapshots of {first:%Y-%m-%d} to {last:%Y-%m-%d}. {licence}."
    figure.supxlabel(credit, fontsize="small", x=0.01, ha="left")
    figure.autofmt_xdate()
    try:
        figure.savefig(path, dpi=150)
    except (OSError, ValueError) as error:
        message = f"{path} cannot be written: {getattr(error, 'strerror', None) or error}"
        raise OutputError(message) from error


def _draw_area(axes: Axes, rows: pd.DataFrame, *, colour: str, title: str | None) -> None:
    """Draw the area held as a line that is broken where snapshots lie far apart."""
    stretch = (rows["days"] > _LONGEST_DAYS).cumsum()
    for number, part in rows.groupby(stretch):
        label = title if number == 0 else None
        axes.plot(part["date"], part["area_km2"], ".-", markersize=3, color=colour, label=label)


def _draw_changes(axes: Axes, series: pd.DataFrame) -> None:
    """Draw a bar from each snapshot to the next one, as high as the daily change between them."""
    by_day = series.groupby("date").agg(net=("net_km2", "sum"), days=("days", "max")).dropna()
    rate = by_day["net"] / by_day["days"]
    colours = [_GAINED if value >= 0 else _LOST for value in rate]
    widths = -by_day["days"].to_numpy(dtype="timedelta64[D]")
    axes.bar(by_day.index, rate, width=widths, align="edge", color=colours, edgecolor="white")
    axes.axhline(0, color="0.3", linewidth=0.8)
