"""Names asked of Nominatim through geopy, whose adapter answers here without a network."""

import json
import urllib.parse

import pytest
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderUnavailable

from geoconflict import Gazetteer
from geoconflict.errors import OnlineError
from geoconflict.files.embedded import embedded_path
from geoconflict.gazetteer import online
from geoconflict.gazetteer.online import Nominatim
from geoconflict.gazetteer.userdata import all_files
from geoconflict.theatre import Theatre
from tests.commands import run


def answer(number, name, lon, lat, **more):
    """One place as Nominatim's JSON has it."""
    return {
        "osm_type": "node",
        "osm_id": number,
        "lat": str(lat),
        "lon": str(lon),
        "class": "place",
        "type": "village",
        "addresstype": "village",
        "display_name": name,
        "boundingbox": [str(lat - 0.02), str(lat + 0.02), str(lon - 0.02), str(lon + 0.02)],
        "namedetails": {"name": name, "name:uk": name},
        "extratags": {"population": "210"},
    } | more


class _Adapter(BaseSyncAdapter):
    """What answers: one list a request; the parameters of each request are kept."""

    def __init__(self, *, proxies, ssl_context):
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self.answers, self.asked = [], []

    def get_text(self, url, *, timeout, headers):
        del timeout
        parts = urllib.parse.urlsplit(url)
        self.asked.append(dict(urllib.parse.parse_qsl(parts.query)) | {"agent": headers})
        found = self.answers.pop(0)
        if isinstance(found, Exception):
            raise found
        return json.dumps(found)

    def get_json(self, url, *, timeout, headers):
        return json.loads(self.get_text(url, timeout=timeout, headers=headers))


@pytest.fixture
def adapter(folder, monkeypatch):
    """The adapter of every look-up of the test; requests need not wait for each other."""
    del folder
    one = _Adapter(proxies=None, ssl_context=None)
    monkeypatch.setattr(online, "DELAY_S", 0.0)
    ordinary = Nominatim.__init__
    monkeypatch.setattr(
        Nominatim,
        "__init__",
        lambda self, theatre: ordinary(self, theatre, adapter_factory=lambda **_: one),
    )
    return one


FRONT = answer(5, "Рівнопілля", 36.21, 47.69)
HOUSE = answer(4, "Рівнопілля", 36.20, 47.60, addresstype="house")


def test_an_answer_is_ranked_with_what_is_known_and_marked(adapter):
    adapter.answers = [[FRONT, HOUSE]]
    found = Gazetteer.default(online=True).resolve("Рівнопілля", context=["Huliaipole"])
    assert found.place.id == "osm:node/5"
    assert found.place.is_online
    assert (found.place.name, found.place.admin1) == ("Rivnopillia", "Zaporizhzhia Oblast")
    assert (found.place.population, found.place.licence) == (210, "ODbL 1.0")
    (asked,) = adapter.asked
    assert asked["q"] == "Рівнопілля"
    assert asked["bounded"] == "1"
    assert "geoconflict" in asked["agent"]["User-Agent"]


def test_the_theatre_comes_first_and_the_world_after_it(adapter):
    more = {"extratags": {"population": "3100000"}, "address": {"country_code": "us"}}
    adapter.answers = [[], [answer(7, "Nowhereville", -100.0, 40.0, **more)]]
    found = Gazetteer.default(online=True).resolve("Nowhereville", country="US")
    assert (found.place.id, found.place.country) == ("osm:node/7", "US")
    window = Theatre.default().window
    corners = [float(n) for n in adapter.asked[0]["viewbox"].split(",")]
    assert corners == [window.west, window.south, min(window.east, 180.0), window.north]
    assert "bounded" not in adapter.asked[1]


def test_each_name_is_asked_once_and_kept_on_disk(adapter):
    adapter.answers = [[FRONT]]
    first = Gazetteer.default(online=True)
    first.resolve("Рівнопілля")
    first.resolve("Рівнопілля", context=["Huliaipole"])
    again = Gazetteer.default(online=True).resolve("Рівнопілля", context=["Huliaipole"])
    assert again.place.id == "osm:node/5"
    assert len(adapter.asked) == 1


def test_a_known_town_is_not_found_a_second_time(adapter):
    known = Gazetteer.default().resolve("Bakhmut").place
    adapter.answers = [[answer(9, "Бахмут", known.lon + 0.01, known.lat)]]
    found = Gazetteer.default(online=True).resolve("Bakhmut")
    assert [c.place.id for c in found.candidates] == [known.id]


def test_nothing_is_asked_by_default(adapter):
    assert Gazetteer.default().resolve("Рівнопілля").place is None or not adapter.asked
    assert run("place", "Kazan").returncode == 0
    assert not adapter.asked


def test_the_command_marks_what_was_asked_online(adapter):
    adapter.answers = [[FRONT]]
    result = run("place", "Рівнопілля", "--context", "Huliaipole", "--online")
    assert result.stdout.startswith("Rivnopillia (Zaporizhzhia Oblast, UA) [online]: settlement,")
    assert "asked online of Nominatim, ODbL 1.0 (osm:node/5)" in result.stdout


@pytest.mark.parametrize("fault", [GeocoderUnavailable("no route"), OSError("no network")])
def test_without_a_network_there_is_one_clear_line(adapter, fault):
    adapter.answers = [fault]
    result = run("place", "Рівнопілля", "--online")
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert "nominatim.openstreetmap.org gave no usable answer" in result.stderr
    assert "Without --online only what is on this computer is asked" in result.stderr


@pytest.mark.parametrize(
    "broken", [{"boundingbox": None}, {"osm_id": "x"}, {"namedetails": None}, {"lon": "200"}]
)
def test_an_answer_that_is_none_is_left_out(adapter, broken):
    adapter.answers = [[FRONT | broken, answer(6, "Рівнопілля", 36.22, 47.70)]]
    found = Gazetteer.default(online=True).resolve("Рівнопілля", context=["Huliaipole"])
    assert found.place.id == "osm:node/6"


def test_the_network_itself_is_closed_to_tests(folder):
    del folder
    asking = Gazetteer(
        all_files(), facilities=embedded_path("facilities.csv"), online=Nominatim(Theatre.default())
    )
    with pytest.raises(OnlineError, match="is there a network"):
        asking.resolve("Рівнопілля")
