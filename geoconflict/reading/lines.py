"""Phrases that name a line: borders, the front, coasts, and the troops that stand at it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from geoconflict.reading.mentions import Mention

# Country words in English, Ukrainian and Russian: nouns in any case, and adjectives.
_COUNTRIES = {
    "UA": r"Ukrain(?:e|ian)|Україн\w*|українськ\w*|украинск\w*|Украин\w*",
    "RU": r"Russian?|Росі\w*|російськ\w*|РФ|Росси\w*|российск\w*",
    "BY": r"Belarus(?:ian)?|Білорус\w*|білоруськ\w*|Беларус\w*|Белорусс\w*|белорусск\w*",
    "PL": r"Poland|Polish|Польщ\w*|польськ\w*|Польш\w*|польск\w*",
    "RO": r"Romanian?|Румун\w*|румунськ\w*|Румын\w*|румынск\w*",
    "MD": r"Moldov(?:a|an)|Молдов\w*|молдовськ\w*|молдавск\w*",
    "HU": r"Hungar(?:y|ian)|Угорщин\w*|угорськ\w*|Венгр\w*|венгерск\w*",
    "SK": r"Slovak(?:ia|ian)?|Словаччин\w*|словацьк\w*|Словаки\w*|словацк\w*",
    "LT": r"Lithuanian?|Литв\w*|литовськ\w*|литовск\w*",
    "LV": r"Latvian?|Латві\w*|латвійськ\w*|Латви\w*|латвийск\w*",
    "EE": r"Estonian?|Естоні\w*|естонськ\w*|Эстони\w*|эстонск\w*",
    "FI": r"Finland|Finnish|Фінлянді\w*|фінськ\w*|Финлянди\w*|финск\w*",
    "KZ": r"Kazakh(?:stan)?|Казахстан\w*|казахстанськ\w*|казахстанск\w*",
    "TR": r"Turk(?:ey|ish)|Türkiye|Туреччин\w*|турецьк\w*|Турци\w*|турецк\w*",
    "BG": r"Bulgarian?|Болгарі\w*|болгарськ\w*|Болгари\w*|болгарск\w*",
    "GE": r"Georgian?|Грузі\w*|грузинськ\w*|Грузи\w*|грузинск\w*",
}
_PATTERNS = {code: re.compile(words, re.IGNORECASE) for code, words in _COUNTRIES.items()}
_COUNTRY = f"(?:{'|'.join(_COUNTRIES.values())})"
_MODIFIERS = (
    r"(?:(?:state|international(?:ly)?|national|recogni[sz]ed|official|land|nearest|closest|"
    r"northern|southern|eastern|western|northeastern|державн\w+|міжнародн\w+|найближч\w+|"
    r"государственн\w+|международн\w+|ближайш\w+)\s+){0,2}"
)
_BORDER = re.compile(
    rf"(?:\bthe\s+)?{_MODIFIERS}(?:(?P<owner>{_COUNTRY})(?:['’]s?)?(?:[-–/](?P<second>{_COUNTRY}))?\s+)?"
    rf"{_MODIFIERS}\b(?:borders?|frontiers?|borderline|кордон\w*|держкордон\w*|границ\w*|"
    r"госграниц\w*)\b"
    r"(?![\s-](?:guards?|regions?|areas?|towns?|villages?|districts?|settlements?|crossings?|"
    r"service|control|oblasts?|forces?|troops|checkpoints?|zones?|communities))"
    rf"(?:\s+(?:(?:of|with|between|з|зі|із|між|с|со|между)\s+)?(?:the\s+)?(?P<of>{_COUNTRY})\b"
    rf"(?!['’]s)(?:\s+(?:and|та|і|и)\s+(?P<and>{_COUNTRY}))?)?",
    re.IGNORECASE,
)
# "500 km from Ukrainian soil": the border, too.
_SOIL = re.compile(
    rf"\b(?P<owner>{_COUNTRY})(?:['’]s)?\s+(?:soil|territory|mainland)\b|"
    rf"\b(?:території|территории)\s+(?P<of>{_COUNTRY})\b",
    re.IGNORECASE,
)
_SIDE = (
    r"(?:Russian|Ukrainian|enemy|invading|occupying|Moscow['’]s|Kyiv['’]s|Putin['’]s|"
    r"російськ\w+|українськ\w+|ворож\w+|российск\w+|украинск\w+|вражеск\w+)"
)
_COMPASS = r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)"
_FRONT = re.compile(
    r"(?:\bthe\s+)?(?:(?:active|current|nearest|closest|eastern|southern|northern|actual)\s+)*"
    r"(?:\bfront[\s-]?lines?\b|\bfront\b(?=\s*(?:[.,;:)\]”\"]|and\b|in\b|at\b|near\b|when\b|is\b|was\b|has\b|runs\b|lies\b|$))|"
    r"\blines?\s+of\s+(?:contact|combat\s+contact|combat)\b|\bcontact\s+lines?\b|"
    r"\bbattle\s?(?:lines?|fronts?)\b|\bzero\s+line\b|\bcombat\s+zone\b|"
    r"\bthe\s+(?:fighting|fight)\b)"
    rf"|(?:\bthe\s+)?(?:(?:nearest|closest)\s+)?\b{_SIDE}\s+(?:front\s+)?(?:lines?|positions?|trenches)\b"
    rf"|(?:\bthe\s+)?\b(?:Russian|Ukrainian|enemy)[-\s](?:held|controlled|occupied)\s+"
    r"(?:territor(?:y|ies)|ground|lands?|areas?|positions?|soil)\b"
    rf"(?:\s+(?:to\s+the\s+)?{_COMPASS}\s+of\s+[A-Z][\w'’-]+)?"
    r"|\bterritor(?:y|ies)\s+(?:held|controlled|occupied)\s+by\s+(?:Ukraine|Russia|Kyiv|Moscow)\b"
    r"|\bліні\w+\s+(?:фронту|зіткнення|бойового\s+зіткнення|розмежування)|\bЛБЗ\b|\bфронту?\b"
    r"|\bлини\w+\s+(?:фронта|соприкосновения|боевого\s+соприкосновения|разграничения)|\bЛБС\b"
    r"|\bфронта\b|\bпередов(?:ої|ой|у|ую|ій)\b"
    rf"|\b(?:{_SIDE})\s+(?:позиці\w+|позици\w+)",
    re.IGNORECASE,
)
_FORCES = re.compile(
    rf"(?:\bthe\s+)?\b{_SIDE}\s+(?:\w+\s+)?(?:forces|troops|soldiers|army|armies|units|infantry|"
    r"paratroopers|військ\w*|сил\w*|армі\w+|окупант\w*|загарбник\w*|войск\w*|арми\w+)\b"
    r"(?!['’]s)|\bRussians\b|\bthe\s+(?:invaders|occupiers|enemy)\b|\bросіян\w*|\bокупант\w*|\bворог\w*"
    r"|\bпротивник\w*|\bроссиян\w*|\bоккупант\w*|\b(?:ВСУ|ЗСУ|ВС\s+РФ|ЗС\s+РФ)\b",
    re.IGNORECASE,
)
_COAST = re.compile(
    rf"(?:\bthe\s+)?(?:(?P<owner>{_COUNTRY})(?:['’]s)?\s+)?(?:(?:Black|Azov|Caspian)\s+Sea\s+)?"
    r"\b(?:coast(?:line)?|shores?|seashore|узбережж\w*|побережь\w*|берег(?:а|у|ов|ів)?)\b"
    rf"(?:\s+(?:of\s+)?(?:the\s+)?(?P<of>{_COUNTRY})(?:['’]s)?)?"
    r"(?:\s+(?:of\s+|the\s+)*(?:Crimea|Black\s+Sea|Sea\s+of\s+Azov|Azov\s+Sea))?"
    r"(?:\s+(?:of\s+)?(?P<unit>[A-ZА-ЯІЇЄ][\w'’-]+)(?:\s+(?:oblast|region|област\w*))?)?",
    re.IGNORECASE,
)
_SEA = re.compile(r"\bthe\s+sea(?:shore)?\b(?!\s+of)|\b(?:від|от)\s+моря\b", re.IGNORECASE)


def find_lines(sentence: str) -> list[Mention]:
    """Return the borders, fronts, coasts and troops that a sentence mentions, in their order.

    Examples
    --------
    >>> [m.reference for m in find_lines("It is near Russia's border with Ukraine.")]
    ['border:UA-RU']
    >>> [m.reference for m in find_lines("50 km from the line of contact")]
    ['front:']
    """
    small = sentence.casefold()
    found: list[Mention] = []
    for words, find in _FINDERS:
        if any(word in small for word in words):
            found += find(sentence)
    kept: list[Mention] = []
    for one in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def country_code(word: str) -> str | None:
    """Return the ISO code of a country named by noun or adjective, None where it is none."""
    return next((code for code, words in _PATTERNS.items() if words.match(word)), None)


def _borders(sentence: str) -> Iterator[Mention]:
    for match in _BORDER.finditer(sentence):
        named = [match[part] for part in ("owner", "second", "of", "and") if match[part]]
        codes = list(dict.fromkeys(filter(None, map(country_code, named))))
        mention = _mention("border", match, _border_reference(codes, match[0]))
        yield mention if codes else replace(mention, found="implied", certainty="likely")


def _soils(sentence: str) -> Iterator[Mention]:
    for match in _SOIL.finditer(sentence):
        code = country_code(match["owner"] or match["of"])
        if code is not None:
            yield _mention("border", match, _border_reference([code], match[0]))


def _border_reference(codes: list[str], words: str) -> str:
    """Return the line that a border is: of two countries, of one, or of Ukraine where none is."""
    if len(codes) >= 2:
        first, second = sorted(codes[:2], key=lambda code: (code != "UA", code != "RU", code))
        return f"border:{first}-{second}"
    if codes == ["RU"] or (not codes and "international" in words.casefold()):
        # Reports of this war mean the stretch towards Ukraine, not the border of all Russia.
        return "border:UA-RU"
    return f"border:{codes[0]}" if codes else "border:UA"


def _fronts(sentence: str) -> Iterator[Mention]:
    yield from (_mention("front", match, "front:") for match in _FRONT.finditer(sentence))


def _troops(sentence: str) -> Iterator[Mention]:
    yield from (_mention("forces", match, "front:") for match in _FORCES.finditer(sentence))


def _coasts(sentence: str) -> Iterator[Mention]:
    for match in _COAST.finditer(sentence):
        owner = country_code(match["of"] or match["owner"] or "") or ""
        yield _mention("coast", match, f"coast:{owner}")
    yield from (_mention("coast", match, "coast:") for match in _SEA.finditer(sentence))


def _mention(kind: str, match: re.Match[str], reference: str) -> Mention:
    return Mention(kind, match.start(), match.end(), match[0], reference)


# The words without which a sentence need not be searched for the phrases.
_FINDERS: tuple[tuple[tuple[str, ...], Callable[[str], Iterator[Mention]]], ...] = (
    (("border", "frontier", "кордон", "границ"), _borders),
    (("soil", "territory", "mainland", "територі", "территори"), _soils),
    (
        (
            *("front", "line", "position", "trench", "held", "controlled", "occupied", "fight"),
            *("zone", "ліні", "лини", "фронт", "лбз", "лбс", "передов", "позиц", "battle"),
        ),
        _fronts,
    ),
    (
        (
            *("force", "troop", "soldier", "army", "armies", "unit", "infantry", "paratroop"),
            *("russians", "invader", "occupier", "enemy", "війск", "військ", "сил", "армі"),
            *("арми", "окупант", "оккупант", "загарбник", "росіян", "россиян", "ворог"),
            *("противник", "войск", "всу", "зсу", "вс рф", "зс рф"),
        ),
        _troops,
    ),
    (("coast", "shore", "sea", "узбереж", "побереж", "берег", "моря"), _coasts),
)
