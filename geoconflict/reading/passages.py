"""A text as passages: sentences with the amounts and mentions in them, found when asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.lexicon import Lexicon, lexicon
from geoconflict.reading.amounts import Amount, find_amounts, find_unitless
from geoconflict.reading.lines import find_lines
from geoconflict.reading.mentions import Mention
from geoconflict.reading.naming import Name, find_names
from geoconflict.reading.places import PlaceFinder
from geoconflict.reading.sentences import Sentence, split_sentences

# How many sentences back a pronoun or "the refinery" may point.
_LOOK_BACK = 3
# So many sentences, and as many before them, are weighed together for the names in them.
_WINDOW = 3


@dataclass(frozen=True, eq=False)
class Passage:
    """One sentence and what was found in it.

    ``around`` are the sentences just before it, the nearest last. ``window`` are those, itself
    among them, whose names are weighed together to tell namesakes apart.
    """

    sentence: Sentence
    finder: PlaceFinder
    around: tuple[Passage, ...]
    window: list[Passage]

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.sentence.text

    @property
    def language(self) -> str:
        """Whose words it is read by."""
        return self.sentence.language

    @property
    def words(self) -> Lexicon:
        """The lexicon of its language."""
        return lexicon(self.sentence.language)

    @cached_property
    def before(self) -> tuple[Passage, ...]:
        """The sentences before it that words in it can point back to: those of its own block."""
        return tuple(p for p in self.around if p.sentence.block == self.sentence.block)

    @cached_property
    def amounts(self) -> list[Amount]:
        """The amounts that it states with their unit."""
        return find_amounts(self.text, language=self.language)

    @cached_property
    def lengths(self) -> list[Amount]:
        """Its lengths, those whose unit goes without saying included, in their order."""
        own = [amount for amount in self.amounts if amount.dimension == "length"]
        if not own:
            return []
        bare = find_unitless(self.text, self.amounts, language=self.language)
        more = [amount for amount in bare if amount.dimension == "length"]
        return sorted([*own, *more], key=lambda amount: amount.start)

    @cached_property
    def lines(self) -> list[Mention]:
        """The borders, fronts, coasts and troops that it mentions."""
        return find_lines(self.text, language=self.language)

    @cached_property
    def names(self) -> list[Name]:
        """The words in it that name places."""
        known = self.finder.gazetteer
        return list(
            find_names(self.text, gazetteer=known, language=self.language, taken=self.lines)
        )

    @cached_property
    def placing(self) -> list[str]:
        """The names in it that help to place others: of places, not of governments."""
        return self.finder.placing(self.text, self.names, language=self.language)

    @cached_property
    def places(self) -> list[Mention]:
        """The places that it mentions, told by those of the sentences around it."""
        context = dict.fromkeys(name for passage in self.window for name in passage.placing)
        return self.finder.find(
            self.text, language=self.language, names=self.names, context=tuple(context)
        )

    @cached_property
    def mentions(self) -> list[Mention]:
        """Places and lines together, in their order."""
        return sorted([*self.lines, *self.places], key=lambda mention: mention.start)


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
        Code of a language that has a lexicon; default: told sentence by sentence.
    """
    finder = PlaceFinder(gazetteer, date=date)
    return _linked(split_sentences(text, language=language), finder)


def _linked(sentences: Sequence[Sentence], finder: PlaceFinder) -> list[Passage]:
    passages: list[Passage] = []
    window: list[Passage] = []
    for number, sentence in enumerate(sentences):
        if number % _WINDOW == 0:
            window = window[-_WINDOW:]
        passage = Passage(sentence, finder, tuple(passages[-_LOOK_BACK:]), window)
        window.append(passage)
        passages.append(passage)
    return passages
