"""Claims on land held, gained or lost, counted in front snapshots; who counts what is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.casebooks.records import Claim
from geoconflict.claims.arithmetic import Operand, left_of
from geoconflict.claims.ground import widening
from geoconflict.claims.verdicts import SUPPORTED, UNDETERMINED, Part, compare, undetermined
from geoconflict.errors import GeoconflictError, MissingSnapshotError, UnknownReferenceError
from geoconflict.facts import Amount, Fact, fact
from geoconflict.fronts.changes import Changes, diff
from geoconflict.fronts.collection import Fronts
from geoconflict.fronts.snapshots import Snapshot
from geoconflict.fronts.sources import find_source
from geoconflict.fronts.tolerances import AREA_DOUBT_SHARE, OTHER_SOURCE_FACTOR
from geoconflict.fronts.units import unit_area
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.geodesy import area_km2
from geoconflict.measuring.quantities import Interval, rounding, stated_interval
from geoconflict.measuring.references import Kind, ReferenceName
from geoconflict.measuring.units import convert
from geoconflict.references import fronts_of
from geoconflict.theatre import Figure

KINDS = frozenset(("area", "rate", "share"))
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class _Count:
    """Land counted in snapshots, km2: the best value, all it can be, how it was counted.

    ``whole`` is the official figure that a share is of, None where there is none.
    """

    best: float
    interval: Interval
    how: Fact
    days: int = 0

    def scaled(self, factor: float) -> _Count:
        low, high = sorted(end * factor for end in self.interval)
        return replace(self, best=self.best * factor, interval=Interval(low, high))


def check_territory(claim: Claim, fronts: Fronts, borders: Borders) -> Part:
    """Return whether a stated area, rate or share of land agrees with snapshots.

    A claim on one day is on the area held by Russia that day; one on several days is on what
    was gained from the last snapshot before them to the last within them, net or gross. Where
    the claim was counted by somebody else than the source, it can be confirmed, but is only
    refuted where it is out of all proportion; the reason says what each of them counts. Where
    no snapshot is of the first or last day, all counts up to the next snapshot are allowed for.

    Parameters
    ----------
    claim : Claim
        Of kind ``area``, ``rate`` or ``share`` with a front as reference; ``subject`` is
        ``country:UA`` or an admin-1 unit; None where a report names no land or several, of
        which the home country is counted, without a verdict.
    fronts : Fronts
        Snapshots of one source.
    borders : Borders
        Outlines of country and units, and their official areas, for shares.

    Returns
    -------
    Part
        Undetermined where there is no snapshot for its days or the unit does not fit.
    """
    try:
        name = ReferenceName.parse(claim.reference or "")
        fronts = fronts_of(name, fronts)
        code = borders.theatre.home if claim.subject is None else _code(claim.subject, borders)
        days = DateRange(name.day, name.day) if name.day else claim.days
        count = _counted(fronts, days, code, borders)
        figure = borders.theatre.area_figure(code) if claim.kind == "share" else None
        whole = _whole_km2(code, figure, borders) if claim.kind == "share" else None
        part = _compared(claim, count.scaled(_factor(claim, count.days, whole)))
    except GeoconflictError as error:
        return undetermined(claim.kind, error.fact or fact("error", text=str(error)))
    part = replace(part, figures=(figure,) if figure else ())
    is_own = name.source is not None or _counter(claim) == fronts.source
    part = part if is_own else _by_another(claim, part, fronts)
    return _of_unknown_land(part) if claim.subject is None else part


def left_to_win(
    claim: Claim, shares: Sequence[Claim], borders: Borders, fronts: Fronts | None
) -> Operand | Fact:
    """Return what is left of the land that a claim names, or why that cannot be told.

    Counted in the snapshot of its day where there is one, else what the last of the shares that
    are stated of the same land leaves.
    """
    code = ReferenceName.parse(claim.subject or "").name
    why = fact("no_snapshots", days=claim.days)
    if fronts is not None:
        try:
            count = _counted(
                fronts, claim.days and DateRange(claim.days.end, claim.days.end), code, borders
            )
            snapshot = fronts.at(claim.days.end)  # type: ignore[union-attr] # counted on its day
            found = left_of(code, count.interval, borders, _of(snapshot))
            return found or fact("no_value", name=claim.subject)
        except GeoconflictError as error:
            why = error.fact or fact("error", text=str(error))
    figure = borders.theatre.area_figure(code)
    told = [c for c in shares if c.subject == claim.subject and c.unit == "percent" and c.value_min]
    if figure is None or not told:
        return why
    share = told[-1].value_min or 0.0
    held = Interval(share - rounding(share), share + rounding(share))
    held = Interval(*(end / 100 * figure.value for end in held))
    how = fact("held_share", share=Amount(share, "percent"))
    return left_of(code, held, borders, how) or why


def _of_unknown_land(part: Part) -> Part:
    """Return what was counted at home beside a number of land that may be more: no verdict."""
    told = {**part.why.given, "open": fact("no_land")}
    return replace(part, verdict=UNDETERMINED, why=Fact(part.why.code, told))


def _code(subject: str, borders: Borders) -> str:
    """Return the ISO code of the land that a claim is on.

    Raises
    ------
    UnknownReferenceError
        It is no country or unit in which front lines run.
    """
    name = ReferenceName.parse(subject)
    code, theatre = name.name, borders.theatre
    if name.kind in (Kind.COUNTRY, Kind.BORDER) and code == theatre.home:
        return code
    if name.kind is Kind.ADMIN1 and borders.unit(code).country in theatre.sides:
        return code
    message = f"land is counted for country:{theatre.home} or an admin1: unit, not for {subject!r}"
    raise UnknownReferenceError(message, fact("land_not_counted", name=subject))


def _counted(fronts: Fronts, days: DateRange | None, code: str, borders: Borders) -> _Count:
    if days is None:
        message = "the claim has no date, so that no snapshot can be chosen"
        raise MissingSnapshotError(message, fact("no_date"))
    if days.days == 1:
        return _on_day(fronts.at(days.end), code, borders)
    start, end = _baseline(fronts, days.start), fronts.at(days.end)
    count = _over(diff(start, end), code, borders)
    starts = [start, *_later(fronts, start, days.start - _DAY)]
    ends = [end, *_later(fronts, end, days.end)]
    if days.end > end.date and len(ends) == 1:
        gap = (days.end - end.date).days
        message = f"the period ends {gap} day(s) after the last snapshot ({end.title})"
        told = fact("period_after", days=Amount(gap, "day"), snapshot=_of(end))
        raise MissingSnapshotError(message, told)
    pairs = [(a, b) for a in starts for b in ends if (a, b) != (start, end) and a.date < b.date]
    return _widened(count, [_over(diff(*pair), code, borders) for pair in pairs])


def _later(fronts: Fronts, snapshot: Snapshot, day: dt.date) -> list[Snapshot]:
    """Return the snapshot that follows, where the one before is older than the day it stands for.

    What was so on the day lies somewhere between the two.
    """
    following = fronts.after(snapshot.date) if snapshot.date < day else None
    return [] if following is None else [following]


def _widened(count: _Count, others: Sequence[_Count]) -> _Count:
    """Return a count that can be all that others can be, as no snapshot is of its very days."""
    if not others:
        return count
    spans = [count.interval, *(other.interval for other in others)]
    interval = Interval(min(low for low, _ in spans), max(high for _, high in spans))
    bests = tuple(sorted({round(other.best, 1) for other in others}))
    how = fact("not_the_day", how=count.how, others=bests)
    return replace(count, interval=interval, how=how)


def _of(snapshot: Snapshot) -> Fact:
    """Return a snapshot as it is told: whose it is, and of which day."""
    return fact("snapshot", source=snapshot.source_title, date=snapshot.date)


def _between(start: Snapshot, end: Snapshot) -> Fact:
    return fact("snapshots", source=start.source_title, start=start.date, end=end.date)


def _baseline(fronts: Fronts, start: dt.date) -> Snapshot:
    """Return the state before a period: the day before, or its first day where that is lacking."""
    try:
        return fronts.at(start - _DAY)
    except MissingSnapshotError:
        if start not in fronts.dates:
            raise
        return fronts.at(start)


def _on_day(snapshot: Snapshot, code: str, borders: Borders) -> _Count:
    if _is_abroad(code, borders):
        salient = _drawn_salient(code, borders, snapshot)
        held = area_km2(shapely.intersection(salient, _land(code, borders)))
        unit = ReferenceName(Kind.ADMIN1, code)
        how = fact("held_by_ukraine", unit=unit, snapshot=_of(snapshot))
        return _Count(held, _doubted(held, held), how)
    how = fact("held", snapshot=_of(snapshot))
    if code == borders.theatre.home:
        land = area_km2(shapely.intersection(snapshot.held, borders.country(code)))
        how = fact("held_land", land=Amount(round(land), "km2"), snapshot=_of(snapshot))
        return _Count(snapshot.area_km2, Interval(land, snapshot.area_km2), how)
    held = area_km2(shapely.intersection(snapshot.held, unit_area(code, borders)))
    return _Count(held, _doubted(held, held), how)


def _over(changes: Changes, code: str, borders: Borders) -> _Count:
    snapshots = _between(changes.start, changes.end)
    if changes.days <= 0:
        message = f"both ends of the period are answered from the {changes.end.title}"
        raise MissingSnapshotError(message, fact("one_snapshot", snapshot=_of(changes.end)))
    if changes.unlike and not _is_abroad(code, borders):
        towns = ", ".join(changes.unlike)
        message = f"the snapshots do not count the same land: {towns} is held in one of them only"
        raise MissingSnapshotError(message, fact("other_land", towns=towns, snapshots=snapshots))
    if _is_abroad(code, borders):
        _drawn_salient(code, borders, changes.start, changes.end)
        unit = _land(code, borders)
        parts = (shapely.intersection(s.salient, unit) for s in (changes.start, changes.end))
        before, after = (area_km2(part) for part in parts)
        net = before - after
        how = fact("no_longer_held", snapshots=snapshots)
        return _Count(net, _doubted(net, net), how, changes.days)
    gained, lost = changes.all_gained_km2, changes.all_lost_km2
    salient = changes.salient_km2
    if code != borders.theatre.home:
        gained, lost = changes.by_admin1.get(code, (0.0, 0.0))
        salient = 0.0
    net = gained - lost
    how = fact("net", gained=Amount(round(gained, 1), "km2"), snapshots=snapshots)
    if salient:
        beyond = Amount(round(salient, 1), "km2")
        how = fact("net_salient", salient=beyond, snapshots=snapshots)
    ends = (net, gained, net + salient, gained + salient)
    return _Count(net + salient, _doubted(min(ends), max(ends)), how, changes.days)


def _land(code: str, borders: Borders) -> BaseGeometry:
    is_home = code == borders.theatre.home
    return borders.country(code) if is_home else borders.unit(code).geometry


def _is_abroad(code: str, borders: Borders) -> bool:
    """Return whether a unit is one of the other side's."""
    return code.partition("-")[0] == borders.theatre.opponent


