"""The HTML of the review page, and writing it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_args

import shapely
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from geoconflict.casebooks.casebook import Casebook, read_casebook
from geoconflict.casebooks.records import EventKind, Stance, TargetType
from geoconflict.drafting.cells import Draft
from geoconflict.drafting.joining import likenesses_of
from geoconflict.drafting.rows import COLUMNS
from geoconflict.files.embedded import attributions
from geoconflict.files.writing import write_whole
from geoconflict.importers.ids import digest
from geoconflict.look.theme import VARIABLE, style_look
from geoconflict.measuring.borders import Borders
from geoconflict.page.assets import look_script, own_file
from geoconflict.page.embedding import script_json, well_formed
from geoconflict.page.policy import content_security_policy

_FOLDER = Path(__file__).resolve().parent
# Of the map page's scripts; then the review's own, each may use those before it.
_SHARED = ("elements.js", "language.js")
_OWN = ("state.js", "evidence.js", "places.js", "fields.js", "cards.js", "main.js")
# The small maps show these, no finer than a fortieth of a degree.
_COUNTRIES = ("RU", "BY", "MD", "RO", "PL", "SK", "HU", "LT", "LV", "EE", "FI", "GE", "KZ", "UA")
_FINE_DEG = 0.025
_WINDOW = (19.0, 40.5, 76.0, 71.0)


def review(drafts: Sequence[Draft], *, casebook: Casebook | None = None, save_to: str = "") -> str:
    """Return drafts as a page on which a person goes through them; it needs no network.

    Parameters
    ----------
    drafts : sequence of Draft
        As ``draft_events`` returns them.
    casebook : Casebook, optional
        Where they are to go: the page says which events it has already.
    save_to : str
        Where the page sends the review instead of saving it as a file: a path on the same
        host, for a page that is served.

    Returns
    -------
    str
        The page; the same input gives the same bytes.
    """
    data = {
        "geoconflict": "drafts",
        "drafts": [_draft(one, casebook) for one in drafts],
        "columns": COLUMNS,
        "codes": _codes(),
        "units": _units(),
        "key": digest([one.text for one in drafts] + [one.source.id for one in drafts]),
        "casebook": casebook.slug if casebook else "",
        "saveTo": save_to,
    }
    script = (
        look_script(without=("figure", "desk"))
        + "".join(map(own_file, _SHARED))
        + "".join(map(_file, _OWN))
    )
    policy = content_security_policy([script])
    if save_to:
        policy += "; connect-src 'self'"
    return _template().render(
        language=drafts[0].language if drafts else "en",
        policy=policy,
        style=Markup(_style()),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own files
        data=Markup(script_json(data)),  # noqa: S704 - escaped for scripts
        land=Markup(_land()),  # noqa: S704 - numbers only
        units=Markup(_unit_lines()),  # noqa: S704 - numbers only
        credits=attributions("borders.fgb", "settlements.sqlite", "facilities.csv"),
    )


def write_review(
    drafts: Sequence[Draft], path: str | Path, *, casebook: str | Path | None = None
) -> Path:
    """Write drafts as a review page, whole or not at all, and return the file.

    Parameters
    ----------
    drafts : sequence of Draft
        As ``draft_events`` returns them.
    path : str or Path
        HTML file to write; an existing one is replaced.
    casebook : str or Path, optional
        The casebook where they are to go.

    Raises
    ------
    CasebookError
        The casebook cannot be read.
    OutputError
        The file cannot be written there.
    """
    book = read_casebook(casebook) if casebook else None
    return write_whole(path, review(drafts, casebook=book))


def _draft(draft: Draft, casebook: Casebook | None) -> dict[str, Any]:
    data = draft.to_dict()
    data["text"] = well_formed(data["text"])
    found = likenesses_of(draft, casebook) if casebook else []
    data["known"] = {
        one.event: {"id": one.like.old, "sure": one.like.is_sure, "reason": one.like.reason}
        for one in found
    }
    return data


def _codes() -> dict[str, Sequence[str]]:
    return {
        "kind": get_args(EventKind),
        "actor": ("UA", "RU", "unknown"),
        "target_type": get_args(TargetType),
        "stance": get_args(Stance),
        "side": ("UA", "RU", "other"),
    }


def _units() -> dict[str, str]:
    """Return the titles of the units of both countries by code."""
    borders = Borders.default()
    return {unit.code: unit.title for iso2 in ("UA", "RU") for unit in borders.units(iso2)}


@cache
def _land() -> str:
    return "".join(_path(_coarse(Borders.default().country(iso2))) for iso2 in _COUNTRIES)


@cache
def _unit_lines() -> str:
    units = [u for iso2 in ("UA", "RU") for u in Borders.default().units(iso2)]
    return "".join(_path(_coarse(unit.geometry)) for unit in units)


def _coarse(area: BaseGeometry) -> BaseGeometry:
    return shapely.clip_by_rect(shapely.simplify(area, _FINE_DEG), *_WINDOW)


def _path(area: BaseGeometry) -> str:
    """Return the outlines of an area as an SVG path, in degrees with north up."""
    parts = []
    for polygon in getattr(area, "geoms", [area]):
        rings = [polygon.exterior, *polygon.interiors] if polygon.geom_type == "Polygon" else []
        for ring in rings:
            points = " ".join(f"{x:.2f} {-y:.2f}" for x, y in ring.coords)
            parts.append(f"M{points}Z")
    return "".join(parts)


@cache
def _file(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8").replace("\r\n", "\n")


@cache
def _style() -> str:
    own = _file("review.css")
    names = set(VARIABLE.findall(own)) - {"own"}
    return style_look(sorted(names)) + own


@cache
def _template() -> Template:
    loader = FileSystemLoader(_FOLDER)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    return environment.get_template("review.html")
