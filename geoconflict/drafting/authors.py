"""Whose own report a heading begins: a body, a governor, a staff that sums up its day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geoconflict.drafting.lines import Line
from geoconflict.drafting.sayings import spoken_verbs
from geoconflict.drafting.speakers import CAPITAL, Speaker, find_speakers
from geoconflict.drafting.tags import Tag
from geoconflict.drafting.voices import (
    AUTHOR,
    BEFORE_COLON,
    BETWEEN_AFTER,
    Voice,
    find_voices,
    voice_of,
)
from geoconflict.lexicon import lexicon

# A heading that names its author begins with them.
_AT_HEAD = 4
# So many words of an office no list has: "the Kherson regional".
_OFFICE_WORDS = 3


def find_author(line: Line, *, is_summary: bool) -> Voice | None:
    """Return whose own report a heading begins; of what the press says it is not the author.

    Parameters
    ----------
    line : Line
        The heading: "Зведення Генерального штабу", "Минобороны РФ, 25 ноября", "The governor
        Ivan Ivanov said:". One that says that a body said something names no author.
    is_summary : bool
        Whether it is the heading of a summary, which need not begin with who makes it.
    """
    speakers = [s for s in find_speakers(line) if s.rule != "footage named"]
    if is_summary:
        speakers = [s for s in speakers if s.side]
        # Only the General Staff heads a report so: "Оперативна інформація станом на".
        home, own = line.theatre.home, line.tag("told", "staff_report")
        speakers = speakers or [Speaker(t.start, t.end, home, "body named") for t in own]
        if line.tag("deeds", "strike", "down", "take"):
            return None
    speakers = _with_name_before(line, speakers)
    if not speakers or not (is_summary or _begins(line, speakers[0])):
        return None
    first, others = speakers[0], speakers[1:]
    verb = next((t for t in spoken_verbs(line) if t.start >= first.end or is_summary), None)
    if verb is None:
        is_own = is_summary or _is_alone(line, first, others)
    elif is_summary:
        # "The General Staff reports: …" is said of all that follows.
        is_own = first.start < _AT_HEAD and verb.start - first.end <= BETWEEN_AFTER
    else:
        # "The General Staff informs" ends a heading, or a colon gives the word.
        is_ended = line.text[verb.end : verb.end + 1] in (":", "", "\n")
        is_own = is_ended and len(_undated(line, first.end, verb.start)) < BEFORE_COLON
    if not is_own:
        return None
    voice = voice_of(line, first, Tag(first.start, first.end, "stances", "claims"))
    return replace(voice, rule=AUTHOR)


def _with_name_before(line: Line, speakers: list[Speaker]) -> list[Speaker]:
    """Return speakers of a heading, the first with the name it begins with: "Ivan Ivanov, head"."""
    name = re.match(rf"\s*{CAPITAL}\s+{CAPITAL}(?:,|\s[—–|-])\s", line.text)
    if not name or not speakers or speakers[0].start != name.end():
        return speakers
    return [replace(speakers[0], start=0), *speakers[1:]]


def _begins(line: Line, first: Speaker) -> bool:
    """Return whether a heading begins with somebody of a side, who is not of the press."""
    press = lexicon(line.language).pattern("speaking", "press")
    is_side = first.side in line.theatre.sides and first.start < _AT_HEAD
    return is_side and press.search(line.text[first.start : first.end]) is None


def _undated(line: Line, start: int, end: int) -> str:
    """Return words of a heading without the days among them."""
    rest = line.text[start:end]
    for when in reversed(line.days):
        if start <= when.start and when.end <= end:
            rest = rest[: when.start - start] + rest[when.end - start :]
    return rest


def _is_alone(line: Line, first: Speaker, others: Sequence[Speaker]) -> bool:
    """Return whether a heading only names who tells: "Ivan Ivanov, head of the administration"."""
    # An office is told with the name.
    is_set_off = re.match(r"\s*[|,/(–—]", line.text[first.end :]) is not None
    more = _OFFICE_WORDS if others and is_set_off else 1
    rest = _undated(line, first.end, len(line.text))
    words = len(re.findall(r"[^\W\d]+", rest))
    words -= sum(len(line.text[one.start : one.end].split()) for one in others)
    return not line.tag("deeds") and words <= more


def told_by_others(lines: Sequence[Line], author: Voice | None) -> dict[int, int]:
    """Return by paragraph from where on others than the author of a report have the word."""
    begun: dict[int, int] = {}
    for line in lines if author else ():
        if line.paragraph not in begun and find_voices(line):
            begun[line.paragraph] = line.start
    return begun
