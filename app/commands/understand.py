"""``understand``: JSON lines in, JSON lines out, in order and flushed; no database."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from app.commands.lines import print_line
from app.knowledge import load_knowledge
from models.domain.category import Channel
from routing.understand import as_json
from routing.understanding import Understands


def understand(
    explain: Annotated[str | None, typer.Option(help="One text, explained for a person.")] = None,
) -> None:
    """Tell what texts mean: {"id", "channel", "text"} a line on stdin, one JSON line each on stdout."""
    understander = load_knowledge().understander
    if explain is not None:
        _explain(understander, explain)
        return
    # UTF-8 whatever the machine's locale says; a byte that is not UTF-8 spoils its own line only. Some editors
    # begin a file with a byte order mark.
    lines = (line.decode("utf-8-sig", errors="replace") for line in sys.stdin.buffer)
    for answer in answers(understander, lines):
        print_line(answer)


def answers(understander: Understands, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One answer per line that is not blank; a bad line gets an error and stops nothing."""
    for line in lines:
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            text, channel, asked_id = _asked(asked)
        except (ValueError, RecursionError) as error:
            yield {"id": None, "error": str(error)[:200]}
        else:
            yield dict(as_json(asked_id, understander.understand(text, channel)))


def _asked(asked: object) -> tuple[str, Channel, Any]:
    # ValueError throughout: a bad line is bad input, not a fault of the program.
    if not (isinstance(asked, dict) and isinstance(asked.get("text"), str)):
        raise ValueError("expected an object with a text")  # noqa: TRY004
    # NaN and 1e999 are numbers to Python and not to JSON: the answer that repeats them could not be read.
    json.dumps(asked.get("id"), allow_nan=False)
    return asked["text"], Channel(asked.get("channel", Channel.MESSENGER)), asked.get("id")


def _explain(understander: Understands, text: str) -> None:
    table = Table(show_header=False)
    for name, value in as_json(None, understander.understand(text, Channel.MESSENGER)).items():
        if name != "id":
            table.add_row(name, json.dumps(value, ensure_ascii=False))
    Console().print(table)
