"""The review page: one HTML file on which a person goes through drafted events.

``document`` makes it.
"""

from geoconflict.review.document import review, write_review

__all__ = ["review", "write_review"]
