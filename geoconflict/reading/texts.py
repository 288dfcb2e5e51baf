"""A report as it comes, from a file or standard input: decoded, or refused with what to do."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from geoconflict.errors import TextError

# A long report has 100 kB; what is longer than this is an archive or no text.
LARGEST_BYTES = 5_000_000
# The first bytes of files that hold text, but not as text.
_FORMATS = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a Word or other zipped document",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "a rich text file",
}
_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_text(source: Path | BinaryIO, *, name: str) -> str:
    r"""Return the text of a report.

    Parameters
    ----------
    source : Path or binary file
        A plain text file in UTF-8, with or without a byte order mark.
    name : str
        What a message calls it.

    Raises
    ------
    TextError
        There is no such file; or it is empty, longer than 5 MB, not UTF-8, or a document of
        another format.
    OSError
        The file cannot be opened.

    Examples
    --------
    >>> import io
    >>> read_text(io.BytesIO(b"Kazan is far.\r\n"), name="report.txt")
    'Kazan is far.\n'
    """
    content = _content(source, name)
    for start, what in _FORMATS.items():
        if content.startswith(start):
            message = f"{name} is {what}: save it as plain text (UTF-8) and try again"
            raise TextError(message)
    text = _decoded(content, name).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        message = f"{name} is empty: give a report as plain text"
        raise TextError(message)
    return text


def _content(source: Path | BinaryIO, name: str) -> bytes:
    if isinstance(source, Path):
        if not source.exists():
            message = f"there is no {name}: give a text file, - for standard input, or a casebook"
            raise TextError(message)
        with source.open("rb") as file:
            return _content(file, name)
    content = source.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        limit = LARGEST_BYTES // 1_000_000
        message = f"{name} is longer than {limit} MB: give one report, not a collection"
        raise TextError(message)
    return content


def _decoded(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        guess = _MARKS.get(content[:2], "an older encoding such as Windows-1251")
        message = (
            f"{name}:{line}: found bytes that are no UTF-8, perhaps {guess}: "
            "save the text as UTF-8 and try again"
        )
        raise TextError(message) from error
    if "\x00" in text:
        message = f"{name} is no plain text: it has null bytes in it"
        raise TextError(message)
    return text
