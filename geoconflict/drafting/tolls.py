"""How many people a sentence says were killed and injured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from geoconflict.drafting.headcounts import BESIDE, counts_people, is_taken_back
from geoconflict.drafting.lines import Line
from geoconflict.drafting.numbers import Number
from geoconflict.drafting.tags import Tag
from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import any_form

# "— 54-year-old woman": so far behind the dash stands whom it names.
_ELIDED, _AGE_LONG = re.compile(r"\s+[—–-]\s+"), 16


@dataclass(frozen=True)
class Toll:
    """A number of people killed or injured: the column, the value and its characters."""

    column: str
    value: int
    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class _Piece:
    """A piece of a sentence between commas and conjunctions, and what counts in it."""

    start: int
    end: int
    words: tuple[Tag, ...]
    numbers: tuple[Number, ...]
    is_among: bool


def find_tolls(line: Line) -> list[Toll]:
    """Return how many people a sentence says were killed and injured, in their order.

    "No one" is none of them (see ``find_unharmed``), and "as many as 12" no number.
    """
    is_untrue = line.tag("deeds", "fake") and not line.tag("deeds", "strike")
    if is_untrue or not line.tag("toll", "killed", "injured"):
        return []
    pieces = list(_pieces(line))
    found: list[Toll] = []
    for index, piece in enumerate(pieces):
        words = [w for w in piece.words if not _is_none(line, w)]
        for order, word in enumerate(words):
            toll = _toll(line, pieces, index, word, order)
            if toll is not None and not _is_bound(line, toll):
                found.append(toll)
    return _distinct(found + _risen(line, found)) + _elided(line, found)


def _elided(line: Line, found: list[Toll]) -> list[Toll]:
    """Return people of a further place whose verb is left out: "in A one was hurt, in B — two"."""
    if len({toll.column for toll in found}) != 1 or len(line.spots) < 2:
        return []
    elided = []
    for spot in line.spots[1:]:
        dash = _ELIDED.match(line.text, spot.end)
        people = [
            t for t in line.tag("toll", "one") if dash and 0 <= t.start - dash.end() <= _AGE_LONG
        ]
        counted = [n for n in line.numbers if dash and n.start == dash.end()]
        words = [w for w in _words(line) if dash and 0 <= w.start - dash.end() <= BESIDE]
        if words or found[0].end > spot.start or not (people or counted):
            continue
        is_one = bool(people) and not any(counts_people(line, number) for number in counted)
        told = people[0] if is_one else counted[0] if counted else people[0]
        value = 1 if is_one else counted[0].value
        elided.append(Toll(found[0].column, value, told.start, told.end, "number at a place"))
    return elided


def find_since_dead(line: Line) -> tuple[Toll, bool] | None:
    """Return who died since the dead were counted, and whether of those counted as injured.

    "Later one more man died in hospital", "one of the injured died of her wounds"; None where a
    sentence does not say that the number grew by them.
    """
    since = line.tag("toll", "succumbed") or (
        line.tag("told", "later") and line.tag("toll", "killed")
    )
    hurt, more = line.tag("toll", "of_injured"), line.tag("toll", "further")
    hurt = hurt or _hurt_before(line)
    people: list[Number | Tag] = list(line.numbers)
    people += line.tag("toll", "people", "one", "of_injured")
    people = [p for p in people if not any(0 < a.start - p.end <= 2 for a in line.tag("arms"))]
    more = [t for t in more if any(0 < one.start - t.end <= 2 for one in people)]
    if not since or not (hurt or more) or line.tag("toll", "rose", "at_first"):
        return None
    led = [t.end for t in more]
    counts = [n for n in line.numbers if any(0 < n.start - end <= 2 for end in led)]
    counts += [n for n in line.numbers if any(0 < t.start - n.end <= 2 for t in hurt)]
    value = counts[0].value if counts else 1
    if any(t.column == "killed" and t.value != value for t in find_tolls(line)):
        # "At first he wrote of two, later five more were found": the sentence counts them all.
        return None
    head = (hurt or more)[0]
    start, end = min(head.start, since[0].start), max(head.end, since[0].end)
    return Toll("killed", value, start, end, "died since"), bool(hurt)


def _hurt_before(line: Line) -> list[Tag]:
    """Return the word for how somebody was hurt who died of it: "a man wounded on Monday died"."""
    died, hurt = line.tag("toll", "succumbed"), line.tag("toll", "injured")
    who = [*line.tag("toll", "one"), *line.tag("toll", "people")]
    is_one = bool(died and who) and not any(counts_people(line, number) for number in line.numbers)
    return [t for t in hurt if t.end <= died[0].start][:1] if is_one else []


def find_unharmed(line: Line) -> list[Toll]:
    """Return the columns of which a sentence says that they count nobody: "no one was hurt"."""
    columns = {
        "unharmed": ("killed", "injured"),
        "none_killed": ("killed",),
        "none_injured": ("injured",),
    }
    told = [(tag.concept, tag.start, tag.end) for tag in line.tag("toll", *columns)]
    told += [
        (concept, *match.span())
        for concept, pattern in _none_of(line.language).items()
        for match in pattern.finditer(line.text)
    ]
    found = [
        Toll(column, 0, start, end, "nobody harmed")
        for concept, start, end in told
        for column in columns[concept]
    ]
    return _distinct(found)


@cache
def _none_of(language: str) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of what says that there were no injured or dead.

    "Ни разрушений, ни раненых", "пострадавших, по данным губернатора, нет".
    """
    words = lexicon(language)
    before, after = words.any_of("counting", "none_before"), words.any_of("counting", "none_after")
    more = rf"\w+,?\s+(?:{words.any_of('clauses', 'and')}|{before})"
    aside = r"\s*,[^.;:,\d]{3,60},"
    patterns = {}
    for concept, nouns in words.values("counting", "none_of").items():
        who = any_form(nouns)
        forms = [rf"{before}\s+(?:{more}\s+)?{who}"]
        if words.forms("counting", "none_after"):
            joint = rf"(?:\s+{words.any_of('clauses', 'and')}\s+\w+)?"
            forms.append(rf"{who}{joint}(?:{aside})?\s+{after}")
        source = rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"
        patterns[concept] = re.compile(source, re.IGNORECASE)
    return patterns


