"""Areas of whole countries and regions: stated, or what other areas are likened to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.amounts import Amount
from geoconflict.reading.drafts import Draft, amount_draft
from geoconflict.reading.ends import find_ends
from geoconflict.reading.landtext import LandText, area_id, areas_of
from geoconflict.reading.mentions import UNIT, Mention
from geoconflict.reading.numerals import Numerals, numerals


class _ExtentWords:
    """The patterns of extents and sizes in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.numerals: Numerals = numerals(words.language)
        self.extent = words.pattern("land", "extent")
        # "The flooded area of the region" is not that of the region.
        self.alone = Caseless(rf"(?:^|[,.;:(—–-]\s*|(?<!\w){any_of('land', 'before_extent')}\s+)$")
        self.of = Caseless(rf"\s+(?:{any_of('links', 'of')}\s+)?(?:the\s+)?")
        relative = any_of("pointers", "relative")
        self.owned = Caseless(
            rf"(?:['’]s)?,?\s*(?:(?:with|has|{relative})\s+)?(?:an?\s+|the\s+)?(?:total\s+)?"
        )
        self.times = {str(a): float(n) for a, n in words.values("numbers", "times").items()}
        number = self.numerals.pattern
        how = "|".join(
            rf"(?P<{name}>{any_of('comparisons', name)})" for name in ("size", "bigger", "smaller")
        )
        self.how = words.pattern("comparisons", "size", "bigger", "smaller")
        lead, many = any_of("comparisons", "times_lead"), any_of("comparisons", "times_word")
        self.size = Caseless(
            rf"(?<!\w)(?:(?:(?P<times>{any_form(self.times)})|(?P<half>"
            rf"{any_of('comparisons', 'half')})|(?:{lead}\s+)?(?P<n>{number})\s+{many})"
            rf"\s+)?(?:{how})\s+(?:{any_of('comparisons', 'whole_of')}\s+)*"
        )


@cache
def _extent_words(language: str) -> _ExtentWords:
    return _ExtentWords(lexicon(language))


def read_extent(text: LandText, amount: Amount) -> Draft | None:
    """Return an area that is said to be that of a whole country or region, None where it is none.

    Only where the words for an extent and the name stand side by side; who holds land there, or
    what burns, is something else.
    """
    words = _extent_words(text.passage.language)
    if text.clause(amount).is_own:
        return None
    for match in words.extent.finditer(text.text, 0, amount.start):
        is_next = not any(match.end() <= a.start < amount.start for a in text.amounts)
        unit = _beside(text, match, words) if is_next else None
        figure = area_id(text, unit.reference) if unit is not None else None
        if unit is not None and figure is not None:
            draft = amount_draft(text.passage, "area", amount)
            whole = replace(draft, subject=f"figure:{figure}")
            text.memory.wholes[unit.reference.replace("border:", "country:")] = whole
            return whole
    return None


def _beside(text: LandText, match: re.Match[str], words: _ExtentWords) -> Mention | None:
    """Return the country or region whose extent is told right before or after its name."""
    for end in find_ends(text.passage):
        mention = end.mention
        if mention is None or mention.rank < UNIT or mention.kind != "place":
            continue
        is_alone = words.alone.search(text.text, 0, match.start()) is not None
        if is_alone and words.of.fullmatch(text.text, match.end(), mention.start):
            return mention
        if not end.link and words.owned.fullmatch(text.text, mention.end, match.start()):
            return mention
    return None


def read_sizes(text: LandText, own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield areas that are likened to a country or region: "twice the size of Italy".

    Parameters
    ----------
    text : LandText
        The sentence.
    own : sequence of Draft
        The areas that it states.
    """
    words = _extent_words(text.passage.language)
    is_likely = words.how.search(text.text) is not None
    wide = [m for m in text.passage.places if m.rank >= UNIT] if is_likely else []
    for match in words.size.finditer(text.text) if wide else ():
        known = next((m for m in wide if m.start == match.end()), None)
        figure = area_id(text, known.reference) if known is not None else None
        first = _said_of(text, own, match, wide) if figure is not None else None
        if known is not None and first is not None and first != f"figure:{figure}":
            yield _likened(text, match, (first, f"figure:{figure}"), known.end, words)


def _said_of(
    text: LandText, own: Sequence[Draft], match: re.Match[str], wide: Sequence[Mention]
) -> Draft | str | None:
    """Return the area, or the country or region, that is likened to another."""
    areas = areas_of(own)
    before = [d for d in areas if d.end <= match.start()]
    after = [d for d in areas if d.start >= match.end()]
    if before or after:
        return before[-1] if before else after[0]
    named = [m for m in wide if m.end <= match.start()]
    figure = area_id(text, named[0].reference) if len(named) == 1 else None
    gap = text.text[named[0].end : match.start()] if named else ""
    stands = text.passage.words.pattern("verbs", "stand").sub(" ", gap)
    return f"figure:{figure}" if figure and len(stands.split()) <= 1 else None


def _likened(
    text: LandText,
    match: re.Match[str],
    ends: tuple[Draft | str, str],
    stop: int,
    words: _ExtentWords,
) -> Draft:
    """Return a likeness as a multiple, or as a difference above nothing."""
    first, other = ends
    sentence, span = text.passage.sentence, (match.start(), stop)
    times = _times(match, words)
    if times is None and not match["size"]:
        larger, smaller = (first, other) if match["bigger"] else (other, first)
        fields = {"value_min": 0.0, "unit": "km2", "hedge": "more than"}
        return Draft(sentence, "area", *span, larger, smaller, fields=fields)
    is_inverse = bool(match["half"] or match["smaller"])
    larger, smaller = (other, first) if is_inverse else (first, other)
    fields = {"value_min": times or 1.0, "unit": "times", "hedge": "about"}
    return Draft(sentence, "share", *span, larger, smaller, fields=fields)


def _times(match: re.Match[str], words: _ExtentWords) -> float | None:
    if match["half"]:
        return 2.0
    if match["times"]:
        return words.times[match["times"].casefold()]
    return words.numerals.parse(match["n"]) if match["n"] else None
