"""When an answer is due: working days of the city, without weekends, holidays and joint leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

WIB = ZoneInfo("Asia/Jakarta")
END_OF_DAY = time(16, 0)
#: Zero days: somebody is on duty day and night (fire).
AT_ONCE = timedelta(hours=1)
_SATURDAY = 5


def public_holidays(years: Iterable[int]) -> frozenset[date]:
    """National holidays and joint leave (cuti bersama) of these years; of years not yet decreed, estimates."""
    calendar = holidays.country_holidays(
        "ID", years=list(years), categories=(holidays.PUBLIC, holidays.GOVERNMENT)
    )
    return frozenset(calendar)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The city's calendar."""

    closed: frozenset[date]

    def is_working(self, day: date) -> bool:
        return day.weekday() < _SATURDAY and day not in self.closed

    def due(self, at: datetime, days: int) -> datetime:
        """The end of the last of so many working days, in UTC.

        What comes after office hours or on a closed day counts as if it came on the next working day.
        """
        if days == 0:
            return at.astimezone(UTC) + AT_ONCE
        local = at.astimezone(WIB)
        day = local.date()
        if local.time() >= END_OF_DAY or not self.is_working(day):
            day = self._next(day)
        for _ in range(days):
            day = self._next(day)
        return datetime.combine(day, END_OF_DAY, WIB).astimezone(UTC)

    def _next(self, day: date) -> date:
        day += timedelta(days=1)
        while not self.is_working(day):
            day += timedelta(days=1)
        return day
