"""Which place a name means, offline: names, look-ups, and the doubt that remains.

``lookup`` is the gazetteer; ``places`` are its records, kept in a ``placefile`` and in the
``userdata`` of who adds to it (``growing``). A name goes through ``toponyms`` (the words around
it), ``names`` (its spelling) and ``cases`` (its endings) to ``bearers``, the places so called, and
to ``facilities`` and ``airfields``; as ``matches`` they are ranked by ``scoring``, by ``joint``
names beside, and told apart in ``resolution``, where ``strays`` bear a name by chance, ``rivals``
compete, and ``doubts`` say why there is no answer. ``online`` asks Nominatim,
when the user wants it.
"""

from geoconflict.gazetteer.lookup import Gazetteer
from geoconflict.gazetteer.places import Place
from geoconflict.gazetteer.resolution import Resolution

__all__ = ["Gazetteer", "Place", "Resolution"]
