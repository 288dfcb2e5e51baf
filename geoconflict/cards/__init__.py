"""How objects show themselves in a notebook: small pieces of HTML, with all texts escaped."""

from geoconflict.cards.objects import html

__all__ = ["html"]
