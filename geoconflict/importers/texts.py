"""The text that the bytes of a table are, in whichever encoding they were written."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import IO

from geoconflict.errors import ImportFileError
from geoconflict.files.reading import code_page

# A text in which so few letters are damaged is still the encoding that it seems to be.
_FEW = 0.02
_LOOKED_AT = 4_000
_MANY = 8
_CHUNK = 1 << 20

Open = Callable[[], IO[bytes]]


@dataclass(frozen=True)
class Text:
    """The text of a table, decoded anew each time that it is opened; what is to be said of it."""

    open_bytes: Open
    encoding: str
    remarks: tuple[str, ...] = ()

    def open(self) -> io.TextIOWrapper:
        """Return a stream of the text, its line ends as they are."""
        return io.TextIOWrapper(self.open_bytes(), self.encoding, errors="replace", newline="")


def find_text(file: str, open_bytes: Open) -> Text:
    """Return the text of a table.

    Parameters
    ----------
    file : str
        The name that a message gives.
    open_bytes : callable
        Opens the bytes anew.

    Raises
    ------
    ImportFileError
        The bytes are no text.
    """
    with open_bytes() as stream:
        start = stream.read(_LOOKED_AT)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Text(open_bytes, "utf-16", ("the text is UTF-16",))
    wide = _wide(start)
    if wide:
        return Text(open_bytes, wide, ("the text is UTF-16 without a mark",))
    line = _first_damaged(open_bytes)
    if not line:
        page = _garbled_by(start.decode("utf-8-sig", "ignore").rpartition("\n")[0])
        return _mended(open_bytes, page) if page else Text(open_bytes, "utf-8-sig")
    if any(b"\x00" in chunk for chunk in _chunks(open_bytes)):
        message = f"{file}:{line}: found bytes that are no text, expected a table"
        raise ImportFileError(message)
    damaged, high = _letters(open_bytes)
    if damaged <= _FEW * high:
        said = f"{damaged} letters are damaged, the first in line {line}; they are shown as �"
        return Text(open_bytes, "utf-8-sig", (said,))
    encoding = code_page(_chunks(open_bytes))
    return Text(open_bytes, encoding, (f"the text is no UTF-8; read as {encoding}",))


def _garbled_by(text: str) -> str:
    """Return the code page by which UTF-8 was read before it was saved anew, empty if by none.

    No text in other letters than Latin gives UTF-8 in a code page by chance.
    """
    if sum(char > "\x7f" for char in text) < _MANY:
        return ""
    for page in ("latin-1", "cp1252", "cp1251"):
        try:
            text.encode(page).decode("utf-8")
        except UnicodeError:
            continue
        return page
    return ""


def _mended(open_bytes: Open, page: str) -> Text:
    """Return a text with the letters that were meant, where all of them can be told."""
    with open_bytes() as stream:
        text = stream.read().decode("utf-8-sig")
    said = f"the letters are garbled, as of UTF-8 read as {page}"
    try:
        whole = text.encode(page)
        whole.decode("utf-8")
    except UnicodeError:
        return Text(open_bytes, "utf-8-sig", (f"{said}; they stay as they are",))
    return Text(partial(io.BytesIO, whole), "utf-8-sig", (f"{said}; read as they were meant",))


def _chunks(open_bytes: Open) -> Iterator[bytes]:
    with open_bytes() as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _first_damaged(open_bytes: Open) -> int:
    """Return the line of the first byte that is no UTF-8, 0 where there is none."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    for chunk in chain(_chunks(open_bytes), (b"",)):
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].count(b"\n")
        line += chunk.count(b"\n")
    return 0


def _letters(open_bytes: Open) -> tuple[int, int]:
    """Return how many letters of bytes read as UTF-8 are damaged, and how many are not Latin."""
    damaged = high = 0
    with Text(open_bytes, "utf-8-sig").open() as stream:
        while text := stream.read(_CHUNK):
            damaged += text.count("\ufffd")
            high += len(text) - len(text.encode("ascii", "ignore"))
    return damaged, high


def _wide(start: bytes) -> str:
    """Return which UTF-16 bytes without a mark are: every second one of Latin letters is zero."""
    zeros = start[::2].count(0), start[1::2].count(0)
    if max(zeros) < 4 or (max(zeros) < 10 * max(1, min(zeros)) and min(zeros)):
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
