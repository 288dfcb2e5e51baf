"""Who holds an area is read from words, in three languages, and never guessed."""

import json

import geopandas as gpd
import pytest
import shapely

from geoconflict import Fronts
from geoconflict.errors import SnapshotFileError, SnapshotWarning
from geoconflict.fronts.filedates import find_day
from geoconflict.fronts.sides import side_of
from tests.fronts.conftest import collection, kml, quadrangle_km2, ring, square, write

HELD, FREED = (37.5, 48.0, 38.5, 48.8), (36.0, 49.0, 36.4, 49.4)
KM2 = pytest.approx(quadrangle_km2(*HELD), rel=1e-4)
SAID = {
    "RU": "Occupied|Окуповано|Оккупировано|Temporarily occupied|Тимчасово окуповані території"
    "|Russian-controlled|Controlled by Russia|Під контролем росії|Под контролем РФ|Not liberated"
    "|ще не звільнено|Not controlled by Ukraine|Непідконтрольна Україні територія|russia|ДНР"
    "|Assessed Russian-Controlled Ukrainian Territory|Освобождено ВС РФ|occupied_territories"
    "|UkraineControlMapAO24FEB2022|Occupied as of 12 May 2024"
    "|Захоплено ворогом|held by RU|Донецьк тимчасово окупований"
    "|Окуповано до 24.02.2022|Под контролем ВС РФ до 2022 г.|Оккупировано до 24 февраля 2022 года"
    "|Occupied before the full-scale invasion|Окуповано до повномасштабного вторгнення"
    "|Russian-held, not yet liberated|Russian-held part of Ukraine|Zone of Russian control"
    "|Ukrainian territory occupied by Russia"
    "|окупована Росією територія України|територія України під контролем РФ",
    "UA": "Liberated|Звільнено|Liberated from Russian control|Not under Russian control"
    "|Controlled by Ukraine|Unoccupied|Під контролем ЗСУ|деокуповано|Освобождено ВСУ|UA"
    "|Formerly occupied|No longer occupied|Освобождено от оккупации|Former Russian control"
    "|Підконтрольна Україні|government controlled area|Звільнена територія"
    "|Ukrainian-held territory of Russia|Russian territory held by Ukraine"
    "|Підконтрольна Україні територія РФ|Територія РФ під контролем ЗСУ"
    "|территория России, занятая ВСУ|Освобождено ВСУ, не под контролем РФ"
    "|Звільнено ЗСУ, не під контролем РФ|Liberated by Ukraine and not under Russian control",
    "contested": "Серая зона|Сіра зона|grey zone|Contested by Russia and Ukraine|бої тривають"
    "|AssessedRussianAdvancesInUkraine",
    "unknown": "Unknown status|Статус невідомий|неизвестно",
    "claimed-RU": "Claimed Control|Claimed by Russia|Claimed Russian Territory in Ukraine",
    None: "Chechnya|Освобождено|Partially occupied|Ukraine border|Zone 1|Control|Line of control"
    "|liberated or occupied|Not contested|Ukrainian occupied territory|Occupied, now liberated"
    "|Russian attacks|occupied until 2022|Not Russia|Окуповано до 2022-11-15"
    "|Під контролем РФ до листопада 2022"
    "|Occupied before November 2022|Held by Russia, not Ukraine|Russian control not confirmed"
    "|Занято РФ, не признано Украиной"
    # Whose enemy it is, the words do not tell.
    "|Контроль противника|Под контролем противника|Зайнято противником|Enemy control",
}


@pytest.mark.parametrize(
    ("side", "text"), [(side, text) for side, texts in SAID.items() for text in texts.split("|")]
)
def test_a_phrase_says_who_holds(side, text):
    assert side_of([text]) == side


@pytest.mark.parametrize(
    "title", ["Карта боевых действий, 20 февраля", "Мапа бойових дій", "Map of fighting", "Бои"]
)
def test_the_title_of_a_map_does_not_speak_for_an_area_of_an_unknown_side(tmp_path, title):
    text = kml(
        ("Окуповано", "Південь", ring(*HELD)),
        ("Серая зона", "Орехово", ring(36.6, 49.0, 36.8, 49.4)),
        ("Разное", "Левобережье", ring(*FREED)),
    ).replace("<Document>", f"<Document><name>{title}</name>")
    with pytest.raises(SnapshotFileError, match=r"Левобережье.*side is not known"):
        only(tmp_path, ("a_20250115.kml", text))
    said = {"Левобережье": "left out"}
    grey = only(tmp_path, ("a_20250115.kml", text), sides=said)
    assert grey.drawn_km2("contested") == pytest.approx(
        quadrangle_km2(36.6, 49.0, 36.8, 49.4), rel=1e-4
    )


