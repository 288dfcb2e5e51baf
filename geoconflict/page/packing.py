"""Data made small for the page: cells as JSON, columns as numbers, then all of it compressed."""

from __future__ import annotations

import base64
import json
import math
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

# From so many rows on a column of texts is worth a table of its words.
_MANY = 300
# Digits after the point of numbers that are written as whole ones.
_DIGITS = 5
_LONGEST_NUMBER = 9
# What counts as a word must be the same here and in any browser: all that is not ASCII does.
_TOKEN = re.compile(r"[0-9]+|[A-Za-z\x80-\U0010ffff]+|[\x00-\x7f]")
_NEW, _NUMBER, _KNOWN = 0, 1, 2
# What comes before compressed data of the kind that the page unpacks.
_ZLIB_HEAD = b"\x78\xda"
# Five decimals of a degree are about a metre, finer than any position here.
_DECIMALS = 5


def deflated(sections: Sequence[bytes]) -> bytes:
    """Return sections one after another as zlib data, each with a code of its own where shorter.

    Numbers and text have little in common, and few runs of noisy numbers come twice.
    """
    content = b"".join(sections)
    kinds = (zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY)
    head = _deflated(sections[0], zlib.Z_DEFAULT_STRATEGY)
    numbers = [min((_deflated(one, kind) for kind in kinds), key=len) for one in sections[1:]]
    apart = b"".join([_ZLIB_HEAD, head, *numbers, _deflated(b"", 0, zlib.Z_FINISH)])
    apart += zlib.adler32(content).to_bytes(4, "big")
    return min(apart, zlib.compress(content, 9), key=len)


def _deflated(content: bytes, strategy: int, flush: int = zlib.Z_SYNC_FLUSH) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, strategy=strategy)
    return compressor.compress(content) + compressor.flush(flush)


