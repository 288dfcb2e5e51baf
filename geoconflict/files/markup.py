"""XML in whichever encoding it was written, as UTF-8: KML and GPX of old software."""

from __future__ import annotations

import codecs
import re

from geoconflict.files.reading import code_page

_WIDE = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(
    rb"<\?xml[^>]*?(?:\sencoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"'])?\s*\?>", re.ASCII
)
# A text in which one letter of so many is damaged is still UTF-8.
_DAMAGED = 8


def utf8_markup(content: bytes) -> tuple[bytes, str]:
    """Return the bytes of an XML text in UTF-8, and what is to be said of their encoding.

    What the bytes are counts before what they are declared to be: UTF-8 is never so by chance.
    Bytes of which no encoding can be told, and damaged UTF-8, stay as they are.

    Examples
    --------
    >>> text = "<?xml version='1.0' encoding='windows-1251'?><a>Брянск, склад</a>"
    >>> utf8_markup(text.encode("cp1251"))[0].decode()
    "<?xml version='1.0'?><a>Брянск, склад</a>"
    """
    wide = next((name for mark, name in _WIDE if content.startswith(mark)), "")
    match = _DECLARED.match(content.removeprefix(codecs.BOM_UTF8).lstrip())
    declared = (match[1] or b"").decode("ascii") if match else ""
    page, remark = _page(content, wide or declared)
    if not page:
        return content, ""
    try:
        text = content.decode(page)
    except (UnicodeError, LookupError):
        return content, ""
    # Without an encoding XML is UTF-8; the line ends stay where they are.
    bare = re.sub(r"(<\?xml[^>]*?)\s+encoding\s*=\s*[\"'][\w.-]*[\"']", r"\1", text, count=1)
    return bare.encode(), remark


def _page(content: bytes, declared: str) -> tuple[str, str]:
    """Return the encoding of a text, empty where nothing is to be done, and a remark."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if _name(declared) not in ("", "utf-8"):
            return declared, ""
        text = content.decode("utf-8", "replace")
        if _DAMAGED * text.count("\ufffd") < len(text) - len(text.encode("ascii", "ignore")):
            return "", ""
        page = code_page((content,))
        return page, f"the text is no UTF-8; read as {page}"
    if content.isascii() or _name(declared) in ("", "utf-8"):
        return "", ""
    return "utf-8-sig", f"the text says that it is {declared}, and is UTF-8"


def _name(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name if encoding else ""
    except LookupError:
        return encoding
