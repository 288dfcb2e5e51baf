"""The words that say how something is said, and what of them is taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geoconflict.drafting.lines import Line
from geoconflict.drafting.speakers import Speaker
from geoconflict.drafting.tags import Tag
from geoconflict.lexicon import lexicon

_STRONG = ("denies", "confirms", "geolocates")
_STANCES = (*_STRONG, "cites", "claims")


def spoken_verbs(line: Line) -> list[Tag]:
    """Return the words that say how something is said, without "did not confirm"."""
    refused = [*line.tag("stances", "not_said"), *_taken_back(line)]
    spoken = [t for t in line.tag("stances", *_STANCES) if not any(t.is_over(r) for r in refused)]
    spoken = [t for t in spoken if not any(0 <= t.start - r.end <= 12 for r in refused)]
    strong = [t for t in spoken if t.concept in _STRONG]
    return [t for t in spoken if t in strong or not any(t.is_over(s) for s in strong)]


def _taken_back(line: Line) -> Iterator[Tag]:
    """Yield what is neither denied nor confirmed: "found no proof", "neither was acknowledged"."""
    words = lexicon(line.language)
    joints, no = words.any_of("clauses", "and"), words.any_of("negation", "none")
    lead = re.compile(
        rf"(?<!\w){no}\s+(?!{words.any_of('negation', 'but')}(?!\w))"
        rf"(?:(?!{joints}(?!\w))\w+\s+){{0,5}}$",
        re.IGNORECASE,
    )
    for tag in line.tag("stances", *_STRONG):
        back = lead.search(line.text, 0, tag.start)
        if back:
            yield Tag(back.start(), tag.end, "stances", "not_said")


def unknown_verbs(line: Line, speakers: list[Speaker]) -> Iterator[Tag]:
    """Yield the words between a speaker and "that" that no list has: "у Генштабі запевнили, що"."""
    that = lexicon(line.language).any_of("speaking", "that")
    link = re.compile(rf"\s+(\w+),?\s+{that}(?!\w)", re.IGNORECASE)
    known = [*line.tag("stances"), *line.tag("deeds")]
    for speaker in speakers:
        match = link.match(line.text, speaker.end)
        if match and not any(t.start < match.end(1) and match.start(1) < t.end for t in known):
            yield Tag(*match.span(1), "stances", "claims")
