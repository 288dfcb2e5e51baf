"""The documentation site: `python -m sphinx -W notebooks/site build/site`, without network.

Every output on it is made while it is built: the commands run in a folder of their own, laid
for each build from the repository's own casebook, example snapshots and the reports beside this
file, so that builds that were stopped or run side by side leave each other nothing.
"""

import atexit
import importlib
import json
import os
import shutil
import sys
import tempfile
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TOUR = Path(tempfile.mkdtemp(prefix="geoconflict-tour-"))
atexit.register(shutil.rmtree, TOUR, ignore_errors=True)


def lay_tour():
    """Lay the folder that the commands on the pages run in."""
    shutil.copytree(ROOT / "maps" / "january-2025", TOUR / "january-2025")
    shutil.copytree(ROOT / "tests" / "fronts" / "squares", TOUR / "snapshots")
    shutil.copy(ROOT / "maps" / "plants-january-2025.csv", TOUR / "plants.csv")
    shutil.copytree(ROOT / "maps" / "january-2025", TOUR / "maps" / "january-2025")
    (TOUR / "villages.csv").write_text("name,lon,lat,country\nVyhadane,37.51,48.21,UA\n", "utf-8")
    (TOUR / "fires.csv").write_text(
        "latitude,longitude,acq_date,acq_time,confidence,frp\n"
        "54.566,39.776,2025-01-24,0012,n,41.5\n",
        "utf-8",
    )
    told = [
        {"id": "a", "date": "2025-01-24", "text": "Kazan is 915 km from Ukraine's border."},
        {"id": "b", "text": "Ryazan lies 300 km from Ukraine's border."},
    ]
    (TOUR / "reports.jsonl").write_text("\n".join(map(json.dumps, told)), "utf-8")
    for report in (*HERE.glob("*.txt"), *HERE.glob("texts/*.txt")):
        shutil.copy(report, TOUR)


lay_tour()
sys.path.insert(0, str(HERE / "extensions"))
lists = importlib.import_module("lists")
lists.lay_gallery(TOUR / "built")
os.environ["PATH"] = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]
os.environ |= {"NO_COLOR": "1", "COLUMNS": "90", "GEOCONFLICT_DATA": str(TOUR / "added")}

project = "geoconflict"
author = "the geoconflict contributors"
project_copyright = "the geoconflict contributors"
version = release = metadata.version("geoconflict")
extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinxcontrib.programoutput",
    "lists",
]
tour = str(TOUR)
html_extra_path = [str(TOUR / "built")]
autodoc_typehints = "none"
numpydoc_show_class_members = False
myst_heading_anchors = 3
programoutput_use_ansi = False

html_theme = "pydata_sphinx_theme"
html_title = "geoconflict"
html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": False, "show_toc_level": 2, "navbar_center": []}
html_sidebars = {"**": ["globaltoc"]}
html_css_files = ["site.css"]
html_static_path = ["static"]
