"""``geoconflict measure``: how far and in which direction one thing lies from another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from geoconflict.cli.options import FrontFolder, Json, print_json, read_fronts

if TYPE_CHECKING:
    from geoconflict.fronts.collection import Fronts
    from geoconflict.measurements import Measurement
    from geoconflict.references import Reference


def measure(
    start: Annotated[str, typer.Argument(metavar="FROM", help='Place, "lat, lon" or reference.')],
    end: Annotated[str, typer.Argument(metavar="TO", help="Likewise, such as border:UA.")],
    *,
    front: FrontFolder = None,
    as_json: Json = False,
) -> None:
    """Measure the distance and direction between two places, or a place and a border.

    With snapshots of a front, front:@2025-01-24 is the line on that day.

    Example: geoconflict measure Ryazan border:UA
    """
    found, a, b = _measured(start, end, read_fronts(front) if front else None)
    if as_json:
        print_json(_measure_dict(found, a, b))
    else:
        typer.echo(_measure_text(found, a, b))


def measured(start: str, end: str) -> dict[str, Any]:
    """Return what the command prints as data."""
    return _measure_dict(*_measured(start, end, None))


def _measured(
    start: str, end: str, fronts: Fronts | None
) -> tuple[Measurement, Reference, Reference]:
    from geoconflict.measurements import find_ends
    from geoconflict.measurements import measure as measured_from

    a, b = find_ends(start, end, fronts=fronts)
    # "Moscow to Yelabuga" looks from Moscow; of a border and a place, the border is looked from.
    subject, reference = (b, a) if b.is_point else (a, b)
    return measured_from(subject, reference), a, b


def _measure_dict(found: Measurement, start: Reference, end: Reference) -> dict[str, Any]:
    ends = {"from": _end_dict(start), "to": _end_dict(end)}
    return found.to_dict() | ends


def _end_dict(reference: Reference) -> dict[str, Any]:
    lon, lat = reference.geometry.coords[0] if reference.is_point else (None, None)
    return {"id": reference.id, "title": reference.title, "lon": lon, "lat": lat}


def _measure_text(found: Measurement, start: Reference, end: Reference) -> str:
    lon, lat = found.nearest_point
    reach = "" if found.subject.is_point else f" at its nearest, {found.farthest_km:,.1f} at most"
    distance = f"{found.distance_km:,.1f} km{reach} (right within {found.uncertainty_km:.1f} km)"
    lines = [f"{start.title} to {end.title}: {distance}"]
    if found.distance_km == 0.0:
        return f"{lines[0]}\n  they touch"
    direction = f"{found.direction} ({found.azimuth_deg:.0f}°)"
    if found.uncertainty_km >= found.distance_km:
        direction = "too uncertain to tell a direction"
    lines.append(f"  seen from {found.reference.title}: {direction}")
    if not found.reference.is_point:
        lines.append(f"  nearest point {lat:.4f} N, {lon:.4f} E")
    if found.inside is not None:
        side = "inside" if found.inside else "outside"
        area = found.reference.title.removeprefix("the recognised border of ")
        lines.append(f"  {found.subject.title} lies {side} {area}")
    return "\n".join(lines)
