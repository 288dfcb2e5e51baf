"""Front lines as a reference, and claims on land held or gained against snapshots."""

import pytest
import shapely

from geoconflict import Fronts, Snapshot, check_claims, find_reference, measure
from geoconflict.casebooks.records import Claim
from geoconflict.errors import DateError, MissingSnapshotError
from geoconflict.fronts import collection
from geoconflict.fronts.tolerances import FRONT_ACCURACY_M
from tests.fronts.conftest import day, quadrangle_km2

GAINED = quadrangle_km2(37.0, 48.5, 37.5, 48.6)


@pytest.fixture(scope="module")
def check(gazetteer, borders, squares):
    def checked(fronts=squares, **fields):
        claim = Claim(id="x", source="paper", **({"reference": "front:"} | fields))
        return check_claims([claim], gazetteer=gazetteer, borders=borders, fronts=fronts)[0]

    return checked


@pytest.fixture(scope="module")
def find(gazetteer, borders, squares):
    def found(text, *, fronts=squares, **options):
        known = {"gazetteer": gazetteer, "borders": borders, "fronts": fronts}
        return find_reference(text, **known, **options)

    return found


@pytest.mark.parametrize("text", ["front:squares@2025-01-04", "front:@2025-01-04", "front:"])
def test_a_front_says_source_and_snapshot_used(find, text):
    reference = find(text, date=day(4))
    assert reference.id == "front:squares@2025-01-02"
    assert reference.title == "the front line (squares, snapshot of 2025-01-02)"
    assert reference.accuracy_m == FRONT_ACCURACY_M
    assert reference.geometry.geom_type == "MultiLineString"


def test_a_place_is_measured_from_the_front(find):
    point = find("48.55, 37.25")
    assert measure(point, find("front:@2025-01-01")).distance_km == pytest.approx(5.56, abs=0.01)


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("front:", MissingSnapshotError, "needs a date, such as front:squares@2025-01-20"),
        ("front:isw@2025-01-01", MissingSnapshotError, "given are of squares, not of isw"),
        ("front:@2024-12-31", MissingSnapshotError, "the first is of 2025-01-01"),
        ("front:@2025-01-14", MissingSnapshotError, "9 days older"),
        ("front:@yesterday", DateError, "'yesterday' is not"),
    ],
)
def test_a_front_that_cannot_be_found_is_told_why(find, text, error, said):
    with pytest.raises(error, match=said):
        find(text)


def test_a_distance_from_the_front_is_that_on_the_claim_s_day(check):
    claim = {"kind": "distance", "subject": "48.55, 37.25", "unit": "km"}
    first = check(**claim, value_min=5.5, date="2025-01-01")
    assert first.verdict == "supported"
    assert first.measurement.reference.id == "front:squares@2025-01-01"
    # Between two days the later one counts; by then the front has passed the place.
    later = check(**claim, value_min=5.5, date="2024-12-30/2025-01-02")
    assert later.measurement.reference.id == "front:squares@2025-01-02"
    missing = check(**claim, value_min=5.5, date="2024-12-30")
    assert missing.verdict == "undetermined"
    assert "the first is of 1 January 2025" in missing.reason


def test_a_distance_that_fits_the_front_instead_of_the_border_is_pointed_out(check):
    """24 km north of the held square; the border with Russia is farther off."""
    claim = {"kind": "distance", "subject": "48.716, 37.25", "unit": "km", "value_min": 24}
    found = check(**claim, reference="border:UA-RU", date="2025-01-01")
    assert found.verdict == "contradicted"
    assert any("the front line (squares, snapshot of 1 January 2025): 24" in n for n in found.notes)


def test_near_the_front_is_measured_too(check):
    found = check(kind="near", subject="48.55, 37.25", date="2025-01-01")
    assert found.verdict == "supported"


