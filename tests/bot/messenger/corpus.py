"""The payloads of tests/bot/payloads and what they mean, as plain rows that can be compared."""

import dataclasses
import pathlib
from datetime import datetime
from typing import Any

import yaml

from bot.events import Event
from bot.messenger.parse import parse
from models.domain.inbox import Item

PAGE = "1234567890"
FOLDER = pathlib.Path(__file__).parent.parent / "payloads"
PAYLOADS = {file.stem: file for file in sorted(FOLDER.iterdir()) if file.suffix in {".json", ".txt"}}
EXPECTED: dict[str, list[dict[str, Any]]] = yaml.safe_load((FOLDER / "expectations.yaml").read_text())


def body(name: str) -> bytes:
    return PAYLOADS[name].read_bytes()


def as_row(item: Item) -> dict[str, Any]:
    """An item in the words of expectations.yaml."""
    row = {"item": [str(item.kind), item.key, item.conversation, _clock(item.happened_at)]}
    told = [{type(event).__name__: _fields(event)} for event in parse(item)]
    return row | ({"tells": told} if told else {})


def _fields(event: Event) -> dict[str, Any]:
    common = {"conversation", "at"}
    told = {name: value for name, value in dataclasses.asdict(event).items() if name not in common}
    return {name: value for name, value in told.items() if value is not None}


def _clock(moment: datetime | None) -> str | None:
    written = moment and moment.isoformat(" ", "milliseconds").removesuffix("+00:00").removesuffix(".000")
    return written or None
