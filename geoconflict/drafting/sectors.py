"""The sectors of the front that sentences name, by the town that each is called after."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import any_form


@dataclass(frozen=True)
class Sector:
    """A sector that a sentence names: its characters, and the town and unit of its name."""

    start: int
    end: int
    town: str

    @property
    def admin1(self) -> str:
        """The unit of the town."""
        return self.town.rpartition(", ")[2]


def find_sectors(text: str, language: str) -> list[Sector]:
    """Return the sectors that a sentence names, in their order.

    Examples
    --------
    >>> find_sectors("In the Kupiansk sector it was quiet.", "en")
    [Sector(start=7, end=15, town='Kupiansk, UA-63')]
    >>> [s.town for s in find_sectors("На Лиманському та Сіверському напрямках тихо.", "uk")]
    ['Lyman, UA-14', 'Siversk, UA-14']
    """
    listed, named, towns = _patterns(language)
    return [
        Sector(match.start(), match.end(), towns[str(match.lastgroup)])
        for group in listed.finditer(text)
        for match in named.finditer(text, group.start(), group.end())
    ]


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, str]]:
    """Return the pattern of lists of sectors, that of one, and the towns of its groups."""
    with Path(__file__).with_name("sectors.toml").open("rb") as file:
        table = tomllib.load(file)
    named = "|".join(f"(?P<s{n}>{any_form(forms)})" for n, forms in enumerate(table.values()))
    plain = "|".join(any_form(forms) for forms in table.values())
    direction = lexicon(language).any_of("clauses", "direction")
    joint = lexicon(language).any_of("clauses", "and")
    more = rf"(?:(?:\s*,\s*|,?\s+{joint}\s+)[\w'’-]+(?:\s+[\w'’-]+)?){{0,9}}"
    lists = rf"(?<!\w)(?:{plain})(?:\s+[\w'’-]+)?{more}\s+{direction}(?!\w)"
    towns = {f"s{n}": town for n, town in enumerate(table)}
    # "На Лиманському — дві атаки": the word for it was said before.
    words, ends = lexicon(language), lexicon(language).any_of("clauses", "of_direction")
    said_of = (("sides",), ("lines", "troops"), ("bodies", "enemy"))
    who = "|".join(words.any_of(*section) for section in said_of)
    what = rf"(?=\s*[—–,:]|\s+(?:{who})(?!\w))"
    alone = rf"(?<!\w){words.any_of('links', 'toward')}\s+(?={ends}(?!\w))(?:{plain}){what}"
    lists = rf"{lists}|{alone}"
    one = rf"(?<!\w)(?:{named})(?!\w)"
    return re.compile(lists, re.IGNORECASE), re.compile(one, re.IGNORECASE), towns
