"""The reports that drafts are made of: text files, saved web pages, standard input."""

from __future__ import annotations

import datetime as dt
import re
import sys
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from geoconflict.casebooks.ids import digest, source_key
from geoconflict.drafting.cells import Source
from geoconflict.errors import TextError
from geoconflict.measuring.dates import Day, day_of
from geoconflict.reading.texts import decoded, is_page, read_content, read_page

_TITLE, _KEY = 120, 40
_BLOCKS = "address|article|blockquote|br|div|h[1-6]|hr|li|ol|p|section|table|tr|ul"
# What is no text, tags that end a line, other tags, links and emphasis of messengers; each part
# is bounded, so that no text takes long.
_MARKUP = re.compile(
    r"<(?P<code>script|style)\b[^<>]{0,500}>[^<]{0,9999}</(?P=code)\s*>|<!--[^<>]{0,999}-->|"
    rf"(?P<block></?(?:{_BLOCKS})(?:\s[^<>]{{0,500}})?/?>)|</?[a-z][a-z0-9]{{0,15}}(?:\s[^<>]{{0,500}})?/?>|"
    r"(?P<entity>&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});)|"
    r"!?\[(?=[^\[\]\n]{1,300}\]\((?:https?|tg):)|\]\((?:https?|tg):[^()\s]{0,500}\)|"
    r"(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])|"
    r"(?<![\w_~|])(?:__|~~|\|\|)(?=[^\s_~|])|(?<=[^\s_~|])(?:__|~~|\|\|)(?![\w_~|])",
    re.IGNORECASE,
)
# The publisher of a report that nothing tells whose it is.
UNTOLD = "source not told"


@dataclass(frozen=True)
class Article:
    """A report as it was found: its text, and what the page around it says of it."""

    text: str
    title: str
    publisher: str = ""
    date: dt.date | None = None
    url: str | None = None

    def source(self, *, date: Day | None = None, url: str | None = None) -> Source:
        """Return the report as a source of a casebook.

        Parameters
        ----------
        date : date or str, optional
            Its day where somebody knows better than the page.
        url : str, optional
            Its address, where somebody knows better.
        """
        day, address = day_of(date) or self.date, url or self.url
        host = urlsplit(address or "").hostname or ""
        publisher = self.publisher or host.removeprefix("www.") or UNTOLD
        key = source_key(self.title)[:_KEY].strip("-") or digest([self.text])[:8]
        return Source(f"{key}-{day}" if day else key, self.title, publisher, day, address)


def read_article(path: str | Path) -> Article:
    r"""Return the report in a file, or on standard input.

    Parameters
    ----------
    path : str or Path
        A text file in UTF-8, a page saved from a browser (its main text and its day are
        looked for), or ``-``.

    Returns
    -------
    Article
        With ``text``, ``title``, ``publisher``, ``date`` and ``url``, the last two None where
        nothing tells them; ``source()`` is what ``draft_events`` takes.

    Raises
    ------
    TextError
        The file holds no text in UTF-8, none at all, more than a report, or a table.
    MissingExtraError
        The file is a page, and the extra ``pages`` is not installed.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "report.txt"
    >>> _ = file.write_text("Drones over Ryazan\n\nThe refinery burns.", "utf-8")
    >>> read_article(file).title
    'Drones over Ryazan'
    """
    is_piped = str(path) == "-"
    name = "standard input" if is_piped else str(path)
    data = read_content(sys.stdin.buffer if is_piped else Path(path), name=name)
    return _page(data, name) if is_page(data) else make_article(decoded(data, name), name=name)


def make_article(text: str, *, name: str = "the text", title: str = "") -> Article:
    """Return a text as a report; its first line is the title where none is given.

    Raises
    ------
    TextError
        There is nothing in it.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
    if not plain.strip():
        message = f"{name} is empty: a report has words"
        raise TextError(message)
    first = next(line.strip() for line in plain.split("\n") if line.strip())
    return Article(plain, title or _short(without_markup(first)[0]))


def without_markup(text: str) -> tuple[str, list[int]]:
    """Return a text as it reads, without the marks of HTML and messengers, and whence each letter.

    Examples
    --------
    >>> without_markup("The <b>Ryazan</b> [refinery](https://a.b/c) was **hit**&nbsp;twice")[0]
    'The Ryazan refinery was hit twice'
    >>> without_markup("a <b>b")
    ('a b', [0, 1, 5])
    """
    parts, places, at = [], [], 0
    for match in [*_MARKUP.finditer(text), None]:
        start, end = match.span() if match else (len(text), len(text))
        by = "" if match is None else _read_as(match)
        parts += [text[at:start], by]
        places += [*range(at, start), *([start] * len(by))]
        at = end
    return "".join(parts), places


def _read_as(mark: re.Match[str]) -> str:
    if mark["entity"]:
        return unescape(mark[0]).replace("\u00a0", " ")
    return "\n\n" if mark["block"] else ""


def _page(data: bytes, name: str) -> Article:
    found = read_page(data, name=name)
    article = make_article(found["text"], name=name, title=_short(found.get("title") or ""))
    url = found.get("url") or ""
    return Article(
        article.text,
        article.title,
        found.get("sitename") or "",
        dt.date.fromisoformat(found["date"]) if found.get("date") else None,
        url if url.startswith(("http://", "https://")) else None,
    )


def _short(title: str) -> str:
    plain = " ".join(title.split())
    return plain if len(plain) <= _TITLE else f"{plain[: _TITLE - 1].rstrip()}…"
