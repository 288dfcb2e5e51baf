"""What a distance is said of: of the places around it the one with the least against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from geoconflict.lexicon import Caseless, Lexicon, any_form, capitals, lexicon
from geoconflict.reading.amounts import Amount
from geoconflict.reading.antecedents import NEAR_KM, resolve
from geoconflict.reading.ends import MEASURED, End
from geoconflict.reading.mentions import COUNTRY, Mention
from geoconflict.reading.passages import Passage
from geoconflict.reading.pointers import starts_with_pronoun

# What speaks against a place, by how much; from this on, it is not what the distance is said of.
_TOO_MUCH = 4.0
_WEIGHTS = {
    "something happens between": 4.0,
    "an unnamed place stands between": 4.0,
    "another clause begins between": 3.0,
    "another place stands between": 2.0,
    "only said in passing": 3.0,
    "where something came from": 6.0,
    "a wide place that only tells where": 1.0,
    "the sentence is about what it begins with": 3.0,
    "further back": 0.01,
}
# What alone may stand between a place and a distance in apposition to it.
_APPOSING = frozenset((",", "(", "–", "—", "-"))
# Two places with as little against them are not told apart.
_LEAD = 0.5
# A distance that begins so early in a sentence is said of what follows.
_EARLY = 60
# What is known within no less than this is a part of a country: "western Siberia".
_VAST_M = 200_000.0
# A place within a unit that is named first stands so close to it: "Komi's Ukhta".
_CLOSE = 30


class _SubjectWords:
    """The patterns of what stands between a place and a distance in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        self.happened = words.pattern("verbs", "happen", "strike", "down", "launch")
        stands = any_form(form for form in words.forms("verbs", "stand") if form != "'s")
        self.stands = Caseless(rf"(?<!\w)(?:{stands}|{any_of('pointers', 'relative')})(?!\w)")
        self.clause = Caseless(rf";|(?:,\s*|\s){any_of('links', 'but')}\s")
        offices = rf"{any_of('places', 'offices')}(?:\s+of)?"
        launched = rf"{any_of('verbs', 'launch')}\s+{any_of('links', 'from', 'in', 'since')}"
        self.office = Caseless(rf"(?:['’]s)?\s+{any_of('places', 'offices')}(?!\w)")
        # "The official from A", "a column that set out from A".
        out = any_of("links", "out_of")
        self.origin = Caseless(
            rf"(?<!\w)(?:{launched}|{offices}|off|{out})\s+"
            rf"(?:{any_of('links', 'fillers')}\s+)*$"
        )
        self.office = Caseless(rf"(?:['’]s)?\s+{any_of('places', 'offices')}(?!\w)")
        # "The official from A", "a column that set out from A".
        out = any_of("links", "out_of")
        self.origin = Caseless(
            rf"(?<!\w)(?:{launched}|{offices}|off|{out})\s+"
            rf"(?:{any_of('links', 'fillers')}\s+)*$"
        )
        # "A said that a drone fell": what is said is of its own.
        self.reported = Caseless(
            rf"(?<!\w){any_of('verbs', 'say')}[^;.]*?(?:,\s*|\s){any_of('places', 'that')}\s"
        )
        kinds = any_form((*words.forms("facilities"), *words.forms("pointers", "town", "facility")))
        article = (
            r"(?:an?|another|unnamed|unspecified|one|two|three|several|\d+)\s+(?:[\w-]+\s+){0,3}?"
        )
        has_articles = words.language == "en"
        self.unnamed = Caseless(rf"(?<!\w){article if has_articles else ''}{kinds}(?!\w)")
        self.apposition = Caseless(rf",\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){{0,3}}?{kinds}\s*")
        self.lead = Caseless(rf"\s*(?:(?:[,—–(:-]|{stands})\s*(?:[\w'’-]+\s+){{0,8}}?)?")
        self.resumes = Caseless(rf",\s+(?:\w+\s+)?{stands}(?!\w)")
        preposition = any_of("links", "in", "near", "from", "to", "by")
        # A name that is not known: a first word that is said to be somewhere, or a later capital.
        self.name = re.compile(
            rf"(?!\W*(?i:{preposition})\s)"
            rf"\W*[^\W\d_][\w'’-]*\s*(?:[—–,-]\s|\s(?i:{stands})(?!\w))|.+?\s[{capitals()}][\w'’-]+"
        )
        verbs = any_of("verbs", "stand", "strike")
        here = any_form(
            (*words.forms("links", "in", "near", "from"), *words.forms("places", "placed_before"))
        )
        self.placed_after = Caseless(
            rf"(?:^\s*,?\s*|[,—–]\s*|(?<!\w)(?:the|{verbs}|of|{here})\s+(?:the\s+)?"
            rf"(?:{kinds}\s+{any_of('links', 'in')}\s+)?)$"
        )
        self.heard = Caseless(rf"{any_of('verbs', 'heard')}\s+$")


