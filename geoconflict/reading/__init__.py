"""Reading what a text states."""
