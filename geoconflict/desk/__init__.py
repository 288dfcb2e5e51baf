"""A local web face over the library: a casebook made, checked, edited and published in a browser.

``states`` are the files of a casebook as they stand, and the history of them; ``rows`` change one
cell or row of a state; ``answers`` are what it says of texts and claims; ``desk`` is a casebook's
folder with both, for several tabs and programs at once; ``app`` answers the browser; ``serving``
runs it, behind a guard, on the loopback address.
"""

from geoconflict.desk.serving import serve

__all__ = ["serve"]
