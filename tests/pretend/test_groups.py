"""The pretend groups speak Telegram's Bot API."""

import json

import pytest

from tests.pretend.conftest import GROUP, Facebook, Json

pytestmark = pytest.mark.anyio

KEYS = {"inline_keyboard": [[{"text": "✅ Terima", "callback_data": "v1:accept:7"}]]}


async def alert(facebook: Facebook) -> Json:
    await facebook.telegram("setWebhook", url="http://service/webhook/telegram", secret_token="s3cret")
    sent = await facebook.telegram(
        "sendMessage",
        chat_id=GROUP.chat_id,
        text="<b>Parit</b> tersumbat",
        parse_mode="HTML",
        reply_markup=KEYS,
    )
    result: Json = sent.json()["result"]
    return result


async def test_a_press_reaches_the_registered_webhook_with_its_secret(facebook: Facebook) -> None:
    message = await alert(facebook)
    path = f"/groups/{GROUP.chat_id}/messages/{message['message_id']}/press"
    await facebook.act(path, title="terima")
    await facebook.act(path, data="v1:accept:7", as_stranger=True)
    await facebook.until(lambda: len(facebook.listener.heard) == 2)

    officer, stranger = (json.loads(one.content)["callback_query"] for one in facebook.listener.heard)
    assert {one.headers["x-telegram-bot-api-secret-token"] for one in facebook.listener.heard} == {"s3cret"}
    assert (officer["data"], officer["from"]["id"]) == ("v1:accept:7", GROUP.officer_id)
    assert officer["message"]["message_id"] == message["message_id"]
    assert stranger["from"]["id"] != GROUP.officer_id


async def test_the_answer_to_a_press_is_kept_as_its_toast(facebook: Facebook) -> None:
    message = await alert(facebook)
    press = await facebook.act(
        f"/groups/{GROUP.chat_id}/messages/{message['message_id']}/press", title="terima"
    )

    answer = await facebook.telegram("answerCallbackQuery", callback_query_id=press["id"], text="Diterima")

    assert answer.json() == {"ok": True, "result": True}
    assert (await facebook.state())["presses"][0]["answer"] == "Diterima"


async def test_an_edit_keeps_what_stood_before_and_a_second_equal_one_is_refused(facebook: Facebook) -> None:
    message = await alert(facebook)
    edit = {"chat_id": GROUP.chat_id, "message_id": message["message_id"], "text": "Diterima oleh Yusra"}

    await facebook.telegram("editMessageText", **edit)
    again = await facebook.telegram("editMessageText", **edit)

    kept = (await facebook.state())["groups"][0]["messages"][0]
    assert (kept["text"], kept["earlier"]) == ("Diterima oleh Yusra", ["<b>Parit</b> tersumbat"])
    assert kept["rows"] == []
    assert again.json()["description"].startswith("Bad Request: message is not modified")


async def test_an_unknown_chat_becomes_a_group(facebook: Facebook) -> None:
    await facebook.telegram("sendMessage", chat_id="-777", text="Halo")

    groups = (await facebook.state())["groups"]
    assert [one["chat_id"] for one in groups] == [GROUP.chat_id, -777]


REFUSED = {
    "empty text": ({"chat_id": -1001, "text": ""}, "Bad Request: message text is empty"),
    "a chat that is no number": ({"chat_id": "x", "text": "a"}, "Bad Request: chat not found"),
    "too long": ({"chat_id": -1001, "text": "x" * 4097}, "Bad Request: message is too long"),
    "65 bytes on a button": (
        {
            "chat_id": -1001,
            "text": "a",
            "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]},
        },
        "Bad Request: BUTTON_DATA_INVALID",
    ),
}


@pytest.mark.parametrize(("body", "description"), REFUSED.values(), ids=list(REFUSED))
async def test_a_group_message_is_refused(facebook: Facebook, body: Json, description: str) -> None:
    answer = await facebook.telegram("sendMessage", **body)

    assert answer.status_code == 400
    assert answer.json() == {"ok": False, "error_code": 400, "description": description}


async def test_too_many_messages_are_told_when_to_come_again(facebook: Facebook) -> None:
    await facebook.act("/faults", where="telegram", code=429, message="Too Many Requests", retry_after=3)

    answer = await facebook.telegram("sendMessage", chat_id=GROUP.chat_id, text="Halo")

    assert answer.json()["parameters"] == {"retry_after": 3}
