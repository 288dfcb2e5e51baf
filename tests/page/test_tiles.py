"""Online tiles: only if asked, by name, with attribution and the policy opened for them alone."""

import pytest

from geoconflict import render
from geoconflict.errors import PageOptionError
from tests.page.test_render import References


def test_no_tiles_unless_asked(january_html):
    assert "L.tileLayer(" not in january_html.rpartition("geoconflict.start(")[2]
    assert "img-src data:;" in References(january_html).policy


@pytest.mark.parametrize("name", ["OpenStreetMap.Mapnik", "openstreetmap mapnik"])
def test_tiles_by_name_are_allowed_and_attributed(open_page, january, name):
    html = str(render(january, tiles=name))
    policy = References(html).policy
    assert "img-src data: https://tile.openstreetmap.org;" in policy
    assert "connect-src" not in policy
    opened = open_page(html)
    attribution = opened.page.locator(".leaflet-control-attribution").inner_text()
    assert "OpenStreetMap contributors" in attribution
    asked = [url for url in opened.requests if not url.startswith(("file:", "data:"))]
    assert asked
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in asked)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("OpenStreetMap.Mapnick", "OpenStreetMap.Mapnik"),
        ("CartoDB.Positron", "key"),
        ("", "called"),
    ],
)
def test_tiles_that_cannot_be_used_are_refused(january, name, said):
    with pytest.raises(PageOptionError, match=said):
        render(january, checks=[], tiles=name)
