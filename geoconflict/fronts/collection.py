"""Dated snapshots of one source: which days there are, and what was held on a day asked about."""

from __future__ import annotations

import datetime as dt
import warnings
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy.typing as npt

from geoconflict.errors import (
    Fault,
    LicenceError,
    MissingSnapshotError,
    SnapshotFileError,
    SnapshotWarning,
)
from geoconflict.facts import Amount, fact
from geoconflict.files.reading import parse_toml
from geoconflict.fronts.files import Entry, find_entries
from geoconflict.fronts.holders import stated_sides
from geoconflict.fronts.snapshots import Snapshot, load_snapshot
from geoconflict.fronts.sources import find_source, is_republishable
from geoconflict.fronts.tolerances import MAX_GAP_DAYS
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.dates import Day, day_of, parse_day
from geoconflict.measuring.quantities import NEAR_KM
from geoconflict.notebook import Shown, notebook_progress

if TYPE_CHECKING:
    import pandas as pd

    from geoconflict.fronts.advances import Advance, Near
    from geoconflict.fronts.changes import Changes
    from geoconflict.fronts.comparison import Comparison

# A file of ours in a folder of snapshots may say source and licence.
ABOUT = "source.toml"
_NO_LICENCE = "no licence stated"
# Snapshots kept at hand: a month; with its line and the index of it, one takes half a megabyte.
_AT_HAND = 32


