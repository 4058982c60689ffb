"""What was said because of a case, to whom, by which way, and what has not arrived yet."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.web.desk.frame import AtDesk
from bot.case_moves import address
from bot.group_card import masked
from models.domain.opd import Group
from models.domain.outgoing import Audience, Way, WordState
from models.store.case_views import GroupCard, Reporter
from models.tables import OutboxRow

#: The key of a citizen's own page is the citizen's.
_KEY = re.compile(r"\?k=\w+")
_WAYS = {
    Way.MESSENGER: "Messenger",
    Way.PRIVATE_REPLY: "balasan pribadi",
    Way.PUBLIC_REPLY: "balasan komentar",
    Way.UTILITY: "Messenger (pemberitahuan)",
    Way.HUMAN_AGENT: "Messenger (petugas)",
    Way.TELEGRAM: "grup Telegram",
    Way.WHATSAPP: "WhatsApp",
    Way.EMAIL: "surel",
    Way.PUSH: "notifikasi",
    Way.DESK: "meja kerja",
}
_STATES = {
    WordState.WAITING: ("info", "menunggu dikirim"),
    WordState.SENDING: ("info", "sedang dikirim"),
    WordState.SENT: ("ok", "tersampaikan"),
    WordState.IN_DOUBT: ("warn", "belum pasti sampai"),
    WordState.FAILED: ("bad", "gagal dikirim"),
    WordState.HELD: ("warn", "belum tersampaikan: menunggu warga menulis lagi"),
    WordState.CANCELLED: ("quiet", "dibatalkan"),
}
_SETTLED = frozenset({WordState.SENT, WordState.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One word; ``to`` is a numbered citizen or a group."""

    to: str
    way: str
    tone: str
    state: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """``arrived`` and ``open`` count the words to citizens; ``said`` is empty for whom only that is a matter."""

    arrived: int
    open: int
    said: tuple[Said, ...]


def delivered(rows: Sequence[OutboxRow], reporters: Sequence[Reporter], desk: AtDesk) -> Delivered:
    to_citizens = [row for row in rows if row.audience == Audience.CITIZEN]
    return Delivered(
        arrived=sum(row.state == WordState.SENT for row in to_citizens),
        open=sum(row.state not in _SETTLED for row in to_citizens),
        said=tuple(_said(rows, reporters, desk)) if desk.visitor.scope.is_whole_city else (),
    )


def _said(rows: Sequence[OutboxRow], reporters: Sequence[Reporter], desk: AtDesk) -> Iterator[Said]:
    numbers = {citizen.conversation: n for n, citizen in enumerate(reporters, start=1)}
    for row in rows:
        tone, state = _STATES[WordState(row.state)]
        text = _KEY.sub("", row.text)
        yield Said(
            to=_recipient(row, numbers),
            way=_WAYS[Way(row.way)],
            tone=tone,
            state=state,
            at=row.sent_at or row.created_at,
            text=text if desk.is_of_triage else masked(text),
        )


def _recipient(row: OutboxRow, numbers: dict[str, int]) -> str:
    if row.audience == Audience.OPD:
        return "OPD"
    number = numbers.get(row.recipient)
    return f"Warga {number}" if number else "Warga"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The case's card in a group, and whether it shows the case as it is."""

    opd: str
    tone: str
    state: str


def shown(cards: Sequence[GroupCard], found: Sequence[Group], desk: AtDesk) -> Iterator[Shown]:
    """The newest card of each group; a group that was set up anew since then has no name any more."""
    names = {address(group.chat_id, group.topic): desk.city.opd(group.opd) for group in found}
    newest = {card.recipient: card for card in cards}
    for card in newest.values():
        tone, state = _standing(card)
        yield Shown(opd=names.get(card.recipient, "lama"), tone=tone, state=state)


def _standing(card: GroupCard) -> tuple[str, str]:
    if card.is_current:
        return "ok", "kartu terbaru"
    return ("warn", "kartu belum dapat diperbarui") if card.tries else ("info", "kartu sedang diperbarui")
