"""What was struck and where: things and places of a sentence, put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from geoconflict.drafting.deeds import is_led
from geoconflict.drafting.lines import Line
from geoconflict.drafting.phrases import reference
from geoconflict.drafting.regions import Region
from geoconflict.drafting.spots import Spot, is_aimed_at
from geoconflict.drafting.tags import Tag
from geoconflict.gazetteer.scoring import distance_km
from geoconflict.lexicon import lexicon
from geoconflict.lexicon.words import capitals
from geoconflict.reading.amounts import find_amounts

# Farther off a place does not say where another is.
_NEAR_KM = 50
# What ends an aside behind a place.
_ASIDE_ENDS = re.compile(r"\s*(?:,|\.|$|\))")
# A noun and a preposition before a place: "officials in Sumy".
_HELD = re.compile(r"[^\W\d_]{3,}\s+[^\W\d_]{1,3}\s+$")
_SAYS = re.compile(r",?\s+(?:[^\W\d_]{3,10}\s+)?")
_DATELINE = re.compile(r",?\s*(?:[^\W\d_a-z]\w+)?[,.]?\s*\(?\s*(?:\w+\.?\s+\d|\d{1,2}\s+\w+|\()")
_FILLERS = r"(?:[\w'’«»-]+\s+){0,5}?"
_CAPITALS_BEFORE = re.compile(r"(?:(?<=\s)|^)((?:[A-Z][\w'’-]+\s+){1,3})$")
_QUOTED = re.compile(r"\s*[«\"“][^«»\"“”]{2,40}[»\"”]")
_LONGEST_LINK = 70
_BESIDE = 24


@dataclass(frozen=True)
class Site:
    """A thing or place of a sentence.

    ``target`` is the thing, ``name`` the characters of its name, ``spot`` the facility or place,
    ``region`` the unit where no place is named.
    """

    target: Tag | None
    spot: Spot | None
    region: Region | None = None
    name: tuple[int, int] | None = None
    link: str = ""

    @property
    def at(self) -> int:
        """Where the thing stands, or the place where there is none."""
        return self.target.start if self.target is not None else self.start

    @property
    def start(self) -> int:
        """Its first character in the sentence."""
        parts = (self.target, self.spot, self.region)
        return min(part.start for part in parts if part is not None)

    @property
    def end(self) -> int:
        """The character after its last one in the sentence."""
        parts = (self.target, self.spot, self.region)
        return max(part.end for part in parts if part is not None)


def find_sites(line: Line, *, taken: Sequence[tuple[int, int]] = ()) -> list[Site]:
    """Return the things and places of a sentence, things first linked to their places.

    Parameters
    ----------
    line : Line
        The sentence.
    taken : sequence of pairs
        Characters that name who speaks, and no thing or place.
    """
    taken = [*taken, *((s.start, s.end) for s in line.sectors)]
    spots = [s for s in line.spots if not is_reference(line, s) and not _in(taken, s.start)]
    spots = [s for s in spots if not any(_is_by(line, other, s) for other in spots)]
    spots = [s for s in spots if s is spots[-1] or not is_seat(line, s)]
    spots = [s for s in spots if not any(_is_head_of(line, s, other) for other in spots)]
    aimed = (s.start for s in spots if s.place is not None and is_aimed_at(line, s.start))
    first = next(aimed, 0)
    # "Cut short a visit to Prague after the attack on Kyiv": a name not known is no place hit.
    spots = [s for s in spots if s.place is not None or s.start >= first]
    if len(spots) > 1 and line.tag("targets", "bridge"):
        spots = [s for s in spots if s.place is None or s.place.kind != "water"]
    facilities = [s for s in spots if s.is_facility]
    towns = [s for s in spots if not s.is_facility]
    measures, strikes = _measures(line), line.tag("deeds", "strike")
    targets = [
        t
        for t in line.tag("targets")
        if not _in([*taken, *measures], t.start)
        and not _is_mended(line, t)
        and not _is_goal(line, t)
        and not any(_touches(line, t, f) for f in facilities)
        and not (t.concept == "aircraft" and any(d.start - t.end == 1 for d in strikes))
    ]
    sites = [Site(_kind_in(line, f), f, link="facility") for f in facilities]
    used = {t.start for f in facilities for t in towns if _is_of(line, f, t)}
    for target in targets:
        found = _places_of(line, target, towns)
        used |= {spot.start for spot in found}
        name = _name(line, target)
        if found:
            sites += [Site(target, spot, name=name, link="in") for spot in found]
        else:
            site = _without_town(line, target, towns, name)
            if site.region is not None and _in(taken, site.region.start):
                site = replace(site, region=None, link="")
            sites += [replace(site, region=r) for r in _listed_regions(line, site)] or [site]
    used |= {s.spot.start for s in sites if s.spot is not None}
    sites += [Site(None, spot, link="place") for spot in towns if spot.start not in used]
    return sorted(_grouped(line, sites), key=lambda site: site.start)


def _measures(line: Line) -> list[tuple[int, int]]:
    """Return the characters that say how large an area is: "площадь 300 кв. м" is no square."""
    amounts = find_amounts(line.text, language=line.language)
    areas = [amount for amount in amounts if amount.dimension == "area"]
    words = (re.search(r"\w+\W*$", line.text[: amount.start]) for amount in areas)
    starts = [word.start() if word else area.start for word, area in zip(words, areas, strict=True)]
    fires = lexicon(line.language).pattern("targets_named", "burning")
    burning = [match.span() for match in fires.finditer(line.text)]
    return burning + [(start, area.end) for start, area in zip(starts, areas, strict=True)]


def _is_goal(line: Line, target: Tag) -> bool:
    """Return whether a thing is only what something went towards: "на подлёте к НПЗ сбит"."""
    before = line.text[: target.start]
    whence = reference(line.language, "whence")
    # Or with the name that it is called by between.
    named = re.sub(r"(?<=\s)[^\W\d_]\S*\s$", "", before)
    return any(whence.search(text) for text in (before, named))


def _is_mended(line: Line, target: Tag) -> bool:
    """Return whether a thing is told to be put right: "restored power to 30,000 homes".

    Not where its clause goes on to tell that it was struck.
    """
    after = [d for d in line.tag("deeds", "strike", "damage") if d.start >= target.end]
    if any(not is_led(line, deed) for deed in after):
        return False
    gaps = (line.text[t.end : target.start] for t in line.tag("told", "mended"))
    return any(re.fullmatch(r"(?:\s+[\w,.]+){0,6}\s+", gap) for gap in gaps)


def is_reference(line: Line, spot: Spot) -> bool:
    """Return whether a place only says where another lies or whence something came.

    The place of a dateline is none where something happened either.
    """
    before = line.text[max(0, spot.start - 40) : spot.start]
    if reference(line.language, "beyond", "whence", "said_in").search(before):
        return True
    is_first = not before.strip(' «"')
    return is_first and bool(_DATELINE.match(line.text, spot.end))


def _is_by(line: Line, first: Spot, other: Spot) -> bool:
    """Return whether a place only says where the one before it lies: "Лозового под Донецком"."""
    near = lexicon(line.language).pattern("links", "near")
    gap = line.text[first.end : other.start]
    if first.end >= other.start:
        return False
    is_aside = _ASIDE_ENDS.match(line.text, other.end) is not None and _are_near(first, other)
    return near.fullmatch(gap.strip(" ," if is_aside else " ")) is not None


def _is_head_of(line: Line, district: Spot, other: Spot) -> bool:
    """Return whether a district only heads what is told of a place in it: "X district – in Y"."""
    is_town = district.place is not None and district.place.kind == "settlement"
    if is_town or district.is_facility or other.start <= district.end:
        return False
    near = lexicon(line.language).any_of("clauses", "near")
    head = re.compile(rf"\s*[—–:-]\s+{near}\s+", re.IGNORECASE)
    match = head.match(line.text, district.end)
    return match is not None and other.start - match.end() < _BESIDE


def _are_near(first: Spot, other: Spot) -> bool:
    """Return whether one place can say where another is: "in Bilozerske, near Pokrovsk, on"."""
    if first.place is None or other.place is None:
        return True
    return distance_km(first.place, other.place) <= _NEAR_KM


def is_seat(line: Line, spot: Spot) -> bool:
    """Return whether a place only says where those who speak are: "officials in Sumy said"."""
    if is_capital_that_says(line, spot):
        return True
    is_held = _HELD.search(line.text, 0, spot.start) is not None
    is_said = any(_SAYS.fullmatch(line.text, spot.end, t.start) for t in line.tag("stances"))
    return is_held and is_said and not any(d.start < spot.start for d in line.tag("deeds"))


def is_capital_that_says(line: Line, spot: Spot) -> bool:
    """Return whether a capital stands for its government: "в Киеве это не подтвердили"."""
    words = lexicon(line.language)
    if not words.pattern("places", "governments").fullmatch(spot.text):
        return False
    stances = line.tag("stances", "claims", "confirms", "denies", "not_said")
    gaps = (line.text[spot.end : t.start] for t in stances if t.start >= spot.end)
    return any(_SAYS.fullmatch(gap) for gap in gaps)


def _in(taken: Sequence[tuple[int, int]], at: int) -> bool:
    return any(start <= at < end for start, end in taken)


def _touches(line: Line, target: Tag, facility: Spot) -> bool:
    """Return whether a word for a thing is part of a facility's name, or stands right beside it."""
    if target.start < facility.end and facility.start < target.end:
        return True
    gap = line.text[min(target.end, facility.end) : max(target.start, facility.start)]
    return len(gap) <= 4 and not re.search(r"[,;.]|\w", gap)


