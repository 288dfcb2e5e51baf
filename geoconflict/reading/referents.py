"""What the ends of a distance are: names as they stand, pointing words resolved, troops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from geoconflict.reading.agreement import agrees
from geoconflict.reading.amounts import Amount
from geoconflict.reading.antecedents import antecedent, resolve
from geoconflict.reading.ends import MEASURED, End
from geoconflict.reading.lines import countries_in
from geoconflict.reading.mentions import COUNTRY, UNIT, Mention
from geoconflict.reading.pointers import Pointer
from geoconflict.reading.sides import Sides
from geoconflict.reading.subjects import find_subject

# The words for a capital, of the country or of the unit.
CAPITALS = frozenset(("capital", "unit_capital"))


class Referents(Sides):
    """The places and lines that the ends of the distances of one sentence refer to."""

    def _resolved(self, end: End, *, beside: End | None = None) -> Mention | None:
        if end.pointer is not None and end.pointer.is_plural:
            around = [*(p.lines for p in self.passage.before), self.passage.lines]
            troops = [m for lines in around for m in lines if m.kind == "forces"]
            if troops:
                front = replace(troops[-1], found="pointer", certainty="likely", kind="front")
                return replace(front, start=end.at, end=end.end, text=end.text)
        if end.pointer is not None and end.pointer.kind in CAPITALS:
            return self._capital(end, self._topic())
        if end.pointer is not None and end.pointer.kind == "it":
            ends = [e for e in self.ends if e.end <= end.at and e is not beside]
            here = [e.mention for e in ends if e.mention and self._agrees(end, e.mention)]
            found = heads([m for m in here if m.is_point and m.is_sure])
            is_pair = end.pointer.is_plural and self._are_joint(found)
            if (len(found) == 1 or is_pair) and end.at >= self.floor:
                return replace(found[0], found="pointer", certainty=found[0].likely)
        among = [
            e.mention
            for e in self.ends
            if e.end <= end.at and e is not beside and e.mention and e.mention.is_point
        ]
        return resolve(self.passage, end, among=among)

    def _agrees(self, end: End, mention: Mention) -> bool:
        return agrees(end.text, mention, self.passage.words)

    def _are_joint(self, mentions: Sequence[Mention]) -> bool:
        """Return whether "and" joins all of two or more places: what is told, is told of each."""
        pairs = [(a.end, b.start) for a, b in pairwise(mentions)]
        return bool(pairs) and all(self.frames.joint.fullmatch(self.text, *p) for p in pairs)

    def _reference(self, amount: Amount, end: End) -> Mention | None:
        """Return what a governed end is; of "it" and "its namesake" with what stands before."""
        if end.pointer is None:
            return end.mention
        if end.pointer.kind == "namesake":
            return self._namesake(amount, end)
        if end.pointer.kind in CAPITALS:
            subject, _ = self._find(amount, None, limit=min(amount.start, end.start))
            after = [e.mention for e in self.ends if e.at >= max(amount.end, end.end) and e.mention]
            is_first = all(e is end or e.at > end.at for e in self.ends)
            later = next((m for m in after if m.is_point and is_first), None)
            return self._capital(end, subject or self._topic() or later)
        if end.pointer.kind == "it":
            return self._it(amount, end)
        before = [e for e in self.ends if e.end <= end.at]
        places = [e for e in before if e.mention and e.mention.is_point]
        comes = any(e.mention and e.mention.kind == "forces" for e in before)
        # "The town is emptied, with the front 4 km from its centre".
        is_own = self.passage.words.pattern("pointers", "possessive").fullmatch(end.text)
        comes = comes or (bool(before) and before[-1].is_line and is_own is not None)
        if places and end.at > amount.end and not comes and places[-1].link not in MEASURED:
            # The last of them is what the distance is said of.
            places.pop()
        return resolve(self.passage, end, among=[e.mention for e in places if e.mention])

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

    def _capital(self, end: End, subject: Mention | None) -> Mention | None:
        """Return the capital that words mean: of the country or the unit that a place lies in."""
        finder, place = self.passage.finder, subject.place if subject else None
        if end.pointer is not None and end.pointer.kind == "unit_capital":
            code = place.admin1_code if place else ""
            found = finder.gazetteer.capital(code) if code else None
        else:
            told = countries_in(end.text, language=self.passage.language)
            found = finder.capital(told[0] if told else place.country if place else "")
        if found is None:
            return None
        reference = finder.reference(found)
        mention = Mention("place", end.at, end.end, end.text, reference, found)
        return replace(mention, found="implied", certainty="likely")

    def _topic(self) -> Mention | None:
        """Return the place that the sentences before are about, None where that is not clear."""
        return antecedent(self.passage, Pointer("it", 0, 0, is_plural=False))

    def _it(self, amount: Amount, end: End) -> Mention | None:
        """Return what "50 km east of it" is measured from, None where that cannot be told."""
        before = [e.mention for e in self.ends if e.end <= min(amount.start, end.at) and e.mention]
        lines = [m for m in before if m.kind in ("border", "front", "coast")]
        if lines and end.at > amount.end:
            # After a town and its border either may be meant.
            return None if any(m.is_point for m in before) else lines[-1]
        # "A town in Bessarabia" is measured from towns, where any are named.
        is_town = any(m.is_point and m.rank < UNIT for m in before)
        country = before[-1] if before and before[-1].rank == COUNTRY else None
        points = (m for m in before if m.is_point and m.is_sure)
        named = {m.reference: m for m in points if m.rank < UNIT or not is_town}
        others = list(named.values())
        fitting = [m for m in others if self._agrees(end, m)]
        links = {e.mention.reference: e.link for e in self.ends if e.mention and e.end <= end.at}
        if end.at > amount.end and others and links.get(others[-1].reference) == "direction":
            # "A lies south of B, 40 km from it".
            others = fitting[-1:]
        elif end.at > amount.end:
            others = others[:-1] if len(fitting) == len(others) else fitting
        elif len(others) > 1:
            # "Of Samara nothing is seen: Novokuybyshevsk lies 60 km from it": what lies is not it.
            subject, _ = self._find(amount, None, limit=end.start)
            others = [m for m in fitting if subject is None or _is_other(m, subject)]
        else:
            others = fitting
        if not others and country is not None and self._agrees(end, country):
            # "Sumy lies 300 km from Kyiv, but Russia is near: it is 30 km to it".
            return replace(country, found="pointer", certainty="likely")
        if not others:
            return resolve(self.passage, end)
        found = heads(others)
        if len(found) > 1:
            # "In A, 108 km from C, and in B, 15 km from it": what the first is measured from.
            found = [m for m in found if m.reference == self.last_reference]
        return (
            replace(found[0], found="pointer", certainty=found[0].likely)
            if len(found) == 1
            else None
        )

    def _troops(self, amount: Amount, end: End, reference: Mention) -> Mention | None:
        """Return the troops or front that a town is so far from: as far as it is from the front."""
        if reference.kind != "place" or reference.rank >= COUNTRY:
            return None
        left = [
            e
            for e in self.ends
            if self.floor <= e.at and e.end <= amount.start and e is not end and e.mention
        ]
        if self._is_left(amount, end) and self._is_advance(min(amount.start, end.start)):
            return self._front_of(end)
        if not left and self._is_left(amount, end):
            return self._who_comes()
        is_before = end.end <= amount.start
        left = [e for e in left if e.mention and e.mention.reference != reference.reference]
        left = [e for e in left if not self._is_aside(e, amount.start)]
        troops = [e.mention for e in left if e.mention and e.mention.kind == "forces"]
        is_near = self._remains(end.end, amount.start) or self._is_approach(end, amount.start)
        if troops and is_before and is_near:
            return troops[-1]
        inside = [e for e in left if e.at > end.end] if is_before else left
        after = [e for e in self.ends if is_before and amount.end <= e.at]
        one = inside[-1] if inside else after[0] if after else None
        return self._standing(amount, one, is_last=is_before or one in left[-1:]) if one else None

    def _is_aside(self, end: End, stop: int) -> bool:
        """Return whether troops are only told of in passing: "Sudzha, held by our troops, lies"."""
        before = [e for e in self.ends if e.end <= end.start and e.mention and e.mention.is_point]
        if end.mention is None or end.mention.kind != "forces" or not before:
            return False
        is_open = self.text.startswith(",", before[-1].end)
        return is_open and "," in self.text[end.end : stop]

    def _standing(self, amount: Amount, one: End, *, is_last: bool) -> Mention | None:
        """Return where the troops are that an end beside an amount is or stands for."""
        mention = one.mention
        if mention is None or (mention.kind == "forces" and is_last):
            return mention
        is_near = one.end <= amount.start and self._is_light(one.end, amount.start, runs=True)
        is_near = is_near or (mention.kind == "front" and self._comes(one, amount))
        is_bare = not one.link or (mention.kind == "front" and one.link not in MEASURED)
        if mention.kind in ("front", "border") and is_near and is_bare:
            return mention
        is_coming = _is_power(mention) and self._comes(one, amount)
        forces = replace(mention, kind="forces", reference="front:", place=None)
        return forces if is_coming else None

    def _is_left(self, amount: Amount, end: End) -> bool:
        """Return whether so much is left to go to an end, before or after the amount."""
        first, second = sorted(((amount.start, amount.end), (end.start, end.end)))
        return self._remains(first[1], second[0])

    def _is_advance(self, at: int) -> bool:
        """Return whether somebody is said to move before a point."""
        return self.passage.words.pattern("verbs", "move").search(self.text, 0, at) is not None

    def _front_of(self, end: End) -> Mention:
        front = Mention("front", end.at, end.at, "", "front:", found="implied")
        return replace(front, certainty="likely")

    def _who_comes(self) -> Mention | None:
        """Return where the troops are of which the sentences before tell, None where of none."""
        troops = [m for p in self.passage.before for m in p.lines if m.kind == "forces"]
        found = replace(troops[-1], kind="front", found="pointer") if troops else None
        return replace(found, certainty="likely") if found else None

    def _remains(self, start: int, stop: int) -> bool:
        """Return whether so much is left to go, for troops that were named."""
        return self.frames.remain.search(self.text, start, stop) is not None

    def _comes(self, power: End, amount: Amount) -> bool:
        """Return whether a capital stands for troops that come near."""
        between = self.text[power.end : amount.start]
        return self.passage.words.pattern("verbs", "come", "move").search(between) is not None

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


def _is_other(mention: Mention, subject: Mention) -> bool:
    """Return whether a place is neither another nor the town that it stands in."""
    return mention.reference != subject.reference and not subject.is_within(mention)


def _is_power(mention: Mention) -> bool:
    return mention.kind == "place" and (not mention.is_sure or mention.rank >= COUNTRY)


def heads(mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions without the units, towns and countries that others of them lie in."""
    different = list({m.reference: m for m in mentions}.values())
    return [m for m in different if not any(o is not m and o.is_within(m) for o in different)]
