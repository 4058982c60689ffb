"""Every table. Times are UTC; codes are the domain's own strings, so that a dump can be read."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept as UTC. A naive one is refused: nobody could say when it was."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


#: SQLite counts rows by itself only in a column that is plainly INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime()}


class ConversationRow(Base):
    """One citizen's talk with us; the row that a worker locks. ``key`` as in models.domain.inbox.Item."""

    __tablename__ = "conversations"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    psid: Mapped[str | None] = mapped_column(String(64), index=True)
    talk: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    last_act_at: Mapped[datetime | None]


class InboxRow(Base):
    """One accepted item, kept as it came."""

    __tablename__ = "inbox"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    dedup_key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(32), index=True)
    conversation: Mapped[str | None] = mapped_column(ForeignKey("conversations.key"))
    happened_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(16))
    tries: Mapped[int] = mapped_column(default=0)
    try_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    handled_at: Mapped[datetime | None]

    __table_args__ = (
        # Plain, not partial: SQLite uses a partial index only where the state stands in the statement itself.
        Index("ix_inbox_state", "state", "conversation", "id"),
    )


class CaseRow(Base):
    """One case as it stands now; how it came there is in ``history``. Written by bot.case_moves alone."""

    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    state: Mapped[str] = mapped_column(String(24), index=True)
    category: Mapped[str | None] = mapped_column(String(32))
    opd: Mapped[str | None] = mapped_column(String(24), index=True)
    beyond: Mapped[str | None] = mapped_column(String(24))
    area: Mapped[str | None] = mapped_column(String(64))
    street: Mapped[str | None] = mapped_column(String(200))
    landmark: Mapped[str | None] = mapped_column(String(200))
    kelurahan: Mapped[str | None] = mapped_column(String(64))
    kecamatan: Mapped[str | None] = mapped_column(String(64))
    kecamatan_candidates: Mapped[list[str]] = mapped_column(JSON, default=list)
    ambiguous: Mapped[bool] = mapped_column(default=False)
    in_city: Mapped[bool | None]
    rt: Mapped[str | None] = mapped_column(String(8))
    rw: Mapped[str | None] = mapped_column(String(8))
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    place_confidence: Mapped[float] = mapped_column(Float, default=0.0)
    channel: Mapped[str] = mapped_column(String(16))
    emergency: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    respond_due_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    moved_at: Mapped[datetime | None]
    waits_for_citizen: Mapped[bool] = mapped_column(default=False)
    reminded_at: Mapped[datetime | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    #: Counts the changes, so that what shows the case elsewhere knows that it is behind.
    version: Mapped[int] = mapped_column(default=1)


class ReportRow(Base):
    """What one citizen told about a case; ``inbox_key`` makes sure that one item reports once."""

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.key"), index=True)
    inbox_key: Mapped[str] = mapped_column(String(200), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    understood: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    comment_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    answer_under: Mapped[str | None] = mapped_column(String(120))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class HistoryRow(Base):
    """What happened to a case. Rows are added and never changed."""

    __tablename__ = "history"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(24))
    by_role: Mapped[str] = mapped_column(String(16))
    by_name: Mapped[str] = mapped_column(String(120), default="")
    from_state: Mapped[str | None] = mapped_column(String(24))
    to_state: Mapped[str | None] = mapped_column(String(24))
    note: Mapped[str] = mapped_column(Text, default="")


class OutboxRow(Base):
    """One outgoing word. (recipient, because, about) is unique: nobody is told the same thing twice."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    audience: Mapped[str] = mapped_column(String(16))
    recipient: Mapped[str] = mapped_column(String(200))
    because: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(240))
    way: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    choices: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    under: Mapped[str | None] = mapped_column(String(120), index=True)
    under_at: Mapped[datetime | None]
    in_public: Mapped[str | None] = mapped_column(Text)
    by_officer: Mapped[bool] = mapped_column(default=False)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    case_version: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(16))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    first_tried_at: Mapped[datetime | None]
    #: Ways that Facebook closed for this word; the ladder leaves them out.
    refused: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Look for our own text before another try: the last one failed after it may have been acted on.
    look_first: Mapped[bool] = mapped_column(default=False)
    try_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)
    external_id: Mapped[str | None] = mapped_column(String(200), index=True)
    sent_at: Mapped[datetime | None]
    #: When a person of the triage team marked it as read.
    handled_at: Mapped[datetime | None]
    #: A photo that goes along; the text is its caption.
    media_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"))

    __table_args__ = (
        UniqueConstraint("recipient", "because", "about"),
        Index("ix_outbox_state", "state", "recipient", "id"),
    )


class GroupMessageRow(Base):
    """The message in an agency's group that shows a case, as it stood at ``version``."""

    __tablename__ = "group_messages"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"), unique=True)
    recipient: Mapped[str] = mapped_column(String(200))
    message_id: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    tries: Mapped[int] = mapped_column(default=0)


class OpdGroupRow(Base):
    """Where an agency's alerts go; ``area`` is empty for the whole city."""

    __tablename__ = "opd_groups"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    opd: Mapped[str] = mapped_column(String(24))
    area: Mapped[str] = mapped_column(String(64), default="")
    chat_id: Mapped[str] = mapped_column(String(64))
    topic: Mapped[int | None]

    __table_args__ = (UniqueConstraint("opd", "area"),)


class StaffRow(Base):
    """A person of the city who acts on cases."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16))
    opd: Mapped[str] = mapped_column(String(24), default="")
    area: Mapped[str] = mapped_column(String(64), default="")
    telegram_id: Mapped[str | None] = mapped_column(String(32), index=True)
    created_at: Mapped[datetime]


class SigninLinkRow(Base):
    """A one-time way in; only its hash is kept."""

    __tablename__ = "signin_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SessionRow(Base):
    """A signed-in browser; only the hash of its cookie is kept."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class AuditRow(Base):
    """Who did what to the system itself (people, groups, links). Rows are added and never changed."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(240))


class FactRow(Base):
    """Small facts of this installation: whose page it is, when a worker lived, what is paused."""

    __tablename__ = "facts"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class MediaRow(Base):
    """What a citizen sent along: photos are fetched and drawn anew, of all else only its being there is kept.

    ``report_key`` is the inbox key of the report that it illustrates: its own item, or the words that followed it.
    """

    __tablename__ = "media"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    inbox_key: Mapped[str] = mapped_column(String(200))
    part: Mapped[int]
    report_key: Mapped[str] = mapped_column(String(200), index=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.key"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    url: Mapped[str | None] = mapped_column(Text)
    sent_at: Mapped[datetime]
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    why: Mapped[str] = mapped_column(Text, default="")
    tries: Mapped[int] = mapped_column(default=0)
    try_at: Mapped[datetime | None]
    file: Mapped[str | None] = mapped_column(String(80))
    width: Mapped[int | None]
    height: Mapped[int | None]
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)

    __table_args__ = (
        UniqueConstraint("inbox_key", "part"),
        Index("ix_media_state", "state", "try_at"),
    )
