"""What a text states with a unit and no claim was made of, so that nothing is lost in silence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from geoconflict.casebooks.records import Claim
from geoconflict.reading.amounts import find_amounts
from geoconflict.reading.counted import find_counted
from geoconflict.reading.sentences import Sentence, each_sentence

# What a reader asks after first; all else comes behind these.
_FIRST = ("length", "area", "share")
_ORDER = {**{name: at for at, name in enumerate(_FIRST)}, "count": len(_FIRST) + 1}
# So many characters of its sentence are shown on either side of a figure.
_AROUND = 40


@dataclass(frozen=True)
class Unread:
    """A figure that a text states and that nothing was checked of.

    ``value_min`` and ``value_max`` are the number in ``unit``, the latter None where there is
    no range. ``start`` and ``end`` are characters of the text, ``sentence_start`` is where its
    ``sentence`` begins there.
    """

    text: str
    value_min: float
    value_max: float | None
    unit: str
    dimension: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    language: str

    @property
    def context(self) -> str:
        """The figure between double stars, with some words of its sentence around it."""
        start, end = self.start - self.sentence_start, self.end - self.sentence_start
        first = self.sentence.rfind(" ", 0, max(0, start - _AROUND)) + 1
        last = self.sentence.find(" ", end + _AROUND)
        last = len(self.sentence) if last < 0 else last
        before, after = self.sentence[first:start], self.sentence[end:last]
        opening, closing = "…" * (first > 0), "…" * (last < len(self.sentence))
        return " ".join(f"{opening}{before}**{self.text}**{after}{closing}".split())

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain types, under the keys of a check: verdict ``not_checked``."""
        names = (
            *("text", "value_min", "value_max", "unit", "start", "end"),
            *("sentence", "sentence_start", "language"),
        )
        claim = {name: getattr(self, name) for name in names}
        nothing = {"id": None, "kind": None, "subject": None, "reference": None}
        return {
            "claim": nothing | claim,
            "verdict": "not_checked",
            "stated": self.text,
            "is_checkable": False,
        }


def find_unread(text: str, claims: Iterable[Claim], *, language: str | None = None) -> list[Unread]:
    """Return the figures with a unit, and the counted things, that no claim was made of.

    Dates, ages and times are not among them. Distances come first, then areas, shares and all
    others, counts of things and money last, each in the order of the text.

    Parameters
    ----------
    text : str
        A report.
    claims : iterable of Claim
        Those that ``read_claims`` returned for it.
    language : str, optional
        Code of a language that has a lexicon; default: told sentence by sentence.

    Returns
    -------
    list of Unread
        Each with its number, unit and sentence; empty where every figure was read.

    Examples
    --------
    >>> [one.text for one in find_unread("The trench is 45 km long.", [])]
    ['45 km']
    """
    told = sorted((c.start, c.end) for c in claims if c.start is not None and c.end is not None)
    return sorted(_unread(text, told, language), key=_rank)


def _unread(text: str, told: list[tuple[int, int]], language: str | None) -> Iterator[Unread]:
    starts = [start for start, _ in told]
    for sentence in each_sentence(text, language=language):
        stop = sentence.start + len(sentence.text)
        own = told[bisect_left(starts, sentence.start) : bisect_left(starts, stop)]
        for one in _figures(sentence):
            if not any(first < one.end and one.start < last for first, last in own):
                yield one


def _figures(sentence: Sentence) -> Iterator[Unread]:
    """Yield the amounts and the counted things of a sentence; the latter only with their noun."""
    for amount in find_amounts(sentence.text, language=sentence.language):
        if amount.value_min is not None:
            value = amount.value_min, amount.value_max
            span = amount.start, amount.end
            yield _figure(sentence, span, value, amount.unit, amount.dimension)
    for one in find_counted(sentence.text, sentence.language):
        if one.kind not in ("", "length"):
            span = one.start, one.stop
            yield _figure(sentence, span, (one.value, None), one.unit, "count")


def _figure(
    sentence: Sentence,
    span: tuple[int, int],
    value: tuple[float, float | None],
    unit: str,
    dimension: str,
) -> Unread:
    words = sentence.text[slice(*span)].rstrip()
    start = sentence.start + span[0]
    return Unread(
        text=words,
        value_min=value[0],
        value_max=value[1],
        unit=unit,
        dimension=dimension,
        start=start,
        end=start + len(words),
        sentence=sentence.text,
        sentence_start=sentence.start,
        language=sentence.language,
    )


def _rank(one: Unread) -> int:
    return _ORDER.get(one.dimension, len(_FIRST))
