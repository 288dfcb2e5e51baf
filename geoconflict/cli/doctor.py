"""``geoconflict doctor``: what is installed, how old the data are, what an extra would add."""

from __future__ import annotations

import datetime as dt
import platform
import re
from collections.abc import Iterator
from importlib import metadata
from typing import Any

import typer

from geoconflict.cli.options import Json, print_json
from geoconflict.errors import EmbeddedDataError
from geoconflict.files.embedded import manifest, verify

# What an extra is for; those of contributors are not told.
_ADDS = {
    "desk": "geoconflict desk, a casebook in the browser",
    "mcp": "geoconflict mcp, the tools of an assistant on this machine",
    "figures": "geoconflict figure, and --plot of fronts",
    "explore": "GeoPandas' explore() on the events of a casebook",
    "pages": "drafts and checks of pages saved from a browser",
    "fuzzy": "geoconflict place --fuzzy, names spelled alike",
    "grids": "MGRS and Plus codes in tables",
    "parquet": "geoconflict enrich, and GeoParquet",
    "dask": "enrich on several processes or a cluster",
}
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+).*?(?:extra == ['\"](?P<extra>[\w-]+)['\"])?$")


def doctor(*, as_json: Json = False) -> None:
    """Say what is installed, which data of which age, and what each extra would add.

    The exit code is 1 where a library is missing or a data file is damaged.

    Example: geoconflict doctor
    """
    found: dict[str, Any] = {
        "geoconflict": metadata.version("geoconflict"),
        "python": platform.python_version(),
        "libraries": _versions(""),
        "extras": {extra: _versions(extra) for extra in _ADDS},
        "data": [_data(name) for name in manifest()["files"]],
    }
    if as_json:
        print_json(found)
    else:
        for line in _lines(found):
            typer.echo(line)
    faults = [name for name, version in found["libraries"].items() if version is None]
    faults += [one["file"] for one in found["data"] if not one["is_whole"]]
    if faults:
        raise typer.Exit(1)


def _versions(extra: str) -> dict[str, str | None]:
    """Return the versions of what the package, or an extra of it, asks for; None where missing."""
    asked = map(_REQUIREMENT.match, metadata.requires("geoconflict") or ())
    names = [m["name"] for m in asked if m and (m["extra"] or "") == extra]
    return {name: _version(name) for name in names if name != "geoconflict"}


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _data(name: str) -> dict[str, Any]:
    told = manifest()["files"][name]
    try:
        verify(name)
        is_whole = True
    except EmbeddedDataError:
        is_whole = False
    kept = {key: told[key] for key in ("title", "retrieved", "licence")}
    return {"file": name, **kept, "is_whole": is_whole}


def _lines(found: dict[str, Any]) -> Iterator[str]:
    from geoconflict.facts import Amount
    from geoconflict.look.words import words

    yield f"geoconflict {found['geoconflict']} on Python {found['python']}"
    yield "libraries"
    for name, version in found["libraries"].items():
        yield f"  {name} {version or 'is MISSING: install geoconflict again'}"
    yield "extras"
    for extra, versions in found["extras"].items():
        is_there = all(versions.values())
        how = "installed" if is_there else f"pip install 'geoconflict[{extra}]'"
        yield f"  {extra}: {how}; {_ADDS[extra]}"
    yield "data that come with it"
    for one in found["data"]:
        age = (dt.datetime.now(tz=dt.UTC).date() - dt.date.fromisoformat(one["retrieved"])).days
        old = words("en").amount(Amount(age, "day"))
        state = f"of {one['retrieved']}, {old} old" if one["is_whole"] else "is DAMAGED"
        yield f"  {one['file']} {state}; {one['licence']}: {one['title']}"
    yield "what you added: geoconflict gazetteer info"
