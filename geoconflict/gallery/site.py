"""A folder of casebooks made a site that any host can serve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

from markupsafe import Markup

from geoconflict.casebooks.casebook import read_casebook
from geoconflict.casebooks.coordinates import without_coordinates
from geoconflict.errors import NoCasebookError, PageOptionError
from geoconflict.files.writing import write_whole
from geoconflict.look.assets import Assets
from geoconflict.look.labels import labels_of
from geoconflict.look.words import words
from geoconflict.page.document import ICON, Sharing, write_page
from geoconflict.page.policy import content_security_policy, web_link, well_formed
from geoconflict.page.render import render
from geoconflict.plots import draw_share, write_figure

if TYPE_CHECKING:
    from geoconflict.casebooks.casebook import Casebook

_ASSETS = Assets.beside(__file__)
_PAGE, _PICTURE = "index.html", "card.png"


@dataclass(frozen=True)
class Entry:
    """One casebook of a site; ``path`` is that of its page below the site."""

    slug: str
    path: str
    title: str
    summary: str
    period: tuple[dt.date, dt.date]
    updated: dt.date
    language: str
    events: int


def write_gallery(
    folder: str | Path,
    target: str | Path,
    *,
    title: str,
    url: str | None = None,
    language: str = "en",
    blur_km: float | None = None,
    allow_restricted: bool = False,
) -> list[Path]:
    """Write a site of all casebooks in a folder, and return its files.

    Parameters
    ----------
    folder, target : str or Path
        Casebooks lie directly in the first, each a folder with a ``map.toml``; the second is
        made where it is missing, other files in it stay.
    title : str
        Of the site.
    url : str, optional
        Where it will stand. Without it there is no feed and no sitemap, which need addresses.
    language : {"en", "uk", "ru"}
        Of the list's own words; each page speaks that of its casebook.
    blur_km : float, optional
        As of ``render``.
    allow_restricted : bool
        As of ``render``.

    Returns
    -------
    list of Path
        Pages and pictures, then the list, the feed and the sitemap.

    Raises
    ------
    CasebookError, LicenceError, PageOptionError
        There is no casebook, one cannot be read or published, or ``url`` is no address.
    MissingExtraError, OutputError
        Matplotlib is not installed, or a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import geoconflict as gc
    >>> site = gc.write_gallery("maps", tempfile.mkdtemp(), title="Maps", url="https://example.org")
    >>> [path.name for path in site if path.suffix == ".xml"]
    ['feed.xml', 'sitemap.xml']
    """
    base = _base(url)
    found = sorted(path.parent for path in Path(folder).glob("*/map.toml"))
    if not found:
        message = f"{folder}: no casebook in it; a casebook is a folder with a map.toml"
        raise NoCasebookError(message)
    site, files, entries = Path(target), [], []
    shown: dict[str, Any] = {"blur_km": blur_km, "allow_restricted": allow_restricted}
    for path in found:
        book = read_casebook(path)
        entry = _entry(book, is_blurred=blur_km is not None)
        own = site / entry.slug
        own.mkdir(parents=True, exist_ok=True)
        address, picture = (_join(base, f"{entry.path}{name}") for name in ("", _PICTURE))
        page = render(book, sharing=Sharing(address, picture), **shown)
        card = draw_share(book, **shown)
        files += [write_page(page, own / _PAGE), write_figure(card, own / _PICTURE)]
        entries.append(entry)
    entries.sort(key=lambda entry: (entry.updated, entry.slug), reverse=True)
    texts = _texts(entries, title=title, base=base, language=language)
    return [*files, *(write_whole(site / name, text) for name, text in texts.items())]


def _base(url: str | None) -> str | None:
    if url is None:
        return None
    if web_link(url) is None:
        message = f"{url!r} is no address of a site: expected one with http:// or https://"
        raise PageOptionError(message)
    return url if url.endswith("/") else f"{url}/"


def _join(base: str | None, path: str) -> str | None:
    return None if base is None else urljoin(base, path)


def _entry(book: Casebook, *, is_blurred: bool) -> Entry:
    info = book.info
    told = [info.title, info.summary]
    if is_blurred:
        told = [without_coordinates(text) for text in told]
    return Entry(
        slug=book.slug,
        path=f"{quote(book.slug)}/",
        title=well_formed(told[0]),
        summary=well_formed(told[1]),
        period=(info.period[0], info.period[1]),
        updated=max([source.date for source in info.sources.values()], default=info.period[1]),
        language=info.language,
        events=len(book.events),
    )


def _texts(
    entries: Sequence[Entry], *, title: str, base: str | None, language: str
) -> dict[str, str]:
    """Return the files that tell of all casebooks, by their name."""
    own = {
        "entries": entries,
        "title": title,
        "base": base,
        "language": language,
        "labels": labels_of(language),
        "days": {entry.slug: words(language).days(*entry.period) for entry in entries},
        "counted": {entry.slug: _counted(entry.events, language) for entry in entries},
        "icon": ICON,
        "style": Markup(_ASSETS.style("gallery.css")),  # noqa: S704 - our own file
        "policy": content_security_policy([]).replace("img-src", "img-src 'self' file:"),
    }
    names = ["index.html"] if base is None else ["index.html", "feed.xml", "sitemap.xml"]
    return {name: _ASSETS.template(name).render(own) for name in names}


def _counted(events: int, language: str) -> str:
    own = words(language)
    return f"{own.number(events)} {own.counted(events, labels_of(language)['count.events'])}"
