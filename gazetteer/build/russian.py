"""How Russian regularly spells Ukrainian names, for those that no source has in Russian."""

from __future__ import annotations

import re

# Regular changes from Ukrainian to Russian: roots at the start of a word, then its endings.
_TO_RUSSIAN = tuple(
    (re.compile(pattern), russian)
    for pattern, russian in (
        (r"\bбіл", "бел"),
        (r"\bвовч", "волч"),
        (r"\bвовк", "волк"),
        (r"\bдовг", "долг"),
        (r"\bжовт", "желт"),
        (r"\bмик(?=[ио])", "ник"),
        (r"\bліс", "лес"),
        (r"\bпіщ", "песч"),
        (r"\bпідл", "подл"),
        (r"\bпід", "под"),
        (r"\bрівн", "ровн"),
        (r"\bвіл", "ол"),
        (r"\bкам'яне", "каменное"),
        (r"\bкам'ян", "камен"),
        (r"\bсвіт", "свет"),
        (r"\bсіч", "сеч"),
        (r"(?<=[жшчщ])ів(?=к|ськ|ц|$)", "ев"),
        (r"ів(?=к|ськ|ц|$)", "ов"),
        (r"їв(?=к|ськ|ц|$)", "ев"),
        (r"(?<=ськ)е$", "ое"),
        (r"(?<=[цз]ьк)е$", "ое"),
        (r"(?<=[иії]н)е$", "о"),
        (r"(?<=[нвлрт])е$", "ое"),
        (r"(?<=ськ|цьк|зьк)а$", "ая"),
        (r"(?<=[сцз])ьк", "к"),
        (r"ць$", "ц"),
        (r"є", "е"),
        (r"(?<=[^гкхжшчщ])ий$", "ый"),
        (r"[іїi]", "и"),
        (r"(?<=[бвгджзклмнпрстфхцчшщ])'", "ъ"),
    )
)


def russian(name: str) -> str:
    """Return how Russian regularly spells a Ukrainian name; many names are irregular.

    Parameters
    ----------
    name : str
        A name in Ukrainian Cyrillic.

    Examples
    --------
    >>> russian("Новомихайлівка"), russian("Вовчанське"), russian("Зелений Гай")
    ('Новомихайловка', 'Волчанское', 'Зеленый Гай')
    """
    return " ".join(_russian_word(word) for word in name.split())


def _russian_word(word: str) -> str:
    small = word.lower()
    for pattern, replacement in _TO_RUSSIAN:
        small = pattern.sub(replacement, small)
    return small.capitalize() if word[0].isupper() else small
