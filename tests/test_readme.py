"""What the README shows is true: its commands run and its Python does what it says."""

import re
import shlex

import pytest

from tests.commands import run
from tests.conftest import REPOSITORY

README = (REPOSITORY / "README.md").read_text("utf-8")
GUIDE = (REPOSITORY / "geoconflict" / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^ {4}(geoconflict .*?)(?: {2,}.*)?$", README, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(command, tmp_path):
    words = shlex.split(command)
    if "-o" in words:
        at = words.index("-o") + 1
        words[at] = str(tmp_path / words[at])
    result = run(*words[1:], cwd=REPOSITORY)
    # A check that finds a wrong figure says so with 2.
    assert result.returncode == (2 if words[1] == "check" else 0), result.stderr
    assert result.stdout


def test_there_are_commands_in_the_readme():
    assert len(COMMANDS) == 9


def test_the_python_of_the_readme_runs(monkeypatch, capsys, tmp_path):
    (tmp_path / "maps").symlink_to(REPOSITORY / "maps")
    monkeypatch.chdir(tmp_path)
    for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL):
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102
    printed = capsys.readouterr().out
    assert "contradicted 18 km² a day (11 mi² a day)" in printed


def test_the_check_script_runs_the_commands_of_the_readme():
    patterns = re.findall(r"grep -E '(.*?)' README.md", (REPOSITORY / ".ci/run").read_text("utf-8"))
    for pattern in patterns:
        assert len(re.findall(pattern, README, re.MULTILINE)) == 1


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "geoconflict/README.md"])
def test_every_link_leads_to_a_file(name):
    page = REPOSITORY / name
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_is_one_screen():
    assert len(README.splitlines()) <= 80


def test_every_notebook_is_linked():
    for path in (REPOSITORY / "notebooks").glob("*.ipynb"):
        assert f"notebooks/{path.name}" in README


def test_the_guide_tells_of_every_verdict():
    for verdict in ("supported", "off", "contradicted", "undetermined"):
        assert f"| {verdict} |" in GUIDE
