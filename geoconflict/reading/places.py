"""Place names in a sentence: found by their letters, the words around them and the gazetteer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.reading.mentions import Mention

# A name has at most so many words: "Gazprom's Salavatnefteorgsintez plant", "the city of ...".
_LONGEST, _LONGEST_WORD = 6, 40
# Kind words that begin a name although they are small.
_FIRST = frozenset(("port", "republic", "порт", "нафтобаза"))
_WORD = re.compile(r"\d+(?:st|nd|rd|th)\b|[^\W\d_]+(?:['’ʼ-][^\W_]+)*['’]?")
_QUOTES = ' \t\n«»“”„"'
_COUNTRY = 4
_POSSESSIVE = re.compile(r"['’]s?$")
_NO_QUOTES = str.maketrans("", "", '«»“”„"')
_LINKS = frozenset("of on the in at upon де на над".split())
_KIND_WORDS = (
    """
oblast oblasts region regions krai kray province republic district districts raion city town
village settlement airport airfield aerodrome base airbase reservoir sea river lake bay island
port harbour harbor station terminal refinery refineries plant plants factory works depot depots
arsenal storage shipyard bridge mine dam powerplant complex zone mall hospital
"""
    + "області область областях обл район району краю край республіка республіки области областью"
)
_FACILITY_WORDS = frozenset(
    """