def _kind_in(line: Line, facility: Spot) -> Tag | None:
    return next((t for t in line.tag("targets") if _touches(line, t, facility)), None)


def _is_of(line: Line, facility: Spot, town: Spot) -> bool:
    """Return whether a town is where a facility named before it stands."""
    if town.start < facility.end or facility.place is None or town.place is None:
        return False
    near = town.start - facility.end <= _LONGEST_LINK
    same = facility.place.town in (town.place.name, *_all(town)) or (
        facility.place.admin1_code == town.place.admin1_code
    )
    return (
        near and same and bool(_link(line.language).fullmatch(line.text[facility.end : town.start]))
    )


def _all(spot: Spot) -> tuple[str, ...]:
    return tuple(n for names in spot.place.names.values() for n in names) if spot.place else ()


def _places_of(line: Line, target: Tag, towns: list[Spot]) -> list[Spot]:
    """Return the towns said right after a thing to be where it is: one, or a list of them."""
    after = [s for s in towns if s.start >= target.end]
    if not after:
        return []
    between = line.text[target.end : after[0].start]
    if any(t.start >= target.end and t.end <= after[0].start for t in line.tag("targets")):
        return []
    segment = line.text[: target.start].rpartition(",")[0]
    if "," in between and any(len(segment) <= s.start < target.start for s in towns):
        # "In Kharkiv two houses were damaged, in Lozova a station."
        return []
    if len(between) > _LONGEST_LINK or not _link(line.language).fullmatch(between):
        return []
    if after[0].place is None and len(after) > 1 and after[1].place is not None:
        beside = line.text[after[0].end : after[1].start]
        if len(beside) < _BESIDE and _link(line.language).fullmatch(beside):
            # "On the Victory embankment in Dnipro": the first is no town.
            return [after[1]]
    found = [after[0]]
    plural = lexicon(line.language).pattern("targets_named", "plural")
    if plural.search(line.text, target.start, target.end):
        for spot in after[1:]:
            if not _listed(line.language).fullmatch(line.text[found[-1].end : spot.start]):
                break
            found.append(spot)
    return found


