"""The doors that are measured, each a real uvicorn process on a port of its own."""

import contextlib
import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from tests.city import free_port
from tests.postgres import running_postgres
from tests.posts import PAGE, SECRET
from tests.town import START_WITHIN, wait_until

PYTHON = pathlib.Path(sys.executable)
PROGRAM = PYTHON.with_name("pekanbaru-smart")
ROOT = pathlib.Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run of the load told."""

    per_second: float
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Door:
    """``process`` serves it; ``name`` is how the table calls it."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    def is_open(self) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz", trust_env=False).status_code == 200
        return False

    def post(self, body: bytes, headers: dict[str, str]) -> float:
        """One POST; how many milliseconds it took."""
        url = f"http://127.0.0.1:{self.port}/webhook/facebook"
        answer = httpx.post(url, content=body, headers=headers, timeout=30, trust_env=False)
        assert answer.status_code == 200, answer.status_code
        return answer.elapsed.total_seconds() * 1000

    def under_load(self, posts: int, connections: int) -> Figures:
        """Measured from a second process."""
        load: list[str | pathlib.Path] = [
            PYTHON,
            "-m",
            "tests.bench.load",
            str(self.port),
            str(posts),
            str(connections),
        ]
        told = subprocess.run(load, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=True)
        return Figures(**json.loads(told.stdout))

    def memory_mib(self) -> float:
        """What the process holds in memory now."""
        pages = int(pathlib.Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextlib.contextmanager
def open_doors(home: pathlib.Path) -> Iterator[list[Door]]:
    """The bare one, ours on SQLite and ours on PostgreSQL; both databases write through to the disk."""
    with contextlib.ExitStack() as open_until_the_end:
        keep = open_until_the_end.enter_context
        url = keep(keep(running_postgres(durable=True)).database())
        port = free_port()
        bare = keep(_running("nothing kept", port, [PYTHON, "-m", "tests.bench.bare", str(port)], ROOT))
        sqlite = keep(_ours("SQLite", home, f"sqlite:///{home / 'bench.db'}"))
        doors = [bare, sqlite, keep(_ours("PostgreSQL", home, url))]
        for door in doors:
            wait_until(door.is_open, START_WITHIN, f"the door of {door.name} opens")
        yield doors


@contextlib.contextmanager
def _ours(name: str, home: pathlib.Path, database_url: str) -> Iterator[Door]:
    settings = {"DATABASE_URL": database_url, "LOG_LEVEL": "WARNING"}
    subprocess.run(
        [PROGRAM, "migrate"], cwd=home, env=_environment(**settings), check=True, capture_output=True
    )
    port = free_port()
    with _running(name, port, [PROGRAM, "serve", "--port", str(port)], home, **settings) as door:
        yield door


@contextlib.contextmanager
def _running(
    name: str, port: int, command: list[str | pathlib.Path], where: pathlib.Path, **settings: str
) -> Iterator[Door]:
    process = subprocess.Popen(command, cwd=where, env=_environment(**settings))
    try:
        yield Door(name, port, process)
    finally:
        process.terminate()
        process.wait(20)


def _environment(**settings: str) -> dict[str, str]:
    ours = {"FACEBOOK_PAGE_ID": PAGE, "FACEBOOK_APP_SECRET": SECRET, "PUBLIC_URL": "http://localhost:8000"}
    return os.environ | ours | settings
