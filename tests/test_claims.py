"""The claims of the five reports, against figures worked out by hand."""

import datetime as dt
import json
from dataclasses import replace

import pandas as pd
import pytest

from geoconflict import check_claims, read_claims
from geoconflict.casebooks.records import Claim


@pytest.fixture(scope="module")
def checks(january):
    return {check.claim.id: check for check in check_claims(january)}


@pytest.fixture
def checked(january, gazetteer, borders):
    """Return the check of one claim: a distance in km unless it says its kind."""

    def check(subject=None, reference=None, km=None, **fields):
        ends = {"subject": subject, "reference": reference}
        stated = {"kind": "distance", "value_min": km, "unit": None if km is None else "km"}
        claim = dict.fromkeys(Claim.model_fields) | {"id": "x", "source": "isw-2025-02-03"}
        row = claim | ends | stated | fields
        book = replace(january, claims=pd.DataFrame([row], dtype=object))
        return check_claims(book, gazetteer=gazetteer, borders=borders)[0]

    return check


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("ryazan-border", "supported"),
        ("bryansk-border", "supported"),
        ("alabuga-moscow", "off"),
        ("buk-front", "undetermined"),
        ("gains-january-2025", "undetermined"),
        ("gains-january-2025-per-day", "supported"),
        ("gains-december-2024", "undetermined"),
        ("gains-decrease", "supported"),
        ("gains-2024", "undetermined"),
        ("gains-2024-share", "supported"),
        ("gains-october-per-day", "undetermined"),
        ("gains-november-per-day", "undetermined"),
        ("gains-december-per-day", "contradicted"),
        ("losses-per-km2", "supported"),
        ("losses-2024-per-day", "supported"),
        ("losses-2024-share-of-war", "supported"),
        ("volgograd-refinery-in-city", "supported"),
        ("gorbunov-in-kazan", "supported"),
        ("pishchane-near-pokrovsk", "supported"),
        ("kremniy-in-bryansk", "undetermined"),
    ],
)
def test_verdicts_on_the_five_reports(checks, claim, verdict):
    assert checks[claim].verdict == verdict, checks[claim].reason


def test_eleven_square_miles_are_eighteen_kilometres_in_miles(checks):
    part = next(p for p in checks["gains-december-per-day"].parts if p.aspect == "conversion")
    assert part.verdict == "contradicted"
    assert part.measured.startswith("6.95 mi² a day")
    assert "18 km is 11.2 mi: lengths" in part.reason


def test_the_other_conversions_hold(checks):
    for claim in ("gains-2024", "gains-october-per-day", "ryazan-border", "alabuga-moscow"):
        part = next(p for p in checks[claim].parts if p.aspect == "conversion")
        assert part.verdict == "supported", part.reason


def test_alabuga_is_about_96_km_nearer_than_stated(checks):
    check = checks["alabuga-moscow"]
    distance = check.parts[0]
    assert distance.gap == pytest.approx(-96, abs=2)
    assert distance.gap_percent == pytest.approx(-9.6, abs=0.2)
    direction = next(p for p in check.parts if p.aspect == "direction")
    assert direction.verdict == "supported"
    assert check.measurement.azimuth_deg == pytest.approx(84, abs=1)


def test_north_of_the_border_holds_from_the_stretch_that_lies_south(checks):
    """From the nearest point Ryazan lies NE; 500 km due south of it the border runs too."""
    check = checks["ryazan-border"]
    direction = next(p for p in check.parts if p.aspect == "direction")
    assert direction.verdict == "supported"
    assert "from the nearest point it is northeast (52°)" in direction.reason


def test_the_buk_is_undetermined_for_want_of_a_place(checks):
    assert checks["buk-front"].reason == "no place is recorded that it is said of"


def test_areas_wait_for_snapshots(checks):
    assert "no snapshots of the front are given" in checks["gains-january-2025"].reason


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("gains-january-2025-per-day", 498 / 31),
        ("gains-2024-share", 100 * 4168 / 603_628),
        ("losses-per-km2", 48_240 / 498),
        ("losses-2024-per-day", 430_790 / 366),
        ("gains-decrease", 593 - 498),
    ],
)
def test_arithmetic_agrees_with_a_calculator(checks, claim, value):
    low, high = checks[claim].parts[0].measured_interval
    assert low - 1e-9 <= value <= high + 1e-9
    assert high - low < 0.05 * value


def test_a_wrong_direction_is_contradicted(checked):
    """Saratov was put 500 km west of Ukraine's border; it lies east of it."""
    check = checked("place:Saratov", "border:UA", 500, direction="W", hedge="around")
    part = next(p for p in check.parts if p.aspect == "direction")
    assert (part.verdict, check.verdict) == ("contradicted", "contradicted")


def test_a_gross_overstatement_is_contradicted(checked):
    """Engels is 471 km from the border, not 640."""
    check = checked("place:Engels", "border:UA", 640, hedge="about")
    assert check.verdict == "contradicted"
    assert check.parts[0].gap == pytest.approx(471 - 640, abs=3)


