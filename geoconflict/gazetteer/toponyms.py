"""A place name in running text: the bare name, and the kind that the words around it say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from geoconflict.gazetteer.names import script


class Toponym(NamedTuple):
    """A name without the words around it, and the kind that these words say.

    ``kind`` is ``settlement``, ``admin1``, ``admin2``, ``airfield``, ``water`` or None where
    nothing says it. ``adjective`` tells that the words left a Cyrillic adjective, such as
    "Донецької" of "Донецької області".
    """

    name: str
    kind: str | None = None
    adjective: bool = False


_AFTER = {
    "admin1": (
        r"oblast|region|krai|kray|province|republic|autonomous (?:okrug|republic)|"
        r"област\w*|обл|кра[юїєийя]\w*|край|республі[кц]\w+|республик\w*"
    ),
    "admin2": r"raion|rayon|district|hromada|район\w*|р н|громад\w*",
    "settlement": r"city|town|village|settlement",
    "airfield": (
        r"(?:international )?airport|air ?base|air ?field|aerodrome|military airfield|"
        r"аеропорт\w*|аэропорт\w*|аеродром\w*|аэродром\w*|авіабаз\w*|авиабаз\w*"
    ),
    "water": r"river|reservoir|lake|sea|bay|gulf|strait|spit|ріка|річка|река|море|водосховище",
}
_BEFORE = {
    "admin1": r"(?:the )?(?:republic|oblast|region) of|республі[кц]\w+|республик\w*",
    "admin2": r"(?:the )?district of",
    "settlement": (
        r"(?:the )?(?:[a-z]+[ -]){0,2}?(?:city|town|village|settlement|community|hamlet) of|"
        r"міст[оаі]|містом|город[аеу]?|городом|сел[оаіу]|селом|сел[еу]|селищ[еаі]|смт|"
        r"пос[её]л[окке]+|пгт|м|с|г"
    ),
    "airfield": (
        r"аеропорт\w*|аэропорт\w*|аеродром\w*|аэродром\w*|авіабаз\w*|авиабаз\w*|"
        r"(?:the )?(?:airport|air ?base|air ?field) (?:of|at|in|near)"
    ),
    "water": r"(?:the )?(?:river|lake|gulf of|bay of)|рік[аиу]|річк[аиу]|рек[аиеу]|озер[оае]",
}
_PREPOSITIONS = re.compile(
    r"(?:у|в|на|під|під час|біля|поблизу|неподалік|до|від|з|із|зі|за|через|для|над|"
    r"во|под|возле|около|близ|из|от|к|у|над|in|at|near|outside|from|over) ",
    re.IGNORECASE,
)
# "Engels-2" is the military field at Engels.
_NUMBER = re.compile(r"[ -]\d$")
_ARTICLE = re.compile(r"the ", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?(?=\s|$)")
# Donets'k-yi, -oho, -omu ...: the stem that unit and district names are made of.
_ADJECTIVE = re.compile(
    r"(?P<stem>.*(?:ськ|цьк|зьк|ск|цк))"
    r"(?:ий|ій|ої|ого|ому|им|ім|ою|а|у|е|і|их|ими|ая|ой|ую|ое|ие|ом|ые|ых|ым|ыми)",
    re.IGNORECASE,
)


def _compiled(table: Mapping[str, str], form: str) -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(form.format(words), re.IGNORECASE) for kind, words in table.items()}


_BEFORE_PATTERNS = _compiled(_BEFORE, "(?:{}) (?P<name>.+)")
_AFTER_PATTERNS = _compiled(_AFTER, "(?P<name>.+?) (?:{})")
_ANY_WORD = re.compile(
    r"\b(?:" + "|".join((*_AFTER.values(), *_BEFORE.values())) + r")\b", re.IGNORECASE
)


def parse_toponym(text: str) -> Toponym:
    """Return the bare name and the kind that the words around it say.

    Parameters
    ----------
    text : str
        A name as it stands in an article, such as ``"Bryansk Oblast"``, ``"the city of
        Kazan"``, ``"Volgograd City"`` or ``"Донецької області"``.

    Returns
    -------
    Toponym

    Examples
    --------
    >>> parse_toponym("Bryansk Oblast")
    Toponym(name='Bryansk', kind='admin1', adjective=False)
    >>> parse_toponym("Kazan's").name
    'Kazan'
    """
    if text.isalpha():
        return Toponym(text)
    name = " ".join(_POSSESSIVE.sub("", text).replace(".", " ").split())
    if _ANY_WORD.search(name) is None:
        return Toponym(name)
    for patterns in (_BEFORE_PATTERNS, _AFTER_PATTERNS):
        for kind, pattern in patterns.items():
            match = pattern.fullmatch(name)
            if match:
                return _with_kind(match["name"], kind)
    return Toponym(name)


def _with_kind(name: str, kind: str) -> Toponym:
    bare = _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name
    if kind == "airfield":
        bare = _NUMBER.sub("", bare)
    is_adjective = kind in ("admin1", "admin2") and adjective_stem(bare) is not None
    return Toponym(bare, kind, is_adjective)


def without_possessive(text: str) -> str:
    """Return a name without the English possessive: "Kazan's" is "Kazan"."""
    return _POSSESSIVE.sub("", text)


def without_preposition(text: str) -> str:
    """Return a name without preposition and article: "у Покровську" is "Покровську"."""
    bare = _PREPOSITIONS.sub("", text, count=1) if _PREPOSITIONS.match(text) else text
    return _ARTICLE.sub("", bare, count=1) if _ARTICLE.match(bare) else bare


def adjective_stem(name: str) -> str | None:
    """Return the stem of a Cyrillic adjective made of a place name, None if it is none.

    Examples
    --------
    >>> adjective_stem("Донецької"), adjective_stem("Рязанская"), adjective_stem("Kursk")
    ('Донецьк', 'Рязанск', None)
    """
    match = _ADJECTIVE.fullmatch(name)
    return match["stem"] if match and script(name) == "Cyrl" else None
