"""What the pretend Facebook is told when it is made. It reads no environment of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

#: Makes a one-time way in to the real desk for the person of that key: an address or only its path.
Inviter = Callable[[str, datetime], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendGroup:
    """A chat group the page knows by name, and the officer of that agency who presses its buttons."""

    chat_id: int
    title: str
    officer_id: int
    officer_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendDesk:
    """A person who has a desk in the real service; ``key`` is what the inviter is asked by."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PretendConfig:
    """Whom it plays, where its webhooks go, and where the real desk is."""

    app_secret: str = field(repr=False)
    page_id: str
    page_token: str = field(repr=False)
    webhook_url: str
    verify_token: str = field(default="", repr=False)
    app_id: str = "900100200300400"
    page_name: str = "Pekanbaru Smart"
    # Facebook demands the proof only of apps that asked for it; ours does.
    needs_appsecret_proof: bool = True
    human_agent_approved: bool = True
    groups: tuple[PretendGroup, ...] = ()
    desk_url: str = ""
    # The first of them is the mayor, whose list the page shows.
    desks: tuple[PretendDesk, ...] = ()
    invite_to_desk: Inviter | None = None
    # How far its clock was moved before: a service that has seen tomorrow must not be sent back to today.
    clock_ahead: timedelta = timedelta()
    # Seconds between tries of a webhook that was not answered with 200; the last one repeats.
    retry_seconds: tuple[float, ...] = (0.1, 0.3, 1.0, 2.0)
