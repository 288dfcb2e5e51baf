"""The static map: what it shows, that names stand apart, and that it is the same each time."""

import itertools

import numpy as np
import pyproj
import pytest
import shapely
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pykdtree.kdtree import KDTree

from geoconflict import Fronts, draw_map, locate_events, write_figure
from geoconflict.errors import LicenceError, MissingSnapshotError, OutputError
from geoconflict.look.theme import colours
from geoconflict.plots.basemap import read_basemap
from geoconflict.plots.canvas import DPI
from geoconflict.plots.frame import frame_around
from geoconflict.plots.labels import Label, overlaps, place_labels
from geoconflict.plots.marks import RADIUS, find_marks, outline, svg_path
from geoconflict.theatre import Theatre
from tests.conftest import REPOSITORY

SQUARES = REPOSITORY / "tests" / "fronts" / "squares"
GEOD = pyproj.Geod(ellps="WGS84")


def texts(figure):
    return [text.get_text() for text in figure.findobj(match=lambda a: hasattr(a, "get_text"))]


@pytest.fixture(scope="module")
def drawn(january):
    return draw_map(january)


@pytest.fixture(scope="module")
def files(drawn, tmp_path_factory):
    """The map as a file of each kind: to write one takes as long as to draw it."""
    folder = tmp_path_factory.mktemp("map")
    return {end: write_figure(drawn, folder / f"map.{end}") for end in ("png", "svg", "pdf")}


def test_every_located_event_is_counted_on_the_map(january, drawn):
    located = locate_events(january).events
    missing = int(located["lon"].isna().sum())
    assert f"Events without a known place, not on the map: {missing}." in texts(drawn)


def test_places_measured_lines_and_sources_are_named(drawn):
    shown = " ".join(texts(drawn))
    for words in (
        "Kazan",
        "Ryazan Oblast",
        "462 ± 7 km",
        "OpenStreetMap",
        "Kyiv Independent",
        "UKRAINE",
    ):
        assert words in shown


def test_the_crowded_part_is_shown_apart(drawn):
    assert {"The crowded part", "Avdiivka", "Vuhledar"} <= set(texts(drawn))
    assert not any("without room for a name" in text for text in texts(drawn))


def test_no_label_covers_another(drawn):
    drawn.canvas.draw()
    for axes in drawn.axes:
        # A halo is a text of its own at the place of its words.
        labels = {(t.get_text(), t.get_position()): t for t in axes.texts}.values()
        boxes = [t.get_window_extent() for t in labels if t.get_size() in (6.0, 6.4, 6.2)]
        for number, one in enumerate(boxes):
            for other in boxes[number + 1 :]:
                wide = min(one.x1, other.x1) - max(one.x0, other.x0)
                high = min(one.y1, other.y1) - max(one.y0, other.y0)
                # Descenders of a line may touch the ascenders of the next.
                assert wide <= 1 or high <= 3


@pytest.mark.parametrize(("language", "words"), [("uk", "Чорне море"), ("ru", "Чёрное море")])
def test_the_map_speaks_three_languages(january, language, words):
    shown = " ".join(texts(draw_map(january, checks=[], language=language)))
    assert words in shown
    assert "Black Sea" not in shown


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_every_measured_line_has_its_length(january, language):
    shown = texts(draw_map(january, language=language))
    assert len({text for text in shown if "±" in text}) == 4


def test_a_front_needs_a_licence_or_a_word_that_there_is_one(january):
    fronts = Fronts.read(SQUARES, licence="all rights reserved")
    with pytest.raises(LicenceError, match="--include-restricted"):
        draw_map(january, fronts=fronts)
    with pytest.raises(MissingSnapshotError):
        draw_map(january, fronts=Fronts.read(SQUARES, licence="CC0"))


def test_a_front_is_drawn_with_source_and_day(january):
    fronts = Fronts.read(SQUARES, licence="CC0")
    shown = texts(draw_map(january, checks=[], fronts=fronts, date=fronts.dates[-1]))
    assert any("snapshot of 20 Jan 2025 (CC0)" in text for text in shown)
    assert "Front line" in shown


