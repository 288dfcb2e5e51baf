"""Who holds settlements on a day, by a table without areas, as VIINA's control has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geoconflict.errors import (
    Fault,
    MissingSnapshotError,
    SnapshotFileError,
    UnknownPlaceError,
    UnreadableFileError,
)
from geoconflict.files.archives import Limits, named, text_inside
from geoconflict.files.reading import reading
from geoconflict.gazetteer.places import Place

_SIDES = {"ru": "RU", "ua": "UA", "contested": "contested"}
_CHUNK = 1_000_000
_TABLES = named(".csv")
# A year of all settlements has 12 million rows of 60 bytes.
_LIMITS = Limits(members=2_000, bytes=4_000_000_000)
TITLE = "VIINA 2.0 control, Zhukov and Ayers"
LICENCE = "ODbL 1.0"


@dataclass(frozen=True)
class Holding:
    """Who holds a settlement by a table: side, the day it is of, and what each source says."""

    side: str
    day: dt.date
    by_source: Mapping[str, str]


def is_control_table(path: Path) -> bool:
    """Return whether a file is a table of who holds settlements, by its header."""
    if not path.is_file() or path.suffix.lower() not in (".csv", ".zip"):
        return False
    try:
        with text_inside(path, member=_TABLES, limits=_LIMITS) as text:
            header = pd.read_csv(text, nrows=0)
    except (ValueError, UnicodeDecodeError, UnreadableFileError, OSError):
        return False
    names = {str(name).strip().casefold() for name in header.columns}
    return {"date", "status"} <= names and bool(names & {"geonameid", "kod"})


def settlement_holding(path: Path, place: Place, day: dt.date, *, max_gap_days: int) -> Holding:
    """Return who holds a settlement on a day by a table, or by the last day before it.

    Raises
    ------
    UnknownPlaceError
        The place is none of GeoNames, or the table does not hold it.
    MissingSnapshotError
        The table says nothing of the days before.
    SnapshotFileError
        The table cannot be read.
    """
    number = place.id.removeprefix("geonames:")
    if not number.isdecimal():
        message = f"{place.title} is no settlement of GeoNames, by whose numbers {path.name} goes"
        raise UnknownPlaceError(message)
    with reading(path.name, expected="a table as VIINA's control", raises=SnapshotFileError):
        rows = _rows(path, number)
    if rows.empty:
        message = f"{path.name} holds no {place.title} (GeoNames {number})"
        raise UnknownPlaceError(message)
    days = pd.to_datetime(rows["date"].str.replace("-", ""), format="%Y%m%d", errors="coerce")
    rows = rows.assign(day=days).dropna(subset=["day"]).sort_values("day")
    before = rows[rows["day"] <= pd.Timestamp(day)]
    if before.empty or (pd.Timestamp(day) - before["day"].iloc[-1]).days > max_gap_days:
        held = f"{rows['day'].min():%Y-%m-%d} to {rows['day'].max():%Y-%m-%d}"
        message = f"{path.name} has no status of {place.title} for {day}, only from {held}"
        raise MissingSnapshotError(message)
    last = before.iloc[-1]
    names = [name for name in rows.columns if name.startswith("status_") and str(last[name])]
    side = _SIDES.get(str(last["status"]).strip().casefold(), "unknown")
    return Holding(
        side, last["day"].date(), {n.removeprefix("status_"): str(last[n]) for n in names}
    )


def _rows(path: Path, number: str) -> pd.DataFrame:
    """Return the rows of one settlement; a year of all of them has twelve million."""
    kept = []
    with text_inside(path, member=_TABLES, limits=_LIMITS) as text:
        for piece in pd.read_csv(text, dtype=str, keep_default_na=False, chunksize=_CHUNK):
            named_so = piece.rename(columns=lambda name: str(name).strip().casefold())
            if "geonameid" not in named_so:
                expected = "those by geonameid, as VIINA has too"
                raise SnapshotFileError([Fault(path.name, 1, "", "settlements by kod", expected)])
            kept.append(named_so[named_so["geonameid"].str.strip() == number])
    return pd.concat(kept, ignore_index=True)
