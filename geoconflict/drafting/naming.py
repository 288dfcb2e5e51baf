"""How a facility is called that the gazetteer does not know: its words without a case ending."""

from __future__ import annotations

import re

from geoconflict.lexicon import lexicon

_QUOTED = re.compile(r"[«\"“][^«»\"“”]{2,40}[»\"”]")
# Proper adjectives of places, in any case: "Алексинського", "Новомосковскую".
_ADJECTIVE = re.compile(
    r"(?P<stem>[А-ЯІЇЄҐЁ][\w'’-]*(?:ськ|цьк|зьк|ск|цк))"
    r"(?P<end>ий|ого|ому|им|ім|ій|ої|у|ою|а|ые|ая|ую|ой|ом|ое)(?!\w)"
)
_FEMININE = frozenset(("ій", "ої", "у", "ою", "а", "ая", "ую", "ой"))


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
    quoted, adjective = _QUOTED.search(words), _ADJECTIVE.search(words)
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
    is_feminine = adjective["end"] in _FEMININE
    endings = {"uk": ("ий", "а"), "ru": ("ий", "ая")}[language]
    return adjective["stem"] + endings[is_feminine]
