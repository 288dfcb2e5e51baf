"""Compass words of each language, and the points that they name."""

from __future__ import annotations

import re
from functools import cache

from geoconflict.lexicon import Lexicon, any_form, lexicon
from geoconflict.measuring.quantities import DIRECTIONS

_POINTS = ("N", "S", "E", "W")


class Compass:
    """The compass words of one language.

    Parameters
    ----------
    words : Lexicon
        With the section ``compass``.
    """

    def __init__(self, words: Lexicon) -> None:
        stems = {point: [f.rstrip("*") for f in words.forms("compass", point)] for point in _POINTS}
        self._letter = re.compile(
            "|".join(f"(?P<{p}>{any_form(found)})" for p, found in stems.items()), re.IGNORECASE
        )
        one = rf"(?:{'|'.join(words.any_of('compass', point) for point in _POINTS)})"
        has_letters = bool(words.sections["compass"].get("letters"))
        short = r"|\b(?:nne|nnw|sse|ssw|ene|ese|wnw|wsw|ne|nw|se|sw)\b" if has_letters else ""
        self.pattern = rf"(?:{one}(?:[\s-]?{one}){{0,2}}{short})"
        self.governing = words.any_of("compass", "governing")

    def point(self, word: str) -> str | None:
        """Return the compass point that a word names, None where it names none."""
        if word.upper() in DIRECTIONS and len(word) > 1:
            return word.upper()
        letters = "".join(str(match.lastgroup) for match in self._letter.finditer(word))
        return letters if letters in DIRECTIONS else _turned(letters)


def _turned(letters: str) -> str | None:
    """Return "EN" as "NE": some languages name the second direction first."""
    turned = letters[::-1]
    return turned if len(letters) == 2 and turned in DIRECTIONS else None


@cache
def compass(language: str) -> Compass:
    """Return the compass words of a language that has a lexicon."""
    return Compass(lexicon(language))


def compass_point(word: str, *, language: str = "en") -> str | None:
    """Return the compass point that a word names, None where it names none.

    Examples
    --------
    >>> compass_point("northwest"), compass_point("north-northeast"), compass_point("SSE")
    ('NW', 'NNE', 'SSE')
    >>> compass_point("південний схід", language="uk"), compass_point("юго-западнее", language="ru")
    ('SE', 'SW')
    """
    return compass(language).point(word)
