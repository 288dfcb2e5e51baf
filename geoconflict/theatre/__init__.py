"""The theatre: what is known and cited of its countries."""
