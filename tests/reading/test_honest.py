"""Honest or unclear sentences: whatever is read of them, nothing may come out as refuted."""

import datetime as dt

import pytest

from geoconflict import Fronts, check_claims, read_claims
from tests.conftest import REPOSITORY

DEEPSTATE = REPOSITORY.parent / "shared" / "fronts" / "deepstate"
HONEST = """
Відстань від Краматорська до Покровська — близько 60 кілометрів.
Мирноград лежить за 8 км на схід від Покровська.
Volchansk, 5 km from the border, burns.
Russian troops captured the village of Shevchenko, 10 km south of Pokrovsk.
A soldier from Ternopil died 40 km from Kharkiv.
The missile, launched from Kursk, fell 30 km from Poltava.
Drones launched from Primorsko-Akhtarsk hit a bridge 25 km south of Odesa.
The 92nd Brigade, formed in Chuhuiv, fights 25 km from Kupiansk.
The ship sank off Odesa 90 km from Snake Island.
Губернатор Білгорода повідомив, що дрон збили за 50 км від кордону.
The governor of Bryansk said 20 drones were shot down over the region, 12 km from the border.
Some 30 km from the border, volunteers bring food from Dnipro every week.
At a field hospital 25 km from the front line, medics from Lviv treat the wounded.
Drones struck Bryansk Oblast. Moscow said it shot down drones 300 km from the border.
Explosions shook Engels. The ministry said it had destroyed four drones 100 km from the border.
Ukraine hit Saratov. Its drones were launched 40 km from the front line.
Kurakhove is 35 km west of Donetsk, Toretsk is 40 km north of it.
The attack on Kursk came a day after a strike on Belgorod. The city is 40 km from the border.
Toropets has an arsenal. The town in Tver Oblast lies about 480 km north of the Ukrainian border.
Borova is 35 km from Kupiansk. The settlement lies on the Oskil reservoir, 30 km south of Kupiansk.
Debris fell in Krasnodar, 80 km from the coast.
Half of Ukraine is without heating.
Agricultural land makes up 70 percent of Ukraine's territory.
A third of Ukraine's power capacity was lost.
Ukraine holds about 480 sq km of Kursk Oblast.
Ukraine lost 17 square kilometers in Kursk Oblast in January.
Ukrainian forces liberated 400 sq km in Kherson Oblast.
The gray zone covers 50 sq km near Pokrovsk.
The nature reserve, occupied by Russia, covers 200 sq km.
Под контролем Киева остаётся 22% Донецкой области.
He drove from Dnipro to Pavlohrad, 60 km away, then to Pokrovsk, another 110 km.
The Ukrainian border is 40 km from Belgorod.
Ukraine's border with Belarus is 90 km from Kyiv.
The drone crashed 100 km from Moscow in Kaluga Oblast.
They fought 30 km north of Kyiv near Hostomel.
До лінії фронту від міста 5 км. Мирноград лежить у Донецькій області.
Удар завдали по аеродрому в Міллерово, що за 20 км від українського кордону.
Tula is 340 km from the border.
Ukraine's drones hit a refinery in Saratov. The city, 720 km southeast of Moscow, is a rail hub.
In January Russian forces seized 498 square kilometres, about 16.1 square kilometres per day.
Taganrog, a port on the Sea of Azov about 60 km west of Rostov-on-Don, was hit.
Berdiansk, a resort on the Azov coast 70 km southwest of Mariupol, is occupied.
Konotop, twinned with Kursk, is about 120 km west of Sumy, and 70 km from the Russian border.
Довжина лінії фронту перевищує 1000 км, від Харкова до Херсона.
Протяжённость линии фронта от Купянска до Херсона превышает 1000 км.
Поезд из Ростова-на-Дону в Московскую область задержали.
Sudzha lies about 9 km (6 miles) from the border.
Ukraine holds about 450 square kilometres of Kursk region, down from 1,376 sq km in August.
""".strip().splitlines()


@pytest.fixture(scope="module")
def fronts():
    if not DEEPSTATE.exists():
        pytest.skip("the snapshots beside the project are not here")
    return Fronts.read(DEEPSTATE)


def refuted(sentence, fronts=None):
    claims = read_claims(sentence, published=dt.date(2025, 1, 24))
    checks = check_claims(claims, fronts=fronts)
    return [(c.stated, c.reason) for c in checks if c.verdict in ("off", "contradicted")]


@pytest.mark.parametrize("sentence", HONEST)
def test_an_honest_sentence_raises_no_alarm(sentence):
    assert refuted(sentence) == []


@pytest.mark.filterwarnings("ignore::geoconflict.errors.SnapshotWarning")
@pytest.mark.parametrize("sentence", HONEST)
def test_nor_does_it_with_snapshots_of_the_front(sentence, fronts):
    assert refuted(sentence, fronts) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "In Engels, 640 km from Ukraine's border, a depot burned.",
        "Ryazan is over 700 km from the border of Ukraine.",
        "Saratov lies around 500 km west of Ukraine's border.",
        "Енгельс лежить за 640 км від українського кордону.",
        "18 sq km (11 square miles) a day were taken in December.",
    ],
)
def test_a_wrong_figure_does(sentence):
    assert refuted(sentence)
