"""What the gazetteer holds: each file with its places, dates, source, licence and path."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.placefile import PlaceFile
from geoconflict.gazetteer.userdata import user_paths


@dataclass(frozen=True)
class Holding:
    """One file of places.

    ``counts`` are the places by kind. ``retrieved`` is the date up to which the source is,
    ``added`` the day on which the user added the file; both empty where nobody says.
    """

    title: str
    counts: Mapping[str, int]
    retrieved: str
    added: str
    source: str
    licence: str
    note: str
    path: str

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain types, as ``--json`` prints it."""
        return asdict(self)


def holdings() -> list[Holding]:
    """Return the user's files of places and those of the package, in the order they are asked.

    A user's file that cannot be used is left out with a ``GazetteerFileWarning``.
    """
    own = user_paths()
    files = Gazetteer.default().files
    return [_holding(file, _day(file.path) if file.path in own else "") for file in files]


def _holding(file: PlaceFile, added: str) -> Holding:
    counts: Counter[str] = Counter()
    for (_, kind), count in file.counts().items():
        counts[kind] += count
    return Holding(
        title=file.info["title"],
        counts=dict(counts.most_common()),
        retrieved=file.info["retrieved"],
        added=added,
        source=file.info["source"],
        licence=file.info["licence"],
        note=file.info.get("set aside", ""),
        path=str(file.path),
    )


def _day(path: Path) -> str:
    return dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC).date().isoformat()
