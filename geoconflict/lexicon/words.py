"""The lexicon of a language: its forms by concept, and the patterns compiled from them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from geoconflict.errors import UnknownLanguageError
from geoconflict.lexicon.patterns import Caseless

_FOLDER = Path(__file__).parent
_LETTERS = {"'": "['’ʼ`]", "ё": "[ёе]", " ": r"\s+", r"\*": r"\w*", "-": "[-‐‑–]"}
# A section, or a part of one such as [cases.endings].
_HEADER = re.compile(r"^\[(\w+)[.\w]*\]$", re.MULTILINE)
# What is written for one letter in several ways, as ``str.translate`` takes it.
LEVELLED = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "ё": "е"})


class _Sections(Mapping[str, Mapping[str, Any]]):
    """The sections of a lexicon's file, each parsed when it is first asked for.

    Most commands ask for few of them, and to parse them all takes longer than to find a place.
    """

    def __init__(self, text: str) -> None:
        headers = [*_HEADER.finditer(text)]
        ends = [*(header.start() for header in headers[1:]), len(text)]
        self._texts: dict[str, str] = {}
        for header, end in zip(headers, ends, strict=True):
            before = self._texts.get(header[1], "")
            self._texts[header[1]] = before + text[header.start() : end]
        self._parsed: dict[str, Mapping[str, Any]] = {}

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        if name not in self._parsed:
            self._parsed[name] = tomllib.loads(self._texts[name])[name]
        return self._parsed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All words of one language, by section and concept, as its data file has them.

    Parameters
    ----------
    language : str
        ISO 639-1 code.
    sections : mapping
        A form is a word or phrase in small letters; ``*`` stands for any ending.

    Examples
    --------
    >>> words = lexicon("uk")
    >>> words.months["липня"], words.key("facilities", "лікарні")
    (7, 'hospital')
    >>> bool(words.pattern("verbs", "hold").search("місто утримують наші"))
    True
    """

    language: str
    sections: Mapping[str, Mapping[str, Any]]
    _patterns: dict[tuple[str, ...], Caseless] = field(default_factory=dict, repr=False)

    def forms(self, section: str, *keys: str) -> tuple[str, ...]:
        """Return the forms of some concepts of a section, or of all; empty where it has none."""
        table = self.sections.get(section, {})
        names = keys or tuple(name for name, value in table.items() if isinstance(value, list))
        return tuple(form for name in names for form in table.get(name, ()))

    def table(self, section: str) -> Mapping[str, tuple[str, ...]]:
        """Return the forms of every concept of a section."""
        table = self.sections.get(section, {})
        return {name: tuple(value) for name, value in table.items() if isinstance(value, list)}

    def values(self, section: str, key: str) -> Mapping[str, Any]:
        """Return the values that forms stand for, such as numbers."""
        found: Mapping[str, Any] = self.sections.get(section, {}).get(key, {})
        return found

    def any_of(self, section: str, *keys: str) -> str:
        """Return the source of a pattern for any form of some concepts."""
        return any_form(self.forms(section, *keys))

    def pattern(self, section: str, *keys: str) -> Caseless:
        """Return the compiled pattern for any form of some concepts, as whole words."""
        name = (section, *keys)
        if name not in self._patterns:
            source = rf"(?<!\w){self.any_of(section, *keys)}(?!\w)"
            self._patterns[name] = Caseless(source)
        return self._patterns[name]

    def key(self, section: str, text: str) -> str | None:
        """Return the first concept of a section that a whole text is a form of, None if none."""
        for name in self.table(section):
            if self.pattern(section, name).fullmatch(text):
                return name
        return None

    @cached_property
    def months(self) -> Mapping[str, int]:
        """The number of the month that a form names, 1 to 12."""
        return _numbered(self.sections["months"]["names"])

    @cached_property
    def weekdays(self) -> Mapping[str, int]:
        """The number of the day of the week that a form names, 1 (Monday) to 7."""
        return _numbered(self.sections["weekdays"]["names"])

    @cached_property
    def weekday_pattern(self) -> re.Pattern[str]:
        """The pattern for a day of the week."""
        return re.compile(rf"(?<!\w){any_form(self.weekdays)}(?!\w)", re.IGNORECASE)

    @property
    def script(self) -> str:
        """The script that it is written in: ``Latn`` or ``Cyrl``."""
        return str(self.sections["language"]["script"])


