"""Readers given files that somebody damaged: a short run in the tests, a long one by hand."""
