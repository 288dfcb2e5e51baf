"""The interceptions of a sentence as events: what was shot down, where and by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from geoconflict.casebooks.records import Certainty
from geoconflict.drafting.context import Context
from geoconflict.drafting.deeds import is_void
from geoconflict.drafting.found import Found
from geoconflict.drafting.launches import attack_verb
from geoconflict.drafting.lines import Line
from geoconflict.drafting.regions import Region
from geoconflict.drafting.salvos import CLASSES, Salvo, find_salvos
from geoconflict.drafting.sides import defender, side_before, side_of
from geoconflict.drafting.speakers import find_speakers
from geoconflict.drafting.spots import Spot
from geoconflict.drafting.voices import Voice
from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import any_form

_FEW = 10
# So near before arms stands whose they are.
_OWNED = 14
_OTHER_DEEDS = ("strike", "fall", "down", "launch", "damage")
# So little stands between a town and what came down over it.
_NO_BREAK = re.compile(r"[^\d,.;—–()]{1,24}")
_LIST_ENDS = re.compile(r"[;:]|\.\s")
# Who spoke so many paragraphs before is still heard.
_HEARD = 1


def sky_events(context: Context, line: Line, voices: Sequence[Voice]) -> list[Found]:
    """Return the interceptions that a sentence tells, each kept in the context.

    What was launched alone is no interception: only what it says of numbers is kept for the
    sentence after it.
    """
    repelled = _repelled(context, line, voices)
    if repelled or _are_ground_losses(line) or line.tag("told", "recounted"):
        return repelled
    salvos = find_salvos(line, weapon=context.weapon, told=_counted(context, line, voices))
    sky = _sky(context, line, salvos, voices)
    made = []
    for salvo in salvos:
        context.weapon = salvo.weapon
        if salvo.down is None and salvo.region is None and salvo.sea is None:
            if salvo.launched:
                context.launched[salvo.weapon] = (line, salvo, sky)
            continue
        is_here = salvo.region is None and not _is_over_region(line)
        if context.topic and is_here and salvo.down and salvo.down.value < _FEW:
            # "Two drones downed" below the heading of a town is part of the strike on it.
            continue
        made.append(context.keep(_event(context, line, salvo, sky, voices)))
    return made


def _are_ground_losses(line: Line) -> bool:
    """Return whether drones are counted among what troops lost: "two motorcycles, 4 UAVs".

    Not "12 were shot down, cars were damaged", where a verb parts them.
    """
    if line.regions or any(when.is_night for when in line.days):
        return False
    gaps = (
        (min(arm.end, loss.end), max(arm.start, loss.start))
        for arm in line.tag("arms")
        for loss in line.tag("told", "ground_losses")
    )
    ends = [deed.start for deed in line.tag("deeds")]
    ends += [match.start() for match in _LIST_ENDS.finditer(line.text)]
    return any(not any(start <= at < end for at in ends) for start, end in gaps)


def _repelled(context: Context, line: Line, voices: Sequence[Voice]) -> list[Found]:
    """Return the attacks from the air that a side says to have repelled in regions of its own.

    "Attacks in Ivanovo, Ryazan and Amur oblasts were repelled": where it is fought on the ground
    only where the line names drones or missiles.
    """
    attacks, repels = line.tag("deeds", "strike"), line.tag("deeds", "repel")
    arms = [t for t in line.tag("arms") if t.concept in CLASSES]
    regions = [r for r in line.regions if arms or r.code not in line.theatre.fought]
    is_plain = not (
        line.tag("targets") or line.sectors or line.numbers or line.tag("deeds", "fall")
    )
    side = context.speaker(voices)
    if not (attacks and repels and is_plain) or len(regions) < max(1, len(line.regions)):
        return []
    is_parted = any(line.part(r.start) != line.part(repels[0].start) for r in regions)
    if is_parted or any(r.country != side for r in regions) or is_void(line, repels[0]):
        return []
    made = []
    for region in regions:
        event = Found("interception", line.paragraph, key=region.code, is_repelled=True)
        event.spans.append((line.start + region.start, line.start + region.end))
        context.unit(event, line, region)
        event.put("actor", side, event.spans[0], "whose sky it is")
        if arms:
            span = (line.start + arms[0].start, line.start + arms[0].end)
            event.put("weapon", CLASSES[arms[0].concept], span, "weapon named")
        elif before := _arms_before(context, line):
            event.put("weapon", *before, "weapon told before", "open")
        context.date(event, line, repels[0].start)
        made.append(context.keep(event))
    return made


def _arms_before(context: Context, line: Line) -> tuple[str, tuple[int, int]] | None:
    """Return the weapon that a report told of last before a sentence, and its characters."""
    for other in reversed(context.lines):
        told = [t for t in other.tag("arms") if t.concept in CLASSES]
        if other.start < line.start and told:
            return CLASSES[told[-1].concept], (
                other.start + told[-1].start,
                other.start + told[-1].end,
            )
    return None


def _counted(context: Context, line: Line, voices: Sequence[Voice]) -> str:
    """Return what the speaker of a sentence counts where no verb says so.

    An air force counts what was launched at it; a ministry of the side that is said to have no
    losses counts, of a night, what it shot down.
    """
    words = lexicon(line.language)
    launched, down = (words.pattern("counting", k) for k in ("sky_launched", "sky_down"))
    goes_on = context.weapon and words.pattern("counting", "whole").search(line.text)
    if not (line.tag("arms") or goes_on) or line.tag("deeds", *_OTHER_DEEDS):
        return ""
    if words.pattern("counting", "supplied").search(line.text):
        return ""
    is_night = goes_on or any(when.is_night for when in line.days)
    for voice in voices:
        if launched.search(voice.text):
            return "launched"
        if down.search(voice.text) and voice.side == line.theatre.opponent:
            return "down" if is_night else ""
    return ""


def _event(context: Context, line: Line, salvo: Salvo, sky: str, voices: Sequence[Voice]) -> Found:
    event = Found("interception", line.paragraph)
    span = (line.start + salvo.start, line.start + salvo.end)
    event.spans.append(span)
    counted = {arm.concept for arm in line.tag("arms")}
    sure: Certainty = "certain" if len(counted) == 1 else "likely"
    # "70 missiles and 145 drones were fired. 112 of them fell": of which is not told.
    is_mixed = len(context.launched) > 1 and not counted
    if not is_mixed:
        surety: Certainty = "open" if "air_target" in counted else sure
        event.put("weapon", salvo.weapon, span, "weapon counted", surety)
    _place(context, event, line, salvo, sky, voices)
    for column, number in (("shot_down", salvo.down), ("launched", salvo.launched)):
        if number:
            at = (line.start + number.start, line.start + number.end)
            event.put(column, number.value, at, "number told")
    before = context.launched.get(salvo.weapon)
    if before and not line.days and before[0].days and before[2] == sky:
        context.date(event, before[0], before[1].start)
    is_total = salvo.region is None and salvo.sea is None and not is_mixed
    is_total = is_total and "place" not in event.cells
    if before and is_total and "launched" not in event.cells:
        earlier, total, its_sky = before
        if total.weapon == salvo.weapon and its_sky == sky and total.launched:
            at = (earlier.start + total.launched.start, earlier.start + total.launched.end)
            event.put("launched", total.launched.value, at, "number told before")
    context.date(event, line, salvo.start)
    return event


def _place(
    context: Context, event: Found, line: Line, salvo: Salvo, sky: str, voices: Sequence[Voice]
) -> None:
    """Say where it was shot down, and by whom."""
    span = event.spans[0]
    is_placed = salvo.down is not None and salvo.sea is None
    over = (_spot(context, line, salvo) or _aimed(line, salvo)) if is_placed else None
    where, spot = over or (line, None)
    if isinstance(spot, Region):
        event.key = spot.code
        context.unit(event, line, spot)
        sky = defender(spot.country, spot.code, line.theatre)
    elif spot is not None:
        context.place(event, where, spot)
        sky = sky or defender(
            str(event.value("country") or ""), str(event.value("admin1") or ""), line.theatre
        )
    elif salvo.region is not None:
        region = salvo.region
        event.key = region.code
        context.unit(event, line, region)
        span = (line.start + region.start, line.start + region.end)
        side = defender(region.country, region.code, line.theatre)
        event.put("actor", side, span, "whose sky it is")
        return
    if salvo.sea is not None:
        span = (line.start + salvo.sea[0], line.start + salvo.sea[1])
        text = line.text[salvo.sea[0] : salvo.sea[1]]
        water = context.gazetteer.resolve(text, kind="water").place
        event.place, event.key = water, water.name if water else text
        event.put("place", event.key, span, "sea named")
    elif _is_over_region(line) and (unit := _region_of(context, line)):
        event.key = unit[1].code
        context.unit(event, *unit)
        sky = defender(unit[1].country, unit[1].code, line.theatre)
    elif spot is None and (local := _local(line, voices, sky)):
        event.key = local.unit
        said = (local.start, local.end)
        event.put("admin1", local.unit, said, "region of who counts", "likely")
        event.put("country", local.unit[:2], said, "region of who counts", "likely")
    elif sky and spot is None:
        event.put("country", sky, span, "whose count it is")
    if sky:
        event.put("actor", sky, span, "whose count it is")


def _local(line: Line, voices: Sequence[Voice], sky: str) -> Voice | None:
    """Return the official who counts what came down in their own region, None where there is none.

    "The governor of Smolensk said that one was shot down" is of his region, unless he speaks of
    the whole country.
    """
    local = [v for v in voices if v.unit and v.unit[:2] == sky and v.unit != v.unit[:2]]
    is_whole = lexicon(line.language).pattern("counting", "whole").search(line.text)
    return local[0] if len(voices) == 1 and local and not is_whole else None


def _spot(context: Context, line: Line, salvo: Salvo) -> tuple[Line, Spot] | None:
    """Return the town that a number is said to have come down over, with its sentence.

    "Four over Novokuybyshevsk", "над Борисівкою збито один", or the one told before: "over the
    city".
    """
    words = lexicon(line.language)
    over, own = words.any_of("clauses", "over"), words.any_of("areas", "own")
    towns = [s for s in line.spots if not s.is_facility]
    lead = re.compile(rf"(?:[^\d,.;:—–()]*\s)?{over}\s+", re.IGNORECASE)
    after = [s for s in towns if s.start >= salvo.end]
    near = [s for s in after if lead.fullmatch(line.text, salvo.end, s.start)]
    led = re.compile(rf"(?<!\w){over}\s+(?:{own}\s+)?$", re.IGNORECASE)
    # "The ministry in Moscow said that four came down over Adygea": there, and not in Moscow.
    is_free = salvo.region is None and not any(r.start >= salvo.end for r in line.regions)
    spoken = [(one.start, one.end) for one in find_speakers(line)]
    gaps = [
        (s, line.text[s.end : salvo.start])
        for s in towns
        if is_free and s.end <= salvo.start and not any(a <= s.start < b for a, b in spoken)
    ]
    own_over = re.compile(rf"{over}\s+", re.IGNORECASE)
    near += [
        s
        for s, gap in gaps
        if _NO_BREAK.fullmatch(gap)
        and (led.search(line.text[: s.start]) or own_over.match(line.text, s.start))
    ]
    if near:
        return line, near[0]
    town = rf"(?<!\w){over}\s+(?:{own}\s+)?{words.any_of('areas', 'town')}(?!\w)"
    is_told = salvo.region is None and re.search(town, line.text, re.IGNORECASE)
    known = context.topic or context.town
    return known if is_told and known and not line.regions and not known[1].is_facility else None


def _aimed(line: Line, salvo: Salvo) -> tuple[Line, Spot | Region] | None:
    """Return the one town or region at which was fired what then all came down.

    "Tried to hit Belgorod region with missiles; all four were downed."
    """
    is_all = salvo.down == salvo.launched or bool(line.tag("deeds", "foiled"))
    if not is_all or salvo.region is not None:
        return None
    aimed = lexicon(line.language).any_of("places", "aimed")
    lead = re.compile(rf"(?<!\w)(?i:{aimed})\s+(?:the\s+)?(?:[a-z-]+\s+){{0,2}}(?:of\s+)?$")
    deeds = {deed.end + 1 for deed in line.tag("deeds", "strike")}
    named: list[Spot | Region] = [*(s for s in line.spots if not s.is_facility), *line.regions]
    found = [one for one in named if one.start in deeds or lead.search(line.text[: one.start])]
    return (line, found[0]) if len(found) == 1 and len(named) == 1 else None


def _is_over_region(line: Line) -> bool:
    """Return whether a sentence says "over the region" and means the one told before."""
    return _here(line.language).search(line.text) is not None and len(line.regions) < 2


def _region_of(context: Context, line: Line) -> tuple[Line, Region] | None:
    """Return the region that "the region" means: that of who speaks, else the one told before."""
    if line.regions:
        return line, line.regions[0]
    if context.region is None and context.town is not None:
        town, spot = context.town
        if spot.place is not None and spot.place.admin1_code:
            return town, Region(spot.start, spot.end, spot.place.admin1_code)
    return context.region or context.home_region()


@cache
def _here(language: str) -> re.Pattern[str]:
    words = lexicon(language)
    over = words.any_of("clauses", "over")
    unit = any_form([*words.forms("places", "oblast"), *words.forms("pointers", "unit")])
    pointers = f"{words.any_of('pointers', 'demonstratives')}|{words.any_of('areas', 'own')}"
    pointer = rf"(?:(?:{pointers})\s+)?"
    return re.compile(rf"(?<!\w){over}\s+{pointer}{unit}(?!\w)", re.IGNORECASE)


def _sky(context: Context, line: Line, salvos: Sequence[Salvo], voices: Sequence[Voice]) -> str:
    """Return the side whose sky the totals of a sentence were counted in, empty where not told."""
    regional = [defender(s.region.country, s.region.code, line.theatre) for s in salvos if s.region]
    if regional:
        return max(regional, key=regional.count)
    speaker = context.speaker(voices)
    launches = [*line.tag("deeds", "launch"), *filter(None, [attack_verb(line)])]
    launcher = side_before(line, launches[0].start, speaker=speaker) if launches else None
    if launcher and not any(v.start <= line.start + launcher[1].start < v.end for v in voices):
        return line.theatre.other(launcher[0])
    arms, downs = line.tag("arms"), line.tag("deeds", "down")
    # "Over Kyiv six drones fell", "Kyiv downed six drones": a verb parts a side and its drones.
    owners = [
        s
        for s in line.tag("sides")
        for a in arms
        if 0 <= a.start - s.end <= _OWNED and not any(s.end <= d.start < a.start for d in downs)
    ]
    owners = [s for s in owners if not any(v.start <= line.start + s.start < v.end for v in voices)]
    if owners:
        return line.theatre.other(side_of(line, owners[0], speaker=speaker))
    defences = lexicon(line.language).pattern("counting", "sky_down")
    # "Russia's air defences downed 65."
    own = [t for t in line.tag("sides") if salvos and defences.match(line.text, t.end + 1)]
    if own or speaker:
        return side_of(line, own[0], speaker=speaker) if own else speaker
    is_near = line.paragraph - context.spoke <= _HEARD
    if context.voice and context.voice.side in line.theatre.sides and is_near:
        return context.voice.side
    # "Russia attacked with 84 drones. 60 were shot down": over the side that was attacked.
    told = (context.launched.get(salvo.weapon) for salvo in salvos)
    before = next((one[2] for one in told if one), "")
    return before or (_sky_of_doer(line) if salvos else "")


def _sky_of_doer(line: Line) -> str:
    """Return the side of who is named before what was shot down, or the other if he attacked."""
    downs = line.tag("deeds", "down")
    doer = side_before(line, downs[0].start) if downs else None
    if doer is None:
        return ""
    # "Of the 40 drones with which the enemy attacked, 33 were shot down": by the other side.
    strikes = line.tag("deeds", "strike", "assault")
    is_attacker = any(doer[1].end <= t.start < downs[0].start for t in strikes)
    return line.theatre.other(doer[0]) if is_attacker else doer[0]
