"""Rows of one casebook beside each other: what two reports tell differently of the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.records import Claim
from geoconflict.claims.verdicts import CONTRADICTED, OFF
from geoconflict.errors import QuantityError
from geoconflict.facts import Amount, Fact, fact
from geoconflict.lexicon import lexicons
from geoconflict.look.say import say
from geoconflict.measurements import measure
from geoconflict.measuring.quantities import Interval, stated_interval
from geoconflict.measuring.references import claim_ids
from geoconflict.measuring.units import convert

_NUMBERS = ("area", "count", "share", "rate")
# Numbers farther apart than this share of the larger are of different things, such as the killed
# and all losses: one more or less told in an id is no sign that they are the same.
_SAME_SHARE = 0.05
# Farther by less than this, one event is as far as the other, by where in a town it was.
_FARTHER_KM = 25.0


@dataclass(frozen=True)
class RowCheck:
    """What rows of a casebook say against each other.

    Parameters
    ----------
    ids : tuple of str
        Ids of the claims, or of the events.
    verdict : str
        ``off`` where two reports differ, ``contradicted`` where one row cannot be.
    why : Fact
        Why.
    """

    ids: tuple[str, ...]
    verdict: str
    why: Fact

    @property
    def reason(self) -> str:
        """Why, in English."""
        return say(self.why)


def check_agreement(casebook: Casebook) -> list[RowCheck]:
    """Return what rows of a casebook say against each other; nothing where all agree.

    Two reports that tell different numbers of the same days both stay in the casebook: which
    is right is not decided here. Looked at are numbers of the same kind, unit, days, event and
    land; daily rates beside the total of their days; what was shot down beside what was
    launched; and superlatives of distance beside events before them.

    Parameters
    ----------
    casebook : Casebook
        With the columns of ``locate_events``.

    Examples
    --------
    >>> from geoconflict import locate_events, read_casebook
    >>> casebook = locate_events(read_casebook("maps/january-2025"))
    >>> found = {check.ids: check.reason for check in check_agreement(casebook)}
    >>> found["gains-december-2024", "gains-december-per-day"]
    '593 km² in 31 days makes 19.1 km² a day, not 18 km² a day'
    """
    claims = casebook.claim_records()
    return [*_numbers(claims), *_rates(claims), *_downed(casebook), *_farthest(casebook)]


def _is_plain(claim: Claim) -> bool:
    """Return whether a claim states a number of its own, not one computed from others."""
    is_computed = claim_ids(claim.subject) or claim_ids(claim.reference)
    is_dated = claim.days is not None and claim.value_min is not None
    return claim.kind in _NUMBERS and is_dated and not is_computed


def _span(claim: Claim) -> Interval:
    return stated_interval(claim.value_min, claim.value_max, hedge=claim.hedge or "")


def _amount(claim: Claim) -> Amount:
    return Amount(claim.value_min, claim.unit or "", upper=claim.value_max, hedge=claim.hedge or "")


def _numbers(claims: Sequence[Claim]) -> Iterator[RowCheck]:
    """Yield numbers of the same thing that cannot both be right."""
    for a, b in combinations([c for c in claims if _is_plain(c)], 2):
        is_one = (a.kind, a.unit, a.date, a.event_id) == (b.kind, b.unit, b.date, b.event_id)
        is_one = is_one and (a.subject, a.reference) == (b.subject, b.reference)
        if not is_one or (a.source, a.claimant) == (b.source, b.claimant):
            continue
        low, high = sorted((a.value_min or 0.0, b.value_min or 0.0))
        if high * (1 - _SAME_SHARE) > low or _span(a).overlaps(_span(b)):
            continue
        why = fact("rows_differ", first=_amount(a), second=_amount(b), days=a.days)
        yield RowCheck((a.id, b.id), OFF, why)


def _rates(claims: Sequence[Claim]) -> Iterator[RowCheck]:
    """Yield rates that are not those of the totals of the same days."""
    plain = [c for c in claims if _is_plain(c) and c.value_max is None]
    for total in (c for c in plain if c.kind in ("area", "count")):
        for rate in (c for c in plain if c.kind == "rate" and c.date == total.date):
            if (rate.subject, rate.reference) != (total.subject, total.reference):
                continue
            found = _of_total(total, rate)
            if found is not None:
                yield found


def _of_total(total: Claim, rate: Claim) -> RowCheck | None:
    days = total.length_days
    if days is None or days < 2:
        return None
    try:
        factor = convert(1.0, f"{total.unit}/day", rate.unit or "") / days
    except QuantityError:
        return None
    span = _span(total)
    if Interval(span.low * factor, span.high * factor).overlaps(_span(rate)):
        return None
    result = Amount((total.value_min or 0.0) * factor, rate.unit or "")
    told = {"value": _amount(total), "days": Amount(days, "day"), "result": result}
    why = fact("rate_differs", **told, stated=_amount(rate))
    return RowCheck((total.id, rate.id), OFF, why)


def _downed(casebook: Casebook) -> Iterator[RowCheck]:
    """Yield events of which more was shot down than launched."""
    events = casebook.events
    if not {"launched", "shot_down"} <= set(events.columns):
        return
    for event in events[events["shot_down"] > events["launched"]].itertuples():
        why = fact(
            "more_down", down=Amount(float(event.shot_down)), launched=Amount(float(event.launched))
        )
        yield RowCheck((str(event.id),), CONTRADICTED, why)


def _farthest(casebook: Casebook) -> Iterator[RowCheck]:
    """Yield events called the farthest that an earlier one of the casebook was farther than."""
    said = _superlatives(casebook)
    if not said or "lon" not in casebook.events:
        return
    events = casebook.events[casebook.events["lon"].notna()]
    strikes = events[events["kind"] == "strike"]
    points = zip(strikes["id"], strikes["lat"], strikes["lon"], strict=True)
    home = f"border:{casebook.borders.theatre.home}"
    far = {
        str(name): measure(f"{lat}, {lon}", home, gazetteer=casebook.gazetteer).distance_km
        for name, lat, lon in points
    }
    days = dict(zip(events["id"], events["date_end"], strict=True))
    for one in sorted(said & set(far)):
        before = [o for o in far if days[o] < days[one] and far[o] > far[one] + _FARTHER_KM]
        if before:
            rival = max(before, key=far.__getitem__)
            why = fact(
                "not_farthest",
                distance=Amount(round(far[one]), "km", is_measured=True),
                other=Amount(round(far[rival]), "km", is_measured=True),
                date=days[rival].date(),
            )
            yield RowCheck((one, rival), CONTRADICTED, why)


def _superlatives(casebook: Casebook) -> set[str]:
    """Return the ids of the events that a report or note calls the farthest."""
    reports, events = casebook.reports, casebook.events
    texts = [*zip(reports["event_id"], reports["summary"], strict=True)]
    texts += [*zip(events["id"], events["note"], strict=True)]
    patterns = [one.pattern("comparisons", "farthest") for one in lexicons()]
    return {
        str(event)
        for event, text in texts
        if isinstance(text, str) and any(pattern.search(text) for pattern in patterns)
    }
