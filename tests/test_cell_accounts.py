"""Nothing is lost: each cell of every row is in a field, in extra, or in the row set aside."""

import csv
import datetime as dt
import json
import re
import tempfile
from pathlib import Path

import pandas as pd
import pyogrio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoconflict.importers import READERS, read_csv
from geoconflict.importers.mapping import Columns, TableMapping
from geoconflict.measuring.datewords import read_when
from tests.test_row_accounts import SOURCES, filled, plain

# What a cell of each kind can hold: as it should be, as people write it, and what is none.
ODD = ("soon", "?", "see below", "н/д", "12 of them", "Київ", "0", "-1", "x, y", "t.me/abcde/1")
GOOD = {
    "date_start": ("2025-01-14", "14.01.25", "03/04/2025", "night of 14 January 2025"),
    "date_end": ("2025-01-15", "15.01.2025", ""),
    "time": ("04:30", "0430", "morning"),
    "zone": ("UTC", "Europe/Kyiv", "Mars"),
    "night": ("13/14", "yes", "night"),
    "lon": ("37.18", "37,18", "37 10 48 E", "0"),
    "lat": ("48.28", "48,28", "48 16 55 N", "0"),
    "position": ("48.28, 37.18", "48°16'55\"N 37°10'48\"E", "45.1, 46.2", "8GXPHHQ2+8H"),
    "easting": ("512345",),
    "northing": ("5312345",),
    "utm_zone": ("37N", "37", "99"),
    "facility": ("oil depot", "Рязань, НПЗ"),
    "place": ("Pokrovsk", "Sumy – Konotop", "Київ"),
    "admin1": ("Донецька область", "Kyiv", "Mordor"),
    "country": ("Ukraine", "RU", "Narnia"),
    "kind": ("drone strike", "clash", "party"),
    "target_type": ("refinery", "house of cards"),
    "actor": ("Russia", "enemy", "UA and RU"),
    "weapon": ("Shahed", "КАБ"),
    "effects": ("A fire, 2 killed", "see t.me/abcde/2"),
    "killed": ("2", "at least 2", "10–12", "двоє", "2 dead, 5 injured"),
    "injured": ("5", "dozens"),
    "launched": ("10", "10+"),
    "shot_down": ("7", "all"),
    "hits": ("2", "yes", "several"),
    "status": ("confirmed", "claimed", "who knows"),
    "stance": ("claims", "denies", "shrugs"),
    "claimant": ("General Staff", "@abcde", "https://example.org/1"),
    "denied_by": ("Ministry", "A; B"),
    "url": ("https://example.org/2", "t.me/abcde/3", "no link"),
    "url_2": ("example.org/4",),
    "url_3": ("@abcde",),
    "precision_m": ("500", "0.5 km", "near"),
}
WAYS = (("lon", "lat"), ("position",), ("easting", "northing", "utm_zone"))
POSITIONS = {name for way in WAYS for name in way}
MEANT = {
    "kinds": {"drone strike": "strike", "clash": "clash"},
    "actors": {"Russia": "RU"},
    "target_types": {"refinery": "refinery"},
    "statuses": {"confirmed": "confirmed", "claimed": "claimed"},
    "stances": {"claims": "claims", "denies": "denies"},
}
# Fields that an event has whatever its cells say, so that they show nothing of a cell.
ALWAYS = {"kind", "status", "actor", "date_end"}
SOME = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def tables(draw):
    """Columns of a casebook with one way of telling positions, and rows of their cells."""
    way = draw(st.sampled_from(WAYS))
    free = [name for name in GOOD if name not in POSITIONS and name != "date_start"]
    chosen = draw(st.lists(st.sampled_from(free), unique=True, max_size=8))
    names = ["date_start", *way, *chosen]
    cells = {name: st.sampled_from((*GOOD[name], *GOOD[name], *ODD, "")) for name in names}
    cells["rest"] = st.sampled_from(("", "more", "=1+1", "ї"))
    return names, draw(st.lists(st.fixed_dictionaries(cells), min_size=1, max_size=6))


