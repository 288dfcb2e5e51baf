"""Distances between two ends that a sentence names side by side: "between A and B", "apart"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from geoconflict.reading.amounts import Amount
from geoconflict.reading.ends import MEASURED, End
from geoconflict.reading.mentions import COUNTRY, Mention
from geoconflict.reading.referents import CAPITALS, Referents, heads

# What is shorter is a stretch of a flight, in kilometres or miles.
_FLIGHT = 100.0
# What is so little apart, in kilometres or miles, is something in two places, not these.
_CRATERS = 5.0


@dataclass(frozen=True)
class Distance:
    """A stated distance and its ends.

    ``subject`` is None where the text names no place; ``direction`` is a compass point, from
    the reference to the subject, or None. ``slots`` holds what each governing word leads to,
    for what the next distance leaves out; ``reasons`` say how the ends were chosen. ``is_flown``
    tells that it is a way flown, which the straight line is no longer than.
    """

    amount: Amount
    subject: Mention | None
    reference: Mention
    direction: str | None = None
    reasons: tuple[str, ...] = ()
    slots: dict[str, Mention | None] = field(default_factory=dict)
    end: int = 0
    is_flown: bool = False


# So few words, a verb among them, say what is so far from something.
_NEAR_WORDS = 3


class Pairs(Referents):
    """The distances of one sentence whose two ends stand together, or that are flown."""

    def _apart(self, amount: Amount) -> Distance | None:
        """Read "A and B are 20 km apart", with the names before or after."""
        if amount.unit == "m" or not self.frames.apart.match(self.text, amount.end):
            # "The craters in A and B are 40 m apart": so is what is in them.
            return None
        places = [e for e in self.ends if e.mention and e.mention.is_point]
        for a, b in pairwise(places):
            if self.frames.joint.fullmatch(self.text, a.end, b.at) and a.mention and b.mention:
                return self._pair(amount, a.mention, b.mention, "A and B are so far apart")
        before = [e for e in places if self.floor <= e.at and e.end <= amount.start]
        is_near = (amount.value_min or 0.0) < _CRATERS
        if not places and not is_near:
            return self._of_two_before(amount)
        if not before or is_near or ";" in self.text[before[-1].end : amount.start]:
            return None
        return self._of_two(amount, before, "the two that are named are so far apart")

    def _of_two(self, amount: Amount, ends: Sequence[End], why: str) -> Distance | None:
        """Return the distance between the two places that are named; None where not two are."""
        found = heads([e.mention for e in ends if e.mention and e.mention.is_point])
        if len(found) != 2 or not all(m.place and m.rank <= 1 for m in found):
            return None
        return self._pair(amount, found[0], found[1], why)

    def _of_two_before(self, amount: Amount) -> Distance | None:
        """Return the distance between the only two places that the sentence before names."""
        told = [m for p in self.passage.before[-1:] for m in p.places if m.is_point]
        found = heads([m for m in told if m.is_sure])
        pointed = [e for e in self.ends if e.pointer and e.end <= amount.start]
        if len(pointed) != 1 or len(found) != 2 or not all(m.place and m.rank == 1 for m in found):
            return None
        first, second = (replace(m, found="pointer", certainty=m.likely) for m in found)
        return self._pair(amount, first, second, "the two named before are so far apart")

    def _separated(self, amount: Amount) -> Distance | None:
        """Read "3 km separate the town from the trenches", "А і Б розділяє 60 км"."""
        since, until = self.floor, self._next_start(amount)
        match = self.frames.separate.search(self.text, since, until)
        if match is None or amount.is_unitless or self._is_set_apart(match.end(), amount):
            return None
        ends = [e for e in self.ends if since <= e.at < until and e.end <= until]
        both = next((e for e in ends if e.at >= match.end() and e.pointer), None)
        if both is not None and both.pointer and both.pointer.is_plural:
            # "Missiles from A reach B: 70 km separate the two cities".
            before = [e for e in self.ends if e.mention and e.end <= match.start()]
            return self._of_two(amount, before, "so much separates the two that are named")
        source = next((e for e in ends if e.link == "from"), None)
        others = [e for e in ends if e.link not in MEASURED and not self._is_country(e)]
        if source is not None:
            near = [e for e in others if e.at > match.end()] or self._said_before(ends) or others
            subject = self._resolved(near[0]) if near else self._object_of(source, match.start())
            is_capital = source.pointer is not None and source.pointer.kind in CAPITALS
            reference = self._capital(source, subject) if is_capital else self._resolved(source)
            if subject is None or reference is None:
                return None
            return self._pair(amount, subject, reference, "so much separates it from it", bare=True)
        points = [self._resolved(e) for e in others]
        known = [m for m in points if m is not None]
        if len(known) < 2:
            return None
        return self._pair(amount, known[0], known[1], "so much separates the two")

    def _is_set_apart(self, at: int, amount: Amount) -> bool:
        """Return whether a comma parts an amount from a verb, if not ", –" behind names."""
        named = [e.end for e in self.ends if e.at >= at and e.end <= amount.start]
        gap, rest = self.text[at : max([at, *named])], self.text[max([at, *named]) : amount.start]
        return "," in gap or ("," in rest and self.frames.set_off.fullmatch(rest) is None)

    def _object_of(self, source: End, stop: int) -> Mention | None:
        """Return what was spoken of, as in "from X 12 km part it"; None where no word points."""
        words = self.passage.words
        own = words.pattern("pointers", "possessive", "singular")
        is_pointed = own.fullmatch(self.text[source.end : stop].strip()) is not None
        return self._topic() if is_pointed else None

    def _said_before(self, ends: Sequence[End]) -> Sequence[End]:
        """Return the last of ends that "which" follows, as in "X, which 12 km part from Y"."""
        led = [e for e in ends if self.frames.relative.match(self.text, e.end)]
        return led[-1:]

    def _aside_of_it(self, amount: Amount) -> Distance | None:
        """Read "X was hit, and 45 km from it, in Y, a market burned": of the only town before."""
        right = self._right(amount)
        if right is None or right.pointer is None or right.pointer.kind not in ("it", "town"):
            return None
        after = next((e for e in self.ends if e.at >= right.end), None)
        is_set = after is not None and self.text[right.end : after.start].strip() == ","
        if after is None or not is_set or after.link != "in":
            return None
        # Were anything else named or pointed to before it, either could be meant.
        before = [e for e in self.ends if e.end <= amount.start]
        one = before[0].mention if len(before) == 1 and before[0].link != "from" else None
        if one is None or one.place is None or not (one.is_point and one.is_sure):
            return None
        if after.mention is None or not after.mention.is_point:
            return None
        why = "so far from the one named before, where it is then said"
        town = replace(one, found="pointer", certainty=one.likely)
        return self._pair(amount, after.mention, town, why, direction=right.direction)

    def _from_which(self, amount: Amount) -> Distance | None:
        """Read "X, 60 km from which lies Y": of what stands right before and right behind."""
        right = self._right(amount)
        if right is None or right.pointer is None or right.pointer.kind != "relative":
            return None
        before = [e for e in self.ends if self.floor <= e.at and e.end <= amount.start]
        after = next((e for e in self.ends if e.at >= right.end and e.mention), None)
        one = before[-1].mention if before else None
        other = after.mention if after else None
        if one is None or other is None or not (one.is_point and one.place):
            return None
        lead = self.text[before[-1].end : amount.start].lstrip()
        gap = self.text[right.end : after.start] if after else ","
        if not lead.startswith(",") or "," in gap or len(gap.split()) > _NEAR_WORDS:
            return None
        why = "so far from what is named right before it"
        if other.kind != "place" or other.place is not None:
            return self._pair(amount, other, one, why, direction=right.direction)
        return None

    def _lying(self, amount: Amount) -> Distance | None:
        """Read "X and the 34 km from it lying Y", as participles before a name have it."""
        led = self.frames.lying.search(self.text[: amount.start])
        after = next((e for e in self.ends if e.at >= amount.end and e.mention), None)
        before = [e.mention for e in self.ends if led and e.mention and e.end <= led.start()]
        if after is None or after.mention is None or not before or not before[-1].is_point:
            return None
        gap = self.text[amount.end : after.start]
        pointers = [e for e in self.ends if e.pointer and amount.end <= e.start < after.start]
        for end in pointers:
            gap = gap.replace(self.text[end.start : end.end], "")
        is_led = not gap.strip() or self.frames.bare_direction.fullmatch(gap.rstrip()) is not None
        if not is_led or not after.mention.is_point:
            return None
        why = "what lies so far from the one named before it"
        direction = self._bare_point(amount) or (pointers[0].direction if pointers else None)
        return self._pair(amount, after.mention, before[-1], why, direction=direction)

    def _is_country(self, end: End) -> bool:
        return end.mention is not None and end.mention.kind == "place" and not end.mention.is_point

    def _between(self, amount: Amount) -> Distance | None:
        """Read "between A and B it is 600 km", "20 km between A and B"."""
        for first in self.ends:
            second = self._and(first) if first.link == "between" else None
            if second is None:
                if first.link == "between" and self._is_between_them(first, amount):
                    before = [e for e in self.ends if e.end <= first.start]
                    return self._of_two(amount, before, "between the two that are named")
                continue
            is_before = second.end <= amount.start and first.at >= self.floor
            far = self.text[second.end : amount.start]
            near = is_before and len(far) < 60 and not re.search(r"\d|;", far)
            leads = (self.frames.right, self.frames.lie_between)
            after = any(lead.fullmatch(self.text, amount.end, first.start) for lead in leads)
            a, b = self._resolved(first), self._resolved(second)
            if near and not after and self.frames.from_any.match(self.text, amount.end):
                # "Halfway between A and B, 210 km from C".
                continue
            if after and self.frames.along.search(self.text, 0, amount.start):
                return NOTHING
            if (near or after) and a is not None and b is not None:
                direction = self._bare_point(amount)
                return self._pair(amount, b, a, "between the two", direction=direction)
        return None

    def _between_which(self, amount: Amount) -> Distance | None:
        """Read "A and B, between which there are 125 km": of the two right before it."""
        led = self.frames.between_which.search(self.text, self.floor, amount.start)
        before = [e for e in self.ends if led and e.end <= led.start()]
        if led is None or len(before) < 2 or before[-1].end != led.start():
            return None
        first, second = before[-2:]
        if self.frames.joint.fullmatch(self.text, first.end, second.at) is None:
            return None
        return self._of_two(amount, [first, second], "between the two right before it")

    def _is_between_them(self, end: End, amount: Amount) -> bool:
        """Return whether "between the cities" stands beside an amount."""
        if end.pointer is None:
            return False
        is_led = end.end <= amount.start and self.frames.light.fullmatch(
            self.text, end.end, amount.start
        )
        return bool(is_led or self.frames.right.fullmatch(self.text, amount.end, end.start))

    def _across(self, amount: Amount) -> Distance | None:
        """Read "Nikopol, which faces the plant from 17 km away": of the two that are named."""
        off = self.frames.off.search(self.text, self.floor, amount.start)
        is_away = self.frames.so_far.match(self.text, amount.end) is not None
        if off is None or not (is_away or " " in off[0].strip()):
            return None
        before = [e for e in self.ends if self.floor <= e.at and e.end <= off.start()]
        found = heads([e.mention for e in before if e.mention])
        if len(found) != 2 or not all(m.is_point and m.place for m in found):
            return None
        first, second = found
        between = self.text[first.end : second.start]
        if self.frames.joint.fullmatch(between) or self.frames.deeds.search(
            self.text, first.end, off.start()
        ):
            return None
        return self._pair(amount, first, second, "seen one from the other, so far off")

    def _likened(self, amount: Amount) -> Distance | None:
        """Read "1,750 km, as far as the distance between Stockholm and Rome"."""
        for first in self.ends:
            if not self.frames.like.fullmatch(self.text, amount.end, first.start):
                continue
            after = [e for e in self.ends if e.at > first.end and e.mention]
            second = self._and(first) if first.link == "between" else None
            if first.link == "from" and after and after[0].link == "to":
                second = after[0]
            if second is not None and first.mention and second.mention:
                why = "likened to the distance between the two"
                found = self._pair(amount, second.mention, first.mention, why)
                return replace(found, amount=replace(amount, hedge=amount.hedge or "about"))
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

    def _respectively(self, lengths: Sequence[Amount]) -> list[Distance]:
        """Read "A and B are 15 and 7 km from D respectively"; nothing where counts differ."""
        points = [e for e in self.ends if (e.mention and e.mention.is_point) or e.is_line]
        measured = [e for e in points if e.link in ("from", "to", "direction")]
        measured += [e for e in points if measured and e.at > measured[-1].at and e.link == "and"]
        names = [e for e in points if e not in measured and not e.is_line]
        counts = len(names), len(measured)
        if sorted(counts) != sorted((1, len(lengths))):
            return []
        names, measured = names * counts[1], measured * counts[0]
        why = ("one to each, as they stand",)
        return [
            Distance(amount, name.mention, end.mention, end.direction, why, {}, amount.end)
            for amount, name, end in zip(lengths, names, measured, strict=True)
            if end.mention is not None
        ]

    def _flight(self, amount: Amount) -> Distance | None:
        """Read "Ufa, a 1,300-km flight from the border": no shorter than the straight line."""
        flight = self.frames.flight.match(self.text, amount.end)
        if flight is None or amount.hedge in self.passage.words.forms("hedges", "over"):
            return None
        start = next((e for e in self.ends if e.start == flight.end() and e.link == "from"), None)
        reference = start.mention if start else None
        if reference is None or (reference.kind == "place" and not reference.is_point):
            return None
        subject, why = self._find(amount, reference)
        if subject is None or subject.start > amount.start:
            return None
        told = self._told(amount, subject, reference, None, ("a way flown there", why))
        return replace(told, is_flown=True)

    def _flown(self, amount: Amount) -> Distance | None:
        """Read "drones flew 1,300 km to Kazan": as far at least as it is from the border."""
        is_short = amount.value_min is None or amount.unit == "m" or amount.value_min < _FLIGHT
        flown = None if is_short else self.frames.flown.search(self.text, 0, amount.number_start)
        over = self.passage.words.forms("hedges", "over")
        if flown is None or amount.hedge in over or self.frames.can.search(flown[0]):
            return None
        points = [e for e in self.ends if e.mention and e.mention.is_point and e.mention.place]
        after = [e.mention for e in points if e.at >= amount.end and e.link != "from"]
        goals = heads([m for m in after if m])
        abroad = self.passage.finder.gazetteer.theatre.opponent
        if len(goals) != 1 or goals[0].place is None or goals[0].place.country != abroad:
            return None
        if self._next_start(amount) < goals[0].start:
            # "1,000 km, then 200 km more, to Ufa".
            return None
        home = self.passage.finder.gazetteer.theatre.home
        line = Mention("border", amount.end, amount.end, "", f"border:{home}", found="implied")
        start: Mention | None = replace(line, certainty="likely")
        origins = [e for e in self.ends if e.link == "from" and e.end <= goals[0].start]
        if self.frames.from_any.match(self.text, amount.end):
            start = self._origin(origins, line)
        elif len(named := [e for e in origins if e in points and e.end <= amount.start]) == 1:
            start = named[0].mention
        if start is None:
            return None
        told = self._told(amount, goals[0], start, None, ("a way flown there",))
        return replace(told, is_flown=True)

    def _origin(self, origins: Sequence[End], border: Mention) -> Mention | None:
        """Return where a flight is said to start: a point, a line, or for home its border."""
        start = origins[0].mention if len(origins) == 1 else None
        if start is None or start.kind != "place" or (start.is_point and start.place):
            return start
        home = self.passage.finder.gazetteer.theatre.home
        is_home = start.place is not None and start.place.country == home
        return border if is_home and not start.is_point else None

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
        """Return a distance: of a place and a line or country, the place is the subject."""
        is_line = subject is not None and (subject.kind != "place" or subject.rank == COUNTRY)
        if is_line and reference.kind == "place" and reference.rank < COUNTRY:
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


NOTHING = Distance(
    Amount(None, None, "km", "", None, None, 0, 0, 0), None, Mention("none", 0, 0, "", "")
)
