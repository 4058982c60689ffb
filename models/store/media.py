"""What citizens sent along: noted with its item, fetched once, and shown with the report that it belongs to."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import Session

from models.domain.media import MediaState, Photo, Picture, Sent
from models.store.upsert import insert_new
from models.tables import MediaRow, ReportRow

IMAGE = "image"


def note(session: Session, inbox_key: str, conversation: str, sent: Sequence[Sent], *, at: datetime) -> int:
    """Keep what came with an item; how much of it is new. Photos wait to be fetched."""
    rows = [
        {
            "inbox_key": inbox_key,
            "part": one.part,
            "report_key": inbox_key,
            "conversation": conversation,
            "kind": one.kind,
            "url": one.url,
            "sent_at": one.at,
            "at": at,
            "state": MediaState.WAITING if one.kind == IMAGE else MediaState.NOTED,
            "why": "",
            "tries": 0,
        }
        for one in sent
    ]
    return insert_new(session, MediaRow, rows)


def anything_due(session: Session, *, at: datetime) -> bool:
    """Whether a claim could find something; a look costs no lock."""
    return session.scalar(select(MediaRow.id).where(*_due(at)).limit(1)) is not None


def claim(session: Session, *, at: datetime, lease: timedelta, limit: int) -> list[MediaRow]:
    """Take photos that wait. The lease ends by itself: whoever dies while fetching leaves it to another."""
    query = (
        select(MediaRow).where(*_due(at)).order_by(MediaRow.id).limit(limit).with_for_update(skip_locked=True)
    )
    rows = list(session.scalars(query))
    for row in rows:
        # Counted before the try, so that a photo that kills its reader is not tried for ever.
        row.tries, row.try_at = row.tries + 1, at + lease
    session.flush()
    return rows


def _due(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        MediaRow.state == MediaState.WAITING,
        or_(MediaRow.try_at.is_(None), MediaRow.try_at <= at),
    )


def kept(session: Session, media_id: int, picture: Picture) -> Photo | None:
    """Keep our picture of it; None when somebody else settled it meanwhile."""
    row = session.get_one(MediaRow, media_id, with_for_update=True)
    if row.state != MediaState.WAITING:
        return None
    row.state, row.why, row.try_at = MediaState.KEPT, "", None
    row.file, row.width, row.height = picture.file, picture.width, picture.height
    row.lat, row.lon, row.sha256 = picture.lat, picture.lon, picture.sha256
    session.flush()
    return _as_photo(row)


def settled(session: Session, media_id: int, state: MediaState, *, why: str) -> None:
    """It will not be fetched (again)."""
    _leave(session, media_id, state=state, why=why, try_at=None)


def try_again(session: Session, media_id: int, *, why: str, at: datetime) -> None:
    _leave(session, media_id, state=MediaState.WAITING, why=why, try_at=at)


def _leave(session: Session, media_id: int, *, state: MediaState, why: str, try_at: datetime | None) -> None:
    session.execute(
        update(MediaRow)
        .where(MediaRow.id == media_id, MediaRow.state == MediaState.WAITING)
        .values(state=state, why=why, try_at=try_at)
    )


def adopt_loose(
    session: Session, conversations: Sequence[str], report_key: str, *, since: datetime, until: datetime
) -> int:
    """What these conversations sent lately and no report has yet belongs to this report; how many those are."""
    loose = (
        update(MediaRow)
        .where(*_loose(conversations, since, until), MediaRow.report_key != report_key)
        .values(report_key=report_key)
        .returning(MediaRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(session.execute(loose).all())


def any_loose(session: Session, conversations: Sequence[str], *, since: datetime, until: datetime) -> bool:
    """Whether something waits for its words, fetched or not."""
    loose = select(MediaRow.id).where(*_loose(conversations, since, until))
    return session.scalar(loose.limit(1)) is not None


def loose_photos(
    session: Session, conversations: Sequence[str], *, since: datetime, until: datetime
) -> list[Photo]:
    """Photos that are kept and wait for the words that they belong to."""
    query = (
        select(MediaRow)
        .where(*_loose(conversations, since, until), MediaRow.state == MediaState.KEPT)
        .order_by(MediaRow.id)
    )
    return [_as_photo(row) for row in session.scalars(query)]


def _loose(conversations: Sequence[str], since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        MediaRow.conversation.in_(conversations),
        MediaRow.sent_at.between(since, until),
        ~exists().where(ReportRow.inbox_key == MediaRow.report_key),
    )


def photos_of_case(session: Session, case_id: int) -> list[Photo]:
    """The photos that are kept of a case, first sent first."""
    query = (
        select(MediaRow)
        .join(ReportRow, ReportRow.inbox_key == MediaRow.report_key)
        .where(ReportRow.case_id == case_id, MediaRow.state == MediaState.KEPT)
        .order_by(MediaRow.sent_at, MediaRow.id)
    )
    return [_as_photo(row) for row in session.scalars(query)]


def also_sent(session: Session, case_id: int) -> Counter[str]:
    """What else citizens sent about a case (videos, voices, files), by kind: it is there, and is not fetched."""
    query = (
        select(MediaRow.kind)
        .join(ReportRow, ReportRow.inbox_key == MediaRow.report_key)
        .where(ReportRow.case_id == case_id, MediaRow.state == MediaState.NOTED)
    )
    return Counter(session.scalars(query))


def get(session: Session, media_id: int) -> MediaRow:
    return session.get_one(MediaRow, media_id)


def case_of(session: Session, photo: Photo) -> int | None:
    """The case that a photo belongs to, None while it waits for its words."""
    query = (
        select(ReportRow.case_id)
        .join(MediaRow, ReportRow.inbox_key == MediaRow.report_key)
        .where(MediaRow.id == photo.id)
    )
    return session.scalar(query)


def file_of(session: Session, media_id: int) -> str | None:
    """Where a kept photo lies under MEDIA_DIR."""
    row = session.get(MediaRow, media_id)
    return row.file if row is not None and row.state == MediaState.KEPT else None


def every(session: Session) -> list[MediaRow]:
    return list(session.scalars(select(MediaRow).order_by(MediaRow.id)))


def _as_photo(row: MediaRow) -> Photo:
    if row.file is None or row.width is None or row.height is None or row.sha256 is None:
        raise ValueError(f"media {row.id} has no picture")
    picture = Picture(
        file=row.file, width=row.width, height=row.height, sha256=row.sha256, lat=row.lat, lon=row.lon
    )
    return Photo(id=row.id, picture=picture, conversation=row.conversation, sent_at=row.sent_at)
