"""Which days a sentence speaks of."""

import datetime as dt

import pytest

from geoconflict.reading.periods import find_periods

_BORROWED = [
    ("en", "They took 325 sq km in January, the least since August 2024."),
    ("uk", "У грудні 2024 року захопили 430 кв. км, у січні — 325."),
    ("ru", "В декабре 2024 года заняли 430 кв. км, в январе — 325."),
]


@pytest.mark.parametrize(("language", "sentence"), _BORROWED)
def test_no_year_is_borrowed_from_a_month_of_another_year(language, sentence):
    january = next(
        p for p in find_periods(sentence, language=language) if p.days and p.days.start.month == 1
    )

    assert not january.is_year_known


@pytest.mark.parametrize(("language", "sentence"), _BORROWED)
def test_the_day_of_the_report_tells_the_year(language, sentence):
    told = find_periods(sentence, language=language, published=dt.date(2025, 2, 3))

    assert any(p.days and p.days.start == dt.date(2025, 1, 1) and p.is_year_known for p in told)


def test_a_month_beside_another_is_of_its_year():
    found = find_periods("505 sq km in November and 430 sq km in December 2024.")

    assert {str(p.days) for p in found} == {"2024-11-01/2024-11-30", "2024-12-01/2024-12-31"}
