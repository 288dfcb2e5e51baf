import subprocess
import sys
from contextlib import contextmanager

import pytest


@contextmanager
def served(folder):
    """The command as a user starts it, and the address that it prints."""
    command = [sys.executable, "-m", "geoconflict", "desk", str(folder), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process, process.stdout.readline().split(" is at ")[1].strip()
        finally:
            process.kill()


@pytest.fixture
def desk(tmp_path):
    """A desk over a folder that is not there yet: the folder and the address."""
    folder = tmp_path / "spring"
    with served(folder) as (_, address):
        yield folder, address


@pytest.fixture
def tab(browser, desk):
    """Open the desk in a tab, as often as it is called; nothing may break on any of them."""
    problems, contexts = [], []

    def open_(size=None):
        context = browser.new_context(viewport=size, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(desk[1])
        page.wait_for_selector("#start:not([hidden]), #desk:not([hidden])")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not problems
