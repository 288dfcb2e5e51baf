"""Objects show themselves in a notebook, with every text escaped."""

import datetime as dt
import re
from dataclasses import replace

import pytest

import geoconflict as gc
from geoconflict.cards import html
from geoconflict.casebooks.records import Claim
from geoconflict.facts import fact
from tests.conftest import REPOSITORY

SQUARES = REPOSITORY / "tests" / "fronts" / "squares"
EVIL = '<img src=x onerror="alert(1)">'


@pytest.fixture(scope="module")
def checks(january):
    return gc.check_claims(january)


def shown(thing):
    return thing._repr_html_()


def test_a_place_shows_where_it_is_and_how_exactly(gazetteer):
    card = shown(gazetteer.resolve("Ryazan").place)
    for words in ("Ryazan (Ryazan Oblast, RU)", "lon, lat (degrees)", "GeoNames", "km"):
        assert words in card


def test_an_ambiguous_name_shows_its_candidates(gazetteer):
    card = shown(gazetteer.resolve("Pishchane"))
    assert "ambiguous" in card
    assert card.count("<tr>") >= 3


def test_a_check_shows_verdict_reason_and_map(checks):
    check = next(c for c in checks if c.verdict == "off" and c.claim.kind == "distance")
    card = shown(check)
    for words in ("off", "Alabuga", "km", "<svg"):
        assert words in card


def test_checks_are_a_coloured_table_and_a_frame_with_units(checks):
    card = shown(checks)
    assert f"checks: {len(checks)}" in card
    assert "contradicted" in card
    table = checks.table()
    assert len(table) == len(checks)
    ryazan = table[table["stated"].str.startswith("Ryazan (Ryazan Oblast, RU): roughly 500")]
    first = table.set_index("id").loc["ryazan-border"]
    assert (first["event"], first["source"]) == (
        "2025-01-24-ryazan-refinery",
        "kyiv-independent-2025-01-24",
    )
    assert first["claimant"]
    assert ryazan["distance_km"].item() == pytest.approx(462.5, abs=0.5)
    assert table.loc[table["verdict"] == "off", "gap_percent"].min() == pytest.approx(-9.6, abs=0.1)
    assert gc.check_claims([]).table().columns.tolist() == table.columns.tolist()


def test_a_casebook_shows_counts_period_and_a_map(january):
    card = shown(january)
    for words in ("2024-12-31 to 2025-02-03", f"{len(january.events)}, of which", "<svg"):
        assert words in card
    assert card.count("h0") > 40


def test_fronts_show_their_terms_and_the_area_by_day():
    card = shown(gc.Fronts.read(SQUARES))
    for words in ("4, 2025-01-01 to 2025-01-20", "may be published again", "<polyline", "km²"):
        assert words in card


def test_a_stated_claim_shows_its_words_in_the_sentence():
    (claim,) = gc.read_claims("Ryazan lies roughly 500 km north of Ukraine's border.")
    card = shown(claim)
    assert "<mark>" in card
    assert "roughly 500 km" in card


def test_every_text_is_escaped(january, checks, gazetteer):
    place = replace(
        gazetteer.resolve("Ryazan").place, name=EVIL, source=EVIL, names={"en": (EVIL,)}
    )
    found = gazetteer.resolve("Pishchane")
    ranked = tuple(replace(one, place=place, reason=EVIL) for one in found.candidates)
    claim = Claim(id="one", kind="count", value_min=1, unit="drones", source="s", text=EVIL)
    evil = fact("note", text=EVIL)
    part = replace(checks[0].parts[0], why=evil, found=evil)
    check = replace(checks[0], claim=claim, statement=evil, parts=(part,), readings=(evil,))
    book = replace(january, info=january.info.model_copy(update={"title": EVIL, "summary": EVIL}))
    fronts = gc.Fronts(EVIL, EVIL, {})
    things = [
        place,
        replace(found, query=EVIL, reason=EVIL, candidates=ranked),
        check,
        gc.Checks([check]),
        book,
        fronts,
        *gc.read_claims(f"{EVIL} Ryazan lies roughly 500 km north of Ukraine's border."),
    ]
    for thing in things:
        assert "<img" not in shown(thing)
        assert "&lt;img" in shown(thing)


def test_what_has_no_card_is_shown_as_text():
    assert html(dt.date(2025, 1, 24)) == "<pre>datetime.date(2025, 1, 24)</pre>"


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_cards_speak_the_language_that_is_asked_for(checks, january, language):
    check = next(c for c in checks if c.claim.id == "ryazan-border")
    card = check.card(language).html
    assert {"uk": "узгоджується", "ru": "согласуется"}[language] in card.lower()
    labels = re.findall(r"<th[^>]*>([^<]+)</th>", card + january.card(language).html)
    labels += re.findall(r"<th[^>]*>([^<]+)</th>", checks.card(language).html)
    assert len(labels) > 10
    assert not [label for label in labels if re.search("[A-Za-z]{3,}", label)]
    assert check.card()._repr_html_() == check._repr_html_()
