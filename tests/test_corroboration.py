"""Fires from space and air-raid alerts beside the strikes of a casebook."""

import json

import pytest

from geoconflict import read_casebook
from geoconflict.enrichment.corroboration import corroborate
from geoconflict.errors import ImportFileError
from tests.commands import run


def made(path, text):
    path.write_text(text, "utf-8")
    return path


def _book(folder):
    text = (
        "id,date,lat,lon,oblast,kind,place\n"
        # 51.48 N, 46.12 E; 0.01 degrees of latitude are 1.1 km.
        "1,2025-01-14,51.48,46.12,Saratov Oblast,strike,Engels\n"
        "2,2025-01-14,48.2822,37.1818,Donetsk Oblast,strike,Pokrovsk\n"
        "3,2025-01-14,51.48,46.12,Saratov Oblast,clash,Engels\n"
    )
    made(folder / "t.csv", text)
    run("import", "csv", "t.csv", cwd=folder)
    run("import", "csv", "t.csv", "--mapping", "t.mapping.toml", "-o", "book", cwd=folder)
    return folder / "book"


FIRES = (
    "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,confidence,frp,daynight\n"
    # 21:30 in UTC on the 13th is 01:30 on the 14th in Saratov; the second fire is 1.1 km off.
    "51.48,46.12,340,0.4,0.4,2025-01-13,2130,N,n,12.3,N\n"
    "51.49,46.12,340,0.4,0.4,2025-01-14,0012,N,n,12.3,N\n"
    # Too early, too far, too late.
    "51.48,46.12,340,0.4,0.4,2025-01-13,0030,N,n,12.3,N\n"
    "51.58,46.12,340,0.4,0.4,2025-01-14,0012,N,n,12.3,N\n"
    "51.48,46.12,340,0.4,0.4,2025-01-15,2130,N,n,12.3,N\n"
)


def test_fires_are_seen_beside_strikes_and_are_no_events(tmp_path):
    fires = made(tmp_path / "firms.csv", FIRES)
    found = corroborate(read_casebook(_book(tmp_path)), [fires])
    seen = {row["id"]: row for row in found.table.to_dict("records")}
    assert sorted(seen) == ["t-1", "t-2"]
    assert (seen["t-1"]["seen"], seen["t-1"]["nearest_km"], seen["t-2"]["seen"]) == (2, 0.0, 0)
    assert (seen["t-1"]["first"], seen["t-1"]["last"]) == ("2025-01-14 01:30", "2025-01-14 04:12")
    result = run("corroborate", tmp_path / "book", fires, "-o", "out.csv", cwd=tmp_path)
    assert "2 strikes: 1 with something seen" in result.stdout
    assert "not compared, as their kind is not strike: clash 1" in result.stdout
    assert (tmp_path / "out.csv").read_text("utf-8").count("\n") == 3
    refused = run("import", "csv", fires, cwd=tmp_path)
    assert (refused.returncode, "no events" in refused.stdout) == (3, True)
    by_hand = run("import", "csv", fires, "--mapping", "firms.mapping.toml", cwd=tmp_path)
    assert (by_hand.returncode, "corroborate CASEBOOK" in by_hand.stderr) == (1, True)


def test_a_fire_of_the_day_before_the_night_is_told_and_not_counted(tmp_path):
    text = "date,lat,lon,weapon\nnight 13-14 January 2025,51.48,46.12,drone\n"
    path = made(tmp_path / "t.csv", text)
    run("import", "csv", path, cwd=tmp_path)
    run("import", "csv", path, "--mapping", "t.mapping.toml", "-o", "book", cwd=tmp_path)
    fires = made(tmp_path / "firms.csv", FIRES)
    (row,) = corroborate(read_casebook(tmp_path / "book"), [fires]).table.to_dict("records")
    # 04:30 on the 13th is before the night.
    assert (row["seen"], row["first"]) == (2, "2025-01-14 01:30")
    assert "1 fires not counted: on the first day before its evening" in row["what"]


def test_alerts_of_the_oblast_and_night(tmp_path):
    alerts = made(
        tmp_path / "alerts.csv",
        "oblast,raion,hromada,level,started_at,finished_at,source\n"
        # 22:10 in UTC on the 13th is 00:10 on the 14th in Kyiv.
        "Донецька область,,,oblast,2025-01-13 22:10:00+00:00,2025-01-13 23:00:00+00:00,official\n"
        "Донецька область,,,oblast,2025-01-14 22:10:00+00:00,2025-01-14 23:00:00+00:00,official\n"
        "Сумська область,,,oblast,2025-01-13 22:10:00+00:00,2025-01-13 23:00:00+00:00,official\n",
    )
    found = corroborate(read_casebook(_book(tmp_path)), [alerts])
    seen = {row["id"]: row for row in found.table.to_dict("records")}
    assert (seen["t-2"]["seen"], seen["t-2"]["first"]) == (1, "2025-01-14 00:10")
    assert seen["t-1"]["seen"] != seen["t-1"]["seen"]
    with pytest.raises(ImportFileError, match="air-raid alerts"):
        corroborate(read_casebook(tmp_path / "book"), [made(tmp_path / "x.csv", "a,b\n1,2\n")])


