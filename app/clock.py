"""The clock, passed in wherever time matters, so that tests and the demo can move it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The aware time of this moment, UTC."""
    return datetime.now(UTC)
