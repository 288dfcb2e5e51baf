"""What GeoNames' feature codes mean here: kind of place, reach, and the words of its names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from geoconflict.gazetteer.growing.geonames import OTHER, PRESENT, SHORT
from geoconflict.gazetteer.names import script
from geoconflict.gazetteer.placefile import Name
from geoconflict.lexicon import any_word, lexicons


class Feature(NamedTuple):
    """What a feature code of GeoNames means here.

    ``kind`` is that of a place. ``precision_m`` is its reach in metres, None where the
    population says it. ``word`` is what English adds to a bare name, empty for settlements.
    ``is_gone`` tells that nobody lives there any more.
    """

    kind: str
    precision_m: float | None
    word: str = ""
    is_gone: bool = False


def _features(codes: str, feature: Feature) -> dict[str, Feature]:
    return dict.fromkeys(codes.split(), feature)


# Left out: parts of towns (P.PPLX), whose names are those of villages elsewhere and whose town
# is found anyway; former districts (ADM2H); springs, falls and other points of water.
FEATURES = {
    **_features(
        "P.PPL P.PPLA P.PPLA2 P.PPLA3 P.PPLA4 P.PPLA5 P.PPLC P.PPLF P.PPLG P.PPLL P.PPLR P.PPLS",
        Feature("settlement", None),
    ),
    # Villages that were left or destroyed are still fought over and named, but a living
    # namesake comes first.
    **_features("P.PPLCH P.PPLH P.PPLQ P.PPLW", Feature("settlement", None, is_gone=True)),
    # Circle of the mean raion of Ukraine since 2020 (603,628 km2 / 136: 38 km), and of the
    # larger of its 1,469 hromadas (mean 11 km), whose point may be the seat at the edge.
    "A.ADM2": Feature("admin2", 40_000.0, "District"),
    "A.ADM3": Feature("admin2", 20_000.0, "District"),
    # A river has one point, often its mouth: most named ones are shorter than 50 km, and of
    # the long ones the point says little.
    **_features("H.STM H.STMC", Feature("water", 50_000.0, "River")),
    **_features("H.STMA H.STMD H.STMI H.STMX", Feature("water", 20_000.0, "River")),
    **_features("H.CNL H.CNLN", Feature("water", 50_000.0, "Canal")),
    **_features("H.LK H.LKI H.LKN H.LKO H.LKS H.LKX", Feature("water", 10_000.0, "Lake")),
    # Kremenchuk's is 150 km long, most are below 30.
    **_features("H.RSV H.RSVI", Feature("water", 30_000.0, "Reservoir")),
    "H.LGN": Feature("water", 20_000.0, "Lagoon"),
    "H.ESTY": Feature("water", 20_000.0, "Estuary"),
    **_features("H.BAY H.BAYS", Feature("water", 30_000.0, "Bay")),
    **_features("H.STRT H.CHNM", Feature("water", 30_000.0, "Strait")),
    "H.GULF": Feature("water", 150_000.0, "Gulf"),
    "H.SEA": Feature("water", 500_000.0, "Sea"),
    # The point is on the field, whose runways are up to 4 km long.
    "S.AIRF": Feature("facility", 2000.0, "Airfield"),
    "S.AIRB": Feature("facility", 2000.0, "Air Base"),
    "S.AIRP": Feature("facility", 2000.0, "Airport"),
}


# Under what the lexicon has the words by which a name says itself what it names.
_SAYING = {
    "District": "district",
    **dict.fromkeys(("River", "Lake", "Reservoir", "Canal"), "inland"),
    **dict.fromkeys(("Lagoon", "Estuary", "Bay", "Gulf", "Strait", "Sea"), "coast"),
    **dict.fromkeys(("Airfield", "Air Base", "Airport"), "air"),
}


def adapted_names(title: str, feature: Feature, names: Iterable[Name]) -> Iterator[Name]:
    """Yield names with the ranks that they have for this feature.

    Of what is gone none is present. A bare name of a river, a district or an airfield is a
    town's or village's as well, so it is short; one that says what it names keeps its rank.

    Parameters
    ----------
    title : str
        As ``full_title`` makes it.
    feature : Feature
        What the place is.
    names : iterable of Name
        Names with the ranks of a living settlement.
    """
    if not feature.word:
        lowest = OTHER if feature.is_gone else PRESENT
        yield from (name._replace(rank=max(name.rank, lowest)) for name in names)
        return
    for name in (Name(title, PRESENT, "en"), *names):
        bare = _bare(name.text, feature)
        yield name if bare != name.text else name._replace(rank=SHORT)
        yield from _written(bare, feature, name)


def full_title(title: str, feature: Feature) -> str:
    """Return the name to show of a water, a district or an airfield, with the word that says it.

    Examples
    --------
    >>> full_title("Oskil", FEATURES["H.STM"]), full_title("Saky", FEATURES["S.AIRB"])
    ('Oskil River', 'Saky Air Base')
    >>> full_title("Pokrovskyi raion", FEATURES["A.ADM2"]), full_title("Lyman", FEATURES["P.PPL"])
    ('Pokrovskyi raion', 'Lyman')
    """
    if not feature.word or _bare(title, feature) != title:
        return title
    return f"Lake {title}" if feature.word == "Lake" else f"{title} {feature.word}"


def _written(bare: str, feature: Feature, name: Name) -> Iterator[Name]:
    """Yield the forms in which reports write a district or water of this name."""
    if feature.word == "District" and bare != name.text and script(bare) == "Latn":
        for word in ("Raion", "District"):
            yield name._replace(text=f"{bare} {word}", language="en")
    elif script(bare) == "Cyrl":
        before = (one.values("features", "before").get(feature.word) for one in lexicons())
        for word in dict.fromkeys(filter(None, before)):
            yield name._replace(text=f"{word} {bare}")


def _bare(text: str, feature: Feature) -> str:
    """Return a name without the words that say what it names; a name of these alone stays."""
    said = rf"(?<!\w){any_word('features', _SAYING[feature.word])}(?!\w)"
    return " ".join(re.sub(said, " ", text, flags=re.IGNORECASE).split()) or text
