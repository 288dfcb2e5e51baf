"""The HTML of the review page, and writing it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_args

from markupsafe import Markup

from geoconflict.casebooks.casebook import Casebook, read_casebook
from geoconflict.casebooks.ids import digest
from geoconflict.casebooks.records import EventKind, Stance, TargetType
from geoconflict.drafting.draft import Draft
from geoconflict.drafting.joining import likenesses_of
from geoconflict.drafting.rows import COLUMNS
from geoconflict.files.embedded import attributions
from geoconflict.files.writing import write_whole
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.look.assets import Assets
from geoconflict.look.pointmap import svg_path
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.geodesy import Floats
from geoconflict.page.assets import OWN, look_script
from geoconflict.page.policy import content_security_policy, script_json, well_formed
from geoconflict.theatre import Theatre

_ASSETS = Assets.beside(__file__)
# Of the map page's scripts; then the review's own, each may use those before it.
_SHARED = ("elements.js", "language.js")
_OWN = ("state.js", "evidence.js", "places.js", "fields.js", "cards.js", "main.js")
# The small maps show these, no finer than a fortieth of a degree.
_FINE_DEG = 0.025
_WINDOW = (19.0, 40.5, 76.0, 71.0)


def review(
    drafts: Sequence[Draft],
    *,
    casebook: Casebook | None = None,
    save_to: str = "",
    borders: Borders | None = None,
) -> str:
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
    borders : Borders, optional
        Whose land and units it shows. Default: those of the casebook, else of the package.

    Returns
    -------
    str
        The page; the same input gives the same bytes.
    """
    lines = borders or (casebook.borders if casebook else Borders.default())
    data = {
        "geoconflict": "drafts",
        "drafts": [_draft(one, casebook) for one in drafts],
        "columns": COLUMNS,
        "codes": _codes(lines.theatre),
        "units": {u.code: u.title for side in lines.theatre.sides for u in lines.units(side)},
        "key": digest([one.text for one in drafts] + [one.source.id for one in drafts]),
        "facilities": _facilities(drafts, casebook.gazetteer if casebook else Gazetteer.default()),
        "casebook": casebook.slug if casebook else "",
        "saveTo": save_to,
    }
    script = (
        look_script(without=("figure", "desk"))
        + "".join(map(OWN.text, _SHARED))
        + "".join(map(_ASSETS.text, _OWN))
    )
    policy = content_security_policy([script])
    if save_to:
        policy += "; connect-src 'self'"
    return _ASSETS.template("review.html").render(
        language=drafts[0].language if drafts else "en",
        policy=policy,
        style=Markup(_ASSETS.style("review.css", own=frozenset(("own",)))),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own files
        data=Markup(script_json(data)),  # noqa: S704 - escaped for scripts
        land=Markup(_land(lines)),  # noqa: S704 - numbers only
        units=Markup(_unit_lines(lines)),  # noqa: S704 - numbers only
        credits=attributions("borders.gpkg", "settlements.sqlite", "facilities.csv"),
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
    found = likenesses_of(draft.rows(), casebook) if casebook else []
    data["known"] = {
        one.event: {"id": one.like.old, "sure": one.like.is_sure, "reason": one.like.reason}
        for one in found
    }
    return data


def _facilities(drafts: Sequence[Draft], known: Gazetteer) -> dict[str, str]:
    """Return what the facilities of drafts are called, by their ids."""
    told = {str(event.value("facility") or "") for one in drafts for event in one.events}
    found = {name: known.facility(name) for name in sorted(told - {""})}
    return {name: place.name for name, place in found.items() if place is not None}


def _codes(theatre: Theatre) -> dict[str, Sequence[str]]:
    return {
        "kind": get_args(EventKind),
        "actor": (*theatre.sides, "unknown"),
        "target_type": get_args(TargetType),
        "stance": get_args(Stance),
        "side": (*theatre.sides, "other"),
    }


@cache
def _land(borders: Borders) -> str:
    drawn = borders.countries_in(_WINDOW, fine_deg=_FINE_DEG)
    return "".join(svg_path(area, _north_up, digits=2) for _, area in drawn)


@cache
def _unit_lines(borders: Borders) -> str:
    drawn = borders.unit_lines_in(_WINDOW, fine_deg=_FINE_DEG)
    return "".join(svg_path(line, _north_up, digits=2) for line in drawn)


def _north_up(lonlat: Floats) -> Floats:
    return lonlat * (1.0, -1.0)
