"""Which numbers of a sentence count people: no ages, no weapons, and none that is taken back."""

from __future__ import annotations

import re

from geoconflict.drafting.lines import Line
from geoconflict.drafting.numbers import Number
from geoconflict.lexicon import any_word, lexicon

# So near after a number stands whom it counts, or the deed that it counts weapons of.
BESIDE = 24
_AGE = re.compile(rf"[\s-]*{any_word('counting', 'not_people')}(?!\w)", re.IGNORECASE)
_AGED = re.compile(rf"(?<!\w){any_word('counting', 'aged')}\s+$", re.IGNORECASE)
# An age stands alone between commas, or in brackets.
_AGE_ASIDE = re.compile(r"[^\W\d]{3}(?:,\s|\s\()$")
_YEARS = range(1900, 2040)


def is_corrected(line: Line) -> bool:
    """Return whether a sentence takes back a number of people: "not five but four"."""
    numbers = [n for n in line.numbers if is_taken_back(line, n)]
    return bool(numbers) and bool(line.tag("toll", "killed", "injured"))


def is_taken_back(line: Line, number: Number) -> bool:
    """Return whether a sentence says that it is not so many: "not five"."""
    words = lexicon(line.language)
    no, but = words.any_of("negation", "not"), words.any_of("negation", "but")
    before = rf"(?<!\w){no}\s+(?!{but}(?!\w))$"
    return re.search(before, line.text[: number.start], re.IGNORECASE) is not None


def _is_age(line: Line, number: Number) -> bool:
    """Return whether a number tells how old somebody is: "a watchman, 58, was killed"."""
    before, after = line.text[: number.start], line.text[number.end :]
    is_aside = _AGE_ASIDE.search(before) is not None and after[:1] in (",", ")")
    return is_aside or bool(_AGE.match(after[:16]) or _AGED.search(before[-16:]))


def counts_people(line: Line, number: Number) -> bool:
    """Return whether a number may count people: no age, no distance, no weapons."""
    start, end = number.start, number.end
    if _is_age(line, number) or is_taken_back(line, number):
        return False
    is_year = number.value in _YEARS and end - start == len("2025")
    if is_year and not line_has_people(line, end, end + 3):
        return False
    downs = [t for t in line.tag("deeds", "down") if -1 <= t.start - end <= 1 or t.end == start - 1]
    if downs and not line_has_people(line, end, end + BESIDE):
        return False
    for things in (line.tag("arms"), line.tag("targets")):
        near = next((t.start for t in things if 0 <= t.start - end <= BESIDE), start)
        is_apart = re.search(r"[,;]", line.text[end:near])
        if near > start and not is_apart and not _counts_people_of(line, end, near):
            return False
    later = [n.start for n in line.numbers if n.start > start]
    until = min([end + BESIDE, *later])
    return not any(end <= t.start <= until for t in line.tag("toll", "rescued", "animals"))


def _counts_people_of(line: Line, start: int, thing: int) -> bool:
    """Return whether people stand before a thing or are called by it: "four railway workers"."""
    word = re.compile(r"\w+\s").match(line.text, thing)
    return line_has_people(line, start, word.end() + 1 if word else thing + 1)


def line_has_people(line: Line, start: int, end: int) -> bool:
    """Return whether a word for people stands between two characters."""
    return any(start <= t.start < end for t in line.tag("toll", "people", "killed", "injured"))
