"""Places said to be in, near or north of another, without a distance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from geoconflict.reading.connectors import bearing_before
from geoconflict.reading.mentions import Mention
from geoconflict.reading.passages import Passage, is_measured_from
from geoconflict.reading.words import COMPASS, compass_point

_ATTRIBUTES = (
    r"(?:(?:the|a|eastern|western|northern|southern|central|occupied|russian-occupied|"
    r"Russia['’]s|Ukraine['’]s|city|town|village|settlement|of|in|місті|селі|місто|городе|селе)\s+)*"
)
_INSIDE = re.compile(
    r"(?:,\s+an?\s+(?:[\w-]+\s+){0,3}?|,?\s+)(?:in|inside|within|у|в|во)\s+"
    rf"{_ATTRIBUTES}(?:[A-Z][\w-]+['’]s\s+)?",
    re.IGNORECASE,
)
_CYRILLIC_UNIT = re.compile(r"\w+\s+(?:област|кра|республ)\w+", re.IGNORECASE)
# "в Донецкую область" is where something goes, "в Донецкой области" where it is.
_INTO = re.compile(r"\b(?:область|край|республік[ую]|республику)$", re.IGNORECASE)
_APPOSITION = re.compile(r",\s+")
_NEAR = re.compile(
    r",?\s+(?:near|outside|close\s+to|not\s+far\s+from|just\s+outside|on\s+the\s+outskirts\s+of|"
    r"in\s+the\s+suburbs\s+of|біля|поблизу|неподалік(?:\s+від)?|на\s+околиці|під|возле|около|под|"
    rf"близ|неподалёку\s+от|неподалеку\s+от|рядом\s+с|на\s+окраине)\s+{_ATTRIBUTES}",
    re.IGNORECASE,
)
_BEARING = re.compile(
    r"\s*(?:,|\(|,?\s+(?:which\s+)?(?:lies|is|sits|stands)(?:\s+located)?|\s+(?:розташован\w+|находится|знаходиться|лежить|лежит))?\s*"
    r"(?:just\s+|directly\s+|to\s+the\s+|located\s+|на\s+|к\s+)*"
    rf"(?P<direction>{COMPASS})\s+(?:of|from|від|от)\s+{_ATTRIBUTES}",
    re.IGNORECASE,
)
# "an enterprise on the outskirts of Kaluga": what it is, is not told.
_UNNAMED_AT_EDGE = re.compile(
    r"\b(?:an?|unspecified|unnamed)\s+(?:[a-z]+\s+){0,2}(?:enterprise|facility|plant|depot|warehouse|"
    rf"refinery|base)\s+on\s+the\s+outskirts\s+of\s+{_ATTRIBUTES}$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?P<head>.+?)\s+(?P<how>in|near|outside|at|у|в|біля|під|под|возле)\s+(?P<name>\S.*)"
)
_OF = re.compile(r"\s+of\s+(?:the\s+)?|\s+(?:(?:joint-stock\s+)?company|\([A-Z]+\))")
_AND = re.compile(r"\s+(?:and|та|і|и)\s+")
_NEAR_WORDS = frozenset(["near", "outside", "біля", "під", "под", "возле"])


@dataclass(frozen=True)
class Relation:
    """A place said to be ``inside``, ``near`` or in a ``direction`` of another.

    ``subject`` is None where the text does not name it; ``direction`` is a compass point of
    the kind ``direction``, else None. ``start`` and ``end`` are characters of the sentence.
    """

    kind: str
    subject: Mention | None
    reference: Mention
    start: int
    end: int
    direction: str | None = None


def find_relations(passage: Passage) -> list[Relation]:
    """Return the relations between places that a sentence states, in their order."""
    if not _has_candidates(passage.text):
        return []
    found = [*_between_mentions(passage), *_within_mentions(passage), *_unnamed(passage)]
    return sorted(found, key=lambda relation: (relation.start, relation.end))


_QUICK = re.compile(
    r"\b(?:in|inside|within|near|outside|close\s+to|far\s+from|outskirts|suburbs|of|from)\s+"
    r"(?:[a-z-]+\s+){0,3}[A-Z]|[A-Z][\w'’-]+,\s+[A-Z]|[А-ЯІЇЄҐЁ][\w'’-]*,?\s+(?:у|в|во|біля|"
    r"поблизу|неподалік|на|під|под|возле|около|близ|рядом|північ|півд|схід|захід|север|юг|юж|"
    r"вост|запад|розташ|знаходиться|лежить|находится|расположен|лежит)|[сц]кой\s+области|"
    r"[сц]ької\s+області"
)


def _has_candidates(text: str) -> bool:
    return _QUICK.search(text) is not None


def _between_mentions(passage: Passage) -> Iterator[Relation]:
    places = [m for m in passage.places if m.is_sure]
    for subject, other in pairwise(places):
        relation = _relation(passage, subject, other)
        if relation is None:
            continue
        yield relation
        partner = _partner(passage, places, subject)
        if partner is not None and relation.kind == "inside" and _fits(partner, relation.reference):
            yield replace(relation, subject=partner, start=partner.start)


def _relation(passage: Passage, subject: Mention, other: Mention) -> Relation | None:
    if subject.place is None or subject.rank > 1:
        return None
    if is_measured_from(passage, subject) or bearing_before(passage.text, subject.start):
        return None
    container = _unpossessed(passage, other)
    kind, direction = _kind(passage.text, subject, other, container)
    if kind is None:
        return None
    return Relation(kind, subject, container, subject.start, container.end, direction)


def _kind(
    text: str, subject: Mention, other: Mention, container: Mention
) -> tuple[str | None, str | None]:
    gap = (text, subject.end, other.start)
    is_into = _INTO.search(text[other.start : other.end]) is not None
    if _INSIDE.fullmatch(*gap) and _may_hold(subject, container) and not is_into:
        return "inside", None
    if _CYRILLIC_UNIT.fullmatch(text, other.start, other.end) and not text[gap[1] : gap[2]].strip():
        return ("inside", None) if _fits(subject, container) else (None, None)
    if _APPOSITION.fullmatch(*gap) and _is_unit(container) and _fits(subject, container):
        return "inside", None
    if _NEAR.fullmatch(*gap) and container.rank <= 1 and container.start != subject.start:
        return "near", None
    bearing = _BEARING.fullmatch(*gap)
    if bearing is not None and container.rank <= 1:
        return "direction", compass_point(bearing["direction"])
    return None, None


def _may_hold(subject: Mention, container: Mention) -> bool:
    """Return whether one kind of place can lie in another; countries say too little."""
    return subject.rank < container.rank < 4 and container.place is not None


def _is_unit(mention: Mention) -> bool:
    is_one = not mention.text.casefold().endswith(("oblasts", "regions", "областях"))
    return mention.rank == 3 and is_one and " " in mention.text


def _fits(subject: Mention, container: Mention) -> bool:
    return subject.place is not None and subject.is_within(container)


def _unpossessed(passage: Passage, other: Mention) -> Mention:
    """Return what a possessive country or unit is followed by: "Russia's Bryansk"."""
    following = [m for m in passage.places if m.start > other.end]
    if not other.text.endswith(("'s", "’s")) or not following:
        return other
    gap = passage.text[other.end : following[0].start]
    return other if gap.strip() else following[0]


def _partner(passage: Passage, places: list[Mention], subject: Mention) -> Mention | None:
    """Return the place that shares the relation: "Kramatorsk and Sloviansk in ..."."""
    index = places.index(subject)
    before = places[index - 1] if index else None
    if before is None or before.rank != subject.rank:
        return None
    return before if _AND.fullmatch(passage.text, before.end, subject.start) else None


def _within_mentions(passage: Passage) -> Iterator[Relation]:
    """Yield what a facility's own words say: "the Gorbunov plant in Kazan"."""
    finder = passage.finder
    for mention in passage.places:
        tail = _TAIL.fullmatch(mention.text)
        if mention.rank or mention.place is None or tail is None:
            continue
        # "a refinery in Ryazan" is found by its town: that it is there says nothing new.
        head = _OF.sub(" ", tail["head"])
        own_name = any(word[0].isupper() for word in head.split())
        if not own_name or finder.gazetteer.resolve(head, kind="facility").place != mention.place:
            continue
        towns = [m for m in finder.find(mention.text) if m.start >= tail.start("name") and m.place]
        inner = towns or finder.find(tail["name"])
        if inner and inner[-1].place is not None and inner[-1].rank < 4:
            kind = "near" if tail["how"].casefold() in _NEAR_WORDS else "inside"
            town = replace(inner[-1], start=mention.end - len(tail["name"]), end=mention.end)
            yield Relation(kind, mention, town, mention.start, mention.end)


def _unnamed(passage: Passage) -> Iterator[Relation]:
    for mention in passage.places:
        if mention.rank != 1 or not mention.is_sure:
            continue
        edge = _UNNAMED_AT_EDGE.search(passage.text[: mention.start])
        if edge is not None:
            yield Relation("near", None, mention, edge.start(), mention.end)
