"""The front layer: what the file carries of it, and how it is drawn."""

import datetime as dt
import json
from itertools import pairwise

import numpy as np
import pytest
import shapely

from geoconflict import Fronts, render
from geoconflict.errors import LicenceError, SnapshotWarning
from geoconflict.page import frontdata
from geoconflict.page.arcs import Arcs
from geoconflict.page.frontdata import front_data
from geoconflict.page.packing import pack
from tests.conftest import REPOSITORY
from tests.page.conftest import squares

PERIOD = (dt.date(2025, 1, 1), dt.date(2025, 2, 3))


def decoded(data, lines):
    """The lines of a snapshot in degrees again."""
    xy = np.cumsum([data["x"], data["y"]], axis=1).T * data["scale"]
    arcs = np.split(xy, np.cumsum(data["lengths"])[:-1])
    parts = [[arcs[index][bool(place) :] for place, index in enumerate(line)] for line in lines]
    return [np.concatenate(line).tolist() for line in parts]


def test_snapshots_of_the_period_and_the_last_before_it_are_taken():
    days = ("2024-11-01", "2024-12-20", "2025-01-10", "2025-02-03", "2025-02-04")
    data = front_data(squares(days), PERIOD, allow_restricted=False)
    assert [s["date"] for s in data["snapshots"]] == ["2024-12-20", "2025-01-10", "2025-02-03"]
    assert data["omitted"] == 0


def test_areas_are_measured_on_the_ellipsoid():
    # From 36 to 38 degrees east and 47 to 49 north, by Karney's Planimeter: 33,161 km2.
    (first, *_) = front_data(squares(), PERIOD, allow_restricted=False)["snapshots"]
    assert first["area_km2"] == pytest.approx(33_161, abs=60)


def test_many_snapshots_are_thinned_evenly_and_counted(monkeypatch):
    monkeypatch.setattr(frontdata, "MOST_SNAPSHOTS", 6)
    days = tuple(str(dt.date(2024, 1, 1) + dt.timedelta(days=d)) for d in range(30))
    period = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    data = front_data(squares(days), period, allow_restricted=False)
    dates = [dt.date.fromisoformat(s["date"]) for s in data["snapshots"]]
    assert len(dates) == 6
    assert data["omitted"] == 30 - 6
    assert (str(dates[0]), str(dates[-1])) == (days[0], days[-1])
    gaps = {(b - a).days for a, b in pairwise(dates)}
    assert gaps <= {5, 6}
    # Those left out between two keep the days up to the next one answered, then a week is left.
    untils = [dt.date.fromisoformat(s["until"]) for s in data["snapshots"]]
    assert [(until - a).days for until, a in zip(untils, dates, strict=True)] == [
        *((b - a).days - 1 + 7 for a, b in pairwise(dates)),
        7,
    ]


def test_a_snapshot_answers_for_a_week():
    (first, *_) = front_data(squares(), PERIOD, allow_restricted=False)["snapshots"]
    assert (first["date"], first["until"]) == ("2024-12-20", "2024-12-27")


def test_a_snapshot_that_cannot_be_read_is_left_out_where_that_is_allowed(tmp_path):
    for day, text in (("20250101", None), ("20250110", "not JSON }]"), ("20250111", None)):
        held = shapely.geometry.mapping(shapely.box(36.0, 47.0, 38.0, 49.0))
        content = {"type": "Feature", "properties": {"side": "RU"}, "geometry": held}
        whole = json.dumps({"type": "FeatureCollection", "features": [content]})
        (tmp_path / f"map_{day}.geojson").write_text(text or whole, "utf-8")
    fronts = Fronts.read(tmp_path, licence="CC0", keep_going=True)
    period = (dt.date(2025, 1, 11), dt.date(2025, 1, 31))
    with pytest.warns(SnapshotWarning, match=r"map_20250110\.geojson.*left out"):
        data = front_data(fronts, period, allow_restricted=False)
    assert [s["date"] for s in data["snapshots"]] == ["2025-01-01", "2025-01-11"]


def test_contested_claimed_and_ukrainian_areas_are_carried_where_they_are_drawn():
    others = [
        ("contested", shapely.box(35.9, 48.0, 36.0, 48.1)),
        ("claimed control", shapely.box(35.8, 48.2, 35.9, 48.3)),
        ("UA", shapely.box(35.2, 51.3, 35.4, 51.4)),
    ]
    (first, *_) = front_data(squares(others=others), PERIOD, allow_restricted=False)["snapshots"]
    assert all(len(first[name]) == 1 for name in ("contested", "claimed", "salient"))
    (plain, *_) = front_data(squares(), PERIOD, allow_restricted=False)["snapshots"]
    assert not {"contested", "claimed", "salient"} & set(plain)


