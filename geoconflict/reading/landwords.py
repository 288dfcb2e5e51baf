"""Words that tell whose land a sentence speaks of, and whether it is held, won or nobody's."""

from __future__ import annotations

import re

# Between a share or an area and the unit that it is of.
OF_UNIT = re.compile(r"\s+(?:of\s+)?(?:the\s+)?(?:territor\w+\s+of\s+(?:the\s+)?)?", re.IGNORECASE)
TERRITORIAL = re.compile(
    r"\b(?:gain|seiz|captur|occup|liberat|control|h[eo]ld|held|advanc|territor|grab|wrest|took\b|"
    r"take[ns]?\b|taking|retak|retook|los[te]|annex|freed|recover|changed\s+hands|hands\b|gr[ae]y\s+zone|conquer|overr[ua]n|regain|recaptur|"
    r"захоп|окуп|звільн|територ|контрол|просун|втрат|відвойов|сір\w+\s+зон|захват|захвач|оккуп|"
    r"освобо|террит|потер|продвин|занял|занят|взят|взял|зайня)\w*",
    re.IGNORECASE,
)
HOLDING = re.compile(
    r"\b(?:occup\w+|controll?\w*|h[eo]lds?|held|seiz\w+|captur\w+|taken|took|hands|grip|gain\w*|"
    r"annex\w*|liberat\w+|lost|wrest\w*|conquer\w*|overrun|окуп\w+|контрол\w+|захоп\w+|утриму\w+|"
    r"втра[чт]\w+|оккуп\w+|захва\w+|удержива\w+|потер\w+|взят\w*|занял\w*|занят\w*)\b",
    re.IGNORECASE,
)
HELD = re.compile(
    r"\b(?:holds?|held|controls?|controlled|occupies|occupied|retains?|утриму\w+|контролю\w+|"
    r"удержива\w+|контролиру\w+|окупован\w+|оккупирован\w+|під\s+окупац\w+|під\s+контролем|"
    r"под\s+контролем|under\s+\w+\s+control|in\s+\w+\s+hands)\b",
    re.IGNORECASE,
)
GAINED = re.compile(
    r"\b(?:gain\w*|seiz\w+|captur\w+|took|taken|liberat\w+|freed|recaptur\w+|retook|retaken|regain\w*|"
    r"advanc\w+|lost|wrest\w*|grab\w*|захопи\w+|окупува\w+|звільни\w+|відвойова\w+|втрати\w+|"
    r"захвати\w+|оккупирова\w+|освобо\w+|потеря\w+|взят\w*|взял\w*|занял\w*)\b",
    re.IGNORECASE,
)
BY_UKRAINE = re.compile(
    r"\b(?:Ukraine|Kyiv|Ukrainian\s+(?:forces|troops|army|soldiers|units)|Україна|ЗСУ|"
    r"українськ\w+\s+(?:війська|сили|військов\w+)|Сил\w+\s+оборони|Украина|ВСУ|"
    r"украинск\w+\s+(?:войска|силы))\s+(?:\w+\s+){0,3}?(?:holds?|held|controls?|controlled|retains?|"
    r"liberat\w+|freed|recaptur\w+|retook|regain\w*|gain\w*|seiz\w+|captur\w+|took|lost|"
    r"звільни\w+|відвойова\w+|утриму\w+|контролю\w+|втрати\w+|освобод\w+|удержива\w+|контролиру\w+|"
    r"потеря\w+)\b|\bunder\s+(?:Kyiv['’]s|Ukrainian)\s+control|"
    r"\bпід\s+контролем\s+(?:Києва|України|ЗСУ)|\bпод\s+контролем\s+(?:Киева|Украины|ВСУ)",
    re.IGNORECASE,
)
NOBODYS = re.compile(
    r"\bgr[ae]y[\s-]zone|\bno\s+man['’]s\s+land|\bсір\w+\s+зон|\bсер\w+\s+зон|\breserve\b|\bpark\b",
    re.IGNORECASE,
)
# Areas that are no land won or held: what burns, floors of warehouses.
NOT_LAND = re.compile(
    r"\b(?:fire|blaze|burn\w*|floor|warehouse|storage\s+tank|flood\w*|пожеж\w*|пожар\w*|загорян\w*|"
    r"возгоран\w*|горін\w*|склад\w*|площад\w+\s+возгор\w+)\b",
    re.IGNORECASE,
)
