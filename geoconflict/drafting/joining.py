"""Drafted rows taken into a casebook: what is there already gets further reports, no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geoconflict.casebooks.casebook import Casebook, make_casebook
from geoconflict.casebooks.files import records
from geoconflict.casebooks.positions import locate_events
from geoconflict.casebooks.records import Claim, Event, MapInfo, Report, SourceInfo
from geoconflict.casebooks.tables import check_rows
from geoconflict.drafting.cells import Row, Source
from geoconflict.drafting.found import compatible
from geoconflict.errors import CasebookError, Fault
from geoconflict.measuring.geodesy import inverse
from geoconflict.measuring.references import claim_ids

# The columns that can name what a claim is computed from.
_ENDS = ("subject", "reference")
# A position without a stated precision is taken as that of a town.
_TOWN_M, _MOST_M = 5_000.0, 100_000.0
_WEAPONS = ("drone", "missile", "bomb", "artillery", "rocket")


@dataclass(frozen=True)
class Likeness:
    """Two events that may be one: ids, whether that is sure, and what speaks for it."""

    new: str
    old: str
    is_sure: bool
    reason: str


@dataclass(frozen=True)
class Taken:
    """A casebook with what was accepted, and what became of each row.

    ``added`` are ids of new events, ``joined`` pairs of a new event and the one in the casebook
    that got its reports, ``known`` ids of events of which nothing was new, ``unsure`` what a
    person should look at.
    """

    casebook: Casebook
    added: tuple[str, ...]
    joined: tuple[tuple[str, str], ...]
    known: tuple[str, ...]
    unsure: tuple[Likeness, ...]


def take_rows(
    casebook: Casebook, source: Source, rows: Sequence[Row], claims: Sequence[Claim] = ()
) -> Taken:
    """Return a casebook with drafted rows: new events, and reports on those it has.

    What stands in the casebook is never changed. Rows of a report that was taken before add
    nothing.

    Parameters
    ----------
    casebook : Casebook
        As read; it is not changed.
    source : Source
        The report.
    rows : sequence of Row
        As ``Draft.rows`` returns them, or as a person left them.
    claims : sequence of Claim
        Stated quantities of the report; those that a row names go with its event.

    Raises
    ------
    CasebookError
        A row cannot be one of a casebook: every fault of all of them.
    """
    events = _checked("events", [dict(row.event) for row in rows], Event)
    found = find_likenesses(casebook, events)
    sure = {one.new: one.old for one in found if one.is_sure}
    chosen = {str(row.event["id"]): row.same_as for row in rows if row.same_as}
    target = {**sure, **{new: old for new, old in chosen.items() if old != "new"}}
    for new in (new for new, old in chosen.items() if old == "new"):
        target.pop(new, None)
    names = _names(casebook, events, target)
    reports = _new_reports(casebook, rows, names)
    known_claims = _new_claims(casebook, source, rows, claims, names)
    added = [e.model_copy(update={"id": names[e.id]}) for e in events if e.id not in target]
    heard = {report.event_id for report in reports}
    joined = tuple((e.id, target[e.id]) for e in events if target.get(e.id) in heard)
    silent = tuple(e.id for e in events if e.id in target and target[e.id] not in heard)
    info = _info(casebook.info, source, added) if added or reports else casebook.info
    return Taken(
        make_casebook(
            casebook.slug,
            info,
            events=[*_records(casebook, "events"), *added],
            reports=[*_records(casebook, "reports"), *reports],
            claims=[*_records(casebook, "claims"), *known_claims],
            gazetteer=casebook.gazetteer,
        ),
        tuple(e.id for e in added),
        joined,
        silent,
        tuple(one for one in found if not one.is_sure and one.new not in chosen),
    )


def find_likenesses(casebook: Casebook, events: Sequence[Event]) -> list[Likeness]:
    """Return which new events may be ones of a casebook, at most one for each.

    Parameters
    ----------
    casebook : Casebook
        With the events that are there.
    events : sequence of Event
        New ones.
    """
    if not events or casebook.events.empty:
        return []
    old = _located(casebook)
    beside = make_casebook("new", casebook.info, events=events, gazetteer=casebook.gazetteer)
    new = _located(beside)
    found = []
    for one in new:
        likely = [like for other in old if (like := _likeness(one, other)) is not None]
        if likely:
            found.append(max(likely, key=lambda like: (like.is_sure, like.old == like.new)))
    return found


def _located(casebook: Casebook) -> list[dict[str, Any]]:
    frame = locate_events(casebook).events
    return [
        {str(k): (None if v != v else v) for k, v in row.items()}  # noqa: PLR0124 - NaN
        for row in frame.drop(columns="geometry").to_dict("records")
    ]


def _likeness(new: Mapping[str, Any], old: Mapping[str, Any]) -> Likeness | None:
    """Return how two located events may be one; None where they cannot."""
    if new["id"] == old["id"]:
        return Likeness(new["id"], old["id"], is_sure=True, reason="the same id")
    kinds = {new["kind"], old["kind"]}
    if len(kinds) > 1 and kinds != {"strike", "other"}:
        return None
    apart = max(
        (new["date_start"] - old["date_end"]).days, (old["date_start"] - new["date_end"]).days, 0
    )
    if apart > 1 or not _same_ground(new, old):
        return None
    if not compatible(new["target_type"] or "", old["target_type"] or ""):
        return None
    same_days = (new["date_start"], new["date_end"]) == (old["date_start"], old["date_end"])
    named = new["facility"] == old["facility"] and new["facility"]
    told = named or new["target_type"] == old["target_type"] or new["kind"] != "strike"
    reason = "the same kind and place; " + ("the same days" if same_days else "days that touch")
    at_odds = _at_odds(new, old)
    if at_odds:
        reason += f"; {at_odds}"
    is_sure = bool(told) and (same_days or (apart == 0 and bool(named)))
    return Likeness(new["id"], old["id"], is_sure=is_sure, reason=reason)


def _same_ground(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    if new["kind"] == "interception":
        weapons = [next((w for w in _WEAPONS if w in str(e["weapon"])), "") for e in (new, old)]
        same = [new[c] == old[c] for c in ("place", "admin1", "country")]
        return all(same) and len(set(weapons)) == 1
    if new["lon"] is None or old["lon"] is None:
        return new["place"] is not None and new["place"] == old["place"]
    if (new["position_kind"] == "admin1") != (old["position_kind"] == "admin1"):
        return False
    if new["position_kind"] == "admin1":
        return bool(new["admin1"] == old["admin1"])
    metres = float(inverse((new["lon"], new["lat"]), (old["lon"], old["lat"])).distance_m[0])
    reach = [e["precision_m"] if e["precision_m"] is not None else _TOWN_M for e in (new, old)]
    return metres <= min(sum(reach), _MOST_M)


def _at_odds(new: Mapping[str, Any], old: Mapping[str, Any]) -> str:
    """Return which numbers contradict each other, in words; empty where none does."""
    pairs = [
        f"{c.replace('_', ' ')} {new[c]:g} here, {old[c]:g} there"
        for c in ("launched", "shot_down")
        if new[c] is not None and old[c] is not None and new[c] != old[c]
    ]
    return "; ".join(pairs)


def _names(
    casebook: Casebook, events: Sequence[Event], target: Mapping[str, str]
) -> dict[str, str]:
    """Return the id in the casebook of each new event: that of the old one, or a free one."""
    taken = set(casebook.events["id"])
    names: dict[str, str] = {}
    for event in events:
        name, number = target.get(event.id, event.id), 1
        while event.id not in target and name in taken:
            number += 1
            name = f"{event.id}-{number}"
        taken.add(name)
        names[event.id] = name
    return names


def _new_reports(casebook: Casebook, rows: Sequence[Row], names: Mapping[str, str]) -> list[Report]:
    key = ("event_id", "source", "claimant", "stance")
    there = {tuple(row) for row in casebook.reports[list(key)].itertuples(index=False)}
    values = [
        {**one, "event_id": names[str(row.event["id"])]} for row in rows for one in row.reports
    ]
    fresh = []
    for value in values:
        name = tuple(value[k] for k in key)
        if name not in there:
            there.add(name)
            fresh.append(value)
    return _checked("reports", fresh, Report)


def _new_claims(
    casebook: Casebook,
    source: Source,
    rows: Sequence[Row],
    claims: Sequence[Claim],
    names: Mapping[str, str],
) -> list[Claim]:
    owner = {claim: names[str(row.event["id"])] for row in rows for claim in row.claims}
    for claim in reversed(claims):
        # What an accepted claim is computed from is accepted with it.
        for operand in _operands(claim) if claim.id in owner else ():
            owner.setdefault(operand, owner[claim.id])
    there = {(row.source, row.text, row.kind) for row in casebook.claims.itertuples(index=False)}
    taken = set(casebook.claims["id"])
    fresh = []
    for claim in claims:
        if claim.id not in owner or (source.id, claim.text, claim.kind) in there:
            continue
        name = f"{source.id}-{claim.id}"
        if name not in taken:
            update: dict[str, Any] = {"id": name, "event_id": owner[claim.id], "source": source.id}
            update |= {end: _renamed(getattr(claim, end), source) for end in _ENDS}
            fresh.append(claim.model_copy(update=update))
    return fresh


def _operands(claim: Claim) -> Iterator[str]:
    for end in _ENDS:
        yield from claim_ids(getattr(claim, end))


def _renamed(end: str | None, source: Source) -> str | None:
    """Return an end of a claim with the ids that claims of a source get in the casebook."""
    ids = claim_ids(end)
    return f"claim:{'+'.join(f'{source.id}-{name}' for name in ids)}" if ids else end


def _info(info: MapInfo, source: Source, added: Sequence[Event]) -> MapInfo:
    """Return what map.toml says with the report as a source, over a period that holds all."""
    if source.date is None:
        expected = "the day of the report: give it with --date"
        raise CasebookError(
            [Fault("map.toml", 0, f"sources.{source.id}.date", "nothing", expected)]
        )
    row = SourceInfo(
        title=source.title, publisher=source.publisher, date=source.date, url=source.url
    )
    known = info.sources.get(source.id, row)
    days = [day for event in added for day in (event.date_start, event.date_end)]
    if info.sources:
        days += info.period
    period = (min(days), max(days)) if days else info.period
    return info.model_copy(update={"sources": {**info.sources, source.id: known}, "period": period})


def _records(casebook: Casebook, name: str) -> list[Any]:
    return list(records(casebook, name))


def _checked(name: str, values: Sequence[Mapping[str, Any]], model: type[Any]) -> list[Any]:
    table = check_rows(f"drafted {name}", enumerate(values, 1), model)
    if table.faults:
        raise CasebookError(table.faults)
    return [row for _, row in table.rows]


@dataclass(frozen=True)
class Known:
    """An event of a draft, by its id there, and the event of a casebook that it may be."""

    event: str
    like: Likeness


def likenesses_of(rows: Sequence[Row], casebook: Casebook) -> list[Known]:
    """Return which events of a draft, as its rows, a casebook has already, surely or maybe."""
    found = find_likenesses(casebook, _checked("events", [dict(r.event) for r in rows], Event))
    by_id = {one.new: one for one in found}
    return [
        Known(row.drafted, by_id[str(row.event["id"])]) for row in rows if row.event["id"] in by_id
    ]
