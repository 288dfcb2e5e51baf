"""Why the likeliest place of a name is not the answer, as a fact and in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from geoconflict.facts import Amount, Fact, fact
from geoconflict.gazetteer.cases import nominatives
from geoconflict.gazetteer.joint import Scored
from geoconflict.gazetteer.matches import INFLECTED, LOOSE, OTHER, WRITTEN, Match
from geoconflict.gazetteer.names import is_akin, skeleton
from geoconflict.gazetteer.places import Place, told_apart
from geoconflict.gazetteer.rivals import ELSEWHERE_KM, NEAR_LEAD, is_small
from geoconflict.gazetteer.scoring import (
    CLOSE_KM,
    FAR_KM,
    KNOWN_TO_ALL,
    SMALL_PLACE,
    SMALL_TOWN,
    TOWN,
    VILLAGE,
    WORLD_CITY,
    Hints,
)
from geoconflict.gazetteer.toponyms import (
    adjectives,
    is_also_word,
    is_beyond,
    is_in_place,
    is_surname,
    is_surname_form,
    is_within_place,
    without_preposition,
)

# A town named as it is spelled, with this lead, is meant wherever the others are.
SURE_LEAD = 2.0
# So near to what stands beside it a place may lie just beyond the unit that is named.
BORDER_KM = 15.0
# Within the unit that is named beside them names may lie further apart; hamlets less so.
FAR_HAMLET_KM, FAR_IN_UNIT_KM = 50.0, 110.0
# A village that may be anywhere in an area wider than this has no position.
WIDEST_M = 25_000.0
# A word of so many letters is no other name of a city by itself: Tor is a weapon.
SHORT_WORD = 3
# A town of that size is meant by an ending that surnames have too.
KNOWN_TOWN = 30_000
# So many of the places that a name can mean are told.
MOST_NAMED = 5


def doubt_of(
    query: str,
    kept: Sequence[tuple[Scored, Place]],
    rivals: Sequence[Place],
    *,
    hints: Hints,
    is_only: bool,
    rivers: frozenset[str],
) -> Fact | None:
    """Return why the best candidate is not the answer, None where it is.

    ``is_only`` tells that no other settlement bears the name at all; ``rivers`` are the keys of
    names that rivers bear.
    """
    best, place = kept[0]
    if not rivals and place.is_approximate and (place.precision_m or math.inf) > WIDEST_M:
        return fact("place_without_point", place=place)
    if rivals:
        return fact("place_ambiguous", name=query, places=tuple(rivals[:MOST_NAMED]))
    lead = best.total - kept[1][0].total if len(kept) > 1 else math.inf
    is_word = _is_word(query, best, hints) or _is_unlike(best, hints)
    if is_word or _is_river(query, best, hints, rivers):
        code = "place_is_word" if is_word else "place_is_river"
        return fact(code, name=query, places=(place,))
    is_sure = best.match.form in (WRITTEN, INFLECTED) and lead >= SURE_LEAD
    is_sure = is_sure and best.match.rank != OTHER
    is_near = best.nearest_km <= (CLOSE_KM if is_sure else BORDER_KM)
    if hints.admin1 is None and _is_outside(best) and not (is_near and lead >= NEAR_LEAD):
        return fact("place_outside", name=query, place=place)
    is_sure = is_sure and (best.match.place.population or 0) >= TOWN
    is_far = _is_far(best, hints, is_only=is_only) and not is_sure
    if is_far or _is_rather_adjective(query, best):
        distance = Amount(round(best.nearest_km), "km")
        return fact("place_far", name=query, place=place, distance=distance)
    return None


def _is_word(query: str, one: Scored, hints: Hints) -> bool:
    """Return whether a bare name is as well a word, a person's name or the like, and nothing tells.

    A preposition or a word for its kind tells that it is a place, as does what is near it.
    """
    place, people = one.match.place, one.match.place.population or VILLAGE
    is_in = one.in_unit and not FAR_KM < one.nearest_km < math.inf
    is_told = is_in or hints.country or hints.admin1 or hints.kind or "," in query
    # "Газу" is rather gas than Gaza, for all its people.
    is_foreign_form = one.is_abroad and one.match.form == INFLECTED
    is_known = people >= KNOWN_TO_ALL and not is_foreign_form
    if place.kind not in ("settlement", "admin1") or is_known or is_told:
        return False
    if one.nearest_km <= FAR_KM or is_in_place(query):
        return False
    known = SMALL_TOWN if one.match.form == WRITTEN else KNOWN_TOWN
    if is_also_word(query, one.match.name) or (people < known and is_surname(query)):
        return True
    if one.match.form == LOOSE and place.kind == "settlement":
        return True
    return people < SMALL_TOWN and is_surname_form(query)


def _is_river(query: str, one: Scored, hints: Hints, rivers: frozenset[str]) -> bool:
    """Return whether a river is called as a small place, or as one beyond, and nothing tells.

    "Behind Oskil" may be either, and only a bank of a river is near what stands beside it.
    """
    match, place = one.match, one.match.place
    is_told = one.in_unit or hints.country or hints.admin1 or hints.kind or "," in query
    is_known = (place.population or 0) >= SMALL_TOWN and not is_beyond(query)
    if place.kind != "settlement" or is_known or is_told:
        return False
    if one.nearest_km <= CLOSE_KM or is_within_place(query):
        return False
    bare = without_preposition(query)
    forms = nominatives(bare) if match.form == INFLECTED else ()
    return not rivers.isdisjoint(map(skeleton, (match.name, bare, *forms)))


def _is_unlike(one: Scored, hints: Hints) -> bool:
    """Return whether an old or foreign name without years is unlike the name of today.

    Lists of such names are full of parts of names, of words and of names of other places.
    """
    match, place, people = one.match, one.match.place, one.match.place.population or 0
    is_near = one.nearest_km <= FAR_KM or (hints.admin1 and people >= SMALL_PLACE)
    if match.rank != OTHER or match.since or match.until or is_near:
        return False
    is_part = match.name in place.name and people < KNOWN_TO_ALL
    return len(match.name) <= SHORT_WORD or is_part or not is_akin(match.name, place.name)


def _is_outside(one: Scored) -> bool:
    """Return whether a small place lies in none of the units that are named beside it."""
    is_elsewhere = ELSEWHERE_KM < one.nearest_km < math.inf
    is_known = (one.match.place.population or VILLAGE) >= WORLD_CITY
    is_doubtful = is_small(one) or (is_elsewhere and not is_known)
    return one.in_unit is False and is_doubtful and one.match.place.kind == "settlement"


def _is_far(one: Scored, hints: Hints, *, is_only: bool) -> bool:
    """Return whether a small place is far from every place that is known beside it."""
    is_in = bool(one.in_unit or hints.admin1)
    is_town = (one.match.place.population or 0) >= TOWN
    far = FAR_IN_UNIT_KM if is_in or is_town else FAR_KM
    if is_in and not (is_only or one.match.place.population):
        far = FAR_HAMLET_KM
    return is_small(one) and far < one.nearest_km < math.inf


def _is_rather_adjective(query: str, one: Scored) -> bool:
    """Return whether what is taken for a far city may be a village called by an adjective.

    "Архангельском" is of Архангельск, or of an Архангельское near what stands beside it.
    """
    match, is_elsewhere = one.match, ELSEWHERE_KM < one.nearest_km < math.inf
    if one.in_unit or not is_elsewhere or match.form != INFLECTED:
        return False
    stems = adjectives(nominatives(without_preposition(query))).values()
    return skeleton(match.name) in map(skeleton, stems)


def unknown(query: str, matches: Sequence[Match], hints: Hints) -> Fact:
    """Return as data that no place fits a name."""
    known = tuple(dict.fromkeys(match.place for match in matches))[:3]
    if not known or hints.kind or hints.admin1 or hints.country:
        return fact("place_unknown", name=query)
    return fact("place_stray", name=query, places=known)


def unknown_reason(query: str, matches: Sequence[Match], hints: Hints) -> str:
    """Return in words why no place fits a name."""
    if not matches:
        if not query.strip():
            return "no place is named: give a name such as Ryazan"
        comma = ", or a comma before its region" if " " in query.strip() else ""
        tried = f"try another spelling or a larger place{comma}"
        return f"the gazetteer has no place called {query!r}: {tried}"
    known = "; ".join(dict.fromkeys(match.place.title for match in matches[:3]))
    wanted = " ".join(v for v in (hints.kind, hints.admin1, hints.country) if v)
    if not wanted:
        return f"{query!r} is a name of {known}, to which nothing beside it points"
    return f"no place called {query!r} fits {wanted}; known: {known}"


def _ambiguous_reason(query: str, _: Scored, rivals: Sequence[Place]) -> str:
    titles = told_apart([place.title for place in rivals], rivals)
    shown = "; ".join(titles[:MOST_NAMED])
    more = f" and {len(rivals) - MOST_NAMED} more" if len(rivals) > MOST_NAMED else ""
    return f"{query!r} can mean {shown}{more}: name the region or a place nearby"


def _river_reason(query: str, best: Scored, _: Sequence[Place]) -> str:
    title = best.match.place.title
    return f"{query!r} can mean {title}, but a river is called so as well: name its region"


def _word_reason(query: str, best: Scored, _: Sequence[Place]) -> str:
    title = best.match.place.title
    return f"{query!r} can mean {title}, but is another word or name as well: name its region"


def _wide_reason(query: str, best: Scored, _: Sequence[Place]) -> str:
    return f"{query!r}: of {best.match.place.title} the data have no position: name its coordinates"


def _far_reason(query: str, best: Scored, _: Sequence[Place]) -> str:
    title, distance = best.match.place.title, f"{best.nearest_km:.0f} km"
    return f"{query!r}: {title} is {distance} from what stands beside it; another may be meant"


def _outside_reason(query: str, best: Scored, _: Sequence[Place]) -> str:
    title = best.match.place.title
    return f"{query!r}: {title} is not in the region named beside it; another may be meant"


DOUBTS = {
    "place_without_point": _wide_reason,
    "place_ambiguous": _ambiguous_reason,
    "place_is_word": _word_reason,
    "place_is_river": _river_reason,
    "place_outside": _outside_reason,
    "place_far": _far_reason,
}
