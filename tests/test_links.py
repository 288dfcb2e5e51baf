"""The same event in two sources is proposed, others are not."""

import datetime as dt

import pytest

from geoconflict import link_events
from geoconflict.casebooks.casebook import make_casebook
from geoconflict.casebooks.records import Event, MapInfo, Report, SourceInfo
from geoconflict.importers import read_bellingcat, read_viina
from tests.test_importers import DATASETS, real_files


def book(name, **changes):
    """Return a casebook with one strike on a refinery in Ryazan, but for the changes."""
    values = {
        "id": f"{name}-1",
        "kind": "strike",
        "date_start": dt.date(2025, 1, 24),
        "date_end": dt.date(2025, 1, 24),
        "lon": 39.75,
        "lat": 54.57,
        "precision_m": 1000.0,
        "target_type": "refinery",
        "effects": "Fire at the refinery after a drone attack",
    }
    event = Event(**{**values, **changes})
    source = SourceInfo(title=name, publisher=name, date=dt.date(2025, 1, 24))
    info = MapInfo(title=name, period=(event.date_start, event.date_end), sources={name: source})
    report = Report(event_id=event.id, source=name, claimant=name, stance="claims")
    return make_casebook(name, info, events=[event], reports=[report])


def test_the_same_event_in_two_sources_is_proposed_with_the_reasons():
    (link,) = link_events([book("a"), book("b", lon=39.76)])
    assert (link.first, link.second) == ("a/a-1", "b/b-1")
    assert link.score > 0.9
    # One hundredth of a degree of longitude at 54.57 degrees north.
    assert link.distance_km == pytest.approx(0.647, abs=0.005)
    assert link.within_km == 2.0
    assert "the same days" in link.reason
    assert "the same target (refinery)" in link.reason
    assert "both say after, attack, drone, fire, refinery" in link.reason


@pytest.mark.parametrize(
    "changes",
    [
        {"lon": 39.80},
        {"date_start": dt.date(2025, 1, 26), "date_end": dt.date(2025, 1, 26)},
        {"lon": None, "lat": None, "precision_m": None},
        {"kind": "advance", "effects": "A village taken"},
        {"target_type": "bank", "effects": "Windows broken", "lon": 39.765},
    ],
)
def test_what_is_elsewhere_on_another_day_or_nowhere_is_not(changes):
    assert link_events([book("a"), book("b", **changes)]) == []


def test_the_morning_after_counts_for_less():
    day = dt.date(2025, 1, 25)
    (same,) = link_events([book("a"), book("b")])
    (after,) = link_events([book("a"), book("b", date_start=day, date_end=day)])
    assert after.days_apart == 1
    assert after.score < same.score


def test_words_in_two_scripts_are_not_held_against_a_pair():
    (link,) = link_events([book("a"), book("b", effects="Пожежа на заводі")])
    assert "no words to compare" in link.reason
    assert link.score <= 0.8


def test_day_and_place_alone_are_never_nearly_sure():
    bare = {"kind": "other", "target_type": None, "effects": None}
    (link,) = link_events([book("a", **bare), book("b", **bare)], least_score=0.0)
    assert link.score <= 0.7


def test_no_pair_is_said_to_lie_within_more_than_is_allowed():
    (link,) = link_events(
        [book("a", precision_m=100_000.0), book("b", precision_m=100_000.0)], least_score=0.0
    )
    assert link.within_km == 100.0
    far = book("b", precision_m=100_000.0, lon=41.5)
    assert link_events([book("a", precision_m=100_000.0), far], least_score=0.0) == []


@real_files
def test_events_of_bellingcat_and_viina_are_linked_near_and_on_the_same_days():
    civharm = read_bellingcat(DATASETS / "bellingcat" / "ukr-civharm-2023-03-25.csv").casebook
    viina = read_viina(DATASETS / "viina_derived" / "VIINA_2023_REBUILD.csv").casebook
    links = link_events([civharm, viina], least_score=0.0)
    assert len(links) == 25
    assert all(link.days_apart <= 1 for link in links)
    assert all(link.distance_km <= link.within_km <= 100 for link in links)
    # The rows of this file say neither what happened nor in which words.
    assert all(link.score <= 0.7 for link in links)


def test_a_source_is_not_linked_with_itself():
    assert link_events([book("a"), book("a", id="a-2")]) == []


def test_the_order_of_casebooks_does_not_matter():
    books = [book("a"), book("b"), book("c", lon=39.752)]
    assert link_events(books) == link_events(books[::-1])
    assert len(link_events(books)) == 3
