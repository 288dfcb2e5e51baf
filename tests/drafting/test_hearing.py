"""Who is heard on what was told before, and who owns up to it."""

import datetime as dt

import pytest

from geoconflict.drafting import draft_events

DAY = dt.date(2025, 10, 9)  # a Thursday


def heard(text):
    """Who speaks of the last event, with their stance."""
    event = draft_events(text, published=DAY).events[-1]
    return {(report.claimant.value, report.stance.value) for report in event.reports}


AGAIN = [
    (
        (
            "The General Staff denied that Russian troops had taken Komar. "
            "The defence ministry in Moscow had announced the capture on Monday."
        ),
        ("defence ministry in Moscow", "claims"),
    ),
    (
        (
            "Генштаб спростував захоплення Колодязів. "
            "Про взяття села раніше оголосило Міноборони Росії."
        ),
        ("Міноборони Росії", "claims"),
    ),
    (
        "Генштаб опроверг взятие Колодязей. О взятии села ранее объявило Минобороны РФ.",
        ("Минобороны РФ", "claims"),
    ),
]
REPELLED = [
    (
        (
            "Ночью дроны атаковали порт Приморск. Губернатор Александр Дрозденко рассказал, что в "
            "ходе отражения атаки беспилотник попал в судно."
        ),
        "claims",
    ),
    (
        (
            "Governor Alexander Bogomaz claimed that air defenses repelled the strike on Unecha "
            "and that fragments of drones caused a fire."
        ),
        "denies",
    ),
]


@pytest.mark.parametrize(("text", "voice"), AGAIN)
def test_who_speaks_again_of_the_deed_told_just_before_is_heard_on_it(text, voice):
    assert voice in heard(text)


def test_who_speaks_of_another_place_is_not_heard_on_the_one_before():
    text = "Russian troops took Komar. The General Staff told of a strike on Tula."
    first = draft_events(text, published=DAY).events[0]
    assert not first.reports


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        (
            "The 47th Mechanized Brigade denied that Russian troops had taken Komar.",
            ("47th Mechanized Brigade", "denies"),
        ),
        ("16-та бригада спростувала захоплення Колодязів.", ("16-та бригада", "denies")),
        ("16-я бригада опровергла захват Колодязей.", ("16-я бригада", "denies")),
    ],
)
def test_a_numbered_unit_speaks_right_before_its_verb(text, voice):
    assert voice in heard(text)


def test_the_number_of_a_unit_counts_nobody():
    text = "Two medics of the 93rd Brigade were killed when a drone hit a car in Druzhkivka."
    (event,) = draft_events(text, published=DAY).events
    assert event.value("killed") == 2


def test_footage_of_a_struck_place_shows_the_strike():
    text = (
        "Drones struck an oil depot in Engels overnight. Geolocated footage published on "
        "October 9 shows smoke over Engels."
    )
    assert {stance for _, stance in heard(text)} == {"geolocates"}


def test_the_day_of_a_picture_is_not_that_of_the_strike():
    text = (
        "Satellite images taken by Planet Labs on October 7 show burnt tanks at the Feodosia oil "
        "terminal. The General Staff had claimed a strike there on the night of October 5 to 6."
    )
    (event,) = draft_events(text, published=DAY).events
    assert (event.value("date_start"), event.value("date_end")) == ("2025-10-05", "2025-10-06")


@pytest.mark.parametrize(("text", "stance"), REPELLED)
def test_who_tells_of_a_hit_owns_up_to_it_though_the_attack_was_repelled(text, stance):
    assert {told for _, told in heard(text)} == {stance}


def test_a_staff_that_calls_the_taking_of_a_village_untrue_denies_it():
    text = (
        "Сводка Министерства обороны РФ\n\nСообщения о взятии Черкасской Конопельки в Курской "
        "области не соответствуют действительности, посёлок под контролем войск."
    )
    assert {stance for _, stance in heard(text)} <= {"denies"}


@pytest.mark.parametrize(
    "text",
    [
        "A drone hit a school in Enerhodar on Tuesday, its Russian-installed mayor said.",
        "В Енергодарі дрон влучив у школу, пише окупаційний очільник Максим Пухов.",
        "В Энергодаре дрон попал в школу, заявил глава оккупационной администрации.",
    ],
)
def test_who_struck_a_town_by_the_front_that_an_occupation_runs_is_open(text):
    (event,) = draft_events(text, published=DAY).events
    assert event.value("actor") is None


def test_who_struck_a_town_by_the_front_is_told_where_no_occupation_speaks():
    (event,) = draft_events(
        "A drone hit a school in Nikopol, its mayor said.", published=DAY
    ).events
    assert event.value("actor") == "RU"