@pytest.mark.parametrize(
    "text",
    [
        "region,alarm_start,alarm_end\nДонецька,2025-01-14T20:10+02:00,2025-01-14T21:00+02:00\n",
        "Область;Початок тривоги;Відбій\nДонецька;14.01.2025 18:10;14.01.2025 19:00\n",
        "region,started_at,ended_at\nDonetsk Oblast,2025-01-14 18:10 UTC,2025-01-14 19:00 UTC\n",
    ],
)
def test_alerts_of_other_layouts_are_read(tmp_path, text):
    found = corroborate(read_casebook(_book(tmp_path)), [made(tmp_path / "alerts.csv", text)])
    seen = {row["id"]: row for row in found.table.to_dict("records")}
    assert (seen["t-2"]["seen"], seen["t-2"]["first"]) == (1, "2025-01-14 20:10")
    is_bare = any("read as UTC" in note for note in found.notes)
    assert is_bare == (";" in text)


def test_a_strike_that_only_its_oblast_places_is_not_compared_with_fires(tmp_path):
    book = _book(tmp_path)
    events = (book / "events.csv").read_text("utf-8")
    header = events.splitlines()[0].split(",")
    told = {"id": "t-9", "kind": "strike", "admin1": "RU-SAR", "country": "RU", "actor": "UA"}
    told |= {"date_start": "2025-01-14", "date_end": "2025-01-14", "status": "claimed"}
    row = ",".join(told.get(name, "") for name in header)
    made(book / "events.csv", f"{events}{row}\n")
    found = corroborate(read_casebook(book), [made(tmp_path / "firms.csv", FIRES)])
    seen = {row["id"]: row["seen"] for row in found.table.to_dict("records")}
    assert seen["t-9"] != seen["t-9"]
    result = run("corroborate", book, tmp_path / "firms.csv")
    assert "or where the files tell of nothing: t-9" in result.stdout


@pytest.mark.parametrize(
    ("kind", "confidence", "told"),
    [
        ("2", "n", "of type 2, another static land source"),
        ("3", "n", "of type 3, offshore"),
        ("0", "l", "of low confidence (l)"),
        ("0", "12", "of low confidence (12)"),
    ],
)
def test_a_flare_or_a_fire_of_low_confidence_is_told_and_not_counted(
    tmp_path, kind, confidence, told
):
    header = "latitude,longitude,acq_date,acq_time,frp,confidence,type\n"
    here = "51.48,46.12,2025-01-14,0012,9"
    fires = made(tmp_path / "firms.csv", f"{header}{here},{confidence},{kind}\n{here},h,0\n")
    row = corroborate(read_casebook(_book(tmp_path)), [fires]).table.iloc[0]
    assert row["seen"] == 1
    assert f"1 fires not counted: {told}" in row["what"]
    made(fires, f"{header}{here},{confidence},{kind}\n")
    result = run("corroborate", tmp_path / "book", fires)
    assert "0 with something seen" in result.stdout
    assert told in result.stdout


def test_what_burns_on_many_days_is_told(tmp_path):
    header = "latitude,longitude,acq_date,acq_time,frp\n"
    days = "".join(f"51.48,46.12,2025-01-{day},0012,9\n" for day in ("01", "05", "09", "14"))
    book = read_casebook(_book(tmp_path))
    row = corroborate(book, [made(tmp_path / "firms.csv", header + days)]).table.iloc[0]
    assert (row["seen"], "on 3 other days" in row["what"]) == (1, True)


def test_alerts_as_an_api_gives_them_are_counted_once_and_none_that_ends_before_it_starts(tmp_path):
    rows = [
        ("Донецька область", "2025-01-13T22:10:00Z", "2025-01-13T23:00:00Z"),
        ("Донецька область", "2025-01-13T22:10:00Z", "2025-01-13T23:00:00Z"),
        ("Донецька область", "2025-01-14T05:00:00Z", "2025-01-14T04:00:00Z"),
        ("м. Київ", "2025-01-14T05:00:00Z", None),
    ]
    alerts = [
        {"id": n, "alert_type": "air_raid", "location_oblast": area, "started_at": start}
        | {"finished_at": end, "notes": None}
        for n, (area, start, end) in enumerate(rows)
    ]
    file = made(tmp_path / "alerts.json", json.dumps({"alerts": alerts, "meta": {}}))
    found = corroborate(read_casebook(_book(tmp_path)), [file])
    # The strike of Engels lies in Russia, to which no alerts of Ukraine belong.
    assert found.table.set_index("place")["seen"].dropna().to_dict() == {"Pokrovsk": 1}
    assert found.notes[1:] == (
        "alerts.json: 1 rows that were there before",
        "alerts.json: 1 rows of alerts that end before they start",
    )


def test_fires_at_no_strike_are_counted(tmp_path):
    found = corroborate(read_casebook(_book(tmp_path)), [made(tmp_path / "firms.csv", FIRES)])
    assert "firms.csv: 3 fires at no strike compared, or at other times" in found.notes


@pytest.mark.parametrize(
    "text",
    [
        "oblast,started_at,finished_at\nNarnia,2025-01-14T00:00:00Z,\n",
        "latitude,longitude,acq_date,acq_time\nabc,46.12,2025-01-14,0012\n",
    ],
)
def test_where_nothing_could_be_read_no_strike_is_said_to_be_unseen(tmp_path, text):
    found = corroborate(read_casebook(_book(tmp_path)), [made(tmp_path / "a.csv", text)])
    assert found.table["seen"].isna().all()
    assert any("1 rows without" in note for note in found.notes)
