"""A text as sentences, each with its place in the text and its language."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from geoconflict.lexicon import Lexicon, all_forms, any_word, lexicon, lexicons

# What is longer is no sentence of prose; it is read in pieces, so that time stays linear.
LONGEST_SENTENCE = 1200
_PARAGRAPH = re.compile(r"\n[ \t\r]*(?:\n[ \t\r]*)+")
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?:\[\d{1,3}\]){0,4}(?=\s)")
# After a number these end a sentence where a capital follows: "до фронту 5 км. Мирноград".
_NUMBERED = re.compile(r"\d\s?(?:[^\W\d]{3,4}\.?\s?)?(?:[^\W\d]{2}\.?\s?)?[^\W\d]{1,2}$")
_LAST_WORD = re.compile(r"[^\s(\"“«]+$")
_BULLET = re.compile(r"[-–—•*▪●]\s|\d{1,2}[.)]\s")
_CYRILLIC, _LATIN = re.compile(r"[\u0430-\u0491]"), re.compile("[a-z]")
_MARKS = '.,;:!?()«»“”"'
# Text broken by width: no line is longer than this, and all but the last nearly as long.
_WIDEST, _FULL_LINE = 120, 0.75
# A word with letters of one language alone tells more than a common word, which both may have.
_LETTER_WEIGHT = 3
# A long word is no other language's by chance: "кордону", "границы".
_LONG_WORD, _LONG_WEIGHT = 5, 3
# So much speaks for the language of the sentence before.
_DEFAULT = 1.0
# A word for a unit that is longer than this is one language's own.
_SHORT = 3
# So much of a text tells the language of sentences that do not tell it themselves.
_SAMPLE = 3000


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(all_forms("language", "short_forms"))


@cache
def _units() -> frozenset[str]:
    return frozenset(all_forms("language", "after_number"))


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(rf"(?:[,:;–—-]|\b{any_word('language', 'goes_on')})\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """One sentence.

    ``start`` is its first character in the text, counted from 0; ``block`` numbers what blank
    lines and bullets part: words that point back do not point beyond it.
    """

    text: str
    start: int
    language: str
    block: int = 0


def split_sentences(text: str, *, language: str | None = None) -> list[Sentence]:
    """Return the sentences of a text in their order.

    Parameters
    ----------
    text : str
        Prose, with or without hard line ends; a blank line ends a paragraph.
    language : str, optional
        Code of a language that has a lexicon; default: told sentence by sentence.

    Examples
    --------
    >>> [s.text for s in split_sentences("It burned on Jan. 24. Kazan is far.")]
    ['It burned on Jan. 24.', 'Kazan is far.']
    """
    return list(each_sentence(text, language=language))


def each_sentence(text: str, *, language: str | None = None) -> Iterator[Sentence]:
    """Yield the sentences of a text one by one, as ``split_sentences`` has them."""
    block, told = 0, language or language_of(text[:_SAMPLE])
    for begin, end in _paragraphs(text):
        block += 1
        for start, stop in _sentence_spans(text, begin, end):
            told = language or language_of(text[start:stop], default=told)
            block += _BULLET.match(text, start) is not None
            yield Sentence(text[start:stop], start, told, block)


def language_of(text: str, *, default: str = "en") -> str:
    """Return the language of a sentence, of those that have a lexicon, by its letters and words.

    ``default`` stands where nothing tells two languages of the same script apart.
    """
    small = text.casefold()
    is_cyrillic = len(_CYRILLIC.findall(small)) > len(_LATIN.findall(small))
    same = [one for one in lexicons() if (one.script == "Cyrl") == is_cyrillic]
    if len(same) == 1:
        return same[0].language
    scores = {one.language: _likeness(small, one.language) for one in same}
    if default in scores:
        scores[default] += _DEFAULT
    return max(scores, key=lambda language: scores[language])


class _Telling:
    """What tells one language from its like: letters, endings, words and beginnings of words."""

    def __init__(self, words: Lexicon) -> None:
        sections = ("units", "periods", "months", "weekdays", "hedges")
        own = [form for section in sections for form in _own_forms(words, section)]
        verbs = words.forms("verbs", "hold", "take", "lose", "free", "stand", "say", "down")
        forms = {*words.forms("language", "words"), *own, *words.forms("compass"), *verbs}
        self.letters = frozenset(str(words.sections["language"]["letters"]))
        self.letter_share = float(words.sections["language"]["letter_share"])
        self.endings = words.forms("language", "endings")
        self.words = frozenset(form for form in forms if not form.endswith("*"))
        self.stems = tuple(form[:-1] for form in forms if form.endswith("*"))


@cache
def _telling(language: str) -> _Telling:
    return _Telling(lexicon(language))


def _own_forms(words: Lexicon, section: str) -> list[str]:
    """Return the longer forms of a section: short ones are those of other languages as well."""
    numbered = {"months": words.months, "weekdays": words.weekdays}
    forms = numbered.get(section) or words.forms(section)
    return [form for form in forms if len(form) > _SHORT]


def _likeness(small: str, language: str) -> float:
    """Return how much the letters and common words of a text are those of a language.

    A long text without the letters that a language has so often speaks against it.
    """
    tells = _telling(language)
    words = [word.strip(_MARKS) for word in small.split()]
    letters = frozenset() if tells.letters.isdisjoint(small) else tells.letters
    own = sum(not letters.isdisjoint(word) for word in words) if letters else 0
    own += sum(word.endswith(tells.endings) for word in words) if tells.endings else 0
    common = sum(
        _LONG_WEIGHT if len(word) > _LONG_WORD else 1
        for word in words
        if word in tells.words or word.startswith(tells.stems)
    )
    share = 0.0 if own else tells.letter_share
    missing = share * sum(map(str.isalpha, small)) if share else 0.0
    return _LETTER_WEIGHT * own + common - missing


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
    if last in _units() and _NUMBERED.search(text, max(0, mark - 24), mark):
        return bool(rest) and rest[0].isupper()
    if last in _abbreviations():
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
    return bool(_goes_on().search(line[-12:])) or len(line) >= full_line


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
