"""The events of a report, put together while its sentences are read in their order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from geoconflict.drafting.authors import find_author, told_by_others
from geoconflict.drafting.context import Context
from geoconflict.drafting.deeds import done, is_done_to
from geoconflict.drafting.found import Found, is_at, is_part
from geoconflict.drafting.grounds import ground_events
from geoconflict.drafting.hearing import (
    ABOUT,
    as_called_untrue,
    as_denied,
    as_owned_up,
    governed,
    is_of_another_thing,
    is_of_launching,
    turned_on,
)
from geoconflict.drafting.lines import Line
from geoconflict.drafting.sides import sides
from geoconflict.drafting.sites import is_reference
from geoconflict.drafting.skies import sky_events
from geoconflict.drafting.spots import Spot
from geoconflict.drafting.strikes import strike_events
from geoconflict.drafting.tolls import find_tolls
from geoconflict.drafting.voices import Voice, find_voices
from geoconflict.drafting.weapons import put_weapon
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import capitals

# Nothing before this character is furniture at the foot of a page.
_HEAD = 300
_SHORT = 70
# The heading that names the author of a summary is among so many sentences.
_HEADING_LINES = 3
# A list of main points has so many sentences in a paragraph at most.
_LIST_LINES = 2
# A heading of one place has so many words at most.
_TOPIC_WORDS = 4
_TITLED = 6
# So near behind what somebody said their account goes on.
_GOES_ON = 160
# The cause of a fire stands so few sentences from it.
_BESIDE = 3
_CAPITALS = re.compile(
    rf"[^\w«\"“]*(?P<name>[{capitals()}][{capitals()}'’-]{{3,}})(?=[.,:]|\s+[—–-])"
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def read_story(lines: Sequence[Line], gazetteer: Gazetteer) -> list[Found]:
    """Return the events that sentences tell, in the order in which they are first told.

    Parameters
    ----------
    lines : sequence of Line
        All sentences of a report.
    gazetteer : Gazetteer
        Where names are looked up.
    """
    return _Story(lines, gazetteer).read() if lines else []


class _Story:
    """One reading of a report, from its first sentence to its last."""

    def __init__(self, lines: Sequence[Line], gazetteer: Gazetteer) -> None:
        self.lines = lines
        self.context = Context(lines, gazetteer)
        self.paragraph, self.begun = -1, 0
        self.lead: Voice | None = None
        self.spoken: list[Voice] = []
        self.told_by_others: dict[int, int] = {}
        self.is_furniture = False
        self.sizes = Counter(line.paragraph for line in lines)

    def read(self) -> list[Found]:
        for number, line in enumerate(self.lines):
            if number < _HEADING_LINES and self.context.author is None:
                self._head(line)
            if line.paragraph != self.paragraph:
                self._turn(line)
            if not self._is_left_out(line):
                self._read(line)
        return self._settled()

    def _head(self, line: Line) -> None:
        """Look in a heading for who the author is, and of which day a staff sums up."""
        heading = self.lines[:_HEADING_LINES]
        is_summary = any(one.tag("told", "own_report") for one in heading)
        if is_summary:
            self.context.author = find_author(line, is_summary=True)
        elif line is self.lines[0] and len(self.lines) > _HEADING_LINES:
            self.context.author = find_author(line, is_summary=False)
            self.told_by_others = told_by_others(self.lines[1:], self.context.author)
        if self.context.author is None:
            return
        if is_summary and self.context.author.side == line.theatre.home:
            self.context.calendar.sums_up(heading)
        past = [one for one in heading if one.tag("days", "past_day")]
        # A ministry sums up the day itself, an official of a region in the morning the one before.
        if past and (not is_summary or self.context.author.unit):
            self.context.calendar.sums_up(past[:1])

    def _turn(self, line: Line) -> None:
        self.paragraph, self.begun = line.paragraph, line.start
        self.lead = None
        self.is_furniture = False
        if line.is_clocked or self.sizes[line.paragraph] > _LIST_LINES:
            self.context.is_summary = False
        self.context.turn(line)
        self.context.topic = self._topic(line)
        is_short = len(_WORD.findall(line.text)) <= _TOPIC_WORDS and not line.tag("deeds")
        if is_short and not line.spots and len(line.regions) == 1:
            self.context.heading = (line, line.regions[0])

    def _topic(self, line: Line) -> tuple[Line, Spot] | None:
        """Return the one place that a paragraph begins with, as a heading or in capitals."""
        capitals = _CAPITALS.match(line.text)
        if capitals is not None:
            start, end = capitals.span("name")
            unit = next((r.code for r in line.regions if 0 <= r.start - end < _TITLED), None)
            name = capitals["name"]
            place = self.context.gazetteer.resolve(name, admin1=unit).place
            spot = Spot(start, end, name, place)
            is_town = (
                place is not None
                and place.kind == "settlement"
                and place.country in line.theatre.sides
            )
            if is_town and not is_reference(line, spot):
                return line, spot
        words = len(_WORD.findall(line.text))
        if words <= _TOPIC_WORDS and len(line.spots) == 1:
            return line, line.spots[0]
        # "Kyiv." alone is the city, though in a sentence it can be the government.
        for mention in line.passage.places if words == 1 and not line.spots else ():
            if mention.place is not None and mention.place.kind == "settlement":
                return line, Spot(mention.start, mention.end, mention.text, mention.place, mention)
        return None

    def _is_left_out(self, line: Line) -> bool:
        """Return whether a sentence is furniture, of another war, or sums up the whole of it."""
        furniture = line.tag("told", "furniture")
        if furniture and furniture[0].start < 4 and line.start > _HEAD:
            self.is_furniture = True
        summary = line.tag("told", "summary")
        if summary and len(line.text) < _SHORT and summary[0].start < 12:
            self.context.is_summary = bool(self.context.events)
        is_elsewhere = _is_of_another_war(line) and not sides(line)
        is_asked = line.text.rstrip().endswith("?")
        return self.is_furniture or is_elsewhere or is_asked or _is_running_total(line)

    def _read(self, line: Line) -> None:
        context = self.context
        voices = self._voices(line)
        context.look(line)
        context.calendar.note(line)
        made = sky_events(context, line, voices) or ground_events(context, line, voices)
        made += strike_events(context, line, voices, others=made)
        meant = self._meant(line, voices)
        self._hear(line, made, voices, meant)
        is_of_it = line.tag("deeds", "fall", "damage") and not (line.spots or line.regions)
        for event in meant if is_of_it else ():
            if event.kind == "strike" and line.tag("arms"):
                # "The staff said that drones caused a large fire."
                put_weapon(context, event, line, line.tag("arms")[0].start)
        context.last = list(dict.fromkeys(made)) or meant or context.last

    def _voices(self, line: Line) -> list[Voice]:
        units = {str(e.value("admin1") or "") for e in self.context.last}
        unit = units.pop() if len(units) == 1 else ""
        voices = find_voices(line, before=self.context.voice, known=self.spoken, unit=unit)
        self.spoken += voices
        if voices:
            self.context.voice, self.context.spoke = voices[-1], line.paragraph
        if voices and voices[0].rule == "before a colon":
            self.lead = voices[0]
        said = self.context.voice
        goes_on = lexicon(line.language).pattern("pointers", "goes_on").match(line.text)
        if not voices and said and goes_on and line.start - said.verb_end < _GOES_ON:
            # "The staff confirmed … A depot was also hit."
            return [replace(said, is_carried=True)]
        is_others = line.start >= self.told_by_others.get(line.paragraph, line.start + 1)
        lead = self.lead or (None if is_others else self.context.author)
        return voices or ([lead] if lead else [])

    def _hear(self, line: Line, made: list[Found], voices: list[Voice], meant: list[Found]) -> None:
        """Let the events of a sentence have its speakers; else those that it speaks about."""
        said, is_sky = self.context.voice, made and all(e.kind == "interception" for e in made)
        is_other = bool(line.tag("bodies", *line.theatre.sides))
        is_unsaid = not voices or voices == [self.context.author]
        if is_unsaid and is_sky and said and said.start >= self.begun and not is_other:
            # "Nine over Volgograd Oblast" goes on with the count of the sentence before.
            voices = [said]
        is_title = line is self.lines[0] and line.is_heading
        spoken = voices if (made or voices != [self.context.author]) and not is_title else ()
        if not (made or line.spots) and any(v.stance == "geolocates" for v in spoken):
            # "Residents posted footage that analysts geolocated to the refinery."
            spoken = [v for v in spoken if v.stance == "geolocates"]
        for voice in spoken:
            if made and is_of_another_thing(voice, voices):
                continue
            own = governed(line, voice, voices, made)
            is_turned = voice.stance in ("denies", "confirms") and not own
            heard = own or (turned_on(line, voice, made) or meant if is_turned else ()) or made
            heard = heard or meant
            # An official of one region tells what happened there, not in the other one beside it.
            theirs = [e for e in heard if voice.unit and e.value("admin1") == voice.unit]
            is_here = line.start <= voice.verb_start < line.start + len(line.text)
            for event in theirs or heard:
                if is_of_launching(line, voice, event):
                    continue
                if event.is_background and not (is_here or voice.is_author):
                    # What went before is not told by who has the word before a colon.
                    continue
                heard_as = as_called_untrue(line, as_denied(line, voice, event), event)
                event.hear(as_owned_up(line, heard_as, event))
        author = self.context.author
        if author and voices and line.tag("told", "untrue"):
            # "Claims of the ministry to have taken it are untrue" is what the author says.
            for event in made if author not in voices or voices == [author] else ():
                event.hear(replace(author, stance="denies"))

    def _meant(self, line: Line, voices: list[Voice]) -> list[Found]:
        """Return the events before that a sentence without an event of its own speaks of."""
        is_stance = any(v.stance in ("denies", "confirms") for v in voices)
        is_about = any(
            t.start < _TITLED or -ABOUT <= t.start - (v.verb_end - line.start) <= ABOUT
            for t in line.tag("clauses", "about_it")
            for v in voices
        )
        has_effects = bool(line.tag("deeds", "damage", "fall") or find_tolls(line))
        is_about |= bool(line.tag("told", "untrue"))
        if voices and (together := self._all_told(line)):
            return together
        if any(v.stance == "geolocates" for v in voices):
            return self._shown(line) if line.spots else self._one_told()
        is_heard = is_stance or is_about or has_effects or self._is_again(line, voices)
        if not is_heard and line.tag("deeds", "strike"):
            return self._owned(line, voices)
        meant = self.context.of_officials(voices, self.context.last) if is_heard else []
        # "The governors of Saratov and Ryazan regions confirmed": both are who speaks.
        ends = [(v.start, max(v.end, v.verb_start)) for v in voices]
        spoken = [(start - line.start, end - line.start) for start, end in ends]
        named = [r.code for r in line.regions if not any(a <= r.start < b for a, b in spoken)]
        return [e for e in meant if not named or e.value("admin1") in (None, *named)]

    def _all_told(self, line: Line) -> list[Found]:
        """Return the strikes of a paragraph that a sentence speaks of together: "both attacks"."""
        words = lexicon(line.language)
        whole = words.pattern("pointers", "all_of_them").search(line.text)
        if whole is None or line.spots or line.regions:
            return []
        here = [e for e in self.context.events if e.paragraph == self.context.paragraph]
        return [e for e in here if e.kind in ("strike", "other") and not e.is_background]

    def _shown(self, line: Line) -> list[Found]:
        """Return the strikes of now at the places over which geolocated footage shows smoke."""
        struck = [e for e in self.context.events if e.kind == "strike" and not e.is_background]
        at = [e for e in struck if any(is_at(e, spot.place) for spot in line.spots)]
        return at if len(at) == 1 else []

    def _one_told(self) -> list[Found]:
        """Return the one strike told just before, at which footage was taken."""
        last = [e for e in self.context.last if e.kind in ("strike", "other") and e.is_named]
        return last if len(last) == 1 else []

    def _is_again(self, line: Line, voices: Sequence[Voice]) -> bool:
        """Return whether a sentence without a place speaks of the one deed told just before it.

        "The ministry had told of taking the village before", "a source spoke of a strike".
        """
        last = [e for e in self.context.last if e.is_named]
        if not voices or len(last) != 1 or last[0].paragraph != line.paragraph:
            return False
        concepts = {"strike": ("strike",), "control_change": ("take", "lose")}
        deeds = line.tag("deeds", *concepts.get(last[0].kind, ("none",)))
        again = lexicon(line.language).pattern("moods", "nouns", "again").search(line.text)
        heads = [(v.start - line.start, v.end - line.start) for v in voices]
        spots = [s for s in line.spots if not any(a <= s.start < b for a, b in heads)]
        is_again = bool(again and deeds) and not (spots or line.regions or line.numbers)
        if is_again:
            self.context.redate(last[0], line, deeds[0].start)
        return is_again

    def _owned(self, line: Line, voices: list[Voice]) -> list[Found]:
        """Return the one strike told so far that the side which struck speaks of as its own.

        "The ministry said that it had hit a meeting of commanders."
        """
        if not voices or line.spots or line.regions or done(line, "strike") == []:
            return []
        told = [e for e in self.context.events if e.kind == "strike" and not e.is_background]
        own = [e for e in told if e.value("actor") == voices[-1].side]
        return own if len(own) == 1 else []

    def _settled(self) -> list[Found]:
        """Return the events, those told of a town or region at large joined to what they mean."""
        events, kept = _without_accidents(self.lines, self._told()), []
        if not any(_is_struck(line) or done(line, "down", "repel") for line in self.lines):
            # Fires and blasts of which nobody says what they came of.
            burning = [line for line in self.lines if line.tag("deeds", "damage", "blast")]
            events = [_untold(event, burning) for event in events]
        for event in events:
            other = next((o for o in events if o is not event and is_part(event, o)), None)
            other = other or _only_one_of(event, events)
            if other is None:
                kept.append(event)
                continue
            for voice in event.voices:
                other.hear(voice)
            for column in ("killed", "injured", "weapon", "target_type"):
                if column in event.cells:
                    other.cells.setdefault(column, event.cells[column])
        return kept

    def _told(self) -> list[Found]:
        """Return the events that more than the title tells, where there are such."""
        title = self.lines[0]
        end = title.start + len(title.text) if title.is_heading else 0
        events = self.context.events
        return [e for e in events if any(start >= end for start, _ in e.spans)] or events


def _without_accidents(lines: Sequence[Line], events: Sequence[Found]) -> list[Found]:
    """Return the events without the fires and blasts that a sentence beside them lays to chance.

    What is told as struck, or with an arm, stays: both accounts are then in the report.
    """
    causes = [n for n, line in enumerate(lines) if line.tag("told", "accident")]
    if not causes:
        return list(events)
    starts = [line.start for line in lines]

    def is_accident(event: Found) -> bool:
        told = {bisect_right(starts, start) - 1 for start, _ in event.spans}
        is_struck = any(_is_struck(lines[n]) for n in told)
        beside = (lines[n] for n in causes if any(abs(n - own) <= _BESIDE for own in told))
        is_beside = any(line.paragraph == event.paragraph for line in beside)
        return event.kind in ("strike", "other") and not is_struck and is_beside

    return [event for event in events if not is_accident(event)]


def _untold(event: Found, burning: Sequence[Line]) -> Found:
    """Return a fire or blast of some sentences as one that nobody is said to have brought about."""
    here = [range(line.start, line.start + len(line.text)) for line in burning]
    if not any(start in one for start, _ in event.spans for one in here):
        return event
    if event.kind == "strike":
        event.kind = "other"
    if event.kind == "other":
        event.cells.pop("actor", None)
    return event


def _is_struck(line: Line) -> bool:
    """Return whether a sentence tells of arms, or of a strike that is no mere blast: "blew up"."""
    blasts = line.tag("deeds", "blast")
    strikes = [t for t in done(line, "strike", "fall") if not any(t.is_over(b) for b in blasts)]
    blown_up = any(is_done_to(line, t) for t in done(line, "strike"))
    return bool(strikes or blown_up or line.tag("arms"))


def _only_one_of(wide: Found, events: Sequence[Found]) -> Found | None:
    """Return the one strike of a region at a place of which no thing is told, else None.

    "Strikes on airfields in Murmansk Oblast" is the smoke over Olenegorsk, where nothing else is.
    """
    fine = [
        o for o in events if o.is_named and wide.place is None and o.value("admin1") == wide.key
    ]
    is_part_of = (
        len(fine) == 1 and not fine[0].concept and is_part(replace(wide, concept=""), fine[0])
    )
    return fine[0] if is_part_of else None


def _is_of_another_war(line: Line) -> bool:
    """Return whether a sentence names a country at another war: "Малі", but not "малі дрони"."""
    named = line.tag("told", "elsewhere_named")
    capital = any(line.text[t.start].isupper() and t.start > 0 for t in named)
    return capital or bool(line.tag("told", "elsewhere"))


def _is_running_total(line: Line) -> bool:
    """Return whether a sentence sums up the whole war, and tells nothing of its day."""
    # "The heaviest attack since the start of the war" is one of its day.
    most = lexicon(line.language).pattern("comparisons", "most").search(line.text)
    is_one = most is not None and bool(line.tag("deeds", "strike"))
    is_total = bool(line.tag("told", "running_total")) and not is_one
    return is_total and not line.spots and len(line.numbers) > 1
