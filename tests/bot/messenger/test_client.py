"""The Graph API as one Page calls it, against answers that Facebook gives and answers it should not give."""

import hashlib
import hmac
import json
import traceback
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import httpx
import pytest

from bot.messenger import errors
from bot.messenger.client import GraphPage, Sent, Tag
from bot.messenger.errors import SendFailed

pytestmark = pytest.mark.anyio

TOKEN = "EAAB-the-pages-token"
SENT = {"recipient_id": "psid-sunti", "message_id": "m_1"}
HELLO = {"text": "Laporan PKU-7F3K9 sudah kami terima."}
SUNTI = {"id": "psid-sunti"}
SINCE = datetime(2026, 11, 24, 3, 0, 0, tzinfo=UTC)

Answer = httpx.Response | Exception


class Facebook:
    """Gives the answers it was told to give, the last one for ever, and remembers what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return given(answer)

    @property
    def body(self) -> dict[str, object]:
        body: dict[str, object] = json.loads(self.asked[-1].content)
        return body


def given(answer: Answer) -> httpx.Response:
    match answer:
        case httpx.Response():
            return answer
        case error:
            raise error


def answer(body: object, status: int = 200, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(status, json=body, headers=headers)


def refusal(code: int, subcode: int | None = None) -> httpx.Response:
    return answer({"error": {"code": code, "error_subcode": subcode, "message": f"secret {TOKEN}"}}, 400)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def page_of() -> AsyncIterator[Callable[[Facebook], GraphPage]]:
    clients: list[httpx.AsyncClient] = []

    def made(facebook: Facebook) -> GraphPage:
        clients.append(httpx.AsyncClient(transport=httpx.MockTransport(facebook)))
        return GraphPage(
            clients[-1],
            base_url="https://graph.test/",
            version="v26.0",
            page_id="1234567890",
            token=TOKEN,
            app_secret="test_app_secret",
            per_second=1000,
        )

    yield made
    for client in clients:
        await client.aclose()


PageOf = Callable[[Facebook], GraphPage]


async def test_a_message_goes_to_the_pages_address_with_proof_and_bearer_token(page_of: PageOf) -> None:
    facebook = Facebook(answer(SENT))

    sent = await page_of(facebook).send_message(SUNTI, HELLO)

    request = facebook.asked[0]
    proof = hmac.new(b"test_app_secret", TOKEN.encode(), hashlib.sha256).hexdigest()
    assert sent == Sent(message_id="m_1", recipient_id="psid-sunti")
    assert (request.method, request.url.path) == ("POST", "/v26.0/1234567890/messages")
    assert dict(request.url.params) == {"appsecret_proof": proof}
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert facebook.body == {"recipient": SUNTI, "messaging_type": "RESPONSE", "message": HELLO}


async def test_an_officers_word_carries_the_one_tag_that_is_alive(page_of: PageOf) -> None:
    facebook = Facebook(answer(SENT))

    await page_of(facebook).send_message(SUNTI, HELLO, tag=Tag.HUMAN_AGENT)

    assert (facebook.body["messaging_type"], facebook.body["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")


@pytest.mark.parametrize(
    "tag", ["CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE", "CUSTOMER_FEEDBACK"]
)
async def test_a_retired_tag_cannot_be_sent_even_by_mistake(page_of: PageOf, tag: str) -> None:
    facebook = Facebook(answer(SENT))

    with pytest.raises(ValueError, match=tag):
        await page_of(facebook).send_message(SUNTI, HELLO, tag=tag)  # type: ignore[arg-type]

    assert facebook.asked == []


async def test_a_page_without_human_agent_loses_that_way_alone(page_of: PageOf) -> None:
    page = page_of(Facebook(refusal(10)))

    with pytest.raises(errors.TagRefused):
        await page.send_message(SUNTI, HELLO, tag=Tag.HUMAN_AGENT)
    with pytest.raises(errors.PermissionMissing):
        await page.send_message(SUNTI, HELLO)


@pytest.mark.parametrize(
    ("target", "recipient"),
    [("77_88", {"comment_id": "77_88"}), ("1234567890_77", {"post_id": "1234567890_77"})],
    ids=["comment", "visitor's post"],
)
async def test_a_private_reply_tells_who_the_commenter_is(
    page_of: PageOf, target: str, recipient: dict[str, str]
) -> None:
    facebook = Facebook(answer({"recipient_id": 998877, "message_id": "m_2"}))

    sent = await page_of(facebook).private_reply(target, HELLO)

    assert sent == Sent(message_id="m_2", recipient_id="998877")
    assert facebook.body["recipient"] == recipient


async def test_a_public_reply_is_a_comment_under_the_comment(page_of: PageOf) -> None:
    facebook = Facebook(answer({"id": "77_99"}))

    new_id = await page_of(facebook).reply_to_comment("77_88", "Terima kasih.")

    assert new_id == "77_99"
    assert facebook.asked[0].url.path == "/v26.0/77_88/comments"
    assert facebook.body == {"message": "Terima kasih."}


async def test_the_same_thanks_under_another_comment_is_varied(page_of: PageOf) -> None:
    facebook = Facebook(refusal(506, 1455006), comments(), answer({"id": "77_99"}))

    assert await page_of(facebook).reply_to_comment("77_88", "Terima kasih.") == "77_99"
    assert facebook.body == {"message": "Terima kasih. ·"}


async def test_a_repetition_that_already_stands_under_the_comment_is_not_said_again(page_of: PageOf) -> None:
    facebook = Facebook(refusal(506), comments(("77_90", "1234567890", "Terima kasih.")))

    assert await page_of(facebook).reply_to_comment("77_88", "Terima kasih.") == "77_90"
    assert [request.method for request in facebook.asked] == ["POST", "GET"]


async def test_a_forged_comment_id_cannot_lead_elsewhere(page_of: PageOf) -> None:
    facebook = Facebook(answer({"id": "1"}))

    await page_of(facebook).reply_to_comment("../me?x=", "Terima kasih.")

    assert facebook.asked[0].url.raw_path.startswith(b"/v26.0/..%2Fme%3Fx%3D/comments?")


@pytest.mark.parametrize(
    ("failure", "meaning"),
    [
        (httpx.ConnectError("refused"), errors.ServiceDown),
        (httpx.ConnectTimeout("slow"), errors.ServiceDown),
        (httpx.PoolTimeout("busy"), errors.ServiceDown),
        (httpx.InvalidURL("what is this"), errors.ServiceDown),
        (httpx.ReadTimeout("slow"), errors.MaybeSent),
        (httpx.WriteTimeout("slow"), errors.MaybeSent),
        (httpx.ReadError("reset"), errors.MaybeSent),
        (httpx.RemoteProtocolError("hung up"), errors.MaybeSent),
        (TimeoutError(), errors.MaybeSent),
        (httpx.Response(200, text="<html>Sorry, something went wrong</html>"), errors.MaybeSent),
        (httpx.Response(200, content=b"\xff\xfe"), errors.MaybeSent),
        (httpx.Response(200, text="[" * 200_000), errors.MaybeSent),
        (answer([]), errors.MaybeSent),
        (answer({}), errors.MaybeSent),
        (answer({"message_id": None}), errors.MaybeSent),
        (answer({"error": {"code": 10, "error_subcode": 2018278}}), errors.WindowClosed),
        (httpx.Response(302, headers={"location": "https://elsewhere.test"}), errors.Refused),
        (httpx.Response(502, text="Bad Gateway"), errors.ServiceTroubled),
        (refusal(1, 1357046), errors.MaybeSent),
        (refusal(190, 460), errors.TokenDead),
    ],
    ids=lambda value: repr(value)[:60],
)
async def test_what_comes_back_decides_whether_the_word_may_have_arrived(
    page_of: PageOf, failure: Answer, meaning: type[SendFailed]
) -> None:
    with pytest.raises(SendFailed) as failed:
        await page_of(Facebook(failure)).send_message(SUNTI, HELLO)

    assert type(failed.value) is meaning
    assert TOKEN not in "".join(traceback.format_exception(failed.value))
    assert not isinstance(failed.value.__context__, httpx.HTTPError)


async def test_nothing_is_tried_twice_in_here(page_of: PageOf) -> None:
    facebook = Facebook(httpx.ReadTimeout("slow"), answer(SENT))

    with pytest.raises(errors.MaybeSent):
        await page_of(facebook).send_message(SUNTI, HELLO)

    assert len(facebook.asked) == 1


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (answer({"id": "77_88", "can_reply_privately": True}), True),
        (answer({"id": "77_88", "can_reply_privately": False}), False),
        (answer({"id": "77_88"}), None),
        (refusal(100, 33), None),
        (refusal(190), None),
        (httpx.ReadTimeout("slow"), None),
    ],
    ids=lambda value: repr(value)[:40],
)
async def test_a_failing_pre_flight_never_stops_a_send(page_of: PageOf, reply: Answer, told: object) -> None:
    assert await page_of(Facebook(reply)).can_reply_privately("77_88") is told


def comments(*said: tuple[str, str, str]) -> httpx.Response:
    return answer(
        {"data": [{"id": own_id, "from": {"id": author}, "message": text} for own_id, author, text in said]}
    )


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        (comments(("77_90", "1234567890", "Terima kasih. ")), "77_90"),
        (comments(("77_90", "1234567890", "Terima kasih. ·")), "77_90"),
        (comments(("77_90", "psid-budi", "Terima kasih.")), None),
        (comments(("77_90", "1234567890", "Selesai.")), None),
        (comments(("77_01", "1234567890", "Terima kasih.")), None),
        (comments(), None),
        (answer({"data": ["?", {"id": "77_90", "message": "Terima kasih."}]}), None),
        (answer({"data": {"id": "77_90"}}), None),
    ],
)
async def test_our_own_comment_is_looked_for_before_it_is_said_again(
    page_of: PageOf, shown: httpx.Response, found: str | None
) -> None:
    page = page_of(Facebook(shown))

    assert await page.find_own_comment("77_88", "Terima kasih.", known={"77_01"}) == found


def thread(*said: tuple[str, str, str, str]) -> httpx.Response:
    messages = [
        {"id": own_id, "from": {"id": author}, "message": text, "created_time": at}
        for own_id, author, text, at in said
    ]
    return answer({"data": [{"id": "t_1", "messages": {"data": messages}}]})


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        (thread(("m_7", "1234567890", "Selesai.", "2026-11-24T03:00:01+0000")), "m_7"),
        (thread(("m_7", "1234567890", "Selesai.", "2026-11-24T09:59:59+0700")), "m_7"),
        (thread(("m_7", "1234567890", "Selesai.", "2026-11-24T02:59:00+0000")), None),
        (thread(("m_7", "psid-sunti", "Selesai.", "2026-11-24T03:00:01+0000")), None),
        (thread(("m_7", "1234567890", "Selesai.", "yesterday")), None),
        (thread(("m_7", "1234567890", "Selesai.", "2026-11-24T03:00:01")), None),
        (thread(("m_1", "1234567890", "Selesai.", "2026-11-24T03:00:01+0000")), None),
        (answer({"data": []}), None),
        (answer({"data": [{"id": "t_1"}]}), None),
    ],
)
async def test_our_own_message_is_looked_for_before_it_is_said_again(
    page_of: PageOf, shown: httpx.Response, found: str | None
) -> None:
    facebook = Facebook(shown)

    assert await page_of(facebook).find_own_message("psid-sunti", "Selesai.", SINCE, known={"m_1"}) == found
    asked = facebook.asked[0].url
    assert asked.path == "/v26.0/1234567890/conversations"
    assert asked.params["user_id"] == "psid-sunti"
    assert asked.params["fields"] == "messages{id,message,created_time,from}"


@pytest.mark.parametrize("failure", [httpx.ReadTimeout("slow"), httpx.Response(200, text="?"), refusal(2)])
async def test_what_could_not_be_looked_for_is_not_taken_as_missing(page_of: PageOf, failure: Answer) -> None:
    page = page_of(Facebook(failure))

    with pytest.raises(errors.ServiceTroubled):
        await page.find_own_comment("77_88", "Terima kasih.")
    with pytest.raises(errors.ServiceTroubled):
        await page.find_own_message("psid-sunti", "Selesai.", SINCE)


async def test_typing_is_shown_and_its_failure_bothers_nobody(page_of: PageOf) -> None:
    facebook = Facebook(answer({"recipient_id": "psid-sunti"}), refusal(100, 2018048))
    page = page_of(facebook)

    assert await page.sender_action("psid-sunti", "typing_on") is True
    assert await page.sender_action("psid-sunti", "typing_off") is False
    assert facebook.body == {"recipient": SUNTI, "sender_action": "typing_off"}


def used(percent: int, minutes: int) -> dict[str, str]:
    counters = [{"type": "messenger", "call_count": percent, "estimated_time_to_regain_access": minutes}]
    return {"X-Business-Use-Case-Usage": json.dumps({"1": counters})}


async def test_a_full_allowance_stops_the_next_call_before_it_is_made(page_of: PageOf) -> None:
    facebook = Facebook(answer(SENT, headers=used(97, 4)))
    page = page_of(facebook)
    await page.send_message(SUNTI, HELLO)

    with pytest.raises(errors.RateLimited) as limited:
        await page.send_message(SUNTI, HELLO)

    assert len(facebook.asked) == 1
    assert limited.value.wait == pytest.approx(240, abs=1)


async def test_an_allowance_that_is_nearly_full_slows_us_down(page_of: PageOf) -> None:
    facebook = Facebook(answer(SENT, headers=used(80, 0)))
    page = page_of(facebook)
    started = datetime.now(UTC)

    await said_times(page, 80)

    assert len(facebook.asked) == 80
    assert (datetime.now(UTC) - started).total_seconds() > 0.5


async def said_times(page: GraphPage, times: int) -> list[Sent]:
    return [await page.send_message(SUNTI, HELLO) for _ in range(times)]


async def test_more_private_replies_than_an_hour_allows_wait_in_the_outbox(page_of: PageOf) -> None:
    facebook = Facebook(answer(SENT))
    page = page_of(facebook)

    with pytest.raises(errors.RateLimited, match="private replies"):
        await privately_answered(page, 800)

    assert 750 <= len(facebook.asked) < 760


async def privately_answered(page: GraphPage, comments: int) -> list[Sent]:
    return [await page.private_reply(f"77_{number}", HELLO) for number in range(comments)]
