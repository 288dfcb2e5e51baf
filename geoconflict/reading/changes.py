"""Shares and changes of numbers that the sentences before tell: "That is 85 percent", "a rise"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import permutations

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.counted import Counted, find_counted
from geoconflict.reading.drafts import Draft
from geoconflict.reading.landtext import LandText
from geoconflict.reading.periods import find_periods
from geoconflict.reading.sums import draft_before, draft_of, unit_of

# A share is told as roundly as this, in points; one so many times another is of something else.
_POINTS, _FAR = 2.0, 2.5
# The sentences before that a share can be of.
_BEFORE = 2
_STEM = 4
# So near a share is that of a number beyond doubt, and so many words stand between the two.
_FITTING, _WORDS = 1.0, 5


class _ChangeWords:
    """The patterns of shares that point back in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        hedges = any_form(form for form in words.forms("hedges") if form != "plus")
        joint = any_form((*words.forms("links", "or", "that_is"), *words.forms("sums", "that_is")))
        light = rf"(?:{any_of('links', 'light')}|{hedges}|{joint}|{any_of('sums', 'by', 'to')})"
        noun, lead = any_of("sums", "change"), any_of("sums", "change_lead")
        of = any_of("links", "in", "of")
        # "so the increase came to 35 percent", "the 45% drop".
        self.noun = Caseless(
            rf"(?:^|[,;:.–—]\s*|(?<!\w){joint}\s+)\W*(?:{lead}\s+)*{noun}"
            rf"(?:\s+(?:{any_of('sums', 'change_is')}|{hedges})){{1,4}}\s+$"
        )
        self.behind = Caseless(rf"\s+{noun}(?!\w)(?!\s+{of}\s)")
        self.definite = Caseless(rf"(?:^|[.;]\s)\W*{lead}\s+$")
        pointing = rf"(?:{any_of('pointers', 'demonstratives')}|{any_of('pointers', 'singular')})"
        self.pointed = Caseless(rf"\W*(?:{joint}\s+)?(?:{pointing}\s+)?(?:{light}[\s,]+)*")
        self.again = Caseless(
            rf"(?:\s+[^\W\d][\w'’-]*){{0,2}}\s*(?:[,–—(]\s*)+(?:{joint}\s+)(?:{hedges}\s+)?"
        )
        self.ends = Caseless(r"\)?\s*(?:[.,;!?]|[–—]\s|$)")
        self.among = Caseless(rf"(?<!\w){any_of('sums', 'among')}\s+(?:[^\W\d]+\s+)?$")
        self.become = Caseless(
            rf"(?<!\w){any_of('sums', 'from')}\s+(?:{hedges}\s+)?[\d.,\s]+"
            rf"(?:[^\W\d]+\s+){{0,3}}{any_of('sums', 'to')}\s+(?:{hedges}\s+)?$"
        )
        # What tells two times apart, as months do.
        self.apart = words.pattern("time", "last", "last_year")
        self.against = words.pattern("sums", "against")
        every = any_of("sums", "day_by_day", "weekly", "monthly", "yearly")
        self.rate = Caseless(rf"(?:\s+[^\W\d.]+\.?){{0,3}}\s+{every}(?!\w)")
        self.each = Caseless(
            rf"(?<!\w)(?:{any_of('land', 'average')}|{any_of('sums', 'each_before')})"
            rf"\s+(?:of\s+)?(?:{hedges}\s+)?$"
        )


@cache
def _change_words(language: str) -> _ChangeWords:
    return _ChangeWords(lexicon(language))


