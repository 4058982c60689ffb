"""Dates as people say them, in the time of Pekanbaru (WIB)."""

from datetime import datetime
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def is_night(moment: datetime) -> bool:
    """Whether offices sleep: from nine in the evening until six."""
    return not 6 <= moment.astimezone(WIB).hour < 21


def day(moment: datetime) -> str:
    """``Rabu, 2 Desember``"""
    local = moment.astimezone(WIB)
    return f"{_DAYS[local.weekday()]}, {local.day} {_MONTHS[local.month - 1]}"


def clock(moment: datetime) -> str:
    """``08.15``"""
    return moment.astimezone(WIB).strftime("%H.%M")
