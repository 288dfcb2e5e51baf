"""Sentences beside snapshots: what is no gain of Russia in Ukraine is not measured as one.

The made-up pair draws a square of about 8,200 km2 in Donetsk and Kharkiv oblasts, to which 406 km2
are added in December 2024, and 620 km2 held by Ukraine in Kursk Oblast, of which half is lost.
"""

import datetime as dt

import pytest

from geoconflict import Fronts, check_claims, read_claims
from tests.conftest import REPOSITORY
from tests.fronts.conftest import quadrangle_km2

DAY = dt.date(2024, 12, 31)
WON = quadrangle_km2(37.0, 49.0, 38.0, 49.05)
KURSK = quadrangle_km2(35.2, 51.3, 35.4, 51.5)
# Not compared with what Russia holds or won in Ukraine, or fitting what is drawn.
TRUE = [
    # A difference of months is no gain.
    "In December Russian forces took 400 sq km, 68 sq km less than in November.",
    "In December they seized 68 square kilometres fewer than in November.",
    "У грудні росіяни захопили 400 км², на 68 км² менше, ніж у листопаді.",
    "У грудні приріст скоротився на 68 кв. км порівняно з листопадом.",
    "В декабре россияне захватили 400 км², на 68 км² меньше, чем в ноябре.",
    "В декабре прирост сократился на 68 кв. км по сравнению с ноябрём.",
    # What Ukraine holds or frees is none of Russia's.
    "Ukraine still holds about 310 sq km in Kursk Oblast.",
    "Kyiv's forces hold 310 sq km of Russian territory.",
    "In December Ukrainian forces liberated 12 sq km in Kharkiv Oblast.",
    "Україна утримує близько 310 кв. км у Курській області.",
    "Україна контролює 310 кв. км території Росії.",
    "У грудні ЗСУ звільнили 12 кв. км на Харківщині.",
    "Украина удерживает около 310 кв. км в Курской области.",
    "Украинские войска контролируют 310 кв. км российской территории.",
    "В декабре ВСУ освободили 12 кв. км в Харьковской области.",
    "Ukraine has lost half of the 620 sq km that it had captured in Kursk Oblast.",
    # An area of all Ukraine is not put on the oblast that is named last.
    "In December Russian forces took 400 sq km, most of it in Zaporizhzhia Oblast.",
    "In Donetsk, Kharkiv and Luhansk oblasts Russia took 400 sq km in December.",
    "У грудні росіяни захопили 400 кв. км, найбільше в Запорізькій області.",
    "В декабре россияне захватили 400 кв. км, больше всего в Запорожской области.",
    # A part of an oblast is another share of the country than all that is held.
    "The occupied part of Kharkiv Oblast makes up about 0.07% of Ukraine.",
    "Площа окупованої Харківщини складає приблизно 0,07% від усієї території України.",
    "Оккупированная часть Харьковской области составляет 0,07% территории Украины.",
    # Mines, ashes and what nobody holds.
    "Mines contaminate 139,000 sq km, and Russia occupies 1.4% of the land.",
    "The grey zone grew by 40 sq km in December.",
    "Сіра зона зросла на 40 кв. км у грудні.",
    # The years that govern.
    "Russia took 400 sq km in December, six times more than in 2023, when it took 9,999.",
]


@pytest.fixture(scope="module")
def pair():
    return Fronts.read(REPOSITORY / "tests" / "fronts" / "pair")


def checked(text, fronts):
    return check_claims(read_claims(text, published=DAY), fronts=fronts)


@pytest.mark.parametrize("text", TRUE)
def test_a_true_sentence_beside_snapshots_raises_no_alarm(text, pair):
    alarms = [
        (check.stated, check.reason)
        for check in checked(text, pair)
        if check.verdict in ("off", "contradicted")
    ]
    assert alarms == []


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (f"In December Russian forces took {WON:.0f} sq km.", "supported"),
        ("In December Russian forces took 4,000 sq km.", "contradicted"),
        (f"У грудні росіяни захопили {WON:.0f} кв. км.", "supported"),
        ("В декабре россияне захватили 4000 кв. км.", "contradicted"),
        (f"Ukraine holds {KURSK:.0f} sq km in Kursk Oblast.", "supported"),
        ("Украина удерживает 3000 кв. км в Курской области.", "contradicted"),
        # The square is 117 km high and 73 to 75 km wide.
        ("The front line is 380 km long.", "supported"),
        ("Довжина лінії фронту становить 380 км.", "supported"),
        ("Протяжённость линии фронта составляет 380 км.", "supported"),
        # Beyond what a finer or a coarser pencil would draw of a square.
        ("The front line is 450 km long.", "undetermined"),
        ("The front line is 310 km long.", "undetermined"),
        ("The front line is 3,000 km long.", "contradicted"),
        # The strip that was won is 5.6 km wide; Lyman lies at its edge.
        ("Russian forces advanced 5 km near Lyman in Donetsk Oblast in December.", "supported"),
        ("Росіяни просунулися на 5 км біля Лимана на Донеччині у грудні.", "supported"),
        ("Russian forces advanced 60 km near Lyman in Donetsk Oblast in December.", "undetermined"),
    ],
)
def test_what_snapshots_draw_is_judged(text, verdict, pair):
    checks = [check for check in checked(text, pair) if check.claim.reference == "front:"]
    assert [check.verdict for check in checks] == [verdict], [c.reason for c in checks]
