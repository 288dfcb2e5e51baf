"""Casebooks: the tables that people edit, their records, and what can be wrong with them."""
