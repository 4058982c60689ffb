"""What follows when a word was not sent."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messenger import errors
from bot.messenger.after_failure import (
    CheckThenTry,
    GiveUp,
    NextWay,
    StopEverything,
    TryAgainAt,
    after_failure,
    pause,
)
from bot.messenger.errors import SendFailed

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def seconds(number: float) -> datetime:
    return NOON + timedelta(seconds=number)


@pytest.mark.parametrize(
    ("error", "aftermath"),
    [
        (errors.ServiceDown(), TryAgainAt(seconds(3))),
        (errors.ServiceTroubled(), CheckThenTry(seconds(12))),
        (errors.MaybeSent(), CheckThenTry(seconds(12))),
        (errors.SameTextAgain(), CheckThenTry(seconds(12))),
        (errors.RateLimited(), TryAgainAt(seconds(3))),
        (errors.RateLimited(wait=240), TryAgainAt(seconds(242))),
        (errors.ThreadHeld(), TryAgainAt(seconds(902))),
        (errors.WindowClosed(), NextWay()),
        (errors.TagRefused(), NextWay()),
        (errors.Unreachable(), GiveUp()),
        (errors.Unsayable(), GiveUp()),
        (errors.BadRequest(), GiveUp()),
        (errors.TokenDead(), StopEverything()),
        (errors.PageRestricted(), StopEverything()),
        (errors.Blocked(), StopEverything(until=seconds(4 * 3600))),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_first_failure_has_its_aftermath(error: SendFailed, aftermath: object) -> None:
    assert after_failure(error, tries=1, at=NOON, jitter=1.0) == aftermath


@pytest.mark.parametrize(
    ("tries", "longest"), [(1, 2), (2, 4), (4, 16), (5, 300), (6, 600), (9, 4800), (10, 7200), (30, 7200)]
)
def test_a_few_tries_come_quickly_and_the_others_slowly(tries: int, longest: float) -> None:
    assert pause(tries, 1.0) == longest
    assert pause(tries, 0.0) == 0


def test_a_word_that_can_be_tried_again_is_given_up_after_about_a_day() -> None:
    expected_wait = sum(pause(tries, 0.5) for tries in range(1, errors.A_DAY_OF_TRIES))

    assert 20 * 3600 < expected_wait < 28 * 3600
    assert after_failure(errors.ServiceDown(), tries=errors.A_DAY_OF_TRIES, at=NOON, jitter=0) == GiveUp()


def test_a_text_that_facebook_calls_a_repetition_is_not_tried_all_day() -> None:
    assert after_failure(errors.SameTextAgain(), tries=4, at=NOON, jitter=0) == GiveUp()


def test_a_dead_token_stops_everything_however_often_the_word_was_tried() -> None:
    assert after_failure(errors.TokenDead(), tries=500, at=NOON, jitter=0) == StopEverything()


@given(tries=st.integers(1, 30), wait=st.floats(0, 86_400), jitter=st.floats(0, 1))
def test_nobody_comes_back_before_the_rate_limit_allows(tries: int, wait: float, jitter: float) -> None:
    aftermath = after_failure(errors.RateLimited(wait=wait), tries=tries, at=NOON, jitter=jitter)

    assert isinstance(aftermath, TryAgainAt)
    assert aftermath.at >= seconds(wait)
