"""What the words of a row say against an event of its kind: denials, alerts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from geoconflict.importers.meanings import kind_of, names_arms, status_of, tells_deed
from geoconflict.lexicon import all_forms, any_form, any_word
from geoconflict.lexicon.patterns import Caseless

_SHOWN, _BEFORE = 80, 40
_DOWNED = "the words tell of arms shot down, not of a strike"
# No status is longer.
_LONGEST_STATUS = 60
# So many words can tell what happened.
_SENTENCE = 4
# A link, a number, a code: nothing that is said.
_NO_WORDS = re.compile(r"(?!.*[^\W\d_]{3})|\S*[/@\d_]\S*$|[\[{]", re.DOTALL)


def words_of(cells: Iterable[str]) -> str:
    """Return the cells that say something in words as one text, a line each.

    A status alone is none: it is told as such.
    """
    return "\n".join(filter(_is_said, cells))


@lru_cache(maxsize=16_384)
def _is_said(cell: str) -> bool:
    if _NO_WORDS.match(cell):
        return False
    return len(cell) > _LONGEST_STATUS or not status_of(cell)


@lru_cache(maxsize=4_096)
def tells_nothing(text: str, words: str) -> bool:
    """Return whether a text of some words, with all else that its row says, tells of no deed.

    Examples
    --------
    >>> tells_nothing("No water in the district", ""), tells_nothing("A depot in town burns", "")
    (True, False)
    """
    is_said = len(text.split()) >= _SENTENCE or (text and not names_arms(text))
    if not is_said or kind_of(words) != "other":
        return False
    told = f"{text}\n{words}"
    return not tells_deed(told) and not tells_trace(told)


def tells_downed(text: str) -> bool:
    """Return whether a text tells of arms shot down and of no strike, debris or damage.

    Examples
    --------
    >>> tells_downed("Two drones were shot down"), tells_downed("Debris of a downed drone fell")
    (True, False)
    """
    return (told_against(text, "strike") or "").startswith(_DOWNED)


def tells_of_nothing_done(words: str) -> bool:
    """Return whether all the words of a mark on a map name nothing that happened.

    Examples
    --------
    >>> tells_of_nothing_done("Coffee"), tells_of_nothing_done("Crater"), tells_of_nothing_done("")
    (True, False, True)
    """
    is_told = any(kind_of(line) != "other" for line in words.split("\n"))
    return not (is_told or tells_deed(words) or tells_trace(words))


def tells_trace(text: str) -> bool:
    """Return whether a text names what only a deed leaves, as a crater or wreckage."""
    return _said("traces").search(text) is not None


@lru_cache(maxsize=4_096)
def told_against(text: str, kind: str) -> str | None:
    """Return what a text says against the kind of event that is taken of its row; None if nothing.

    Examples
    --------
    >>> told_against("Сбиты четыре беспилотника", "strike")
    'the words tell of arms shot down, not of a strike: Сбиты четыре беспилотника'
    >>> told_against("Сбиты четыре беспилотника, обломки повредили дом", "strike")
    """
    alert = _words("alert")
    # "An air raid alert" tells of no raid.
    told, first = text, next(alert.finditer(text), None)
    for match in alert.finditer(text) if first else ():
        told = f"{told[: match.start()]}{' ' * len(match.group())}{told[match.end() :]}"
    fake = next(_words("fake").finditer(told), None)
    if fake:
        what = "of an alert without a hit" if first else "of what was not so"
        return f"the words tell {what}: {around(text, fake)}"
    plea = next(_said("plea").finditer(told), None)
    if plea:
        return f"the words ask for money: {around(text, plea)}"
    denied = next(_denied().finditer(told), None)
    if denied:
        return f"the words tell of a denial: {around(text, denied)}"
    if _words("strike", "fall", "damage", "blast").search(told):
        return None
    downed = _words("down").finditer(told) if kind == "strike" else iter(())
    # "Down the road" brings nothing down.
    down = next((match for match in downed if match.group() != "down"), None)
    if down:
        return f"{_DOWNED}: {around(text, down)}"
    return f"the words tell of an alert alone: {around(text, first)}" if first else None


@lru_cache(maxsize=4_096)
def is_alert_alone(text: str) -> bool:
    """Return whether a text tells of an alert and of nothing that was hit, fell or was shot down.

    Examples
    --------
    >>> is_alert_alone("Air raid alert in Sumy"), is_alert_alone("Sirens, then a drone hit a house")
    (True, False)
    """
    told = _words("alert").sub(" ", text)
    return told != text and not _words("strike", "fall", "damage", "blast", "down").search(told)


def around(text: str, match: re.Match[str]) -> str:
    """Return the line of a match, from not far before it."""
    start = text.rfind("\n", 0, match.start()) + 1
    if match.start() - start > _BEFORE:
        start = text.find(" ", match.start() - _BEFORE, match.start()) + 1 or match.start()
    return " ".join(text[start:].split("\n", 1)[0].split())[:_SHOWN]


@cache
def _said(concept: str) -> Caseless:
    """Return the pattern of the words of a kind of cells in any language."""
    return Caseless(rf"(?<!\w){any_word('cells', concept)}(?!\w)")


@cache
def _denied() -> Caseless:
    """Return the pattern of who denies something, or by whom it is denied."""
    return Caseless(
        rf"(?<!\w){any_form(form.strip() for form in all_forms('cells', 'denied_by'))}(?!\w)"
    )


@cache
def _words(*deeds: str) -> Caseless:
    """Return the pattern of the words for some deeds in any language."""
    return Caseless(rf"(?<!\w){any_word('deeds', *deeds)}(?!\w)")