def test_lines_and_points_of_a_kml_are_left_out_by_name(tmp_path):
    text = kml(("Окуповано", "Південь", ring(*HELD)))
    mark = "<Placemark><name>110 омбр</name><Point><coordinates>37,48</coordinates></Point>"
    text = text.replace("</Document>", f"{mark}</Placemark></Document>")
    with pytest.warns(SnapshotWarning, match="left out: '110 омбр'"):
        assert only(tmp_path, ("a_20250115.kml", text)).area_km2 == KM2


@pytest.mark.parametrize("name", ["claimed_20250115", "Заявлено 20250115", "заявленное_20250115"])
def test_what_a_file_of_claims_draws_is_not_held(tmp_path, name):
    with pytest.raises(SnapshotFileError, match="areas of claimed-RU"):
        only(tmp_path, two({"control": "RUS"}, {"control": "UKR"}, f"{name}.geojson"))


def test_layers_of_claims_and_of_towns_are_not_held(tmp_path):
    path = tmp_path / "days.gpkg"
    areas = gpd.GeoDataFrame({"control": ["RUS"]}, geometry=[shapely.box(*HELD)], crs=4326)
    wide = gpd.GeoDataFrame({"control": ["RUS"]}, geometry=[shapely.box(*FREED)], crs=4326)
    town = gpd.GeoDataFrame({"name": ["Orikhiv"]}, geometry=[shapely.Point(36, 47)], crs=4326)
    for frame, layer in ((areas, "assessed_2025_03_02"), (wide, "claimed_2025_03_02")):
        frame.to_file(path, layer=layer, mode="a" if path.exists() else "w")
    wide.to_file(path, layer="claimed_2025_03_03", mode="a")
    town.to_file(path, layer="towns", mode="a")
    with pytest.warns(SnapshotWarning, match="'towns' holds no areas"):
        fronts = Fronts.read(path)
    assert fronts.at(fronts.dates[0]).area_km2 == KM2
    with pytest.raises(SnapshotFileError, match="claimed-RU alone"):
        fronts.at(fronts.dates[1])


def two(held, freed, name="a_20250115.geojson"):
    return name, json.dumps(collection((square(*HELD), held), (square(*FREED), freed)))


def only(tmp_path, named, **options):
    write(tmp_path / named[0], named[1])
    fronts = Fronts.read(tmp_path, **options)
    return fronts.at(fronts.dates[0])


@pytest.mark.parametrize(
    ("held", "freed"),
    [
        ({"type": "occupied"}, {"type": "liberated"}),
        ({"who": "росія"}, {"who": "Україна"}),
        ({"name": "North", "zone": "RU"}, {"name": "South", "zone": "UA"}),
        ({"_umap_options": {"name": "Occupied"}}, {"_umap_options": {"name": "Liberated"}}),
        ({"name": "Оккупировано"}, {"name": "Освобождено"}),
    ],
)
def test_the_side_stands_in_any_column(tmp_path, held, freed):
    snapshot = only(tmp_path, two(held, freed))
    assert snapshot.area_km2 == KM2
    assert sorted(snapshot.areas) == ["RU", "UA"]


def test_a_column_of_yes_and_no_tells_what_is_disputed(tmp_path):
    held, disputed = ({"side": "RU", "contested": yes} for yes in (False, True))
    snapshot = only(tmp_path, two(held, disputed))
    assert snapshot.area_km2 == KM2
    assert sorted(snapshot.areas) == ["RU", "contested"]


@pytest.mark.parametrize(
    ("held", "freed", "said"),
    [
        ({"type": 1}, {"type": 2}, r"the column 'type' holds '1', '2'"),
        ({"fill": "#a52714"}, {"fill": "#0f9d58"}, r"the column 'fill' holds '#0f9d58', '#a52714'"),
        ({"styleUrl": "#poly-1"}, {"styleUrl": "#poly-2"}, r"the column 'styleUrl'"),
        ({"name": "Occupied"}, {}, "without a name beside others"),
        ({"name": "Occupied"}, {"name": "Sloboda"}, "called 'Sloboda'"),
        ({"state": "red"}, {}, r"the column 'state' holds '', 'red'"),
        # The column that says something of sides, what is not understood first.
        (
            {"name2": "Part 1", "stan": "Окуповано"},
            {"name2": "Part 2", "stan": "уточнити"},
            r"the column 'stan' holds 'уточнити', 'Окуповано'",
        ),
        ({"name": "Liberated"}, {"name": "Звільнено"}, "areas of UA alone"),
    ],
)
def test_areas_that_differ_without_a_word_are_refused_and_can_be_told(tmp_path, held, freed, said):
    with pytest.raises(SnapshotFileError, match=said):
        only(tmp_path, two(held, freed))


