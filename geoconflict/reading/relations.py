"""Places said to be in, near or north of another, without a distance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from geoconflict.lexicon import AnyCase, Lexicon, any_form, lexicon
from geoconflict.reading.ends import End, find_ends
from geoconflict.reading.mentions import COUNTRY, UNIT, Mention
from geoconflict.reading.pairs import Distance
from geoconflict.reading.passages import Passage
from geoconflict.reading.words import compass

_OF = re.compile(r"\s+of\s+(?:the\s+)?|\s+(?:(?:joint-stock\s+)?company|\([A-Z]+\))")


class _RelationWords:
    """The patterns between two places in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        kinds = any_form((*words.forms("places", "settlement"), *words.forms("facilities")))
        apposition = rf"(?:(?:an?\s+)?(?:[\w-]+\s+){{0,3}}?{kinds}\s*)?"
        self.inside = AnyCase(rf",?\s*(?:an?\s+(?:[\w-]+\s+){{0,3}}?)?{apposition}")
        self.near = AnyCase(r",?\s*")
        verbs = rf"(?:which\s+)?{any_of('verbs', 'stand')}(?:\s+located)?"
        relative = any_of("pointers", "relative")
        self.bearing = AnyCase(
            rf"\s*(?:,|\()?\s*(?:{relative}\s+)?(?:{verbs})?\s*(?:"
            rf"{any_of('links', 'toward')}\s+|located\s+)*"
        )
        self.apposition = AnyCase(r",\s+")
        self.into = AnyCase(rf"(?<!\w){any_of('places', 'into')}$")
        self.plural = AnyCase(rf"(?<!\w){any_of('places', 'plural_units')}$")
        self.unit = words.pattern("places", "oblast")
        near = any_of("links", "near")
        self.tail = AnyCase(
            rf"(?P<head>.+?)\s+(?P<how>{any_of('links', 'in')}|(?P<near>{near}))\s+(?P<name>\S.*)"
        )
        self.joint = AnyCase(rf"\s+{any_of('links', 'and')}\s+")
        facility = any_form((*words.forms("pointers", "facility"), *words.forms("facilities")))
        self.at_edge = AnyCase(
            rf"(?<!\w)(?:an?|unspecified|unnamed)\s+(?:[a-z]+\s+){{0,2}}{facility}\s+"
            rf"{any_of('places', 'edge')}\s+(?:{any_of('places', 'attributes')}\s+)*$"
        )
        quick = f"{any_of('links', 'in', 'near', 'of', 'from')}|{compass(words.language).pattern}"
        self.quick = AnyCase(
            rf"(?<!\w)(?:{quick})|,\s+(?-i:[A-Z])|{any_of('places', 'oblast')}(?!\w)"
        )


@cache
def _relation_words(language: str) -> _RelationWords:
    return _RelationWords(lexicon(language))


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


def find_relations(passage: Passage, distances: Sequence[Distance] = ()) -> list[Relation]:
    """Return the relations between places that a sentence states, in their order.

    Parameters
    ----------
    passage : Passage
        The sentence.
    distances : sequence of Distance
        Those that it states: what they are measured from is in no relation of its own.
    """
    words = _relation_words(passage.language)
    if not passage.names or words.quick.search(passage.text) is None:
        return []
    measured = {(d.reference.start, d.reference.end) for d in distances}
    ends = [e for e in find_ends(passage) if e.mention and e.mention.kind == "place"]
    places = [e for e in ends if e.mention and (e.mention.start, e.mention.end) not in measured]
    found = [
        *_between(passage, places, words),
        *_within(passage, words),
        *_unnamed(passage, words),
    ]
    return sorted(found, key=lambda relation: (relation.start, relation.end))


def _between(passage: Passage, places: Sequence[End], words: _RelationWords) -> Iterator[Relation]:
    sure = [end for end in places if end.mention is not None and end.mention.is_sure]
    for index, (first, second) in enumerate(pairwise(sure)):
        relation = _relation(passage, first, second, words)
        if relation is None:
            continue
        yield relation
        before = sure[index - 1].mention if index else None
        subject = first.mention
        if before is None or subject is None or relation.kind != "inside":
            continue
        is_joint = words.joint.fullmatch(passage.text, before.end, subject.start)
        if is_joint and before.rank == subject.rank and _fits(before, relation.reference):
            yield replace(relation, subject=before, start=before.start)


