"""How often names of frontline reports are resolved rightly, as they stand together.

Run: python -m tests.benchmarks.names_accuracy [FILE.csv ...] [--hint]

A file has the columns report, lang, oblast_in_text, admin1, surface, lat, lon, area_lat, area_lon
and area_radius_km; precision_km may stand with it. A name counts as right where it is resolved
within 10 km of the place meant or within the radius that the answer states, never wider than
25 km; where only the circle of the report is known, right is inside it. ``--hint`` gives the
oblast as a hint instead of naming it among the other names.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.resolution import Resolution
from geoconflict.gazetteer.scoring import distance_km

EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "examples" / "front_names.csv"
NEAR_KM, WIDEST_KM = 10.0, 25.0
OUTCOMES = ("right", "wrong", "ambiguous", "unknown")
Row = Mapping[str, str]


def read(path: Path) -> dict[str, list[dict[str, str]]]:
    """Return the rows of a file by report."""
    reports: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            reports[row["report"]].append(row)
    return reports


def outcome(row: Row, answer: Resolution) -> str:
    """Return whether an answer is right, wrong, ambiguous or unknown."""
    place = answer.place
    if place is None:
        return answer.status
    if place.kind in ("admin1", "country"):
        return "right" if place.admin1_code == row["admin1"] and _is_unit(row) else "wrong"
    if place.lon is None:
        return "unknown"
    if row["lat"]:
        reach = max(NEAR_KM, (place.precision_m or 0) / 1000, float(row.get("precision_km") or 0))
        is_near = _distance_km(place, row["lat"], row["lon"]) <= min(reach, WIDEST_KM)
        return "right" if is_near else "wrong"
    reach = float(row["area_radius_km"])
    return "right" if _distance_km(place, row["area_lat"], row["area_lon"]) <= reach else "wrong"


def _is_unit(row: Row) -> bool:
    return row.get("kind", "oblast") in ("oblast", "republic", "admin1")


def _distance_km(place: Place, lat: str, lon: str) -> float:
    return distance_km(place, Place("", "", "point", lon=float(lon), lat=float(lat)))


def answers(gazetteer: Gazetteer, rows: list[dict[str, str]], *, hint: bool) -> list[Resolution]:
    """Return the answer to each name of one report."""
    found = []
    for row in rows:
        others = [one["surface"] for one in rows if one["surface"] != row["surface"]]
        if hint:
            answer = gazetteer.resolve(row["surface"], context=others, admin1=row["admin1"])
        else:
            oblast = [row["oblast_in_text"]] if row["oblast_in_text"] else []
            answer = gazetteer.resolve(row["surface"], context=[*oblast, *others])
        found.append(answer)
    return found


def score(
    gazetteer: Gazetteer, reports: Mapping[str, list[dict[str, str]]], *, hint: bool, say: bool
) -> dict[str, Counter[str]]:
    """Return counts of outcomes by language, ``all`` for the sum."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for rows in reports.values():
        for row, answer in zip(rows, answers(gazetteer, rows, hint=hint), strict=True):
            how = outcome(row, answer)
            counts[row["lang"]][how] += 1
            counts["all"][how] += 1
            if say and how != "right":
                print(how, row["report"], row["surface"], row["lat"], row["lon"], answer.reason)
    return counts


def table(counts: Mapping[str, Counter[str]]) -> Iterable[str]:
    """Yield the lines of a table of shares."""
    yield "| language | names | " + " | ".join(OUTCOMES) + " |"
    yield "|---|---|---|---|---|---|"
    for language, found in sorted(counts.items(), key=lambda one: (one[0] == "all", one[0])):
        total = sum(found.values())
        shares = " | ".join(f"{100 * found[name] / total:.1f} %" for name in OUTCOMES)
        yield f"| {language} | {total} | {shares} |"


def main() -> None:
    """Print a table for each file; by default for the examples beside the project."""
    named = [Path(one) for one in sys.argv[1:] if not one.startswith("--")]
    paths = [path for path in named or [EXAMPLES] if path.exists()]
    hint, say = "--hint" in sys.argv, "--say" in sys.argv
    if not paths:
        print(f"{EXAMPLES} is not here: name a file")
    for path in paths:
        print(path.name)
        print("\n".join(table(score(Gazetteer.default(), read(path), hint=hint, say=say))))


if __name__ == "__main__":
    main()
