"""Every byte in or out: files written whole, embedded data, points in Parquet."""
