"""The levels of cells and events: what is often wrong is open, so that ``--sure likely`` holds."""

import datetime as dt

import pytest

from geoconflict.drafting import draft_events

_DAY = dt.date(2024, 11, 7)


def _levels(text, gazetteer):
    (event,) = draft_events(text, published=_DAY, gazetteer=gazetteer).events
    return {name: cell.certainty for name, cell in event.cells.items()}


def test_event_told_in_full_is_likely(gazetteer):
    text = "A drone struck the Ryazan refinery on the night of November 5 to 6, killing two people."
    levels = _levels(text, gazetteer)
    assert levels["kind"] == levels["killed"] == "likely"


def test_numbers_at_odds_are_open(gazetteer):
    text = (
        "A missile struck Kharkiv on November 6, killing two people.\n\n"
        "The death toll in Kharkiv has risen to four people killed."
    )
    event = draft_events(text, published=_DAY, gazetteer=gazetteer).events[0]
    cell = event.cells["killed"]
    assert (cell.value, cell.certainty) == (4, "open")


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces struck Kharkiv on November 6.",
        "Drones struck Kharkiv Oblast on November 6.",
        "12 drones were shot down.",
    ],
)
def test_event_of_few_words_is_open_and_not_taken_as_likely(text, gazetteer):
    draft = draft_events(text, published=_DAY, gazetteer=gazetteer)
    assert [event.cells["kind"].certainty for event in draft.events] == ["open"]
    assert draft.rows(sure="likely") == []
    assert draft.rows(sure="open") or not draft.events[0].value("country")
