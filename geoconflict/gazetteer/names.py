"""Names as strings: folding, spelling-independent keys, romanisation, script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache, lru_cache

from geoconflict.lexicon import lexicon

_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ‘`´ʹ′ʺ″“”\"«»"), None)
_SEPARATORS = re.compile(r"[\s\-‐-―./_]+")
# Letters that Unicode does not decompose into a base letter and a mark.
_SPECIAL = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ё": "е", "ґ": "г"})
# Latin letters that stand for Cyrillic ones in a mixed word: a keyboard left in the other script.
_LOOKALIKES = str.maketrans("abcehikmoptxy", "авсенікмортху")
_MIXED = re.compile(r"\w*(?:[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z])\w*")

_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгдезиіїйклмнопрстуфхцыэєў", "abvhdeziiiiklmnoprstufhcieeu", strict=True)),
        **dict.fromkeys("ъь", ""),
        "ж": "j",
        "ч": "ch",
        "ш": "sh",
        "щ": "sch",
        "ю": "iu",
        "я": "ia",
    }
)
# Romanisations differ in these; what remains is the same for national 2010, BGN/PCGN,
# passport and press spellings of one name.
_ROMANISATIONS = (
    (re.compile(r"shch|sch"), "sch"),
    (re.compile(r"zh"), "j"),
    (re.compile(r"kh|g"), "h"),
    (re.compile(r"ts|tz"), "c"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"\b(?:ye|je|ie)"), "e"),
    (re.compile(r"(?<=[aeiouy])(?:ye|je)"), "e"),
    (re.compile(r"(?:j|y)(?=[aou])"), "i"),
    (re.compile(r"(?<=[aeou])(?:j|y)\b"), "i"),
    (re.compile(r"[yi]+(?:j\b)?"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)


_NO_VOWELS = str.maketrans("", "", "aeiou")
# Ukraine's official romanisation, Cabinet of Ministers resolution 55 of 27 January 2010.
_NATIONAL_2010 = {
    **dict(zip("абвгґдезиійклмнопрстуф", "abvhgdezyiiklmnoprstuf", strict=True)),
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ь": "",
    "'": "",
    "є": "ie",
    "ї": "i",
    "ю": "iu",
    "я": "ia",
}
_NATIONAL_2010_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_WORDS = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")


def fold(name: str) -> str:
    """Return a name with case, marks, apostrophes and hyphens levelled; the script stays.

    Folding a second time changes nothing.

    Parameters
    ----------
    name : str
        A toponym in any script.

    Returns
    -------
    str
        Case-folded, single-spaced; ``ё`` is ``е``, ``ґ`` is ``г``, Latin letters lose their
        marks, Cyrillic letters keep theirs (``й`` and ``ї`` are letters of their own); Latin
        letters in a Cyrillic word are those that look the same.

    Examples
    --------
    >>> fold("Pokrovs’k"), fold("Rostov-on-Don"), fold("Орёл"), fold("Попiв Яр")
    ('pokrovsk', 'rostov on don', 'орел', 'попів яр')
    """
    if name.isascii():
        if name.isalpha():
            return name.lower()
        return _SEPARATORS.sub(" ", name.lower().translate(_APOSTROPHES)).strip()
    level = unicodedata.normalize("NFKC", name).casefold().translate(_APOSTROPHES)
    level = "".join(map(_base_letter, unicodedata.normalize("NFC", level)))
    level = _MIXED.sub(_in_one_script, level)
    return _SEPARATORS.sub(" ", level.translate(_SPECIAL)).strip()


def _in_one_script(word: re.Match[str]) -> str:
    """Return a word of both scripts in Cyrillic letters, where most of its letters are."""
    latin = sum(letter.isascii() for letter in word[0])
    return word[0].translate(_LOOKALIKES) if 2 * latin < len(word[0]) else word[0]


@lru_cache(maxsize=4096)
def _base_letter(char: str) -> str:
    if "Ѐ" <= char <= "ӿ":
        return char
    parts = unicodedata.normalize("NFKD", char).translate(_APOSTROPHES)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


@lru_cache(maxsize=65_536)
def skeleton(name: str) -> str:
    """Return a key that is equal for the usual romanisations of one name, and its Cyrillic.

    Parameters
    ----------
    name : str
        A toponym in Latin or Cyrillic script.

    Returns
    -------
    str
        A key for look-ups, not for showing; different names can share it.

    Examples
    --------
    >>> skeleton("Afipsky") == skeleton("Afipskiy") == skeleton("Афипский")
    True
    >>> skeleton("Kupyansk") == skeleton("Kupiansk") == skeleton("Куп'янськ")
    True
    """
    key = fold(name).translate(_CYRILLIC)
    for pattern, replacement in _ROMANISATIONS:
        key = pattern.sub(replacement, key)
    return key


def consonants(name: str) -> str:
    """Return the consonants of a name's key: what its Ukrainian and Russian forms share.

    Examples
    --------
    >>> consonants("Kyiv") == consonants("Kiev"), consonants("Часів Яр") == consonants("Chasov Yar")
    (True, True)
    """
    return skeleton(name).translate(_NO_VOWELS)


# What Ukrainian and Russian forms of one name differ in beyond their vowels.
_SISTERS = (
    (re.compile(r"[oe]l(?=[bvhdjzkmnpstfc])"), "ov"),
    (re.compile(r"(?<=[szr])[dt](?=n)"), ""),
    (re.compile(r"\bmikol"), "nikol"),
    (re.compile(r"\bvu"), "u"),
)
# A key with fewer consonants is shared by too many names.
_LEAST_CONSONANTS = 3
# Names of which this share of letters agrees are forms of one.
_AKIN = 0.5


@lru_cache(maxsize=16_384)
def loose_key(name: str) -> str:
    """Return a key that the Ukrainian and Russian forms of a name share, "" if it says too little.

    Parameters
    ----------
    name : str
        A toponym in Latin or Cyrillic script.

    Examples
    --------
    >>> loose_key("Рубежное") == loose_key("Рубіжне")
    True
    >>> loose_key("Волчанск") == loose_key("Vovchansk")
    True
    """
    key = _sister(name).translate(_NO_VOWELS)
    return key if len(key.replace(" ", "")) >= _LEAST_CONSONANTS else ""


@lru_cache(maxsize=16_384)
def are_sisters(one: str, other: str) -> bool:
    """Return whether two names with one loose key can be forms of one name.

    They have vowels in the same places, but for the ending, and at most one pair of vowels that
    do not stand for each other in the two languages.

    Examples
    --------
    >>> are_sisters("Камышеваха", "Комишуваха"), are_sisters("Угроиды", "Город")
    (True, False)
    """
    words, others = _sister(one).split(), _sister(other).split()
    if len(words) != len(others):
        return False
    strange = 0
    for a, b in zip(map(_runs, words), map(_runs, others), strict=True):
        if len(a) != len(b) or any(bool(a[n]) != bool(b[n]) for n in (0, -1)):
            return False
        if any(bool(x) != bool(y) for x, y in zip(a[1:-2], b[1:-2], strict=True)):
            return False
        last = {a[-2], b[-2]} if len(a) > 2 else set()
        if "" in last and not last <= {"", "e", "o"}:
            return False
        pairs = [(x[0], y[0]) for x, y in zip(a[:-1], b[:-1], strict=True) if x and y]
        strange += sum(not _stand_for_each_other(x, y) for x, y in pairs)
    return strange <= 1


@lru_cache(maxsize=4096)
def is_akin(one: str, other: str) -> bool:
    """Return whether two names are about half alike: other languages' forms, not other names.

    Examples
    --------
    >>> is_akin("Kiew", "Kyiv"), is_akin("Poselok", "Soledar"), is_akin("Нижне", "Tyumen")
    (True, False, False)
    """
    return SequenceMatcher(None, skeleton(one), skeleton(other)).ratio() >= _AKIN


@lru_cache(maxsize=16_384)
def is_russian_form(russian: str, ukrainian: str) -> bool:
    """Return whether a name can be how Russian spells a Ukrainian one, letter by letter.

    Parameters
    ----------
    russian, ukrainian : str
        Names in Cyrillic.

    Examples
    --------
    >>> is_russian_form("Работино", "Роботине"), is_russian_form("Времевка", "Времівка")
    (True, True)
    >>> is_russian_form("Ивановка", "Іванівське"), is_russian_form("Іванівка", "Іванівка")
    (False, False)
    >>> is_russian_form("Каменске", "Кам'янське"), is_russian_form("Каменское", "Кам'янське")
    (False, True)
    """
    folded = fold(russian)
    letters = lexicon("uk").sections["language"]["letters"]
    locative = lexicon("ru").sections["from_uk"]["locative"]
    if not set(letters).isdisjoint(folded) or re.search(locative, folded):
        return False
    words, others = folded.split(), fold(ukrainian).split()
    return len(words) == len(others) and all(map(_is_spelled, words, others))


def is_belarusian(name: str) -> bool:
    """Return whether letters of a name stand together as they do in no Russian, but Belarusian one.

    Examples
    --------
    >>> is_belarusian("Вэлыкы Бурлук"), is_belarusian("Великий Бурлук")
    (True, False)
    """
    return re.search(lexicon("ru").sections["from_uk"]["never"], name.lower()) is not None


def best_russian(names: Iterable[str], own: str) -> str | None:
    """Return the name that is Russian for a Ukrainian one, None where none of them can be.

    Names in Belarusian, which writes unstressed о as а, and the Ukrainian one itself come last.

    Parameters
    ----------
    names : iterable of str
        Candidates in Cyrillic.
    own : str
        The Ukrainian name.

    Examples
    --------
    >>> best_russian(["Далына", "Долина"], "Долина")
    'Долина'
    >>> best_russian(["Нова Каховка", "Новая Каховка"], "Нова Каховка")
    'Новая Каховка'
    """
    kept = lexicon("ru").sections["from_uk"]["kept"]

    def rank(name: str) -> tuple[int, bool, str]:
        lost = len(re.findall(kept, own.lower())) - len(re.findall(kept, name.lower()))
        return max(0, lost), name == own, name

    found = (name for name in names if not is_belarusian(name))
    return min((name for name in found if is_russian_form(name, own)), key=rank, default=None)


def _is_spelled(russian: str, ukrainian: str) -> bool:
    """Return whether a word is spelled by what can stand for each letter of a Ukrainian one."""
    word, table = f"^{ukrainian}$", _spellings()
    # By how many letters of the one are used: how many of the other they can spell.
    spelled: list[set[int]] = [{0}, *(set() for _ in word)]
    for at, letter in enumerate(word):
        for start in spelled[at]:
            for size in range(1, _LONGEST_SPELLING + 1):
                part = word[at : at + size]
                for form in table.get(part, (letter,) if size == 1 else ()):
                    if russian.startswith(form, start):
                        spelled[at + len(part)].add(start + len(form))
    return len(russian) in spelled[-1]


def ukrainian_roots(name: str) -> tuple[str, ...]:
    """Return a Russian name, and the same with a root that is another one in Ukrainian.

    Examples
    --------
    >>> ukrainian_roots("новониколаевка"), ukrainian_roots("ивановка")
    (('новониколаевка', 'новомиколаевка'), ('ивановка',))
    """
    roots = lexicon("ru").values("from_uk", "roots")
    return (name, *(name.replace(root, own) for root, own in roots.items() if root in name))


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """Return what Russian can write for letters of a Ukrainian word that "^" and "$" enclose."""
    table = lexicon("ru").values("from_uk", "spellings")
    itself = {letters: (letters.strip("^$"), *forms) for letters, forms in table.items()}
    return {"^": ("",), "$": ("",)} | itself


def _sister(name: str) -> str:
    key = skeleton(name)
    for pattern, replacement in _SISTERS:
        key = pattern.sub(replacement, key)
    return key


def _runs(word: str) -> list[str]:
    """Return the vowels before, between and after the consonants of a word, "" for none."""
    found, run = [], ""
    for char in word:
        if char in "aeiou":
            run += char
        else:
            found.append(run)
            run = ""
    return [*found, run]


def _stand_for_each_other(one: str, other: str) -> bool:
    pair = frozenset((one, other))
    return len(pair) == 1 or pair in _VOWEL_PAIRS


# How many letters, with "^" and "$", are spelled together.
_LONGEST_SPELLING = 6
_VOWEL_PAIRS = frozenset(map(frozenset, ("io", "ie", "eo", "ao", "ae", "iu")))


def romanise(name: str) -> str:
    """Return a Ukrainian name in Ukraine's official romanisation of 2010.

    Parameters
    ----------
    name : str
        A name in Ukrainian Cyrillic; other characters stay as they are.

    Source
    ------
    Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010.

    Examples
    --------
    >>> romanise("Слов'янськ"), romanise("Запоріжжя"), romanise("Часів Яр"), romanise("Згурівка")
    ('Sloviansk', 'Zaporizhzhia', 'Chasiv Yar', 'Zghurivka')
    """
    return _WORDS.sub(lambda match: _romanise_word(match[0]), name)


def _romanise_word(word: str) -> str:
    small = word.lower().replace("’", "'").replace("ʼ", "'")
    first = _NATIONAL_2010_INITIAL.get(small[0], _NATIONAL_2010.get(small[0], small[0]))
    rest = "".join(_NATIONAL_2010.get(char, char) for char in small[1:].replace("зг", "z+g"))
    latin = (first + rest).replace("z+g", "zgh")
    if small.startswith("зг"):
        latin = "zgh" + latin[2:]
    return latin.capitalize() if word[0].isupper() else latin


def script(name: str) -> str:
    """Return the ISO 15924 code of a name's letters: Latn, Cyrl or Zyyy for anything else."""
    if any("Ѐ" <= char <= "ӿ" for char in name):
        return "Cyrl"
    return "Latn" if any(char.isalpha() and char < "ɐ" for char in name) else "Zyyy"
