"""What words in the cells of a table mean: kinds, sides, targets, statuses, in three languages."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache
from typing import get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from geoconflict.casebooks.records import EventKind, Stance, TargetType
from geoconflict.errors import DateError
from geoconflict.lexicon import all_forms, lexicons
from geoconflict.measuring.datewords import read_when

# What is told by a word of its own comes before what any of these can be.
_KINDS: tuple[EventKind, ...] = ("interception", "control_change", "clash", "advance", "strike")
# No name of a weapon, and no class of damage, is longer in most cells.
_SHORT = 30
# What is told of troops beside where they are.
_DEEDS = ("strike", "fall", "damage", "blast", "down", "take", "assault", "fight")
_MORE_DEEDS = ("launch", "lose", "advance", "repel")
# So many words name a body of troops.
_NAME = 8
_STATUSES = ("geolocated", "disputed", "claimed", "confirmed")
# What a cell that names the evidence for something holds, and what makes a claim more than one.
_EVIDENCED = ("confirmed", "geolocated", "evidence", "evidence_words")
_OPEN = ("confirmed", "geolocated", "claimed")
# The second of a numbered list, and what begins a line of any other list.
_SECOND = re.compile(
    r"(?:^|[\s:;,])1[.)]\s+(?=\w).{3,}?[\s;,](2[.)]\s+(?=\w)[^\n]{1,60})", re.DOTALL
)
_BULLET = re.compile(r"[•●▪■◾🔹🔸🔻🔺➡▶✅☑✔❗🔥💥*–—-]\ufe0f?\s*\w")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_REMARKED = re.compile(r"(?P<outer>[^()]+)\((?P<inner>[^()]+)\)\s*")


def kind_of(cell: str) -> EventKind:
    """Return the kind of event that a cell tells of, other where it tells none."""
    if _says("untrue", cell):
        return "other"
    # What stands somewhere shot nothing down there.
    kinds = _KINDS[1:] if _says("air_defence", cell) else _KINDS
    return next((kind for kind in kinds if _says(kind, cell)), "other")


def status_of(cell: str) -> str:
    """Return the status that a cell says, empty where it says none.

    What stands in brackets behind it must say the same, or by which images it is known.

    Examples
    --------
    >>> status_of("confirmed (satellite)"), status_of("confirmed (governor)")
    ('confirmed', '')
    >>> status_of("visually confirmed"), status_of("claimed by the SBU"), status_of("not by video")
    ('confirmed', 'claimed', '')
    """
    status = next((status for status in _STATUSES if _says(status, cell)), "")
    status = status or _evidenced(cell) or _reported(cell)
    remarked = None if status else _REMARKED.fullmatch(cell)
    if not remarked:
        return status
    outer, inner = status_of(remarked["outer"]), status_of(remarked["inner"])
    is_same = inner == outer or (outer, inner) == ("confirmed", "geolocated")
    return outer if is_same or _says("evidence", remarked["inner"]) else ""


def _evidenced(cell: str) -> str:
    """Return confirmed where a cell says so, and by which images, and nothing else."""
    words = re.findall(r"[^\W\d_]+", cell.casefold())
    kinds = {
        word: next((one for one in _EVIDENCED if _says(one, word)), "")
        for word in words[: _NAME + 1]
    }
    is_told = "confirmed" in kinds.values() and {"evidence", "geolocated"} & set(kinds.values())
    return "confirmed" if is_told and all(kinds.values()) and len(words) <= _NAME else ""


def _reported(cell: str) -> str:
    """Return what a cell says of a claim by whom it is: claimed, disputed where one denies it."""
    begun = all_forms("cells", "claimed_by")
    text = cell.casefold().strip()
    rest = next((text.removeprefix(form) for form in begun if text.startswith(f"{form} ")), "")
    denials = all_forms("cells", "denied_by")
    if any(f" {text}".startswith(form) for form in denials):
        return "disputed"
    denied = any(form in f" {rest} " for form in denials)
    # "Claimed by one, confirmed by the other" is not for a rule to say.
    is_open = any(_says(one, word) for word in re.findall(r"\w+", rest) for one in _OPEN)
    return "" if not rest or is_open else "disputed" if denied else "claimed"


def stance_of(cell: str) -> str:
    """Return the stance of a report that a cell says, empty where it says none."""
    if cell.casefold() in get_args(Stance):
        return cell.casefold()
    return next(
        (s for one in lexicons() if (s := one.key("stances", cell)) and s in get_args(Stance)), ""
    )


def actor_of(cell: str) -> str:
    """Return the side that a cell names, unknown where it names none or both."""
    # What was hit, and who shot something down, did not attack.
    if _says("unidentified", cell) or target_of(cell) != "other" or _says("interception", cell):
        return "unknown"
    sides = {
        side for side in ("UA", "RU") if _has("control", side, cell) or _has("sides", side, cell)
    }
    return sides.pop() if len(sides) == 1 else "unknown"


def is_total(cell: str) -> bool:
    """Return whether a cell begins a row of sums, which is no event."""
    return _says("totals", cell.rstrip(": "))


def is_in_service(cell: str) -> bool:
    """Return whether a cell says of arms or troops that they stand or serve somewhere, not lost.

    Examples
    --------
    >>> is_in_service("active"), is_in_service("destroyed")
    (True, False)
    """
    return len(cell) <= _SHORT and _says("in_service", cell)


def is_unsaid(cell: str) -> bool:
    """Return whether a cell says that something is not known, and no more.

    Examples
    --------
    >>> is_unsaid("unknown"), is_unsaid("невідомо"), is_unsaid("unknown drone")
    (True, True, False)
    """
    return len(cell) <= _SHORT and _says("unsaid", cell)


def is_no_event(cell: str) -> bool:
    """Return whether a cell calls a row what is no strike, clash or change of control.

    Examples
    --------
    >>> is_no_event("Peaceful protest"), is_no_event("Повітряна тривога"), is_no_event("Strike")
    (True, True, False)
    """
    return len(cell) <= _SHORT * 2 and kind_of(cell) == "other" and _says("no_event", cell)


@lru_cache(maxsize=16_384)
def is_repeated(cell: str) -> bool:
    """Return whether a cell says that its row repeats or updates another one.

    Examples
    --------
    >>> is_repeated("ДУБЛЬ, див. №1"), is_repeated("update of ser 1"), is_repeated("dual use")
    (True, True, False)
    """
    return len(cell) <= _SHORT * 2 and _says("repeated", cell)


@lru_cache(maxsize=16_384)
def is_nothing(cell: str) -> bool:
    """Return whether a cell says that nothing happened.

    Examples
    --------
    >>> is_nothing("NSTR"), is_nothing("атаки не було"), is_nothing("no data")
    (True, True, False)
    """
    return len(cell) <= _SHORT * 2 and _says("uneventful", cell)


def is_yes(cell: str) -> bool:
    """Return whether a cell says yes."""
    return _says("yes", cell)


def is_undamaged(cell: str) -> bool:
    """Return whether a cell says of a picture from above that it shows no damage."""
    return len(cell) <= _SHORT and _says("undamaged", cell)


def names_arms(cell: str) -> bool:
    """Return whether a cell is little more than the name of a weapon.

    Examples
    --------
    >>> names_arms("Shahed-136"), names_arms("A drone hit a depot in the east of the town")
    (True, False)
    """
    return len(cell) <= _SHORT and any(
        one.pattern("arms", arm).search(cell) for one in lexicons() for arm in one.table("arms")
    )


def is_of_troops(cell: str) -> bool:
    """Return whether a cell says where troops are, and of nothing that happened to them.

    Examples
    --------
    >>> is_of_troops("47th Brigade HQ"), is_of_troops("Strike on a brigade's headquarters")
    (True, False)
    """
    told = [one.pattern("deeds", *_DEEDS) for one in lexicons()]
    if not _says("stands", cell):
        # Of arms it is told rather that they struck, but for where they stand.
        told += [one.pattern("arms", arm) for one in lexicons() for arm in one.table("arms")]
    is_deed = kind_of(cell) != "other" or any(pattern.search(cell) for pattern in told)
    return not is_deed and len(cell.split()) <= _NAME and _says("troops", cell)


def troops_told(name: str, text: str) -> str:
    """Return why a mark is of troops and no event, empty where its text tells of one.

    Examples
    --------
    >>> troops_told("47th Brigade HQ", ""), troops_told("47th Brigade HQ", "Hit by two missiles")
    ('where troops are, no event: 47th Brigade HQ', '')
    """
    is_told = bool(text) and (kind_of(text) != "other" or (tells_deed(text) and not _denied(text)))
    return f"where troops are, no event: {name}" if is_of_troops(name) and not is_told else ""


def _denied(text: str) -> bool:
    return _says("untrue", text)


def several_told(text: str) -> str:
    r"""Return the second event that a text tells of, by its lists; empty where it shows none.

    Examples
    --------
    >>> several_told("Yesterday: 1) Volgograd, a refinery; 2) Astrakhan, a gas plant.")
    '2) Astrakhan, a gas plant.'
    >>> several_told("• Engels: a depot burns\n• Saratov: a refinery was hit"), several_told("1")
    ('• Saratov: a refinery was hit', '')
    """
    match = _SECOND.search(text)
    if match:
        return " ".join(match[1].split())
    begun = [line.strip() for line in text.splitlines() if _BULLET.match(line.strip())]
    told = [line for line in begun if tells_deed(line)]
    return told[1] if len(told) > 1 else ""


def tells_deed(text: str) -> bool:
    """Return whether a text has a word for anything done, for people harmed, or for a fire.

    Examples
    --------
    >>> tells_deed("Drones hit a depot"), tells_deed("Good morning, subscribe to our channel")
    (True, False)
    """
    deeds = (one.pattern("deeds", *_DEEDS, *_MORE_DEEDS) for one in lexicons())
    harms = (one.pattern("toll", "killed", "injured") for one in lexicons())
    fires = (one.pattern("cells", "burning") for one in lexicons())
    return any(pattern.search(text) for pattern in (*deeds, *harms, *fires))


def is_of_the_past(text: str) -> bool:
    """Return whether all that a text tells of stands in sentences that mourn, judge or teach.

    Examples
    --------
    >>> is_of_the_past("A day of mourning for those killed by the strike.")
    True
    >>> is_of_the_past("A missile hit a house, two were killed. Condolences to their families.")
    False
    """
    told = [sentence for sentence in _SENTENCE.split(text) if tells_deed(sentence)]
    mourned = [
        one
        for one in told
        if any(lex.pattern("deeds", "aftermath").search(one) for lex in lexicons())
    ]
    return bool(told) and len(mourned) == len(told)


def is_service(cell: str) -> bool:
    """Return whether a cell names what travellers mark on their way, such as a hotel.

    Examples
    --------
    >>> is_service("Lodging"), is_service("Parking Area"), is_service("Hotel hit by a drone")
    (True, True, False)
    """
    return _says("service", cell)


def target_of(cell: str) -> str:
    """Return the kind of target that a cell names, other where it names none.

    Of several kinds that with the longest words counts: a power plant is no plant.

    Examples
    --------
    >>> target_of("thermal power plant"), target_of("plant"), target_of("nuclear power plant")
    ('power_plant', 'plant', 'nuclear_plant')
    """
    if cell in get_args(TargetType):
        return cell
    longest = {name: _longest("targets", name, cell) for name in get_args(TargetType)}
    found = max(longest, key=lambda name: longest[name])
    return found if longest[found] else "other"


@cache
def zone_of(cell: str) -> dt.tzinfo | None:
    """Return the time zone that a cell names, None where it names none.

    Examples
    --------
    >>> zone_of("UTC"), str(zone_of("Europe/Kyiv")), zone_of("+02:00").utcoffset(None)
    (datetime.timezone.utc, 'Europe/Kyiv', datetime.timedelta(seconds=7200))
    """
    try:
        clock = read_when(f"2025-01-01 12:00 {cell}").clock
        if clock and clock.tzinfo:
            return clock.tzinfo
    except DateError:
        pass
    try:
        return ZoneInfo(cell) if "/" in cell else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _has(section: str, concept: str, cell: str) -> bool:
    return any(
        bool(one.forms(section, concept)) and bool(one.pattern(section, concept).search(cell))
        for one in lexicons()
    )


def _longest(section: str, concept: str, cell: str) -> int:
    """Return how many letters the longest words for a concept in a cell have, 0 where none."""
    return max(
        (
            match.end() - match.start()
            for one in lexicons()
            if one.forms(section, concept)
            for match in one.pattern(section, concept).finditer(cell)
        ),
        default=0,
    )


@lru_cache(maxsize=16_384)
def _says(concept: str, cell: str) -> bool:
    """Return whether a cell is a form of a concept."""
    return _sayings(concept).fullmatch(cell.casefold().strip()) is not None


@cache
def _sayings(concept: str) -> re.Pattern[str]:
    """Return the pattern of the forms of a concept; * stands for anything."""
    forms = all_forms("cells", concept)
    return re.compile("|".join(re.escape(form).replace(r"\*", ".*") for form in forms) or "(?!)")
