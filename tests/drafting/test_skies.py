"""Counts of what was launched and shot down, told in the many ways of staffs and channels."""

import pytest

from geoconflict.drafting import draft_events

DAY = "2025-11-25"


def counts(text):
    found = draft_events(text, published=DAY).events
    return [(e.value("admin1"), e.value("launched"), e.value("shot_down")) for e in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Воздушные силы говорят о рекорде: 472 беспилотника за ночь. Сбито из них 382.",
            [(None, 472, 382)],
        ),
        ("Міноборони РФ: 132 дрони за ніч, з них 54 над Саратовською областю, 40 над Воронезькою.",
         [(None, None, 132), ("RU-SAR", None, 54), ("RU-VOR", None, 40)]),
        ("ПВО по версии МО: 53 борта за ночь, из них 21 над Курской областью.",
         [(None, None, 53), ("RU-KRS", None, 21)]),
        ("UAF tally: 250 drones and 14 missiles in. Drones: 128 shot down. Missiles: 6 shot down.",
         [(None, 250, 128), (None, 14, 6)]),
        ("RU MoD: 94 UAVs intercepted overnight, 64 of them over Belgorod obl.",
         [(None, None, 94), ("RU-BEL", None, 64)]),
        ("Губернатор Смоленской области Василий Анохин заявил, что сбит один беспилотник.",
         [("RU-SMO", None, 1)]),
        ("Kiev tried to hit Belgorod region with ATACMS missiles; all four were downed.",
         [("RU-BEL", None, 4)]),
        ("Russian air defences shot down 61 drones and eight U.S.-made HIMARS rockets.",
         [(None, None, 61), (None, None, 8)]),
        ("Повітряні сили: 3 БпЛА на Сумщині курсом на захід.", []),
        ("Минобороны РФ закупит 300 беспилотников за ночные полёты.", []),
        ("Повітряні сили отримали 20 дронів за ніч.", []),
    ],
)  # fmt: skip
def test_what_is_counted_without_a_verb_is_known_by_who_counts_it(text, wanted):
    assert counts(text) == wanted


def test_air_targets_are_no_drones_for_sure():
    text = "Ночью над Белгородской областью уничтожены 13 воздушных целей."
    (event,) = draft_events(text, published=DAY).events
    assert event.cells["weapon"].certainty == "open"


@pytest.mark.parametrize(
    "text",
    [
        (
            "Минулої ночі, за даними Повітряних сил, противник ударив по Україні п'ятьма ракетами "
            "та 75 безпілотниками; станом на ранок підтверджено збиття 25 ударних БпЛА."
        ),
        (
            "Вночі ворог атакував Україну 75 ударними БпЛА та двома ракетами. Станом на 8:30 "
            "силами протиповітряної оборони збито 25 дронів."
        ),
        "Уночі ворог ударив по Україні 75 дронами, 25 із них збито.",
        "Ночью противник нанёс удар по Украине 75 беспилотниками; подтверждено сбитие 25 БпЛА.",
        "Russia attacked Ukraine overnight with 2 missiles and 75 drones; 25 drones were downed.",
        "The enemy struck with 75 drones overnight. Air defences shot down 25 of them.",
    ],
)
def test_what_an_attack_was_made_with_was_launched_and_not_shot_down(text):
    (event,) = draft_events(text, published="2025-04-17").events
    told = [event.value(name) for name in ("kind", "weapon", "actor", "launched", "shot_down")]
    assert told == ["interception", "drone", "UA", 75, 25]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Уночі над Києвом збили шість дронів.", "UA"),
        ("Ночью над Киевом сбили шесть дронов.", "UA"),
        ("Kyiv shot down six drones over the city.", "UA"),
        ("Над Таганрогом ночью сбили 12 беспилотников.", "RU"),
        ("Над Белгородской областью сбили 4 украинских беспилотника.", "RU"),
    ],
)
def test_a_city_over_which_drones_were_shot_down_does_not_own_them(text, side):
    (event,) = draft_events(text, published="2025-03-20").events
    assert event.value("actor") == side
