"""Where the events are that claims are made of: a name shared with one means its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geoconflict.casebooks.casebook import Casebook
from geoconflict.casebooks.records import Claim
from geoconflict.facts import Amount, Fact, fact, measured
from geoconflict.gazetteer.names import fold
from geoconflict.measurements import Measurement
from geoconflict.measuring.geodesy import inverse
from geoconflict.measuring.references import place_names

# A works that bears its town's name, or the far end of a city; namesakes lie farther off.
_SAME_TOWN_M = 50_000.0


@dataclass(frozen=True)
class Whereabouts:
    """The place of an event as it is named, and its point; ``precision_m`` in metres."""

    name: str
    lonlat: tuple[float, float]
    precision_m: float


def whereabouts_of(casebook: Casebook) -> Mapping[str, Whereabouts]:
    """Return where the events of a casebook are, by their id; only of those with name and point."""
    events = casebook.events
    if not {"place", "lon", "lat"} <= set(events.columns):
        return {}
    placed = events[events["place"].notna() & events["lon"].notna() & events["lat"].notna()]
    return {
        str(event["id"]): Whereabouts(
            fold(str(event["place"]).partition(",")[0]),
            (float(event["lon"]), float(event["lat"])),
            _metres(event.get("precision_m")),
        )
        for event in placed.to_dict("records")
    }


def elsewhere(
    claim: Claim, measurement: Measurement, events: Mapping[str, Whereabouts]
) -> Fact | None:
    """Return that a claim was measured at a namesake of its event's place, else None."""
    event = events.get(claim.event_id or "")
    if event is None:
        return None
    for end, found in (("subject", measurement.subject), ("reference", measurement.reference)):
        named = {fold(name.partition(",")[0]) for name in place_names(getattr(claim, end))}
        if event.name not in named or found.place is None or not found.is_point:
            continue
        point = found.geometry.coords[0][:2]
        gap_m = float(inverse([event.lonlat], [point]).distance_m[0])
        if gap_m > event.precision_m + found.accuracy_m + _SAME_TOWN_M:
            return fact("event_elsewhere", place=found.place, distance=_km(gap_m))
    return None


def _km(metres: float) -> Amount:
    return measured(metres / 1000, "km")


def _metres(value: float | None) -> float:
    return 0.0 if value is None or value != value else float(value)  # noqa: PLR0124 - NaN
