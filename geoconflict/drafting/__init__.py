"""From a report to rows of a casebook: events, reports and claims with what they rest on.

The way of the data: ``articles`` read a report; ``lines`` are its sentences with what is seen in
them: ``phrases`` with their ``tags``, ``numbers``, ``days``, ``spots``, ``areas``, ``regions``,
``sectors``, ``origins``; ``deeds`` say what of it is told as done, ``sides`` who did it and whose
it was, ``voices`` (``sayings``, ``speakers``, ``authors``) who speaks (``hearing``: of what);
``sites``, ``tolls`` (``headcounts``), ``salvos`` (``launches``) and ``ground`` say what was hit
(``naming``: how it is called), how many came to harm, what was shot down and what changed hands;
``strikes`` (with ``struck``, ``actors``, ``weapons``, ``harm``, ``closures``, ``precedents``),
``skies`` and ``grounds`` make events of them, in the ``context`` of what was told before
(``found``; ``told`` on which day, and ``dating`` of the whole report); ``story`` reads all lines;
``report`` makes the draft (``cells``, ``levels``, ``draft``); ``rows``, ``saved`` reads it back,
``joining`` and ``accepting`` take it into a casebook.
"""

from geoconflict.drafting.accepting import accept, new_casebook, read_accepted, write_validated
from geoconflict.drafting.articles import read_article
from geoconflict.drafting.report import draft_events

__all__ = [
    "accept",
    "draft_events",
    "new_casebook",
    "read_accepted",
    "read_article",
    "write_validated",
]
