"""What can be wrong with the rows of a casebook taken together: each fault with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from geoconflict.casebooks.records import TEXT_SOURCE, Claim, Event, MapInfo, Report
from geoconflict.casebooks.tables import Table, shown
from geoconflict.errors import Fault, GeoconflictError, UnknownPlaceError
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.references import Kind, ReferenceName, claim_ids
from geoconflict.references import find_reference


def cross_faults(
    events: Table[Event],
    reports: Table[Report],
    claims: Table[Claim],
    info: MapInfo | None,
    *,
    gazetteer: Gazetteer,
) -> list[Fault]:
    """Return every fault that shows only between rows, or against the embedded data.

    Parameters
    ----------
    events, reports, claims : Table
        As read; a table that has faults of its own is not blamed on others.
    info : MapInfo or None
        None where ``map.toml`` could not be read.
    gazetteer : Gazetteer
        Knows places and codes, and by its theatre borders and official figures.
    """
    return [
        *_duplicates(events),
        *_duplicates(claims),
        *_dangling(events, reports, claims, info),
        *_codes(events, gazetteer),
        *_misplaced(events, Borders.of(gazetteer.theatre)),
        *_references(claims, gazetteer),
        *_circles(claims),
    ]


def _duplicates(table: Table[Event] | Table[Claim]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for line, name in table.rows.cells("id"):
        first = seen.setdefault(name, line)
        if first != line:
            expected = f"an id of its own (line {first} has it too)"
            yield Fault(table.file, line, "id", shown(name), expected)


def _dangling(
    events: Table[Event], reports: Table[Report], claims: Table[Claim], info: MapInfo | None
) -> Iterator[Fault]:
    known = set(events.rows.column("id"))
    for table, unrecorded in ((reports, ()), (claims, (TEXT_SOURCE,))):
        sources = {*(info.sources if info else ()), *unrecorded}
        for line, event, source in table.rows.cells("event_id", "source"):
            if event and event not in known and not events.faults:
                yield Fault(table.file, line, "event_id", shown(event), "an id of events.csv")
            if info is not None and source not in sources:
                yield Fault(table.file, line, "source", shown(source), "a source of map.toml")


def _codes(events: Table[Event], gazetteer: Gazetteer) -> Iterator[Fault]:
    """Yield a fault for each unit, country or side that the data do not know."""
    has, actors = cache(gazetteer.has), (*gazetteer.theatre.sides, "unknown")
    for line, country, unit, actor in events.rows.cells("country", "admin1", "actor"):
        for column, code in (("country", country), ("admin1", unit)):
            if code and not has(f"iso:{code}"):
                expected = "a code of the gazetteer, such as UA or UA-14"
                yield Fault(events.file, line, column, shown(code), expected)
        if actor not in actors:
            expected = f"one of {', '.join(actors)}"
            yield Fault(events.file, line, "actor", shown(actor), expected)
        if unit and country and not unit.startswith(f"{country}-"):
            found = f"{shown(unit)} with country {shown(country)}"
            yield Fault(events.file, line, "admin1", found, "a unit of that country")


def _misplaced(events: Table[Event], borders: Borders) -> Iterator[Fault]:
    """Yield a fault for each given position that is not in the unit or country of its row."""
    columns = ("admin1", "country", "lon", "lat", "precision_m")
    for line, unit, country, lon, lat, radius_m in events.rows.cells(*columns):
        area = unit or country
        if lon is None or lat is None or area is None:
            continue
        if borders.reaches(area, lon, lat, radius_m or 0.0):
            continue
        swapped = borders.reaches(area, lat, lon, 0.0)
        expected = f"a position in {area}" + ("; lon and lat look swapped" if swapped else "")
        yield Fault(events.file, line, "lon", f"lon {lon:g}, lat {lat:g}", expected)


def _references(claims: Table[Claim], gazetteer: Gazetteer) -> Iterator[Fault]:
    """Yield a fault for each subject or reference that names nothing."""
    ids = set(claims.rows.column("id"))
    for line, claim in claims.rows:
        for column, text in (("subject", claim.subject), ("reference", claim.reference)):
            # What a text names and the data lack is no slip of the one who recorded it.
            if getattr(claim, f"{column}_found"):
                continue
            if text is None:
                continue
            known = None if claims.faults else ids
            expected = _missing(text, known, gazetteer)
            if expected:
                yield Fault(claims.file, line, column, shown(text), expected)


def _missing(text: str, ids: set[str] | None, gazetteer: Gazetteer) -> str | None:
    """Return what was expected instead of a reference, None if it names something.

    ``ids`` are those of claims, None where not all are known.
    """
    try:
        name = ReferenceName.parse(text)
        if name.kind is Kind.CLAIM:
            is_known = ids is None or ids.issuperset(name.claims)
            return None if is_known else "an id of claims.csv"
        if name.kind is Kind.FIGURE:
            gazetteer.theatre.figure(name.name)
        elif name.kind not in (Kind.PLACE, Kind.FRONT):
            find_reference(name, gazetteer=gazetteer)
    except UnknownPlaceError:
        return f"an id of the gazetteer's {text.partition(':')[0]} records"
    except GeoconflictError as error:
        return str(error)
    return None


def _circles(claims: Table[Claim]) -> Iterator[Fault]:
    """Yield a fault for each claim that is computed from itself, at once or by way of others."""
    rows = list(claims.rows.cells("id", "subject", "reference"))
    uses = {name: {n for text in ends for n in claim_ids(text)} for _, name, *ends in rows}
    for line, name, subject, _ in rows:
        if _reaches(name, uses):
            expected = "other claims that are not computed from this one"
            yield Fault(claims.file, line, "subject", shown(subject), expected)


def _reaches(start: str, uses: dict[str, set[str]]) -> bool:
    seen: set[str] = set()
    ahead: Iterable[str] = uses.get(start, ())
    while ahead:
        if start in ahead:
            return True
        seen |= set(ahead)
        ahead = {other for name in ahead for other in uses.get(name, ())} - seen
    return False