def test_a_user_says_who_holds_in_source_toml_or_by_option(tmp_path):
    named = two({"fill": "#ff0000"}, {"fill": "#00ff00"})
    assert only(tmp_path, named, sides={"#ff0000": "RU", "fill=#00FF00": "UA"}).area_km2 == KM2
    write(tmp_path / "source.toml", '[sides]\n"#ff0000" = "RU"\n"*" = "left out"\n')
    assert only(tmp_path, named).area_km2 == KM2
    write(tmp_path / "source.toml", '[sides]\n"#ff0000" = "Mars"\n')
    with pytest.raises(SnapshotFileError, match="expected one of RU, UA"):
        only(tmp_path, named)


def test_colours_tell_the_side_in_files_of_deepstate(tmp_path):
    named = two({"fill": "#a52714"}, {"fill": "#0f9d58"}, "deepstate_20250115.geojson")
    assert only(tmp_path, named).area_km2 == KM2


def test_areas_that_are_alike_are_held_and_what_only_counts_them_is_no_difference(tmp_path):
    held = {"id": 1, "area_km2": 3.5, "fill": "#cc0000", "created_at": "2025-01-15"}
    freed = {"id": 2, "area_km2": 7.5, "fill": "#cc0000", "created_at": "2025-01-16"}
    both = quadrangle_km2(*HELD) + quadrangle_km2(*FREED)
    assert only(tmp_path, two(held, freed)).area_km2 == pytest.approx(both, rel=1e-4)


def test_styles_and_folders_of_kml_tell_the_side(tmp_path):
    text = kml(("Map", "", ring(*HELD)), ("Map", "", ring(*FREED)))
    named = ("a_20250115.kml", text)
    both = quadrangle_km2(*HELD) + quadrangle_km2(*FREED)
    assert only(tmp_path, named).area_km2 == pytest.approx(both, rel=1e-4)
    style = "<name></name><Style><PolyStyle><color>7f{}</color></PolyStyle></Style><Polygon>"
    red, green = style.format("0000ff"), style.format("00ff00")
    coloured = text.replace("<name></name><Polygon>", red, 1)
    coloured = coloured.replace("<name></name><Polygon>", green, 1)
    with pytest.raises(SnapshotFileError, match="the column 'color' holds"):
        only(tmp_path, ("a_20250115.kml", coloured))
    url = text.replace("<name></name>", "<styleUrl>#occupied</styleUrl>", 1)
    url = url.replace("<name></name>", "<styleUrl>#liberated</styleUrl>", 1)
    assert only(tmp_path, ("a_20250115.kml", url)).area_km2 == KM2


@pytest.mark.parametrize("x", ["1e300", "1e999", "NaN"])
def test_an_area_that_cannot_be_measured_is_an_error(tmp_path, x):
    shape = json.dumps(collection((square(*HELD), {}))).replace("38.5", x)
    with pytest.raises(SnapshotFileError):
        only(tmp_path, ("a_20250115.geojson", shape))


