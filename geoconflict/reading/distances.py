"""What a stated distance is between: rules weigh what stands between an amount and the places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import pairwise

from geoconflict.lexicon import Lexicon, any_form, lexicon
from geoconflict.reading.amounts import Amount
from geoconflict.reading.ends import MEASURED, End, find_ends, resolve
from geoconflict.reading.lengths import is_other_length, is_size
from geoconflict.reading.lines import countries_in
from geoconflict.reading.mentions import COUNTRY, Mention
from geoconflict.reading.passages import Passage
from geoconflict.reading.subjects import find_subject
from geoconflict.reading.words import compass

# What an item of a list begins with.
_BULLET = re.compile(r"[-–—•*▪●]\s|\d{1,2}[.)]\s")


@dataclass(frozen=True)
class Distance:
    """A stated distance and its ends.

    ``subject`` is None where the text names no place; ``direction`` is a compass point, from
    the reference to the subject, or None. ``slots`` holds what each governing word leads to,
    for what the next distance leaves out; ``reasons`` say how the ends were chosen.
    """

    amount: Amount
    subject: Mention | None
    reference: Mention
    direction: str | None = None
    reasons: tuple[str, ...] = ()
    slots: dict[str, Mention | None] = field(default_factory=dict)
    end: int = 0


class _Frames:
    """The patterns between amounts and their ends in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        away = any_of("links", "away")
        toward = any_of("links", "toward")
        self.right = _compiled(rf"\)?(?:\s*[–—])?(?:(?:\s*,)?(?:\s*{away})+,?)?(?:\s+{toward})*\s*")
        hedges = any_form([*words.forms("hedges"), *words.forms("links", "reach")])
        light = rf"(?:{any_of('links', 'light')}|{any_of('verbs', 'stand')}|{hedges})"
        self.light = _compiled(rf"(?:[\s,–—:()«»\"“”-]|(?<!\w){light}(?!\w))*")
        self.far = _compiled(rf"(?<!\w){any_of('links', 'far')}(?:\s+\w+)?\s*$")
        self.remain = words.pattern("verbs", "remain", "come")
        self.launched = _compiled(rf"{any_of('verbs', 'launch')}\s+(?:\w+\s+)?$")
        self.apart = _compiled(rf"\s*{any_of('links', 'apart')}(?!\w)")
        self.deep = _compiled(rf"\s*{any_of('links', 'deep')}\s+(?:the\s+)?")
        self.separate = words.pattern("verbs", "separate")
        self.respectively = words.pattern("links", "respectively")
        self.straight = words.pattern("links", "straight", "road")
        self.joint = _compiled(rf"\s*(?:,|,?\s*{any_of('links', 'and')}\s)\s*")
        self.from_any = _compiled(
            rf"\)?(?:\s*{away})*\s*(?:{any_of('links', 'from')}|"
            rf"{compass(words.language).pattern}\s+"
            rf"{any_of('links', 'of')})(?!\w)"
        )
        point = compass(words.language).pattern
        self.bare_direction = _compiled(
            rf"\)?\s*(?:{away}\s+)*(?:{toward}\s+)*(?:its\s+|his\s+|нього\s+|него\s+)?"
            rf"(?P<compass>{point})(?!\w)"
        )
        self.its = _compiled(rf"\)?\s*(?:{away}\s+)*(?:to\s+)its\s")
        self.them = _compiled(
            r"\s*(?:from\s+)?(?:them|their\s+(?:positions|lines)|них|їхніх\s+позицій)(?!\w)"
        )
        self.by = _compiled(rf"\s+{any_of('links', 'by')}\s+")
        self.approach = words.pattern("verbs", "approach")
        reach = any_of("links", "reach")
        self.denied = _compiled(rf"(?<!\w){any_of('links', 'not')}\s+(?:{reach}\s+)*$")


def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


@cache
def _frames(language: str) -> _Frames:
    return _Frames(lexicon(language))


def read_distances(passage: Passage, before: Sequence[Distance] = ()) -> list[Distance]:
    """Return the distances between places that a sentence states, in their order.

    Parameters
    ----------
    passage : Passage
        The sentence.
    before : sequence of Distance
        Those of the item before it in a list, whose reference may go without saying.
    """
    return _Sentence(passage, before).read()


