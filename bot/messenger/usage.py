"""How much of our allowance Facebook says we have used, read from an answer's headers. Pure.

``X-App-Usage: {"call_count": 28, "total_time": 25, "total_cputime": 25}`` (percent of a rolling hour),
``X-Page-Usage`` the same under its older name, and ``X-Business-Use-Case-Usage:
{"<id>": [{"type": "pages", "call_count": 97, ..., "estimated_time_to_regain_access": 5}]}`` (minutes).
Source: Graph API, "Rate limits".
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LONGEST_WAIT = 24 * 3600.0

SLOW_AT = 75.0
STOP_AT = 95.0

PERCENTAGES = ("call_count", "total_time", "total_cputime")

OURS = frozenset({"pages", "messenger", None})
"""Use cases that limit us; an advertising account at its limit says nothing about a complaint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """``percent`` of the fullest allowance; ``regain_seconds`` until Facebook lets us in again, or 0."""

    percent: float = 0.0
    regain_seconds: float = 0.0

    @property
    def slow(self) -> bool:
        return self.percent >= SLOW_AT

    @property
    def stop(self) -> bool:
        return self.percent >= STOP_AT or self.regain_seconds > 0


def usage(headers: Mapping[str, str]) -> Usage:
    """Never raises: a header that cannot be read is as good as none."""
    found = list(_counters(headers))
    return Usage(
        percent=max((number(counter.get(name)) for counter in found for name in PERCENTAGES), default=0.0),
        regain_seconds=max((_regain(counter) for counter in found), default=0.0),
    )


def wait_seconds(headers: Mapping[str, str]) -> float | None:
    """How long Facebook (or a proxy's ``Retry-After``) asks us to wait; None when no header tells.

    ``Retry-After`` as a date is not read: that would need a clock, and Facebook sends seconds.
    """
    told = max(usage(headers).regain_seconds, number(_header(headers, "retry-after")))
    return told or None


def number(value: object) -> float:
    """A finite number of seconds or percent, from what anybody may have written; 0 when it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return 0.0
    try:
        read = float(value)
    except (ValueError, OverflowError):
        return 0.0
    return min(max(read, 0.0), LONGEST_WAIT) if math.isfinite(read) else 0.0


def _regain(counter: Mapping[str, object]) -> float:
    return min(60 * number(counter.get("estimated_time_to_regain_access")), LONGEST_WAIT)


def _counters(headers: Mapping[str, str]) -> Iterator[dict[str, object]]:
    yield from _dicts([_json(headers, "x-app-usage"), _json(headers, "x-page-usage")])
    by_id = _json(headers, "x-business-use-case-usage")
    lists = by_id.values() if isinstance(by_id, dict) else ()
    for listed in lists:
        yield from (counter for counter in _dicts(listed) if _limits_us(counter.get("type")))


def _limits_us(use_case: object) -> bool:
    return use_case is None or (isinstance(use_case, str) and use_case in OURS)


def _dicts(values: object) -> Iterator[dict[str, object]]:
    if isinstance(values, list):
        yield from (value for value in values if isinstance(value, dict))


def _json(headers: Mapping[str, str], name: str) -> object:
    try:
        return json.loads(_header(headers, name))
    except (ValueError, RecursionError):
        return None


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name), "")
