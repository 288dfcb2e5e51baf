"""Who says so, and how: the speakers of a sentence with their side and stance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geoconflict.drafting.lines import Line
from geoconflict.drafting.sayings import spoken_verbs, unknown_verbs
from geoconflict.drafting.speakers import CAPITAL, Speaker, find_speakers, named, person_of
from geoconflict.drafting.tags import Tag
from geoconflict.lexicon import any_word, lexicon
from geoconflict.lexicon.words import any_form

_BETWEEN_BEFORE, BETWEEN_AFTER = 60, 14
BEFORE_COLON = 30
# So near after a colon a word says that what is told is denied or confirmed.
_TURNED = 16
# So near before a verb stands the pronoun of who speaks.
_PRONOUN = 24
AUTHOR = "author of the report"
# So many letters of an office are the same in every case.
_OFFICE = 5
# A line of date and agency stands so near the head of a report.
_DATELINE = 200
# An office told behind a name.
_APPOSED = re.compile(r",\s+(?:the\s+)?|\s+\(")
# Whoever stands between a comma and a verb is another than who said the words before.
_ANOTHER = re.compile(r"[,;]\s+(?:[\w«»'’-]+\s+){2,9}$")
_COLON = re.compile(r"(?:^(?:\s*[-–—•*]?\s*\d{1,2}[:.]\d{2}\s*)?|[.;]\s+)(?P<who>[^:.;]{2,90}?):\s")
# Who stands alone in brackets, or behind the last dash of a sentence.
_ALONE = (
    re.compile(r"[(](?P<own>[^()]{3,60})[)]"),
    re.compile(r"\s[—–-]\s+(?P<own>[^—–]{3,90}?)(?=[.!]?\s*$)"),
)


@dataclass(frozen=True)
class Voice:
    """Somebody who says something, their side and stance, and the words of both.

    ``is_carried`` tells that the speaker was named in a sentence before; ``unit`` is the region
    whose officials they are, empty where they are of none.
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
    unit: str = ""

    @property
    def is_author(self) -> bool:
        """Whether it is who tells the whole report."""
        return self.rule == AUTHOR


def find_voices(
    line: Line,
    *,
    before: Voice | None = None,
    known: Sequence[Voice] = (),
    unit: str = "",
) -> list[Voice]:
    """Return who speaks in a sentence, once for each verb that they say something with.

    Parameters
    ----------
    line : Line
        The sentence.
    before : Voice, optional
        Who spoke last, for "he added".
    known : sequence of Voice
        Who spoke in the report so far, for "the governor said".
    unit : str
        The region of what was told last, whose governor that is where none was named; empty
        where it is of several regions.
    """
    speakers = find_speakers(line)
    colon = _colon(line, speakers)
    found = [colon] if colon is not None else []
    found += _alone(line, speakers)
    last: tuple[Tag, Speaker] | None = None
    for verb in sorted([*spoken_verbs(line), *unknown_verbs(line, speakers)]):
        speaker = _subject(line, verb, speakers)
        if speaker is None and last is not None and _is_second(line, last[0], verb):
            speaker = last[1]
        last = (verb, speaker) if speaker is not None else last
        voice = voice_of(line, speaker, verb) if speaker else _carried(line, verb, before, known)
        both = _beside(line, speaker, speakers) if speaker else []
        for one in [*([voice] if voice else []), *(voice_of(line, s, verb) for s in both)]:
            found.append(replace(one, stance=_stance(line, one)))
    found = [v for v in found if v.rule != "footage named" or v.stance == "geolocates"]
    found = [_same_office(v, known) if _is_bare(v) else v for v in found]
    found = [_same_region(line, v, known) for v in found]
    found = [_of_town(line, v) if _is_of_nobody(line, v) else v for v in found]
    found = [_of_region(line, v, unit) if unit and _is_of_nobody(line, v) else v for v in found]
    found = [v for v in found if not _is_bare(v)]
    return sorted(found, key=lambda voice: (voice.start, voice.verb_start))