def _drawn_salient(code: str, borders: Borders, *snapshots: Snapshot) -> BaseGeometry:
    """Return what the home country holds beyond its border by the first snapshot.

    Raises
    ------
    UnknownReferenceError
        The source draws nothing there.
    """
    if all(snapshot.salient.is_empty for snapshot in snapshots):
        known = find_source(snapshots[0].source)
        what = f"; it counts {known.scope}" if known and known.scope else ""
        message = f"{snapshots[0].title}, draws nothing in {borders.title(code)}{what}"
        told = fact(
            "nothing_drawn",
            snapshot=_of(snapshots[0]),
            unit=ReferenceName(Kind.ADMIN1, code),
            scope=_scope(snapshots[0].source, known.scope if known else ""),
        )
        raise UnknownReferenceError(message, told)
    return snapshots[0].salient


def _doubted(low: float, high: float) -> Interval:
    doubt = AREA_DOUBT_SHARE * max(abs(low), abs(high))
    return Interval(low - doubt, high + doubt)


def _whole_km2(code: str, official: Figure | None, borders: Borders) -> float:
    """Return the official area of a unit or the country, else that of its outline."""
    return area_km2(_land(code, borders)) if official is None else official.value


def _factor(claim: Claim, days: int, whole_km2: float | None) -> float:
    """Return what turns counted km2 into the unit of a claim."""
    unit = claim.unit or ""
    if whole_km2 is not None:
        return 100.0 * convert(1.0, "percent", unit) / whole_km2
    if claim.kind != "rate":
        return convert(1.0, "km2", unit)
    if not days:
        message = "a rate needs a period of several days, not one day"
        raise MissingSnapshotError(message, fact("rate_of_a_day"))
    return convert(1.0, "km2/day", unit) / days


