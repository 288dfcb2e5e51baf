"""What stands at the end of "from", "to" or "north of": a line, a place, or a word for one."""

from __future__ import annotations

import re
from dataclasses import replace

from geoconflict.reading.amounts import Amount
from geoconflict.reading.connectors import after_fillers, after_to, are_fillers
from geoconflict.reading.mentions import COUNTRY, UNIT, Mention
from geoconflict.reading.passages import Passage
from geoconflict.reading.pointers import Pointer, antecedent, find_pointer
from geoconflict.reading.subjects import candidates, find_subject

_NAME = re.compile(r"[A-ZА-ЯІЇЄҐЁ][\w'’-]+(?:\s+[A-ZА-ЯІЇЄҐЁ][\w'’-]+){0,2}")
_NAMESAKE = re.compile(r"its\s+namesake(?:\s+(?:town|city|village))?", re.IGNORECASE)
_IT = re.compile(r"(?:it|нього|неї|него|неё|нее)\b", re.IGNORECASE)
_OF_UNIT = re.compile(r"\s+(?:of|with|between|з|із|с)\s+(?:the\s+)?", re.IGNORECASE)


def mention_at(passage: Passage, at: int, amount: Amount | None = None) -> Mention | None:
    """Return the place or line that begins at a point of a sentence.

    Parameters
    ----------
    passage : Passage
        The sentence.
    at : int
        Where it begins, or articles and words such as "the outskirts of" before it.
    amount : Amount, optional
        The distance that is measured from it, to tell "it" and "its namesake town".

    Returns
    -------
    Mention or None
        A name that the gazetteer does not know comes back without a place.
    """
    text = passage.text
    namesake = _NAMESAKE.match(text, at)
    if namesake is not None and amount is not None:
        return _namesake(passage, amount, namesake)
    for mention in passage.mentions:
        if mention.start >= at and are_fillers(text, at, mention.start):
            return _narrowed(passage, mention)
    if amount is not None and _IT.match(text, at):
        return _it(passage, amount)
    pointer = find_pointer(text[at : at + 40])
    if pointer is not None and not text[at : at + pointer.start].strip():
        among = candidates(passage, 0, at) if amount is not None else ()
        return antecedent(passage, pointer, among=among[:-1])
    name = _NAME.match(text, after_fillers(text, at))
    if name is None:
        return None
    reference = f"place:{name[0]}"
    span = name.start(), name.end()
    return Mention("place", *span, name[0], reference, is_sure=False, certainty="open")


def other_end(passage: Passage, reference: Mention) -> Mention | None:
    """Return the place after "to" where a distance is told from one to the other."""
    to = after_to(passage.text, reference.end)
    return mention_at(passage, to) if to is not None else None


def _it(passage: Passage, amount: Amount) -> Mention | None:
    """Return what "50 km east of it" is measured from, None where that cannot be told."""
    before = [m for m in passage.mentions if m.end <= amount.start]
    lines = [m for m in before if m.kind in ("border", "front", "coast")]
    if lines:
        return lines[-1]
    named = {m.reference: m for m in before if m.kind == "place" and m.is_sure}
    others = [m for m in named.values() if m.rank < COUNTRY][:-1]
    if len(others) > 1:
        return None
    return others[0] if others else antecedent(passage, Pointer("it", 0, 0, is_plural=False))


def _narrowed(passage: Passage, mention: Mention) -> Mention:
    """Return the unit that a border is of, or the town after "Russia's"."""
    if mention.kind == "border":
        of = _OF_UNIT.match(passage.text, mention.end)
        unit = next((m for m in passage.places if of and m.start == of.end()), None)
        is_unit = unit is not None and unit.rank == UNIT
        return replace(unit, start=mention.start) if unit is not None and is_unit else mention
    if mention.rank < UNIT or not mention.text.endswith(("'s", "’s")):
        return mention
    for other in passage.mentions:
        if other.start > mention.end and not passage.text[mention.end : other.start].strip():
            return other
    return mention


def _namesake(passage: Passage, amount: Amount, match: re.Match[str]) -> Mention | None:
    subject = find_subject(passage, amount, None)
    if subject is None or subject.place is None:
        return None
    place = subject.place
    name = place.town or place.name.split(" ")[0]
    reference = f"place:{name}, {place.admin1_code or place.country}"
    span = match.start(), match.end()
    certainty = subject.likely
    return Mention("place", *span, match[0], reference, found="namesake", certainty=certainty)