def _is_bare(voice: Voice) -> bool:
    """Return whether an office says neither who holds it nor of which side it is."""
    return not voice.side and " " not in voice.text and voice.rule == "office named"


def _is_of_nobody(line: Line, voice: Voice) -> bool:
    """Return whether of an office, or of who holds one here, no side is told."""
    is_of_none = not voice.side and voice.rule == "office named"
    return _is_bare(voice) or (is_of_none and _is_local(line, voice))


def _is_local(line: Line, voice: Voice) -> bool:
    """Return whether the office of a speaker is one of a town or region."""
    local = line.tag("offices", "local")
    return any(voice.start <= line.start + t.start < voice.end for t in local)


def _same_office(voice: Voice, known: Sequence[Voice]) -> Voice:
    """Return who was last named with the office that stands alone: "the governor said"."""
    stem = voice.text.casefold()[:_OFFICE]
    named = [v for v in known if v.rule == "office named" and " " in v.text]
    same = [v for v in named if stem in v.text.casefold()]
    if not same or len({v.unit for v in same}) > 1:
        return voice
    said = replace(same[-1], is_carried=True, stance=voice.stance)
    return replace(said, verb_start=voice.verb_start, verb_end=voice.verb_end)


def _same_region(line: Line, voice: Voice, known: Sequence[Voice]) -> Voice:
    """Return who was last named of a region, where "the head of the region" stands for them."""
    pronouns = lexicon(line.language).pattern("clauses", "pronouns")
    if voice.rule != "office named" or pronouns.fullmatch(voice.text) is None:
        return voice
    said = next((v for v in reversed(known) if v.unit and v.rule == "office named"), None)
    if said is None:
        return voice
    now = replace(said, is_carried=True, stance=voice.stance)
    return replace(now, verb_start=voice.verb_start, verb_end=voice.verb_end)


def _of_town(line: Line, voice: Voice) -> Voice:
    """Return an office that stands alone as that of the one town told: "in Kharkiv; the mayor"."""
    towns = [s.place for s in line.spots if s.place is not None and s.place.kind == "settlement"]
    if len({place.id for place in towns}) != 1 or towns[0].country not in line.theatre.sides:
        return voice
    return replace(voice, side=str(towns[0].country), unit=towns[0].admin1_code or "")


def _of_region(line: Line, voice: Voice, unit: str) -> Voice:
    """Return an office that stands alone as that of a region, where the sentence names no other."""
    is_free = not (line.spots or line.regions)
    return replace(voice, side=unit[:2], unit=unit) if is_free and _is_local(line, voice) else voice


def voice_of(line: Line, speaker: Speaker, verb: Tag) -> Voice:
    """Return a speaker of a sentence with the words by which they say it."""
    return Voice(
        named(line, speaker),
        speaker.side,
        verb.concept,
        speaker.rule,
        line.start + speaker.start,
        line.start + speaker.end,
        line.start + verb.start,
        line.start + verb.end,
        unit=speaker.unit,
    )


def _stance(line: Line, voice: Voice) -> str:
    """Return the stance of a speaker: who cites claims, and what is geolocated shows where."""
    own = (voice.start - line.start, voice.end - line.start)
    if any(own[0] - 16 <= t.start <= own[1] + 16 for t in line.tag("stances", "geolocates")):
        footage = [*line.tag("offices", "footage"), *line.tag("bodies", "other")]
        if any(own[0] <= t.start < own[1] for t in footage):
            return "geolocates"
    return "claims" if voice.stance == "cites" else voice.stance