def _without_town(line: Line, target: Tag, towns: list[Spot], name: tuple[int, int]) -> Site:
    """Return a thing whose town is not said right after it: the one before it in the sentence."""
    link = _link(line.language)
    of_city = lexicon(line.language).pattern("areas", "of_city")
    own = [r for r in line.regions if r.start >= target.end]
    if own and of_city.match(line.text, target.end + 1):
        # "Residential districts of the city": the one told before, whatever region follows.
        own = []
    is_told = own and link.fullmatch(line.text, target.end, own[0].start)
    if is_told and not _is_parted(line, own[0], target):
        # "A plant in one region and a bureau in a town" of another.
        inside = [s for s in towns if s.place and s.place.admin1_code == own[0].code]
        if not inside:
            return Site(target, None, own[0], name=name, link="region")
    before = [s for s in towns if s.end <= target.start]
    part = [s for s in before if line.part(s.start) == line.part(target.start)]
    if part:
        return Site(target, part[-1], name=name, link="before")
    after = [s for s in towns if 0 <= s.start - target.end <= 60]
    after = [s for s in after if line.clause(s.start) == line.clause(target.start)]
    struck = [d.start for d in line.tag("deeds", "strike") if d.start >= target.end]
    after = [s for s in after if not any(at < s.start for at in struck)]
    if after:
        return Site(target, after[0], name=name, link="after")
    regions = [r for r in line.regions if line.part(r.start) == line.part(target.start)]
    if of_city.match(line.text, target.end + 1):
        regions = [r for r in regions if r.end <= target.start]
    # "In one region a substation was hit, in another …": no comma parts a thing and its region.
    region = min(
        regions,
        key=lambda r: (_is_parted(line, r, target), abs(r.start - target.end)),
        default=None,
    )
    return Site(target, None, region, name=name, link="region" if region else "")


