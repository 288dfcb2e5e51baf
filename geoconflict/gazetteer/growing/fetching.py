"""Whole countries of places fetched from the network, when the user asks for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoconflict.errors import OnlineError, OptionError, OutputError, UnknownPlaceError
from geoconflict.gazetteer.growing.additions import Addition, add_places
from geoconflict.gazetteer.growing.textlines import Progress
from geoconflict.gazetteer.userdata import user_folder

if TYPE_CHECKING:
    import requests

# A connection that breaks off is taken up again this often as long as bytes still come.
_TRIES = 5
_CONNECT_S, _READ_S = 15.0, 60.0
# What is lost of a connection that breaks off is less than this.
_CHUNK = 1 << 12
# The planet has 90 GB; no country is near this.
_MOST_BYTES = 20_000_000_000
_MD5 = re.compile(r"\b[0-9a-f]{32}\b")
# Answers of a server: the rest of a file, and that there is no more of it.
_PARTIAL, _BEYOND = 206, 416
_CODE = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Download:
    """One file to fetch: from where, under which name, and whose it is.

    ``checksum`` is the address of its MD5, empty where the source has none; ``starts`` the
    bytes that any such file begins with.
    """

    url: str
    name: str
    checksum: str
    starts: bytes
    title: str
    licence: str


def downloads(
    codes: Sequence[str], *, source: str = "geonames", mirror: str | None = None
) -> list[Download]:
    """Return the files that hold all places of countries.

    Parameters
    ----------
    codes : sequence of str
        ISO 3166-1 alpha-2 codes.
    source : {'geonames', 'osm'}
        Whose places.
    mirror : str, optional
        Address below which the same files are.

    Raises
    ------
    OptionError
        There is no such source.
    UnknownPlaceError
        A code is none, or the source has no file of that country.

    Examples
    --------
    >>> [one.url for one in downloads(["UA"], source="osm")]
    ['https://download.geofabrik.de/europe/ukraine-latest.osm.pbf']
    """
    there = _sources()
    if source not in there:
        message = f"{source!r} is no source of places: expected {' or '.join(there)}"
        raise OptionError(message)
    known = there[source]
    address = (mirror or known["address"]).rstrip("/")
    return [
        Download(
            url=f"{address}/{_filled(one['file'], code, known)}",
            name=_filled(one["save"], code, known),
            checksum=known["checksum"],
            starts=known["starts"].encode(),
            title=known["title"],
            licence=f"{known['licence']}, {known['about']}",
        )
        for code in dict.fromkeys(code.upper() for code in codes)
        for one in known["files"]
    ]


def fetch_places(
    chosen: Sequence[Download], *, progress: Progress = lambda *_: None
) -> list[Addition]:
    """Fetch files and add them to the user's gazetteer.

    What broke off is taken up again where it stopped, now or when it is asked for again. A
    file is checked by its MD5 where the source gives one, by its size and its first bytes, and
    by reading all of it; what is not whole changes nothing.

    Parameters
    ----------
    chosen : sequence of Download
        As ``downloads`` returns them.
    progress : callable
        Called now and then with what is being done, and how many bytes are there and in all.

    Returns
    -------
    list of Addition
        As ``add_places``.

    Raises
    ------
    OnlineError
        There is no network, the file is not there, or what came is not the file.
    GazetteerFileError
        The file came whole and holds no places.
    """
    folder = user_folder() / "fetched"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot write in {folder} ({error.strerror})"
        raise OutputError(message) from error
    paths = [_fetched(one, folder, progress) for one in chosen]
    try:
        return add_places(paths, progress=progress)
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def _sources() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("sources.toml").read_text("utf-8"))


def _filled(pattern: str, code: str, known: Mapping[str, Any]) -> str:
    places = known.get("places", {})
    if not _CODE.fullmatch(code) or (places and code not in places):
        there = f"one of {', '.join(places)}" if places else "an ISO 3166-1 code such as UA"
        message = f"{known['title']} has no file of {code!r}: expected {there}"
        raise UnknownPlaceError(message)
    return pattern.format(code=code, place=places.get(code, ""))


def _fetched(one: Download, folder: Path, progress: Progress) -> Path:
    """Return the path of a file that was fetched and is what it should be."""
    import pooch

    pooch.get_logger().setLevel("ERROR")
    path = folder / one.name
    path.unlink(missing_ok=True)
    with _plain_words(one):
        known_hash = _md5(one.url + one.checksum) if one.checksum else None
        try:
            pooch.retrieve(
                one.url,
                known_hash=known_hash and f"md5:{known_hash}",
                fname=one.name,
                path=folder,
                downloader=_Resuming(one, folder / f"{one.name}.part", progress),
            )
        except ValueError as error:
            message = f"{one.name} came damaged from {one.url}: its MD5 is another one; try again"
            raise OnlineError(message) from error
    return path


class _Resuming:
    """What pooch calls to download: it goes on with a part that is there.

    Parameters
    ----------
    one : Download
        The file.
    part : Path
        Where what has come is kept until it is whole; beside it the mark of its version.
    progress : callable
        Told how far it is.
    """

    def __init__(self, one: Download, part: Path, progress: Progress) -> None:
        self.one = one
        self.part = part
        self.progress = progress
        self._mark = part.with_suffix(".mark")

    def __call__(self, url: str, output_file: Any, pooch: Any) -> None:  # noqa: ANN401, ARG002
        """Download to the file that pooch gives."""
        import requests

        with requests.Session() as session:
            self._complete(session, url)
        self._check()
        self._mark.unlink(missing_ok=True)
        self.part.replace(output_file)

    def _complete(self, session: requests.Session, url: str) -> None:
        """Ask until all bytes are there; give up where no more come."""
        import requests

        for left in reversed(range(_TRIES)):
            had = self._size()
            try:
                if self._ask(session, url):
                    return
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                if left == 0 or self._size() <= had:
                    raise
        message = f"{self.one.name} broke off {_TRIES} times: the command goes on where it stopped"
        raise OnlineError(message)

    def _ask(self, session: requests.Session, url: str) -> bool:
        """Take in one answer, and return whether the file is whole then."""
        had = self._size()
        headers = {"Accept-Encoding": "identity"}
        if had and self._mark.exists():
            mark = self._mark.read_text("utf-8")
            headers |= {"Range": f"bytes={had}-", "If-Range": mark}
        timeout = (_CONNECT_S, _READ_S)
        with session.get(url, headers=headers, stream=True, timeout=timeout) as answer:
            if answer.status_code == _BEYOND:
                self._forget()
                return False
            answer.raise_for_status()
            is_rest = answer.status_code == _PARTIAL and "Range" in headers
            if not is_rest:
                self._forget()
                self._note(answer)
            return self._take(answer, self._size())

    def _take(self, answer: requests.Response, had: int) -> bool:
        stated = answer.headers.get("Content-Length", "")
        total = had + int(stated) if stated.isdecimal() else 0
        if total > _MOST_BYTES:
            message = f"{self.one.name} would have {total / 1e9:,.0f} GB: not fetched"
            raise OnlineError(message)
        label = f"fetching {self.one.name}"
        with self.part.open("ab") as file:
            for chunk in answer.iter_content(_CHUNK):
                file.write(chunk)
                had += len(chunk)
                self.progress(label, had, max(total, had))
                if had > _MOST_BYTES:
                    message = f"{self.one.name} does not end: stopped at {had / 1e9:,.0f} GB"
                    raise OnlineError(message)
        return had >= total

    def _check(self) -> None:
        with self.part.open("rb") as file:
            start = file.read(len(self.one.starts))
        if start != self.one.starts:
            self._forget()
            message = f"{self.one.url} gave something else than {self.one.name}: try again later"
            raise OnlineError(message)

    def _note(self, answer: requests.Response) -> None:
        """Keep what tells this version of the file from a later one."""
        mark = answer.headers.get("ETag", "") or answer.headers.get("Last-Modified", "")
        if mark and not mark.startswith("W/"):
            self._mark.write_text(mark, "utf-8")

    def _forget(self) -> None:
        self.part.unlink(missing_ok=True)
        self._mark.unlink(missing_ok=True)

    def _size(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0


def _md5(url: str) -> str:
    import requests

    answer = requests.get(url, timeout=(_CONNECT_S, _READ_S))
    answer.raise_for_status()
    found = _MD5.search(answer.text[:1000])
    if found is None:
        message = f"{url} holds no MD5: without it the file is not taken"
        raise OnlineError(message)
    return found[0]


@contextmanager
def _plain_words(one: Download) -> Iterator[None]:
    """Give a block in which what the network does wrong becomes one line."""
    import requests

    host = one.url.split("/")[2]
    try:
        yield
    except requests.HTTPError as error:
        status = error.response.status_code if error.response is not None else 0
        why = "is not there" if status == requests.codes.not_found else "was refused"
        message = f"{one.url} {why} (the server says {status})"
        raise OnlineError(message) from error
    except requests.TooManyRedirects as error:
        message = f"{host} sends on in a circle: try again later. Nothing was changed"
        raise OnlineError(message) from error
    except requests.Timeout as error:
        message = f"{host} does not answer: try again later, the command goes on where it stopped"
        raise OnlineError(message) from error
    except requests.exceptions.ChunkedEncodingError as error:
        message = f"{one.name} broke off: the command goes on where it stopped"
        raise OnlineError(message) from error
    except requests.RequestException as error:
        message = f"no connection to {host}: is there a network? Nothing was changed"
        raise OnlineError(message) from error
