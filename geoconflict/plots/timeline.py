"""Figures along time: events a week or month by kind, and the area that was held by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from geoconflict.errors import FigureOptionError
from geoconflict.look.labels import labels_of, text, translated
from geoconflict.look.theme import INK, colours
from geoconflict.look.words import words
from geoconflict.plots.canvas import new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from geoconflict.casebooks.casebook import Casebook

Unit = Literal["week", "month"]

# From the first to the last day; an event "of the last week" is one such.
_WIDEST_DAYS = {"week": 7, "month": 31}
_FREQUENCY = {"week": "W-SUN", "month": "M"}
# More weeks than this, a year and a bit, are too thin as bars.
_MOST_WEEKS = 60
_MOST_TICKS = 16
# A longer gap between snapshots is drawn as a gap.
_LONGEST_DAYS = 7


def weekly_events(casebook: Casebook) -> pd.DataFrame:
    """Return the number of events of each kind in each week of the casebook's period.

    An event counts in the week in which it ends. One that spans more than a week, such as a
    year's total, belongs to no week and is left out, as is one outside the period.

    Parameters
    ----------
    casebook : Casebook
        As read.

    Returns
    -------
    DataFrame
        A row a week, ``week_start`` (its Monday) as index, the weeks without events too; a
        column of whole numbers for each kind that is counted.

    Examples
    --------
    >>> import geoconflict as gc
    >>> table = gc.weekly_events(gc.read_casebook("maps/january-2025"))
    >>> int(table.loc["2025-01-20", "strike"])
    7
    """
    return _counts(casebook, "week")


def _counts(casebook: Casebook, unit: Unit) -> pd.DataFrame:
    """Return the number of events of each kind by the first day of the week or month."""
    frequency = _FREQUENCY[unit]
    starts = pd.period_range(*casebook.info.period, freq=frequency).to_timestamp()
    kept = casebook.events[_is_counted(casebook, unit)]
    first = _last_day(kept).dt.to_period(frequency).dt.to_timestamp()
    counts = pd.crosstab(first, kept["kind"]) if len(kept) else pd.DataFrame(index=starts)
    known = [kind for kind in colours("kind") if kind in counts]
    found = counts.reindex(index=starts, columns=known, fill_value=0).astype(int)
    return found.rename_axis(f"{unit}_start")


def draw_timeline(casebook: Casebook, *, language: str | None = None) -> Figure:
    """Return a figure of the events a week, or of a long period a month, by kind.

    Parameters
    ----------
    casebook : Casebook
        As read.
    language : {"en", "uk", "ru"}, optional
        Language of the figure's own words. Default: that of the casebook.

    Returns
    -------
    matplotlib.figure.Figure
        A bar a week, where there are more than 60 a month; below it, how many events belong to
        no week or month and are left out.

    Raises
    ------
    MissingExtraError
        Matplotlib is not installed.

    Examples
    --------
    >>> import geoconflict as gc
    >>> figure = gc.draw_timeline(gc.read_casebook("maps/january-2025"))
    >>> len(figure.axes[0].get_xticks())
    6
    """
    figure = new_figure(9, 4.6)
    language = language or casebook.info.language
    unit: Unit = "week"
    table = weekly_events(casebook)
    if len(table) > _MOST_WEEKS:
        unit = "month"
        table = _counts(casebook, unit)
    axes = figure.add_axes((0.075, 0.2, 0.9, 0.66))
    _draw_bars(axes, table, language)
    axes.set_ylabel(text(f"figure.timeline.axis_{unit}", language), size=8)
    title = text(f"figure.timeline.title_{unit}", language, title=casebook.info.title)
    figure.text(0.02, 0.96, title, size=12, weight="bold", va="top")
    figure.text(0.02, 0.03, _note(casebook, unit, language), size=7, color=colours()["ink-soft"])
    return figure


def _draw_bars(axes: Axes, table: pd.DataFrame, language: str) -> None:
    from matplotlib.ticker import MaxNLocator

    at = range(len(table))
    base = pd.Series(0, index=table.index)
    for kind in table:
        name, colour = text(f"kind.{kind}", language), colours("kind")[str(kind)]
        look: dict[str, Any] = {
            "width": 0.82,
            "color": colour,
            "edgecolor": "white",
            "linewidth": 0.6,
        }
        axes.bar(at, table[kind], bottom=base, label=name, **look)
        base = base + table[kind]
    step = -(-len(table) // _MOST_TICKS)
    months = labels_of(language)["date.months_short"]
    is_monthly = table.index.name == "month_start"
    labels = [
        f"{'' if is_monthly else f'{day.day} '}{months[day.month - 1]}\n{day.year}"
        for day in table.index[::step]
    ]
    axes.set_xticks(list(at)[::step], labels, size=8)
    axes.set_ylim(0, max(1, base.max()) * 1.25)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.tick_params(labelsize=8, length=2)
    _rule(axes)
    if len(table.columns):
        axes.legend(ncols=len(table.columns), fontsize=8, frameon=False, loc="upper left")
    for week, total in zip(at, base, strict=True):
        if total and len(table) <= _MOST_TICKS:
            axes.text(week, total, str(total), size=8, ha="center", va="bottom", color=INK)


def _note(casebook: Casebook, unit: Unit, language: str) -> str:
    is_wide = _span_days(casebook) > _WIDEST_DAYS[unit]
    outside = int((~is_wide & ~_is_counted(casebook, unit)).sum())
    note = text(f"figure.timeline.note_{unit}", language)
    wide = int(is_wide.sum())
    if not wide and not outside:
        return note
    left = text(f"figure.timeline.left_{unit}", language, wide=wide, outside=outside)
    return f"{note} {left}"


def _is_counted(casebook: Casebook, unit: Unit) -> pd.Series[bool]:
    last = _last_day(casebook.events)
    start, end = (pd.Timestamp(day) for day in casebook.info.period)
    return (_span_days(casebook) <= _WIDEST_DAYS[unit]) & (last >= start) & (last <= end)


def _span_days(casebook: Casebook) -> pd.Series[int]:
    events = casebook.events
    last = _last_day(events)
    days: pd.Series[int] = (last - events["date_start"].fillna(last)).dt.days
    return days


def _last_day(events: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    return events["date_end"].fillna(events["date_start"])


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
    FigureOptionError
        There is no snapshot in the series.

    Examples
    --------
    >>> import geoconflict as gc
    >>> fronts = gc.Fronts.read("tests/fronts/squares")
    >>> table, terms = fronts.series(), fronts.licence
    >>> figure = gc.draw_areas(table, source=fronts.title, licence=terms)
    >>> len(figure.axes)
    2
    """
    if series.empty:
        message = f"no snapshot of {source} lies in these days: nothing to draw"
        raise FigureOptionError(message)
    figure = new_figure(9, 6)
    figure.set_layout_engine("constrained", w_pad=0.16, h_pad=0.13)
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
        _rule(axes)
        axes.yaxis.set_major_formatter(lambda value, _: words(language).number(value))
    span = {"start": series["date"].min().date(), "end": series["date"].max().date()}
    credit = text(
        "figure.areas.credit",
        language,
        source=source,
        licence=translated(licence, "licence", language),
        **span,
    )
    heading = text("figure.areas.title", language, title=title or source)
    figure.suptitle(heading, size=12, weight="bold", x=0.02, ha="left")
    figure.supxlabel(credit, fontsize="small", x=0.02, ha="left")
    _write_days(below, language)
    return figure


def _draw_area(axes: Axes, rows: pd.DataFrame, *, colour: str, title: str | None) -> None:
    """Draw the area held as a line that is broken where snapshots lie far apart."""
    stretch = (rows["days"] > _LONGEST_DAYS).cumsum()
    for number, part in rows.groupby(stretch):
        label = title if number == 0 else None
        axes.plot(part["date"], part["area_km2"], ".-", markersize=4, color=colour, label=label)


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


def _rule(axes: Axes) -> None:
    """Draw lines across behind the bars, and no frame around them."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=colours()["line"], linewidth=0.6)
    axes.set_axisbelow(True)
