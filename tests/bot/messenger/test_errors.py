"""Every error that Facebook documents, and some it does not, has one meaning for the word that failed."""

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messenger import errors
from bot.messenger.error_table import TABLE, from_graph
from bot.messenger.errors import Consequence, SendFailed
from bot.messenger.usage import Usage, usage

RETRY, IN_DOUBT, NEXT_WAY, FINAL, STOP = Consequence

# Written from Facebook's documents, not from the table under test.
MEANING: dict[tuple[int | None, int | None], tuple[type[SendFailed], Consequence]] = {
    (1, None): (errors.ServiceTroubled, RETRY),
    (1, 1357046): (errors.MaybeSent, IN_DOUBT),
    (2, None): (errors.ServiceTroubled, RETRY),
    (3, None): (errors.PermissionMissing, STOP),
    (4, None): (errors.RateLimited, RETRY),
    (10, None): (errors.PermissionMissing, STOP),
    (10, 1893063): (errors.PageRestricted, STOP),
    (10, 2018065): (errors.WindowClosed, NEXT_WAY),
    (10, 2018108): (errors.CannotReceiveNow, NEXT_WAY),
    (10, 2018278): (errors.WindowClosed, NEXT_WAY),
    (10, 2534022): (errors.WindowClosed, NEXT_WAY),
    (17, None): (errors.RateLimited, RETRY),
    (32, None): (errors.RateLimited, RETRY),
    (100, None): (errors.BadRequest, FINAL),
    (100, 33): (errors.NothingThere, FINAL),
    (100, 1893043): (errors.UtilityRefused, NEXT_WAY),
    (100, 2018001): (errors.NobodyThere, FINAL),
    (100, 2018008): (errors.MediaRefused, FINAL),
    (100, 2018047): (errors.MediaRefused, FINAL),
    (100, 2018048): (errors.BadRequest, FINAL),
    (100, 2018109): (errors.MediaRefused, FINAL),
    (100, 2018292): (errors.NotRepliable, FINAL),
    (100, 2018294): (errors.MediaRefused, FINAL),
    (100, 2534001): (errors.NobodyThere, FINAL),
    (190, None): (errors.TokenDead, STOP),
    (190, 458): (errors.TokenDead, STOP),
    (190, 459): (errors.TokenDead, STOP),
    (190, 460): (errors.TokenDead, STOP),
    (190, 463): (errors.TokenDead, STOP),
    (190, 467): (errors.TokenDead, STOP),
    **{(code, None): (errors.PermissionMissing, STOP) for code in range(200, 300)},
    (200, 1545041): (errors.Unreachable, FINAL),
    (200, 2018027): (errors.NotLive, STOP),
    (200, 2018028): (errors.NotLive, STOP),
    (341, None): (errors.RateLimited, RETRY),
    (368, None): (errors.Blocked, STOP),
    (506, None): (errors.SameTextAgain, IN_DOUBT),
    (551, None): (errors.Unreachable, FINAL),
    (551, 1545041): (errors.Unreachable, FINAL),
    (613, None): (errors.RateLimited, RETRY),
    (613, 1996): (errors.OddVolume, RETRY),
    (613, 2018338): (errors.Bothersome, FINAL),
    (613, 2534040): (errors.RateLimited, RETRY),
    (1200, None): (errors.ServiceTroubled, RETRY),
    (1705, None): (errors.TokenDead, STOP),
    (10900, None): (errors.AlreadyAnswered, FINAL),
    (10901, None): (errors.NotRepliable, FINAL),
    (10902, None): (errors.NotRepliable, FINAL),
    (10903, None): (errors.NotRepliable, FINAL),
    (80001, None): (errors.RateLimited, RETRY),
    (80006, None): (errors.RateLimited, RETRY),
    (9000001, None): (errors.NothingThere, FINAL),
    (None, 2018218): (errors.NoProfile, FINAL),
    (None, 2018247): (errors.NoProfile, FINAL),
    (None, 2018300): (errors.ThreadHeld, RETRY),
    (None, 2018321): (errors.ThreadHeld, RETRY),
}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
ERROR_LIKE = st.fixed_dictionaries(
    {"error": JSON | st.fixed_dictionaries({"code": JSON, "error_subcode": JSON, "fbtrace_id": JSON})}
)


def graph_error(code: object, subcode: object = None, **more: object) -> dict[str, Any]:
    return {"error": {"message": "Facebook's words", "code": code, "error_subcode": subcode, **more}}


def test_the_table_holds_every_error_once() -> None:
    assert sorted(map(str, ((row.code, row.subcode) for row in TABLE))) == sorted(map(str, MEANING))


@pytest.mark.parametrize(("codes", "meaning"), MEANING.items(), ids=str)
def test_every_row_of_the_error_table_becomes_its_class_with_its_consequence(
    codes: tuple[int | None, int | None], meaning: tuple[type[SendFailed], Consequence]
) -> None:
    code, subcode = codes

    error = from_graph(400, graph_error(code, subcode), {})

    assert (type(error), error.consequence) == meaning


