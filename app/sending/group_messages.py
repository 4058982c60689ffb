"""The messages in the agencies' groups: edited as their case moves, and asked after when they may be missing."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.notify.notifier import Notifier
from app.observe import log
from bot.case_moves import card_now
from bot.conversation.names import CityNames
from bot.group_card import REMINDER
from bot.messenger.errors import Consequence, SendFailed
from models.db import Database
from models.domain.case import CaseState
from models.domain.outgoing import Audience, Way, Word
from models.store import cases, groups, outbox

EDITS_AT_ONCE = 5
#: An alert that may not have arrived is followed by a reminder; people in danger do not wait that long.
REMIND_AFTER = timedelta(minutes=10)
REMIND_AFTER_IN_DANGER = timedelta(minutes=1)


async def bring_up_to_date(database: Database, notifier: Notifier, city: CityNames) -> None:
    """Show in each group message how its case stands now. A failed edit is tried a few times, then left."""
    with database.read() as session:
        behind = [
            (message, case.version, card_now(session, cases.as_case(case), city, recipient=message.recipient))
            for message, case in groups.messages_behind(session, limit=EDITS_AT_ONCE)
        ]
    for message, version, card in behind:
        try:
            await notifier.show(message.recipient, message.message_id, card.text, card.choices)
        except SendFailed as error:
            log().warning("group_message_not_edited", message=message.id, error=str(error))
            if error.consequence is not Consequence.RETRY:
                with database.write() as session:
                    groups.edit_failed(session, message.id, final=error.consequence is Consequence.FINAL)
            continue
        with database.write() as session:
            groups.shown(session, message.id, version=version)


def remind_of_doubtful_alerts(session: Session, city: CityNames, *, at: datetime) -> None:
    """Nobody can look into a group. An alert in doubt is never repeated as if it were new: after a while the group
    is reminded, in words that fit both, unless somebody has taken the case.
    """
    for row in outbox.doubtful_alerts(session, before=at - REMIND_AFTER_IN_DANGER):
        if row.case_id is None or row.because != "forwarded":
            continue
        case = cases.by_id(session, row.case_id)
        patience = REMIND_AFTER_IN_DANGER if case.emergency else REMIND_AFTER
        waits = case.state in {CaseState.DITERUSKAN, CaseState.DIBUKA_KEMBALI} and not case.accepted_at
        if not waits or row.first_tried_at is None or at - row.first_tried_at < patience:
            continue
        card = card_now(session, case, city, recipient=row.recipient)
        word = Word(
            to=Audience.OPD,
            recipient=row.recipient,
            way=Way(row.way),
            text=f"{REMINDER}\n{card.text}",
            choices=card.choices,
            because="reminder",
            about=f"word:{row.id}",
            case_id=case.id,
            case_version=cases.version(session, case.id),
        )
        outbox.put(session, word, at=at)
