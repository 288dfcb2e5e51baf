"""What can be wrong with the rows of a casebook taken together: each fault with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    for line, row in table.rows:
        if row.id in seen:
            expected = f"an id of its own (line {seen[row.id]} has it too)"
            yield Fault(table.file, line, "id", shown(row.id), expected)
        seen.setdefault(row.id, line)


def _dangling(
    events: Table[Event], reports: Table[Report], claims: Table[Claim], info: MapInfo | None
) -> Iterator[Fault]:
    known = {row.id for _, row in events.rows}
    for table, unrecorded in ((reports, ()), (claims, (TEXT_SOURCE,))):
        for line, row in table.rows:
            if row.event_id and row.event_id not in known and not events.faults:
                found = shown(row.event_id)
                yield Fault(table.file, line, "event_id", found, "an id of events.csv")
            if info is not None and row.source not in (*info.sources, *unrecorded):
                yield Fault(table.file, line, "source", shown(row.source), "a source of map.toml")


def _codes(events: Table[Event], gazetteer: Gazetteer) -> Iterator[Fault]:
    """Yield a fault for each unit, country or facility that the data do not know."""
    for line, event in events.rows:
        for column, code in (("country", event.country), ("admin1", event.admin1)):
            if code and not gazetteer.has(f"iso:{code}"):
                expected = "a code of the gazetteer, such as UA or UA-14"
                yield Fault(events.file, line, column, shown(code), expected)
        if event.admin1 and event.country and not event.admin1.startswith(f"{event.country}-"):
            found = f"{shown(event.admin1)} with country {shown(event.country)}"
            yield Fault(events.file, line, "admin1", found, "a unit of that country")


def _misplaced(events: Table[Event], borders: Borders) -> Iterator[Fault]:
    """Yield a fault for each given position that is not in the unit or country of its row."""
    for line, event in events.rows:
        area = event.admin1 or event.country
        if event.lon is None or event.lat is None or area is None:
            continue
        if borders.reaches(area, event.lon, event.lat, event.precision_m or 0.0):
            continue
        swapped = borders.reaches(area, event.lat, event.lon, 0.0)
        expected = f"a position in {area}" + ("; lon and lat look swapped" if swapped else "")
        found = f"lon {event.lon:g}, lat {event.lat:g}"
        yield Fault(events.file, line, "lon", found, expected)


def _references(claims: Table[Claim], gazetteer: Gazetteer) -> Iterator[Fault]:
    """Yield a fault for each subject or reference that names nothing."""
    ids = {row.id for _, row in claims.rows}
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
    uses = {row.id: set(_operands((row.subject, row.reference))) for _, row in claims.rows}
    for line, claim in claims.rows:
        if _reaches(claim.id, uses):
            expected = "other claims that are not computed from this one"
            yield Fault(claims.file, line, "subject", shown(claim.subject), expected)


def _operands(texts: Sequence[str | None]) -> Iterator[str]:
    for text in texts:
        yield from claim_ids(text)


def _reaches(start: str, uses: dict[str, set[str]]) -> bool:
    seen: set[str] = set()
    ahead: Iterable[str] = uses.get(start, ())
    while ahead:
        if start in ahead:
            return True
        seen |= set(ahead)
        ahead = {other for name in ahead for other in uses.get(name, ())} - seen
    return False
