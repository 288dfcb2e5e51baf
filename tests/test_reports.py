"""A file of many reports: the same bytes on one process, on all cores and on a cluster."""

import json
import multiprocessing
import os
import signal

import pytest

from geoconflict import EnrichError, answer_reports, check_report
from geoconflict.enrichment import reports
from tests.commands import run
from tests.conftest import REPOSITORY

TEXTS = sorted((REPOSITORY / "notebooks" / "site" / "texts").glob("*.txt"))


@pytest.fixture
def many(tmp_path):
    """Eight reports, and three lines that are none."""
    rows = [
        {"id": f"r{n}", "text": TEXTS[n % len(TEXTS)].read_text("utf-8"), "date": "2025-02-03"}
        for n in range(8)
    ]
    lines = [*map(json.dumps, rows), "nonsense", '{"text": 5}', '{"text": "x", "date": "today"}']
    path = tmp_path / "reports.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_each_line_is_answered_in_its_order_as_one_report_is(many, tmp_path):
    result = run("reports", "check", many, "-o", tmp_path / "checks.jsonl")
    assert "(11 reports)" in result.stdout
    assert "3 could not be read, e.g. line 9: " in result.stdout
    lines = (tmp_path / "checks.jsonl").read_text("utf-8").splitlines()
    answers = [json.loads(line) for line in lines]
    assert [one["id"] for one in answers] == [*(f"r{n}" for n in range(8)), 9, 10, 11]
    alone = check_report(TEXTS[0].read_text("utf-8"))
    assert [one["reason"] for one in answers[0]["checks"]] == [
        one["reason"] for one in alone["checks"]
    ]
    assert ["error" in one for one in answers] == [False] * 8 + [True] * 3


@pytest.mark.filterwarnings("ignore")  # Dask's own, about ports and event loops
def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(many, tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(reports, "CHUNK", 1)
    monkeypatch.setattr(reports, "_AHEAD", 3)
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    answer_reports(many, one, what="draft")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        killed = []

        def kill_one(done):
            if done >= 4 and not killed:
                worker = next(iter(cluster.workers.values()))
                os.kill(worker.pid, signal.SIGKILL)
                killed.append(done)

        address = cluster.scheduler_address
        done = answer_reports(many, other, what="draft", scheduler=address, progress=kill_one)
    assert killed
    assert (done.reports, done.faults) == (11, 3)
    assert other.read_bytes() == one.read_bytes()


def test_a_process_that_is_killed_costs_no_answer(many, tmp_path, monkeypatch):
    monkeypatch.setattr(reports, "CHUNK", 1)
    monkeypatch.setattr(reports, "_AHEAD", 3)
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    answer_reports(many, one, what="check")
    killed = []

    def kill_one(done):
        if done >= 4 and not killed:
            killed.append(multiprocessing.active_children()[0])
            killed[0].kill()

    done = answer_reports(many, other, what="check", progress=kill_one)
    assert killed
    assert (done.reports, done.faults) == (11, 3)
    assert other.read_bytes() == one.read_bytes()


def die(*_):
    os._exit(9)


def test_a_report_that_kills_every_process_is_said_and_leaves_no_output(
    many, tmp_path, monkeypatch
):
    monkeypatch.setattr(reports, "_ANSWERS", {"check": die})
    with pytest.raises(EnrichError, match="died 3 times over the same reports"):
        answer_reports(many, tmp_path / "o.jsonl", what="check")
    assert not (tmp_path / "o.jsonl").exists()


def test_no_scheduler_leaves_no_output(many, tmp_path):
    pytest.importorskip("distributed")
    with pytest.raises(EnrichError, match="no Dask scheduler"):
        answer_reports(many, tmp_path / "o.jsonl", what="check", scheduler="nonsense:::address")
    assert not (tmp_path / "o.jsonl").exists()


def test_what_is_wrong_is_told_of_the_line_or_the_file_that_it_is_in(tmp_path):
    path = tmp_path / "reports.jsonl"
    good = b'{"text": "Kazan is 915 km from the border."}'
    path.write_bytes(
        b"\n".join([good, b'{"text": "Caf\xe9"}', b"no", b'{"text": "x", "date": "2025-02-30"}'])
    )
    answered = answer_reports(path, tmp_path / "checks.jsonl", what="check")
    assert (answered.reports, answered.faults) == (4, 3)
    lines = (tmp_path / "checks.jsonl").read_text("utf-8").splitlines()
    told = [json.loads(line).get("error", "") for line in lines]
    assert told[0] == ""
    assert "line 2: found bytes that are no UTF-8" in told[1]
    assert "line 3: found no JSON" in told[2]
    assert "'2025-02-30' is no day: expected one such as 2025-01-24" in told[3]
    missing = run("reports", "check", tmp_path / "none.jsonl", "-o", tmp_path / "out.jsonl")
    assert "none.jsonl: No such file" in missing.stderr
    assert not (tmp_path / "out.jsonl").exists()