def test_arcs_give_back_each_ring_to_the_step():
    ring = [(36 + 0.0137 * i % 1.7, 48 + 0.0091 * i % 0.9) for i in range(400)]
    polygon = shapely.convex_hull(shapely.MultiPoint(ring))
    donut = polygon.difference(shapely.centroid(polygon).buffer(0.2, quad_segs=40))
    arcs = Arcs(0.001)
    lines = arcs.add(donut)
    found = decoded(arcs.to_dict(), lines)
    assert len(found) == 2
    again = shapely.Polygon(found[0], [found[1]])
    assert again.is_valid
    assert shapely.hausdorff_distance(again.boundary, donut.boundary) < 0.001
    assert again.area == pytest.approx(donut.area, rel=1e-3)


def test_a_line_that_changes_in_one_stretch_keeps_its_other_arcs():
    line = [(30 + 0.002 * i, 48 + 0.0013 * (i * i % 17)) for i in range(2000)]
    moved = [*line[:1000], *((x, y + 0.05) for x, y in line[1000:1010]), *line[1010:]]
    arcs = Arcs(0.001)
    arcs.add(shapely.LineString(line))
    before = len(arcs.to_dict()["lengths"])
    arcs.add(shapely.LineString(moved))
    assert before > 40
    assert len(arcs.to_dict()["lengths"]) - before < 5


@pytest.mark.parametrize("geometry", ["MULTIPOLYGON EMPTY", "POLYGON ((0 0, 0 1e-5, 1e-5 0, 0 0))"])
def test_what_is_empty_or_smaller_than_a_step_disappears(geometry):
    assert Arcs(0.001).add(shapely.from_wkt(geometry)) == []


def test_real_snapshots_add_little():
    folder = REPOSITORY.parent / "shared" / "fronts" / "deepstate"
    if not folder.is_dir():
        pytest.skip("the real snapshots beside the repository are absent")
    files = sorted(folder.glob("*.geojson"))
    assert len(files) > 10
    period = (dt.date(2024, 1, 1), dt.date(2025, 12, 31))
    data = front_data(Fronts.read(folder), period, allow_restricted=True)
    assert len(data["snapshots"]) == len(files)
    size = len(pack(data))
    assert size < sum(path.stat().st_size for path in files) / 20
    assert size / len(files) < 5_000


def test_a_front_that_may_not_be_published_needs_a_word(january):
    fronts = squares(licence="all rights reserved")
    with pytest.raises(LicenceError, match=r"all rights reserved.*--include-restricted"):
        render(january, fronts=fronts)
    assert "Squares" not in str(render(january))


def test_its_source_licence_and_simplification_stand_on_the_page(open_page, january):
    fronts = squares(licence="all rights reserved")
    opened = open_page(str(render(january, fronts=fronts, allow_restricted=True)))
    credit = opened.page.locator(".credits").inner_text()
    assert "Squares & Sons (all rights reserved)" in credit
    assert "simplified to about 100 m" in credit
    assert "answers for the right" in credit
    attribution = opened.page.locator(".leaflet-control-attribution").inner_text()
    assert "Front: Squares & Sons" in attribution
    opened.page.locator(".legend summary").click()
    assert "Held by Russian forces" in opened.page.locator(".legend").inner_text()


def pixel(opened, lat, lon):
    """Red, green, blue, alpha of the front's canvas at a point."""
    return opened.pixels(lat, lon).mean(axis=0)


def hatched(opened, lat, lon):
    """How far the opacity of the front's canvas goes up and down around a point."""
    return opened.pixels(lat, lon)[:, 3].std()


def between(opened, start, end):
    """Choose a range of days; what is then said of the front, with its change shown."""
    opened.page.evaluate(
        """([from, to]) => {
          const { criteria, fronts } = geoconflict.page;
          fronts.set({ showsChange: true });
          const [low, high] = [from, to].map(geoconflict.dates.number);
          criteria.change({ from: low, to: high });
        }""",
        [start, end],
    )
    return opened.page.locator(".front-text").inner_text()


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2024-12-21", "2025-01-12", "snapshot of 10 January 2025 (2 days older)"),
        ("2024-12-21", "2025-01-12", "Net change since 20 December 2024: +"),
        ("2024-12-30", "2025-01-12", "No change to show: no snapshot tells of the start"),
        ("2025-01-05", "2025-02-01", "Change only since 10 January 2025"),
        ("2025-01-11", "2025-01-12", "both ends of the range are the snapshot of 10 January 2025"),
        ("2024-12-21", "2025-01-05", "the last snapshot is of 20 December 2024, 16 days older"),
    ],
)
def test_the_front_never_stands_for_another_range_unsaid(open_page, front_html, start, end, said):
    assert said in between(open_page(front_html), start, end)