def all_forms(section: str, *keys: str) -> tuple[str, ...]:
    """Return the forms of some concepts of a section, or of all, in all languages."""
    return tuple(form for one in lexicons() for form in one.forms(section, *keys))


@cache
def any_word(section: str, *keys: str) -> str:
    """Return the source of a pattern for any form of some concepts in any language."""
    return any_form(all_forms(section, *keys))


@cache
def month_numbers() -> Mapping[str, int]:
    """Return the number of a month, 1 to 12, by its forms in all languages."""
    return {form.casefold(): n for one in lexicons() for form, n in one.months.items()}


@cache
def capitals() -> str:
    """Return the source of a class of the capital letters of all languages."""
    return "".join(sorted(str(one.sections["language"]["capitals"]) for one in lexicons()))


@cache
def adjective_stems() -> str:
    """Return the source of a pattern for what adjectives of places end in before their ending."""
    return any_word("language", "adjectives")


def apart_at_capitals(name: str) -> str:
    """Return a name with a space before each capital letter that follows a small one.

    Examples
    --------
    >>> apart_at_capitals("SensorDate"), apart_at_capitals("ДатаУдару")
    ('Sensor Date', 'Дата Удару')
    """
    return re.sub(rf"(?<=[{capitals().lower()}])(?=[{capitals()}])", " ", name)


def is_month(text: str, start: int, end: int) -> bool:
    """Return whether a word of a text is a month that without its capital is another word: "May".

    A number stands beside it, or a word such as "in" before it: in a headline verbs have capitals.

    Examples
    --------
    >>> is_month("On 30 May drones hit", 6, 9), is_month("Since May Sumy", 6, 9)
    (True, True)
    >>> is_month("Drones May Hit Sumy", 7, 10), is_month("IT MAY HIT SUMY", 3, 6)
    (False, False)
    """
    word = text[start:end]
    if not word.istitle() or word.casefold() not in all_forms("months", "capital"):
        return False
    is_dated = re.match(r"\s+\d", text[end:]) or re.search(r"\d(?:st|nd|rd|th)?\s+$", text[:start])
    return bool(is_dated) or _before_month().search(text[:start]) is not None


@cache
def _before_month() -> re.Pattern[str]:
    forms = any_word("time", "in", "from", "to")
    return re.compile(rf"(?<!\w){forms}\s+(?:\w+\s+)?$", re.IGNORECASE)


def form_pattern(form: str) -> str:
    """Return the source of the pattern that a form of a lexicon stands for.

    Examples
    --------
    >>> bool(re.fullmatch(form_pattern("п'ят*"), "п’ятьох"))
    True
    """
    source = re.escape(form).replace(r"\ ", " ").replace(r"\-", "-")
    for letter, pattern in _LETTERS.items():
        source = source.replace(letter, pattern)
    return source


def any_form(forms: Iterable[str]) -> str:
    """Return the source of a pattern for any of these forms, the longest first."""
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    return f"(?:{'|'.join(map(form_pattern, ordered))})" if ordered else "(?!)"


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that there is a lexicon of, English first."""
    found = sorted(path.stem for path in _FOLDER.glob("*.toml"))
    return ("en", *(code for code in found if code != "en"))


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language.

    Raises
    ------
    UnknownLanguageError
        There is none.
    """
    if language not in languages():
        message = (
            f"{language!r} is no language that is read: expected one of {', '.join(languages())}"
        )
        raise UnknownLanguageError(message)
    return Lexicon(language, _Sections((_FOLDER / f"{language}.toml").read_text("utf-8")))


def lexicons() -> tuple[Lexicon, ...]:
    """Return the lexicons of all languages."""
    return tuple(map(lexicon, languages()))


def _numbered(names: Iterable[Iterable[str]]) -> dict[str, int]:
    return {form: number for number, forms in enumerate(names, 1) for form in forms}
