"""The page as a file: the same bytes each time, whole, small, and without remote references."""

import io
import json
import os
import re
import stat
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import folium
import pytest

from geoconflict import check_claims, render, write_page
from geoconflict.casebooks.positions import locate_events
from geoconflict.errors import OutputError
from geoconflict.page.data import page_data
from geoconflict.page.labels import map_labels
from geoconflict.page.packing import pack, unpack
from geoconflict.page.policy import content_security_policy, script_json, web_link
from geoconflict.theatre import Theatre
from tests.conftest import JANUARY


class References(HTMLParser):
    """Collects what a page refers to, its policy, and its scripts and styles."""

    def __init__(self, html):
        super().__init__()
        self.found, self.content, self.tag = [], {"script": [], "style": []}, ""
        self.policy = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tag = tag
        self.found += [values[name] for name in ("src", "href", "data") if name in values]
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]

    def handle_endtag(self, _tag):
        self.tag = ""

    def handle_data(self, data):
        if self.tag in self.content:
            self.content[self.tag].append(data)


def test_two_pages_of_one_casebook_are_equal(january, january_html):
    assert str(render(january)) == january_html


def test_rendering_a_page_again_changes_nothing(january_page, january_html):
    assert str(january_page) == january_html
    assert january_page.get_root().render() == january_html


