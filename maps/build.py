"""Builds what stands in this folder: ``python maps/build.py``.

What every page carries is packed, the casebook of plants is imported from the table beside it,
the page of January 2025 is rendered, and a picture of that page is taken with Chromium for the
README.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import geoconflict as gc
from geoconflict.page.ground import packed_ground
from geoconflict.theatre import Theatre

FOLDER = Path(__file__).resolve().parent
JANUARY, PLANTS = FOLDER / "january-2025", FOLDER / "plants-january-2025"
GROUND = FOLDER.parent / "gazetteer" / "ground.json"
PAGE, PICTURE = "map.html", "map.png"
WIDTH, HEIGHT = 1200, 720
_COLOURS = 96
_ROUNDS = 40


def build_plants(target: Path) -> Path:
    """Write the casebook that the table of plants makes, and return its folder."""
    table = PLANTS.with_suffix(".csv")
    made = gc.read_csv(table, mapping=PLANTS.with_suffix(".mapping.toml"))
    return gc.write_casebook(made.casebook, target)


def build_ground(target: Path, **how: Callable[[Sequence[bytes]], bytes]) -> Path:
    """Write the basemap and its names as pages carry them, and return the file."""
    packed = packed_ground(Theatre.default(), **how)
    target.write_text(json.dumps(packed) + "\n", encoding="utf-8")
    return target


def smallest(sections: Sequence[bytes]) -> bytes:
    """Return sections as zlib data that took long to make, but which any browser unpacks."""
    from zopfli.zlib import compress

    return bytes(compress(b"".join(sections), numiterations=_ROUNDS, blocksplittingmax=0))


def build_page(target: Path) -> Path:
    """Write the page of January 2025, and return its path."""
    return gc.write_page(gc.render(gc.read_casebook(JANUARY)), target)


def take_picture(page: Path) -> bytes:
    """Return a picture of a page as PNG, with few colours so that it stays small."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    options = ["--no-sandbox", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=options)
        view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        view.goto(page.resolve().as_uri())
        view.wait_for_timeout(1500)
        content = view.screenshot()
        browser.close()
    few = (
        Image.open(io.BytesIO(content)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    )
    written = io.BytesIO()
    few.save(written, format="PNG", optimize=True)
    return written.getvalue()


def main() -> None:
    """Build all of it in place, after what every page carries."""
    build_ground(GROUND, deflate=smallest)
    build_plants(PLANTS)
    page = build_page(JANUARY / PAGE)
    (JANUARY / PICTURE).write_bytes(take_picture(page))


if __name__ == "__main__":
    main()
