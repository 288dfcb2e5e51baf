"""A checked report as one HTML file: its text with the claims marked, and a small map for each.

``sketch`` draws the maps, ``document`` cuts the text where claims begin and end and puts both into
``article.html``. The page has no script and loads nothing.
"""

from geoconflict.article.document import article, headline, title_of, write_article

__all__ = ["article", "headline", "title_of", "write_article"]
