"""The files of a folder of snapshots: which day each is of, what can be read, what cannot."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, pairwise
from pathlib import Path, PurePath, PurePosixPath

import shapely

from geoconflict.errors import (
    DateError,
    Fault,
    SnapshotFileError,
    SnapshotWarning,
)
from geoconflict.files.archives import Limits, members, named, unzipped
from geoconflict.files.kml import network_links
from geoconflict.files.reading import reading
from geoconflict.fronts.doubts import hardly_shared
from geoconflict.fronts.features import Feature, fault
from geoconflict.fronts.filedates import (
    EXPECTED_DAY,
    Dated,
    find_day,
    shown_order,
    without_day,
)
from geoconflict.fronts.geojson import at, read_geojson
from geoconflict.fronts.sides import plain_text, side_of
from geoconflict.fronts.vectors import read_kml, read_packed_vector, read_vector
from geoconflict.measuring.dayforms import Order

_JSON, _VECTOR = (".geojson", ".json"), (".shp", ".gpkg")
_SHOWN = 60
_AREAS = "areas of control as polygons"
# Of so many days of one file it is looked at whether they draw the same land.
_FEW = 3
_ENDINGS = (*_JSON, ".geojson.gz", ".json.gz", ".kml", ".kmz", ".zip", *_VECTOR)
_SIDECARS = (".dbf", ".shx", ".prj", ".cpg")
_ONE = "one a day, or times in all their names: 20250124_0800, 20250124_2000"
_EXPECTED = "snapshots as .geojson, .json, .kml, .kmz, .shp, .gpkg or .zip"
# How a whole file of these kinds ends; a shorter look than reading it.
_TAILS = {".geojson": b"}]", ".json": b"}]", ".kml": b">"}
_TAIL_BYTES = 64
# Parts of one map that were drawn apart share a little along their edges.
_SAME_GROUND = 0.05
# How a later version of a file is called: map_20250115_v2, map_20250115 (1).
_VERSION = re.compile(r"(?:[ _-]v|\s?\(|_copy_?)(\d{1,2})\)?$", re.IGNORECASE)
# A year of daily snapshots in one zip has 400 files and 100 MB; a KMZ with pictures 200.
_LIMITS = Limits(members=2_000, bytes=300_000_000)


@dataclass(frozen=True)
class Piece:
    """What one file says of one day: its name, what tells the side beside it, how to read it.

    ``title`` is how messages call it: the name, and the day where the name does not tell it;
    ``time`` that of the day, midnight where none is said.
    """

    file: str
    title: str
    layer: str
    beside: tuple[str, ...]
    load: Callable[[], list[Feature]]
    time: dt.time = dt.time(0)
    until: dt.time = dt.time.max


@dataclass(frozen=True, eq=False)
class Entry:
    """All pieces of one day, one a layer."""

    day: dt.date
    pieces: tuple[Piece, ...]


def find_entries(path: Path) -> tuple[Mapping[dt.date, Entry], list[Fault]]:
    """Return an entry for each day of a file or folder in order, and what is wrong with files.

    Files whose name holds the day are only looked at; the others are read, since only they
    can tell. Of several files of one day and layer the last is taken, with a warning, where their
    times tell which that is; else none.
    """
    if not path.exists():
        return {}, [Fault(str(path), 0, "", "no such file or folder", _EXPECTED)]
    pieces: dict[dt.date, list[Piece]] = {}
    faults: list[Fault] = []
    files = list(_files(path))
    order = shown_order(map(_stem, files))
    for file in files:
        try:
            for day, piece in _pieces(file, path, order=order):
                pieces.setdefault(day, []).append(piece)
        except SnapshotFileError as error:
            faults += error.faults
    entries = {}
    for day, several in sorted(pieces.items()):
        found = _latest(several)
        twice = _twice(found)
        faults += [Fault(name, 0, "", f"a second file of {day}", _ONE) for name in twice]
        if not twice:
            entries[day] = Entry(day, tuple(found))
    if not entries and not faults:
        faults.append(Fault(str(path), 0, "", "no snapshots", _EXPECTED))
    return entries, faults


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if file.is_file() and not hidden and file.name.casefold().endswith(_ENDINGS):
            yield file


def _pieces(file: Path, root: Path, *, order: Order | None) -> Iterator[tuple[dt.date, Piece]]:
    _look(file)
    stem = _stem(file)
    beside = (*_folders(file, root), stem)
    layer = "/".join(plain_text(text) for text in map(without_day, beside) if side_of([text]))
    when = _day(stem, file.name, order=order)
    if when is not None:
        load = partial(_load, file, when.day)
        yield when.day, Piece(file.name, file.name, layer, beside, load, when.time, when.until)
        return
    by_day: dict[dt.date, list[Feature]] = {}
    undated: list[Feature] = []
    for feature in _read(file):
        if feature.day is not None:
            by_day.setdefault(feature.day, []).append(feature)
        elif not feature.geometry.geom_type.endswith("Point"):
            undated.append(feature)
    if by_day:
        undated = _without_layers(undated, file.name)
    if not by_day:
        raise _undated(file.name) if undated else fault(file.name, "no areas", _AREAS)
    _tell_apart(by_day, file.name)
    days = {own: _last_drawn(drawn, f"{file.name}, {own}") for own, drawn in by_day.items()}
    double = {own: found for own, drawn in days.items() if (found := _overlapping(drawn))}
    for own, drawn in days.items():
        if own not in double:
            title, load = f"{file.name}, {own}", partial(list, drawn)
            span = (drawn[0].time, drawn[0].until)
            yield own, Piece(file.name, title, layer, beside, load, *span)
    # Those of other days are handed out by now, and stay where a user wants to go on.
    _refuse(file.name, double, undated)


def _undated(file: str) -> SnapshotFileError:
    return fault(file, "no date in its name and none in it", "a name as map_20250124")


def _tell_apart(by_day: Mapping[dt.date, Sequence[Feature]], file: str) -> None:
    """Tell where areas of different days share hardly any land, as what was taken on each does."""
    drawn = {
        str(day): [one.geometry for one in by_day[day] if not one.layer]
        for day in sorted(by_day)[:_FEW]
    }
    apart = hardly_shared(drawn) if all(drawn.values()) else ""
    if apart:
        _tell(f"{file}: {apart}: is each a whole map, or what was taken on that day?")


def _without_layers(undated: Sequence[Feature], file: str) -> list[Feature]:
    """Return what has no day, and tell which layers are left out beside those of a day."""
    layers = sorted({feature.layer for feature in undated if feature.layer})
    if layers:
        _tell(f"{file}: layers without a day, left out: {', '.join(map(repr, layers))}")
    return [feature for feature in undated if not feature.layer]


def _refuse(file: str, double: Mapping[dt.date, list[str]], undated: Sequence[Feature]) -> None:
    """Refuse what draws one day twice, or has no day beside what has one.

    Raises
    ------
    SnapshotFileError
        There is any.
    """
    for day, layers in double.items():
        found = f"layers of {day} that overlap: {', '.join(map(repr, layers))}"
        raise fault(file, found, "one map of each day, or times in the names of layers")
    if undated:
        found = f"{len(undated)} areas without a day{_called(undated[0])}"
        raise fault(file, f"{found} beside others that have one", "a day of each")


def _last_drawn(features: Sequence[Feature], title: str) -> list[Feature]:
    """Return what was drawn last of a day, and tell what is left out for it."""
    last = max(feature.time for feature in features)
    others = [feature for feature in features if feature.time != last]
    if any(feature.until >= last for feature in others):
        if len({feature.layer for feature in features}) > 1:
            # Parts of one map, unless they overlap, which is looked at next.
            return list(features)
        raise fault(title, "areas of several times of the day, or of none", "a time of each")
    if others:
        left = sorted({f.layer or f"{f.time:%H:%M}" for f in others})
        told = f"that of {last:%H:%M} is taken, left out: {', '.join(left)}"
        _tell(f"{title}: of several maps of the day {told}")
    return [feature for feature in features if feature.time == last]


def _overlapping(features: Sequence[Feature]) -> list[str]:
    """Return two layers of one day that draw the same ground, so that they are no parts of one."""
    names = dict.fromkeys(feature.layer for feature in features if feature.layer)
    areas = {
        name: shapely.union_all(
            [shapely.make_valid(f.geometry) for f in features if f.layer == name]
        )
        for name in (names if len(names) > 1 else ())
    }
    for one, other in combinations(areas, 2):
        least = min(areas[one].area, areas[other].area)
        if shapely.intersection(areas[one], areas[other]).area > _SAME_GROUND * least:
            return [one, other]
    return []


def _called(feature: Feature) -> str:
    said = (*feature.names, *(f"{name} {text!r}" for name, text in feature.properties.items()))
    return f", the first of {said[0][:_SHOWN]}," if said else ""


def _latest(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the last piece of each layer, where times tell which it is, and say so."""
    found: list[Piece] = []
    for layer in dict.fromkeys(piece.layer for piece in pieces):
        same = sorted((p for p in pieces if p.layer == layer), key=_order)
        if not all(_is_before(one, next_one) for one, next_one in pairwise(same)):
            found += same
            continue
        found.append(same[-1])
        if len(same) > 1:
            left = ", ".join(piece.file for piece in same[:-1])
            _tell(f"{same[-1].file} is taken as the last of its day; left out: {left}")
    return found


