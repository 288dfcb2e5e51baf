"""Which words of a sentence are the name of a place: the longest that the gazetteer knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.toponyms import adjective_stem, towns_of_stem
from geoconflict.lexicon import AnyCase, Lexicon, adjective_stems, any_form, lexicon
from geoconflict.reading.mentions import Mention

# A name has at most so many words, a word so many letters.
_LONGEST, _LONGEST_WORD = 6, 40
# Plants are called after towns, not after villages.
NAMES_PLANTS = 3_000
# A facility that bears a town's adjective is told within so many words.
_OF_TOWN = 4
_AT_TOWN = (
    *("refinery", "gas_plant", "oil_depot", "arsenal", "chemical_plant", "aircraft_plant"),
    *("defence_plant", "steel_plant", "plant", "shipyard", "port", "airfield", "pumping_station"),
)
_WORD = re.compile(r"\d+(?:st|nd|rd|th)\b|[^\W\d_]+(?:['’ʼ-][^\W_]+)*['’]?")
_QUOTES = ' \t\n«»“”„"'
_NO_QUOTES = str.maketrans("", "", '«»“”„"')
_POSSESSIVE = re.compile(r"['’]s?$")


class _Words:
    """What words of one language can belong to a name."""

    def __init__(self, words: Lexicon) -> None:
        single = [f for f in words.forms("facilities") if " " not in f]
        kinds = words.forms("places", "oblast", "raion", "settlement", "water", "street")
        self._kinds = AnyCase(any_form([*single, *kinds]))
        pronouns = words.forms("pointers", "singular", "plural", "possessive", "relative")
        self.not_names = frozenset(
            (*words.forms("places", "not_names"), *pronouns, *words.months, *words.weekdays)
        )
        self.links = frozenset(words.forms("places", "links"))
        self.first = frozenset(words.forms("places", "first"))
        self._within = frozenset(words.forms("places", "within")) | self.links
        self._within |= frozenset(f for f in words.forms("links", "and") if f.isalpha())
        self.features = AnyCase(words.any_of("places", "water", "street"))
        self.street = AnyCase(words.any_of("places", "street"))
        self.arms = words.pattern("arms")
        self.plurals = {str(a): str(b) for a, b in words.values("places", "plurals").items()}
        self.joint = re.compile(rf"\s{words.any_of('links', 'and')}\s")
        self.pair = AnyCase(
            rf"(?P<a>[^\W\d_][\w'’-]+)\s+{words.any_of('links', 'and')}\s+(?P<b>[^\W\d_][\w'’-]+)"
            rf"\s+"
            rf"(?P<kind>{any_form(self.plurals)})"
        )
        attributes = words.any_of("places", "attributes")
        self.before_unknown = AnyCase(
            rf"(?<!\w)(?:{words.any_of('places', 'before_unknown')}|"
            rf"{words.any_of('links', 'from', 'near')})\s+"
            rf"(?:(?:{attributes}|{words.any_of('links', 'fillers')})\s+)*[«“\"„]?$"
        )
        self.rural = AnyCase(rf"(?<!\w){words.any_of('places', 'rural')}\s+[«“\"„]?$")
        self._facilities = AnyCase(any_form(single))
        # A power station or a bridge may stand far from the town or unit that it is called after.
        built = any_form(words.forms("facilities", *_AT_TOWN))
        self.town_facility = AnyCase(rf"(?:[^\W\d]+\s)?{built}")
        seas = [form.split()[0][:-3] for form in words.forms("lines", "sea_names") if " " in form]
        self._sea = AnyCase(rf"(?:{'|'.join(seas)})[^\W\d]{{0,4}}$")
        self.is_led = bool(words.sections["pointers"].get("bare_nouns"))
        self.kind_cached = lru_cache(maxsize=8192)(self._is_kind)
        self.told = lru_cache(maxsize=8192)(self._told)
        self.adjective = AnyCase(rf"[\w-]*{adjective_stems()}[^\W\d_]\w{{0,2}}")
        self.adjective_unit = AnyCase(
            rf"{self.adjective.pattern}\s+{words.any_of('places', 'oblast', 'raion')}"
        )
        # "Донецької області" is named by an adjective, never an unknown place.
        self.unit_after = AnyCase(
            rf"[^\W\d_][\w'’-]*\s+{words.any_of('places', 'oblast', 'raion')}(?!\w)"
        )

    def _is_kind(self, word: str) -> bool:
        return self._kinds.fullmatch(word) is not None

    def _told(self, word: str) -> tuple[str, bool]:
        """Return a word in small letters without its possessive, and whether it may be a name."""
        small = word.casefold()
        is_name = word[0].isupper() and small.strip("'’") not in self.not_names
        return _POSSESSIVE.sub("", small), is_name

    def of_town(self, word: str) -> str | None:
        """Return the stem of an adjective that a town may have; None of seas' and other words."""
        stem = adjective_stem(word)
        return None if stem is None or self._sea.match(word) else stem

    def is_facility(self, word: str) -> bool:
        """Return whether a word says what a facility is."""
        return self._facilities.fullmatch(word) is not None

    def is_kind(self, word: str) -> bool:
        """Return whether a word says what a place is: a name may end in it."""
        return self.kind_cached(word)

    def is_unit_of(self, words: Sequence[_Word]) -> bool:
        """Return whether words are a town with its unit: "Торопці Тверської області"."""
        first, last = words[0].text, words[-2].text + " " + words[-1].text
        is_unit = self.adjective_unit.fullmatch(last) is not None
        return is_unit and self.adjective.fullmatch(first) is None

    def is_inner(self, word: str) -> bool:
        """Return whether a word in small letters may stand within a name."""
        return word in self._within or self.kind_cached(word)