@pytest.mark.parametrize("number", [2018218, 2018247, 2018300, 2018321])
def test_a_number_that_facebook_names_alone_is_known_as_code_and_as_subcode_of_any_code(number: int) -> None:
    meaning, _ = MEANING[None, number]

    assert type(from_graph(400, graph_error(number), {})) is meaning
    assert type(from_graph(400, graph_error(10, number), {})) is meaning


def test_an_unknown_subcode_leaves_the_meaning_to_the_code() -> None:
    assert type(from_graph(400, graph_error(190, 424242), {})) is errors.TokenDead


def test_codes_written_as_strings_are_read() -> None:
    assert type(from_graph(400, graph_error("10", "2018278"), {})) is errors.WindowClosed


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        (200, errors.MaybeSent),
        (302, errors.Refused),
        (400, errors.Refused),
        (401, errors.TokenDead),
        (403, errors.PermissionMissing),
        (408, errors.ServiceTroubled),
        (429, errors.RateLimited),
        (500, errors.ServiceTroubled),
        (503, errors.ServiceTroubled),
        (504, errors.MaybeSent),
    ],
)
def test_an_answer_without_a_known_code_is_judged_by_its_status(
    status: int, meaning: type[SendFailed]
) -> None:
    assert type(from_graph(status, graph_error(987654), {})) is meaning
    assert type(from_graph(status, None, {})) is meaning


def test_an_unknown_error_that_facebook_calls_transient_is_tried_again() -> None:
    error = from_graph(400, graph_error(987654, is_transient=True), {})

    assert error.consequence is Consequence.RETRY


@given(
    status=st.integers(100, 599),
    body=JSON | ERROR_LIKE,
    header=st.dictionaries(st.sampled_from(["x-app-usage", "retry-after"]), st.text()),
)
def test_no_answer_whatever_is_too_strange_to_be_an_error_of_ours(
    status: int, body: object, header: dict[str, str]
) -> None:
    assert isinstance(from_graph(status, body, header), SendFailed)


@given(words=st.text(min_size=4), code=st.integers())
def test_neither_facebooks_words_nor_what_they_repeat_get_into_our_message(words: str, code: int) -> None:
    secret = f"EAAB{words}"

    error = from_graph(
        400, graph_error(code, message=secret, error_user_msg=secret, fbtrace_id=secret + "!"), {}
    )

    assert secret not in str(error)


def test_the_message_says_code_status_and_trace_for_facebooks_support() -> None:
    error = from_graph(400, graph_error(10, 2018278, fbtrace_id="AbC_d-1"), {})

    assert str(error) == "outside the messaging window (code 10/2018278, HTTP 400, fbtrace_id AbC_d-1)"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "17"}, 17),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After": "1e300"}, 24 * 3600),
        (
            {
                "X-Business-Use-Case-Usage": '{"1": [{"type": "messenger", "call_count": 100, '
                '"estimated_time_to_regain_access": 3}]}'
            },
            180,
        ),
        ({"X-App-Usage": '{"call_count": 100}'}, None),
    ],
)
def test_a_rate_limit_waits_as_long_as_the_headers_ask(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert from_graph(400, graph_error(613), httpx.Headers(headers)).wait == seconds


def test_an_odd_volume_of_calls_slows_us_down_for_long_whatever_the_headers_say() -> None:
    assert from_graph(400, graph_error(613, 1996), {"retry-after": "5"}).wait == 600


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({}, Usage()),
        ({"X-App-Usage": '{"call_count": 28, "total_time": 80, "total_cputime": 25}'}, Usage(percent=80)),
        ({"x-page-usage": '{"call_count": 96}'}, Usage(percent=96)),
        ({"X-App-Usage": "not JSON"}, Usage()),
        ({"X-App-Usage": "[" * 100_000}, Usage()),
        ({"X-App-Usage": '{"call_count": true, "total_time": "76"}'}, Usage(percent=76)),
        (
            {
                "X-Business-Use-Case-Usage": '{"1": [{"type": "ads_management", "call_count": 100}, '
                '{"type": 7, "call_count": 100}], "2": 5}'
            },
            Usage(),
        ),
        (
            {
                "X-Business-Use-Case-Usage": '{"1": [{"type": "pages", "total_cputime": 97, '
                '"estimated_time_to_regain_access": 2}]}'
            },
            Usage(percent=97, regain_seconds=120),
        ),
    ],
    ids=lambda value: str(value)[:60],
)
def test_usage_is_read_from_every_header_facebook_has_for_it(headers: dict[str, str], told: Usage) -> None:
    assert usage(headers) == told


@pytest.mark.parametrize(
    ("percent", "slow", "stop"),
    [(74.9, False, False), (75, True, False), (94.9, True, False), (95, True, True)],
)
def test_we_slow_down_at_75_percent_and_stop_at_95(*, percent: float, slow: bool, stop: bool) -> None:
    told = Usage(percent=percent)

    assert (told.slow, told.stop) == (slow, stop)


@given(
    st.dictionaries(st.sampled_from(["x-app-usage", "x-business-use-case-usage", "retry-after"]), st.text())
)
def test_no_header_is_too_strange(headers: dict[str, str]) -> None:
    assert usage(headers).percent >= 0
