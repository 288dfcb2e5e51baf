import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geoconflict as gc
from geoconflict.errors import DateError
from geoconflict.measuring.dates import DateRange, parse_date_range, parse_day
from geoconflict.measuring.datewords import read_when


@pytest.mark.parametrize(
    ("text", "days"),
    [("2024", 366), ("2023", 365), ("2025-01", 31), ("2025-02-03", 1), ("2024-12/2025-01", 62)],
)
def test_number_of_days(text, days):
    assert parse_date_range(text).days == days


@pytest.mark.parametrize("text", ["", "24.01.2025", "2025-13", "2025-02-30", "soon", "2025-1-1"])
def test_what_is_no_date_is_refused_with_an_example(text):
    with pytest.raises(DateError, match=r"2025|calendar"):
        parse_date_range(text)


def test_a_span_does_not_run_backwards():
    with pytest.raises(DateError, match="before the start"):
        parse_date_range("2025-02-01/2025-01-01")


@given(st.dates(), st.dates())
def test_a_written_span_reads_back(one, other):
    span = DateRange(min(one, other), max(one, other))
    assert parse_date_range(str(span)) == span


def test_a_year_before_1900():
    assert parse_date_range("1853").start == dt.date(1853, 1, 1)


def test_functions_take_a_day_as_a_date_or_as_text(tmp_path):
    text = "The refinery in Ryazan was struck overnight, 7 km from the front line."
    day = dt.date(2025, 1, 24)
    for told in ("2025-01-24", dt.datetime(2025, 1, 24, 5, 30, tzinfo=dt.UTC)):
        assert parse_day(told) == day
        assert gc.read_claims(text, published=told) == gc.read_claims(text, published=day)
        drafted = gc.draft_events(text, published=told)
        assert drafted == gc.draft_events(text, published=day)
        assert drafted.events[0].value("date_end") == "2025-01-24"
        resolve = gc.Gazetteer.default().resolve
        assert resolve("Bakhmut", date=told) == resolve("Bakhmut", date=day)
    page = gc.write_article(tmp_path / "a.html", text, [], title="Own", published="2025-01-24")
    assert "24 January 2025" in page.read_text("utf-8")
    with pytest.raises(gc.GeoconflictError, match="'24 January' is no day: expected one such as"):
        gc.draft_events(text, published="24 January")


@pytest.mark.parametrize(
    ("text", "basis", "hour"),
    [
        ("25.05.2024, близько 16-ї", "about", "16:00"),
        ("25.05.2024, ок. 15:00", "about", "15:00"),
        ("25.05.2024 о 16-й годині", "exact", "16:00"),
        ("25.05.2024, около 15 часов", "about", "15:00"),
        ("25 May 2024, around 4 pm", "about", "16:00"),
        ("25 May 2024 16h30", "exact", "16:30"),
        ("25.05.2024 16.30", "exact", "16:30"),
        ("25.05.2024 в 16-30", "exact", "16:30"),
        ("о 7 вечора 25.05.2024", "exact", "19:00"),
        ("25.05.2024, 3 часа ночи", "exact", "03:00"),
        ("25.05.2024 в 3 часа дня", "exact", "15:00"),
        ("25.05.2024 после 15:00", "about", ""),
        ("25 May 2024 before 3 pm", "about", ""),
        ("25.05.2024 с 14:00 до 15:00", "exact", "14:00"),
    ],
)
def test_hours_in_words_are_the_time_of_the_day_that_is_told_beside(text, basis, hour):
    when = read_when(text)
    assert (str(when.days), when.basis) == ("2024-05-25", basis)
    assert (f"{when.clock:%H:%M}" if when.clock else "") == hour


@pytest.mark.parametrize(
    "text",
    [
        # How long it took, another day, and hours that there are not, are no time of day.
        "25.05.2024, 3 часа",
        "25 May 2024, 3 hours",
        "25.05.2024, 2 дня",
        "25.05.2024, 16.01",
        "25.05.2024 в 25 ч",
        "близько 14-ї січня 2025",
        "14 января в 16 ч",
        "after 14 May 2024",
    ],
)
def test_what_is_no_hour_of_a_day_is_not_read_as_one(text):
    with pytest.raises(DateError):
        read_when(text)
