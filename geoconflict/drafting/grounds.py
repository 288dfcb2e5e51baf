"""The ground events of a sentence: what changed hands, who advanced and where it was fought."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.drafting.context import Context, is_void
from geoconflict.drafting.found import Found
from geoconflict.drafting.ground import Ground, find_ground
from geoconflict.drafting.lines import Line
from geoconflict.drafting.sides import FOUGHT, OTHER, side_before, side_of, sides
from geoconflict.drafting.tags import Tag
from geoconflict.drafting.voices import Voice


def ground_events(context: Context, line: Line, voices: Sequence[Voice]) -> list[Found]:
    """Return what a sentence tells of the ground, each kept in the context."""
    made = []
    for ground in find_ground(line):
        if is_void(line, ground.deed) or (ground.kind == "clash" and _is_strike(line)):
            continue
        event = Found(ground.kind, line.paragraph)
        event.spans.append((line.start + ground.spot.start, line.start + ground.spot.end))
        context.place(event, line, ground.spot)
        if str(event.value("admin1") or "UA-14") not in FOUGHT:
            continue
        context.date(event, line, ground.deed.start)
        _actor(event, line, ground, context.speaker(voices))
        made.append(context.keep(event))
    return made


def _is_strike(line: Line) -> bool:
    """Return whether "attacked" is said of drones, missiles or a town, not of the ground."""
    if line.tag("deeds", "repel", "fight") or line.sector:
        return False
    return bool(line.tag("arms") or line.tag("toll") or not sides(line))


def _actor(event: Found, line: Line, ground: Ground, speaker: str) -> None:
    """Say who gained ground, or who attacked."""
    deed = ground.deed
    span = (line.start + deed.start, line.start + deed.end)
    found = side_before(line, deed.start, reach=120, speaker=speaker)
    side = found[0] if found else ""
    if found:
        span = (line.start + found[1].start, line.start + found[1].end)
    if deed.concept == "lose":
        side = OTHER.get(side, "")
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
        return side if line.tag("deeds", "assault") else ""
    after = [t for t in sides(line) if 0 <= t.start - repels[0].end <= 60]
    if after:
        return side_of(line, after[0], speaker=speaker)
    return OTHER.get(_holder(line, repels[0], speaker) or side or speaker, "")


def _holder(line: Line, repel: Tag, speaker: str) -> str:
    found = side_before(line, repel.start, speaker=speaker)
    return found[0] if found else ""
