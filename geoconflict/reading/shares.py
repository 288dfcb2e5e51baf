"""Shares of a country or oblast that are held: "19 percent of Ukraine", "two thirds of Kherson"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from geoconflict.lexicon import Caseless, Lexicon, adjective_stems, any_form, capitals, lexicon
from geoconflict.measuring.quantities import plain
from geoconflict.reading.amounts import Amount
from geoconflict.reading.clauses import Clause, acting, clause_at
from geoconflict.reading.drafts import Draft, amount_draft
from geoconflict.reading.landtext import LandText, area_id, areas_of
from geoconflict.reading.mentions import COUNTRY, UNIT
from geoconflict.reading.periods import Period

# So far behind a share what it is of can begin, and behind an area the share that says it again.
_APPOSED = 90
# "3/4 of the oblast".
_QUOTIENT = re.compile(r"(?<![\w/.,])(?P<top>[1-9])/(?P<bottom>[2-9]|10)(?![\w/.,]?\d|/)")


class _ShareWords:
    """The patterns of shares in one language."""

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        ground, whole = any_of("land", "ground"), any_of("land", "whole")
        lead = rf"(?:{any_of('links', 'of')}|{any_of('land', 'all')})"
        # "of the country", "of Ukraine's territory", "від усієї території", "площі України".
        self.whole = Caseless(
            rf"\s+(?:{lead}\s+)*(?:(?P<ground>{ground})\s*)?(?:{lead}\s+)*(?:(?P<country>{whole})"
            rf"(?!\w)(?P<own>['’]s)?)?"
        )
        by, verbs = any_of("comparisons", "part_lead"), any_of("comparisons", "rises", "falls")
        self.grown = Caseless(rf"(?<!\w){verbs}\s+(?:{by}\s+)?$")
        joints = words.forms("links", "or", "that_is")
        self.again = Caseless(
            rf"(?:\s*,\s*(?:{any_form(joints)}\s+)+|\s*[–—-]\s*(?:[^\W\d]+\s+)?|\s*\(\s*|"
            rf"\s+{any_form(joints)}\s+)"
            rf"(?:{any_form(words.forms('hedges'))}\s+)?"
        )
        self.ground_after = Caseless(rf"\s+(?:{lead}\s+)*{ground}(?!\w)")
        units = (*words.forms("places", "oblast"), *words.forms("pointers", "unit"))
        wholes = (*words.forms("places", "raion", "settlement"), *words.forms("pointers", "town"))
        # "5 % of the territory of the community".
        self.part_after = Caseless(rf"\s*(?:{lead}\s+)*{any_form((*units, *wholes))}(?!\w)")
        self.unit_after = Caseless(rf"\s*(?:{lead}\s+)*{any_form(units)}(?!\w)")
        self.noun_after = Caseless(
            r"[-]\w|\s+(?:power|energy|electricity|wheat|gas|oil|export|econom)"
        )
        parts = words.values("numbers", "parts")
        self.parts = [(re.compile(any_form([form]), re.IGNORECASE), n) for form, n in parts.items()]
        self.counts = {plain(form): n for form, n in words.values("numbers", "counts").items()}
        hedges = any_form(form for form in words.forms("hedges") if form != "plus")
        self.has_part = Caseless(rf"(?<!\w){any_form(parts)}")
        self.fraction = Caseless(
            rf"(?:(?<!\w)(?P<hedge>{hedges})\s+)?(?<!\w)(?:(?P<count>{any_form(self.counts)})"
            rf"[\s-])?"
            rf"(?P<part>{any_form(parts)})(?:\s+{any_of('land', 'part_nouns')})?(?!\w)"
        )


@cache
def _share_words(language: str) -> _ShareWords:
    return _ShareWords(lexicon(language))


@dataclass(frozen=True)
class _Whole:
    """What a share is of: the reference of the land, and whether the words say so."""

    land: str
    is_told: bool


def read_share(text: LandText, amount: Amount, own: Sequence[Draft]) -> Draft | None:
    """Return the share of land that a percentage is, None where it is of something else."""
    draft = amount_draft(text.passage, "share", amount)
    return _share(text, draft, amount.number_start, own)


def read_fractions(text: LandText, own: Sequence[Draft]) -> Iterator[Draft]:
    """Yield shares in words: "a fifth of the country", "дві третини Херсонщини"."""
    for start, end, value, hedge in fractions(text):
        fields = {"value_min": value, "unit": "percent", "hedge": hedge}
        draft = Draft(text.passage.sentence, "share", start, end, fields=fields)
        found = _share(text, draft, end - 1, own)
        if found is not None:
            yield found


def said_again(text: LandText, own: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, with a share that an area right behind it says again computed of that.

    "19.4 % of Ukraine, or about 117,000 sq km": the area stays to be measured, of the same land.
    """
    changed: dict[int, Draft] = {}
    for share in (d for d in own if d.kind == "share" and isinstance(d.subject, str)):
        area, figure = _area_behind(text, share, own), area_id(text, str(share.subject))
        if area is not None and figure is not None:
            same = replace(area, subject=share.subject) if area.subject else area
            changed[id(area)] = same
            changed[id(share)] = replace(share, subject=same, reference=f"figure:{figure}")
    return [changed.get(id(draft), draft) for draft in own]


