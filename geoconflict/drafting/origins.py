"""Where weapons were launched from: places that a sentence lists, and that nobody struck."""

from __future__ import annotations

import re
from functools import cache

from geoconflict.drafting.phrases import Phrase
from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import capitals

# So near before "from" stands what was launched, and so near behind another the next name.
_WEAPON_REACH, _NAME_REACH = 60, 60
_STOP = re.compile(r"[;]|\.\s")
_DEEDS = ("strike", "damage", "fall", "blast", "down", "take", "advance", "assault", "repel")


def find_origins(phrase: Phrase) -> list[tuple[int, int]]:
    """Return the characters of a sentence that say where weapons were launched from.

    "138 drones from Kursk and Oryol, Millerovo and occupied Hvardiiske" names no place that was
    hit. The list ends at the next verb.

    Parameters
    ----------
    phrase : Phrase
        The sentence.
    """
    weapons = [*phrase.tag("arms"), *phrase.tag("deeds", "launch")]
    if not weapons:
        return []
    names = [(m.start, m.end) for m in phrase.passage.places]
    names = sorted([*names, *((r.start, r.end) for r in phrase.regions)])
    others = [*phrase.tag("deeds", *_DEEDS), *phrase.tag("stances"), *phrase.tag("arms")]
    stops = sorted(tag.start for tag in others)
    found = []
    for match in _from(phrase.language).finditer(phrase.text):
        before = [t for t in weapons if 0 <= match.start() - t.end <= _WEAPON_REACH]
        near = max(before, key=lambda t: t.end, default=None)
        if near is None or any(near.end <= at < match.start() for at in stops):
            continue
        if _STOP.search(phrase.text, near.end, match.start()):
            continue
        end = _end_of_list(phrase, match.end(), names, stops)
        if end > match.end():
            found.append((match.start(), end))
    return found


def _end_of_list(phrase: Phrase, end: int, names: list[tuple[int, int]], stops: list[int]) -> int:
    """Return where the names that follow one another behind a character end."""
    is_first = True
    for start, stop in names:
        if stop <= end:
            continue
        is_near = start - end <= (0 if is_first else _NAME_REACH)
        gap = phrase.text[end:start] if start > end else ""
        if not is_near or _STOP.search(gap) or any(end <= at < start for at in stops):
            break
        is_first, end = False, stop
    return end


@cache
def _from(language: str) -> re.Pattern[str]:
    """Return the pattern of "from" and the small words behind it: "from the areas of"."""
    origin = lexicon(language).any_of("clauses", "origin")
    small = capitals().lower()
    word = rf"(?:[{small}][\w'’-]*|[{capitals()}]{{2,4}})"
    return re.compile(
        rf"(?<!\w)(?i:{origin})\s+(?:{word}\s+){{0,4}}?(?:{word}:\s*)?(?=[{capitals()}«])"
    )
