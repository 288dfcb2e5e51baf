"""What events and figures look like, wherever they are shown, and how results are told.

``theme`` holds the colours and symbols, ``labels`` the short words, ``words`` how a language writes
numbers and days, ``names`` what places and lines are called in it; ``say`` makes a sentence of a
fact. ``pointmap`` draws a small map; ``assets`` are the files beside a module that pages are made
of.
"""
