"""Ukrainian and Russian case endings: which nominatives an inflected name can come from.

Place names are rarely in a dictionary, so the endings are undone by rule and what comes out is
looked up among the names that exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from geoconflict.gazetteer.names import script
from geoconflict.lexicon import lexicons

# Combinations of the forms of the words of one name that are tried.
_COMBINATIONS = 240
# Ending of an oblique case: the endings of the nominatives that it can belong to.
_RULES = """
ового: ів ове овое
овому: ів ове овое
ого: ое ый е ий ой о
его: ее ий е
ього: є ій е
нього: нє ній
ому: ое ый е ий ой
ему: ее ий е
ьому: є ій е
им: е ий ый о ін и і
ім: е ий
ым: ое ый ые
ім: е ій іс ий
ої: а
ьої: я
ій: а я
ою: а ая
єю: я
ею: я а
ой: ая а
ей: я а и ья ая ец
ую: ая
юю: яя
ых: ые
их: ие і е
ими: ие і
ыми: ые
ові: ∅ ове ів
еві: ь еве ій
єві: й їв
ову: ів ове ов ово
еву: ів еве ев ево
єву: їв єве
ова: ів ове ов ово
ева: ів еве ев ево
єва: їв єве
овом: ів ове ов ово
евом: ів еве ев ево
євом: їв єве
овым: ов ово
евым: ев ево
овим: ове
евим: еве
ове: ов ово
еве: ев ево
ині: ине ин
ина: ине ино ин
ину: ине ино ин
ином: ине ино ин
ине: ино ин
ыне: ыно ын
ом: ∅ о ый ий ой ое
ем: ь е ец й ее ий
єм: й
ам: и ы а
ям: я і и е
ами: и ы
ями: і и я
ах: и ы і
ях: і и я
ів: и і ∅
їв: ї
ов: ы и
ев: и ы ы
ок: ки
ек: ки
ьок: ьки
ік: оки
ці: ка ець к
зі: га ∅ г
сі: ха х
и: а ь я
ы: а
і: а я ∅ е ь о
е: а ∅ о я ь
ії: ія
иї: ия
еї: ея
ає: ай
ае: ай
ое: ой
ее: ей
ие: ий
їв: ї
ю: я ь й о е
у: а ∅ о е
ию: ия ий
ии: ия ий
ией: ия
ією: ія
ію: ія
а: ∅ о е
я: ь й е
ью: ь
ю: ь й
ця: ець
цю: ець
цем: ець
ця: ця
ца: ец
цу: ец
цом: ец
це: ец ца це
ку: ок
ка: ок
ком: ок
ня: ень
ню: ень
нем: ень
ня: ня
ни: ень
ая: ая
ую: а
ле: ля ль
лі: ль
∅: и ы а і
"""


def _rules() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in _RULES.strip().splitlines():
        ending, _, others = line.partition(": ")
        found.setdefault(ending.replace("∅", ""), []).extend(others.replace("∅", "-").split())
    return {
        ending: tuple(other.replace("-", "") for other in dict.fromkeys(others))
        for ending, others in found.items()
    }


_BY_ENDING = _rules()
_LONGEST = max(map(len, _BY_ENDING))
_SHORTEST_STEM = 2
# In a closed syllable Ukrainian has "і" for "о" or "е": Рогу - Ріг, Тернополя - Тернопіль.
_CLOSED = re.compile(r"[ое]([бвгґджзклмнпрстфхцчшщ]ь?)$")
_FLEETING = re.compile(r"([бвгґджзклмнпрстфхцчшщ])([вгкмнлрц]ь?)$")
_ADJECTIVE = re.compile(r"(?:[сцз]ьк|[сц]к)$")
_VOWELS = frozenset("аеєиіїоуюяыэё")


@lru_cache(maxsize=8192)
def nominatives(name: str) -> tuple[str, ...]:
    """Return what an inflected name can be in the nominative.

    Parameters
    ----------
    name : str
        A name in Ukrainian or Russian, such as ``"Покровську"`` or ``"Красного Першого"``, or
        in another language whose lexicon tells endings of cases.

    Returns
    -------
    tuple of str
        In small letters, without the name itself. Most of them are no places: they are to be
        looked up.

    Examples
    --------
    >>> "оріхів" in nominatives("Оріхова"), "ставки" in nominatives("Ставок")
    (True, True)
    """
    words = name.lower().split()
    if len(words) > 4:
        return ()
    is_cyrillic = script(name) == "Cyrl"
    forms = [_word_guesses(word) if is_cyrillic else _latin_guesses(word) for word in words]
    found = (" ".join(chosen) for chosen in islice(product(*forms), _COMBINATIONS))
    return tuple(form for form in dict.fromkeys(found) if form != name.lower())


def _word_guesses(word: str) -> tuple[str, ...]:
    head, hyphen, last = word.rpartition("-")
    if not hyphen:
        return tuple(dict.fromkeys([*_endings(word), word]))
    # "Ростове-на-Дону" is inflected in its first part, "Івано-Франківську" in its last.
    first, _, rest = word.partition("-")
    by_first = (f"{form}-{rest}" for form in _endings(first))
    by_last = (f"{head}-{form}" for form in _endings(last))
    return tuple(dict.fromkeys([*by_first, *by_last, word]))


def _latin_guesses(word: str) -> tuple[str, ...]:
    """Return a word, and what it can be by the endings that lexicons tell of their languages."""
    found = (
        word.removesuffix(ending) + other
        for words in lexicons()
        for ending, others in words.values("cases", "endings").items()
        if word.endswith(ending)
        for other in others
    )
    return (*dict.fromkeys(found), word)


def _endings(word: str) -> Iterator[str]:
    for length in range(min(_LONGEST, len(word) - _SHORTEST_STEM), -1, -1):
        ending = word[len(word) - length :]
        stem = word[: len(word) - length]
        if not length and stem[-1] in _VOWELS:
            continue
        for other in _BY_ENDING.get(ending, ()):
            # Pokrovsk has "Покровська", Pokrovske has "Покровського".
            is_neuter = other in ("е", "о") and ending and ending[0] != "о" and ending != "ім"
            if is_neuter and _ADJECTIVE.search(stem):
                continue
            yield stem + other
            if not other or other[-1] not in _VOWELS:
                yield from _closed(stem + other)


def _closed(form: str) -> Iterator[str]:
    """Yield a nominative without ending in the forms that its last syllable can take."""
    changed = _CLOSED.sub(r"і\1", form)
    if changed != form:
        yield changed
    fleeting = _FLEETING.search(form)
    if fleeting:
        for vowel in "ео":
            yield f"{form[: fleeting.start(2)]}{vowel}{fleeting[2]}"
