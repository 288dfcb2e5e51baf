"""A text as passages: sentences with the amounts and mentions in them, found when asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.reading.amounts import Amount, find_amounts
from geoconflict.reading.connectors import are_fillers, connection
from geoconflict.reading.lines import find_lines
from geoconflict.reading.mentions import Mention
from geoconflict.reading.naming import Name, find_names
from geoconflict.reading.places import PlaceFinder
from geoconflict.reading.sentences import Sentence, split_sentences

# How many sentences back a pronoun or "the refinery" may point.
_LOOK_BACK = 3


@dataclass(frozen=True, eq=False)
class Passage:
    """One sentence and what was found in it.

    ``before`` are the sentences just before it, the nearest last.
    """

    sentence: Sentence
    finder: PlaceFinder
    before: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.sentence.text

    @cached_property
    def amounts(self) -> list[Amount]:
        """The amounts that it states."""
        return find_amounts(self.text)

    @cached_property
    def connections(self) -> list[int]:
        """Where what an amount is measured from begins, for each that has such words after it."""
        found = (connection(self.text, amount) for amount in self.amounts)
        return [one.at for one in found if one is not None]

    @cached_property
    def lines(self) -> list[Mention]:
        """The borders, fronts, coasts and troops that it mentions."""
        return find_lines(self.text)

    @cached_property
    def names(self) -> list[Name]:
        """The words in it that name places."""
        return list(find_names(self.text, gazetteer=self.finder.gazetteer, taken=self.lines))

    @cached_property
    def own_places(self) -> list[Mention]:
        """The places that it mentions, told from their namesakes by each other alone."""
        return self.finder.find(self.text, names=self.names)

    @cached_property
    def places(self) -> list[Mention]:
        """The places that it mentions, told by those of the sentences before, too."""
        beside = [m.text for p in self.before for m in p.own_places if m.is_sure and m.place]
        if not beside:
            return self.own_places
        return self.finder.find(self.text, names=self.names, context=tuple(dict.fromkeys(beside)))

    @cached_property
    def mentions(self) -> list[Mention]:
        """Places and lines together, in their order."""
        return sorted([*self.lines, *self.places], key=lambda mention: mention.start)


def is_measured_from(passage: Passage, mention: Mention) -> bool:
    """Return whether a place is what some amount of its sentence is measured from."""
    text = passage.text
    return any(
        start <= mention.start and are_fillers(text, start, mention.start)
        for start in passage.connections
    )


def read_passages(
    text: str,
    *,
    gazetteer: Gazetteer,
    date: dt.date | None = None,
    language: str | None = None,
) -> list[Passage]:
    """Return the passages of a text in their order.

    Parameters
    ----------
    text : str
        A report.
    gazetteer : Gazetteer
        Where place names are looked up.
    date : datetime.date, optional
        The day of the report.
    language : str, optional
        ``en``, ``uk`` or ``ru``; default: told sentence by sentence.
    """
    finder = PlaceFinder(gazetteer, date=date)
    return _linked(split_sentences(text, language=language), finder)


def _linked(sentences: Sequence[Sentence], finder: PlaceFinder) -> list[Passage]:
    passages: list[Passage] = []
    for sentence in sentences:
        passages.append(Passage(sentence, finder, tuple(passages[-_LOOK_BACK:])))
    return passages
