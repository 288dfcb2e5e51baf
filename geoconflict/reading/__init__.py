"""Reading what a text states: sentences, amounts, places, and the claims that they make.

The way of the data: ``sentences`` split a text; ``amounts`` (with ``numerals``) and ``mentions``
(``lines``, ``places``) are found in each and stand together in ``passages``; ``distances`` say
what a distance is between (by ``frames``, what stands on its ``sides`` and their ``referents``;
``pointers`` look back, ``lengths`` say what is no distance, ``settling`` tells namesakes apart);
``relations`` reads places in and near others, ``land`` (with ``landtext``, ``shares``, ``losses``,
``extents`` and ``periods`` by their ``timewords``) areas, rates and ratios, ``comparisons`` and
``parts`` what the text itself computes; ``drafts`` link and number them; ``reader`` does it all,
and ``unread`` lists what no claim was made of.
"""

from geoconflict.reading.reader import read_claims
from geoconflict.reading.unread import find_unread

__all__ = ["find_unread", "read_claims"]
