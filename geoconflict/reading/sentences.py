"""A text as sentences, each with its place in the text and its language."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

# What is longer is no sentence of prose; it is read in pieces, so that time stays linear.
LONGEST_SENTENCE = 1200
_PARAGRAPH = re.compile(r"\n[ \t\r]*(?:\n[ \t\r]*)+")
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?:\[\d{1,3}\]){0,4}(?=\s)")
# Short forms whose full stop ends no sentence.
_SHORT_FORMS = """
jan feb mar apr jun jul aug sept sep oct nov dec mr mrs ms dr gen lt col capt maj sgt adm st no
sq approx ca vs u.s u.k u.n d.c a.m p.m e.g i.e etc inc co maj. brig gov sen rep
кв тис тыс млн млрд км м г р с п ст ім им обл вул ул просп буд д рр гг див см грн руб стор т.зв
"""
_ABBREVIATIONS = frozenset(_SHORT_FORMS.split())
# After a number these end a sentence where a capital follows: "до фронту 5 км. Мирноград".
_UNITS = frozenset(["км", "м", "га", "г", "р", "km", "кв"])
_NUMBERED = re.compile(r"\d\s?(?:кв\.?\s?)?[^\W\d]{1,2}$")
_LAST_WORD = re.compile(r"[^\s(\"“«]+$")
_OPENER = "\"'“”«»(„[—–-•*"
# A line that ends so goes on in the next one, whatever that begins with.
_GOES_ON = re.compile(
    r"(?:[,:;–—-]|\b(?:of|the|a|an|in|on|at|to|from|and|or|by|with|near|some|about|than|for|"
    r"у|в|на|від|до|та|і|й|з|зі|за|под|від|от|и|с|со|к|по|из|для))\s*$",
    re.IGNORECASE,
)
# Text broken by width: no line is longer than this, and all but the last nearly as long.
_WIDEST, _FULL_LINE = 120, 0.75
_UKRAINIAN, _RUSSIAN = frozenset("іїєґ"), frozenset("ыэъё")
_RUSSIAN_WORDS = re.compile(r"\b(?:и|от|что|из|не|за|по|его|или|были|как)\b", re.IGNORECASE)
_UKRAINIAN_WORDS = re.compile(r"\b(?:та|від|що|з|до|й|його|або|були|як)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """One sentence.

    ``start`` is its first character in the text, counted from 0; ``language`` is ``en``,
    ``uk`` or ``ru``.
    """

    text: str
    start: int
    language: str


def split_sentences(text: str, *, language: str | None = None) -> list[Sentence]:
    """Return the sentences of a text in their order.

    Parameters
    ----------
    text : str
        Prose, with or without hard line ends; a blank line ends a paragraph.
    language : str, optional
        ``en``, ``uk`` or ``ru`` where it is known; else it is told sentence by sentence.

    Examples
    --------
    >>> [s.text for s in split_sentences("It burned on Jan. 24. Kazan is far.")]
    ['It burned on Jan. 24.', 'Kazan is far.']
    """
    found: list[Sentence] = []
    for begin, end in _paragraphs(text):
        for start, stop in _sentence_spans(text, begin, end):
            before = found[-1].language if found else "en"
            told = language or language_of(text[start:stop], default=before)
            found.append(Sentence(text[start:stop], start, told))
    return found


def language_of(text: str, *, default: str = "en") -> str:
    """Return the language of a sentence: ``en`` for Latin letters, ``uk`` or ``ru`` for Cyrillic.

    ``default`` stands where no letter tells Ukrainian from Russian.
    """
    small = text.casefold()
    cyrillic = sum("а" <= char <= "ґ" for char in small)
    if cyrillic * 2 <= sum(char.isalpha() for char in small):
        return "en"
    ukrainian = sum(char in _UKRAINIAN for char in small)
    russian = sum(char in _RUSSIAN for char in small)
    if ukrainian == russian:
        ukrainian = len(_UKRAINIAN_WORDS.findall(small))
        russian = len(_RUSSIAN_WORDS.findall(small))
    if ukrainian == russian:
        return default if default != "en" else "uk"
    return "uk" if ukrainian > russian else "ru"


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _sentence_spans(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    start = begin
    for stop in (*_stops(text, begin, end), end):
        yield from _pieces(text, start, stop)
        start = stop


def _stops(text: str, begin: int, end: int) -> list[int]:
    found = [m.end() for m in _END.finditer(text, begin, end) if _is_end(text, m.start(), m.end())]
    widest = max(map(len, text[begin:end].split("\n")))
    full = _FULL_LINE * widest if widest <= _WIDEST else math.inf
    found += [at for at in _line_ends(text, begin, end) if not _is_within(text, at, full)]
    return sorted(found)


def _is_end(text: str, mark: int, after: int) -> bool:
    """Return whether a full stop ends a sentence and not an abbreviation."""
    rest = text[after : after + 8].lstrip()
    if rest and rest[0].islower():
        return False
    if text[mark] != ".":
        return True
    word = _LAST_WORD.search(text[max(0, mark - 12) : mark])
    last = word[0].casefold().lstrip("(") if word else ""
    if last in _UNITS and _NUMBERED.search(text, max(0, mark - 24), mark):
        return bool(rest) and rest[0].isupper()
    if last in _ABBREVIATIONS:
        # "in Dec." can end a sentence too; a capital word after it tells, a number does not.
        return last in {"a.m", "p.m", "etc"} and bool(rest) and rest[0].isupper()
    return not (len(last) == 1 and last.isalpha())


def _line_ends(text: str, begin: int, end: int) -> Iterator[int]:
    at = text.find("\n", begin, end)
    while at != -1:
        yield at
        at = text.find("\n", at + 1, end)


def _is_within(text: str, line_end: int, full_line: float) -> bool:
    """Return whether a line end stands within a sentence, as in a text broken by width."""
    line_start = text.rfind("\n", max(0, line_end - LONGEST_SENTENCE), line_end) + 1
    line = text[line_start:line_end].rstrip()
    rest = text[line_end : line_end + 40].lstrip()
    if not line or not rest or line[-1] in ".!?…":
        return False
    if rest[0] in "•*" or (rest[0] in "-–—" and rest[1:2] == " "):
        return False
    if rest[0].islower() or rest[0].isdigit() or rest[0] in "(%":
        return True
    return bool(_GOES_ON.search(line[-12:])) or len(line) >= full_line


def _pieces(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield a span without the spaces around it, cut where it is longer than a sentence is."""
    while stop - start > LONGEST_SENTENCE:
        cut = _cut(text, start)
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, stop)


def _cut(text: str, start: int) -> int:
    """Return where a sentence that is too long is cut: at a space that is not beside a number."""
    end = start + LONGEST_SENTENCE
    at = text.rfind(" ", start + LONGEST_SENTENCE // 2, end)
    while at > 0 and (text[at - 1].isdigit() or text[at + 1 : at + 2].isdigit()):
        at = text.rfind(" ", start + LONGEST_SENTENCE // 2, at)
    return at if at > 0 else end


def _trimmed(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    piece = text[start:stop]
    left = len(piece) - len(piece.lstrip())
    whole = piece.strip()
    if whole:
        yield start + left, start + left + len(whole)
