"""Looking beside a running service: inbox, cases, outbox. JSON for programs, a table for people."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from app.commands.lines import print_line
from app.commands.opening import database_or_exit, settings_or_exit
from models.domain.case import Case
from models.domain.outgoing import Way
from models.store import cases as case_store
from models.store import inbox as inbox_store
from models.store import outbox as outbox_store
from models.tables import OutboxRow

Json = Annotated[bool, typer.Option("--json", help="For programs.")]


def inbox(*, as_json: Json = False) -> None:
    """How many items of each kind came in, and how far they are."""
    with database_or_exit(settings_or_exit()) as database, database.read() as session:
        counts = inbox_store.counts(session)
    if as_json:
        print_line(counts)
    else:
        _table("inbox", [{"item": name, "number": value} for name, value in counts.items()])


def cases(*, as_json: Json = False) -> None:
    """Every case, oldest first."""
    with database_or_exit(settings_or_exit()) as database, database.read() as session:
        rows = [case_json(case, reports) for case, reports in case_store.every(session)]
    _print(rows, title="cases", as_json=as_json)


def outbox(*, as_json: Json = False) -> None:
    """Every outgoing word, oldest first."""
    with database_or_exit(settings_or_exit()) as database, database.read() as session:
        numbers = {case.id: case.number for case, _ in case_store.every(session)}
        rows = [word_json(row, numbers.get(row.case_id or 0)) for row in outbox_store.every(session)]
    _print(rows, title="outbox", as_json=as_json)


def case_json(case: Case, reports: int) -> dict[str, Any]:
    return {
        "number": case.number,
        "state": case.state.value,
        "category": case.category.value if case.category else None,
        "opd": case.opd,
        "beyond": case.beyond,
        "street": case.place.street,
        "landmark": case.place.landmark,
        "kelurahan": case.place.kelurahan,
        "kecamatan": case.place.kecamatan,
        "channel": case.channel.value,
        "emergency": case.emergency,
        "reports": max(1, reports),
        "created_at": utc(case.created_at),
        "due_at": utc(case.due_at),
        "closed_at": utc(case.closed_at),
    }


def word_json(row: OutboxRow, number: str | None) -> dict[str, Any]:
    """``text`` is what was said: under a comment that is the form for the public."""
    in_public = row.in_public if row.way == Way.PUBLIC_REPLY else None
    return {
        "id": row.id,
        "to": row.audience,
        "channel": row.way,
        "because": row.because,
        "case": number,
        "state": row.state,
        "tries": row.tries,
        "last_error": row.last_error,
        "text": in_public or row.text,
    }


def utc(moment: datetime | None) -> str | None:
    """ISO 8601 with Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def _print(rows: list[dict[str, Any]], *, title: str, as_json: bool) -> None:
    if not as_json:
        _table(title, rows)
        return
    for row in rows:
        print_line(row)


def _table(title: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        typer.echo(f"{title}: none yet")
        return
    table = Table(title=title)
    for name in rows[0]:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    Console().print(table)
