"""Mass attacks on Ukraine: a row a weapon and attack, with what was launched and shot down."""

from __future__ import annotations

from geoconflict.casebooks.ids import digest
from geoconflict.casebooks.records import EventKind
from geoconflict.importers.counts import stated_count
from geoconflict.importers.drafts import Amount, Draft, RowFault, Said
from geoconflict.importers.importing import (
    Imported,
    Paths,
    Source,
    make_imported,
    read_tables,
    told_as_reader,
)
from geoconflict.importers.notations import read_count
from geoconflict.importers.places import Position
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.tabledays import check_order
from geoconflict.importers.unitnames import unit_code
from geoconflict.importers.weblinks import read_links
from geoconflict.lexicon import lexicons
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import read_when

SOURCE = Source(
    id="attacks",
    title="Massive missile attacks on Ukraine",
    publisher="piterfm, by the Ukrainian Air Force",
    licence="see the data set",
    attribution="Events: massive missile attacks on Ukraine (piterfm), by the Ukrainian Air Force",
)
_COLUMNS = (("time_start",), ("model",), ("launched",), ("destroyed",))
_KEY = ("time_start", "time_end", "model", "launch_place", "target")
_PLACED = ("time_start", "time_end", "model", "launched", "destroyed")


@told_as_reader(
    "attacks.csv",
    "time_start,time_end,model,launched,destroyed\n2025-01-13 20:00,2025-01-14 06:00,Shahed,10,8\n",
)
def read_attacks(paths: Paths) -> Imported:
    """Return the attacks of such tables as a casebook, and an account of every row.

    CSV files, or any other table with these columns. Each row is an interception with
    ``launched`` and ``shot_down``, and a claim of each number. Times are as in Kyiv. A target
    that is an oblast is the unit; all else about targets and regions stays in ``extra``: no
    place is made of "south".
    """
    tables = read_tables(paths, columns=_COLUMNS, format_name="mass attacks")
    notes = ["times without a zone are read as those of Kyiv"]
    return make_imported(SOURCE, tables, read_row=_draft, notes=notes)


def _draft(row: RawRow) -> Draft:
    start = read_when(row.get("time_start"))
    end = read_when(row.get("time_end")) if row.get("time_end") else start
    check_order(start, end)
    launched, destroyed = _count(row, "launched"), _count(row, "destroyed")
    hits = stated_count(row.get("num_hit_location"))
    is_hit = bool(hits and hits.value)
    # What hit, and of which nothing was shot down, is no interception.
    kind: EventKind = "strike" if is_hit and not destroyed else "interception"
    beside = [f"hits beside what was shot down: {hits.value}"] if hits and is_hit else []
    more = launched is not None and destroyed is not None and destroyed > launched
    urls, _ = read_links(row.get("source"))
    unit = next((r for n in ("target", "affected_region") if unit_code(r := row.get(n), "UA")), "")
    days = DateRange(start.days.start, end.days.end)
    claimant = "Ukrainian Air Force"
    return Draft(
        key=digest(row.get(name) for name in _KEY),
        kind=kind,
        days=days,
        clocks=tuple(one.clock for one in dict.fromkeys((start, end)) if one.clock),
        unit=unit,
        # Such tables have no positions, which need not be said of each row.
        position=Position(None, None),
        country="Ukraine",
        actor="UA" if kind == "interception" else "RU",
        weapon=row.get("model"),
        counts={"launched": launched, "shot_down": destroyed},
        said=tuple(Said(claimant, url=url) for url in urls) or (Said(claimant),),
        amounts=tuple(
            Amount(name, value, unit=_unit(row.get("model")), claimant=claimant, days=days)
            for name, value in (("launched", launched), ("shot-down", destroyed))
            if value is not None
        ),
        doubts=(
            *(("more shot down than launched",) if more else ()),
            *(beside if kind == "interception" else ()),
        ),
        placed=_PLACED,
    )


def _count(row: RawRow, name: str) -> int | None:
    """Return a number of weapons; None where the row does not tell it.

    Raises
    ------
    RowFault
        It is no number.
    """
    text = row.code(name)
    number = read_count(text)
    if text and number is None:
        message = f"a number of {name} that cannot be read: {text[:60]!r}"
        raise RowFault(message)
    return number


def _unit(model: str) -> str:
    """Return what is counted where a weapon is of this model."""
    english = next(one for one in lexicons() if one.language == "en")
    for concept, unit in (
        ("drone", "drones"),
        ("cruise_missile", "missiles"),
        ("ballistic_missile", "missiles"),
        ("missile", "missiles"),
    ):
        if english.pattern("arms", concept).search(model):
            return unit
    return "weapons"
