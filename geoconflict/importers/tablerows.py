"""A row of any table in the words of a casebook, by the mapping of its columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache

from geoconflict.casebooks.ids import digest
from geoconflict.casebooks.records import EventKind
from geoconflict.errors import DateError
from geoconflict.importers.columnnames import LINKS, plain_name
from geoconflict.importers.counts import hits_of, stated_count, told_toll, toll_of
from geoconflict.importers.crosschecks import disagreements
from geoconflict.importers.denials import tells_downed
from geoconflict.importers.drafts import Draft, RowFault, Said
from geoconflict.importers.meanings import (
    is_undamaged,
    is_unsaid,
    names_arms,
    several_told,
)
from geoconflict.importers.notations import read_metres, tells_km
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.refusals import refuse_no_event
from geoconflict.importers.rowtext import arms_told, kind_told, tagged, tells_night, words_in
from geoconflict.importers.tablecells import HARMS, Cells, Known
from geoconflict.importers.tabledays import days_of
from geoconflict.importers.tableplaces import position_in, where_in
from geoconflict.importers.weblinks import find_urls, read_links, unlinked
from geoconflict.measuring.datewords import read_when


def row_draft(row: RawRow, known: Known) -> Draft:
    """Return a row in the words of a casebook.

    Raises
    ------
    RowFault
        The row tells of no event.
    DateError
        Its day cannot be read.
    """
    plan, cells = known.plan, Cells(known, row.values, row.file, line=row.line)
    _tell_repeated(cells, row)
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
    if days.days == 1 and not clocks and tells_night(cells["effects"]):
        cells.tell("the text tells of a night and the column of one of its days")
    said = tuple(_said(cells))
    position = position_in(cells)
    if position.lon is None:
        # Of what has no position the column says nothing.
        cells.unread.add("precision_m")
    target = _word(cells, "target_type", plan.target_types)
    words = words_in(row, cells)
    counts = {**_told_counts(cells, words), **_counts(cells)}
    told = _word(cells, "kind", plan.kinds) or _kind_by_hits(cells, counts)
    kind = told or _kind_by_words(cells, words, counts)
    weapon = _named_or_none(cells, "weapon") or _told_weapon(cells, words)
    actor = _actor(cells, kind)
    where = where_in(cells, position)
    cells.doubts += disagreements(row, cells, counts, days=days, position=position)
    return Draft(
        key=cells["id"] or _key(row, known),
        kind=kind,  # type: ignore[arg-type]
        days=days,
        date_basis=basis,
        clocks=clocks,
        facility=where.facility,
        place=where.place,
        unit=where.unit,
        country=where.country,
        position=position,
        precision_m=_metres(cells) or position.radius_m or None,
        actor=actor,
        target_type=target,  # type: ignore[arg-type]
        weapon=weapon,
        effects=cells["effects"],
        counts=counts,
        status=_status(cells, said),  # type: ignore[arg-type]
        said=said,
        doubts=tuple(cells.doubts),
        # All cells have been read by now, and those that could not be are known.
        placed=_placed(cells),
    )


def _tell_repeated(cells: Cells, row: RawRow) -> None:
    """Say what is read from the row above."""
    names = ", ".join(row.names.get(name, name) for name in row.repeated)
    if names:
        cells.tell("cells that say the same are read as those above", names)


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


def _kind_by_words(cells: Cells, words: str, counts: Mapping[str, int]) -> EventKind:
    """Return the kind of a row that no column tells: of all rows, else as its words tell it."""
    kind = cells.known.plan.kind
    told = kind_told(words) if kind in ("other", "interception") else "other"
    if kind == "other" and tells_downed(words):
        told = "interception"
    if kind == "interception" and (counts.get("shot_down") or _is_open(cells, counts)):
        if told == "strike":
            cells.doubts.append(f"the words tell of a hit beside what was shot down: {words[:80]}")
        return kind
    if kind == "interception" and (counts.get("launched") or tells_downed(words)):
        return kind
    if kind == "interception":
        cells.doubts.append(f"no number shot down, read as {told}: {words[:80]}")
    elif kind == "other" and told != "other":
        cells.tell("the kind is read from the words", told)
    return told if kind in ("other", "interception") else kind


def _is_open(cells: Cells, counts: Mapping[str, int]) -> bool:
    """Return whether a cell says of what was shot down what is no number: some were."""
    return bool(cells["shot_down"]) and "shot_down" not in counts


def _told_weapon(cells: Cells, words: str) -> str:
    """Return the one weapon that the text of a strike names, where no cell does."""
    text = cells["effects"]
    if not text or cells["weapon"]:
        return ""
    label = tagged(text, "weapon", "kind")
    arms = arms_told(text) if kind_told(words) == "strike" else ()
    weapon = label if names_arms(label) else arms[0] if len(arms) == 1 else ""
    if weapon:
        cells.tell("the weapon is read from the text", weapon)
    return weapon


def _status(cells: Cells, said: Sequence[Said]) -> str:
    """Return the status of a row, and say where it is that of what was not so."""
    status = _word(cells, "status", cells.known.plan.statuses)
    if status == "disputed":
        cells.doubts.append(f"the row's status says that it was not so: {cells['status'][:80]}")
    denied = any(one.stance == "denies" for one in said)
    return status or ("disputed" if denied else "claimed")


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


def _placed(cells: Cells) -> tuple[str, ...]:
    if not cells.unread:
        return cells.known.placed
    left = {column for name, column in cells.known.columns if name in cells.unread}
    return tuple(c for c in cells.known.placed if c not in left)


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


def _told_counts(cells: Cells, words: str) -> dict[str, int]:
    """Return the killed and injured that the words of a row state, where no column does."""
    if not words or set(HARMS) & set(cells.known.counts):
        return {}
    toll = told_toll(words)
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
