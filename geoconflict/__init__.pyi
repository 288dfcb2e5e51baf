# The public names of the package, each once; __init__.py reads this file and loads from it.

from geoconflict.article import write_article as write_article
from geoconflict.casebooks.casebook import Casebook as Casebook, read_casebook as read_casebook
from geoconflict.casebooks.files import write_casebook as write_casebook
from geoconflict.casebooks.links import Link as Link, link_events as link_events
from geoconflict.casebooks.positions import locate_events as locate_events
from geoconflict.casebooks.records import Claim as Claim
from geoconflict.claims.checking import check_claims as check_claims
from geoconflict.claims.moves import MoveCheck as MoveCheck, check_moves as check_moves
from geoconflict.claims.verdicts import Check as Check, Checks as Checks
from geoconflict.drafting import (
    draft_events as draft_events,
    new_casebook as new_casebook,
    read_article as read_article,
)
from geoconflict.drafting.draft import Draft as Draft
from geoconflict.enrichment import (
    enrich as enrich,
    enrich_frame as enrich_frame,
    enrich_partitions as enrich_partitions,
)
from geoconflict.enrichment.corroboration import corroborate as corroborate
from geoconflict.enrichment.reports import (
    answer_reports as answer_reports,
    check_report as check_report,
    draft_report as draft_report,
)
from geoconflict.errors import (
    AmbiguousPlaceError as AmbiguousPlaceError,
    CasebookError as CasebookError,
    CoordinateError as CoordinateError,
    DateError as DateError,
    EmbeddedDataError as EmbeddedDataError,
    EnrichError as EnrichError,
    Fault as Fault,
    GazetteerFileError as GazetteerFileError,
    GazetteerFileWarning as GazetteerFileWarning,
    GeoconflictError as GeoconflictError,
    GeometryError as GeometryError,
    ImportFileError as ImportFileError,
    LicenceError as LicenceError,
    MissingExtraError as MissingExtraError,
    MissingSnapshotError as MissingSnapshotError,
    OnlineError as OnlineError,
    OptionError as OptionError,
    OutputError as OutputError,
    PageOptionError as PageOptionError,
    PlaceTableError as PlaceTableError,
    QuantityError as QuantityError,
    SnapshotFileError as SnapshotFileError,
    SnapshotWarning as SnapshotWarning,
    TableError as TableError,
    TextError as TextError,
    TheatreError as TheatreError,
    UnknownLanguageError as UnknownLanguageError,
    UnknownPlaceError as UnknownPlaceError,
    UnknownReferenceError as UnknownReferenceError,
    UnreadableFileError as UnreadableFileError,
)
from geoconflict.exporters import (
    write_geojson as write_geojson,
    write_geopackage as write_geopackage,
    write_geoparquet as write_geoparquet,
    write_kml as write_kml,
    write_timemap as write_timemap,
)
from geoconflict.files.embedded import example as example
from geoconflict.fronts.advances import Advance as Advance
from geoconflict.fronts.changes import Changes as Changes
from geoconflict.fronts.collection import Fronts as Fronts
from geoconflict.fronts.comparison import Comparison as Comparison
from geoconflict.fronts.snapshots import Snapshot as Snapshot
from geoconflict.gazetteer import Gazetteer as Gazetteer, Place as Place, Resolution as Resolution
from geoconflict.gazetteer.growing.additions import add_places as add_places
from geoconflict.gallery import write_gallery as write_gallery
from geoconflict.importers import (
    read_acled as read_acled,
    read_attacks as read_attacks,
    read_bellingcat as read_bellingcat,
    read_csv as read_csv,
    read_eyesonrussia as read_eyesonrussia,
    read_geoconfirmed as read_geoconfirmed,
    read_kml as read_kml,
    read_ucdp as read_ucdp,
    read_viina as read_viina,
)
from geoconflict.measurements import Measurement as Measurement, measure as measure
from geoconflict.measuring.borders import Borders as Borders
from geoconflict.measuring.dates import DateRange as DateRange, parse_date_range as parse_date_range
from geoconflict.measuring.geodesy import (
    area_m2 as area_m2,
    inverse as inverse,
    length_m as length_m,
)
from geoconflict.measuring.nearest import LineIndex as LineIndex
from geoconflict.page.document import Sharing as Sharing, write_page as write_page
from geoconflict.page.map import MapPage as MapPage
from geoconflict.page.render import render as render
from geoconflict.plots import (
    draw_areas as draw_areas,
    draw_checks as draw_checks,
    draw_map as draw_map,
    draw_share as draw_share,
    draw_timeline as draw_timeline,
    weekly_events as weekly_events,
    write_figure as write_figure,
)
from geoconflict.reading import find_unread as find_unread, read_claims as read_claims
from geoconflict.references import Reference as Reference, find_reference as find_reference
from geoconflict.theatre import Theatre as Theatre

__version__: str
