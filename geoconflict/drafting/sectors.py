"""The sectors of the front that sentences name, by the town that each is called after."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import any_form


def find_sector(text: str, language: str) -> tuple[int, int, str] | None:
    """Return the first sector that a sentence names: its characters and its town; None: none.

    Examples
    --------
    >>> find_sector("In the Kupiansk sector it was quiet.", "en")
    (7, 22, 'Kupiansk, UA-63')
    >>> find_sector("На Лиманському та Сіверському напрямках тихо.", "uk")[2]
    'Lyman, UA-14'
    """
    pattern, towns = _pattern(language)
    match = pattern.search(text)
    if match is None:
        return None
    return match.start(), match.end(), towns[str(match.lastgroup)]


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    with Path(__file__).with_name("sectors.toml").open("rb") as file:
        table = tomllib.load(file)
    named = "|".join(f"(?P<s{n}>{any_form(forms)})" for n, forms in enumerate(table.values()))
    direction = lexicon(language).any_of("clauses", "direction")
    more = r"(?:(?:\s*,\s*|\s+(?:and|та|і|й|и)\s+)[\w'’-]+){0,3}"
    source = rf"(?<!\w)(?:{named}){more}\s+{direction}(?!\w)"
    towns = {f"s{n}": town for n, town in enumerate(table)}
    return re.compile(source, re.IGNORECASE), towns
