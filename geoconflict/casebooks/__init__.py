"""Casebooks: the tables that people edit, their records, and what can be wrong with them.

``celltypes`` say what a cell may hold, ``records`` what a row is, with ``ids``; ``checking`` makes
them of cells; ``tables`` read one table, ``casebook`` a whole one, ``bundles`` one packed in a
single file; ``validation`` finds what is wrong with rows taken together. ``positions`` locate
events, ``naming`` says what their places are called, ``coordinates`` finds positions in texts,
``links`` the same event in two sources, ``story`` reads what is told along a map. ``files``
write it all.
"""
