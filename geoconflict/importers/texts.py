"""The text that the bytes of a table are, in whichever encoding they were written."""

from __future__ import annotations

import re

from geoconflict.errors import ImportFileError

# A text in which so few letters are damaged is still the encoding that it seems to be.
_FEW = 0.02
_LOOKED_AT = 4_000


def decoded(file: str, content: bytes) -> tuple[str, list[str]]:
    """Return the text of a table, and what is to be said of its encoding.

    Raises
    ------
    ImportFileError
        The bytes are no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), ["the text is UTF-16"]
    wide = _wide(content)
    if wide:
        return content.decode(wide, errors="replace"), ["the text is UTF-16 without a mark"]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        if b"\x00" in content:
            message = f"{file}:{line}: found bytes that are no text, expected a table"
            raise ImportFileError(message) from error
    text = content.decode("utf-8-sig", errors="replace")
    damaged = text.count("\ufffd")
    if damaged <= _FEW * sum(letter > "\x7f" for letter in text):
        return text, [
            f"{damaged} letters are damaged, the first in line {line}; they are shown as �"
        ]
    encoding = single_byte(content)
    return content.decode(encoding, errors="replace"), [f"the text is no UTF-8; read as {encoding}"]


def single_byte(content: bytes) -> str:
    """Return whether bytes that are no UTF-8 are rather Cyrillic or Western letters."""
    # Words of Cyrillic are runs of high bytes; in cp1252 these are single letters with accents.
    return "cp1251" if re.search(rb"[\xc0-\xff]{4}", content) else "cp1252"


def _wide(content: bytes) -> str:
    """Return which UTF-16 bytes without a mark are: every second one of Latin letters is zero."""
    start = content[:_LOOKED_AT]
    zeros = start[::2].count(0), start[1::2].count(0)
    if max(zeros) < 4 or (max(zeros) < 10 * max(1, min(zeros)) and min(zeros)):
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