def _subject(line: Line, verb: Tag, speakers: list[Speaker]) -> Speaker | None:
    """Return the speaker that a verb belongs to, None where none stands beside it."""
    if verb.concept == "geolocates":
        near = [
            s for s in speakers if s.start - BETWEEN_AFTER <= verb.end and verb.start <= s.end + 2
        ]
        who = [s for s in near if s.rule != "footage named"]
        return next(iter(who), None) or _named_before(line, verb) or next(iter(near), None)
    leads = lexicon(line.language).pattern("speaking", "leads")
    is_lead = leads.match(line.text, verb.start) is not None
    after = [s for s in speakers if 0 <= s.start - verb.end <= BETWEEN_AFTER]
    after = [s for s in after if _is_link(line.text[verb.end : s.start])]
    if is_lead:
        return after[0] if after else _with_office(line, _person_after(line, verb), speakers)
    before = [s for s in speakers if s.end <= verb.start and _is_near(line, s, verb)]
    direct = [s for s in after if line.text[verb.end : s.start].isspace()]
    if direct and line.language != "en":
        return direct[0]
    found = before[-1] if before else (after[0] if after else None)
    return found or _with_office(line, _person(line, verb), speakers) or _country(line, verb)


def _beside(line: Line, speaker: Speaker, speakers: list[Speaker]) -> list[Speaker]:
    """Return who says the same in one breath: "said the mayor and the governor"."""
    joints = lexicon(line.language).any_of("clauses", "and")
    joint = re.compile(rf",?\s+{joints}\s+(?:the\s+)?", re.IGNORECASE)

    def is_beside(one: Speaker) -> bool:
        first, second = sorted((speaker, one), key=lambda s: s.start)
        return joint.fullmatch(line.text, first.end, second.start) is not None

    return [one for one in speakers if one is not speaker and is_beside(one)]


def _country(line: Line, verb: Tag) -> Speaker | None:
    """Return a country that says something as if it were a body: "Russia said that"."""
    for tag in line.tag("sides"):
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
    said = re.search(rf"\b{any_word('speaking', 'conjunctions')}\b", text)
    return said is None and not re.search(r"[.;:,]\s*\w{3,}", text)


def _is_near(line: Line, speaker: Speaker, verb: Tag) -> bool:
    """Return whether nothing but small words stands between a speaker and their verb."""
    between = line.text[speaker.end : verb.start]
    if len(between) > _BETWEEN_BEFORE or re.search(r"[;:]|\.\s", between):
        return False
    others = [t for t in spoken_verbs(line) if speaker.end <= t.start and t.end <= verb.start]
    if any(t.concept != "claims" for t in others) and verb.concept == "claims":
        return False
    if others and _ANOTHER.search(line.text, others[-1].end, verb.start):
        return False
    deeds = [
        t
        for t in line.tag("deeds", "strike", "down", "take", "launch", "advance", "fall")
        if speaker.end <= t.start and t.end <= verb.start
    ]
    if verb.concept in ("confirms", "denies"):
        # "The General Staff the hit confirmed", as other languages say.
        nouns = lexicon(line.language).pattern("moods", "nouns")
        deeds = [t for t in deeds if not nouns.fullmatch(line.text, t.start, t.end)]
    return not deeds


def _person_after(line: Line, verb: Tag) -> Speaker | None:
    match = re.compile(rf"\s+(?P<name>{CAPITAL}(?:\s+{CAPITAL}){{0,2}})").match(line.text, verb.end)
    return _as_person(line, match.start("name"), match.end("name")) if match else None


def _named_before(line: Line, verb: Tag) -> Speaker | None:
    """Return whoever is called by a name right before a verb: "analysts of Firma geolocated"."""
    match = re.search(rf"(?P<name>{CAPITAL}\+?)\s+$", line.text[: verb.start])
    if match is None or match.start() == 0:
        return None
    return _as_person(line, match.start("name"), match.end("name"))


def _with_office(line: Line, person: Speaker | None, speakers: list[Speaker]) -> Speaker | None:
    """Return a person with the office told behind the name: "Ivan Ivanov, the mayor of Sumy"."""
    for office in speakers if person is not None else ():
        gap = line.text[person.end : office.start] if person else ""
        if person and office.start >= person.end and _APPOSED.fullmatch(gap):
            return replace(office, start=person.start, side=office.side or person.side)
    return person


