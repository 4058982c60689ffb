"""Logs and counters. A log line names events and numbers, never a citizen's words, a token or a secret."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from prometheus_client import Counter, Gauge, Histogram

_SECRET_NAMES = re.compile(r"token|secret|password|authorization|cookie|text|body|words", re.IGNORECASE)
_TOKEN_IN_URL = re.compile(r"(access_token=|appsecret_proof=|[?&]k=|/bot)[^&\s/]+")

POSTS = Counter("pekanbaru_webhook_posts_total", "POSTs to the webhook by outcome", ["outcome"])
ITEMS = Counter("pekanbaru_inbox_items_total", "Items accepted, after deduplication")
HANDLED = Counter("pekanbaru_inbox_handled_total", "Items handled by outcome", ["outcome"])
WORDS = Counter("pekanbaru_outbox_words_total", "Words sent or not, by way and outcome", ["way", "outcome"])
PHOTOS = Counter("pekanbaru_photos_total", "Citizens' photos by what became of them", ["outcome"])
WAITING = Gauge("pekanbaru_inbox_oldest_waiting_seconds", "Age of the longest waiting item")
COMMIT_SECONDS = Histogram("pekanbaru_ingest_commit_seconds", "One group commit of the inbox")


def set_up_logging(level: str) -> None:
    """One JSON line per event on standard error, for our own and for libraries' loggers."""
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=structlog.processors.JSONRenderer(), foreign_pre_chain=shared
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # Their lines carry whole addresses, and with them tokens.
    for name in ("httpx", "httpcore", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.WARNING)


def without_secrets(
    _logger: Any,  # noqa: ANN401 - structlog's own signature
    _method: str,
    event: MutableMapping[str, Any],
) -> MutableMapping[str, Any]:
    """Blank what looks like a secret or like somebody's words, by name and by shape."""
    for name, value in list(event.items()):
        if name != "event" and _SECRET_NAMES.search(name):
            event[name] = "[hidden]"
        elif isinstance(value, str):
            event[name] = _TOKEN_IN_URL.sub(r"\1[hidden]", value)
    return event


def log() -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.get_logger()
    return logger
