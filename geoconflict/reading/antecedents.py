"""What pointing words point back to: "it", "the refinery" and "the city" as places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geoconflict.reading.agreement import agrees
from geoconflict.reading.ends import MEASURED, End, find_ends
from geoconflict.reading.mentions import COUNTRY, UNIT, Mention
from geoconflict.reading.passages import Passage
from geoconflict.reading.pointers import Pointer

# Kinds of place by rank: a facility, a settlement, anything wide.
_FITS = {
    "facility": (0,),
    "town": (1,),
    "unit": (3,),
    "area": (0, 1, 2, 3),
    "it": (0, 1, 2, 3),
}
# So many other regions make a list of what is told.
_LIST = 2
# What is said to be near a town may lie so far from its middle.
NEAR_KM = 15.0
_NEAR = frozenset(("near", "from", "direction"))
# What only tells where something is, or from where it is measured, is not what is spoken of.
_ASIDE = (MEASURED | {"near"}, MEASURED | {"near", "in", "of"})


def resolve(passage: Passage, end: End, *, among: Sequence[Mention] = ()) -> Mention | None:
    """Return the place or line that an end is, a pointing word resolved; None if it cannot be."""
    if end.mention is not None:
        return end.mention
    return antecedent(passage, end.pointer, among=among) if end.pointer else None


def antecedent(
    passage: Passage, pointer: Pointer, *, among: Sequence[Mention] = ()
) -> Mention | None:
    """Return the place that a word points back to, None where none was named.

    Parameters
    ----------
    passage : Passage
        The sentence that the word stands in.
    pointer : Pointer
        The word.
    among : sequence of Mention
        Places before it in the same sentence; one that fits the word wins.
    """
    found = _pointed(passage, pointer, among)
    if found is None:
        return None
    # "The town" is the town, not the depot in it.
    reach_km = 0.0 if pointer.kind == "town" else found.reach_km
    if pointer.kind != "town" and found.rank == 1 and _is_near(passage, found):
        # "A village near Kharkiv burned. It is ...": so is the village, wherever that is.
        reach_km = max(reach_km, NEAR_KM)
    return replace(found, found="pointer", certainty=found.likely, reach_km=reach_km)


def _is_near(passage: Passage, mention: Mention) -> bool:
    ends = [end for before in passage.before for end in find_ends(before)]
    return any(end.mention is mention and end.link in _NEAR for end in ends)


def _pointed(passage: Passage, pointer: Pointer, among: Sequence[Mention]) -> Mention | None:
    if pointer.kind in ("relative", "former", "latter"):
        told_of = _led_by if pointer.kind == "relative" else _of_two
        return told_of(passage, pointer, among)
    ranks = _FITS.get(pointer.kind, ())
    if pointer.kind == "facility":
        # "a pumping station in Unecha": of what is not known itself, its town.
        standing = [m for m in among if m.found == "town_of_facility"]
        if standing and not any(m.rank == 0 for m in among):
            return standing[-1]
    fitting = [m for m in among if m.rank in ranks and pointer.kind != "it"]
    if fitting:
        return _only(fitting, pointer)
    if pointer.kind == "town" and any(m.rank == 0 for m in among):
        # "The depot in Feodosia burned; the town is ...".
        return _town(passage, [m for m in among if m.rank == 0])
    named = [
        [m for m in _named(before) if agrees(pointer.text, m, passage.words)]
        for before in reversed(passage.before)
    ]
    for before, mentions in zip(reversed(passage.before), named, strict=True):
        fitting = [m for m in mentions if m.rank in ranks]
        if fitting:
            return _only(fitting, pointer) or _topic(before, fitting)
    wider = next((mentions for mentions in named if mentions), [])
    towns = [m for m in wider if m.rank] if pointer.kind == "facility" else []
    return _town(passage, wider) if pointer.kind == "town" else _only(towns, pointer)


def _led_by(passage: Passage, pointer: Pointer, among: Sequence[Mention]) -> Mention | None:
    """Return what "which" is said of: the place before it, not the unit that only tells where.

    "Село Боровая Харьковской области, от которого".
    """
    *_, before, last = (None, None, *among)
    if before is None or last is None or last.rank < UNIT or not before.is_within(last):
        return last
    gap = passage.text[before.end : last.start].strip(" ,(")
    is_told_of = gap and passage.words.pattern("links", "in").fullmatch(gap) is None
    return last if is_told_of or not agrees(pointer.text, before, passage.words) else before


def _of_two(passage: Passage, pointer: Pointer, among: Sequence[Mention]) -> Mention | None:
    """Return the first or the last of the places before a word; None where only one is.

    "The latter" and "the second" are the last of two alone.
    """
    told = [list(among), *(_named(before) for before in reversed(passage.before[-1:]))]
    for mentions in told:
        points = list({m.reference: m for m in mentions if m.is_point}.values())
        narrow = [m for m in points if not any(o is not m and o.is_within(m) for o in points)]
        if narrow:
            at = 0 if pointer.kind == "former" else -1
            is_any = at == 0 or passage.words.pattern("time", "last").search(pointer.text)
            return narrow[at] if len(narrow) == 2 or (is_any and narrow[1:]) else None
    return None


def _named(before: Passage) -> list[Mention]:
    return [m for m in before.places if m.is_sure and m.rank < COUNTRY]


def _only(mentions: Sequence[Mention], pointer: Pointer) -> Mention | None:
    """Return the narrowest place; None where several are as narrow and one is meant."""
    rank = min((m.rank for m in mentions), default=0)
    narrow = [m for m in mentions if m.rank == rank]
    different = {m.reference for m in narrow}
    if not narrow or (len(different) > 1 and not pointer.is_plural):
        return None
    # "20 over Bryansk Oblast, 14 over Kursk, nine over Belgorod": "there" is none of a list.
    elsewhere = {m.reference for m in mentions if m.rank > rank and not narrow[0].is_within(m)}
    return narrow[0] if len(elsewhere) < _LIST or pointer.kind != "it" else None


def _town(passage: Passage, mentions: Sequence[Mention]) -> Mention | None:
    """Return the town of the one facility that is named: "a refinery in Saratov. The city ..."."""
    mentions = [m for m in mentions if not any(o.is_within(m) for o in mentions)]
    if len(mentions) != 1 or mentions[0].place is None or not mentions[0].place.town:
        return None
    facility, place = mentions[0], mentions[0].place
    found = passage.finder.gazetteer.resolve(place.town, admin1=place.admin1_code or None).place
    if found is None:
        return None
    reference = f"place:{found.name}, {found.admin1_code or found.country}"
    return replace(facility, text=found.name, place=found, reference=reference)


def _topic(passage: Passage, mentions: Sequence[Mention]) -> Mention | None:
    """Return the one place of several that a sentence is about; None where that is not clear."""
    links = {id(end.mention): end.link for end in find_ends(passage) if end.mention}
    for aside in _ASIDE:
        left = [m for m in mentions if links.get(id(m), "") not in aside]
        if len({m.reference for m in left}) == 1:
            return left[0]
    return None
