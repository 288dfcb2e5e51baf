"""Arithmetic of counted things: totals of what is listed, parts of a whole, the rest of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.counted import ITEMS, Counted, find_counted
from geoconflict.reading.drafts import Draft
from geoconflict.reading.landtext import LandText

# A total that is farther from the sum is one of something else.
_FAR = 0.4
# As much a round total may differ from the sum.
_ROUND = 0.02
# Between two items of a list stand at most so many words.
_WORDS = 7
# Of so many numbers every choice is added up.
_MANY = 9
# So many numbers of kinds are a list of them; of two, one may be a part of the other.
_FEWEST = 3
_CLAUSE_END = re.compile(r"[,.;:!?](?:\s|$)")
# An item of a list without a number, before one that has it.
_UNCOUNTED = re.compile(r",\s+[^\W\d]+(?:\s[^\W\d]+)?,\s*$")
_EVERY = ("day_by_day", "weekly", "monthly", "yearly")
# Numbers of a kind that only these can be part of.
OWN_KINDS = ("people", "arms", "money", "length", "tonnes", "barrels")


class SumWords:
    """The patterns of totals and parts in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        hedges = any_form(form for form in words.forms("hedges") if form != "plus")
        mark = r"[\s,–—:(-]*"
        joint = any_of("links", "and")
        total, equals = any_of("sums", "before_total"), any_of("sums", "that_is")
        told = rf"(?:(?:{equals})\s+(?:{total}\s+)?(?:[^\W\d]+\s+)?|{total}\s+)"
        # ", a total of 175", ", тобто знешкоджено 83".
        self.before_total = Caseless(rf"{mark}(?:{joint}\s+)?{told}(?:{hedges}\s+)?$")
        self.apposed = Caseless(rf"\s*[,–—(]\s*(?:{joint}\s+)?(?:{hedges}\s+)?$")
        after = any_of("sums", "after_total")
        self.after_total = Caseless(rf"(?:\s+[^\W\d]+){{0,4}}\s+{after}(?!\w)")
        # Each word has its space before it: no two ways to read the same words.
        some = rf"(?:\s+[«“\"]?[^\W\d][\w'’.»”\"-]*){{0,{_WORDS}}}\s*"
        self.listed = Caseless(
            rf"{some}(?:[–—-]{some})?"
            rf"(?:[,;–—]|(?<!\w){joint}(?!\w)|{any_of('links', 'but')}(?!\w)){some}[–—-]?\s*"
        )
        self.joint = Caseless(rf"(?<!\w){joint}(?!\w)")
        self.placed = words.pattern("links", "in")
        self.partial = words.pattern("comparisons", "including", "rest")
        self.of_them = words.pattern("sums", "of_them")
        self.including = Caseless(
            rf"(?<!\w)(?:{any_of('sums', 'of_them')}|{any_of('comparisons', 'including')})(?!\w)"
        )
        self.of_them_behind = Caseless(rf"\s+{any_of('sums', 'of_them')}(?!\w)")
        self.of_them_before = Caseless(
            rf"(?<!\w){any_of('sums', 'of_them')}[\s,–—]*(?:[^\W\d]+\s+){{0,2}}(?:{hedges}\s+)?$"
        )
        self.rest = Caseless(rf"(?<!\w){any_of('sums', 'rest')}\s+$")
        every = any_of("sums", *_EVERY)
        self.rate = Caseless(rf"(?:\s+[^\W\d]+){{0,2}}\s+{every}(?!\w)")
        each = any_of("sums", "each_before")
        self.each = Caseless(rf"(?<!\w)(?:{each})\s+(?:{hedges}\s+)?$")
        self.of_kind = Caseless(
            rf"(?:\s+{any_of('sums', 'of_them')})?\s*[–—-]?\s*[^\W\d][\w'’-]*\s*"
            rf"(?:[,;.]|$|{joint}\s)"
        )
        self.quick = words.pattern(
            "sums", "before_total", "after_total", "that_is", "rest", "of_them"
        )


@cache
def sum_words(language: str) -> SumWords:
    """Return the patterns of totals and parts of a language."""
    return SumWords(lexicon(language))


