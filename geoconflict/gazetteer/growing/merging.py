"""One record of a place that several sources know: all its names, and the finest position."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from geoconflict.files.embedded import embedded_path
from geoconflict.gazetteer.growing.identity import Identity, Known, identities, lost
from geoconflict.gazetteer.names import loose_key, skeleton
from geoconflict.gazetteer.placefile import LOOSE_MARK, KeyRow, PlaceFile, write_merged
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.scoring import distance_km
from geoconflict.gazetteer.userdata import EMBEDDED, MERGED, scratch_folder, sizes_of, user_files

# Of 15,520 points of postal codes 97 % had their namesake of another table within 2 km, 1 %
# from 2 to 5 km and 0.1 % from 5 to 12 km; of 34,264 rows of one table 1,461 had a namesake
# within 3 km, which chance would give to a dozen.
_SAME_KM, _SAME_FILE_KM = 5.0, 3.0
# Names that tell a place: present ones and old ones, but none that a unit shares with its town.
_PRESENT, _MOST_RANK = 0, 1


@dataclass(frozen=True, eq=False)
class _Record:
    """A settlement as one file has it, and the keys of its names."""

    file: PlaceFile
    place: Place
    keys: Sequence[KeyRow]


def merge_places(scratch: Path, *, without: Iterable[str] = ()) -> None:
    """Write the places that several of the user's and the package's files know, as one record.

    Parameters
    ----------
    scratch : Path
        Folder with files that are about to take the place of the user's of the same name; the
        result is written there, or nothing where no place is known twice.
    without : iterable of str
        Names of files in the user's folder that are about to go.
    """
    new = [PlaceFile(path) for path in sorted(scratch.glob("*.sqlite"))]
    gone = {file.path.name for file in new} | {*without, MERGED}
    kept = [file for file in user_files() if file.path.name not in gone]
    own = sorted((*new, *kept), key=_authority)
    if own:
        groups = _Groups(_embedded())
        for file in own:
            groups.take(file)
        groups.identify()
        if groups.several or groups.lost:
            _write(scratch / MERGED, groups, own)


def merge_anew() -> None:
    """Merge what the user's and the package's files know, as they are now.

    Raises
    ------
    OutputError
        The user's folder cannot be written.
    """
    _embedded.cache_clear()
    with scratch_folder() as scratch:
        merge_places(scratch)


def _authority(file: PlaceFile) -> tuple[bool, bool, str]:
    """Order files by who settles id, name and unit: GeoNames, OpenStreetMap, own tables."""
    name = file.path.name
    return name.startswith("user-"), not name.startswith("geonames-"), name


class _Groups:
    """Records of settlements, those of one place together."""

    def __init__(self, embedded: Mapping[PlaceFile, Mapping[str, Sequence[KeyRow]]]) -> None:
        self.all: list[list[_Record]] = []
        self.several: list[list[_Record]] = []
        # What bears a name that the codifier gives to other settlements of the oblast only.
        self.lost: list[list[_Record]] = []
        self._embedded = embedded
        self._known: set[str] = set()
        self._by_id: dict[str, list[_Record]] = {}
        self._by_key: dict[str, list[list[_Record]]] = {}

    def take(self, file: PlaceFile) -> None:
        """Put each settlement of a file to its like, or by itself."""
        keys = file.key_rows()
        for place in file.all_of("settlement"):
            record = _Record(file, place, keys.get(place.id, ()))
            group = self._of_id(place.id) or self._near(record) or self._new_group()
            self._add(record, group)

    def identify(self) -> None:
        """Join points with the settlements that the codifier places in their community only."""
        groups = [group for group in self.all if group[0].place.country in ("UA", "")]
        coded = [_known(group) for group in groups if _is_coded(group)]
        points = [_known(group) for group in groups if not _is_coded(group)]
        found = identities(points, coded)
        none = lost(points, coded, found)
        for point, identity in found.items():
            self._join(self._by_id[point], identity)
        for group in filter(None, self.all):
            # A village of the package is reported, whatever the codifier says.
            if _finest(group).place.id in none and not _is_curated(group):
                self.lost.append(group)
            elif len(group) > 1:
                self.several.append(group)

    def _join(self, point: list[_Record], identity: Identity) -> None:
        """Put a point to a settlement, which gives its code only where it is clear."""
        settlement = self._by_id[identity.settlement]
        if identity.is_clear:
            point[:0] = settlement
        else:
            point += [replace(one, place=_uncoded(one.place)) for one in settlement]
        settlement.clear()

    def _of_id(self, place_id: str) -> list[_Record] | None:
        for file, keys in self._embedded.items():
            if place_id not in self._by_id and place_id in keys:
                self._take_in(_Record(file, file.get(place_id, file.units), keys[place_id]))
        return self._by_id.get(place_id)

    def _near(self, record: _Record) -> list[_Record] | None:
        """Return the nearest group with a name of a record that is near enough to be it."""
        keys = [row.key for row in record.keys if row.rank <= _MOST_RANK]
        for key in keys:
            self._know(key)
        homes = [group for key in keys for group in self._by_key.get(key, ())]
        near = [
            (distance_km(one.place, record.place), number)
            for number, group in enumerate(homes)
            for one in group
            if _is_like(one, record)
        ]
        return homes[min(near)[1]] if near else None

    def _know(self, key: str) -> None:
        """Take in the records of the package that bear a key."""
        if key in self._known:
            return
        self._known.add(key)
        for file, keys in self._embedded.items():
            for place, rank, *_ in file.find(key, file.units):
                is_named = place.kind == "settlement" and rank <= _MOST_RANK
                if is_named and place.id not in self._by_id:
                    self._take_in(_Record(file, place, keys[place.id]))

    def _take_in(self, record: _Record) -> None:
        """Put a record of the package to that of its code, or by itself."""
        code = record.place.code
        group = self._by_id.get(code) or self._new_group()
        self._add(record, group)
        if code:
            self._by_id[code] = group

    def _new_group(self) -> list[_Record]:
        self.all.append([])
        return self.all[-1]

    def _add(self, record: _Record, group: list[_Record]) -> None:
        group.append(record)
        self._by_id.setdefault(record.place.id, group)
        for row in record.keys:
            homes = self._by_key.setdefault(row.key, [])
            if row.rank <= _MOST_RANK and not any(home is group for home in homes):
                homes.append(group)


@cache
def _embedded() -> dict[PlaceFile, dict[str, list[KeyRow]]]:
    """Return the files of the package with the keys of all names, read once."""
    files = [PlaceFile(embedded_path(name)) for name in EMBEDDED]
    return {file: file.key_rows() for file in files}


def _uncoded(place: Place) -> Place:
    return replace(place, code="", community="")


def _is_coded(group: Sequence[_Record]) -> bool:
    return any(one.place.code for one in group)


def _is_curated(group: Sequence[_Record]) -> bool:
    return any(one.place.id.startswith("village:") for one in group)


def _known(group: Sequence[_Record]) -> Known:
    """Return a group by its finest record, with the keys of all present names."""
    keys = (row.key for one in group for row in one.keys if row.rank == _PRESENT)
    return Known(_finest(group).place, frozenset(key for key in keys if key[0] != LOOSE_MARK))


def _is_like(one: _Record, other: _Record) -> bool:
    if one.place.is_approximate or other.place.is_approximate:
        return False
    limit = _SAME_FILE_KM if one.file is other.file else _SAME_KM
    reach = min(one.place.precision_m or 0.0, other.place.precision_m or 0.0) / 1000
    return distance_km(one.place, other.place) <= max(limit, reach)


def _write(target: Path, groups: _Groups, own: Sequence[PlaceFile]) -> None:
    places = [(_merged(group), _key_rows(group)) for group in groups.several]
    places += [(_merged(group), list(map(_old, _key_rows(group)))) for group in groups.lost]
    usual = {
        what: Counter(getattr(place, what) for place, _ in places).most_common(1)[0][0]
        for what in ("source", "licence")
    }
    said = {
        f"{what}:{place.id}": getattr(place, what)
        for place, _ in places
        for what in usual
        if getattr(place, what) != usual[what]
    }
    info = {
        "title": "Places that several sources know, merged",
        "retrieved": "",
        "made of": json.dumps(sizes_of([*own, *_embedded()])),
        "brought": json.dumps(_brought(groups.several, own)),
    }
    members = {one.place.id for group in (*groups.several, *groups.lost) for one in group}
    write_merged(target, places, members=sorted(members), info=info | usual | said)


def _merged(group: Sequence[_Record]) -> Place:
    """Return one place: id, name and unit of the first, position of the finest."""
    first, finest = group[0].place, _finest(group).place
    names: dict[str, tuple[str, ...]] = {}
    for one in group:
        for language, texts in one.place.names.items():
            names[language] = tuple(dict.fromkeys((*names.get(language, ()), *texts)))
    return replace(
        first,
        country=next((one.place.country for one in group if one.place.country), ""),
        admin1_code=next((one.place.admin1_code for one in group if one.place.admin1_code), ""),
        lon=finest.lon,
        lat=finest.lat,
        precision_m=_precision_m(finest, group),
        population=next((one.place.population for one in group if one.place.population), None),
        source=_listed(group, "source"),
        licence=_listed(group, "licence"),
        names=names,
    )


def _finest(group: Sequence[_Record]) -> _Record:
    """Return the record with the finest position; of equals that which the user brought last."""
    return min(reversed(group), key=lambda one: one.place.precision_m or math.inf)


def _precision_m(finest: Place, group: Sequence[_Record]) -> float | None:
    """Return the radius of the finest position, wider where the sources contradict each other."""
    own = finest.precision_m
    if own is None:
        return None
    exact = [one.place for one in group if not one.place.is_approximate]
    apart = [(1000 * distance_km(finest, place), place.precision_m or 0.0) for place in exact]
    return float(round(max((d for d, other in apart if d > own + other), default=own)))


def _listed(group: Sequence[_Record], what: str) -> str:
    """Return the sources or licences of a group, that of the position first."""
    order = (_finest(group), *group)
    return "; ".join(dict.fromkeys(getattr(one.place, what) for one in order))


def _key_rows(group: Sequence[_Record]) -> list[KeyRow]:
    """Return the keys of all names; of a name that several know the first says what it is.

    What the codifier knows bears its names there; names of other sources that are not like these
    are old or other ones, whatever the source says.
    """
    coded = [row for one in group if one.place.code for row in one.keys]
    alike = {loose_key(row.key) for row in coded if row.rank == _PRESENT}
    found = {row.key: row for row in coded}
    for row in (row for one in group for row in one.keys):
        is_alike = not coded or row.key[0] == LOOSE_MARK or loose_key(row.key) in alike
        found.setdefault(row.key, row if is_alike else _old(row))
    for text in {t for one in group for names in one.place.names.values() for t in names}:
        known = found.get(skeleton(text))
        if known is not None and known.rank != _PRESENT:
            found.pop(f"{LOOSE_MARK}{loose_key(text)}", None)
    return list(found.values())


def _old(row: KeyRow) -> KeyRow:
    """Return a name that a place does not bear today."""
    return row._replace(rank=max(row.rank, _MOST_RANK))


def _brought(
    groups: Sequence[Sequence[_Record]], own: Sequence[PlaceFile]
) -> dict[str, dict[str, int]]:
    """Return for each file how many of its places others know, and how often its point is used."""
    counts = {file.path.name: {"shared": 0, "finest": 0} for file in own}
    for group in groups:
        others = {one.file.path.name for one in group}
        for name in others & counts.keys():
            counts[name]["shared"] += 1
            counts[name]["finest"] += _finest(group).file.path.name == name
    return counts