def _compared(claim: Claim, count: _Count) -> Part:
    value = claim.value_min or 0.0
    part = compare(
        claim.kind,
        value=(value, value if claim.value_max is None else claim.value_max),
        stated=_stated(claim),
        best=Amount(count.best, claim.unit or ""),
        measured=count.interval,
    )
    why = fact("counted", found=part.why, how=count.how)
    return replace(part, why=why, origin="snapshots", widening=widening(claim))


def _stated(claim: Claim) -> Interval:
    hedge, unit = claim.hedge or "", claim.unit or ""
    return stated_interval(claim.value_min or 0.0, claim.value_max, hedge=hedge, unit=unit)


def _by_another(claim: Claim, part: Part, fronts: Fronts) -> Part:
    """Return the verdict on a number that the source of the snapshots did not count itself."""
    counted = part.measured_interval
    told = {**part.why.given, "difference": _difference(claim, fronts)}
    if part.verdict == SUPPORTED or counted is None or not _may_differ(_stated(claim), counted):
        return replace(part, why=Fact("counted", told))
    told["open"] = fact("no_refutation")
    return replace(part, verdict=UNDETERMINED, why=Fact("counted", told))


def _may_differ(stated: Interval, counted: Interval) -> bool:
    """Return whether two counters of the same land could be as far apart."""
    if counted.low <= 0 < counted.high:
        counted = Interval(0.0, counted.high)
    low, high = sorted((counted.low / OTHER_SOURCE_FACTOR, counted.high * OTHER_SOURCE_FACTOR))
    return stated.overlaps(Interval(low, high))


def _counter(claim: Claim) -> str | None:
    """Return the source of snapshots that a claim was counted by, None where it is not known."""
    known = find_source(claim.claimant or "", claim.source)
    return known.id if known else None


def _difference(claim: Claim, fronts: Fronts) -> Fact:
    """Return what the claim and the snapshots count."""
    scope = _scope(fronts.source, fronts.scope)
    ours = fact("counts", source=fronts.title, scope=scope)
    if scope is None:
        ours = fact("counted_by", source=fronts.title)
    theirs = find_source(claim.claimant or "", claim.source)
    other = fact("counter_unknown")
    if theirs is not None:
        other = fact("counts", source=theirs.title, scope=_scope(theirs.id, theirs.scope))
    return fact("who_counts", ours=ours, theirs=other)


def _scope(source: str, scope: str) -> Fact | None:
    """Return what land a source counts: of one that is known by its id, else in its own words."""
    if not scope:
        return None
    known = find_source(source)
    is_ours = known is not None and known.scope == scope
    return fact("scope", id=known.id) if is_ours and known else fact("own_scope", text=scope)
