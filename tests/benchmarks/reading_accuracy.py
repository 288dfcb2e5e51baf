"""How well reports are read: values, ends, directions, periods and verdicts, by language.

Run: python -m tests.benchmarks.reading_accuracy [--show] [--half a|b] [FILE ...]

Without files, the project's own sentences and, where they are at hand, the examples beside the
project. A file is told by its columns: stated distances (``subject``, ``reference``, ``expect``),
land (``quantity``, ``period_start``), negatives (only a sentence, which states no distance), or
true sentences (lines of language, date and text with tabs between; no alarm may come of them).

Of a distance these must be right: the value and unit; the subject, within 30 km of its point or
the unit that holds it; the reference; the direction; and the verdict, where one is expected.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import re
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geoconflict import check_claims, read_claims
from geoconflict.errors import GeoconflictError
from geoconflict.gazetteer import Gazetteer
from geoconflict.gazetteer.scoring import distance_km
from geoconflict.lexicon import lexicon
from geoconflict.measuring.borders import Borders
from geoconflict.measuring.dates import parse_date_range
from geoconflict.references import find_reference

ROOT = Path(__file__).resolve().parents[2]
OWN = sorted((ROOT / "tests" / "reading" / "sentences").glob("*.[ct]*"))
EXAMPLES = ROOT.parent / "shared" / "examples"
NEAR_KM = 30.0
ALARMS = ("off", "contradicted")
UNITS = {"nm": "nmi", "sq km": "km2", "sq mi": "mi2", "%": "percent", "sq km/day": "km2/day"}
UNITS |= {"people/sq km": "people/km2", "sq mi/day": "mi2/day", "sq m": "m2"}
KINDS = {"ratio": "share", "difference": "area"}


@dataclass
class Told:
    """What was read of one text: its claims with their checks."""

    checks: list
    start: int

    def own(self):
        """Return the checks of claims that stand in the sentence, not in what is before it."""
        return [check for check in self.checks if check.claim.end > self.start]


@cache
def read(context: str, sentence: str, date: str) -> Told:
    """Return what is read and found of a sentence after its context."""
    text = f"{context}\n{sentence}" if sentence.startswith(("-", "•")) else f"{context} {sentence}"
    text = text.strip()
    published = parse_date_range(date).end if date else None
    claims = read_claims(text, published=published)
    return Told(list(check_claims(claims)), len(text) - len(sentence))


def number(text: str) -> float | None:
    return float(text) if text.strip() else None


def wanted_value(row):
    low, high = number(row["value_min"]), number(row["value_max"])
    return low, (None if high == low else high), UNITS.get(row["unit"], row["unit"])


@cache
def reference(text: str):
    try:
        return find_reference(text, gazetteer=Gazetteer.default(), borders=Borders.default())
    except GeoconflictError:
        return None


def is_at(text: str, row) -> bool:
    """Return whether a reference lies where a row has its subject."""
    if not row["subject_lat"]:
        return _is_unplaced(text, row["subject"])
    found = reference(text)
    if found is None:
        return False
    point = reference(f"{row['subject_lat']}, {row['subject_lon']}")
    if found.is_area:
        return bool(found.geometry.buffer(0.02).covers(point.geometry))
    lon, lat = point.geometry.x, point.geometry.y
    return _km(found, lon, lat) <= NEAR_KM


def _is_unplaced(text: str, subject: str) -> bool:
    """Return whether nothing is taken for what has no place: troops are where the front is."""
    if re.search(r"forces|troops|positions|army|AFU", subject, re.IGNORECASE):
        return text.startswith("front:")
    name = text.partition(":")[2].partition(",")[0][:5].lower()
    return not text or name in subject.lower()


def _km(found, lon, lat) -> float:
    here = found.geometry
    if here.geom_type != "Point":
        return 1e9
    from geoconflict.gazetteer.places import Place

    def place(x, y):
        return Place(id="x", name="x", kind="settlement", country="", lon=x, lat=y)

    return distance_km(place(here.x, here.y), place(lon, lat))


def countries(words: str) -> set[str]:
    """Return the codes of the countries that English words name."""
    table = lexicon("en").table("countries")
    small = words.lower().replace("-", " ").split()
    return {code for code, forms in table.items() if set(forms) & set(small)}


def is_meant(text: str, row) -> bool:  # noqa: PLR0911 - one return a kind of reference
    """Return whether a reference is the one that a row wants."""
    kind = row.get("reference_kind") or row.get("reference_type")
    words = row["reference"]
    if kind.startswith("front"):
        return text.startswith("front:")
    if kind == "coast":
        return text.startswith("coast:")
    if kind.startswith("admin"):
        wanted = words.replace(" border", "").replace(" boundary", "")
        resolved = Gazetteer.default().resolve(wanted, kind="admin1").place
        return text.startswith(("admin1:", "border:")) and (
            resolved is None or resolved.admin1_code in text
        )
    if "border" in kind:
        return _is_border(text, countries(words))
    found = reference(text)
    if found is None or found.place is None:
        return False
    for name in words.split("|"):
        wanted = Gazetteer.default().resolve(name.strip()).place
        near = wanted is not None and distance_km(found.place, wanted) <= NEAR_KM
        if near or any(n.lower()[:5] == name.strip().lower()[:5] for n in _names(found.place)):
            return True
    return False


def _is_border(text: str, named: set[str]) -> bool:
    if not text.startswith("border:"):
        return False
    told = set(text.removeprefix("border:").split("-"))
    if named == {"UA"} and "UA" in told:
        # "Ukraine's border", as seen from Minsk, is the one with Belarus.
        return True
    if named <= {"UA", "RU"} and named:
        return told <= {"UA", "RU"}
    return told == named or told - {"UA", "RU"} == named - {"UA", "RU"}


def _names(place):
    return [place.name, *(name for group in place.names.values() for name in group)]


def parts_right(claim, row) -> tuple[bool, bool]:
    """Return whether subject and reference of a claim are those of a row, either way round."""
    subject, ref = claim.subject or "", claim.reference or ""
    one = (is_at(subject, row), bool(ref) and is_meant(ref, row))
    if all(one) or row["direction"] or not subject or not ref:
        return one
    other = (is_at(ref, row), is_meant(subject, row))
    return other if all(other) else one


class Score:
    """Counts by file, language and what is asked; and the failures, to be shown."""

    def __init__(self):
        self.counts = defaultdict(Counter)
        self.failures = []

    def add(self, lang, what, is_right, row, note=""):
        self.counts[lang][what] += 1
        self.counts[lang][f"{what} right"] += bool(is_right)
        if not is_right:
            self.failures.append((row.get("id", ""), what, note))

    def lines(self, title):
        for lang in sorted(self.counts):
            counts = self.counts[lang]
            asked = [key for key in counts if not key.endswith(" right")]
            cells = [
                f"{key} {counts[key + ' right']}/{counts[key]}"
                f" ({100 * counts[key + ' right'] / counts[key]:.0f} %)"
                for key in asked
            ]
            yield f"{title:18} {lang}: " + ", ".join(cells)


def score_distances(rows, score):  # noqa: C901 - one list of what is asked of a row
    texts = {}
    for row in rows:
        told = read(row["context"], row["sentence"], row.get("article_date", ""))
        lang = row["lang"]
        key = (row["context"], row["sentence"])
        texts.setdefault(key, []).append(row)
        expect = row.get("expect", "")
        if row.get("negative") == "true":
            if row["kind"] in ("area", "share", "rate", "conversion") or expect == "contradicted":
                pass
            else:
                distances = [c.claim for c in told.own() if c.claim.kind == "distance"]
                score.add(lang, "no distance", not distances, row, str(distances)[:200])
            if expect:
                got = {c.verdict for c in told.own()}
                right = not got & set(ALARMS) if expect == "not_off" else expect in got
                score.add(lang, "verdict", right, row, f"{expect} got {got}")
            continue
        if row.get("kind", "distance") != "distance":
            _score_other(row, told, score)
            continue
        distances = [c for c in told.own() if c.claim.kind == "distance"]
        same = [
            c
            for c in distances
            if (c.claim.value_min, c.claim.value_max, c.claim.unit) == wanted_value(row)
        ]
        if not same and row.get("hedge") in ("range", "a few", "hundreds of"):
            same = [c for c in distances if c.claim.is_vague]
        score.add(lang, "value", same, row, _shown(distances))
        ends = [(c, parts_right(c.claim, row)) for c in same]
        best = max(ends, key=lambda pair: sum(pair[1]), default=None)
        score.add(lang, "subject", best and best[1][0], row)
        score.add(lang, "reference", best and best[1][1], row)
        score.add(lang, "both ends", best and all(best[1]), row, _shown(same))
        if row["direction"]:
            score.add(lang, "direction", best and best[0].claim.direction == row["direction"], row)
        if expect:
            verdict = best[0].verdict if best else "undetermined"
            wanted = ALARMS if expect in ALARMS else (expect,)
            score.add(lang, "verdict", verdict in wanted, row, f"{expect} got {verdict}")
    for (context, sentence), own in texts.items():
        date = own[0].get("article_date", "")
        for check in read(context, sentence, date).own():
            if check.verdict in ALARMS:
                right = any(_justifies(row, check.claim) for row in own)
                note = f"{check.claim.kind} {check.stated} | {check.reason}"
                score.add(own[0]["lang"], "alarms", right, own[0], note)


def _score_other(row, told, score):
    """Score a number that is no distance: by its value, and its verdict where one is wanted."""
    value, unit = number(row["value_min"]), UNITS.get(row["unit"], row["unit"])
    same = [
        c
        for c in told.own()
        if (c.claim.value_min == value and _has_unit(c.claim, unit))
        or (row["kind"] == "direction" and c.claim.direction == row["direction"])
    ]
    if row["expect"] != "undetermined":
        score.add(row["lang"], "other", same, row, _shown(told.own()))
    if row["expect"]:
        verdicts = {_verdict(c, row | {"quantity": row["kind"]}) for c in same} or {"undetermined"}
        wanted = set(ALARMS) if row["expect"] in ALARMS else {row["expect"]}
        score.add(row["lang"], "verdict", verdicts & wanted, row, f"{row['expect']} got {verdicts}")


def _has_unit(claim, unit: str) -> bool:
    """Return whether a claim has a unit, or a rate of it; counts are not told by theirs."""
    return claim.kind == "count" or unit in (claim.unit, (claim.unit or "").partition("/")[0])


def _justifies(row, claim):
    if row.get("expect") not in ALARMS:
        return False
    return row.get("negative") == "true" or number(row["value_min"]) in (
        claim.value_min,
        claim.secondary_value,
    )


def _shown(checks):
    return " | ".join(
        f"{c.claim.value_min} {c.claim.unit} {c.claim.direction or ''} "
        f"{c.claim.subject} -> {c.claim.reference} [{c.verdict}]"
        for c in checks
    )


def score_land(rows, score):
    texts = {}
    for row in rows:
        told = read(row["context"], row["sentence"], row.get("article_date", ""))
        lang, value = row["lang"], number(row["value"])
        unit = UNITS.get(row["unit"], row["unit"])
        texts.setdefault((row["context"], row["sentence"]), []).append(row)
        if row["quantity"] == "conversion":
            same = [c for c in told.own() if c.claim.secondary_value == value]
        else:
            kind = KINDS.get(row["quantity"], row["quantity"])
            same = [
                c
                for c in told.own()
                if c.claim.value_min == value
                and c.claim.unit == unit
                and kind in (c.claim.kind, "area")
            ]
        score.add(lang, f"{row['quantity']}", same, row, _shown(told.own()))
        if row["period_start"] and same and same[0].claim.kind != "share":
            days = same[0].claim.days
            wanted = dt.date.fromisoformat(row["period_start"])
            ends = dt.date.fromisoformat(row["period_end"] or row["period_start"])
            right = days is not None and (days.start, days.end) == (wanted, ends)
            score.add(lang, "period", right, row, f"{days} wanted {wanted}/{ends}")
        if row["expect"]:
            verdicts = {_verdict(c, row) for c in same} or {"undetermined"}
            wanted = set(ALARMS) if row["expect"] in ALARMS else {row["expect"]}
            note = f"{row['expect']} got {verdicts}"
            score.add(lang, "verdict", verdicts & wanted, row, note)
    for (context, sentence), own in texts.items():
        for check in read(context, sentence, own[0].get("article_date", "")).own():
            if check.verdict in ALARMS:
                right = any(
                    row["expect"] in ALARMS
                    and number(row["value"]) in (check.claim.value_min, check.claim.secondary_value)
                    for row in own
                )
                note = f"{check.claim.kind} {check.stated} | {check.reason}"
                score.add(own[0]["lang"], "alarms", right, own[0], note)


def _verdict(check, row) -> str:
    """Return the verdict on what a row asks of: of a conversion alone, where it is one."""
    parts = [p.verdict for p in check.parts if p.aspect == "conversion"]
    return parts[0] if row["quantity"] == "conversion" and parts else check.verdict


def score_negatives(rows, score):
    for row in rows:
        told = read("", row["sentence"], "2025-01-24")
        distances = [c for c in told.own() if c.claim.kind == "distance"]
        score.add(row["lang"], "no distance", not distances, row, _shown(distances))
        alarms = [c for c in told.own() if c.verdict in ALARMS]
        score.add(row["lang"], "no alarm", not alarms, row, _shown(alarms))


def score_true(rows, score):
    for row in rows:
        told = read("", row["sentence"], row["date"])
        alarms = [c for c in told.own() if c.verdict in ALARMS]
        note = "; ".join(f"{c.stated} | {c.reason}" for c in alarms)
        score.add(row["lang"], "no alarm", not alarms, row, note)


def load(path: Path):
    """Return the rows of a file and the function that scores them."""
    text = path.read_text("utf-8")
    if path.suffix == ".txt":
        parts = [line.split("\t") for line in text.splitlines() if line.strip()]
        numbered = enumerate(parts, 1)
        rows = [
            {"lang": p[0], "date": p[1] if len(p) > 2 else "", "sentence": p[-1], "id": f"T{n}"}
            for n, p in numbered
        ]
        return rows, score_true
    rows = list(csv.DictReader(text.splitlines(keepends=True)))
    if "quantity" in rows[0]:
        return rows, score_land
    return rows, score_distances if "subject" in rows[0] else score_negatives


def in_half(row, half: str) -> bool:
    """Return whether a row is in a half: of odd (a) or even (b) number, else by its sentence."""
    number_ = row.get("sentence_id") or zlib.crc32(row["sentence"].encode()) + 1
    return not half or int(number_) % 2 == (half == "a")


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--show", action="store_true", help="print every failure")
    parser.add_argument("--half", choices=["a", "b"], default="", help="only these sentences")
    options = parser.parse_args()
    examples = [EXAMPLES / name for name in ("claims.csv", "claims2.csv")]
    files = options.files or [*OWN, *(path for path in examples if path.exists())]
    for path in files:
        rows, scored = load(path)
        rows = [r for r in rows if r["lang"] in ("en", "uk", "ru") and in_half(r, options.half)]
        score = Score()
        scored(rows, score)
        print(*score.lines(path.stem), sep="\n")
        if options.show:
            by_id = {row.get("id", ""): row for row in rows}
            for name, what, note in score.failures:
                row = by_id[name]
                print(f"\n  {name} {what}: {row.get('context', '')} || {row['sentence']}")
                wanted = [
                    row.get(k, "") for k in ("value_min", "subject", "reference", "direction")
                ]
                print(f"     wanted {wanted}\n     {note}")


if __name__ == "__main__":
    main()
