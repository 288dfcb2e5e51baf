import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.errors import DateError
from geoconflict.measuring.dates import DateRange, parse_date_range


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
