"""Running the service: serve, work, migrate, check."""

import signal
import threading
from typing import Annotated

import typer
import uvicorn

from app.commands.opening import any_database_or_exit, database_or_exit, settings_or_exit
from app.doctor import examine
from app.main import create_app
from app.process import AnotherWorker, WorkerProcess, refuse_second_worker
from app.wiring import build_counsel
from models.db import Database
from models.schema import migrate as migrate_schema


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    *,
    with_worker: Annotated[bool, typer.Option("--with-worker", help="Also handle and send.")] = False,
) -> None:
    """Keep what Facebook posts and serve the pages; alone it only keeps."""
    settings = settings_or_exit(safe=True)
    with database_or_exit(settings) as database:
        if with_worker:
            _refuse_second_worker_or_exit(database)
        app = create_app(settings, database, with_worker=with_worker)
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            # Behind our own proxy; its word on the client's address is for the log alone.
            proxy_headers=True,
            timeout_graceful_shutdown=10,
        )


def work() -> None:
    """Handle what was kept and say what is to be said. Any number on PostgreSQL, one on SQLite."""
    settings = settings_or_exit(safe=True)
    with database_or_exit(settings) as database:
        worker = WorkerProcess(settings=settings, database=database, counsel=build_counsel(settings))
        stopped = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stopped.set())
        _refuse_second_worker_or_exit(database)
        worker.start()
        stopped.wait()
        worker.stop()


def _refuse_second_worker_or_exit(database: Database) -> None:
    try:
        refuse_second_worker(database)
    except AnotherWorker as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def migrate() -> None:
    """Bring the database to the current schema."""
    with any_database_or_exit(settings_or_exit()) as database:
        migrate_schema(database)
    typer.echo("the database has the current schema")


def check() -> None:
    """Examine settings, database, token and channels; say what to do about each fault. Exits with 1 if any."""
    settings = settings_or_exit()
    findings = examine(settings)
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.fine else 'FAIL'} {finding.what}: {finding.says}")
    if not all(finding.fine for finding in findings):
        raise typer.Exit(1)
