"""The regions that a sentence names, in every form: "Kursk and Bryansk oblasts", "над Курской"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from geoconflict.drafting.numbers import find_numbers
from geoconflict.files.embedded import embedded_path
from geoconflict.files.sheets import own_rows
from geoconflict.lexicon import languages, lexicon

# So far after an adjective may the word stand that makes it a region's: "над Курской, 13 – над
# Тульской и один – над Орловской областью".
_LIST_REACH = 400
# Units that are called as the capital in them.
_OF_CAPITALS = frozenset(("UA-32", "RU-MOS", "RU-LEN"))
# Units whose English name is no town's.
_NO_TOWNS = frozenset(("Dnipropetrovsk", "Kirovohrad", "Zakarpattia", "Volyn"))
# An adjective of a region is so long at most.
_ADJECTIVE = 24
# "53 Bryansk, 5 Kaluga": names that numbers stand before in a list are those of regions.
_COUNTED, _LISTED = re.compile(r"[:,;–—-]\s+\d+\s+$"), re.compile(r"\s*(?:[,;]|\.?$)")


@dataclass(frozen=True)
class Region:
    """A first-level unit that a sentence names: its characters and ISO 3166-2 code."""

    start: int
    end: int
    code: str
    is_told: bool = True

    @property
    def country(self) -> str:
        """The ISO 3166-1 code of its country."""
        return self.code.partition("-")[0]


def find_regions(text: str, language: str) -> list[Region]:
    """Return the regions that a sentence names, in their order.

    Examples
    --------
    >>> [r.code for r in find_regions("over Bryansk and Kursk oblasts", "en")]
    ['RU-BRY', 'RU-KRS']
    >>> [r.code for r in find_regions("14 – над Курской, 13 – над Тульской областью", "ru")]
    ['RU-KRS', 'RU-TUL']
    >>> [r.code for r in find_regions("на Херсонщині та в Сумській області", "uk")]
    ['UA-65', 'UA-59']
    """
    pattern, codes = _pattern(language)
    kinds = [m.start() for m in _kind(language).finditer(text)]
    found: list[Region] = []
    for match in pattern.finditer(text):
        group = str(match.lastgroup)
        end = match.end()
        is_full = group.startswith("full")
        kind = _kind(language).match(text, _spaces(text, end))
        if kind:
            end = kind.end()
        elif not is_full and not (
            _in_list(text, match, kinds, pattern, language)
            or (found and _goes_on(text[found[-1].end : match.start()], language))
            or (_COUNTED.search(text[: match.start()]) and _LISTED.match(text, end))
            or _is_over(text, match, language)
            or _is_counted(text, match, codes[group.lstrip("fulbare_")], found, language)
            or _of_unit(language).search(text[: match.start()])
        ):
            continue
        found.append(Region(match.start(), end, codes[group.lstrip("fulbare_")]))
    return found


def is_adjective(name: str, language: str) -> bool:
    """Return whether a word is the adjective of a region, which alone stands for the region.

    Examples
    --------
    >>> is_adjective("Ленинградской", "ru"), is_adjective("Курска", "ru")
    (True, False)
    """
    is_region = _pattern(language)[0].fullmatch(name) is not None
    return (
        is_region and lexicon(language).pattern("regions", "feminine").fullmatch(name) is not None
    )


def unit_before(text: str, end: int, language: str) -> Region | None:
    """Return the adjective of a region that ends right before a word, None where there is none.

    Examples
    --------
    >>> text = "повідомили в Харківській обласній прокуратурі"
    >>> unit_before(text, text.index("обласній"), "uk").code
    'UA-63'
    """
    start = max(0, end - _ADJECTIVE)
    for match in _pattern(language)[0].finditer(text[start:end]) if language != "en" else ():
        is_named = match[0][0].isupper() and text[start + match.end() : end].isspace()
        if is_named and _is_adjectival(match[0], language):
            code = _pattern(language)[1][str(match.lastgroup).lstrip("fulbare_")]
            return Region(start + match.start(), start + match.end(), code)
    return None


def _is_adjectival(name: str, language: str) -> bool:
    """Return whether a word has the ending of an adjective, whatever its case."""
    endings = lexicon(language).sections["cases"]["adjective_long"]
    return name.casefold().endswith(tuple(endings))


def _is_over(text: str, match: re.Match[str], language: str) -> bool:
    """Return whether the adjective of a region stands alone behind "over": "над Калужской"."""
    over = lexicon(language).any_of("clauses", "over")
    is_led = re.search(
        rf"(?:(?<!\w){over}\s+|\d\s+[—–-]\s+)$", text[: match.start()], re.IGNORECASE
    )
    joint = lexicon(language).any_of("clauses", "and")
    is_alone = re.match(rf"\s*(?:[,;:.)(—–-]|$|{joint}\s+\d)", text[match.end() :])
    return bool(is_led and is_alone) and is_adjective(match[0], language)


def _is_counted(
    text: str, match: re.Match[str], code: str, found: Sequence[Region], language: str
) -> bool:
    """Return whether a number over a bare name goes on a count by regions.

    "Over seven regions, including 12 over Krasnodar"; in English towns have the names of regions.
    """
    if language != "en" or code in _OF_CAPITALS:
        return False
    before = text[: match.start()]
    over = lexicon(language).any_of("clauses", "over")
    last = found[-1] if found else None
    if last and re.fullmatch(rf",?\s+and\s+(?:{over}\s+)?", before[last.end :]):
        return re.search(rf"(?<!\w){over}\s+(?:the\s+)?$", before[: last.start]) is not None
    plural = any(m[0].casefold().endswith("s") for m in _kind(language).finditer(before))
    led = re.search(rf"(?:\s+each)?\s+{over}\s+$", before)
    is_counted = led and any(n.end == led.start() for n in find_numbers(before, language))
    return bool(is_counted and (plural or last))


@cache
def _of_unit(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){lexicon(language).any_of('places', 'of_unit')}\s+$", re.IGNORECASE)


def _spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _in_list(
    text: str, match: re.Match[str], kinds: list[int], pattern: re.Pattern[str], language: str
) -> bool:
    """Return whether only names of regions and small words stand up to the next word "region"."""
    after = next((at for at in kinds if at > match.end()), None)
    if after is None or after - match.end() > _LIST_REACH:
        return False
    between = re.sub(r"\d", "", pattern.sub("", text[match.end() : after]))
    small = lexicon(language).pattern("regions", "between").sub("", between)
    if language != "en" and re.search(r"[-–]", between):
        # "Over Kursk – 14, over Tula – 13": words for numbers stand between them.
        small = re.sub(r"\b\w{1,12}\b", "", small)
    return not re.search(r"\w", small)


def _goes_on(between: str, language: str) -> bool:
    """Return whether only a number and small words stand between a region and the next of a list.

    So "72 over Bryansk Oblast, 20 over Moscow and one over Kursk" goes on without the word.
    """
    if language == "en":
        return False
    over = lexicon(language).any_of("clauses", "over")
    if re.fullmatch(r"\s*[,;]\s*\d+\s+[—–-]\s+", between):
        return True
    joints = lexicon(language).any_of("clauses", "and")
    if re.fullmatch(rf"\s+{joints}\s+", between, re.IGNORECASE):
        return True
    words = rf"(?:{lexicon(language).any_of('regions', 'between')}|{over}|{joints})"
    rest = re.sub(rf"(?<!\w){words}(?!\w)", "", between, flags=re.IGNORECASE)
    rest = "".join(rest[a:b] for a, b in _gaps(rest, language))
    return not re.search(r"\w", rest) and re.search(rf"(?<!\w){over}\s+$", between) is not None


def _gaps(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that are no numbers."""
    at = 0
    for number in find_numbers(text, language):
        yield at, number.start
        at = number.end
    yield at, len(text)


