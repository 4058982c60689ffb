"""A department's group hears of its cases by Telegram, and the bot's token stays out of sight."""

import json
import logging
import traceback
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.notify.notifier import Notifier
from app.notify.telegram import Limit, Telegram
from app.notify.telegram_refusals import (
    TABLE,
    GroupGone,
    GroupMoved,
    MessageGone,
    NothingNew,
    from_telegram,
)
from app.notify.telegram_wire import Update
from bot.messenger import errors
from bot.messenger.errors import Consequence, SendFailed
from bot.messenger.render import units
from models.domain.outgoing import Audience, Choice, Way, Word

pytestmark = pytest.mark.anyio

TOKEN = "123456:AAbbCC-the-bots-token"

ALERT = Word(
    to=Audience.OPD,
    recipient="-100200",
    way=Way.TELEGRAM,
    text="PKU-7F3K9: sampah menumpuk di Jalan Rajawali.",
    because="forwarded",
    about="PKU-7F3K9",
)
BUTTONS = (
    Choice(title="Terima", payload="v1:accept:PKU-7F3K9"),
    Choice(title="Mulai", payload="v1:start:PKU-7F3K9"),
    Choice(title="Buka", payload="https://pekanbaru.test/l/PKU-7F3K9"),
)

Answer = httpx.Response | Exception


