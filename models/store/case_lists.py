"""Lists of cases for the desk: whose cases somebody may see is decided here, in the query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from models.domain.case import Case, CaseState, Role
from models.domain.category import Category
from models.store.cases import as_case
from models.tables import CaseRow, HistoryRow, ReportRow

#: What an agency still has to do.
ON_HAND = (CaseState.DITERUSKAN, CaseState.DIPROSES, CaseState.DIBUKA_KEMBALI)
#: An agency that is named here was guessed, and perhaps wrongly: nobody has given it the case.
_NOT_YET_GIVEN = (CaseState.DITERIMA, CaseState.PERLU_VERIFIKASI)
#: From so many refusals on, a case shows in red.
MANY_BOUNCES = 2


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose cases a person may see: an agency's, or only one area's of it. No agency (None) is the whole city."""

    opd: str | None
    area: str = ""

    @property
    def is_whole_city(self) -> bool:
        return self.opd is None and not self.area

    def conditions(self) -> list[ColumnElement[bool]]:
        """An agency sees what was given to it (then it has a deadline), not what the bot thinks of giving it."""
        mine = [CaseRow.area == self.area] if self.area else []
        if self.opd is None:
            return mine
        given = (CaseRow.due_at.is_not(None), CaseRow.state.not_in(_NOT_YET_GIVEN))
        return [CaseRow.opd == self.opd, *given, *mine]


WHOLE_CITY: Final = Scope(opd=None)


class Only(StrEnum):
    """What a list can be narrowed to in one tap."""

    LATE = "lewat"
    URGENT = "darurat"
    NEW = "baru"
    BOUNCED = "dikembalikan"

    def condition(self, at: datetime) -> ColumnElement[bool]:
        match self:
            case Only.LATE:
                return CaseRow.state.in_(ON_HAND) & (CaseRow.due_at < at)
            case Only.URGENT:
                return CaseRow.emergency & CaseRow.state.in_([state for state in CaseState if state.is_open])
            case Only.NEW:
                return (CaseRow.state == CaseState.DITERUSKAN) & CaseRow.accepted_at.is_(None)
            case Only.BOUNCED:
                return _bounced().correlate(CaseRow).scalar_subquery() >= MANY_BOUNCES


def _bounced() -> Select[int]:
    return select(func.count()).where(HistoryRow.case_id == CaseRow.id, *_SENT_BACK)


_SENT_BACK = (HistoryRow.to_state == CaseState.BUKAN_KEWENANGAN, HistoryRow.by_role == Role.OPD)


def forwarded(
    session: Session, scope: Scope, *, at: datetime, only: Only | None = None, limit: int = 200
) -> list[Case]:
    """What agencies have on their hands, urgent first, then by deadline, so the late ones lead: the mayor's list.

    What is done stands last.
    """
    narrowed = [only.condition(at)] if only else []
    query = (
        select(CaseRow)
        .where(CaseRow.state.in_((*ON_HAND, CaseState.SELESAI)), *scope.conditions(), *narrowed)
        .order_by(
            (CaseRow.state == CaseState.SELESAI).asc(),
            CaseRow.emergency.desc(),
            # The engines disagree on where a missing deadline stands.
            CaseRow.due_at.is_(None),
            CaseRow.due_at,
            CaseRow.id,
        )
        .limit(limit)
    )
    return [as_case(row) for row in session.scalars(query)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for. Every one of ``words`` must be found; empty fields leave all in."""

    words: tuple[str, ...] = ()
    state: CaseState | None = None
    opd: str = ""
    category: Category | None = None
    kecamatan: str = ""
    only: Only | None = None

    def conditions(self, scope: Scope, at: datetime) -> list[ColumnElement[bool]]:
        found = [_says(word, scope) for word in self.words]
        if self.state is not None:
            found.append(CaseRow.state == self.state)
        if self.opd:
            found.append(CaseRow.opd == self.opd)
        if self.category is not None:
            found.append(CaseRow.category == self.category)
        if self.kecamatan:
            found.append(CaseRow.kecamatan == self.kecamatan)
        return [*found, self.only.condition(at)] if self.only else found


def _says(word: str, scope: Scope) -> ColumnElement[bool]:
    """Whether the number, the place, the matter or a citizen's report has the word."""
    places = (CaseRow.street, CaseRow.landmark, CaseRow.kelurahan, CaseRow.kecamatan)
    columns = [
        column.icontains(word, autoescape=True) for column in (CaseRow.number, CaseRow.category, *places)
    ]
    # What an agency does not read (numbers of persons, words taken back) it must not find out by searching either.
    if scope.is_whole_city:
        return or_(*columns, _reported(word))
    if any(letter.isdigit() for letter in word):
        return or_(*columns)
    return or_(*columns, _reported(word, ReportRow.removed_at.is_(None)))


def _reported(word: str, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    says = ReportRow.text.icontains(word, autoescape=True)
    return exists().where(ReportRow.case_id == CaseRow.id, says, *more).correlate(CaseRow)


def search(
    session: Session, scope: Scope, wanted: Wanted, *, at: datetime, skip: int, limit: int
) -> list[Case]:
    """The newest first."""
    query = (
        select(CaseRow)
        .where(*scope.conditions(), *wanted.conditions(scope, at))
        .order_by(CaseRow.id.desc())
        .offset(skip)
        .limit(limit)
    )
    return [as_case(row) for row in session.scalars(query)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a card tells beside its case: different citizens, refusals by agencies, changes so far."""

    citizens: int = 1
    bounces: int = 0
    version: int = 0


def counted(session: Session, scope: Scope, found: Sequence[Case]) -> dict[int, Counted]:
    """The numbers of each case's card."""
    ids = [case.id for case in found]
    bounces = _bounced().correlate(CaseRow).scalar_subquery()
    citizens = (
        select(func.count(ReportRow.conversation.distinct()))
        .where(ReportRow.case_id == CaseRow.id)
        .correlate(CaseRow)
        .scalar_subquery()
    )
    query = select(CaseRow.id, CaseRow.version, citizens, bounces).where(
        CaseRow.id.in_(ids), *scope.conditions()
    )
    return {
        case_id: Counted(citizens=max(1, told), bounces=refused, version=version)
        for case_id, version, told, refused in session.execute(query)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the city, or an agency, stands: cases that came in, that somebody has, and of these the late ones."""

    came_in: int
    on_hand: int
    late: int


def figures(session: Session, scope: Scope, *, since: datetime, at: datetime) -> Figures:
    on_hand = CaseRow.state.in_(ON_HAND)
    came_in, handled, late = session.execute(
        select(
            func.count().filter(CaseRow.created_at >= since),
            func.count().filter(on_hand),
            func.count().filter(on_hand, CaseRow.due_at < at),
        ).where(*scope.conditions())
    ).one()
    return Figures(came_in=came_in, on_hand=handled, late=late)
