"""Figures that no claim is made of: they are listed, and none of those that are checked."""

import pytest

from geoconflict import check_claims, check_report, find_unread, read_claims
from geoconflict.claims.verdicts import checked_claims


def unread(text):
    checks = check_claims(read_claims(text))
    return [one.text for one in find_unread(text, checked_claims(checks))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Prices rose 9 percent. Ryazan is 470 km from Ukraine's border, its wall 12 km long.",
            ["12 km", "9 percent"],
        ),
        (
            "Ціни зросли на 9%. Рязань лежить за 470 км від кордону України, мур має 12 км.",
            ["12 км", "9%"],
        ),
        (
            "Цены выросли на 9%. Рязань лежит в 470 км от границы Украины, стена – 12 км.",
            ["12 км", "9%"],
        ),
    ],
)
def test_what_no_claim_is_made_of_is_listed_distances_first(text, wanted):
    assert unread(text) == wanted


def test_a_number_that_another_is_computed_from_is_not_listed():
    assert unread("In January they took 310 sq km, or 10 sq km a day.") == []


def test_an_area_that_nothing_can_be_held_to_is_listed():
    text = "Загарбано 114 493 км². Це на 5 842 км² більше, ніж рік тому."
    assert "5 842 км²" in unread(text)


def test_counts_and_money_are_listed_last_and_dates_and_ages_are_not():
    text = "On 5 May 14 tanks burned, worth 3 million euros, on 2 km of road; a man, 61, was hurt."
    assert unread(text) == ["2 km", "14 tanks", "3 million euros"]


def test_each_is_shown_where_it_stands():
    text = "One day passed.\n\nThe Druzhba pipeline, 4,000 km long, carries oil to the west."
    (one,) = find_unread(text, read_claims(text))
    assert text[one.start : one.end] == one.text == "4,000 km"
    assert one.context.startswith("The Druzhba pipeline, **4,000 km** long")
    assert (one.value_min, one.value_max, one.unit) == (4000.0, None, "km")


def test_an_assistant_gets_them_too():
    (one,) = check_report("The Druzhba pipeline is 4,000 km long.")["not_checked"]
    assert (one["text"], one["value_min"]) == ("4,000 km", 4000.0)
