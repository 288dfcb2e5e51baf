"""How many people a cell says were killed and injured, in digits or in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from geoconflict.importers.notations import read_count
from geoconflict.lexicon import all_forms, any_word, lexicons
from geoconflict.lexicon.patterns import Caseless
from geoconflict.reading.numerals import parse_number

_ARROW = re.compile(r"\s*(?:→|➡\ufe0f?|[-=]>)\s*")
_BRACKET = re.compile(r"([^(]+?)\s*\(([^()]*)\)")
_BOUND = re.compile(r"[≥>~≈]=?\s*|(?<=\d)\+$")
_PAIR = re.compile(r"(\d+|[-–—?])\s*[/|;+]\s*(\d+|[-–—?])")
_CLAUSES = re.compile(r"[.;!?\n()]+|,\s+")
# What is said for dead and injured in cells of tables alone.
_CODES = ("killed_code", "injured_code")
_MOST = 200
_NOBODY = ("none", "none_killed", "none_injured", "unharmed")
# So many letters stand at most between a number of people and what they suffered.
_NEAR, _HUNDRED, _WINDOW = 30, 100, 80
_BREAK = re.compile(r"[,;.()\n]")


@dataclass(frozen=True)
class Count:
    """A number of people; ``is_plain`` is unset where words beside it say more of it."""

    value: int
    is_plain: bool = True


@lru_cache(maxsize=4_096)
def stated_count(cell: str) -> Count | None:
    """Return the number that a cell states, None where it leaves it open.

    A bound ("at least seven") and a number with a remark count as their number, not as plain; of
    a number that grew the last is taken. A range, a sum and "up to" leave it open.

    Examples
    --------
    >>> stated_count("двоє"), stated_count("at least 7"), stated_count("10–12")
    (Count(value=2, is_plain=True), Count(value=7, is_plain=False), None)
    """
    text = " ".join(cell.split()).rstrip(".")
    if not text or len(text) > _MOST:
        return None
    number = _number(text)
    if number is not None:
        return Count(number)
    steps = _ARROW.split(text)
    if len(steps) > 1:
        numbers = [_number(step) for step in steps]
        known = [n for n in numbers if n is not None]
        grew = len(known) == len(numbers) and known == sorted(known)
        return Count(known[-1], is_plain=False) if grew else None
    head, beside = _parted(text)
    bare = _BOUND.sub("", head)
    for one in lexicons():
        hedge = one.pattern("hedges", "over", "about").match(bare)
        bare = bare[hedge.end() :].strip() if hedge else bare
    number = _number(bare)
    more = [int(digits) for digits in re.findall(r"\d{1,9}", beside)]
    if number is None or any(n > number for n in more):
        return None
    return Count(number, is_plain=False)


def hits_of(cell: str) -> int | None:
    """Return the number of hits that a cell states, 1 and 0 for yes and no, else None.

    Examples
    --------
    >>> hits_of("2"), hits_of("yes"), hits_of("ні"), hits_of("several")
    (2, 1, 0, None)
    """
    said = cell.strip().casefold()
    for number, concept in enumerate(("no", "yes")):
        if said in all_forms("cells", concept):
            return number
    count = stated_count(cell)
    return count.value if count else None


def toll_of(cell: str, header: str = "") -> dict[str, int]:
    """Return the killed and injured that a cell tells apart, empty where it leaves anything open.

    Parameters
    ----------
    cell : str
    header : str
        The plain name of its column, which tells the order of two bare numbers; a dash in place
        of one states nothing.

    Examples
    --------
    >>> toll_of("2 dead, 5 injured"), toll_of("0/2", "killed injured"), toll_of("at least 2 dead")
    ({'killed': 2, 'injured': 5}, {'killed': 0, 'injured': 2}, {})
    >>> toll_of("none"), toll_of("немає", "killed"), toll_of("-/7", "killed injured")
    ({'killed': 0, 'injured': 0}, {'killed': 0}, {'injured': 7})
    """
    if re.search(r"\d{10}", cell):
        return {}
    order = [harm for _, harm in sorted(_harms(header, *_CODES).items())]
    if cell == "0" or _is_nobody(cell):
        return dict.fromkeys(order or ("killed", "injured"), 0)
    sides = [part.strip() for part in re.split(r"[/|;+]", cell)]
    if len(sides) == 2 and all(map(_is_nobody, sides)):
        cell = "0/0"
    pair = _PAIR.fullmatch(cell)
    if pair:
        both = zip(order, pair.groups(), strict=False)
        return {harm: int(n) for harm, n in both if n.isdecimal()} if len(order) == 2 else {}
    found: dict[int, int | str] = {**_numbers(cell), **_harms(cell, *_CODES)}
    said = [found[start] for start in sorted(found)]
    swap = 1 if said and isinstance(said[0], str) else 0
    numbers = [n for n in said[swap::2] if isinstance(n, int)]
    harms = [harm for harm in said[1 - swap :: 2] if isinstance(harm, str)]
    is_told = len(numbers) + len(harms) == len(said) and 0 < len(numbers) == len(set(harms))
    if not is_told or re.search(r"[^\W\d]", _beside(cell)):
        return {}
    return dict(zip(harms, numbers, strict=True))


def told_toll(text: str) -> dict[str, int]:
    """Return the killed and injured that whole clauses of a text state, each stated once.

    Empty where a clause tells of killed or injured in any other way.

    Examples
    --------
    >>> told_toll("A drone hit a house, 2 killed, 5 injured"), told_toll("2 killed in Sumy")
    ({'killed': 2, 'injured': 5}, {})
    >>> told_toll("#Sumy #KAB Killed: 2; injured: 5")
    {'killed': 2, 'injured': 5}
    """
    found, text = _labelled(text)
    for clause in _CLAUSES.split(text) if _harms(text) else ():
        if not _harms(clause):
            continue
        toll = toll_of(clause.strip())
        if not toll or set(toll) & set(found):
            return {}
        found |= toll
    return found if any(found.values()) else {}


def tolls_named(text: str) -> dict[str, set[int]]:
    """Return the numbers that stand right before words for killed and for injured in a text.

    Examples
    --------
    >>> tolls_named("2 people were killed in Sumy on 3 March, five injured")
    {'killed': {2}, 'injured': {5}}
    """
    labelled, text = _labelled(text)
    found = {harm: {number} for harm, number in labelled.items()}
    for match in _harm_words().finditer(text):
        clause = _BREAK.split(text[max(0, match.start() - _WINDOW) : match.start()])[-1]
        for harm, number in _before(clause + match.group()):
            found.setdefault(harm, set()).add(number)
    return found


def tells_harm(text: str) -> dict[str, str]:
    """Return the words by which a text tells of killed and injured, but of nobody.

    Examples
    --------
    >>> tells_harm("A woman was killed, nobody was injured"), tells_harm("No casualties")
    ({'killed': 'killed'}, {})
    """
    coded = {
        harm: match.group()
        for harm in ("killed", "injured")
        for match in _coded(harm).finditer(text)
    }
    if not _harm_words().search(text):
        return coded
    for one in lexicons():
        text = one.pattern("toll", *_NOBODY).sub(";", text)
    said = {harm: text[at:].split()[0].strip(".,;:!") for at, harm in _harms(text).items()}
    return coded | said


def _labelled(text: str) -> tuple[dict[str, int], str]:
    """Return the numbers behind labels, as "Killed: 3" has one, and the text without these."""
    found: dict[str, int] = {}
    for match in _labels().finditer(text):
        harms = set(_harms(match[1]).values())
        if len(harms) != 1 or harms & found.keys():
            return {}, text
        found[harms.pop()] = int(match[2])
    return found, _labels().sub(";", text) if found else text


@cache
def _coded(harm: str) -> Caseless:
    """Return the pattern of a number before what soldiers say for those harmed: 1 KIA."""
    return Caseless(rf"(?<!\w)\d{{1,4}}\s+{any_word('toll', f'{harm}_code')}(?!\w)")


@cache
def _labels() -> Caseless:
    """Return the pattern of a word of harm with a number behind it."""
    word = any_word("toll", "killed", "injured")
    return Caseless(rf"(?<![\w-])({word})\s*[:=]\s*(\d{{1,5}})(?![\d:]|[.,]\d|\s*[-–—+/?%]|\s*\()")


@cache
def _harm_words() -> Caseless:
    """Return the one pattern of what is said of killed and injured in any language."""
    return Caseless(rf"(?<!\w){any_word('toll', 'killed', 'injured')}(?!\w)")


@lru_cache(maxsize=16_384)
def _before(clause: str) -> frozenset[tuple[str, int]]:
    """Return each harm of a clause with the number that stands right before it."""
    for one in lexicons():
        clause = one.pattern("toll", "none", "none_killed", "none_injured").sub(";", clause)
    spelled = re.finditer(r"[^\W\d][\w']+", clause)
    # "Hundreds" are no hundred.
    words = {m.start(): n for m in spelled if (n := _number(m.group())) and n < _HUNDRED}
    numbers = sorted((words | _numbers(clause)).items())
    found = set()
    for start, harm in _harms(clause).items():
        before = [(at, number) for at, number in numbers if at < start]
        if before and _is_of(clause[before[-1][0] : start]):
            found.add((harm, before[-1][1]))
    return frozenset(found)


def _is_of(text: str) -> bool:
    """Return whether nothing but people stands behind the number that begins a text."""
    between = re.sub(r"^[\w']+", "", text)
    return len(between) <= _NEAR and not re.search(r"[^\W\d]|;", _beside(between))


@cache
def _words() -> dict[str, int]:
    """Return the words for numbers of people, as a form each: "двоє", "a dozen"."""
    return {
        form.casefold(): int(number)
        for one in lexicons()
        for form, number in one.values("toll", "numbers").items()
    }


@lru_cache(maxsize=4_096)
def _number(text: str) -> int | None:
    """Return the number that a text is, in digits or words, people beside it or not."""
    number = read_count(text)
    if number is not None:
        return number
    plain = text.casefold().replace("’", "'").replace("ʼ", "'")
    if plain in _words():
        return _words()[plain]
    for one in lexicons():
        people = one.pattern("toll", "people")
        tail = next((m for m in people.finditer(text) if m.end() == len(text) and m.start()), None)
        if tail:
            return _number(text[: tail.start()].strip())
    if len(text) < 3 or re.search(r"\d", text):
        return None
    values = {parse_number(text, language=one.language) for one in lexicons()} - {None}
    value = values.pop() if len(values) == 1 else None
    return int(value) if value is not None and value.is_integer() else None


def _numbers(text: str) -> dict[int, int]:
    """Return where numbers stand in a text, in digits or as one word for people."""
    digits = {match.start(): int(match.group()) for match in re.finditer(r"\d+", text)}
    plain = text.casefold().replace("’", "'").replace("ʼ", "'")
    words = {m.start(): _words().get(m.group()) for m in re.finditer(r"[^\W\d][\w']+", plain)}
    return digits | {start: n for start, n in words.items() if n is not None}


def _parted(text: str) -> tuple[str, str]:
    """Return a text without what it says of a part: in brackets, or after "of them"."""
    match = _BRACKET.fullmatch(text)
    if match:
        return match[1], match[2]
    head, comma, rest = text.partition(",")
    among = any(one.pattern("toll", "among").match(rest.strip()) for one in lexicons())
    return (head, rest) if comma and among else (text, "")


def _harms(text: str, *codes: str) -> dict[int, str]:
    """Return where a text says killed or injured, in words or in the codes named, and which."""
    return {
        match.start(): harm.removesuffix("_code")
        for harm in ("injured", "killed", *codes)
        for one in lexicons()
        if one.forms("toll", harm)
        for match in one.pattern("toll", harm).finditer(text)
    }


def _beside(text: str) -> str:
    """Return a text without its words of harm, of people, for numbers and of "and"."""
    for one in lexicons():
        for section, *keys in (
            ("toll", "killed", "injured", "people", *_CODES),
            ("clauses", "and"),
        ):
            text = one.pattern(section, *keys).sub(" ", text)
        text = one.pattern("moods", "been").sub(" ", text) if one.forms("moods", "been") else text
    plain = text.casefold().replace("’", "'").replace("ʼ", "'")
    return re.sub(r"[^\W\d][\w']+", lambda m: " " if m.group() in _words() else m.group(), plain)


@lru_cache(maxsize=4_096)
def _is_nobody(cell: str) -> bool:
    plain = cell.casefold().strip()
    return any(plain == form for one in lexicons() for form in one.forms("cells", "nobody"))