def test_two_processes_make_the_same_bytes(tmp_path):
    pages = []
    for seed in "12":
        path = tmp_path / f"{seed}.html"
        subprocess.run(
            [sys.executable, "-m", "geoconflict", "map", JANUARY, "-o", path],
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        pages.append(path.read_bytes())
    assert pages[0] == pages[1]


def with_layers(casebook):
    page = render(casebook)
    layer = folium.GeoJson({"type": "Point", "coordinates": [30, 50]}, tooltip="here")
    layer.add_to(page)
    folium.Marker((50, 30), popup="x", icon=folium.Icon()).add_to(
        folium.FeatureGroup().add_to(page)
    )
    page.fit_bounds([(48, 28), (52, 40)])
    folium.LayerControl().add_to(page)
    return page


def test_added_layers_leave_the_bytes_the_same_each_time(january):
    first, second = with_layers(january), with_layers(january)
    html = str(first)
    assert "L.geoJson" in html
    assert html == str(second)
    assert html == str(first)


def test_it_refers_to_nothing_outside_the_file(january_html):
    references = References(january_html)
    assert [r for r in references.found if not r.startswith("data:")] == []
    urls = re.findall(r"url\(([^)]*)\)", "".join(references.content["style"]))
    assert [url for url in urls if not url.startswith(("data:", "#"))] == []
    assert "@import" not in "".join(references.content["style"])


def test_it_is_small(january_html):
    assert len(january_html.encode()) < 1_500_000


def test_its_policy_allows_no_connection_and_no_foreign_script(january_html):
    policy = References(january_html).policy
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    script_source = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert set(re.sub(r"'sha256-[\w+/=]+'", "", script_source).split()) == {"script-src"}


def test_tiles_that_a_user_adds_are_allowed_and_nothing_else(january):
    page = render(january)
    folium.TileLayer("https://{s}.tiles.example/{z}/{x}/{y}.png", attr="x").add_to(page)
    policy = References(str(page)).policy
    assert "img-src data: https://*.tiles.example;" in policy
    assert "connect-src" not in policy


def test_policy_names_scripts_by_hash():
    # echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
    policy = content_security_policy(["alert(1)"])
    assert "script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='" in policy


def test_texts_stay_as_they_are_and_cannot_end_their_element():
    text = "</script><!-- & \u2028 \u2029 \ud800 'x' \"y\" \\u003c"
    escaped = script_json({"t": text})
    assert json.loads(escaped) == {"t": text}
    assert not set("<>&\u2028\u2029\ud800") & set(escaped)
    assert unpack(pack({"t": text})) == {"t": text}


def test_columns_are_plain_values(january):
    located = locate_events(january)
    data = page_data(located, [])
    events = data["events"]
    row = events["id"].index("2025-01-20-buk-m3")
    assert events["lon"][row] is None
    assert events["place"][row] is None
    assert events["date_start"][row] == "2025-01-11"
    assert {len(column) for column in events.values()} == {len(january.events)}
    assert json.loads(script_json(data)) == data


def test_only_web_links_pass():
    assert web_link("https://example.org/a") == "https://example.org/a"
    for link in ("javascript:alert(1)", "data:text/html,x", " java\nscript:x", "//a", None, 5):
        assert web_link(link) is None


def test_the_title_can_be_replaced_and_is_escaped(january):
    assert '<title lang="en">A &lt; B</title>' in str(render(january, title="A < B"))


def packed(html, name):
    """What one block of packed data holds."""
    return unpack(re.search(rf'id="{name}">([^<]*)<', html)[1])


def test_a_casebook_in_another_language_is_marked_as_such(january):
    book = replace(january, info=january.info.model_copy(update={"language": "uk"}))
    html = str(render(book))
    assert '<html lang="uk">' in html
    assert '<h1 lang="uk">' in html
    english = str(render(book, language="en"))
    assert '<html lang="en">' in english
    assert '<h1 lang="uk">' in english


def test_of_the_waters_only_the_seas_are_named_from_afar_and_no_land_is():
    waters = map_labels(Theatre.default())["waters"]
    seas = {water["en"]: water for water in waters if water["kind"] == "sea"}
    assert {"Black Sea", "Sea of Azov"} <= set(seas)
    assert all("Sea" in name for name in seas)
    others = {water["en"] for water in waters} - set(seas)
    assert "Siverskyi Donets" in others
    assert "Snake Island" not in others
    assert (seas["Black Sea"]["uk"], seas["Black Sea"]["ru"]) == ("Чорне море", "Чёрное море")


def test_credits_are_readable_and_name_no_file_and_not_ourselves(january):
    credits_ = page_data(locate_events(january), [])["info"]
    lines = [*credits_["attribution"], *credits_["data_attribution"], *credits_["map_attribution"]]
    assert "© OpenStreetMap contributors (ODbL)" in credits_["map_attribution"]
    assert not [line for line in lines if ".csv" in line or "geoconflict" in line]


def test_a_line_is_drawn_for_what_was_measured_and_none_for_what_lies_where_it_should(january):
    claims = page_data(locate_events(january), check_claims(january))["claims"]
    lines = {name for name, line in zip(claims["id"], claims["line"], strict=True) if line}
    assert lines == {"ryazan-border", "bryansk-border", "alabuga-moscow"} | {
        "astrakhan-plant-near-city"
    }


def test_the_casebook_is_not_changed(january):
    before = january.events.copy()
    render(january)
    assert january.events.equals(before)


def test_checks_that_are_given_are_those_shown(january):
    claims = packed(str(render(january, checks=[])), "casebook-data")["claims"]
    assert claims["size"] == 0
    assert claims["columns"]["verdict"] == []


def test_a_page_can_be_saved_by_path_and_into_an_open_file(january_page, january_html, tmp_path):
    january_page.save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text("utf-8") == january_html
    file = io.BytesIO()
    january_page.save(file, close_file=False)
    assert file.getvalue().decode("utf-8") == january_html
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_page_is_not_written_where_it_cannot_be(january_page, tmp_path):
    with pytest.raises(OutputError, match="is a folder"):
        write_page(january_page, tmp_path)
    with pytest.raises(OutputError, match="does not exist"):
        write_page(january_page, tmp_path / "none" / "page.html")
    assert list(tmp_path.iterdir()) == []


def test_who_has_the_old_page_open_keeps_it_whole(january_page, january_html, tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old", "utf-8")
    with path.open(encoding="utf-8") as opened:
        write_page(january_page, path)
        assert opened.read() == "old"
    assert path.read_text("utf-8") == january_html


def test_a_link_is_followed_and_stays(january_page, january_html, tmp_path):
    real, link = tmp_path / "real.html", tmp_path / "link.html"
    real.write_text("old", "utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    assert write_page(january_page, link) == link
    assert link.is_symlink()
    assert real.read_text("utf-8") == january_html
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(january_page, tmp_path):
    link = tmp_path / "link.html"
    link.symlink_to(tmp_path / "new.html")
    write_page(january_page, link)
    assert link.is_symlink()
    assert (tmp_path / "new.html").is_file()


def test_a_pipe_is_not_replaced(january_page, tmp_path):
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for path in (pipe, link):
        with pytest.raises(OutputError, match="a device, a pipe or an endless link") as caught:
            write_page(january_page, path)
        assert "\n" not in str(caught.value)
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert link.is_symlink()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_link_that_leads_to_itself_is_refused(january_page, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(link)
    with pytest.raises(OutputError):
        write_page(january_page, link)
    assert link.is_symlink()


def test_a_file_that_is_write_protected_stays(january_page, tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old", "utf-8")
    path.chmod(0o444)
    with pytest.raises(OutputError, match="write-protected"):
        write_page(january_page, path)
    assert path.read_text("utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["page.html"]


def test_an_old_page_stays_when_a_new_one_cannot_be_made(january_page, tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    path.write_text("old", "utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geoconflict.files.writing.flush", full)
    with pytest.raises(OutputError, match="No space left"):
        write_page(january_page, path)
    assert path.read_text("utf-8") == "old"


def test_districts_are_no_towns_and_mariupol_is():
    names = set(map_labels(Theatre.default())["cities"]["en"])
    assert {"Mariupol", "Makiivka", "Kharkiv", "Sloviansk", "Engels"} <= names
    assert not {"Livoberezhnyi", "Pravyi Bereh", "Rutchenkivskyi", "Saltivka"} & names
