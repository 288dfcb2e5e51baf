"""Tables as hospitals, councils, insurers and volunteers keep them: what is taken of their rows."""

import json

import pytest

from geoconflict.importers import read_csv
from geoconflict.importers.mapping import propose_mapping, read_mapping


def proposed(path, text, **changes):
    path.write_text(text, "utf-8")
    mapping = path.with_suffix(".toml")
    mapping.write_text(propose_mapping(path), "utf-8")
    return read_csv(path, mapping=read_mapping(mapping).model_copy(update=changes))


def rows(imported):
    return imported.casebook.events.to_dict("records")


def days(row):
    return str(row["date_start"])[:10], str(row["date_end"])[:10], row["date_basis"]


def doubts(imported):
    return [f"{one.reason}: {one.found}" for one in imported.account.doubts]


def set_aside(imported):
    return [one.remark.reason for one in imported.account.set_aside]


@pytest.mark.parametrize(
    ("entered", "happened"),
    [
        ("Дата госпіталізації", "Дата поранення"),
        ("Дата внесения в реестр", "Дата повреждения"),
        ("Date of assessment", "Loss date"),
        ("Date reported", "Day of damage"),
    ],
)
def test_of_two_days_that_of_the_event_is_taken_and_not_that_of_entering(
    entered, happened, tmp_path
):
    table = (
        f"{entered};{happened};Injured\n20.03.2025;17.03.2025;2\n20.03.2025;20.03.2025 вранці;1\n"
    )
    first, second = rows(proposed(tmp_path / "a.csv", table))
    assert days(first) == ("2025-03-17", "2025-03-17", "exact")
    assert days(second) == ("2025-03-20", "2025-03-20", "exact")
    assert json.loads(second["extra"])[happened] == "20.03.2025 вранці"


def test_of_bare_dates_beside_those_of_strikes_the_earlier_are_taken(tmp_path):
    table = "Дата,Дата удару,Поранено\n20.03.2025,17.03.2025,2\n21.03.2025,21.03.2025,1\n"
    first, _ = rows(proposed(tmp_path / "a.csv", table))
    assert days(first)[0] == "2025-03-17"


@pytest.mark.parametrize(
    ("time", "night", "found"),
    [
        ("03:30", "", ("2025-01-15", "2025-01-15", "assumed")),
        ("23:40", "14/15", ("2025-01-14", "2025-01-14", "assumed")),
        ("03:30", "14/15", ("2025-01-15", "2025-01-15", "assumed")),
        ("", "14/15", ("2025-01-14", "2025-01-15", "assumed")),
        ("вечером 14.01", "", ("2025-01-14", "2025-01-14", "assumed")),
        ("ночь", "14/15", ("2025-01-14", "2025-01-15", "assumed")),
    ],
)
def test_the_hour_of_a_post_is_not_that_of_the_event_beside_its_night_and_time(
    time, night, found, tmp_path
):
    table = (
        "Дата публикации,Время,Ночь,Погибших\n"
        f"15.01.2025 09:10,{time},{night},1\n16.01.2025 08:00,04:00,15/16,1\n"
    )
    first, _ = rows(proposed(tmp_path / "a.csv", table))
    assert days(first) == found


def test_a_line_with_nothing_but_a_day_is_no_event(tmp_path):
    table = "Дата,Місце,Загинуло\n01.06.2025,Херсон,2\nСтаном на 10.06.2025,,\n"
    imported = proposed(tmp_path / "a.csv", table)
    assert (imported.account.taken, set_aside(imported)) == (1, ["nothing but a day"])