def pack(value: object, *, deflate: Callable[[Sequence[bytes]], bytes] = deflated) -> str:
    """Return a value as compressed JSON in base64, which the page unpacks by itself.

    Arrays of whole numbers in it are written as bytes behind the JSON: of all the lowest byte,
    then of all the next, which compresses better than any text of them. Half a character of
    broken UTF-16 is kept as its JSON escape, so that every text comes back as it was; nothing
    in the result means anything in HTML.

    Parameters
    ----------
    value : object
        What JSON can hold, and arrays of whole numbers.
    deflate : callable
        Makes zlib data of the sections of the content: the JSON, then each array's bytes.

    Examples
    --------
    >>> unpack(pack({"text": "</script>", "steps": np.array([1, -300])}))
    {'text': '</script>', 'steps': [1, -300]}
    """
    arrays: list[bytes] = []

    def placed(numbers: npt.NDArray[np.integer[Any]]) -> dict[str, list[int]]:
        least = int(numbers.min(initial=0))
        whole = (numbers << 1) ^ (numbers >> 63) if least < 0 else numbers
        width = max(1, (int(whole.max(initial=0)).bit_length() + 7) // 8)
        arrays.extend(((whole >> 8 * at) & 255).astype(np.uint8).tobytes() for at in range(width))
        return {"#": [len(numbers), width, int(least < 0)]}

    text = json.dumps(
        value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=placed
    )
    head = text.encode("utf-8", "backslashreplace")
    sections = [len(head).to_bytes(4, "little") + head, *arrays]
    return base64.b64encode(deflate(sections)).decode("ascii")


def unpack(packed: str) -> Any:  # noqa: ANN401 - whatever was packed
    """Return what was packed, as the page does, with arrays as lists."""
    content = zlib.decompress(base64.b64decode(packed))
    at = 4 + int.from_bytes(content[:4], "little")

    def found(value: dict[str, Any]) -> Any:  # noqa: ANN401
        nonlocal at
        if "#" not in value:
            return value
        size, width, is_signed = value["#"]
        planes = np.frombuffer(content, np.uint8, size * width, at).reshape(width, size)
        at += size * width
        whole = (planes.astype(np.int64) << 8 * np.arange(width)[:, None]).sum(axis=0)
        return ((whole >> 1) ^ -(whole & 1) if is_signed else whole).tolist()

    return json.loads(content[4:at], object_hook=found)


def coded_table(columns: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Return a table for the page: its number of rows, and each column in its shortest form.

    Returns
    -------
    dict
        ``size``, and ``columns`` by name: a list of all values; ``{"value"}``, which all rows
        share; ``{"same"}``, the name of a column with the same values; ``{"values", "codes"}``,
        the distinct values and the place of each row's among them; ``{"numbers", "digits",
        "none"}``, numbers without their point, and the one that stands for None; or
        ``{"words", ...}`` as ``_texts`` returns it.
    """
    size = len(next(iter(columns.values()), ()))
    coded: dict[str, Any] = {}
    for name, cells in columns.items():
        same = next((other for other in coded if cells and columns[other] == cells), None)
        form = {"same": same} if same and len(cells) > 1 else _coded(cells)
        coded[name] = form
    return {"size": size, "columns": coded}


def _coded(cells: Sequence[Any]) -> Any:  # noqa: ANN401 - one of several shapes
    try:
        values = dict.fromkeys(cells)
    except TypeError:
        return list(cells)
    if len(values) == 1:
        return {"value": cells[0]}
    kinds = set(map(type, values)) - {type(None)}
    if values and 2 * len(values) <= len(cells):
        # In their own order, in which neighbours resemble each other.
        known = sorted(values, key=lambda one: (one is None, one)) if len(kinds) == 1 else values
        places = {value: place for place, value in enumerate(known)}
        return {"values": _spelt(list(known)), "codes": np.array([places[one] for one in cells])}
    if kinds == {str}:
        return _spelt(cells)
    if len(cells) >= _MANY and kinds <= {int, float}:
        return _numbers(cells) or list(cells)
    return list(cells)


def _spelt(cells: Sequence[Any]) -> Any:  # noqa: ANN401
    if len(cells) < _MANY or not all(one is None or isinstance(one, str) for one in cells):
        return list(cells)
    found = _texts(cells)
    return found if 2 * len(found["words"]) < len(found["codes"]) else list(cells)


def _numbers(cells: Sequence[float | None]) -> dict[str, Any] | None:
    """Return numbers as whole ones; None where one has too many digits for that."""
    floats = np.array([np.nan if one is None else one for one in cells], dtype=float)
    missing = np.isnan(floats)
    known = floats[~missing]
    for digits in range(_DIGITS + 1):
        whole = np.rint(known * 10**digits)
        if np.abs(whole).max() < 2**31 - 1 and (whole / 10**digits == known).all():
            numbers = np.full(len(floats), int(whole.max()) + 1)
            numbers[~missing] = whole
            none = int(whole.max()) + 1 if missing.any() else None
            return {"numbers": numbers, "digits": digits, "none": none}
    return None


def _texts(cells: Sequence[str | None]) -> dict[str, Any]:
    """Return texts as ``words``, each once and in order, and ``codes`` of each text's parts.

    A part is a word, a number or any other character; a space between two words or numbers is
    not written. A code is that of the next new word, of the next number, or of a known word;
    ``lengths`` is the number of parts of each text plus one, zero where there is none.
    """
    places: dict[str, int] = {}
    codes: list[int] = []
    numbers: list[int] = []
    lengths = np.zeros(len(cells), dtype=np.int64)
    for row, cell in enumerate(cells):
        if cell is None:
            continue
        start = len(codes)
        for part in _parts(cell):
            if part.isdecimal() and len(part) <= _LONGEST_NUMBER and str(int(part)) == part:
                codes.append(_NUMBER)
                numbers.append(int(part))
            elif part in places:
                codes.append(_KNOWN + places[part])
            else:
                codes.append(_NEW)
                places[part] = len(places)
        lengths[row] = len(codes) - start + 1
    found = {"lengths": lengths, "codes": np.array(codes), "numbers": np.array(numbers, dtype=int)}
    return {"words": list(places), **found}


def _parts(text: str) -> list[str]:
    """Return the parts of a text; two words or numbers in a row had a space between them.

    Where nothing stood between them, an empty part says so.
    """
    parts: list[str] = []
    found = _TOKEN.findall(text)
    last = len(found) - 1
    for at, part in enumerate(found):
        between = 0 < at < last and part == " "
        if between and _is_word(found[at - 1]) and _is_word(found[at + 1]):
            continue
        if at and _is_word(part) and _is_word(found[at - 1]):
            parts.append("")
        parts.append(part)
    return parts


def _is_word(part: str) -> bool:
    return part[:1].isalnum() or part[:1] > "\x7f"


def columns(frame: pd.DataFrame, names: Iterable[str]) -> dict[str, list[Any]]:
    """Return columns of a table as plain lists; one that the table lacks is all None.

    Dates are ISO days, whole numbers whole, other numbers rounded to five decimals, missing
    cells None.
    """
    empty = [None] * len(frame)
    return {name: _column(frame[name]) if name in frame else list(empty) for name in names}


def plain(value: Any) -> Any:  # noqa: ANN401 - a cell of any column
    """Return one cell as JSON has it."""
    if isinstance(value, str | bool):
        return value
    if value is None or pd.isna(value):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    number = float(value)
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else round(number, _DECIMALS)


def _column(cells: pd.Series[Any]) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(cells):
        days = np.datetime_as_string(cells.to_numpy().astype("datetime64[D]"))
        return [None if day == "NaT" else str(day) for day in days]
    if pd.api.types.is_float_dtype(cells):
        # Python's own rounding, so that a number is the same here as in ``plain``.
        return [_number(value) for value in cells.tolist()]
    return [value if isinstance(value, str) else plain(value) for value in cells.tolist()]


def _number(value: float) -> float | None:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else round(value, _DECIMALS)
