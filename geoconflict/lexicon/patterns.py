"""Patterns that are compiled when they are first looked for: most of a language's never are."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property


class AnyCase:
    """A pattern that is looked for in any case; its methods are those of ``re.Pattern``."""

    def __init__(self, source: str) -> None:
        self.pattern = source

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """Return the first match."""
        return self._compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """Return the match at a point."""
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """Return the match of a whole span."""
        return self._compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """Yield the matches."""
        return self._compiled.finditer

    @cached_property
    def sub(self) -> Callable[..., str]:
        """Return a text with another in the place of each match."""
        return self._compiled.sub


class Caseless:
    """A pattern of small letters that is looked for in any case.

    It is searched in the text put in small letters, which is several times faster than a search
    that ignores case: the groups of a match are in small letters, its places those of the text.
    """

    def __init__(self, source: str) -> None:
        self.pattern = source

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match, as ``re.Pattern`` does."""
        return self._compiled.search(_small(text), start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match at a point, as ``re.Pattern`` does."""
        return self._compiled.match(_small(text), start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match of a whole span, as ``re.Pattern`` does."""
        return self._compiled.fullmatch(_small(text), start, end)

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """Yield the matches, as ``re.Pattern`` does."""
        return self._compiled.finditer(_small(text), start, end)

    def sub(self, put: str, text: str) -> str:
        """Return a text, its case kept, with another in the place of each match."""
        ends = [0, *(at for match in self.finditer(text) for at in match.span()), len(text)]
        return put.join(text[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True))


def _small(text: str) -> str:
    """Return a text in small letters, each in the place of its capital."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