@pytest.mark.parametrize(
    ("kind", "value", "unit", "date", "verdict"),
    [
        # Gained from 1 to 2 January: 410.5 km², which are 158.5 square miles.
        ("area", 410, "km2", "2025-01-02/2025-01-04", "supported"),
        ("area", 411, "km2", "2025-01-01/2025-01-04", "supported"),
        ("area", 158, "mi2", "2025-01-02/2025-01-04", "supported"),
        ("area", 500, "km2", "2025-01-02/2025-01-04", "off"),
        ("area", 900, "km2", "2025-01-02/2025-01-04", "contradicted"),
        # One day is about what is held.
        ("area", 2060, "km2", "2025-01-01", "supported"),
        ("area", 9000, "km2", "2025-01-01", "contradicted"),
        ("rate", 411, "km2/day", "2025-01-02/2025-01-03", "supported"),
        ("rate", 2900, "km2/week", "2025-01-02/2025-01-03", "supported"),
        # Of the official 603,628 km2.
        ("share", 0.34, "percent", "2025-01-01", "supported"),
        ("share", 0.068, "percent", "2025-01-02/2025-01-03", "supported"),
        ("share", 2, "percent", "2025-01-01", "contradicted"),
    ],
)
def test_claims_on_land_by_the_source_itself(check, kind, value, unit, date, verdict):
    land = {"subject": "country:UA", "reference": "front:squares"}
    found = check(**land, kind=kind, value_min=value, unit=unit, date=date)
    assert found.verdict == verdict, found.reason
    assert "squares" in found.reason


def test_a_unit_is_counted_by_itself(check, squares):
    """All of the square lies in Donetsk Oblast, officially 26,517 km2."""
    donetsk = squares.diff(day(1), day(2)).by_admin1["UA-14"][0]
    claim = {"kind": "area", "unit": "km2", "date": "2025-01-02/2025-01-04"}
    found = check(**claim, subject="admin1:UA-14", reference="front:squares", value_min=donetsk)
    assert found.verdict == "supported"
    share = {"kind": "share", "unit": "percent", "date": "2025-01-01"}
    held = quadrangle_km2(37.0, 48.0, 37.5, 48.5) / 26_517 * 100
    found = check(**share, subject="admin1:UA-14", reference="front:squares", value_min=held)
    assert found.verdict == "supported", found.reason


def test_the_front_in_one_unit_is_as_long_as_the_line_that_is_drawn_there(check):
    """The square has sides of 55.6, 55.6, 37.3 and 36.9 km, all in Donetsk Oblast."""
    line = {"kind": "count", "unit": "km", "date": "2025-01-01"}
    assert check(**line, subject="admin1:UA-14", value_min=185).verdict == "supported"
    assert check(**line, subject="admin1:UA-14", value_min=1000).verdict == "contradicted"
    elsewhere = check(**line, subject="admin1:UA-23", value_min=185)
    assert elsewhere.verdict == "undetermined"
    assert elsewhere.reason == "no front line is drawn there"
    assert elsewhere.say("en").stated == "length of the front line, Zaporizhzhia Oblast: 185 km"