def _order(piece: Piece) -> tuple[dt.time, int]:
    """Return what comes later on a day: its time, else the version that the name ends in."""
    version = _VERSION.search(_stem(Path(piece.file)))
    return piece.time, int(version[1]) if version else 0


def _is_before(piece: Piece, other: Piece) -> bool:
    """Return whether a piece is of an earlier time than another, or an earlier version of it."""
    if (piece.time, piece.until) != (other.time, other.until):
        return piece.until < other.time
    return _order(piece) < _order(other) and _bare(piece) == _bare(other)


def _bare(piece: Piece) -> str:
    """Return the name of a file without its day and version."""
    return _VERSION.sub("", without_day(_stem(Path(piece.file)))).strip("_- ")


def _tell(message: str) -> None:
    warnings.warn(message, SnapshotWarning, stacklevel=5)


def _look(file: Path) -> None:
    """Refuse a file that is empty or has no end, without reading it."""
    size = file.stat().st_size
    if size == 0:
        raise fault(file.name, "an empty file", _EXPECTED)
    tail = _TAILS.get(file.suffix.casefold())
    if tail is None:
        return
    with file.open("rb") as stream:
        stream.seek(max(0, size - _TAIL_BYTES))
        last = stream.read().rstrip()[-1:]
    if last not in [tail[i : i + 1] for i in range(len(tail))]:
        raise fault(file.name, "a file that is cut off", f"{file.suffix} that is whole")