def read_changes(
    text: LandText, shares: Sequence[tuple[int, int, dict[str, object]]]
) -> Iterator[Draft]:
    """Yield a share as that of two numbers told before, or the change from one to the other.

    Only where the sentences tell no other numbers that it could be of.

    Parameters
    ----------
    text : LandText
        The sentence, with those before it.
    shares : sequence of (int, int, dict)
        The shares that it states and nothing else computes: their span and fields.
    """
    if len(shares) != 1:
        yield from _of_one_whole(text, shares)
        return
    start, end, fields = shares[0]
    words = _change_words(text.passage.language)
    percent = fields["value_min"]
    if not isinstance(percent, float) or fields.get("unit") != "percent":
        return
    told = _told(text, words)
    is_last = words.ends.match(text.text, end) is not None
    is_named = is_last and words.noun.search(text.text[:start]) is not None
    is_named = is_named or (
        words.behind.match(text.text, end) is not None
        and words.definite.search(text.text[:start]) is not None
    )
    if is_named:
        pair = _changed(text, told, words)
        if pair is not None:
            yield from _as_change(text, pair, shares[0], told)
        return
    pair = None if not is_last else _of_whole(text, words, (start, end), told)
    if pair is not None:
        yield from _as_share(text, pair, shares[0], told)


def _of_one_whole(
    text: LandText, shares: Sequence[tuple[int, int, dict[str, object]]]
) -> Iterator[Draft]:
    """Yield shares of a number of the sentence before, one of which it fits.

    "The staff lists 150 clashes. Pokrovsk, with 60, made up 40 percent, and Lyman, with 30, 35."
    """
    language = text.passage.language
    own = find_counted(text.text, language)
    pairs = [(part, share) for share in shares if (part := _right_before(text, own, share))]
    earlier = text.passage.before[-1:]
    wholes = [one for p in earlier for one in find_counted(p.text, p.language)]
    percents = [float(str(share[2]["value_min"])) for _, share in pairs]
    for whole in wholes if len(pairs) > 1 else ():
        made = [100 * part.value / whole.value for part, _ in pairs]
        told = list(zip(made, percents, strict=True))
        are_near = all(1 / _FAR < m / percent < _FAR for m, percent in told)
        if are_near and any(abs(m - percent) <= _FITTING for m, percent in told):
            for part, share in pairs:
                yield from _drafted(text, (part, whole), share)
            return


def _right_before(
    text: LandText, own: Sequence[Counted], share: tuple[int, int, dict[str, object]]
) -> Counted | None:
    """Return the number whose share is told right behind it; None where a verb of change does."""
    parts = [one for one in own if one.stop <= share[0]]
    gap = text.text[parts[-1].stop : share[0]] if parts else ""
    if not parts or len(gap.split()) > _WORDS or any(mark in gap for mark in ".;:"):
        return None
    grown = text.passage.words.pattern("comparisons", "rises", "falls", "more", "less")
    return None if grown.search(gap) else parts[-1]


def _told(text: LandText, words: _ChangeWords) -> list[tuple[str, Counted]]:
    """Return the numbers of the sentence and of those right before it, but for rates."""
    around = [*text.passage.before[-_BEFORE:], text.passage]
    return [
        (passage.text, one)
        for passage in around
        if passage.language == text.passage.language
        for one in find_counted(passage.text, passage.language)
        if not _is_rate(passage.text, one, words)
        and words.each.search(passage.text[: one.start]) is None
    ]


def _is_rate(text: str, one: Counted, words: _ChangeWords) -> bool:
    """Return whether a number is one a day or the like, and not what another such has become."""
    is_end = words.become.search(text[: one.start]) is not None
    return not is_end and words.rate.match(text, one.end) is not None


def _noun(told: tuple[str, Counted]) -> str:
    words, one = told
    return words[one.end : one.stop].strip().casefold()[:_STEM]


def _are_alike(a: tuple[str, Counted], b: tuple[str, Counted]) -> bool:
    """Return whether two numbers may be of the same thing, as far as nouns and units tell."""
    nouns = {_noun(a), _noun(b)} - {""}
    return _unit(a[1], b[1]) is not None and len(nouns) < 2 and a[1].value != b[1].value


def _unit(a: Counted, b: Counted) -> str | None:
    """Return the unit of two numbers, which one of them may leave out; None where they differ."""
    bare = [one for one in (a, b) if not one.kind]
    return unit_of(a, b) or (next(o.unit for o in (a, b) if o not in bare) if bare else None)


