"""Measuring: dates, units and stated quantities as intervals, geodesics, recognised borders.

``dates`` are intervals; ``datewords`` read them as people write them (``dayforms``, ``clocks``).
``units`` and ``quantities`` are what a stated number may mean, ``references`` the names of what is
measured from. ``geodesy`` measures on the ellipsoid, ``nearest`` to long lines,
``borders`` are the lines and areas, ``whereabouts`` tells in which area points lie.
"""
