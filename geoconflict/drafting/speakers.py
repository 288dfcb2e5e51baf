"""Who may speak in a sentence: bodies, offices and persons, with their side and region."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from geoconflict.drafting.lines import Line
from geoconflict.drafting.regions import Region, unit_before
from geoconflict.drafting.spots import Spot
from geoconflict.lexicon import languages, lexicon
from geoconflict.lexicon.words import any_form, capitals, form_pattern

CAPITAL = rf"(?:[{capitals()}][\w'’-]*\w|[{capitals()}]\.)"
_NAMES = re.compile(rf"(?:\s+{CAPITAL}){{1,4}}")
_OF_BODY = re.compile(rf"\s+(?:of|for)(?:\s+the)?(?:\s+{CAPITAL}){{1,5}}")
_NAMES_BEFORE = re.compile(rf"(?:{CAPITAL}(?:['’]s)?\s+){{1,4}}$")
_QUOTED = re.compile(rf"\s*[«\"“](?=[{capitals()}\d])[^«»\"“”]{{2,40}}[»\"”]")
# What an office is of stands between it and the name: "глава военной администрации Иван Иванов".
_OF_WHAT = re.compile(
    rf"(?:['’]s)?(?:\s+[^\W\d_][\w'’-]*){{1,5}}?,?(?P<name>\s+{CAPITAL}\s+{CAPITAL}(?:\s+{CAPITAL})?)(?![\w-])"
)
# So long is what stands between two parts of one speaker at most.
_JOINT = 34


@dataclass(frozen=True)
class Speaker:
    """Words that name who speaks; ``rule`` says how they are known, ``unit`` of which region."""

    start: int
    end: int
    side: str
    rule: str
    unit: str = ""


def find_speakers(line: Line) -> list[Speaker]:
    """Return the words of a sentence that name who may speak, in their order."""
    found = [*_bodies(line), *_offices(line), *_known_persons(line), *_units(line)]
    return [_with_region(line, one) for one in _joined(line, found)]


def seat_of(line: Line) -> Spot | None:
    """Return the town whose official speaks in a sentence: "the mayor of Konotop wrote"."""
    local = line.tag("offices", "local")
    offices = [s for s in find_speakers(line) if any(s.start <= t.start < s.end for t in local)]
    for mention in line.passage.places:
        place = mention.place
        own = [s for s in offices if s.start <= mention.start and mention.end <= s.end]
        if not own or place is None or place.kind != "settlement":
            continue
        # "Mayor Vladimir Ivanov" is of no town of that name.
        names = re.findall(CAPITAL, line.text[mention.end : own[0].end])
        if len(names) != 1 and place.country in line.theatre.sides:
            return Spot(mention.start, mention.end, mention.text, place, mention)
    return None


def region_of_office(line: Line) -> Region | None:
    """Return the region whose official speaks in a sentence, None where none or several do."""
    units = {s.unit: s for s in find_speakers(line) if s.rule == "office named" and "-" in s.unit}
    if len(units) != 1:
        return None
    ((code, speaker),) = units.items()
    return Region(speaker.start, speaker.end, code)


def _with_region(line: Line, speaker: Speaker) -> Speaker:
    """Return a speaker with the whole name of the region it ends in: "оперштаб … края"."""
    ends = (r.end for r in line.regions if r.start < speaker.end < r.end)
    return replace(speaker, end=max(ends, default=speaker.end))


def named(line: Line, speaker: Speaker) -> str:
    """Return the name of who speaks; that of a body as it stands alone: "у Генштабі"."""
    text = " ".join(line.text[speaker.start : speaker.end].split())
    if speaker.rule not in ("body named", "country named"):
        return text
    for name, pattern in _nominatives(line.language).items():
        match = pattern.match(text)
        if match:
            first = name[0].upper() if text[0].isupper() else name[0]
            return first + name[1:] + text[match.end() :]
    return text


@cache
def _nominatives(language: str) -> dict[str, re.Pattern[str]]:
    names = lexicon(language).values("speaking", "names")
    return {
        name: re.compile(rf"{any_form(forms)}(?!\w)", re.IGNORECASE)
        for name, forms in names.items()
    }


def person_of(name: str) -> tuple[str, str, str]:
    """Return the side of a person, how it is known, and the unit whose official they are.

    Examples
    --------
    >>> person_of("Віталій Кличко"), person_of("Dmitry Peskov")
    (('UA', 'person named', 'UA-30'), ('RU', 'person named', ''))
    """
    found = (key for key, pattern in _persons().items() if pattern.search(name))
    side, _, unit = next(found, "").partition(" ")
    return side, "person named", unit


@cache
def _persons() -> dict[str, re.Pattern[str]]:
    with Path(__file__).with_name("persons.toml").open("rb") as file:
        table = tomllib.load(file)
    return {
        key: re.compile(rf"(?<!\w)(?:{'|'.join(map(_family_name, forms))})(?!\w)", re.IGNORECASE)
        for key, forms in table.items()
    }


def _family_name(form: str) -> str:
    """Return the pattern of a family name in every case: "Popko" begins other names, too."""
    if form.isascii() or not form.endswith("*"):
        return form_pattern(form)
    return form_pattern(form[:-1]) + any_form(_family_endings())


@cache
def _family_endings() -> tuple[str, ...]:
    cases = (lexicon(one).sections.get("cases", {}) for one in languages())
    return tuple(ending for case in cases for ending in case.get("family", ()))


def _bodies(line: Line) -> Iterator[Speaker]:
    tags = line.tag("bodies", *line.theatre.sides, "other")
    for tag in tags:
        if any(o.start <= tag.start and tag.end <= o.end and o.end > tag.end for o in tags):
            continue
        if line.text[tag.end : tag.end + 2] in ("'s", "’s") or line.text[tag.end :][:1] == "-":
            continue
        is_closed = line.text[tag.end : tag.end + 1] in ("»", "”")
        is_quoted = is_closed and re.search(
            "[«“](?P<first>.)[^»”]*$", line.text[tag.start : tag.end]
        )
        if is_quoted and is_quoted["first"].islower():
            # Troops that "liberated" a town are not called so.
            continue
        end = tag.end + 1 if is_quoted else _with_name(line.text, tag.end)
        # "Ukrainian Telegram channels", where those alone are taken for Russian.
        owner = next((t for t in line.tag("sides") if t.end == tag.start - 1), None)
        is_owned = owner is not None and line.text[tag.start].islower()
        start, side = (owner.start, owner.concept) if owner and is_owned else (tag.start, "")
        yield Speaker(start, end, side or tag.concept, "body named")


def _offices(line: Line) -> Iterator[Speaker]:
    imposed = line.tag("offices", "imposed")
    for tag in line.tag("offices", "local", "nation", "source", "investigators"):
        ends = [r.end for r in line.regions if 0 <= r.start - tag.end <= 1]
        bare = ends[0] if ends else tag.end
        end = _with_name(line.text, bare)
        if " " not in line.text[bare:end].strip():
            # "Глава Шатурского округа Алексей Артюхин".
            end = _with_far_name(line, end)
        start = _with_place(line, tag.start)
        side, unit = _office_of(line, start, end)
        if any(abs(t.start - tag.start) < 40 for t in imposed):
            side = line.theatre.opponent
            # "Appointed by Moscow" says nothing of the region.
            unit = "" if unit.startswith(side) else unit
            start = min([start, *(t.start for t in imposed if t.start < start <= t.end + 1)])
        yield Speaker(start, end, side, "office named", unit)
    for tag in line.tag("offices", "footage"):
        yield Speaker(tag.start, tag.end, "", "footage named")


def _units(line: Line) -> Iterator[Speaker]:
    """Yield numbered units right before what they say: "16-та бригада спростувала"."""
    verbs = {tag.start for tag in line.tag("stances")}
    for match in _numbered_units(line.language).finditer(line.text):
        if match.end() + 1 in verbs or line.text[match.end() : match.end() + 1] == ":":
            yield Speaker(*match.span(), "", "body named")


@cache
def _numbered_units(language: str) -> re.Pattern[str]:
    words = lexicon(language)
    unit = words.any_of("speaking", "units")
    return re.compile(
        rf"(?<!\w)\d{{1,3}}[-–]?[^\W\d]{{1,3}}(?:\s+[\w-]+){{0,4}}?\s+{unit}(?!\w)", re.IGNORECASE
    )


def _known_persons(line: Line) -> Iterator[Speaker]:
    for key, pattern in _persons().items():
        side, _, unit = key.partition(" ")
        for match in pattern.finditer(line.text):
            if not match[0][0].isupper():
                continue
            before = _NAMES_BEFORE.search(line.text[: match.start()])
            start = before.start() if before else match.start()
            if line.text[start : match.start()].strip().endswith(("'s", "’s")):
                start = match.start()
            yield Speaker(start, match.end(), side, "person named", unit)


def _with_name(text: str, end: int) -> int:
    """Return where the name after an office or a body ends."""
    quoted = _QUOTED.match(text, end)
    end = quoted.end() if quoted else end
    name = _NAMES.match(text, end)
    end = name.end() if name else end
    body = _OF_BODY.match(text, end)
    return body.end() if body else end


def _with_far_name(line: Line, end: int) -> int:
    """Return where the name behind an office and what it is of ends, with no verb between."""
    match = _OF_WHAT.match(line.text, end)
    if match is None:
        return end
    known = [*line.tag("stances"), *line.tag("deeds"), *line.tag("arms")]
    known += line.tag("toll", "killed", "injured")
    is_broken = any(end <= t.start < match.end() for t in known)
    places = [(m.start, m.end) for m in line.passage.places if m.place is not None]
    is_place = any(a < match.end() and match.start("name") < b for a, b in places)
    return end if is_broken or is_place else match.end()


def _with_place(line: Line, start: int) -> int:
    """Return where the region or place before an office begins: "Irkutsk governor"."""
    adjective = unit_before(line.text, start, line.language)
    if adjective is not None:
        return adjective.start
    parts = [(r.start, r.end) for r in line.regions]
    parts += [(m.start, m.end) for m in line.passage.places if m.place is not None]
    for begin, end in parts:
        if 0 <= start - end <= 4 and line.text[end:start].strip(" '’s") == "":
            return begin
    return start


def _office_of(line: Line, start: int, end: int) -> tuple[str, str]:
    """Return the side and unit of an office: those of the region or place beside it, or its own."""
    side, _, unit = person_of(line.text[start:end])
    units = [r.code for r in line.regions if r.start <= end + 16 and r.end >= start - 4]
    bare = re.match(r"\w+\s", line.text[start:end])
    adjective = bare and unit_before(line.text, start + bare.end(), line.language)
    units += [adjective.code] if adjective else []
    units += [
        m.place.admin1_code or m.place.country
        for m in line.passage.places
        if m.place is not None and m.start <= end + 16 and m.end >= start - 4
    ]
    known = [code for code in units if code[:2] in line.theatre.sides]
    if known:
        return known[0][:2], known[0] if "-" in known[0] else unit
    told = [t for t in line.tag("sides") if t.start <= end + 2 and t.end >= start - 2]
    return told[0].concept if told else side, unit


def _joined(line: Line, found: list[Speaker]) -> list[Speaker]:
    """Return speakers of which the parts of one stand together, in their order."""
    kept: list[Speaker] = []
    for one in sorted(found, key=lambda s: (s.start, -s.end)):
        last = kept[-1] if kept else None
        if last is None or not _is_one(line, last, one):
            kept.append(one)
            continue
        side = last.side or one.side
        if last.rule == "office named" and one.rule in ("body named", "person named"):
            side = one.side or last.side
        end = max(last.end, one.end)
        kept[-1] = Speaker(last.start, end, side, last.rule, last.unit or one.unit)
    return kept


def _is_one(line: Line, first: Speaker, second: Speaker) -> bool:
    if second.start < first.end:
        return True
    gap = line.text[first.end : second.start]
    if "," in gap and any((t.start, t.end) == (first.start, first.end) for t in line.tag("sides")):
        # "In Kyiv, President Ivan Ivanov".
        return False
    verbs = line.tag("stances", "claims", "denies", "confirms", "cites")
    has_verb = any(first.end <= t.start and t.end <= second.start for t in verbs)
    # What may stand between two parts of one speaker: "source in the Security Service (SBU)".
    joints = lexicon(line.language).any_of("speaking", "joints")
    joint = rf"[\s,(«\"]*(?:{joints}[\s(«]*){{0,3}}"
    return len(gap) <= _JOINT and not has_verb and bool(re.fullmatch(joint, gap, re.IGNORECASE))