class _Sentence:
    """The distances of one sentence while they are told."""

    def __init__(self, passage: Passage, before: Sequence[Distance]) -> None:
        self.passage, self.text = passage, passage.text
        self.frames = _frames(passage.language)
        self.told: list[Distance] = []
        self.item_before = list(before) if _BULLET.match(passage.text) else []

    @cached_property
    def ends(self) -> tuple[End, ...]:
        return find_ends(self.passage)

    def read(self) -> list[Distance]:
        lengths = self.passage.lengths
        if lengths and self.frames.respectively.search(self.text):
            return self._respectively(lengths)
        for amount in lengths:
            before = self.text[max(0, amount.start - 24) : amount.start]
            if self.frames.denied.search(before) or is_size(self.passage, amount):
                continue
            found = self._separated(amount)
            if found is None:
                if is_other_length(self.passage, amount, since=self._last_place(amount)):
                    continue
                found = self._distance(amount)
            if found is not None:
                self.told.append(found)
        return self.told

    @property
    def floor(self) -> int:
        """Where the last distance ends: what stands before it was used."""
        return self.told[-1].end if self.told else 0

    def _last_place(self, amount: Amount) -> int:
        ends = [
            m.end
            for m in self.passage.mentions
            if m.kind != "forces" and m.rank < COUNTRY and m.end <= amount.start
        ]
        return max(ends, default=0)

    def _distance(self, amount: Amount) -> Distance | None:
        for frame in (
            self._apart,
            self._between,
            self._deep,
            self._measured,
            self._bearing_first,
            self._bare_direction,
            self._carried,
        ):
            found = frame(amount)
            if found is not None:
                return found if found.reference.reference else None
        return None

    # What stands right after an amount.

    def _right(self, amount: Amount) -> End | None:
        """Return the end that governing words right after an amount lead to."""
        for end in self.ends:
            if end.start < amount.end:
                continue
            gap = self.frames.right.fullmatch(self.text, amount.end, end.start)
            if gap is None:
                return None
            return end if self._leads(amount, end) else None
        return None

    def _leads(self, amount: Amount, end: End) -> bool:
        """Return whether the words that govern an end lead from the amount before them to it."""
        if end.link == "of":
            return amount.hedge in self._within()
        if end.link == "near":
            return self._is_from_word(end)
        if end.link == "to":
            return "," not in self.text[amount.end : end.start] and self._may_be_to(amount)
        return end.link in ("from", "direction")

    def _within(self) -> frozenset[str]:
        return frozenset(self.passage.words.forms("hedges", "under"))

    def _is_from_word(self, end: End) -> bool:
        """Return whether "outside" after a distance leads to what it is measured from."""
        lead = self.text[end.start : end.at].strip().casefold()
        first = lead.split()[0] if lead else ""
        return any(form.split()[0] == first for form in self.passage.words.forms("links", "from"))

    def _may_be_to(self, amount: Amount) -> bool:
        """Return whether "to" after an amount leads to a place that somebody comes near to."""
        if self.passage.language != "en" or amount.hedge in ("as close as", "within"):
            return True
        left = [m for m in self.passage.mentions if m.end <= amount.start]
        is_left = bool(left) and left[-1].kind == "forces"
        window = self.text[max(0, amount.start - 40) : amount.start]
        is_led = is_left or self._is_from_first or bool(self._left(amount))
        return is_led or bool(re.search(r"\bdistance\b", window))

    @cached_property
    def _is_from_first(self) -> bool:
        """Whether the sentence begins with where all its distances are from."""
        first = self.ends[0] if self.ends else None
        return first is not None and first.is_from and not self.text[: first.start].strip(' "“—–-')

    # What stands before an amount.

    def _left(self, amount: Amount) -> list[End]:
        """Return the ends that governing words before an amount lead to, the nearest first."""
        found: list[End] = []
        at = amount.start
        for end in reversed(self.ends):
            if end.end > amount.start or end.at < self.floor:
                continue
            is_light = self._is_light(end.end, at) or self._is_approach(end, at)
            is_led = end.link == "to" or end.is_from
            if is_led and is_light and not self._is_cause(end, found):
                found.append(end)
                at = end.start
            elif not self._is_passed(end):
                break
            if len(found) == 2:
                break
        return found

    def _is_light(self, start: int, stop: int) -> bool:
        """Return whether nothing that tells of something else stands between two points."""
        text = self.text[start:stop]
        for end in self.ends:
            if start <= end.at and end.end <= stop and self._is_passed(end):
                text = text.replace(self.text[end.start : end.end], " ")
        if self.frames.light.fullmatch(text):
            return True
        return self.frames.light.fullmatch(self.frames.remain.sub(" ", text)) is not None

    def _is_approach(self, end: End, at: int) -> bool:
        """Return whether somebody came so near to a place: "підійшов до міста на 20 км"."""
        by = self.frames.by.fullmatch(self.text, end.end, at)
        return by is not None and self.frames.approach.search(self.text, 0, end.start) is not None

    def _is_passed(self, end: End) -> bool:
        """Return whether an end between does not take the amount: troops, "from here"."""
        if end.mention is not None:
            return end.mention.kind == "forces"
        here = self.passage.words.pattern("pointers", "singular", "plural")
        return end.link in ("", "from") and here.fullmatch(end.text) is not None

    def _is_cause(self, end: End, found: Sequence[End]) -> bool:
        """Return whether "from X" tells where something came from, and no distance."""
        before = self.text[max(0, end.start - 30) : end.start]
        if found or self._follows_from(end):
            return False
        if self.frames.launched.search(before):
            return True
        if self.passage.language != "en":
            return False
        if end.link == "to":
            return bool(before.strip(" ,;:—–-")) and not self._has_distance(end)
        other = [e for e in self.ends if e.link == "to" and e.at > end.end]
        is_first = not before.strip(' ,;:—–-"“')
        return not (self.frames.far.search(before) or other or is_first or self._has_distance(end))

    def _follows_from(self, end: End) -> bool:
        """Return whether "to X" follows "from Y"."""
        earlier = [e for e in self.ends if e.end <= end.start and e.link == "from"]
        is_pair = bool(earlier) and not self.text[earlier[-1].end : end.start].strip()
        return end.link == "to" and is_pair

    def _has_distance(self, end: End) -> bool:
        pattern = self.passage.words.pattern("verbs", "distance")
        return pattern.search(self.text, 0, end.start) is not None

    # The frames, the surest first.

    def _apart(self, amount: Amount) -> Distance | None:
        """Read "A and B are 20 km apart", with the names before or after."""
        if not self.frames.apart.match(self.text, amount.end):
            return None
        places = [e for e in self.ends if e.mention and e.mention.is_point]
        for a, b in pairwise(places):
            if self.frames.joint.fullmatch(self.text, a.end, b.at) and a.mention and b.mention:
                return self._pair(amount, a.mention, b.mention, "A and B are so far apart")
        return None

    def _separated(self, amount: Amount) -> Distance | None:
        """Read "3 km separate the town from the trenches", "А і Б розділяє 60 км"."""
        since, until = self.floor, self._next_start(amount)
        match = self.frames.separate.search(self.text, since, until)
        if match is None or amount.is_unitless or "," in self.text[match.end() : amount.start]:
            return None
        ends = [e for e in self.ends if since <= e.at < until and e.end <= until]
        source = next((e for e in ends if e.link == "from"), None)
        others = [e for e in ends if e.link not in MEASURED and not self._is_country(e)]
        if source is not None:
            near = [e for e in others if e.at > match.end()] or others
            subject = self._resolved(near[0]) if near else None
            reference = self._resolved(source)
            if subject is None or reference is None:
                return None
            return self._pair(amount, subject, reference, "so much separates it from it", bare=True)
        points = [self._resolved(e) for e in others]
        known = [m for m in points if m is not None]
        if len(known) < 2:
            return None
        return self._pair(amount, known[0], known[1], "so much separates the two")

    def _is_country(self, end: End) -> bool:
        return end.mention is not None and end.mention.kind == "place" and not end.mention.is_point

    def _next_start(self, amount: Amount) -> int:
        after = [a.start for a in self.passage.lengths if a.start > amount.start]
        return min(after, default=len(self.text))

    def _between(self, amount: Amount) -> Distance | None:
        """Read "between A and B it is 600 km", "20 km between A and B"."""
        for first in self.ends:
            second = self._and(first) if first.link == "between" else None
            if second is None:
                continue
            is_before = second.end <= amount.start and first.at >= self.floor
            far = self.text[second.end : amount.start]
            near = is_before and len(far) < 60 and not re.search(r"\d|;", far)
            after = self.frames.right.fullmatch(self.text, amount.end, first.start)
            a, b = self._resolved(first), self._resolved(second)
            if (near or after) and a is not None and b is not None:
                direction = self._bare_point(amount)
                return self._pair(amount, b, a, "between the two", direction=direction)
        return None

    def _and(self, first: End) -> End | None:
        """Return the end that "and" joins to another, whatever is said in passing of the first."""
        for second in self.ends:
            if second.at < first.end or second.link != "and":
                continue
            gap = self.text[first.end : second.start].strip()
            is_aside = gap.startswith((",", "(")) and gap.endswith((",", ")"))
            return second if not gap or is_aside else None
        return None

    def _deep(self, amount: Amount) -> Distance | None:
        """Read "2,000 km deep in Russian territory": from the border, which goes without saying."""
        match = self.frames.deep.match(self.text, amount.end)
        if match is None:
            return None
        what = next((e for e in self.ends if match.start() <= e.at <= match.end() + 4), None)
        if what is not None and what.is_line and what.mention and what.mention.kind != "border":
            reference = what.mention
        else:
            end = what.end if what else min(len(self.text), match.end() + 24)
            words = self.text[match.end() : end].strip(" .,")
            reference = Mention(
                "border", match.end(), end, words, "border:UA", found="implied", certainty="likely"
            )
        subject, why = self._find(amount, reference)
        if subject is None or subject.place is None:
            return None
        return self._told(amount, subject, reference, None, ("deep inside: from the border", why))

    def _measured(self, amount: Amount) -> Distance | None:
        """Read what "from", "to" and "north of" around an amount lead to."""
        right = self._right(amount)
        left = self._left(amount)
        if right is None and self.frames.from_any.match(self.text, amount.end):
            # What it is measured from is told, but is nothing that is known.
            return _NOTHING if not left else self._from_left(amount, left)
        if right is not None and right.link == "to" and left and self._starts_amount(right):
            right = None
        if right is not None:
            return self._from_right(amount, right, left)
        return self._from_left(amount, left) if left else None

    def _from_right(self, amount: Amount, right: End, left: Sequence[End]) -> Distance | None:
        onward = self._onward(right)
        if onward is not None and self._is_way(amount):
            return _NOTHING
        if onward is not None:
            return self._two(amount, right, onward, "from one to the other, after the number")
        partner = next((e for e in left if {e.link, right.link} == {"from", "to"}), None)
        if right.link == "direction":
            partner = next((e for e in left if e.link == "to"), None)
        if partner is not None:
            return self._two(amount, right, partner, "from one to the other, around the number")
        words = self.text[right.start : right.at].strip()
        return self._one(amount, right, f"reference: {words!r} right after the number")

    def _is_way(self, amount: Amount) -> bool:
        """Return whether what is so long from one place to another is a front, road or river."""
        if self.frames.straight.search(self.text, self.floor, amount.start):
            return False
        ways = self.passage.words.pattern("lengths", "ways")
        found = [match.end() for match in ways.finditer(self.text, self.floor, amount.start)]
        return bool(found) and self._is_light(found[-1], amount.start)

    def _onward(self, right: End) -> End | None:
        """Return the end of "20 km from X to Y"."""
        after = [e for e in self.ends if e.at > right.end]
        if not after or {after[0].link, right.link} != {"from", "to"}:
            return None
        gap = self.text[right.end : after[0].start]
        return after[0] if not gap.strip() and not self._starts_amount(after[0]) else None

    def _starts_amount(self, end: End) -> bool:
        """Return whether an end after an amount has an amount of its own."""
        following = [a for a in self.passage.lengths if a.start >= end.end]
        if not following or not self._is_light(end.end, following[0].start):
            return False
        return self._right(following[0]) is None

    def _from_left(self, amount: Amount, left: Sequence[End]) -> Distance | None:
        if len(left) == 2 and left[0].link != left[1].link:
            why = "from one to the other, before the number"
            return self._pointed(amount, self._two(amount, left[0], left[1], why))
        words = self.text[left[0].start : left[0].at].strip()
        found = self._one(amount, left[0], f"reference: {words!r} right before the number")
        return self._pointed(amount, found)

    def _pointed(self, amount: Amount, found: Distance | None) -> Distance | None:
        """Return a distance with its direction: "Ryazan from Moscow is 185 km to the southeast"."""
        if found is None or found is _NOTHING or found.direction or found.reference.kind != "place":
            return found
        return replace(found, direction=self._bare_point(amount))

    def _two(self, amount: Amount, a: End, b: End, why: str) -> Distance | None:
        """Return the distance between two governed ends."""
        source, target = (a, b) if a.link != "to" else (b, a)
        subject = self._resolved(target, beside=source)
        reference = self._resolved(source, beside=target)
        if reference is None and subject is not None:
            subject, reference = reference, subject
        if reference is None:
            return _NOTHING
        slots = {
            source.link: self._resolved(source, beside=target),
            target.link: self._resolved(target, beside=source),
        }
        direction = a.direction or b.direction
        return self._oriented(amount, subject, reference, direction, (why,), slots)

    def _one(self, amount: Amount, end: End, why: str) -> Distance | None:
        """Return the distance from one governed end to what the sentence is about."""
        reference = self._reference(amount, end)
        if reference is None:
            return _NOTHING
        troops = self._troops(amount, end, reference)
        if troops is not None:
            ends: dict[str, Mention | None] = {end.link: reference, "bare": troops}
            return self._told(amount, reference, troops, None, (why, "troops are there"), ends)
        subject, found = self._subject(amount, end, reference)
        if subject is None:
            subject, found = self._here(amount, end) or (None, found)
        if subject is None and end.link == "to" and reference.kind == "place":
            return _NOTHING
        if subject is not None and subject.reference == reference.reference:
            subject, found = None, "subject: none but what it is measured from"
        slots: dict[str, Mention | None] = {end.link: reference, "bare": subject}
        return self._oriented(amount, subject, reference, end.direction, (why, found), slots)

    def _here(self, amount: Amount, end: End) -> tuple[Mention, str] | None:
        """Return what "from here" between an end and its amount points back to."""
        between = [e for e in self.ends if end.end <= e.at and e.end <= amount.start and e.pointer]
        subject = self._resolved(between[-1]) if between else None
        return (subject, "subject: pointed back to") if subject is not None else None

    def _reference(self, amount: Amount, end: End) -> Mention | None:
        """Return what a governed end is; of "it" and "its namesake" with what stands before."""
        if end.pointer is None:
            return end.mention
        if end.pointer.kind == "namesake":
            return self._namesake(amount, end)
        if end.pointer.kind == "capital":
            return self._capital(amount, end)
        if end.pointer.kind == "it":
            return self._it(amount, end)
        among = [
            e.mention for e in self.ends if e.end <= end.at and e.mention and e.mention.is_point
        ]
        return resolve(self.passage, end, among=among[:-1] if end.at > amount.end else among)

    def _namesake(self, amount: Amount, end: End) -> Mention | None:
        """Return the town that bears the name of the subject: "its namesake town"."""
        subject, _ = self._find(amount, None)
        if subject is None or subject.place is None:
            return None
        place = subject.place
        name = place.town or place.name.split(" ")[0]
        reference = f"place:{name}, {place.admin1_code or place.country}"
        words = self.text[end.at : end.end]
        certainty = subject.likely
        return Mention(
            "place", end.at, end.end, words, reference, found="namesake", certainty=certainty
        )

    def _capital(self, amount: Amount, end: End) -> Mention | None:
        """Return the capital of the country that the subject lies in: "west of the capital"."""
        subject, _ = self._find(amount, None, limit=min(amount.start, end.start))
        own = subject.place.country if subject and subject.place else ""
        told = countries_in(end.text, language=self.passage.language)
        country = told[0] if told else own
        place = self.passage.finder.capital(country)
        if place is None:
            return None
        found = Mention("place", end.at, end.end, end.text, f"place:{place.name}, {country}", place)
        return replace(found, found="implied", certainty="likely")

    def _it(self, amount: Amount, end: End) -> Mention | None:
        """Return what "50 km east of it" is measured from, None where that cannot be told."""
        before = [e.mention for e in self.ends if e.end <= min(amount.start, end.at) and e.mention]
        lines = [m for m in before if m.kind in ("border", "front", "coast")]
        if lines and end.at > amount.end:
            return lines[-1]
        named = {m.reference: m for m in before if m.is_point and m.is_sure}
        others = list(named.values())
        if end.at > amount.end:
            others = others[:-1]
        if not others:
            return resolve(self.passage, end)
        heads = _heads(others)
        return (
            replace(heads[0], found="pointer", certainty=heads[0].likely)
            if len(heads) == 1
            else None
        )

    def _troops(self, amount: Amount, end: End, reference: Mention) -> Mention | None:
        """Return the troops or front that a town is so far from: as far as it is from the front."""
        if reference.kind != "place" or reference.rank >= COUNTRY:
            return None
        left = [
            e for e in self.ends if self.floor <= e.at and e.end <= amount.start and e is not end
        ]
        left = [e for e in left if e.mention is not None]
        troops = [e.mention for e in left if e.mention and e.mention.kind == "forces"]
        is_near = self._remains(end.end, amount.start) or self._is_approach(end, amount.start)
        if troops and end.end <= amount.start and is_near:
            return troops[-1]
        inside = [e for e in left if e.at > end.end] if end.end <= amount.start else left
        after = [e for e in self.ends if end.end <= amount.start and amount.end <= e.at]
        one = inside[-1] if inside else after[0] if after else None
        if one is None or one.mention is None:
            return None
        kind = one.mention.kind
        if kind == "forces" and (end.end <= amount.start or one is left[-1]):
            return one.mention
        is_near = one.end <= amount.start and self._is_light(one.end, amount.start)
        if kind in ("front", "border") and is_near and one.link not in MEASURED:
            return one.mention
        is_coming = _is_power(one.mention) and self._comes(one, amount)
        forces = replace(one.mention, kind="forces", reference="front:", place=None)
        return forces if is_coming else None

    def _remains(self, start: int, stop: int) -> bool:
        """Return whether so much is left to go, for troops that were named."""
        return self.frames.remain.search(self.text, start, stop) is not None

    def _comes(self, power: End, amount: Amount) -> bool:
        """Return whether a capital stands for troops that come near."""
        between = self.text[power.end : amount.start]
        return self.passage.words.pattern("verbs", "come", "move").search(between) is not None

    def _subject(self, amount: Amount, end: End, reference: Mention) -> tuple[Mention | None, str]:
        """Return what a distance is said of: in its own part, carried over, or before."""
        limit = min(amount.start, end.start)
        own, why = self._find(amount, reference, limit=limit)
        if own is not None or not self.told:
            return own, why
        last = self.told[-1]
        if why.startswith("something else"):
            return None, why
        if end.link in last.slots:
            other = next((m for link, m in last.slots.items() if link != end.link), None)
        else:
            other = last.slots.get("bare") or last.subject
        if other is None or other.reference == reference.reference:
            return None, "nothing to carry over"
        return _carried(other), "subject: carried over from the distance before"

    def _find(
        self, amount: Amount, reference: Mention | None, *, limit: int | None = None
    ) -> tuple[Mention | None, str]:
        """Return the place in its own part of the sentence that a distance is said of."""
        ends = [e for e in self.ends if e not in self.measured]
        return find_subject(self.passage, amount, ends, reference, floor=self.floor, limit=limit)

    @cached_property
    def measured(self) -> frozenset[End]:
        """The ends that some amount is measured from or to, of which nothing else is said."""
        found = set()
        for amount in self.passage.lengths:
            right = self._right(amount)
            found.update([right] if right else [])
            found.update(self._left(amount))
        return frozenset(found)

    def _bearing_first(self, amount: Amount) -> Distance | None:
        """Read "southeast of Moscow, at around 190 km, sits Ryazan"."""
        left = [e for e in self.ends if e.end <= amount.start and e.at >= self.floor]
        if not left or left[-1].link != "direction" or left[-1].mention is None:
            return None
        end = left[-1]
        if not self._is_light(end.end, amount.start) or not end.mention:
            return None
        after = [e for e in self.ends if e.at >= amount.end and e.mention and e.mention.is_point]
        if not after or self.passage.lengths[-1] is not amount:
            return None
        subject = after[0].mention
        why = "direction and reference before the number, subject after it"
        return self._told(amount, subject, end.mention, end.direction, (why,))

    def _bare_point(self, amount: Amount) -> str | None:
        match = self.frames.bare_direction.match(self.text, amount.end)
        return compass(self.passage.language).point(match["compass"]) if match else None

    def _bare_direction(self, amount: Amount) -> Distance | None:
        """Read "Kramatorsk, 25 km to the north": of the one other town that was named."""
        direction = self._bare_point(amount)
        if direction is None:
            return None
        subject, why = self._find(amount, None)
        if subject is None or subject.place is None:
            return None
        others = [
            e.mention
            for e in self.ends
            if e.end <= amount.start and e.mention and e.mention.is_point and e.mention.is_sure
        ]
        around = others or [m for p in self.passage.before[-1:] for m in p.places if m.is_point]
        fitting = {
            m.reference: m for m in around if m.rank <= 1 and m.reference != subject.reference
        }
        others_left = [m for m in fitting.values() if not subject.is_within(m) or m.rank == 1]
        if len(others_left) != 1:
            return None
        reference = replace(others_left[0], found="carried", certainty=others_left[0].likely)
        reasons = (why, "reference: the only other town that is named before")
        return self._told(amount, subject, reference, direction, reasons)

    def _carried(self, amount: Amount) -> Distance | None:
        """Read an item that leaves out from where: "Olenya (Murmansk, 2,000 km)"."""
        told = self.told or self.item_before
        if not told:
            return self._headed(amount) or self._same_ends(amount)
        nearest = [e for e in self.ends if e.end <= amount.start and e.at >= self.floor]
        places = [e for e in nearest if e.mention and e.mention.is_point and e.link in ("", "and")]
        ends_here = re.match(r"\s*(?:[,;.)]|$|(?:and|і|та|и)\b)", self.text[amount.end :])
        if places and ends_here and self._is_light(places[-1].end, amount.start):
            subject, why = self._find(amount, None)
            if subject is not None and told[-1].subject is not None:
                reasons = (why, "reference: carried over from the distance before")
                reference = _carried(told[-1].reference)
                # "A is 12 km west of X, B 23": so is B.
                point = told[-1].direction if self.told and amount.is_unitless else None
                return self._told(amount, subject, reference, point, reasons)
        return self._same_ends(amount)

    def _headed(self, amount: Amount) -> Distance | None:
        """Read the first item after "Distances from Dnipro:"; what follows carries it over."""
        heads = [e for e in self.ends if e.end <= amount.start]
        head = next((e for e in heads if self.text[e.end : e.end + 1] == ":"), None)
        if head is None or not head.is_from or heads[-1] is head or not self._has_distance(head):
            return None
        subject, reference = self._resolved(heads[-1]), self._resolved(head)
        if subject is None or reference is None or not self._is_light(heads[-1].end, amount.start):
            return None
        reasons = ("reference: what the list begins with", f"subject: {subject.text}")
        return self._told(amount, subject, reference, None, reasons, {"bare": subject})

    def _same_ends(self, amount: Amount) -> Distance | None:
        """Read "the direct route is 1,237 km": between the same ends as before."""
        window = self.text[max(0, amount.start - 60) : amount.start]
        if not self.told or amount.is_unitless or not self.frames.straight.search(window):
            return None
        last = self.told[-1]
        return replace(last, amount=amount, reasons=("the same ends, by another way",))

    def _respectively(self, lengths: Sequence[Amount]) -> list[Distance]:
        """Read "A and B are 15 and 7 km from D respectively"; nothing where counts differ."""
        points = [e for e in self.ends if (e.mention and e.mention.is_point) or e.is_line]
        measured = [e for e in points if e.link in ("from", "to", "direction") and e.mention]
        names = [e for e in points if e not in measured and e.mention and not e.is_line]
        if len(measured) != 1 or len(names) != len(lengths) or not measured[0].mention:
            return []
        why = ("one to each, as they stand",)
        return [
            Distance(amount, end.mention, measured[0].mention, None, why, {}, amount.end)
            for amount, end in zip(lengths, names, strict=True)
        ]

    # Making distances.

    def _resolved(self, end: End, *, beside: End | None = None) -> Mention | None:
        if end.pointer is not None and end.pointer.is_plural:
            around = [*(p.lines for p in self.passage.before), self.passage.lines]
            troops = [m for lines in around for m in lines if m.kind == "forces"]
            if troops:
                front = replace(troops[-1], found="pointer", certainty="likely", kind="front")
                return replace(front, start=end.at, end=end.end, text=end.text)
        if end.pointer is not None and end.pointer.kind == "it":
            ends = [e for e in self.ends if e.end <= end.at and e is not beside]
            here = [e.mention for e in ends if e.mention]
            heads = _heads([m for m in here if m.is_point and m.is_sure])
            if len(heads) == 1 and end.at >= self.floor:
                return replace(heads[0], found="pointer", certainty=heads[0].likely)
        among = [
            e.mention
            for e in self.ends
            if e.end <= end.at and e is not beside and e.mention and e.mention.is_point
        ]
        return resolve(self.passage, end, among=among)

    def _pair(
        self,
        amount: Amount,
        subject: Mention,
        reference: Mention,
        why: str,
        *,
        direction: str | None = None,
        bare: bool = False,
    ) -> Distance:
        slots: dict[str, Mention | None] = {"bare": subject, "from": reference} if bare else {}
        return self._oriented(amount, subject, reference, direction, (why,), slots)

    def _oriented(
        self,
        amount: Amount,
        subject: Mention | None,
        reference: Mention,
        direction: str | None,
        reasons: tuple[str, ...],
        slots: dict[str, Mention | None],
    ) -> Distance:
        """Return a distance: of a place and a line, the place is the subject."""
        if subject is not None and subject.kind != "place" and reference.kind == "place":
            subject, reference, direction = reference, subject, None
        return self._told(amount, subject, reference, direction, reasons, slots)

    def _told(
        self,
        amount: Amount,
        subject: Mention | None,
        reference: Mention,
        direction: str | None,
        reasons: tuple[str, ...],
        slots: dict[str, Mention | None] | None = None,
    ) -> Distance:
        ends = [m.end for m in (subject, reference) if m and m.start >= amount.end]
        own = [end for end in ends if end <= self._next_start(amount)]
        stop = max([amount.end, *own])
        kept = tuple(reason for reason in reasons if reason)
        return Distance(amount, subject, reference, direction, kept, slots or {}, stop)


def _carried(mention: Mention) -> Mention:
    return replace(mention, found="carried", certainty=mention.likely)


def _is_power(mention: Mention) -> bool:
    return mention.kind == "place" and (not mention.is_sure or mention.rank >= COUNTRY)


def _heads(mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions without the units, towns and countries that others of them lie in."""
    different = list({m.reference: m for m in mentions}.values())
    return [m for m in different if not any(o is not m and o.is_within(m) for o in different)]


_NOTHING = Distance(
    Amount(None, None, "km", "", None, None, 0, 0, 0), None, Mention("none", 0, 0, "", "")
)
