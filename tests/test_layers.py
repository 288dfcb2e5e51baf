"""The modules import only upwards, in the order of the data flow."""

import ast
import subprocess
import sys
from pathlib import Path

import geoconflict

LAYERS = """
errors notebook look files theatre measuring casebooks.records casebooks.tables gazetteer fronts
references measurements casebooks reading claims exporters importers enrichment page article plots
views cli __main__
"""
ORDER = LAYERS.split()
PACKAGE = Path(geoconflict.__file__).parent


def _layer(module):
    """The longest entry of the order that a dotted name below the package belongs to."""
    parts = module.split(".")
    names = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((name for name in names if name in ORDER), parts[0])


def _imported(path):
    """Dotted names that a module imports, those that it loads by name at run time included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        name = None
        if isinstance(node, ast.ImportFrom):
            name = node.module
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            name = node.args[0].value if called == "import_module" else None
        if (name or "").startswith("geoconflict."):
            yield name.removeprefix("geoconflict.")


def test_every_module_has_its_place_in_the_order():
    found = {p.stem for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert found - {"__init__"} == {name.partition(".")[0] for name in ORDER}


def test_modules_import_only_what_comes_before():
    for path in PACKAGE.rglob("*.py"):
        module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        if module == "__init__":
            continue
        for name in _imported(path):
            lower, upper = ORDER.index(_layer(name)), ORDER.index(_layer(module))
            assert lower <= upper, f"{path.name} imports {name}"


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
