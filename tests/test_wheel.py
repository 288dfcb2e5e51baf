"""The built wheel works without the repository beside it."""

import os
import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Our wheel alone in a folder; the libraries come from the test environment."""
    work = tmp_path_factory.mktemp("wheel")
    build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", work, REPOSITORY]
    _python(*build, cwd=work)
    (wheel,) = work.glob("*.whl")
    install = ["-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", work / "site"]
    _python(*install, wheel, cwd=work)
    return work / "site"


def _python(*arguments, cwd, **variables):
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_a_command_runs_from_another_folder(installed, tmp_path):
    code = "import geoconflict.files.embedded as e; print(e.embedded_path('borders.gpkg'))"
    where = _python("-c", code, cwd=tmp_path, PYTHONPATH=str(installed))
    assert where.startswith(str(installed))
    command = ["-m", "geoconflict", "measure", "Ryazan", "border:UA"]
    printed = _python(*command, cwd=tmp_path, PYTHONPATH=str(installed))
    assert "462.5 km" in printed


def test_every_embedded_file_is_in_it(installed):
    code = (
        "from geoconflict.files.embedded import manifest, verify\n"
        "[verify(name) for name in manifest()['files']]; print(len(manifest()['files']))"
    )
    printed = _python("-c", code, cwd=installed.parent, PYTHONPATH=str(installed))
    assert int(printed) >= 11


def test_notebooks_run_without_the_repository(installed, tmp_path):
    code = (
        "import warnings, geoconflict as gc, nbformat; warnings.simplefilter('ignore')\n"
        "for name in ('00', '02', '03', '04'):\n"
        "    (path,), scope = gc.example('notebooks').glob(f'{name}*.ipynb'), {'display': print}\n"
        "    for cell in nbformat.read(path, as_version=4).cells:\n"
        "        if cell.cell_type == 'code': exec(cell.source, scope)\n"
        "    print('ran', path)\n"
    )
    printed = _python("-c", code, cwd=tmp_path, PYTHONPATH=str(installed)).splitlines()
    assert sum(line.startswith(f"ran {installed}") for line in printed) == 4
