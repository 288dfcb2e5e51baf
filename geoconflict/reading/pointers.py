"""Words that point back to a place named before: "it", "the refinery", "місто", "the city"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geoconflict.reading.mentions import COUNTRY, Mention
from geoconflict.reading.passages import Passage

_FACILITY = (
    r"site|facilit(?:y|ies)|plants?|factor(?:y|ies)|refiner(?:y|ies)|depots?|base|air\s?base|"
    r"airfield|airport|enterprises?|installation|complex|targets?|building|station|terminal|"
    r"warehouse|arsenal|port|bridge|mine|shipyard|storage"
)
_TOWN = r"cit(?:y|ies)|towns?|villages?|settlements?|community|island"
_AREA = r"area|regions?|oblast|province|republic|place|location|spot|district"
_NOUN_EN = rf"(?P<facility_en>{_FACILITY})|(?P<town_en>{_TOWN})|(?P<area_en>{_AREA})"
_POINTER = re.compile(
    rf"\b(?:(?:the|this|that|these|those|both)\s+(?:(?!of\b)[a-z]+\s+)?(?:{_NOUN_EN})\b"
    rf"(?!\s+(?:of|called)\s+(?:the\s+)?[A-Z])"
    r"|(?P<it>it|they|its|their|there|that(?=\s+is\b)|here(?=,))\b)"
    r"|(?P<town_local>\b(?:місто|містечко|село|селище|місті|населений\s+пункт|город|посёлок|поселок|"
    r"населённый\s+пункт|населенный\s+пункт)\b)"
    r"|(?P<facility_local>\b(?:завод|об['’]єкт|підприємство|нафтобаза|база|порт|аеродром|арсенал|"
    r"объект|предприятие|нефтебаза|аэродром)\b)"
    r"|(?P<it_local>\b(?:він|вона|воно|вони|звідси|звідти|нього|неї|он|она|оно|они|отсюда|оттуда|него|"
    r"неё|нее)\b)",
    re.IGNORECASE,
)
# A local noun points back only where no name follows it.
_NAMED = re.compile(r"\s+(?:[«\"“„]|(?:у|в|під|под|біля)\s+)?[А-ЯІЇЄҐЁ]")
_STANDS = re.compile(
    r"\s*(?:itself\s+)?(?:['’]s|is|are|was|were|lies|lie|lay|sits?|stands?|stood|located|remains?)\b|"
    r"\s*$",
    re.IGNORECASE,
)
_OWN_PLACE = re.compile(
    r"\s+(?:\w+\s+)?(?:position|location|outskirts|edge|edges|site|distance|cent(?:re|er)|border)\b",
    re.IGNORECASE,
)
_BEING = re.compile(r"\s+(?:is|are|was|were|has|have)\b", re.IGNORECASE)
_PRONOUN_FIRST = re.compile(
    r"\W*(?:It|They|Its|Their|That\s+is|There|With\s+its|Він|Вона|Воно|Вони|Он|Она|Оно|Они)\b",
    re.UNICODE,
)
# Kinds of place by rank: a facility, a settlement, anything wide.
_FITS = {"facility": (0,), "town": (1,), "area": (0, 1, 2, 3), "it": (0, 1, 2, 3)}


@dataclass(frozen=True)
class Pointer:
    """A word that points back; ``kind`` is ``facility``, ``town``, ``area`` or ``it``."""

    kind: str
    start: int
    end: int
    is_plural: bool


def find_pointer(text: str) -> Pointer | None:
    """Return the last word of a text that points back to a place; None where there is none.

    Examples
    --------
    >>> find_pointer("The refinery lies ").kind, find_pointer("Kazan lies ")
    ('facility', None)
    """
    found = None
    for match in _POINTER.finditer(text):
        # "There were 12 strikes" points nowhere.
        if match[0].casefold() == "there" and _BEING.match(text, match.end()):
            continue
        if match["it"] and not _is_placed(match[0].casefold(), text, match.end()):
            continue
        group = str(match.lastgroup)
        if group.endswith("_local") and _NAMED.match(text, match.end()):
            continue
        kind = group.partition("_")[0]
        found = Pointer(kind, match.start(), match.end(), _is_plural(match[0]))
    return found


def _is_placed(word: str, text: str, end: int) -> bool:
    """Return whether a pronoun is said to be somewhere: "it lies", not "it shot down"."""
    if word in {"there", "here", "that"}:
        return True
    return (_OWN_PLACE if word in {"its", "their"} else _STANDS).match(text, end) is not None


def starts_with_pronoun(text: str) -> bool:
    """Return whether a sentence begins with a pronoun, which then is what it is about."""
    return _PRONOUN_FIRST.match(text) is not None


def antecedent(
    passage: Passage, pointer: Pointer, *, among: Sequence[Mention] = ()
) -> Mention | None:
    """Return the place that a word points back to, None where none was named.

    Parameters
    ----------
    passage : Passage
        The sentence that the word stands in.
    pointer : Pointer
        The word.
    among : sequence of Mention
        Places before it in the same sentence; one that fits the word wins.
    """
    found = _pointed(passage, pointer, among)
    return found and replace(found, found="pointer", certainty=found.likely)


def _pointed(passage: Passage, pointer: Pointer, among: Sequence[Mention]) -> Mention | None:
    ranks = _FITS[pointer.kind]
    fitting = [m for m in among if m.rank in ranks and pointer.kind != "it"]
    if fitting:
        return _only(fitting, pointer)
    named = [_named(before) for before in reversed(passage.before)]
    for mentions in named:
        fitting = [m for m in mentions if m.rank in ranks]
        if fitting:
            return _only(fitting, pointer)
    wider = next((mentions for mentions in named if mentions), [])
    if pointer.kind == "town":
        return _town(passage, wider)
    return _only([m for m in wider if m.rank], pointer) if pointer.kind == "facility" else None


def _named(before: Passage) -> list[Mention]:
    return [m for m in before.own_places if m.is_sure and m.rank < COUNTRY]


def _only(mentions: Sequence[Mention], pointer: Pointer) -> Mention | None:
    """Return the narrowest place; None where several are as narrow and one is meant."""
    rank = min((m.rank for m in mentions), default=0)
    narrow = [m for m in mentions if m.rank == rank]
    different = {m.reference for m in narrow}
    if not narrow or (len(different) > 1 and not pointer.is_plural):
        return None
    return narrow[0]


def _town(passage: Passage, mentions: Sequence[Mention]) -> Mention | None:
    """Return the town of the one facility that is named: "a refinery in Saratov. The city ..."."""
    if len(mentions) != 1 or mentions[0].place is None or not mentions[0].place.town:
        return None
    facility, place = mentions[0], mentions[0].place
    found = passage.finder.gazetteer.resolve(place.town, admin1=place.admin1_code or None).place
    if found is None:
        return None
    reference = f"place:{found.name}, {found.admin1_code or found.country}"
    return replace(facility, text=found.name, place=found, reference=reference)


def _is_plural(words: str) -> bool:
    return words.casefold() in {"they", "their", "вони", "они"} or words.endswith("ies")
