"""How objects show themselves in a notebook: small pieces of HTML, with all texts escaped.

``objects`` has the card of each kind of object.
"""

from geoconflict.cards.objects import html

__all__ = ["html"]
