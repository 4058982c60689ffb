"""One word that is ours to say while the lease lasts, with the way that is lawful now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.messenger.window import Reach, lawful_way
from models.domain.outgoing import Audience, Way, Word, WordState
from models.store import conversations, media, outbox, reports
from models.tables import OutboxRow

LEASE = timedelta(seconds=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """``look_first``: an earlier try may have worked, so look before saying it again.

    ``in_doubt``: nobody answered that try at all. ``first_tried_at`` is where to begin looking; ``known`` are
    Facebook's ids of our other words there, which are not the one that is looked for. ``photo`` is the name of the
    picture that goes along, None for words alone and for a picture that is gone.
    """

    id: int
    word: Word
    way: Way
    psid: str | None
    tries: int
    look_first: bool
    in_doubt: bool
    first_tried_at: datetime
    known: frozenset[str]
    photo: str | None = None


def claim_errands(session: Session, *, at: datetime, limit: int, paused: Sequence[Way]) -> list[Errand]:
    """Claim words and choose their ways; a word without a lawful way is held until its citizen writes."""
    errands = []
    for row in outbox.claim(session, at=at, lease=LEASE, limit=limit, paused=paused):
        errand = _errand(session, row, at)
        if errand is None:
            outbox.not_sent(session, row.id, state=WordState.HELD, error="no lawful way now", counts=False)
        else:
            errands.append(errand)
    return errands


def _errand(session: Session, row: OutboxRow, at: datetime) -> Errand | None:
    word = outbox.as_word(row)
    reach = reach_of(session, row, word)
    in_doubt = row.state == WordState.IN_DOUBT
    # What may have gone one way is looked for on that way, even if another has opened meanwhile.
    way = Way(row.way) if in_doubt or row.look_first else lawful_way(word, reach, at)
    if way is None:
        return None
    if way is Way.PUBLIC_REPLY and word.in_public:
        word = replace(word, text=word.in_public)
    return Errand(
        id=row.id,
        word=word,
        way=way,
        psid=reach.psid,
        tries=row.tries,
        look_first=row.look_first or in_doubt,
        in_doubt=in_doubt,
        first_tried_at=row.first_tried_at or at,
        known=outbox.external_ids(session, row) if row.look_first or in_doubt else frozenset(),
        photo=media.file_of(session, word.media_id) if word.media_id else None,
    )


def reach_of(session: Session, row: OutboxRow, word: Word) -> Reach:
    """What is known of the ways to this word's citizen."""
    conversation = conversations.get(session, word.recipient) if word.to is Audience.CITIZEN else None
    if conversation is None:
        return Reach()
    window = conversations.window_of(session, conversation)
    under = word.under or ""
    return Reach(
        psid=window.psid,
        last_act_at=window.last_act_at,
        under=word.under,
        under_at=word.under_at,
        under_gone=reports.is_removed(session, under),
        private_reply_used=outbox.has_sent_private_reply(session, under),
        refused=frozenset(Way(way) for way in row.refused),
    )
