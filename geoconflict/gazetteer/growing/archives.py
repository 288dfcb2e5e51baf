"""A text file by the line, plain or in a zip, that is refused when it grows beyond measure."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from geoconflict.errors import GazetteerFileError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# The largest real file, the table of alternate names, has 0.8 GB in a zip of 0.2 GB with two
# members; text packs at 3 to 6 to 1.
MOST_BYTES = 4_000_000_000
MOST_RATIO = 100
MOST_MEMBERS = 100
LONGEST_LINE = 1_000_000
_SHOWN = 60
_RATIO_FROM = 10_000_000
_CHUNK = 1 << 20
# The record that ends a zip: 22 bytes and a comment of up to 65,535.
_END, _END_BYTES, _END_SEARCHED = b"PK\x05\x06", 22, 65_557
_LOCATOR, _LOCATOR_BYTES = b"PK\x06\x07", 20
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    struct.error,
    NotImplementedError,
    UnicodeDecodeError,
)
_STORED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Watch = Callable[[int], None]
# What is being done, bytes of the file read, bytes in all.
Progress = Callable[[str, int, int], None]
Choice = Callable[[str], bool]


def read_lines(
    path: Path, *, member: Choice, most_bytes: int = MOST_BYTES, watch: Watch = lambda _: None
) -> Iterator[tuple[int, str]]:
    """Yield each line of a text file with its number, from 1, without the line's end.

    Parameters
    ----------
    path : Path
        A text file in UTF-8, or a zip that holds one.
    member : callable
        Whether a file name inside a zip is that of the text file.
    most_bytes : int
        More text than this is refused, counted while reading: what a zip says of itself may
        be false.
    watch : callable
        Called now and then with the bytes of the file read so far.

    Raises
    ------
    GazetteerFileError
        The file is empty, damaged, no text, or a bomb.
    OSError
        It is not there or may not be read.
    """
    with path.open("rb") as file, _damage_named(path):
        stream = _inside(path, file, member) if _is_zip(path, file) else file
        limited = _Limited(stream, file, path=path, most_bytes=most_bytes, watch=watch)
        with io.BufferedReader(limited, _CHUNK) as buffer:
            yield from _decoded(path, buffer)


def watched(doing: str, path: Path, progress: Progress) -> Watch:
    """Return a watch that tells how far a file is read, and what for."""
    size, label = path.stat().st_size, f"{doing} {path.name}"
    return lambda done: progress(label, min(done, size), size)


class _Limited(io.RawIOBase):
    """A stream that raises when it gives more than it may, in all or for what was packed."""

    def __init__(
        self, stream: IO[bytes], file: IO[bytes], *, path: Path, most_bytes: int, watch: Watch
    ) -> None:
        self._stream, self._file, self._path = stream, file, path
        self._most, self._watch, self._given = most_bytes, watch, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        view[: len(data)] = data
        self._given += len(data)
        packed = self._file.tell()
        self._watch(packed)
        too_much = self._given > self._most
        if too_much or self._given > max(_RATIO_FROM, MOST_RATIO * packed):
            message = f"{self._path.name} unpacks to far more than a real file: it is refused"
            raise GazetteerFileError(message)
        return len(data)


def _is_zip(path: Path, file: IO[bytes]) -> bool:
    start = file.read(4)
    file.seek(0)
    if start.startswith(b"PK"):
        return True
    if path.suffix.lower() == ".zip":
        what = "is empty" if not start else "is no zip file"
        message = f"{path.name} {what}: fetch it again"
        raise GazetteerFileError(message)
    return False


def _inside(path: Path, file: IO[bytes], member: Choice) -> IO[bytes]:
    """Return the text file inside a zip, opened."""
    _check_directory(path, file)
    archive = zipfile.ZipFile(file)
    fitting = [item for item in archive.infolist() if member(item.filename)]
    if len(fitting) != 1:
        held = ", ".join(ascii(item.filename[:_SHOWN]) for item in archive.infolist()[:5])
        message = f"{path.name} holds {held or 'nothing'}; expected one file such as UA.txt"
        raise GazetteerFileError(message)
    if fitting[0].flag_bits & 0x1 or fitting[0].compress_type not in _STORED:
        raise _unread(path)
    return archive.open(fitting[0])


def _check_directory(path: Path, file: IO[bytes]) -> None:
    """Refuse a zip with very many members before they are listed in memory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _END_SEARCHED))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        message = f"{path.name} is cut off or damaged: fetch it again"
        raise GazetteerFileError(message)
    members, directory_bytes = struct.unpack("<HI", tail[at + 10 : at + 16])
    if members > MOST_MEMBERS or directory_bytes > _CHUNK:
        message = f"{path.name} lists far too many files; expected one such as UA.txt"
        raise GazetteerFileError(message)
    if tail[max(0, at - _LOCATOR_BYTES) : at].startswith(_LOCATOR):
        raise _unread(path)


def _unread(path: Path) -> GazetteerFileError:
    message = f"{path.name} is locked or packed in a way that is not read: unpack it first"
    return GazetteerFileError(message)


def _decoded(path: Path, buffer: io.BufferedIOBase) -> Iterator[tuple[int, str]]:
    number = 0
    while line := buffer.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            message = f"{path.name}:{number}: found a line without end, expected a table of text"
            raise GazetteerFileError(message)
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            message = f"{path.name}:{number}: found bytes that are no UTF-8, expected a UTF-8 file"
            raise GazetteerFileError(message) from error
        yield number, text.rstrip("\r\n")
    if number == 0:
        message = f"{path.name} is empty: fetch it again"
        raise GazetteerFileError(message)


@contextmanager
def _damage_named(path: Path) -> Iterator[None]:
    """Say of which file it is that it cannot be unpacked."""
    try:
        yield
    except _DAMAGE as error:
        message = f"{path.name} is cut off or damaged ({error}): fetch it again"
        raise GazetteerFileError(message) from error
    except OSError as error:
        if error.filename is not None:
            raise
        message = f"{path.name} cannot be read ({error.strerror or error})"
        raise GazetteerFileError(message) from error
