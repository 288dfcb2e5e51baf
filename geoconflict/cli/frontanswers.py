"""The answers of ``geoconflict front`` as text and as plain types."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from geoconflict.fronts.advances import Advance
    from geoconflict.fronts.changes import Changes
    from geoconflict.fronts.collection import Fronts
    from geoconflict.fronts.settlements import Holding
    from geoconflict.fronts.snapshots import Snapshot
    from geoconflict.references import Reference


def series_dict(table: pd.DataFrame, fronts: Fronts) -> dict[str, Any]:
    """Return an area series with its source as plain types."""
    rows = json.loads(
        table.assign(date=table["date"].dt.strftime("%Y-%m-%d")).round(3).to_json(orient="records")
    )
    about = {"source": fronts.source, "licence": fronts.licence, "counts": fronts.scope}
    return about | {"rows": rows}


def series_text(table: pd.DataFrame, fronts: Fronts) -> str:
    """Return an area series as lines of text."""
    lines = [
        f"{'date':12}{'held km2':>12}{'gained':>10}{'lost':>9}{'net':>10}{'days':>6}{'a day':>9}"
    ]
    for row in table.to_dict("records"):
        name = f"  {row['title']}" if "title" in row else ""
        lines.append(f"{row['date']:%Y-%m-%d}  {row['area_km2']:>12,.1f}{_moved_text(row)}{name}")
    lines.append(f"source: {_credit(fronts)}")
    return "\n".join(lines)


def _moved_text(row: Mapping[Hashable, Any]) -> str:
    if row["days"] != row["days"]:
        return ""
    moved = f"{row['gained_km2']:>10,.1f}{row['lost_km2']:>9,.1f}{row['net_km2']:>+10,.1f}"
    return f"{moved}{row['days']:>6.0f}{row['rate_km2_per_day']:>+9.1f}"


def _credit(fronts: Fronts) -> str:
    counts = f"; counts {fronts.scope}" if fronts.scope else ""
    return f"{fronts.title} ({fronts.licence}){counts}"


def changes_text(changes: Changes, asked: tuple[dt.date, dt.date]) -> str:
    """Return what changed between two days as lines of text."""
    from geoconflict.fronts.units import unit_title

    used = _used(changes.start.date, asked[0]), _used(changes.end.date, asked[1])
    held = changes.start.area_km2, changes.end.area_km2
    net = "" if changes.unlike else f", net {changes.net_km2:+,.1f}"
    lines = [
        f"{_source_title(changes.end.source)}: {used[0]} to {used[1]}, {changes.days} days",
        f"  held    {held[0]:,.1f} to {held[1]:,.1f} km2{net}",
        *(_uncompared(changes) if changes.unlike else _compared(changes)),
    ]
    if changes.salient_km2:
        lines.append(f"  beyond Ukraine's border, Ukraine holds {-changes.salient_km2:+,.1f} km2")
    for code, (gained, lost) in changes.by_admin1.items():
        is_told = code not in changes.unlike_units
        said = f"gained {gained:,.1f}, lost {lost:,.1f}" if is_told else "cannot be compared"
        lines.append(f"  {unit_title(code, changes.end.borders)}: {said}")
    return "\n".join([*lines, f"  terms   {changes.end.licence}"])


def _compared(changes: Changes) -> list[str]:
    from geoconflict.fronts.tolerances import SLIVER_WIDTH_M

    slivers = changes.all_gained_km2 - changes.gained_km2, changes.all_lost_km2 - changes.lost_km2
    return [
        f"  gained  {changes.gained_km2:,.1f} km2, and {slivers[0]:,.2f} in slivers",
        f"  lost    {changes.lost_km2:,.1f} km2, and {slivers[1]:,.2f} in slivers",
        f"  slivers are nowhere wider than {SLIVER_WIDTH_M:.0f} m",
    ]


def _uncompared(changes: Changes) -> list[str]:
    """Return what can be told where the snapshots do not count the same land."""
    rest = [pair for code, pair in changes.by_unit.items() if code not in changes.unlike_units]
    gained, lost = (sum(pair[end] for pair in rest) for end in (0, 1))
    towns = ", ".join(changes.unlike)
    return [
        f"  gained and lost in all cannot be compared: {towns} is held in one snapshot only",
        f"  elsewhere gained {gained:,.1f} km2, lost {lost:,.1f} km2, slivers included",
    ]


def _source_title(source: str) -> str:
    from geoconflict.fronts.sources import find_source

    known = find_source(source)
    return known.title if known else source


def _used(used: dt.date, asked: dt.date) -> str:
    return f"{used}" if used == asked else f"{used} (the last snapshot before {asked})"


def advance_text(moved: Advance) -> str:
    """Return how the line moved near a place as lines of text."""
    words = (("advanced", moved.advanced), ("withdrew", moved.withdrew))
    said = " and ".join(word for word, is_so in words if is_so) or "did not move"
    where = f"within {moved.radius_km:g} km of {moved.place}"
    when = f"{moved.start} to {moved.end}, by {_source_title(moved.source)}"
    beyond = f"up to {moved.deepest_km:.1f} km beyond the old line"
    lines = [
        f"Russian forces {said} {where}, {when}",
        f"  gained  {moved.gained_km2:.1f} km2, {beyond}",
        f"  lost    {moved.lost_km2:.1f} km2",
    ]
    if moved.before_km is not None and moved.after_km is not None:
        lines.append(f"  {moved.place}: {_side(moved.before_km)}, then {_side(moved.after_km)}")
    return "\n".join(lines)


def _side(distance_km: float) -> str:
    where = "behind the line, held by Russia" if distance_km < 0 else "from the line, not held"
    return f"{abs(distance_km):.1f} km {where}"


def control_dict(snapshot: Snapshot, found: Reference, asked: dt.date) -> dict[str, Any]:
    """Return who held a place by a snapshot, and how far the line was, as plain types."""
    import shapely

    from geoconflict.fronts.control import distances, held_distances, sides
    from geoconflict.fronts.sources import find_source
    from geoconflict.fronts.tolerances import FRONT_ACCURACY_M

    source = find_source(snapshot.source)
    point = shapely.get_coordinates(found.geometry)
    distance_m, nearest = distances(snapshot, point)
    lon, lat = point[0].tolist()
    near_lon, near_lat = nearest[0].tolist()
    known = not math.isnan(distance_m[0])
    reach_m = found.accuracy_m + FRONT_ACCURACY_M
    return {
        "place": found.title,
        "lon": lon,
        "lat": lat,
        "date": asked.isoformat(),
        "snapshot_date": snapshot.date.isoformat(),
        "source": snapshot.source,
        "title": source.title if source else snapshot.source,
        "licence": snapshot.licence,
        "counts": source.scope if source else "",
        "side": sides(snapshot, point)[0],
        "distance_km": round(distance_m[0] / 1000, 3) if known else None,
        "uncertainty_km": round(reach_m / 1000, 3),
        "side_certain": not known or bool(distance_m[0] > reach_m),
        "nearest_point": {"lon": round(near_lon, 6), "lat": round(near_lat, 6)} if known else None,
        "held_land_km": round(held_distances(snapshot, point)[0] / 1000, 3),
    }


_SIDES = {
    "RU": "held by Russia",
    "UA": "not held by Russia",
    "contested": "contested",
    "unknown": "of unknown status",
    "claimed-RU": "claimed by Russia, not confirmed",
    "claimed-UA": "claimed by Ukraine, not confirmed",
    "outside": "outside Ukraine",
}


def control_text(answer: dict[str, Any]) -> str:
    """Return who held a place as lines of text."""
    used = dt.date.fromisoformat(answer["snapshot_date"]), dt.date.fromisoformat(answer["date"])
    lines = [
        f"{answer['place']}, {answer['date']}: {_held_text(answer)}",
        f"  snapshot  {answer['title']}, {_used(*used)}",
    ]
    distance = answer["distance_km"]
    if distance is not None:
        near = answer["nearest_point"]
        lines.append(f"  nearest point {near['lat']:.4f} N, {near['lon']:.4f} E")
        is_near = answer["held_land_km"] < distance - answer["uncertainty_km"]
        if is_near and answer["side"] != "RU":
            # Kinburn faces Ochakiv across water: no front, yet held land is near.
            lines.append(f"  held land {answer['held_land_km']:,.1f} km away, across no front line")
    if answer["side"] == "outside" and answer["counts"]:
        lines.append(f"  counts    {answer['counts']}")
    return "\n".join([*lines, f"  terms     {answer['licence']}"])


def _held_text(answer: dict[str, Any]) -> str:
    """Return who held a place and how far the line was, no more sure than both are."""
    side, distance, reach = answer["side"], answer["distance_km"], answer["uncertainty_km"]
    if distance is None:
        return f"{_SIDES[side]}, no front line in this snapshot"
    where = "behind" if side == "RU" else "from"
    line = f"{distance:,.1f} km {where} the front line (right within {reach:.1f} km)"
    if not answer["side_certain"] and side != "outside":
        return f"on the line within its accuracy, side not certain; drawn as {_SIDES[side]}, {line}"
    return f"{_SIDES[side]}, {line}"


def holding_dict(holding: Holding, place: str, asked: dt.date) -> dict[str, Any]:
    """Return who held a settlement by a table of settlements, as plain types."""
    from geoconflict.fronts.settlements import LICENCE, TITLE

    return {
        "place": place,
        "date": asked.isoformat(),
        "snapshot_date": holding.day.isoformat(),
        "title": TITLE,
        "licence": LICENCE,
        "side": holding.side,
        "by_source": dict(holding.by_source),
    }


def holding_text(answer: dict[str, Any]) -> str:
    """Return who held a settlement as lines of text."""
    used = dt.date.fromisoformat(answer["snapshot_date"]), dt.date.fromisoformat(answer["date"])
    told = ", ".join(f"{name} {status}" for name, status in answer["by_source"].items())
    lines = [
        f"{answer['place']}, {answer['date']}: {_SIDES[answer['side']]}",
        f"  status    {answer['title']}, {_used(*used)}",
        f"  sources   {told or 'none named'}",
        "  no areas  the table tells the settlement alone, not how far the front line was",
        f"  terms     {answer['licence']}",
    ]
    return "\n".join(lines)
