"""Reading what a text states: sentences, amounts, places, and the claims that they make.

The way of the data: ``sentences`` split a text; ``amounts`` (with ``numerals``) and ``mentions``
(``lines``, ``places``) are found in each and stand together in ``passages``; ``roles`` say what a
distance is between (``pointers`` look back, ``exclusions`` say what is no distance);
``relations`` reads places in and near others, ``land`` (with ``landwords``, ``shares``,
``losses`` and ``periods``) areas, rates and ratios; ``drafts`` link and number them;
``reader`` does it all.
"""

from geoconflict.reading.reader import read_claims

__all__ = ["read_claims"]
