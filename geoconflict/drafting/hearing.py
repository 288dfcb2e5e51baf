"""Which events of a sentence each of its speakers speaks of, and whether they own up to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geoconflict.drafting.deeds import done
from geoconflict.drafting.found import Found
from geoconflict.drafting.lines import Line
from geoconflict.drafting.tolls import find_tolls
from geoconflict.drafting.voices import Voice
from geoconflict.lexicon import lexicon

# So near a verb of saying stands what it is about.
ABOUT = 20


def is_of_another_thing(voice: Voice, voices: Sequence[Voice]) -> bool:
    """Return whether somebody denies one thing, having told another: "said two died but denied"."""
    own = (v for v in voices if v.text == voice.text and v.verb_start < voice.verb_start)
    return voice.stance == "denies" and any(v.stance == "claims" for v in own)


def governed(
    line: Line, voice: Voice, voices: Sequence[Voice], made: Sequence[Found]
) -> list[Found]:
    """Return the events of a sentence that a verb of saying governs: those after it, else before.

    The next verb of saying ends what it governs; one in brackets of commas governs both sides.
    """
    here = (line.start, line.start + len(line.text))
    if not here[0] <= voice.verb_start < here[1]:
        return list(made)
    heads = {id(v): _head_of(v, voices) for v in voices}
    first = heads.get(id(voice), voice.start)
    last = voice.verb_end if first == voice.verb_start else max(voice.end, voice.verb_end)
    others = [(heads[id(v)], v.verb_end) for v in voices if v.verb_start != voice.verb_start]
    ends = [s for s, _ in others if s >= last] + [line.start + at for at in _turns(line, last)]
    end = min(ends, default=here[1])
    begin = max((e for _, e in others if e <= first), default=here[0])
    after = [e for e in made if any(last <= s < end for s, _ in e.spans)]
    before = [e for e in made if any(begin <= s < first for s, _ in e.spans)]
    is_bracketed = line.text[last - line.start :].lstrip()[:1] in (",", ".", "—", "–", ")")
    return before + after if is_bracketed else after or before


def _turns(line: Line, start: int) -> list[int]:
    """Return where words like "but" turn to something else; "а також" only goes on."""
    words = lexicon(line.language)
    turns, joints = words.pattern("links", "but"), words.pattern("clauses", "and")
    found = turns.finditer(line.text, start - line.start)
    return [turn.start() for turn in found if not joints.match(line.text, turn.start())]


def turned_on(line: Line, voice: Voice, made: Sequence[Found]) -> list[Found]:
    """Return the events of a sentence that it denies or confirms itself, and none before it.

    "Kyiv denied a claim that its troops had left" is of the leaving; "denied it and said that 4
    were shot down" is of what was told before.
    """
    told = [(event, start) for event in made for start, _ in event.spans[:1]]
    before = [event for event, start in told if line.start <= start < voice.verb_start]
    text = line.text[voice.verb_end - line.start :]
    is_about = any(
        0 <= t.start - (voice.verb_end - line.start) <= ABOUT
        for t in line.tag("clauses", "about_it")
    )
    after = [event for event, start in told if start >= voice.verb_end]
    return before if is_about or not text.strip(" .") else after or before


def _head_of(voice: Voice, voices: Sequence[Voice]) -> int:
    """Return where a saying begins: at its speaker, at its verb where that speaker said more."""
    verbs = [v.verb_start for v in voices if v.start == voice.start]
    is_first = voice.verb_start == min(verbs, default=voice.verb_start)
    return min(voice.start, voice.verb_start) if is_first else voice.verb_start


def as_denied(line: Line, voice: Voice, event: Found) -> Voice:
    """Return a speaker who says that an attack was repelled as one who denies that it hit."""
    if voice.stance != "claims" or event.kind == "interception":
        return voice
    here = range(line.start, line.start + len(line.text))
    clauses = {line.clause(start - line.start) for start, _ in event.spans if start in here}
    fakes = {line.clause(tag.start) for tag in line.tag("deeds", "fake", "unharmed")}
    told = {line.part(start - line.start) for start, _ in event.spans if start in here}
    own = line.part(voice.verb_start - line.start) if voice.verb_start in here else -1
    if voice.is_author and line.tag("deeds", "fake"):
        return replace(voice, stance="denies")
    if own not in told and own in {line.part(t.start) for t in line.tag("deeds", "fake")}:
        return replace(voice, stance="denies")
    clauses = clauses or fakes
    is_repelled = bool(line.tag("deeds", "repel") and not line.tag("deeds", "down"))
    # "Repelled; fragments caused a fire" owns up to no hit.
    is_debris = is_repelled and bool(line.tag("deeds", "fall"))
    is_hit = bool(find_tolls(line)) or (bool(done(line, "damage", "fall")) and not is_debris)
    is_foe = bool(line.tag("arms", "drone", "missile") or line.tag("targets", "airfield"))
    is_foe |= event.kind == "strike" and is_debris
    is_hit |= is_repelled and _is_owned_up(line)
    is_void = is_repelled and is_foe and not is_hit and not line.sectors
    return replace(voice, stance="denies") if clauses & fakes or is_void else voice


def as_called_untrue(line: Line, voice: Voice, event: Found) -> Voice:
    """Return a speaker who calls what was told before a lie as one who denies it."""
    is_told_here = any(
        line.start <= start < line.start + len(line.text) for start, _ in event.spans
    )
    is_foe = voice.side != event.value("actor")
    is_lie = bool(line.tag("told", "untrue")) and voice.stance == "claims"
    return replace(voice, stance="denies") if is_lie and is_foe and not is_told_here else voice


def as_owned_up(line: Line, voice: Voice, event: Found) -> Voice:
    """Return the side that was struck as one that confirms a strike which the other claimed.

    Whoever only tells of a fire or of debris does not.
    """
    foes = [v for v in event.voices if v.stance == "claims" and v.side == event.value("actor")]
    is_struck = voice.side in line.theatre.sides and voice.side != event.value("actor")
    is_told = event.kind == "strike" and voice.stance == "claims" and bool(done(line, "strike"))
    is_debris = bool(line.tag("deeds", "fall", "fake", "unharmed"))
    before = [v for v in foes if v.verb_start < line.start]
    is_own = bool(before) and is_struck and is_told and not is_debris
    return replace(voice, stance="confirms") if is_own else voice


def is_of_launching(line: Line, voice: Voice, event: Found) -> bool:
    """Return whether the side that fired confirms that, not that what it fired was shot down."""
    is_down = bool(line.tag("deeds", "down"))
    is_foe = bool(voice.side) and voice.side != event.value("actor")
    return event.kind == "interception" and voice.stance == "confirms" and is_foe and not is_down


def _is_owned_up(line: Line) -> bool:
    """Return whether something was hit all the same: "in repelling it a drone hit a ship"."""
    nouns = lexicon(line.language).pattern("moods", "nouns")
    begin = line.tag("deeds", "repel")[0].start
    arms = [t.start for t in line.tag("arms") if t.start > begin]
    strikes = [t for t in done(line, "strike") if arms and t.start > arms[0]]
    is_debris = bool(line.tag("deeds", "fall"))
    return not is_debris and any(not nouns.fullmatch(line.text, t.start, t.end) for t in strikes)
