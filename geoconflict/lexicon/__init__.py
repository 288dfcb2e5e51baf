"""The words of each language that reports are read by: data files, and what compiles them."""

from geoconflict.lexicon.words import Lexicon, any_form, form_pattern, languages, lexicon, lexicons

__all__ = ["Lexicon", "any_form", "form_pattern", "languages", "lexicon", "lexicons"]