def test_what_is_left_to_win_is_counted_in_the_snapshot(gazetteer, borders, squares):
    """26,517 km2 of Donetsk Oblast less the square's 2,064 are 24,453: 245 days at 100 a day."""
    known = {"gazetteer": gazetteer, "borders": borders, "fronts": squares}
    pace = Claim(id="pace", kind="rate", value_min=100, unit="km2/day", source="paper")
    said = {"kind": "count", "unit": "day", "subject": "admin1:UA-14", "reference": "claim:pace"}
    for days, verdict in ((245, "supported"), (600, "contradicted")):
        asked = Claim(id="asked", value_min=days, date="2025-01-01", source="paper", **said)
        found = check_claims([pace, asked], **known)[-1]
        assert found.verdict == verdict, found.reason
        assert (
            "24,453 km² left of Donetsk Oblast (squares, snapshot of 1 January 2025)"
            in found.reason
        )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"subject": None}, "names no land that this is of"),
        ({"subject": "place:Pokrovsk"}, "land is counted for Ukraine or one of its"),
        ({"subject": "country:PL"}, "land is counted for Ukraine"),
        ({"subject": "admin1:UA-99"}, "there is no unit UA-99"),
        ({"subject": "admin1:RU-KRS"}, "draws nothing in Kursk Oblast"),
        ({"date": None}, "the claim has no date"),
        ({"date": "2024-01-01/2024-12-31"}, "the first is of 1 January 2025"),
        ({"date": "2025-01-03/2025-01-04"}, "both ends of the period are answered from"),
        ({"date": "2025-01-13/2025-01-19"}, "up to 7 are allowed"),
        ({"date": "2025-01-05/2025-01-21"}, "ends 1 day after the last snapshot"),
        ({"reference": "front:isw@2025-01-02"}, "given are of squares, not of isw"),
        ({"kind": "rate", "unit": "km2/day", "date": "2025-01-02"}, "a rate needs a period"),
        ({"kind": "rate", "unit": "people/day"}, "do not measure the same thing"),
    ],
)
def test_what_cannot_be_counted_is_undetermined_and_says_why(check, fields, said):
    base = {
        "kind": "area", "value_min": 400, "unit": "km2",
        "subject": "country:UA", "date": "2025-01-02/2025-01-04",
    }  # fmt: skip
    found = check(**(base | fields))
    assert found.verdict == "undetermined"
    assert said in found.reason


def test_another_counter_s_number_is_confirmed_but_not_refuted_within_a_factor_of_two(check):
    """411 km2 are gained by the squares; who counted for the report is not known."""
    base = {"kind": "area", "unit": "km2", "subject": "country:UA", "date": "2025-01-02/2025-01-04"}
    assert check(**base, value_min=411).verdict == "supported"
    other = check(**base, value_min=650)
    assert other.verdict == "undetermined"
    assert other.measured == "410.5 km²"
    assert "the report does not say who counted" in other.reason
    assert check(**base, value_min=4110).verdict == "contradicted"


def test_a_salient_in_russia_counts_where_the_source_draws_it(check, monkeypatch):
    """Kursk: 0.1 by 0.1 degrees are no longer Ukraine's, while 411 km2 are gained in Ukraine."""
    held = {1: shapely.box(37.0, 48.0, 37.5, 48.5), 2: shapely.box(37.0, 48.0, 37.5, 48.6)}
    held[3] = held[2]
    salient = {1: shapely.box(35.2, 51.3, 35.4, 51.4), 2: shapely.box(35.3, 51.3, 35.4, 51.4)}
    salient[3] = salient[2]
    drawn = {day(n): Snapshot(day(n), "isw", "", {"RU": held[n], "UA": salient[n]}) for n in held}
    fronts = Fronts("isw", "", dict.fromkeys(drawn))
    monkeypatch.setattr(collection.Fronts, "load", lambda _, date: drawn[date])
    base = {"kind": "area", "unit": "km2", "date": "2025-01-02/2025-01-03", "fronts": fronts}
    regained = quadrangle_km2(35.2, 51.3, 35.3, 51.4)
    in_kursk = check(**base, subject="admin1:RU-KRS", value_min=regained)
    assert in_kursk.verdict == "supported", in_kursk.reason
    both = check(**base, subject="country:UA", value_min=GAINED + regained)
    assert both.verdict == "supported", both.reason
    assert "beyond the border" in both.reason
    one_day = check(**(base | {"date": "2025-01-01"}), subject="admin1:RU-KRS", value_min=155)
    assert "held by Ukraine in Kursk Oblast" in one_day.reason


def test_without_snapshots_nothing_changes(check):
    found = check(
        fronts=None, kind="area", value_min=400, unit="km2", subject="country:UA", date="2025-01"
    )
    assert found.verdict == "undetermined"
    assert "no snapshots of the front are given" in found.reason


