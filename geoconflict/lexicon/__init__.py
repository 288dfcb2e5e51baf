"""The words of each language that reports are read by: data files, and what compiles them."""

from geoconflict.lexicon.words import (
    Caseless,
    Lexicon,
    adjective_stems,
    any_form,
    capitals,
    form_pattern,
    languages,
    lexicon,
    lexicons,
)

__all__ = [
    "Caseless",
    "Lexicon",
    "adjective_stems",
    "any_form",
    "capitals",
    "form_pattern",
    "languages",
    "lexicon",
    "lexicons",
]
