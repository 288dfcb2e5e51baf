"""Any table of events, by a mapping of its columns."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path

from geoconflict.casebooks.ids import digest, source_key
from geoconflict.errors import DateError, ImportFileError
from geoconflict.importers.columns import LINKS, counts_part, days_beside, lost_columns, plain_name
from geoconflict.importers.counts import hits_of, stated_count, told_toll, toll_of
from geoconflict.importers.crosschecks import disagreements
from geoconflict.importers.drafts import Draft, RowFault, Said
from geoconflict.importers.importing import (
    Imported,
    Paths,
    Source,
    as_paths,
    make_imported,
    read_tables,
)
from geoconflict.importers.mapping import TableMapping, read_mapping
from geoconflict.importers.meanings import (
    is_undamaged,
    is_unsaid,
    several_told,
)
from geoconflict.importers.notations import find_pairs, read_metres, read_pair, tells_km
from geoconflict.importers.places import (
    Position,
    first_number,
    names_several,
    pair_position,
    read_position,
)
from geoconflict.importers.rawrows import RawRow, RawTable
from geoconflict.importers.refusals import refuse_no_event
from geoconflict.importers.tablecells import HARMS, Cells, Known, notes_on
from geoconflict.importers.tabledays import days_of, named_month
from geoconflict.importers.unitnames import is_city_or_oblast
from geoconflict.importers.weblinks import find_urls, read_links, unlinked
from geoconflict.measuring.datewords import read_when
from geoconflict.measuring.dayforms import Order

_SHOWN, _NAME_SHOWN, _LOOKED_AT = 12, 40, 50
_PART = " (of some people alone, by its name)"
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(\.[\w-]+)+|\+\d[\d ()-]{8,}\d|0\d{2}[ -]\d{3}[ -]?\d{2}[ -]?\d{2}"
)
_ASSUMED = " (of the report, not of the event)"


def read_csv(
    paths: Paths,
    *,
    mapping: str | Path | TableMapping | None = None,
    date_order: Order | None = None,
    processes: int = 1,
) -> Imported:
    """Return the events of any table as a casebook, and an account of every row.

    Parameters
    ----------
    paths : path or sequence of paths
        CSV with any separator, JSON, GeoJSON, a workbook, a GeoPackage, a shapefile, GPX, or a
        zip of them.
    mapping : path or TableMapping, optional
        Which column goes where, as ``propose_mapping`` writes it.
    date_order : str, optional
        What comes first in 03/01/2025, ``dmy`` or ``mdy``, whatever the mapping says.
    processes : int
        How many read a table of 10,000 rows and more, with the same result. A program that asks
        for several begins with ``if __name__ == "__main__":``, as each of them imports it anew.

    Returns
    -------
    Imported
        Without a column ``id`` the id is made of the row's contents.

    Raises
    ------
    ImportFileError
        There is no mapping, a file lacks a column that the mapping names, or none of the rows
        is an event.
    TableError
        The mapping cannot be read.

    Examples
    --------
    >>> import geoconflict as gc
    >>> table, mapping = (f"maps/plants-january-2025.{end}" for end in ("csv", "mapping.toml"))
    >>> gc.read_csv(table, mapping=mapping).account.taken
    7
    """
    given = as_paths(paths)
    if mapping is None:
        message = f"{given[0].name} needs a mapping that says which column is what"
        raise ImportFileError(message)
    plan = mapping if isinstance(mapping, TableMapping) else read_mapping(mapping)
    if date_order:
        plan = plan.model_copy(update={"date_order": date_order})
    return read_tables_by(plan, read_tables(given), processes=processes)


def read_tables_by(
    plan: TableMapping, tables: Sequence[RawTable], *, processes: int = 1
) -> Imported:
    """Return the events of tables by a mapping, and an account of every row.

    Raises
    ------
    ImportFileError
        A table lacks a column that the mapping names, or none of the rows is an event.
    """
    for table in tables:
        _check(table, plan)
    source = Source(
        id=source_key(plan.title),
        title=plan.title,
        publisher=plan.publisher,
        licence=plan.licence,
        attribution=f"Events: {plan.title}, {plan.publisher}; licence: {plan.licence}",
    )
    columns = [name for one in tables for name in one.columns]
    beside = days_beside(tables, tuple(plan.column_names.values()))
    known = Known(plan, _first(plan, tables), columns, beside)
    known.lost = tuple({name for one in tables for name in lost_columns(one)})
    years = {table.file: table.year for table in tables}
    if len(set(years.values()) - {None}) > 1:
        known.years = {file: year for file, year in years.items() if year}
    known.months = {table.file: month for table in tables if (month := named_month(table))}
    notes = chain(notes_on(known), _unnamed(plan, tables), _personal(tables))
    return make_imported(
        source,
        tables,
        read_row=partial(_draft, known=known),
        columns=_taken(plan, tables),
        notes=notes,
        # The year of a day without one is told by the row before.
        shared=known if plan.year == "ask" else None,
        processes=processes,
    )


def _taken(plan: TableMapping, tables: Sequence[RawTable]) -> list[str]:
    """Return what each column is taken for, with a cell of it, as lines of the account."""
    lines = []
    for target, name in plan.columns.model_dump(exclude_none=True).items():
        rows = (row for one in tables for row in islice(one.rows, _LOOKED_AT))
        cell = next((cell for row in rows if (cell := row.get(name.lower()))), "")
        remark = _ASSUMED if target == "date_start" and plan.date_basis == "assumed" else ""
        remark = _PART if target in HARMS and counts_part(name) else remark
        shown = f": {' '.join(cell.split())[:_NAME_SHOWN]}" if cell else ""
        lines.append(f"{name!r} = {target}{remark}{shown}")
    return lines


def _unnamed(plan: TableMapping, tables: Sequence[RawTable]) -> list[str]:
    """Return what to say of columns that the mapping does not name."""
    named = set(plan.column_names.values())
    rest = dict.fromkeys(name for one in tables for name in one.columns if name not in named)
    shown = ", ".join(" ".join(name.split())[:_NAME_SHOWN] for name in list(rest)[:_SHOWN])
    more = f" and {len(rest) - _SHOWN} more" if len(rest) > _SHOWN else ""
    return [f"columns that the mapping does not name stay in extra: {shown}{more}"] if rest else []


def _personal(tables: Sequence[RawTable]) -> list[str]:
    """Return what to say of columns by which persons can be reached."""
    held = {
        row.names.get(name, name)
        for table in tables
        for row in islice(table.rows, _LOOKED_AT)
        for name, cell in row.values.items()
        if _CONTACT.fullmatch(cell)
    }
    told = ", ".join(repr(name[:_NAME_SHOWN]) for name in sorted(held)[:_SHOWN])
    what = "holds telephone numbers or e-mail addresses: take them out before you pass it on"
    return [f"{told} {what}"] if held else []


def _check(table: RawTable, plan: TableMapping) -> None:
    """Check that a table has the columns that a mapping names."""
    named = {name.lower() for name in plan.columns.model_dump(exclude_none=True).values()}
    missing = sorted(named - set(table.columns))
    if missing:
        message = f"{table.file}:1: found no column {', '.join(missing)}, as the mapping names"
        raise ImportFileError(message)


def _first(plan: TableMapping, tables: Sequence[RawTable]) -> str:
    """Return which number of a position comes first: as the mapping says, else as cells show."""
    if plan.position_order != "ask" or not plan.columns.position:
        return "" if plan.position_order == "ask" else plan.position_order
    column = plan.columns.position.lower()
    cells = (row.get(column) for table in tables for row in table.rows)
    return first_number([pair for cell in cells if (pair := read_pair(cell))])


def _draft(row: RawRow, known: Known) -> Draft:
    plan, cells = known.plan, Cells(known, row.values, row.file)
    refuse_no_event(cells, row)
    if known.pictures and (plan.date_basis == "before" or is_undamaged(cells["effects"])):
        _look_at_pictures(cells, row)
    if is_undamaged(cells["effects"]):
        message = f"a picture that shows no damage: {cells['effects']}"
        raise RowFault(message)
    cells.several = several_told(cells["effects"]) if known.are_messages else ""
    if cells.several:
        cells.doubts.append(f"a message of several events, to be parted by hand: {cells.several}")
    days, clocks, basis = days_of(cells)
    if basis != plan.date_basis or basis == "about" or plan.day_begins:
        # What is said of a day beside it is in no other column.
        cells.unread.add("date_start")
    said = tuple(_said(cells))
    position = _position(cells)
    if position.lon is None:
        # Of what has no position the column says nothing.
        cells.unread.add("precision_m")
    target = _word(cells, "target_type", plan.target_types)
    counts = {**_told_counts(cells), **_counts(cells)}
    denied = any(one.stance == "denies" for one in said)
    kind = _word(cells, "kind", plan.kinds) or _kind_by_hits(cells, counts) or plan.kind
    status = _word(cells, "status", plan.statuses) or ("disputed" if denied else "claimed")
    actor = _actor(cells, kind)
    cells.doubts += disagreements(row, cells, counts, days=days, position=position)
    return Draft(
        key=cells["id"] or _key(row, known),
        kind=kind,  # type: ignore[arg-type]
        days=days,
        date_basis=basis,
        clocks=clocks,
        facility=cells["facility"],
        place=_place(cells, position),
        unit=_unit(cells),
        country=cells["country"],
        position=position,
        precision_m=_metres(cells) or position.radius_m or None,
        actor=actor,
        target_type=target,  # type: ignore[arg-type]
        weapon=_named_or_none(cells, "weapon"),
        effects=cells["effects"],
        counts=counts,
        status=status,  # type: ignore[arg-type]
        said=said,
        doubts=tuple(cells.doubts),
        # All cells have been read by now, and those that could not be are known.
        placed=_placed(cells),
    )


def _key(row: RawRow, known: Known) -> str:
    """Return what tells a row without an id: its contents, and the year that its sheet has."""
    year = {"": str(known.years[row.file])} if row.file in known.years else {}
    return digest(f"{n}={v}" for n, v in sorted({**row.values, **year}.items()))


def _kind_by_hits(cells: Cells, counts: Mapping[str, int]) -> str:
    """Return that a row is of a strike, where it tells of hits and nothing was shot down."""
    if not cells["hits"] or cells.known.plan.kind not in ("interception", "other"):
        return ""
    hits = hits_of(cells["hits"])
    # A number of arms shot down that cannot be read is some.
    if hits and not counts.get("shot_down", cells["shot_down"]):
        return "strike"
    if hits != 0:
        cells.doubts.append(f"hits beside what was shot down: {cells['hits'][:80]}")
    return ""


def _look_at_pictures(cells: Cells, row: RawRow) -> None:
    """Take of several pictures of a site the first that shows damage, and say what others show."""
    first = (cells["date_start"], cells["effects"])
    pairs = ((row.get(day), row.get(shown)) for day, shown in cells.known.pictures)
    seen = [first, *(pair for pair in pairs if all(pair))]
    damage = [pair for pair in seen if not is_undamaged(pair[1])]
    if len(seen) < 2 or not damage:
        return
    said = "; ".join(f"{day}: {shown}" for day, shown in seen)
    cells.doubts.append(f"the first picture that shows damage is taken, of {said}")
    earliest = min(damage, key=lambda pair: _day_key(pair[0]))
    cells["date_start"], cells["effects"] = earliest
    if earliest != first:
        cells.unread.update(("date_start", "effects"))


def _day_key(text: str) -> dt.date:
    try:
        return read_when(text).days.start
    except DateError:
        return dt.date.max


def _actor(cells: Cells, kind: str) -> str:
    """Return the side that acts; of what was shot down a table may name who attacked."""
    actor = _word(cells, "actor", cells.known.plan.actors) or "unknown"
    # A table of our own says so by the very name of the kind.
    if actor == "unknown" or kind != "interception" or cells["kind"] == kind:
        return actor
    cells.leave("actor", "who attacked, or who shot it down, which the column does not tell")
    return "unknown"


def _place(cells: Cells, position: Position) -> str:
    """Return the place of a row, empty where a cell without a position names several."""
    if position.lon is not None or not names_several(cells["place"]):
        return cells["place"]
    cells.leave("place", "several places, of which an event has one")
    return ""


def _unit(cells: Cells) -> str:
    """Return the unit of a row, empty where its name can be a city's or an oblast's."""
    is_told = cells["place"] and cells["place"].casefold() != cells["admin1"].casefold()
    if not is_city_or_oblast(cells["admin1"]) or is_told:
        return cells["admin1"]
    cells.leave("admin1", "a unit that can be the city or the oblast around it")
    return ""


def _placed(cells: Cells) -> tuple[str, ...]:
    if not cells.unread:
        return cells.known.placed
    left = {column for name, column in cells.known.columns if name in cells.unread}
    return tuple(c for c in cells.known.placed if c not in left)


def _position(cells: Cells) -> Position:
    columns = cells.known.plan.columns
    if columns.easting:
        found = pair_position(_grid_text(cells), first="")
        cells.unread.update(("easting", "northing", "utm_zone"))
        return found
    if not columns.position and not (columns.lon and columns.lat):
        cells.unread.update(("lon", "lat"))
        return _told(cells)
    if not columns.position:
        found = read_position(cells["lon"], cells["lat"])
        names: tuple[str, ...] = ("lon", "lat")
    else:
        found = pair_position(cells["position"], first=cells.known.first)
        names = ("position",)
    if found.lon is None:
        cells.unread.update(names)
    return found


def _grid_text(cells: Cells) -> str:
    """Return metres of UTM as one text; the north is meant where a zone has no letter."""
    metres = " ".join(filter(None, (cells["easting"], cells["northing"]))).replace(",", ".")
    zone = cells["utm_zone"] or cells.known.plan.utm_zone
    return f"{zone}{'N' if zone.isdecimal() else ''} {metres}".strip() if metres else ""


def _told(cells: Cells) -> Position:
    """Return the one position that stands in the text of a row without a column of positions."""
    if cells.several:
        # Which of the events that a message tells of is there, it does not say.
        return Position(None, None)
    pairs = set(find_pairs(cells["effects"]))
    found = pair_position(pairs.pop(), first="") if len(pairs) == 1 else Position(None, None)
    if found.lon is not None:
        cells.doubts.append(f"the position is read from the text: {found.lat:g}, {found.lon:g}")
    return found if found.lon is not None else Position(None, None)


def _word(cells: Cells, name: str, words: Mapping[str, str]) -> str:
    """Return what a cell means by the mapping, empty where it says nothing of it."""
    cell = cells[name]
    if not cell:
        return ""
    if cell not in words:
        cells.leave(name, f"a {name} that the mapping does not know")
    return words.get(cell, "")


def _counts(cells: Cells) -> dict[str, int]:
    """Return the numbers of a row; of a column of both killed and injured where it tells which."""
    found: dict[str, int] = {}
    names = cells.known.plan.column_names
    is_both = names.get("killed", "") == names.get("injured")
    for name in cells.known.counts:
        cell, is_shared = cells[name], is_both and name in HARMS
        count = None if is_shared or not cell else stated_count(cell)
        toll = _toll(cell, names[name]) if cell and count is None and name in HARMS else {}
        if count is not None:
            found[name] = count.value
            if not count.is_plain:
                cells.leave(name, f"a number of {name} with words beside it, read as that number")
            elif not cell.isdecimal():
                cells.unread.add(name)
        elif toll:
            # The words stay, and what they say of the other column counts where it says nothing.
            cells.unread.add(name)
            found |= {harm: n for harm, n in toll.items() if harm == name or not cells[harm]}
        elif cell:
            cells.unread.add(name)
            if not is_shared or name == "killed":
                what = "killed and injured" if is_shared else name
                cells.leave(name, f"a number of {what} that cannot be read")
    return found


def _told_counts(cells: Cells) -> dict[str, int]:
    """Return the killed and injured that the text of a row states, where no column does."""
    is_told = cells["effects"] and not set(HARMS) & set(cells.known.counts)
    toll = told_toll(cells["effects"]) if is_told else {}
    if toll:
        said = ", ".join(f"{harm} {number}" for harm, number in toll.items())
        cells.doubts.append(f"the toll is read from the text: {said}")
    return toll


@lru_cache(maxsize=4_096)
def _toll(cell: str, column: str) -> dict[str, int]:
    return toll_of(cell, plain_name(column))


def _named_or_none(cells: Cells, name: str) -> str:
    """Return a cell, empty where it only says that nobody knows; the words stay in ``extra``."""
    if not is_unsaid(cells[name]):
        return cells[name]
    cells.unread.add(name)
    return ""


def _metres(cells: Cells) -> float | None:
    plan, text = cells.known.plan, cells["precision_m"]
    if not text:
        return plan.precision_m
    is_km = tells_km(plain_name(plan.columns.precision_m or ""))
    found = read_metres(text, is_km=is_km)
    if found is None:
        message = f"a precision that is no number of metres: {text!r}"
        raise RowFault(message)
    return found


def _said(cells: Cells) -> list[Said]:
    """Return a report for each link and each denial of a row, at least one."""
    urls, channels = read_links("\n".join(filter(None, (cells[name] for name in LINKS))))
    name, links, taken = _claimant(cells["claimant"])
    if not urls:
        urls, channels = links, [*channels, *taken]
    if channels:
        cells.doubts.append(f"a name with @ is taken for a Telegram channel: {', '.join(channels)}")
    if cells["url"] and not urls:
        cells.doubts.append(f"a link that is none: {cells['url'][:80]}")
    if "." in cells["effects"]:
        more = [url for url in find_urls(cells["effects"]) if url not in urls]
        cells.doubts += [f"the link is read from the text: {url}" for url in more]
        urls = [*urls, *more]
    stance = _word(cells, "stance", cells.known.plan.stances) or "claims"
    said = [Said(name, stance=stance, url=url) for url in urls] or [Said(name, stance=stance)]  # type: ignore[arg-type]
    denials = (one.strip() for one in cells["denied_by"].replace(",", ";").split(";"))
    return said + [Said(one, stance="denies") for one in denials if one]


@lru_cache(maxsize=4_096)
def _claimant(cell: str) -> tuple[str, list[str], list[str]]:
    """Return who a cell names, the links in it, and the names taken for Telegram channels."""
    is_linked = "@" in cell or "[.]" in cell or bool(find_urls(cell))
    links, channels = read_links(cell) if is_linked else ([], [])
    if not links:
        return cell or "not named", [], []
    return unlinked(cell) or "not named", links, channels