def test_miles_taken_for_kilometres_are_pointed_out(checked):
    check = checked("place:Ryazan", "border:UA", 287)
    assert check.verdict == "contradicted"
    assert any("fits as 287 mi" in note for note in check.notes)


@pytest.mark.parametrize("unit", [("km", 500), ("mi", 310.7), ("m", 500_000)])
def test_the_unit_does_not_change_the_verdict(checked, unit):
    check = checked(
        kind="distance",
        subject="place:Ryazan",
        reference="border:UA",
        unit=unit[0],
        value_min=unit[1],
        hedge="roughly",
    )
    assert check.verdict == "supported"


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("place:Borova", "can mean"),
        ("place:Xyzzy", "is not among the places known"),
        (None, "no place is recorded"),
    ],
)
def test_a_place_in_doubt_leaves_the_claim_undetermined(checked, subject, said):
    check = checked(subject, "border:UA", 100)
    assert check.verdict == "undetermined"
    assert said in check.reason


def test_a_place_too_coarse_for_the_number_is_undetermined(checked):
    check = checked("facility:ryazan-power-plant", "place:Ryazan", 3)
    assert check.verdict == "undetermined"
    assert "known only within" in check.reason


@pytest.mark.parametrize(
    ("hedge", "value", "value_max", "verdict"),
    [
        ("up to", 455, None, "supported"),
        ("up to", 440, None, "off"),
        ("within", 400, None, "off"),
        ("within", 300, None, "contradicted"),
        ("at least", 300, None, "supported"),
        ("over", 330, None, "supported"),
        ("less than", 600, None, "supported"),
        ("more than", 600, None, "off"),
        ("", 400, 500, "supported"),
        ("", 300, 400, "off"),
        ("", 200, 300, "contradicted"),
    ],
)
def test_bounds_and_ranges(checked, hedge, value, value_max, verdict):
    """Ryazan is 462 km from the border, and its middle right within 7 km."""
    check = checked("place:Ryazan", "border:UA", value, value_max=value_max, hedge=hedge or None)
    assert check.verdict == verdict, check.reason


def test_a_bound_that_is_kept_by_far_is_noted(checked):
    check = checked("place:Ryazan", "border:UA", 300, hedge="at least")
    assert check.notes[0].startswith("far above the bound")


@pytest.mark.parametrize(
    ("subject", "reference", "verdict"),
    [
        ("place:Belgorod", "country:RU", "supported"),
        ("place:Ryazan", "country:UA", "contradicted"),
        ("admin1:UA-14", "country:UA", "supported"),
        ("place:Bucha", "place:Kyiv", "contradicted"),
        ("facility:national-bank-of-ukraine", "place:Kyiv", "supported"),
        ("place:Podolsk, RU", "place:Moscow", "undetermined"),
        ("place:Engels", "place:Saratov", "undetermined"),
        ("place:Aksarayskiy", "place:Astrakhan", "off"),
        ("place:Ryazan", "border:UA-RU", "undetermined"),
    ],
)
def test_what_lies_in_what(checked, subject, reference, verdict):
    check = checked(kind="inside", subject=subject, reference=reference)
    assert check.verdict == verdict, check.reason


@pytest.mark.parametrize(
    ("value", "secondary", "verdict"),
    [
        (500, 310, "supported"),
        (100, 60, "supported"),
        (460, 270, "off"),
        (18, 16, "contradicted"),
        # 5.6 miles, rounded to the whole mile.
        (9, 6, "supported"),
    ],
)
def test_conversions_hold_if_one_number_rounds_to_the_other(checked, value, secondary, verdict):
    check = checked(
        kind="conversion",
        value_min=value,
        unit="km",
        secondary_value=secondary,
        secondary_unit="mi",
    )
    assert check.verdict == verdict, check.reason


def test_a_difference_of_round_numbers_is_told_as_a_range():
    texts = "In August they took 1,900 sq km, in September 1,300 sq km, a difference of 600 sq km."
    claims = read_claims(texts, published=dt.date(2024, 10, 2))
    (check,) = [one for one in check_claims(claims) if one.claim.value_min == 600]
    # Either is rounded to the hundred.
    assert check.measured == "500 to 700 km²"


def test_what_nothing_can_measure_is_said_not_to_be_checkable(checks):
    assert not checks["losses-2024"].is_checkable
    assert checks["gains-january-2025"].is_checkable
    assert checks["ryazan-border"].is_checkable


def test_a_measured_distance_carries_its_doubt(checks):
    assert checks["ryazan-border"].measured == "462.5 km ± 7.2 km, northeast (52°)"


def test_a_place_outside_the_oblast_named_is_contradicted(checked):
    check = checked(kind="inside", subject="place:Ryazan", reference="admin1:RU-BRY")
    assert check.verdict == "contradicted"