def _relation(passage: Passage, first: End, second: End, words: _RelationWords) -> Relation | None:
    subject, container = first.mention, second.mention
    if subject is None or container is None or subject.place is None or subject.rank > 1:
        return None
    if first.link == "direction" or second.at < first.end or container.start == subject.start:
        return None
    kind, direction = _kind(passage.text, first, second, words)
    if kind is None:
        return None
    return Relation(kind, subject, container, subject.start, container.end, direction)


def _kind(
    text: str, first: End, second: End, words: _RelationWords
) -> tuple[str | None, str | None]:
    subject, container = first.mention, second.mention
    assert subject is not None  # noqa: S101 - told before
    assert container is not None  # noqa: S101
    gap = (text, first.end, second.start)
    is_into = words.into.search(text[second.at : second.end]) is not None
    if second.link == "in" and not is_into and words.inside.fullmatch(*gap):
        # "A depot burned in Engels, in Zaporizhzhia 13 were killed": another place, not its town.
        is_held = _may_hold(subject, container) and (
            "," not in text[first.end : second.start]
            or container.rank >= UNIT
            or _fits(subject, container)
        )
        return ("inside", None) if is_held else (None, None)
    if not second.link and not text[first.end : second.at].strip() and _names_unit(second, words):
        return ("inside", None) if _fits(subject, container) else (None, None)
    if not second.link and words.apposition.fullmatch(*gap) and _names_unit(second, words):
        return ("inside", None) if _fits(subject, container) else (None, None)
    if second.link == "near" and words.near.fullmatch(*gap) and container.rank <= 1:
        return "near", None
    if second.link == "direction" and words.bearing.fullmatch(*gap) and container.rank <= 1:
        return "direction", second.direction
    return None, None


def _may_hold(subject: Mention, container: Mention) -> bool:
    """Return whether one kind of place can lie in another; countries say too little."""
    return subject.rank < container.rank < COUNTRY and container.place is not None


def _names_unit(end: End, words: _RelationWords) -> bool:
    mention = end.mention
    if mention is None or mention.rank != UNIT or words.plural.search(mention.text):
        return False
    return words.unit.search(mention.text) is not None


def _fits(subject: Mention, container: Mention) -> bool:
    return subject.place is not None and subject.is_within(container)


def _within(passage: Passage, words: _RelationWords) -> Iterator[Relation]:
    """Yield what a facility's own words say: "the Gorbunov plant in Kazan"."""
    finder = passage.finder
    for mention in passage.places:
        tail = words.tail.fullmatch(mention.text)
        if mention.rank or mention.place is None or tail is None:
            continue
        # "a refinery in Ryazan" is found by its town: that it is there says nothing new.
        head = _OF.sub(" ", tail["head"])
        own_name = any(word[0].isupper() for word in head.split())
        if not own_name or finder.gazetteer.resolve(head, kind="facility").place != mention.place:
            continue
        towns = finder.find(mention.text, language=passage.language)
        inner = [m for m in towns if m.start >= tail.start("name") and m.place]
        inner = inner or finder.find(tail["name"], language=passage.language)
        if inner and inner[-1].place is not None and inner[-1].rank < COUNTRY:
            kind = "near" if tail["near"] else "inside"
            town = replace(inner[-1], start=mention.end - len(tail["name"]), end=mention.end)
            yield Relation(kind, mention, town, mention.start, mention.end)


def _unnamed(passage: Passage, words: _RelationWords) -> Iterator[Relation]:
    """Yield what has no name: "an enterprise on the outskirts of Kaluga"."""
    for mention in passage.places:
        if mention.rank != 1 or not mention.is_sure:
            continue
        edge = words.at_edge.search(passage.text[: mention.start])
        if edge is not None:
            yield Relation("near", None, mention, edge.start(), mention.end)
