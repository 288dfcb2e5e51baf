"""Words in Cyrillic as tables spell them in Latin letters: "zahyblo", "POGIBLO", "PORAN"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from geoconflict.gazetteer.names import romanise
from geoconflict.lexicon import all_forms

# What one sound is written as, after one way or another.
_ALIKE = (
    (r"shch|sch", "s"),
    (r"[kg]h|x", "h"),
    (r"g", "h"),
    (r"zh", "z"),
    (r"[sc]h", "s"),
    (r"t[sc]|tz|cz|ch|c", "s"),
    (r"[yij]+o", "o"),
    (r"[yij]+(?=[aeu])", ""),
    (r"[yij]+", "i"),
    (r"w", "v"),
    (r"[^a-z0-9]", ""),
    (r"(.)\1+", r"\1"),
)
# Russian letters that Ukrainian lacks.
_RUSSIAN = str.maketrans({"ы": "y", "э": "e", "ё": "yo", "ъ": ""})
_LEAST = 4
_CUT = 5


@lru_cache(maxsize=4_096)
def levelled(latin: str) -> str:
    """Return Latin letters with those alike that stand for one Cyrillic sound.

    Examples
    --------
    >>> levelled("shyrota") == levelled("Shirota"), levelled("zagynulo") == levelled("zahynulo")
    (True, True)
    """
    text = latin.casefold()
    for pattern, letter in _ALIKE:
        text = re.sub(pattern, letter, text)
    return text


@lru_cache(maxsize=4_096)
def spells(name: str, target: str) -> bool:
    """Return whether a name in Latin letters spells a form of a column, maybe cut to five or more.

    Parameters
    ----------
    name : str
        The name of a column with single spaces between its words.
    target : str
        What the lexicon calls the column.

    Examples
    --------
    >>> spells("zahyblo", "killed"), spells("PORAN", "injured"), spells("portable", "injured")
    (True, True, False)
    """
    if not name.isascii():
        return False
    plain = levelled(name)
    whole, words, stems = _spellings(target)
    is_cut = len(plain) >= _CUT and any(word.startswith(plain) for word in words)
    has_stem = any(stem in plain for stem in stems)
    return len(plain) >= _LEAST and (plain in whole or is_cut or has_stem)


@cache
def _spellings(target: str) -> tuple[frozenset[str], ...]:
    """Return the forms in Cyrillic as they are levelled: all, those of one word, and stems."""
    forms = [form for form in all_forms("columns", target) if not form.isascii()]
    latin = {form: levelled(romanise(form.strip("*").translate(_RUSSIAN))) for form in forms}
    whole = [form for form in forms if "*" not in form and len(form) >= _LEAST]
    stems = (latin[form] for form in forms if re.fullmatch(r"\*\w+\*", form))
    return (
        frozenset(latin[form] for form in whole),
        frozenset(latin[form] for form in whole if " " not in form),
        frozenset(stem for stem in stems if len(stem) >= _CUT),
    )
