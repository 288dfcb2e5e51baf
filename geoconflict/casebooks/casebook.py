"""A casebook: a folder of small tables that people edit, read whole or refused with every fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import ValidationError

from geoconflict.casebooks.bundles import TABLES, Stored, is_bundle, read_bundle
from geoconflict.casebooks.records import Claim, Event, MapInfo, Report, Row
from geoconflict.casebooks.tables import Rows, read_table, record_faults
from geoconflict.casebooks.validation import cross_faults
from geoconflict.errors import CasebookError, Fault, LicenceError, OptionError
from geoconflict.facts import Fact
from geoconflict.files.folders import finish_folder
from geoconflict.files.reading import parse_toml
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.dates import DateRange, parse_date_range
from geoconflict.measuring.references import claim_ids
from geoconflict.notebook import Shown

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy.typing as npt
    import pandas as pd

_EPOCH = dt.date(1970, 1, 1).toordinal()
_A_CASEBOOK = "the folder of a casebook, as geoconflict new and import make them"
# An event to try values on.
_ANY_EVENT = {"id": "any", "kind": "other", "date_start": "2025-01-01", "date_end": "2025-01-01"}


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
    gazetteer : Gazetteer
        Knows its places. Default: the user's own and those that come with the package.
    """

    slug: str
    info: MapInfo
    events: gpd.GeoDataFrame
    reports: pd.DataFrame
    claims: pd.DataFrame
    positions: Mapping[str, Fact] = field(default_factory=dict, repr=False)
    gazetteer: Gazetteer = field(default_factory=Gazetteer.default, repr=False)

    @property
    def borders(self) -> Borders:
        """The recognised borders of the gazetteer's theatre."""
        return Borders.of(self.gazetteer.theatre)

    def claim_records(self) -> list[Claim]:
        """Return the rows of ``claims`` as checked records, in their order."""
        rows = self.claims.astype(object).where(self.claims.notna(), None)
        return [Claim.model_validate(row) for row in rows.to_dict("records")]

    def claimants(self) -> dict[tuple[str | None, str], str]:
        """Return who reports an event, by the event's id and the source's; several with commas."""
        found: dict[tuple[str | None, str], str] = {}
        for row in self.reports.drop_duplicates(["event_id", "source", "claimant"]).itertuples():
            key = (str(row.event_id), str(row.source))
            found[key] = f"{found[key]}, {row.claimant}" if key in found else str(row.claimant)
        return found

    def select(  # noqa: PLR0913 - each column that is chosen by
        self,
        *,
        kind: str | None = None,
        facility: str | None = None,
        target_type: str | None = None,
        status: str | None = None,
        country: str | None = None,
        admin1: str | None = None,
        since: dt.date | str | None = None,
        until: dt.date | str | None = None,
    ) -> Casebook:
        """Return the casebook with only the events that are all of what is given.

        Parameters
        ----------
        kind, target_type, status, country, admin1 : str, optional
            What stands in the event's column.
        facility : str, optional
            Its id, or a name that the gazetteer tells to be the same as the event's.
        since, until : date or str, optional
            First and last day, such as ``"2025-01-20"``; an event counts if any of its days does.

        Returns
        -------
        Casebook
            With the reports and claims on these events, and the claims that such claims name,
            the latter without their event where that is left out.

        Raises
        ------
        OptionError
            No event can have such a kind, target or status; or no event and no place of the
            gazetteer bears the name of the facility.
        DateError
            A day that is none.

        Examples
        --------
        >>> import geoconflict as gc
        >>> book = gc.read_casebook("maps/january-2025")
        >>> len(book.select(facility="Ryazan oil refinery", since="2025-01-20").events)
        1
        """
        asked = {"kind": kind, "target_type": target_type, "status": status}
        asked |= {"country": country, "admin1": admin1}
        events = self.events
        for column, value in asked.items():
            if value is not None:
                _require_known(column, value)
                events = events[events[column] == value]
        if since is not None:
            events = events[events["date_end"] >= np.datetime64(_day_range(since).start)]
        if until is not None:
            events = events[events["date_start"] <= np.datetime64(_day_range(until).end)]
        if facility is not None:
            recorded = self.events["facility"].dropna().unique()
            bears = _bearers(facility, recorded, self.gazetteer)
            events = events[events["facility"].isin(bears)]
        return self._of_events(events)

    def _of_events(self, events: gpd.GeoDataFrame) -> Casebook:
        reports = self.reports[self.reports["event_id"].isin(events["id"])]
        kept, count = self.claims["event_id"].isin(events["id"]), -1
        # A share is stated of two claims, each of which can be one of others.
        while kept.sum() > count:
            count = kept.sum()
            kept |= self.claims["id"].isin(_claims_named(self.claims[kept]))
        claims = self.claims[kept]
        of_others = ~claims["event_id"].isin(events["id"])
        claims = claims.assign(event_id=claims["event_id"].mask(of_others, None))
        return replace(
            self,
            events=events.reset_index(drop=True),
            reports=reports.reset_index(drop=True),
            claims=claims.reset_index(drop=True),
        )


def _claims_named(claims: pd.DataFrame) -> set[str]:
    """Return the ids of the claims that others are stated of."""
    ends = [*claims["subject"].dropna(), *claims["reference"].dropna()]
    return {name for end in ends for name in claim_ids(end)}


