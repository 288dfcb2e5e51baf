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
