"""A place name in running text: the bare name, and the kind that the words around it say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from geoconflict.gazetteer.names import script, skeleton
from geoconflict.lexicon import AnyCase, all_forms, any_word, lexicons

# What the words around a name can say that it is, in the order in which they are tried.
_KINDS = ("admin1", "admin2", "settlement", "airfield", "water")


class Toponym(NamedTuple):
    """A name without the words around it, and the kind that these words say.

    ``kind`` is ``settlement``, ``admin1``, ``admin2``, ``airfield``, ``water`` or None where
    nothing says it. ``adjective`` tells that the words left a Cyrillic adjective, such as
    "Донецької" of "Донецької області".
    """

    name: str
    kind: str | None = None
    adjective: bool = False


# "Engels-2" is the military field at Engels.
_NUMBER = re.compile(r"[ -]\d$")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?(?=\s|$)")


class _Words:
    """The words around names in all languages that have a lexicon, as patterns."""

    def __init__(self) -> None:
        article, led = self._any("article"), self._any("settlement_led")
        # "the front-line city of": up to two words stand before the one that says the kind.
        led = rf"(?:[a-z]+[ -]){{0,2}}?{led}"
        after = {kind: self._any(f"{kind}_after") for kind in _KINDS}
        before = {kind: rf"(?:{article} )?{self._any(f'{kind}_before')}" for kind in _KINDS}
        before["settlement"] = rf"(?:(?:{article} )?{led}|{before['settlement']})"
        self.around = (
            {kind: AnyCase(rf"{words} (?P<name>.+)") for kind, words in before.items()},
            {kind: AnyCase(rf"(?P<name>.+?) {words}") for kind, words in after.items()},
        )
        self.any = AnyCase(rf"\b(?:{'|'.join((*after.values(), *before.values()))})\b")
        self.direction = AnyCase(rf"(?P<name>.+?) {self._any('direction_after')}")
        self.preposition = AnyCase(rf"{self._any('prepositions')} ")
        self.within = AnyCase(rf"{self._any('within')} ")
        self.beside = AnyCase(rf"{self._any('between', 'near', section='links')} ")
        self.beyond = AnyCase(self._any("beyond"))
        self.on_water = AnyCase(self._any("on_water"))
        self.article = AnyCase(rf"{article} ")
        self.conjunction = re.compile(
            rf"\s*,\s*|\s+{self._any('and', section='links')}\s+", re.IGNORECASE
        )
        kinds = (after["admin1"], after["admin2"], self._any("direction_after"))
        self.last = AnyCase(rf"(?P<name>.+?) (?P<word>{'|'.join(kinds)})")
        self.city = AnyCase(rf"(.+? {after['admin2']}) (?:of |in (?:the )?)?(.+)")
        self.community = AnyCase(self._any("community_after"))
        sides = self._any("N", "S", "E", "W", section="compass")
        self.side = AnyCase(rf"{sides}(?:[ -]{sides})? (?=.+ {after['admin1']}$)")
        self.surname = AnyCase(rf".+{self._any('surnames')}")
        self.surname_form = AnyCase(rf"{self.surname.pattern}{self._any('surname_endings')}?")
        # Donets'k-yi, -oho, -omu ...: the stem that unit and district names are made of.
        self.adjective = AnyCase(rf"(?P<stem>.*{_STEM})(?:{_endings('long', 'short')})")
        self.long_adjective = AnyCase(rf".+(?:{_endings('long')})")

    def _any(self, *keys: str, section: str = "toponyms") -> str:
        return any_word(section, *keys)


# Behind a stem of the endings' own language.
_STEM = any_word("cases", "adjective_stems")


def _endings(*kinds: str) -> str:
    """Return the source of a pattern for endings of adjectives, after stems of their language."""
    return "|".join(
        rf"(?<={stem}){one.any_of('cases', *(f'adjective_{kind}' for kind in kinds))}"
        for one in lexicons()
        for stem in one.forms("cases", "adjective_stems")
    )


@cache
def _words() -> _Words:
    return _Words()


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
    if _words().any.search(name) is None:
        return Toponym(name)
    for patterns in _words().around:
        for kind, pattern in patterns.items():
            match = pattern.fullmatch(name)
            if match:
                return _with_kind(match["name"], kind)
    return Toponym(name)


def _with_kind(name: str, kind: str) -> Toponym:
    bare = _without(_words().article, name)
    if kind == "airfield":
        bare = _NUMBER.sub("", bare)
    is_adjective = kind in ("admin1", "admin2") and adjective_stem(bare) is not None
    return Toponym(bare, kind, is_adjective)


def direction_town(text: str) -> str | None:
    """Return the town that a direction of the front is called after, None where it is no direction.

    Examples
    --------
    >>> direction_town("Покровський напрямок"), direction_town("Lyman axis"), direction_town("Lviv")
    ('Покровськ', 'Lyman', None)
    """
    if " " not in text:
        return None
    match = _words().direction.fullmatch(without_preposition(text))
    return match and (adjective_stem(match["name"]) or match["name"])


def on_water(text: str) -> str | None:
    """Return the name of a phrase that only a river's stands in, None where it is no such phrase.

    Examples
    --------
    >>> on_water("на Днепре"), on_water("on the Dnipro"), on_water("на Днепр"), on_water("в Днепре")
    ('Днепре', 'Dnipro', None, None)
    """
    if " " not in text or _words().on_water.fullmatch(text) is None:
        return None
    return _without(_words().article, text.partition(" ")[2])


def city_of_district(text: str) -> tuple[str, str] | None:
    """Return a district and the city that a text says it is of, None where it says none.

    Examples
    --------
    >>> city_of_district("Kyivskyi district of Kharkiv"), city_of_district("Saltiv district")
    (('Kyivskyi district', 'Kharkiv'), None)
    >>> city_of_district("Салтівський район Харкова")
    ('Салтівський район', 'Харкова')
    """
    match = _words().city.fullmatch(text)
    return match and (match[1], match[2])


def is_community(text: str) -> bool:
    """Return whether a text says community, not raion.

    Examples
    --------
    >>> is_community("Межівській громаді"), is_community("Polohy district")
    (True, False)
    """
    return _words().community.search(text) is not None


def names_in(text: str) -> tuple[str, ...]:
    """Return the names that stand in one phrase, each with the word that says what they are.

    Examples
    --------
    >>> names_in("Zaporizhzhia and Kherson oblasts"), names_in("between Lyman and Siversk")
    (('Zaporizhzhia oblasts', 'Kherson oblasts'), ('Lyman', 'Siversk'))
    >>> names_in("в Сумській та Харківській областях")
    ('Сумській областях', 'Харківській областях')
    """
    words = _words()
    bare = without_preposition(_without(words.beside, text))
    parts = [part for part in words.conjunction.split(bare) if part]
    last = words.last.fullmatch(parts[-1]) if len(parts) > 1 else None
    if last is not None:
        parts = [p if words.last.fullmatch(p) else f"{p} {last['word']}" for p in parts]
    return tuple(_without(words.side, part) for part in parts)


@lru_cache(maxsize=8192)
def is_adjective(name: str) -> bool:
    """Return whether a Cyrillic word is an adjective by an ending that no town has in any case.

    Examples
    --------
    >>> is_adjective("Луганський"), is_adjective("Киевская"), is_adjective("Покровська")
    (True, True, False)
    """
    return _words().long_adjective.fullmatch(name) is not None


def is_surname(name: str) -> bool:
    """Return whether a name ends as surnames do: Smirnov, Смирнов, Ткаченко.

    Examples
    --------
    >>> is_surname("Волков"), is_surname("Kuzmin"), is_surname("Маків"), is_surname("Робине")
    (True, True, False, False)
    """
    return _words().surname.fullmatch(name) is not None


def is_surname_form(name: str) -> bool:
    """Return whether a name ends as surnames do in any case: Белоусов, Белоусову.

    Examples
    --------
    >>> is_surname_form("Белоусову"), is_surname_form("Белгороду")
    (True, False)
    """
    return _words().surname_form.fullmatch(name) is not None


@cache
def _also_words() -> frozenset[str]:
    return frozenset(map(skeleton, all_forms("toponyms", "also_words")))


def is_also_word(*names: str) -> bool:
    """Return whether any of some names is known as a word or a name of something else too."""
    return not _also_words().isdisjoint(map(skeleton, names))


def is_in_place(text: str) -> bool:
    """Return whether a preposition or a word for its kind tells that a name is a place's."""
    is_led = without_preposition(text) != text and on_water(text) is None
    return is_led or parse_toponym(text).kind is not None


