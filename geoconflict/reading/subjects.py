"""What a distance is said of: the place before it, after it, or in the sentence before."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.reading.amounts import Amount
from geoconflict.reading.connectors import are_fillers, bearing_before, connection
from geoconflict.reading.mentions import COUNTRY, Mention
from geoconflict.reading.passages import Passage
from geoconflict.reading.pointers import antecedent, find_pointer, starts_with_pronoun

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
    left = candidates(passage, 0, amount.start, reference)
    nearest = head(left, left[-1]) if left else None
    pointer = find_pointer(text)
    if pointer is None:
        is_early = reference is not None and amount.start <= _EARLY
        return nearest or (first_right(passage, amount.end, reference) if is_early else None)
    if starts_with_pronoun(text):
        return _other_than(reference, antecedent(passage, pointer)) or nearest
    if nearest is not None and (pointer.kind == "it" or pointer.start < left[-1].end):
        return nearest
    return _other_than(reference, antecedent(passage, pointer, among=left)) or nearest


def _other_than(reference: Mention | None, found: Mention | None) -> Mention | None:
    return None if found is None or _same(found, reference) else found


def first_right(passage: Passage, at: int, reference: Mention | None) -> Mention | None:
    """Return the first place after a point of a sentence that a distance can be said of."""
    right = candidates(passage, at, len(passage.text), reference)
    if not right:
        return None
    first = right[0]
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
        and not _is_measured_from(passage, mention)
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
    return other is not None and (
        mention.start == other.start or (mention.place is not None and mention.place == other.place)
    )


def _is_measured_from(passage: Passage, mention: Mention) -> bool:
    """Return whether a place is what some amount of the sentence is measured from."""
    for amount in passage.amounts:
        found = connection(passage.text, amount)
        if (
            found
            and found.at <= mention.start
            and are_fillers(passage.text, found.at, mention.start)
        ):
            return True
    return False
