"""Who says so, and how: the speakers of a sentence with their side and stance."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from geoconflict.drafting.lines import Line
from geoconflict.drafting.tags import Tag
from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import any_form

_CAPITAL = r"(?:[A-ZА-ЯІЇЄҐЁ][\w'’-]*\w|[A-ZА-ЯІЇЄҐЁ]\.)"
_NAMES = re.compile(rf"(?:\s+{_CAPITAL}){{1,4}}")
_OF_BODY = re.compile(rf"\s+(?:of|for)(?:\s+the)?(?:\s+{_CAPITAL}){{1,5}}")
_NAMES_BEFORE = re.compile(rf"(?:{_CAPITAL}(?:['’]s)?\s+){{1,4}}$")
_QUOTED = re.compile(r"\s*[«\"“][^«»\"“”]{2,40}[»\"”]")
_PERSON = re.compile(rf"(?<!\w){_CAPITAL}(?:\s+{_CAPITAL}){{0,2}}")
# What may stand between two parts of one speaker: "source in the Security Service (SBU)".
_JOINT = re.compile(
    r"[\s,(«\"]*(?:(?:in|of|at|for|from|the|its|citing|from\s+the|у|в|во|з|із|при|для|по|на|со|с|"
    r"із\s+посиланням\s+на|з\s+посиланням\s+на|со\s+ссылкой\s+на|посилаючись\s+на|силов\w+\s+структур\w+|"
    r"обласної|областной|regional|military|city['’]s|region['’]s|регіональн\w+|міської|і|й|та|и)[\s(«]*){0,3}",
    re.IGNORECASE,
)
_STANCES = ("denies", "confirms", "geolocates", "cites", "claims")
# "according to", "за словами": the speaker follows.
_LEADS = re.compile(
    r"according to|per|citing|за\s+(?:словами|даними|інформацією|версією|оцінк\w+)|зі\s+слів|"
    r"по\s+(?:словам|данным|информации|версии|оценк\w+)",
    re.IGNORECASE,
)
_ADDS = re.compile(r"add|дода|добав|уточн|clarif", re.IGNORECASE)
_BETWEEN_BEFORE, _BETWEEN_AFTER = 60, 14
_BEFORE_COLON = 30
# So near after a colon a word says that what is told is denied or confirmed.
_TURNED = 16
# So near before a verb stands the pronoun of who speaks.
_PRONOUN = 24
# A heading that names its author begins with them.
_AT_HEAD = 4
_COLON = re.compile(r"(?:^(?:\s*[-–—•*]?\s*\d{1,2}[:.]\d{2}\s*)?|[.;]\s+)(?P<who>[^:.;]{2,90}?):\s")
_BRACKETS = re.compile(r"[(]([^()]{3,60})[)]")


@dataclass(frozen=True)
class Speaker:
    """Words that name who speaks; ``rule`` says how they are known."""

    start: int
    end: int
    side: str
    rule: str
    place: str = ""


@dataclass(frozen=True)
class Voice:
    """Somebody who says something, their side and stance, and the words of both.

    ``is_carried`` tells that the speaker was named in a sentence before.
    """

    text: str
    side: str
    stance: str
    rule: str
    start: int
    end: int
    verb_start: int
    verb_end: int
    is_carried: bool = False


def find_speakers(line: Line) -> list[Speaker]:
    """Return the words of a sentence that name who may speak, in their order."""
    found = [*_bodies(line), *_offices(line), *_known_persons(line)]
    return _joined(line, found)


def find_voices(line: Line, *, before: Voice | None = None) -> list[Voice]:
    """Return who speaks in a sentence, once for each verb that they say something with.

    Parameters
    ----------
    line : Line
        The sentence.
    before : Voice, optional
        Who spoke last, for "he added".
    """
    speakers = find_speakers(line)
    colon = _colon(line, speakers)
    found = [colon] if colon is not None else []
    found += _bracketed(line, speakers)
    last: tuple[Tag, Speaker] | None = None
    for verb in _verbs(line):
        speaker = _subject(line, verb, speakers)
        if speaker is None and last is not None and _is_second(line, last[0], verb):
            speaker = last[1]
        last = (verb, speaker) if speaker is not None else last
        voice = _voice(line, speaker, verb) if speaker else _carried(line, verb, before)
        if voice is not None:
            found.append(replace(voice, stance=_stance(line, voice)))
    found = [v for v in found if v.rule != "footage named" or v.stance == "geolocates"]
    found = [v for v in found if v.side or " " in v.text or v.rule != "office named"]
    return sorted(found, key=lambda voice: (voice.start, voice.verb_start))


def _voice(line: Line, speaker: Speaker, verb: Tag) -> Voice:
    return Voice(
        " ".join(line.text[speaker.start : speaker.end].split()),
        speaker.side,
        verb.concept,
        speaker.rule,
        line.start + speaker.start,
        line.start + speaker.end,
        line.start + verb.start,
        line.start + verb.end,
    )


def _stance(line: Line, voice: Voice) -> str:
    """Return the stance of a speaker: who cites claims, and what is geolocated shows where."""
    own = (voice.start - line.start, voice.end - line.start)
    if any(own[0] - 16 <= t.start <= own[1] + 16 for t in line.tag("stances", "geolocates")):
        footage = [*line.tag("offices", "footage"), *line.tag("bodies", "other")]
        if any(own[0] <= t.start < own[1] for t in footage):
            return "geolocates"
    return "claims" if voice.stance == "cites" else voice.stance


def find_author(line: Line) -> Voice | None:
    """Return the body whose own report begins with a heading: "Зведення Генерального штабу".

    A heading that says that a body said something names no author.
    """
    bodies = [s for s in find_speakers(line) if s.rule != "footage named" and s.side]
    if not bodies or line.tag("deeds", "strike", "down", "take"):
        return None
    one, verbs = bodies[0], _verbs(line)
    # "The General Staff reports: …" is said of all that follows.
    is_head = one.start < _AT_HEAD and verbs and verbs[0].start - one.end <= _BETWEEN_AFTER
    if verbs and not is_head:
        return None
    start, end = line.start + one.start, line.start + one.end
    text = " ".join(line.text[one.start : one.end].split())
    return Voice(text, one.side, "claims", "author of the report", start, end, start, end)


def _verbs(line: Line) -> list[Tag]:
    """Return the words that say how something is said, without "did not confirm"."""
    refused = line.tag("stances", "not_said")
    spoken = [t for t in line.tag("stances", *_STANCES) if not any(t.is_over(r) for r in refused)]
    spoken = [t for t in spoken if not any(0 <= t.start - r.end <= 12 for r in refused)]
    strong = [t for t in spoken if t.concept in ("denies", "confirms", "geolocates")]
    return [
        t
        for t in spoken
        if t.concept in ("denies", "confirms", "geolocates")
        or not any(t.is_over(s) for s in strong)
    ]


def _subject(line: Line, verb: Tag, speakers: list[Speaker]) -> Speaker | None:
    """Return the speaker that a verb belongs to, None where none stands beside it."""
    if verb.concept == "geolocates":
        near = [
            s for s in speakers if s.start - _BETWEEN_AFTER <= verb.end and verb.start <= s.end + 2
        ]
        return near[0] if near else None
    is_lead = _LEADS.match(line.text, verb.start) is not None
    after = [s for s in speakers if 0 <= s.start - verb.end <= _BETWEEN_AFTER]
    after = [s for s in after if _is_link(line.text[verb.end : s.start])]
    if is_lead:
        return after[0] if after else _person_after(line, verb)
    before = [s for s in speakers if s.end <= verb.start and _is_near(line, s, verb)]
    if line.language == "en":
        found = before[-1] if before else (after[0] if after else None)
        return found or _person(line, verb) or _country(line, verb)
    direct = [s for s in after if line.text[verb.end : s.start].isspace()]
    if direct:
        return direct[0]
    found = before[-1] if before else (after[0] if after else None)
    return found or _person(line, verb) or _country(line, verb)


def _country(line: Line, verb: Tag) -> Speaker | None:
    """Return a country that says something as if it were a body: "Russia said that"."""
    for tag in line.tag("sides", "UA", "RU"):
        name = line.text[tag.start : tag.end]
        if 0 < verb.start - tag.end <= 1 and name[0].isupper() and not name[1:].isupper():
            return Speaker(tag.start, tag.end, tag.concept, "country named")
    return None


def _is_second(line: Line, first: Tag, verb: Tag) -> bool:
    """Return whether a verb shares the speaker of the one before: "denied it and said that"."""
    words = lexicon(line.language)
    joints = any_form(words.forms("links", "and", "but"))
    gap = line.text[first.end : verb.start]
    return re.search(rf"(?<!\w){joints}\s+(?:\w+ly\s+)?$", gap, re.IGNORECASE) is not None


def _is_link(text: str) -> bool:
    return not re.search(r"[.;:,]\s*\w{3,}", text) and not re.search(r"\b(?:that|що|что)\b", text)


def _is_near(line: Line, speaker: Speaker, verb: Tag) -> bool:
    """Return whether nothing but small words stands between a speaker and their verb."""
    between = line.text[speaker.end : verb.start]
    if len(between) > _BETWEEN_BEFORE or re.search(r"[;:]|\.\s", between):
        return False
    others = [t for t in _verbs(line) if speaker.end <= t.start and t.end <= verb.start]
    if any(t.concept != "claims" for t in others) and verb.concept == "claims":
        return False
    deeds = [
        t
        for t in line.tag("deeds", "strike", "down", "take", "launch", "advance", "fall")
        if speaker.end <= t.start and t.end <= verb.start
    ]
    return not deeds


def _person_after(line: Line, verb: Tag) -> Speaker | None:
    match = re.compile(rf"\s+(?P<name>{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}})").match(
        line.text, verb.end
    )
    return _as_person(line, match.start("name"), match.end("name")) if match else None


def _person(line: Line, verb: Tag) -> Speaker | None:
    """Return the person named right after or before a verb: "сказав Ігор Терехов"."""
    found = _person_after(line, verb)
    if found is not None and " " in line.text[found.start : found.end]:
        return found
    match = re.search(rf"(?P<name>{_CAPITAL}\s+{_CAPITAL})\s+$", line.text[: verb.start])
    if match is None or (match.start() == 0 and line.language == "en"):
        return None
    return _as_person(line, match.start("name"), match.end("name"))


def _as_person(line: Line, start: int, end: int) -> Speaker | None:
    taken = [s for s in line.spots if s.start < end and start < s.end and s.place is not None]
    regions = [r for r in line.regions if r.start < end and start < r.end]
    deeds = line.tag("arms")
    if regions or (taken and " " not in line.text[start:end]):
        return None
    if any(t.start < end and start < t.end for t in deeds):
        return None
    return Speaker(start, end, person_side(line.text[start:end]), "person named")


def _carried(line: Line, verb: Tag, before: Voice | None) -> Voice | None:
    """Return the speaker of the sentence before where a pronoun stands for them."""
    if before is None or verb.concept == "geolocates":
        return None
    around = line.text[max(0, verb.start - _PRONOUN) : verb.end + 14]
    text = line.text[verb.start : verb.end]
    pronoun = _pronouns(line.language).search(around)
    if not pronoun and not _ADDS.match(text) and not _is_own(text):
        return None
    stance = verb.concept
    return replace(
        before,
        stance=stance,
        is_carried=True,
        verb_start=line.start + verb.start,
        verb_end=line.start + verb.end,
    )


def _is_own(text: str) -> bool:
    return bool(re.search(r"\b(?:його|її|їхніми|его|ее|её|их)\b", text, re.IGNORECASE))


def _colon(line: Line, speakers: list[Speaker]) -> Voice | None:
    """Return who stands before a colon at the head of a sentence: "Генштаб: ..."."""
    match = _COLON.search(line.text)
    if match is None:
        return None
    start, end = match.span("who")
    inside = [s for s in speakers if start <= s.start and s.end <= end + 1]
    if inside:
        speaker = inside[-1]
        if end - speaker.end > _BEFORE_COLON:
            return None
    else:
        name = line.text[start:end].strip()
        if not re.fullmatch(rf"(?:{_CAPITAL}\s*){{1,3}}", name) or not person_side(name):
            return None
        speaker = Speaker(start, end, person_side(name), "person named")
    text = " ".join(line.text[speaker.start : speaker.end].split())
    turned = [t for t in line.tag("stances", "denies", "confirms") if 0 <= t.start - end <= _TURNED]
    return Voice(
        text,
        speaker.side,
        turned[0].concept if turned else "claims",
        "before a colon",
        line.start + speaker.start,
        line.start + speaker.end,
        line.start + end,
        line.start + end + 1,
    )


def _bracketed(line: Line, speakers: list[Speaker]) -> Iterator[Voice]:
    """Yield who stands alone in brackets: "seven were injured (Синєгубов)"."""
    for match in _BRACKETS.finditer(line.text):
        for speaker in speakers:
            if speaker.start == match.start(1) and speaker.end == match.end(1):
                mark = Tag(match.start(), match.start() + 1, "stances", "claims")
                yield _voice(line, speaker, mark)


def _bodies(line: Line) -> Iterator[Speaker]:
    tags = line.tag("bodies", "UA", "RU", "other")
    for tag in tags:
        if any(o.start <= tag.start and tag.end <= o.end and o.end > tag.end for o in tags):
            continue
        is_quoted = line.text[tag.start] in "«“" and line.text[tag.end : tag.end + 1] in ("»", "”")
        end = tag.end + 1 if is_quoted else _with_name(line.text, tag.end)
        yield Speaker(tag.start, end, tag.concept, "body named")


def _offices(line: Line) -> Iterator[Speaker]:
    imposed = line.tag("offices", "imposed")
    for tag in line.tag("offices", "local", "nation", "source", "investigators"):
        unit = next((r for r in line.regions if 0 <= r.start - tag.end <= 1), None)
        end = _with_name(line.text, unit.end if unit else tag.end)
        start = _with_place(line, tag.start)
        side = _office_side(line, start, end)
        if any(abs(t.start - tag.start) < 40 for t in imposed):
            side = "RU"
        yield Speaker(start, end, side, "office named")
    for tag in line.tag("offices", "footage"):
        yield Speaker(tag.start, tag.end, "", "footage named")


def _known_persons(line: Line) -> Iterator[Speaker]:
    for side, pattern in _persons().items():
        for match in pattern.finditer(line.text):
            if not match[0][0].isupper():
                continue
            before = _NAMES_BEFORE.search(line.text[: match.start()])
            start = (
                before.start()
                if before and line.text[before.start() :][:1].isupper()
                else match.start()
            )
            if line.text[start : match.start()].strip().endswith(("'s", "’s")):
                start = match.start()
            yield Speaker(start, match.end(), side, "person named")


def person_side(name: str) -> str:
    """Return the side that a person speaks for, empty where it is not known.

    Examples
    --------
    >>> person_side("Віталій Кличко"), person_side("Dmitry Peskov"), person_side("John Smith")
    ('UA', 'RU', '')
    """
    for side, pattern in _persons().items():
        if pattern.search(name):
            return side
    return ""


@cache
def _persons() -> dict[str, re.Pattern[str]]:
    with Path(__file__).with_name("persons.toml").open("rb") as file:
        table = tomllib.load(file)
    return {
        side: re.compile(rf"(?<!\w){any_form(forms)}(?!\w)", re.IGNORECASE)
        for side, forms in table.items()
    }


def _with_name(text: str, end: int) -> int:
    """Return where the name after an office or a body ends."""
    quoted = _QUOTED.match(text, end)
    end = quoted.end() if quoted else end
    name = _NAMES.match(text, end)
    end = name.end() if name else end
    body = _OF_BODY.match(text, end)
    return body.end() if body else end


def _with_place(line: Line, start: int) -> int:
    """Return where the region or place before an office begins: "Irkutsk governor"."""
    parts = [(r.start, r.end) for r in line.regions]
    parts += [(m.start, m.end) for m in line.passage.places if m.place is not None]
    for begin, end in parts:
        if 0 <= start - end <= 4 and line.text[end:start].strip(" '’s") == "":
            return begin
    return start


def _office_side(line: Line, start: int, end: int) -> str:
    """Return the side of an office: that of the region, place or country beside it."""
    near = [r.country for r in line.regions if r.start <= end + 16 and r.end >= start - 4]
    near += [
        m.place.country
        for m in line.passage.places
        if m.place is not None and m.place.country and m.start <= end + 16 and m.end >= start - 4
    ]
    known = [country for country in near if country in ("UA", "RU")]
    if known:
        return known[0]
    told = [t for t in line.tag("sides", "UA", "RU") if t.start <= end + 2 and t.end >= start - 2]
    return told[0].concept if told else person_side(line.text[start:end])


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
        kept[-1] = Speaker(last.start, max(last.end, one.end), side, last.rule)
    return kept


def _is_one(line: Line, first: Speaker, second: Speaker) -> bool:
    if second.start < first.end:
        return True
    gap = line.text[first.end : second.start]
    return (
        len(gap) <= 34 and _JOINT.fullmatch(gap) is not None and not _has_verb(line, first, second)
    )


def _has_verb(line: Line, first: Speaker, second: Speaker) -> bool:
    return any(
        first.end <= t.start and t.end <= second.start
        for t in line.tag("stances", "claims", "denies", "confirms")
    )


@cache
def _pronouns(language: str) -> re.Pattern[str]:
    forms = lexicon(language).any_of("clauses", "pronouns")
    return re.compile(rf"(?<!\w){forms}(?!\w)", re.IGNORECASE)
