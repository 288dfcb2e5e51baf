"""Measuring: dates, units and stated quantities as intervals, geodesics, recognised borders."""