def _load(file: Path, day: dt.date) -> list[Feature]:
    """Return the features of a file named after a day; its content must not say another."""
    features = _read(file)
    others = {feature.day for feature in features} - {None, day}
    if others:
        found = f"areas of {', '.join(sorted(str(other) for other in others)[:3])}"
        raise fault(file.name, found, f"those of {day} alone, as its name says")
    return features


def _read(file: Path) -> list[Feature]:
    with reading(file.name, expected=_EXPECTED, raises=SnapshotFileError):
        return _features(file)


def _features(file: Path) -> list[Feature]:
    name = file.name.casefold()
    if name.endswith(".gz"):
        return read_geojson(unzipped(file, limits=_LIMITS), file.name)
    if name.endswith((".kml", ".kmz")):
        return _read_google(file)
    if name.endswith(".zip"):
        return _read_zip(file)
    if name.endswith(_VECTOR):
        return read_vector(file)
    return read_geojson(file.read_bytes(), file.name)


def _read_google(file: Path) -> list[Feature]:
    """Return the areas of a KML file or of all within a KMZ; what they link to is told."""
    # A plain KML can bear the name of a packed one.
    with file.open("rb") as stream:
        is_packed = stream.read(_TAIL_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"<"
    wanted = named(".kml")
    parts = members(file, wanted=wanted, limits=_LIMITS) if is_packed else {"": file.read_bytes()}
    features = [feature for text in parts.values() for feature in read_kml(text, file.name)]
    links = [a for text in parts.values() for a in network_links(text) if a not in parts]
    told = ", ".join(links[:3])
    if links and not features:
        found = f"no areas but links to {told}"
        raise fault(file.name, found, "the areas: open it in Google Earth and save it as KMZ")
    if links:
        _tell(f"{file.name}: links are not followed: {told}")
    return features


def _read_zip(file: Path) -> list[Feature]:
    wanted = named(*_JSON, ".kml", *_VECTOR, *_SIDECARS)
    parts = members(file, wanted=wanted, limits=_LIMITS)
    features: list[Feature] = []
    for name in parts:
        if name.casefold().endswith(_SIDECARS):
            continue
        inside, where = PurePosixPath(name), f"{file.name}: {name}"
        when = _day(inside.stem, where)
        called = tuple(text for text in (inside.stem, inside.parent.name) if side_of([text]))
        for feature in _read_member(name, parts, where):
            own = at(feature, when)
            features.append(replace(own, names=(*feature.names, *called)))
    return features


def _read_member(name: str, parts: Mapping[str, bytes], where: str) -> list[Feature]:
    if name.casefold().endswith(_VECTOR):
        return read_packed_vector(parts, name)
    return (read_kml if name.casefold().endswith(".kml") else read_geojson)(parts[name], where)


def _day(stem: str, file: str, *, order: Order | None = None) -> Dated | None:
    try:
        return find_day(stem, order=order)
    except DateError as error:
        raise fault(file, f"a date that cannot be: {error}", EXPECTED_DAY) from error


def _stem(file: Path) -> str:
    return PurePath(file.stem).stem if file.suffix.casefold() == ".gz" else file.stem


def _folders(file: Path, root: Path) -> tuple[str, ...]:
    """Return the folders between the root and a file, the nearest first."""
    return () if file == root else tuple(reversed(file.relative_to(root).parts[:-1]))


def _twice(pieces: Sequence[Piece]) -> list[str]:
    """Return the files that are of one day and layer with another one."""
    layers = [piece.layer for piece in pieces]
    return [piece.file for piece in pieces if layers.count(piece.layer) > 1]
