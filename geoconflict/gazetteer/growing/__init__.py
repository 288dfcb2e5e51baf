"""Places added to the gazetteer by its user, from dumps, extracts and tables, or removed.

``additions`` tell files apart, move in what is made of them and say what is there: ``country``
dumps of GeoNames (``geonames``, ``features``, ``alternatenames``) and its ``postal`` codes,
extracts of ``osm``, any ``placetable`` (``cells``); all read by ``textlines`` where they are texts.
``identity`` and ``merging`` make one record of a place that several know. ``fetching`` downloads.
"""
