"""Events a week by kind: the table, and the figure of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geoconflict.look.labels import labels_of, text
from geoconflict.look.theme import INK, colours
from geoconflict.plots.canvas import new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from geoconflict.casebooks.casebook import Casebook

# From the first to the last day; an event "of the last week" is one such.
_WEEK_DAYS = 7
_MOST_TICKS = 16


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
    start, end = (pd.Timestamp(day) for day in casebook.info.period)
    weeks = pd.date_range(_monday(start), _monday(end), freq="7D", name="week_start")
    kept = casebook.events[_is_counted(casebook)]
    monday = _last_day(kept).map(_monday)
    counts = pd.crosstab(monday, kept["kind"]) if len(kept) else pd.DataFrame(index=weeks)
    known = [kind for kind in colours("kind") if kind in counts]
    return counts.reindex(index=weeks, columns=known, fill_value=0).astype(int)


def draw_timeline(casebook: Casebook, *, language: str | None = None) -> Figure:
    """Return a figure of the events a week, by kind.

    Parameters
    ----------
    casebook : Casebook
        As read.
    language : {"en", "uk", "ru"}, optional
        Language of the figure's own words. Default: that of the casebook.

    Returns
    -------
    matplotlib.figure.Figure
        A bar a week; below it, how many events belong to no week and are left out.

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
    table = weekly_events(casebook)
    axes = figure.add_axes((0.075, 0.2, 0.9, 0.66))
    _draw_bars(axes, table, language)
    title = text("figure.timeline.title", language, title=casebook.info.title)
    figure.text(0.02, 0.96, title, size=12, weight="bold", va="top")
    figure.text(0.02, 0.03, _note(casebook, language), size=7, color=colours()["ink-soft"])
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
    labels = [f"{day.day} {months[day.month - 1]}\n{day.year}" for day in table.index[::step]]
    axes.set_xticks(list(at)[::step], labels, size=8)
    axes.set_ylabel(text("figure.timeline.axis", language), size=8)
    axes.set_ylim(0, max(1, base.max()) * 1.25)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.tick_params(labelsize=8, length=2)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=colours()["line"], linewidth=0.6)
    axes.set_axisbelow(True)
    if len(table.columns):
        axes.legend(ncols=len(table.columns), fontsize=8, frameon=False, loc="upper left")
    for week, total in zip(at, base, strict=True):
        if total and len(table) <= _MOST_TICKS:
            axes.text(week, total, str(total), size=8, ha="center", va="bottom", color=INK)


def _note(casebook: Casebook, language: str) -> str:
    is_wide = _span_days(casebook) > _WEEK_DAYS
    outside = int((~is_wide & ~_is_counted(casebook)).sum())
    return text("figure.timeline.note", language, wide=int(is_wide.sum()), outside=outside)


def _is_counted(casebook: Casebook) -> pd.Series[bool]:
    last = _last_day(casebook.events)
    start, end = (pd.Timestamp(day) for day in casebook.info.period)
    return (_span_days(casebook) <= _WEEK_DAYS) & (last >= start) & (last <= end)


def _span_days(casebook: Casebook) -> pd.Series[int]:
    events = casebook.events
    last = _last_day(events)
    days: pd.Series[int] = (last - events["date_start"].fillna(last)).dt.days
    return days


def _last_day(events: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    return events["date_end"].fillna(events["date_start"])


def _monday(day: pd.Timestamp) -> pd.Timestamp:
    return day - pd.Timedelta(days=day.weekday())
