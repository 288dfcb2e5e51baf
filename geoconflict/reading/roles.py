"""What a stated distance is between: its subject, its reference and its direction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.reading.amounts import Amount
from geoconflict.reading.exclusions import is_other_length
from geoconflict.reading.mentions import Mention
from geoconflict.reading.passages import Passage
from geoconflict.reading.pointers import antecedent, find_pointer, starts_with_pronoun
from geoconflict.reading.words import COMPASS, compass_point

# Between a distance and what it is measured from: "away", "as the crow flies".
_AWAY = (
    r"(?:\s*,)?(?:\s*(?:away|distant|or\s+so|by\s+air|by\s+road|in\s+a\s+straight\s+line|"
    r"as\s+the\s+crow\s+flies|straight|по\s+прямій|по\s+прямой|напрямки)\b)*,?"
)
_TOWARDS = (
    rf"\s*(?:(?:to|in|on|at|toward|towards|на|к|в|у)\s+)?(?:the\s+)?(?:due\s+|just\s+|directly\s+)?"
    rf"(?P<direction>{COMPASS})(?:\s+(?:direction|side))?\s*(?:\b(?:of|from|від|от)\s+|(?<=ше)\s|"
    rf"(?<=ее)\s)"
)
_FROM = (
    r"\s*(?:from|off|behind|beyond|past|outside(?:\s+of)?|short\s+of|shy\s+of|inside|"
    r"to\s+the\s+rear\s+of|in\s+front\s+of|від|вiд|от|за(?=\s+лін)|за(?=\s+лин)|"
    r"до(?=\s+(?:лін|лин|кордон|границ|фронт|[А-ЯІЇЄ])))\s+"
)
_RIGHT = re.compile(rf"{_AWAY}(?:{_TOWARDS}|{_FROM})", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|від|от)\s+", re.IGNORECASE)
_TO = re.compile(r"\s+(?:to|from|до)\s+", re.IGNORECASE)
_DEEP = re.compile(
    r"\s*(?:(?:deep\s+)?(?:inside|into)\s+|deep\s+(?:in|within|behind)\s+|"
    r"(?:вглиб|углиб|у\s+глибині|в\s+глибині|вглубь|в\s+глубь|в\s+глубине)\s+)",
    re.IGNORECASE,
)
_APART = re.compile(r"\s*apart\b|\s+(?:один|друг)\s+(?:від|от)\s+(?:одного|друга)", re.IGNORECASE)
# What may stand between "from" and the name: "the outskirts of the city of".
_FILLERS = re.compile(
    r"(?:\W*\b(?:the|a|its|their|this|nearest|closest|city|town|village|settlement|capital|regional|"
    r"administrative|outskirts|edge|edges|limits|suburbs|centre|center|heart|of|in|southern|"
    r"northern|eastern|western|occupied|then|nearby|besieged|frontline|front-line|key|strategic|"
    r"port|hub|Russia['’]s|Ukraine['’]s|Russian|Ukrainian|russian-occupied|"
    r"міста|місто|села|селища|обласного|центру|околиц\w+|окупован\w+|м|города|город|села|посёлка|"
    r"окраин\w+|столиц\w+|областного|центра|г|с)\b\.?)*\W*",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZА-ЯІЇЄҐЁ][\w'’-]+(?:\s+[A-ZА-ЯІЇЄҐЁ][\w'’-]+){0,2}")
_NAMESAKE = re.compile(r"its\s+namesake(?:\s+(?:town|city|village))?", re.IGNORECASE)
_THEM = re.compile(r"(?:them|their\s+(?:positions|lines)|них|їхніх\s+позицій)\b", re.IGNORECASE)
_TOWN_WORD = re.compile(r"(?:\s*['’]s)?\s+(?:\w+\s+)?(?:edge|outskirts|border|limits)", re.IGNORECASE)
# "From the border to Yelabuga ... the direct route is 1,237 km."
_SAME_ENDS = re.compile(
    r"\b(?:direct\s+(?:route|line|distance)|straight[\s-]line|as\s+the\s+crow\s+flies|by\s+air|"
    r"by\s+road|напрямки|по\s+прямій|по\s+прямой|дорогою|автошляхами)\b",
    re.IGNORECASE,
)
BY_ROAD = re.compile(
    r"\bby\s+road\b|\bby\s+car\b|\bдорогою\b|\bавтошляхами\b|\bпо\s+(?:дороге|трассе)\b", re.IGNORECASE
)
_BETWEEN = re.compile(r"\b(?:between|між|между)\s+", re.IGNORECASE)
_FROM_LEFT = re.compile(r"\b(?:from|від|от)\s+", re.IGNORECASE)
_DISTANCE_OF = re.compile(r"\b(?:distance|відстань|расстояние)\b", re.IGNORECASE)
_AT_LEFT = re.compile(
    rf"(?P<direction>{COMPASS})\s+(?:of|from|від|от)\s+$", re.IGNORECASE
)
_LINKING = re.compile(r"[\s,]*(?:(?:and\s+)?(?:at|by|some|only|just|a\s+distance\s+of)\s*)*", re.IGNORECASE)


@dataclass(frozen=True)
class Roles:
    """The ends of a stated distance.

    ``subject`` is None where the text names no place; ``direction`` is a compass point, from
    the reference to the subject, or None.
    """

    subject: Mention | None
    reference: Mention
    direction: str | None = None
    is_symmetric: bool = False


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
    since = max(
        (m.end for m in passage.mentions if m.kind != "forces" and m.end <= amount.start), default=0
    )
    if is_other_length(passage.text, amount, since=since):
        return None
    for frame in (_apart, _right, _deep, _left):
        roles = frame(passage, amount)
        if roles is not None:
            return roles
    window = passage.text[max(0, amount.start - 60) : amount.start]
    return earlier[-1] if earlier and _SAME_ENDS.search(window) else None


def _apart(passage: Passage, amount: Amount) -> Roles | None:
    """Read "A and B are 20 km apart", with the names before or after."""
    if not _APART.match(passage.text, amount.end):
        return None
    pair = _pair(passage, passage.places)
    return Roles(pair[0], pair[1], is_symmetric=True) if pair else None


def _pair(passage: Passage, places: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    for a, b in zip(places, places[1:], strict=False):
        gap = passage.text[a.end : b.start].strip().casefold()
        if gap in {"and", "та", "і", "и", "й"}:
            return a, b
    return None


def _right(passage: Passage, amount: Amount) -> Roles | None:
    """Read what follows: "500 km north of X", "20 km from X", "within 5 km of X"."""
    match = _RIGHT.match(passage.text, amount.end)
    if match is None and amount.hedge in {"within", "less than", "under"}:
        match = _OF.match(passage.text, amount.end)
    if match is None and _may_be_to(passage, amount):
        match = _TO.match(passage.text, amount.end)
    if match is None:
        return None
    named = match.groupdict().get("direction")
    direction = compass_point(named) if named else None
    if _THEM.match(passage.text, match.end()):
        return _from_them(passage, match.end())
    reference = _mention_at(passage, match.end(), amount)
    if reference is None:
        return None
    other_end = _other_end(passage, reference)
    if other_end is not None:
        return Roles(other_end, reference, direction, is_symmetric=True)
    return _with_subject(passage, amount, reference, direction)


def _may_be_to(passage: Passage, amount: Amount) -> bool:
    """Return whether "to" after an amount leads to a place: troops come as close as 3 km to it."""
    if amount.hedge in {"as close as", "within"}:
        return True
    left = [m for m in passage.mentions if m.end <= amount.start]
    return bool(left) and left[-1].kind == "forces"


def _from_them(passage: Passage, at: int) -> Roles | None:
    """Read "10 km from them to the outskirts of X", where "they" are troops."""
    to = _TO.match(passage.text, (_THEM.match(passage.text, at) or re.match("", "")).end())  # type: ignore[union-attr]
    troops = any(m.kind == "forces" for p in passage.before for m in p.lines)
    subject = _mention_at(passage, to.end(), None) if to and troops else None
    front = Mention("front", at, at + 4, passage.text[at : at + 4], "front:")
    return Roles(subject, front) if subject else None


def _deep(passage: Passage, amount: Amount) -> Roles | None:
    """Read "2,000 km deep in Russian territory": from the border, which goes without saying."""
    match = _DEEP.match(passage.text, amount.end)
    if match is None:
        return None
    front = _mention_at(passage, match.end(), amount)
    is_front = front is not None and front.kind in ("front", "forces")
    what = passage.text[match.end() : match.end() + 24]
    reference = front if is_front and front else Mention(
        "border", match.end(), match.end(), what, "border:UA"
    )
    subject = _subject(passage, amount, reference)
    return Roles(subject, reference) if subject is not None and subject.place else None


def _left(passage: Passage, amount: Amount) -> Roles | None:
    """Read what stands before: "between A and B", "from A to B it is", "south of A, at 190 km"."""
    left = passage.text[: amount.start]
    places = [m for m in passage.mentions if m.end <= amount.start]
    return (
        _between(passage, left, places)
        or _from_to(passage, left, places)
        or _bearing_before(passage, amount, places)
    )


def _between(passage: Passage, left: str, mentions: Sequence[Mention]) -> Roles | None:
    match = _BETWEEN.search(left)
    if match is None:
        return None
    places = [m for m in mentions if m.kind == "place" and m.start >= match.end() and m.rank < 4]
    if len(places) < 2 or places[0].start > match.end() + 12:
        return None
    return Roles(places[-1], places[0], is_symmetric=True)


def _from_to(passage: Passage, left: str, mentions: Sequence[Mention]) -> Roles | None:
    """Read "from A to B it is N km", and "the distance of this plant from A is N km"."""
    for match in _FROM_LEFT.finditer(left):
        reference = _mention_at(passage, match.end(), None)
        if reference is None or reference.end > len(left):
            continue
        other = _other_end(passage, reference)
        if other is not None and other.end <= len(left):
            return Roles(other, reference, is_symmetric=True)
        if _DISTANCE_OF.search(left, 0, match.start()):
            subject = _named_before(passage, match.start(), mentions)
            return Roles(subject, reference) if subject else None
    return None


def _named_before(passage: Passage, at: int, mentions: Sequence[Mention]) -> Mention | None:
    own = [m for m in mentions if m.kind == "place" and m.end <= at and m.is_sure]
    if own:
        return _head(own, own[-1])
    pointer = find_pointer(passage.text[:at])
    return antecedent(passage, pointer) if pointer else None


def _bearing_before(
    passage: Passage, amount: Amount, mentions: Sequence[Mention]
) -> Roles | None:
    """Read "southeast of Moscow, at around 190 km, sits Ryazan"."""
    if not mentions or mentions[-1].kind != "place":
        return None
    reference = mentions[-1]
    bearing = _AT_LEFT.search(passage.text[max(0, reference.start - 40) : reference.start])
    if bearing is None or not _LINKING.fullmatch(passage.text, reference.end, amount.start):
        return None
    subject = _first_right(passage, amount.end, reference)
    direction = compass_point(bearing["direction"])
    return Roles(subject, reference, direction) if subject else None


def _mention_at(passage: Passage, at: int, amount: Amount | None) -> Mention | None:
    """Return the place or line that begins here, after articles and words such as "outskirts of"."""
    namesake = _NAMESAKE.match(passage.text, at)
    if namesake is not None and amount is not None:
        return _namesake(passage, amount, namesake)
    for mention in passage.mentions:
        if mention.start >= at and _FILLERS.fullmatch(passage.text, at, mention.start):
            return _narrower(passage, mention)
    pointer = find_pointer(passage.text[at : at + 40])
    if pointer is not None and not passage.text[at : at + pointer.start].strip():
        return antecedent(passage, pointer)
    name = _NAME.match(passage.text, (_FILLERS.match(passage.text, at) or _NAME).end())  # type: ignore[union-attr]
    if name is None:
        return None
    return Mention("place", name.start(), name.end(), name[0], f"place:{name[0]}", is_sure=False)


def _narrower(passage: Passage, mention: Mention) -> Mention:
    """Return the town or unit after a possessive country: "Russia's Kaluga region"."""
    if mention.rank < 3 or not mention.text.endswith(("'s", "’s")):
        return mention
    for other in passage.mentions:
        if other.start > mention.end and not passage.text[mention.end : other.start].strip():
            return other
    return mention


def _namesake(passage: Passage, amount: Amount, match: re.Match[str]) -> Mention | None:
    subject = _subject(passage, amount, None)
    if subject is None or subject.place is None:
        return None
    place = subject.place
    name = place.town or place.name.split(" ")[0]
    reference = f"place:{name}, {place.admin1_code or place.country}"
    return Mention("place", match.start(), match.end(), match[0], reference, None, is_sure=True)


def _other_end(passage: Passage, reference: Mention) -> Mention | None:
    """Return the place after "to" where a distance is told from one to the other."""
    to = _TO.match(passage.text, reference.end)
    if to is None or passage.text[to.start() : to.end()].strip() == "from":
        return None
    end = _mention_at(passage, to.end(), None)
    return end if end is not None and end.kind in ("place", "border", "front") else None


def _with_subject(
    passage: Passage, amount: Amount, reference: Mention, direction: str | None
) -> Roles | None:
    left = [m for m in passage.mentions if m.end <= amount.start and m.kind != "border"]
    if left and left[-1].kind == "forces" and reference.kind == "place":
        # Troops stand at the front: how far a town is from them is how far it is from it.
        front = Mention("front", left[-1].start, left[-1].end, left[-1].text, "front:")
        return Roles(reference, front)
    return Roles(_subject(passage, amount, reference), reference, direction)


def _subject(passage: Passage, amount: Amount, reference: Mention | None) -> Mention | None:
    """Return the place that a distance is said of; None where none is named."""
    text = passage.text[: amount.start]
    left = _candidates(passage, 0, amount.start, reference)
    pointer = find_pointer(text)
    if pointer is not None and starts_with_pronoun(text):
        found = antecedent(passage, pointer)
        if found is not None:
            return found
    if left and (pointer is None or pointer.start < left[-1].end):
        return _head(left, left[-1])
    if pointer is not None:
        return antecedent(passage, pointer, among=left) or (_head(left, left[-1]) if left else None)
    if reference is not None and amount.start <= _EARLY:
        return _first_right(passage, amount.end, reference)
    return None


_COUNTRY = 4
# A distance that begins so early in a sentence is said of what follows.
_EARLY = 60


def _first_right(passage: Passage, at: int, reference: Mention) -> Mention | None:
    right = _candidates(passage, at, len(passage.text), reference)
    if not right:
        return None
    first = right[0]
    within = [m for m in right if m.rank < first.rank and m.is_within(first)]
    return within[0] if within and within[0].start - first.end < 30 else first


def _candidates(
    passage: Passage, start: int, end: int, reference: Mention | None
) -> list[Mention]:
    """Return the places between two points of a sentence that something can be said of."""
    used = [amount.end for amount in passage.amounts]
    return [
        mention
        for mention in passage.places
        if start <= mention.start
        and mention.end <= end
        and mention.rank < _COUNTRY
        and (mention.is_sure or mention.place is None)
        and (reference is None or mention.start != reference.start)
        and not _is_bearing(passage.text, mention)
        and not _is_used(passage.text, mention, used)
    ]


def _is_bearing(text: str, mention: Mention) -> bool:
    """Return whether a place is only what another is said to lie north of."""
    return bool(_AT_LEFT.search(text[max(0, mention.start - 40) : mention.start]))


def _is_used(text: str, mention: Mention, ends: Sequence[int]) -> bool:
    """Return whether a place is what another amount is measured from."""
    for end in ends:
        match = _RIGHT.match(text, end)
        if match and match.end() <= mention.start and _FILLERS.fullmatch(
            text, match.end(), mention.start
        ):
            return True
    return False


def _head(mentions: Sequence[Mention], last: Mention) -> Mention:
    """Return what is really meant of places that stand together: the plant, not its region."""
    head = last
    for mention in reversed(mentions[: mentions.index(last)]):
        if mention.is_within(head):
            head = mention
        elif not head.is_within(mention):
            break
    return head