def read_sums(text: LandText, own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield totals, parts and rests of counted things, with the numbers they are made of.

    What cannot be told to be a part is left: a total that is far from the sum is one of something
    else.

    Parameters
    ----------
    text : LandText
        The sentence, with those before it.
    own : sequence of Draft
        What else it states: a total that is computed already is left.
    """
    words = sum_words(text.passage.language)
    if words.quick.search(text.text) is None and ":" not in text.text:
        return
    told = find_counted(text.text, text.passage.language)
    if not told:
        return
    done = {d.start for d in own if d.kind == "count" and not d.is_operand}
    for at in range(2, len(told)):
        if told[at].start not in done:
            yield from _total(text, told, at, words)
    yield from _after_colon(text, told, done, words)
    yield from list(_of_them(text, told, words)) or _rests(text, told, words)


def before(text: LandText) -> tuple[Counted, ...]:
    """Return the counted things of the sentences that a sentence can point back to."""
    return tuple(one for p in text.passage.before for one in find_counted(p.text, p.language))


def draft_of(text: LandText, one: Counted, unit: str = ITEMS, **fields: object) -> Draft:
    """Return a number as the draft of a count, which stands only if something is made of it."""
    told = {"value_min": one.value, "unit": unit, **fields}
    span = one.start, one.stop
    return Draft(text.passage.sentence, "count", *span, fields=told, is_operand=not fields)


def draft_before(text: LandText, value: float, at: int, unit: str = ITEMS) -> Draft:
    """Return a number that a sentence before tells as one at a point of this, without words."""
    fields = {"value_min": value, "unit": unit}
    return Draft(text.passage.sentence, "count", at, at, fields=fields, is_operand=True)


def unit_of(*numbers: Counted) -> str | None:
    """Return the unit that numbers share; None where they do not.

    "48 million hryvnias, or 1.6 million each": what is in millions may be of the money named.
    """
    units = {one.unit for one in numbers}
    if len(units) == 1:
        return units.pop()
    named = units - {ITEMS}
    is_money = len(named) == 1 and all(one.unit != ITEMS or one.is_scaled for one in numbers)
    return named.pop() if is_money else None


def may_be_of(part: Counted, whole: Counted) -> bool:
    """Return whether a number can be a part of another, as far as the nouns tell."""
    kinds = {part.kind, whole.kind}
    return len(kinds) == 1 or not part.kind or not (kinds & set(OWN_KINDS))


def _total(text: LandText, told: Sequence[Counted], at: int, words: SumWords) -> Iterator[Draft]:
    """Yield "168 drones and seven missiles, a total of 175" as the sum of what stands before."""
    total, last = told[at], told[at - 1]
    gap = text.text[last.end : total.start]
    tail = gap[last.stop - last.end :]
    is_behind = words.after_total.match(text.text, total.end) is not None
    is_marked = is_behind and words.apposed.search(tail) is not None
    is_marked = is_marked or _is_before_total(tail, words)
    if not is_marked or words.rate.match(text.text, total.end):
        return
    parts = list(run(text.text, told[:at], words))
    if len(parts) < 2 or _is_dated(text, last.stop, total):
        return
    if _UNCOUNTED.search(text.text, 0, parts[0].start):
        # "A tank, five vehicles and three guns, nine in all": the first has no number.
        return
    unit = unit_of(*parts, total)
    if unit is None or total.value <= max(one.value for one in parts):
        return
    for first in range(len(parts) - 1):
        if _fits(sum(one.value for one in parts[first:]), total):
            yield from _sum(text, parts[first:], total, unit)
            return
    if not any_fits(told[:at], total) and _is_close(parts, total):
        yield from _sum(text, parts, total, unit)


def _is_before_total(tail: str, words: SumWords) -> bool:
    match = words.before_total.search(tail)
    # What precedes the marker is the noun of the last part and its verb: "не досягли мети".
    return match is not None and len(tail[: match.start()].split()) <= _WORDS


def run(text: str, told: Sequence[Counted], words: SumWords) -> list[Counted]:
    """Return the numbers at the end of a sentence's that are the items of one list."""
    found = [told[-1]]
    for one in reversed(told[:-1]):
        gap = text[one.end : found[0].start]
        if words.listed.fullmatch(gap) is None or words.including.search(gap):
            break
        if unit_of(one, *found) is None:
            break
        found.insert(0, one)
    is_each = any(words.each.search(text[: one.start]) for one in found)
    return [] if is_each or words.of_them_behind.match(text, found[0].end) else found


def _is_dated(text: LandText, start: int, total: Counted) -> bool:
    """Return whether a total is told of a time of its own: "in all 8,000 since May"."""
    end = _CLAUSE_END.search(text.text, total.stop)
    stop = end.start() if end else len(text.text)
    # "342 in May and 98 in July, or 440 in all": July is of the last part.
    start = max(start, text.text.rfind(",", start, total.start))
    return any(start <= p.start < stop for p in text.periods)


def _fits(value: float, total: Counted) -> bool:
    spare = _ROUND * value if total.hedge or total.is_scaled else 0.0
    return abs(value - total.value) <= max(0.5, spare)


def any_fits(told: Sequence[Counted], total: Counted) -> bool:
    """Return whether some choice of the numbers adds up to a total."""
    some = told[-_MANY:]
    choices = (c for n in range(2, len(some) + 1) for c in combinations(some, n))
    return any(_fits(sum(one.value for one in choice), total) for choice in choices)


def _is_close(parts: Sequence[Counted], total: Counted) -> bool:
    added = sum(one.value for one in parts)
    return abs(added - total.value) <= _FAR * added


def _sum(text: LandText, parts: Sequence[Counted], total: Counted, unit: str) -> Iterator[Draft]:
    drafts = tuple(draft_of(text, one, unit) for one in parts)
    yield from drafts
    whole = draft_of(text, total, unit, hedge=_hedge(text, total))
    yield replace(whole, subject=drafts)


def _hedge(text: LandText, one: Counted) -> str | None:
    """Return the hedge of a number; "усього" before a total is none."""
    if one.hedge is None or one.hedge in text.passage.words.forms("sums", "before_total", "to"):
        return None
    return one.hedge


def _after_colon(
    text: LandText, told: Sequence[Counted], done: set[int], words: SumWords
) -> Iterator[Draft]:
    """Yield "eleven were hurt: five women, four men and two children" as what must add up."""
    colon = text.text.find(": ")
    heads = [one for one in told if one.stop <= colon]
    parts = [one for one in told if one.start > colon]
    if colon < 0 or not heads or len(parts) < 2 or heads[-1].start in done:
        return
    whole = heads[-1]
    lead = text.text[whole.stop : colon]
    inner = text.text[colon:]
    if len(lead.split()) > _WORDS or re.search(r"[.;]", lead) or words.partial.search(inner):
        return
    if words.of_them.search(inner) or len(run(text.text, parts, words)) != len(parts):
        return
    unit = unit_of(whole, *parts)
    are_alike = len({one.kind for one in parts}) == 1 and not whole.kind
    if unit is None or not (are_alike or all(may_be_of(one, whole) for one in parts)):
        return
    leads = [text.text[colon : parts[0].start], *_gaps(text, parts)]
    is_placed = [words.placed.search(lead) is not None for lead in leads]
    if is_placed[0] and not all(is_placed):
        # "31 were hurt: in hospital are 19 men and eight children".
        return
    closing = text.text[parts[-2].stop : parts[-1].start]
    added = sum(one.value for one in parts)
    is_whole = words.joint.search(closing) is not None
    # "65 drones: 40 shot down, 18 jammed, 17 hit": each has one end, and money is spent once.
    is_one_end = whole.kind in ("arms", "money") and len(parts) >= _FEWEST
    is_one_end = is_one_end and all(one.value < whole.value for one in parts)
    is_more = added > whole.value and (is_one_end or _are_parallel(text, parts, words))
    if not (is_whole or is_more) or not _is_close(parts, whole):
        return
    yield from _sum(text, parts, whole, unit)


def _gaps(text: LandText, parts: Sequence[Counted]) -> list[str]:
    return [text.text[a.stop : b.start] for a, b in pairwise(parts)]


def _of_them(text: LandText, told: Sequence[Counted], words: SumWords) -> Iterator[Draft]:
    """Yield parts "of them" that are more than all that was counted before."""
    starts = [
        at
        for at, one in enumerate(told)
        if words.of_them_behind.match(text.text, one.end)
        or words.of_them_before.search(text.text[: one.start])
    ]
    if not starts:
        return
    first = starts[0]
    parts = [told[first]]
    for one in told[first + 1 :]:
        gap = text.text[parts[-1].end : one.start]
        marked = words.of_them_behind.match(text.text, parts[-1].end)
        since = marked.end() if marked else parts[-1].end
        if words.listed.fullmatch(gap) is None or words.of_them.search(text.text, since, one.start):
            break
        parts.append(one)
    is_rest = len(parts) == 2 and words.rest.search(text.text[: parts[1].start])
    if not is_rest and not _are_parallel(text, parts, words):
        # "20 of them are women, 18 in hospital": some are both.
        return
    wholes = [*before(text), *told[:first]]
    if not wholes or any(words.each.search(text.text[: one.start]) for one in parts):
        return
    whole = max(wholes, key=lambda one: one.value)
    unit = unit_of(whole, *parts)
    own = [one for one in wholes if one in told]
    if unit is None or (own and whole not in own):
        return
    added = sum(one.value for one in parts)
    if added <= whole.value or not _is_close(parts, whole):
        return
    yield from _more_than_whole(text, parts, whole, unit)


def _are_parallel(text: LandText, parts: Sequence[Counted], words: SumWords) -> bool:
    """Return whether each number is one of a kind: "40 – artillery, 25 – drones, 10 – bombs"."""
    return len(parts) >= _FEWEST and all(words.of_kind.match(text.text, one.end) for one in parts)


def _more_than_whole(
    text: LandText, parts: Sequence[Counted], whole: Counted, unit: str
) -> Iterator[Draft]:
    drafts = [draft_of(text, one, unit) for one in parts]
    head = draft_before(text, whole.value, parts[0].start, unit)
    yield from (*drafts, head)
    zero = {"value_min": 0.0, "unit": unit, "hedge": "at least"}
    span = parts[0].start, parts[-1].stop
    yield Draft(text.passage.sentence, "count", *span, head, tuple(drafts), fields=zero)


def _rests(text: LandText, told: Sequence[Counted], words: SumWords) -> Iterator[Draft]:
    """Yield "28 are in hospital, the other 36 at home" as what is left of 64 told before."""
    for at, rest in enumerate(told):
        if not words.rest.search(text.text[: rest.start]):
            continue
        parts = list(told[:at])
        earlier = before(text)
        everything = [*earlier, *parts]
        if not parts or _fits_any(everything, rest):
            continue
        part = parts[-1]
        # "12 without power, seven without water, the other 28": the first two may overlap.
        wholes = everything[-2:-1] if len(parts) > 1 else earlier
        large = [one for one in wholes if one.value > max(part.value, rest.value)]
        fitting = [w for w in large if may_be_of(part, w) and unit_of(w, part, rest)]
        if not fitting or len({one.value for one in fitting}) != 1:
            continue
        whole = fitting[0]
        is_near = words.listed.fullmatch(text.text, part.end, rest.start) is not None
        if is_near and _is_close([part, rest], whole):
            yield from _left_over(text, whole, part, rest)


def _fits_any(told: Sequence[Counted], rest: Counted) -> bool:
    """Return whether a rest, the number before it and some others make another one."""
    *some, last = told[-_MANY:]
    for n in range(len(some)):
        for choice in combinations(some, n):
            added = rest.value + last.value + sum(one.value for one in choice)
            if any(_fits(added, one) for one in some if one not in choice):
                return True
    return False


def _left_over(text: LandText, whole: Counted, part: Counted, rest: Counted) -> Iterator[Draft]:
    unit = unit_of(whole, part, rest) or ITEMS
    ends = draft_before(text, whole.value, part.start, unit), draft_of(text, part, unit)
    yield from ends
    told = draft_of(text, rest, unit, hedge=_hedge(text, rest))
    yield replace(told, subject=ends[0], reference=ends[1])
