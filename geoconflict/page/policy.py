"""What keeps a page safe: every text of it escaped, its own scripts by hash, no connection."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Sequence

_HOST = re.compile(r"(?P<scheme>https?)://(?P<host>[^/?#\s\"'\\]+)")
_WEB_LINK = re.compile(r"https?://", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE_IN_HTML = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def web_link(value: object) -> str | None:
    """Return a link if it is an http or https one, else None."""
    link = str(value).strip() if isinstance(value, str) else ""
    return link if _WEB_LINK.match(link) else None


def content_security_policy(
    scripts: Iterable[str],
    *,
    script_urls: Sequence[str] = (),
    style_urls: Sequence[str] = (),
    image_urls: Sequence[str] = (),
) -> str:
    """Return the policy that lets a page run these scripts and nothing else.

    Parameters
    ----------
    scripts : iterable of str
        Text of each inline script, exactly as between its tags.
    script_urls, style_urls : sequence of str
        Remote files that layers added by the user ask for.
    image_urls : sequence of str
        Addresses or templates of remote images, such as map tiles.

    Returns
    -------
    str
        Value of the ``Content-Security-Policy`` meta element.
    """
    hashes = dict.fromkeys(f"'sha256-{_digest(text)}'" for text in scripts)
    images = filter(None, map(_image_source, image_urls))
    directives = {
        "default-src": ["'none'"],
        "script-src": [*hashes, *_escaped(script_urls)] or ["'none'"],
        "style-src": ["'unsafe-inline'", *_escaped(style_urls)],
        "img-src": ["data:", *dict.fromkeys(images)],
        "font-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _escaped(urls: Sequence[str]) -> list[str]:
    """Return addresses as policy sources, where a space, comma or semicolon would end one."""
    marks = str.maketrans({";": "%3B", ",": "%2C", " ": "%20"})
    return [url.partition("?")[0].translate(marks) for url in dict.fromkeys(urls)]


def _image_source(url: str) -> str | None:
    """Return the host of an address; of a template such as ``{s}.tile.org`` every subdomain."""
    found = _HOST.match(url)
    if found is None:
        return None
    host = found["host"]
    if _PLACEHOLDER.search(host):
        host = "*." + _PLACEHOLDER.sub("", host).lstrip(".-")
    return f"{found['scheme']}://{host}"


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