def _is_bound(line: Line, toll: Toll) -> bool:
    """Return whether a number is but the most there can be: "up to 12", "feared dead"."""
    words = line.tag("toll", "bound")
    return any(toll.start <= w.start < toll.end or toll.start - w.end == 1 for w in words)


def _risen(line: Line, found: list[Toll]) -> list[Toll]:
    """Return the numbers that earlier ones of the sentence grew to: "rose to 26"."""
    risen = []
    for tag in line.tag("toll", "rose"):
        after = [n for n in line.numbers if 0 <= n.start - tag.end <= 2]
        before = [t.column for t in found if t.end <= tag.start]
        before = before or [w.concept for w in _words(line) if w.end <= tag.start]
        if after and before and not any(t.start <= after[0].start < t.end for t in found):
            number = after[0]
            risen.append(Toll(before[-1], number.value, number.start, number.end, "number"))
    return risen


def _toll(line: Line, pieces: list[_Piece], index: int, word: Tag, order: int) -> Toll | None:
    piece = pieces[index]
    column = word.concept
    if piece.is_among:
        return None
    number = _in_piece(piece, word, order)
    one = _one(line, piece, word)
    if number is None and one is None:
        number = _beside(line, pieces, index, word)
    told = number or one
    if told is None:
        return _single(line, column, word)
    value, rule = (number.value, "number") if number else (1, "one person")
    start, end = min(word.start, told.start), max(word.end, told.end)
    if len(piece.words) == 1 and piece.start <= told.start < piece.end:
        for more in _joined(line, pieces, index):
            value, rule = (
                value + (more.value if isinstance(more, Number) else 1),
                "numbers added up",
            )
            start, end = min(start, more.start), max(end, more.end)
    return Toll(column, value, start, end, rule)


def _single(line: Line, column: str, word: Tag) -> Toll | None:
    """Return one person where a verb of one is said of somebody: "a baker, 60, was killed"."""
    led = _one_harmed(line.language).search(line.text, 0, word.end)
    words = lexicon(line.language)
    no = rf"(?<!\w){words.any_of('negation', 'not')}\s+$"
    if led and any(t.start >= led.start() for t in line.tag("targets")):
        # "A hospital was hurt".
        return None
    if line.relative(word.start) or line.tag("told", "recounted"):
        return None
    is_of_strike = line.tag("arms") or line.tag("deeds", "strike", "fall") or not line.spots
    if not (led and is_of_strike) or re.search(no, line.text[: led.start()], re.IGNORECASE):
        return None
    is_led = bool(words.forms("counting", "one_led"))
    start = led.start() if is_led else line.clauses[line.clause(led.start())]
    end = word.end if is_led else word.end + BESIDE
    if words.pattern("counting", "one_group").search(line.text, start, end):
        return None
    return Toll(column, 1, word.start, word.end, "one person")


@cache
def _one_harmed(language: str) -> re.Pattern[str]:
    words = lexicon(language)
    verbs = words.any_of("counting", "one_harmed")
    who = rf"{words.any_of('counting', 'one_led')}\s+(?:\w+\s){{0,2}}\w+(?:,\s[^,;.]{{1,30}},)?\s+"
    led = who if words.forms("counting", "one_led") else ""
    return re.compile(rf"(?<!\w){led}{verbs}$", re.IGNORECASE)


def _joined(line: Line, pieces: list[_Piece], index: int) -> Iterator[Number | Tag]:
    """Yield who else a word counts: "two women and three children were killed"."""
    joint = lexicon(line.language).pattern("clauses", "and")
    own = pieces[index]
    is_listed = any(own.start <= t.start < own.end for t in line.tag("toll", "among"))
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(pieces):
            low, high = sorted((at, at - step))
            gap = line.text[pieces[low].end : pieces[high].start]
            more = _plain(line, pieces[at]) if joint.search(gap) else None
            later = next((p for p in pieces[high + 1 :] if not p.is_among), None)
            is_theirs = later is not None and later.words and not later.numbers
            if more is None or is_listed or (step > 0 and is_theirs):
                break
            yield more
            at += step


