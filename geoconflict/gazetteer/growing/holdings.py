"""What the gazetteer holds: each file with its places, dates, source, licence and path."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.placefile import PlaceFile
from geoconflict.gazetteer.userdata import MERGED, user_paths

# What a file brought of which no other source knows a place.
_NOTHING = {"shared": 0, "finest": 0}


@dataclass(frozen=True)
class Holding:
    """One file of places.

    ``counts`` are the places by kind. ``retrieved`` is the date up to which the source is,
    ``added`` the day on which the user added the file; both empty where nobody says. ``shared``
    counts the places that another source knows as well, ``finest`` those of them whose position
    is taken from here, both None for what is not the user's.
    """

    title: str
    counts: Mapping[str, int]
    retrieved: str
    added: str
    source: str
    licence: str
    note: str
    path: str
    shared: int | None = None
    finest: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain types, as ``--json`` prints it."""
        return asdict(self)


def holdings() -> list[Holding]:
    """Return the user's files of places and those of the package, in the order they are asked.

    A user's file that cannot be used is left out with a ``GazetteerFileWarning``.
    """
    own = set(user_paths())
    files = Gazetteer.default().files
    merged = next((file for file in files if file.path.name == MERGED), None)
    brought = json.loads(merged.info["brought"]) if merged else {}
    return [
        _holding(file, brought.get(file.path.name, _NOTHING) if file.path in own else {})
        for file in files
    ]


def _holding(file: PlaceFile, brought: Mapping[str, int]) -> Holding:
    counts: Counter[str] = Counter()
    for (_, kind), count in file.counts().items():
        counts[kind] += count
    return Holding(
        title=file.info["title"],
        counts=dict(counts.most_common()),
        retrieved=file.info["retrieved"],
        added=_day(file.path) if brought else "",
        source=file.info["source"],
        licence=file.info["licence"],
        note=file.info.get("set aside", ""),
        path=str(file.path),
        shared=brought.get("shared"),
        finest=brought.get("finest"),
    )


def _day(path: Path) -> str:
    return dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC).date().isoformat()
