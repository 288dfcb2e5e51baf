"""The small words between a distance and what it is measured from."""

from __future__ import annotations

import re
from typing import NamedTuple

from geoconflict.reading.amounts import Amount
from geoconflict.reading.words import COMPASS, compass_point

# "away", "as the crow flies", the bracket that an amount in brackets ends with.
_AWAY = (
    r"\)?(?:\s*[,–—])?(?:\s*(?:away|distant|or\s+so|by\s+air|by\s+road|in\s+a\s+straight\s+line|"
    r"as\s+the\s+crow\s+flies|straight|по\s+прямій|по\s+прямой|напрямки)\b)*,?"
)
_TOWARDS = (
    r"\s*(?:(?:to|in|on|at|toward|towards|на|к|в|у)\s+)?(?:the\s+)?(?:due\s+|just\s+|directly\s+)?"
    rf"(?P<direction>{COMPASS})(?:\s+(?:direction|side))?\s*"
    r"(?:\b(?:of|from|від|от)\s+|(?<=ше)\s|(?<=ее)\s)"
)
_FROM = (
    r"\s*(?:(?:inland|upstream|downstream|upriver|downriver)\s+(?:from|of)|from|off|behind|beyond|"
    r"past|outside(?:\s+of)?|short\s+of|shy\s+of|inside|to\s+the\s+rear\s+of|in\s+front\s+of|"
    r"від|вiд|от|за(?=\s+лін)|за(?=\s+лин)|"
    r"до(?=\s+(?:лін|лин|кордон|границ|фронт|[А-ЯІЇЄ])))\s+"
)
_RIGHT = re.compile(rf"{_AWAY}(?:{_TOWARDS}|{_FROM})", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|від|от)\s+", re.IGNORECASE)
_TO = re.compile(r"\s+(?:to|до|к)\s+", re.IGNORECASE)
DEEP = re.compile(
    r"\s*(?:(?:deep\s+)?(?:inside|into)\s+|deep\s+(?:in|within|behind)\s+|"
    r"(?:вглиб|углиб|у\s+глибині|в\s+глибині|вглубь|в\s+глубь|в\s+глубине)\s+)",
    re.IGNORECASE,
)
APART = re.compile(r"\s*apart\b|\s+(?:один|друг)\s+(?:від|от)\s+(?:одного|друга)", re.IGNORECASE)
# What may stand between "from" and the name: "the outskirts of the city of".
_FILLER_WORDS = (
    r"the|a|its|their|this|nearest|closest|city|town|village|settlement|capital|regional|"
    r"administrative|outskirts|edge|edges|limits|suburbs|centre|center|heart|of|in|southern|"
    r"northern|eastern|western|occupied|then|nearby|besieged|frontline|front-line|key|strategic|"
    r"port|hub|Russia['’]s|Ukraine['’]s|Russian|Ukrainian|russian-occupied|stretch|section|segment|"
    r"part|point|boundary|boundaries|first|main|"
    r"міста|місто|села|селища|обласного|центру|околиц\w+|окупован\w+|м|города|город|посёлка|"
    r"окраин\w+|столиц\w+|областного|центра|г|с"
)
_FILLERS = re.compile(rf"(?:\s*[\"“«(]?\b(?:{_FILLER_WORDS})\b\.?)*\s*[\"“«]?", re.IGNORECASE)
_BEARING = re.compile(rf"(?P<direction>{COMPASS})\s+(?:of|from|від|от)\s+$", re.IGNORECASE)
_BARE_BEARING = re.compile(
    rf"\)?\s*(?:away\s+)?(?:to\s+the\s+|на\s+|к\s+)?(?P<direction>{COMPASS})\b", re.IGNORECASE
)


class Connection(NamedTuple):
    """Where what a distance is measured from begins, and the direction said of it, or None."""

    at: int
    direction: str | None


def connection(text: str, amount: Amount, *, may_be_to: bool = False) -> Connection | None:
    """Return what follows a distance: "from", "north of", "off"; None where nothing does.

    Parameters
    ----------
    text : str
        The sentence.
    amount : Amount
        The distance.
    may_be_to : bool
        Whether "to" connects as well: troops come as close as 3 km to a town.
    """
    match = _RIGHT.match(text, amount.end)
    if match is None and amount.hedge in {"within", "less than", "under"}:
        match = _OF.match(text, amount.end)
    if match is None and may_be_to:
        match = _TO.match(text, amount.end)
    if match is None:
        return None
    named = match.groupdict().get("direction")
    return Connection(match.end(), compass_point(named) if named else None)


def bare_direction(text: str, amount: Amount) -> str | None:
    """Return the direction right after a distance, whatever follows: "30 km to the south"."""
    match = _BARE_BEARING.match(text, amount.end)
    return compass_point(match["direction"]) if match else None


def bearing_before(text: str, start: int) -> str | None:
    """Return the direction in "south of X" where X begins at ``start``; else None."""
    match = _BEARING.search(text[max(0, start - 40) : start])
    return compass_point(match["direction"]) if match else None


def are_fillers(text: str, start: int, end: int) -> bool:
    """Return whether nothing but articles and words such as "outskirts of" stand between."""
    return _FILLERS.fullmatch(text, start, end) is not None


def after_fillers(text: str, at: int) -> int:
    """Return where the articles and the like that begin here end."""
    match = _FILLERS.match(text, at)
    return match.end() if match else at


def after_to(text: str, at: int) -> int | None:
    """Return where "to" ends that begins here, None where it does not."""
    match = _TO.match(text, at)
    return match.end() if match else None
