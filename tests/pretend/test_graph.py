"""Facebook's rules, each with the error it is known by."""

import pytest

from tests.pretend.conftest import PAGE, Facebook, Json

pytestmark = pytest.mark.anyio

RINA = "7001000000000001"
LONG = "x" * 2000
REPLIES = [{"content_type": "text", "title": "Benar", "payload": "ok"}]


def message(**content: object) -> Json:
    return {"message": {"text": "Baik"} | content}


REFUSED: dict[str, tuple[Json, tuple[int, int | None]]] = {
    "an unknown person": ({"recipient": {"id": "999"}}, (100, 2018001)),
    "an unknown comment": ({"recipient": {"comment_id": "1_2"}}, (100, 2018292)),
    "nothing said": ({"message": {}}, (100, None)),
    "two thousand letters": (message(text=LONG), (100, None)),
    "fourteen quick replies": (message(quick_replies=REPLIES * 14), (100, None)),
    "a title of 21 letters": (message(quick_replies=[REPLIES[0] | {"title": "y" * 21}]), (100, None)),
    "a retired tag": ({"messaging_type": "MESSAGE_TAG", "tag": "ACCOUNT_UPDATE"}, (100, None)),
    "a template nobody approved": ({"messaging_type": "UTILITY"}, (100, None)),
    "an unknown messaging type": ({"messaging_type": "SUBSCRIPTION"}, (100, None)),
}


@pytest.mark.parametrize(("change", "expected"), REFUSED.values(), ids=list(REFUSED))
async def test_a_send_is_refused(facebook: Facebook, change: Json, expected: tuple[int, int | None]) -> None:
    await facebook.act(f"/citizens/{RINA}/messages", text="Halo")

    answer = await facebook.send(RINA, **change)

    error = answer.json()["error"]
    assert answer.status_code == 400
    assert (error["code"], error.get("error_subcode")) == expected
    assert set(error) >= {"message", "type", "fbtrace_id"}


async def test_another_page_cannot_send_with_this_token(facebook: Facebook) -> None:
    answer = await facebook.graph("POST", "999/messages", json={"recipient": {"id": RINA}} | message())

    assert answer.json()["error"]["error_subcode"] == 33


async def test_1999_letters_and_13_quick_replies_pass(facebook: Facebook) -> None:
    await facebook.act(f"/citizens/{RINA}/messages", text="Halo")

    answer = await facebook.send(RINA, **message(text=LONG[:-1], quick_replies=REPLIES * 13))

    assert answer.json()["recipient_id"] == RINA


async def test_nobody_is_written_to_first(facebook: Facebook) -> None:
    assert (await facebook.send(RINA)).json()["error"]["error_subcode"] == 2018278


WINDOWS = {
    "free text within a day": (23.9, {}, None),
    "free text after a day": (24.1, {}, 10),
    "an officer within a week": (167.0, {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}, None),
    "an officer after a week": (169.0, {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}, 10),
}


@pytest.mark.parametrize(("hours", "how", "code"), WINDOWS.values(), ids=list(WINDOWS))
async def test_the_window_closes_by_the_pretend_clock(
    facebook: Facebook, hours: float, how: Json, code: int | None
) -> None:
    await facebook.act(f"/citizens/{RINA}/messages", text="Halo")
    await facebook.act("/clock", forward_hours=hours)

    answer = await facebook.send(RINA, **how)

    assert answer.json().get("error", {}).get("code") == code


async def test_a_new_word_of_the_citizen_opens_the_window_again(facebook: Facebook) -> None:
    await facebook.act(f"/citizens/{RINA}/messages", text="Halo")
    await facebook.act("/clock", forward_hours=48)
    await facebook.act(f"/citizens/{RINA}/messages", text="Bagaimana laporan saya?")

    assert (await facebook.send(RINA)).status_code == 200


async def test_a_comment_gets_one_private_reply_that_opens_no_window(facebook: Facebook) -> None:
    comment = await facebook.comment("Parit tersumbat", psid=RINA)
    to_comment: Json = {"recipient": {"comment_id": comment["id"]}}

    before = (await facebook.graph("GET", comment["id"], params={"fields": "can_reply_privately"})).json()
    first = await facebook.send(RINA, **to_comment)
    second = await facebook.send(RINA, **to_comment)
    by_id = await facebook.send(RINA)
    after = (await facebook.graph("GET", comment["id"], params={"fields": "can_reply_privately"})).json()

    assert before == {"id": comment["id"], "can_reply_privately": True}
    assert first.json()["recipient_id"] == RINA
    assert second.json()["error"]["code"] == 10900
    assert by_id.json()["error"]["code"] == 10
    assert after["can_reply_privately"] is False