def test_an_area_in_metres_is_drawn_where_its_projection_says(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    box = gpd.GeoSeries([shapely.box(*HELD)], crs="EPSG:4326").to_crs("EPSG:3857").iloc[0]
    rows = collection((shapely.geometry.mapping(box), {"name": "Occupied"}))
    assert only(tmp_path, ("a_20250115.geojson", json.dumps({**rows, "crs": crs}))).area_km2 == KM2
    with pytest.raises(SnapshotFileError, match="look like metres"):
        only(tmp_path, ("a_20250115.geojson", json.dumps(rows)))


def test_of_several_maps_of_a_day_the_last_is_taken_and_said(tmp_path):
    write(tmp_path / "250115_0800.geojson", collection((square(*FREED), {})))
    write(tmp_path / "250115_2000.geojson", collection((square(*HELD), {})))
    write(tmp_path / "250116_0800.geojson", collection((square(*HELD), {})))
    with pytest.warns(SnapshotWarning, match="250115_2000.geojson is taken as the last of its day"):
        fronts = Fronts.read(tmp_path)
    assert [fronts.at(day).area_km2 for day in fronts.dates] == [KM2, KM2]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("1736899200", "15-01-2025_вечір"),
        ("15.01.2025 утро", "evening 15-01-2025"),
        ("20250115_0800", "2025-01-15 вечером"),
    ],
)
def test_a_part_of_the_day_tells_the_last_of_a_day(tmp_path, earlier, later):
    write(tmp_path / f"{earlier}.geojson", collection((square(*FREED), {})))
    write(tmp_path / f"{later}.geojson", collection((square(*HELD), {})))
    with pytest.warns(SnapshotWarning, match=f"{later}.geojson is taken as the last of its day"):
        fronts = Fronts.read(tmp_path)
    assert [fronts.at(day).area_km2 for day in fronts.dates] == [KM2]


@pytest.mark.parametrize("other", ["15-01-2025", "15-01-2025_вечір", "20250115_1900"])
def test_where_times_do_not_tell_the_last_of_a_day_it_is_asked(tmp_path, other):
    write(tmp_path / "20250115_1800.geojson", collection((square(*FREED), {})))
    write(tmp_path / f"{other}.geojson", collection((square(*HELD), {})))
    if other.endswith("1900"):
        with pytest.warns(SnapshotWarning, match="as the last"):
            Fronts.read(tmp_path)
        return
    with pytest.raises(SnapshotFileError, match="times in all their names"):
        Fronts.read(tmp_path)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("1736899200", "2025-01-15"),
        ("map_1736899200000", "2025-01-15"),
        ("15-01-2025", "2025-01-15"),
        ("front_15_01_2025", "2025-01-15"),
        ("2025-1-5", "2025-01-05"),
        ("15 січня 2025", "2025-01-15"),
        ("control_2025Jan15", "2025-01-15"),
        ("2025Jan15_0900", "2025-01-15"),
        ("202501152000", "2025-01-15"),
    ],
)
def test_names_tell_the_day_in_many_ways(name, day):
    assert str(find_day(name).day) == day


def test_names_that_read_both_ways_are_read_as_the_others_of_the_folder(tmp_path):
    write(tmp_path / "03-01-2025.geojson", collection((square(*HELD), {})))
    with pytest.raises(SnapshotFileError, match="reads as day-month and as month-day"):
        Fronts.read(tmp_path)
    write(tmp_path / "15-01-2025.geojson", collection((square(*HELD), {})))
    assert [str(day) for day in Fronts.read(tmp_path).dates] == ["2025-01-03", "2025-01-15"]


def test_a_geopackage_holds_a_layer_a_day(tmp_path):
    for day, box in (("2025-01-15", FREED), ("day_20250116", HELD)):
        frame = gpd.GeoDataFrame(geometry=[shapely.box(*box)], crs="EPSG:4326")
        frame.to_file(tmp_path / "days.gpkg", layer=day)
    notes = gpd.GeoDataFrame({"note": ["a"]}, geometry=[shapely.Point(37, 48)], crs="EPSG:4326")
    notes.to_file(tmp_path / "days.gpkg", layer="notes")
    with pytest.warns(SnapshotWarning, match="'notes' holds no areas"):
        fronts = Fronts.read(tmp_path / "days.gpkg")
    assert [str(day) for day in fronts.dates] == ["2025-01-15", "2025-01-16"]
    assert fronts.at(fronts.dates[1]).area_km2 == KM2


def test_answers_of_deepstate_are_of_the_day_in_kyiv_and_the_last_counts(tmp_path):
    held = collection((square(*HELD), {"name": "geoJSON.status.occupied"}))
    rows = [
        {"id": 1736899200, "datetime": "15 січня 2025", "map": held},
        {"id": 1736899201, "datetime": "2025-01-14T23:30:00.000Z", "map": held},
        {"id": 1736899202, "datetime": "soon", "map": held},
    ]
    for number, row in enumerate(rows):
        write(tmp_path / str(number) / "last.json", [row])
        assert str(Fronts.read(tmp_path / str(number)).dates[0]) == "2025-01-15"
    write(tmp_path / "history.json", [{"id": 1, "datetime": "2025-01-15"}])
    with pytest.raises(SnapshotFileError, match="a list of days without areas"):
        Fronts.read(tmp_path / "history.json")
