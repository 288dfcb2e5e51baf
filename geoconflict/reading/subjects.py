"""What a distance is said of: the place before it, after it, or in the sentence before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geoconflict.reading.amounts import Amount
from geoconflict.reading.connectors import bearing_before
from geoconflict.reading.mentions import COUNTRY, UNIT, Mention
from geoconflict.reading.passages import Passage, is_measured_from
from geoconflict.reading.pointers import (
    Pointer,
    antecedent,
    find_pointer,
    starts_with_pronoun,
)

# What comes between a place and a distance that is said of something else: "a soldier from
# Ternopil died 40 km from Kharkiv".
_HAPPENED = re.compile(
    r"\b(?:fell|died|crashed|hit|hits|sank|sunk|fights?|fighting|fought|shot\s+down|downed|destroyed|"
    r"intercepted|killed|exploded|blew|struck|strikes?|landed|targeted|attacked|attack|deployed|"
    r"captured|seized|treat|bring|launched|"
    r"збил\w+|збит\w+|загину\w+|впа\w+|вибухн\w+|розби\w+|влучи\w+|атакува\w+|удари\w+|"
    r"сбил\w*|сбит\w*|погиб\w*|упал\w*|взорва\w+|разби\w+|попал\w*|атаков\w+|ударил\w*)\b",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\b(?:is|are|lies?|lying|sits?|stands?|located|situated|which|а\s+це|лежить|лежит|розташован\w+|"
    r"расположен\w*|находится|стоїть|стоит)\b",
    re.IGNORECASE,
)
# Before a name these make it where somebody comes from or whose office it is.
_ORIGIN = re.compile(
    r"(?:\b(?:launched|fired|came|flown|formed|based|born)\s+(?:from|in)|"
    r"\b(?:governor|mayor|head|governors|authorities|officials|spokesman|administration|"
    r"губернатор\w*|мер\w*|мэр\w*|голов\w+|глав\w+)(?:\s+of)?|\boff)\s+$",
    re.IGNORECASE,
)
# A place after the distance is its subject where it stands so: ", Ryazan", "sits Ryazan".
_PLACED_AFTER = re.compile(
    r"(?:^\s*,?\s*|[,—–]\s*|\b(?:the|lies|sits|stands|lie|is|in|at|near|hit|struck|of|heard\s+from|"
    r"у|в|біля|під|под|возле|близ|поблизу|лежить|лежит|находится|стоїть|стоит|дістали|над)\s+(?:the\s+|завод\s+у\s+)?)$",
    re.IGNORECASE,
)
# "X, home to the Y plant, is 20 km": after what is said in passing the sentence is of X again.
_RESUMES = re.compile(
    r",\s+(?:is|are|was|lies?|sits?|stands?|(?:is\s+)?(?:located|situated)|лежить|лежит|стоїть|стоит|"
    r"розташован\w+|расположен\w*|знаходиться|находится)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r",\s+(?:which|that|що|як(?:ий|а|е|і)|котор\w+|что)\s+(?:[^\W\d]+\s+){0,2}$", re.IGNORECASE
)
# A distance that begins so early in a sentence is said of what follows.
_EARLY = 60
# A place within a unit that is named first stands so close to it: "Komi's Ukhta".
_CLOSE = 30


def find_subject(passage: Passage, amount: Amount, reference: Mention | None) -> Mention | None:
    """Return the place that a distance is said of, None where none is named.

    Parameters
    ----------
    passage : Passage
        The sentence, with those before it.
    amount : Amount
        The distance.
    reference : Mention or None
        What it is measured from; None where that is not known yet.
    """
    text = passage.text[: amount.start]
    left = [m for m in candidates(passage, 0, amount.start, reference) if not _is_origin(text, m)]
    if left and _is_of_something_else(text, left[-1].end):
        return None
    nearest = _resumed(text, left) or (head(left, left[-1]) if left else None)
    pointer = find_pointer(text)
    if pointer is None:
        is_early = reference is not None and amount.start <= _EARLY
        is_early = is_early and _RELATIVE.search(text) is None
        return nearest or (first_right(passage, amount.end, reference) if is_early else None)
    if starts_with_pronoun(text):
        return _other_than(reference, antecedent(passage, pointer)) or nearest
    if nearest is not None and (pointer.kind == "it" or pointer.start < left[-1].end):
        if _is_of_unit(text, pointer, nearest):
            return _other_than(reference, antecedent(passage, pointer))
        return nearest
    return _other_than(reference, antecedent(passage, pointer, among=left)) or nearest


def _resumed(text: str, left: Sequence[Mention]) -> Mention | None:
    """Return the place before what two commas enclose, where a verb after them goes on."""
    resumes = [match.start() for match in _RESUMES.finditer(text)]
    if not left or not resumes or left[-1].end > resumes[-1]:
        return None
    before = [m for m in left if m.end < resumes[-1] and text[m.end : m.end + 1] == ","]
    return head(before, before[-1]) if before else None


def _is_origin(text: str, mention: Mention) -> bool:
    """Return whether a place is only where something came from, or whose governor speaks."""
    is_told = _STANDS.search(text, mention.end) is not None
    return bool(mention.rank and not is_told and _ORIGIN.search(text[: mention.start]))


def _is_of_something_else(text: str, since: int) -> bool:
    """Return whether something happens between a place and the distance, and nothing stands."""
    happened = [match.end() for match in _HAPPENED.finditer(text, since)]
    return bool(happened) and _STANDS.search(text, happened[-1]) is None


def _is_of_unit(text: str, pointer: Pointer, nearest: Mention) -> bool:
    """Return whether a unit only tells of the pointed-to place: "the town in Tver Oblast"."""
    is_narrow = pointer.kind in ("town", "facility") and nearest.rank >= UNIT
    return is_narrow and text[pointer.end : nearest.start].strip() in {
        "in",
        "in the",
        "in Russia's",
    }


def _other_than(reference: Mention | None, found: Mention | None) -> Mention | None:
    return None if found is None or _same(found, reference) else found


def first_right(passage: Passage, at: int, reference: Mention | None) -> Mention | None:
    """Return the first place after a point of a sentence that a distance can be said of."""
    right = candidates(passage, at, len(passage.text), reference)
    if not right:
        return None
    first = right[0]
    if not _PLACED_AFTER.search(passage.text[at : first.start]):
        return None
    within = [m for m in right if m.rank < first.rank and m.is_within(first)]
    return within[0] if within and within[0].start - first.end < _CLOSE else first


def candidates(
    passage: Passage, start: int, end: int, reference: Mention | None = None
) -> list[Mention]:
    """Return the places between two points of a sentence that something can be said of."""
    return [
        mention
        for mention in passage.places
        if start <= mention.start
        and mention.end <= end
        and mention.rank < COUNTRY
        and (mention.is_sure or mention.place is None)
        and not _same(mention, reference)
        and bearing_before(passage.text, mention.start) is None
        and not is_measured_from(passage, mention)
    ]


def head(mentions: Sequence[Mention], last: Mention) -> Mention:
    """Return what is really meant of places that stand together: the plant, not its region."""
    found = last
    for mention in reversed(mentions[: mentions.index(last)]):
        if mention.is_within(found):
            found = mention
        elif not found.is_within(mention):
            break
    return found


def _same(mention: Mention, other: Mention | None) -> bool:
    if other is None or mention is other:
        return other is not None
    if mention.place is not None or other.place is not None:
        return mention.place == other.place
    return (mention.start, mention.text) == (other.start, other.text)
