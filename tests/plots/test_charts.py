"""The charts: events a week, stated against measured, area by day, and the command for them."""

import datetime as dt
import sys
from dataclasses import replace

import pandas as pd
import pytest
from typer.testing import CliRunner

from geoconflict import (
    Fronts,
    check_claims,
    draw_areas,
    draw_checks,
    draw_timeline,
    read_casebook,
    weekly_events,
)
from geoconflict.casebooks.records import Claim
from geoconflict.cli import app
from geoconflict.errors import FigureOptionError, MissingExtraError
from tests.conftest import JANUARY, REPOSITORY

SQUARES = REPOSITORY / "tests" / "fronts" / "squares"
EVENTS = """id,kind,date_start,date_end
night,strike,2025-01-05,2025-01-06
sunday,clash,2025-01-12,2025-01-12
assumed-week,advance,2025-01-06,2025-01-13
month,advance,2025-01-01,2025-01-31
earlier,strike,2022-12-03,2022-12-03
"""


@pytest.fixture
def weeks(tmp_path):
    (tmp_path / "map.toml").write_text(
        'title = "Weeks"\nperiod = ["2025-01-01", "2025-01-31"]\nlanguage = "en"\n'
        '[sources.s]\ntitle = "S"\npublisher = "P"\ndate = "2025-01-31"\n',
        "utf-8",
    )
    (tmp_path / "events.csv").write_text(EVENTS, "utf-8")
    (tmp_path / "reports.csv").write_text(
        "event_id,source,claimant,stance,published,url,summary\n"
        + "".join(
            f"{row.split(',')[0]},s,UA,claims,2025-01-31,,told\n" for row in EVENTS.splitlines()[1:]
        ),
        "utf-8",
    )
    (tmp_path / "claims.csv").write_text("id,kind,source\n", "utf-8")
    return read_casebook(tmp_path)


def test_an_event_counts_in_the_week_in_which_it_ends(weeks):
    table = weekly_events(weeks)
    assert [str(day.date()) for day in table.index[:3]] == [
        "2024-12-30",
        "2025-01-06",
        "2025-01-13",
    ]
    assert table.loc["2025-01-06"].to_dict() == {"strike": 1, "advance": 0, "clash": 1}
    assert table.loc["2025-01-13"].to_dict() == {"strike": 0, "advance": 1, "clash": 0}
    assert int(table.to_numpy().sum()) == 3


def test_what_is_left_out_of_the_weeks_is_said(weeks):
    (note,) = [t.get_text() for t in draw_timeline(weeks).texts if "Left out" in t.get_text()]
    assert "1 that span more than a week, 1 outside the period" in note


def test_a_timeline_that_leaves_nothing_out_says_nothing_of_it(weeks):
    kept = replace(weeks, events=weeks.events[weeks.events["id"].isin(["night", "sunday"])])
    texts = [t.get_text() for t in draw_timeline(kept).texts]
    assert any(text.endswith("the week of its last day.") for text in texts)
    assert not any("Left out" in text for text in texts)


def claim(**stated):
    return Claim(id="one", source="paper", **stated)


def test_a_number_stands_as_far_from_zero_as_it_is_off():
    stated = {"subject": "place:Ryazan", "reference": "border:UA", "unit": "km"}
    checks = check_claims([claim(kind="distance", value_min=500, **stated)])
    axes = draw_checks(checks).axes[0]
    (dot,) = [line for line in axes.lines if line.get_marker() == "o"]
    # Ryazan is 462.5 km from the border: 7.5 per cent less than 500.
    assert dot.get_xdata()[0] == pytest.approx(-7.5, abs=0.3)


def test_what_lies_beyond_the_axis_is_an_arrow_at_its_edge():
    stated = {"subject": "place:Ryazan", "reference": "border:UA", "unit": "km"}
    checks = check_claims([claim(kind="distance", value_min=200, **stated)])
    axes = draw_checks(checks).axes[0]
    (arrow,) = [line for line in axes.lines if line.get_marker() == ">"]
    assert arrow.get_xdata()[0] == pytest.approx(50, abs=2)


