"""What every reader passes through: faults of parsers as one line, bytes as the letters meant."""

from __future__ import annotations

import csv
import json
import os
import re
import struct
import tomllib
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from geoconflict.errors import Fault, GeoconflictError, TableError

# What only a mistake of ours raises, whatever a file holds: these keep their traceback.
_OURS = (NameError, AttributeError, AssertionError, ImportError)
_SHOWN = 160
_MOST_PARTS = 100
_KEY = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_DAMAGED = "a file that cannot be read ({})"
_CUT = "a file that is cut off or damaged ({})"
_FOUND: tuple[tuple[type[Exception], str], ...] = (
    (UnicodeEncodeError, "half a letter (a lone surrogate), which no text holds"),
    (RecursionError, "brackets nested beyond measure"),
    (MemoryError, "more than the memory holds"),
    (tomllib.TOMLDecodeError, "broken TOML ({})"),
    (csv.Error, "a broken row ({})"),
    (zipfile.BadZipFile, _CUT),
    (zlib.error, _CUT),
    (EOFError, _CUT),
    (struct.error, _CUT),
    (KeyError, "nothing called {}"),
    (UnboundLocalError, "a damaged projection or table"),
    # What GDAL says.
    (RuntimeError, "a file that cannot be opened ({})"),
)
# To programmers, who may name a driver.
_GDAL_ADVICE = re.compile(r"[.;]*\s*It might help to specify the correct driver.*", re.DOTALL)
# A cell longer than this is none of a real table; the csv module's own limit is 131,072.
_LONGEST_CELL = 10_000_000
_LANGUAGE_BYTE, _FIELD_BYTES = 29, 32
_NAME_BYTES = 11
# Words of Cyrillic are runs of high bytes; in cp1252 these are single letters with accents.
_WORD_1251 = re.compile(rb"[\xc0-\xff]{4}")
_WORD_866 = re.compile(rb"[\x80-\xaf\xe0-\xef]{4}")
# Letters of one page that are signs or lines in the other.
_ONLY_866 = bytes(range(0x80, 0xB0))
_ONLY_1251 = bytes((*range(0xC0, 0xE0), *range(0xF0, 0x100)))


@contextmanager
def reading(file: str, *, expected: str, raises: type[GeoconflictError]) -> Iterator[None]:
    r"""Give a block in which a file is parsed; whatever breaks there names the file in one line.

    An error of the machine that names a file itself (not there, not allowed) stays as it is,
    and so does what can only be a mistake of ours.

    Parameters
    ----------
    file : str
        The name that the message gives.
    expected : str
        What the file should be, or what to do.
    raises : type of GeoconflictError
        What is raised. Faults of an archive or of markup become this too, word for word.

    Raises
    ------
    GeoconflictError
        The file cannot be read; of the type that was asked for.

    Examples
    --------
    >>> from geoconflict.errors import ImportFileError
    >>> with reading("a.json", expected="JSON", raises=ImportFileError):
    ...     b"\xff".decode("utf-8")
    Traceback (most recent call last):
    geoconflict.errors.ImportFileError: a.json:1: found bytes that are no UTF-8, expected JSON
    """
    try:
        yield
    except Exception as error:
        is_ours = isinstance(error, _OURS) and not _is_of_gdal(error)
        if is_ours or isinstance(error, raises) or getattr(error, "filename", None) is not None:
            raise
        if isinstance(error, TableError):
            raise _made(raises, error.faults) from error
        if isinstance(error, GeoconflictError):
            raise
        line, found = _told(error, file)
        raise _made(raises, (Fault(file, line, "", found, expected),)) from error


def _is_of_gdal(error: Exception) -> bool:
    """Return whether pyogrio stumbled: of a damaged projection it uses a name that it never set."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_code.co_filename.startswith("pyogrio")


@contextmanager
def long_cells() -> Iterator[None]:
    """Give a block in which the csv module takes cells of ten million letters."""
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def parse_toml(content: bytes, file: str, *, raises: type[GeoconflictError]) -> dict[str, Any]:
    """Return what a text of TOML in UTF-8 holds, with or without a byte order mark.

    Raises
    ------
    GeoconflictError
        It is none, or has keys of more parts than anything here; of the type asked for.
    """
    with reading(file, expected="a TOML file in UTF-8", raises=raises):
        text = content.decode("utf-8-sig")
        # The parser takes a time that grows with the square of the parts of a key.
        run = longest = 0
        for part in text.split("."):
            run = run + 1 if _KEY.fullmatch(part.strip()) else 0
            longest = max(run, longest)
        if longest > _MOST_PARTS:
            message = f"a key of more than {_MOST_PARTS} parts"
            raise tomllib.TOMLDecodeError(message)
        return tomllib.loads(text)


def text_name(path: Path) -> str:
    """Return the name of a file as a text can hold it, whatever bytes its letters are."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def one_line(text: str) -> str:
    """Return a text as a message can hold it: one line, nothing that no terminal shows, cut."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    plain = " ".join(plain.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"


def _told(error: Exception, file: str) -> tuple[int, str]:
    """Return the line of a file at which it breaks (0: not known), and what was found there."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object[: error.start].count(b"\n") + 1
        return line, f"bytes that are no {error.encoding.upper().removesuffix('-SIG')}"
    if isinstance(error, json.JSONDecodeError):
        is_cut = error.pos >= len(error.doc.rstrip()) - 1
        what = "a text that is cut off" if is_cut else f"broken JSON ({one_line(error.msg)})"
        return 0, f"{what} at line {error.lineno}, column {error.colno}"
    # Libraries name the whole path, of a temporary folder perhaps.
    said = re.sub(rf"[^\s'\"]*/(?={re.escape(file)})", "", str(error)[:1_000])
    said = _GDAL_ADVICE.sub("", said)
    found = next((text for kind, text in _FOUND if isinstance(error, kind)), _DAMAGED)
    return 0, found.format(one_line(said) or type(error).__name__)


def _made(kind: type[GeoconflictError], faults: Sequence[Fault]) -> GeoconflictError:
    return kind(faults) if issubclass(kind, TableError) else kind("\n".join(map(str, faults)))


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
