"""What a page knows of a casebook: events, reports and checked claims as plain columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from geoconflict.claims.verdicts import CONTRADICTED, OFF
from geoconflict.errors import UnknownPlaceError
from geoconflict.files.embedded import attributions
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.look.labels import LANGUAGES
from geoconflict.look.names import around_of, name_of
from geoconflict.look.say import say, say_each
from geoconflict.look.words import words
from geoconflict.page.packing import columns, plain
from geoconflict.page.policy import web_link
from geoconflict.theatre import Theatre

if TYPE_CHECKING:
    from geoconflict.casebooks.casebook import Casebook
    from geoconflict.casebooks.records import Claim
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
_COLUMNS = ("id", "claimant", "source", "kind", "hedge", "date", "text")
# The kinds of claims that are always drawn when they are measured.
_DRAWN = ("distance", "direction")
_SCRIPTS = ("en", "uk", "ru", "Cyrl")
# Of the many Latin spellings the first are those of the languages around.
_LATIN = 8
# Points as given need no gazetteer, and there may be very many of them.
_LOOKED_UP = frozenset(("facility", "town", "settlement", "admin1"))


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
        "claims": _claim_columns(checks, rows),
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
        "names": _search_names(found, casebook.gazetteer),
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


def _claim_columns(checks: Sequence[Check], rows: Mapping[str, int]) -> dict[str, list[Any]]:
    """Return the checked claims as columns; ``event`` is the row of each one's event, or None."""
    claims = [check.claim for check in checks]
    return {
        "event": [rows.get(claim.event_id or "") for claim in claims],
        **{name: [plain(getattr(c, name)) for c in claims] for name in _COLUMNS},
        "verdict": [check.verdict for check in checks],
        "checkable": [check.is_checkable for check in checks],
        **told_columns(checks, "en"),
        "line": [_line(check) for check in checks],
    }


def told_columns(checks: Sequence[Check], language: str) -> dict[str, list[Any]]:
    """Return the columns of checked claims that are texts, in a language."""
    said = [check.say(language) for check in checks]
    return {
        "reason": [one.reason for one in said],
        "stated": [one.stated for one in said],
        "measured": [one.measured for one in said],
        "notes": [list(one.notes) for one in said],
        "parts": [[_part(part) for part in one.parts] for one in said],
        "reference": [_reference(check, language) for check in checks],
    }


def intercepted(claims: Iterable[Claim]) -> dict[str, float]:
    """Return the number of drones or missiles of each event for which one number is stated."""
    found: dict[str, list[float]] = {}
    for claim in claims:
        weapons = claim.unit is not None and claim.unit.endswith(("drones", "missiles"))
        if claim.kind == "count" and weapons and claim.event_id and claim.value_min is not None:
            found.setdefault(claim.event_id, []).append(claim.value_min)
    return {event: plain(values[0]) for event, values in found.items() if len(values) == 1}


def _part(part: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("aspect", "verdict", "reason"), part, strict=True))


def _reference(check: Check, language: str) -> str | None:
    """Return what a distance was measured from, as it stands after "from"."""
    measured = check.measurement
    if measured is None or measured.distance_km <= 0:
        return None
    return say(check.statement.given.get("reference"), language, "of")


def _line(check: Check) -> dict[str, Any] | None:
    """Return what was measured on the ground: from the nearest point to the place.

    A place that lies in or near another as stated needs no line.
    """
    measured = check.measurement
    if measured is None or measured.distance_km <= 0:
        return None
    if check.claim.kind not in _DRAWN and check.verdict not in (OFF, CONTRADICTED):
        return None
    return {
        "from": [plain(value) for value in measured.nearest_point],
        "to": [plain(value) for value in measured.subject_point],
        "distance_km": round(measured.distance_km, 1),
        "uncertainty_km": round(measured.uncertainty_km, 1),
        "azimuth_deg": round(measured.azimuth_deg, 1),
    }


def _search_names(events: Mapping[str, Sequence[Any]], gazetteer: Gazetteer) -> list[str | None]:
    """Return the names of facility, place and unit of each event in one text, None where none.

    Parameters
    ----------
    events : mapping
        Columns as the page has them; names in English, Ukrainian and Russian, former ones too,
        are told of what the gazetteer has placed, and of units by their code.
    """
    cells = [events[name] for name in ("facility", "place", "country", "admin1")]
    told: dict[tuple[Any, ...], str | None] = {}
    found = []
    for kind, *key in zip(events["position_kind"], *cells, strict=True):
        facility, place, country, unit = key if kind in _LOOKED_UP else (None, None, None, key[3])
        row = (facility, place, country, unit)
        if row not in told:
            told[row] = _all_names(_named_places(row, gazetteer))
        found.append(told[row])
    return found


def _named_places(row: tuple[Any, ...], gazetteer: Gazetteer) -> Iterator[Place]:
    facility, place, country, unit = row
    ids = [f"facility:{facility}"] if facility else []
    ids += [f"iso:{unit}"] if unit else []
    for place_id in ids:
        try:
            yield gazetteer.get(place_id)
        except UnknownPlaceError:
            continue
    if place:
        found = gazetteer.resolve(place, country=country, admin1=unit).place
        if found is not None:
            yield found


def _all_names(places: Iterator[Place]) -> str | None:
    names = (
        name
        for place in places
        for script in (*_SCRIPTS, "Latn")
        for name in place.names.get(script, ())[: _LATIN if script == "Latn" else None]
    )
    return " ".join(dict.fromkeys(names)) or None
