"""Parts of a counted whole: "16 of 38 drones, or 42 per cent", and lists that must add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.amounts import Amount
from geoconflict.reading.drafts import Draft, amount_fields
from geoconflict.reading.landtext import LandText
from geoconflict.reading.mentions import COUNTRY
from geoconflict.reading.numerals import Numerals, numerals
from geoconflict.reading.shares import fractions

# "20:00", "9 p.m.": no number of what is counted.
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d{2}(?:\s*[ap]\.?m)?|\s*[ap]\.?m)\b")
_YEAR = re.compile(r"(?:19|20)\d{2}")
# A total and two parts of it.
_DIGITS, _FEWEST = re.compile(r"\d+"), 3
# So far behind a share the arms stand that it is of.
_NOUN_REACH = 24
# "and", or a comma that stands alone: no more is told between the parts of a list.
_BETWEEN = 2
# So much of a total, and no "and" before the last item, may be left out of its list.
_LEFT_OUT = 0.15


class _PartWords:
    """The patterns of parts and wholes in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.numerals: Numerals = numerals(words.language)
        number = self.numerals.pattern
        self.out_of = Caseless(
            rf"(?<!\w)(?P<part>{number})\s+{any_of('comparisons', 'out_of')}\s+(?:"
            rf"{any_of('comparisons', 'which')}\s+)?(?P<whole>{number})(?!\s*[%\d])"
            rf"(?:\s+(?P<noun>[^\W\d]+))?"
        )
        arms = any_form(form for forms in words.table("arms").values() for form in forms)
        self.total = Caseless(
            rf"(?<!\w)(?P<whole>{number})\s+(?:[^\W\d]+\s+){{0,3}}?(?P<noun>{arms})(?!\w)"
        )
        self.part = Caseless(
            rf"(?<![\w.,])(?P<n>{number})(?!\s*[%\d])(?:\s+[^\W\d]+){{0,2}}?[\s–—-]+"
            rf"{any_of('comparisons', 'over')}\s+(?:the\s+)?"
            rf"(?:{any_of('comparisons', 'ground_of')}\s+)?"
        )
        self.number = Caseless(rf"(?<![\w.,]){number}(?!\w)")
        self.rest = words.pattern("comparisons", "rest")
        self.joint = words.pattern("links", "and")
        joints = any_form(words.forms("links", "or", "that_is"))
        hedges = any_form(words.forms("hedges"))
        # "Of 150 drones they shot down 120, or 80 percent": no noun between part and share.
        self.of_whole = Caseless(
            rf"(?<!\w){any_of('comparisons', 'out_of')}\s+(?:{any_of('comparisons', 'which')}\s+)?"
            rf"(?P<whole>{number})\s+(?P<noun>{arms})(?!\w)[^.;:%]{{1,80}}?"
            rf"(?<![\w.,])(?P<part>{number})(?=[\s,–—:-]*(?:{joints}\s+)+(?:{hedges}\s+)?|\s*\()"
        )
        # "935 were shot down, or 85 percent"; "85 percent of them, or 935".
        told = rf"[\s,–—:-]*(?:{joints}\s+)+(?:{hedges}\s+)?"
        self.again = Caseless(
            rf"(?:\s+[^\W\d]+){{0,3}}(?:{told}|\s*\(\s*|\s*[—–]\s*(?:[^\W\d]+\s+)?)$"
        )
        self.arms = Caseless(rf"(?<!\w){arms}(?!\w)")
        self.apposed = Caseless(
            rf"(?:\s+[^\W\d]+){{0,3}}(?:\s+{_YEAR.pattern}(?!\d))?[\s,–—(:-]*(?:{joints}\s+)*"
            rf"(?:{hedges}\s+)?"
        )
        self.of_more = Caseless(
            rf"\s+(?:{any_of('comparisons', 'out_of', 'more', 'less')}|"
            rf"{any_of('links', 'of')})(?!\w)"
        )
        self.including = words.pattern("comparisons", "including")
        self.harmed = words.pattern("toll", "killed", "injured", "people")


@cache
def _part_words(language: str) -> _PartWords:
    return _PartWords(lexicon(language))


