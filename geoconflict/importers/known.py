"""Sources whose tables are read by a mapping that comes with the package, a file each."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geoconflict.errors import ImportFileError
from geoconflict.importers.anytable import read_tables_by
from geoconflict.importers.columncells import is_fit
from geoconflict.importers.importing import Imported, Paths, read_tables
from geoconflict.importers.mapping import TableMapping, cell_words, stated_basis, stated_zone
from geoconflict.importers.noevents import told_no_events
from geoconflict.importers.rawrows import RawTable

_FOLDER = Path(__file__).with_name("sources")
# Tables that other readers take: what they hold, by which columns they are known, the command.
_ELSEWHERE = (
    (("launched", "destroyed", "time_start"), "mass attacks", "import attacks"),
    (("event_id_cnty", "geo_precision"), "an export of ACLED", "import acled"),
    (("viina_version", "event_id_1pd"), "VIINA", "import viina"),
    (("where_prec", "date_prec"), "UCDP GED", "import ucdp"),
    (("faction", "pluscode", "geolocation"), "GeoConfirmed", "import geoconfirmed"),
    (("la", "lo", "date"), "GeoConfirmed", "import geoconfirmed"),
    (("title", "media_url"), "Eyes on Russia", "import eyesonrussia"),
    (("sources", "associations", "location"), "civilian harm by Bellingcat", "import bellingcat"),
)


@dataclass(frozen=True)
class Known:
    """A source with a mapping of its own: names of columns by target, and what tells its tables."""

    name: str
    signatures: tuple[frozenset[str], ...]
    columns: Mapping[str, Sequence[str]]
    rest: Mapping[str, Any]

    def is_of(self, columns: Collection[str]) -> bool:
        """Return whether a table with these columns, in small letters, is of the source."""
        return any(signature <= set(columns) for signature in self.signatures)

    def mapping(self, tables: Sequence[RawTable]) -> TableMapping | None:
        """Return the mapping of the source for tables with these columns, None without a day."""
        held = [column for table in tables for column in table.columns]
        named: dict[str, str] = {}
        for target, names in self.columns.items():
            if target == "position" and {"lat", "lon"} <= named.keys():
                continue
            free = (
                name
                for name in names
                if name in held and name not in named.values() and is_fit(target, name, tables)
            )
            found = next(free, None)
            if found:
                named[target] = found
        if "date_start" not in named:
            # Called as days are, though few of its cells can be read: each is then set aside.
            days = (name for name in self.columns["date_start"] if name in held)
            day = next((name for name in days if name not in named.values()), None)
            if day is None:
                return None
            named["date_start"] = day
        words = cell_words(tables, named)
        return TableMapping.model_validate(
            {
                "zone": stated_zone(named),
                "columns": named,
                **stated_basis(named),
                **words,
                **self.rest,
            }
        )


@cache
def known_sources() -> Mapping[str, Known]:
    """Return the sources with a mapping of their own, by their names on the command line."""
    found = (_read(path) for path in sorted(_FOLDER.glob("*.toml")))
    return {one.name: one for one in found}


def reader(name: str) -> Callable[[Paths], Imported]:
    """Return the function that reads files of a known source."""

    def read(paths: Paths) -> Imported:
        """Return the events of the source's files as a casebook, and an account of every row."""
        known = known_sources()[name]
        tables = read_tables(paths)
        for table in tables:
            if not known.is_of(table.columns):
                expected = " or ".join(", ".join(sorted(one)) for one in known.signatures)
                title = known.rest["title"]
                message = f"{table.file}:1: found no column {expected}, expected a file of {title}"
                raise ImportFileError(message)
        plan = known.mapping(tables)
        if plan is None:
            days = " or ".join(known.columns["date_start"])
            message = f"{tables[0].file}:1: found no column of days, expected one called {days}"
            raise ImportFileError(message)
        return read_tables_by(plan, tables)

    return read


def known_mapping(tables: Sequence[RawTable]) -> TableMapping | None:
    """Return the mapping of the source with one of its own that tables are of, None if of none."""
    found = (one for one in known_sources().values() if one.is_of(tables[0].columns))
    return next((one.mapping(tables) for one in found), None)


def told_source(table: RawTable) -> tuple[str, str] | None:
    """Return what a table holds and which command reads it, by its columns; None if unknown.

    The command is empty where none does.
    """
    columns = table.columns
    told = told_no_events(table)
    if told:
        return told
    for signature, what, command in _ELSEWHERE:
        if set(signature) <= set(columns):
            return what, command
    for known in known_sources().values():
        if known.is_of(columns):
            return str(known.rest["title"]), f"import {known.name}"
    return None


def _read(path: Path) -> Known:
    content = tomllib.loads(path.read_text("utf-8"))
    return Known(
        name=content.pop("name"),
        signatures=tuple(frozenset(one) for one in content.pop("signatures")),
        columns=content.pop("columns"),
        rest=content,
    )
