"""The modules import only upwards, in the order of the data flow."""

import ast
import subprocess
import sys
from pathlib import Path

import geoconflict

LAYERS = """
errors notebook writing colours embedded figures dates units quantities geodesy geoparquet borders
records tables gazetteer dumps fronts references measurements validation bundles casebook
casebookfiles positions reading claims links exporters importers enrichment page article plots views
cli __main__
"""
ORDER = LAYERS.split()
PACKAGE = Path(geoconflict.__file__).parent


def _imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("geoconflict."):
            yield node.module.split(".")[1]


def test_every_module_has_its_place_in_the_order():
    found = {p.stem for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert found - {"__init__"} == set(ORDER)


def test_modules_import_only_what_comes_before():
    for path in PACKAGE.rglob("*.py"):
        module = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if module == "__init__":
            continue
        for name in _imported(path):
            assert ORDER.index(name) <= ORDER.index(module), f"{path.name} imports {name}"


def _run(code):
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _loaded(*modules):
    return f"print(sorted({set(modules)!r} & set(sys.modules)))"


def test_looking_up_a_place_loads_neither_pandas_nor_geopandas():
    printed = _run(
        "import sys; from geoconflict.cli import app;"
        "app(['place', 'Kazan'], standalone_mode=False);"
        + _loaded("pandas", "geopandas", "folium", "shapely", "numpy")
    )
    assert printed.startswith("Kazan (Republic of Tatarstan, RU)")
    assert printed.endswith("[]\n")


def test_importing_the_package_imports_nothing_heavy():
    assert _run("import sys, geoconflict;" + _loaded("numpy", "pandas", "pyproj")) == "[]\n"


def test_every_public_name_can_be_imported():
    for name in geoconflict.__all__:
        assert getattr(geoconflict, name) is not None
