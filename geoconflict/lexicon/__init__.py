"""The words of each language that reports are read by: data files, and what compiles them.

``words`` look them up and make patterns of them, ``patterns`` compile when first looked for.
"""

from geoconflict.lexicon.patterns import AnyCase, Caseless
from geoconflict.lexicon.words import (
    LEVELLED,
    Lexicon,
    adjective_stems,
    all_forms,
    any_form,
    any_word,
    apart_at_capitals,
    capitals,
    form_pattern,
    is_month,
    languages,
    lexicon,
    lexicons,
    month_numbers,
)

__all__ = [
    "LEVELLED",
    "AnyCase",
    "Caseless",
    "Lexicon",
    "adjective_stems",
    "all_forms",
    "any_form",
    "any_word",
    "apart_at_capitals",
    "capitals",
    "form_pattern",
    "is_month",
    "languages",
    "lexicon",
    "lexicons",
    "month_numbers",
]
