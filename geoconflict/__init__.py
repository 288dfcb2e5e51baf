"""Turn reports on strikes and front lines into publishable maps and figures that can be defended.

The way of the data, and where each step lives:

``files``         every byte in or out: files written whole, embedded data, points in Parquet
``theatre``       countries, sides and window of the war, and official figures, each with citation
``measuring``     dates, units and stated numbers as intervals; geodesics; recognised borders
``gazetteer``     which place a name means; ``gazetteer.growing`` takes in more places
``casebooks``     the tables that people edit: records, reading, faults, positions, links
``fronts``        dated snapshots of who held what: the line, control, what changed
``references``    what a text measures from and to; ``measurements`` how far and in which direction
``reading``       what a text states: distances, directions, areas, rates and shares as claims
``claims``        stated against measured: the verdict and why
``importers``     what others publish made into a casebook; ``exporters`` a casebook handed out
``enrichment``    millions of events measured, piece by piece
``look``          the colours that page, figures and exports share
``page``          the map page; ``article`` a checked report; ``plots`` maps and charts for print
``gallery``       a site of several casebooks
``desk``          the same steps served to a browser on this machine
``cards``         how objects show themselves in a ``notebook``; ``cli`` the commands

Importing the package imports nothing heavy: each name is loaded when it is first used.
"""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

from geoconflict.notebook import show_with

__version__ = "0.1.0"

# The public names stand in __init__.pyi, each once, where type checkers read them too.
_STUB = ast.parse(Path(__file__).with_suffix(".pyi").read_text("utf-8"))
_HOME = {
    alias.name: node.module
    for node in _STUB.body
    if isinstance(node, ast.ImportFrom)
    for alias in node.names
}
__all__ = [*_HOME]  # noqa: PLE0604 - the names are texts


def __getattr__(name: str) -> object:
    """Load a public name from its module on first use."""
    if name not in _HOME:
        message = f"module 'geoconflict' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """Return the public names, for completion."""
    return __all__


def _card(shown: object, language: str) -> str:
    """Return an object as HTML; what draws it is loaded when one is first shown."""
    from geoconflict.cards import html

    return html(shown, language)


show_with(_card)
