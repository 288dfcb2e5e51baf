"""Countries of places fetched from a server that breaks off, lies and sends other things."""

import hashlib
import http.server
import io
import threading
import zipfile

import pytest

from geoconflict.gazetteer import lookup
from tests.commands import run
from tests.test_dumps import ALTERNATES, FILLER, ROWS
from tests.test_growing import VILLAGE, extract


def _zip(rows):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("UA.txt", "".join(f"{line}\n" for line in rows))
    return buffer.getvalue()


WHOLE = _zip([*ROWS, *FILLER])
FILES = {"/UA.zip": WHOLE, "/alternatenames/UA.zip": _zip(ALTERNATES)}


class _Server(http.server.ThreadingHTTPServer):
    """A server of files; ``faults`` are taken one a request for the first file, then none."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files, self.faults, self.asked, self.version = dict(FILES), [], [], '"1"'

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        server, start = self.server, 0
        content = server.files.get(self.path)
        server.asked.append((self.path, self.headers.get("Range")))
        fault = server.faults.pop(0) if server.faults and self.path == "/UA.zip" else None
        if fault == "circle":
            server.faults.append("circle")
            self.send_response(302)
            self.send_header("Location", self.path)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if content is None or isinstance(fault, int):
            self.send_error(fault or 404)
            return
        if "Range" in self.headers and self.headers.get("If-Range") == server.version:
            start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        if start and start >= len(content):
            self.send_error(416)
            return
        sent = content[start:]
        stated = {"short": len(sent) // 2, "long": len(sent) + 500}.get(fault, len(sent))
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(stated))
        self.send_header("ETag", server.version)
        self.end_headers()
        self.wfile.write(sent[: len(sent) // 2] if fault == "break" else sent)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(folder):
    del folder
    with _Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def fetch(server, *more):
    return run("gazetteer", "fetch", "ua", "--mirror", server.address, *more)


def fresh():
    return lookup._default.__wrapped__()


def files_in(folder):
    return sorted(p.name for p in folder.glob("*.sqlite"))


def test_a_country_is_fetched_with_its_licence_said_and_found_from_then_on(server, folder):
    result = fetch(server)
    assert (result.returncode, result.stderr) == (0, "")
    assert f"fetching {server.address}/UA.zip\n" in result.stdout
    assert "GeoNames: CC BY 4.0, credit GeoNames, https://www.geonames.org" in result.stdout
    assert "UA.zip: 210 places (204 settlements" in result.stdout
    assert fresh().get("geonames:90003").names["ru"] == ("Новотроицкое",)
    assert not list((folder / "fetched").iterdir())


def test_what_breaks_off_is_taken_up_where_it_stopped(server):
    server.faults = ["break", "break"]
    assert fetch(server).returncode == 0
    ranges = [wanted for path, wanted in server.asked if path == "/UA.zip"]
    first, second = (int(wanted.strip("bytes=-")) for wanted in ranges[1:])
    assert ranges[0] is None
    # Of each half that came less than a piece of 4,096 bytes is asked for again.
    assert len(WHOLE) // 2 - 4096 < first <= len(WHOLE) // 2
    assert first + (len(WHOLE) - first) // 2 - 4096 < second <= first + (len(WHOLE) - first) // 2


def test_what_keeps_breaking_off_goes_on_with_the_next_command(server, folder):
    server.faults = ["break"] * 9
    result = fetch(server)
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert result.stderr.startswith("geoconflict: UA.zip broke off")
    assert not files_in(folder)
    server.faults, server.asked = [], []
    assert fetch(server).returncode == 0
    assert server.asked[0][1] is not None
    assert fresh().has("geonames:90002")


def test_a_part_of_an_older_version_is_not_mixed_with_a_newer_one(server):
    server.faults = ["break"] * 9
    fetch(server)
    server.faults, server.version = [], '"2"'
    server.files["/UA.zip"] = _zip([*FILLER, *ROWS])
    assert fetch(server).returncode == 0
    assert fresh().has("geonames:90002")


@pytest.mark.parametrize(
    ("faults", "content", "said"),
    [
        (["short"], WHOLE, "UA.zip: found an archive that is cut off or damaged"),
        (["long"] * 9, WHOLE, "UA.zip broke off"),
        ([], b"<html>Sign in to the network</html>", "/UA.zip gave something else than UA.zip"),
        ([], b"PK\x03\x04" + bytes(range(200)), "UA.zip: found"),
        ([], b"", "/UA.zip gave something else than UA.zip"),
        ([503] * 9, WHOLE, "/UA.zip was refused (the server says 503)"),
        ([], None, "/UA.zip is not there (the server says 404)"),
    ],
)
def test_what_is_not_the_file_is_one_line_and_changes_nothing(
    server, folder, faults, content, said
):
    server.faults, server.files["/UA.zip"] = faults, content
    result = fetch(server)
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert said in result.stderr
    assert not files_in(folder)


def test_a_server_that_sends_on_in_a_circle_is_no_missing_network(server):
    server.faults = ["circle"]
    assert "sends on in a circle" in fetch(server).stderr


def test_an_extract_is_taken_with_the_right_sum_only(server, folder, tmp_path):
    path = extract(tmp_path / "a.osm.pbf", [(10, 37.75, 48.25, VILLAGE)])
    name = "/europe/ukraine-latest.osm.pbf"
    server.files |= {name: path.read_bytes(), f"{name}.md5": b"0" * 32 + b"  ukraine"}
    result = fetch(server, "--from", "osm")
    assert "its MD5 is another one" in result.stderr
    assert not files_in(folder)
    server.files[f"{name}.md5"] = hashlib.md5(path.read_bytes()).hexdigest().encode()  # noqa: S324
    assert fetch(server, "--from", "osm").returncode == 0
    assert fresh().resolve("Гнилая Рудка").require().licence == "ODbL 1.0"


@pytest.mark.usefixtures("folder")
def test_without_a_network_it_is_said_in_one_line():
    with _Server() as closed:
        address = closed.address
    result = run("gazetteer", "fetch", "UA", "--mirror", address)
    assert result.returncode == 1
    assert result.stderr == (
        f"geoconflict: no connection to {address.removeprefix('http://')}: is there a network? "
        "Nothing was changed\n"
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("Ukraine",), "GeoNames has no file of 'UKRAINE': expected an ISO 3166-1 code such as UA"),
        (("XX", "--from", "osm"), "has no file of 'XX': expected one of UA, RU, BY"),
        (("UA", "--from", "maps"), "'maps' is no source of places: expected geonames or osm"),
    ],
)
def test_what_cannot_be_fetched_is_said_before_anything_is(asked, said):
    result = run("gazetteer", "fetch", *asked)
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert said in result.stderr
