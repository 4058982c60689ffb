"""The outlines of the 83 wards: which one a point lies in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, inf, radians

Point = tuple[float, float]
Ring = tuple[Point, ...]

#: The published outlines have slivers and leave out some southern roads.
NEAR_ENOUGH_METRES = 500
_METRES_PER_DEGREE = 111_320


@dataclass(frozen=True, slots=True)
class Ward:
    """A kelurahan, its kecamatan and its outline in (lon, lat) degrees."""

    kelurahan: str
    kecamatan: str
    rings: tuple[Ring, ...]


def ward_at(lat: float, lon: float, wards: Iterable[Ward]) -> Ward | None:
    """The ward around the point, else the nearest within 500 m, else None: outside the city."""
    nearest, least = None, inf
    for ward in wards:
        for ring in ward.rings:
            if _inside(lon, lat, ring):
                return ward
            distance = _metres_to(lon, lat, ring)
            if distance < least:
                nearest, least = ward, distance
    return nearest if least <= NEAR_ENOUGH_METRES else None


def _inside(x: float, y: float, ring: Sequence[Point]) -> bool:
    inside = False
    x1, y1 = ring[-1]
    for x2, y2 in ring:
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
        x1, y1 = x2, y2
    return inside


def _metres_to(x: float, y: float, ring: Sequence[Point]) -> float:
    squeeze = cos(radians(y))
    least = inf
    x1, y1 = ring[-1]
    for x2, y2 in ring:
        dx, dy = x2 - x1, y2 - y1
        length = dx * dx + dy * dy
        along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length))
        least = min(least, hypot((x1 + along * dx - x) * squeeze, y1 + along * dy - y))
        x1, y1 = x2, y2
    return least * _METRES_PER_DEGREE
