"""Reading what a text states: sentences, amounts, places, and the claims that they make.

The way of the data: ``texts`` come from files, ``sentences`` split them; ``amounts`` (with
``numerals``) and ``mentions`` (``lines``, ``places`` with their ``naming``, ``placewords`` and
``titles``, which are none, ``words`` of the compass) are found in each and stand together in
``passages``; ``distances`` say what a distance is between (``ends``, ``pairs``, ``measures``, what
stands on its ``sides`` and their ``subjects`` and ``referents``; ``pointers`` and ``antecedents``
look back, in ``agreement`` of gender, ``lengths`` say what is no distance, ``settling`` tells
namesakes apart); ``relations`` reads places in and near others, ``land`` (with ``landtext``,
``clauses``, ``shares``, ``losses``, ``extents`` and ``periods`` by their ``timewords`` and
``yearparts``) areas, rates and ratios, ``advances`` lengths of the front, ``comparisons``,
``contrasts``, ``parts``, ``sums``, ``totals``, ``proportions``, ``differences``, ``changes``,
``fates`` and ``paces`` (of what is ``counted``) what the text itself computes, ``shifts``,
``averages``, ``quotas`` and ``remainders`` (of ``operands``, in two sentences) what it computes of
numbers that stand apart; ``drafts`` link and number them; ``reader`` does it all, and ``unread``
lists what no claim was made of.
"""

from geoconflict.reading.reader import read_claims
from geoconflict.reading.unread import find_unread

__all__ = ["find_unread", "read_claims"]
