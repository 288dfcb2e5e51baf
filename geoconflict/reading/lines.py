"""Phrases that name a line: borders, the front, coasts, and the troops that stand at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from geoconflict.lexicon import AnyCase, Caseless, Lexicon, any_form, capitals, lexicon, lexicons
from geoconflict.reading.mentions import Mention

_POSSESSIVE = r"(?:['’]s?)?"
_DASH = r"\s?[-–/]\s?"


class _Lines:
    """The patterns of lines in one language, compiled from its lexicon."""

    def __init__(self, words: Lexicon) -> None:
        self.words, any_of = words, words.any_of
        self.countries = {
            code: re.compile(any_form(forms), re.IGNORECASE)
            for code, forms in words.table("countries").items()
        }
        self.pairs = dict(words.values("countries", "pairs"))
        country = rf"(?<!\w){words.any_of('countries', *words.table('countries'))}(?!\w)"
        article = rf"(?:\b{words.any_of('lines', 'article')}\s+)?"
        every = {"country": country, "article": article}
        self.border = Caseless(_border(words, **every))
        # The genitive of Ukrainian and Russian needs no word between.
        link = rf"(?:{words.any_of('lines', 'with')}\s+)" + ("?" if words.script == "Cyrl" else "")
        genitive = words.forms("lines", "genitive")
        name = (
            rf"(?=[{capitals()}])(?i:{any_form(genitive)})(?!\w)" if genitive else f"[{capitals()}]"
        )
        self.of_another = re.compile(rf"\s+{link}{article}{name}")
        self.soil = Caseless(_soil(words, country))
        # "46 km from the Belarusian border and 74 from the Russian one", "до украинской — 270".
        self.elliptic = AnyCase(
            rf"(?<!\w){any_form(words.forms('links', 'from', 'to'))}\s+{article}(?P<name>{country})"
            rf"(?:\s+{any_of('pointers', 'one')})?"
            rf"(?=\s*(?:[,.;:)—–]|$|\d|-\s|{any_of('links', 'and', 'but')}\s))"
        )
        self.front = AnyCase(_front(words, country))
        self.troops = Caseless(_troops(words))
        self.coast = AnyCase(_coast(words, **every))
        self.quick = {
            "border": words.pattern("lines", "border", "boundary"),
            "soil": words.pattern("lines", "soil"),
            "coast": words.pattern("lines", "coast", "sea"),
        }

    def country(self, word: str) -> str | None:
        """Return the ISO code of a country named by noun or adjective, None where it is none."""
        bare = re.sub(r"['’]s?$", "", word)
        return next((c for c, forms in self.countries.items() if forms.fullmatch(bare)), None)

    def pair(self, word: str) -> list[str]:
        """Return the codes of the two countries of "Russo-Ukrainian"; empty if it is no pair."""
        for form, codes in self.pairs.items():
            if re.fullmatch(any_form([form]), word, re.IGNORECASE):
                return str(codes).split("-")
        return []


def _border(words: Lexicon, *, country: str, article: str) -> str:
    """Return the pattern of "the Russian state border with Ukraine"."""
    any_of = words.any_of
    modifiers = rf"(?:{any_of('lines', 'border_words')}\s+){{0,3}}"
    pairs = any_form(words.values("countries", "pairs"))
    owner = (
        rf"(?:(?P<pair>(?<!\w){pairs}(?!\w))\s+|(?P<owner>{country}){_POSSESSIVE}"
        rf"(?:{_DASH}(?P<second>{country}))?\s+)?"
    )
    nouns = (
        rf"(?P<noun>(?<!\w)(?:{any_of('lines', 'border')}|(?P<boundary>"
        rf"{any_of('lines', 'boundary')}))(?!\w))"
    )
    other = rf"(?![\s-]{any_of('lines', 'not_border')}(?!\w))"
    joint = rf"(?:{any_of('links', 'and')}|{any_of('lines', 'with')})"
    second = rf"(?:\s+{joint}\s+{article}(?P<and>{country}))?"
    of = rf"(?:\s+(?:{any_of('lines', 'with')}\s+)?{article}(?P<of>{country})(?!['’]s){second})?"
    return rf"{article}{modifiers}{owner}{modifiers}{nouns}{other}{of}"


def _soil(words: Lexicon, country: str) -> str:
    soil = words.any_of("lines", "soil")
    return rf"(?P<owner>{country}){_POSSESSIVE}\s+{soil}(?!\w)|(?<!\w){soil}\s+(?P<of>{country})"


def _front(words: Lexicon, country: str) -> str:
    """Return the pattern of the front: by its name, by who stands there or who holds the ground."""
    any_of = words.any_of
    adjectives = rf"(?:{any_of('lines', 'article')}\s+)?(?:{any_of('lines', 'active')}\s+)*"
    sides, held = any_of("lines", "sides"), any_of("lines", "held")
    ground = any_of("lines", "ground")
    holder = rf"(?:(?:{country}|{any_of('lines', 'troops')})\s+)?"
    compass = (
        rf"(?:\s+(?:to\s+the\s+)?{any_of('compass', 'N', 'S', 'E', 'W')}\s+of\s+[A-Z][\w'’-]+)?"
    )
    bare = any_of("lines", "bare_front")
    alone = (
        rf"{bare}(?=\s*(?:[.,;:)\]”\"—–]|(?:and|in|at|near|when|is|was|has|runs|lies|"
        rf"respectively|to)\b|$))"
    )
    parts = (
        rf"{adjectives}{any_of('lines', 'front')}",
        rf"{adjectives}{alone}",
        rf"{adjectives}{sides}\s+{any_of('lines', 'positions')}",
        rf"(?:{any_of('lines', 'article')}\s+)?{sides}[-\s]{held}\s+{ground}{compass}",
        rf"{held}\s+{holder}{ground}",
        rf"{ground}\s+{any_of('lines', 'held_by')}\s+{any_of('sides')}",
        any_of("lines", "still_held"),
    )
    return rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)"


def _troops(words: Lexicon) -> str:
    any_of = words.any_of
    return (
        rf"(?<!\w)(?:(?:{any_of('lines', 'article')}\s+)?{any_of('lines', 'sides')}\s+(?:\w+\s+)?"
        rf"{any_of('lines', 'forces')}(?!['’]s)|{any_of('lines', 'troops')})(?!\w)"
    )


def _coast(words: Lexicon, *, country: str, article: str) -> str:
    any_of = words.any_of
    seas = any_of("lines", "sea_names")
    plain = words.forms("lines", "sea")
    full = [f for f in words.forms("lines", "sea_names") if f.split()[-1] in plain]
    return (
        rf"{article}(?:(?P<owner>{country}){_POSSESSIVE}\s+)?(?:{seas}\s+)?(?<!\w)"
        rf"{any_of('lines', 'coast')}(?!\w)"
        rf"(?:\s+(?:of\s+)?{article}(?P<of>{country}){_POSSESSIVE})?"
        rf"(?:\s+(?:of\s+|the\s+)*{seas})?"
        rf"(?:\s+(?:of\s+)?[{capitals()}][\w'’-]+\s+{any_of('places', 'oblast')})?"
        rf"|(?<!\w){any_form((*full, *plain))}(?!\w)(?!\s+of)"
    )


@cache
def _lines(language: str) -> _Lines:
    return _Lines(lexicon(language))


def find_lines(sentence: str, *, sides: tuple[str, str], language: str = "en") -> list[Mention]:
    """Return the borders, fronts, coasts and troops that a sentence mentions, in their order.

    Parameters
    ----------
    sentence : str
        What is read.
    sides : (str, str)
        Codes of the country that is fought over, whose border is meant where none is named, and
        of the other side.
    language : str
        That of the sentence.

    Examples
    --------
    >>> sides = ("UA", "RU")
    >>> [m.reference for m in find_lines("It is near Russia's border with Ukraine.", sides=sides)]
    ['border:UA-RU']
    >>> [m.reference for m in find_lines("50 km from the line of contact", sides=sides)]
    ['front:']
    """
    lines = _lines(language)
    found: list[Mention] = []
    if lines.quick["border"].search(sentence):
        found += _borders(sentence, lines, sides)
    if lines.quick["soil"].search(sentence):
        found += _soils(sentence, lines, sides)
    if lines.quick["coast"].search(sentence):
        found += _coasts(sentence, lines)
    found += (
        _mention(sentence, "front", match, "front:") for match in lines.front.finditer(sentence)
    )
    found += (
        _mention(sentence, "forces", match, "front:") for match in lines.troops.finditer(sentence)
    )
    kept: list[Mention] = []
    for one in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


# "Japan's border" is none that the theatre knows, and not that of Ukraine.
_OWNED = re.compile(r"[A-Z][\w-]*['’]s\s+$")


def countries_in(words: str, *, language: str = "en") -> list[str]:
    """Return the ISO codes of the countries that words name."""
    lines = _lines(language)
    return [code for code, forms in lines.countries.items() if forms.search(words)]


def _borders(sentence: str, lines: _Lines, sides: tuple[str, str]) -> Iterator[Mention]:
    first = None
    for match in lines.border.finditer(sentence):
        first = match if first is None else first
        named = [match[part] for part in ("owner", "second", "of", "and") if match[part]]
        pair = lines.pair(match["pair"]) if match["pair"] else []
        codes = list(dict.fromkeys([*pair, *filter(None, map(lines.country, named))]))
        if not codes and (match["boundary"] or _is_of_another(sentence, match, lines)):
            yield _after_the_unit(sentence, _mention(sentence, "boundary", match, ""))
        else:
            mention = _mention(sentence, "border", match, _border_reference(codes, match[0], sides))
            yield mention if codes else replace(mention, found="implied", certainty="likely")
    # An adjective alone says another border after the first.
    for match in lines.elliptic.finditer(sentence, first.end()) if first else ():
        code = lines.country(match["name"])
        if code is not None:
            reference = _border_reference([code], "", sides)
            yield Mention("border", *match.span("name"), match["name"], reference, found="carried")


# "Oblast" in "the Kharkiv Oblast border" is the end of a name; in "the oblast border" it is not.
_NAME_BEFORE = re.compile(rf"[{capitals()}][\w'’-]+\s+$")


def _after_the_unit(sentence: str, boundary: Mention) -> Mention:
    """Return the mention of a boundary without the word that ends the name of its unit."""
    first, gap, _ = sentence[boundary.start : boundary.end].rpartition(" ")
    if not gap or not _NAME_BEFORE.search(sentence, 0, boundary.start):
        return boundary
    return replace(boundary, start=boundary.start + len(first) + 1)


def _is_of_another(sentence: str, match: re.Match[str], lines: _Lines) -> bool:
    """Return whether a border is said to be of somebody who is no country of the theatre."""
    if _OWNED.search(sentence, 0, match.start()):
        return True
    return lines.of_another.match(sentence, match.end()) is not None


def _soils(sentence: str, lines: _Lines, sides: tuple[str, str]) -> Iterator[Mention]:
    for match in lines.soil.finditer(sentence):
        code = lines.country(match["owner"] or match["of"])
        if code is not None:
            yield _mention(sentence, "border", match, _border_reference([code], match[0], sides))


def _border_reference(codes: list[str], words: str, sides: tuple[str, str]) -> str:
    """Return the line that a border is: of two countries, of one, or of the home country."""
    if len(codes) >= 2:
        order = {side: number for number, side in enumerate(sides)}
        first, second = sorted(codes[:2], key=lambda code: (order.get(code, 2), code))
        return f"border:{first}-{second}"
    is_international = any(
        one.pattern("lines", "international").search(words) for one in lexicons()
    )
    if not codes and is_international:
        return f"border:{'-'.join(sides)}"
    return f"border:{codes[0]}" if codes else f"border:{sides[0]}"


def _coasts(sentence: str, lines: _Lines) -> Iterator[Mention]:
    for match in lines.coast.finditer(sentence):
        owner = lines.country(match["of"] or match["owner"] or "") or ""
        yield _mention(sentence, "coast", match, f"coast:{owner}")


def _mention(sentence: str, kind: str, match: re.Match[str], reference: str) -> Mention:
    return Mention(kind, *match.span(), sentence[slice(*match.span())], reference)