refinery refineries plant plants factory works depot depots arsenal storage shipyard bridge mine
dam powerplant complex zone mall hospital airport airfield aerodrome base airbase port harbour
harbor station terminal enterprise facility warehouse site
нпз завод заводу заводі заводе нафтобаза нафтобазу нафтобазі нефтебаза нефтебазу нефтебазе порт
порту аеродром аеродрому аэродром аэродрома арсенал арсеналу арсенала електростанція
""".split()
)
_KINDS = frozenset(_KIND_WORDS.split()) | _FACILITY_WORDS
_FEATURES = frozenset("reservoir lake river bay sea island bridge strait gulf spit canal".split())
_MIDDLE = frozenset(
    "oil gas fuel air military thermal power nuclear processing chemical aircraft drone gunpowder"
    " ammunition train railway naval coking coal".split()
)
_TITLES = frozenset(
    """
    governor mayor head minister ministry president spokesman spokesperson commander general
    colonel lieutenant major captain chief director times independent post telegraph news journal
    authorities administration council officials police prosecutor accords agreement army front
    pact dynamo spartak university
    """.split()
)
_ADJECTIVES = frozenset(
    """
    russian ukrainian soviet american british french german polish european western eastern
    northern southern belarusian north south east west northeast northwest southeast southwest the
    a an it its he she they we i this that these those his her their our but and as in on at for
    from of to by with after before when while if since until during january february march april
    may june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec geolocated
    у в на з із за до від по як що цей ця це та і й або та після під про над при все всі
    и от из к со об это этот эта после под при во не
    """.split()
)
# Capitals stand for their governments unless a word of place stands before them.
_CAPITALS = frozenset(
    """
    moscow kyiv kiev kremlin minsk washington beijing brussels london paris berlin warsaw tehran
    pyongyang москва москви москву москвой москвою київ києва киев киева киеву мінськ минск
    вашингтон
    """.split()
)
_LOCATIVE = re.compile(
    r"(?:\b(?:in|near|at|outside|over|around|inside|across|through|beyond|central|downtown|"
    r"between|(?:north|south)?(?:east|west)\s+of|(?:north|south)\s+of|outskirts\s+of|centre\s+of|center\s+of|capital|"
    r"city\s+of|from|у|в|під|біля|поблизу|неподалік|над|від|до|до\s+міста|под|возле|около|от|из|"
    r"із|з|місто|город|города|міста)\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\s+(?:lies|stands|sits|is\s+located|is\s+(?:some|about|around)|and\b)")
_ADJECTIVE = re.compile(r"(?:ськ|цьк|ск|цк)\w{2,3}\s+(?:район|област|кра)", re.IGNORECASE)
_ARTICLE = re.compile(r"\ban?\s$", re.IGNORECASE)
_TOWN = re.compile(r"\s(?:city|town|village|port|hub|suburb|settlement|community)\b", re.IGNORECASE)
_OPENING, _CLOSING = frozenset("\"'“‘„"), frozenset("\"'”’")
_WEAPON = re.compile(
    r"[-\s]?(?:\d\w*\s+)?(?:cruise\s+|ballistic\s+|multiple\s+|guided\s+)*(?:missiles?|rockets?|"
    r"launchers?|air\s+defen[cs]e\s+systems?|howitzers?|helicopters?|fighter\s+jets?)\b"
    r"(?!\s+(?:plant|factory|base|depot|works))",
    re.IGNORECASE,
)
_IN_UNIT = re.compile(r"(?:region|oblast|republic|district)\s+of\s+$", re.IGNORECASE)
_BEFORE_NAME = re.compile(
    r"(?:\b(?:in|near|outside|at|over|around|toward|towards|beside|"
    r"у|в|біля|поблизу|під|возле|под|близ|около)\s+)"
    r"(?:(?:the|occupied|nearby|central|northern|southern|eastern|western|city\s+of|town\s+of|"
    r"village\s+of|settlement\s+of|селі|місті|селе|городе)\s+)*$",
    re.IGNORECASE,
)
# "a refinery in [Ryazan]", "the drone factory at [Yelabuga]", "a refinery of Lukoil in [Komi]".
_FACILITY_AT = re.compile(
    r"\b(?P<what>(?:(?:oil|gas|fuel|drone|chemical|aircraft|thermal|power|gunpowder|ammunition|"
    r"processing|nuclear|air|military|train|railway|weapons|microelectronics)\s+){0,2}"
    r"(?:refinery|plant|factory|depot|arsenal|terminal|port|airfield|airport|air\s?base|base|"
    r"station|shipyard|mine|нафтобаз\w+|нефтебаз\w+|завод\w*|порт\w*|НПЗ|арсенал\w*|аеродром\w*|"
    r"аэродром\w*))\s+"
    r"(?:of\s+(?:the\s+)?(?P<operator>[A-Z][\w-]+)\s+(?:(?:joint-stock\s+)?company\s+)?"
    r"(?:\([A-Z]+\)\s+)?)?"
    r"(?:in|at|near|outside|of|у|в|біля|поблизу|під|под|возле|близ)\s+"
    r"(?:(?:the|western|eastern|northern|southern|central|city|town|of|Russia['’]s|Ukraine['’]s|"
    r"russian|місті|городе)\s+)*$",
    re.IGNORECASE,
)
_TO_FACILITY = re.compile(
    r"^\s+(?:(?:%s)\s+){0,2}(?:%s)\b" % ("|".join(_MIDDLE), "|".join(_FACILITY_WORDS)),
    re.IGNORECASE,
)
_PLURAL = {"refineries": "refinery", "depots": "depot", "plants": "plant", "regions": "region"}
_PLURAL |= {"oblasts": "oblast", "districts": "district", "областях": "області"}


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str

    @property
    def is_name(self) -> bool:
        return self.text[0].isupper() and self.text.casefold().strip("'’") not in _ADJECTIVES

    @property
    def folded(self) -> str:
        """The word in small letters, without a possessive ending."""
        return _POSSESSIVE.sub("", self.text.casefold())


class PlaceFinder:
    """Finds the places that sentences mention.

    Parameters
    ----------
    gazetteer : Gazetteer
        Where names are looked up.
    date : datetime.date, optional
        The day of the report, for names that were official then.
    """

    def __init__(self, gazetteer: Gazetteer, *, date: dt.date | None = None) -> None:
        self.gazetteer = gazetteer
        self.date = date
        self._references: dict[str, str] = {}

    def find(
        self, sentence: str, *, taken: Sequence[Mention] = (), context: Sequence[str] = ()
    ) -> list[Mention]:
        """Return the places that a sentence mentions, in their order.

        Parameters
        ----------
        sentence : str
            One sentence.
        taken : sequence of Mention
            Phrases that are no place names, such as "Ukraine's border".
        context : sequence of str
            Names that stand in the sentences before.
        """
        spans = list(self._spans(sentence, taken))
        names = [name for _, _, name in spans]
        found = [
            self._mention(sentence, start, end, name, [*names, *context])
            for start, end, name in spans
        ]
        kept: list[Mention] = []
        for mention in filter(None, found):
            # "a refinery in Russia's Ryazan region" reaches back over the country.
            ends = [one.end for one in kept if one.rank < _COUNTRY]
            since = ends[-1] if ends else 0
            kept.append(self._at_facility(sentence, mention, since=since))
        return kept

    def _spans(self, sentence: str, taken: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
        words = [_Word(m.start(), m.end(), m[0]) for m in _WORD.finditer(sentence)]
        blocked = _blocked(words, taken)
        at = 0
        while at < len(words):
            length = 0 if blocked[at] else self._longest(sentence, words, blocked, at)
            if length:
                last = words[at + length - 1]
                yield from self._names(sentence, words[at : at + length], last)
            elif not blocked[at] and self._is_unknown_name(sentence, words, at):
                length = _name_length(sentence, words, blocked, at)
                yield words[at].start, words[at + length - 1].end, ""
            at += max(length, 1)

    def _longest(self, sentence: str, words: list[_Word], blocked: list[bool], at: int) -> int:
        """Return how many words from here make the longest name that is known, 0 if none."""
        if not _may_begin(words[at]):
            return 0
        reach = _reach(sentence, words, blocked, at)
        for length in range(reach, 0, -1):
            window = words[at : at + length]
            if not _may_be_name(window) or _owns_next(window, words[at + length : at + reach]):
                continue
            text = sentence[window[0].start : window[-1].end]
            if self.gazetteer.lookup(_singular(text)) or _coordinated(text, self.gazetteer):
                return 0 if _is_other_feature(words[at + length : at + reach]) else length
        return 0

    def _names(
        self, sentence: str, window: list[_Word], last: _Word
    ) -> Iterator[tuple[int, int, str]]:
        text = sentence[window[0].start : last.end]
        pair = _coordinated(text, self.gazetteer)
        if not self.gazetteer.lookup(_singular(text)) and pair:
            first, second = pair
            middle = window[0].start + text.index(" and " if " and " in text else " та ")
            yield window[0].start, middle, first
            yield middle + 5, last.end, second
        else:
            yield window[0].start, last.end, _singular(text)

    def _is_unknown_name(self, sentence: str, words: list[_Word], at: int) -> bool:
        word = words[at]
        before = sentence[max(0, word.start - 40) : word.start]
        if not word.is_name or _ADJECTIVE.search(sentence, word.start, word.end + 8):
            return False
        is_feature = at + 1 < len(words) and _is_other_feature(words[at + 1 : at + 2])
        return is_feature or bool(_BEFORE_NAME.search(before))

    def _mention(
        self, sentence: str, start: int, end: int, name: str, context: Sequence[str]
    ) -> Mention | None:
        text = sentence[start:end]
        if not name:
            return Mention("place", start, end, text, f"place:{_bare(text)}", is_sure=False)
        if any(
            test(sentence, start, end) for test in (_is_part_of_title, _is_weapon, _is_kind_of_town)
        ):
            return None
        # "of" a region that is named before: "the region of Saratov".
        unit = _IN_UNIT.search(sentence, max(0, start - 20), start)
        asked = f"{_bare(name)} region" if unit else name
        beside = [other for other in context if other and other != name]
        found = self.gazetteer.resolve(asked, context=beside, date=self.date)
        if found.status == "unknown":
            return None
        sure = not _is_government(sentence, start, end, name)
        return Mention(
            "place", start, end, text, self._reference(found.place, name), found.place, sure
        )

    def _at_facility(self, sentence: str, mention: Mention, *, since: int) -> Mention:
        """Return the facility that the words before a place name say of it, if one fits."""
        place = mention.place
        if place is not None and place.kind not in ("settlement", "admin1"):
            return mention
        at = _FACILITY_AT.search(sentence, max(since, mention.start - 90), mention.start)
        if at is None:
            return mention
        operator = at["operator"] or ""
        wider = replace(mention, start=at.start(), text=sentence[at.start() : mention.end])
        if place is None:
            return wider
        if place.kind == "admin1":
            only = self.gazetteer.facilities(at["what"], admin1=place.admin1_code)
            if len(only) != 1:
                return wider
            note = f"taken for the only {at['what']} known in {place.name}: {only[0].name}"
            return self._as_facility(wider, only[0], note)
        named = f"{operator} {at['what']} in {place.name}".strip()
        found = self.gazetteer.resolve(named, kind="facility", admin1=place.admin1_code or None)
        if found.place is None or found.place.kind != "facility":
            return wider
        return self._as_facility(wider, found.place, "")

    def _as_facility(self, mention: Mention, place: Place, note: str) -> Mention:
        reference = self._reference(place, place.name)
        return replace(mention, place=place, reference=reference, note=note)

    def _reference(self, place: Place | None, name: str) -> str:
        """Return what names a place in a table, readable and not to be mistaken."""
        if place is None:
            return f"place:{_bare(name)}"
        if place.id not in self._references:
            self._references[place.id] = self._named(place, name)
        return self._references[place.id]

    def _named(self, place: Place, name: str) -> str:
        if place.kind == "country":
            return f"border:{place.country}"
        if place.kind == "admin1":
            return f"admin1:{place.admin1_code}"
        if place.id.startswith(("facility:", "village:", "water:")):
            return place.id
        for code in (place.country, place.admin1_code):
            text = f"{place.name}, {code}" if code else place.name
            if self.gazetteer.resolve(text).place == place:
                return f"place:{text}"
        return place.id if place.id.startswith("geonames:") else f"place:{_bare(name)}"


def _blocked(words: Sequence[_Word], taken: Sequence[Mention]) -> list[bool]:
    return [any(t.start <= word.start < t.end for t in taken) for word in words]


def _may_begin(word: _Word) -> bool:
    is_ordinal = word.text[0].isdigit()
    is_word = len(word.text) <= _LONGEST_WORD
    return is_word and (word.is_name or is_ordinal or word.folded in _FIRST)


def _reach(sentence: str, words: list[_Word], blocked: list[bool], at: int) -> int:
    """Return how many words from here can belong to one name: nothing but spaces between."""
    length = 1
    while length < _LONGEST and at + length < len(words):
        word, previous = words[at + length], words[at + length - 1]
        gap = sentence[previous.end : word.start]
        is_saint = previous.folded in {"st", "mt"} and gap.strip() == "."
        if blocked[at + length] or not gap or (gap.strip(_QUOTES) and not is_saint):
            break
        if not (_may_begin(word) or word.folded in _LINKS | _KINDS | _MIDDLE | {"and", "та", "и"}):
            break
        length += 1
    return length


def _may_be_name(window: Sequence[_Word]) -> bool:
    last = window[-1]
    names = any(word.is_name or word.text[0].isdigit() for word in window)
    return names and (last.is_name or last.folded in _KINDS)


def _owns_next(window: Sequence[_Word], following: Sequence[_Word]) -> bool:
    """Return whether a longer name ends in the owner of what follows: "plant in Russia's Bryansk"."""
    is_owner = _POSSESSIVE.search(window[-1].text) is not None
    is_joined = any(word.folded in _LINKS for word in window)
    return is_owner and is_joined and bool(following) and following[0].is_name


def _name_length(sentence: str, words: list[_Word], blocked: list[bool], at: int) -> int:
    """Return how many capitalised words and kind words from here make an unknown name."""
    reach = _reach(sentence, words, blocked, at)
    length = 1
    while length < reach and (words[at + length].is_name or words[at + length].folded in _KINDS):
        length += 1
    return length


def _is_other_feature(following: Sequence[_Word]) -> bool:
    """Return whether a known name is only the first part of another: "Belgorod Reservoir"."""
    return bool(following) and following[0].is_name and following[0].folded in _FEATURES


def _coordinated(text: str, gazetteer: Gazetteer) -> tuple[str, str] | None:
    """Return the two names of "Afipsky and Ilsky refineries", None if it is no such pair."""
    match = _PAIR.fullmatch(text)
    if match is None:
        return None
    kind = _PLURAL.get(match["kind"].casefold(), match["kind"])
    pair = f"{match['a']} {kind}", f"{match['b']} {kind}"
    return pair if all(map(gazetteer.lookup, pair)) else None


_PAIR = re.compile(
    r"(?P<a>[^\W\d_][\w'’-]+)\s+(?:and|та|и)\s+(?P<b>[^\W\d_][\w'’-]+)\s+"
    r"(?P<kind>refineries|depots|plants|regions|oblasts|districts|областях)",
    re.IGNORECASE,
)


def _singular(text: str) -> str:
    text = " ".join(text.translate(_NO_QUOTES).split())
    head, _, last = text.rpartition(" ")
    return f"{head} {_PLURAL[last.casefold()]}" if head and last.casefold() in _PLURAL else text


def _bare(text: str) -> str:
    return re.sub(r"['’]s?$", "", " ".join(text.split())).replace(",", "").replace(":", "")


def _is_part_of_title(sentence: str, start: int, end: int) -> bool:
    """Return whether a name belongs to a person, a paper or an office: "Kyiv Independent"."""
    after = _WORD.match(sentence, end + 1) if sentence[end : end + 1] == " " else None
    if after is not None and after[0].casefold() in _TITLES and after[0][0].isupper():
        return True
    before = re.search(r"(?:^|\s)([^\W\d_][\w'’.-]*)\s$", sentence[max(0, start - 30) : start])
    if before is None or " " in sentence[start:end] or before.start() == 0 == start:
        return False
    word = before[1]
    is_first = sentence[: start - 1].rstrip() == word
    named = word[0].isupper() and word.casefold().strip("'’.") not in _ADJECTIVES
    return named and not is_first and not word.endswith(("'s", "’s", ".")) and not word.isupper()


def _is_kind_of_town(sentence: str, start: int, end: int) -> bool:
    """Return whether a name only says what kind of town another is: "a Volga city"."""
    if not _ARTICLE.search(sentence[max(0, start - 4) : start]):
        return False
    return bool(_TOWN.match(sentence, end) or _TOWN.search(sentence[start:end]))


def _is_weapon(sentence: str, start: int, end: int) -> bool:
    """Return whether a name is that of a weapon: in quotation marks, or before "missile"."""
    is_quoted = (
        sentence[max(0, start - 1) : start] in _OPENING and sentence[end : end + 1] in _CLOSING
    )
    return (is_quoted and start > 0) or _WEAPON.match(sentence, end) is not None


def _is_government(sentence: str, start: int, end: int, name: str) -> bool:
    if _bare(name).casefold() not in _CAPITALS:
        return False
    before = sentence[max(0, start - 30) : start]
    return not _LOCATIVE.search(before) and not _PLACED.match(sentence, end)
