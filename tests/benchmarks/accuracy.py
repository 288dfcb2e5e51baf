"""How often the gazetteer is right, by language and kind of name.

Run: python -m tests.benchmarks.accuracy

Every row asks for names whose place is known from the data themselves, so it measures the
resolver and not the data: towns of 10,000 people and more by their present name, by their case
endings and by their old names, units by title and in the genitive, facilities by each name. The
last row asks for names as they stand together in real articles, where that material is at hand.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.files.embedded import embedded_path
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.names import romanise, skeleton
from geoconflict.gazetteer.placefile import PlaceFile
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.scoring import distance_km

if TYPE_CHECKING:
    from pymorphy3.analyzer import Parse

ARTICLES = Path(__file__).resolve().parents[3] / "shared" / "examples" / "toponyms.csv"
NEAR_KM = 10.0
LANGUAGES = ("en", "uk", "ru")
CASES = ("gent", "loct")
PREPOSITIONS = {"uk": ("з", "у"), "ru": ("из", "в")}
OUTCOMES = ("right", "ambiguous", "unknown", "wrong")


def rows(name: str) -> list[dict[str, str]]:
    """Return a curated table."""
    with embedded_path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def towns(country: str) -> list[tuple[str, str, str]]:
    """Return id, English and Cyrillic name of each town of 10,000 people and more."""
    base = PlaceFile(embedded_path("settlements.sqlite"))
    return [
        (place.id, place.name, own_name(place))
        for place in base.all_of("settlement")
        if place.country == country and (place.population or 0) >= 10_000
    ]


def own_name(place: Place) -> str:
    """Return the name in the country's language, "" where the record has it in none of its letters.

    The source mixes languages; in Ukraine it is the name that the shown one is romanised from.
    """
    names = [*place.names.get("uk", ()), *place.names.get("Cyrl", ())]
    if place.country == "UA":
        return next((n for n in names if romanise(n.replace("’", "'")) == place.name), "")
    same = (n for n in names if skeleton(n) == skeleton(place.name))
    return next((n for n in same if not set(n.lower()) & set("іїєўј'’ъғқңөүһәҡҙӣ")), "")


def inflected(
    names: Iterable[tuple[str, str]], language: str, *, prepositions: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield ids with one-word names in genitive and locative, after a preposition if asked for."""
    from pymorphy3 import MorphAnalyzer

    analyzer = MorphAnalyzer(lang=language)
    for place_id, name in names:
        if not name.isalpha():
            continue
        # A guess takes an unknown name for a verb, or for an oblique case of another word; a name
        # is a noun or an adjective, and stands in the nominative.
        readings = sorted(filter(_is_nominative, analyzer.parse(name)), key=_is_no_name)
        for case, preposition in zip(CASES, PREPOSITIONS[language], strict=True):
            form = readings[0].inflect({case}) if readings else None
            if form is not None and form.word != name.lower():
                before = f"{preposition} " if prepositions else ""
                yield place_id, before + form.word.capitalize()


def _is_nominative(reading: Parse) -> bool:
    return "nomn" in reading.tag and reading.tag.POS in ("NOUN", "ADJF")


def _is_no_name(reading: Parse) -> tuple[bool, bool]:
    return "geox" not in str(reading.tag).lower(), "inan" not in reading.tag


def score(
    gazetteer: Gazetteer, asked: Iterable[tuple[str, str]], *, language: str | None = None
) -> str:
    """Return counts and shares of right, ambiguous, unknown and wrong answers.

    Where a language is given, the unit's title in it stands beside each name.
    """
    titles = _titles(language) if language else {}
    found = Counter(
        outcome(gazetteer, *one, beside=titles.get(gazetteer.get(one[0]).admin1_code))
        for one in asked
    )
    total = max(1, found.total())
    shares = (f"{100 * found[one] / total:.1f} %" for one in OUTCOMES)
    return f"{total} | " + " | ".join(shares)


def _titles(language: str) -> dict[str, str]:
    return {row["iso_3166_2"]: row[f"title_{language}"] for row in rows("admin1_names.csv")}


def outcome(gazetteer: Gazetteer, place_id: str, name: str, *, beside: str | None = None) -> str:
    """Return whether a name, alone or beside another, is resolved to a place, or why it is not."""
    answer = gazetteer.resolve(name, context=[beside] if beside else [])
    wanted = gazetteer.get(place_id)
    if answer.place is None:
        return answer.status
    is_it = answer.place.id == place_id or distance_km(answer.place, wanted) < NEAR_KM
    return "right" if is_it else "wrong"


def articles(gazetteer: Gazetteer) -> str:
    """Return the score on names as they stand together in articles, in context."""
    with ARTICLES.open(encoding="utf-8", newline="") as file:
        asked = [row for row in csv.DictReader(file) if row["uncertain"] == "false"]
    right = wrong = ambiguous = unknown = 0
    for row in asked:
        answer = gazetteer.resolve(row["surface"], context=row["context_names"].split(";"))
        place = answer.place
        if place is None:
            ambiguous += answer.status == "ambiguous"
            unknown += answer.status == "unknown"
            continue
        if place.kind in ("admin1", "country"):
            good = (place.admin1 or "") == row["admin1"] or place.name == row["resolved_name"]
        else:
            lat, lon = float(row["lat"]), float(row["lon"])
            good = abs((place.lat or 0) - lat) < 0.09 and abs((place.lon or 0) - lon) < 0.14
        right, wrong = right + good, wrong + (not good)
    total = len(asked)
    shares = (f"{100 * n / total:.1f} %" for n in (right, ambiguous, unknown, wrong))
    return f"{total} | " + " | ".join(shares)


def main() -> None:
    """Print the table of ``gazetteer/README.md``."""
    gazetteer = Gazetteer.default()
    print("| names | asked | right | ambiguous | unknown | wrong |")
    print("|---|---|---|---|---|---|")
    for country, language in (("UA", "uk"), ("RU", "ru")):
        found = towns(country)
        english = [(place_id, name) for place_id, name, _ in found]
        cyrillic = [(place_id, name) for place_id, _, name in found if name]
        print(f"| towns of {country}, English | {score(gazetteer, english)} |")
        print(f"| towns of {country}, Cyrillic | {score(gazetteer, cyrillic)} |")
        cases = list(inflected(cyrillic, language))
        print(f"| towns of {country}, genitive and locative | {score(gazetteer, cases)} |")
        told = {one[0] for one in cyrillic if outcome(gazetteer, *one) == "right"}
        told_cases = [one for one in cases if one[0] in told]
        print(f"| … told by their nominative | {score(gazetteer, told_cases)} |")
        cases = list(inflected(cyrillic, language, prepositions=True))
        print(f"| … after a preposition | {score(gazetteer, cases)} |")
        print(f"| … and beside their unit | {score(gazetteer, cases, language=language)} |")
    units = rows("admin1_names.csv")
    for language in LANGUAGES:
        titles = [(f"iso:{row['iso_3166_2']}", row[f"title_{language}"]) for row in units]
        print(f"| units, {language} | {score(gazetteer, titles)} |")
    facilities = rows("facilities.csv")
    for language in LANGUAGES:
        ids = [row["id"] if ":" in row["id"] else f"facility:{row['id']}" for row in facilities]
        shown = [row[f"name_{language}"] for row in facilities]
        names = list(zip(ids, shown, strict=True))
        print(f"| facilities, {language} | {score(gazetteer, names)} |")
    if ARTICLES.exists():
        print(f"| 51 names in real articles, in context | {articles(gazetteer)} |")


if __name__ == "__main__":
    main()
