"""Values made JSON that can stand in a page: all texts of a page are escaped here."""

from __future__ import annotations

import json
import re

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE_IN_HTML = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def script_json(value: object) -> str:
    r"""Return a value as JSON that can stand inside a ``script`` element.

    No markup can begin or end in it, no line separator breaks it, and half a character of
    broken UTF-16 is written as its escape, so that every text comes back as it was.

    Examples
    --------
    >>> script_json({"text": "</script>"})
    '{"text":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    whole = _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return whole.translate(_UNSAFE_IN_HTML)


def well_formed(text: str) -> str:
    """Return a text with every half of a broken surrogate pair as a replacement character."""
    return _LONE_SURROGATE.sub("\ufffd", text)
