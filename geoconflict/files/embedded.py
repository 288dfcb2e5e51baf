"""The data files that come with the package: where they are and what the manifest says of them."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from geoconflict.errors import EmbeddedDataError

_PACKAGE = Path(__file__).resolve().parent.parent
# An installed wheel carries the files inside the package; a checkout has them beside it.
_FOLDERS = (_PACKAGE / "data", _PACKAGE.parent / "gazetteer")

# Where a checkout has what an installed wheel carries as examples.
_EXAMPLES = {
    "january-2025": "maps/january-2025",
    "plants-january-2025.csv": "maps/plants-january-2025.csv",
    "plants-january-2025.mapping.toml": "maps/plants-january-2025.mapping.toml",
    "squares": "tests/fronts/squares",
    "notebooks": "notebooks",
}


def embedded_path(name: str) -> Path:
    """Return the path of one embedded data file.

    Parameters
    ----------
    name : str
        File name as in the manifest, such as ``"borders.gpkg"``.

    Returns
    -------
    pathlib.Path
        An existing file.

    Raises
    ------
    EmbeddedDataError
        The file is not part of this installation.
    """
    for folder in _FOLDERS:
        if (folder / name).is_file():
            return folder / name
    message = f"the embedded data file {name} is missing: install geoconflict again"
    raise EmbeddedDataError(message)


def example(name: str) -> Path:
    """Return where an example lies that comes with the package.

    Parameters
    ----------
    name : str
        ``january-2025``, a casebook; ``plants-january-2025.csv``, a table, and
        ``plants-january-2025.mapping.toml``, what its columns mean; ``squares``, a folder of
        made-up snapshots of a front; ``notebooks``, a folder of them.

    Returns
    -------
    pathlib.Path
        An existing file or folder.

    Raises
    ------
    EmbeddedDataError
        There is none of this name.

    Examples
    --------
    >>> sorted(path.suffix for path in example("squares").iterdir())
    ['.geojson', '.geojson', '.geojson', '.geojson', '.toml']
    """
    there = _EXAMPLES.get(name)
    for path in (_PACKAGE / "data" / "examples" / name, _PACKAGE.parent / (there or "")):
        if there and path.exists():
            return path
    message = f"there is no example {name!r}, only {', '.join(_EXAMPLES)}"
    raise EmbeddedDataError(message)


@cache
def manifest() -> dict[str, Any]:
    """Return the manifest: source, version, licence, hash and date of every embedded file."""
    content: dict[str, Any] = json.loads(embedded_path("manifest.json").read_text("utf-8"))
    return content


def verify(name: str) -> None:
    """Check one embedded file against the SHA-256 of the manifest.

    Raises
    ------
    EmbeddedDataError
        The file is missing or its bytes are not those that the manifest names.
    """
    found = hashlib.sha256(embedded_path(name).read_bytes()).hexdigest()
    if found != manifest()["files"][name]["sha256"]:
        message = f"the embedded data file {name} is damaged: install geoconflict again"
        raise EmbeddedDataError(message)


def attributions(*names: str) -> tuple[str, ...]:
    """Return the attribution lines of the given files (default: all), each once, in order."""
    files = manifest()["files"]
    lines = [files[name]["attribution"] for name in (names or sorted(files))]
    return tuple(dict.fromkeys(line for line in lines if line))
