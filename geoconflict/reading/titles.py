"""Names that are no places where they stand: of persons, papers, weapons, waters and others."""

from __future__ import annotations

import re

from geoconflict.gazetteer.places import Place
from geoconflict.reading.mentions import Mention
from geoconflict.reading.naming import Name, bare
from geoconflict.reading.placewords import PlaceWords

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NUMBER_BEFORE = re.compile(r"(?<!\d)(\d{1,4})(?:st|nd|rd|th|-[^\W\d_]+)\s$")
_WORD_BEFORE = re.compile(r"(?:^|\s)([^\W\d_][\w'’.-]*)\s$")
_GUILLEMETS = ("«", "»")
_TITLE_REACH = 40
_OPENING, _CLOSING = frozenset("\"'“‘„"), frozenset("\"'”’")


def has_other_number(sentence: str, start: int, place: Place) -> bool:
    """Return whether a number before a facility's name is none of its own: "the 13th Arsenal"."""
    number = _NUMBER_BEFORE.search(sentence[max(0, start - 12) : start])
    if number is None or place.kind != "facility":
        return False
    names = (place.name, *(name for group in place.names.values() for name in group))
    return not any(number[1] in re.findall(r"\d+", name) for name in names)


def is_title(sentence: str, name: Name, place: Place | None, words: PlaceWords) -> bool:
    """Return whether a town's name in guillemets is that of something else: «Тор», «Килим»."""
    around = sentence[max(0, name.start - 1) : name.start], sentence[name.end : name.end + 1]
    if around != _GUILLEMETS or (place is not None and place.kind != "settlement"):
        return False
    before = sentence[max(0, name.start - _TITLE_REACH) : name.start]
    is_called = words.any_kind.search(before) or words.town.search(before)
    return not is_called and words.any_kind.search(sentence, name.end, name.end + 24) is None


def is_part_of_title(sentence: str, start: int, end: int, words: PlaceWords) -> bool:
    """Return whether a name belongs to a person, a paper or an office: "Kyiv Independent"."""
    after = _WORD.match(sentence, end + 1) if sentence[end : end + 1] == " " else None
    if after is not None and after[0].casefold() in words.titles and after[0][0].isupper():
        return True
    before = _WORD_BEFORE.search(sentence[max(0, start - 30) : start])
    if before is None or " " in sentence[start:end]:
        return False
    word = before[1]
    is_first = sentence[: start - 1].rstrip() == word
    if words.country.fullmatch(word):
        return False
    small = word.casefold().strip("'’.")
    named = word[0].isupper() and small not in words.not_names and not words.filler(small)
    return named and not is_first and not word.endswith(("'s", "’s", ".")) and not word.isupper()


def _is_kind_of_town(sentence: str, start: int, end: int, words: PlaceWords) -> bool:
    """Return whether a name only says what kind of town another is: "a Volga city"."""
    if not words.article.search(sentence[max(0, start - 4) : start]):
        return False
    return bool(words.town.match(sentence, end) or words.town.search(sentence[start:end]))


def _is_weapon(sentence: str, start: int, end: int, words: PlaceWords) -> bool:
    """Return whether a name is that of a weapon: in quotation marks, or before "missile"."""
    around = sentence[max(0, start - 1) : start], sentence[end : end + 1]
    is_quoted = around[0] in _OPENING and around[1] in _CLOSING
    if not is_quoted and words.weapon.match(sentence, end) is None:
        return False
    return words.kind_before.search(sentence[max(0, start - 40) : start]) is None


def _is_water(sentence: str, start: int, end: int, words: PlaceWords) -> bool:
    """Return whether a name is what a water is called after: "the Sea of Azov"."""
    is_named = words.water_of.search(sentence[max(0, start - 16) : start]) is not None
    return is_named or words.own_water.match(sentence, end) is not None


def is_river(sentence: str, mention: Mention, words: PlaceWords) -> bool:
    """Return whether the words around a name say that of a river: no town is "the Oskil"."""
    is_town = mention.place is None or mention.place.kind == "settlement"
    if " " in mention.text or not is_town:
        return False
    start = mention.start
    if words.river_before.search(sentence, max(0, start - 30), start) is None:
        return False
    return not words.has_articles or words.alone.match(sentence, mention.end) is not None


def _is_noun(sentence: str, start: int, end: int, words: PlaceWords) -> bool:
    """Return whether a capital is only that of a first word: no village is "The town lies"."""
    is_first = not sentence[:start].strip(" \"'«“„—–-")
    return is_first and words.noun.fullmatch(sentence, start, end) is not None


NO_PLACES = (_is_noun, _is_water, is_part_of_title, _is_kind_of_town, _is_weapon)


def is_government(sentence: str, start: int, end: int, words: PlaceWords) -> bool:
    """Return whether a capital stands for its government, for want of a word of place."""
    if bare(sentence[start:end]).casefold() not in words.governments:
        return False
    before = sentence[max(0, start - 40) : start]
    return not words.locative.search(before) and not words.placed.match(sentence, end)
