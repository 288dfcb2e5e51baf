"""Which deeds of a sentence are told as done, and not feared, planned, tried or denied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from geoconflict.drafting.lines import Line
from geoconflict.drafting.tags import Tag
from geoconflict.lexicon import is_month, lexicon
from geoconflict.lexicon.words import capitals

# A word that voids a deed stands so near before it at most.
_VOID_REACH = 60
# So near after "left" stands what somebody was left without.
_LEFT = 40
# An assault that was only tried was one.
_TRIED_IS_DONE = ("repel", "assault", "fight", "foiled")
# So little stands between the weather and what it did; "the" makes its verb a noun.
_OF_NATURE = re.compile(r"(?:\s+(?!(?:the|an?)\b)\w+){0,3}\s+")
_STOP = re.compile(r"[,;:]")


def done(line: Line, *concepts: str) -> list[Tag]:
    """Return the deeds of some concepts that a sentence tells as done, in their order."""
    return [deed for deed in line.tag("deeds", *concepts) if not is_void(line, deed)]


def is_void(line: Line, deed: Tag) -> bool:
    """Return whether a deed is feared, planned, tried, asked for or denied, not told as done."""
    is_assault = deed.concept in _TRIED_IS_DONE and bool(line.tag("deeds", "foiled"))
    words = lexicon(line.language)
    without = words.pattern("moods", "without")
    if deed.concept == "lose" and without.search(line.text, deed.end, deed.end + _LEFT):
        # "Left the town without power".
        return True
    if words.pattern("moods", "alarm").match(line.text, deed.end + 1):
        # "Air raid sirens".
        return True
    if is_light(line, deed) or is_tried(line, deed) or (_is_open(line, deed) and not is_assault):
        return True
    if _is_recounted(line, deed) or _is_supposed(line, deed):
        return True
    if deed.concept in ("take", "lose") and words.pattern("moods", "attributive").fullmatch(
        line.text, deed.start, deed.end
    ):
        return True
    fakes = [*line.tag("deeds", "fake"), *line.tag("told", "accident")]
    return any(line.clause(tag.start) == line.clause(deed.start) for tag in fakes)


def is_light(line: Line, deed: Tag) -> bool:
    """Return whether a verb of taking means something else: no place or side follows it."""
    light = lexicon(line.language).pattern("moods", "light")
    if not light.fullmatch(line.text, deed.start, deed.end):
        return False
    is_done = any(tag.start - deed.end == 1 for tag in line.tag("sides"))
    return not is_done and not _named(line.language).match(line.text, deed.end)


def is_tried(line: Line, deed: Tag) -> bool:
    """Return whether words before a deed say that it was only tried or thought of."""
    voids = ("no_event",) if deed.concept in _TRIED_IS_DONE else ("no_event", "foiled")
    for tag in line.tag("deeds", *voids):
        if is_month(line.text, tag.start, tag.end):
            continue
        gap = line.text[tag.end : deed.start]
        if tag.end <= deed.start and len(gap) < _VOID_REACH and not _STOP.search(gap):
            return True
        # "Seizing it could allow them to advance": the deed itself is what might come.
        is_subject = deed.start < tag.start and line.text[deed.start : deed.end].endswith("ing")
        gap = line.text[deed.end : tag.start]
        if is_subject and len(gap) < _VOID_REACH and not _STOP.search(gap):
            return True
    return False


def _is_recounted(line: Line, deed: Tag) -> bool:
    """Return whether a deed is rehearsed, or told of anew: in a trial, a film."""
    told = line.tag("told", "recounted")
    return any(line.part(tag.start) == line.part(deed.start) for tag in told)


def _is_supposed(line: Line, deed: Tag) -> bool:
    """Return whether a noun of a deed is but thought of: "a strike on the port would halt"."""
    words = lexicon(line.language)
    if words.values("moods", "indefinite"):
        article = rf"(?<!\w){words.any_of('moods', 'indefinite')}\s+(?:\w+\s+){{0,2}}$"
        is_noun = re.search(article, line.text[: deed.start], re.IGNORECASE) is not None
    else:
        noun = words.pattern("moods", "nouns").fullmatch(line.text, deed.start, deed.end)
        is_noun = noun is not None
    would = words.pattern("moods", "conditional").search(line.text, deed.end)
    if not is_noun or would is None:
        return False
    return line.clause(would.start()) == line.clause(deed.start)


def _is_open(line: Line, deed: Tag) -> bool:
    """Return whether a verb stands in a form that leaves open whether it was done: "to seize"."""
    opening, managed = _patterns(line.language)
    match = opening.search(line.text[: deed.end])
    return match is not None and not managed.search(line.text[: deed.start])


def is_natural(line: Line) -> bool:
    """Return whether weather or an accident did what a sentence tells: "a storm hit Odesa"."""
    nature = line.tag("told", "nature", "accident")
    if not nature or any(not any(arm.is_over(n) for n in nature) for arm in line.tag("arms")):
        return False
    nouns = lexicon(line.language).pattern("moods", "nouns")
    strikes = [t for t in line.tag("deeds", "strike") if not any(t.is_over(n) for n in nature)]
    verbs = [t for t in strikes if not nouns.fullmatch(line.text, t.start, t.end)]
    return len(verbs) == len(strikes) and all(
        any(_OF_NATURE.fullmatch(line.text, n.end, t.start) for n in nature) for t in verbs
    )


def is_beaten_off(line: Line, deed: Tag) -> bool:
    """Return whether an attack is told to be fought off: "отражается атака БПЛА"."""
    if deed.concept != "strike" or not line.tag("arms"):
        return False
    repels = line.tag("deeds", "repel")
    gaps = [line.text[repel.end : deed.start] for repel in repels]
    gaps += [line.text[deed.end : t.start] for t in [*repels, *line.tag("deeds", "down")]]
    return any(re.fullmatch(r"\s+(?:\w+\s+){0,3}", gap) for gap in gaps)


def is_done_to(line: Line, deed: Tag) -> bool:
    """Return whether a thing stands right behind a verb as what it was done to: "blew up a bridge".

    "Blew up at the depot" and "взорвался склад" tell of no doer.
    """
    words = lexicon(line.language)
    if words.pattern("moods", "reflexive").fullmatch(line.text, deed.start, deed.end):
        return False
    near = words.any_of("clauses", "near")
    gap = re.compile(rf"\s+(?:(?!(?:{near})\s)[^\W_][\w'’-]*\s+){{0,3}}", re.IGNORECASE)
    things = [t for t in line.tag("targets") if t.start > deed.end]
    return any(gap.fullmatch(line.text, deed.end, thing.start) for thing in things)


def is_led(line: Line, deed: Tag) -> bool:
    """Return whether a deed is but what something came after: "after the drone attack"."""
    after = lexicon(line.language).any_of("moods", "after")
    lead = rf"(?<!\w){after}\s+(?:[^\s,.;:]+\s+){{0,4}}$"
    return re.search(lead, line.text[: deed.start], re.IGNORECASE) is not None


def are_many(line: Line, deeds: Sequence[Tag]) -> bool:
    """Return whether deeds are but nouns of many: "strikes on refineries" tells none of them."""
    many = lexicon(line.language).pattern("moods", "many")
    return all(many.fullmatch(line.text, deed.start, deed.end) for deed in deeds)


@cache
def _named(language: str) -> re.Pattern[str]:
    """Return the pattern of a name right after a verb, with a word for a village or without."""
    village = lexicon(language).any_of("clauses", "village")
    return re.compile(rf"\s+(?:the\s+)?(?:(?i:{village})\s+)?[{capitals()}]")


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of an infinitive or purpose at the end, and of what makes it a deed."""
    words = lexicon(language)
    purpose = rf"{words.any_of('moods', 'before_noun')}\s+\w+ing"
    infinitive = rf"{words.any_of('moods', 'before_verb')}\s+(?:\w+ly\s+)?\w+(?<!s|g|d)"
    ending = rf"\w+{words.any_of('moods', 'endings')}"
    opening = rf"(?<!\w)(?:{purpose}|{infinitive}|{ending})$"
    managed = rf"(?<!\w){words.any_of('moods', 'managed')}(?:\s+[\w'’-]+){{0,4}}\s+$"
    return re.compile(opening, re.IGNORECASE), re.compile(managed, re.IGNORECASE)