def test_the_same_casebook_gives_the_same_bytes(january, files, tmp_path):
    drawn_again = draw_map(january)
    for ending, first in files.items():
        second = write_figure(drawn_again, tmp_path / f"again.{ending}").read_bytes()
        assert first.read_bytes() == second
        assert len(second) > 10_000


def test_an_svg_has_no_date_and_is_well_formed(files):
    text = files["svg"].read_text("utf-8")
    assert fromstring(text).tag.endswith("svg")
    assert "<dc:date>" not in text


def test_a_figure_is_png_svg_or_pdf(drawn, tmp_path):
    with pytest.raises(OutputError, match=r"a figure ends in \.png, \.svg or \.pdf"):
        write_figure(drawn, tmp_path / "map.jpg")
    with pytest.raises(OutputError, match="the folder"):
        write_figure(drawn, tmp_path / "nowhere" / "map.png")


def test_outlines_are_as_large_as_they_are_drawn():
    circle = outline("other").to_polygons()[0]
    assert np.hypot(*circle.T) == pytest.approx(7.5, rel=0.01)
    square = outline("control_change").vertices
    assert square.min() == -7.5
    assert square.max() == 7.5


def test_an_arc_of_a_path_is_the_half_that_is_swept():
    # From (1, 0) to (-1, 0), clockwise on a screen: below in SVG, so y of -1 when turned up.
    points = svg_path("M1 0A1 1 0 0 1-1 0Z").to_polygons()[0]
    assert points[:, 1].min() == pytest.approx(-1, abs=0.01)
    assert points[:, 1].max() == pytest.approx(0, abs=0.01)


def test_the_scale_bar_is_as_long_as_the_ground_under_it():
    frame = frame_around([(30, 47), (40, 52)], width=500, height=400, margin=40)
    km, length = frame.bar()
    ends = np.array([(250 - length / 2, 200), (250 + length / 2, 200)]) / frame.scale + frame.corner
    lon, lat = frame.projection.transform(*ends.T, direction="INVERSE")
    assert GEOD.inv(lon[0], lat[0], lon[1], lat[1])[2] / 1000 == pytest.approx(km, rel=0.01)


def test_all_that_must_be_seen_is_in_the_frame_with_its_margin():
    points = [(22, 44), (40, 52), (31, 50)]
    at = frame_around(points, width=500, height=300, margin=30).points(points)
    assert at[:, 0].min() >= 29.9
    assert at[:, 1].min() >= 29.9
    assert at[:, 0].max() <= 470.1
    assert at[:, 1].max() <= 270.1


def test_crimea_is_drawn_in_ukraine():
    areas = {names["iso2"]: area for names, area in read_basemap(Theatre.default()).countries}
    simferopol = shapely.Point(34.1, 44.95)
    assert shapely.contains(areas["UA"], simferopol)
    assert not shapely.contains(areas["RU"], simferopol)


POINTS = st.lists(st.tuples(st.floats(0, 300), st.floats(0, 200)), max_size=40)


@settings(max_examples=30, deadline=None)
@given(POINTS)
def test_labels_never_overlap_nor_leave_the_map(points):
    labels = [
        Label(("Name", "1 Jan"), x, y, 6, 6.5, "event", is_needed=number % 2 == 0)
        for number, (x, y) in enumerate(points)
    ]
    obstacles = [(x - 5, y - 5, x + 5, y + 5) for x, y in points]
    placed = place_labels(labels, obstacles=obstacles, width=300, height=200)
    boxes = [one.box for one in placed]
    for number, box in enumerate(boxes):
        assert 0 <= box[0] < box[2] <= 300
        assert 0 <= box[1] < box[3] <= 200
        assert not any(overlaps(box, other) for other in [*boxes[number + 1 :], *obstacles])


