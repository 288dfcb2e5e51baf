"""Which column of a table means what: by its name in three languages, else by its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, islice, pairwise
from unicodedata import category, normalize

from geoconflict.errors import DateError
from geoconflict.importers.counts import hits_of, stated_count, toll_of
from geoconflict.importers.latinnames import spells
from geoconflict.importers.meanings import actor_of, kind_of, names_arms, status_of, zone_of
from geoconflict.importers.notations import read_angle, read_metres, read_pair
from geoconflict.importers.places import pair_position, read_position, theatre, unit_of
from geoconflict.importers.rawrows import BEHIND, RawTable
from geoconflict.importers.unitnames import country_code
from geoconflict.importers.weblinks import find_urls, read_links
from geoconflict.lexicon import all_forms, apart_at_capitals
from geoconflict.measuring.datewords import find_when, read_when
from geoconflict.measuring.dayforms import AmbiguousDayError

_LOOKED_AT = 200
_MOST = 0.6
# A column that is called one of days is one where so many of its cells are; each that is none is
# told when its row is read.
_SOME = 0.25
# The order in which columns are looked for: what is told by one name stands before the rest.
TARGETS = (
    *("date_start", "date_end", "time", "zone", "night", "lon", "lat", "position", "easting"),
    *("northing", "utm_zone", "id", "place", "admin1"),
    *("country", "url", "claimant", "denied_by", "stance", "status", "kind", "target_type"),
    *("weapon", "effects", "facility", "actor", "killed", "injured", "launched", "shot_down"),
    *("hits", "precision_m"),
)
# Columns of links, as "source 1" and "source 2".
LINKS = ("url", "url_2", "url_3")


# No name of a column is longer.
_LONGEST = 120
# Shapefiles cut the names of columns to so many letters.
CUT = 10
_PICTURES = ("So", "Mn", "Cs", "Cf")
_COUNTED = ("killed", "injured", "launched", "shot_down")


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return the name of a column in small letters with single spaces between its words.

    Examples
    --------
    >>> plain_name("SensorDate"), plain_name("Дата_удару (UTC)")
    ('sensor date', 'дата удару utc')
    """
    # Pictures before a name say what it says.
    words = "".join(" " if category(char) in _PICTURES else char for char in normalize("NFC", name))
    plain = re.sub(r"[\s_.:;,?!()\[\]/|-]+", " ", apart_at_capitals(words))
    return " ".join(plain.split()).casefold()


def match_columns(table: RawTable) -> dict[str, str]:
    """Return the column of a table, by its own name, that each column of a casebook may be.

    A name alone does not make a column one of days or degrees: its cells must read as such.
    """
    own = _own_names(table)
    cells = {name: _cells(table, name) for name in own}
    # One column can tell of both.
    both = (n for n in named_columns("casualties", own) if any(map(_teller(n), cells[n])))
    found = {harm: name for name in islice(both, 1) for harm in ("killed", "injured")}
    for target in TARGETS:
        for name in named_columns(target, own) if target not in found else ():
            if target in _COUNTED and _is_part(target, name, own, cells):
                continue
            if name not in found.values() and _fits(target, cells[name]):
                found[target] = name
                break
    if "actor" not in found:
        by = (n for n in named_columns("by_side", own) if _share(_is_bare_side, cells[n]) >= _MOST)
        whose = next((name for name in by if name not in found.values()), None)
        found |= {"actor": whose} if whose else {}
    sides = named_columns("side", own)
    if sides and not found.keys() & {"actor", "target_type"}:
        found["actor"] = sides[0]
    if "date_start" not in found:
        weak = (n for n in named_columns("date_published", own) if _fits("date_start", cells[n]))
        day = next((name for name in weak if name not in found.values()), None)
        found |= {"date_start": day} if day else {}
    if "date_start" not in found:
        found.pop("night", None)
    if not named_columns("shot_down", own):
        found.pop("hits", None)
    _settle_position(found, cells)
    _settle_weapon(found, cells)
    _by_values(found, own, cells)
    _settle_lost(found, cells)
    _settle_country(found, table)
    return {target: own[name] for target, name in found.items()}


def _is_part(
    target: str, name: str, own: Mapping[str, str], cells: Mapping[str, Sequence[str]]
) -> bool:
    """Return whether a column counts but a part of what its name says, as other columns show."""
    several = [one for one in named_columns(target, own) if _fits(target, cells[one])]
    every, some = (set(all_forms("columns", one)) for one in ("all", "part"))
    named = [one for one in several if plain_name(own[one]) in all_forms("columns", target)]
    whole = [one for one in named if not some & set(plain_name(own[one]).split())]
    whole = whole or [one for one in several if every & set(plain_name(own[one]).split())]
    return len(several) > 1 and name not in whole[:1]


