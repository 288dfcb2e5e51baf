"""Front lines: who held what when, what changed, how far away; dated snapshots of one source.

``collection``    ``Fronts``: the snapshots of a folder or file by date, read when asked for
``snapshots``     ``Snapshot``: the areas held on one day; ``line`` the front line in it
``control``       side and distance to the line for many points and days
``changes``       gained and lost areas between two days; ``series`` from day to day
``advances``      whether the line moved near a place; ``comparison`` of two sources
``holders``, ``sides``  who holds an area by what the file says of it
``settlements``   who holds places, by a table without areas; ``units`` areas by oblast
``files``         which file is of which day; readers: ``geojson``, ``vectors``;
                  ``features`` their cleaning, ``filedates``
``doubts``        what a map says otherwise than is taken of it
``sources``       who draws fronts, what they count, whether they may be published again
``tolerances``    every width and limit, with its reason

No snapshots come with the package: their sources restrict redistribution. Nothing is
interpolated; every answer says which snapshot was used. On the command line::

    geoconflict front area DIR --from 2025-01-01 --to 2025-01-31 --by admin1 --csv
    geoconflict front diff DIR 2024-12-31 2025-01-31 -o changes.geojson
    geoconflict front at DIR Pokrovsk 2025-01-24
    geoconflict check CASEBOOK --front DIR
"""
