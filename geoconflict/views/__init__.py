"""How objects show themselves in a notebook: small pieces of HTML, with all texts escaped."""

from geoconflict.views.cards import html

__all__ = ["html"]