def read_parts(text: LandText, own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield shares of counted wholes, and totals of lists, with the counts they are made of.

    Parameters
    ----------
    text : LandText
        The sentence.
    own : sequence of Draft
        What else it states; a share that is already one of land is no other.
    """
    words = _part_words(text.passage.language)
    taken = {draft.start for draft in own if draft.kind == "share"}
    is_shared = any(a.dimension == "share" for a in text.passage.amounts) or any(fractions(text))
    for pattern in (words.out_of, words.of_whole) if is_shared else ():
        for match in pattern.finditer(text.text):
            yield from _share_of(text, match, taken, words)
    if is_shared:
        yield from _shares_apart(text, taken, words)
    if len(_DIGITS.findall(text.text)) >= _FEWEST:
        yield from _total(text, words)


def _share_of(
    text: LandText, match: re.Match[str], taken: set[int], words: _PartWords
) -> Iterator[Draft]:
    values = [words.numerals.parse(match[name]) for name in ("part", "whole")]
    share = _next_share(text, match.end(), words)
    if any(_YEAR.fullmatch(match[name]) for name in ("part", "whole")):
        return
    if None in values or share is None or share[0] in taken or values[0] > values[1]:  # type: ignore[operator]
        return
    unit = _unit(text, match["noun"] or "")
    counts = [
        _count(text, value, unit, match.span(name))
        for value, name in zip(values, ("part", "whole"), strict=True)
        if value is not None
    ]
    start, end, fields = share
    taken.add(start)
    yield from counts
    yield Draft(text.passage.sentence, "share", start, end, counts[0], counts[1], fields=fields)


def _shares_apart(text: LandText, taken: set[int], words: _PartWords) -> Iterator[Draft]:
    """Yield the share of a count of arms that stands before: "of 150; 120, or 80 %, were lost"."""
    for amount in text.passage.amounts:
        if amount.dimension != "share" or amount.start in taken:
            continue
        part = _told_beside(text, amount, words)
        value = words.numerals.parse(part[0]) if part else None
        begin = min(amount.start, part.start()) if part else 0
        whole = _whole_of(text, begin, max(amount.end, part.end()), words) if part else None
        total = words.numerals.parse(whole["whole"]) if whole else None
        if part is None or whole is None or value is None or total is None or value > total:
            continue
        unit = _unit(text, whole["noun"])
        counts = _count(text, value, unit, part.span()), _count(text, total, unit, whole.span())
        yield from counts
        fields = amount_fields(amount)
        yield Draft(
            text.passage.sentence, "share", amount.start, amount.end, *counts, fields=fields
        )


def _told_beside(text: LandText, amount: Amount, words: _PartWords) -> re.Match[str] | None:
    """Return the number that says a share again, before or after it; None where there is none."""
    days = [range(p.start, p.end) for p in text.periods]
    for number in words.number.finditer(text.text):
        if _YEAR.fullmatch(number[0]) or any(number.start() in span for span in days):
            continue
        first, last = sorted(((number.start(), number.end()), (amount.start, amount.end)))
        gap = text.text[first[1] : last[0]]
        if first[1] <= last[0] and words.again.fullmatch(gap):
            return number
    return None


def _whole_of(text: LandText, begin: int, end: int, words: _PartWords) -> re.Match[str] | None:
    """Return the one count of arms before a share; of several that of the arms named with it."""
    totals = [m for m in words.total.finditer(text.text) if m.end() <= begin]
    clause = text.text[begin : end + _NOUN_REACH]
    named = {text.passage.words.key("arms", m[0]) for m in words.arms.finditer(clause)}
    fitting = [m for m in totals if text.passage.words.key("arms", m["noun"]) in named]
    found = fitting if named else totals
    return found[0] if len(found) == 1 else None


def _unit(text: LandText, noun: str) -> str:
    """Return what a noun counts, as tables have it: people where it is none that is known."""
    kind = text.passage.words.key("arms", noun)
    if kind is not None:
        return f"{kind.replace('_', ' ')}s"
    is_people = not noun or text.passage.words.pattern("land", "people").fullmatch(noun)
    return "people" if is_people else noun.casefold()


def _next_share(
    text: LandText, at: int, words: _PartWords
) -> tuple[int, int, dict[str, object]] | None:
    """Return where the share right behind a point stands, with its columns."""
    shares: list[Amount] = [a for a in text.passage.amounts if a.dimension == "share"]
    found = [(a.start, a.end, amount_fields(a)) for a in shares]
    for start, end, value, hedge in fractions(text):
        found.append((start, end, {"value_min": value, "unit": "percent", "hedge": hedge}))
    near = min((one for one in found if one[0] >= at), key=lambda one: one[0], default=None)
    if near is None or words.apposed.fullmatch(text.text, at, near[0]) is None:
        return None
    return None if words.of_more.match(text.text, near[1]) else near


def _count(text: LandText, value: float, unit: str, span: tuple[int, int]) -> Draft:
    fields = {"value_min": value, "unit": unit}
    return Draft(text.passage.sentence, "count", *span, fields=fields, is_operand=True)


def _is_partial(text: LandText, parts: Sequence[re.Match[str]], words: _PartWords) -> bool:
    """Return whether a list may leave something out: other places, "the rest", more is told."""
    at, ends = parts[0].start(), {match.end() for match in parts}
    if words.including.search(text.text, at) or words.rest.search(text.text, at):
        return True
    names = {m.start: m.end for m in text.passage.places if m.start >= at}
    if not ends.issuperset(names):
        return True
    for part, following in pairwise(parts):
        told = text.text[names.get(part.end(), part.end()) : following.start()]
        if len(told.split()) > _BETWEEN + (part.end() not in names):
            return True
    return False


def _total(text: LandText, words: _PartWords) -> Iterator[Draft]:
    """Yield the total of "121 drones: 37 over Bryansk, 20 over Ryazan" as the sum of the list.

    Where only some parts are named, the total is at least their sum.
    """
    totals = words.total.finditer(text.text)
    days = [range(p.start, p.end) for p in text.periods]
    # "On 5 May a drone" counts no drones.
    total = next((m for m in totals if not any(m.start() in span for span in days)), None)
    value = words.numerals.parse(total["whole"]) if total else None
    if total is None or value is None or value < _FEWEST:
        return
    places = {m.start for m in text.passage.places}
    # "37 over Bryansk Oblast, 20 over Ryazan": what follows the first is a name, known or not.
    found = list(words.part.finditer(text.text, total.end()))
    parts = [m for m in found if m.end() in places or text.text[m.end() : m.end() + 1].isupper()]
    unit = _unit(text, total["noun"])
    values = [(match.span("n"), words.numerals.parse(match["n"])) for match in parts]
    counts = [_count(text, n, unit, span) for span, n in values if n is not None and n >= 1]
    if len(counts) < 2 or len(counts) != len(found) or places.isdisjoint(m.end() for m in parts):
        return
    clocks = [range(*m.span()) for m in _CLOCK.finditer(text.text)]
    numbers = words.number.finditer(text.text, total.end())
    if sum(not any(m.start() in span for span in clocks) for m in numbers) > len(counts):
        # Of the parts that are told not all are understood.
        return
    if words.harmed.search(text.text, total.end(), parts[-1].end()):
        # "A missile and 20 drones killed three in Dnipro": people are no part of what flew.
        return
    gap = text.text[total.end() : parts[0].start()]
    lands = (m for m in text.passage.places if total.end() <= m.start < parts[0].start())
    if ":" not in gap and any(land.rank < COUNTRY for land in lands):
        # "12 drones over Bryansk Oblast, 8 over Kursk Oblast": the first of the list, no total.
        return
    is_open = ":" not in gap or _is_partial(text, parts, words)
    missing = value - sum(n for _, n in values if n is not None)
    if missing > _LEFT_OUT * value:
        # "104 drones: 47 over Kursk Oblast, 27 over Bryansk": the last is not said to be the last.
        is_open = is_open or not words.joint.search(text.text, parts[-2].end(), parts[-1].start())
    fields = {"value_min": value, "unit": unit}
    fields |= {"hedge": "at least"} if is_open else {}
    sentence = text.passage.sentence
    yield from counts
    if is_open:
        # Parts can be left out, but they cannot be more than the whole.
        whole = _count(text, value, unit, total.span("whole"))
        yield whole
        zero = {"value_min": 0.0, "unit": unit, "hedge": "at least"}
        yield Draft(sentence, "count", *total.span(), whole, tuple(counts), fields=zero)
    else:
        yield Draft(sentence, "count", *total.span(), tuple(counts), fields=fields)
