"""With how many weapons an attack was made: "struck with five missiles and 75 drones"."""

from __future__ import annotations

import re

from geoconflict.drafting.lines import Line
from geoconflict.drafting.numbers import Number
from geoconflict.drafting.tags import Tag
from geoconflict.lexicon import lexicon

_BREAK = re.compile(r"[;:]|\.\s")
_ARM_REACH = 60


def launch_verb(line: Line, number: Number) -> Tag | None:
    """Return the verb of the attack that a number of weapons was made with, None where none is.

    Parameters
    ----------
    line : Line
        The sentence.
    number : Number
        A number of it that counts weapons.

    Examples
    --------
    The verb is that before it, and "with" or the case of an instrument tells what it counts:
    "ударив 75 безпілотниками", "attacked with 75 drones". What was shot down is no instrument.
    """
    downs = line.tag("deeds", "down")
    attacks = [t for t in line.tag("deeds", "strike", "assault") if t.end <= number.start]
    attacks = [t for t in attacks if not any(t.is_over(down) for down in downs)]
    arms = [t for t in line.tag("arms") if 0 <= t.start - number.end <= _ARM_REACH]
    if not attacks or not arms:
        return None
    verb = attacks[-1]
    is_broken = _BREAK.search(line.text, verb.end, number.start) is not None
    if is_broken or any(verb.end <= down.start < number.start for down in downs):
        return None
    means = lexicon(line.language).pattern("counting", "by_means")
    return verb if means.search(line.text[verb.end : arms[0].end]) else None


def attack_verb(line: Line) -> Tag | None:
    """Return the first verb that says of some weapons that an attack was made with them."""
    verbs = (launch_verb(line, number) for number in line.numbers)
    return next(filter(None, verbs), None)