def test_checks_become_json(checks):
    data = json.loads(json.dumps([check.to_dict() for check in checks.values()]))
    assert {row["verdict"] for row in data} <= {"supported", "off", "contradicted", "undetermined"}
    assert all(row["reason"] for row in data)


def test_what_fits_a_part_of_a_region_is_told_with_all_of_it():
    """The nearest point of Tver Oblast, 362 km off, alone would read as a refutation."""
    ends = {"subject": "admin1:RU-TVE", "reference": "border:UA"}
    (check,) = check_claims(
        [Claim(id="a", source="s", kind="distance", value_min=480, unit="km", **ends)]
    )
    assert check.verdict == "supported"
    assert check.reason.startswith("the region lies 362.4 to 752.9 km away, ")
    assert check.reason.endswith("what was stated (455.9 to 504.1) fits a part of it")


@pytest.mark.parametrize(
    ("stated", "is_told"), [(495, False), (520, False), (600, True), (690, True), (740, False)]
)
def test_a_way_by_road_is_offered_only_where_roads_are_so_much_longer(checked, stated, is_told):
    """462.5 km in a straight line: 1.07, 1.12, 1.30, 1.49 and 1.60 times as much is stated."""
    check = checked("place:Ryazan", "border:UA", stated)
    assert any("road" in note for note in check.notes) is is_told


def test_a_place_known_as_coarsely_as_most_of_the_distance_decides_nothing(checked):
    """From Saratov to somewhere within 8 km of the middle of Engels, 8 km away."""
    check = checked("place:Engels", "place:Saratov", 12, subject_reach_km=8)
    assert check.verdict == "undetermined"
    assert "known only within" in check.reason


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [(25, "undetermined"), (29, "undetermined"), (33, "supported"), (43, "off")],
)
def test_what_fits_only_between_edges_is_kept_no_further_than_a_seventh_of_the_way(
    checked, stated, verdict
):
    """Chuhuiv is 35 km from the middle of Kharkiv, whose edge is some 10 km from its middle."""
    check = checked("place:Chuhuiv", "place:Kharkiv", stated)
    assert check.verdict == verdict


def test_nothing_is_measured_from_a_sea_that_is_known_by_one_point(checked):
    check = checked("place:Odesa", "place:Azov Sea", 400)
    assert check.verdict == "undetermined"
    assert "only one point" in check.reason


@pytest.mark.parametrize(("stated", "verdict"), [(340, "contradicted"), (372, "off")])
def test_a_number_is_refuted_from_a_quarter_beside_the_truth_on(checked, stated, verdict):
    """462.5 km are 36 and 24 per cent more than stated."""
    check = checked("place:Ryazan", "border:UA", stated)
    assert check.verdict == verdict


def test_what_is_many_times_as_much_is_said_in_times(checked):
    check = checked("place:Ryazan", "border:UA", 100)
    assert "5 times as much" in check.reason


@pytest.mark.parametrize(
    ("point", "verdict"),
    [("50.45,36.9", "supported"), ("50.27,36.7", "undetermined"), ("50.1,36.7", "contradicted")],
)
def test_an_outline_is_right_within_three_kilometres(checked, point, verdict):
    """Points 12 km inside Belgorod Oblast, 0.3 km inside it and 13 km outside."""
    check = checked(kind="inside", subject=f"point:{point}", reference="admin1:RU-BEL")
    assert check.verdict == verdict


@pytest.mark.parametrize(
    ("point", "verdict"),
    [("50.45,31.0", "supported"), ("50.45,31.2", "off"), ("50.45,32.5", "contradicted")],
)
def test_near_a_city_reaches_25_km_from_its_edge(checked, point, verdict):
    """34, 48 and 140 km from the middle of Kyiv, whose edge is 15 km from it."""
    check = checked(kind="near", subject=f"point:{point}", reference="place:Kyiv")
    assert check.verdict == verdict


def test_a_share_of_an_official_area_is_computed_to_its_last_digit():
    """5,001 of 603,628 km2 are 0.8285 per cent."""
    area = Claim(id="a", kind="area", source="s", value_min=5001, unit="km2")
    ends = {"subject": "claim:a", "reference": "figure:area-ua", "unit": "percent"}
    stated = [
        Claim(id=f"s{v}", kind="share", source="s", value_min=v, **ends) for v in (0.83, 0.84)
    ]
    _, right, wrong = check_claims([area, *stated])
    assert (right.verdict, wrong.verdict) == ("supported", "off")


def test_an_allowance_is_told_as_one_and_not_as_doubt_of_what_was_measured():
    """462 ± 3.8 km do not reach 474.2; 3 per cent of 475 km are 14.25 km, and 13 are missing."""
    claim = Claim(
        id="a",
        kind="distance",
        subject="facility:ryazan-refinery",
        reference="border:UA",
        value_min=475,
        unit="km",
        source="paper",
    )
    (check,) = check_claims([claim])
    assert check.verdict == "supported"
    assert "no more than the 3 % allowed" in check.say("en").reason