def is_beyond(text: str) -> bool:
    """Return whether a name stands as what is crossed or lies in between does, a town or a river.

    Examples
    --------
    >>> is_beyond("за Днепром"), is_beyond("через Дніпро"), is_beyond("за Днепр")
    (True, True, False)
    """
    return _words().beyond.fullmatch(text) is not None


def is_within_place(text: str) -> bool:
    """Return whether a name stands as only a settlement's does, and no river's.

    Examples
    --------
    >>> is_within_place("в Осколе"), is_within_place("село Оскол"), is_within_place("за Оскол")
    (True, True, False)
    """
    return is_in_locative(text) or parse_toponym(text).kind is not None


def is_in_locative(text: str) -> bool:
    """Return whether a preposition that takes the locative leads a name: "в Луганском"."""
    return _words().within.match(text) is not None


def adjectives(forms: Iterable[str]) -> dict[str, str]:
    """Return the adjectives of towns among the nominatives of a form, with their stems.

    None where the form is no adjective's. One that is a town's too is that in the instrumental,
    and the adjective's in the locative.

    Examples
    --------
    >>> adjectives(["луганск", "луганское", "луганский"]), adjectives(["луганск", "луганска"])
    ({'луганское': 'луганск', 'луганский': 'луганск'}, {})
    """
    found = {form: stem for form in forms if (stem := adjective_stem(form))}
    return found if any(map(is_adjective, found)) else {}