def _is_parted(line: Line, region: Region, target: Tag) -> bool:
    gap = line.text[min(region.end, target.end) : max(region.start, target.start)]
    return re.search(r"[,;:]", gap) is not None


def _listed_regions(line: Line, site: Site) -> list[Region]:
    """Return the regions of a list that a thing is in: "plants in Lviv and Volyn oblasts"."""
    if site.region is None or site.target is None or site.spot is not None:
        return []
    found: list[Region] = []
    for region in line.regions:
        if found and _listed(line.language).fullmatch(line.text[found[-1].end : region.start]):
            found.append(region)
        elif region is site.region:
            found = [region]
    return found


def _name(line: Line, target: Tag) -> tuple[int, int]:
    """Return the characters of a thing's name: capital or telling words before, quoted after."""
    start, end, text = target.start, target.end, line.text
    before = _CAPITALS_BEFORE.search(text[:start])
    if before and before.start(1) > 0 and line.language == "en":
        start = before.start(1)
    elif line.language != "en":
        telling = _telling(line.language).search(text[:start])
        start = telling.start(1) if telling else start
    quoted = _QUOTED.match(text, end)
    return start, quoted.end() if quoted else end


def _grouped(line: Line, sites: list[Site]) -> list[Site]:
    """Return one site for all nameless things at one place, told in one breath."""
    kept: list[Site] = []
    for site in sorted(sites, key=lambda site: site.at):
        if not any(_is_listed(line, other, site) for other in kept):
            kept.append(site)
    return kept


def _is_listed(line: Line, first: Site, other: Site) -> bool:
    """Return whether a thing is told in one breath with another one at the same place."""
    if "facility" in (first.link, other.link) or first.target is None or other.target is None:
        return False
    is_near = line.part(first.start) == line.part(other.target.start)
    return is_near and _is_same_place(first, other)


def _is_same_place(a: Site, b: Site) -> bool:
    if a.spot is not None or b.spot is not None:
        return a.spot is b.spot
    return a.region == b.region


@cache
def _telling(language: str) -> re.Pattern[str]:
    """Return the pattern of one or two telling words in small letters at the end of a text."""
    word = rf"(?=[^\W\d_])(?![{capitals()}])(?=[\w'’-]{{6,}}\s)"
    ends = lexicon(language).any_of("targets_named", "adjectives")
    return re.compile(rf"(?:(?<=\s)|^)((?:{word}{ends}\s+){{1,2}})$")


@cache
def _link(language: str) -> re.Pattern[str]:
    """Return the pattern of what stands between a thing and its place."""
    near = lexicon(language).any_of("clauses", "near")
    village = lexicon(language).any_of("clauses", "village")
    quoted = r"(?:[\s,]*[«\"“][^«»\"“”]{1,40}[»\"”])?(?:\s*\([^()]{1,30}\))?"
    extra = rf"(?:{lexicon(language).any_of('targets_named', 'before_town')}|{village})"
    return re.compile(rf"{quoted}[\s,]*{_FILLERS}{near}\s+(?:{extra}\s+(?:of\s+)?)*", re.IGNORECASE)


@cache
def _listed(language: str) -> re.Pattern[str]:
    joints = lexicon(language).any_of("clauses", "and")
    near = lexicon(language).any_of("clauses", "near")
    return re.compile(rf"\s*(?:,|,?\s*{joints})\s*(?:{near}\s+)?(?:the\s+)?", re.IGNORECASE)
