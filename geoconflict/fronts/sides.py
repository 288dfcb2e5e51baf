"""Which side a drawn area belongs to, by what its layer, folder, status or legend says of it.

The words stand in the lexicon, section ``control``, in all its languages. A text is read as a
phrase: who holds, by whom, from whom, and whether that is denied. What is not understood is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from geoconflict.lexicon import any_word, apart_at_capitals, is_month
from geoconflict.measuring.dayforms import levelled

RUSSIA, UKRAINE, CONTESTED, UNKNOWN = "RU", "UA", "contested", "unknown"
CLAIMED_BY_RUSSIA, CLAIMED_BY_UKRAINE = "claimed-RU", "claimed-UA"
# Neither an area of control nor anything that belongs on a map of reports.
LEFT_OUT = "left out"
SIDES = (RUSSIA, UKRAINE, CONTESTED, UNKNOWN, CLAIMED_BY_RUSSIA, CLAIMED_BY_UKRAINE)

# How sources call their layers: whole texts, without case, spaces, digits and punctuation.
_LAYERS = (
    # DeepState: an allow-list of keys, since the same files hold editorial areas far away.
    (r".*geojsonstatusoccupied|.*geojsonterritories(crimea|ordlo|tuzla)", RUSSIA),
    (r".*geojsonstatus(dismissed|liberated).*", UKRAINE),
    (r".*geojsonstatusunknown", UNKNOWN),
    (r".*geojson(status|territories).*", LEFT_OUT),
    # Institute for the Study of War: a layer or folder each, with a day as 24JAN2025.
    (r"ukrainecontrolmap(ao)?[a-z]{0,3}|assessedcontrol[a-z]{0,3}", RUSSIA),
    (r"(assessed)?(russian)?advances(inukraine)?[a-z]{0,3}", CONTESTED),
    (r"claimedcontrol[a-z]{0,3}|claimedlimitofrussian[a-z]*", CLAIMED_BY_RUSSIA),
    (r"claimed(ukrainian)?counteroffensives?[a-z]{0,3}", CLAIMED_BY_UKRAINE),
    (r"(ukrainian|kursk)+incursion[a-z]{0,3}", UKRAINE),
    # UAControlMap: the front's areas yes, works and units no.
    (r".*(fortification|dragons?teeth|brigade|battalion|regiment|units).*", LEFT_OUT),
    (r"[a-z]+axisua", UKRAINE),
    (r"([a-z]+axis)+z?|prewarcrimea|crimea|frontlines?", RUSSIA),
)
_COMPILED_LAYERS = tuple((re.compile(pattern), side) for pattern, side in _LAYERS)
# What a word is, as a letter, so that a phrase is a text of letters; U before others of one length.
_LETTERS = {
    "unknown": "U",
    "no": "N",
    "doubt": "H",
    "unheld": "NO",
    "former": "P",
    "freed": "F",
    "freed_by_either": "E",
    "grey": "G",
    "occupied": "O",
    "controlled": "C",
    "advance": "V",
    "claimed": "K",
    "RU": "R",
    "UA": "A",
    "UA_forces": "Z",
    "by": "B",
    "from": "M",
    "land": "L",
    "fillers": "",
}
_SIDE = {"R": RUSSIA, "A": UKRAINE, "Z": UKRAINE}
_OTHER = {RUSSIA: UKRAINE, UKRAINE: RUSSIA}
_CLAIMED = {RUSSIA: CLAIMED_BY_RUSSIA, UKRAINE: CLAIMED_BY_UKRAINE}
# Who holds, in the order in which a phrase tells it: "held by", "X-held", "control of X".
_FREED_BY = (r"[FE]L?B([RAZ])", r"([RAZ])[FE]", r"[FE]([RAZ])(?!L)")
_HELD_BY = (r"CL?BW*([RAZ])", r"([RAZ])C", r"C([RAZ])(?!L)")
# Land of a side, unless what follows is that side's control of it.
_OWN_LAND = re.compile(r"LB?[RA](?![CO](?!B?W*[RAZ]))")
_PART = re.compile(r"/{2,}|\|")
_CLAUSE = re.compile(r"[,;]")
# The day of the invasion, with months as ``levelled`` writes them, and its year or month alone.
_INVASION = re.compile(
    r"\s*(?:2[0-4](?:st|nd|rd|th)?\s*(?:\.0?2\.|m02 )(?:20)?22|2022-02-2[0-4]|(?:m02 )?2022)"
    r"(?![-./]?\w)"
)
_LONGEST = 200


def side_of(texts: Iterable[str], *, occupied_named: bool = False) -> str | None:
    """Return the side that the first telling text stands for, None where none tells.

    Parameters
    ----------
    texts : iterable of str
        What an area is called, the nearest name first: status key, layer, placemark, folder.
    occupied_named : bool
        Whether the same map calls land occupied; "освобождено" then is what Ukraine took back,
        else each side says it of what it took.

    Returns
    -------
    str or None
        One of ``SIDES``, or ``LEFT_OUT``.

    Examples
    --------
    >>> side_of(["Окуповано /// Occupied /// geoJSON.status.occupied"])
    'RU'
    >>> side_of(["Liberated from Russian control"]), side_of(["Not under Russian control"])
    ('UA', 'UA')
    >>> side_of(["AssessedRussianAdvancesInUkraine"]), side_of(["Chechnya"])
    ('contested', None)
    """
    found = (_said(text, occupied_named) for text in texts)
    return next((side for side in found if side), None)


def calls_occupied(text: str) -> bool:
    """Return whether a text calls land occupied."""
    return "O" in _letters(text[:_LONGEST])


def calls_claimed(text: str) -> bool:
    """Return whether a text speaks of claims and tells no side of its own.

    Examples
    --------
    >>> calls_claimed("claimed_2025_03_02"), calls_claimed("Assessed control")
    (True, False)
    """
    return "K" in _letters(text[:_LONGEST]) and side_of([text]) is None


def plain_text(text: str) -> str:
    """Return a text without case, spaces, digits and punctuation."""
    return "".join(char for char in text.casefold() if char.isalpha())


@lru_cache(maxsize=4096)
def _said(text: str, occupied_named: bool) -> str | None:  # noqa: FBT001 - a key of the cache
    plain = plain_text(text)
    for pattern, side in _COMPILED_LAYERS:
        if pattern.fullmatch(plain):
            return side
    if len(text) > _LONGEST:
        return None
    parts = (_clauses(_dated(part), occupied_named=occupied_named) for part in _PART.split(text))
    found = {side for side in parts if side}
    return found.pop() if len(found) == 1 else None


def _dated(text: str) -> str:
    """Return a text in which land that was held before the invasion is land that is held."""
    before = re.compile(rf"(?<!\w){any_word('control', 'before')}(?!\w)", re.IGNORECASE)
    invasion = re.compile(rf"\s*{any_word('control', 'invasion')}", re.IGNORECASE)
    for match in before.finditer(text):
        rest = text[match.end() :]
        if invasion.match(rest) or _INVASION.match(levelled(rest)):
            return text[: match.start()]
    return text


def _clauses(text: str, *, occupied_named: bool) -> str | None:
    """Return the side that all clauses of a text tell, where one of them denies something."""
    clauses = [letters for part in _CLAUSE.split(text) if (letters := _letters(part))]
    if len(clauses) < 2 or not any(set(one) & set("NP") for one in clauses):
        return _phrase(_letters(text), occupied_named=occupied_named)
    sides = {_phrase(one, occupied_named=occupied_named) for one in clauses}
    return sides.pop() if len(sides) == 1 else None


def _phrase(letters: str, *, occupied_named: bool) -> str | None:
    """Return the side that a phrase of letters stands for, where what it denies does not differ."""
    first, no, rest = letters.partition("N")
    told = _denied_or_not(first, occupied_named=occupied_named) if no else None
    denied = _denied_or_not(no + rest, occupied_named=occupied_named)
    # "Ukraine does not control" denies all of it, "held by Russia, not Ukraine" what follows.
    if told and (denied or set(first) & set("OCFE")):
        return denied if told == denied else None
    return _denied_or_not(letters, occupied_named=occupied_named)


def _denied_or_not(letters: str, *, occupied_named: bool) -> str | None:
    if "H" in letters:
        return None
    denied = letters.count("N") + letters.count("P")
    plain = letters.replace("N", "").replace("P", "")
    if "U" in plain or "G" in plain:
        return None if denied else UNKNOWN if "U" in plain else CONTESTED
    side = _holder(plain, occupied_named=occupied_named)
    if not denied or side is None:
        return side
    # "Not Russia" says nothing; "not under Russian control" does, as there are two sides.
    return _OTHER.get(side) if denied == 1 and set(plain) & set("OCFE") else None


def _holder(letters: str, *, occupied_named: bool) -> str | None:
    if "F" in letters or "E" in letters:
        return _freed(letters, occupied_named=occupied_named)
    # Whose land it is says nothing of who holds it: "the territory of Russia held by Ukraine".
    if "C" in letters or "O" in letters:
        letters = re.sub("[RA]L", "", _OWN_LAND.sub("", letters))
    if "O" in letters:
        return _occupied(letters)
    agent = _agent(_HELD_BY, letters)
    if "K" in letters or "V" in letters:
        named = {_SIDE[letter] for letter in letters if letter in _SIDE}
        side = agent or (named.pop() if len(named) == 1 else None)
        if "K" in letters:
            return _CLAIMED.get(_agent((r"KC?B?([RAZ])",), letters) or side or "")
        return CONTESTED if side == RUSSIA else side
    if "C" in letters:
        return agent
    named = {_SIDE[letter] for letter in letters if letter in _SIDE}
    return named.pop() if len(named) == 1 and set(letters) <= set("RAZLB") else None


def _freed(letters: str, *, occupied_named: bool) -> str | None:
    taken_from = re.search(r"MW*([RAZ])", letters)
    if taken_from:
        return _OTHER[_SIDE[taken_from.group(1)]]
    if "O" in letters and "M" not in letters:
        return None
    own = UKRAINE if "F" in letters or occupied_named or "O" in letters else None
    return _agent(_FREED_BY, letters) or own


def _occupied(letters: str) -> str | None:
    agent = _agent((r"OB([RAZ])", r"([RZ])O", r"O(Z)"), letters)
    # "Ukrainian occupied territory" is said of land that either side occupies.
    return agent or (None if "AO" in letters else RUSSIA)


def _agent(patterns: Iterable[str], letters: str) -> str | None:
    found = (re.search(pattern, letters) for pattern in patterns)
    return next((_SIDE[match.group(1)] for match in found if match), None)


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    """Return what each word of a text is, as letters; W where no lexicon has it."""
    written = apart_at_capitals(text).replace("_", " ")
    words = written.casefold()
    letters, at = [], 0
    while match := re.compile(r"\w").search(words, at):
        start = match.start()
        matches = [(m.end(), -n) for n, p in enumerate(_patterns()) if (m := p.match(words, start))]
        end, place = max(matches, default=(0, 0))
        if not end or is_month(written, start, end):
            end = re.compile(r"\w+").match(words, start).end()  # type: ignore[union-attr]
            letters.append("" if words[start:end].isdigit() else "W")
        else:
            letters.append(list(_LETTERS.values())[-place])
        at = end
    return "".join(letters)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return a pattern for each kind of word, in the order of the letters."""
    return tuple(_pattern(concept) for concept in _LETTERS)


def _pattern(concept: str) -> re.Pattern[str]:
    return re.compile(rf"{any_word('control', concept)}(?!\w)")
