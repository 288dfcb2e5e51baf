"""Events of others taken into a casebook: a module a source, and what they share.

``acled``, ``attacks``, ``viina``, ``ucdp``, ``bellingcat``, ``eyesonrussia``, ``geoconfirmed``,
``kml`` and ``anytable`` (``tablerows``, ``tablecells``, ``tabledays``, ``tableplaces``) each say
which column means what, ``known`` has mappings for further ones. ``rawtables`` reads files as they
are (``rawrows``): ``texts`` of any encoding, ``grids`` with their header, ``jsontables``,
``workbooks``, ``layers`` of maps; ``placemarks`` reads KML, ``markdays`` its days. ``notations``,
``gridcodes``, ``unitnames`` and ``places`` know positions and units, ``counts`` people,
``weblinks`` links, ``precision`` codes of precision; ``columns`` (``columnnames``,
``columncells``), ``latinnames``, ``meanings`` and ``mapping`` say which column and word of any
table is what; ``drafts`` makes events and reports, ``crosschecks`` compares what cells of a row
say, ``textdays``, ``denials``, ``rowtext`` and ``rowwords`` what its words do, ``blocks`` gives
rows to processes, ``noevents`` knows tables of no events and ``refusals`` rows, ``importing``
makes casebooks, ``accounts`` the account of every row; ``writing`` writes what is taken.
"""

from geoconflict.importers.acled import read_acled
from geoconflict.importers.anytable import read_csv
from geoconflict.importers.attacks import read_attacks
from geoconflict.importers.bellingcat import read_bellingcat
from geoconflict.importers.eyesonrussia import read_eyesonrussia
from geoconflict.importers.geoconfirmed import read_geoconfirmed
from geoconflict.importers.importing import Imported
from geoconflict.importers.kml import read_kml
from geoconflict.importers.known import known_sources, reader
from geoconflict.importers.ucdp import read_ucdp
from geoconflict.importers.viina import read_viina

# By the names of the command line.
READERS = {
    "acled": read_acled,
    "viina": read_viina,
    "ucdp": read_ucdp,
    "bellingcat": read_bellingcat,
    "geoconfirmed": read_geoconfirmed,
    "eyesonrussia": read_eyesonrussia,
    "attacks": read_attacks,
    **{name: reader(name) for name in known_sources()},
    "kml": read_kml,
    "csv": read_csv,
}

__all__ = [
    "READERS",
    "Imported",
    "read_acled",
    "read_attacks",
    "read_bellingcat",
    "read_csv",
    "read_eyesonrussia",
    "read_geoconfirmed",
    "read_kml",
    "read_ucdp",
    "read_viina",
]