def _area_behind(text: LandText, share: Draft, own: Sequence[Draft]) -> Draft | None:
    words = _share_words(text.passage.language)
    whole = words.whole.match(text.text, share.end)
    ends = [m.end for m in text.units if share.end <= m.start][:1]
    if whole is not None and whole["country"]:
        ends = [whole.end()]
    fitting = (
        a for a in areas_of(own) for end in ends if words.again.fullmatch(text.text, end, a.start)
    )
    return next(fitting, None)


def fractions(text: LandText) -> Iterator[tuple[int, int, float, str]]:
    """Yield where a fraction in words stands, its value in per cent, and its hedge."""
    words = _share_words(text.passage.language)
    for match in _QUOTIENT.finditer(text.text):
        top, bottom = int(match["top"]), int(match["bottom"])
        if top < bottom:
            yield *match.span(), round(100 * top / bottom, 1), "about"
    if words.has_part.search(text.text) is None:
        return
    for match in words.fraction.finditer(text.text):
        if any(a.start < match.end() and match.start() < a.end for a in text.passage.amounts):
            continue
        count = words.counts.get(plain(match["count"] or ""), 1)
        part = next(n for pattern, n in words.parts if pattern.fullmatch(match["part"]))
        # A fraction in words is a round one.
        yield *match.span(), round(100 * count / part, 1), plain(match["hedge"] or "about")


def _share(text: LandText, draft: Draft, at: int, own: Sequence[Draft]) -> Draft | None:
    clause = clause_at(text.clauses, at)
    area = _apposed(text, draft, own)
    if area is not None and isinstance(area.reference, Draft):
        return _of_change(draft, area)
    # "Assaults rose by a third" is of nothing held.
    grown = _share_words(text.passage.language).grown
    starts = (draft.start, *([area.start] if area is not None else []))
    is_grown = any(grown.search(text.text[:at]) for at in starts)
    first = _out_of(text, area, own) if area is not None and not is_grown else None
    if first is not None:
        return replace(draft, subject=area, reference=first)
    whole = _whole(text, draft, clause, area)
    span = text.text[clause.start : clause.end]
    if (
        whole is None
        or is_grown
        or text.words.not_land.search(span)
        or not (clause.actions or area)
    ):
        return None
    if area is not None and not _is_of_other_land(text, draft, area, whole):
        return _of_area(text, draft, area, whole)
    if not whole.is_told:
        return None
    is_part = whole.land == text.country and any(
        clause.start <= m.start < draft.start for m in text.units
    )
    # "The occupied part of the oblast is 0.7 % of Ukraine" is a part of what is held there.
    return draft if is_part else _of_land(text, draft, clause, whole)


def _is_of_other_land(text: LandText, draft: Draft, area: Draft, whole: _Whole) -> bool:
    """Return whether a share near an area is of narrower land: "66,000 sq km, 99 % of Luhansk"."""
    is_own = area.subject in (None, whole.land) or whole.land == text.country
    is_other = whole.is_told and not is_own
    return is_other and not text.words.apposed.fullmatch(text.text, area.end, draft.start)


def _of_change(draft: Draft, change: Draft) -> Draft | None:
    """Return a share that is said of a change beside it: of what it was before."""
    larger, smaller = change.subject, change.reference
    if not isinstance(larger, Draft) or not isinstance(smaller, Draft):
        return None
    first = min((larger, smaller), key=_told_first)
    return replace(draft, subject=change, reference=first, days=change.days)


def _told_first(draft: Draft) -> tuple[int, int]:
    """Return the key that sorts areas by their days, else by where they stand."""
    days = draft.days or draft.told_days
    day = days.start.toordinal() if days else 0
    return day, draft.sentence.start + draft.start


def _out_of(text: LandText, area: Draft, own: Sequence[Draft]) -> Draft | None:
    """Return the first area of "of the oblast's 31,400 sq km 8,500 are freed, or 27 percent"."""
    before = [d for d in areas_of(own) if d.end <= area.start]
    words = text.passage.words.any_of("land", "from_to")
    of = text.passage.words.any_of("links", "of")
    for first in before:
        lead = text.text[max(0, first.start - 12) : first.start]
        if re.search(rf"(?<!\w)(?:{words}|{of})\s+(?:the\s+)?$", lead, re.IGNORECASE):
            return first
    return None


def _of_area(text: LandText, draft: Draft, area: Draft, whole: _Whole) -> Draft | None:
    """Return a share that is said of an area beside it, to be computed."""
    told = text.memory.wholes.get(whole.land)
    told = None if told is area else told
    figure = area_id(text, whole.land)
    reference = told or (f"figure:{figure}" if figure else None)
    if reference is None or (not whole.is_told and told is None and whole.land != text.country):
        return None
    return replace(draft, subject=area, reference=reference, days=area.days)