def test_a_label_stands_on_the_land_of_its_point_where_there_is_room():
    west, east = shapely.box(0, 0, 100, 200), shapely.box(100, 0, 300, 200)
    labels = [Label(("A name",), 95, 100, 6, 6.5, "event", is_needed=True)]
    free = {"obstacles": [], "width": 300, "height": 200}
    (there,) = place_labels(labels, **free)
    (here,) = place_labels(labels, lands=[west, east], **free)
    assert there.box[0] > 95
    assert here.box[2] < 100
    crowded = {**free, "obstacles": [(0, 0, 94, 200)]}
    assert len(place_labels(labels, lands=[west, east], **crowded)) == 1
    city = [Label(("A name",), 95, 100, 6, 6.5, "city")]
    assert place_labels(city, lands=[west, east], **crowded) == []


def test_marks_of_very_many_events_lose_none_and_do_not_cover_each_other():
    # All pairs compared anew after each merge, 6,000 rows would not end within an hour.
    count = 6_000
    at = np.random.default_rng(7).uniform((0, 0), (600, 450), (count, 2))
    columns = {
        "position_kind": ["settlement"] * count,
        "kind": ["strike"] * count,
        "count": [None] * count,
    }
    marks = find_marks(columns, range(count), at)
    assert sorted(row for mark in marks for row in mark.rows) == list(range(count))
    middles = np.array([(mark.x, mark.y) for mark in marks])
    nearest = KDTree(middles).query(middles, k=2)[0][:, 1]
    assert nearest.min() >= RADIUS * 2 * 0.95


def test_what_is_known_for_an_oblast_stays_near_its_middle_and_covers_nothing():
    # A crowd about the middle of one oblast, and fifty events that are somewhere in it.
    crowd = np.random.default_rng(3).uniform((170, 170), (230, 230), (60, 2))
    middles = np.array([(200.0, 200.0), (212.0, 205.0)]).repeat(25, axis=0)
    at = np.concatenate([crowd, middles])
    count = len(at)
    kinds = ["settlement"] * 60 + ["admin1"] * 50
    columns = {"position_kind": kinds, "kind": ["strike"] * count, "count": [None] * count}
    marks = find_marks(columns, range(count), at)
    assert sorted(row for mark in marks for row in mark.rows) == list(range(count))
    for one, other in itertools.combinations(marks, 2):
        assert np.hypot(one.x - other.x, one.y - other.y) >= RADIUS * 2 * 0.95
    for mark in marks:
        if mark.is_area:
            assert np.hypot(*(at[list(mark.rows)].mean(axis=0) - (mark.x, mark.y))) <= 20.1


def test_files_are_small_and_keep_text_and_colours(files):
    drawing, picture = files["svg"], files["png"]
    assert drawing.stat().st_size < 1_000_000
    assert picture.stat().st_size < 1_000_000
    names = fromstring(drawing.read_text("utf-8")).iter("{http://www.w3.org/2000/svg}text")
    read = [one.text for one in names if one.get("aria-hidden") != "true"]
    assert read.count("Volgograd oil refinery") == 1


def test_no_area_of_a_picture_changes_its_colour(drawn, files, tmp_path):
    drawn.savefig(tmp_path / "all.png", dpi=DPI)
    whole, few = (
        np.asarray(Image.open(path).convert("RGB")).reshape(-1, 3).astype(int)
        for path in (tmp_path / "all.png", files["png"])
    )
    shades = whole @ (1 << 16, 1 << 8, 1)
    _, place, counts = np.unique(shades, return_inverse=True, return_counts=True)
    is_area = counts[place] >= 300
    assert is_area.mean() > 0.9
    assert np.abs(whole - few)[is_area].max() <= 5
    for status in ("claimed", "confirmed", "geolocated"):
        fill = [int(colours("status")[status][at : at + 2], 16) for at in (1, 3, 5)]
        assert np.abs(few - fill).max(axis=1).min() <= 15, status
