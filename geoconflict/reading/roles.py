"""What a stated distance is between: its subject, its reference and its direction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from geoconflict.reading.amounts import Amount
from geoconflict.reading.connectors import (
    APART,
    DEEP,
    after_to,
    bare_direction,
    bearing_before,
    connection,
)
from geoconflict.reading.ends import mention_at, other_end
from geoconflict.reading.exclusions import is_other_length
from geoconflict.reading.mentions import COUNTRY, Mention
from geoconflict.reading.passages import Passage
from geoconflict.reading.pointers import antecedent, find_pointer
from geoconflict.reading.subjects import candidates, find_subject, first_right, head

_THEM = re.compile(r"(?:them|their\s+(?:positions|lines)|них|їхніх\s+позицій)\b", re.IGNORECASE)
# "From the border to Yelabuga it is 1,593 km by road; the direct route is 1,237 km."
_SAME_ENDS = re.compile(
    r"\b(?:direct\s+(?:route|line|distance)|straight[\s-]line|as\s+the\s+crow\s+flies|by\s+air|"
    r"by\s+road|напрямки|по\s+прямій|по\s+прямой|дорогою|автошляхами)\b",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(r"\brespectively\b|\bвідповідно\b|\bсоответственно\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|між|между)\s+", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|від|от)\s+", re.IGNORECASE)
_TO = re.compile(r"\b(?:до|to)\s+", re.IGNORECASE)
_DISTANCE = re.compile(r"\b(?:distance|відстань|расстояние)\b", re.IGNORECASE)
_REMOVED = re.compile(
    r"\b(?:far|away|distant|remote|removed|віддален\w*|удал[её]н\w*|далеко|відстоїть|отстоит)\s+$",
    re.IGNORECASE,
)
_BY = re.compile(r"\s*(?:на|by|\(|,|—|–|:)?\s*")
_LINKING = re.compile(
    r"[\s,]*(?:(?:and\s+)?(?:at|by|some|only|just|a\s+distance\s+of)\s*)*", re.IGNORECASE
)
# "До лінії фронту звідси — якихось 15 кілометрів", "до которого от границы 12 км".
_REMAINS = re.compile(
    r"\s*(?:звідси|отсюда|від\s+\w+|от\s+\w+|їм|им|ще|еще|ещё|лишається|залишається|осталось|"
    r"остаётся|остается|всього|усього|всего|якихось|каких-то|близько|is|it|are|there|лише|—|–|-|,|"
    r"\s)*",
    re.IGNORECASE,
)
_TO_WHICH = re.compile(
    r",?\s*(?:до|від|от)\s+(?:якого|якої|яких|которого|которой|которых)\s+$", re.IGNORECASE
)
_SEPARATES = re.compile(
    r",?\s+(?:of\s+\w+\s+)?(?:separates?|separated|separating|відділя\w+|відокремлю\w+|отделя\w+|"
    r"разделя\w+)\s+",
    re.IGNORECASE,
)
# After the subject, before the amount, where a front is said to be so near: "the front is now".
_IS = re.compile(
    r"\s+(?:(?:is|are|was|were|lies|runs|passes|remains?|stands?|has\s+come|have\s+come|come|came|"
    r"проходить|проходит|стоять|стоят|now|still|there|already|уже|вже|only|just|reportedly|"
    r"в|у|за|some|currently)\s*)*",
    re.IGNORECASE,
)


# "From A to B it is N km": so few characters stand between B and the number.
_SHORT_WAY = 40


@dataclass(frozen=True)
class Roles:
    """The ends of a stated distance.

    ``subject`` is None where the text names no place; ``direction`` is a compass point, from
    the reference to the subject, or None.
    """

    subject: Mention | None
    reference: Mention
    direction: str | None = None


def assign_roles(passage: Passage, amount: Amount, earlier: Sequence[Roles] = ()) -> Roles | None:
    """Return what an amount of length is between, None where it is no distance between places.

    Parameters
    ----------
    passage : Passage
        The sentence, with what stands before it.
    amount : Amount
        One of its lengths.
    earlier : sequence of Roles
        Those of the amounts before it in the sentence.
    """
    if is_other_length(passage.text, amount, since=_last_place(passage, amount)):
        return None
    if _RESPECTIVELY.search(passage.text):
        return None
    if APART.match(passage.text, amount.end):
        return _apart(passage)
    after = connection(passage.text, amount, may_be_to=_troops_come(passage, amount))
    if after is not None:
        return _right(passage, amount, after.at, after.direction)
    for frame in (_deep, _separated, _between, _from_to, _to_line, _bearing_first):
        roles = frame(passage, amount)
        if roles is not None:
            return roles
    window = passage.text[max(0, amount.start - 60) : amount.start]
    return earlier[-1] if earlier and _SAME_ENDS.search(window) else None


def _last_place(passage: Passage, amount: Amount) -> int:
    ends = [
        m.end
        for m in passage.mentions
        if m.kind != "forces" and m.rank < COUNTRY and m.end <= amount.start
    ]
    return max(ends, default=0)


def _apart(passage: Passage) -> Roles | None:
    """Read "A and B are 20 km apart", with the names before or after."""
    for a, b in pairwise(passage.places):
        gap = passage.text[a.end : b.start].strip().casefold()
        if gap in {"and", "та", "і", "и", "й"}:
            return Roles(a, b)
    return None


def _right(passage: Passage, amount: Amount, at: int, direction: str | None) -> Roles | None:
    """Read what follows: "500 km north of X", "20 km from X", "20 km from X to Y"."""
    if _THEM.match(passage.text, at):
        return _from_them(passage, at)
    reference = mention_at(passage, at, amount)
    if reference is None:
        return None
    end = other_end(passage, reference)
    if end is not None:
        return _oriented(end, reference, direction)
    place = _beside_troops(passage, amount, reference)
    if place is not None:
        return place
    return Roles(find_subject(passage, amount, reference), reference, direction)


def _troops_come(passage: Passage, amount: Amount) -> bool:
    """Return whether "to" after an amount leads to a place: troops come as close as 3 km to it."""
    if amount.hedge in {"as close as", "within"}:
        return True
    left = [m for m in passage.mentions if m.end <= amount.start]
    return bool(left) and left[-1].kind == "forces"


def _beside_troops(passage: Passage, amount: Amount, reference: Mention) -> Roles | None:
    """Read how far troops or the front are from a town: as far as the town is from the front."""
    left = [m for m in passage.mentions if m.end <= amount.start]
    if not left or reference.kind != "place":
        return None
    last = left[-1]
    is_line = last.kind in ("front", "border") and _IS.fullmatch(
        passage.text, last.end, amount.start
    )
    if last.kind == "border" and is_line:
        return Roles(reference, _narrowed_border(passage, last))
    return Roles(reference, last) if last.kind == "forces" or is_line else None


def _narrowed_border(passage: Passage, border: Mention) -> Mention:
    return mention_at(passage, border.start) or border


def _from_them(passage: Passage, at: int) -> Roles | None:
    """Read "10 km from them to the outskirts of X", where "they" are troops."""
    them = _THEM.match(passage.text, at)
    to = after_to(passage.text, them.end()) if them else None
    troops = any(m.kind == "forces" for p in passage.before for m in p.lines)
    subject = mention_at(passage, to) if to is not None and troops else None
    if subject is None or them is None:
        return None
    return Roles(subject, Mention("front", at, them.end(), them[0], "front:"))


def _deep(passage: Passage, amount: Amount) -> Roles | None:
    """Read "2,000 km deep in Russian territory": from the border, which goes without saying."""
    match = DEEP.match(passage.text, amount.end)
    if match is None:
        return None
    what = mention_at(passage, match.end(), amount)
    if what is not None and what.kind in ("front", "forces"):
        reference = what
    else:
        words = passage.text[match.end() : match.end() + 24].strip(" .,")
        reference = Mention(
            "border",
            match.end(),
            match.end() + len(words),
            words,
            "border:UA",
            found="implied",
            certainty="likely",
        )
    subject = find_subject(passage, amount, reference)
    return Roles(subject, reference) if subject is not None and subject.place else None


def _separated(passage: Passage, amount: Amount) -> Roles | None:
    """Read "3 km separate the town from the trenches"."""
    match = _SEPARATES.match(passage.text, amount.end)
    source = _FROM.search(passage.text, match.end()) if match else None
    if match is None or source is None:
        return None
    pointer = find_pointer(passage.text[match.end() : match.end() + 24])
    own = candidates(passage, 0, amount.start)
    points = pointer is not None and not pointer.start
    subject = (
        antecedent(passage, pointer, among=own)
        if points and pointer
        else mention_at(passage, match.end())
    )
    reference = mention_at(passage, source.end(), amount)
    if subject is None or reference is None:
        return None
    return _oriented(subject, reference, None)


def _between(passage: Passage, amount: Amount) -> Roles | None:
    """Read "between A and B the distance is 600 km"."""
    match = _BETWEEN.search(passage.text, 0, amount.start)
    if match is None:
        return None
    places = [
        m
        for m in passage.places
        if match.end() <= m.start and m.end <= amount.start and m.rank < COUNTRY
    ]
    if len(places) < 2 or places[0].start > match.end() + 12:
        return None
    return Roles(places[-1], places[0], bare_direction(passage.text, amount))


def _from_to(passage: Passage, amount: Amount) -> Roles | None:
    """Read "from A to B it is N km", "the distance of X from A is N km", "far from A (N km)"."""
    text = passage.text
    for match in _FROM.finditer(text, 0, amount.start):
        reference = mention_at(passage, match.end())
        if reference is None or reference.end > amount.start:
            continue
        if any(match.start() < other.start < amount.start for other in passage.amounts):
            continue
        end = other_end(passage, reference)
        if end is not None and 0 <= amount.start - end.end <= _SHORT_WAY:
            return _oriented(end, reference, bare_direction(text, amount))
        which = _TO_WHICH.search(text[: match.start()])
        if which is not None and _REMAINS.fullmatch(text, reference.end, amount.start):
            return _said_of_left(passage, which.start(), reference)
        is_distance = _DISTANCE.search(text, 0, match.start())
        is_removed = _REMOVED.search(text[: match.start()])
        if is_distance or (is_removed and _BY.fullmatch(text, reference.end, amount.start)):
            return _said_of_left(passage, match.start(), reference)
    return None


def _to_line(passage: Passage, amount: Amount) -> Roles | None:
    """Read "до лінії фронту звідси 15 км", "to the border it is 15 km"."""
    for match in _TO.finditer(passage.text, 0, amount.start):
        reference = mention_at(passage, match.end())
        if reference is None or reference.end > amount.start:
            continue
        if not _REMAINS.fullmatch(passage.text, reference.end, amount.start):
            continue
        troops = [m for m in passage.lines if m.kind == "forces" and m.end <= match.start()]
        if reference.kind == "place":
            return Roles(reference, troops[-1]) if troops else None
        return _said_of_left(passage, match.start(), reference) or Roles(
            find_subject(passage, amount, reference), reference
        )
    return None


def _said_of_left(passage: Passage, at: int, reference: Mention) -> Roles | None:
    """Return the roles where the subject stands, or is pointed to, before a point."""
    own = candidates(passage, 0, at, reference)
    if own:
        return Roles(head(own, own[-1]), reference)
    pointer = find_pointer(passage.text[:at])
    subject = antecedent(passage, pointer) if pointer else None
    return Roles(subject, reference) if subject else None


def _bearing_first(passage: Passage, amount: Amount) -> Roles | None:
    """Read "southeast of Moscow, at around 190 km, sits Ryazan"."""
    left = [m for m in passage.mentions if m.end <= amount.start]
    if not left or left[-1].kind != "place":
        return None
    reference = left[-1]
    direction = bearing_before(passage.text, reference.start)
    if direction is None or not _LINKING.fullmatch(passage.text, reference.end, amount.start):
        return None
    subject = first_right(passage, amount.end, reference)
    return Roles(subject, reference, direction) if subject else None


def _oriented(a: Mention, b: Mention, direction: str | None) -> Roles:
    """Return the roles of two ends: of a place and a line, the place is the subject."""
    if a.kind != "place" and b.kind == "place":
        return Roles(b, a)
    return Roles(a, b, direction)
