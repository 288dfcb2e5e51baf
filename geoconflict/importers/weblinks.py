"""Links as tables hold them: whole, without their scheme, or as the name of a channel."""

from __future__ import annotations

import re

# A comma belongs to a link only where a digit follows, as in the addresses of newspapers.
_REST = r"(?:[^\s,;|<>\"'«»]|,(?=\d))"
_HOSTS = (
    r"www\.[\w-]+\.\w|(?:t|telegram)\.me/|(?:x|twitter|vk|facebook|instagram|youtube|tiktok)\.com/|"
    r"youtu\.be/"
)
_LINK = re.compile(rf"https?://{_REST}+|(?<![\w@./:-])(?:{_HOSTS}){_REST}*", re.IGNORECASE)
# In a column of links anything that has a domain and a path is one.
_ADDRESS = re.compile(
    rf"https?://{_REST}+|(?<![\w@./:-])(?:[a-z0-9-]+\.)+[a-z]{{2,24}}/{_REST}*|"
    rf"(?<![\w@./:-])www\.{_REST}+",
    re.IGNORECASE,
)
# One whole link and nothing else, as most cells are.
_ONE = re.compile(r"https?://[^\s,;|<>\"'«»@()\[\]]+[\w/]")
_DISARMED = re.compile(r"\bhxxp(?=s?:)", re.IGNORECASE)
_CHANNEL = re.compile(r"(?<![\w.@/])@([A-Za-z]\w{4,31})(?![\w.@])")


def find_urls(text: str) -> list[str]:
    """Return the links in a text, each once, in order; those of known hosts without a scheme too.

    Examples
    --------
    >>> find_urls("see t.me/example/1, www.example.org/a and (https://example.org/b).")
    ['https://t.me/example/1', 'https://www.example.org/a', 'https://example.org/b']
    """
    # Most texts have no link, which is sooner seen.
    return _whole(_LINK.findall(text)) if "/" in text or "www." in text.lower() else []


def read_links(cell: str) -> tuple[list[str], list[str]]:
    """Return the links in a cell of a column of links, and the names taken for Telegram channels.

    Examples
    --------
    >>> read_links("example.org/a; @example")
    (['https://example.org/a', 'https://t.me/example'], ['@example'])
    """
    if not cell:
        return [], []
    if _ONE.fullmatch(cell):
        return [cell], []
    # Links that are written so that nobody follows them by chance.
    cell = _DISARMED.sub("http", cell).replace("[.]", ".")
    found = _whole(_ADDRESS.findall(cell))
    names = _CHANNEL.findall(cell)
    return list(dict.fromkeys([*found, *(f"https://t.me/{name}" for name in names)])), [
        f"@{name}" for name in names
    ]


def unlinked(cell: str) -> str:
    """Return a cell without its links, its names with @ and the marks around them.

    Examples
    --------
    >>> unlinked("DSNS (https://t.me/dsns/4)"), unlinked("t.me/a_b/1, @example")
    ('DSNS', '')
    """
    rest = _CHANNEL.sub("\n", _ADDRESS.sub("\n", _LINK.sub("\n", cell)))
    pieces = [" ".join(piece.split()).strip(" ,;:.|/()[]<>-–—") for piece in rest.split("\n")]
    # Words between links are remarks on them, no name of who says so.
    named = [piece for piece in pieces if piece]
    return named[0] if len(named) == 1 and named[0].count("(") == named[0].count(")") else ""


def _whole(links: list[str]) -> list[str]:
    return list(dict.fromkeys(_schemed(_trimmed(link)) for link in links))


def _trimmed(link: str) -> str:
    """Return a link without the marks of the sentence that it ends."""
    unopened = {mark: link.count(mark) - link.count(opens) for opens, mark in ("()", "[]")}
    end = len(link)
    while end and (link[end - 1] in ".,:!?" or unopened.get(link[end - 1], 0) > 0):
        end -= 1
        if link[end] in unopened:
            unopened[link[end]] -= 1
    return link[:end]


def _schemed(link: str) -> str:
    return link if link.lower().startswith(("http://", "https://")) else f"https://{link}"
