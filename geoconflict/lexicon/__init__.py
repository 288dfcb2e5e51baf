"""The words of each language that reports are read by: data files, and what compiles them."""

from geoconflict.lexicon.words import (
    LEVELLED,
    Caseless,
    Lexicon,
    adjective_stems,
    all_forms,
    any_form,
    any_word,
    apart_at_capitals,
    capitals,
    form_pattern,
    languages,
    lexicon,
    lexicons,
    month_numbers,
)

__all__ = [
    "LEVELLED",
    "Caseless",
    "Lexicon",
    "adjective_stems",
    "all_forms",
    "any_form",
    "any_word",
    "apart_at_capitals",
    "capitals",
    "form_pattern",
    "languages",
    "lexicon",
    "lexicons",
    "month_numbers",
]
