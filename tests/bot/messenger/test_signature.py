"""Who may speak as Facebook."""

import hashlib
import hmac

import pytest

from bot.messenger.signature import challenge_answer, is_signed, open_signed_request

SECRET = "test_app_secret"
# Facebook signs the escapes and the `\/` as it sent them.
BODY = (
    rb'{"object":"page","entry":[{"id":"1","time":1458692752478,"messaging":[{"sender":{"id":"2"},'
    rb'"recipient":{"id":"1"},"timestamp":1458692752478,"message":{"mid":"m_x",'
    rb'"text":"caf\u00e9 \ud83d\udea7 https:\/\/youtu.be\/x"}}]}]}'
)
HEADER = "sha256=526f9a69d02651e3497a975d2ec88ecee126db5de6f543a780975222b4a3ba3d"
DELETION = (
    "MgChNJTM9CJ75wlk7iDsf-5_LH4rMfst5fvUhiJRiqg.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImV4cGlyZXMiOjEyOTE4NDA0"
    "MDAsImlzc3VlZF9hdCI6MTI5MTgzNjgwMCwidXNlcl9pZCI6IjIxODQ3MSJ9"
)
QUESTION = {"hub.mode": "subscribe", "hub.verify_token": "demo-verify", "hub.challenge": "1158201444"}


def signed_with(secret: str, body: bytes = BODY) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_what_facebook_signed_with_our_secret_is_let_in() -> None:
    assert is_signed(BODY, HEADER, secrets=[SECRET])


def test_the_previous_secret_is_still_good_while_it_is_being_changed() -> None:
    assert is_signed(BODY, HEADER, secrets=["new-secret", SECRET])


def test_a_body_changed_by_one_byte_is_refused() -> None:
    assert not is_signed(BODY.replace(b"\\/", b"/"), HEADER, secrets=[SECRET])


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        HEADER[:-1],
        HEADER.removeprefix("sha256="),
        HEADER.replace("sha256", "sha1"),
        "sha256=" + "ü" * 64,
        "sha256=\udcff",
        "\x00",
        signed_with("stranger"),
    ],
)
def test_a_missing_or_wrong_signature_is_refused_without_a_traceback(header: str | None) -> None:
    assert not is_signed(BODY, header, secrets=[SECRET])


@pytest.mark.parametrize("secrets", [[], [""], ["", "   "]])
def test_an_empty_secret_lets_nobody_in_although_anyone_can_sign_with_it(secrets: list[str]) -> None:
    assert not is_signed(BODY, signed_with(""), secrets=secrets)
    assert not is_signed(BODY, signed_with("   "), secrets=secrets)


def test_the_challenge_is_given_back_as_it_came() -> None:
    assert challenge_answer(QUESTION, verify_token="demo-verify") == "1158201444"


@pytest.mark.parametrize(
    ("question", "token"),
    [
        (QUESTION | {"hub.verify_token": "guess"}, "demo-verify"),
        (QUESTION | {"hub.verify_token": "démo"}, "demo-verify"),
        (QUESTION | {"hub.mode": "unsubscribe"}, "demo-verify"),
        (QUESTION | {"hub.verify_token": ""}, ""),
        ({}, "demo-verify"),
    ],
)
def test_a_stranger_gets_no_challenge_back(question: dict[str, str], token: str) -> None:
    assert challenge_answer(question, verify_token=token) is None


def test_a_data_deletion_request_is_opened_when_our_secret_signed_it() -> None:
    request = open_signed_request(DELETION, secret=SECRET)
    assert request is not None
    assert request["user_id"] == "218471"


@pytest.mark.parametrize(
    "request_text",
    [
        "",
        ".",
        "abc",
        "a.b.c",
        DELETION[1:],
        DELETION[:-2],
        DELETION.replace(".", ""),
        DELETION.replace("-", " "),
        "é.é",
        "a.a",
    ],
)
def test_a_forged_or_broken_deletion_request_is_not_opened(request_text: str) -> None:
    assert open_signed_request(request_text, secret=SECRET) is None


def test_a_deletion_request_is_not_opened_with_another_or_an_empty_secret() -> None:
    assert open_signed_request(DELETION, secret="other") is None
    assert open_signed_request(DELETION, secret="") is None
