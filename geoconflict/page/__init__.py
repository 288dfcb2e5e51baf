"""The map page: one HTML file with map, list of events and checks, that needs no network."""
