"""How many people came to harm, and where nobody did."""

import datetime as dt

import pytest

from geoconflict.drafting import draft_events

DAY = dt.date(2025, 11, 14)


def told(text):
    events = draft_events(text, published=DAY).events
    return [tuple(e.value(c) for c in ("kind", "killed", "injured")) for e in events]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A depot near Tikhoretsk was hit by drones. He reported no casualties.", ("strike", 0, 0)),
        ("A drone struck Kherson, wounding two. There were no deaths.", ("strike", 0, 2)),
        ("Дрон упал на дом в Белгороде. Пострадавших, по данным Гладкова, нет.", ("strike", 0, 0)),
        ("В результате удара по Курску ранены двое, погибших нет.", ("strike", 0, 2)),
        ("Над Тульской областью сбит дрон. Ни разрушений, ни раненых.", ("interception", None, 0)),
        ("Над Сумщиною збито один дрон, постраждалих і руйнувань немає.", ("interception", 0, 0)),
        ("Над областью сбито 30 БПЛА, никто не пострадал, пишет Гусев.", ("interception", 0, 0)),
    ],
)
def test_where_nobody_came_to_harm_the_number_is_nought(text, wanted):
    assert told(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "За ніч збито 60 дронів над Києвом та 5 над Одесою. Жертв немає.",
        "No casualties were reported in Odesa after the strike on it and on Izmail.",
    ],
)
def test_nobody_is_said_of_no_single_one_of_several_events(text):
    assert {row[1:] for row in told(text)} == {(None, None)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A Shahed hit a garage in Nikopol. A watchman, 58, was killed and his wife was wounded.",
         [("Nikopol", 1, 1)]),
        ("A missile struck Lozova, wounding four railway workers and killing two train drivers.",
         [("Lozova", 2, 4)]),
        ("Дрон ударив по Нікополю, семеро поранених. Чоловік, поранений тоді, помер у лікарні.",
         [("Nikopol", 1, 7)]),
        ("Удар по Запоріжжю: п'ятеро загиблих. Загиблих не п'ятеро, а четверо, уточнив Федоров.",
         [("Zaporizhzhia", 4, None)]),
        ("У Краматорську дрон поранив трьох. Усього за добу на Донеччині поранені вісім людей.",
         [("Kramatorsk", None, 3)]),
        ("Over the past day two died in Kherson region. A drone hit Beryslav, a medic was wounded.",
         [("Beryslav", None, 1)]),
        ("Missiles killed six people in Kyiv and wounded 12 in the Kyiv region.",
         [("Kyiv", 6, None)]),
        ("Drones hit Sumy and Konotop. In Konotop, no one was hurt; in Sumy five were wounded.",
         [("Sumy", None, 5), ("Konotop", 0, 0)]),
        ("In Odesa a drone struck a market and a hospital was hurt by debris.",
         [("Odesa", None, None)]),
        ("Ракета влучила в Куп'янськ. На Харківщині загинуло двоє людей, повідомив Синєгубов.",
         [("Kupiansk", 2, None)]),
    ],
)  # fmt: skip
def test_people_are_counted_once_where_they_were_and_a_correction_stands(text, wanted):
    events = draft_events(text, published=DAY).events
    assert [tuple(e.value(c) for c in ("place", "killed", "injured")) for e in events] == wanted


def test_the_dead_of_a_region_told_before_a_strike_on_a_town_of_it_are_in_doubt():
    text = "Three people died in Russia's Rostov region. A drone hit a house in Taganrog."
    (event,) = draft_events(text, published=DAY).events
    assert (event.value("killed"), event.cells["killed"].certainty) == (3, "open")