def _changed(
    text: LandText, told: Sequence[tuple[str, Counted]], words: _ChangeWords
) -> tuple[Counted, Counted] | None:
    """Return the only two numbers that a change can be of, told of two times; else None."""
    if len(told) != 2 or not _are_alike(*told):
        return None
    (first, one), (last, other) = told
    is_become = first is last and words.become.search(last[: other.start]) is not None
    passages = dict.fromkeys((first, last))
    are_apart = any(words.apart.search(p) or words.against.search(p) for p in passages)
    language = text.passage.language
    months = {q.days for p in passages for q in find_periods(p, language=language) if q.days}
    return (one, other) if is_become or are_apart or len(months) > 1 else None


def _of_whole(
    text: LandText,
    words: _ChangeWords,
    span: tuple[int, int],
    told: Sequence[tuple[str, Counted]],
) -> tuple[Counted, Counted] | None:
    """Return the part and the whole that a share is of; None where either is not clear."""
    own = [one for passage, one in told if passage is text.text and one.stop <= span[0]]
    before = [(p, one) for p, one in told if p is not text.text]
    if not own and words.pointed.fullmatch(text.text, 0, span[0]):
        last = [(p, one) for p, one in before if p is text.passage.before[-1].text]
        wholes = [t for t in last if words.among.search(t[0][: t[1].start])]
        parts = [t for t in last if t not in wholes]
        if len(wholes) != 1 or len(parts) != 1 or parts[0][1].value >= wholes[0][1].value:
            return None
        return parts[0][1], wholes[0][1]
    if len(own) != 1 or words.again.fullmatch(text.text, own[0].end, span[0]) is None:
        return None
    part = (text.text, own[0])
    wholes = [t for t in before if _are_alike(part, t) and t[1].value > own[0].value]
    if len(wholes) != 1 or len(before) != 1:
        return None
    return own[0], wholes[0][1]


def _is_explained(percent: float, told: Sequence[tuple[str, Counted]]) -> bool:
    """Return whether a share is one of any two numbers, or what one is more than another."""
    values = [one.value for _, one in told if one.value]
    made = [100 * a / b for a, b in permutations(values, 2)]
    return any(min(abs(m - percent), abs(abs(m - 100) - percent)) <= _POINTS for m in made)


def _as_share(
    text: LandText,
    pair: tuple[Counted, Counted],
    share: tuple[int, int, dict[str, object]],
    told: Sequence[tuple[str, Counted]],
) -> Iterator[Draft]:
    part, whole = pair
    made = 100 * part.value / whole.value
    yield from _unless_other(text, (part, whole), share, told, made)


def _as_change(
    text: LandText,
    pair: tuple[Counted, Counted],
    share: tuple[int, int, dict[str, object]],
    told: Sequence[tuple[str, Counted]],
) -> Iterator[Draft]:
    start, end, fields = share
    first, last = pair
    percent = fields["value_min"]
    if not isinstance(percent, float):
        return
    made = 100 * abs(last.value / first.value - 1)
    if not 1 / _FAR < made / percent < _FAR or _is_explained(percent, told):
        return
    sign = 1 if last.value > first.value else -1
    changed = {**fields, "value_min": round(100.0 + sign * percent, 1)}
    yield from _drafted(text, (last, first), (start, end, changed))


def _unless_other(
    text: LandText,
    pair: tuple[Counted, Counted],
    share: tuple[int, int, dict[str, object]],
    told: Sequence[tuple[str, Counted]],
    made: float,
) -> Iterator[Draft]:
    percent = share[2]["value_min"]
    if not isinstance(percent, float):
        return
    if 1 / _FAR < made / percent < _FAR and not _is_explained(percent, told):
        yield from _drafted(text, pair, share)


def _drafted(
    text: LandText,
    pair: tuple[Counted, Counted],
    share: tuple[int, int, dict[str, object]],
) -> Iterator[Draft]:
    start, end, fields = share
    unit = _unit(*pair) or "items"
    here = find_counted(text.text, text.passage.language)
    drafts = [
        draft_of(text, one, unit) if one in here else draft_before(text, one.value, start, unit)
        for one in pair
    ]
    yield from drafts
    yield Draft(text.passage.sentence, "share", start, end, drafts[0], drafts[1], fields=fields)