async def test_a_comment_of_last_week_gets_no_private_reply(facebook: Facebook) -> None:
    comment = await facebook.comment("Parit tersumbat", psid=RINA)
    await facebook.act("/clock", forward_hours=24 * 7 + 1)

    answer = await facebook.send(RINA, recipient={"comment_id": comment["id"]})

    assert answer.json()["error"]["code"] == 10903


async def test_a_removed_comment_is_gone_for_every_call(facebook: Facebook) -> None:
    comment = await facebook.comment("Salah kirim", psid=RINA)
    await facebook.act(f"/comments/{comment['id']}/remove")

    answers = [
        await facebook.graph("POST", f"{comment['id']}/comments", json={"message": "Terima kasih"}),
        await facebook.graph("GET", comment["id"]),
        await facebook.graph("GET", f"{comment['id']}/comments"),
        await facebook.send(RINA, recipient={"comment_id": comment["id"]}),
    ]

    errors = [(one.json()["error"]["code"], one.json()["error"]["error_subcode"]) for one in answers]
    assert errors == [(100, 33)] * 4


async def test_the_same_comment_twice_in_a_row_is_refused(facebook: Facebook) -> None:
    comment = await facebook.comment("Parit tersumbat", psid=RINA)
    path = f"{comment['id']}/comments"

    first = await facebook.graph("POST", path, json={"message": "Terima kasih"})
    second = await facebook.graph("POST", path, form={"message": "Terima kasih"})
    listed = await facebook.graph("GET", path)

    assert second.json()["error"]["code"] == 506
    assert [one["id"] for one in listed.json()["data"]] == [first.json()["id"]]


BAD_ACCESS = {
    "a wrong token": ({"access_token": "stolen"}, 190),
    "no proof": ({"appsecret_proof": ""}, 100),
    "a wrong proof": ({"appsecret_proof": "00"}, 100),
}


@pytest.mark.parametrize(("params", "code"), BAD_ACCESS.values(), ids=list(BAD_ACCESS))
async def test_access_is_refused(facebook: Facebook, params: dict[str, str], code: int) -> None:
    answer = await facebook.graph("GET", "me", params=params)

    assert answer.json()["error"]["code"] == code


async def test_conversations_show_the_newest_first(facebook: Facebook) -> None:
    await facebook.act(f"/citizens/{RINA}/messages", text="Halo")
    sent = (await facebook.send(RINA)).json()

    params = {"platform": "messenger", "user_id": RINA, "fields": "messages{id,message,from}"}
    answer = (await facebook.graph("GET", f"{PAGE}/conversations", params=params)).json()

    newest, oldest = answer["data"][0]["messages"]["data"]
    assert (newest["id"], newest["from"]["id"]) == (sent["message_id"], PAGE)
    assert oldest["message"] == "Halo"


async def test_a_fault_strikes_before_or_after_the_message_is_kept(facebook: Facebook) -> None:
    await facebook.act(f"/citizens/{RINA}/messages", text="Halo")
    await facebook.act("/faults", where="messages", code=4, status=429)
    await facebook.act("/faults", where="messages", code=1, subcode=1357046, after_acting=True)

    before, after, well = [await facebook.send(RINA, text) for text in ("satu", "dua", "tiga")]

    texts = [one["text"] for one in (await facebook.state())["threads"][RINA]]
    assert [before.status_code, after.status_code, well.status_code] == [429, 400, 200]
    assert texts == ["Halo", "dua", "tiga"]


async def test_a_quick_reply_can_be_tapped_until_the_next_message(facebook: Facebook) -> None:
    await facebook.act(f"/citizens/{RINA}/messages", text="Halo")
    await facebook.send(RINA, **message(quick_replies=REPLIES))

    tapped = await facebook.act(f"/citizens/{RINA}/quick-replies", title="Benar")
    again = await facebook.client.post(f"/citizens/{RINA}/quick-replies", json={"title": "Benar"})

    assert tapped["tapped"] == "ok"
    assert again.status_code == 409
