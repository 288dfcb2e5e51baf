"""A sentence as clauses, with what each says is done to land, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.theatre import Theatre

ACTIONS = ("hold", "take", "free", "lose")


@dataclass(frozen=True)
class Clause:
    """A part of a sentence that tells of one thing.

    Parameters
    ----------
    start, end : int
        Characters of the sentence.
    actions : frozenset of str
        What its verbs can mean of ``hold``, ``take``, ``free`` and ``lose``; those of the
        clause before where it has no verb.
    side : str
        Who does it, as an ISO 3166-1 code; empty where nobody is named.
    is_own : bool
        Whether its verb is its own.
    """

    start: int
    end: int
    actions: frozenset[str] = frozenset()
    side: str = ""
    is_own: bool = False


class _ClauseWords:
    """The patterns of clauses in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        verbs = any_of("verbs", *ACTIONS)
        hedges = any_form(words.forms("hedges"))
        self.cut = Caseless(
            rf"[;:]\s|\s[—–-]\s(?!(?:{hedges}\s+)?\d)|,\s|\s(?:{any_of('links', 'and', 'but')})\s+"
            rf"(?=(?:[\w-]+\s+){{0,4}}?{verbs}(?!\w))"
        )
        self.actions = {name: words.pattern("verbs", name) for name in ACTIONS}
        self.sides = {side: words.pattern("sides", side) for side in words.table("sides")}
        ground = any_form((*words.forms("land", "ground"), *words.forms("links", "of")))
        country = words.any_of("countries", *self.sides)
        # "of Ukraine", "in Russia": where it is, not who does it.
        self.owned = Caseless(
            rf"(?<!\w)(?:{ground}\s+(?:the\s+)?(?:\w+\s+)?$|{any_of('links', 'in')}\s+(?="
            rf"{country}))"
        )
        self.under = [form for form in words.forms("verbs", "hold") if " " in form]
        self.control = Caseless(
            rf"(?<!\w){any_of('verbs', 'under')}\s+(?P<who>[\w'’]+(?:\s+[\w'’]+)?)\s+"
            rf"{any_of('verbs', 'control_nouns')}(?!\w)|"
            rf"(?<!\w){any_form(self.under)}\s+(?P<whose>\w+)"
        )


@cache
def _clause_words(language: str) -> _ClauseWords:
    return _ClauseWords(lexicon(language))


def find_clauses(text: str, *, language: str = "en") -> list[Clause]:
    """Return the clauses of a sentence in their order; they cover all of it.

    Examples
    --------
    >>> text = "Russia took 464 sq km last month and now holds 19 percent of Ukraine."
    >>> [(sorted(c.actions), c.side) for c in find_clauses(text)]
    [(['take'], 'RU'), (['hold'], 'RU')]
    """
    words = _clause_words(language)
    found = list(_spans(text, words))
    told: list[Clause] = []
    for start, end in found:
        own = _told(text, Clause(start, end), words)
        before = told[-1] if told else None
        if not own.actions and before is not None:
            own = replace(own, actions=before.actions, side=own.side or before.side)
        elif own.actions and not own.side and before is not None:
            own = replace(own, side=before.side)
        told.append(own)
    return _looked_ahead(told)


def clause_at(clauses: list[Clause], at: int) -> Clause:
    """Return the clause that a character stands in."""
    return next((c for c in clauses if c.start <= at < c.end), clauses[-1])


def acting(clause: Clause, theatre: Theatre, *, is_long: bool) -> tuple[str, str]:
    """Return whether a clause tells of land held or won, and by which side.

    What can mean both is won where it has a period of several days; what one side loses the
    other wins; where nobody is named, the home country frees, and the other one takes and holds.
    """
    if "free" in clause.actions:
        return "take", clause.side or theatre.home
    if "lose" in clause.actions:
        return "take", theatre.other(clause.side) or theatre.opponent
    both = {"hold", "take"} <= clause.actions
    is_hold = not is_long if both else "hold" in clause.actions
    return ("hold" if is_hold else "take"), clause.side or theatre.opponent


def _spans(text: str, words: _ClauseWords) -> Iterator[tuple[int, int]]:
    start = 0
    for match in words.cut.finditer(text):
        is_number = (
            text[match.start() - 1 : match.start()].isdigit()
            and text[match.end() : match.end() + 1].isdigit()
        )
        if match[0].startswith(",") and is_number and not match[0].endswith(" "):
            continue
        yield start, match.start()
        start = match.start()
    yield start, len(text)


def _told(text: str, clause: Clause, words: _ClauseWords) -> Clause:
    """Return a clause with what its own words say."""
    span = text[clause.start : clause.end]
    found = {name: p.search(span) for name, p in words.actions.items()}
    actions = frozenset(name for name, match in found.items() if match)
    if words.control.search(span):
        actions |= {"hold"}
    at = min((match.start() for match in found.values() if match), default=len(span))
    side = _controller(span, words) or _actor(span, at, words)
    return replace(clause, actions=actions, side=side, is_own=bool(actions))


def _controller(span: str, words: _ClauseWords) -> str:
    """Return whose hands land is said to be in, empty where nothing says so."""
    match = words.control.search(span)
    who = match and (match["who"] or match["whose"])
    if not who:
        return ""
    return next((side for side, p in words.sides.items() if p.search(who)), "")


def _actor(span: str, verb_at: int, words: _ClauseWords) -> str:
    """Return the side named last before a verb, but for what land is only of."""
    named = [
        (match.start(), side)
        for side, pattern in words.sides.items()
        for match in pattern.finditer(span, 0, verb_at)
        if not _is_owned(span, match, words)
    ]
    return max(named)[1] if named else ""


def _is_owned(span: str, match: re.Match[str], words: _ClauseWords) -> bool:
    before = span[max(0, match.start() - 40) : match.end()]
    owned = words.owned.search(before[: len(before) - len(match[0])]) or next(
        (m for m in words.owned.finditer(before) if m.end() == len(before) - len(match[0])), None
    )
    return owned is not None


def _looked_ahead(told: list[Clause]) -> list[Clause]:
    """Return clauses with those before the first verb told by it: "of 593 sq km, it took ..."."""
    first = next((clause for clause in told if clause.is_own), None)
    if first is None:
        return told
    return [
        clause
        if clause.actions
        else replace(clause, actions=first.actions, side=clause.side or first.side)
        for clause in told
    ]
