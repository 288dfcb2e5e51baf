"""Which place a name means, offline: names, look-ups, and the doubt that remains."""

from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.resolution import Resolution

__all__ = ["Gazetteer", "Place", "Resolution"]
