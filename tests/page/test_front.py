"""The front layer: what the file carries of it, and how it is drawn."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
import shapely

from geoconflict import render
from geoconflict.errors import LicenceError
from geoconflict.page.arcs import Arcs
from geoconflict.page.frontdata import MOST_SNAPSHOTS, front_data
from geoconflict.page.packing import pack
from tests.conftest import REPOSITORY
from tests.page.conftest import Squares

PERIOD = (dt.date(2025, 1, 1), dt.date(2025, 2, 3))


def decoded(data, lines):
    """The lines of a snapshot in degrees again."""
    found = []
    for line in lines:
        points = []
        for index in line:
            x, y, *steps = data["arcs"][index]
            arc = [(x, y)]
            for dx, dy in zip(steps[::2], steps[1::2], strict=True):
                arc.append((arc[-1][0] + dx, arc[-1][1] + dy))
            points += arc[1:] if points else arc
        found.append([(x * data["step"], y * data["step"]) for x, y in points])
    return found


def test_snapshots_of_the_period_and_the_last_before_it_are_taken():
    days = ("2024-11-01", "2024-12-20", "2025-01-10", "2025-02-03", "2025-02-04")
    data = front_data(Squares(days), PERIOD, allow_restricted=False)
    assert [s["date"] for s in data["snapshots"]] == ["2024-12-20", "2025-01-10", "2025-02-03"]
    assert data["omitted"] == 0


def test_areas_are_measured_on_the_ellipsoid():
    # From 36 to 38 degrees east and 47 to 49 north, by Karney's Planimeter: 33,161 km2.
    (first, *_) = front_data(Squares(), PERIOD, allow_restricted=False)["snapshots"]
    assert first["area_km2"] == pytest.approx(33_161, abs=60)


def test_many_snapshots_are_thinned_evenly_and_counted():
    days = tuple(str(dt.date(2024, 1, 1) + dt.timedelta(days=d)) for d in range(300))
    period = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    data = front_data(Squares(days), period, allow_restricted=False)
    dates = [dt.date.fromisoformat(s["date"]) for s in data["snapshots"]]
    assert len(dates) == MOST_SNAPSHOTS
    assert data["omitted"] == 300 - MOST_SNAPSHOTS
    assert (str(dates[0]), str(dates[-1])) == (days[0], days[-1])
    gaps = {(b - a).days for a, b in pairwise(dates)}
    assert gaps <= {5, 6}


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
    before = len(arcs.to_dict()["arcs"])
    arcs.add(shapely.LineString(moved))
    assert before > 40
    assert len(arcs.to_dict()["arcs"]) - before < 5


@pytest.mark.parametrize("geometry", ["MULTIPOLYGON EMPTY", "POLYGON ((0 0, 0 1e-5, 1e-5 0, 0 0))"])
def test_what_is_empty_or_smaller_than_a_step_disappears(geometry):
    assert Arcs(0.001).add(shapely.from_wkt(geometry)) == []


def test_thirty_real_snapshots_add_little():
    folder = REPOSITORY.parent / "shared" / "fronts" / "deepstate"
    if not folder.is_dir():
        pytest.skip("the real snapshots beside the repository are absent")
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.geojson"))]
    held = [shapely.make_valid(shapely.from_geojson(text)) for text in texts]
    arcs = Arcs(0.001)
    snapshots = [arcs.add(shapely.unary_union(geometry)) for geometry in held]
    size = len(pack([arcs.to_dict(), snapshots]))
    assert size < sum(map(len, texts)) / 20
    assert size / len(held) < 4_000


def test_a_front_that_may_not_be_published_needs_a_word(january):
    fronts = replace(Squares(), republishable=False, licence="all rights reserved")
    with pytest.raises(LicenceError, match=r"all rights reserved.*--include-restricted"):
        render(january, fronts=fronts)
    assert "Squares" not in str(render(january))


def test_its_source_licence_and_simplification_stand_on_the_page(open_page, january):
    fronts = replace(Squares(), republishable=False, licence="all rights reserved")
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
    return opened.page.evaluate(
        """([lat, lon]) => {
          const { map } = geoconflict.page;
          const canvas = document.querySelector(".leaflet-below-pane canvas");
          const box = canvas.getBoundingClientRect();
          const frame = map.getContainer().getBoundingClientRect();
          const at = map.latLngToContainerPoint([lat, lon]);
          const scale = canvas.width / box.width;
          const x = (at.x + frame.x - box.x) * scale;
          const y = (at.y + frame.y - box.y) * scale;
          return [...canvas.getContext("2d").getImageData(x - 8, y - 8, 16, 16).data]
            .reduce((sums, value, i) => { sums[i % 4] += value / 256; return sums; }, [0, 0, 0, 0]);
        }""",
        [lat, lon],
    )


def test_held_area_and_change_are_drawn_where_they_are(open_page, front_html):
    opened = open_page(front_html)
    opened.show(48.2, 36.4, 7)
    assert pixel(opened, 48.2, 37.0)[3] > 20
    assert pixel(opened, 48.2, 34.2)[3] == 0
    before = pixel(opened, 48.2, 35.3)
    opened.page.get_by_label("Change over the range").check()
    opened.page.wait_for_timeout(100)
    after = pixel(opened, 48.2, 35.3)
    assert after[3] > before[3] + 40
    assert pixel(opened, 48.2, 37.0)[3] == pytest.approx(before[3], abs=3)
    assert "Net change since 20 December 2024: +" in opened.page.locator(".front-text").inner_text()
    opened.page.get_by_label("Front", exact=True).uncheck()
    opened.page.wait_for_timeout(100)
    assert pixel(opened, 48.2, 37.0)[3] == 0


def test_a_page_without_a_front_says_nothing_of_one(january_open):
    assert january_open.page.locator(".front-text").count() == 0
    assert "Front line" not in january_open.page.locator(".legend").inner_text()


def test_the_front_is_the_same_bytes_each_time(january, front_html):
    assert str(render(january, fronts=Squares())) == front_html


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
