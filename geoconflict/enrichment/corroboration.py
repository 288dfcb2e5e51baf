"""What others saw where and when a strike is reported: fires from space, air-raid alerts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.positions import locate_events
from geoconflict.errors import DateError, ImportFileError
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.importers.noevents import alert_columns
from geoconflict.importers.rawrows import RawRow, RawTable
from geoconflict.importers.rawtables import read_raw
from geoconflict.importers.unitnames import unit_code
from geoconflict.measuring.datewords import read_when
from geoconflict.measuring.geodesy import inverse
from geoconflict.theatre import Theatre

COLUMNS = ("id", "date_start", "date_end", "place", "seen", "nearest_km", "first", "last", "what")
_FIRES = ("latitude", "longitude", "acq_date", "acq_time")
# Beside so coarse a position any fire of a region would lie.
_COARSEST_M = 15_000.0
_SHOWN = 6
# A pixel of VIIRS is 375 m wide and one of MODIS 1 km; a plant reaches as far.
WITHIN_KM = 2.0
# A fire of the night is often seen at the next pass, by day.
_DAYS_AFTER = 1
# A night is written as two days, or as three where it can be either; it begins at this hour.
_NIGHTS, _EVENING = (2, 3), 16
# FIRMS calls a fire of confidence below 30 of 100 low; its types but 0 burn or shine steadily.
_LOW = 30.0
_TYPES = {"1": "an active volcano", "2": "another static land source", "3": "offshore"}
# Where it burns on so many other days, a fire of the night says little.
_OFTEN = 3


@dataclass(frozen=True)
class Corroboration:
    """What was seen of each strike of a casebook, and what could not be compared.

    Parameters
    ----------
    table : DataFrame
        A row a strike, with ``COLUMNS``: how often something was ``seen``, the nearest fire in
        km, the first and last local time, and in words ``what`` it was. ``seen`` is 0 where
        nothing was, and missing where the strike cannot be compared. Fires of low confidence
        and of types that burn steadily are not counted, ``what`` tells them.
    read : int
        Rows of the files.
    notes : tuple of str
        Rows that could not be read, and what the comparison means.
    """

    table: pd.DataFrame
    read: int
    notes: tuple[str, ...]


def corroborate(
    casebook: Casebook,
    files: Sequence[str | Path],
    *,
    within_km: float = WITHIN_KM,
    gazetteer: Gazetteer | None = None,
) -> Corroboration:
    r"""Return which strikes of a casebook fires or air-raid alerts were seen with.

    A fire is no event, and none seen is no denial: clouds hide them, satellites pass by. Nothing
    in the casebook is changed.

    Parameters
    ----------
    casebook : Casebook
        Whose strikes are looked at.
    files : sequence of paths
        FIRMS tables (fires, UTC), or tables of air-raid alerts (UTC).
    within_km : float
        How far a fire may be from the strike, beside the strike's own precision.
    gazetteer : Gazetteer, optional
        Default: that of the casebook.

    Returns
    -------
    Corroboration
        A row a strike, how many rows were read, and notes.

    Raises
    ------
    ImportFileError
        A file is neither.

    Examples
    --------
    >>> import tempfile
    >>> import geoconflict as gc
    >>> header = "latitude,longitude,acq_date,acq_time,frp"
    >>> file = Path(tempfile.mkdtemp()) / "firms.csv"
    >>> _ = file.write_text(f"{header}\n51.48,46.12,2025-01-14,0012,9\n", "utf-8")
    >>> found = gc.corroborate(gc.read_casebook("maps/january-2025"), [file])
    >>> found.read
    1
    """
    tables = [table for path in files for table in read_raw(path)]
    theatre = (gazetteer or casebook.gazetteer).theatre
    events = locate_events(casebook, gazetteer=gazetteer).events
    strikes = events[events["kind"] == "strike"].reset_index(drop=True)
    rows = [_nothing(one) for one in strikes.to_dict("records")]
    others = events["kind"][events["kind"] != "strike"].value_counts().sort_index()
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in others.items())
    notes = [f"not compared, as their kind is not strike: {kinds}"] if kinds else []
    read = 0
    for table in tables:
        if set(_FIRES) <= set(table.columns):
            read += _add_fires(rows, strikes, table, notes, theatre=theatre, within_km=within_km)
        elif alerts := alert_columns(table):
            read += _add_alerts(rows, strikes, table, notes, theatre=theatre, columns=alerts)
        else:
            message = (
                f"{table.file}: expected fires of FIRMS ({', '.join(_FIRES)}) or air-raid alerts "
                "(oblast, started_at, finished_at)"
            )
            raise ImportFileError(message)
    return Corroboration(pd.DataFrame(rows, columns=list(COLUMNS)), read, tuple(notes))


def _evening(row: dict[str, Any]) -> pd.Timedelta:
    """Return from when on the first day fires count: from the evening where it can be a night."""
    days = (row["date_end"] - row["date_start"]).days + 1
    return pd.Timedelta(hours=_EVENING if days in _NIGHTS else 0)


def _nothing(strike: dict[Any, Any]) -> dict[str, Any]:
    place = strike["place_title"] or strike["facility_name"] or strike["place"] or ""
    days = {name: strike[name].date() for name in ("date_start", "date_end")}
    return {"id": strike["id"], **days, "place": place, "seen": None, "what": ""}


def _moment(day: str, time: str) -> pd.Timestamp | None:
    """Return a moment in UTC, None where the texts are none."""
    clock = f"{time.zfill(4)[:2]}:{time.zfill(4)[2:]}" if time.isdecimal() else time
    try:
        when = read_when(f"{day} {clock}".strip())
    except DateError:
        return None
    # Midnight alone is no time of day for the reader of days.
    moment = when.clock or dt.datetime.combine(when.days.start, dt.time(0))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return pd.Timestamp(moment).tz_convert("UTC")


def _is_bare(time: str) -> bool:
    """Return whether a time says nothing of its zone."""
    try:
        clock = read_when(time).clock
    except DateError:
        return False
    return clock is not None and clock.tzinfo is None


def _add_fires(
    rows: list[dict[str, Any]],
    strikes: pd.DataFrame,
    table: RawTable,
    notes: list[str],
    *,
    theatre: Theatre,
    within_km: float,
) -> int:
    """Add what a table of fires says of strikes, and return how many rows it has."""
    read = [_fire(row) for row in table.rows]
    fires = [fire for fire in read if fire]
    if len(fires) < len(read):
        notes.append(f"{table.file}: {len(read) - len(fires)} rows without a place or time")
    points = np.array([(fire.lon, fire.lat) for fire in fires]).reshape(-1, 2)
    times = pd.DatetimeIndex([fire.moment for fire in fires], tz="UTC")
    doubts = np.array([fire.doubt for fire in fires], dtype=object)
    is_seen = np.zeros(len(fires), dtype=bool)
    if read and not fires:
        return len(read)
    for row, strike in zip(rows, strikes.to_dict("records"), strict=True):
        if np.isnan(strike["lon"]) or strike["precision_m"] > _COARSEST_M:
            continue
        local = times.tz_convert(_zone(strike, theatre))
        last = pd.Timestamp(row["date_end"]) + pd.Timedelta(days=_DAYS_AFTER + 1)
        naive = local.tz_localize(None)
        start = pd.Timestamp(row["date_start"])
        is_then = np.asarray((naive >= start) & (naive < last))
        is_before = is_then & np.asarray(naive < start + _evening(row))
        is_then &= ~is_before
        near = np.flatnonzero(np.abs(points[:, 1] - strike["lat"]) < 1.0)
        reach_km = within_km + (
            0.0 if np.isnan(strike["precision_m"]) else strike["precision_m"] / 1000
        )
        km = inverse((strike["lon"], strike["lat"]), points[near]).distance_m / 1000
        near, km = near[km <= reach_km], km[km <= reach_km]
        is_plain = is_then[near] & (doubts[near] == "")
        is_seen[near[is_then[near]]] = True
        _count(row, local[near[is_plain]], what="fires seen from space")
        if is_plain.any():
            row["nearest_km"] = round(float(km[is_plain].min()), 2)
        for doubt, number in Counter(filter(None, doubts[near[is_then[near]]])).items():
            _say(row, f"{number} fires not counted: {doubt}")
        early = int((is_before[near] & (doubts[near] == "")).sum())
        if early:
            is_seen[near[is_before[near]]] = True
            _say(row, f"{early} fires not counted: on the first day before its evening")
        others = {time.date() for time in local[near[~is_then[near]]]}
        if len(others) >= _OFTEN and is_then[near].any():
            _say(row, f"it burnt there on {len(others)} other days of the file as well")
    if not is_seen.all():
        notes.append(
            f"{table.file}: {(~is_seen).sum():,} fires at no strike compared, or at other times"
        )
    return len(read)


class _Fire(NamedTuple):
    """A fire: when in UTC, where in degrees, and why it tells little, empty where it does not."""

    moment: pd.Timestamp
    lon: float
    lat: float
    doubt: str


def _fire(row: RawRow) -> _Fire | None:
    moment = _moment(row.get("acq_date"), row.get("acq_time"))
    try:
        lon, lat = float(row.get("longitude")), float(row.get("latitude"))
    except ValueError:
        return None
    if moment is None or not abs(lat) <= 90.0:
        return None
    return _Fire(moment, lon, lat, _doubt(row))


def _doubt(row: RawRow) -> str:
    """Return why a fire tells little: what FIRMS says it is, or how little it is sure of it."""
    kind, confidence = row.code("type"), row.get("confidence")
    if kind in _TYPES:
        return f"of type {kind}, {_TYPES[kind]}"
    try:
        is_low = float(confidence) < _LOW
    except ValueError:
        is_low = confidence.casefold() in ("l", "low")
    return f"of low confidence ({confidence})" if is_low else ""


def _add_alerts(
    rows: list[dict[str, Any]],
    strikes: pd.DataFrame,
    table: RawTable,
    notes: list[str],
    *,
    theatre: Theatre,
    columns: tuple[str, str, str],
) -> int:
    """Add what a table of alerts says of strikes, and return how many rows it has."""
    lines = list(table.rows)
    told = list(dict.fromkeys(tuple(row.get(name) for name in columns) for row in lines))
    read = [_alert(cells, theatre) for cells in told]
    known = [alert for alert in read if alert]
    alerts = [alert for alert in known if alert[1] <= alert[2]]
    for left, why in (
        (len(lines) - len(told), "that were there before"),
        (len(read) - len(known), "without a known oblast or time"),
        (len(known) - len(alerts), "of alerts that end before they start"),
    ):
        if left:
            notes.append(f"{table.file}: {left} rows {why}")
    if any(_is_bare(row.get(columns[0])) for row in lines):
        notes.append(f"{table.file}: times without a zone are read as UTC")
    if lines and not alerts:
        # Nothing was read that a strike could have been seen with, or not.
        return len(lines)
    for row, strike in zip(rows, strikes.to_dict("records"), strict=True):
        unit = strike["admin1"]
        if not isinstance(unit, str) or strike["country"] != theatre.home:
            continue
        zone = _zone(strike, theatre)
        start = pd.Timestamp(row["date_start"]).tz_localize(zone)
        end = (pd.Timestamp(row["date_end"]) + pd.Timedelta(days=1)).tz_localize(zone)
        then = [one for code, one, until in alerts if code == unit and one < end and until >= start]
        times = pd.DatetimeIndex(then, tz="UTC").tz_convert(zone)
        _count(row, times, what="air-raid alerts in the oblast")
    return len(lines)


def _alert(cells: Sequence[str], theatre: Theatre) -> tuple[str, pd.Timestamp, pd.Timestamp] | None:
    first, last, area = cells
    code = unit_code(area, theatre.home)
    start = _moment(first, "")
    end = _moment(last, "") if last else start
    return (code, start, end or start) if code and start is not None else None


def _zone(strike: dict[Any, Any], theatre: Theatre) -> Any:  # noqa: ANN401 - a zone
    codes = (strike[n] if isinstance(strike[n], str) else None for n in ("admin1", "country"))
    return theatre.zone(*codes)


def _count(row: dict[str, Any], times: pd.DatetimeIndex, *, what: str) -> None:
    """Add what was seen to the row of a strike."""
    row["seen"] = (row["seen"] or 0) + len(times)
    if not len(times):
        return
    told = [f"{time:%Y-%m-%d %H:%M}" for time in (times.min(), times.max())]
    row["first"] = min(filter(None, (row.get("first"), told[0])))
    row["last"] = max(filter(None, (row.get("last"), told[1])))
    _say(row, f"{len(times)} {what}")


def _say(row: dict[str, Any], what: str) -> None:
    row["what"] = "; ".join(filter(None, (row["what"], what)))


def told(found: Corroboration) -> Iterator[str]:
    """Yield what was seen as lines of text."""
    table = found.table
    seen = table[table["seen"].fillna(0) > 0]
    alone = int((table["seen"] == 0).sum())
    yield f"{found.read:,} rows read, {len(table):,} strikes: {len(seen):,} with something seen"
    for row in seen.to_dict("records"):
        near = row["nearest_km"]
        far = "" if pd.isna(near) else f", the nearest {near:g} km off"
        span = row["first"] if row["first"] == row["last"] else f"{row['first']} to {row['last']}"
        yield f"  {row['id']} ({row['date_start']}, {row['place']}): {row['what']}{far}, {span}"
    for row in table[(table["seen"] == 0) & (table["what"] != "")].to_dict("records"):
        yield f"  {row['id']} ({row['date_start']}, {row['place']}): {row['what']}"
    open_ones = int(table["seen"].isna().sum())
    yield f"  nothing seen with {alone:,}; {open_ones:,} could not be compared"
    if open_ones:
        names = ", ".join(table["id"][table["seen"].isna()].head(_SHOWN))
        more = f" and {open_ones - _SHOWN:,} more" if open_ones > _SHOWN else ""
        yield f"  placed too coarsely, or where the files tell of nothing: {names}{more}"
    yield "  a fire is no proof of a strike, and none seen is no denial: clouds hide them"
    yield from (f"  {note}" for note in found.notes)
