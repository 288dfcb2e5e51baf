"""How a facility is called that the gazetteer does not know: its words without a case ending."""

from __future__ import annotations

import re
from functools import cache

from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import adjective_stems, capitals

_QUOTED = re.compile(r"[«\"“][^«»\"“”]{2,40}[»\"”]")


def facility_name(words: str, language: str) -> str:
    """Return the name of a facility in the nominative, empty where the words name none.

    Parameters
    ----------
    words : str
        As the report has them, with what stands before and in quotes after.
    language : str
        Of the report.

    Examples
    --------
    >>> facility_name("нафтобазу «Кристал»", "uk"), facility_name("складу", "uk")
    ('нафтобаза «Кристал»', '')
    >>> facility_name("Алексинського комбінату", "uk"), facility_name("Kavkaz oil depot", "en")
    ('Алексинський комбінат', 'Kavkaz oil depot')
    """
    if language == "en":
        return words if re.search(r"[A-Z\"“]", words) else ""
    quoted, adjective = _QUOTED.search(words), _adjective(language).search(words)
    noun = _noun(words[: quoted.start()] if quoted else words, language)
    if not noun or not (quoted or adjective):
        return ""
    parts = [_nominative(adjective, language) if adjective else "", noun]
    return " ".join(filter(None, [*parts, quoted[0] if quoted else ""]))


def _noun(words: str, language: str) -> str:
    nouns = lexicon(language).values("targets_named", "nouns")
    found = (nouns[stem] for stem in nouns if re.search(rf"(?<!\w){stem}", words, re.IGNORECASE))
    return str(next(found, ""))


def _nominative(adjective: re.Match[str], language: str) -> str:
    endings = lexicon(language).values("targets_named", "endings")
    return adjective["stem"] + str(endings[adjective["end"]])


@cache
def _adjective(language: str) -> re.Pattern[str]:
    """Return the pattern of proper adjectives of places, in any case."""
    ends = "|".join(sorted(lexicon(language).values("targets_named", "endings"), key=len)[::-1])
    stem = rf"(?P<stem>[{capitals()}][\w'’-]*{adjective_stems()})"
    return re.compile(rf"{stem}(?P<end>{ends})(?!\w)")
