"""Honest or unclear sentences: whatever is read of them, nothing may come out as refuted."""

import datetime as dt
from pathlib import Path

import pytest

from geoconflict import Fronts, check_claims, read_claims
from tests.conftest import REPOSITORY, read_table

DEEPSTATE = REPOSITORY.parent / "shared" / "fronts" / "deepstate"
# What each of them states; an end that the sentence leaves open is empty.
HONEST = read_table(Path(__file__).parent / "honest.csv")
# What states nothing to be checked, each beside a neighbour that does.
SILENT = {
    "Half of Ukraine is without heating.": "Half of Ukraine is occupied.",
    "Agricultural land makes up 70 percent of Ukraine's territory.": (
        "Occupied land makes up 20 percent of Ukraine's territory."
    ),
    "A third of Ukraine's power capacity was lost.": "A third of Ukraine's territory was lost.",
    "Довжина лінії фронту перевищує 1000 км, від Харкова до Херсона.": (
        "Відстань від Харкова до Херсона перевищує 400 км."
    ),
    "Протяжённость линии фронта от Купянска до Херсона превышает 1000 км.": (
        "Расстояние от Купянска до Херсона превышает 400 км."
    ),
    "Поезд из Ростова-на-Дону в Московскую область задержали.": (
        "От Ростова-на-Дону до Москвы около 960 км."
    ),
}


@pytest.fixture(scope="module")
def fronts():
    if not DEEPSTATE.exists():
        pytest.skip("the snapshots beside the project are not here")
    return Fronts.read(DEEPSTATE)


def read(sentence):
    return read_claims(sentence, published=dt.date(2025, 1, 24))


def refuted(claims, fronts=None):
    checks = check_claims(claims, fronts=fronts)
    return [(c.stated, c.reason) for c in checks if c.verdict in ("off", "contradicted")]


def states(claim, row):
    """Return whether a claim has the kind, value, unit and known ends of a row."""
    ends = [(claim.subject, row["subject"]), (claim.reference, row["reference"])]
    return (claim.kind, claim.value_min, claim.unit) == (
        row["kind"],
        float(row["value"]),
        row["unit"],
    ) and all(wanted in (found or "") for found, wanted in ends)


@pytest.mark.parametrize("row", HONEST, ids=lambda row: row["sentence"][:40])
def test_an_honest_sentence_is_read_and_raises_no_alarm(row):
    claims = read(row["sentence"])
    assert any(states(claim, row) for claim in claims)
    assert refuted(claims) == []


@pytest.mark.parametrize("sentence", SILENT)
def test_nothing_is_claimed_where_only_a_neighbour_would(sentence):
    assert read(sentence) == []
    (neighbour,) = read(SILENT[sentence])
    assert neighbour.subject
    assert neighbour.reference


@pytest.mark.filterwarnings("ignore::geoconflict.errors.SnapshotWarning")
def test_nor_do_they_with_snapshots_of_the_front(fronts):
    assert [found for row in HONEST if (found := refuted(read(row["sentence"]), fronts))] == []


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
    assert refuted(read(sentence))
