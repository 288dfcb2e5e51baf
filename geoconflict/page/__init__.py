"""The map page: one HTML file with map, list of events and checks, that needs no network.

``render`` makes it of a casebook: ``data`` are its columns, ``frontdata`` the front, ``ground`` the
basemap with ``labels``, ``story`` what is told along it, ``blur`` what may not be exact; ``arcs``
and ``packing`` make them small. ``document`` puts them into the page with its ``assets``, its
``twin`` for whoever runs no script and the ``policy`` that keeps it safe. ``map`` is what the user
gets, on which ``layers`` of folium can stand.
"""
