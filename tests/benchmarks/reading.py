"""How fast reports are read, and how the widths of stated numbers were chosen.

Run: python -m tests.benchmarks.reading

The speed is told on a text made by repeating the examples and reports beside the project, or, where
they are absent, this project's own test sentences, which state a distance each and so are the
slowest to read. The table of widths counts, for each choice, how many stated distances come out
supported, off and contradicted; which of the flagged ones are known to be wrong is told by the
examples' own remarks.
"""

from __future__ import annotations

import csv
import multiprocessing
import resource
import time
from collections import Counter
from pathlib import Path

from geoconflict import Gazetteer, check_claims, read_claims
from geoconflict.measuring import quantities

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
OWN = ROOT / "tests" / "reading" / "distances.csv"
SIZES_KB = (125, 250, 500, 1000)
MEMORY_KB = (100, 1000, 5000)


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def sentences() -> list[dict[str, str]]:
    """Return the examples in the three languages, else the project's own sentences."""
    path = SHARED / "examples" / "claims.csv"
    if not path.exists():
        return table(OWN)
    return [row for row in table(path) if row["lang"] in ("en", "uk", "ru")]


def texts() -> dict[str, str]:
    """Return texts to read: reports as they are, and sentences that all state a distance."""
    dense = "\n\n".join(f"{row['context']} {row['sentence']}".strip() for row in sentences())
    reports = sorted((SHARED / "reports").glob("*-20*.txt"))
    found = {"a distance in every sentence": dense}
    if reports:
        found["news reports"] = "\n\n".join(path.read_text("utf-8") for path in reports)
    return found


def speed(gazetteer: Gazetteer) -> None:
    """Print kilobytes a second for growing texts: constant where time is linear."""
    for name, text in texts().items():
        read_claims(text, gazetteer=gazetteer)
        for size in SIZES_KB:
            whole = text.encode("utf-8")
            long = (whole * (size * 1000 // len(whole) + 1))[: size * 1000].decode(
                "utf-8", "ignore"
            )
            start = time.process_time()
            count = len(read_claims(long, gazetteer=gazetteer))
            seconds = time.process_time() - start
            print(f"{name:30} {size:5} kB {size / seconds:6.0f} kB/s {count:6} claims")


def peak_mb(text: str) -> tuple[float, float]:
    """Return the seconds and the highest memory, in MB, that reading a text takes a process."""
    read_claims("Kazan is far.")
    start = time.process_time()
    read_claims(text)
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return time.process_time() - start, kilobytes / 1000


def memory() -> None:
    """Print the highest memory of a new process for growing texts: little more for 5 MB."""
    text = texts().get("news reports", texts()["a distance in every sentence"])
    context = multiprocessing.get_context("spawn")
    for size in MEMORY_KB:
        long = (text * (size * 1000 // len(text) + 1))[: size * 1000]
        with context.Pool(1) as pool:
            seconds, peak = pool.apply(peak_mb, (long,))
        print(f"{size:5} thousand characters {seconds:6.1f} s {peak:6.0f} MB at most")


def with_widths(rounding: float, about: float) -> Counter[str]:
    """Return how many distances of the examples get each verdict with these widths."""
    quantities.ROUNDING_SHARE = rounding
    kept, quantities._WIDTHS["about"] = quantities._WIDTHS["about"], (about, about, "")
    quantities.hedges.cache_clear()
    stated = [row for row in sentences() if row.get("negative") != "true"]
    counts: Counter[str] = Counter()
    for row in stated:
        text = f"{row['context']} {row['sentence']}".strip()
        for check in check_claims(read_claims(text)):
            if check.claim.kind == "distance" and check.parts[0].aspect == "distance":
                counts[check.parts[0].verdict] += 1
    quantities._WIDTHS["about"] = kept
    quantities.hedges.cache_clear()
    return counts


def main() -> None:
    """Print speeds and the table of widths."""
    speed(Gazetteer.default())
    memory()
    print("\nrounding  'about'  supported  off  contradicted  undetermined")
    chosen = quantities.ROUNDING_SHARE, quantities._WIDTHS["about"][0]
    for rounding in (0.02, 0.05, 0.10):
        for about in (0.0, 0.05, 0.075, 0.15):
            counts = with_widths(rounding, about)
            mark = "  <- chosen" if (rounding, about) == chosen else ""
            shown = [counts[v] for v in ("supported", "off", "contradicted", "undetermined")]
            cells = "".join(f"{n:11}" for n in shown)
            print(f"{rounding:8.0%} {about:8.1%}{cells}{mark}")
    quantities.ROUNDING_SHARE = chosen[0]


if __name__ == "__main__":
    main()
