"""A casebook: a folder of small tables that people edit, read whole or refused with every fault."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from pydantic import ValidationError

from geoconflict.casebooks.bundles import Stored, is_bundle, read_bundle
from geoconflict.casebooks.records import Claim, Event, MapInfo, Report, Row
from geoconflict.casebooks.tables import read_table, record_faults
from geoconflict.casebooks.validation import cross_faults
from geoconflict.errors import CasebookError, Fault, LicenceError
from geoconflict.facts import Fact
from geoconflict.notebook import Shown


@dataclass(frozen=True)
class Casebook(Shown):
    """A read casebook.

    Parameters
    ----------
    slug : str
        Name of the folder.
    info : MapInfo
        Title, period, language, sources and attribution from ``map.toml``.
    events : GeoDataFrame
        One row an event, columns of ``Event``; ``geometry`` is a point in EPSG:4326, or None
        where no position is given. Dates are datetime64, missing cells None or NaN.
    reports, claims : DataFrame
        One row a report or a stated quantity, columns of ``Report`` and ``Claim``.
    positions : mapping of str to Fact
        How the position of each event was found, or why none is known, by the event's id;
        empty until ``locate_events`` looked for them.
    """

    slug: str
    info: MapInfo
    events: gpd.GeoDataFrame
    reports: pd.DataFrame
    claims: pd.DataFrame
    positions: Mapping[str, Fact] = field(default_factory=dict, repr=False)

    def claim_records(self) -> list[Claim]:
        """Return the rows of ``claims`` as checked records, in their order."""
        rows = self.claims.astype(object).where(self.claims.notna(), None)
        return [Claim.model_validate(row) for row in rows.to_dict("records")]


def make_casebook(
    slug: str,
    info: MapInfo,
    *,
    events: Sequence[Event],
    reports: Sequence[Report] = (),
    claims: Sequence[Claim] = (),
) -> Casebook:
    """Return a casebook of records that are already checked."""
    return Casebook(
        slug=slug,
        info=info,
        events=events_frame(events),
        reports=_frame(reports, Report, ("published",)),
        claims=_frame(claims, Claim, ()),
    )


def read_casebook(path: str | Path) -> Casebook:
    """Return a casebook read from its folder, or from a GeoPackage that was made of one.

    Parameters
    ----------
    path : str or Path
        Folder with ``map.toml`` and ``events``, ``reports`` and ``claims``, each ``.csv`` or
        each ``.parquet``; or a ``.gpkg`` file with the same.

    Returns
    -------
    Casebook

    Raises
    ------
    CasebookError
        Something in it cannot be read; the message names every fault with file, line,
        column, value and what was expected.

    Examples
    --------
    >>> import geoconflict as gc
    >>> book = gc.read_casebook("maps/january-2025")
    >>> len(book.events), len(book.reports), len(book.claims)
    (62, 78, 128)
    """
    folder = Path(path)
    _check_form(folder)
    stored = read_bundle(folder) if is_bundle(folder) else _read_folder(folder)
    info, faults = _map_info(stored.info)
    tables = (stored.events, stored.reports, stored.claims)
    faults += [fault for table in tables for fault in table.faults]
    faults += cross_faults(*tables, info)
    if faults or info is None:
        raise CasebookError(sorted(faults))
    return make_casebook(
        folder.resolve().name if folder.is_dir() else folder.stem,
        info,
        events=[row for _, row in stored.events.rows],
        reports=[row for _, row in stored.reports.rows],
        claims=[row for _, row in stored.claims.rows],
    )


def require_licence(casebook: Casebook, *, allow_restricted: bool) -> None:
    """Check that the rows of a casebook may be passed on.

    Raises
    ------
    LicenceError
        The terms of a source restrict it, and ``allow_restricted`` is False.
    """
    held = [s for s in casebook.info.sources.values() if s.restricted]
    if held and not allow_restricted:
        said = "; ".join(f"{source.title} ({source.licence})" for source in held)
        message = (
            f"the terms of a source restrict passing its events on: {said}; give "
            "--include-restricted (in Python allow_restricted=True) if you have the right to"
        )
        raise LicenceError(message)


def events_frame(events: Sequence[Event]) -> gpd.GeoDataFrame:
    """Return events as a GeoDataFrame with a point for each position that is given."""
    frame = _frame(events, Event, ("date_start", "date_end"))
    for column in ("lon", "lat", "precision_m"):
        frame[column] = frame[column].astype(float)
    points = gpd.points_from_xy(frame["lon"], frame["lat"])
    points[np.isnan(frame["lon"].to_numpy())] = None
    return gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326")


def _frame(rows: Sequence[Row], model: type[Row], dates: Sequence[str]) -> pd.DataFrame:
    columns = list(model.model_fields)
    records = [[getattr(row, name) for name in columns] for row in rows]
    frame = pd.DataFrame(records, columns=columns, dtype=object)
    for name in dates:
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
    return frame


def _check_form(folder: Path) -> None:
    """Check that a folder holds its tables in one form only."""
    if (folder / "events.csv").is_file() and (folder / "events.parquet").is_file():
        fault = Fault(folder.name, 0, "", "events.csv and events.parquet", "one of the two")
        raise CasebookError([fault])


def _read_folder(folder: Path) -> Stored:
    if not folder.is_dir():
        expected = "the folder of a casebook"
        raise CasebookError([Fault(str(folder), 0, "", "no folder", expected)])
    return Stored(
        info=_file_bytes(folder / "map.toml"),
        events=read_table(folder / "events.csv", Event),
        reports=read_table(folder / "reports.csv", Report),
        claims=read_table(folder / "claims.csv", Claim),
    )


def _file_bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _map_info(content: bytes | None) -> tuple[MapInfo | None, list[Fault]]:
    file = "map.toml"
    if content is None:
        return None, [Fault(file, 0, "", "no such file", "a map.toml with title and sources")]
    try:
        return MapInfo.model_validate(tomllib.loads(content.decode("utf-8"))), []
    except UnicodeDecodeError:
        return None, [Fault(file, 0, "", "bytes that are no UTF-8", "a UTF-8 text file")]
    except tomllib.TOMLDecodeError as error:
        return None, [Fault(file, 0, "", str(error), "a TOML file")]
    except ValidationError as error:
        return None, list(record_faults(file, 0, error))
