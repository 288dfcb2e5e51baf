"""Rebuilds the embedded geographic data from pinned public packages."""
