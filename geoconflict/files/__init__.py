"""Every byte in or out, with limits for what comes in and whole files only going out.

``reading`` is what every reader passes through, ``archives`` take zips apart, ``kml``, ``sheets``
(CSV), ``outlines`` (borders), ``esri`` and ``geoparquet`` are formats, ``markup`` is XML in any
encoding; ``embedded`` finds the data that come with the package.
``writing`` writes a file, ``folders`` a folder, whole or not at all.
"""
