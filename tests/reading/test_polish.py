"""A fourth language is read by its data file: Polish distances, borders, days, hedges, units."""

import pytest

from geoconflict import check_claims, read_claims
from tests.conftest import REPOSITORY, read_table

ROWS = read_table(REPOSITORY / "tests" / "reading" / "polish.csv")
FIELDS = ("language", "subject", "reference", "unit", "direction", "hedge", "date")


def _read(claim):
    return {name: getattr(claim, name) or "" for name in FIELDS}


@pytest.mark.parametrize("sentence", dict.fromkeys(row["sentence"] for row in ROWS))
def test_what_a_polish_sentence_states_is_read(sentence):
    expected = [row for row in ROWS if row["sentence"] == sentence]
    claims = read_claims(sentence)
    assert [_read(claim) for claim in claims] == [
        {name: row[name] for name in FIELDS} for row in expected
    ]
    assert [claim.value_min for claim in claims] == [float(row["value_min"]) for row in expected]


def test_polish_claims_are_checked_by_their_hedges():
    texts = ["Riazań leży ponad 450 km od granicy z Ukrainą.", "Kursk jest 900 km od granicy."]
    checks = check_claims([claim for text in texts for claim in read_claims(text)])
    # Ryazan lies 462.5 km from the border, Kursk 91 km.
    assert [check.verdict for check in checks] == ["supported", "contradicted"]


@pytest.mark.parametrize("word", ["Zelenska", "Alaska", "Petrowa", "Malinowska"])
def test_no_name_of_another_kind_becomes_a_place_by_a_polish_ending(gazetteer, word):
    assert gazetteer.resolve(word).status == "unknown"
