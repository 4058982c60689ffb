"""What the desk says of a case that takes a little thinking; all other words stand in the templates."""

from datetime import datetime, timedelta

from bot.conversation.phrases.dates import WIB, clock

_HOUR = timedelta(hours=1)


def deadline(due_at: datetime, at: datetime) -> str:
    """``lewat 2 hari``, ``hari ini, pukul 16.00``, ``besok``, ``5 hari lagi``: days as a calendar counts them."""
    days = _days(at, due_at)
    if at >= due_at:
        return f"lewat {_late(days, at - due_at)}"
    if days == 0:
        return f"hari ini, pukul {clock(due_at)}"
    return "besok" if days == 1 else f"{days} hari lagi"


def _late(days: int, by: timedelta) -> str:
    if days < 0:
        return f"{-days} hari"
    return f"{by // _HOUR} jam" if by >= _HOUR else f"{by // timedelta(minutes=1)} menit"


def is_same_day(one: datetime, other: datetime) -> bool:
    return _days(one, other) == 0


def _days(since: datetime, until: datetime) -> int:
    return (until.astimezone(WIB).date() - since.astimezone(WIB).date()).days
