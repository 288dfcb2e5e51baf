"""What is known at one point of a report: where, when and of whom its sentences speak."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geoconflict.casebooks.records import Certainty
from geoconflict.drafting.areas import is_city
from geoconflict.drafting.dating import Calendar
from geoconflict.drafting.found import Found, is_at, is_same, is_summed_up
from geoconflict.drafting.lines import Line
from geoconflict.drafting.origins import find_origins
from geoconflict.drafting.phrases import reference
from geoconflict.drafting.regions import Region
from geoconflict.drafting.salvos import Salvo
from geoconflict.drafting.sectors import Sector
from geoconflict.drafting.spots import Spot
from geoconflict.drafting.tolls import Toll
from geoconflict.drafting.voices import Voice
from geoconflict.gazetteer.cases import nominatives
from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.resolution import Resolution
from geoconflict.gazetteer.scoring import distance_km, front_distance_km, is_beyond_front
from geoconflict.lexicon import lexicon

# No village of a sector is farther from the town that it is called after.
_SECTOR_KM = 70.0
# A name that fits so much worse is that of another place.
_LIKE = 1.0
_TITLE = 130
# Nothing was struck farther off but a few places that every report names with their region.
_OUT_OF_REACH_KM = 2000.0
# What is told of the ground: it happens where the armies stand.
ON_GROUND = ("advance", "control_change", "clash")
# Since the year in which the front moved far no ground was fought over so far behind it, and
# on the other country's soil never so far from it.
_MOBILE_YEAR, _FOUGHT_KM, _RAIDED_KM = 2022, 60.0, 50.0
# Where the sectors of the front lie, whose villages bear the same names.
_AT_THE_FRONT = ("UA-09", "UA-14", "UA-63")
# No village that is fought over lies farther from the front, which is known coarsely; of two it
# is the one that is so near those told beside it, and the other clearly farther.
_AT_FRONT_KM, _BESIDE_KM, _CLEARLY, _BESIDES = 45.0, 50.0, 2.0, 6
# The region that a report is of stands among so many lines at its head.
_HEADS = 3
# So near after a place stands the region that it is said to be in.
_BESIDE = 4
# What stands between two places of a list.
_LISTED = re.compile(r"\s*(?:,\s*|\s\w{1,3}\s+)(?:\w{1,3}\s+)?")
# So near behind a place stands its region.
_REGION_REACH = 60
# A village without a region is looked for in so many of those told before.
_UNITS = 2


class Context:
    """The state of a report while its sentences are read in their order.

    Parameters
    ----------
    lines : sequence of Line
        All sentences.
    gazetteer : Gazetteer
        Where a name is looked up again with the region beside it.
    """

    def __init__(self, lines: Sequence[Line], gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.lines = lines
        self.calendar = Calendar(lines)
        self.events: list[Found] = []
        self.last: list[Found] = []
        self.town: tuple[Line, Spot] | None = None
        # The facility of the sentence before.
        self.thing: tuple[Line, Spot] | None = None
        self.region: tuple[Line, Region] | None = None
        self.voice: Voice | None = None
        self.spoke = 0
        self.author: Voice | None = None
        self.weapon = ""
        self.arms: tuple[list[str], Line] | None = None
        self.launched: dict[str, tuple[Line, Salvo, str]] = {}
        self.sector: tuple[Line, Sector] | None = None
        self.topic: tuple[Line, Spot] | None = None
        self.heading: tuple[Line, Region] | None = None
        # People killed or injured in a region, of which no deed was told yet.
        self.pending: tuple[Line, Region, list[Toll]] | None = None
        self.is_summary = False
        self.paragraph = 0
        self.focus = _focus(lines)
        heads = [(line, r) for line in lines[:_HEADS] if is_head(line) for r in line.regions]
        self.home = heads[0] if len({r.code for _, r in heads}) == 1 else None

    def turn(self, line: Line) -> None:
        """Begin a new paragraph: what the one before said of place and day no longer holds."""
        self.paragraph = line.paragraph
        self.town = self.region = self.sector = self.topic = self.heading = None
        self.last, self.pending, self.thing = [], None, None
        self.weapon = ""
        self.launched = {}
        self.arms = None
        if line.is_clocked:
            self.voice = None
        self.calendar.turn()

    def look(self, line: Line) -> None:
        """Keep the town and the region of a sentence for those after it."""
        beyond = reference(line.language, "beyond", "whence")
        towns = [s for s in line.spots if not s.is_facility and s.place is not None]
        towns = [s for s in towns if not beyond.search(line.text[: s.start])]
        if towns:
            self.town = (line, towns[0])
        things = [s for s in line.spots if s.is_facility]
        self.thing = (line, things[-1]) if things else self.thing
        origins = find_origins(line)
        regions = [r for r in line.regions if not any(a <= r.start < b for a, b in origins)]
        if regions:
            self.region = (line, regions[0])
        if line.sectors:
            self.sector = (line, line.sectors[0])
        elif lexicon(line.language).pattern("clauses", "direction").search(line.text):
            # One that is not known: its villages are not those of the one before.
            self.sector = None

    def home_region(self) -> tuple[Line, Region] | None:
        """Return the region that a report is of: that of its heading, else of its only places."""
        told = [e for e in self.events if not e.is_background and e.place is not None]
        codes = {str(e.value("admin1")) for e in told}
        if self.home is not None or len(codes) != 1:
            return self.home
        cell = told[0].cells["admin1"]
        line = next(one for one in reversed(self.lines) if one.start <= cell.start)
        start, end = cell.start - line.start, cell.end - line.start
        return line, Region(start, end, codes.pop())

    def struck(self, place: Place | None) -> Found | None:
        """Return the last strike told before at a place, None where none was."""
        told = [e for e in self.events if e.kind in ("strike", "other") and not e.is_background]
        near = [e for e in told if e.place is not None and place is not None]
        here = [e for e in reversed(near) if is_at(e, place)]
        counted = [e for e in here if "killed" in e.cells or "injured" in e.cells]
        return next(iter(counted or here), None)

    def speaker(self, voices: Sequence[Voice]) -> str:
        """Return the side that speaks in a sentence, else that of the author; empty: neither."""
        told = [*voices, self.author] if self.author else voices
        return next((v.side for v in told if v.side in self.gazetteer.theatre.sides), "")

    def of_officials(self, voices: Sequence[Voice], last: list[Found]) -> list[Found]:
        """Return the events told last; of officials of another region, the last strike in it."""
        # Who tells the whole report points at nothing in it.
        unit = next((v.unit for v in voices if v.unit and not v.is_author), "")
        if not unit or any(e.value("admin1") in (unit, None) for e in last):
            return last
        struck = [e for e in self.events if e.kind in ("strike", "other") and not e.is_background]
        own = [e for e in struck if e.value("admin1") == unit]
        is_placed = self.town is not None or self.topic is not None
        return [e for e in own if not is_placed or e.paragraph == self.paragraph][-1:]

    def narrator(self, voices: Sequence[Voice]) -> str:
        """Return the side whose enemy "the enemy" is: that of the author, else of who speaks."""
        is_told = self.author is not None and self.author.side in self.gazetteer.theatre.sides
        return self.author.side if is_told and self.author else self.speaker(voices)

    def keep(self, event: Found) -> Found:
        """Return the event told before that this one is, with what is new; else this one."""
        for other in self.events:
            if is_same(other, event):
                other.merge(event)
                return other
            if self.is_summary and not other.is_summed and is_summed_up(other, event):
                return other
        event.is_summed = self.is_summary
        self.events.append(event)
        return event

    def date(self, event: Found, line: Line, at: int) -> None:
        """Say when an event was, by the words around the deed at a character of a sentence."""
        event.is_background = self.calendar.is_background(line, at)
        found = self.calendar.find(line, at, event)
        if found is None:
            return
        event.days = found.days
        for column, day in (("date_start", found.days.start), ("date_end", found.days.end)):
            event.put(column, day.isoformat(), found.span, found.rule, found.certainty)

    def redate(self, event: Found, line: Line, at: int) -> None:
        """Take the day that a later sentence names for an event of which none told it."""
        again = Found(event.kind, line.paragraph)
        if not event.is_dated:
            self.date(again, line, at)
        if again.date_rank > event.date_rank and not again.is_background:
            event.days = again.days
            event.cells |= {c: again.cells[c] for c in ("date_start", "date_end")}

    def place(self, event: Found, line: Line, spot: Spot) -> None:
        """Say where an event was: at a place that a sentence names."""
        span = (line.start + spot.start, line.start + spot.end)
        place, certainty, sector = self._settle_in_sector(line, spot)
        if event.kind in ON_GROUND:
            place, certainty = self._on_ground(event, line, spot, (place, certainty, sector))
        event.place = place
        near = lexicon(line.language).any_of("links", "near")
        if re.search(rf"(?<!\w){near}\s+$", line.text[: spot.start], re.IGNORECASE):
            event.is_near, certainty = True, "open" if certainty == "open" else "likely"
        if place is None:
            event.key = spot.text.casefold()
            event.put("place", spot.text, span, "name as written, not resolved", "open")
            if spot.unit:
                self.unit(event, line, Region(spot.start, spot.end, spot.unit))
            if sector is not None:
                self.sector_unit(event, *sector)
            if region := self._region_for(line, spot):
                self.unit(event, *region)
            return
        if place.kind == "facility":
            own = place.id.startswith("facility:")
            name = place.id.removeprefix("facility:") if own else place.name
            event.put("facility", name, span, "facility known", certainty)
        event.put("place", place.town or place.name, span, "place known", certainty)
        if place.admin1_code:
            event.put("admin1", place.admin1_code, span, "unit of the place", certainty)
        if place.country:
            event.put("country", place.country, span, "country of the place", certainty)

    def _on_ground(
        self,
        event: Found,
        line: Line,
        spot: Spot,
        settled: tuple[Place | None, Certainty, tuple[Line, Sector] | None],
    ) -> tuple[Place | None, Certainty]:
        """Return the record of a place that is fought over, none where nobody ever fought."""
        place, certainty, sector = settled
        if place is None and sector is None and spot.unit is None:
            place = self._at_front(line, spot)
            certainty = "likely" if place is not None else "open"
        if not self._is_never_fought_at(place, line, event.kind):
            return place, certainty
        if is_city(place):
            # It errs in what happened there, not in which place is meant.
            return None, "open"
        # A namesake far away: the one at the front, where there is but one.
        near = self._at_front(line, spot) if sector is None else None
        return near, "likely" if near is not None else "open"

    def _is_never_fought_at(self, place: Place | None, line: Line, kind: str) -> bool:
        """Return whether a place lies too far from the front for ground to be gained there.

        It is a namesake, or the report errs: which of both cannot be told.
        """
        theatre = self.gazetteer.theatre
        if place is None or place.kind != "settlement" or not theatre.belt:
            return False
        if place.country == theatre.home:
            is_later = line.published is not None and line.published.year > _MOBILE_YEAR
            is_behind = not is_beyond_front(place, theatre)
            return is_later and is_behind and front_distance_km(place, theatre) > _FOUGHT_KM
        # "Attacked" so far away is said of drones, and no clash at all.
        is_there = place.admin1_code in theatre.fought
        return (is_there or kind != "clash") and front_distance_km(place, theatre) > _RAIDED_KM

    def unit(self, event: Found, line: Line, region: Region) -> None:
        """Say in which region an event was."""
        span = (line.start + region.start, line.start + region.end)
        event.put("admin1", region.code, span, "region named")
        event.put("country", region.country, span, "region named")

    def sector_unit(self, event: Found, line: Line, sector: Sector) -> None:
        """Say the region of the town that a sector is called after."""
        span = (line.start + sector.start, line.start + sector.end)
        event.put("admin1", sector.admin1, span, "region of the sector's town", "open")
        event.put("country", sector.admin1[:2], span, "region of the sector's town", "open")

    def sector_town(self, event: Found, line: Line, sector: Sector) -> None:
        """Say that an event was in a sector, at the town that it is called after."""
        span = (line.start + sector.start, line.start + sector.end)
        event.place = self.gazetteer.resolve(sector.town).place
        name = event.place.name if event.place else sector.town
        event.put("place", name, span, "town of the sector", "open")
        self.sector_unit(event, line, sector)

    def _settle_in_sector(
        self, line: Line, spot: Spot
    ) -> tuple[Place | None, Certainty, tuple[Line, Sector] | None]:
        """Return the record of a place, within the sector that it is told of if there is one."""
        place, certainty = self._settle(line, spot)
        sector = self._sector_of(line, spot)
        if sector is None:
            return place, certainty, None
        inside = self._in_sector(spot, place, sector[1])
        if inside is None and sector[0] is not line and is_city(place):
            return place, certainty, None
        return inside, "likely" if inside is not None else "open", sector

    def _sector_of(self, line: Line, spot: Spot) -> tuple[Line, Sector] | None:
        """Return the sector told before a place in its paragraph; None beside a region's name."""
        if any(0 <= r.start - spot.end <= _BESIDE for r in line.regions):
            return None
        if self.sector is None or self.sector[0] is not line:
            return self.sector
        before = [s for s in line.sectors if s.end <= spot.start]
        return (line, before[-1]) if before else None

    def _in_sector(self, spot: Spot, place: Place | None, sector: Sector) -> Place | None:
        """Return the place of a name within reach of the town of a sector, None if none."""
        centre = self.gazetteer.resolve(sector.town).place
        if centre is None:
            return place
        asked = (sector.admin1, None, *_AT_THE_FRONT)
        answers = [self.gazetteer.resolve(spot.text, admin1=unit) for unit in asked]
        bearers = [(c.place, c.score) for answer in answers for c in answer.candidates]
        known = [(place, 0.0), *bearers] if place is not None else bearers
        near = [one for one in known if distance_km(one[0], centre) <= _SECTOR_KM]
        best = max((score for _, score in near), default=0.0)
        named = [p for p, score in near if score >= best - _LIKE or p is place]
        if not named and place is not None and place.admin1_code == sector.admin1:
            return place
        return min(named, key=lambda p: distance_km(p, centre), default=None)

    def _settle(self, line: Line, spot: Spot) -> tuple[Place | None, Certainty]:
        """Return the record of a place: by the reading, else by what is named beside it."""
        if spot.unit is not None:
            return None, "open"
        unit = self._unit_of(line, spot)
        if unit and spot.place is not None and spot.place.admin1_code != unit:
            # "Макеевка в Луганской области" is not the one that is better known.
            found = self._in_unit(spot, unit)
            return found, "likely" if found else "open"
        if spot.place is not None and not self._is_out_of_reach(line, spot):
            units = {region.code for region in line.regions}
            alone = len(line.spots) == 1 and units <= {spot.place.admin1_code}
            # A small place is sure only where its region stands beside it.
            alone = alone and (bool(units) or spot.is_facility or is_city(spot.place))
            is_sure = alone and spot.mention is not None and spot.mention.place is not None
            return spot.place, spot.mention.certainty if is_sure and spot.mention else "likely"
        place = self._told(spot) or self._guess(line, spot)
        return place, "likely" if place is not None else "open"

    def _is_out_of_reach(self, line: Line, spot: Spot) -> bool:
        """Return whether a small place is so far off that only its region could make sure of it."""
        place, units = spot.place, {region.code for region in line.regions}
        if place is None or place.kind != "settlement" or is_city(place):
            return False
        is_far = front_distance_km(place, self.gazetteer.theatre) > _OUT_OF_REACH_KM
        return is_far and place.admin1_code not in units

    def _unit_of(self, line: Line, spot: Spot) -> str:
        """Return the region that a place must be in by the words beside it, empty where none is.

        It stands behind the place, or behind the list that it begins: "X и Y в ДНР". A village
        that an official of a region names is none of the other country.
        """
        ends = [spot.end]
        for other in line.spots if not (spot.is_facility or is_city(spot.place)) else ():
            if _LISTED.fullmatch(line.text, ends[-1], other.start):
                ends.append(other.end)
        named = (r.code for r in line.regions for end in ends if 0 <= r.start - end <= _BESIDE)
        if line.regions or spot.place is None or spot.is_facility or is_city(spot.place):
            return next(named, "")
        official = self._officials_region(line)
        is_abroad = official is not None and official[1].country != spot.place.country
        return official[1].code if official and is_abroad else ""

    def _officials_region(self, line: Line) -> tuple[Line, Region] | None:
        """Return the region of the official who speaks in a paragraph, or wrote the report."""
        is_heard = self.voice is not None and self.spoke == line.paragraph
        voice = self.voice if is_heard and self.voice and "-" in self.voice.unit else self.author
        if voice is None or "-" not in voice.unit:
            return None
        return line, Region(voice.start - line.start, voice.end - line.start, voice.unit)

    def _in_unit(self, spot: Spot, unit: str) -> Place | None:
        return self._resolve(spot.text, unit).place

    def _resolve(self, name: str, unit: str | None) -> Resolution:
        """Look a settlement up, by what it can be in the nominative where nothing is called so."""
        answer = self.gazetteer.resolve(name, admin1=unit, kind="settlement")
        for form in nominatives(name) if not answer.candidates else ():
            found = self.gazetteer.resolve(form.title(), admin1=unit, kind="settlement")
            if found.candidates:
                return found
        return answer

    def _at_front(self, line: Line, spot: Spot) -> Place | None:
        """Return the only bearer of a name near the front, or the one by the villages beside it."""
        theatre = self.gazetteer.theatre
        region = self._region_for(line, spot)
        units = [region[1].code] if region else sorted(theatre.fought)
        found = {c.place.id: c.place for u in units for c in self._resolve(spot.text, u).candidates}
        near = [p for p in found.values() if front_distance_km(p, theatre) <= _AT_FRONT_KM]
        told = [e for e in reversed(self.events) if e.kind in ON_GROUND and e.place is not None]
        here = [e for e in told if e.paragraph == line.paragraph] or told[:_BESIDES]
        villages = [e.place for e in here if e.place is not None]
        if not villages or len(near) <= 1:
            return near[0] if len(near) == 1 else None
        apart = sorted((min(distance_km(p, v) for v in villages), p.id, p) for p in near)
        (first, _, place), (second, *_) = apart[0], apart[1]
        return place if first <= _BESIDE_KM and second >= _CLEARLY * first else None

    def _guess(self, line: Line, spot: Spot) -> Place | None:
        """Return the place of a name by the region, the places and the events told about it."""
        city = self.gazetteer.resolve(spot.text, kind="settlement").place
        region = self._region_for(line, spot)
        is_elsewhere = region is not None and region[0] is line
        if is_city(city) and not is_elsewhere:
            return city
        if region is not None:
            return self._in_unit(spot, region[1].code)
        beside = [s.text for s in line.spots if s is not spot and s.place is not None]
        if beside:
            found = self.gazetteer.resolve(spot.text, context=beside, date=line.published).place
            if found is not None and found.country in line.theatre.sides:
                return found
        units = [str(e.value("admin1")) for e in reversed(self.events) if e.value("admin1")]
        near = (self._in_unit(spot, unit) for unit in list(dict.fromkeys(units))[:_UNITS])
        return next((place for place in near if place is not None), None)

    def _told(self, spot: Spot) -> Place | None:
        """Return a facility told before that a name not known otherwise is a part of."""
        name = spot.text.casefold()
        for event in reversed(self.events):
            place = event.place
            if place is not None and place.kind == "facility" and name in place.name.casefold():
                return place
        return None

    def _region_for(self, line: Line, spot: Spot) -> tuple[Line, Region] | None:
        """Return the region that a place not known otherwise is looked for in, with its sentence.

        "Near Dobropillya and in Zaporizhia Oblast" tells of two places.
        """
        regions = [r for r in line.regions if not _is_apart(line, spot, r)]
        after = [r for r in regions if 0 <= r.start - spot.end < _REGION_REACH]
        if after:
            return line, after[0]
        if regions:
            return line, min(regions, key=lambda r: abs(r.start - spot.start))
        if line.regions or any(s.place is not None for s in line.spots if s is not spot):
            return None
        return self.region or self._officials_region(line) or self.home


