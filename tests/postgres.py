"""A throw-away PostgreSQL: own data folder, Unix socket only, never as root, gone when the tests are.

`python -m tests.postgres` prints the folder of the server's programs, or fails when there are none.
"""

import contextlib
import itertools
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

HOW_TO_GET_IT = "PostgreSQL's server programs are missing: `make postgres` brings them"
OWNER = "tests"
PATIENCE = 30.0  # seconds for the server to come up; a cold disk is slow

SMALL = {"listen_addresses": "", "max_connections": "60", "shared_buffers": "64MB", "timezone": "UTC"}
# Tests ask what follows a crash of ours, not a loss of power: without fsync they run several times faster.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def programs() -> pathlib.Path | None:
    """Find the folder of initdb and postgres. Debian keeps it off PATH, one folder a version."""
    on_path = shutil.which("initdb")
    folders = [pathlib.Path(on_path).resolve().parent] if on_path else []
    versions = pathlib.Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(versions, key=lambda folder: float(folder.parent.name))
    complete = [
        folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()
    ]
    return complete[-1] if complete else None


class Server:
    """A running server. Each database that it makes is empty, or a copy, and belongs to one test."""

    def __init__(self, sockets: pathlib.Path) -> None:
        self._sockets = sockets
        self._numbers = itertools.count(1)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self._sockets}"

    def administrator(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self._sockets), user=OWNER, dbname="postgres", autocommit=True)

    @contextlib.contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """Copy a template in some milliseconds, yield the copy's URL, and drop it whoever still uses it."""
        name = f"test_{next(self._numbers)}"
        with self.administrator() as admin:
            copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
            admin.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield self.url(name)
        finally:
            with self.administrator() as admin:
                admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextlib.contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[Server]:
    """Start a server and end it, also on Ctrl-C. `durable` keeps fsync on, for what is measured."""
    found = programs()
    if found is None:
        pytest.fail(HOW_TO_GET_IT, pytrace=False)
    user = _whom_to_run_as()
    # Not pytest's own folder: the path of a Unix socket must be short, and another user must reach it.
    home = pathlib.Path(tempfile.mkdtemp(prefix="pku-pg-", dir="/tmp"))
    try:
        if user is not None:
            shutil.chown(home, user)
        cluster: list[str | pathlib.Path]
        cluster = [found / "initdb", "-D", home / "data", "--username", OWNER, "--auth", "trust", "--no-sync"]
        with _start([*cluster, "--encoding", "UTF8", "--locale", "C"], home, user) as made:
            if made.wait(PATIENCE) != 0:
                pytest.fail((home / "log").read_text(), pytrace=False)
        with _serving(found / "postgres", home, user, SMALL if durable else SMALL | CARELESS) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def _serving(
    program: pathlib.Path, home: pathlib.Path, user: str | None, settings: dict[str, str]
) -> Iterator[Server]:
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with _start([program, "-D", home / "data", "-k", home, *options], home, user) as process:
        try:
            server = Server(home)
            _wait_for(server, process, home)
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # the "fast" end: no waiting for clients
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGQUIT)


def _start(
    command: list[str | pathlib.Path], home: pathlib.Path, user: str | None
) -> subprocess.Popen[bytes]:
    with (home / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=user,
            group=None if user is None else pwd.getpwnam(user).pw_gid,
            extra_groups=None if user is None else [],
            # A Ctrl-C at the terminal is for pytest, which then ends the server in its turn.
            start_new_session=True,
        )


def _wait_for(server: Server, process: subprocess.Popen[bytes], home: pathlib.Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            server.administrator().close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                pytest.fail((home / "log").read_text(), pytrace=False)
            time.sleep(0.02)
        else:
            return


def _whom_to_run_as() -> str | None:
    """PostgreSQL refuses root, so root runs it under another name."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


if __name__ == "__main__":
    where = programs()
    sys.exit(HOW_TO_GET_IT) if where is None else print(where)
