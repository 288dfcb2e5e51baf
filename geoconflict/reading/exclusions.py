"""Lengths that lie between no two places: ranges, speeds, widths, ways flown, land gained."""

from __future__ import annotations

import re

from geoconflict.reading.amounts import Amount

# So far before an amount a word can still say what it is the measure of.
_REACH = 48
# Before the amount, with no place name between.
_BEFORE = re.compile(
    r"\b(?:rang(?:e|es|ing)|radius|radii|diameter|reach(?:es|ing)?|capable|able\s+to|altitudes?|"
    r"heights?|speeds?|length|lengths|width|thickness|perimeter|fl(?:y|ies|ew|own|ying)|flights?|"
    r"travel(?:s|led|ed|ling|ing)?|flow(?:s|ed|ing)?|driv(?:es|ing|en)|drove|march(?:ed|es)?|walk(?:ed|s|ing)?|"
    r"cover(?:s|ed|ing)?|advanc(?:e|es|ed|ing)|moved?|moving|push(?:ed|es|ing)?|retreat(?:ed)?|"
    r"withdr[ae]w(?:n|ing)?|progress(?:ed)?|pull(?:ed)?\s+back|stretch(?:es|ed|ing)?|spans?|"
    r"extend(?:s|ed|ing)?|wide|along|every|per|depth|deepen(?:ed)?|scale|centimet\w+|inch(?:es)?|"
    r"(?:let|lets|allow\w*|enabl\w+|can|could|able\s+to)\s+(?:\w+\s+){0,3}?(?:shoot|strike|hit|fire|"
    r"attack|engage)|walk|hik\w+|ran|rode|sail\w*|swam|jog\w*|r[ou]n|marathon|flown|"
    r"(?:про|до|пере|по|від)?їха\w+|(?:про|до|по)?їде\w*|пройш\w+|пройт\w+|йшл\w+|йшов|леті\w+|"
    r"(?:про|до|пере|по)?еха\w+|едет|едут|прош[её]л|прошл\w+|шли|шёл|летел\w*|масштаб\w*|сантиметр\w*|"
    r"дальніст\w*|далекобійн\w+|радіус\w*|діаметр\w*|висот\w+|швидк\w+|довжин\w+|завдовжки|"
    r"завширшки|завглибшки|шириною|глибин\w+|глибину|проліт\w*|пролет\w+|пролеті\w+|подола\w+|"
    r"просун\w+|просува\w+|вражат\w*|б['’]ют\w*|здатн\w+|дальност\w*|дальнобойн\w*|радиус\w*|"
    r"диаметр\w*|высот\w+|скорост\w*|длин\w+|шириной|глубин\w+|преодол\w+|продвин\w+|способн\w+|"
    r"поража\w+|протяжённост\w*|протяженност\w*|протяжніст\w*)\b[^;]*$",
    re.IGNORECASE,
)
# What is this long can run between places: "the length of the front from A to B is N km".
_LENGTH = re.compile(
    r"\b(?:length|довжин[аиоу]\w*|протяжн\w+|протяж[её]нн\w+|длин[аыоу]\w*)\b[^;]*$", re.IGNORECASE
)
# "advanced to within 5 km of" says where they are, not how far they went.
_UP_TO_A_PLACE = re.compile(r"\b(?:to\s+)?within\b|\bas\s+close\s+as\b", re.IGNORECASE)
# Right after it.
_AFTER = re.compile(
    r"[\s-]*(?:long|wide|high|tall|thick|in\s+(?:diameter|length|width|height|depth|circumference)|"
    r"deep\b(?!\s+(?:in|into|inside|within|behind))|"
    r"range|radius|stretch|section|sector|strip|zone|belt|buffer|corridor|front\b|frontline\b|"
    r"line\b|border\b|road|highway|railway|pipeline|bridge|convoy|column|race|run|journey|trip|"
    r"flight|advance|altitude|above|below|up\b|underground|"
    r"of\s+(?!where)(?:the\s+)?(?:road|front|border|trench|territor|pipeline|rail|cable|fortif|"
    r"defen|land|coast|line|track|wire|fence)\w*|across\b|"
    r"завдовжки|завширшки|заввишки|углиб\s+оборон|в\s+(?:длину|ширину|высоту|глубину|довжину)|"
    r"в\s+глибину|смуг\w+|полос\w+|ділянк\w+|участ\w+|прикордонн\w+|дорог\w*|трас\w+|трубопров\w+)",
    re.IGNORECASE,
)


def is_other_length(sentence: str, amount: Amount, *, since: int = 0) -> bool:
    """Return whether an amount is a range, a way, a size or the like, and no distance.

    Parameters
    ----------
    sentence : str
        The sentence that states it.
    amount : Amount
        A length.
    since : int
        Where the last place or amount before it ends; words before that say nothing of it.

    Examples
    --------
    >>> from geoconflict.reading.amounts import find_amounts
    >>> text = "missiles with a range of 300 km"
    >>> is_other_length(text, find_amounts(text)[0])
    True
    """
    if _AFTER.match(sentence, amount.end):
        return True
    length = _LENGTH.search(sentence, 0, amount.start)
    if length is not None and not any(map(str.isdigit, length[0])):
        return True
    start = max(since, amount.start - _REACH)
    before = _BEFORE.search(sentence[start : amount.start])
    if before is None:
        return False
    return not _UP_TO_A_PLACE.search(sentence, start, amount.number_start)
