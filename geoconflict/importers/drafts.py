"""What a source's row says in the words of a casebook, and the event and reports made of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import ValidationError

from geoconflict.casebooks.checking import Checked, made_of
from geoconflict.casebooks.ids import event_key
from geoconflict.casebooks.records import (
    Claim,
    DateBasis,
    Event,
    EventKind,
    Report,
    Row,
    Stance,
    Status,
    TargetType,
)
from geoconflict.casebooks.tables import record_faults
from geoconflict.importers.columncells import is_day_of_year
from geoconflict.importers.columnnames import is_cited
from geoconflict.importers.denials import (
    tells_nothing,
    tells_of_nothing_done,
    told_against,
    words_of,
)
from geoconflict.importers.meanings import status_of
from geoconflict.importers.places import (
    Position,
    far_off,
    misplaced,
    read_position,
    theatre,
    whereabouts,
)
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.rowwords import left_untold
from geoconflict.importers.textdays import day_of_mark, not_saved, other_days
from geoconflict.importers.unitnames import country_code, unit_code, units_named
from geoconflict.measuring.dates import DateRange

R = TypeVar("R", bound=Row)
# No citation of a report is longer.
_CITED = 100
# What software writes where there is no day: the first days of its calendars.
_NO_DAYS = {(1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (1904, 1, 1), (1970, 1, 1)}
# From this hour on, at home, it can be the next day in the east of the region.
_LATE = 21
_FIRST_YEAR, _CENTURY = 2014, range(1900, 2100)
_REPORTED = set(Report.model_fields)
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "))
# What is in ``extra`` was made JSON here.
_EVENTS, _OWN = Checked(Event, trusted=("extra",)), Checked(Event)
_REPORTS, _CLAIMS = Checked(Report), Checked(Claim)


class RowFault(ValueError):  # noqa: N818 - it is caught row by row and never leaves the package
    """Why a row cannot be an event."""


@dataclass(frozen=True, slots=True)
class Said:
    """One report on the event of a row: who says so, how, when it was published and where."""

    claimant: str
    stance: Stance = "claims"
    published: dt.date | None = None
    url: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """One number that a row states: its name, what is counted, who says so, of which days."""

    name: str
    value: float
    unit: str
    claimant: str
    days: DateRange


# Not frozen, which takes three times as long to make: there is one for each of a million rows.
@dataclass(slots=True)
class Draft:
    """A row in the words of a casebook, before it is checked.

    ``key`` is the source's own id; rows with the same key are one event where ``joins`` is
    set. ``lon``, ``lat`` are texts as they stand in the row, ``position`` what was read of
    them where that is done already; ``counts`` are numbers of people or weapons by their column,
    ``amounts`` those that become claims.
    ``placed`` names the columns that are wholly in the draft; all others go into ``extra``.
    ``doubts`` are the importer's own. ``clocks`` are times of day at the start and the end; one
    with a zone gives the day of the place. ``own`` are the columns of an event that a casebook
    has handed out, which then are it.
    """

    key: str
    kind: EventKind
    days: DateRange
    placed: tuple[str, ...]
    date_basis: DateBasis = "exact"
    facility: str = ""
    place: str = ""
    unit: str = ""
    country: str = ""
    lon: str = ""
    lat: str = ""
    position: Position | None = None
    precision_m: float | None = None
    actor: str = "unknown"
    target_type: TargetType | None = None
    weapon: str = ""
    effects: str = ""
    counts: Mapping[str, int | None] = field(default_factory=dict)
    amounts: tuple[Amount, ...] = ()
    status: Status = "claimed"
    said: tuple[Said, ...] = ()
    joins: bool = False
    clocks: tuple[dt.datetime, ...] = ()
    also: dict[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    own: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """An event with its reports and claims, and the doubts about its row, each in words."""

    event: Event
    reports: tuple[Report, ...]
    doubts: tuple[str, ...]
    claims: tuple[Claim, ...] = ()


def take(row: RawRow, draft: Draft, *, source: str, prefix: str = "") -> Taken:
    """Return the event and reports that a draft makes.

    A position that cannot be one is left out and kept in ``extra``; one that is not in the
    unit or country of its row stays, and the unit goes into ``extra``. Both are said in
    ``note`` and among the doubts.

    Parameters
    ----------
    row : RawRow
        What the source says.
    draft : Draft
        The same in the words of a casebook.
    source : str
        Id of the source.
    prefix : str
        What begins each event's id; default: the id of the source.

    Raises
    ------
    RowFault
        The row cannot be an event; the message says why.
    """
    if draft.own is not None:
        event = _valid(_OWN, dict(draft.own))
        return Taken(event, tuple(_report(event.id, source, s) for s in draft.said), draft.doubts)
    where = _where(draft)
    codes = _codes(draft, where)
    times = _times(draft, codes)
    days = _days(draft, times)
    _check_day(days.start)
    early = [f"a day before the war: {days.start}"] if days.end.year < _FIRST_YEAR else []
    told = f"{draft.place}\n{_undated(draft, row)}"
    is_post = draft.date_basis == "assumed"
    # When a mark was saved is not when it happened.
    is_mark = is_post and row.file.lower().endswith(".gpx")
    own = day_of_mark(told, days) if is_mark else None
    others = [not_saved(own, days)] if own else other_days(told, days, is_post=is_post)
    days, basis = (own.days, own.basis) if own else (days, draft.date_basis)
    words = words_of((draft.effects, *row.rest(draft.placed).values()))
    against = told_against(words, draft.kind) if words else None
    is_bare = draft.kind == "other" and not (draft.weapon or draft.target_type or draft.counts)
    is_untold = tells_of_nothing_done(told) if is_mark else tells_nothing(draft.effects, words)
    if not against and is_bare and is_untold:
        named = draft.effects or draft.place
        against = f"no word that is known tells what happened: {named[:80]}"
    doubts = (
        *where.doubts,
        *early,
        *_shifted(draft, times),
        *(() if codes else _unplaced(times)),
        *others,
        *left_untold(words, counts=draft.counts, is_placed=where.position.lon is not None),
        *([against] if against else []),
        *_taken_back(draft, row),
    )
    event = _valid(
        _EVENTS,
        {
            "id": event_id(prefix or source, draft.key),
            "kind": draft.kind,
            "date_start": days.start,
            "date_end": days.end,
            "date_basis": basis,
            "facility": draft.facility or None,
            "place": draft.place or None,
            "admin1": where.unit,
            "country": where.country,
            "lon": where.position.lon,
            "lat": where.position.lat,
            "precision_m": None if where.position.lon is None else draft.precision_m,
            "actor": draft.actor,
            "target_type": draft.target_type or None,
            "weapon": draft.weapon or None,
            "effects": draft.effects or None,
            **draft.counts,
            "status": draft.status,
            "note": "; ".join(doubts) or None,
            "extra": _extra(row, draft, where.unplaced, times),
        },
    )
    reports = tuple(_report(event.id, source, said) for said in draft.said)
    claims = tuple(_claim(event.id, source, amount) for amount in draft.amounts)
    return Taken(event, reports, doubts, claims)


def _taken_back(draft: Draft, row: RawRow) -> Iterator[str]:
    """Yield the remark beside a status that says of an event that it was not so."""
    cells = row.rest(draft.placed).values() if draft.status != "disputed" else ()
    told = next((cell for cell in cells if status_of(cell) == "disputed"), None)
    if told:
        yield f"a remark says that it was not so: {told}"


def _undated(draft: Draft, row: RawRow) -> str:
    """Return the words of a row, but for days, which columns tell, and what it is cited from."""
    rest = (
        cell
        for name, cell in row.rest(draft.placed).items()
        if not is_day_of_year(cell) and not (len(cell) <= _CITED and is_cited(name))
    )
    return words_of((draft.effects, *rest))


def event_id(source: str, key: str) -> str:
    """Return the id of an event: the source, and the source's own id as ``event_key`` has it."""
    plain = event_key(key)
    if not plain:
        message = "the row has no id"
        raise RowFault(message)
    return f"{source}-{plain}"


