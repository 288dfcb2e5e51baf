"""What changed hands, who gained ground and where it was fought over, in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from geoconflict.drafting.deeds import is_light
from geoconflict.drafting.lines import Line
from geoconflict.drafting.phrases import reference
from geoconflict.drafting.sites import is_capital_that_says, is_seat
from geoconflict.drafting.spots import Spot
from geoconflict.drafting.tags import Tag
from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import capitals

_CAPITAL = rf"[{capitals()}][\w'’-]*[\w]"
_NAME = rf"{_CAPITAL}(?:[\s-]+{_CAPITAL}){{0,2}}"
# So far before a side of a place stands the place that lies there.
# An attack told before is no new one.
_DEFINITE = re.compile(r"(?<!\w)(?:the|this|that)\s+$")
_SIDE = 40
_LIST_MARK = re.compile(r"[:–—]|\s-\s")
_KINDS = (
    ("control_change", ("take", "lose")),
    ("advance", ("advance",)),
    ("clash", ("repel", "fight", "assault")),
)


@dataclass(frozen=True)
class Ground:
    """A place and what happened on the ground at it."""

    kind: str
    spot: Spot
    deed: Tag


def find_ground(line: Line, *, in_sector: bool = False) -> list[Ground]:
    """Return the places of a sentence that changed hands or were fought over.

    Parameters
    ----------
    line : Line
        The sentence.
    in_sector : bool
        Whether a sentence before names the sector of the front that it speaks of.
    """
    deeds = [(kind, t) for kind, concepts in _KINDS for t in line.tag("deeds", *concepts)]
    deeds = [(kind, tag) for kind, tag in deeds if not is_light(line, tag)]
    if line.sectors or in_sector:
        # "Tried 52 times to push them out": what is tried in a sector is an assault.
        deeds += [("clash", tag) for tag in line.tag("deeds", "foiled")]
    if not deeds:
        deeds = [("control_change", tag) for tag in _claimed(line)]
    if not deeds:
        return []
    found = []
    for spot in _spots(line):
        kind_and_deed = _deed(line, spot, deeds)
        if kind_and_deed is not None:
            found.append(Ground(kind_and_deed[0], spot, kind_and_deed[1]))
    return found


def _claimed(line: Line) -> list[Tag]:
    """Return the verbs of claiming that a village follows: "the ministry claims Dachne"."""
    claiming = lexicon(line.language).pattern("moods", "claiming")
    starts = {s.start for s in line.spots if not s.is_facility}
    found = claiming.finditer(line.text)
    return [Tag(*m.span(), "deeds", "take") for m in found if m.end() + 1 in starts]


def named_in_sector(line: Line) -> list[Ground]:
    """Return the villages that a sentence without a verb lists for a sector."""
    found: list[Ground] = []
    for sector, after in zip_longest(line.sectors, line.sectors[1:]):
        end = after.start if after else len(line.text)
        mark = _LIST_MARK.search(line.text, sector.end, end)
        for name in re.compile(_NAME).finditer(line.text, mark.end(), end) if mark else ():
            start, stop = name.span()
            if not _is_taken(line, start, stop) and not _is_other(line, start, stop):
                known = next((s for s in line.spots if s.start == start), None)
                deed = Tag(sector.start, sector.end, "deeds", "assault")
                spot = known or Spot(start, stop, name[0], None)
                found.append(Ground("clash", spot, deed))
    return found


def _deed(line: Line, spot: Spot, deeds: list[tuple[str, Tag]]) -> tuple[str, Tag] | None:
    """Return what happened at a place: by the verb before it, else by the one after."""
    before = [d for d in deeds if d[1].end <= spot.start and _is_open(line, d[1].end, spot.start)]
    after = [d for d in deeds if d[1].start >= spot.end and _is_told_of(line, spot, d[1])]
    if not line.tag("deeds", "repel"):
        # "Cuts short a trip to Prague because of the attack on Kyiv."
        after = [d for d in after if not _DEFINITE.search(line.text, 0, d[1].start)]
    near = before or after
    if not near:
        return None
    if before:
        last = max(d[1].end for d in before)
        near = [d for d in before if last - d[1].end < 14]
    order = [kind for kind, _ in _KINDS]
    kind, deed = min(near, key=lambda d: order.index(d[0]))
    repelled = any(
        line.clause(t.start) == line.clause(deed.start) for t in line.tag("deeds", "repel")
    )
    return ("clash" if repelled and kind != "clash" else kind), deed


def _is_told_of(line: Line, spot: Spot, deed: Tag) -> bool:
    """Return whether a verb is in the clause of a place, or in one that says "which" of it."""
    if line.clause(deed.start) == line.clause(spot.start):
        return True
    begin = line.clauses[line.clause(deed.start)]
    is_next = line.clause(deed.start) - line.clause(spot.start) == 1
    return is_next and line.is_aside(deed.start, spot.start) and spot is _last_of(line, begin)


def _last_of(line: Line, end: int) -> Spot | None:
    return max((s for s in line.spots if s.end <= end), key=lambda s: s.end, default=None)


def _is_open(line: Line, start: int, end: int) -> bool:
    return line.part(start) == line.part(end) and not re.search(r"\.\s", line.text[start:end])


def _spots(line: Line) -> list[Spot]:
    """Return the places of a sentence, with the names of lists that are not known otherwise."""
    ground = [s for s in line.spots if s.place is None or s.place.kind in ("settlement", "admin2")]
    known = [s for s in ground if not _is_other(line, s.start, s.end) and not is_seat(line, s)]
    listed = [
        s for s in _listed(line) if not any(s.start < k.end and k.start < s.end for k in known)
    ]
    return sorted([*known, *listed], key=lambda spot: spot.start)


def _is_other(line: Line, start: int, end: int) -> bool:
    """Return whether a name only says where another place lies, or is that of a sector."""
    before = line.text[max(0, start - 60) : start]
    if any(start - deed.end == 1 for deed in line.tag("deeds", "lose")):
        # "Withdrew from".
        return False
    if before.endswith("(") and _named_before(line.language).search(before):
        # "Stupochky (Donetsk)" says where the village lies.
        return True
    beyond = reference(line.language, "beyond")
    if reference(line.language, "said_in").search(before):
        return True
    aside = beyond.search(before)
    if aside and not _is_side(line, start - len(before) + aside.start(), end):
        return True
    near = _near_another(line.language).search(before)
    if near and any(t.start == start - len(before) + near.start() for t in line.tag("sides")):
        near = None
    if near is not None and not beyond.search(before[: near.start()]):
        return True
    return _sector(line.language).match(line.text, end) is not None


def _is_side(line: Line, at: int, end: int) -> bool:
    """Return whether a side of a place is told without another place: "advanced north of X"."""
    words = lexicon(line.language)
    if words.pattern("compass", "N", "S", "E", "W").match(line.text, at) is None:
        return False
    near = words.any_of("links", "near")
    nearer = re.match(rf":|\s+(?i:{near})\s+{_CAPITAL}", line.text[end:])
    before = re.sub(r"\w+-$", "", line.text[max(0, at - _SIDE) : at])
    return nearer is None and _named_before(line.language).search(before) is None


@cache
def _named_before(language: str) -> re.Pattern[str]:
    """Return the pattern of a name at the end of a text, small words after it or not."""
    village = lexicon(language).any_of("clauses", "village")
    joints = lexicon(language).any_of("clauses", "and")
    aside = rf"(?:,\s+(?:\w+\s+){{1,3}}{village}\s+)?"
    return re.compile(
        rf"{_CAPITAL}{aside}[\s,(]*(?:{village}|\d+\s*\w+|\b(?!{joints}\b)\w{{1,3}}\b|\s)*(?<=[\s,(])$"
    )


@cache
def _near_another(language: str) -> re.Pattern[str]:
    """Return the pattern of a name and a word for near it: "Novyi Trud near" another place."""
    near = lexicon(language).any_of("links", "near")
    return re.compile(rf"[{capitals()}](?![{capitals()}])[\w'’ʼ-]+\s+(?i:{near})\s+$")


def _listed(line: Line) -> Iterator[Spot]:
    """Yield the capital names that stand in a list after a word for villages, or a verb."""
    for match in _lists(line.language).finditer(line.text):
        for name in re.finditer(_NAME, match["list"]):
            start = match.start("list") + name.start()
            end = match.start("list") + name.end()
            end = min([end, *(r.start for r in line.regions if start < r.start < end)])
            end = start + len(line.text[start:end].rstrip())
            spot = Spot(start, end, line.text[start:end], None)
            is_other = _is_other(line, start, end) or _is_taken(line, start, end)
            if not is_other and not is_capital_that_says(line, spot):
                yield spot


def _is_taken(line: Line, start: int, end: int) -> bool:
    tags = [
        *line.tag("bodies"),
        *line.tag("offices"),
        *line.tag("arms"),
        *line.tag("sides"),
        *line.tag("days"),
    ]
    tags += line.tag("told", "no_place")
    if any(0 <= t.start - end <= 1 for t in line.tag("told", "group_of")):
        return True
    tags += [t for t in line.tag("targets") if line.text[t.start : t.end].isupper()]
    spans = (
        [(t.start, t.end) for t in tags]
        + [(w.start, w.end) for w in line.days]
        + [(r.start, r.end) for r in line.regions]
        + [(n.start, n.end) for n in line.numbers]
    )
    if line.text[start:end].casefold() in lexicon(line.language).months:
        return True
    spans += [
        (m.start, m.end)
        for m in line.passage.mentions
        if m.place is not None and m.place.kind in ("country", "water", "facility")
    ]
    return any(a < end and start < b for a, b in spans)


@cache
def _sector(language: str) -> re.Pattern[str]:
    direction = lexicon(language).any_of("clauses", "direction")
    joints = lexicon(language).any_of("clauses", "and")
    # "На Покровському та Краматорському напрямках": the word stands with the last of them.
    more = rf"(?:\s*(?:,|,?\s(?i:{joints})\s)\s*{_CAPITAL})*"
    return re.compile(rf"{more}\s*(?i:{direction})(?!\w)")


@cache
def _lists(language: str) -> re.Pattern[str]:
    words = lexicon(language)
    joints = words.any_of("clauses", "and")
    deeds = words.any_of("deeds", "take", "lose")
    near = words.any_of("clauses", "near", "toward")
    lead = rf"(?:{words.any_of('clauses', 'village')}|{near}|{deeds})"
    filler = rf"(?i:(?:{near}\s+)?(?:{words.any_of('clauses', 'itself', 'village')}\s+)?)"
    more = rf"(?:\s*(?:,|,?\s*{joints})\s*{filler}{_NAME})*"
    return re.compile(rf"(?<!\w)(?i:{lead})[\s:]+{filler}(?P<list>{_NAME}{more})")
