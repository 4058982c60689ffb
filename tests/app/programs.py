"""The installed command as a process of its own, with bare settings: what it prints and how it ends."""

import hashlib
import hmac
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import httpx

from tests.city import free_port

PROGRAM = pathlib.Path(sys.executable).parent / "pekanbaru-smart"
PAGE, SECRET = "1234567890", "commands-secret"
SAFE = {"FACEBOOK_APP_SECRET": SECRET, "FACEBOOK_PAGE_ID": PAGE}
HOLE = "jalan hang tuah berlubang besar di depan SD"

#: Programs start slowly on a machine that is busy with a whole suite.
PATIENCE = 60.0

Done = subprocess.CompletedProcess[bytes]


def environment(**settings: str) -> dict[str, str]:
    """Only what is said here: no setting of whoever runs the tests gets in."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **settings}


def run(cwd: pathlib.Path, *words: str, **settings: str) -> Done:
    return _done(cwd, words, environment(**settings))


def understand(cwd: pathlib.Path, stdin: bytes) -> Done:
    """``understand`` with these bytes on its standard input."""
    return _done(cwd, ("understand",), environment(), stdin)


def _done(cwd: pathlib.Path, words: tuple[str, ...], env: dict[str, str], stdin: bytes = b"") -> Done:
    command = [str(PROGRAM), *words]
    return subprocess.run(
        command, cwd=cwd, env=env, input=stdin, capture_output=True, timeout=100, check=False
    )


def lines(done: Done) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def said(done: Done) -> str:
    """What it told the person, which is never a traceback."""
    words = " ".join(done.stderr.decode().split())
    assert "Traceback" not in words
    return words


def eventually(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"{what} did not happen within {PATIENCE} s"
        time.sleep(0.05)


def kept(folder: pathlib.Path, what: str) -> int:
    """How many rows there are of "table" or "table WHERE ...": a look that starts no program."""
    with closing(sqlite3.connect(folder / "data" / "pekanbaru.db")) as database:
        (number,) = database.execute(f"SELECT count(*) FROM {what}").fetchone()  # noqa: S608 - a test's own words
    return int(number)


@contextmanager
def serving(cwd: pathlib.Path, **settings: str) -> Iterator[str]:
    """``serve --with-worker`` as a process of its own; its address."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    words = [str(PROGRAM), "serve", "--with-worker", "--port", str(port)]
    with (
        (cwd / "log").open("wb") as log,
        subprocess.Popen(words, cwd=cwd, env=environment(**settings), stderr=log) as service,
    ):
        try:
            eventually(lambda: is_up(f"{address}/healthz"), "the service's start")
            yield address
        finally:
            service.send_signal(signal.SIGINT)
    assert service.returncode == 0, (cwd / "log").read_text()


def is_up(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.TransportError:
        return False


def post(address: str, body: bytes) -> int:
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {"X-Hub-Signature-256": f"sha256={signature}"}
    return httpx.post(f"{address}/webhook/facebook", content=body, headers=headers).status_code


def message(mid: str, text: str) -> dict[str, Any]:
    at = 1_795_500_000_000
    said = {"mid": mid, "text": text}
    return {"sender": {"id": "77"}, "recipient": {"id": PAGE}, "timestamp": at, "message": said}