@cache
def _subject_words(language: str) -> _SubjectWords:
    return _SubjectWords(lexicon(language))


@dataclass(frozen=True)
class _Candidate:
    """A place that a distance may be said of, and what speaks against it."""

    mention: Mention
    against: tuple[str, ...]
    end: End

    @property
    def cost(self) -> float:
        return sum(_WEIGHTS[reason] for reason in self.against)


def find_subject(
    passage: Passage,
    amount: Amount,
    ends: Sequence[End],
    reference: Mention | None,
    *,
    floor: int = 0,
    limit: int | None = None,
) -> tuple[Mention | None, str]:
    """Return the place that a distance is said of and why; None where none is named or clear.

    Parameters
    ----------
    passage : Passage
        The sentence, with those before it.
    amount : Amount
        The distance.
    ends : sequence of End
        The places, lines and pointing words of the sentence.
    reference : Mention or None
        What it is measured from; None where that is not known yet.
    floor, limit : int
        Between which characters before the amount the place is looked for.
    """
    words = _subject_words(passage.language)
    stop = amount.start if limit is None else limit
    candidates = list(_candidates(passage, amount, ends, reference, (floor, stop), words))
    found, why = _best(passage, candidates) if candidates else (None, "subject: none is named")
    if not candidates and not floor and _is_early(passage, amount, reference, words):
        found = _after(passage, amount, ends, reference, words)
        why = "subject: the first place after the number" if found else why
    is_near = any(e.mention is found and e.link == "near" for e in ends) if found else False
    if found is not None and is_near and found.rank == 1:
        found = replace(found, reach_km=max(found.reach_km, NEAR_KM))
    return found, why


def _best(passage: Passage, found: Sequence[_Candidate]) -> tuple[Mention | None, str]:
    ordered = sorted(found, key=lambda one: (one.cost, -one.end.at))
    best = ordered[0]
    if best.cost >= _TOO_MUCH:
        return None, f"something else: {best.mention.text} – {', '.join(best.against)}"
    head = _head([one.mention for one in found], best.mention)
    others = [o for o in ordered[1:] if _is_other(o.mention, head)]
    if sum(one.mention.reference == head.reference for one in ordered) > 1:
        # Named again right before the distance: it is the one.
        others = []
    if others and others[0].cost - best.cost < _LEAD and not _are_joint(passage, best, others[0]):
        return None, f"something else: {head.text} or {others[0].mention.text}, not told apart"
    against = f" (against it: {', '.join(best.against)})" if best.against else ""
    return head, f"subject: {head.text}{against}"


def _is_other(a: Mention, b: Mention) -> bool:
    return a.reference != b.reference and not a.is_within(b) and not b.is_within(a)


def _are_joint(passage: Passage, a: _Candidate, b: _Candidate) -> bool:
    """Return whether two places share what is said of them: "Yelabuga and Nizhnekamsk"."""
    first, second = sorted((a.end, b.end), key=lambda end: end.at)
    between = passage.text[first.end : second.at].strip()
    joints = passage.words.any_of("links", "and")
    return re.fullmatch(rf"{joints}|,", between, re.IGNORECASE) is not None


