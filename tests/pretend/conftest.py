"""A pretend Facebook in this process, and a service in place of ours that writes down what it is told."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from app.pretend import PretendConfig, PretendGroup, create_pretend

SECRET = "test_app_secret"
TOKEN = "page-token"
PAGE = "1234567890"
PROOF = hmac.new(SECRET.encode(), TOKEN.encode(), hashlib.sha256).hexdigest()
GROUP = PretendGroup(chat_id=-1001, title="Dinas PUPR", officer_id=501, officer_name="Yusra")
Json = dict[str, Any]


@dataclass
class Listener:
    """Hears webhooks; answers with the next of ``answers``, then with 200."""

    answers: list[int] = field(default_factory=list)
    heard: list[httpx.Request] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await receive()
        self.heard.append(
            httpx.Request(
                scope["method"],
                f"http://service{scope['path']}",
                headers=scope["headers"],
                content=body["body"],
            )
        )
        status = self.answers.pop(0) if self.answers else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def listener() -> Listener:
    return Listener()


@dataclass
class Facebook:
    """The pretend app's HTTP client, with the calls tests make most."""

    client: httpx.AsyncClient
    listener: Listener

    async def graph(
        self,
        method: str,
        path: str,
        *,
        params: dict[str, str] | None = None,
        json: Json | None = None,
        form: Json | None = None,
    ) -> httpx.Response:
        access = {"access_token": TOKEN, "appsecret_proof": PROOF} | (params or {})
        url = f"/graph/v26.0/{path}"
        return await self.client.request(method, url, params=access, json=json, data=form)

    async def send(self, psid: str, text: str = "Baik", /, **more: object) -> httpx.Response:
        body = {"recipient": {"id": psid}, "messaging_type": "RESPONSE", "message": {"text": text}} | more
        return await self.graph("POST", f"{PAGE}/messages", json=body)

    async def telegram(self, method: str, **body: object) -> httpx.Response:
        return await self.client.post(f"/telegram/bot42:abc/{method}", json=body)

    async def act(self, path: str, **body: object) -> Json:
        answer = await self.client.post(path, json=body)
        assert answer.status_code == 200, answer.text
        made: Json = answer.json()
        return made

    async def state(self) -> Json:
        state: Json = (await self.client.get("/state")).json()
        return state

    async def comment(self, text: str, **more: object) -> Json:
        post = (await self.state())["posts"][0]["id"]
        return await self.act(f"/posts/{post}/comments", text=text, **more)

    async def until(self, true: Callable[[], bool]) -> None:
        """Webhooks go out on their own; wait for what they bring."""
        async with asyncio.timeout(5):
            while not true():  # noqa: ASYNC110 - the condition is the test's own, nobody could set an event
                await asyncio.sleep(0.005)


@pytest.fixture
async def facebook(listener: Listener) -> AsyncIterator[Facebook]:
    config = PretendConfig(
        app_secret=SECRET,
        page_id=PAGE,
        page_token=TOKEN,
        webhook_url="http://service/webhook/facebook",
        groups=(GROUP,),
        retry_seconds=(0.01,),
    )
    app = create_pretend(config, httpx.ASGITransport(app=listener))
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://facebook/pretend") as client,
    ):
        yield Facebook(client=client, listener=listener)
