"""A text as passages: sentences with the amounts and mentions in them, found when asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.lexicon import Lexicon, lexicon
from geoconflict.reading.amounts import Amount, find_amounts, find_unitless
from geoconflict.reading.lines import find_lines
from geoconflict.reading.mentions import Mention
from geoconflict.reading.naming import Name, find_names
from geoconflict.reading.places import PlaceFinder
from geoconflict.reading.sentences import Sentence, each_sentence
from geoconflict.theatre import Theatre

# How many sentences back a pronoun or "the refinery" may point.
_LOOK_BACK = 3
# So many sentences, and as many before them, are weighed together for the names in them.
_WINDOW = 3


@dataclass(eq=False)
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

    @property
    def theatre(self) -> Theatre:
        """The war that it tells of."""
        return self.finder.gazetteer.theatre

    def forget(self) -> None:
        """Let go of the sentences around it, once no other needs to know what it points to."""
        self.around, self.window = (), []

    @property
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
        more = [amount for amount in self.unitless if amount.dimension == "length"]
        return sorted([*own, *more], key=lambda amount: amount.start)

    @cached_property
    def unitless(self) -> list[Amount]:
        """Its bare numbers that may have the unit of an amount beside them."""
        return find_unitless(self.text, self.amounts, language=self.language)

    @cached_property
    def lines(self) -> list[Mention]:
        """The borders, fronts, coasts and troops that it mentions."""
        return find_lines(self.text, sides=self.theatre.sides, language=self.language)

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
    return [p for group in _groups(each_sentence(text, language=language), finder) for p in group]


def pass_through(
    text: str,
    *,
    gazetteer: Gazetteer,
    date: dt.date | None = None,
    language: str | None = None,
) -> Iterator[Passage]:
    """Yield the passages of a text one by one, as ``read_passages`` has them.

    What no later sentence can point back to is forgotten on the way, so that a long text takes
    no more memory than a short one. Parameters as of ``read_passages``.
    """
    finder = PlaceFinder(gazetteer, date=date)
    before: list[Passage] = []
    for group in _groups(each_sentence(text, language=language), finder):
        yield from group
        for passage in before:
            passage.forget()
        before = group


def _groups(sentences: Iterator[Sentence], finder: PlaceFinder) -> Iterator[list[Passage]]:
    """Yield the passages of sentences in groups, each of which is weighed with the one before."""
    last: list[Passage] = []
    while some := list(islice(sentences, _WINDOW)):
        window = list(last)
        for sentence in some:
            around = tuple(window[-_LOOK_BACK:])
            window.append(Passage(sentence, finder, around, window))
        last = window[len(last) :]
        yield last
