"""The frame of a map: which part of the globe it shows, and where a point is on paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from geoconflict.measuring.geodesy import Floats

# A map is at least so wide, so that a single town is not shown without its surroundings.
_LEAST_M = 90_000.0
# Outlines are drawn as fine as this; no printer shows more.
_FINE_PT = 0.25
_STEPS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Frame:
    """A conformal projection onto paper.

    Parameters
    ----------
    projection : Transformer
        From lon and lat in degrees to metres.
    corner : pair of float
        Left and lower edge in metres.
    scale : float
        Points (1/72 inch) a metre.
    width, height : float
        Of the map in points.
    """

    projection: pyproj.Transformer
    corner: tuple[float, float]
    scale: float
    width: float
    height: float

    def points(self, lonlat: npt.ArrayLike) -> Floats:
        """Return lon and lat, shape (n, 2), as x and y on paper in points."""
        at = np.asarray(lonlat, dtype=float).reshape(-1, 2)
        x, y = self.projection.transform(at[:, 0], at[:, 1])
        return (np.column_stack([x, y]) - self.corner) * self.scale

    def drawn(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return what the map shows of a geometry in EPSG:4326, in points on paper."""
        near = shapely.clip_by_rect(geometry, *self.bounds)
        if near.is_empty:
            return near
        flat = shapely.transform(near, self.points)
        fine = shapely.simplify(flat, _FINE_PT, preserve_topology=False)
        return shapely.clip_by_rect(fine, -4, -4, self.width + 4, self.height + 4)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """A box in degrees around all that the map shows, with some room."""
        side = np.linspace(-0.02, 1.02, 15)
        grid = np.array([(x * self.width, y * self.height) for x in side for y in side])
        x, y = (grid / self.scale + self.corner).T
        lon, lat = self.projection.transform(x, y, direction="INVERSE")
        return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())

    def bar(self) -> tuple[int, float]:
        """Return a round number of km and how long it is on paper, a fifth at most of the width."""
        fitting = [km for km in _STEPS_KM if km * 1000 * self.scale <= self.width / 5]
        km = max(fitting, default=_STEPS_KM[0])
        return km, km * 1000 * self.scale


def frame_around(lonlat: npt.ArrayLike, *, width: float, height: float, margin: float) -> Frame:
    """Return the frame that shows some points with a margin.

    Parameters
    ----------
    lonlat : array-like of float, shape (n, 2)
        What must be seen, degrees.
    width, height : float
        Size of the map in points.
    margin : float
        Free space at each edge, in points.
    """
    at = np.asarray(lonlat, dtype=float).reshape(-1, 2)
    projection = _projection(at)
    x, y = projection.transform(at[:, 0], at[:, 1])
    across, up = max(float(np.ptp(x)), _LEAST_M), max(float(np.ptp(y)), _LEAST_M)
    scale = min((width - 2 * margin) / across, (height - 2 * margin) / up)
    middle = ((x.min() + x.max()) / 2, (y.min() + y.max()) / 2)
    corner = (middle[0] - width / 2 / scale, middle[1] - height / 2 / scale)
    return Frame(projection, (float(corner[0]), float(corner[1])), scale, width, height)


def _projection(at: Floats) -> pyproj.Transformer:
    """Return Lambert's conformal conic projection with its parallels a sixth inside."""
    (west, south), (east, north) = at.min(axis=0), at.max(axis=0)
    inset = max(north - south, 1.0) / 6
    first = south + inset
    second = max(north - inset, first + 0.01)
    plane = pyproj.CRS.from_proj4(
        f"+proj=lcc +lat_1={first:.4f} +lat_2={second:.4f} "
        f"+lat_0={(south + north) / 2:.4f} +lon_0={(west + east) / 2:.4f} +datum=WGS84 +units=m"
    )
    return pyproj.Transformer.from_crs("EPSG:4326", plane, always_xy=True)
