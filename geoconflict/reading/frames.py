"""The patterns that may stand between an amount and what it is measured from, in a language."""

from __future__ import annotations

import re
from functools import cache

from geoconflict.lexicon import Lexicon, any_form, lexicon
from geoconflict.reading.words import compass


class Frames:
    """The patterns between amounts and their ends in one language.

    Parameters
    ----------
    words : Lexicon
        Its words.
    """

    def __init__(self, words: Lexicon) -> None:
        any_of = words.any_of
        away = any_of("links", "away")
        toward = any_of("links", "toward")
        self.right = _compiled(
            rf"\)?(?:\s*[–—])?(?:(?:\s*,)?(?:\s*{away})+,?)?"
            rf"(?:\s+(?:{any_of('verbs', 'stand')}\s+)?{any_of('verbs', 'remain')})?"
            rf"(?:\s+{toward})*\s*"
        )
        hedges = any_form([*words.forms("hedges"), *words.forms("links", "reach")])
        light = rf"(?:{any_of('links', 'light')}|{any_of('verbs', 'stand')}|{hedges})"
        self.light = _compiled(rf"(?:[\s,–—:()«»\"“”-]|(?<!\w){light}(?!\w))*")
        arms = any_form(form for forms in words.table("arms").values() for form in forms)
        self.flown = _compiled(
            rf"(?<!\w){arms}(?!\w)[^.;]*(?<!\w){any_of('verbs', 'fly')}"
            rf"(?:\s+(?:{hedges}|{any_of('verbs', 'distance')}|{any_of('links', 'of')}))*\s+$"
        )
        self.can = words.pattern("verbs", "can")
        # "closed for 120 km between", "is 460 km away", "lies 460 km to the south".
        self.along = _compiled(rf"(?<!\w){any_of('lengths', 'along')}\s+(?:{hedges}\s+)?$")
        self.so_far = _compiled(
            rf"\)?\s*(?:{away}(?!\w)|(?:{toward}\s+)+{compass(words.language).pattern}(?!\w))"
        )
        self.stops = _compiled(rf"\s*(?:[.,;:!?)]|$)|{self.so_far.pattern}")
        nouns = rf"(?:{any_of('verbs', 'distance')}|{light})"
        self.headless = _compiled(rf"(?:[\s,–—:()-]|(?<!\w){nouns}(?!\w))*")
        self.far = _compiled(rf"(?<!\w){any_of('links', 'far')}(?:\s+\w+)?\s*$")
        self.runs = words.pattern("lengths", "runs")
        self.remain = words.pattern("verbs", "remain", "come")
        self.launched = _compiled(rf"{any_of('verbs', 'launch')}\s+(?:\w+\s+)?$")
        self.apart = _compiled(rf"\s*{any_of('links', 'apart')}(?!\w)")
        self.deep = _compiled(rf"\s*{any_of('links', 'deep')}\s+(?:the\s+)?")
        self.separate = words.pattern("verbs", "separate")
        self.respectively = words.pattern("links", "respectively")
        self.straight = words.pattern("links", "straight", "road")
        self.joint = _compiled(rf"\s*(?:,|,?\s*{any_of('links', 'and')}\s)\s*")
        self.from_any = _compiled(
            rf"\)?(?:\s*{away})*\s*(?:{any_of('links', 'from')}|"
            rf"{compass(words.language).pattern}\s+"
            rf"{any_of('links', 'of')})(?!\w)"
        )
        point = compass(words.language).pattern
        self.bare_direction = _compiled(
            rf"\)?\s*(?:{away}\s+)*(?:{toward}\s+)*(?:{any_of('pointers', 'of_it')}\s+)?"
            rf"(?P<compass>{point})(?!\w)"
        )
        self.its = _compiled(rf"\)?\s*(?:{away}\s+)*(?:to\s+)its\s")
        self.them = _compiled(rf"\s*{any_of('pointers', 'of_them')}(?!\w)")
        self.like = _compiled(rf"[\s,(—–]+(?:[^\W\d]+\s+){{0,4}}{any_of('verbs', 'distance')}\s+")
        self.ends_here = _compiled(rf"\s*(?:[,;.)]|$|{any_of('links', 'and')}(?!\w))")
        self.by = _compiled(rf"\s+{any_of('links', 'by')}\s+")
        self.approach = words.pattern("verbs", "approach")
        reach = any_of("links", "reach")
        self.denied = _compiled(rf"(?<!\w){any_of('links', 'not')}\s+(?:{reach}\s+)*$")


def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


@cache
def frames(language: str) -> Frames:
    """Return the patterns of a language that has a lexicon."""
    return Frames(lexicon(language))