def merge(first: Event, differing: Mapping[str, str]) -> Event:
    """Return an event with the cells in which a further row of it differs kept in ``extra``."""
    extra = json.loads(first.extra or "{}")
    further = extra.setdefault("further rows", [])
    if not differing or differing in further:
        return first
    further.append(dict(differing))
    return first.model_copy(update={"extra": json_text(extra)})


def moved(first: Event, second: Event) -> str:
    """Return what two rows of one event say differently of day and position, else nothing."""
    fields = ("date_start", "date_end", "lon", "lat")
    said = [f"{n} {getattr(second, n)}" for n in fields if getattr(first, n) != getattr(second, n)]
    what = "another day or position than an earlier row of the event"
    return f"{what}: {', '.join(said)}" if said else ""


def json_text(content: object) -> str:
    """Return JSON as it stands in a cell: one line, letters as they are."""
    return _JSON.encode(content)


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a row says that its event was: what of it is taken, doubted, and not taken."""

    position: Position
    unit: str | None
    country: str | None
    doubts: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()


def _where(draft: Draft) -> _Where:
    position = draft.position or read_position(draft.lon, draft.lat)
    stated = country_code(draft.country) if draft.country else None
    unit = unit_code(draft.unit, stated) if draft.unit else None
    country = stated or (unit.partition("-")[0] if unit else None)
    doubts = [*draft.doubts, *([position.doubt] if position.doubt else [])]
    unplaced = ["lon", "lat"] if position.lon is None else []
    if draft.unit and unit is None:
        doubts.append(f"the unit is not known: {draft.unit}")
        unplaced.append("unit")
    if draft.country and stated is None:
        doubts.append(f"the country is not known: {draft.country}")
        unplaced.append("country")
    where = _Where(position, unit, country, tuple(doubts), tuple(unplaced))
    return _checked(where, draft)


def _checked(where: _Where, draft: Draft) -> _Where:
    """Return where an event was without a unit that its position is not in."""
    position, unit, country = where.position, where.unit, where.country
    radius_m = draft.precision_m or 0.0
    wrong = misplaced(position, unit=unit, country=country, radius_m=radius_m)
    if wrong:
        named = "not in the unit named" if unit or country else "in no unit of the region"
        doubts = (*where.doubts, f"position {named}: {wrong}")
        outside = misplaced(position, unit=None, country=country, radius_m=radius_m)
        unplaced = (*where.unplaced, "unit", *(["country"] if outside else []))
        return _Where(position, None, None if outside else country, doubts, unplaced)
    # "Ryazan, refinery" names a town where no column does.
    named = draft.place or draft.facility
    far = far_off(position, named, unit=unit, country=country, radius_m=radius_m)
    if far:
        where = replace(where, doubts=(*where.doubts, f"position far from the place named: {far}"))
    if unit is None and country is None and position.lon is not None:
        # An outline can leave out a bank that a town stands on.
        place = "" if far else draft.place
        unit, country, _ = whereabouts(position, place, unit=None, country=None)
        return replace(where, unit=unit, country=country)
    return where


def _times(draft: Draft, codes: tuple[str | None, ...]) -> tuple[dt.datetime, ...]:
    """Return the times of day of a draft where clocks go by the zone of its place."""
    zone = theatre().zone(*codes)
    # Where no place is told, the zone of a town is rather that of the place than that of home.
    return tuple(
        clock.astimezone(zone) if clock.tzinfo and (codes or not _is_of_town(clock)) else clock
        for clock in draft.clocks
    )


def _is_of_town(clock: dt.datetime) -> bool:
    return "/" in getattr(clock.tzinfo, "key", "")


def _codes(draft: Draft, where: _Where) -> tuple[str | None, ...]:
    """Return the units and countries by whose clocks a draft with times of a zone goes."""
    if not any(clock.tzinfo for clock in draft.clocks):
        return ()
    found = whereabouts(where.position, draft.place, unit=where.unit, country=where.country)
    told = () if any(found) else units_named(draft.effects)
    return tuple(told) if len(told) == 1 else tuple(filter(None, found))


def _unplaced(times: tuple[dt.datetime, ...]) -> list[str]:
    """Return what is to be said of an evening at home, where no place is told."""
    home = str(theatre().zone())
    late = [t for t in times if t.tzinfo and str(t.tzinfo) == home and t.hour >= _LATE]
    what = "no place is told, and farther east it can be the next day"
    return [f"{what}: {_told(late[0])}"] if late else []


def _days(draft: Draft, times: tuple[dt.datetime, ...]) -> DateRange:
    if not any(time.tzinfo for time in times):
        return draft.days
    return DateRange(times[0].date(), max(times[0], times[-1]).date())


def _check_day(day: dt.date) -> None:
    """Refuse a day that stands for none."""
    if day.year not in _CENTURY or (day.year, day.month, day.day) in _NO_DAYS:
        message = f"a day that stands for none: {day}"
        raise RowFault(message)


def _shifted(draft: Draft, times: tuple[dt.datetime, ...]) -> list[str]:
    """Return what is to be said where the day of the place is another one than the day written."""
    pairs = zip(draft.clocks, times, strict=True)
    return [
        f"the day is that of the place: {stated:%Y-%m-%d %H:%M %Z} is {_told(time)}"
        for stated, time in pairs
        if stated.date() != time.date()
    ]


def _told(time: dt.datetime) -> str:
    zone = getattr(time.tzinfo, "key", "")
    return f"{time:%Y-%m-%d %H:%M}{f' {zone}' if zone else ''}"


def _extra(
    row: RawRow, draft: Draft, unplaced: tuple[str, ...], times: tuple[dt.datetime, ...]
) -> str | None:
    """Return what has no column, with the stated values that were not taken and times of day."""
    placed = draft.placed
    if unplaced:
        stated = {"lon": draft.lon, "lat": draft.lat, "unit": draft.unit, "country": draft.country}
        left = {stated[name] for name in unplaced}
        placed = tuple(name for name in placed if row.values.get(name) not in left)
    rest = row.rest(placed)
    local = {"local time": " / ".join(dict.fromkeys(map(_told, times)))} if times else {}
    extra = {**rest, **local, **draft.also}
    return json_text(extra) if extra else None


def _report(event: str, source: str, said: Said) -> Report:
    values: dict[str, Any] = {
        "event_id": event,
        "source": source,
        "claimant": said.claimant or source,
        "stance": said.stance,
        "published": said.published,
        "url": said.url,
        "summary": said.summary,
    }
    # All but the link is of its type, and the ids are checked with the event and its source.
    if said.url is None or said.url.startswith(("http://", "https://")):
        return made_of(Report, values, _REPORTED)
    return _valid(_REPORTS, values)


def _claim(event: str, source: str, amount: Amount) -> Claim:
    return _valid(
        _CLAIMS,
        {
            "id": f"{event}-{amount.name}",
            "event_id": event,
            "claimant": amount.claimant,
            "kind": "count",
            "value_min": amount.value,
            "unit": amount.unit,
            "date": str(amount.days),
            "source": source,
            "text": f"{amount.name.replace('-', ' ')}: {amount.value:g}",
        },
    )


def _valid(checked: Checked[R], values: dict[str, object]) -> R:
    try:
        # A record remembers the fields that it was given: of empty ones that takes memory.
        return checked.record({k: v for k, v in values.items() if v is not None})
    except ValidationError as error:
        faults = list(record_faults("", 0, error))
        message = "; ".join(f"{f.column}: {f.found}, expected {f.expected}" for f in faults)
        raise RowFault(message) from error
