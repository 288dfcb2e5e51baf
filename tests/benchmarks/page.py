"""The page of the first casebook: size, time to make it and time until it is ready to use.

Run: python -m tests.benchmarks.page
"""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from geoconflict import check_claims, read_casebook, render, write_page
from tests.page.conftest import launch

CASEBOOK = Path(__file__).resolve().parents[2] / "maps" / "january-2025"
LOADED = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"


def main() -> None:
    """Print size in MB, seconds to check and render, milliseconds until ready."""
    book = read_casebook(CASEBOOK)
    start = time.perf_counter()
    checks = check_claims(book)
    checked = time.perf_counter()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        write_page(render(book, checks=checks), file)
        made = time.perf_counter()
        print(f"size {file.stat().st_size / 1e6:.2f} MB")
        print(f"checked in {checked - start:.2f} s, rendered in {made - checked:.2f} s")
        print(f"ready in {min(ready_ms(file) for _ in range(5)):.0f} ms, best of five")


def ready_ms(file: Path) -> float:
    """Return milliseconds from opening the file in a browser until its scripts have run."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.goto(file.as_uri())
        page.wait_for_selector("body[data-ready]")
        taken: float = page.evaluate(LOADED)
        browser.close()
    return taken


if __name__ == "__main__":
    main()
