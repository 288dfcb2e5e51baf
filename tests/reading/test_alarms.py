"""Kinds of sentences that once raised a false alarm or gave false comfort: what is said now."""

import datetime as dt
from pathlib import Path

import pytest

from geoconflict import check_claims, read_claims
from tests.conftest import read_table

ROWS = read_table(Path(__file__).parent / "alarms.csv")
# Made up and wrong, a line each: the day of the report or nothing, and the text.
FALSE = [
    line.split("\t")
    for line in (Path(__file__).parent / "false.txt").read_text("utf-8").splitlines()
]
# What states nothing that could be measured.
SILENT = [
    "A pipeline of 300 km from Kharkiv to Poltava burst.",
    "The river flows 500 km from Kursk to Sumy.",
    "They hold a front of 1,200 km from Kharkiv to Kherson.",
    "До Москвы 300 километров. Так пишут.",
    "Sumy is not 100 km from the border.",
    "Трасса М-4 перекрыта на 120 км между Ростовом-на-Дону и Краснодаром.",
    "Трасу закрито на 20 км між Полтавою та Харковом.",
    "Ukrainian drones flew 1,000 km, then 200 km more, to Ufa.",
    "Звідси 30 км до Харкова, 140 до Полтави, а до Києва – 480.",
    "Отсюда 30 км до Харькова, 140 до Полтавы, а до Киева – 480.",
    "Kursk and Oryol were hit; the border is 90 km from there.",
    "Trains run between Kyiv and Fastiv. The craters are 20 km apart.",
    "They lost 50 to 100 of 138,500 to 200,000.",
    "The village lies between Kupiansk and Izium, 40 km from the former.",
    "В Белгороде задержали жителя Курска, ехавшего 150 км от Воронежа.",
    "Дистанція польоту ракети сягає 300 км від кордону.",
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['value']}: {row['text'][:40]}")
def test_each_kind_is_read_and_judged_rightly(row):
    published = dt.date.fromisoformat(row["date"]) if row["date"] else None
    checks = check_claims(read_claims(row["text"], published=published))
    claims = [check.claim for check in checks]
    value = float(row["value"]) if row["value"] else None
    wanted = (row["kind"], value, row["unit"] or None, row["subject"], row["reference"])
    found = [
        check
        for check, c in zip(checks, claims, strict=True)
        if (c.kind, c.value_min, c.unit, c.subject or "", c.reference or "") == wanted
    ]
    assert found, [(c.kind, c.value_min, c.unit, c.subject, c.reference) for c in claims]
    assert found[0].verdict == row["verdict"], found[0].reason
    if row["claim_date"]:
        assert found[0].claim.date == row["claim_date"]


def test_a_share_of_another_country_or_of_a_district_is_none_of_ukraine():
    texts = [
        "Moldova lost 1,800 sq km and 4,163 sq km, 18 percent of the country.",
        "Вода затопила 12 кв. км, 5% території громади.",
        "Вода затопила 12 кв. км, 5% территории района.",
    ]
    shares = [claim for text in texts for claim in read_claims(text) if claim.kind == "share"]
    assert shares == []


def test_a_share_of_launched_arms_is_of_the_number_that_says_it_again():
    text = "Of the 150 drones launched at 3 regions, 60 percent, or 90, hit."
    (check,) = [c for c in check_claims(read_claims(text)) if c.claim.kind == "share"]
    assert check.verdict == "supported"
    assert check.reason == "90 drones of 150 drones makes 60 %"


def test_a_place_in_crimea_is_said_to_lie_within_ukraine():
    (check,) = check_claims(read_claims("Saky airfield lies 200 km inside Russia."))
    assert check.verdict == "contradicted"
    assert any("itself lies within Ukraine" in note for note in check.notes)


def test_parts_of_a_list_are_told_beside_their_whole():
    text = "121 drones were shot down: 20 over Ryazan, 100 over Kursk, 17 over Bryansk and others."
    (check,) = [c for c in check_claims(read_claims(text)) if c.claim.value_min == 0]
    assert check.verdict == "contradicted"
    assert check.reason.startswith("of 121 drones the parts that are told are 137 drones")


@pytest.mark.parametrize(("day", "text"), FALSE)
def test_what_is_false_is_caught(day, text):
    published = dt.date.fromisoformat(day) if day else None
    verdicts = {check.verdict for check in check_claims(read_claims(text, published=published))}
    assert verdicts & {"off", "contradicted"}


@pytest.mark.parametrize("text", SILENT)
def test_nothing_is_measured_where_nothing_is_stated(text):
    assert [
        c for c in read_claims(text, published=dt.date(2025, 1, 24)) if c.kind == "distance"
    ] == []
