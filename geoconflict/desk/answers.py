"""What a desk does for its page, each by a name: data or a page made of what was sent."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from geoconflict.article.document import article
from geoconflict.casebooks.casebook import require_licence
from geoconflict.claims.checking import check_claims
from geoconflict.desk.desk import Desk
from geoconflict.desk.rows import Spot, choices, table, title_of
from geoconflict.drafting import draft_events
from geoconflict.drafting.accepting import read_accepted
from geoconflict.drafting.articles import Article, make_article
from geoconflict.errors import GeoconflictError, OptionError
from geoconflict.exporters import WRITERS
from geoconflict.look.labels import LANGUAGES
from geoconflict.measuring.dates import day_of
from geoconflict.page.render import render
from geoconflict.reading import read_claims
from geoconflict.review import review

_PAGES_KEPT = 20
FIGURES = ("png", "svg", "pdf")
FORMS = ("page", *FIGURES, *WRITERS)


@dataclass
class _Pages:
    """Pages made of reports that were given, the last few by a name of their own."""

    kept: OrderedDict[str, str] = field(default_factory=OrderedDict)

    def keep(self, page: str) -> str:
        """Keep a page and return its name."""
        name = uuid4().hex
        self.kept[name] = page
        while len(self.kept) > _PAGES_KEPT:
            self.kept.popitem(last=False)
        return name


@dataclass(frozen=True)
class _Given:
    """A report as it was pasted."""

    article: Article
    url: str | None
    date: dt.date | None

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> _Given:
        """Return what a form sent.

        Raises
        ------
        TextError
            There is no text.
        DateError
            The day is none.
        """
        day = str(data.get("date", "")).strip()
        date = day_of(day)
        found = make_article(str(data.get("text", "")), title=str(data.get("title", "")).strip())
        return cls(found, str(data.get("url", "")).strip() or None, date)


class Answers:
    """The answers of one desk; each takes what was sent and gives data."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.pages = _Pages()
        self._map: tuple[tuple[str, str], str] = (("", ""), "")

    def state(self, _: Mapping[str, Any]) -> dict[str, Any]:
        """Tell what there is: its stamp, title, faults, and whether it can go back or on."""
        state = self.desk.state()
        back, on = self.desk.can_step()
        faults = self.desk.faults(state) if state.is_casebook else []
        return {
            "stamp": state.stamp,
            "is_casebook": state.is_casebook,
            "title": title_of(state),
            "folder": self.desk.folder.name,
            "faults": [str(fault) for fault in faults],
            "can_undo": back,
            "can_redo": on,
        }

    def rows(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Give a table."""
        name, state = sent["table"], self.desk.state()
        columns, rows = table(state, name)
        return {
            "stamp": state.stamp,
            "columns": columns,
            "rows": rows,
            "choices": choices(name) | self._sources(name),
        }

    def _sources(self, name: str) -> dict[str, list[str]]:
        if name not in ("reports", "claims"):
            return {}
        sources = [row["id"] for row in table(self.desk.state(), "sources")[1]]
        return {"source": sources}

    def cell(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Change a cell."""
        column, value = str(sent.get("column", "")), str(sent.get("value", ""))
        self.desk.change_cell(sent["table"], _spot(sent), column, value)
        return self.rows(sent)

    def add(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Add a row."""
        given = sent.get("cells")
        cells = given.items() if isinstance(given, dict) else ()
        self.desk.add_row(sent["table"], {str(c): str(v) for c, v in cells})
        return self.rows(sent)

    def delete(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Take a row out."""
        self.desk.delete_row(sent["table"], _spot(sent))
        return self.rows(sent)

    def undo(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Go back a state."""
        self.desk.undo()
        return self.state(sent)

    def redo(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Go on a state."""
        self.desk.redo()
        return self.state(sent)

    def start(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Make the casebook."""
        title = str(sent.get("title", "")).strip()
        if not title:
            message = "a casebook needs a title"
            raise GeoconflictError(message)
        self.desk.start(title, language=language_of(sent))
        return self.state(sent)

    def check(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Check a report; the page of it is kept."""
        given = _Given.read(sent)
        text = given.article.text
        checks = check_claims(read_claims(text, published=given.date))
        page = article(
            text,
            checks,
            title=given.article.title,
            published=given.date,
            language=language_of(sent),  # type: ignore[arg-type]
        )
        return {"page": self.pages.keep(page), "count": len(checks)}

    def draft(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Draft the events of a report; the page to review them on is kept."""
        given = _Given.read(sent)
        source = given.article.source(date=given.date, url=given.url)
        draft = draft_events(given.article.text, source=source)
        book = self.desk.casebook() if self.desk.state().is_casebook else None
        page = review([draft], casebook=book, save_to=f"{sent['root']}/accept")
        return {"page": self.pages.keep(page), "count": len(draft.events)}

    def accept(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Take a review into the casebook."""
        with TemporaryDirectory() as scratch:
            path = Path(scratch) / "review.json"
            path.write_text(json.dumps({k: v for k, v in sent.items() if k != "root"}), "utf-8")
            taken = self.desk.take(read_accepted(path))
        added = sum(len(one.added) for one in taken)
        return {"added": added, "next": f"{sent['root']}/accepted"}

    def map(self, language: str) -> str:
        """Return the map page, made anew only where the casebook or the language is another."""
        key = (self.desk.state().stamp, language)
        if self._map[0] != key:
            page = render(self.desk.casebook(), language=language)  # type: ignore[arg-type]
            self._map = (key, str(page))
        return self._map[1]

    def export(self, form: str, language: str) -> tuple[bytes, str]:
        """Return the casebook in a form that can be saved, and the name of the file."""
        book = self.desk.casebook()
        require_licence(book, allow_restricted=False)
        if form == "page":
            return self.map(language).encode("utf-8"), f"{book.slug}.html"
        with TemporaryDirectory() as scratch:
            if form in FIGURES:
                from geoconflict.plots import draw_map, write_figure

                path = Path(scratch) / f"{book.slug}.{form}"
                write_figure(draw_map(book, language=language), path)
                return path.read_bytes(), path.name
            writer, ending = WRITERS[form]
            target = Path(scratch) / f"{book.slug}{ending}"
            path = writer(book, target, language=language)
            return _one_file(path)


def language_of(sent: Mapping[str, Any]) -> str:
    """Return the language that is asked for, English where it is none of ours."""
    asked = str(sent.get("language", ""))
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _spot(sent: Mapping[str, Any]) -> Spot:
    index, seen = sent.get("index"), sent.get("seen")
    if not isinstance(index, int) or not isinstance(seen, dict):
        message = "what was sent names no row: load the page again"
        raise OptionError(message)
    return Spot(index, {str(column): str(value) for column, value in seen.items()})


def _one_file(path: Path) -> tuple[bytes, str]:
    """Return a file, or a folder as a zip of its files, with its name."""
    if path.is_file():
        return path.read_bytes(), path.name
    made = Path(shutil.make_archive(str(path), "zip", path))
    return made.read_bytes(), made.name
