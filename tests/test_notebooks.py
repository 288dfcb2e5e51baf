"""Every notebook runs from its first to its last cell, offline, and is stored without outputs."""

import ast
import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient

import geoconflict
from tests.conftest import REPOSITORY

NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
# No cell may reach a server, whatever the machine can, nor use what another notebook left.
START = """%reset -f
import os, socket
os.chdir({folder!r})
def _refuse(*_, **__): raise OSError("a notebook asked for the network")
socket.create_connection = socket.getaddrinfo = _refuse"""
# A million rows show nothing that fewer do not; tests/benchmarks/enrich.py measures them.
MANY, FEWER = "COUNT = 1_000_000", "COUNT = 20_000"


@pytest.fixture(scope="module")
def kernel():
    """One kernel for all notebooks, which then import the libraries once."""
    manager = AsyncKernelManager()
    yield manager
    if manager.has_kernel:
        # The browser of other tests keeps a loop running in this thread.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(lambda: asyncio.run(manager.shutdown_kernel(now=True))).result()


def execute(notebook, kernel, folder):
    """Run a notebook in a folder; its cells then hold their outputs."""
    notebook.cells.insert(0, nbformat.v4.new_code_cell(START.format(folder=str(folder))))
    client = NotebookClient(notebook, km=kernel, timeout=300)
    try:
        client.execute()
    finally:
        client.kc.stop_channels()


def code(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path, kernel):
    notebook = nbformat.reads(path.read_text("utf-8").replace(MANY, FEWER), as_version=4)
    execute(notebook, kernel, path.parent)
    shown = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    assert any("text/html" in out.get("data", {}) for out in shown)
    assert not any(out.get("name") == "stderr" for out in shown), shown


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_uses_public_names_and_short_definitions(path):
    text = "\n".join(code(nbformat.read(path, as_version=4)))
    tree = ast.parse(text)
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "gc"
    }
    assert used
    assert used <= set(geoconflict.__all__)
    assert not re.search(r"geoconflict(\.\w+)* import \w*\b_|\._[a-z]", text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            assert node.end_lineno - node.lineno < 3


def test_the_notebook_of_a_million_has_a_million():
    assert MANY in NOTEBOOKS[5].read_text("utf-8")


def test_long_work_shows_in_a_notebook_how_far_it_is(kernel):
    source = "import geoconflict as gc\nfronts = gc.Fronts.read('tests/fronts/squares').series()"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    execute(notebook, kernel, REPOSITORY)
    (bar,) = notebook.cells[1].outputs
    assert '<progress value="4" max="4">' in bar["data"]["text/html"]


def test_the_notebooks_are_numbered_from_nought():
    assert [path.name[:2] for path in NOTEBOOKS] == [f"{n:02d}" for n in range(6)]


def test_the_first_takes_ten_cells():
    assert len(code(nbformat.read(NOTEBOOKS[0], as_version=4))) == 10
