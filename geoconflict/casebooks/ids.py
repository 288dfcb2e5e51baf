"""Ids made of what a source calls a thing, the same each time and never the same for two."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from geoconflict.gazetteer.names import fold, romanise

_NO_EVENT = re.compile(r"[^a-z0-9._-]+")
_NO_SOURCE = re.compile(r"[^a-z0-9]+")
_SHORT = 8


def event_key(key: str) -> str:
    """Return a source's own id in small letters, with a hash where it holds what no id can.

    Two keys that differ in more than capitals never give one id; an empty key gives none.

    Examples
    --------
    >>> event_key("UKR12"), event_key("A/1"), event_key("Одеса-1")
    ('ukr12', 'a-1-773232ab', 'odesa-1-bc6e2af2')
    """
    small = key.strip().lower()
    plain = _NO_EVENT.sub("-", small).strip("-")
    return plain if plain == small else _hashed(small, _NO_EVENT)


def source_key(title: str) -> str:
    """Return the title of a source as an id, with a hash where it has letters that no id has.

    Examples
    --------
    >>> source_key("My table"), source_key("Мої події")
    ('my-table', 'moi-podii-1305b0b1')
    """
    small = title.strip().lower()
    plain = _NO_SOURCE.sub("-", small).strip("-")
    return plain if plain and small.isascii() else _hashed(small, _NO_SOURCE)


def digest(parts: Iterable[str]) -> str:
    """Return 16 letters that stand for these texts in this order."""
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:16]


def _hashed(text: str, unfit: re.Pattern[str]) -> str:
    latin = unfit.sub("-", fold(romanise(text))).strip("-")
    return "-".join(filter(None, (latin, digest([text])[:_SHORT])))