def _of_land(text: LandText, draft: Draft, clause: Clause, whole: _Whole) -> Draft:
    """Return a share of land that is held or won, to be measured where snapshots can tell."""
    period, theatre = _period(text, draft), text.passage.theatre
    days = period.days if period and period.is_year_known else None
    is_long = days is not None and days.days > 1
    is_won = is_long and period is not None and period.role != "than"
    action, side = acting(clause, theatre, is_long=is_won)
    if side == theatre.home:
        return replace(draft, days=days)
    if action == "hold" and is_long:
        days = None
    return replace(draft, subject=whole.land, reference="front:", days=days)


def _period(text: LandText, draft: Draft) -> Period | None:
    amounts = [a for a in text.amounts if a.start == draft.start]
    if amounts:
        clause = text.clause(amounts[0])
        period = text.period(amounts[0])
        # A share is of a day where no period stands in its own clause.
        is_own = period is not None and clause.start <= period.start < clause.end
        return period if is_own else None
    return None


def _apposed(text: LandText, draft: Draft, own: Sequence[Draft]) -> Draft | None:
    """Return the area that a share says again: "7,463 sq km, or 1.24 percent"."""
    for area in reversed([d for d in own if d.kind == "area"]):
        gap = text.text[area.end : draft.start]
        own_verbs = [c for c in text.clauses if c.is_own and area.end <= c.start < draft.start]
        is_near = 0 <= draft.start - area.end <= _APPOSED
        if is_near and not own_verbs and "%" not in gap and not _is_rest(text, area):
            return area
    return None


def _elliptic(text: LandText, draft: Draft) -> str | None:
    """Return the unit of "2.1 % of Zaporizhzhia's, 1.3 % of Kharkiv oblast": an adjective alone."""
    adjective = re.match(
        rf"\s+([{capitals()}][\w'’-]*{adjective_stems()}\w{{2,3}})\s*[,;]", text.text[draft.end :]
    )
    units = [m for m in text.units if m.start > draft.end]
    if adjective is None or not units:
        return None
    noun = units[-1].text.rpartition(" ")[2]
    found = text.passage.finder.gazetteer.resolve(f"{adjective[1]} {noun}", kind="admin1").place
    return f"admin1:{found.admin1_code}" if found else None


def _is_rest(text: LandText, area: Draft) -> bool:
    """Return whether an area is what is left out: "all but 250 sq km"."""
    but = text.passage.words.any_of("land", "all_but")
    before = text.text[max(0, area.start - 30) : area.start]
    return re.search(rf"(?<!\w){but}\s+(?:\w+\s+)?$", before, re.IGNORECASE) is not None


def _whole(text: LandText, draft: Draft, clause: Clause, area: Draft | None) -> _Whole | None:
    """Return what a share is of: what follows it, or the unit that its clause is about."""
    words = _share_words(text.passage.language)
    match = words.whole.match(text.text, draft.end)
    unit = _unit_after(text, draft, match) or _elliptic(text, draft)
    if unit is not None:
        return _Whole(unit, is_told=True)
    end = match.end() if match else draft.end
    located = [m.reference for m in text.units if clause.start <= m.start < draft.start]
    if words.part_after.match(text.text, end):
        # "Of the region" that is named before; of a district or town nothing is known.
        is_unit = words.unit_after.match(text.text, end) is not None
        return _Whole(located[-1], is_told=True) if located and is_unit else None
    if match is not None and match["country"]:
        return _country(text, match, words)
    if match is not None and match["ground"]:
        return _Whole(located[-1] if located else text.country, is_told=True)
    wholes = [*text.memory.wholes, *located] if area is not None else []
    return _Whole(wholes[-1], is_told=False) if wholes else None


def _unit_after(text: LandText, draft: Draft, match: re.Match[str] | None) -> str | None:
    """Return the unit whose name follows a share, None where none does."""
    at = match.end() if match else draft.end
    for mention in text.passage.places:
        if mention.start < draft.end or mention.rank != UNIT:
            continue
        is_here = mention.start == at or (match and mention.start == match.end("ground") + 1)
        if is_here or (match is None and not text.text[draft.end : mention.start].strip()):
            return mention.reference
    return None


def _country(text: LandText, match: re.Match[str], words: _ShareWords) -> _Whole | None:
    """Return the whole country; None where another is meant, or something that it owns."""
    theatre = text.passage.theatre
    home = text.passage.words.pattern("countries", theatre.home)
    named = {m.place.country for m in text.passage.places if m.rank == COUNTRY and m.place}
    is_abroad = home.search(text.text) is None and bool(named - {theatre.opponent})
    owns = match["own"] and not words.ground_after.match(text.text, match.end())
    is_other = is_abroad or owns or words.noun_after.match(text.text, match.end())
    return None if is_other else _Whole(text.country, is_told=True)