def _candidates(
    passage: Passage,
    amount: Amount,
    ends: Sequence[End],
    reference: Mention | None,
    span: tuple[int, int],
    words: _SubjectWords,
) -> Iterator[_Candidate]:
    """Yield the places between two points that something can be said of, with what is against."""
    own = [e for e in ends if span[0] <= e.at and e.end <= span[1]]
    # "Halfway between A and B": what is said is said of neither.
    pairs = [b for a, b in pairwise(own) if (a.link, b.link) == ("between", "and")]
    own = [end for end in own if end not in pairs]
    places = [e for e in own if _is_sayable(e, reference)]
    about = _about(passage, own)
    for end in own:
        mention = _mention(passage, end, places)
        if mention is None or _same(mention, reference):
            continue
        against = tuple(_against(passage, amount, end, mention, places, words))
        if end.mention is not None and about is not None and about != mention:
            against = (*against, "the sentence is about what it begins with")
        yield _Candidate(mention, against, end)


def _about(passage: Passage, own: Sequence[End]) -> Mention | None:
    """Return the place that the pronoun points to which a sentence begins with, None if none."""
    if not own or own[0].pointer is None:
        return None
    # "The town, a short drive from the capital, is ...".
    is_noun = own[0].pointer.kind != "it" and passage.text[own[0].end : own[0].end + 1] == ","
    is_first = starts_with_pronoun(passage.text, language=passage.language)
    if is_noun and not passage.text[: own[0].at].strip(' "“'):
        return resolve(passage, own[0])
    return resolve(passage, own[0]) if is_first and own[0].pointer.kind == "it" else None


def _mention(passage: Passage, end: End, places: Sequence[End]) -> Mention | None:
    """Return the place that an end is or points to, None where nothing can be said of it."""
    if end.mention is not None:
        return end.mention if end in places else None
    if end.link in MEASURED - {"to"}:
        return None
    among = [e.mention for e in places if e.end <= end.at and e.mention]
    is_first = starts_with_pronoun(passage.text, language=passage.language) and not among
    if end.pointer is not None and end.pointer.kind == "it" and among and not is_first:
        return None
    return resolve(passage, end, among=among)


def _is_sayable(end: End, reference: Mention | None) -> bool:
    mention = end.mention
    if mention is None or mention.kind != "place" or mention.rank >= COUNTRY:
        return False
    if not (mention.is_sure or mention.place is None) or end.link in ("direction", "between"):
        return False
    return not _same(mention, reference)


def _against(
    passage: Passage,
    amount: Amount,
    end: End,
    mention: Mention,
    places: Sequence[End],
    words: _SubjectWords,
) -> Iterator[str]:
    """Yield what speaks against a place by what stands between it and a distance."""
    text = passage.text
    gap = text[end.end : amount.start]
    happened = [match.end() for match in words.happened.finditer(gap)]
    if happened and words.stands.search(gap, happened[-1]) is None:
        yield "something happens between"
    elif _unnamed_between(gap, words):
        yield "an unnamed place stands between"
    if words.clause.search(gap):
        yield "another clause begins between"
    between = [e for e in places if e.at >= end.end and e.end <= amount.start]
    if any(_is_apart(passage, end, other, mention) for other in between):
        yield "another place stands between"
    earlier = [e for e in places if e.end < end.at and text[e.end : e.end + 1] == ","]
    is_aside = any(words.apposition.fullmatch(text, e.end, end.start) for e in earlier)
    is_aside = is_aside or (end.link == "near" and any(not e.link for e in earlier))
    if earlier and (is_aside or words.resumes.search(gap)):
        yield "only said in passing"
    known = [e for e in places if e.end < end.at and e.mention and e.mention.place]
    if _is_vague(mention) and end.link in ("in", "of") and known and not is_aside:
        yield "a wide place that only tells where"
    is_told = words.stands.search(gap) is not None
    is_office = words.office.match(text, end.end) is not None
    is_from = is_office or end.link == "from" or words.origin.search(text[: end.at]) is not None
    # "They left Selydove, ten miles from it": said of it all the same.
    is_apposed = gap.strip() in _APPOSING
    if mention.rank and not is_told and is_from and not is_apposed:
        yield "where something came from"
    narrow = [e for e in places if e.mention and e.mention.rank < mention.rank]
    if mention.rank > 1 and narrow:
        yield "a wide place that only tells where"


