"""A figure of an area series: area held, and what was gained or lost a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoconflict.look.labels import labels_of, text, translated
from geoconflict.look.theme import colours
from geoconflict.plots.canvas import new_figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# A longer gap between snapshots is drawn as a gap.
_LONGEST_DAYS = 7


def draw_areas(
    series: pd.DataFrame, *, source: str, licence: str, title: str = "", language: str = "en"
) -> Figure:
    """Return a figure of the area held by day, and of the net change a day.

    Parameters
    ----------
    series : DataFrame
        As of ``Fronts.series``; by unit, one line a unit.
    source, licence : str
        Stand below the figure.
    title : str
        Of what; stands above it. Default: the source.
    language : {"en", "uk", "ru"}
        Language of the figure's own words.

    Returns
    -------
    matplotlib.figure.Figure
        Above, the area in km2; below, a bar from each snapshot to the next one, as high as
        the daily change between them. Nothing is interpolated: where snapshots lie more than
        a week apart the line is broken.

    Raises
    ------
    MissingExtraError
        Matplotlib is not installed.

    Examples
    --------
    >>> import geoconflict as gc
    >>> fronts = gc.Fronts.read("tests/fronts/squares")
    >>> table, terms = fronts.series(), fronts.licence
    >>> figure = gc.draw_areas(table, source=fronts.title, licence=terms)
    >>> len(figure.axes)
    2
    """
    figure = new_figure(9, 6)
    figure.set_layout_engine("constrained")
    above, below = figure.subplots(2, 1, sharex=True)
    groups = series.groupby("title", sort=False) if "title" in series else [("", series)]
    for number, (name, rows) in enumerate(groups):
        colour = f"C{number}" if name else colours()["held"]
        _draw_area(above, rows, colour=colour, title=str(name) or None)
    if "title" in series:
        above.legend(fontsize="x-small", ncols=2)
    _draw_changes(below, series)
    above.set_ylabel(text("figure.areas.held", language))
    below.set_ylabel(text("figure.areas.net", language))
    for axes in (above, below):
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color=colours()["line"], linewidth=0.6)
        axes.set_axisbelow(True)
    span = {"start": series["date"].min().date(), "end": series["date"].max().date()}
    credit = text(
        "figure.areas.credit",
        language,
        source=source,
        licence=translated(licence, "licence", language),
        **span,
    )
    heading = text("figure.areas.title", language, title=title or source)
    figure.suptitle(heading, size=12, weight="bold", x=0.01, ha="left")
    figure.supxlabel(credit, fontsize="small", x=0.01, ha="left")
    _write_days(below, language)
    return figure


def _draw_area(axes: Axes, rows: pd.DataFrame, *, colour: str, title: str | None) -> None:
    """Draw the area held as a line that is broken where snapshots lie far apart."""
    stretch = (rows["days"] > _LONGEST_DAYS).cumsum()
    for number, part in rows.groupby(stretch):
        label = title if number == 0 else None
        axes.plot(part["date"], part["area_km2"], ".-", markersize=4, color=colour, label=label)
    axes.yaxis.set_major_formatter("{x:,.0f}")


def _draw_changes(axes: Axes, series: pd.DataFrame) -> None:
    """Draw a bar from each snapshot to the next one, as high as the daily change between them."""
    by_day = series.groupby("date").agg(net=("net_km2", "sum"), days=("days", "max")).dropna()
    rate = by_day["net"] / by_day["days"]
    shades = [colours()["gained" if value >= 0 else "lost"] for value in rate]
    widths = -by_day["days"].to_numpy(dtype="timedelta64[D]")
    axes.bar(by_day.index, rate, width=widths, align="edge", color=shades, edgecolor="white")
    axes.axhline(0, color="0.3", linewidth=0.8)


def _write_days(axes: Axes, language: str) -> None:
    """Write days in words."""
    from matplotlib.dates import AutoDateLocator, num2date

    months = labels_of(language)["date.months_short"]

    def word(at: float, _: float) -> str:
        day = num2date(at)  # type: ignore[no-untyped-call]
        return f"{day.day} {months[day.month - 1]}\n{day.year}"

    places = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(places)
    axes.xaxis.set_major_formatter(word)
