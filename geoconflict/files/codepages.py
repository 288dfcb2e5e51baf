"""Which letters bytes are that do not say it: code pages of Cyrillic and of the West."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_LANGUAGE_BYTE, _FIELD_BYTES = 29, 32
_NAME_BYTES = 11
# Words of Cyrillic are runs of high bytes; in cp1252 these are single letters with accents.
_WORD_1251 = re.compile(rb"[\xc0-\xff]{4}")
_WORD_866 = re.compile(rb"[\x80-\xaf\xe0-\xef]{4}")
# Letters of one page that are signs or lines in the other.
_ONLY_866 = bytes(range(0x80, 0xB0))
_ONLY_1251 = bytes((*range(0xC0, 0xE0), *range(0xF0, 0x100)))


def code_page(chunks: Iterable[bytes]) -> str:
    """Return the code page of bytes that are no UTF-8: cp1251, cp866 or cp1252.

    Examples
    --------
    >>> [code_page(["Брянск, склад".encode(page)]) for page in ("cp1251", "cp866")]
    ['cp1251', 'cp866']
    >>> code_page(["Großstadt".encode("cp1252")])
    'cp1252'
    """
    is_866 = is_1251 = False
    only_866 = only_1251 = 0
    end = b""
    for chunk in chunks:
        is_866 = is_866 or _WORD_866.search(end + chunk) is not None
        is_1251 = is_1251 or _WORD_1251.search(end + chunk) is not None
        only_866 += len(chunk) - len(chunk.translate(None, _ONLY_866))
        only_1251 += len(chunk) - len(chunk.translate(None, _ONLY_1251))
        end = chunk[-3:]
    if is_866 and only_866 > only_1251:
        return "cp866"
    return "cp1251" if is_1251 else "cp1252"


def shapefile_page(path: Path) -> str | None:
    """Return the encoding that the table of a shapefile shows, None where it says it itself.

    Parameters
    ----------
    path : Path
        The ``.shp``; what belongs to it lies beside.
    """
    parts = {part.suffix.lower(): part for part in path.parent.glob(f"{path.stem}.*")}
    if path.suffix.lower() != ".shp" or ".dbf" not in parts or ".cpg" in parts:
        return None
    content = parts[".dbf"].read_bytes()
    if content[_LANGUAGE_BYTE : _LANGUAGE_BYTE + 1] != b"\x00":
        return None
    size = int.from_bytes(content[8:10], "little")
    fields = range(_FIELD_BYTES, size, _FIELD_BYTES)
    names = (content[start : start + _NAME_BYTES].partition(b"\x00")[0] for start in fields)
    text = b"\n".join((*names, content[size:]))
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return code_page((text,))
    return "utf-8"
