"""Growing the gazetteer: GeoNames country dumps and a user's own tables, made files of places."""
