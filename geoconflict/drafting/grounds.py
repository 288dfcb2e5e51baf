"""The ground events of a sentence: what changed hands, who advanced and where it was fought."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geoconflict.drafting.areas import is_city
from geoconflict.drafting.context import ON_GROUND, Context
from geoconflict.drafting.deeds import done, is_void
from geoconflict.drafting.found import Found
from geoconflict.drafting.ground import Ground, find_ground, named_in_sector
from geoconflict.drafting.lines import Line
from geoconflict.drafting.sides import doer, side_before, side_of, sides
from geoconflict.drafting.spots import Spot
from geoconflict.drafting.tags import Tag
from geoconflict.drafting.voices import Voice
from geoconflict.lexicon import lexicon
from geoconflict.theatre import Theatre

# So near before a deed stands the word that it was only tried.
_TRIED = 48
# So near before an assault stands whose it was.
_NAMED = 30
# So near after a denial stands what is denied.
_DENIED = 6
# So near before a participle stands "were".
_BEEN = 12


def ground_events(context: Context, line: Line, voices: Sequence[Voice]) -> list[Found]:
    """Return what a sentence tells of the ground, each kept in the context."""
    made: list[Found] = []
    # "The defence ministry in Moscow claimed".
    spoken = [(v.start - line.start, v.end - line.start) for v in voices if not v.is_carried]
    grounds = [
        ground
        for ground in find_ground(line, in_sector=context.sector is not None)
        if not any(start <= ground.spot.start < end for start, end in spoken)
    ]
    if not grounds and _goes_on(context, line):
        grounds = named_in_sector(line)
    if not grounds:
        return _unplaced(context, line, voices)
    for ground in grounds:
        kind = "clash" if _is_tried(line, ground.deed) else ground.kind
        if is_void(line, ground.deed) and kind == ground.kind:
            continue
        is_of_ground = _is_of_ground(context)
        if kind == "clash" and _is_strike(line, ground, is_of_ground=is_of_ground):
            continue
        if _is_goal(line, ground):
            continue
        event = Found(kind, line.paragraph)
        event.spans.append((line.start + ground.spot.start, line.start + ground.spot.end))
        context.place(event, line, ground.spot)
        if _is_far(event, line.theatre) or _is_of_a_city_behind(event, ground.spot):
            continue
        context.date(event, line, ground.deed.start)
        _whose(event, line, ground.deed, context.narrator(voices))
        if kind == "clash" and context.author is not None and context.sector is not None:
            counted = line.theatre.other(context.speaker(voices))
            span = (line.start + ground.deed.start, line.start + ground.deed.end)
            if counted:
                event.put("actor", counted, span, "whose assaults a staff counts")
        made.append(context.keep(event))
    return made


def _is_tried(line: Line, deed: Tag) -> bool:
    """Return whether ground was only tried to be gained: an assault was, "trying to advance"."""
    return deed.concept in ("advance", "take") and any(
        tag.end <= deed.start and deed.start - tag.end < _TRIED
        for tag in line.tag("deeds", "foiled")
    )


def _unplaced(context: Context, line: Line, voices: Sequence[Voice]) -> list[Found]:
    """Return what a sentence without a place tells of its sectors, or of the topic before it."""
    made = []
    fights = done(line, "fight", "assault", "repel")
    for sector in line.sectors if fights else ():
        event = Found("clash", line.paragraph)
        event.spans.append((line.start + sector.start, line.start + sector.end))
        if context.author is None:
            context.sector_town(event, line, sector)
        elif sector.admin1[:2] != context.gazetteer.theatre.home:
            event.key = sector.admin1
            context.sector_unit(event, line, sector)
        else:
            # What a staff sums up of a sector without a village is no event of its town.
            continue
        context.date(event, line, fights[0].start)
        _whose(event, line, fights[0], context.narrator(voices))
        made.append(context.keep(event))
    return made or _of_topic(context, line, voices) or _of_region(context, line, voices)


def _of_topic(context: Context, line: Line, voices: Sequence[Voice]) -> list[Found]:
    """Return what a sentence tells to have changed hands in the town that its paragraph is of."""
    deeds = line.tag("deeds", "take", "lose", "advance")
    if context.topic is None or not deeds or is_void(line, deeds[0]) or not sides(line):
        return []
    event = Found("advance" if deeds[0].concept == "advance" else "control_change", line.paragraph)
    event.spans.append((line.start + deeds[0].start, line.start + deeds[0].end))
    context.place(event, *context.topic)
    if _is_far(event, line.theatre):
        return []
    context.date(event, line, deeds[0].start)
    _whose(event, line, deeds[0], context.speaker(voices))
    return [context.keep(event)]


def _of_region(context: Context, line: Line, voices: Sequence[Voice]) -> list[Found]:
    """Return the assaults that were repelled in a region, where no place is named."""
    repels = line.tag("deeds", "repel")
    regions = [r for r in line.regions if r.code in line.theatre.fought]
    if not repels or len(regions) != 1 or line.tag("arms") or is_void(line, repels[0]):
        return []
    if not line.tag("deeds", "assault") or line.spots:
        return []
    event = Found("clash", line.paragraph, key=regions[0].code)
    event.spans.append((line.start + regions[0].start, line.start + regions[0].end))
    context.unit(event, line, regions[0])
    context.date(event, line, repels[0].start)
    _whose(event, line, repels[0], context.speaker(voices))
    return [context.keep(event)]


def _goes_on(context: Context, line: Line) -> bool:
    """Return whether a sentence without a verb lists the next sector: "Toretsk sector: Dachne"."""
    last = context.events[-1] if context.events else None
    is_listed = last is not None and (
        context.author is not None or last.paragraph == line.paragraph
    )
    is_bare = not line.tag("deeds") and not line.tag("stances")
    return is_listed and is_bare and last.kind == "clash"  # type: ignore[union-attr]


def _is_goal(line: Line, ground: Ground) -> bool:
    """Return whether a place is where somebody withdrew to, not what they left."""
    words = lexicon(line.language)
    leaving = words.pattern("moods", "leaving")
    if not leaving.fullmatch(line.text, ground.deed.start, ground.deed.end):
        return False
    whence = words.pattern("clauses", "whence")
    return whence.search(line.text, ground.deed.end, ground.spot.start) is None


def _is_of_ground(context: Context) -> bool:
    """Return whether the sentence before told of the ground."""
    return bool(context.last) and all(event.kind in ON_GROUND for event in context.last)


def _is_strike(line: Line, ground: Ground, *, is_of_ground: bool) -> bool:
    """Return whether "attacked" is said of drones, missiles or a town, not of the ground."""
    if line.tag("deeds", "repel", "fight") or line.sectors:
        return False
    arms = _arms_of(line, ground, is_of_ground=is_of_ground)
    if arms and line.tag("targets"):
        return True
    harmed = line.tag("toll", "killed", "injured")
    return bool(arms or harmed or not (sides(line) or is_of_ground))


def _arms_of(line: Line, ground: Ground, *, is_of_ground: bool) -> bool:
    """Return whether an assault was one with the arms of its sentence, or on things it names.

    "Attacked A and B, did not advance, and carried out air strikes on C": those of another verb
    behind the place are not its own.
    """
    words = lexicon(line.language)
    told = words.pattern("deeds", "advance").search(line.text) or is_of_ground
    arms = [*line.tag("arms"), *line.tag("targets")]
    if not told or not arms:
        return bool(arms)
    joint = words.any_of("clauses", "and")
    other = re.compile(rf"(?:[,;]|\s)\s*{joint}\s+\w", re.IGNORECASE)
    turned = other.search(line.text, ground.spot.end, min(t.start for t in arms) + 1)
    verbs = [d for d in line.tag("deeds", "strike") if d.start > ground.spot.end]
    return not (turned and verbs) or any(t.start < ground.spot.start for t in arms)


def _is_denied(line: Line, deed: Tag) -> bool:
    """Return whether somebody denies a deed: "denied the loss of", "опровергли взятие"."""
    denials = line.tag("stances", "denies")
    return any(0 <= deed.start - tag.end <= _DENIED for tag in denials)


def _is_far(event: Found, theatre: Theatre) -> bool:
    """Return whether an event is told of a unit in which it is not fought on the ground."""
    unit = event.value("admin1")
    return bool(unit) and unit not in theatre.fought


def _is_of_a_city_behind(event: Found, spot: Spot) -> bool:
    """Return whether an assault is told of a city that none was ever near: "the attack on Kyiv"."""
    return event.kind == "clash" and event.place is None and is_city(spot.place)


def _whose(event: Found, line: Line, deed: Tag, speaker: str) -> None:
    """Say who gained ground, or who attacked; what is denied was claimed by the other side."""
    span = (line.start + deed.start, line.start + deed.end)
    if deed.concept in ("take", "lose") and (_is_denied(line, deed) or line.tag("told", "untrue")):
        denier = speaker or str(event.value("country") or "")
        if line.theatre.other(denier):
            event.put("actor", line.theatre.other(denier), span, "side named")
        return
    found = doer(line, deed, reach=120, speaker=speaker)
    side = found[0] if found else ""
    if found:
        span = (line.start + found[1].start, line.start + found[1].end)
    if deed.concept == "lose":
        side = line.theatre.other(side)
    if event.kind == "clash":
        side = _attacker(line, side, speaker)
    elif not side:
        side = speaker
    if side:
        event.put("actor", side, span, "side named")


def _attacker(line: Line, side: str, speaker: str) -> str:
    """Return who attacked: who was repelled, or who is said to attack; empty where not told."""
    repels = line.tag("deeds", "repel")
    if not repels:
        return (side or _counted(line, speaker)) if line.tag("deeds", "assault", "fight") else ""
    for assault in line.tag("deeds", "assault"):
        owner = next((t for t in line.tag("sides") if t.start - assault.end == 1), None)
        if owner is not None:
            # "Контратаки ВСУ отражены".
            return side_of(line, owner, speaker=speaker)
        named = side_before(line, assault.start, reach=_NAMED, speaker=speaker)
        if named and not any(named[1].end <= t.start < assault.start for t in repels):
            return named[0]
    after = [t for t in sides(line) if 0 <= t.start - repels[0].end <= 60]
    if after:
        return side_of(line, after[0], speaker=speaker)
    been = lexicon(line.language).pattern("moods", "been")
    if side and been.search(line.text, max(0, repels[0].start - _BEEN), repels[0].start):
        return side
    held = _holder(line, repels[0], speaker) or side or speaker
    return line.theatre.other(held) or _counted(line, speaker)


def _counted(line: Line, speaker: str) -> str:
    """Return whose assaults a staff counts in a sector where it names nobody: its enemy's."""
    # The home country's own language is that of its staff.
    theatre = line.theatre
    is_own = theatre.languages.get(line.language) == theatre.home
    counts = theatre.home if is_own else speaker
    is_counted = line.sectors or line.tag("deeds", "repel")
    return theatre.other(counts) if is_counted and not sides(line) else ""


def _holder(line: Line, repel: Tag, speaker: str) -> str:
    found = side_before(line, repel.start, speaker=speaker)
    return found[0] if found else ""
