"""Which column of a table means what: by its name in three languages, else by its values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, islice, pairwise

from geoconflict.importers.columncells import (
    LOOKED_AT,
    MOST,
    begins_with_day,
    cells_of,
    day_in,
    decimal,
    fits,
    is_bare_side,
    is_link,
    is_lost,
    is_plain_pair,
    is_status,
    is_written_day,
    own_names,
    share,
    tells_kind,
    toll_teller,
)
from geoconflict.importers.columnnames import (
    LINKS,
    TARGETS,
    any_form_of,
    is_of_report,
    named_columns,
    plain_name,
)
from geoconflict.importers.meanings import names_arms
from geoconflict.importers.places import pair_position, read_position, theatre, town_called, unit_of
from geoconflict.importers.rawrows import RawTable
from geoconflict.importers.unitnames import country_code
from geoconflict.lexicon import all_forms

_COUNTED = ("killed", "injured", "launched", "shot_down")
# The name of a weapon has so few words; so many cells show what a column of towns is.
_FEW, _FEW_TOWNS = 3, 50
# Nobody enters a year later what happened.
_LONG = dt.timedelta(366)


def match_columns(table: RawTable) -> dict[str, str]:
    """Return the column of a table, by its own name, that each column of a casebook may be.

    A name alone does not make a column one of days or degrees: its cells must read as such.
    """
    own = own_names(table)
    cells = {name: cells_of(table, name) for name in own}
    # One column can tell of both.
    both = (n for n in named_columns("casualties", own) if any(map(toll_teller(n), cells[n])))
    found = {harm: name for name in islice(both, 1) for harm in ("killed", "injured")}
    for target in TARGETS:
        for name in named_columns(target, own) if target not in found else ():
            if target in _COUNTED and _is_part(target, name, own, cells):
                continue
            if name not in found.values() and fits(target, cells[name]):
                found[target] = name
                break
    if "actor" not in found:
        by = (n for n in named_columns("by_side", own) if share(is_bare_side, cells[n]) >= MOST)
        whose = next((name for name in by if name not in found.values()), None)
        found |= {"actor": whose} if whose else {}
    sides = named_columns("side", own)
    if sides and not found.keys() & {"actor", "target_type"}:
        found["actor"] = sides[0]
    if "date_start" not in found:
        weak = (n for n in named_columns("date_published", own) if fits("date_start", cells[n]))
        day = next((name for name in weak if name not in found.values()), None)
        found |= {"date_start": day} if day else {}
    _settle_day(found, own, table)
    if "date_start" not in found:
        found.pop("night", None)
    if not named_columns("shot_down", own):
        found.pop("hits", None)
    _settle_position(found, cells)
    _settle_weapon(found, cells)
    _by_values(found, own, cells)
    _settle_place(found, own, cells)
    _settle_lost(found, cells)
    _settle_country(found, table)
    return {target: own[name] for target, name in found.items()}


def _is_part(
    target: str, name: str, own: Mapping[str, str], cells: Mapping[str, Sequence[str]]
) -> bool:
    """Return whether a column counts but a part of what its name says, as other columns show."""
    several = [one for one in named_columns(target, own) if fits(target, cells[one])]
    every, some = (set(all_forms("columns", one)) for one in ("all", "part"))
    named = [one for one in several if plain_name(own[one]) in all_forms("columns", target)]
    whole = [one for one in named if not some & set(plain_name(own[one]).split())]
    whole = whole or [one for one in several if every & set(plain_name(own[one]).split())]
    return len(several) > 1 and name not in whole[:1]


def days_beside(tables: Iterable[RawTable], named: Collection[str]) -> list[str]:
    """Return the columns, in small letters, that hold days and are not among those named.

    Those that are of a report or of the last change by their names are none.
    """
    own = {name: text for table in tables for name, text in own_names(table).items()}
    free = {name: text for name, text in own.items() if name not in named}
    not_meant = any_form_of("not_meant")
    held = {name: [c for table in tables for c in cells_of(table, name)] for name in free}
    return [
        name
        for name, text in free.items()
        if not is_of_report(text) and not not_meant.fullmatch(plain_name(text))
        if share(is_written_day, held[name]) >= MOST
    ]


def _settle_day(found: dict[str, str], own: Mapping[str, str], table: RawTable) -> None:
    """Take for the day of the event another column than that of a report, where cells show it.

    What happened is entered later, or on the day itself: never before.
    """
    taken = found.get("date_start")
    if taken is None:
        return
    is_report = is_of_report(own[taken])
    if not is_report and plain_name(own[taken]) not in all_forms("columns", "bare_day"):
        return
    for name in days_beside([table], list(found.values())):
        is_called = set(plain_name(own[name]).split()) & set(all_forms("columns", "bare_day"))
        is_named = name in named_columns("date_start", own)
        if (is_named or (is_report and is_called)) and _is_earlier(table, name, taken):
            found["date_start"] = name
            return


def _is_earlier(table: RawTable, name: str, other: str) -> bool:
    """Return whether the days of one column are never after those of another, nor long before."""
    pairs = [
        (first, second)
        for row in islice(table.rows, LOOKED_AT)
        if (first := day_in(row.get(name))) and (second := day_in(row.get(other)))
    ]
    gaps = [second - first for first, second in pairs]
    return bool(gaps) and min(gaps) >= dt.timedelta(0) < max(gaps) < _LONG


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
    pairs = [name for name in free if share(is_plain_pair, cells[name]) >= MOST]
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
    for row in islice(table.rows, LOOKED_AT):
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
    arms = (n for n in free if share(_is_arms, cells[n]) >= MOST)
    name = next((n for n in arms if share(tells_kind, cells[n]) < MOST), "")
    if name and "weapon" not in found:
        found["weapon"] = name
        if found.get("kind") == name:
            del found["kind"]


def _is_arms(cell: str) -> bool:
    """Return whether a cell names arms and tells nothing more: "Shahed strike on energy" does."""
    return names_arms(cell) and len(cell.split()) <= _FEW


def _settle_place(
    found: dict[str, str], own: Mapping[str, str], cells: Mapping[str, Sequence[str]]
) -> None:
    """Take for places, where no name tells them, the one column whose cells are towns."""
    if {"place", "facility"} & found.keys():
        return
    not_meant = any_form_of("not_meant")
    named = {n for one in ("claimant", "by_side", "side") for n in named_columns(one, own)}
    free = [
        name
        for name, held in cells.items()
        if name not in found.values() and name not in named
        if not not_meant.fullmatch(plain_name(own[name]))
        if share(_is_town, held[:_FEW_TOWNS]) >= MOST
    ]
    found |= {"place": free[0]} if len(free) == 1 else {}


def _is_town(cell: str) -> bool:
    return cell.replace("-", "").isalpha() and town_called(cell, None, None) is not None


def _settle_lost(found: dict[str, str], cells: Mapping[str, Sequence[str]]) -> None:
    """Take the thing that was lost for no weapon: "Tu-95MS, destroyed"."""
    told = [name for name in cells if share(is_lost, cells[name]) >= MOST]
    arms = cells.get(found.get("weapon", ""), ())
    if told and share(lambda cell: names_arms(cell) or tells_kind(cell), arms) < MOST:
        found.pop("weapon", None)


def lost_columns(table: RawTable) -> list[str]:
    """Return the columns, in small letters, whose cells mostly say what became of a lost thing."""
    return [name for name in table.columns if share(is_lost, cells_of(table, name)) >= MOST]


def _by_values(
    found: dict[str, str], own: Mapping[str, str], cells: Mapping[str, Sequence[str]]
) -> None:
    """Find days, links and degrees by what columns hold, where no name told them."""
    free = [name for name in cells if name not in found.values()]
    if "date_start" not in found:
        days = [n for n in free if share(is_written_day, cells[n]) >= MOST]
        told = [*free, *(name for name in (found.get("effects"),) if name)]
        days = days or [n for n in told if share(begins_with_day, cells[n]) >= MOST]
        # Which of several it is their cells alone do not tell.
        found |= {"date_start": days[0]} if len(days) == 1 else {}
    # Beside a column of links those are taken that are called so, not pictures.
    named = named_columns("url", own) if "url" in found else free
    links = (n for n in named if n not in found.values() and share(is_link, cells[n]) >= MOST)
    found |= zip((n for n in LINKS if n not in found), links, strict=False)
    if "status" not in found:
        told = [n for n in free if n not in found.values() and share(is_status, cells[n]) >= MOST]
        found |= {"status": told[0]} if len(told) == 1 else {}
    if not {"lon", "position", "easting"} & found.keys():
        found |= _degrees([n for n in free if n not in found.values()], cells)


def _degrees(free: Sequence[str], cells: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return longitude and latitude where two columns in a row can be nothing else."""
    window = theatre().window
    for one, other in pairwise(free):
        pairs = [
            (a, b)
            for a, b in zip(map(decimal, cells[one]), map(decimal, cells[other]), strict=False)
            if a is not None and b is not None
        ]
        if len(pairs) < max(1, MOST * len(cells[one])):
            continue
        ways = {
            "lat": all(window.holds(lon, lat) for lat, lon in pairs),
            "lon": all(window.holds(lon, lat) for lon, lat in pairs),
        }
        if ways["lat"] != ways["lon"]:
            return {"lat": one, "lon": other} if ways["lat"] else {"lon": one, "lat": other}
    return {}
