"""Whether two reports speak of the same trouble: the rule by which neighbours meet in one case."""

from datetime import datetime, timedelta
from math import cos, hypot, radians

from models.domain.case import Case
from models.domain.category import Category
from models.domain.place import Place

WITHIN = timedelta(days=7)
PIN_METRES = 100.0
_METRES_PER_DEGREE = 111_320.0


def joins(case: Case, category: Category | None, place: Place, at: datetime) -> bool:
    """Whether a new report belongs to ``case``: open, same category, within 7 days, and the same place."""
    if not case.state.is_open or category is None or case.category is not category:
        return False
    return at - case.created_at <= WITHIN and is_same_place(case.place, place)


def is_same_place(one: Place, other: Place) -> bool:
    """Same landmark, or same street in the same kelurahan, or pins within 100 m; a street alone is too long."""
    if one.ambiguous or other.ambiguous:
        return False
    if one.landmark and one.landmark == other.landmark:
        return True
    if one.street and one.kelurahan and (one.street, one.kelurahan) == (other.street, other.kelurahan):
        # House numbers of streets are rare in complaints; different RT or RW are told where they differ.
        return not _differ(one.rt, other.rt) and not _differ(one.rw, other.rw)
    return _metres(one, other) <= PIN_METRES


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other)


def _metres(one: Place, other: Place) -> float:
    """The distance of two pins on the ground; without two pins, far away."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    north = (one.lat - other.lat) * _METRES_PER_DEGREE
    east = (one.lon - other.lon) * _METRES_PER_DEGREE * cos(radians(one.lat))
    return hypot(north, east)
