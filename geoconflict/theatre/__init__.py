"""The theatre: its countries, sides and window, and the official figures, as data files.

``records`` read them.
"""

from geoconflict.theatre.records import Box, Figure, Theatre

__all__ = ["Box", "Figure", "Theatre"]
