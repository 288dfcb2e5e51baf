"""Floors of what is drafted from the articles of ``gold``: own words, of thirteen kinds of report.

The rules were learned on them, so that they say that nothing got worse, not how well others are
read; that stands in the README of the package.
"""

import datetime as dt
from pathlib import Path

import pytest

from geoconflict.drafting import draft_events
from geoconflict.look.labels import labels_of
from tests.benchmarks.drafting import score_folder

GOLD = Path(__file__).with_name("gold")


@pytest.fixture(scope="module")
def score():
    return score_folder(GOLD)


def test_events_are_found_and_few_are_made_up(score):
    assert score.share("found", "gold") >= 0.90
    assert score.counts["invented"] <= 7


@pytest.mark.parametrize(
    ("column", "floor"),
    [("place", 0.85), ("day", 0.90), ("actor", 0.90), ("weapon", 0.83), ("background", 0.97)],
)
def test_cells_are_right(score, column, floor):
    assert score.hits[column] / score.total[column] >= floor


def test_who_says_so_is_found(score):
    assert score.f1 >= 0.80


def test_what_is_called_certain_is_right(score):
    assert score.share("sure wrong", "sure") <= 0.03


def test_every_rule_has_its_words_on_the_review_page():
    known = {word for key, word in labels_of("en").items() if key.startswith("review.rule.")}
    rules = {
        cell.rule
        for text in GOLD.glob("*.txt")
        for event in draft_events(text.read_text("utf-8"), published=dt.date(2024, 8, 18)).events
        for cell in event.cells.values()
    }
    assert len(rules) > 20
    assert not {r for r in rules if r not in known and not known.issuperset(r.split(", "))}
