"""Shares of a country or oblast that are held: "19 percent of Ukraine", "two thirds of Kherson"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geoconflict.reading.amounts import HEDGE, Amount
from geoconflict.reading.drafts import Draft, amount_draft
from geoconflict.reading.landwords import BY_UKRAINE, HOLDING, OF_UNIT
from geoconflict.reading.passages import Passage
from geoconflict.reading.periods import Period, days_of

_OF_COUNTRY = re.compile(
    r"\s+(?:of\s+)?(?:the\s+|all\s+(?:of\s+)?)?(?:(?P<country>country|Ukraine|Ukrainian)\b|"
    r"(?:territor\w+|land|area)\s+of\s+(?:Ukraine|the\s+country)\b|"
    r"(?:від\s+)?(?:території|площі|террит\w+|площад\w+)?\s*(?P<local>України|країни|Украины|страны)\b)",
    re.IGNORECASE,
)
# After "of Ukraine": nothing that Ukraine only qualifies, such as its power capacity.
_ENDS = re.compile(
    r"\s*(?:$|[.,;:)–—-]|['’]s\s+(?:territory|land|area|soil)\b|(?:is|are|was|were|has|had|and|or|in|by|"
    r"under|after|since|as|at|to|on|against|now|remains?|during|last|this|within|і|та|й|или|и|"
    r"під|под|за|у|в)\b)",
    re.IGNORECASE,
)
# Words for parts of a whole, by the number that they divide by.
_PARTS = {
    2: r"half|половин",
    3: r"third|трет",
    4: r"quarter|чверт|четверт",
    5: r"fifth|п['’]ят|пят",
    10: r"tenth|десят",
}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "дві": 2, "двох": 2, "две": 2} | {
    **dict.fromkeys(("три", "трьох", "трёх"), 3),
}
_FRACTION = re.compile(
    rf"(?:\b{HEDGE}\s+)?\b(?:(?P<count>{'|'.join(_COUNTS)})[\s-])?(?P<part>(?:half|thirds?|quarters?|fifths?|tenths?|"
    r"половин\w*|трет\w*|чверт\w*|четверт\w*|п['’]ят[уаі]\w*|пят[уао]\w*))(?:\s+частин\w+|\s+часть)?",
    re.IGNORECASE,
)
_FIGURES = {
    "admin1:UA-14": "area-donetsk",
    "admin1:UA-09": "area-luhansk",
    "admin1:UA-65": "area-kherson",
    "admin1:UA-23": "area-zaporizhzhia",
    "admin1:UA-43": "area-crimea",
}


def read_share(
    passage: Passage, amount: Amount, periods: Sequence[Period], before: Sequence[Draft]
) -> Draft | None:
    """Return the share of land that a percentage is, None where it is of something else."""
    whole = _whole(passage, amount.end)
    if whole is None or not HOLDING.search(passage.text):
        return None
    draft = replace(
        amount_draft(passage, "share", amount), days=days_of(amount.start, amount.end, periods)
    )
    areas = [d for d in before if d.kind == "area" and d.passage is passage]
    if areas:
        return replace(draft, subject=areas[-1], reference=f"figure:{whole}", days=areas[-1].days)
    if BY_UKRAINE.search(passage.text):
        return draft
    unit = "country:UA" if whole == "area-ua" else _unit_at(passage, amount.end)
    return replace(draft, subject=unit, reference="front:")


def read_fractions(passage: Passage, periods: Sequence[Period]) -> Iterator[Draft]:
    """Yield shares in words: "a fifth of the country", "дві третини Херсонщини"."""
    if not HOLDING.search(passage.text) or BY_UKRAINE.search(passage.text):
        return
    for match in _FRACTION.finditer(passage.text):
        whole = _whole(passage, match.end())
        if whole is None:
            continue
        count = _COUNTS.get((match["count"] or "a").casefold(), 1)
        part = next(
            n for n, words in _PARTS.items() if re.match(words, match["part"], re.IGNORECASE)
        )
        # A fraction in words is a round one.
        hedge = " ".join((match["hedge"] or "about").casefold().split())
        fields = {"value_min": round(100 * count / part, 1), "unit": "percent", "hedge": hedge}
        start, end = match.span()
        days = days_of(start, end, periods)
        unit = "country:UA" if whole == "area-ua" else _unit_at(passage, end)
        yield Draft(passage, "share", start, end, unit, "front:", days=days, fields=fields)


def _unit_at(passage: Passage, at: int) -> str:
    return next((m.reference for m in passage.places if m.start >= at), "country:UA")


def _whole(passage: Passage, at: int) -> str | None:
    """Return the figure that a share is of: a country's or an oblast's area; else None."""
    country = _OF_COUNTRY.match(passage.text, at)
    if country is not None:
        return "area-ua" if _ENDS.match(passage.text, country.end()) else None
    lead = OF_UNIT.match(passage.text, at)
    for mention in passage.places:
        if lead and mention.start == lead.end():
            return _FIGURES.get(mention.reference)
    return None