def _require_known(column: str, value: str) -> None:
    """Check that a value can stand in a column of events, so that no slip selects nothing."""
    try:
        Event.model_validate({**_ANY_EVENT, column: value})
    except ValidationError as error:
        said = error.errors()[0]["msg"].removeprefix("Input should be ")
        message = f"no event has {column} {value!r}: expected {said}"
        raise OptionError(message) from error


def _day_range(day: dt.date | str) -> DateRange:
    return parse_date_range(day) if isinstance(day, str) else DateRange(day, day)


def _bearers(facility: str, recorded: Iterable[str], gazetteer: Gazetteer) -> list[str]:
    """Return what is recorded of events and means the same facility."""
    meant = gazetteer.facility(facility)
    same = [
        name
        for name in recorded
        if name == facility or (meant and gazetteer.facility(name) == meant)
    ]
    if meant is None and not same:
        message = f"no event is of {facility!r}, and the gazetteer knows no such facility"
        raise OptionError(message)
    return same


def make_casebook(
    slug: str,
    info: MapInfo,
    *,
    events: Sequence[Event] | Rows[Event],
    reports: Sequence[Report] | Rows[Report] = (),
    claims: Sequence[Claim] | Rows[Claim] = (),
    gazetteer: Gazetteer | None = None,
) -> Casebook:
    """Return a casebook of records that are already checked."""
    return Casebook(
        slug=slug,
        info=info,
        events=events_frame(events),
        reports=_frame(reports, Report, ("published",)),
        claims=_frame(claims, Claim, ()),
        gazetteer=gazetteer or Gazetteer.default(),
    )


def read_casebook(path: str | Path, *, gazetteer: Gazetteer | None = None) -> Casebook:
    """Return a casebook read from its folder, or from a GeoPackage that was made of one.

    Parameters
    ----------
    path : str or Path
        Folder with ``map.toml`` and ``events``, ``reports`` and ``claims``, each ``.csv`` or
        each ``.parquet``; or a ``.gpkg`` file with the same.
    gazetteer : Gazetteer, optional
        Knows its places, and by its theatre the borders; used by all that is done with the
        casebook. Default: the user's own and those that come with the package.

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
    (63, 79, 129)
    """
    folder, known = Path(path), gazetteer or Gazetteer.default()
    finish_folder(folder)
    _check_form(folder)
    stored = read_bundle(folder) if is_bundle(folder) else _read_folder(folder)
    info, faults = _map_info(stored.info)
    tables = (stored.events, stored.reports, stored.claims)
    faults += [fault for table in tables for fault in table.faults]
    faults += cross_faults(*tables, info, gazetteer=known)
    if faults or info is None:
        raise CasebookError(sorted(faults))
    return make_casebook(
        folder.resolve().name if folder.is_dir() else folder.stem,
        info,
        events=stored.events.rows,
        reports=stored.reports.rows,
        claims=stored.claims.rows,
        gazetteer=known,
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


def events_frame(events: Sequence[Event] | Rows[Event]) -> gpd.GeoDataFrame:
    """Return events as a GeoDataFrame with a point for each position that is given."""
    import geopandas as gpd

    frame = _frame(events, Event, ("date_start", "date_end"))
    for column in ("lon", "lat", "precision_m"):
        frame[column] = frame[column].astype(float)
    points = gpd.points_from_xy(frame["lon"], frame["lat"])
    points[np.isnan(frame["lon"].to_numpy())] = None
    return gpd.GeoDataFrame(frame, geometry=points, crs="EPSG:4326", copy=False)


def _frame(rows: Sequence[Row] | Rows[Any], model: type[Row], dates: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    # A column at a time: a list a row would hold each value twice over.
    held = rows if isinstance(rows, Rows) else Rows(model, ((0, row) for row in rows))
    columns = {name: held.objects(name) for name in model.model_fields}
    frame = pd.DataFrame(columns, dtype=object, copy=False)
    for name in dates:
        frame[name] = _days(held.column(name))
    return frame


def _days(values: Sequence[dt.date | None]) -> npt.NDArray[np.datetime64]:
    # Many times as fast as NumPy's own reading of objects.
    nothing = np.iinfo(np.int64).min
    numbers = [nothing if day is None else day.toordinal() - _EPOCH for day in values]
    return np.array(numbers, dtype=np.int64).view("datetime64[D]").astype("datetime64[s]")


def _check_form(folder: Path) -> None:
    """Check that a folder holds its tables in one form only."""
    if (folder / "events.csv").is_file() and (folder / "events.parquet").is_file():
        fault = Fault(folder.name, 0, "", "events.csv and events.parquet", "one of the two")
        raise CasebookError([fault])


def _read_folder(folder: Path) -> Stored:
    if not folder.is_dir():
        raise CasebookError([Fault(str(folder), 0, "", "no folder", _A_CASEBOOK)])
    if not any((folder / name).is_file() for name in ("map.toml", *(f"{t}.csv" for t in TABLES))):
        raise CasebookError([Fault(str(folder), 0, "", "no table in it", _A_CASEBOOK)])
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
        return MapInfo.model_validate(parse_toml(content, file, raises=CasebookError)), []
    except CasebookError as error:
        return None, list(error.faults)
    except ValidationError as error:
        return None, list(record_faults(file, 0, error))