def _plain(line: Line, piece: _Piece) -> Number | Tag | None:
    """Return how many people a piece names without saying anything of them."""
    verbs = lexicon(line.language).pattern("moods", "finite")
    if piece.words or piece.is_among or verbs.search(line.text, piece.start, piece.end):
        return None
    people = line.tag("toll", "people")
    deeds = [t.start for t in line.tag("deeds") if piece.start <= t.start < piece.end]
    for number in piece.numbers[:1]:
        is_of_people = any(0 < t.start - number.end <= BESIDE for t in people)
        is_first = all(start > number.end for start in deeds)
        return number if is_of_people and is_first and len(piece.numbers) == 1 else None
    if deeds:
        return None
    if any(piece.start <= number.start < piece.end for number in line.numbers):
        return None
    return next((t for t in line.tag("toll", "one") if piece.start <= t.start < piece.end), None)


def _in_piece(piece: _Piece, word: Tag, order: int) -> Number | None:
    """Return the number of a piece that counts a word: the nearest, one for each word."""
    if not piece.numbers:
        return None
    if len(piece.words) > 1 and len(piece.numbers) == len(piece.words):
        return piece.numbers[order] if order < len(piece.numbers) else None
    taken = {n for w in piece.words if w != word and w < word for n in piece.numbers[:1]}
    free = [n for n in piece.numbers if n not in taken]
    return min(free, key=lambda n: _apart(n, word)) if free else None


def _apart(number: Number, word: Tag) -> int:
    return max(number.start - word.end, word.start - number.end)


def _beside(line: Line, pieces: list[_Piece], index: int, word: Tag) -> Number | None:
    """Return the number of the piece before, past "among them", where it counts no one else."""
    at = index - 1
    while at >= 0 and pieces[at].is_among:
        at -= 1
    is_of_part = at >= 0 and line.part(pieces[at].start) == line.part(word.start)
    if (
        is_of_part
        and not pieces[at].words
        and pieces[at].numbers
        and word.start - pieces[at].end < 90
    ):
        people = line.tag("toll", "people")
        near = (n for n in pieces[at].numbers if any(0 < t.start - n.end <= 4 for t in people))
        return next(near, pieces[at].numbers[0])
    after = index + 1
    if after < len(pieces) and not pieces[after].words and pieces[after].numbers:
        piece = pieces[after]
        between = [n for n in line.numbers if word.end <= n.start < piece.start]
        reach = 2 * BESIDE if any(is_taken_back(line, n) for n in between) else 14
        if not piece.is_among and piece.numbers[0].start - word.end <= reach:
            return piece.numbers[0]
    return None


def _one(line: Line, piece: _Piece, word: Tag) -> Tag | None:
    for one in line.tag("toll", "one"):
        if (
            piece.start <= one.start < piece.end
            and max(one.start - word.end, word.start - one.end) <= 30
        ):
            return one
    return None


def _is_none(line: Line, word: Tag) -> bool:
    nones = line.tag("toll", "none", "unharmed", "none_killed", "none_injured")
    near = [t for t in nones if -4 <= word.start - t.end <= 22 or t.is_over(word)]
    return any(not re.search("[,;]", line.text[t.end : word.start]) for t in near)


def _pieces(line: Line) -> Iterator[_Piece]:
    """Yield the pieces of a sentence that commas, stops and conjunctions cut."""
    bounds = [0]
    ends = []
    for match in _cut(line.language).finditer(line.text):
        ends.append(match.start())
        bounds.append(match.end())
    ends.append(len(line.text))
    words = _words(line)
    among = line.tag("toll", "among")
    for start, end in zip(bounds, ends, strict=True):
        numbers = [n for n in line.numbers if start <= n.start < end and counts_people(line, n)]
        first = numbers[0].start if numbers else end
        yield _Piece(
            start,
            end,
            tuple(w for w in words if start <= w.start < end),
            tuple(numbers),
            any(start <= t.start < end and t.start <= first for t in among),
        )


def _words(line: Line) -> list[Tag]:
    """Return the words of killing and injuring, each once."""
    found = line.tag("toll", "killed", "injured")
    kept: list[Tag] = []
    for tag in found:
        if kept and (
            tag.is_over(kept[-1])
            or (tag.concept == kept[-1].concept and tag.start - kept[-1].end <= 3)
        ):
            continue
        kept.append(tag)
    return kept


def _distinct(found: list[Toll]) -> list[Toll]:
    kept: dict[tuple[str, int], Toll] = {}
    for toll in found:
        kept.setdefault((toll.column, toll.value), toll)
    return sorted(kept.values(), key=lambda toll: toll.start)


@cache
def _cut(language: str) -> re.Pattern[str]:
    joints = lexicon(language).any_of("clauses", "and")
    return re.compile(rf"[,;:–—()]|\.\s|\s{joints}\s", re.IGNORECASE)
