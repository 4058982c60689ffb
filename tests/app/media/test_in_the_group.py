"""A photo goes to a Telegram group as a file: Telegram could not fetch it from us, and nobody else shall."""

import json
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP

import httpx
import pytest

from app.notify.telegram import CAPTION_LIMIT, Telegram
from models.domain.outgoing import Audience, Choice, Way, Word
from tests.app.media.drawn import photo

pytestmark = pytest.mark.anyio


def word(text: str, *choices: Choice) -> Word:
    return Word(
        to=Audience.OPD,
        recipient="-1001#7",
        way=Way.TELEGRAM,
        text=text,
        choices=choices,
        because="photo",
        about="media:1",
        media_id=1,
    )


def parts(request: httpx.Request) -> dict[str, EmailMessage]:
    head = b"Content-Type: " + request.headers["content-type"].encode() + b"\r\n\r\n"
    form = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + request.content)
    found = [part for part in form.iter_parts() if isinstance(part, EmailMessage)]
    return {str(part.get_param("name", header="content-disposition")): part for part in found}


def said(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


async def test_a_photo_is_uploaded_with_its_caption_to_its_topic() -> None:
    asked: list[httpx.Request] = []

    def bot_api(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"ok": True, "result": {"message_id": 55}})

    async with httpx.AsyncClient(transport=httpx.MockTransport(bot_api)) as client:
        bot = Telegram(client, api_url="http://localhost/telegram", token="1:word")
        sent = await bot.send(word("PKU-7F3K9", Choice(title="Terima", payload="v1:x")), photo())
        await bot.send(word("x" * 3000), photo())

    assert sent == "55"
    assert asked[0].url.path == "/telegram/bot1:word/sendPhoto"
    form = parts(asked[0])
    told = {name: said(part) for name, part in form.items() if name != "photo"}
    assert (told["chat_id"], told["message_thread_id"], told["caption"]) == ("-1001", "7", "PKU-7F3K9")
    assert json.loads(told["reply_markup"])["inline_keyboard"][0][0]["text"] == "Terima"
    assert "text" not in told
    assert form["photo"].get_filename() == "photo.jpg"
    assert form["photo"].get_content_type() == "image/jpeg"
    assert form["photo"].get_payload(decode=True) == photo()
    assert len(said(parts(asked[1])["caption"])) <= CAPTION_LIMIT
