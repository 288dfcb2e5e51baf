"""What a stated distance is between: rules weigh what stands between an amount and the places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geoconflict.gazetteer.scoring import distance_km
from geoconflict.reading.amounts import Amount
from geoconflict.reading.ends import MEASURED, End
from geoconflict.reading.lengths import is_other_length, is_size
from geoconflict.reading.measures import Measures, carried
from geoconflict.reading.mentions import COUNTRY, DISTRICT, UNIT, Mention
from geoconflict.reading.pairs import NOTHING, Distance
from geoconflict.reading.passages import Passage
from geoconflict.reading.referents import heads

# So near its point is the town that a district is called after.
_SEAT_KM = 10.0
# What sets a place off behind a distance.
_SET_OFF = (",", "–", "—", "-")
# What an item of a list begins with.
_BULLET = re.compile(r"[-–—•*▪●]\s|\d{1,2}[.)]\s")


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


def _outside(told: Distance) -> Distance:
    """Return a distance without the unit that holds what it is measured from.

    "In Rylsk district, 5 km south of Rylsk, a depot burns" tells of the depot.
    """
    unit, town = told.subject, told.reference
    if unit is None or unit.place is None or town.place is None or town.kind != "place":
        return told
    is_seat = unit.rank == DISTRICT and distance_km(unit.place, town.place) < _SEAT_KM
    if not town.is_within(unit) or not (is_seat or unit.rank == UNIT):
        return told
    return replace(told, subject=None, reasons=(*told.reasons[:1], "subject: none that is named"))


class _Sentence(Measures):
    """The distances of one sentence while they are told."""

    def __init__(self, passage: Passage, before: Sequence[Distance]) -> None:
        super().__init__(passage)
        self.item_before = list(before) if _BULLET.match(passage.text) else []

    def read(self) -> list[Distance]:
        lengths = self.passage.lengths
        if lengths and self.frames.respectively.search(self.text):
            return self._respectively(lengths)
        for amount in lengths:
            before = self.text[max(0, amount.start - 24) : amount.start]
            is_further = amount is not lengths[0] and self._is_further(amount, before)
            flight = self._flight(amount)
            is_none = is_further or self.frames.denied.search(before)
            if is_none or (flight is None and is_size(self.passage, amount)):
                continue
            found = flight or self._separated(amount)
            if found is None:
                is_other = is_other_length(self.passage, amount, since=self._last_place(amount))
                found = self._likened(amount)
                if found is None:
                    found = self._flown(amount) if is_other else self._distance(amount)
            if found is not None:
                found = _outside(found)
                self.told.append(found)
                self.floor, self.last_reference = found.end, found.reference.reference
        return self.told

    def _is_further(self, amount: Amount, before: str) -> bool:
        """Return whether a way is so much more than one told before: "and another 300 to B"."""
        if self.frames.added.search(before) is None:
            return False
        right = self._right(amount)
        return right is None or right.link not in ("from", "direction")

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
            self._between_which,
            self._across,
            self._deep,
            self._aside_of_it,
            self._from_which,
            self._lying,
            self._line_from_there,
            self._ahead,
            self._from_then_subject,
            self._facing,
            self._measured,
            self._line_away,
            self._bearing_first,
            self._bare_direction,
            self._carried,
        ):
            found = frame(amount)
            if found is not None:
                return found if found.reference.reference else None
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
            home = f"border:{self.passage.theatre.home}"
            reference = Mention(
                "border", match.end(), end, words, home, found="implied", certainty="likely"
            )
        subject, why = self._find(amount, reference)
        if subject is None or subject.place is None:
            return None
        return self._told(amount, subject, reference, None, ("deep inside: from the border", why))

    def _line_away(self, amount: Amount) -> Distance | None:
        """Read "the border is 460 km away": from what the text is about."""
        left = [e for e in self.ends if self.floor <= e.at and e.end <= amount.start]
        line = left[-1] if left else None
        if line is None or line.mention is None or not line.is_line or line.link in MEASURED:
            return None
        is_led = self._is_light(line.end, amount.start)
        ends = self.frames.so_far if self.passage.language == "en" else self.frames.stops
        if not is_led or ends.match(self.text, amount.end) is None:
            return None
        subject, why = self._find(amount, line.mention, limit=line.start)
        if subject is None:
            subject, why = self._topic(), "subject: what was spoken of before"
        if subject is None:
            return None
        return self._told(amount, subject, line.mention, None, ("so far away is a line", why))

    def _line_from_there(self, amount: Amount) -> Distance | None:
        """Read "the border is 90 km from there": from the one place that was named."""
        right = self._right(amount)
        left = [e for e in self.ends if self.floor <= e.at and e.end <= amount.start]
        line = left[-1] if left else None
        if right is None or right.pointer is None or right.pointer.kind != "it" or line is None:
            return None
        is_led = line.is_line and line.link not in MEASURED
        if line.mention is None or not is_led or not self._is_light(line.end, amount.start):
            return None
        subject = self._only_point([e for e in left if e.mention and e is not line])
        if subject is None and len(left) == 1:
            subject = self._topic()
        if subject is None:
            return NOTHING
        return self._told(amount, subject, line.mention, None, ("so far from there is a line",))

    def _only_point(self, ends: Sequence[End]) -> Mention | None:
        """Return the one place that ends name, as pointed back to; None where several are."""
        found = heads([e.mention for e in ends if e.mention and e.mention.is_point])
        is_one = len(found) == 1 and found[0].place is not None and found[0].is_sure
        return replace(found[0], found="pointer", certainty=found[0].likely) if is_one else None

    def _ahead(self, amount: Amount) -> Distance | None:
        """Read "A was hit, then, 135 km to the southwest, B": B from the one that was named."""
        point = self.frames.bare_direction.match(self.text, amount.end)
        after = next((e for e in self.ends if e.at >= amount.end), None)
        if point is None or after is None or after.mention is None or not after.mention.is_point:
            return None
        left = [e for e in self.ends if e.end <= amount.start]
        is_aside = bool(left) and not self.text[left[-1].end : amount.start].strip(" ,(–—-")
        gap = self.text[point.end() : after.start]
        is_next = gap.strip() in _SET_OFF or self.frames.stands.fullmatch(gap) is not None
        if is_aside or not is_next or after.link not in ("", "in") or self._right(amount):
            return None
        reference = self._only_point(left) if left else self._topic()
        if reference is None or reference.reference == after.mention.reference:
            return None
        why = ("so far from the one named before lies the next",)
        return self._told(amount, after.mention, reference, self._bare_point(amount), why)

    def _facing(self, amount: Amount) -> Distance | None:
        """Read "to the northwest of A, 60 km off, lies B": B, so far from the one before."""
        left = [e for e in self.ends if self.floor <= e.at and e.end <= amount.start]
        after = next((e for e in self.ends if e.at >= amount.end), None)
        if len(left) != 1 or left[0].link not in ("direction", "from") or after is None:
            return None
        away = self.frames.so_far.match(self.text, amount.end)
        stands = away and self.frames.stands.fullmatch(self.text, away.end(), after.start)
        subject, reference = after.mention, self._resolved(left[0])
        is_point = subject is not None and subject.is_point and after.link == ""
        is_led = self._is_light(left[0].end, amount.start)
        if not (stands and is_point and is_led) or reference is None:
            return None
        why = "what lies so far from the one named before"
        return self._told(amount, subject, reference, left[0].direction, (why,))

    def _bearing_first(self, amount: Amount) -> Distance | None:
        """Read "southeast of Moscow, at around 190 km, sits Ryazan"."""
        left = [e for e in self.ends if e.end <= amount.start and e.at >= self.floor]
        if not left or left[-1].link != "direction" or left[-1].mention is None:
            return None
        end = left[-1]
        if self.frames.so_far.match(self.text, amount.end):
            # "Kurakhove lies west of Donetsk, 40 km away".
            found = self._one(amount, end, "direction and reference before the number")
            return None if found is NOTHING else found
        if not self._is_light(end.end, amount.start) or not end.mention:
            return None
        after = [e for e in self.ends if e.at >= amount.end and e.mention and e.mention.is_point]
        if not after or self.passage.lengths[-1] is not amount:
            return None
        subject = after[0].mention
        why = "direction and reference before the number, subject after it"
        return self._told(amount, subject, end.mention, end.direction, (why,))

    def _bare_direction(self, amount: Amount) -> Distance | None:
        """Read "Kramatorsk, 25 km to the north" or "away": of the one other town that was named."""
        direction = self._bare_point(amount)
        if direction is None and not self.frames.away.match(self.text, amount.end):
            return None
        subject, why = self._find(amount, None)
        if subject is None or subject.place is None:
            return None
        others = [
            e.mention
            for e in self.ends
            if e.end <= amount.start and e.mention and e.mention.is_point and e.mention.is_sure
            if e.mention.reference != subject.reference
        ]
        # A first word that is no known place may be no place at all.
        told = [m for p in self.passage.before[-1:] for m in p.places if m.place or m.start]
        around = others or [m for m in told if m.is_point]
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
        ends_here = self.frames.ends_here.match(self.text, amount.end)
        # "Kursk, the regional capital, is almost 90".
        since = places[-1].end if places else 0
        aside = self.frames.told_between.match(self.text, since, amount.start)
        if places and ends_here and self._is_light(aside.end() if aside else since, amount.start):
            subject, why = self._find(amount, None)
            if subject is not None and told[-1].subject is not None:
                reasons = (why, "reference: carried over from the distance before")
                reference = carried(told[-1].reference)
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