def _is_apart(line: Line, spot: Spot, region: Region) -> bool:
    """Return whether a region is another item of a list than a place: "near X and in Y Oblast"."""
    words = lexicon(line.language)
    joint, places = words.any_of("links", "and"), words.any_of("links", "in", "near")
    start, end = min(spot.end, region.end), max(spot.start, region.start)
    things = [t.start for t in line.tag("targets") if start < t.start and t.end < end]
    # "In Kirovske and a command post in Oryol Oblast".
    listed = re.compile(rf",\s|\s{joint}\s", re.IGNORECASE)
    if any(listed.search(line.text, start, at + 1) for at in things):
        return True
    gap = line.text[start:end]
    return re.match(rf",?\s+{joint}\s+{places}(?!\w)", gap, re.IGNORECASE) is not None


def is_head(line: Line) -> bool:
    """Return whether a line at the head of a report only says what it is."""
    is_told = line.tag("deeds") or line.tag("stances") or line.tag("toll", "killed", "injured")
    return len(line.text) < _TITLE and not is_told


def _focus(lines: Sequence[Line]) -> tuple[Line, Spot] | None:
    """Return the town that a report is about: the only one of its heading."""
    head = lines[0]
    named = [(m, m.place) for m in head.passage.places if m.place is not None]
    towns = [
        Spot(m.start, m.end, m.text, place, m)
        for m, place in named
        if place.kind == "settlement" and place.country in head.theatre.sides
    ]
    is_title = head.is_heading or (head.text.rstrip().endswith(")") and len(head.text) < _TITLE)
    return (head, towns[0]) if len(towns) == 1 and is_title else None