def test_what_the_areas_count_is_said_at_the_time_and_in_the_credits(open_page, january):
    html = str(render(january, fronts=squares(source="deepstate"), allow_restricted=True))
    opened = open_page(html)
    for place in (".front-scope", ".credits"):
        said = opened.page.locator(place).inner_text()
        assert "Counts land in Ukraine only, all that is held since 2014" in said
    opened = open_page(html, state="#lang=uk")
    assert "лише землі в Україні" in opened.page.locator(".front-scope").inner_text()


def test_other_areas_are_drawn_and_in_the_legend(open_page, january):
    others = [("contested", shapely.box(34.0, 48.0, 34.4, 48.4))]
    opened = open_page(str(render(january, fronts=squares(others=others))))
    opened.page.evaluate("geoconflict.page.labels.remove() && null")
    opened.show(48.2, 35.4, 7)
    assert pixel(opened, 48.2, 34.2)[3] > 20
    legend = opened.page.locator(".legend").text_content()
    assert "Contested or unknown" in legend
    assert "Claimed, not confirmed" not in legend


def test_held_area_and_change_are_drawn_where_they_are(open_page, front_html):
    opened = open_page(front_html)
    opened.page.evaluate(
        "geoconflict.page.labels.remove() && geoconflict.page.events.layer.remove() && null"
    )
    opened.show(48.2, 36.4, 7)
    assert pixel(opened, 48.2, 36.45)[3] > 20
    assert pixel(opened, 48.2, 34.2)[3] == 0
    before, held = pixel(opened, 48.2, 35.3), pixel(opened, 48.2, 36.45)
    opened.page.get_by_label("Change over the range").check()
    opened.page.wait_for_timeout(100)
    after = pixel(opened, 48.2, 35.3)
    assert after[3] > before[3] + 40
    assert pixel(opened, 48.2, 36.45)[3] == pytest.approx(held[3], abs=3)
    said = opened.page.locator(".front-text").inner_text()
    assert "Change only since 20 December 2024, as no snapshot tells of the start" in said
    assert hatched(opened, 48.2, 35.3) > 30
    assert hatched(opened, 48.2, 36.45) < 5
    opened.page.get_by_label("Front", exact=True).uncheck()
    opened.page.wait_for_timeout(100)
    assert pixel(opened, 48.2, 36.45)[3] == 0


def test_a_page_without_a_front_says_nothing_of_one(january_open):
    assert january_open.page.locator(".front-text").count() == 0
    assert "Front line" not in january_open.page.locator(".legend").inner_text()


def test_the_front_is_the_same_bytes_each_time(january, front_html):
    assert str(render(january, fronts=squares())) == front_html


def test_oblasts_with_interceptions_are_shaded_and_follow_the_filters(january_open):
    sums = "Object.fromEntries(geoconflict.page.shading.sums())"
    assert january_open.page.evaluate(sums) == {
        "RU-BRY": 37,
        "RU-RYA": 20,
        "RU-SAR": 17,
        "RU-KRS": 17,
        "RU-VGG": 25,
        "RU-AST": 7,
    }
    january_open.show(53, 33.4, 7)
    assert pixel(january_open, 53.4, 33.4)[3] > 20
    january_open.page.evaluate("geoconflict.page.criteria.toggle('kind', 'strike')")
    january_open.page.wait_for_timeout(100)
    assert january_open.page.evaluate(sums) == {}
    assert pixel(january_open, 53.4, 33.4)[3] == 0


def test_reported_advances_stand_beside_what_the_front_draws(open_page, january):
    """The squares hold Avdiivka by the end of 2024, and gain nothing near Pokrovsk."""
    front = squares(("2024-12-30", "2025-01-05", "2025-01-19"), source="deepstate")
    html = str(render(january, fronts=front, allow_restricted=True))
    opened = open_page(html, state="#event=2025-01-20-pokrovsk-advance")
    said = opened.popup.inner_text()
    assert "no advance drawn" in said
    assert "DeepState draws 0 km² gained by Russia within 25 km, 5 January 2025 to 19" in said
    flags = opened.item("2024-12-31-avdiivka").locator(".flag").all_inner_texts()
    assert flags == ["drawn as taken"]
    assert opened.problems == []
