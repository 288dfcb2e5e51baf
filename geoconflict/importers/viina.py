"""VIINA 2.0: events from news reports, a row a report or a row an event."""

from __future__ import annotations

from geoconflict.casebooks.ids import digest
from geoconflict.casebooks.records import EventKind
from geoconflict.importers.denials import tells_downed
from geoconflict.importers.drafts import Draft, RowFault, Said
from geoconflict.importers.importing import (
    Imported,
    Paths,
    Source,
    make_imported,
    read_tables,
    told_as_reader,
)
from geoconflict.importers.precision import precision_m, unknown_code
from geoconflict.importers.rawrows import RawRow
from geoconflict.importers.unitnames import is_city_or_oblast
from geoconflict.importers.weblinks import find_urls
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.datewords import read_day

SOURCE = Source(
    id="viina",
    title="Violent Incident Information from News Articles (VIINA 2.0)",
    publisher="Yuri Zhukov and Natalie Ayers",
    licence="ODbL 1.0",
    attribution="Events: VIINA 2.0, Zhukov and Ayers, ODbL 1.0",
    url="https://github.com/zhukovyuri/VIINA",
)
_IDS = ("event_id_1pd", "event_id", "report_id", "id")
_COLUMNS = ((*_IDS, "viina_version"), ("date",), ("longitude",), ("latitude",))
_PLACED = ("event_id_1pd", "date", "asciiname", "adm1_name", "longitude", "latitude")
# The flags that say what happened, the more telling first.
_KINDS: tuple[tuple[str, EventKind], ...] = (
    ("control", "control_change"),
    ("occupy", "control_change"),
    ("retreat", "control_change"),
    ("airstrike", "strike"),
    ("artillery", "strike"),
    ("uav", "strike"),
    ("aad", "interception"),
    ("firefight", "clash"),
    ("raid", "clash"),
)


@told_as_reader(
    "event_info.csv", "event_id,event_id_1pd,date,longitude,latitude\n1,1,20240101,37.18,48.28\n"
)
def read_viina(paths: Paths) -> Imported:
    """Return the events of VIINA as a casebook, and an account of every row.

    ``event_info`` or ``event_1pd`` tables, CSV or zip. Reports of ``event_info`` that VIINA
    counts as one event (``event_id_1pd``) become one event with several reports. Without
    ``GEO_PRECISION`` a point is taken as that of a town.
    """
    tables = read_tables(paths, columns=_COLUMNS, format_name="VIINA")
    return make_imported(SOURCE, tables, read_row=_draft)


def _draft(row: RawRow) -> Draft:
    if row.get("t_mil_b", "t_mil") in ("0", "0.0", "FALSE", "false"):
        message = f"news of nothing military, by the flag t_mil: {row.get('text')[:60]}"
        raise RowFault(message)
    day = read_day(row.get("date"))
    text = row.get("text", "representative_text")
    # "Kyiv" is the city or the oblast around it, which its tables do not tell apart.
    unit = "" if is_city_or_oblast(row.get("adm1_name")) else row.get("adm1_name")
    placed = [name for name in _PLACED if unit or name != "adm1_name"]
    precision = row.code("geo_precision") or "ADM3"
    return Draft(
        key=row.get(*_IDS) or digest(f"{n}={v}" for n, v in sorted(row.values.items())),
        kind=_kind(row, text),
        days=DateRange(day, day),
        place=row.get("asciiname", "location"),
        unit=unit,
        lon=row.get("longitude"),
        lat=row.get("latitude"),
        precision_m=precision_m("viina", precision),
        actor=_actor(row),
        effects=text,
        said=tuple(_said(row, text)),
        joins="event_id" in row.values,
        doubts=unknown_code("viina", precision),
        # Of a row with both texts the representative one is not in the draft.
        placed=(*placed, "text" if row.get("text") else "representative_text"),
    )


def _said(row: RawRow, text: str) -> list[Said]:
    outlets = row.get("source", "sources", "sources_matching").replace("|", ";").replace(",", ";")
    urls = find_urls(row.get("url", "source_urls"))
    names = [name.strip() for name in outlets.split(";") if name.strip()] or ["VIINA"]
    if len(names) == 1 and len(urls) > 1:
        return [Said(names[0], url=url, summary=text or None) for url in urls]
    paired = urls if len(urls) == len(names) else [None] * len(names)
    pairs = zip(names, paired, strict=True)
    return [Said(name, url=url, summary=text or None) for name, url in pairs]


def _is_set(row: RawRow, *flags: str) -> bool:
    return row.get(*flags) in ("1", "1.0", "TRUE", "true")


def _kind(row: RawRow, text: str) -> EventKind:
    """Return what happened by the flags; drones that were only shot down are no strike."""
    if _is_set(row, "t_aad_b", "t_aad") and tells_downed(text):
        return "interception"
    return next((k for flag, k in _KINDS if _is_set(row, f"t_{flag}_b", f"t_{flag}")), "other")


def _actor(row: RawRow) -> str:
    """Return the side that acts, where the flags name one side alone."""
    russian = _is_set(row, "a_rus_init_b", "a_rus_b", "a_rus")
    ukrainian = _is_set(row, "a_ukr_init_b", "a_ukr_b", "a_ukr")
    if russian == ukrainian:
        return "unknown"
    return "RU" if russian else "UA"
