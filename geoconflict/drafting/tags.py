"""What the words of a sentence stand for: deeds, weapons, targets, tolls, speakers and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import any_form

# The sections of a lexicon whose concepts are looked for; within the first ones a word can
# stand for several concepts, in the others the longest words win.
_MANY = ("deeds", "told", "toll", "stances", "offices", "bodies", "days")
_ONE = ("arms", "targets")
# What "comes down" or "burns down" was not shot down.
_DOWNWARD = ("fall", "damage")
# Those whose words say the contrary behind "not".
_TAKEN_BACK = ("deeds", "stances")


@dataclass(frozen=True, order=True)
class Tag:
    """Words of a sentence that stand for a concept.

    ``start`` and ``end`` are characters of the sentence; ``section`` and ``concept`` are those
    of the lexicon.
    """

    start: int
    end: int
    section: str
    concept: str

    def is_over(self, other: Tag) -> bool:
        """Return whether it shares characters with another."""
        return self.start < other.end and other.start < self.end

    def is_within(self, other: Tag) -> bool:
        """Return whether it lies inside of a longer one."""
        is_inside = other.start <= self.start and self.end <= other.end
        return is_inside and (self.start, self.end) != (other.start, other.end)


class Tags:
    """The tags of one sentence, by section, in their order."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self._found: dict[str, list[Tag]] = {}

    def of(self, section: str, *concepts: str) -> list[Tag]:
        """Return the tags of a section, or of some of its concepts."""
        if section not in self._found:
            found = sorted(_find(self.text, self.language, section))
            found = found if section in _MANY else _longest(found)
            # The Unmanned Systems Forces are no drones.
            units = self.of("bodies") if section == "arms" else []
            longer = [*units, *(t for t in found if t.concept in _DOWNWARD)]
            self._found[section] = [
                t
                for t in found
                if not any(t.is_within(u) for u in (longer if t.concept == "down" else units))
            ]
        found = self._found[section]
        return [tag for tag in found if tag.concept in concepts] if concepts else found

    def has(self, section: str, *concepts: str) -> bool:
        """Return whether there is a tag of a section, or of some of its concepts."""
        return bool(self.of(section, *concepts))


def _find(text: str, language: str, section: str) -> Iterator[Tag]:
    for concept, pattern in _patterns(language, section).items():
        for match in pattern.finditer(text):
            back = section in _TAKEN_BACK and _negation(language).search(text, 0, match.start())
            if not back:
                yield Tag(match.start(), match.end(), section, concept)
            elif section == "stances":
                yield Tag(back.start(), match.end(), section, "not_said")


@cache
def _negation(language: str) -> re.Pattern[str]:
    """Return the pattern of what takes the word after it back: "have not taken"."""
    words = lexicon(language)
    but = words.any_of("negation", "but")
    return re.compile(
        rf"(?:(?<!\w){words.any_of('negation', 'not')}|n['’]t)\s+(?!{but}(?!\w))(?:\w+ly\s+)?$",
        re.IGNORECASE,
    )


@cache
def _patterns(language: str, section: str) -> Mapping[str, re.Pattern[str]]:
    table = lexicon(language).table(section)
    return {
        concept: re.compile(rf"(?<!\w){any_form(forms)}(?!\w)", re.IGNORECASE)
        for concept, forms in table.items()
        if forms
    }


def _longest(tags: list[Tag]) -> list[Tag]:
    """Return the tags of which none lies over a longer one."""
    kept: list[Tag] = []
    for tag in sorted(tags, key=lambda t: (t.start - t.end, t.start)):
        if not any(tag.is_over(other) for other in kept):
            kept.append(tag)
    return sorted(kept)
