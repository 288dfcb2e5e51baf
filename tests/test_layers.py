"""The modules import only upwards, in the order of the data flow, and never in a circle."""

import ast
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import geoconflict
from tests.commands import run

LAYERS = """
facts errors notebook look files lexicon theatre measuring casebooks.celltypes casebooks.records
casebooks.checking casebooks.tables gazetteer fronts references measurements look.words look.names
look.say look.pointmap casebooks reading claims exporters importers drafting enrichment page article
review plots cards gallery desk cli __main__
"""
ORDER = LAYERS.split()
PACKAGE = Path(geoconflict.__file__).parent


def _module(path):
    """The dotted name below the package; a package by the name of its folder."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_module(path): path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE} | {
    path.stem: path for path in PACKAGE.glob("*.py") if path.stem != "__init__"
}


def _layer(module):
    """The longest entry of the order that a dotted name below the package belongs to."""
    parts = module.split(".")
    names = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((name for name in names if name in ORDER), parts[0])


def _named(node):
    """Dotted names that one statement or call imports; a call by a name made at run time: None."""
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.Call):
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if called in ("import_module", "__import__"):
            yield getattr(node.args[0], "value", None)


def _imported(path):
    """Modules below the package that a file imports, in functions and by name included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        for name in _named(node):
            if name is None:
                # The door of a package loads its own modules by name; nothing else does.
                assert path.name == "__init__.py", f"{path} loads a module by a name made up"
            elif name.startswith("geoconflict."):
                inside = name.removeprefix("geoconflict.")
                yield inside if inside in MODULES else inside.rpartition(".")[0]


