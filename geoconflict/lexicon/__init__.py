"""The words of each language that reports are read by: data files, and what compiles them."""

from geoconflict.lexicon.words import (
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
    "Lexicon",
    "adjective_stems",
    "any_form",
    "capitals",
    "form_pattern",
    "languages",
    "lexicon",
    "lexicons",
]
