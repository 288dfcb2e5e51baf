"""The position of each event: as given in its row, or as the gazetteer knows it, or why none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from geoconflict.casebooks.casebook import Casebook
from geoconflict.facts import Fact, fact
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.resolution import Resolution
from geoconflict.look.say import say_each

if TYPE_CHECKING:
    import pandas as pd

_GIVEN = fact("position_given")
# What the position of an event follows from.
_NEEDED = ("lon", "lat", "precision_m", "facility", "place", "admin1", "country")


@dataclass(frozen=True)
class Position:
    """Where an event is, how that was found, or why it is not known.

    ``kind`` is ``given``, the kind of the place that was found, or ``none``; then the
    coordinates are NaN and ``how`` tells why.
    """

    kind: str
    how: Fact
    lon: float = np.nan
    lat: float = np.nan
    precision_m: float = np.nan
    place: Place | None = None


def locate_events(casebook: Casebook, *, gazetteer: Gazetteer | None = None) -> Casebook:
    """Return the casebook with a position for every event that names a place.

    A position given in the row wins, then the facility, the settlement, the admin-1 unit.
    Nothing is guessed: a place that cannot be told from its namesakes is somewhere in its
    unit, as wide as that is, and nowhere where no unit is given.

    Parameters
    ----------
    casebook : Casebook
        As read; it is not changed.
    gazetteer : Gazetteer, optional
        Default: that of the casebook.

    Returns
    -------
    Casebook
        ``events`` has ``lon``, ``lat`` (degrees) and ``precision_m`` filled where known, a
        point as ``geometry``, and the columns ``position_kind``, ``position`` (in English),
        ``facility_name`` and ``place_title`` (None where there is none). ``positions`` tells
        the same as facts.

    Examples
    --------
    >>> import geoconflict as gc
    >>> book = gc.read_casebook("maps/january-2025")
    >>> located = gc.locate_events(book).events
    >>> int(located["lon"].notna().sum()), len(located)
    (53, 63)
    """
    import geopandas as gpd
    import pandas as pd

    known = gazetteer or casebook.gazetteer
    events = casebook.events.drop(columns="geometry")
    found = list(_positions(events, known))
    facilities = {f: _facility_name(f, known) for f in events["facility"].dropna().unique()}
    frame = pd.DataFrame(events).assign(
        lon=[p.lon for p in found],
        lat=[p.lat for p in found],
        precision_m=[p.precision_m for p in found],
        position_kind=[p.kind for p in found],
        position=_texts(say_each(p.how for p in found)),
        facility_name=_texts(facilities.get(f) for f in events["facility"]),
        place_title=_texts(p.place.title if p.place else None for p in found),
    )
    points = gpd.points_from_xy(frame["lon"], frame["lat"])
    points[frame["lon"].isna().to_numpy()] = None
    located = gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")
    positions = {event: p.how for event, p in zip(events["id"], found, strict=True)}
    return replace(casebook, events=located, positions=positions)


def _texts(values: Iterable[str | None]) -> pd.Series[Any]:
    import pandas as pd

    return pd.Series(list(values), dtype=object)


def _positions(events: pd.DataFrame, gazetteer: Gazetteer) -> Iterator[Position]:
    """Yield the position of each event; events that name the same are looked up once."""
    known: dict[tuple[Any, ...], Position] = {}
    columns = (events[name].astype(object).where(events[name].notna(), None) for name in _NEEDED)
    for lon, lat, precision, *names in zip(*columns, strict=True):
        if lon is not None:
            yield Position("given", _GIVEN, lon, lat, np.nan if precision is None else precision)
            continue
        key = tuple(names)
        if key not in known:
            row = zip(_NEEDED[3:], names, strict=True)
            known[key] = _locate({n: v for n, v in row if v is not None}, gazetteer)
        yield known[key]


def _locate(row: dict[str, Any], gazetteer: Gazetteer) -> Position:
    if "facility" in row:
        found = _facility(row["facility"], gazetteer)
        if found is not None:
            return found
    if "place" in row:
        answer = _resolve(row, gazetteer)
        return _within(row, answer, gazetteer) if answer.place is None else _resolved(answer)
    if "admin1" in row:
        unit = gazetteer.get(f"iso:{row['admin1']}")
        return _at(unit, "position_in")
    return Position("none", fact("not_located", why=fact("no_place_named")))


def _facility(facility: str, gazetteer: Gazetteer) -> Position | None:
    place = gazetteer.facility(facility)
    return _at(place, "position_of") if place else None


def _resolve(row: dict[str, Any], gazetteer: Gazetteer) -> Resolution:
    return gazetteer.resolve(row["place"], country=row.get("country"), admin1=row.get("admin1"))


def _within(row: dict[str, Any], found: Resolution, gazetteer: Gazetteer) -> Position:
    """Return the unit that a place which cannot be told lies in, as wide as the unit is."""
    if "admin1" not in row:
        return _resolved(found)
    unit = _at(gazetteer.get(f"iso:{row['admin1']}"), "position_in")
    told = fact("position_unplaced", place=unit.place, why=found.fact)
    return unit if unit.place is None else replace(unit, how=told)


def _resolved(resolution: Resolution) -> Position:
    if resolution.place is None:
        return Position("none", fact("not_located", why=resolution.fact))
    return _at(resolution.place, "position_of")


def _at(place: Place, how: str) -> Position:
    if place.lon is None or place.lat is None:
        why = fact("place_without_point", place=place)
        return Position("none", fact("not_located", why=why))
    precision = np.nan if place.precision_m is None else place.precision_m
    told = fact(how, place=place, source=place.source)
    return Position(place.kind, told, place.lon, place.lat, precision, place)


def _facility_name(facility: object, gazetteer: Gazetteer) -> str | None:
    if not isinstance(facility, str):
        return None
    place = gazetteer.facility(facility)
    return place.name if place else facility