@cache
def _words(language: str) -> _Words:
    return _Words(lexicon(language))


@dataclass(frozen=True)
class Name:
    """Words of a sentence that name a place.

    ``lookup`` is what the gazetteer knows them by; empty where it does not. ``towns`` are what
    the town may be called whose adjective a facility bears: "Оленегорский аэродром".
    """

    start: int
    end: int
    lookup: str
    towns: tuple[str, ...] = ()


class _Word(NamedTuple):
    """A word of a sentence; ``folded`` is it in small letters, without a possessive ending.

    ``is_name`` tells that it is capitalised and no common word.
    """

    start: int
    end: int
    text: str
    folded: str
    is_name: bool

    @property
    def is_owner(self) -> bool:
        """Whether it ends in an English possessive."""
        return _POSSESSIVE.search(self.text) is not None


class _Finder:
    """Finds the names of one sentence."""

    def __init__(self, sentence: str, gazetteer: Gazetteer, language: str) -> None:
        self.sentence, self.gazetteer, self.words = sentence, gazetteer, _words(language)

    def word(self, match: re.Match[str]) -> _Word:
        text = match[0]
        return _Word(match.start(), match.end(), text, *self.words.told(text))

    def find(self, taken: Sequence[Mention]) -> Iterator[Name]:
        words = [self.word(match) for match in _WORD.finditer(self.sentence)]
        free = [not any(t.start <= word.start < t.end for t in taken) for word in words]
        at = 0
        while at < len(words):
            length = 0
            if free[at] and (self._may_begin(words[at]) or self._is_led(words, at)):
                run = words[at : at + self._reach(words, free, at)]
                length = self._known(run)
                # "Новошахтинский завод" is of Novoshakhtinsk, though a village is called so.
                is_own = length > 1 or (length and self._is_town(run[0]))
                owned = None if is_own else self._of_town(words[at : at + _OF_TOWN])
                if owned is not None:
                    length, towns = owned
                    yield Name(run[0].start, words[at + length - 1].end, "", towns)
                elif length:
                    yield from self._split(run[:length])
                elif self._is_unknown_name(run):
                    length = self._unknown(run)
                    yield Name(run[0].start, run[length - 1].end, "")
            at += max(length, 1)

    def _of_town(self, words: Sequence[_Word]) -> tuple[int, tuple[str, ...]] | None:
        """Return how many words are a facility with the adjective of a town, and what that may be.

        None where they are none: "Оленегорский военный аэродром", "Кстовського заводу".
        """
        stem = self.words.of_town(words[0].text) if words[0].is_name else None
        if not stem:
            return None
        for length in range(2, len(words) + 1):
            text = self.sentence[words[1].start : words[length - 1].end]
            gap = self.sentence[words[length - 2].end : words[length - 1].start]
            if gap != " " or words[length - 1].is_name != words[length - 1].text.isupper():
                return None
            if self.words.town_facility.fullmatch(text):
                plain, ended, _ = towns_of_stem(stem)
                return length, (*plain, *ended)
        return None

    def _is_town(self, word: _Word) -> bool:
        """Return whether a word is itself a town's name, as "Ильский" is, and not a village's."""
        found = self.gazetteer.resolve(word.text, kind="settlement")
        place = found.place
        return found.status == "ambiguous" or (
            place is not None and (place.population or 0) >= NAMES_PLANTS
        )

    def _is_led(self, words: Sequence[_Word], at: int) -> bool:
        """Return whether a word of kind leads a name: "аэродром «Шайковка»"."""
        if not self.words.is_led or at + 1 >= len(words) or not words[at + 1].is_name:
            return False
        gap = self.sentence[words[at].end : words[at + 1].start]
        return not gap.strip(_QUOTES) and self.words.is_facility(words[at].folded)

    def _reach(self, words: list[_Word], free: list[bool], at: int) -> int:
        """Return how many words from here can belong to one name: nothing but spaces between."""
        length = 1
        while length < _LONGEST and at + length < len(words):
            word, before = words[at + length], words[at + length - 1]
            gap = self.sentence[before.end : word.start]
            is_saint = before.folded in {"st", "mt"} and gap.strip() == "."
            if not free[at + length] or not gap or (gap.strip(_QUOTES) and not is_saint):
                break
            is_quoted = self._is_quoted(words[at].start, word.start)
            if not (is_quoted or self._may_begin(word) or self.words.is_inner(word.folded)):
                break
            length += 1
        return length

    def _is_quoted(self, start: int, at: int) -> bool:
        """Return whether a quotation that begins after a point is still open at another."""
        between = self.sentence[start:at]
        return between.count("«") > between.count("»") or between.count("“") > between.count("”")

    def _may_begin(self, word: _Word) -> bool:
        is_short = len(word.text) <= _LONGEST_WORD
        is_first = word.folded in self.words.first
        return is_short and (word.is_name or word.text[0].isdigit() or is_first)

    def _known(self, run: Sequence[_Word]) -> int:
        """Return how many words make the longest name that is known, 0 if none."""
        for length in range(len(run), 0, -1):
            words, following = run[:length], run[length:]
            if not self._may_be_name(words) or self._owns_next(words, following):
                continue
            if length > 2 and self.words.is_unit_of(words):
                continue
            text = self.sentence[words[0].start : words[-1].end]
            if self.gazetteer.lookup(self._singular(text)) or self._pair(text):
                is_part = self._is_other_feature(following) or self._is_first_of_two(run, length)
                return 0 if is_part else length
        return 0

    def _may_be_name(self, words: Sequence[_Word]) -> bool:
        last = words[-1]
        named = any(word.is_name or word.text[0].isdigit() for word in words)
        return named and (last.is_name or self.words.is_kind(last.folded))

    def _owns_next(self, words: Sequence[_Word], following: Sequence[_Word]) -> bool:
        """Return whether a longer name ends in the owner of what follows it.

        "Plant in Russia's Bryansk" is a plant in Bryansk.
        """
        is_joined = any(word.folded in self.words.links for word in words)
        return words[-1].is_owner and is_joined and bool(following) and following[0].is_name

    def _is_other_feature(self, following: Sequence[_Word]) -> bool:
        """Return whether a known name is only the first part of another: "Belgorod Reservoir"."""
        return bool(following) and self.words.features.fullmatch(following[0].folded) is not None

    def _is_first_of_two(self, run: Sequence[_Word], length: int) -> bool:
        """Return whether a known name is the first word of an unknown one.

        "В селе Ясные Зори" tells of no place called "Ясные".
        """
        if length > 1 or len(run) < 2 or not run[1].is_name or run[0].is_owner:
            return False
        if self.words.arms.match(self.sentence, run[1].start):
            return False
        before = self.sentence[max(0, run[0].start - 20) : run[0].start]
        is_unit = self.words.unit_after.match(self.sentence, run[1].start) is not None
        return not is_unit and self.words.rural.search(before) is not None

    def _is_unknown_name(self, run: Sequence[_Word]) -> bool:
        first = run[0]
        if not first.is_name or self.words.unit_after.match(self.sentence, first.start):
            return False
        if len(run) > 1 and self.words.street.fullmatch(run[1].folded):
            return False
        before = self.sentence[max(0, first.start - 60) : first.start]
        is_named = self.words.before_unknown.search(before) is not None
        return self._is_other_feature(run[1:2]) or is_named

    def _unknown(self, run: Sequence[_Word]) -> int:
        """Return how many capitalised words and kind words make an unknown name."""
        length = 1
        while length < len(run) and (run[length].is_name or self.words.is_kind(run[length].folded)):
            is_unit = self.words.unit_after.match(self.sentence, run[length].start)
            # "В селе Хутор КАБ повредил дом".
            is_arms = self.words.arms.match(self.sentence, run[length].start)
            if is_unit or is_arms or not run[length - 1].is_name:
                break
            length += 1
        return length

    def _split(self, words: Sequence[_Word]) -> Iterator[Name]:
        """Yield one name, or the two of "Afipsky and Ilsky refineries"."""
        start, end = words[0].start, words[-1].end
        text = self.sentence[start:end]
        pair = self._pair(text)
        joint = self.words.joint.search(text)
        if pair and joint and not self.gazetteer.lookup(self._singular(text)):
            yield Name(start, start + joint.start(), pair[0])
            yield Name(start + joint.end(), end, pair[1])
        else:
            yield Name(start, end, self._singular(text))

    def _pair(self, text: str) -> tuple[str, str] | None:
        """Return the two names of "Afipsky and Ilsky refineries", None if it is no such pair."""
        match = self.words.pair.fullmatch(text)
        if match is None:
            return None
        kind = self.words.plurals[match["kind"].casefold()]
        pair = f"{match['a']} {kind}", f"{match['b']} {kind}"
        return pair if all(map(self.gazetteer.lookup, pair)) else None

    def _singular(self, text: str) -> str:
        text = " ".join(text.translate(_NO_QUOTES).split())
        head, _, last = text.rpartition(" ")
        singular = self.words.plurals.get(last.casefold())
        return f"{head} {singular}" if head and singular else text


def find_names(
    sentence: str,
    *,
    gazetteer: Gazetteer,
    language: str = "en",
    taken: Sequence[Mention] = (),
) -> Iterator[Name]:
    """Yield the place names of a sentence in their order.

    Parameters
    ----------
    sentence : str
        One sentence.
    gazetteer : Gazetteer
        Where names are looked up.
    language : str
        Whose words it is read by.
    taken : sequence of Mention
        Phrases whose words are no names, such as "Ukraine's border".
    """
    yield from _Finder(sentence, gazetteer, language).find(taken)


def bare(text: str) -> str:
    """Return a name as it stands in a reference: without possessive, comma and colon."""
    return _POSSESSIVE.sub("", " ".join(text.split())).replace(",", "").replace(":", "")
