import csv
import os
import shutil
import signal
import tempfile
from functools import cache
from pathlib import Path

import hypothesis
import pytest

from geoconflict import Borders, Gazetteer, read_casebook
from geoconflict.gazetteer import lookup

# A developer's own places must not change what the tests see.
os.environ["GEOCONFLICT_DATA"] = tempfile.mkdtemp(prefix="geoconflict-tests-")
# A shell that runs the tests in the background has them ignore Ctrl-C, and what they start too.
signal.signal(signal.SIGINT, signal.default_int_handler)
# How long an example takes is the machine's matter, not the code's. The same examples each time:
# new ones are looked for by the long run of CONTRIBUTING, where a find stops nobody's work.
hypothesis.settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis.settings.register_profile("searching", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("GEOCONFLICT_EXAMPLES", "repeatable"))
REPOSITORY = Path(__file__).resolve().parent.parent
JANUARY = REPOSITORY / "maps" / "january-2025"


def read_table(path):
    """The rows of a CSV file as mappings of text."""
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


@pytest.fixture(scope="session")
def browser():
    """The system's browser, one for all tests of a process: two do not go together."""
    from playwright.sync_api import sync_playwright

    from tests.page.conftest import launch

    with sync_playwright() as playwright:
        found = launch(playwright)
        yield found
        found.close()


@pytest.fixture(scope="session")
def gazetteer():
    return Gazetteer.default()


@pytest.fixture(scope="session")
def borders():
    return Borders.default()


@pytest.fixture(scope="session")
def january():
    return read_casebook(JANUARY)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A user's folder of places, empty, for the default gazetteer that is opened next."""
    path = tmp_path / "data"
    monkeypatch.setenv("GEOCONFLICT_DATA", str(path))
    monkeypatch.setattr(lookup, "_default", cache(lookup._default.__wrapped__))
    return path


@pytest.fixture
def casebook_copy(tmp_path):
    """A copy of the first casebook that a test may break."""
    return Path(shutil.copytree(JANUARY, tmp_path / "january-2025"))