def without_possessive(text: str) -> str:
    """Return a name without the English possessive: "Kazan's" is "Kazan"."""
    return _POSSESSIVE.sub("", text)


def without_preposition(text: str) -> str:
    """Return a name without preposition and article: "у Покровську" is "Покровську"."""
    return _without(_words().article, _without(_words().preposition, text))


def _without(pattern: AnyCase, text: str) -> str:
    """Return a text without what it begins with, where that fits a pattern."""
    match = pattern.match(text)
    return text[match.end() :] if match else text


def adjective_stem(name: str) -> str | None:
    """Return the stem of a Cyrillic adjective made of a place name, None if it is none.

    Examples
    --------
    >>> adjective_stem("Донецької"), adjective_stem("Рязанская"), adjective_stem("Kursk")
    ('Донецьк', 'Рязанск', None)
    """
    match = _words().adjective.fullmatch(name)
    return match["stem"] if match and script(name) == "Cyrl" else None


def is_adjective_stem(name: str) -> bool:
    """Return whether a name ends as the stem of an adjective does: "Донецьк", "Курск"."""
    return re.search(rf"{_STEM}$", name, re.IGNORECASE) is not None


def without_suffix(stem: str) -> str:
    """Return the stem of an adjective without what makes it one.

    Examples
    --------
    >>> without_suffix("Полтавськ"), without_suffix("Рязанск"), without_suffix("Lyman")
    ('Полтав', 'Рязан', 'Lyman')
    """
    return re.sub(rf"{any_word('cases', 'suffix')}$", "", stem)


def _before_suffix(stem: str) -> tuple[str, ...]:
    """Return what a town may be called whose last letter its adjective's suffix has taken in."""
    return tuple(
        stem.removesuffix(fused) + letter
        for one in lexicons()
        for fused, letters in one.sections.get("cases", {}).get("fused", {}).items()
        if stem.endswith(fused)
        for letter in letters
    )


def towns_of_stem(stem: str) -> tuple[tuple[str, ...], ...]:
    """Return what the town of an adjective's stem may be called, with endings, and with a vowel.

    The likeliest are first; most of them are no places.

    Examples
    --------
    >>> "Покровськ" in towns_of_stem("Покровськ")[0], towns_of_stem("Lyman")
    (True, (('Lyman',), (), ()))
    >>> "Гуляйполе" in towns_of_stem("Гуляйпільськ")[2], "Сумы" in towns_of_stem("Сумск")[1]
    (True, True)
    """
    bare = without_suffix(stem)
    if bare == stem:
        plain = (stem, *_before_suffix(stem))
        ended = tuple(
            town + ending for town in plain[1:] for ending in all_forms("cases", "without_suffix")
        )
        return plain, ended, ()
    hard = bare.rstrip("".join(all_forms("cases", "soft")))
    opened = (
        hard[::-1].replace(narrow, wide, 1)[::-1]
        for one in lexicons()
        for wide, narrow in one.sections.get("cases", {}).get("closed", {}).items()
        if narrow in hard
    )
    endings = all_forms("cases", "without_suffix")
    changed = {base + ending: None for base in (hard, *opened) for ending in endings}
    return (stem, bare), tuple(bare + ending for ending in endings), tuple(changed)
