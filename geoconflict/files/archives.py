"""Zip and gzip files taken apart with limits, for what they say of themselves may be false."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from geoconflict.errors import Fault, UnreadableFileError
from geoconflict.files.reading import reading

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_SHOWN = 60
_CHUNK = 1 << 20
# The record that ends a zip: 22 bytes, the number of files in it, and a comment of up to 65,535.
_END, _END_BYTES, _TAIL_BYTES = b"PK\x05\x06", 22, 65_557
# Before it in a zip of the large format, which says elsewhere how many files there are.
_LOCATOR, _LOCATOR_BYTES = b"PK\x06\x07", 20
# A name in a list of files takes 46 bytes and its letters.
_ENTRY_BYTES = 2_000
_WHOLE = "a whole file: fetch it again"
_STORED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Choice = Callable[[str], bool]
Watch = Callable[[int], None]


@dataclass(frozen=True)
class Limits:
    """What a real file of some kind stays below.

    Parameters
    ----------
    members : int
        Files in one archive.
    bytes : int
        Bytes that all that is wanted of it unpacks to, counted while unpacking.
    """

    members: int
    bytes: int


# Text packs at 3 to 6 to 1, tables that repeat themselves at 25; small files may be white space.
_RATIO, _RATIO_SMALL = 40, 100
_FROM, _FROM_SMALL = 60_000_000, 4_000_000


def named(*endings: str) -> Choice:
    """Return whether a file's name ends in one of these, in small letters; hidden files do not."""

    def is_wanted(name: str) -> bool:
        path = PurePosixPath(name)
        hidden = path.name.startswith(".") or "__MACOSX" in path.parts
        return not hidden and path.name.casefold().endswith(endings)

    return is_wanted


def members(path: Path, *, wanted: Choice, limits: Limits) -> dict[str, bytes]:
    """Return the wanted files of a zip or KMZ by name, in the order of names.

    Parameters
    ----------
    path : Path
        The archive.
    wanted : callable
        Whether a file of this name is unpacked.
    limits : Limits
        What is refused.

    Raises
    ------
    UnreadableFileError
        It is damaged or locked, lists too many files, or unpacks to far more than a real one.
    OSError
        It is not there or may not be read.
    """
    with path.open("rb") as file:
        archive = _opened(path, file, limits)
        items = [i for i in archive.infolist() if not i.is_dir() and wanted(i.filename)]
        # No more than this is unpacked of a file, whatever it really holds.
        unpacked = sum(item.file_size for item in items)
        packed = min(sum(item.compress_size for item in items), path.stat().st_size)
        if unpacked > _most(packed, limits):
            raise _bomb(path)
        with _reading(path):
            return {
                item.filename: _member(path, archive, item).read()
                for item in sorted(items, key=lambda i: i.filename)
            }


def unzipped(path: Path, *, limits: Limits) -> bytes:
    """Return the content of a gzip file.

    Raises
    ------
    UnreadableFileError
        It is damaged, or unpacks to far more than a real one.
    OSError
        It is not there or may not be read.
    """
    with path.open("rb") as file:
        return _Counted(gzip.GzipFile(fileobj=file), file, path=path, limits=limits).whole()


@contextmanager
def text_inside(
    path: Path, *, member: Choice, limits: Limits, watch: Watch = lambda _: None
) -> Iterator[io.BufferedIOBase]:
    """Open a file, plain or the one in a zip that is wanted, to be read as it is unpacked.

    Parameters
    ----------
    path : Path
        A file, or a zip that holds one.
    member : callable
        Whether a file name inside a zip is that of the file.
    limits : Limits
        What is refused.
    watch : callable
        Called now and then with the bytes of the file read so far.

    Raises
    ------
    UnreadableFileError
        It is damaged or locked, holds no such file or several, or unpacks to far more than a
        real one.
    OSError
        It is not there or may not be read.
    """
    with path.open("rb") as file:
        stream = _only(path, file, member, limits) if _is_zip(path, file) else file
        counted = _Counted(stream, file, path=path, limits=limits, watch=watch)
        with io.BufferedReader(counted, _CHUNK) as buffer:
            yield buffer


class _Counted(io.RawIOBase):
    """A stream that raises when it gives more than it may, in all or for what was packed."""

    def __init__(
        self,
        stream: IO[bytes] | io.BufferedIOBase,
        file: IO[bytes],
        *,
        path: Path,
        limits: Limits,
        watch: Watch = lambda _: None,
    ) -> None:
        self._stream, self._file, self._path = stream, file, path
        self._limits, self._watch, self._given = limits, watch, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        with _reading(self._path):
            data = self._stream.read(len(view))
        view[: len(data)] = data
        self._given += len(data)
        at = self._file.tell()
        self._watch(at)
        if self._given > _most(at, self._limits):
            raise _bomb(self._path)
        return len(data)

    def whole(self) -> bytes:
        """Return all of it at once."""
        return b"".join(iter(lambda: self.read(_CHUNK) or b"", b""))


def _most(packed: int, limits: Limits) -> int:
    """Return the bytes that a real file unpacks to at most, where it takes so many packed."""
    by_ratio = min(_RATIO_SMALL * packed, max(_FROM, _RATIO * packed))
    return min(limits.bytes, max(_FROM_SMALL, by_ratio))


def _bomb(path: Path) -> UnreadableFileError:
    return _fault(path, "a file that unpacks to far more than a real file", "less")


def _is_zip(path: Path, file: IO[bytes]) -> bool:
    start = file.read(4)
    file.seek(0)
    if path.suffix.lower() == ".zip" and not start.startswith(b"PK"):
        raise _fault(path, "no zip file" if start else "an empty file", "a zip: fetch it again")
    return start.startswith(b"PK")


def _only(path: Path, file: IO[bytes], member: Choice, limits: Limits) -> IO[bytes]:
    archive = _opened(path, file, limits)
    fitting = [item for item in archive.infolist() if member(item.filename)]
    if len(fitting) != 1:
        held = ", ".join(ascii(item.filename[:_SHOWN]) for item in archive.infolist()[:5])
        raise _fault(path, held or "nothing in it", "one file such as UA.txt")
    return _member(path, archive, fitting[0])


def _member(path: Path, archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> IO[bytes]:
    if item.flag_bits & 0x1 or item.compress_type not in _STORED:
        raise _locked(path)
    with _reading(path):
        return archive.open(item)


def _opened(path: Path, file: IO[bytes], limits: Limits) -> zipfile.ZipFile:
    """Return a zip whose list of files is not too long to be held in memory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _TAIL_BYTES))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise _fault(path, "an archive that is cut off or damaged, or none", _WHOLE)
    if tail[max(0, at - _LOCATOR_BYTES) : at].startswith(_LOCATOR):
        raise _locked(path)
    count, list_bytes = struct.unpack_from("<HI", tail, at + 10)
    if count > limits.members or list_bytes > limits.members * _ENTRY_BYTES:
        raise _fault(path, f"a list of {count:,} files", f"at most {limits.members:,}")
    with _reading(path):
        return zipfile.ZipFile(file)


def _locked(path: Path) -> UnreadableFileError:
    return _fault(path, "an archive that is locked or packed in a way that is not read", "a zip")


def _fault(path: Path, found: str, expected: str) -> UnreadableFileError:
    return UnreadableFileError([Fault(path.name, 0, "", found, expected)])


def _reading(path: Path) -> AbstractContextManager[None]:
    return reading(path.name, expected=_WHOLE, raises=UnreadableFileError)
