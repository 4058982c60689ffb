"""A deadline in words and in a colour."""

from datetime import datetime, timedelta

import pytest

from app.web.desk.cards import tone
from app.web.desk.words import deadline

AT = datetime.fromisoformat("2026-11-24T09:30:00+07:00")


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-11-22T16:00:00+07:00", "lewat 2 hari"),
        ("2026-11-23T16:00:00+07:00", "lewat 1 hari"),
        ("2026-11-24T06:10:00+07:00", "lewat 3 jam"),
        ("2026-11-24T09:05:00+07:00", "lewat 25 menit"),
        ("2026-11-24T16:00:00+07:00", "hari ini, pukul 16.00"),
        ("2026-11-24T23:00:00+07:00", "hari ini, pukul 23.00"),
        ("2026-11-25T16:00:00+07:00", "besok"),
        ("2026-11-26T00:10:00+07:00", "2 hari lagi"),
        ("2026-11-25T17:10:00+00:00", "2 hari lagi"),
    ],
)
def test_days_are_counted_as_a_calendar_in_pekanbaru_counts_them(due: str, words: str) -> None:
    assert deadline(datetime.fromisoformat(due), AT) == words


@pytest.mark.parametrize(("left", "colour"), [(6, "ok"), (4, "warn"), (1, "late"), (0, "bad"), (-3, "bad")])
def test_the_colour_follows_the_share_of_time_left(left: int, colour: str) -> None:
    due = AT + timedelta(days=left)

    assert tone(due - timedelta(days=10), due, AT) == colour