def _person(line: Line, verb: Tag) -> Speaker | None:
    """Return the person named right after or before a verb: "сказав Ігор Терехов"."""
    found = _person_after(line, verb)
    if found is not None and " " in line.text[found.start : found.end]:
        return found
    match = re.search(rf"(?P<name>{CAPITAL}\s+{CAPITAL})\s+$", line.text[: verb.start])
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
    for tag in line.tag("sides"):
        if (tag.start, tag.end) == (start, end):
            return Speaker(start, end, tag.concept, "country named")
    return Speaker(start, end, *person_of(line.text[start:end]))


def _carried(line: Line, verb: Tag, before: Voice | None, known: Sequence[Voice]) -> Voice | None:
    """Return the speaker of the sentence before where a pronoun stands for them."""
    if before is None or verb.concept == "geolocates":
        return None
    around = line.text[max(0, verb.start - _PRONOUN) : verb.end + 14]
    text = line.text[verb.start : verb.end]
    words = lexicon(line.language)
    is_ministry = words.pattern("pointers", "ministry").search(around) is not None
    if is_ministry:
        # "The ministry said": who was named so, not whoever spoke last.
        ministries = words.pattern("pointers", "ministries")
        body = before if before.rule == "body named" else None
        before = next((v for v in (before, *reversed(known)) if ministries.search(v.text)), body)
        if before is None:
            return None
    is_pronoun = words.pattern("clauses", "pronouns").search(around) is not None
    is_own = is_ministry or is_pronoun or words.pattern("speaking", "adds", "own").search(text)
    said = (line.start + verb.start, line.start + verb.end)
    now = replace(before, stance=verb.concept, verb_start=said[0], verb_end=said[1])
    return replace(now, is_carried=True) if is_own else None


def _colon(line: Line, speakers: list[Speaker]) -> Voice | None:
    """Return who stands before a colon at the head of a sentence: "Генштаб: ..."."""
    match = _COLON.search(line.text)
    if match is None:
        return None
    start, end = match.span("who")
    inside = [s for s in speakers if start <= s.start and s.end <= end + 1]
    inside = [s for s in inside if s.rule != "footage named"]
    if inside:
        speaker = inside[-1]
        if end - speaker.end > BEFORE_COLON:
            return None
    else:
        name = line.text[start:end].strip()
        if not re.fullmatch(rf"(?:{CAPITAL}\s*){{1,3}}", name) or not person_of(name)[0]:
            return None
        speaker = Speaker(start, end, *person_of(name))
    turned = [t for t in line.tag("stances", "denies", "confirms") if 0 <= t.start - end <= _TURNED]
    mark = Tag(end, end + 1, "stances", turned[0].concept if turned else "claims")
    return replace(voice_of(line, speaker, mark), rule="before a colon")


def _alone(line: Line, speakers: list[Speaker]) -> Iterator[Voice]:
    """Yield who stands alone: "seven were injured (Синєгубов)", "семеро ранены — мэр"."""
    for match in (one for pattern in _ALONE for one in pattern.finditer(line.text)):
        own = match.span("own")
        if line.start < _DATELINE and re.match(r"\s*[—–-]", line.text[match.end() :]):
            # "KYIV, Nov 25 (Reuters) -" names whose text it is.
            continue
        # "The train Klimov — Moscow" names no speaker.
        is_route = re.search(rf"{CAPITAL}$", line.text[: match.start()]) is not None
        for speaker in speakers:
            is_town = any(t.start == speaker.start for t in line.tag("sides"))
            if is_route and is_town and match[0][0] != "(":
                continue
            if (speaker.start, speaker.end) == own:
                mark = Tag(match.start(), match.start() + 1, "stances", "claims")
                yield voice_of(line, speaker, mark)