def written(kind, rows, folder):
    if kind == "json":
        (folder / "a.json").write_text(json.dumps(rows), "utf-8")
        return folder / "a.json"
    if kind == "xlsx":
        pyogrio.write_dataframe(pd.DataFrame(rows), folder / "a.xlsx", layer="t", driver="XLSX")
        return folder / "a.xlsx"
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder / "a.csv"


def lost(found, rows, key):
    """Each column and cell that is nowhere: neither as it stands nor as what it says.

    ``key`` is the column that tells rows apart, and whose cells are kept as they stand.
    """
    kept = [(one, _texts(one, found)) for one in found.casebook.events.to_dict("records")]
    kept += [(None, set(json.loads(one.row).values())) for one in found.account.set_aside]
    gone = []
    for row in rows:
        own = [(e, texts) for e, texts in kept if any(row[key] in text for text in texts)]
        gone += [
            (name, cell)
            for name, cell in row.items()
            if plain(cell) and not any(_is_held(name, plain(cell), *one) for one in own)
        ]
    return gone


def _texts(event, found):
    reports = found.casebook.reports.to_dict("records")
    said = [v for one in reports if one["event_id"] == event["id"] for v in one.values()]
    extra = json.loads(event["extra"] or "{}")
    return {*map(str, event.values()), *map(str, said), *map(str, extra.values())}


def _is_held(name, cell, event, texts):
    if any(cell in text for text in texts):
        return True
    if event is None:
        return False
    if name in POSITIONS | {"latitude", "longitude", "coordinates"}:
        return not pd.isna(event["lon"])
    if name in ("denied_by", "source"):
        return all(part.strip() in texts for part in re.split("[,;]", cell))
    field = {"fatalities": "killed", "destroyed": "shot_down"}.get(name, name)
    if any(word in name.lower() for word in ("date", "time")) and name != "time":
        # A time of another zone can be of the next day at the place.
        days = read_when(cell, order="dmy").days
        told = (event[end].date() for end in ("date_start", "date_end"))
        return any(abs(days.start - day) <= dt.timedelta(1) for day in told)
    return field not in ALWAYS and field in event and not pd.isna(event[field])


def test_every_column_of_a_casebook_is_tried():
    assert set(GOOD) == set(Columns.model_fields) - {"id"}


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
@SOME
@given(table=tables())
def test_every_cell_of_a_table_is_kept(kind, table):
    names, rows = table
    rows = [{"id": f"row{number}", **row} for number, row in enumerate(rows)]
    rows.append({**dict.fromkeys(rows[0], ""), "id": "sure", "date_start": "2025-01-14"})
    columns = {name: name for name in ("id", *names)}
    plan = TableMapping.model_validate({"title": "t", "columns": columns, **MEANT})
    with tempfile.TemporaryDirectory() as folder:
        found = read_csv(written(kind, rows, Path(folder)), mapping=plan)
    assert lost(found, rows, "id") == []


DAYS = st.sampled_from(["2025-01-14", "14.01.25", "soon", "2025-01-13T22:40Z", "1970-01-01"])
DEGREES = st.sampled_from(["48.28", "37,18", "0", "N48.28", "x", "", "999"])


@pytest.mark.parametrize("source", sorted(SOURCES))
@SOME
@given(
    rows=st.lists(st.fixed_dictionaries({"date": DAYS, "lat": DEGREES, "lon": DEGREES}), max_size=5)
)
def test_every_cell_of_a_source_is_kept(source, rows):
    rows = [*rows, {"date": "2025-01-14", "lat": "48.98", "lon": "37.80"}]
    made = [filled(SOURCES[source], row, n) for n, row in enumerate(rows)]
    made = [{"id": str(n), **row, "Rest": f"<row {n}>"} for n, row in enumerate(made)]
    with tempfile.TemporaryDirectory() as folder:
        found = READERS[source](written("csv", made, Path(folder)))
    assert lost(found, made, "Rest") == []
