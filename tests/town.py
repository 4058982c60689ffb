"""A town to try the service in: the pretend Facebook on a port of this process, and our programs beside it."""

import asyncio
import contextlib
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import httpx
import uvicorn

from app.pretend import PretendConfig, PretendGroup, create_pretend
from app.pretend.stage import Stage
from tests.city import free_port
from tests.posts import PAGE, SECRET

PROGRAM = pathlib.Path(sys.executable).with_name("pekanbaru-smart")
GROUP = PretendGroup(chat_id=-1001, title="DLHK Kebersihan", officer_id=7001, officer_name="Petugas DLHK")
START_WITHIN = 60.0  # seconds; two cores that others use too
Made = TypeVar("Made")


class NotInTime(AssertionError):
    """What was waited for did not come."""


def wait_until(come: Callable[[], bool], seconds: float, what: str, *, every: float = 0.05) -> None:
    """Look until it has come. Raises NotInTime."""
    end = time.monotonic() + seconds
    while not come():
        if time.monotonic() > end:
            raise NotInTime(f"not within {seconds:.0f} s: {what}")
        time.sleep(every)


@dataclass(slots=True)
class Facebook:
    """The pretend Facebook and groups while they run. What a citizen does is done on their own loop."""

    port: int
    stage: Stage
    loop: asyncio.AbstractEventLoop

    def do(self, act: Callable[[Stage], Made]) -> Made:
        """Do something as a citizen or as Facebook, or look at the world while nothing else moves."""

        async def acted() -> Made:
            return act(self.stage)

        return asyncio.run_coroutine_threadsafe(acted(), self.loop).result(30)


@contextlib.contextmanager
def pretend_facebook(service_port: int) -> Iterator[Facebook]:
    """Serve it until the block ends."""
    config = PretendConfig(
        app_secret=SECRET,
        page_id=PAGE,
        page_token="page-token",
        webhook_url=f"http://127.0.0.1:{service_port}/webhook/facebook",
        groups=(GROUP,),
    )
    app, port = create_pretend(config), free_port()
    quiet = uvicorn.Config(app, port=port, log_config=None, access_log=False)
    server = uvicorn.Server(quiet)
    started: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        started.append(asyncio.get_running_loop())
        await server.serve()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), name="facebook", daemon=True)
    thread.start()
    wait_until(lambda: server.started, START_WITHIN, "the pretend Facebook starts")
    try:
        yield Facebook(port=port, stage=app.state.stage, loop=started[0])
    finally:
        server.should_exit = True
        thread.join(10)


@dataclass(slots=True, kw_only=True)
class Programs:
    """Our own programs as processes of the system, with settings that lead to the pretend Facebook."""

    home: pathlib.Path
    port: int
    facebook_port: int
    database_url: str
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        pretend = f"http://127.0.0.1:{self.facebook_port}/pretend"
        return os.environ | {
            "DATABASE_URL": self.database_url,
            "PUBLIC_URL": f"http://localhost:{self.port}",
            "FACEBOOK_PAGE_ID": PAGE,
            "FACEBOOK_APP_SECRET": SECRET,
            "FACEBOOK_APP_SECRET_PREVIOUS": "",
            "FACEBOOK_PAGE_TOKEN": "page-token",
            "FACEBOOK_GRAPH_URL": f"{pretend}/graph",
            "TELEGRAM_BOT_TOKEN": "1000:bot-token",
            "TELEGRAM_API_URL": f"{pretend}/telegram",
            "LOG_LEVEL": "WARNING",
        }

    def run(self, *words: str) -> str:
        """One short command to its end; what it printed."""
        done = subprocess.run(
            [PROGRAM, *words],
            cwd=self.home,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, name: str, *words: str) -> None:
        """Start a program that stays; its log is ``name.log``."""
        with (self.home / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [PROGRAM, *words], cwd=self.home, env=self.environment(), stdout=log, stderr=log
            )

    def serve(self, *words: str) -> None:
        self.start("serve", "serve", "--port", str(self.port), *words)

    def kill(self, *names: str) -> None:
        """As kill -9 does: nothing is finished, nothing is said."""
        for name in names:
            self.running[name].kill()
        for name in names:
            self.running.pop(name).wait(10)

    def wait_for_web(self) -> None:
        wait_until(self._web_answers, START_WITHIN, "the service answers")

    def _web_answers(self) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz", trust_env=False).status_code == 200
        return False

    def stop(self) -> None:
        """End what still runs, as a good service manager does."""
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
            process.wait(5)
        self.running.clear()


@dataclass(slots=True)
class Town:
    """Both sides of the street."""

    facebook: Facebook
    programs: Programs


@contextlib.contextmanager
def town(home: pathlib.Path, database_url: str) -> Iterator[Town]:
    """An open Facebook and no program running yet; at the end nothing runs any more."""
    service_port = free_port()
    with pretend_facebook(service_port) as facebook:
        programs = Programs(
            home=home, port=service_port, facebook_port=facebook.port, database_url=database_url
        )
        try:
            yield Town(facebook, programs)
        finally:
            programs.stop()