@dataclass(frozen=True, eq=False)
class Fronts(Shown):
    """The snapshots of one source by date; each is read when it is first asked for.

    Parameters
    ----------
    source : str
        Short name of who drew them, such as ``deepstate``.
    licence : str
        Their terms, as stated.
    entries : mapping
        What is to be read for each day, in order.
    keep_going : bool
        Whether a snapshot that cannot be read is left out with a warning.
    faults : tuple of Fault
        What was wrong with files that are left out.
    sides : mapping
        The side that a value of a name, column or style stands for, as the user says.
    borders : Borders
        The recognised ones of the theatre.

    Examples
    --------
    >>> fronts = Fronts.read("tests/fronts/squares")
    >>> str(fronts.at(dt.date(2025, 1, 3)).date), fronts.source
    ('2025-01-02', 'squares')
    """

    source: str
    licence: str
    entries: Mapping[dt.date, Entry] = field(repr=False)
    keep_going: bool = False
    faults: tuple[Fault, ...] = ()
    sides: Mapping[str, str] = field(default_factory=dict, repr=False)
    borders: Borders = field(default_factory=Borders.default, repr=False)

    @classmethod
    def read(
        cls,
        path: str | Path,
        *,
        source: str | None = None,
        licence: str | None = None,
        sides: Mapping[str, str] | None = None,
        keep_going: bool = False,
        borders: Borders | None = None,
    ) -> Fronts:
        """Return the snapshots of a file or folder.

        Parameters
        ----------
        path : str or Path
            A folder, searched with its subfolders, or one file: GeoJSON (plain or gzip) with
            the date in the name or a date column, answers of DeepState's interface, KML, KMZ,
            shapefile, GeoPackage, or a zip of these. ``source.toml`` in the folder may say
            ``source``, ``licence`` and, as a table ``sides``, who holds what the files call how.
        source, licence : str, optional
            Default: what ``source.toml`` says, else what the names of folder and files tell.
        sides : mapping, optional
            The side (``RU``, ``UA``, ``contested``, ``unknown``, ``left out``) that a value of any
            name, column or style stands for, or ``column=value``; ``*`` is all else.
        keep_going : bool
            Whether to leave out, with a warning, what cannot be read.
        borders : Borders, optional
            Default: those that come with the package.

        Raises
        ------
        SnapshotFileError
            Files cannot be read, or two are of one date and layer; every fault is named. With
            ``keep_going``: nothing at all can be read. Files named after their date are only
            looked at here; what is wrong inside them is raised when they are read.

        Warns
        -----
        SnapshotWarning
            A file is left out.
        """
        folder = Path(path)
        entries, faults = find_entries(folder)
        if faults and not (keep_going and entries):
            raise SnapshotFileError(faults)
        for fault in faults:
            warnings.warn(f"{fault}: left out", SnapshotWarning, stacklevel=2)
        about = _about(folder)
        name = source or about.get("source") or _source_of(folder, entries)
        known = find_source(name)
        terms = licence or about.get("licence") or (known.licence if known else _NO_LICENCE)
        said = stated_sides({**about.get("sides", {}), **(sides or {})}, ABOUT)
        lines = borders or Borders.default()
        return cls(name, terms, entries, keep_going, tuple(faults), said, lines)

    @property
    def republishable(self) -> bool:
        """Whether a page may carry these snapshots: only where their licence plainly allows it."""
        return is_republishable(self.source, self.licence)

    def require_licence(self, *, allow_restricted: bool) -> None:
        """Check that the snapshots may be shown to everybody.

        Parameters
        ----------
        allow_restricted : bool
            Whether the user says to have the right to, whatever the licence is.

        Raises
        ------
        LicenceError
            They are not republishable, and ``allow_restricted`` is False.
        """
        if not (self.republishable or allow_restricted):
            message = (
                f"the front lines of {self.title} may not be published again ({self.licence}): "
                "leave them out, or give --include-restricted (in Python allow_restricted=True) "
                "if you have the right to"
            )
            raise LicenceError(message)

    @property
    def title(self) -> str:
        """The source in words."""
        known = find_source(self.source)
        return known.title if known else self.source

    @property
    def scope(self) -> str:
        """What land the source counts; empty where it is not known."""
        known = find_source(self.source)
        return known.scope if known else ""

    @cached_property
    def _loaded(self) -> Callable[[dt.date], Snapshot]:
        """Reads the snapshot of a day, and keeps the last ones at hand."""

        @lru_cache(maxsize=_AT_HAND)
        def loaded(day: dt.date) -> Snapshot:
            return load_snapshot(
                self.entries[day],
                source=self.source,
                licence=self.licence,
                borders=self.borders,
                stated=self.sides,
                keep_going=self.keep_going,
            )

        return loaded

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process needs; snapshots at hand stay here."""
        return {name: value for name, value in vars(self).items() if name != "_loaded"}

    @cached_property
    def dates(self) -> tuple[dt.date, ...]:
        """The days there is a snapshot of, in order."""
        return tuple(self.entries)

    def at(self, date: Day, *, max_gap_days: int | None = MAX_GAP_DAYS) -> Snapshot:
        """Return the last snapshot on or before a day; its ``date`` says which it is.

        Parameters
        ----------
        date : date or str
            The day asked about. Nothing is interpolated.
        max_gap_days : int or None
            How many days the snapshot may be older; None for any number.

        Raises
        ------
        MissingSnapshotError
            There is none on or before the day, or only an older one than allowed.
        SnapshotFileError
            Its files cannot be read.
        """
        date = parse_day(date)
        for day in reversed(self.dates[: bisect_right(self.dates, date)]):
            if max_gap_days is not None and (date - day).days > max_gap_days:
                raise self._gap(date, day, max_gap_days)
            snapshot = self.load(day)
            if snapshot is not None:
                return snapshot
        raise self._before(date)

    def after(self, date: Day) -> Snapshot | None:
        """Return the first snapshot after a day; None where there is none.

        Raises
        ------
        SnapshotFileError
            Its files cannot be read.
        """
        days = self.dates[bisect_right(self.dates, parse_day(date)) :]
        return next(filter(None, map(self.load, days)), None)

    def control(
        self,
        points: npt.ArrayLike,
        date: dt.date | npt.ArrayLike,
        *,
        max_gap_days: int | None = MAX_GAP_DAYS,
    ) -> pd.DataFrame:
        """Return side and distance to the line of many points, see ``fronts.control``.

        ``date`` is one day for all points, or one a point.
        """
        from geoconflict.fronts.control import control

        return control(partial(self.at, max_gap_days=max_gap_days), points, date)

    def diff(self, start: Day, end: Day, *, max_gap_days: int | None = MAX_GAP_DAYS) -> Changes:
        """Return what changed between two days, by the last snapshot on or before each.

        Raises
        ------
        MissingSnapshotError
            There is none for one of the days, or both are answered from the same one.
        SnapshotFileError
            Their files cannot be read.

        Warns
        -----
        SnapshotWarning
            They do not count the same land, see ``Changes.unlike``.
        """
        from geoconflict.fronts.changes import diff, warn_of_other_land

        first, last = parse_day(start), parse_day(end)
        before, after = (self.at(day, max_gap_days=max_gap_days) for day in (first, last))
        if first != last and before.date == after.date:
            raise self._one_snapshot(before, first, last)
        changes = diff(before, after)
        warn_of_other_land(changes)
        return changes

    def series(
        self,
        start: Day | None = None,
        end: Day | None = None,
        *,
        by: str | None = None,
        watch: Callable[[int], None] | None = None,
        processes: int = 1,
    ) -> pd.DataFrame:
        """Return area, gains, losses and rate by day, see ``fronts.series``.

        ``start`` and ``end`` are the first and last day, both included; default: all.
        ``watch`` is called with the number of snapshots done. So many ``processes`` at most
        share many days; more than one only where the program's main module can be imported.
        """
        from geoconflict.fronts.series import series

        first, last = day_of(start), day_of(end)
        days = [day for day in self.dates if (first or day) <= day <= (last or day)]
        show = notebook_progress("snapshots")
        tell = watch or (lambda done: show(done, len(days)))
        return series(self.load, days, by=by, watch=tell, borders=self.borders, processes=processes)

    def advances(
        self,
        near: Near,
        *,
        radius_km: float = NEAR_KM,
        until: Day | None = None,
        days: int = 14,
    ) -> Advance:
        """Return whether and how far the line moved near a place, see ``fronts.advances``.

        Raises
        ------
        MissingSnapshotError
            There is no snapshot for one of the days, or only one for both.
        """
        from geoconflict.fronts.advances import advance

        end = self.at(until or self.dates[-1])
        since = end.date - dt.timedelta(days=days)
        start = self.at(since)
        if start.date == end.date:
            raise self._one_snapshot(end, since, end.date)
        return advance(start, end, near=near, radius_km=radius_km)

    def compare(
        self, other: Fronts, date: Day, *, max_gap_days: int | None = MAX_GAP_DAYS
    ) -> Comparison:
        """Return what this and another source agree on for a day, see ``fronts.comparison``."""
        from geoconflict.fronts.comparison import compare

        pair = (one.at(date, max_gap_days=max_gap_days) for one in (self, other))
        return compare(*pair)

    def load(self, day: dt.date) -> Snapshot | None:
        """Return the snapshot of a day; None where it cannot be read and that is allowed."""
        try:
            return self._loaded(day)
        except SnapshotFileError as error:
            if not self.keep_going:
                raise
            warnings.warn(f"{error}: left out", SnapshotWarning, stacklevel=3)
            return None

    def _gap(self, date: dt.date, day: dt.date, max_gap_days: int) -> MissingSnapshotError:
        older = (date - day).days
        message = (
            f"the last {self.title} snapshot before {date} is of {day}, "
            f"{older} days older; up to {max_gap_days} are allowed"
        )
        told = {"last": day, "days": Amount(older, "day"), "most": max_gap_days}
        return MissingSnapshotError(
            message, fact("snapshot_gap", source=self.title, date=date, **told)
        )

    def _before(self, date: dt.date) -> MissingSnapshotError:
        earlier = self.dates[: bisect_right(self.dates, date)]
        told = {"source": self.title, "date": date, "first": next(iter(self.dates), None)}
        if earlier:
            message = f"no {self.title} snapshot from {earlier[0]} to {date} can be read"
            return MissingSnapshotError(message, fact("snapshot_unread", **told))
        first = f"; the first is of {self.dates[0]}" if self.dates else ""
        message = f"there is no {self.title} snapshot on or before {date}{first}"
        return MissingSnapshotError(message, fact("snapshot_before", **told))

    def _one_snapshot(
        self, snapshot: Snapshot, start: dt.date, end: dt.date
    ) -> MissingSnapshotError:
        message = (
            f"{start} and {end} are both answered from the {snapshot.title}: "
            "what changed between them is not known"
        )
        of = fact("snapshot", source=self.title, date=snapshot.date)
        return MissingSnapshotError(
            message, fact("one_for_both", start=start, end=end, snapshot=of)
        )


def _about(path: Path) -> Mapping[str, Any]:
    file = (path if path.is_dir() else path.parent) / ABOUT
    if not file.is_file():
        return {}
    content = parse_toml(file.read_bytes(), ABOUT, raises=SnapshotFileError)
    said = content.get("sides", {})
    if not isinstance(said, dict):
        raise SnapshotFileError([Fault(ABOUT, 0, "sides", repr(said)[:60], 'a table: "a" = "RU"')])
    terms: dict[str, Any] = {k: str(content[k]) for k in ("source", "licence") if k in content}
    return {**terms, "sides": {key: str(value) for key, value in said.items()}}


def _source_of(path: Path, entries: Mapping[dt.date, Entry]) -> str:
    """Return who drew the snapshots, by the names of files and folder, else the folder's name."""
    names = [piece.file for entry in list(entries.values())[:1] for piece in entry.pieces]
    resolved = path.resolve()
    folder = resolved if resolved.is_dir() else resolved.parent
    known = find_source(*names, folder.name)
    return known.id if known else (path.stem if path.is_file() else folder.name)
