"""What a page knows of a casebook, as plain columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from geoconflict.files.embedded import attributions
from geoconflict.gazetteer.places import Place
from geoconflict.look.labels import LANGUAGES
from geoconflict.look.names import around_of, name_of
from geoconflict.look.say import say, say_each
from geoconflict.look.words import words
from geoconflict.page.cells import columns, plain, web_link
from geoconflict.page.claims import claim_columns, intercepted, told_columns
from geoconflict.page.names import search_names
from geoconflict.theatre import Theatre

if TYPE_CHECKING:
    from geoconflict.casebooks.casebook import Casebook
    from geoconflict.claims.moves import MoveCheck
    from geoconflict.claims.verdicts import Check

_EVENT_COLUMNS = (
    *("id", "kind", "date_start", "date_end", "date_basis"),
    *("facility", "place", "admin1", "country"),
    *("lon", "lat", "precision_m", "actor", "target_type", "weapon", "effects", "status", "note"),
    *("killed", "injured", "launched", "shot_down"),
    *("position", "position_kind", "facility_name", "place_title"),
)
_REPORT_COLUMNS = ("source", "claimant", "stance", "published", "url", "summary")
# Lines of the manifest as a reader of a page alone understands them; our own work needs none.
_CREDITS = {
    "© OpenStreetMap contributors": "© OpenStreetMap contributors (ODbL)",
    "Made with Natural Earth": "Natural Earth (public domain)",
    "GeoNames (geonames.org), CC BY 4.0": "GeoNames (geonames.org, CC BY 4.0)",
    # By the names that they have, which need no translation.
    "names: Unicode CLDR 48": "Unicode CLDR",
    "Codifier of administrative units of Ukraine": "КАТОТТГ",
}
_OWN = "geoconflict contributors"


def page_data(
    casebook: Casebook, checks: Sequence[Check], moves: Sequence[MoveCheck] = ()
) -> dict[str, Any]:
    """Return everything that the page shows of a casebook, as values that JSON has.

    Parameters
    ----------
    casebook : Casebook
        With the columns of ``locate_events``.
    checks : sequence of Check
        In the order in which they are shown.
    moves : sequence of MoveCheck
        What snapshots of a front draw of events.

    Returns
    -------
    dict
        ``info`` and ``sources``; ``events``, ``reports`` and ``claims`` as one list a column.
        ``reports`` and ``claims`` have an ``event`` column, the row of their event, or None.
        ``told`` has the texts of our own in the other languages, as columns that take the
        place of those in English.
        Dates are ISO strings, missing values None, links only http and https.
    """
    rows = {event: row for row, event in enumerate(casebook.events["id"])}
    return {
        "info": _info(casebook),
        "sources": {key: _source(key, casebook) for key in sorted(casebook.info.sources)},
        "events": _events(casebook) | {"move": _moves(casebook, moves)},
        "reports": _reports(casebook.reports, rows),
        "claims": claim_columns(checks, rows),
        "told": {
            language: {
                "events": _told_events(casebook, moves, language),
                "claims": told_columns(checks, language),
            }
            for language in LANGUAGES
            if language != "en"
        },
    }


def _info(casebook: Casebook) -> dict[str, Any]:
    info = casebook.info
    return {
        "slug": casebook.slug,
        "period": [day.isoformat() for day in info.period],
        "attribution": list(info.attribution),
        "data_attribution": _credits(casebook),
        "map_attribution": _credits(casebook, "basemap.json", "settlements.sqlite"),
    }


def _credits(casebook: Casebook, *names: str) -> list[str]:
    """Return whom else the embedded files credit, each once; a file may credit several.

    A theatre of somebody's own is credited by the casebook.
    """
    if casebook.gazetteer.theatre.folder is not None:
        return []
    parts = (part for line in attributions(*names) for part in line.split("; "))
    return list(dict.fromkeys(_CREDITS.get(part, part) for part in parts if _OWN not in part))


def _source(key: str, casebook: Casebook) -> dict[str, Any]:
    source = casebook.info.sources[key]
    return {
        "title": source.title,
        "publisher": source.publisher,
        "date": source.date.isoformat(),
        "url": web_link(source.url),
    }


def _events(casebook: Casebook) -> dict[str, list[Any]]:
    found = columns(casebook.events, _EVENT_COLUMNS)
    numbers = intercepted(casebook.claim_records())
    places = _places(casebook)
    roles = [place and casebook.gazetteer.role(place.id) for place in places]
    return found | {
        **_place_columns(places, "en"),
        "role": [role and role[0] for role in roles],
        "operator": [(role and role[1]) or None for role in roles],
        "names": search_names(found, casebook.gazetteer),
        "position_kind": [
            "town" if place and casebook.gazetteer.is_town_point(place.id) else kind
            for kind, place in zip(found["position_kind"], places, strict=True)
        ],
        "count": [numbers.get(event) for event in found["id"]],
    }


def _places(casebook: Casebook) -> list[Place | None]:
    """Return the place that each event was located by, None where there is none."""
    found = (casebook.positions.get(event) for event in casebook.events["id"])
    return [None if how is None else how.given.get("place") for how in found]


def _place_columns(places: Sequence[Place | None], language: str) -> dict[str, list[Any]]:
    own = words(language)
    return {
        "place_name": [place and name_of(place, own, "short") for place in places],
        "place_around": [place and around_of(place, own) for place in places],
    }


def _told_events(
    casebook: Casebook, moves: Sequence[MoveCheck], language: str
) -> dict[str, list[Any]]:
    """Return the columns of events that are texts of our own, in a language."""
    if not casebook.positions:
        return {}
    own, places, ids = words(language), _places(casebook), casebook.events["id"]
    why = {move.event_id: say(move.why, language) for move in moves}
    columns = _place_columns(places, language)
    facilities = zip(casebook.events["facility_name"], places, columns["place_name"], strict=True)
    return columns | {
        "place_title": [place and name_of(place, own) for place in places],
        "facility_name": [
            name if place is not None and place.kind == "facility" else plain(recorded)
            for recorded, place, name in facilities
        ],
        "position": say_each((casebook.positions.get(event) for event in ids), language),
        "move_reason": [why.get(event) for event in ids],
    }


def _moves(casebook: Casebook, moves: Sequence[MoveCheck]) -> list[dict[str, Any] | None]:
    """Return of each event what a front draws of it, None where it was not looked for."""
    found = {move.event_id: _move(move, casebook.gazetteer.theatre) for move in moves}
    return [found.get(event) for event in casebook.events["id"]]


def _move(move: MoveCheck, theatre: Theatre) -> dict[str, Any]:
    told: dict[str, Any] = {"verdict": move.verdict, "reason": move.reason}
    if move.advance is None:
        return told
    is_opponent = move.actor == theatre.opponent
    won = move.advance.gained_km2 if is_opponent else move.advance.lost_km2
    return told | {
        "km2": round(won, 1),
        "radius_km": move.advance.radius_km,
        "start": move.advance.start.isoformat(),
        "end": move.advance.end.isoformat(),
    }


def _reports(reports: pd.DataFrame, rows: Mapping[str, int]) -> dict[str, list[Any]]:
    found = columns(reports, _REPORT_COLUMNS)
    found["url"] = [web_link(url) for url in found["url"]]
    return {"event": [rows.get(event) for event in reports["event_id"]], **found}
