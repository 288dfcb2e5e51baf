"""Distances measured from what words such as "from", "to" and "north of" lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geoconflict.reading.amounts import Amount
from geoconflict.reading.ends import MEASURED, End
from geoconflict.reading.mentions import Mention
from geoconflict.reading.pairs import NOTHING, Distance, Pairs
from geoconflict.reading.passages import Passage

# As many words can say of a line that it passes so far from a place.
_PASSING = 3


class Measures(Pairs):
    """The distances of one sentence that are measured from a governed end.

    ``told`` are those that were read of it so far.
    """

    def __init__(self, passage: Passage) -> None:
        super().__init__(passage)
        self.told: list[Distance] = []

    def _measured(self, amount: Amount) -> Distance | None:
        """Read what "from", "to" and "north of" around an amount lead to."""
        right = self._right(amount)
        left = self._left(amount)
        if right is None and self.frames.from_any.match(self.text, amount.end):
            # What it is measured from is told, but is nothing that is known.
            return NOTHING if not left else self._from_left(amount, left)
        if right is not None and right.link == "to" and left and self._starts_amount(right):
            right = None
        if right is not None:
            return self._from_right(amount, right, left)
        return self._from_left(amount, left) if left else None

    def _from_then_subject(self, amount: Amount) -> Distance | None:
        """Read "От Белгорода Харьков лежит в 70 км": nothing stands between the two names."""
        left = [e for e in self.ends if self.floor <= e.at and e.end <= amount.start]
        if len(left) < 2 or self._right(amount) is not None:
            return None
        source, subject = left[-2:]
        if subject.link == "to" and not source.link and self._is_way_between(source, subject):
            # "Kherson to Mykolaiv is 60 km".
            is_led = self._is_light(subject.end, amount.start)
            return self._two(amount, source, subject, "from one to the other") if is_led else None
        is_bare = subject.mention is not None and subject.mention.is_point and not subject.link
        is_led = source.link == "from" and not self.text[source.end : subject.start].strip()
        if not is_bare or not is_led or not self._is_light(subject.end, amount.start):
            return None
        return self._two(amount, source, subject, "from what stands before its subject")

    def _is_way_between(self, source: End, target: End) -> bool:
        """Return whether "A to B" begins a sentence."""
        is_first = not self.text[: source.start].strip(' "“«—–-')
        is_point = source.mention is not None and source.mention.is_point
        return is_first and is_point and not self.text[source.end : target.start].strip()

    def _from_right(self, amount: Amount, right: End, left: Sequence[End]) -> Distance | None:
        onward = self._onward(right)
        if onward is not None and self._is_way(amount):
            return NOTHING
        if onward is not None:
            return self._two(amount, right, onward, "from one to the other, after the number")
        partner = next((e for e in left if {e.link, right.link} == {"from", "to"}), None)
        if right.link == "direction":
            partner = next((e for e in left if e.link == "to"), None)
        if partner is None and right.link == "to" and self._is_from_first and not self.told:
            # "From A, where the river bends, it is 100 km to B".
            partner = self.ends[0]
        if partner is not None:
            return self._two(amount, right, partner, "from one to the other, around the number")
        words = self.text[right.start : right.at].strip()
        found = self._one(amount, right, f"reference: {words!r} right after the number")
        return self._pointed(amount, found, right)

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

    def _from_left(self, amount: Amount, left: Sequence[End]) -> Distance | None:
        if len(left) == 2 and left[0].link != left[1].link:
            why = "from one to the other, before the number"
            return self._pointed(amount, self._two(amount, left[0], left[1], why))
        words = self.text[left[0].start : left[0].at].strip()
        found = self._one(amount, left[0], f"reference: {words!r} right before the number")
        return self._pointed(amount, found)

    def _pointed(
        self, amount: Amount, found: Distance | None, after: End | None = None
    ) -> Distance | None:
        """Return a distance with its direction: "Ryazan from Moscow is 185 km to the southeast"."""
        if found is None or found is NOTHING or found.direction or found.reference.kind != "place":
            return found
        return replace(found, direction=self._bare_point(amount, after))

    def _two(self, amount: Amount, a: End, b: End, why: str) -> Distance | None:
        """Return the distance between two governed ends."""
        source, target = (a, b) if a.link != "to" else (b, a)
        subject = self._resolved(target, beside=source)
        reference = self._resolved(source, beside=target)
        if reference is None and subject is not None:
            subject, reference = reference, subject
        if reference is None:
            return NOTHING
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
            return NOTHING
        said_of = self._related(min(amount.start, end.start), reference)
        if said_of is not None:
            led: dict[str, Mention | None] = {end.link: reference, "bare": said_of}
            reasons = (why, "subject: what the clause after it is said of")
            return self._oriented(amount, said_of, reference, end.direction, reasons, led)
        troops = None if self._here(amount, end) else self._troops(amount, end, reference)
        if troops is not None:
            ends: dict[str, Mention | None] = {end.link: reference, "bare": troops}
            return self._told(amount, reference, troops, None, (why, "troops are there"), ends)
        subject, found = self._subject(amount, end, reference)
        if subject is None:
            subject, found = self._here(amount, end) or (None, found)
        if subject is None and reference.kind == "place":
            subject, found = self._passing(amount, end) or (None, found)
        if subject is None and self._is_headless(min(amount.start, end.start)):
            subject, found = self._topic(), "subject: what was spoken of before"
        if subject is None and end.link == "to" and reference.kind == "place":
            return NOTHING
        if subject is not None and subject.reference == reference.reference:
            subject, found = None, "subject: none but what it is measured from"
        slots: dict[str, Mention | None] = {end.link: reference, "bare": subject}
        return self._oriented(amount, subject, reference, end.direction, (why, found), slots)

    def _related(self, stop: int, reference: Mention) -> Mention | None:
        """Return the place that "which lies" before a point is said of: the one right before it.

        "7 km from Pokrovsk, which is 60 km from Donetsk": though something is measured from it.
        """
        last = next((e for e in reversed(self.ends) if e.mention and e.end <= stop), None)
        mention = last.mention if last else None
        if last is None or mention is None or last not in self.measured or not mention.is_point:
            return None
        relative = self.frames.relative.match(self.text, last.end)
        is_led = relative and self.frames.lies_on.fullmatch(self.text, relative.end(), stop)
        return mention if is_led and mention.reference != reference.reference else None

    def _passing(self, amount: Amount, end: End) -> tuple[Mention, str] | None:
        """Return the line that passes so far from a place: "7 km from the town runs the border"."""
        free = [e for e in self.ends if e.is_line and e.link not in MEASURED and e.mention]
        before = [e for e in free if self.floor <= e.at and e.end <= amount.start]
        after = [e for e in free if end.end <= e.start < self._next_start(amount)]
        gaps = [(e, self.text[e.end : amount.start]) for e in before[-1:]]
        gaps += [(e, self.text[end.end : e.start]) for e in after[:1]]
        for line, gap in gaps:
            if line.mention is not None and len(gap.split()) <= _PASSING and "," not in gap:
                return line.mention, "subject: the line that passes there"
        return None

    def _here(self, amount: Amount, end: End) -> tuple[Mention, str] | None:
        """Return what "from here" between an end and its amount points back to."""
        between = [e for e in self.ends if end.end <= e.at and e.end <= amount.start and e.pointer]
        subject = self._resolved(between[-1], beside=end) if between else None
        return (subject, "subject: pointed back to") if subject is not None else None

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
        return carried(other), "subject: carried over from the distance before"


def carried(mention: Mention) -> Mention:
    """Return a mention as carried over from the distance before."""
    return replace(mention, found="carried", certainty=mention.likely)
