"""Lengths that lie between no two places: ranges, speeds, widths, ways flown, land gained."""

from __future__ import annotations

from functools import cache

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.amounts import Amount
from geoconflict.reading.passages import Passage

# So far before an amount a word can still say what it is the measure of.
_REACH = 48


class _LengthWords:
    """The patterns of what else a length can be in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        hedges = any_form([*words.forms("hedges"), *words.forms("links", "reach")])
        verbs = any_of("verbs", "range", "travel", "move", "extend")
        self.before = Caseless(rf"(?<![\w-]){verbs}(?![\w-])[^;]*$")
        self.way = Caseless(
            rf"(?<!\w){any_of('lengths', 'ways')}\s+(?:of|(?:\w+\s+)?{any_of('lengths', 'runs')})"
            rf"\s+(?:\w+\s+)?$"
        )
        # "От границы до города лететь 340 км".
        self.going = Caseless(rf"{any_of('lengths', 'going')}\s+(?:{hedges}\s+)*$")
        # "a one-hour drive and some 75 km east of it" is a drive and a distance.
        joints = any_of("links", "and", "or")
        self.joined = Caseless(rf"(?:^|\s)[\w-]+\s*(?:,|\s{joints})\s*$")
        deep = words.forms("lengths", "deep")
        not_deep = any_of("lengths", "not_deep")
        self.after = Caseless(
            rf"[\s-]*(?!{any_of('links', 'from')}\s+(?:the\s+)?{any_of('lines', 'border')}(?!\w))"
            rf"(?:{any_of('lengths', 'after')}(?!\w)|{any_form(deep)}\b(?!\s+{not_deep}\b))"
        )
        self.length = Caseless(rf"(?<!\w){any_of('lengths', 'length')}(?!\w)[^;\d]*$")
        front = rf"(?:{any_of('lines', 'article')}\s+)?{any_of('lines', 'front', 'bare_front')}"
        # "The front line today – more than 1,200 km, of which 200 in the oblast": how long it is.
        self.front = Caseless(
            rf"(?:^|[,;:]\s+){front}(?:\s+[^\W\d]+)?\s+[—–-]\s+(?:[^\W\d]+\s+)?(?:{hedges}\s+)*$"
        )
        self.linked = Caseless(rf"(?:\s+[^\W\d]+){{0,3}}\s+{any_of('links', 'from', 'to', 'in')}\s")
        self.reaches = Caseless(rf"{any_of('lengths', 'reaches')}(?!\w)")
        ends = any_of("links", "from", "between", "to")
        self.distance = Caseless(rf"(?<!\w){any_of('verbs', 'distance')}\s+{ends}\s")
        toward = words.forms("verbs", "toward")
        under = [f for f in words.forms("hedges", "under") if f in toward]
        self.up_to = Caseless(rf"(?<!\w){any_form((*toward[:3], *under))}(?!\w)\s*$")
        self.toward = words.pattern("verbs", "toward")


@cache
def _length_words(language: str) -> _LengthWords:
    return _LengthWords(lexicon(language))


def is_size(passage: Passage, amount: Amount) -> bool:
    """Return whether the words after an amount say that it is a size: "5 km long"."""
    return _length_words(passage.language).after.match(passage.text, amount.end) is not None


def is_other_length(passage: Passage, amount: Amount, *, since: int = 0) -> bool:
    """Return whether an amount is a range, a way, a size or the like, and no distance.

    Parameters
    ----------
    passage : Passage
        The sentence that states it.
    amount : Amount
        A length.
    since : int
        Where the last place or amount before it ends; words before that say nothing of it.
    """
    text, words = passage.text, _length_words(passage.language)
    if is_size(passage, amount) or words.length.search(text[: amount.start]):
        return True
    is_front = words.front.search(text[: amount.number_start]) is not None
    if is_front and words.linked.match(text, amount.end) is None:
        return True
    start = max(since, amount.start - _REACH)
    if words.way.search(text[start : amount.start]):
        return True
    before = words.before.search(text[start : amount.start])
    if before is None or words.joined.search(before[0]) or words.going.fullmatch(before[0]):
        return False
    at = start + before.start()
    clause = max(text.rfind(mark, 0, at) for mark in ",;:.") + 1
    if words.reaches.match(before[0]) and words.distance.search(text, clause, at):
        # "The distance from A to B reaches 870 km".
        return False
    return not words.toward.search(text, start, amount.number_start)
