"""What a map of a casebook shows: events by name and day, shaded units, the front, and whose."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.casebooks.casebook import Casebook, require_licence
from geoconflict.casebooks.coordinates import without_coordinates
from geoconflict.casebooks.naming import event_names
from geoconflict.casebooks.positions import locate_events
from geoconflict.errors import UnknownReferenceError
from geoconflict.look.labels import day, days, text, translated
from geoconflict.measuring.borders import Borders

if TYPE_CHECKING:
    from geoconflict.fronts.collection import Fronts
    from geoconflict.fronts.snapshots import Snapshot
    from geoconflict.plots.basemap import Basemap

_LIGHTEST, _DARKEST = 0.1, 0.4


@dataclass(frozen=True)
class Scene:
    """What a map can show.

    Parameters
    ----------
    events : dict
        Columns as of ``page_data``.
    names : list of pairs of str
        Of each event its facility or else its place, and its place, in the figure's language.
    dates : list of str
        Of each event in words.
    language : str
        That language.
    day : datetime.date
        Whose waters are drawn.
    units : mapping
        Outline of a unit and how strongly it is shaded, by its code.
    borders : Borders
        Of its theatre.
    lines : sequence
        Measured lines.
    snapshot : Snapshot, optional
        Who held what.
    """

    events: dict[str, list[Any]]
    names: Sequence[tuple[str, str]]
    borders: Borders
    dates: Sequence[str]
    language: str
    day: dt.date
    units: Mapping[str, tuple[BaseGeometry, float]] = field(default_factory=dict)
    lines: Sequence[Mapping[str, Any]] = ()
    snapshot: Snapshot | None = None

    @property
    def basemap(self) -> Basemap:
        """What lies below all else."""
        from geoconflict.plots.basemap import read_basemap

        return read_basemap(self.borders.theatre)

    @property
    def home_corners(self) -> list[tuple[float, float]]:
        """Lon and lat of the corners of the country that is fought over."""
        west, south, east, north = shapely.bounds(self.borders.home)
        return [(west, south), (east, north)]


def published(casebook: Casebook, fronts: Fronts | None, *, allow_restricted: bool) -> Casebook:
    """Return a casebook with its events located, where it and the front may be published."""
    require_licence(casebook, allow_restricted=allow_restricted)
    if fronts is not None:
        fronts.require_licence(allow_restricted=allow_restricted)
    return casebook if "position" in casebook.events else locate_events(casebook)


def scene_of(
    casebook: Casebook,
    data: Mapping[str, Any],
    *,
    day: dt.date,
    language: str,
    snapshot: Snapshot | None,
    row: int | None = None,
) -> Scene:
    """Return what a map of a casebook shows, or of one event of it where its row is given.

    Parameters
    ----------
    casebook : Casebook
        With located events.
    data : mapping
        As of ``page_data``, perhaps blurred: then no name tells coordinates either.
    """
    events, names = data["events"], event_names(casebook, language)
    if "blur_km" in data["info"]:
        names = [(without_coordinates(one), without_coordinates(other)) for one, other in names]
    return Scene(
        events=events,
        names=names,
        borders=casebook.borders,
        dates=dates_of(events, language),
        language=language,
        day=day,
        units=_shaded(events, casebook.borders, row),
        snapshot=snapshot,
    )


def rows_on_the_map(scene: Scene) -> tuple[list[int], int]:
    """Return the rows with a point within the basemap, and how many lie beyond it."""
    events, window = scene.events, scene.basemap.window
    points = list(enumerate(zip(events["lon"], events["lat"], strict=True)))
    located = [(row, x, y) for row, (x, y) in points if x is not None]
    rows = [row for row, x, y in located if window.holds(x, y)]
    return rows, len(located) - len(rows)


def left_out(scene: Scene) -> list[str]:
    """Return in words how many events a map of all does not show, and why; nothing where none."""
    rows, outside = rows_on_the_map(scene)
    counts = {"unlocated": len(scene.events["id"]) - len(rows) - outside, "outside": outside}
    shown = {key: count for key, count in counts.items() if count}
    return [text(f"figure.map.{key}", scene.language, count=n) for key, n in shown.items()]


def dates_of(events: dict[str, list[Any]], language: str) -> list[str]:
    """Return the days of each event in words."""
    found = []
    for start, end in zip(events["date_start"], events["date_end"], strict=True):
        first, last = (dt.date.fromisoformat(day) for day in (start or end, end or start))
        found.append(days(first, last, language))
    return found


def _shaded(
    events: dict[str, list[Any]], borders: Borders, row: int | None
) -> dict[str, tuple[Any, float]]:
    """Return units over which interceptions are reported; the more there are, the darker.

    With ``row`` that of one event alone, of any kind, where it is known for a whole unit.
    """
    sums: Counter[str] = Counter()
    cells = (events[name] for name in ("kind", "position_kind", "admin1", "count"))
    for index, (kind, where, code, count) in enumerate(zip(*cells, strict=True)):
        is_meant = kind == "interception" if row is None else index == row
        if is_meant and where == "admin1" and code:
            sums[code] += count or 1
    found = {}
    for code, number in sorted(sums.items()):
        try:
            outline = borders.unit(code).geometry
        except UnknownReferenceError:
            continue
        # One alone is darker than nothing.
        share = (number / max(sums.values())) ** 0.5 if len(sums) > 1 else 0.0
        found[code] = (outline, _LIGHTEST + (_DARKEST - _LIGHTEST) * share)
    return found


def source_credit(casebook: Casebook, language: str) -> str:
    """Return whose reports a casebook rests on, as a sentence.

    A publisher that takes a sentence to describe is named by its first words.
    """
    sources = sorted(casebook.info.sources.values(), key=lambda source: source.date)
    publishers = dict.fromkeys(source.publisher.partition(",")[0] for source in sources)
    named = ". ".join(["; ".join(publishers), *casebook.info.attribution])
    return f"{text('figure.source.own', language)}{named}."


def front_credit(snapshot: Snapshot, language: str) -> str:
    """Return whose snapshot of which day is drawn, and on what terms, as a sentence."""
    return text(
        "figure.front.caption",
        language,
        source=snapshot.source_title,
        date=day(snapshot.date, language),
        licence=translated(snapshot.licence, "licence", language),
    )


def map_credit(data: Mapping[str, Any], language: str) -> list[str]:
    """Return whose the basemap is as a sentence; nothing where it is owed to nobody."""
    credit = "; ".join(data["info"]["map_attribution"])
    return [f"{text('figure.source.basemap', language)}{credit}."] if credit else []
