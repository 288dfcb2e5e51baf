"""Numbers computed from others of the same text: differences, sums, shares, superlatives."""

import datetime as dt
import time
from pathlib import Path

import pytest

from geoconflict import check_claims, read_claims
from geoconflict.casebooks.records import Claim
from tests.conftest import read_table

ROWS = read_table(Path(__file__).parent / "comparisons.csv")
ALARMS = {"off", "contradicted"}


def verdicts(text):
    checks = check_claims(read_claims(text, published=dt.date(2025, 10, 20)))
    return {check.verdict for check in checks}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['expect']}: {row['text'][:50]}")
def test_what_a_text_computes_is_computed_again(row):
    found = verdicts(row["text"])
    if row["expect"] == "alarm":
        assert found & ALARMS
    else:
        assert not found & ALARMS
        assert row["expect"] == "no alarm" or "supported" in found


def test_months_of_no_known_year_are_compared_within_a_sentence():
    texts = {
        "In March they took 133 sq km, half as much as in February (201).": True,
        "У березні вони зайняли 133 кв. км – удвічі менше, ніж у лютому (266).": False,
        "В марте заняли 133 кв. км – больше, чем в январе (64) и феврале (59) вместе.": False,
        "В марте заняли 133 кв. км – больше, чем в январе (164) и феврале (59) вместе.": True,
    }
    found = {text: {c.verdict for c in check_claims(read_claims(text))} for text in texts}
    assert {text: bool(told & ALARMS) for text, told in found.items()} == texts


def checked(**claim):
    """Return the check of the last row of a small casebook of counts, an area and its pace."""
    known = [
        {"id": "bryansk", "kind": "count", "value_min": 37, "unit": "drones"},
        {"id": "ryazan", "kind": "count", "value_min": 20, "unit": "drones"},
        {"id": "rest", "kind": "area", "value_min": 8500, "unit": "km2"},
        {"id": "pace", "kind": "rate", "value_min": 15, "unit": "km2/day"},
        {"id": "asked", **claim},
    ]
    return check_claims([Claim(source="paper", **row) for row in known])[-1]


def test_a_row_can_be_the_sum_of_others():
    said = {"kind": "count", "unit": "drones", "subject": "claim:bryansk+ryazan"}
    assert checked(value_min=57, **said).verdict == "supported"
    wrong = checked(value_min=90, **said)
    assert wrong.verdict == "contradicted"
    assert wrong.reason == "57 drones in all (37 drones and 20 drones)"


def test_a_row_can_be_the_time_at_a_pace():
    said = {"kind": "count", "subject": "claim:rest", "reference": "claim:pace"}
    # 8,500 / 15 = 566.7 days, 1.55 years.
    assert checked(value_min=570, unit="day", hedge="about", **said).verdict == "supported"
    wrong = checked(value_min=3, unit="year", **said)
    assert wrong.verdict == "contradicted"
    assert wrong.say("uk").reason == "8 500 км² за темпу 15 км² на день — це 1,55 року"


def test_a_shown_sum_is_the_arithmetic_of_the_numbers_shown():
    said = {"kind": "share", "unit": "times", "subject": "claim:bryansk"}
    check = checked(value_min=2, reference="claim:ryazan", **said)
    # 37 / 20 = 1.85.
    assert check.reason == "37 drones of 20 drones makes 1.85 times"


def test_more_than_both_together_is_a_difference_above_nothing():
    text = (
        "In July they took 233 sq km, in August 477 sq km and in September 478 sq km, more than in"
    )
    checks = check_claims(
        read_claims(f"{text} July and August combined.", published=dt.date(2025, 10, 20))
    )
    check = checks[-1]
    assert check.claim.value_min == 0
    assert check.verdict == "contradicted"
    assert check.reason == "478 km² less 710 km² in all (233 km² and 477 km²) makes −232 km²"


@pytest.mark.parametrize(
    ("day", "verdict"), [(25, "supported"), (30, "off"), (5, "off")], ids=["25 of 30", "all", "5"]
)
def test_of_a_month_that_is_not_over_the_days_so_far_count_too(day, verdict):
    """505 / 25 is 20.2, 505 / 30 is 16.8, and of five days it would be 101."""
    text = "Russian forces took 505 square kilometres in November, or about 20 a day."
    claims = read_claims(text, published=dt.date(2025, 11, day))
    (rate,) = (c for c in check_claims(claims) if c.claim.kind == "rate")
    assert rate.verdict == verdict


def test_no_total_is_judged_where_not_all_its_parts_are_understood():
    """The parts make 102; of the seas and "the rest" it is not told how many are meant."""
    text = """Сбиты 102 беспилотника: 26 над Воронежской областью, 22 над Белгородской, \
16 над Астраханской, 14 над Ставропольем, по 8 над Курской и Черным морем, 8 над остальными."""
    assert not verdicts(text)


def test_many_words_between_two_numbers_are_read_at_once():
    words = "жінок постраждала із споруди та жінка. вдарили артилерії, "
    started = time.process_time()
    read_claims(f"Поранено 17 людей: 9 чоловіків, 6 {words} 2 будинки, Нікополь разів: дронами.")
    assert time.process_time() - started < 4


def test_a_number_beyond_all_counts_is_no_count():
    assert verdicts("Загинули 5 людей, 999 999 999 999 млрд і 7, усього 12.") <= {"undetermined"}
    assert not read_claims("Новокуйбышевск в 20 999 999 999 999 млрд км от Самары.", language="ru")
