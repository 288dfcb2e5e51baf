"""Sentences made of facts, in every language that has a file of them; made nowhere else."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from geoconflict.facts import Amount, Bearing, Fact
from geoconflict.gazetteer.places import Place, told_apart
from geoconflict.look.names import name_of
from geoconflict.look.words import Words, words
from geoconflict.measuring.dates import DateRange
from geoconflict.measuring.references import ReferenceName
from geoconflict.references import Reference

_SEGMENT = re.compile(r"\[([^\[\]]*)\]")
_FIELD = re.compile(r"\{(\w+)(?::(\w+))?\}")


def say(value: Any, language: str = "en", form: str = "") -> str:  # noqa: ANN401 - of any fact
    """Return a fact, or a value of one, in words.

    Parameters
    ----------
    value : Fact, Amount, Bearing, Place, Reference, date, number, str or sequence of these
        What is told.
    language : {"en", "uk", "ru"}
        Language of the words.
    form : str
        ``of`` for a name in the genitive, ``short`` for a name alone, ``plain`` for a number
        without its unit, ``quoted`` for a text in quotation marks, ``or`` and ``and`` for lists;
        or the table that a code is looked up in.

    Raises
    ------
    UnknownLanguageError
        Results are not told in the language.

    Examples
    --------
    >>> from geoconflict.facts import Amount, fact
    >>> say(fact("coarse", reach=Amount(12.5, "km")))
    'the position is known only within 12.5 km'
    >>> say(fact("coarse", reach=Amount(12.5, "km")), "uk")
    'положення відоме лише з точністю до 12,5 км'
    """
    return _said(value, form, words(language))


def say_each(facts: Iterable[Fact | None], language: str = "en") -> list[str | None]:
    """Return each of many facts in words, None for None; one that comes often is said once."""
    own = words(language)
    known: dict[int, str] = {}
    said = []
    for one in facts:
        if one is not None and id(one) not in known:
            known[id(one)] = _sentence(one, "", own)
        said.append(None if one is None else known[id(one)])
    return said


def _said(value: Any, form: str, own: Words) -> str:  # noqa: ANN401 - a value of a fact
    for kinds, word in _KINDS:
        if isinstance(value, kinds):
            return word(value, form, own)
    text = str(value)
    if form in own.tables:
        return str(own.tables[form].get(text, own.quoted(text)))
    return own.quoted(text) if form == "quoted" else text


def _sentence(fact: Fact, form: str, own: Words) -> str:
    template: str | Mapping[str, str] = own.tables["say"][fact.code]
    if isinstance(template, Mapping):
        template = template.get(form) or template["nom"]
    values = fact.given

    def field(match: re.Match[str]) -> str:
        return _said(values.get(match[1]), match[2] or "", own)

    def segment(match: re.Match[str]) -> str:
        names = [name for name, _ in _FIELD.findall(match[1])]
        is_empty = any(values.get(name) in (None, "", ()) for name in names)
        return "" if is_empty else match[1]

    return _FIELD.sub(field, _SEGMENT.sub(segment, template))


def _amount(amount: Amount, form: str, own: Words) -> str:
    return own.bare(amount) if form == "plain" else own.amount(amount)


def _bearing(bearing: Bearing, _: str, own: Words) -> str:
    word: str = own.tables["compass"][bearing.point]
    return word if bearing.degrees is None else f"{word} ({bearing.degrees:.0f}°)"


def _name(named: Reference | Place | ReferenceName, form: str, own: Words) -> str:
    return name_of(named, own, form)


def _days(days: DateRange, _: str, own: Words) -> str:
    return own.days(days.start, days.end)


def _day(day: dt.date, _: str, own: Words) -> str:
    return own.day(day)


def _list(values: Sequence[Any], form: str, own: Words) -> str:
    texts = [_said(one, "", own) for one in values]
    places = [one for one in values if isinstance(one, Place)]
    told = Counter(told_apart(texts, places) if len(places) == len(texts) else texts)
    said = [f"{one} ×{times}" if times > 1 else one for one, times in told.items()]
    return own.joined(said, form or "and")


def _number(value: float, form: str, own: Words) -> str:
    return own.percent(value) if form == "signed" else own.number(value)


def _nothing(*_: object) -> str:
    return ""


_KINDS: tuple[tuple[Any, Callable[[Any, str, Words], str]], ...] = (
    (Fact, _sentence),
    (Amount, _amount),
    (Bearing, _bearing),
    ((Reference, Place, ReferenceName), _name),
    (DateRange, _days),
    (dt.date, _day),
    ((tuple, list), _list),
    ((bool, type(None)), _nothing),
    ((int, float), _number),
)