def _is_vague(mention: Mention) -> bool:
    return mention.place is None or (mention.place.precision_m or 0.0) > _VAST_M


def _is_apart(passage: Passage, end: End, other: End, mention: Mention) -> bool:
    """Return whether another place between is not only said in passing of the first."""
    if (
        other.mention is None
        or other.mention.is_within(mention)
        or mention.is_within(other.mention)
    ):
        return False
    if _is_vague(other.mention) and other.link in ("in", "of") and mention.place is not None:
        return False
    # ", twinned with Kursk, is": what two commas enclose.
    if other.link == "and":
        return True
    before = passage.text[end.end : other.at]
    after = passage.text[other.end :]
    return not (before.lstrip().startswith(",") and re.match(r"[^,]{0,60},\s+\w+\s", after))


def _unnamed_between(gap: str, words: _SubjectWords) -> bool:
    """Return whether a place without a name stands between, not in apposition to the place."""
    match = words.unnamed.search(gap)
    if match is None:
        return False
    is_apposition = words.lead.fullmatch(gap[: match.start()]) is not None
    return not is_apposition and words.stands.search(gap, match.end()) is None


def _is_early(
    passage: Passage, amount: Amount, reference: Mention | None, words: _SubjectWords
) -> bool:
    """Return whether a distance stands first in its sentence, with no name before it."""
    before = passage.text[: amount.start]
    for mention in passage.mentions:
        if mention.end <= amount.start:
            before = before.replace(mention.text, mention.text.casefold())
    is_early = reference is not None and amount.start <= _EARLY
    return is_early and words.name.match(before) is None


def _after(
    passage: Passage,
    amount: Amount,
    ends: Sequence[End],
    reference: Mention | None,
    words: _SubjectWords,
) -> Mention | None:
    """Return the first place after a distance that it can be said of."""
    led = [
        e
        for e in ends
        if e.at >= amount.end and _is_sayable(e, reference) and e.mention is not None
        if e.link != "from" or words.heard.search(passage.text[: e.start])
    ]
    right = [e.mention for e in led if e.mention is not None]
    if not right:
        return None
    if led[0].link == "near" and words.unnamed.search(passage.text, 0, amount.start):
        # "A village 25 km from Sumy, near Bilopillia": said of the village.
        return None
    first = right[0]
    gap = passage.text[amount.end : first.start]
    if not words.placed_after.search(gap) and not _is_alone(passage, right, ends, gap, reference):
        return None
    within = [m for m in right if m.rank < first.rank and m.is_within(first)]
    return within[0] if within and within[0].start - first.end < _CLOSE else first


def _is_alone(
    passage: Passage,
    right: Sequence[Mention],
    ends: Sequence[End],
    gap: str,
    reference: Mention | None,
) -> bool:
    """Return whether the one place after a distance is what the sentence is about.

    "В 700 км от границы остановился завод", "Розташована за 800 км від кордону Самара": nothing
    governs it.
    """
    if len({m.reference for m in right}) > 1 or passage.words.script == "Latn":
        return False
    own = next(e for e in ends if e.mention is right[0])
    between = passage.text[max(own.start - len(gap), reference.end if reference else 0) : own.start]
    is_plain = re.fullmatch(r"\s+(?:[^\W\d]+\s+){0,2}", between) is not None
    return not own.link and is_plain


def _head(mentions: Sequence[Mention], last: Mention) -> Mention:
    """Return what is really meant of places that stand together: the plant, not its region."""
    found = last
    if last not in mentions:
        return last
    for mention in reversed(mentions[: list(mentions).index(last)]):
        if mention.is_within(found):
            found = mention
        elif not found.is_within(mention):
            break
    return found


def _same(mention: Mention, other: Mention | None) -> bool:
    if other is None or mention is other:
        return other is not None
    if mention.place is not None or other.place is not None:
        return mention.place == other.place
    return (mention.start, mention.text) == (other.start, other.text)
