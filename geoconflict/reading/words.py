"""Compass words in English, Ukrainian and Russian."""

from __future__ import annotations

import re

from geoconflict.measuring.quantities import DIRECTIONS

_EN = {"N": "north", "E": "east", "S": "south", "W": "west"}
_EN_PATTERN = (
    r"(?:north|south|east|west)(?:[\s-]?(?:north|south|east|west)){0,2}(?:ern|wards?|erly)?|"
    r"\b(?:NNE|NNW|SSE|SSW|ENE|ESE|WNW|WSW|NE|NW|SE|SW)\b"
)
# "на північний схід", "північніше", "к северо-востоку", "севернее", "юго-западнее".
_UK_PATTERN = (
    r"(?:північн\w+[\s-]+|південн\w+[\s-]+)?(?:північ|південь|схід|захід)\b|"
    r"(?:північно-|південно-)?(?:північніше|південніше|східніше|західніше)"
)
_RU_PATTERN = (
    r"(?:(?:север|юг|восток|запад)[уа]?-)?(?:северо-|юго-)?(?:север|юг|восток|запад)[уае]?\b|"
    r"(?:северо-|юго-)?(?:севернее|южнее|восточнее|западнее)"
)
COMPASS = rf"(?:{_EN_PATTERN}|{_UK_PATTERN}|{_RU_PATTERN})"
_STEMS = (
    ("N", r"north|північ|север"),
    ("S", r"south|південь|південн|південь|юг|юго|южн"),
    ("E", r"east|схід|східн|вост"),
    ("W", r"west|захід|західн|запад"),
)
_LETTER = re.compile("|".join(f"(?P<{letter}>{stems})" for letter, stems in _STEMS), re.IGNORECASE)


def compass_point(word: str) -> str | None:
    """Return the compass point that a word names, None where it names none.

    Examples
    --------
    >>> compass_point("northwest"), compass_point("north-northeast"), compass_point("SSE")
    ('NW', 'NNE', 'SSE')
    >>> compass_point("південний схід"), compass_point("юго-западнее")
    ('SE', 'SW')
    """
    if word.upper() in DIRECTIONS and word.isupper():
        return word
    letters = "".join(str(match.lastgroup) for match in _LETTER.finditer(word))
    return letters if letters in DIRECTIONS else None
