"""Files and folders are written whole or not at all: killed, on a full disk, by two at once."""

import json
import os
import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from geoconflict import read_casebook
from geoconflict.errors import OutputError
from geoconflict.exporters import WRITERS
from geoconflict.files.folders import held, whole_folder
from geoconflict.files.writing import part_of, write_whole
from tests.commands import run
from tests.conftest import JANUARY, REPOSITORY

# Runs a command many times, each in a process of its own that the system ends at a random moment
# of the time that it takes; then once more to its end. It prints what was left each time.
KILLED = """
import contextlib, json, os, random, shutil, signal, sys, time
from pathlib import Path
from geoconflict import read_casebook
from geoconflict.cli import main

out, old, *command = sys.argv[1:]
random.seed(7)

def ran():
    sys.argv = ["geoconflict", *command]
    quiet = open(os.devnull, "w")
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        main()

def forked(seconds=0.0):
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        ran()
    return os.waitpid(pid, 0)[1]

def events():
    return len(read_casebook(out).events) if Path(out).exists() else 0

def start():
    shutil.rmtree(out, ignore_errors=True)
    if old:
        shutil.copytree(old, out)

start()
# What is loaded here, no fork has to load again.
with contextlib.suppress(SystemExit):
    ran()
start()
began = time.perf_counter()
forked()
longest = time.perf_counter() - began
whole, left = events(), []
while len(left) < 20 and sum(killed != 0 for killed, *_ in left) < 4:
    start()
    killed = forked(random.uniform(longest / 2, longest))
    found = events()
    again = forked()
    left.append([killed, found, again, events(), sorted(p.name for p in Path(out).iterdir())])
print(json.dumps([whole, left]))
"""
ROWS = "date,lon,lat,text\n" + "".join(
    f"2025-01-{n % 28 + 1:02},37.{n},48.1,{n}\n" for n in range(50)
)
MAPPING = '[columns]\ndate_start = "date"\nlon = "lon"\nlat = "lat"\neffects = "text"\n'


@pytest.fixture
def table(tmp_path):
    (tmp_path / "a.csv").write_text(ROWS, "utf-8")
    (tmp_path / "a.toml").write_text(f'title = "a"\n{MAPPING}', "utf-8")
    return ["import", "csv", tmp_path / "a.csv", "--mapping", tmp_path / "a.toml"]


@pytest.fixture
def old(tmp_path):
    """A casebook with one event."""
    (tmp_path / "one.csv").write_text("\n".join(ROWS.splitlines()[:2]), "utf-8")
    (tmp_path / "one.toml").write_text(f'title = "one"\n{MAPPING}', "utf-8")
    run(
        "import",
        "csv",
        tmp_path / "one.csv",
        "--mapping",
        tmp_path / "one.toml",
        "-o",
        tmp_path / "old",
    )
    return tmp_path / "old"


def killed(command, out, old=""):
    command = [sys.executable, "-c", KILLED, out, old, *command, "-o", out]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


TABLES = ["claims.csv", "events.csv", "map.toml", "reports.csv"]


def test_a_new_casebook_is_there_whole_or_not_at_all_when_an_import_is_killed(table, tmp_path):
    whole, left = killed(table, tmp_path / "out")
    assert whole == 50
    assert {found for _, found, *_ in left} <= {0, 50}
    assert any(signal for signal, *_ in left)
    assert all(after == [0, 50, TABLES] for _, _, *after in left)


def test_a_casebook_that_is_there_has_all_or_none_of_an_import_that_is_killed(table, old, tmp_path):
    whole, left = killed(table, tmp_path / "out", old)
    assert whole == 51
    assert {found for _, found, *_ in left} <= {1, 51}
    assert all(after == [0, 51, TABLES] for _, _, *after in left)


def test_files_that_were_ready_are_moved_up_by_who_comes_next(old):
    ready = old / ".geoconflict-ready"
    ready.mkdir()
    (ready / "events.csv").write_text(
        (old / "events.csv").read_text("utf-8").replace(",37,", ",38,")
    )
    assert read_casebook(old).events["lon"].tolist() == [38.0]
    assert not ready.exists()


def test_what_a_killed_process_left_half_written_is_removed(tmp_path):
    target = tmp_path / "a.txt"
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    own = part_of(target)
    left = own.with_name(own.name.replace(str(os.getpid()), str(dead.pid)))
    left.write_text("half")
    other = own.with_name("a.txt.elsewhere-1.part")
    other.write_text("of another machine")
    write_whole(target, "whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([target.name, other.name])


def test_nothing_of_a_folder_is_written_where_one_file_fails(old):
    before = {path.name: path.read_bytes() for path in old.iterdir()}
    with pytest.raises(OutputError), whole_folder(old) as part:
        write_whole(part / "missing" / "events.csv", "half")
    assert {path.name: path.read_bytes() for path in old.iterdir()} == before


def _make(folder):
    with whole_folder(folder) as part:
        write_whole(part / "x", "mine")
        folder.mkdir()
        (folder / "x").write_text("another's")


def test_two_that_make_a_folder_at_once_do_not_mix(tmp_path):
    with pytest.raises(OutputError, match="another run has just made it"):
        _make(tmp_path / "a")
    assert (tmp_path / "a" / "x").read_text() == "another's"


def test_a_second_writer_is_told_of_the_first(table, old):
    with held(old):
        result = run(*table, "-o", old)
    assert result.returncode == 1
    assert result.stderr.startswith("geoconflict: another run is writing to")
    assert run(*table, "-o", old).returncode == 0


@contextmanager
def full_disk(most):
    """No file grows beyond some bytes, which is what a full disk is to who writes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


OUTPUTS = {
    "map": ["map", JANUARY, "-o", "out.html"],
    "figure": ["figure", JANUARY, "-o", "out.svg"],
    **{
        kind: ["export", JANUARY, "--to", kind, "-o", f"out{ending}"]
        for kind, (_, ending) in WRITERS.items()
    },
}


@pytest.mark.parametrize("most", [0, 2_000])
@pytest.mark.parametrize("kind", OUTPUTS)
def test_on_a_full_disk_nothing_is_left_and_one_line_says_so(kind, most, tmp_path):
    with full_disk(most):
        result = run(*OUTPUTS[kind], cwd=tmp_path)
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("geoconflict: ")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no folder here is closed to everybody")
@pytest.mark.parametrize("kind", OUTPUTS)
def test_a_folder_that_nobody_may_write_to_is_told_in_one_line(kind, tmp_path):
    *command, name = OUTPUTS[kind]
    result = run(*command, f"/proc/{name}", cwd=tmp_path)
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1


def printed(command, *, env, shell=None):
    start = [sys.executable, "-m", "geoconflict", *command]
    return subprocess.run(
        ["sh", "-c", f'"$@" {shell}', "sh", *start] if shell else start,
        capture_output=True, cwd=REPOSITORY, env=os.environ | env, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
    ids=["cp1252", "C", "ascii"],
)
def test_a_terminal_that_lacks_the_letters_gets_all_the_rest(env):
    done = printed(["place", "Ryazan"], env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (
        "Рязань".encode() in done.stdout or rb"\u0420\u044f\u0437\u0430\u043d\u044c" in done.stdout
    )


@pytest.mark.parametrize("shell", [">&-", "| true", ">/dev/full"])
def test_an_output_that_nobody_takes_is_no_traceback(shell):
    if "full" in shell and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    done = printed(["place", "Ryazan"], env={}, shell=shell)
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 1
    if "full" in shell:
        assert (
            done.stderr == b"geoconflict: the output cannot be written: No space left on device\n"
        )