def counts_part(name: str) -> bool:
    """Return whether a column counts but some people by its name: civilians, children."""
    return bool(set(all_forms("columns", "part")) & set(plain_name(name).split()))


def is_known(name: str) -> bool:
    """Return whether a name is that of a column of any kind."""
    targets = (*TARGETS, "date_published", "casualties", "side")
    is_word = len(name) <= _LONGEST and any(map(str.isalpha, name))
    return is_word and any(_rank(one, name.strip()) is not None for one in targets)


def is_of_report(name: str) -> bool:
    """Return whether a column of days is by its name that of reports, not of what they tell."""
    return _rank("date_published", name) is not None and _rank("date_start", name) is None


def days_beside(tables: Iterable[RawTable], named: Collection[str]) -> list[str]:
    """Return the columns, in small letters, that hold days and are not among those named.

    Those that are of a report or of the last change by their names are none.
    """
    own = {name: text for table in tables for name, text in _own_names(table).items()}
    free = {name: text for name, text in own.items() if name not in named}
    not_meant = _any_form("not_meant")
    held = {name: [c for table in tables for c in _cells(table, name)] for name in free}
    return [
        name
        for name, text in free.items()
        if not is_of_report(text) and not not_meant.fullmatch(plain_name(text))
        if _share(_is_written_day, held[name]) >= _MOST
    ]


def _teller(name: str) -> Callable[[str], bool]:
    return lambda cell: bool(toll_of(cell, plain_name(name)))


def _own_names(table: RawTable) -> dict[str, str]:
    names: dict[str, str] = {}
    for row in islice(table.rows, _LOOKED_AT):
        names |= row.names
    return {column: names.get(column, column) for column in table.columns}


def _cells(table: RawTable, column: str) -> list[str]:
    return [row.values[column] for row in islice(table.rows, _LOOKED_AT) if column in row.values]


def named_columns(target: str, own: Mapping[str, str]) -> list[str]:
    """Return the columns whose name is a form of a target, the most telling first."""
    ranks = {name: rank for name, text in own.items() if (rank := _rank(target, text)) is not None}
    return sorted(ranks, key=lambda name: (not name.endswith(BEHIND), ranks[name]))


@lru_cache(maxsize=4096)
def _rank(target: str, name: str) -> int | None:
    plain = plain_name(name)
    others = ["not_meant", *(["date_published"] if target == "date_start" else [])]
    if any(_any_form(other).fullmatch(plain) for other in others):
        return None
    plains = (plain, name.casefold())
    rank = None
    if any(_any_form(target).fullmatch(text) for text in plains):
        matches = (any(p.fullmatch(text) for text in plains) for p in _forms(target))
        rank = next(rank for rank, is_match in enumerate(matches) if is_match)
    if (
        rank is None
        and len(name) == CUT
        and any(form.startswith(plain) for form in all_forms("columns", target))
    ):
        return len(_forms(target))
    if rank is None and spells(plain, target):
        return len(_forms(target)) * 2
    if rank is None and "/" in name:
        # A name in two languages: "Place / Місце".
        ranks = [_rank(target, part.strip()) for part in name.split("/")]
        return None if None in ranks else ranks[0]
    if rank is None and "." in name.strip("."):
        # What an object of JSON holds: where.lat is a latitude, where.name a place.
        outer, _, inner = name.rpartition(".")
        own = _rank(target, outer if plain_name(inner) in all_forms("columns", "of_it") else inner)
        return None if own is None else len(_forms(target)) + own
    return rank


@cache
def _forms(target: str) -> tuple[re.Pattern[str], ...]:
    """Return the forms of a target in all languages, whole names before parts of names."""
    ranked = sorted(all_forms("columns", target), key=lambda form: "*" in form)
    return tuple(re.compile(re.escape(form).replace(r"\*", ".*")) for form in ranked)


@cache
def _any_form(target: str) -> re.Pattern[str]:
    return re.compile("|".join(form.pattern for form in _forms(target)) or "(?!)")


def _fits(target: str, cells: Sequence[str]) -> bool:
    test = _TESTS.get(target)
    if target == "id":
        # A number of a kind of site stands in many rows.
        return len(set(cells)) >= _MOST * len(cells)
    if test is None or not cells:
        return True
    # A name that says what is counted is trusted; a cell that is no number is told row by row.
    is_some = test is is_day_of_year or target in ("position", "zone", "time")
    least = 0.0 if test is _is_count or target == "url" else _SOME if is_some else _MOST
    return any(map(test, cells)) and _share(test, cells) >= least