def test_checks_without_numbers_give_an_empty_figure_that_says_so():
    checks = check_claims([claim(kind="count", value_min=3, unit="drones")])
    figure = draw_checks(checks)
    assert any("0 of 1" in text.get_text() for text in figure.texts)


def test_the_area_by_day_is_that_of_the_series():
    fronts = Fronts.read(SQUARES)
    series = fronts.series()
    figure = draw_areas(series, source=fronts.title, licence="CC0")
    heights = [y for line in figure.axes[0].lines for y in line.get_ydata()]
    assert heights == pytest.approx(series["area_km2"].tolist())


def test_areas_of_no_snapshot_are_refused():
    fronts = Fronts.read(SQUARES)
    with pytest.raises(FigureOptionError, match="no snapshot of"):
        draw_areas(fronts.series().iloc[:0], source=fronts.title, licence="CC0")


@pytest.mark.parametrize(
    ("language", "written"), [("en", ["12,500", "2.5"]), ("uk", ["12 500", "2,5"])]
)
def test_areas_are_written_as_the_language_writes_numbers(language, written):
    fronts = Fronts.read(SQUARES)
    figure = draw_areas(fronts.series(), source="S", licence="CC0", language=language)
    tick = figure.axes[0].yaxis.get_major_formatter()
    assert [" ".join(tick(value).split()) for value in (12500, 2.5)] == written


def run(*arguments):
    return CliRunner().invoke(app, ["figure", *map(str, arguments)])


@pytest.mark.parametrize("kind", ["timeline", "claims"])
def test_the_command_writes_charts(tmp_path, kind):
    target = tmp_path / "chart.svg"
    result = run(JANUARY, "--kind", kind, "-o", target, "--language", "ru")
    assert result.exit_code == 0, result.output
    assert target.read_text("utf-8").startswith("<?xml")


def test_the_command_writes_the_area_by_day(tmp_path):
    target = tmp_path / "area.png"
    assert run(JANUARY, "--kind", "front", "--front", SQUARES, "-o", target).exit_code == 0
    assert target.read_bytes().startswith(b"\x89PNG")


def test_an_area_by_day_needs_snapshots(tmp_path):
    result = run(JANUARY, "--kind", "front", "-o", tmp_path / "x.png")
    assert result.exit_code == 1
    assert "--front DIR" in result.output


def test_the_command_draws_the_front_of_a_day(tmp_path):
    target = tmp_path / "map.pdf"
    arguments = ("--front", SQUARES, "--date", "2025-01-21", "--include-restricted", "-o", target)
    result = run(JANUARY, *arguments)
    assert result.exit_code == 0, result.output
    assert target.read_bytes().startswith(b"%PDF")


def test_periods_without_events_are_weeks_of_zero(weeks):
    empty = weekly_events(weeks).loc["2025-01-20":]
    assert empty.to_numpy().sum() == 0
    assert empty.index[-1] == pd.Timestamp(dt.date(2025, 1, 27))


def test_without_matplotlib_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'geoconflict\[figures\]'"):
        draw_checks([])


def test_a_long_period_is_counted_by_the_month(weeks):
    info = weeks.info.model_copy(update={"period": (dt.date(2022, 12, 1), dt.date(2025, 1, 31))})
    figure = draw_timeline(replace(weeks, info=info))
    axes = figure.axes[0]
    assert axes.get_ylabel() == "events a month"
    heights = [
        sum(bar.get_height() for bar in column) for column in zip(*axes.containers, strict=True)
    ]
    assert len(heights) == 26
    # A month told as a whole counts here, where it is too wide for a week.
    assert (heights[0], heights[-1], sum(heights)) == (1, 4, 5)
    assert "in the month of its last day." in figure.texts[1].get_text()
