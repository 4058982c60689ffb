"""What came of an errand, kept in the outbox in one transaction with all that follows from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.notify.telegram_refusals import GroupMoved
from app.observe import log
from app.sending import pauses
from app.sending.errand import Errand
from app.sending.say import Said
from bot.messenger.after_failure import (
    CheckThenTry,
    GiveUp,
    NextWay,
    StopEverything,
    TryAgainAt,
    after_failure,
)
from bot.messenger.errors import Consequence, SendFailed
from models.domain.outgoing import Audience, Way, WordState
from models.store import conversations, groups, outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Where and when the outcome is kept; ``jitter`` is an even chance from 0 to 1."""

    session: Session
    at: datetime
    jitter: float = 0.0


def keep_sent(keeping: Keeping, errand: Errand, said: Said) -> None:
    session, at = keeping.session, keeping.at
    outbox.sent(session, errand.id, way=errand.way, external_id=said.external_id, at=at)
    pauses.resumed(session, pauses.line_of(errand.way))
    if said.psid:
        conversations.learn_psid(session, errand.word.recipient, said.psid)
    # Only what shows a case knows its version; the mayor's word must not be edited into a card.
    is_card = errand.word.to is Audience.OPD and errand.word.case_version > 0
    if is_card and errand.word.case_id and said.external_id:
        groups.message_sent(
            session,
            case_id=errand.word.case_id,
            outbox_id=errand.id,
            recipient=errand.word.recipient,
            message_id=said.external_id,
            version=errand.word.case_version,
        )


def keep_failed(keeping: Keeping, errand: Errand, error: SendFailed) -> None:
    """Try again, look and try, take the next way, give up, or stop the whole line."""
    session, at = keeping.session, keeping.at
    if isinstance(error, GroupMoved):
        _follow_the_group(keeping, errand, error)
        return
    match after_failure(error, tries=errand.tries + 1, at=at, jitter=keeping.jitter):
        case TryAgainAt(at=then):
            _keep(session, errand, error, WordState.WAITING, try_at=then)
        case CheckThenTry(at=then):
            lost = error.consequence is Consequence.IN_DOUBT or errand.in_doubt
            state = WordState.IN_DOUBT if lost else WordState.WAITING
            _keep(session, errand, error, state, try_at=then, look_first=True)
        case NextWay():
            _keep(session, errand, error, WordState.WAITING, refused=errand.way)
        case GiveUp():
            _keep(session, errand, error, WordState.FAILED)
        case StopEverything(until=until):
            _stop(keeping, errand, error, until)


def keep_looking(keeping: Keeping, errand: Errand, error: SendFailed, *, again: timedelta) -> None:
    """It could not be looked for: the doubt stays, and no try is counted."""
    outbox.not_sent(
        keeping.session,
        errand.id,
        state=WordState.IN_DOUBT,
        error=f"could not look: {error}",
        try_at=keeping.at + again,
        look_first=True,
        counts=False,
    )


def _keep(
    session: Session,
    errand: Errand,
    error: SendFailed,
    state: WordState,
    *,
    try_at: datetime | None = None,
    refused: Way | None = None,
    look_first: bool = False,
) -> None:
    outbox.not_sent(
        session,
        errand.id,
        state=state,
        error=str(error),
        try_at=try_at,
        way=errand.way if look_first else None,
        refused=refused,
        look_first=look_first,
    )


def _stop(keeping: Keeping, errand: Errand, error: SendFailed, until: datetime | None) -> None:
    line = pauses.line_of(errand.way)
    again = max(until or keeping.at, keeping.at + pauses.PAUSE)
    log().critical("line_stopped", line=line.value, why=type(error).__name__, until=again.isoformat())
    pauses.pause(keeping.session, line, why=str(error), until=again)
    outbox.not_sent(
        keeping.session, errand.id, state=WordState.WAITING, error=str(error), try_at=again, counts=False
    )


def _follow_the_group(keeping: Keeping, errand: Errand, moved: GroupMoved) -> None:
    chat, _, topic = errand.word.recipient.partition("#")
    new = str(moved.new_chat_id)
    groups.moved(keeping.session, chat, new)
    _keep(keeping.session, errand, moved, WordState.WAITING)
    address = f"{new}#{topic}" if topic else new
    outbox.readdress(keeping.session, errand.word.recipient, address)
