"""Data made small for the page: columns by their distinct values, then compressed."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

# Higher levels shrink the bytes by a tenth more, and take twice as long or longer.
QUICK, SMALL = 4, 9


def pack(value: object, *, level: int = QUICK) -> str:
    """Return a value as compressed JSON in base64, which the page unpacks by itself.

    Half a character of broken UTF-16 is kept as its JSON escape, so that every text comes
    back as it was; nothing in the result means anything in HTML.

    Examples
    --------
    >>> unpack(pack({"text": "</script>"}))
    {'text': '</script>'}
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    content = text.encode("utf-8", "backslashreplace")
    return base64.b64encode(zlib.compress(content, level)).decode("ascii")


def unpack(packed: str) -> Any:  # noqa: ANN401 - whatever was packed
    """Return what was packed, as the page does."""
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def coded_table(columns: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Return a table for the page: its number of rows, and each column in its shortest form.

    Returns
    -------
    dict
        ``size``, and ``columns`` by name: a list of all values; or ``{"values", "codes"}``,
        the distinct values and the place of each row's among them; or ``{"value"}``, which
        all rows share.
    """
    size = len(next(iter(columns.values()), ()))
    return {"size": size, "columns": {name: _coded(cells) for name, cells in columns.items()}}


def _coded(cells: Sequence[Any]) -> Any:  # noqa: ANN401 - one of three shapes
    if not cells:
        return []
    try:
        values = dict.fromkeys(cells)
    except TypeError:
        return list(cells)
    if len(values) == 1:
        return {"value": cells[0]}
    if 2 * len(values) > len(cells):
        return list(cells)
    places = {value: place for place, value in enumerate(values)}
    return {"values": list(values), "codes": list(map(places.__getitem__, cells))}
