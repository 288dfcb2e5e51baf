"""From three articles of 4, 6 and 2 events to a casebook that validates, with few cells to type."""

import datetime as dt

from geoconflict import read_casebook
from geoconflict.drafting import draft_events, new_casebook, write_validated
from geoconflict.drafting.cells import Source
from geoconflict.drafting.joining import take_rows
from tests.benchmarks.drafting import rows, walk
from tests.drafting.test_gold import GOLD

ARTICLES = ("g02ru", "g04ru", "walk2en")
MOST_CELLS = 30


def test_three_articles_leave_few_cells_to_type():
    score, parts = walk(GOLD, ARTICLES)
    assert score.counts["gold"] == 4 + 6 + 2
    assert sum(parts.values()) <= MOST_CELLS, parts


def test_what_is_drafted_of_them_is_a_casebook_that_validates(tmp_path):
    book, days = (
        new_casebook("Walk"),
        {r["article"]: r["published"] for r in rows(GOLD / "meta.csv")},
    )
    for name in ARTICLES:
        text = (GOLD / f"{name}.txt").read_text("utf-8")
        day = dt.date.fromisoformat(days[name])
        draft = draft_events(text, source=Source(name.replace("_", "-"), name, "A paper", day))
        book = take_rows(book, draft.source, draft.rows()).casebook
    written = read_casebook(write_validated(book, tmp_path / "walk"))
    assert len(written.events) >= 4 + 6 + 2
    assert set(written.reports["source"]) == set(ARTICLES)