class TelegramServer:
    """Gives the answers it was told to give, the last one for ever, and remembers what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return given_answer(answer)

    @property
    def body(self) -> dict[str, object]:
        body: dict[str, object] = json.loads(self.asked[-1].content)
        return body


def given_answer(answer: Answer) -> httpx.Response:
    match answer:
        case httpx.Response():
            return answer
        case error:
            raise error


def done(result: object) -> httpx.Response:
    return httpx.Response(200, json={"ok": True, "result": result})


def refused(status: int, description: str, **parameters: int) -> httpx.Response:
    told = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
    return httpx.Response(status, json=told)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


Groups = Callable[[TelegramServer], Telegram]


@pytest.fixture
async def groups_on() -> AsyncIterator[Groups]:
    clients: list[httpx.AsyncClient] = []

    def made(server: TelegramServer) -> Telegram:
        clients.append(httpx.AsyncClient(transport=httpx.MockTransport(server)))
        return Telegram(clients[-1], api_url="https://telegram.test/", token=TOKEN)

    yield made
    for client in clients:
        await client.aclose()


async def test_a_forwarded_case_is_said_in_its_group_with_buttons_two_a_row(groups_on: Groups) -> None:
    server = TelegramServer(done({"message_id": 71}))
    telegram: Notifier = groups_on(server)

    message_id = await telegram.send(replace(ALERT, choices=BUTTONS))

    assert message_id == "71"
    assert server.asked[0].url.path == f"/bot{TOKEN}/sendMessage"
    assert server.body == {
        "chat_id": "-100200",
        "text": ALERT.text,
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [
                [
                    {"text": "Terima", "callback_data": "v1:accept:PKU-7F3K9"},
                    {"text": "Mulai", "callback_data": "v1:start:PKU-7F3K9"},
                ],
                [{"text": "Buka", "url": "https://pekanbaru.test/l/PKU-7F3K9"}],
            ]
        },
    }


async def test_a_departments_topic_gets_its_own_cases(groups_on: Groups) -> None:
    server = TelegramServer(done({"message_id": 71}))

    await groups_on(server).send(replace(ALERT, recipient="-100200#7"))

    assert (server.body["chat_id"], server.body["message_thread_id"]) == ("-100200", 7)


@pytest.mark.parametrize("recipient", ["", "opd:PUPR", "-100200#x", "#7", "-1002/../x"])
async def test_a_recipient_that_is_no_group_is_never_asked_for(groups_on: Groups, recipient: str) -> None:
    server = TelegramServer(done({"message_id": 71}))

    with pytest.raises(errors.Unsayable):
        await groups_on(server).send(replace(ALERT, recipient=recipient))

    assert server.asked == []


@pytest.mark.parametrize("payload", ["", "p" * 65, "é" * 33])
async def test_a_button_that_telegram_cannot_carry_is_refused(groups_on: Groups, payload: str) -> None:
    word = replace(ALERT, choices=(Choice(title="Terima", payload=payload),))

    with pytest.raises(errors.Unsayable):
        await groups_on(TelegramServer(done({}))).send(word)


async def test_a_very_long_report_still_reaches_its_group(groups_on: Groups) -> None:
    server = TelegramServer(done({"message_id": 71}))

    await groups_on(server).send(replace(ALERT, text="Banjir 🌊 besar. " * 1000))

    text = str(server.body["text"])
    assert units(text) <= 4096
    assert text.endswith("besar. …")


async def test_the_groups_message_follows_the_case_and_may_be_shown_twice(groups_on: Groups) -> None:
    server = TelegramServer(
        done({"message_id": 71}),
        refused(400, "Bad Request: message is not modified: specified new message content is the same"),
    )
    telegram = groups_on(server)

    await telegram.show("-100200#7", "71", "PKU-7F3K9: dikerjakan.", BUTTONS[1:2])
    await telegram.show("-100200#7", "71", "PKU-7F3K9: dikerjakan.", ())

    assert server.asked[0].url.path == f"/bot{TOKEN}/editMessageText"
    assert server.body == {
        "chat_id": "-100200",
        "message_id": 71,
        "text": "PKU-7F3K9: dikerjakan.",
        "link_preview_options": {"is_disabled": True},
    }


async def test_what_was_never_a_groups_message_is_not_edited(groups_on: Groups) -> None:
    with pytest.raises(errors.Unsayable):
        await groups_on(TelegramServer(done({}))).show("-100200", "desk", "PKU-7F3K9", ())


async def test_a_tap_is_answered_and_a_late_answer_bothers_nobody(groups_on: Groups) -> None:
    server = TelegramServer(done(True), refused(400, "Bad Request: query is too old"))
    telegram = groups_on(server)

    assert await telegram.answer_tap("q1", "Diterima.") is True
    assert await telegram.answer_tap("q1", "Belum terdaftar.", alert=True) is False
    assert server.body == {"callback_query_id": "q1", "text": "Belum terdaftar.", "show_alert": True}


async def test_the_webhook_is_set_with_its_secret(groups_on: Groups) -> None:
    server = TelegramServer(done(result=True))

    await groups_on(server).set_webhook("https://pekanbaru.test/webhook/telegram", "s3cret")

    assert server.body == {
        "url": "https://pekanbaru.test/webhook/telegram",
        "secret_token": "s3cret",
        "allowed_updates": ["callback_query", "message"],
    }


async def test_the_doctor_asks_who_the_bot_is(groups_on: Groups) -> None:
    server = TelegramServer(done({"id": 123456, "username": "pekanbaru_bot"}), refused(401, "Unauthorized"))
    telegram = groups_on(server)

    assert (await telegram.get_me())["username"] == "pekanbaru_bot"
    with pytest.raises(errors.TokenDead):
        await telegram.get_me()


@pytest.mark.parametrize(
    ("answer", "meaning", "consequence"),
    [
        (refused(400, "Bad Request: chat not found"), GroupGone, Consequence.FINAL),
        (
            refused(400, "Bad Request: not enough rights to send text messages to the chat"),
            GroupGone,
            "final",
        ),
        (refused(400, "Bad Request: message thread not found"), GroupGone, Consequence.FINAL),
        (refused(400, "Bad Request: TOPIC_CLOSED"), GroupGone, Consequence.FINAL),
        (refused(400, "Bad Request: message to edit not found"), MessageGone, Consequence.FINAL),
        (refused(400, "Bad Request: message can't be edited"), MessageGone, Consequence.FINAL),
        (refused(400, "Bad Request: BUTTON_DATA_INVALID"), errors.BadRequest, Consequence.FINAL),
        (refused(403, "Forbidden: bot was kicked from the supergroup chat"), GroupGone, Consequence.FINAL),
        (refused(401, "Unauthorized"), errors.TokenDead, Consequence.STOP),
        (refused(404, "Not Found"), errors.TokenDead, Consequence.STOP),
        (refused(409, "Conflict"), errors.Refused, Consequence.FINAL),
        (refused(429, "Too Many Requests: retry after 9", retry_after=9), errors.RateLimited, "retry"),
        (refused(502, "Bad Gateway"), errors.ServiceTroubled, Consequence.RETRY),
        (httpx.Response(504, text="<html>"), errors.MaybeSent, Consequence.IN_DOUBT),
        (httpx.Response(200, text="<html>"), errors.MaybeSent, Consequence.IN_DOUBT),
        (done({}), errors.MaybeSent, Consequence.IN_DOUBT),
        (done(None), errors.MaybeSent, Consequence.IN_DOUBT),
        (httpx.ReadTimeout("slow"), errors.MaybeSent, Consequence.IN_DOUBT),
        (httpx.RemoteProtocolError("hung up"), errors.MaybeSent, Consequence.IN_DOUBT),
        (httpx.ConnectError(f"no way to /bot{TOKEN}/"), errors.ServiceDown, Consequence.RETRY),
    ],
    ids=lambda value: repr(value)[:60],
)
async def test_every_answer_of_telegram_has_its_consequence_and_none_shows_the_token(
    groups_on: Groups, answer: Answer, meaning: type[SendFailed], consequence: Consequence
) -> None:
    with pytest.raises(SendFailed) as failed:
        await groups_on(TelegramServer(answer)).send(ALERT)

    assert (type(failed.value), failed.value.consequence) == (meaning, consequence)
    assert TOKEN not in "".join(traceback.format_exception(failed.value))
    assert not isinstance(failed.value.__context__, httpx.HTTPError)


async def test_telegram_says_how_long_to_wait(groups_on: Groups) -> None:
    with pytest.raises(errors.RateLimited) as limited:
        await groups_on(TelegramServer(refused(429, "Too Many Requests", retry_after=9))).send(ALERT)

    assert limited.value.wait == 9


async def test_a_group_that_became_a_supergroup_is_found_under_its_new_id(groups_on: Groups) -> None:
    upgraded = refused(
        400, "Bad Request: group chat was upgraded to a supergroup", migrate_to_chat_id=-100999
    )
    server = TelegramServer(upgraded, done({"message_id": 5}))
    telegram = groups_on(server)

    with pytest.raises(GroupMoved, match="-100999") as moved:
        await telegram.send(ALERT)

    assert (moved.value.new_chat_id, moved.value.consequence) == (-100999, Consequence.RETRY)
    assert await telegram.send(ALERT) == "5"
    assert server.body["chat_id"] == "-100999"


async def test_a_busy_group_waits_in_the_outbox_while_others_are_told(groups_on: Groups) -> None:
    server = TelegramServer(done({"message_id": 71}))
    telegram = groups_on(server)
    told = [await telegram.send(ALERT) for _ in range(5)]

    with pytest.raises(errors.RateLimited) as limited:
        await telegram.send(ALERT)

    assert (len(told), limited.value.wait) == (5, 4)
    assert await telegram.send(replace(ALERT, recipient="-100300")) == "71"


@pytest.mark.parametrize(
    ("api_url", "limit"), [("http://127.0.0.1:8000/pretend/telegram", None), ("https://t.test", Limit(99, 1))]
)
async def test_pretend_groups_and_other_limits_hold_nobody_up(api_url: str, limit: Limit | None) -> None:
    transport = httpx.MockTransport(TelegramServer(done({"message_id": 71})))
    async with httpx.AsyncClient(transport=transport) as client:
        telegram = Telegram(client, api_url=api_url, token=TOKEN, one_group=limit, all_groups=limit)

        assert [await telegram.send(ALERT) for _ in range(50)] == ["71"] * 50


async def test_httpx_logs_every_request_without_the_token(
    groups_on: Groups, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await groups_on(TelegramServer(done({"message_id": 71}))).send(ALERT)

    assert "telegram.test/bot***/sendMessage" in caplog.text
    assert TOKEN not in caplog.text


def test_every_refusal_in_the_table_is_reached() -> None:
    reached = {
        (row.status, row.says): type(
            from_telegram(row.status, {"description": f"Bad Request: {row.says.upper()}"})
        )
        for row in TABLE
    }

    assert reached == {(row.status, row.says): row.error for row in TABLE}
    assert reached[400, "message is not modified"] is NothingNew


@given(
    status=st.integers(100, 599),
    body=st.dictionaries(
        st.sampled_from(["ok", "description", "parameters"]),
        st.none()
        | st.text()
        | st.integers()
        | st.dictionaries(
            st.sampled_from(["retry_after", "migrate_to_chat_id"]), st.integers() | st.text() | st.booleans()
        ),
    )
    | st.lists(st.none()),
)
def test_no_answer_of_telegram_is_too_strange(status: int, body: object) -> None:
    assert isinstance(from_telegram(status, body), SendFailed)


def test_a_tap_in_a_topic_is_read_with_its_group_and_its_person() -> None:
    update = Update.model_validate(
        {
            "update_id": 9,
            "callback_query": {
                "id": "4711",
                "from": {"id": 55, "is_bot": False, "first_name": "Rina", "language_code": "id"},
                "message": {
                    "message_id": 71,
                    "date": 1795510800,
                    "chat": {"id": -100200, "type": "supergroup", "is_forum": True},
                    "message_thread_id": 7,
                    "is_topic_message": True,
                },
                "chat_instance": "1",
                "data": "v1:accept:PKU-7F3K9",
            },
        }
    )

    tap = update.callback_query
    assert tap is not None
    assert tap.message is not None
    assert (tap.id, tap.sender.id, tap.sender.first_name, tap.data) == (
        "4711",
        55,
        "Rina",
        "v1:accept:PKU-7F3K9",
    )
    assert (tap.message.message_id, tap.message.recipient) == (71, "-100200#7")


def test_a_thread_of_replies_is_no_topic() -> None:
    update = Update.model_validate(
        {
            "update_id": 9,
            "message": {"message_id": 2, "chat": {"id": -5}, "message_thread_id": 1, "text": "ok"},
        }
    )

    assert update.message is not None
    assert update.message.recipient == "-5"


def test_an_update_of_another_kind_is_read_as_nothing_for_us() -> None:
    update = Update.model_validate({"update_id": 9, "my_chat_member": {"chat": {"id": -5}}})

    assert (update.message, update.callback_query) == (None, None)