@cache
def _kind(language: str) -> re.Pattern[str]:
    kind = lexicon(language).any_of("regions", "kind")
    return re.compile(rf"{kind}(?!\w)", re.IGNORECASE)


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Return the pattern of every region's names, and the code of each of its groups."""
    full: list[tuple[str, str]] = []
    bare: list[tuple[str, str]] = []
    further = {row["id"]: row["aliases"] for row in own_rows(embedded_path("aliases.csv"))}
    for row in own_rows(embedded_path("admin1_names.csv")):
        aliases = [row["aliases"], further.get(f"iso:{row['iso_3166_2']}", "")]
        for name, is_full in _names(row, " | ".join(filter(None, aliases)).split(" | "), language):
            (full if is_full else bare).append((name, row["iso_3166_2"]))
    parts, codes = [], {}
    for prefix, names in (("full", full), ("bare", bare)):
        for number, (name, code) in enumerate(sorted(names, key=lambda n: -len(n[0]))):
            key = str(number) if prefix == "full" else f"x{number}"
            parts.append(rf"(?P<{prefix}_{key}>{name})")
            codes[key] = code
    source = "|".join(parts)
    return re.compile(rf"(?<![\w-])(?:{source})(?![\w-])", re.IGNORECASE), codes


def _names(
    row: Mapping[str, str], aliases: Sequence[str], language: str
) -> Iterator[tuple[str, bool]]:
    """Yield patterns of a region's names, and whether each says a region without a word for it."""
    if row["iso_3166_2"] in ("UA-30", "UA-40", "RU-MOW", "RU-SPE"):
        return
    extra = lexicon(language).values("regions", "names")
    yield from (
        (re.escape(n).replace(r"\*", r"\w*"), True)
        for n, c in extra.items()
        if c == row["iso_3166_2"]
    )
    spellings = lexicon(language).values("regions", "spellings")
    yield from ((re.escape(n), False) for n, c in spellings.items() if c == row["iso_3166_2"])
    if language == "en":
        is_full = "epublic" in row["title_en"] or row["name_en"] in _NO_TOWNS
        yield re.escape(row["name_en"]), is_full
        yield from ((re.escape(alias), True) for alias in aliases if alias and alias.isascii())
        return
    for title in (row[f"title_{language}"], *(a for a in aliases if not a.isascii())):
        yield from _cyrillic_names(title, language)


def _cyrillic_names(title: str, language: str) -> Iterator[tuple[str, bool]]:
    """Yield patterns of a title or another name in every case."""
    cases = lexicon(language).sections["cases"]
    words = re.split(r" [—(]", title, maxsplit=1)[0].split()
    if lexicon(language).pattern("regions", "adjectives").search(words[0]):
        is_short = language == "uk" and words[0][-1] in cases["feminine"]
        yield re.escape(words[0][: -1 if is_short else -2]) + r"\w{1,3}", False
        return
    if any(_kind(other).fullmatch(words[-1]) for other in languages()):
        # An adjective of another language.
        return
    vowels = cases["vowels"] + cases["name_endings"]
    stem = words[-1].rstrip(vowels)
    if len(stem) >= 3:
        # A soft sign parts the region from its capital; Krymsk is a town, and not in Crimea.
        soft = "".join(re.findall(rf"{cases['soft']}(?=\w$)", words[-1]))
        last = rf"[{cases['name_consonants']}]?"
        yield rf"{re.escape(stem + soft)}[{vowels}]{{{len(soft)},3}}{last}", True
    elif len(words) > 1:
        # "Mari El" has no ending to take away.
        yield re.escape(" ".join(words[-2:])), True
