"""What stands right and left of an amount in its sentence, and whether it governs it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property

from geoconflict.lexicon import Caseless, Lexicon, any_form, lexicon
from geoconflict.reading.amounts import Amount
from geoconflict.reading.ends import MEASURED, End, find_ends
from geoconflict.reading.passages import Passage
from geoconflict.reading.words import compass

# The front at a town runs within this of it.
FRONT_KM = 20.0


class Frames:
    """The patterns between amounts and their ends in one language.

    Parameters
    ----------
    words : Lexicon
        Its words.
    """

    # "From the town, occupied since 2022, to the city 45 km".
    told_between = re.compile(r",\s[^,;:.!?]{1,80},\s")

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        away = any_of("links", "away")
        toward = any_of("links", "toward")
        self.right = Caseless(
            rf"\)?(?:\s*[–—])?(?:(?:\s*,)?(?:\s*{away})+,?)?"
            rf"(?:\s+(?:{any_of('verbs', 'stand')}\s+)?{any_of('verbs', 'remain')})?"
            rf"(?:\s+{toward})*\s*"
        )
        hedges = any_form([*words.forms("hedges"), *words.forms("links", "reach")])
        light = rf"(?:{any_of('links', 'light')}|{any_of('verbs', 'stand')}|{hedges})"
        self.light = Caseless(rf"(?:[\s,–—:()«»\"“”-]|(?<!\w){light}(?!\w))*")
        arms = any_form(form for forms in words.table("arms").values() for form in forms)
        self.lies_on = Caseless(
            rf"(?:[^,;:.]*(?<!\w){any_of('verbs', 'stand')}(?!\w))?{self.light.pattern}"
        )
        self.flown = Caseless(
            rf"(?<!\w){arms}(?!\w)[^.;]*(?<!\w){any_of('verbs', 'fly')}"
            rf"(?:\s+(?:{hedges}|{any_of('verbs', 'distance')}|{any_of('links', 'of')}))*\s+$"
        )
        self.flight = Caseless(rf"[\s-]*{any_of('lengths', 'flight')}\s+")
        # "20 km of fields lie between".
        self.lie_between = Caseless(
            rf"\s+(?:{any_of('links', 'of')}\s+)?(?:[^\W\d]+\s+){{0,2}}?"
            rf"{any_of('verbs', 'stand')}\s+"
        )
        self.relative = Caseless(rf",?\s+(?:itself\s+)?{any_of('pointers', 'relative')}(?!\w)")
        self.can = words.pattern("verbs", "can")
        self.deeds = words.pattern("verbs", "happen", "strike", "down", "launch")
        # "closed for 120 km between", "is 460 km away", "lies 460 km to the south".
        self.along = Caseless(rf"(?<!\w){any_of('lengths', 'along')}\s+(?:{hedges}\s+)?$")
        self.so_far = Caseless(
            rf"\)?\s*(?:{away}(?!\w)|(?:{toward}\s+)+(?:{any_of('pointers', 'of_it')}\s+)?"
            rf"{compass(words.language).pattern}(?!\w))"
        )
        self.away = Caseless(rf"\)?\s+{any_of('links', 'from_there')}(?!\w)(?!\s+[^\W\d]*from)")
        self.stands = Caseless(rf"\s*,?\s+{any_of('verbs', 'stand')}\s+")
        # "To Kazan, where the airport was closed, it is 900 km".
        self.aside = Caseless(
            rf",\s+(?:[^\W\d]+\s+){{0,2}}?{any_of('pointers', 'relative')}(?!\w)[^,;:.\d]{{1,80}},"
        )
        # "Bakhmut and, 34 km to the northwest of it lying, Kramatorsk", as participles have it.
        self.lying = Caseless(
            rf"(?<!\w){any_of('links', 'and')}\s+{any_of('verbs', 'lying')}\s+"
            rf"(?:{any_of('links', 'in')}\s+)?(?:{hedges}\s+)?$"
        )
        self.out_of = Caseless(
            rf"\s+{any_of('links', 'out_of')}\s+(?:{any_of('links', 'fillers')}\s+)*"
        )
        self.stops = Caseless(rf"\s*(?:[.,;:!?)]|$)|{self.so_far.pattern}")
        nouns = rf"(?:{any_of('verbs', 'distance')}|{light})"
        self.headless = Caseless(rf"(?:[\s,–—:()-]|(?<!\w){nouns}(?!\w))*")
        self.far = Caseless(rf"(?<!\w){any_of('links', 'far')}(?:\s+\w+)?\s*$")
        self.runs = words.pattern("lengths", "runs")
        self.remain = words.pattern("verbs", "remain", "come")
        self.launched = Caseless(rf"{any_of('verbs', 'launch')}\s+(?:\w+\s+)?$")
        self.deep = Caseless(rf"\s*{any_of('links', 'deep')}\s+(?:the\s+)?")
        # "The distance that parts A and B, – 65 km".
        self.set_off = Caseless(rf",\s*[–—-]\s*{self.light.pattern}")
        self.straight = words.pattern("links", "straight", "road")
        self.from_any = Caseless(
            rf"\)?(?:\s*{away})*\s*(?:{any_of('links', 'from')}|"
            rf"{compass(words.language).pattern}\s+"
            rf"{any_of('links', 'of')})(?!\w)"
        )
        point = compass(words.language).pattern
        self.bare_direction = Caseless(
            rf"\)?\s*(?:{away}\s+)*(?:{toward}\s+)*(?:{any_of('pointers', 'of_it')}\s+)?"
            rf"(?P<compass>{point})(?!\w)"
        )
        self.trailing = Caseless(
            rf"\s*,?\s+(?:{toward}\s+)+(?P<compass>{point})(?=\s*(?:[.,;)]|$))"
        )
        self.off = Caseless(
            rf"(?<!\w){any_of('links', 'off')}\s+(?:{any_of('links', 'reach')}\s+)*$"
        )
        self.its = Caseless(rf"\)?\s*(?:{away}\s+)*(?:to\s+)its\s")
        self.them = Caseless(rf"\s*{any_of('pointers', 'of_them')}(?!\w)")
        self.like = Caseless(rf"[\s,(—–]+(?:[^\W\d]+\s+){{0,4}}{any_of('verbs', 'distance')}\s+")
        self.ends_here = Caseless(rf"\s*(?:[,;.)]|$|{any_of('links', 'and')}(?!\w))")
        self.by = Caseless(rf"\s+{any_of('links', 'by')}\s+")
        self.approach = words.pattern("verbs", "approach")
        reach = any_of("links", "reach")
        # "1,400 km to A and another 300 to B": more than was told before, not from the same end.
        self.added = Caseless(rf"(?<!\w){any_of('links', 'added')}\s+(?:{reach}\s+)*$")
        self.denied = Caseless(rf"(?<!\w){any_of('links', 'not')}\s+(?:{reach}\s+)*$")
        self._pairs(words)

    def _pairs(self, words: Lexicon) -> None:
        """Compile what joins and parts two places that stand side by side."""
        any_of = words.any_of
        self.between_which = Caseless(
            rf",\s*{any_of('links', 'between')}\s+{any_of('pointers', 'relative')}"
            rf"{self.light.pattern}$"
        )
        self.apart = Caseless(rf"\s*{any_of('links', 'apart')}(?!\w)")
        self.separate = words.pattern("verbs", "separate")
        self.joint = Caseless(rf"\s*(?:,|,?\s*{any_of('links', 'and')}\s)\s*")
        self.respectively = words.pattern("links", "respectively")


@cache
def frames(language: str) -> Frames:
    """Return the patterns of a language that has a lexicon."""
    return Frames(lexicon(language))


class Sides:
    """The ends on both sides of the amounts of one sentence.

    ``floor`` is where the last distance ends: what stands before it was used;
    ``last_reference`` is what that was measured from, or empty.

    Parameters
    ----------
    passage : Passage
        The sentence.
    """

    def __init__(self, passage: Passage) -> None:
        self.passage, self.text = passage, passage.text
        self.frames = frames(passage.language)
        self.floor, self.last_reference = 0, ""

    @cached_property
    def ends(self) -> tuple[End, ...]:
        """The places, lines and pointing words of the sentence with what governs each."""
        found: list[End] = []
        for end in find_ends(self.passage):
            joined = self._front_at(found[-1], end) if found else None
            found[-1:] = [joined] if joined else [*found[-1:], end]
        return tuple(found)

    def _front_at(self, front: End, end: End) -> End | None:
        """Return "the front at Orikhiv" as one end near that town; None if it is none."""
        town = end.mention
        is_front = front.mention is not None and front.mention.kind == "front"
        if not is_front or town is None or not town.is_point or town.rank > 1:
            return None
        if end.link not in ("near", "in") or self.text[front.end : end.start].strip():
            return None
        text = self.text[front.at : end.end]
        there = replace(town, start=front.at, text=text, reach_km=FRONT_KM, found="implied")
        return replace(front, mention=replace(there, certainty=town.likely), end=end.end)

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
        is_led = is_left or self._is_from_first or self._is_headless(amount.start)
        is_led = is_led or bool(self._left(amount))
        return is_led or bool(re.search(r"\bdistance\b", window))

    def _is_headless(self, at: int) -> bool:
        """Return whether a sentence only begins to tell a distance: "До границы 460 км"."""
        named = any(e.mention is not None and e.end <= at for e in self.ends)
        return not named and self.frames.headless.fullmatch(self.text, 0, at) is not None

    @cached_property
    def _is_from_first(self) -> bool:
        """Whether the sentence begins with where all its distances are from."""
        first = self.ends[0] if self.ends else None
        return first is not None and first.is_from and not self.text[: first.start].strip(' "“—–-')

    def _left(self, amount: Amount) -> list[End]:
        """Return the ends that governing words before an amount lead to, the nearest first."""
        found: list[End] = []
        at = amount.start
        for one in reversed(self.ends):
            if one.end > amount.start or one.at < self.floor:
                continue
            end = one if one.link else self._out_of(one)
            is_light = self._is_light(end.end, at) or self._is_approach(end, at)
            is_light = is_light or self._is_told_between(end, found)
            is_led = end.link == "to" or end.is_from
            if is_led and is_light and not self._is_cause(end, found):
                found.append(end)
                at = end.start
            elif not (self._is_passed(end) or self._is_in_aside(one)):
                break
            if len(found) == 2:
                break
        return found

    def _is_told_between(self, end: End, found: Sequence[End]) -> bool:
        """Return whether only an aside stands between "from X" and "to Y"."""
        if len(found) != 1 or {end.link, found[0].link} != {"from", "to"}:
            return False
        span = end.end, found[0].start
        is_far = any(span[0] <= a.start < span[1] for a in self.passage.lengths)
        return not is_far and self.frames.told_between.fullmatch(self.text, *span) is not None

    def _is_in_aside(self, end: End) -> bool:
        """Return whether a word that points back is told between commas of a place before it."""
        asides = self.frames.aside.finditer(self.text)
        is_told = any(aside.start() < end.at and end.end < aside.end() for aside in asides)
        return end.mention is None and is_told

    def _out_of(self, end: End) -> End:
        """Return an end as one that is measured from behind "to X out of", else as it is."""
        before = next((e for e in reversed(self.ends) if e.end <= end.start), None)
        if before is None or before.link != "to":
            return end
        if self.frames.out_of.fullmatch(self.text, before.end, end.at) is None:
            return end
        return replace(end, link="from", is_from=True, start=before.end)

    def _is_light(self, start: int, stop: int, *, runs: bool = False) -> bool:
        """Return whether nothing that tells of something else stands between two points.

        ``runs`` lets words pass that say how a line goes.
        """
        text = self.text[start:stop]
        text = self.frames.runs.sub(" ", text) if runs else text
        text = self.frames.aside.sub(" ", text) if text.startswith(",") else text
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
        if end.pointer is not None and end.pointer.kind == "relative":
            return end.link not in MEASURED
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

    def _starts_amount(self, end: End) -> bool:
        """Return whether an end after an amount has an amount of its own."""
        following = [a for a in self.passage.lengths if a.start >= end.end]
        if not following or not self._is_light(end.end, following[0].start):
            return False
        return self._right(following[0]) is None

    def _next_start(self, amount: Amount) -> int:
        after = [a.start for a in self.passage.lengths if a.start > amount.start]
        return min(after, default=len(self.text))

    def _bare_point(self, amount: Amount, after: End | None = None) -> str | None:
        """Return the direction that stands alone after an amount, or after what it is from."""
        pattern = self.frames.trailing if after else self.frames.bare_direction
        match = pattern.match(self.text, after.end if after else amount.end)
        return compass(self.passage.language).point(match["compass"]) if match else None
