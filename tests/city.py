"""A whole city for a test: the real service, the pretend Facebook and groups, one port, real HTTP.

Sentences of a test read like the day of a citizen: ``siti.writes(...)``, ``siti.hears(...)``,
``city.group("PUPR").presses("Terima")``.
"""

import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from typing import Any

import httpx
import uvicorn

from app.commands.look import case_json, word_json
from app.demo import GROUPS, OPDS, demo_settings, furnish, whole_city
from app.settings import Settings
from models.db import Database
from models.schema import migrate
from models.store import cases, inbox, media, outbox
from models.tables import MediaRow

PATIENCE = 15.0
Json = dict[str, Any]


def until(true: Callable[[], Any], what: str = "it") -> Any:  # noqa: ANN401 - whatever the condition found
    """Wait for something to come true, and say what did not."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := true():
            return found
        time.sleep(0.02)
    raise AssertionError(f"{what} did not happen within {PATIENCE} s")


@dataclass(slots=True)
class Group:
    """An agency's chat group, with its officer."""

    city: "City"
    opd: str
    chat_id: int

    @property
    def messages(self) -> list[Json]:
        groups = self.city.pretend_state()["groups"]
        return list(next(group["messages"] for group in groups if group["chat_id"] == self.chat_id))

    def is_alerted(self, about: str) -> Json:
        """The card whose text holds ``about``, once it is there."""
        card: Json = until(
            lambda: next((card for card in self.messages if about in card["text"]), None),
            f"an alert about {about!r} in {self.opd}",
        )
        return card

    def presses(self, title: str, number: str, **who: object) -> None:
        """A button under the case's card; by the group's officer unless somebody else is named."""
        message = self.is_alerted(number)["message_id"]
        self.city.act(f"/groups/{self.chat_id}/messages/{message}/press", title=title, **who)

    def shows(self, number: str, standing: str) -> Json:
        """Wait until the case's card was edited to say so."""
        card: Json = until(
            lambda: next(
                (card for card in self.messages if number in card["text"] and standing in card["text"]), None
            ),
            f"{standing!r} on the card of {number}",
        )
        return card


@dataclass(slots=True)
class Citizen:
    """Somebody with a phone. ``heard`` counts what they have read so far."""

    city: "City"
    psid: str
    read: int = 0
    read_under: dict[str, int] = field(default_factory=dict)

    @property
    def thread(self) -> list[Json]:
        threads = self.city.pretend_state()["threads"]
        return [said for said in threads.get(self.psid, []) if said["from_page"]]

    def writes(self, text: str, **more: object) -> Json:
        return self.city.act(f"/citizens/{self.psid}/messages", text=text, **more)

    def taps(self, title: str) -> Json:
        return self.city.act(f"/citizens/{self.psid}/quick-replies", title=title)

    def hears(self, *parts: str) -> str:
        """The next message from the page, which holds all the parts."""
        said: Json = until(
            lambda: self.thread[self.read] if len(self.thread) > self.read else None,
            f"a message with {parts}",
        )
        self.read += 1
        text: str = said["text"]
        missing = [part for part in parts if part not in text]
        assert not missing, f"{missing} not in {text!r}"
        return text

    def choices(self) -> list[str]:
        return [choice["title"] for choice in self.thread[-1]["quick_replies"]]

    def comments(self, text: str, **more: object) -> str:
        post = self.city.pretend_state()["posts"][0]["id"]
        made = self.city.act(f"/posts/{post}/comments", text=text, psid=self.psid, **more)
        comment_id: str = made["id"]
        return comment_id

    def reads_under(self, comment_id: str, *parts: str) -> str:
        """The page's next public reply under a comment."""
        seen = self.read_under.get(comment_id, 0)
        reply: str = until(
            lambda: next(iter(self.city.public_replies(comment_id)[seen:]), None),
            f"a public reply with {parts}",
        )
        self.read_under[comment_id] = seen + 1
        missing = [part for part in parts if part not in reply]
        assert not missing, f"{missing} not in {reply!r}"
        return reply


@dataclass(slots=True)
class City:
    """Everything that runs, by its address and its database."""

    settings: Settings
    database: Database
    address: str
    client: httpx.Client

    def citizen(self, name: str) -> Citizen:
        return Citizen(city=self, psid=self.act("/citizens", name=name)["psid"])

    def group(self, opd: str) -> Group:
        return Group(city=self, opd=opd, chat_id=GROUPS[OPDS.index(opd)].chat_id)

    def act(self, path: str, **body: object) -> Json:
        answer = self.client.post(f"{self.address}/pretend{path}", json=body)
        assert answer.status_code == 200, answer.text
        made: Json = answer.json()
        return made

    def forward(self, *, hours: float) -> None:
        """Move the one clock by which Facebook, the groups and the service live."""
        self.act("/clock", forward_hours=hours)

    def pretend_state(self) -> Json:
        state: Json = self.client.get(f"{self.address}/pretend/state").json()
        return state

    def public_replies(self, comment_id: str) -> list[str]:
        page = self.settings.facebook_page_id
        return [
            comment["text"]
            for comment in self.pretend_state()["comments"]
            if comment["parent_id"] == comment_id and comment["author_id"] == page
        ]

    def cases(self) -> list[Json]:
        with self.database.read() as session:
            return [case_json(case, reports) for case, reports in cases.every(session)]

    def case(self) -> Json:
        """The only case there is."""
        (only,) = until(self.cases, "a case")
        return dict(only)

    def outbox(self) -> list[Json]:
        with self.database.read() as session:
            return [word_json(row, None) for row in outbox.every(session)]

    def inbox(self) -> Json:
        with self.database.read() as session:
            return inbox.counts(session)

    def photos(self) -> list[MediaRow]:
        with self.database.read() as session:
            return media.every(session)

    def is_quiet(self) -> bool:
        """Nothing is under way any more: every event handled, every word said."""
        hooks = self.pretend_state()["webhooks"]
        states: Any = self.inbox()["by_state"]
        unsaid = [word for word in self.outbox() if word["state"] in {"waiting", "sending"}]
        unseen = [photo for photo in self.photos() if photo.state == "waiting"]
        on_the_way = hooks["facebook"]["waiting"] or hooks["telegram"]["waiting"] or states["waiting"]
        return not (on_the_way or unsaid or unseen)

    def settles(self) -> None:
        until(self.is_quiet, "quiet")


@contextmanager
def living_city(database_url: str) -> Iterator[City]:
    """The demo's own composition, on a free port."""
    port = free_port()
    album = tempfile.TemporaryDirectory(prefix="album-")
    settings = demo_settings(port, database_url=database_url)
    settings = settings.model_copy(update={"media_dir": Path(album.name)})
    database = Database(database_url)
    migrate(database)
    furnish(settings, database)
    app = whole_city(settings, database, port)
    address = f"http://127.0.0.1:{port}"
    with serving(app, port), httpx.Client(timeout=10) as client:
        city = City(settings=settings, database=database, address=address, client=client)
        until(lambda: "setWebhook" in json.dumps(city.pretend_state()["calls"]), "Telegram's webhook")
        yield city
    database.close()
    album.cleanup()


@contextmanager
def serving(app: Any, port: int) -> Iterator[None]:  # noqa: ANN401 - any ASGI app
    """A real server in a thread."""
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name=f"server {port}")
    thread.start()
    until(lambda: server.started or not thread.is_alive(), "the server's start")
    assert server.started
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