def test_every_module_has_its_place_in_the_order():
    found = {p.stem for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert found - {"__init__"} == {name.partition(".")[0] for name in ORDER}


def test_the_head_of_a_package_tells_what_each_of_its_modules_is():
    for door in PACKAGE.glob("*/**/__init__.py"):
        told = set(re.findall(r"``(\w+)``", ast.get_docstring(ast.parse(door.read_text("utf-8")))))
        rooms = {p.stem for p in door.parent.glob("*.py")} - {"__init__"}
        rooms |= {path.parent.name for path in door.parent.glob("*/__init__.py")}
        assert rooms - told == set(), door
        assert {name for name in told - rooms if name.islower()} == set(), door


def test_modules_import_only_what_comes_before():
    for module, path in MODULES.items():
        for name in _imported(path):
            lower, upper = ORDER.index(_layer(name)), ORDER.index(_layer(module))
            assert lower <= upper, f"{module} imports {name}"


def test_no_module_imports_itself_in_a_circle():
    TopologicalSorter({module: set(_imported(path)) for module, path in MODULES.items()}).prepare()


def _run(code):
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _loaded(*modules):
    return f"print(sorted({set(modules)!r} & set(sys.modules)))"


FRONTS = ("geoconflict.fronts.collection", "geoconflict.measuring.dayforms")
HEAVY = ("pandas", "geopandas", "pyogrio", "pyarrow", "folium", "matplotlib", "requests")


@pytest.mark.parametrize(
    ("command", "said", "unneeded"),
    [
        (["place", "Kazan"], "Kazan (Republic of Tatarstan, RU)", ("shapely", "numpy")),
        (["measure", "Ryazan", "border:UA"], "462.5 km", ()),
        (["check", "REPORT"], "1 claim: 1 supported", FRONTS),
        (["draft", "REPORT"], "1 event", ()),
        (["draft", "REPORT", "-o", "PAGE"], "wrote ", ()),
    ],
)
def test_what_asks_no_table_loads_neither_pandas_nor_gdal(command, said, unneeded, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("Drones struck the Ryazan oil refinery, 475 kilometers from the border.")
    files = {"REPORT": str(report), "PAGE": str(tmp_path / "page.html")}
    asked = [files.get(word, word) for word in command]
    code = f"import sys; from geoconflict.cli import app; app({asked}, standalone_mode=False);"
    printed = _run(code + _loaded(*HEAVY, *unneeded))
    assert said in printed
    assert printed.endswith("[]\n")


def test_a_page_without_layers_of_folium_is_made_without_folium():
    code = "import sys, geoconflict as gc; page = gc.render('maps/january-2025'); str(page);"
    heavy = ("folium", "branca", "matplotlib", "requests")
    assert _run(code + _loaded(*heavy)) == "[]\n"
    assert _run(f"{code}page.fit_bounds([(48, 28), (52, 40)]);" + _loaded("folium")) != "[]\n"


def test_the_command_makes_a_page_where_no_figures_can_be_drawn(tmp_path):
    page = tmp_path / "page.html"
    asked = ["map", "maps/january-2025", "-o", str(page)]
    without = "import sys; sys.modules['matplotlib'] = None; from geoconflict.cli import app;"
    assert _run(f"{without} app({asked}, standalone_mode=False)").startswith("wrote ")
    assert page.stat().st_size > 100_000


def test_a_command_loads_no_other_command():
    code = (
        "import sys; sys.argv = ['geoconflict', 'place', 'Kazan']; import geoconflict.cli as cli\n"
    )
    loaded = "print([name for name in sys.modules if name.startswith('geoconflict.cli.')])"
    printed = _run(f"{code}try: cli.main()\nfinally: {loaded}")
    assert printed.splitlines()[-1] == "['geoconflict.cli.options', 'geoconflict.cli.place']"


def test_importing_the_package_imports_nothing_heavy():
    assert _run("import sys, geoconflict;" + _loaded("numpy", "pandas", "pyproj")) == "[]\n"


def test_every_public_name_can_be_imported():
    for name in geoconflict.__all__:
        assert getattr(geoconflict, name) is not None


def test_the_library_does_what_the_commands_do():
    assert str(geoconflict.render("maps/january-2025")).startswith("<!DOCTYPE html>")
    assert run("--version").stdout == f"geoconflict {geoconflict.__version__}\n"
    with pytest.raises(geoconflict.UnknownPlaceError):
        geoconflict.measure("Nowhereville", "border:UA")
    table = geoconflict.Gazetteer.default().facility_table()
    assert table.crs == "EPSG:4326"
    assert table.set_index("id").loc["ryazan-refinery", "admin1"] == "RU-RYA"


# Where the gazetteer, borders and theatre that come with the package stand in for those that
# nobody gave: public functions, and what is only ever about the package's own data.
EDGES = """
casebooks.casebook.Casebook casebooks.casebook.make_casebook casebooks.casebook.read_casebook
drafting.report.draft_events enrichment.frames.enrich_frame enrichment.parts.do_piece
enrichment.running.enrich fronts.collection.Fronts fronts.collection.Fronts.read
fronts.snapshots.Snapshot gazetteer.growing.additions.add_places
gazetteer.growing.additions.holdings gazetteer.lookup.Gazetteer.__init__ gazetteer.lookup._online
importers.unitnames.known_places measuring.borders.Borders.default reading.reader.read_claims
references.grounds review.document.review
"""
# What takes one of these, but does without; and who may leave it out: what makes new things.
TAKERS = ("draft_events", "find_reference", "make_casebook", "measure", "read_claims")
OUTERMOST = ("cli", "desk", "importers.importing", "drafting.accepting")


def _within(node, names=()):
    """Each node below one, with the names of the classes and functions around it."""
    for child in ast.iter_child_nodes(node):
        is_named = isinstance(child, ast.ClassDef | ast.FunctionDef)
        around = (*names, child.name) if is_named else names
        yield child, around
        yield from _within(child, around)


def _nodes():
    for module, path in MODULES.items():
        for node, around in _within(ast.parse(path.read_text("utf-8"))):
            yield module, ".".join((module, *around)), node


def test_defaults_are_made_at_the_edge_only():
    made = {
        where
        for module, where, node in _nodes()
        if isinstance(node, ast.Attribute) and node.attr == "default"
        if getattr(node.value, "id", "") in ("Borders", "Gazetteer", "Theatre")
        if not module.startswith("cli")
    }
    assert made == set(EDGES.split())


def test_what_is_given_is_handed_on():
    forgetful = {
        f"{where}: {ast.unparse(node)[:60]}"
        for module, where, node in _nodes()
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TAKERS
        if not module.startswith(OUTERMOST)
        if not {"gazetteer", None} & {keyword.arg for keyword in node.keywords}
    }
    assert not forgetful