def is_fit(target: str, column: str, tables: Iterable[RawTable]) -> bool:
    """Return whether the cells of a column, in small letters, can be what its name says."""
    return _fits(target, [cell for table in tables for cell in _cells(table, column)])


def misnamed(table: RawTable, taken: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return what a column's name says that its cells do not bear out, with a cell that does not.

    Parameters
    ----------
    table : RawTable
    taken : mapping of str to str
        The columns that are taken, as ``match_columns`` returns them.
    """
    own = _own_names(table)
    found: dict[str, tuple[str, str]] = {}
    for target, test in _TESTS.items():
        for name in named_columns(target, own) if target not in taken else ():
            odd = next((cell for cell in _cells(table, name) if not test(cell)), None)
            if odd is not None and own[name] not in taken.values():
                found.setdefault(name, (target, odd))
    return found


def _share(test: Callable[[str], bool], cells: Sequence[str]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _is_bare_side(cell: str) -> bool:
    """Return whether a cell is one word that names a side."""
    return len(cell.split()) == 1 and actor_of(cell) != "unknown"


def is_day(text: str, year: int | None = None) -> bool:
    """Return whether a text is a day."""
    try:
        read_when(text, year=year)
    except AmbiguousDayError:
        return True
    except DateError:
        return False
    return True


def is_day_of_year(text: str) -> bool:
    """Return whether a text is a day, maybe without its year."""
    return is_day(text, year=2024)


def begins_with_day(text: str) -> bool:
    """Return whether a text is a day with words behind it, as "14.01.2025 - Engels" is."""
    try:
        _, rest = find_when(text)
    except AmbiguousDayError:
        return True
    except DateError:
        return False
    return bool(rest)


def _is_number(text: str) -> bool:
    return read_angle(text) is not None


def _is_plain_pair(text: str) -> bool:
    """Return whether a text can be nothing but a position, whatever its column is called."""
    pair = read_pair(text)
    return pair is not None and (pair.is_told or len(re.findall(r"[.,]\d{3}", text)) >= 2)


def _is_count(text: str) -> bool:
    return stated_count(text) is not None or bool(toll_of(text))


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "date_start": is_day_of_year,
    "date_end": is_day_of_year,
    "time": lambda text: re.fullmatch(r"\d{1,2}[:.]?\d{2}(:\d{2})?\D*", text) is not None,
    "zone": lambda text: zone_of(text) is not None,
    "lon": _is_number,
    "lat": _is_number,
    "position": lambda text: read_pair(text) is not None,
    # Of UTM alone: more digits are a grid whose zone stands before its metres.
    "easting": lambda text: re.fullmatch(r"\d{6}([.,]\d*)?", text) is not None,
    "northing": lambda text: re.fullmatch(r"\d{7}([.,]\d*)?", text) is not None,
    "utm_zone": lambda text: re.fullmatch(r"\d{1,2} ?[A-Za-z]?", text) is not None,
    "killed": _is_count,
    "injured": _is_count,
    "launched": lambda text: stated_count(text) is not None,
    "shot_down": lambda text: stated_count(text) is not None,
    "hits": lambda text: hits_of(text) is not None,
    "weapon": lambda text: not text.isdecimal(),
    "effects": lambda text: len(text.split()) > len(find_urls(text)) and not is_day(text),
    "url": lambda text: bool(read_links(text)[0]),
    "precision_m": lambda text: read_metres(text) is not None,
}


def _settle_position(found: dict[str, str], cells: Mapping[str, Sequence[str]]) -> None:
    """Keep one way of telling the position: degrees, metres of UTM, else one column of both."""
    ways = (("lon", "lat"), ("easting", "northing"), ("position",))
    told = next((way for way in ways if all(name in found for name in way)), ())
    for name in chain(*ways, ("utm_zone",)):
        if name not in told and (name, told) != ("utm_zone", ways[1]):
            found.pop(name, None)
    if told[:1] in (("lon",), ("easting",)):
        return
    # A link to a map is a position before it is the link of a report; so is what a column "where"
    # holds.
    called = {target: found[target] for target in ("url", "place") if target in found}
    free = [n for n in cells if n not in found.values() or n in called.values()]
    pairs = [name for name in free if _share(_is_plain_pair, cells[name]) >= _MOST]
    if "position" not in found and pairs:
        for target, name in called.items():
            if name == pairs[0]:
                del found[target]
        found["position"] = pairs[0]


def _settle_country(found: dict[str, str], table: RawTable) -> None:
    """Take no column for the country that often names another one than the position is in."""
    if "country" not in found or not {"lat", "position"} & found.keys():
        return
    told = []
    for row in islice(table.rows, _LOOKED_AT):
        stated = country_code(row.get(found["country"]))
        if "position" in found:
            unit = unit_of(pair_position(row.get(found["position"]), first=""))
        else:
            unit = unit_of(read_position(row.get(found["lon"]), row.get(found["lat"])))
        told += [unit.startswith(stated)] if unit and stated else []
    if told.count(False) * 3 >= max(len(told), 1):
        # It names whose something is.
        del found["country"]


def _settle_weapon(found: dict[str, str], cells: Mapping[str, Sequence[str]]) -> None:
    """Take for weapons what is called a type, or by no known name, and names nothing else."""
    free = [n for n in cells if n not in found.values() or n == found.get("kind")]
    arms = (n for n in free if _share(names_arms, cells[n]) >= _MOST)
    name = next((n for n in arms if _share(_tells_kind, cells[n]) < _MOST), "")
    if name and "weapon" not in found:
        found["weapon"] = name
        if found.get("kind") == name:
            del found["kind"]


def _settle_lost(found: dict[str, str], cells: Mapping[str, Sequence[str]]) -> None:
    """Take the thing that was lost for no weapon: "Tu-95MS, destroyed"."""
    told = [name for name in cells if _share(_is_lost, cells[name]) >= _MOST]
    arms = cells.get(found.get("weapon", ""), ())
    if told and _share(lambda cell: names_arms(cell) or _tells_kind(cell), arms) < _MOST:
        found.pop("weapon", None)


def lost_columns(table: RawTable) -> list[str]:
    """Return the columns, in small letters, whose cells mostly say what became of a lost thing."""
    return [name for name in table.columns if _share(_is_lost, _cells(table, name)) >= _MOST]


def _is_lost(cell: str) -> bool:
    return cell.casefold() in all_forms("cells", "lost")


def _tells_kind(cell: str) -> bool:
    return kind_of(cell) != "other"


def _by_values(
    found: dict[str, str], own: Mapping[str, str], cells: Mapping[str, Sequence[str]]
) -> None:
    """Find days, links and degrees by what columns hold, where no name told them."""
    free = [name for name in cells if name not in found.values()]
    if "date_start" not in found:
        days = [n for n in free if _share(_is_written_day, cells[n]) >= _MOST]
        told = [*free, *(name for name in (found.get("effects"),) if name)]
        days = days or [n for n in told if _share(begins_with_day, cells[n]) >= _MOST]
        # Which of several it is their cells alone do not tell.
        found |= {"date_start": days[0]} if len(days) == 1 else {}
    # Beside a column of links those are taken that are called so, not pictures.
    named = named_columns("url", own) if "url" in found else free
    links = (n for n in named if n not in found.values() and _share(_is_link, cells[n]) >= _MOST)
    found |= zip((n for n in LINKS if n not in found), links, strict=False)
    if "status" not in found:
        told = [
            n for n in free if n not in found.values() and _share(_is_status, cells[n]) >= _MOST
        ]
        found |= {"status": told[0]} if len(told) == 1 else {}
    if not {"lon", "position", "easting"} & found.keys():
        found |= _degrees([n for n in free if n not in found.values()], cells)


def _is_status(text: str) -> bool:
    """Return whether a text says how sure something is; "yes" can be said of anything."""
    return bool(status_of(text)) and hits_of(text) is None


def _is_link(text: str) -> bool:
    return bool(find_urls(text)) and not _is_plain_pair(text)


def _is_written_day(text: str) -> bool:
    """Return whether a text is a day by its form; a bare number can be anything."""
    plain = text.strip()
    is_number = re.fullmatch(r"[\d.]+", plain) is not None
    is_dotted = re.fullmatch(r"\d{1,2}\.\d{1,2}\.(\d{4}|\d{2})", plain) is not None
    return is_day(text) and (is_dotted or not is_number)


def _degrees(free: Sequence[str], cells: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return longitude and latitude where two columns in a row can be nothing else."""
    window = theatre().window
    for one, other in pairwise(free):
        pairs = [
            (a, b)
            for a, b in zip(map(_decimal, cells[one]), map(_decimal, cells[other]), strict=False)
            if a is not None and b is not None
        ]
        if len(pairs) < max(1, _MOST * len(cells[one])):
            continue
        ways = {
            "lat": all(window.holds(lon, lat) for lat, lon in pairs),
            "lon": all(window.holds(lon, lat) for lon, lat in pairs),
        }
        if ways["lat"] != ways["lon"]:
            return {"lat": one, "lon": other} if ways["lat"] else {"lon": one, "lat": other}
    return {}


def _decimal(text: str) -> float | None:
    angle = read_angle(text) if re.search(r"\d[.,]\d{2}", text) else None
    return angle.degrees if angle else None