@pytest.fixture(scope="module")
def real(january, deepstate):
    return {check.claim.id: check for check in check_claims(january, fronts=deepstate)}


def test_january_by_isw_is_no_false_alarm(real):
    """498 km2 with Kursk beside 320 without: not refuted, both figures and scopes said."""
    found = real["gains-january-2025"]
    assert found.verdict == "undetermined"
    assert found.measured == "320.5 km²"
    for said in (
        "snapshots of 31 December 2024 and of 31 January 2025",
        "DeepState counts land in Ukraine only, all that is held since 2014",
        "Institute for the Study of War counts land in Ukraine and in Kursk Oblast",
        "names no land that this is of, or more than one",
    ):
        assert said in found.reason


@pytest.mark.parametrize(
    ("claim", "verdict", "said"),
    [
        ("gains-december-2024", "undetermined", "429.9 km²"),
        ("gains-november-per-day", "undetermined", "23.6 km² a day"),
        ("gains-december-per-day", "contradicted", "6.95 mi² a day, not 11"),
        (
            "gains-2024",
            "undetermined",
            "on or before 31 December 2023; the first is of 8 July 2024",
        ),
        ("gains-october-per-day", "undetermined", "84 days older"),
        ("buk-front", "undetermined", "no place is recorded that it is said of"),
        ("gains-january-2025-per-day", "supported", ""),
    ],
)
def test_other_claims_of_the_five_reports_on_the_real_front(real, claim, verdict, said):
    assert real[claim].verdict == verdict, real[claim].reason
    assert said in f"{real[claim].measured} {real[claim].reason}"


def test_what_is_true_by_the_next_snapshot_is_not_refuted_by_an_older_one(check, deepstate):
    """Snapshots are of 2, 10 and 17 January: 77 km2 more by the 10th, 158 by the 17th."""
    base = {
        "fronts": deepstate, "kind": "area", "subject": "country:UA", "unit": "km2",
        "reference": "front:deepstate",
    }  # fmt: skip
    to_snapshot = check(**base, date="2025-01-03/2025-01-17", value_min=158)
    assert to_snapshot.verdict == "supported", to_snapshot.reason
    between = check(**base, date="2025-01-03/2025-01-16", value_min=158)
    assert between.verdict == "supported", between.reason
    assert "no snapshot is of the very day" in between.reason
    assert check(**base, date="2025-01-03/2025-01-16", value_min=400).verdict == "contradicted"
    # From the 4th on: the state of the 3rd lies between those of the 2nd and of the 5th.
    start = deepstate.diff(day(5), day(17)).net_km2
    assert start < 0.93 * deepstate.diff(day(2), day(17)).net_km2
    assert check(**base, date="2025-01-04/2025-01-17", value_min=start).verdict == "supported"


@pytest.mark.parametrize(
    ("value", "verdict"), [(320, "supported"), (400, "off"), (498, "contradicted")]
)
def test_a_claim_on_deepstate_s_own_count_is_held_to_it(check, deepstate, value, verdict):
    found = check(
        fronts=deepstate, kind="area", subject="country:UA", unit="km2", value_min=value,
        reference="front:deepstate", date="2025-01-01/2025-01-31",
    )  # fmt: skip
    assert found.verdict == verdict, found.reason


def test_a_tenfold_exaggeration_is_refuted_whoever_counted(check, deepstate):
    found = check(
        fronts=deepstate, kind="area", subject="country:UA", unit="km2", value_min=5000,
        date="2025-01-01/2025-01-31",
    )  # fmt: skip
    assert found.verdict == "contradicted"


def test_kurakhove_is_near_the_front_and_kyiv_is_not(check, deepstate):
    for place, verdict in (
        ("place:Kurakhove, UA", "supported"),
        ("place:Kyiv, UA", "contradicted"),
    ):
        found = check(fronts=deepstate, kind="near", subject=place, date="2025-01-24")
        assert found.verdict == verdict, found.reason
        assert "DeepState, snapshot of 24 January 2025" in found.reason
